//! A page as a flat list of elements and of the stretches of text between block boundaries.
//!
//! The parsed document is walked once, without recursion: pages nest as deep as they like.

use super::hints::{Hints, Named};
use super::sites::{Site, SiteSays};
use super::tags::{holds_label, is_furniture, is_heading, is_inline, is_skipped};
use crate::shape::Shape;
use dom_query::{Document, NodeRef};
use marsad_model::Published;

/// Index of an element.
pub(crate) type At = usize;

/// An element that holds text.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    pub(crate) tag: String,
    pub(crate) parent: Option<At>,
    /// One past the last element that lies in it: elements are listed in the order in which they open.
    pub(crate) end: At,
    pub(crate) says: Says,
    /// Is it, or what it lies in, not shown?
    pub(crate) hidden: bool,
    /// Does it have the role of an article?
    pub(crate) role_article: bool,
}

impl Element {
    /// Does its tag or its role say that it is an article?
    pub(crate) fn is_article(&self) -> bool {
        self.role_article || self.tag == "article"
    }
}

/// What an element says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
    /// Microdata: the report's body.
    Microdata,
    /// What is known of the site: the report's body.
    SiteBody,
    /// What is known of the site: no part of a report.
    SiteDrop,
    /// Markup for programs and for readers of screens: what somebody says under the report.
    Comment,
    /// Its tag: hardly ever part of a report.
    UnwantedTag,
    /// It is not shown until something is done.
    Hidden,
    /// Its class or id.
    Name(Named),
}

/// A stretch of text that a browser would set as a line or paragraph of its own.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// White space collapsed.
    pub(crate) text: String,
    /// Its length in characters.
    pub(crate) chars: usize,
    /// Its characters that are not blank.
    pub(crate) solid: usize,
    pub(crate) shape: Shape,
    /// Those of them inside links.
    pub(crate) linked: usize,
    /// The block element that it lies in.
    pub(crate) element: At,
    /// Words of links and times in it that say by whom, when or of what the report is.
    pub(crate) told: usize,
    /// Does it follow a mere line break inside the same element?
    pub(crate) after_break: bool,
}

impl Block {
    /// Share of its characters that are links, in percent.
    pub(crate) fn link_percent(&self) -> usize {
        self.linked * 100 / self.chars.max(1)
    }
}

/// The page.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) elements: Vec<Element>,
    pub(crate) blocks: Vec<Block>,
    /// The first headings of the highest rank, in order.
    pub(crate) headings: Vec<String>,
    /// Times with a machine-readable date.
    pub(crate) times: Vec<TimeMark>,
    /// How many pictures it has.
    pub(crate) pictures: usize,
    /// The days that names of pictures have, each with the block before which it stands and its element.
    pub(crate) stamps: Vec<(Published, usize, At)>,
    /// Links that say that they lead to the author.
    pub(crate) authors: Vec<String>,
    /// Short stretches with figures, as the markup parts them.
    pub(crate) runs: Vec<Run>,
    /// Where links inside articles lead, with the element that they stand in.
    pub(crate) links: Vec<(At, String)>,
}

/// A time with a machine-readable date.
#[derive(Debug, Clone)]
pub(crate) struct TimeMark {
    pub(crate) written: String,
    /// Does its markup say that it is the time of publication?
    pub(crate) says: bool,
    /// How many words are shown of it.
    pub(crate) words: usize,
    /// The block that it is part of.
    pub(crate) block: usize,
    pub(crate) element: At,
}

/// A short stretch of text with figures in it.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub(crate) text: String,
    /// What stands right before it in its block.
    pub(crate) before: String,
    /// The block that it is part of, or before which it was set apart.
    pub(crate) block: usize,
    pub(crate) element: At,
}

enum Step<'d> {
    Enter(NodeRef<'d>, At, bool),
    Leave(At),
}

/// No page that is read by people nests deeper; beyond this it is folded flat.
const MOST_ELEMENTS: usize = 400_000;

/// Longer stretches are more than a date, and no page has more of them that matter.
const LONGEST_RUN: usize = 80;
const MOST_RUNS: usize = 2_000;
/// Of links inside articles no more are kept than these.
const MOST_LINKS: usize = 2_000;
/// So much of what stands before a stretch is looked at, in bytes.
const BEFORE_RUN: usize = 60;

/// Longer stretches are what is read, whatever they are called.
const LONGEST_SET_APART: usize = 400;

struct Walk<'h> {
    tree: Tree,
    hints: &'h Hints,
    site: Option<&'h Site>,
    text: String,
    linked: usize,
    told: usize,
    after_break: bool,
    heading: Option<At>,
}

