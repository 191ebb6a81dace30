//! Which blocks inside the report's element are the report, and which point to others.

use super::article::{LINKED, SHORT};
use super::survey::{Survey, is_prose};
use super::tree::Block;

/// A line that points to another report has at most so many characters beside the link.
const LONGEST_POINTER: usize = 25;

/// Does a block inside the report's element belong to the report?
pub(super) fn belongs(survey: &Survey, at: usize) -> bool {
    let block = &survey.tree.blocks[at];
    if !survey.is_kept(block)
        || !block.text.contains(char::is_alphanumeric)
        || is_cross_reference(block)
        || is_bar(block)
        || tells_of_report(survey, block)
    {
        return false;
    }
    let percent = block.link_percent();
    let shape = block.shape;
    match survey.tree.elements[block.element].tag.as_str() {
        _ if survey.data[block.element] => true,
        "p" | "blockquote" | "pre" | "q" => percent < 80 || shape.is_paragraph() && percent < 95,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => percent < LINKED,
        "li" | "dd" | "dt" => percent < 30 || shape.is_paragraph() && percent < LINKED,
        "td" | "th" => percent < 30 && is_prose(block),
        _ => is_prose(block) || percent < 30 && (block.chars >= SHORT || block.after_break || shape.stopped && shape.words > 1),
    }
}

/// Is it a link with a word or two beside it ("Read also:"), and no sentence?
pub(super) fn is_cross_reference(block: &Block) -> bool {
    let plain = block.solid - block.linked.min(block.solid);
    !block.shape.stopped && block.linked >= SHORT && plain > 0 && plain <= LONGEST_POINTER && block.linked * 10 >= block.solid * 6
}

/// Is it a link to another report and nothing else, or hardly anything?
pub(super) fn points_elsewhere(block: &Block) -> bool {
    is_cross_reference(block) || block.link_percent() >= 80 && !block.shape.stopped && !block.shape.is_paragraph()
}

/// A bar of links is parted so often at least, and has at least so many percent of links.
const LEAST_PARTED: usize = 2;
const LEAST_LINKED_OF_BAR: usize = 20;

/// Is it a line of links and labels with strokes or dots between them, as it stands at a page's foot?
fn is_bar(block: &Block) -> bool {
    let parted = block.text.split_whitespace().filter(|word| matches!(*word, "|" | "·" | "•" | "¦")).count();
    parted >= LEAST_PARTED && !block.shape.stopped && block.link_percent() >= LEAST_LINKED_OF_BAR
}

/// A line that tells of the report has at most so many words beside names, times and tags, and a credit so many in all.
const LONGEST_BESIDE: usize = 3;
const LONGEST_CREDIT: usize = 10;

/// Is it a line that says by whom, when or of what the report is, or whose a picture is, and nothing else? A heading or an
/// item with a time may be of a chronicle.
fn tells_of_report(survey: &Survey, block: &Block) -> bool {
    if !matches!(survey.tree.elements[block.element].tag.as_str(), "p" | "div" | "section" | "article") {
        return false;
    }
    let told = block.told > 0 && block.shape.words.saturating_sub(block.told) <= LONGEST_BESIDE;
    let credit = block.text.starts_with('©') && block.shape.words <= LONGEST_CREDIT;
    !block.shape.stopped && (told || credit)
}

/// A heading without prose after it is the head of something that was dropped: of a list of links, or of what ends the page.
pub(super) fn drop_heads_of_links(survey: &Survey, found: &mut Vec<usize>) {
    let tree = survey.tree;
    let is_heading = |b: usize| matches!(tree.elements[tree.blocks[b].element].tag.as_str(), "h2" | "h3" | "h4" | "h5" | "h6");
    let is_label = |b: usize| tree.blocks[b].shape.words <= 8 && tree.blocks[b].text.ends_with(':');
    let heads_links = |i: usize| {
        let next = found[i] + 1;
        (is_heading(found[i]) || is_label(found[i]))
            && found.get(i + 1) != Some(&next)
            && tree.blocks.get(next).is_some_and(|b| b.link_percent() >= LINKED)
    };
    let rank = |b: usize| tree.elements[tree.blocks[b].element].tag.as_str();
    let heads_dropped = |i: usize| {
        let end = found.get(i + 1).copied().unwrap_or(tree.blocks.len());
        let between = found[i] + 1..end;
        let is_comment = |b: usize| survey.is_comment(tree.blocks[b].element);
        let last_of_rank = found.get(i + 1).is_none_or(|&next| is_heading(next) && rank(next) <= rank(found[i]));
        is_heading(found[i])
            && !between.is_empty()
            && (is_comment(found[i] + 1) || last_of_rank && between.clone().all(|b| !survey.is_kept(&tree.blocks[b])))
    };
    let heads: Vec<bool> = (0..found.len()).map(|i| heads_links(i) || heads_dropped(i)).collect();
    let mut heads = heads.into_iter();
    found.retain(|_| !heads.next().unwrap_or(false));
    while found.last().is_some_and(|&b| is_heading(b)) {
        found.pop();
    }
}
