//! Pages: from HTML to the lines of the report and what the page says of itself.

mod article;
mod belongs;
mod depth;
mod entries;
mod hints;
mod metadata;
mod posts;
mod printed;
mod sites;
mod survey;
mod tags;
mod tree;

pub(crate) use article::{ArticleExtractor, ByDensity, Everything};
pub(crate) use hints::{Hints, PostClock};
pub(crate) use metadata::Metadata;
pub(crate) use printed::Printed;

use crate::wall::NoReportKind;
use dom_query::Document;
use hints::Named;
use marsad_model::Published;
use tree::{Says, Tree};

/// A page taken apart.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) metadata: Metadata,
    /// The report's blocks, one on each line.
    pub(crate) text: String,
    /// All that can be read on a page that holds hardly any report, its title first.
    pub(crate) frame: Option<String>,
    /// Pictures in the part of the page that holds its report.
    pub(crate) pictures: usize,
    /// How the page lists other reports.
    pub(crate) listing: Listing,
    /// Where the page may print its report's date.
    pub(crate) printed: Vec<Printed>,
    /// All short stretches with figures on it.
    pub(crate) figured: Vec<String>,
    /// Short lines over the report's text.
    pub(crate) heads: Vec<String>,
    /// Headings over and in it that are links: over a post, who wrote it.
    pub(crate) names: Vec<String>,
    /// When the entries of a live blog were written, as their markup has it, and how they begin.
    pub(crate) entries: Vec<(String, String)>,
    /// The latest day that names of the report's pictures have: it is no older.
    pub(crate) stamp: Option<Published>,
}

/// How a page lists other reports.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Listing {
    /// Lines that are links and long enough to be headlines.
    headlines: usize,
    /// Paragraphs among what was taken for the report, the most of them that follow each other without a headline between
    /// them, and the words of the longest.
    paragraphs: usize,
    together: usize,
    longest: usize,
}

/// Take a page apart.
pub(crate) fn read_page(html: &str, url: Option<&str>, hints: &Hints, extractor: &impl ArticleExtractor) -> Page {
    let document = Document::from(depth::shallow(html).as_ref());
    let url = url.map(str::to_owned).or_else(|| metadata::canonical(&document));
    let mut tree = Tree::of(&document, hints, url.as_deref().and_then(|url| hints.site(url)));
    if let Some(url) = url.filter(|url| hints.network(url).is_some()) {
        posts::mark_others(&mut tree, &url);
    }
    let metadata = metadata::metadata(&document, &tree, hints);
    let found = extractor.article(&tree, metadata.body.as_deref());
    let listing = Listing::of(&tree, &found);
    let printed = printed::printed(&tree, &found, metadata.title.as_deref());
    let (heads, names) = (heads(&tree, &found), names(&tree, &found));
    let entries = entries::entries(&tree, &found);
    let stamp = stamp(&tree, &found);
    let mut text = String::new();
    let mut last: Option<&str> = None;
    let mut entry = None;
    for at in found {
        let line = tree.blocks[at].text.as_str();
        // The same paragraph twice in a row: one copy for the screen, one for printing.
        if last == Some(line) {
            continue;
        }
        let of = entries.holding(&tree, at);
        if last.is_some() {
            text.push('\n');
            if entry != of {
                text.push('\n');
            }
        }
        entry = of;
        text.push_str(line);
        last = Some(line);
    }
    let frame = (text.len() < LITTLE || listing.paragraphs == 0).then(|| frame(&tree, metadata.title.as_deref()));
    let figured = if printed.is_empty() { Vec::new() } else { tree.runs.into_iter().map(|run| run.text).collect() };
    Page { metadata, text, frame, pictures: tree.pictures, listing, printed, figured, heads, names, entries: entries.told, stamp }
}

/// Lines over a report's text are looked at in so many blocks, and are no longer than so many characters.
const OVER: usize = 12;
const LONGEST_OVER: usize = 160;
/// Names have so many words at most.
const LONGEST_NAME: usize = 8;

fn heads(tree: &Tree, found: &[usize]) -> Vec<String> {
    let first = found.first().copied().unwrap_or(0);
    let over = tree.blocks[first.saturating_sub(OVER)..first].iter();
    over.filter(|b| b.chars <= LONGEST_OVER && !tree.elements[b.element].hidden).map(|b| b.text.clone()).collect()
}

