//! Many names, of which those are found that a name may be.

use crate::key::Key;
use crate::likeness::{self, Likeness};
use crate::Names;
use rustc_hash::FxHashMap;

/// A set of names, found by their consonants and then by their letters.
#[derive(Debug, Default)]
pub struct NameIndex {
    keys: Vec<Option<Key>>,
    /// Skeletons, and skeletons with one consonant out, to the names that have them.
    blocks: FxHashMap<Box<str>, Vec<u32>>,
}

/// A name of the set that the name asked for may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranked {
    /// Which, in the order in which they were added.
    pub at: usize,
    /// How alike the two are, and why.
    pub likeness: Likeness,
}

impl NameIndex {
    /// An index of these names.
    pub fn of<'n>(names: &Names, set: impl IntoIterator<Item = &'n str>) -> Self {
        let mut index = Self::default();
        for name in set {
            let key = names.key(name);
            let at = index.keys.len() as u32;
            for block in key.iter().flat_map(blocks) {
                let block = index.blocks.entry(block.into_boxed_str()).or_default();
                if block.last() != Some(&at) {
                    block.push(at);
                }
            }
            index.keys.push(key);
        }
        index
    }

    /// The names of the set that this one may be, the likeliest first, no more than so many. Of equally like ones the
    /// one that was added first comes first.
    pub fn resolve(&self, names: &Names, name: &str, most: usize) -> Vec<Ranked> {
        let Some(key) = names.key(name) else { return Vec::new() };
        let mut open: Vec<u32> = blocks(&key).iter().filter_map(|b| self.blocks.get(b.as_str())).flatten().copied().collect();
        open.sort_unstable();
        open.dedup();
        let (mut found, mut limit): (Vec<Ranked>, i32) = (Vec::new(), i32::MAX);
        for at in open {
            let Some(other) = &self.keys[at as usize] else { continue };
            let likeness = likeness::alike(&key, other, &names.spelling, &names.letters, limit);
            if likeness.rank == i32::MAX || found.len() >= most && likeness.rank >= limit {
                continue;
            }
            let place = found.partition_point(|f| f.likeness.rank <= likeness.rank);
            found.insert(place, Ranked { at: at as usize, likeness });
            found.truncate(most);
            if found.len() == most {
                limit = found.last().map_or(i32::MAX, |f| f.likeness.rank);
            }
        }
        found
    }
}

/// Where a name is looked for: its skeletons, and each of them with one consonant out.
fn blocks(key: &Key) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for skeleton in key.skeletons() {
        all.push(skeleton.to_owned());
        if skeleton.chars().nth(1).is_some() {
            all.extend((0..skeleton.chars().count()).map(|out| skeleton.chars().enumerate().filter(|(i, _)| *i != out).map(|(_, c)| c).collect()));
        }
    }
    all.sort();
    all.dedup();
    all
}
