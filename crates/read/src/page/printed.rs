//! Where a page prints the date of its report for people to read: between headline and text, right above the headline, or,
//! where it says so, below the text.

use super::hints::Named;
use super::tree::{At, Block, Says, Tree};
use crate::cues::folded_words;

/// A short stretch with figures that stands where a page may print its report's date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Printed {
    pub(crate) text: String,
    /// What stands right before it in its line, or the label that is the line before.
    pub(crate) before: String,
    /// Does it stand below the report's text, where dates of other things stand as well?
    pub(crate) below: bool,
}

/// A headline stands so near above the text, in blocks.
const NEAR: usize = 40;
/// Without a headline, and below the text, no more blocks than these are looked at.
const CLOSE: usize = 8;
/// A label has so many words at most.
const LABEL: usize = 4;
/// The headline of another report has so many at least.
const HEADLINE: usize = 4;

/// The stretches of figures where the date of the report may be printed, in their order.
pub(super) fn printed(tree: &Tree, found: &[usize], title: Option<&str>) -> Vec<Printed> {
    let Some(&end) = found.last() else { return Vec::new() };
    let paragraphs: Vec<usize> = found.iter().copied().filter(|&b| tree.blocks[b].shape.is_paragraph()).collect();
    let first = paragraphs.first().copied().unwrap_or(found[0]);
    let headline = headline(tree, first, title);
    let from = headline.map_or(first.saturating_sub(CLOSE), |h| h + 1);
    // A lead may stand right under the headline, and the date under it.
    let led = headline.is_some_and(|h| first <= h + 2);
    let text = paragraphs.get(1).copied().filter(|_| led).unwrap_or(first);
    let heads = |b: usize| headline.is_some_and(|h| b < h && b + 2 >= h && heads(tree, b, h));
    let mut all = Vec::new();
    for run in &tree.runs {
        let at = run.block;
        let above = at >= from && at < text && at != first || heads(at);
        let below = at > end && at <= end + CLOSE;
        if (above || below)
            && !is_of_others(tree, run.element)
            && !beside_other_headline(tree, at, run.text.split_whitespace().count(), title)
        {
            all.push(Printed { text: run.text.clone(), before: before(tree, at, &run.before), below });
        }
    }
    all
}

/// The block of the headline above the text: the first that is the title, else the nearest heading; where a heading further
/// up says the same and more, that one.
fn headline(tree: &Tree, first: usize, title: Option<&str>) -> Option<usize> {
    let before = first.saturating_sub(NEAR)..first;
    let words = |b: usize| folded_words(&tree.blocks[b].text);
    let key = title.map(folded_words).filter(|key| key.len() > 1);
    let is_title = |b: &usize| key.as_ref().is_some_and(|key| words(*b).starts_with(key));
    let is_heading =
        |b: &usize| tree.up(tree.blocks[*b].element).take(2).any(|at| matches!(tree.elements[at].tag.as_str(), "h1" | "h2" | "h3"));
    if let Some(titled) = before.clone().find(is_title) {
        return Some(titled);
    }
    let nearest = before.clone().rev().find(is_heading)?;
    let said = words(nearest);
    let says_it = |b: &usize| said.len() > 2 && words(*b).windows(said.len()).any(|w| w == said);
    before.filter(is_heading).find(says_it).or(Some(nearest))
}

/// Does what stands above the headline head it, and not the whole page? It is then all that lies before the headline in the
/// element that holds both.
fn heads(tree: &Tree, block: usize, headline: usize) -> bool {
    let title = tree.blocks[headline].element;
    let Some(both) = tree.up(tree.blocks[block].element).find(|&at| tree.is_within(title, at)) else { return false };
    both != 0 && !tree.blocks.iter().take(block).any(|b| tree.is_within(b.element, both))
}

/// Is it of what readers say, of what leads to other reports, of what is quoted from others, or not shown?
pub(super) fn is_of_others(tree: &Tree, element: At) -> bool {
    let named = |says: Says| {
        matches!(says, Says::Name(Named::Comments | Named::Never | Named::Teaser | Named::Embed) | Says::Hidden | Says::Comment)
    };
    tree.elements[element].hidden
        || tree.up(element).any(|at| {
            let element = &tree.elements[at];
            matches!(element.tag.as_str(), "nav" | "blockquote" | "figure" | "figcaption") || named(element.says) && !is_page(tree, at)
        })
}

/// Does it stand in a margin, where dates of other things stand as well?
pub(super) fn stands_in_margin(tree: &Tree, element: At) -> bool {
    tree.up(element).any(|at| {
        let element = &tree.elements[at];
        matches!(element.tag.as_str(), "aside" | "footer") || element.says == Says::Name(Named::Unwanted) && !is_page(tree, at)
    })
}

/// What holds most of the page is the page, which may say by its name that it shows a notice or takes comments.
fn is_page(tree: &Tree, at: At) -> bool {
    2 * (tree.elements[at].end - at) > tree.elements.len()
}

/// Does the linked headline of another report stand in the block, beside a stretch of so many words, or right before or after?
pub(super) fn beside_other_headline(tree: &Tree, block: usize, words: usize, title: Option<&str>) -> bool {
    let own = |b: &Block| b.shape.words >= HEADLINE + words && b.link_percent() >= 50;
    let other = |b: &Block| b.shape.words >= HEADLINE && b.link_percent() >= 80 && !is_date_or_title(b, title);
    let at = |i: usize| tree.blocks.get(i);
    at(block).is_some_and(own) || block.checked_sub(1).and_then(at).is_some_and(other) || at(block + 1).is_some_and(other)
}

/// A date may itself be a link to the report, and so may its headline.
fn is_date_or_title(block: &Block, title: Option<&str>) -> bool {
    block.text.chars().filter(char::is_ascii_digit).count() >= 4
        || title.is_some_and(|t| folded_words(&block.text).starts_with(&folded_words(t)))
}

fn before(tree: &Tree, at: usize, inside: &str) -> String {
    if !inside.is_empty() {
        return inside.to_owned();
    }
    let label = at.checked_sub(1).map(|b| &tree.blocks[b]).filter(|b| b.shape.words <= LABEL && b.linked == 0);
    label.map_or_else(String::new, |b| b.text.clone())
}