/// Pictures stand in the text, or this near above it.
const PICTURE_NEAR: usize = 3;

fn stamp(tree: &Tree, found: &[usize]) -> Option<Published> {
    let (first, last) = (*found.first()?, *found.last()?);
    let own = |at| {
        !printed::stands_in_margin(tree, at)
            && tree.up(at).all(|up| !matches!(tree.elements[up].says, Says::Comment | Says::Name(Named::Comments)))
    };
    let near = |block: usize| block + PICTURE_NEAR >= first && block <= last + 1;
    let stamps = tree.stamps.iter().filter(|(_, block, element)| near(*block) && own(*element));
    stamps.map(|(day, ..)| day).max_by_key(|day| day.start).cloned()
}

fn names(tree: &Tree, found: &[usize]) -> Vec<String> {
    let (Some(&first), Some(&last)) = (found.first(), found.last()) else { return Vec::new() };
    let is_heading = |at: tree::At| matches!(tree.elements[at].tag.as_str(), "h2" | "h3" | "h4" | "h5" | "h6");
    let blocks = tree.blocks[first.saturating_sub(OVER)..=last].iter();
    blocks
        .filter(|b| b.link_percent() >= 80 && b.shape.words <= LONGEST_NAME && tree.up(b.element).take(2).any(is_heading))
        .map(|b| b.text.clone())
        .collect()
}

/// A report of fewer bytes may be a notice that stands in place of one.
const LITTLE: usize = 600;
/// No more of a page is looked at than this.
const LONGEST_FRAME: usize = 8_000;

fn frame(tree: &Tree, title: Option<&str>) -> String {
    let mut frame = title.unwrap_or("").to_owned();
    for block in tree.blocks.iter().filter(|b| !tree.elements[b.element].hidden) {
        if frame.len() + block.text.len() > LONGEST_FRAME {
            break;
        }
        frame.push('\n');
        frame.push_str(&block.text);
    }
    frame
}

impl Listing {
    fn of(tree: &Tree, found: &[usize]) -> Self {
        const HEADLINE: usize = 4;
        let mut listing = Self::default();
        let mut run = 0;
        for (at, block) in tree.blocks.iter().enumerate().filter(|(_, b)| !tree.elements[b.element].hidden) {
            if found.binary_search(&at).is_ok() && block.shape.is_paragraph() {
                run += 1;
                listing.paragraphs += 1;
                listing.together = listing.together.max(run);
                listing.longest = listing.longest.max(block.shape.words);
            } else if block.shape.words >= HEADLINE && block.link_percent() >= 80 {
                listing.headlines += 1;
                run = 0;
            }
        }
        listing
    }
}

impl Page {
    /// Is the page a front, by its address and how it lists reports? A page that says that it is a report is one.
    pub(crate) fn front(&self, url: Option<&str>) -> Option<(NoReportKind, String)> {
        let Listing { headlines, paragraphs, together, longest } = self.listing;
        // Teasers stand under their headlines one by one; a report's paragraphs follow each other.
        let teasers = paragraphs >= LEAST_TEASERS && together <= 1 && headlines * 2 >= paragraphs && longest <= LONGEST_TEASER;
        let bare = paragraphs == 0 && headlines >= LEAST_HEADLINES && self.text.len() < LITTLE;
        let high =
            url.is_some_and(is_high) || self.metadata.title.as_deref().is_none_or(|t| t.split_whitespace().count() <= MOST_OF_SECTION);
        let front = !self.metadata.is_report && (teasers || bare) && high;
        front.then(|| (NoReportKind::Front, format!("{headlines} linked headlines, {paragraphs} paragraphs, never two together")))
    }
}

/// A front of teasers has so many at least, none of them longer than so many words.
const LEAST_TEASERS: usize = 4;
const LONGEST_TEASER: usize = 70;
/// A front of bare headlines has so many at least.
const LEAST_HEADLINES: usize = 12;
/// The name of a section has so many words at most.
const MOST_OF_SECTION: usize = 4;

/// Does an address lead to an outlet or a section of it: no more than one short name behind the host?
fn is_high(url: &str) -> bool {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest).split(['?', '#']).next().unwrap_or("");
    let mut parts = path.split('/').skip(1).filter(|p| !p.is_empty());
    let first = parts.next();
    parts.next().is_none() && first.is_none_or(|p| p.split(['-', '_']).count() <= 2 && !p.bytes().any(|b| b.is_ascii_digit()))
}
