//! Entries of a live blog: parts that lie side by side, each with its time.

use super::printed::is_of_others;
use super::tree::{At, Tree};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// So many entries at least are a live blog's.
const LEAST: usize = 3;
/// A time stands no deeper in its entry than this.
const DEEPEST: usize = 6;
/// An entry is told by so many words.
const TOLD: usize = 8;

/// The entries of a page.
#[derive(Debug, Default)]
pub(super) struct Entries {
    elements: Vec<At>,
    /// The time of each as its markup has it, and its first words.
    pub(super) told: Vec<(String, String)>,
}

impl Entries {
    /// The entry that holds a block.
    pub(super) fn holding(&self, tree: &Tree, block: usize) -> Option<At> {
        if self.elements.is_empty() {
            return None;
        }
        tree.up(tree.blocks[block].element).find(|at| self.elements.binary_search(at).is_ok())
    }
}

/// The entries among what was found: of elements of one name in one place that have a time and a paragraph each, the most.
pub(super) fn entries(tree: &Tree, found: &[usize]) -> Entries {
    if tree.times.len() < LEAST {
        return Entries::default();
    }
    let mut paragraphs = vec![0usize; tree.elements.len()];
    for &block in found.iter().filter(|&&b| tree.blocks[b].shape.is_paragraph()) {
        for at in tree.up(tree.blocks[block].element) {
            paragraphs[at] += 1;
        }
    }
    let mut beside: BTreeMap<(At, &str), FxHashMap<At, &str>> = BTreeMap::new();
    for time in tree.times.iter().filter(|t| !is_of_others(tree, t.element)) {
        for at in tree.up(time.element).take(DEEPEST) {
            let Some(parent) = tree.elements[at].parent.filter(|_| paragraphs[at] > 0) else { continue };
            beside.entry((parent, tree.elements[at].tag.as_str())).or_default().entry(at).or_insert(&time.written);
        }
    }
    let most = beside.into_values().filter(|entries| entries.len() >= LEAST).max_by_key(FxHashMap::len);
    let mut all: Vec<(At, &str)> = most.unwrap_or_default().into_iter().collect();
    all.sort_unstable();
    let begins = |entry: At| {
        let block = found.iter().find(|&&b| tree.is_within(tree.blocks[b].element, entry));
        let words = block.map_or("", |&b| tree.blocks[b].text.as_str()).split_whitespace().take(TOLD);
        words.collect::<Vec<_>>().join(" ")
    };
    let told = all.iter().map(|(entry, time)| ((*time).to_owned(), begins(*entry))).collect();
    Entries { elements: all.into_iter().map(|(entry, _)| entry).collect(), told }
}
