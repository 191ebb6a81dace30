//! Many names, of which those are found that a name may be.

use crate::Names;
use crate::key::Key;
use crate::letters::Sheet;
use crate::likeness::{self, ARTICLE, Likeness};
use rustc_hash::{FxHashMap, FxHashSet};

/// A set of names, found by their consonants and then by their letters.
#[derive(Debug, Default)]
pub struct NameIndex {
    keys: Vec<Option<Key>>,
    /// Skeletons to the names that have them.
    whole: Blocks,
    /// Skeletons with one consonant out.
    shorter: Blocks,
}

type Blocks = FxHashMap<Box<str>, Vec<u32>>;

/// Consonants that two names have, beside those in which they are one, where in each one differs.
const LEFT: usize = 2;

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
            for skeleton in key.iter().flat_map(Key::skeletons) {
                put(&mut index.whole, skeleton, at);
            }
            for skeleton in key.iter().flat_map(shorter) {
                put(&mut index.shorter, &skeleton, at);
            }
            index.keys.push(key);
        }
        index
    }

    /// The names of the set that this one may be, the likeliest first, no more than so many. Of equally like ones the
    /// one that was added first comes first.
    pub fn resolve(&self, names: &Names, name: &str, most: usize) -> Vec<Ranked> {
        let Some(key) = names.key(name) else { return Vec::new() };
        let mut search = Search { key: &key, sheets: key.ways.iter().map(|w| names.letters.sheet(&w.path, key.arabic)).collect() };
        let (mut found, mut seen): (Vec<(i32, u32)>, FxHashSet<u32>) = (Vec::new(), FxHashSet::default());
        let mut limit = i32::MAX;
        let (whole, shorter) = (key.skeletons(), shorter(&key));
        let one_out = shorter.iter().map(String::as_str);
        // The likest first: they make the limit strict.
        let places = (whole.iter().filter_map(|s| self.whole.get(*s)))
            .chain(whole.iter().filter_map(|s| self.shorter.get(*s)))
            .chain(one_out.clone().filter_map(|s| self.whole.get(s)))
            .chain(one_out.filter(|s| s.chars().count() >= LEFT).filter_map(|s| self.shorter.get(s)));
        for &at in places.flatten() {
            let Some(other) = self.keys[at as usize].as_ref().filter(|o| near_in_length(&key, o) && seen.insert(at)) else { continue };
            let Some(rank) = search.rank(other, names, limit) else { continue };
            let place = found.partition_point(|&f| f < (rank, at));
            found.insert(place, (rank, at));
            found.truncate(most);
            if found.len() == most {
                limit = found.last().map_or(i32::MAX, |f| f.0);
            }
        }
        let judged = |&(_, at): &(i32, u32)| {
            let other = self.keys[at as usize].as_ref()?;
            Some(Ranked { at: at as usize, likeness: names.alike(&key, other) })
        };
        found.iter().filter_map(judged).collect()
    }
}

/// May the two be one name, by how long they are? Arabic leaves short vowels out.
fn near_in_length(a: &Key, b: &Key) -> bool {
    let (a, b) = if a.arabic && !b.arabic { (b, a) } else { (a, b) };
    let (long, short) =
        if a.arabic == b.arabic { (a.length().max(b.length()), a.length().min(b.length())) } else { (a.length(), b.length()) };
    let kunya = [a, b].iter().any(|k| k.ways.len() > 1);
    kunya || short <= long + 2 && long <= short * 2 + 2
}

/// A name that is looked for.
struct Search<'k, 'l> {
    key: &'k Key,
    sheets: Vec<Sheet<'l>>,
}

impl Search<'_, '_> {
    /// By what the names found are ordered, the likest lowest; `None` where it is more than the limit.
    fn rank(&mut self, other: &Key, names: &Names, limit: i32) -> Option<i32> {
        if self.key.arabic == other.arabic {
            let rank = names.alike(self.key, other).rank;
            return (rank < i32::MAX && rank <= limit).then_some(rank);
        }
        let article = if self.key.article == other.article { 0 } else { ARTICLE };
        let mut best = None;
        for (way, sheet) in self.key.ways.iter().zip(&mut self.sheets) {
            for theirs in &other.ways {
                let by_chance = likeness::by_chance(way, theirs);
                let most = best.unwrap_or(limit).saturating_add(by_chance - article);
                if let Some(cost) = sheet.cost(&theirs.path, most) {
                    let rank = cost - by_chance + article;
                    best = Some(best.map_or(rank, |b: i32| b.min(rank)));
                }
            }
        }
        best
    }
}

fn put(blocks: &mut Blocks, skeleton: &str, at: u32) {
    let block = blocks.entry(skeleton.into()).or_default();
    if block.last() != Some(&at) {
        block.push(at);
    }
}

/// A name's skeletons with one consonant out.
fn shorter(key: &Key) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for skeleton in key.skeletons().iter().filter(|s| s.chars().nth(1).is_some()) {
        let without = |out| skeleton.chars().enumerate().filter(|(i, _)| *i != out).map(|(_, c)| c).collect();
        all.extend((0..skeleton.chars().count()).map(without));
    }
    all.sort();
    all.dedup();
    all
}
