//! What is written together with a name, and letters that are written in the place of others.
//!
//! In a text: which letters may stand before or after a name inside its word. In a name as the reader found it: what it is
//! without them, since the reader may have taken «وفاطمة» or "Khalid's" for the name.

use crate::needle::Letter;
use marsad_text::is_ignorable;
use rustc_hash::FxHashMap;

/// Pieces of words and look-alike letters, folded.
#[derive(Debug, Default, Clone)]
pub(crate) struct Affixes {
    /// What is written together with the beginning of a word.
    prefixes: Vec<Vec<char>>,
    /// What is written together with its end, and how many letters a name must have for it: it makes other words of short ones.
    suffixes: Vec<(Vec<char>, usize)>,
    /// Letters by those that look like them.
    alike: FxHashMap<char, char>,
}

impl Affixes {
    pub(crate) fn add_prefixes(&mut self, prefixes: impl IntoIterator<Item = String>) {
        self.prefixes.extend(prefixes.into_iter().map(|p| p.chars().collect()).filter(|p: &Vec<char>| !p.is_empty()));
        self.prefixes.sort();
        self.prefixes.dedup();
    }

    pub(crate) fn add_suffix(&mut self, suffix: &str, least: usize) {
        if !suffix.is_empty() {
            self.suffixes.push((suffix.chars().collect(), least));
        }
    }

    pub(crate) fn add_alike(&mut self, letter: char, plain: char) {
        self.alike.insert(letter, plain);
    }

    /// The letter that a folded letter stands for.
    pub(crate) fn plain(&self, letter: char) -> char {
        if letter.is_ascii() { letter } else { self.alike.get(&letter).copied().unwrap_or(letter) }
    }

    /// How a word is spelt, unfolded, without marks and look-alikes.
    pub(crate) fn spelt(&self, word: &[char]) -> String {
        word.iter().filter(|c| !is_ignorable(**c)).map(|c| self.plain(*c)).collect()
    }

    /// Where a name may begin in the word that begins here.
    pub(crate) fn after<'a>(&'a self, squeezed: &'a [Letter], at: usize) -> impl Iterator<Item = usize> + 'a {
        let letter = squeezed.get(at).map(|l| l.folded);
        let begin = self.prefixes.partition_point(|prefix| prefix.first().copied() < letter);
        let able = self.prefixes[begin..].iter().take_while(move |prefix| prefix.first().copied() == letter);
        let stands = move |prefix: &&Vec<char>| has(squeezed, at, prefix) && at + prefix.len() < squeezed.len();
        able.filter(stands).map(move |prefix| at + prefix.len())
    }

    /// The last letter of the word in which a name stands from `from` to `at`, where nothing but a suffix follows it there.
    pub(crate) fn end(&self, squeezed: &[Letter], from: usize, at: usize) -> Option<usize> {
        let length = at + 1 - from;
        let mut able = self.suffixes.iter().filter(|(_, least)| length >= *least);
        able.find(|(suffix, _)| is_at(squeezed, at + 1, suffix)).map(|(suffix, _)| at + suffix.len())
    }

    /// A name's folded word without what may be written together with its beginning: every rest that is left.
    pub(crate) fn without_prefix<'w>(&self, word: &'w str) -> Vec<&'w str> {
        let strip = |prefix: &Vec<char>| prefix.iter().try_fold(word, |rest, c| rest.strip_prefix(*c));
        self.prefixes.iter().filter_map(strip).collect()
    }

    /// A name's folded word without what may be written together with its end, where that leaves `least` letters.
    pub(crate) fn without_suffix<'w>(&self, word: &'w str, least: usize) -> Vec<&'w str> {
        let strip = |suffix: &Vec<char>| suffix.iter().rev().try_fold(word, |rest, c| rest.strip_suffix(*c));
        let all = self.suffixes.iter().filter_map(|(suffix, _)| strip(suffix));
        all.filter(|rest| rest.chars().count() >= least).collect()
    }
}

fn has(squeezed: &[Letter], from: usize, letters: &[char]) -> bool {
    squeezed.get(from..from + letters.len()).is_some_and(|there| there.iter().map(|l| l.folded).eq(letters.iter().copied()))
}

/// Do these letters stand there and end their word?
fn is_at(squeezed: &[Letter], from: usize, letters: &[char]) -> bool {
    let there = squeezed.get(from..from + letters.len()).unwrap_or_default();
    has(squeezed, from, letters) && there.iter().position(|l| l.ends) == Some(letters.len() - 1)
}
