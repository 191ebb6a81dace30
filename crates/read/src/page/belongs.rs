//! Which blocks inside the report's element are the report, and which point to others.

use super::article::{LINKED, SHORT};
use super::survey::{Survey, is_prose};
use super::tree::Block;

/// A line that points to another report has at most so many characters beside the link.
const LONGEST_POINTER: usize = 25;

/// Does a block inside the report's element belong to the report?
pub(super) fn belongs(survey: &Survey, at: usize) -> bool {
    let block = &survey.tree.blocks[at];
    if !survey.is_kept(block) || !block.text.contains(char::is_alphanumeric) || is_cross_reference(block) {
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
        _ => is_prose(block) || percent < 30 && (block.chars >= SHORT || block.after_break),
    }
}

/// Is it a link with a word or two beside it ("Read also:"), and no sentence?
pub(super) fn is_cross_reference(block: &Block) -> bool {
    let plain = block.solid - block.linked.min(block.solid);
    !block.shape.stopped && block.linked >= SHORT && plain > 0 && plain <= LONGEST_POINTER && block.linked * 10 >= block.solid * 6
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
    let heads: Vec<bool> = (0..found.len()).map(heads_links).collect();
    let mut heads = heads.into_iter();
    found.retain(|_| !heads.next().unwrap_or(false));
    while found.last().is_some_and(|&b| is_heading(b)) {
        found.pop();
    }
}