impl Tree {
    pub(crate) fn of(document: &Document, hints: &Hints, site: Option<&Site>) -> Self {
        let mut walk =
            Walk { tree: Self::default(), hints, site, text: String::new(), linked: 0, told: 0, after_break: false, heading: None };
        walk.tree.elements.push(Element {
            tag: "html".to_owned(),
            parent: None,
            end: 1,
            says: Says::Name(Named::Nothing),
            hidden: false,
            role_article: false,
        });
        let Some(body) = document.body() else { return walk.tree };
        let mut steps = vec![Step::Enter(body, 0, false)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Enter(node, parent, linked) => walk.enter(node, parent, linked, &mut steps),
                Step::Leave(element) => {
                    walk.flush(element, false);
                    walk.tree.elements[element].end = walk.tree.elements.len();
                    if walk.heading == Some(element) {
                        walk.heading = None;
                    }
                }
            }
        }
        walk.flush(0, false);
        walk.tree.elements[0].end = walk.tree.elements.len();
        walk.tree
    }

    /// The element and all that it lies in, from the inside out.
    pub(crate) fn up(&self, element: At) -> impl Iterator<Item = At> + '_ {
        std::iter::successors(Some(element), |&at| self.elements.get(at).and_then(|e| e.parent))
    }

    /// Where links inside an element lead.
    pub(crate) fn links_in(&self, element: At) -> impl Iterator<Item = &str> {
        self.links.iter().filter(move |(at, _)| self.is_within(*at, element)).map(|(_, href)| href.as_str())
    }

    /// Does the first lie in the second, or is it the same?
    pub(crate) fn is_within(&self, inner: At, outer: At) -> bool {
        inner >= outer && self.elements.get(outer).is_some_and(|o| inner < o.end.max(outer + 1))
    }
}

impl Walk<'_> {
    fn enter<'d>(&mut self, node: NodeRef<'d>, parent: At, linked: bool, steps: &mut Vec<Step<'d>>) {
        if node.is_text() {
            let text = node.text();
            let chars: usize = text.chars().filter(|c| !c.is_whitespace()).count();
            self.linked += if linked { chars } else { 0 };
            self.run(&text, parent);
            self.text.push_str(&text);
            return;
        }
        if !node.is_element() {
            return;
        }
        let Some(name) = node.node_name() else { return };
        let name: &str = &name;
        let tag = self.tree.elements[parent].tag.as_str();
        let heads = name == "button" && is_heading(tag);
        // An element of a page's own making stands inside the line that it is set into.
        let inline = is_inline(name) || heads || name.contains('-') && (tag == "p" || is_heading(tag));
        if is_skipped(name) && !heads || inline && is_hidden(&node) {
            return;
        }
        if name == "br" || name == "hr" {
            self.flush(parent, name == "br");
            return;
        }
        let hidden = self.tree.elements[parent].hidden;
        if name == "img" && !hidden {
            self.tree.pictures += 1;
            let addresses = ["src", "data-src", "data-lazy-src"].map(|a| node.attr(a));
            let stamp = addresses.iter().flatten().find_map(|a| crate::date::in_picture(a, self.hints.picture_names()));
            self.tree.stamps.extend(stamp.map(|day| (day, self.tree.blocks.len(), parent)));
        }
        if holds_label(name) && self.is_set_apart(&node) {
            self.run(&node.text(), parent);
            return;
        }
        let linked = linked || name == "a";
        let inside = if inline || self.tree.elements.len() >= MOST_ELEMENTS {
            if !hidden {
                self.inline(&node, name, parent);
            }
            parent
        } else {
            self.flush(parent, false);
            let element = self.element(&node, name, parent);
            steps.push(Step::Leave(element));
            element
        };
        let children: Vec<NodeRef> = node.children_it(true).collect();
        steps.extend(children.into_iter().map(|child| Step::Enter(child, inside, linked)));
    }

    /// Is it a stretch inside a line whose name says that it is none of the line's own: a card about a person, a caption?
    fn is_set_apart(&self, node: &NodeRef) -> bool {
        let marks = [node.attr("class"), node.attr("id")];
        let marks: Vec<&str> = marks.iter().flatten().map(|m| &**m).collect();
        !marks.is_empty()
            && matches!(self.hints.names(&marks), Named::Unwanted | Named::About | Named::Never | Named::Comments)
            && node.text().chars().take(LONGEST_SET_APART + 1).count() <= LONGEST_SET_APART
    }

    fn element(&mut self, node: &NodeRef, name: &str, parent: At) -> At {
        let marks = [node.attr("class"), node.attr("id"), node.attr("role"), node.attr("itemprop"), node.attr("data-testid")];
        let marks: Vec<&str> = marks.iter().flatten().map(|m| &**m).collect();
        let at = self.tree.elements.len();
        let microdata = node.attr("itemprop").is_some_and(|p| p.split_whitespace().any(|p| p.eq_ignore_ascii_case("articleBody")));
        let hidden = is_hidden(node);
        let by_site = self.site.and_then(|site| {
            let component = node.attr("data-component");
            site.says(&marks.iter().copied().chain(component.as_deref()).collect::<Vec<_>>())
        });
        // Classes of the whole page tell how it is laid out and what else it shows.
        let named = if name == "body" { Named::Nothing } else { self.hints.names(&marks) };
        let says = match named {
            _ if self.is_comment(node, parent) => Says::Comment,
            _ if by_site == Some(SiteSays::Body) && !hidden => Says::SiteBody,
            _ if by_site == Some(SiteSays::Drop) => Says::SiteDrop,
            named @ (Named::Never | Named::Comments) => Says::Name(named),
            _ if hidden => Says::Hidden,
            _ if microdata => Says::Microdata,
            _ if is_furniture(name) => Says::UnwantedTag,
            named => Says::Name(named),
        };
        let hidden = hidden || self.tree.elements[parent].hidden;
        self.tree.elements.push(Element {
            tag: name.to_owned(),
            parent: Some(parent),
            end: at + 1,
            says,
            hidden,
            role_article: has_role_article(node),
        });
        if name == "h1" && !hidden && self.tree.headings.len() < 8 {
            self.heading = Some(at);
        }
        at
    }

    /// Markup for programs and for readers of screens says that it is a comment: by its name, or as an article in an article.
    fn is_comment(&self, node: &NodeRef, parent: At) -> bool {
        let is_article = |at: At| self.tree.elements[at].role_article;
        node.attr("itemprop").is_some_and(|p| p.split_whitespace().any(|p| p.eq_ignore_ascii_case("comment")))
            || has_role_article(node) && self.tree.up(parent).any(is_article)
            || node.attr("aria-label").is_some_and(|label| self.hints.labels_comment(&label))
    }

    fn inline(&mut self, node: &NodeRef, name: &str, parent: At) {
        if name == "time"
            && let Some(date) = node.attr("datetime").or_else(|| node.attr("content"))
        {
            let says = [node.attr("itemprop"), node.attr("class")].iter().flatten().any(|m| self.hints.is_published(m))
                || node.has_attr("pubdate");
            let words = node.text().split_whitespace().count();
            self.told += words;
            self.tree.times.push(TimeMark { written: date.to_string(), says, words, block: self.tree.blocks.len(), element: parent });
        }
        if name == "a" && self.tree.links.len() < MOST_LINKS && self.tree.up(parent).any(|at| self.tree.elements[at].is_article()) {
            self.tree.links.extend(node.attr("href").map(|href| (parent, href.to_string())));
        }
        if matches!(name, "abbr" | "span") {
            self.stamp(node, parent);
        }
        let rel = node.attr("rel").filter(|_| name == "a");
        let says = |what: &str| rel.as_ref().is_some_and(|rel| rel.split_whitespace().any(|r| r == what));
        if says("author") && self.tree.authors.len() < 8 {
            self.tree.authors.push(collapse(&node.text()));
        }
        if says("author") || says("tag") {
            self.told += node.text().split_whitespace().count();
        }
    }

    /// Keep the moment that an attribute tells in seconds.
    fn stamp(&mut self, node: &NodeRef, parent: At) {
        let seconds = self.hints.stamps().iter().find_map(|name| node.attr(name)?.trim().parse::<i64>().ok());
        let Some(moment) = seconds.and_then(|s| jiff::Timestamp::from_second(s).ok()) else { return };
        let words = node.text().split_whitespace().count();
        let written = moment.to_string();
        self.tree.times.push(TimeMark { written, says: true, words, block: self.tree.blocks.len(), element: parent });
    }

    /// Keep a short stretch with figures: it may be a date.
    fn run(&mut self, text: &str, element: At) {
        let has_figures = text.bytes().any(|b| b.is_ascii_digit()) || text.contains(|c| matches!(c, '٠'..='٩' | '۰'..='۹'));
        if !has_figures || text.len() > 4 * LONGEST_RUN || self.tree.runs.len() >= MOST_RUNS {
            return;
        }
        let text = collapse(text);
        if text.chars().count() <= LONGEST_RUN {
            let from = self.text.ceil_char_boundary(self.text.len().saturating_sub(BEFORE_RUN));
            let before = collapse(self.text.get(from..).unwrap_or(""));
            self.tree.runs.push(Run { text, before, block: self.tree.blocks.len(), element });
        }
    }

    /// End the block that is being gathered.
    fn flush(&mut self, element: At, by_break: bool) {
        let after_break = std::mem::replace(&mut self.after_break, by_break);
        let text = collapse(&self.text);
        self.text.clear();
        let (linked, told) = (std::mem::take(&mut self.linked), std::mem::take(&mut self.told));
        if text.is_empty() {
            self.after_break |= after_break && by_break;
            return;
        }
        if self.heading.is_some_and(|h| element >= h) {
            self.tree.headings.push(text.clone());
        }
        let (chars, shape) = (text.chars().count(), Shape::of(&text));
        let solid = text.chars().filter(|c| !c.is_whitespace()).count();
        self.tree.blocks.push(Block { text, chars, solid, shape, linked, element, told, after_break });
    }
}

/// White space as a browser shows it: runs of it are one blank, none at the ends.
pub(crate) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace()).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn has_role_article(node: &NodeRef) -> bool {
    node.attr("role").is_some_and(|role| role.trim().eq_ignore_ascii_case("article"))
}

fn is_hidden(node: &NodeRef) -> bool {
    node.has_attr("hidden")
        || node.attr("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}
