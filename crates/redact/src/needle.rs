//! Where do names stand in a text, however they are written?
//!
//! A text is squeezed to its folded letters: case, vowel marks, tatweel, presentation forms, blanks and marks between letters
//! are gone, and each letter knows where it stood. A name is a row of such letters. It counts where it begins a word, or
//! follows what is written together with a word's beginning, and ends one. Marks may stand between its letters ("W.a.s.i.m");
//! blanks may where they part a name of several words, or where a letter stands alone ("W a sim").

use marsad_text::{fold, is_ignorable};
use rustc_hash::FxHashMap;

/// A letter of the squeezed text.
#[derive(Debug, Clone, Copy)]
struct Letter {
    folded: char,
    /// The code point it came from.
    at: usize,
    /// A word begins with it.
    starts: bool,
    /// A word ends with it.
    ends: bool,
    /// A blank stands before it.
    after_blank: bool,
}

/// What a needle is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Needle {
    /// Several words, or a whole name: blanks may stand in it.
    pub(crate) whole: bool,
    /// It must be spelt just so, since folded it is an everyday word.
    pub(crate) spelt: Option<String>,
    /// What is shown in its place.
    pub(crate) shown: String,
}

/// A stretch of code points in which a needle stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found<'n> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) needle: &'n Needle,
}

/// Needles by their letters.
#[derive(Debug, Default)]
pub(crate) struct Needles {
    nodes: Vec<Node>,
    /// What is written together with the beginning of a word.
    prefixes: Vec<Vec<char>>,
    /// What is written together with its end: looked for after names of some length only, since it makes other words of short ones.
    suffixes: Vec<Vec<char>>,
}

/// Letters that a name must have for a suffix to be seen through.
const SUFFIXED: usize = 4;

#[derive(Debug, Default)]
struct Node {
    next: FxHashMap<char, u32>,
    needles: Vec<Needle>,
}

/// The folded letters and figures of a name.
pub(crate) fn letters(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

impl Needles {
    pub(crate) fn with_affixes(prefixes: impl IntoIterator<Item = String>, suffixes: impl IntoIterator<Item = String>) -> Self {
        let suffixes = suffixes.into_iter().map(|s| s.chars().collect()).filter(|s: &Vec<char>| !s.is_empty()).collect();
        let mut prefixes: Vec<Vec<char>> =
            prefixes.into_iter().map(|p| p.chars().collect()).filter(|p: &Vec<char>| !p.is_empty()).collect();
        prefixes.sort();
        prefixes.dedup();
        Self { nodes: vec![Node::default()], prefixes, suffixes }
    }

    pub(crate) fn insert(&mut self, name: &str, needle: Needle) {
        let mut at = 0;
        for letter in letters(name).chars() {
            at = match self.nodes[at].next.get(&letter) {
                Some(&next) => next as usize,
                None => {
                    let new = self.nodes.len();
                    self.nodes[at].next.insert(letter, new as u32);
                    self.nodes.push(Node::default());
                    new
                }
            };
        }
        if at > 0 && !self.nodes[at].needles.contains(&needle) {
            self.nodes[at].needles.push(needle);
        }
    }

    /// Every place where a needle stands.
    pub(crate) fn find(&self, text: &[char]) -> Vec<Found<'_>> {
        let squeezed = squeeze(text);
        let mut found = Vec::new();
        for at in (0..squeezed.len()).filter(|&at| squeezed[at].starts) {
            self.walk(text, &squeezed, at, &mut found);
            for prefix in &self.prefixes {
                let after = at + prefix.len();
                let inside = squeezed.get(at..after).is_some_and(|l| l.iter().map(|l| l.folded).eq(prefix.iter().copied()));
                if inside && after < squeezed.len() {
                    self.walk(text, &squeezed, after, &mut found);
                }
            }
        }
        found
    }

    fn walk<'n>(&'n self, text: &[char], squeezed: &[Letter], from: usize, found: &mut Vec<Found<'n>>) {
        let mut node = 0usize;
        // Over how many blanks the walk went, and whether a word of one letter is among what lies between them.
        let (mut blanks, mut alone) = (0, false);
        for (at, letter) in squeezed.iter().enumerate().skip(from) {
            if at > from && letter.after_blank {
                blanks += 1;
            }
            alone |= letter.starts && letter.ends;
            let Some(&next) = self.nodes.get(node).and_then(|n| n.next.get(&letter.folded)) else { return };
            node = next as usize;
            let suffix = || self.suffixes.iter().find(|s| is_at(squeezed, at + 1, s)).map(Vec::len);
            let last = match letter.ends {
                true => at,
                false if self.nodes[node].needles.is_empty() || at + 1 - from < SUFFIXED => continue,
                false => match suffix() {
                    Some(length) => at + length,
                    None => continue,
                },
            };
            for needle in &self.nodes[node].needles {
                let (start, end) = (squeezed[from].at, squeezed[last].at + 1);
                let spelt = || text.get(start..end).unwrap_or_default().iter().filter(|c| !is_ignorable(**c)).collect::<String>();
                if (needle.whole || blanks == 0 || alone) && needle.spelt.as_ref().is_none_or(|s| *s == spelt()) {
                    found.push(Found { start, end, needle });
                }
            }
        }
    }
}

/// Do these letters stand there and end their word?
fn is_at(squeezed: &[Letter], from: usize, letters: &[char]) -> bool {
    let there = squeezed.get(from..from + letters.len()).unwrap_or_default();
    !there.is_empty()
        && there.iter().map(|l| l.folded).eq(letters.iter().copied())
        && there.iter().rposition(|l| l.ends) == Some(letters.len() - 1)
}

fn squeeze(text: &[char]) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::with_capacity(text.len());
    // What stood just before, ignorable marks left out.
    let (mut before, mut blank): (Option<char>, bool) = (None, true);
    for (at, &c) in text.iter().enumerate() {
        if is_ignorable(c) {
            continue;
        }
        let folded = fold(c.encode_utf8(&mut [0; 4]));
        if !c.is_alphanumeric() || folded.is_empty() && !is_hamza(c) {
            blank |= c.is_whitespace();
            before = None;
            if let Some(last) = out.last_mut() {
                last.ends = true;
            }
            continue;
        }
        let starts = before.is_none_or(|b| turns(b, c));
        if starts && let Some(last) = out.last_mut() {
            last.ends = true;
        }
        for (i, letter) in folded.chars().filter(|f| f.is_alphanumeric()).enumerate() {
            let first = i == 0;
            out.push(Letter { folded: letter, at, starts: starts && first, ends: false, after_blank: blank && first });
        }
        if !folded.is_empty() {
            blank = false;
        }
        before = Some(c);
    }
    if let Some(last) = out.last_mut() {
        last.ends = true;
    }
    out
}

/// The hamza alone folds to nothing and is a letter still.
fn is_hamza(c: char) -> bool {
    c == 'ء'
}

/// Does a new word begin without a mark between: in `LayanShammat`, `layan2031`?
fn turns(before: char, c: char) -> bool {
    before.is_lowercase() && c.is_uppercase() || before.is_numeric() != c.is_numeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(names: &[(&str, bool)], text: &str) -> Vec<String> {
        let mut needles = Needles::with_affixes(["و", "ب", "ل", "ال", "وال", "al"].map(str::to_owned), ["ين".to_owned()]);
        for (name, whole) in names {
            needles.insert(name, Needle { whole: *whole, spelt: None, shown: String::new() });
        }
        let chars: Vec<char> = text.chars().collect();
        needles.find(&chars).iter().map(|f| chars[f.start..f.end].iter().collect()).collect()
    }

    #[test]
    fn a_name_is_found_in_every_spelling() {
        let names = [("وسيم", false), ("شماط", false), ("Wasim", false), ("Shammat", false), ("Wasim Shammat", true)];
        for (text, expected) in [
            ("قال وسيم", "وسيم"),
            ("ووسيم", "وسيم"),
            ("لوسيم", "وسيم"),
            ("وَسِيم", "وَسِيم"),
            ("وســـيم", "وســـيم"),
            ("و س ي م", "و س ي م"),
            ("و.س.ي.م", "و.س.ي.م"),
            ("ﻭﺳﻴﻢ", "ﻭﺳﻴﻢ"),
            ("والشماط", "شماط"),
            ("على الشماطين", "شماطين"),
            ("#وسيم_الشماط", "وسيم"),
            ("WASIM", "WASIM"),
            ("wasim's", "wasim"),
            ("Wa\u{ad}sim", "Wa\u{ad}sim"),
            ("Ｗａｓｉｍ", "Ｗａｓｉｍ"),
            ("wasim_1931", "wasim"),
            ("Wasim2031", "Wasim"),
            ("HeWasimShe", "Wasim"),
            ("AlShammat", "Shammat"),
            ("al-shammat", "shammat"),
            ("wasimshammat", "wasimshammat"),
            ("Wa sim, the w a s i m", "w a s i m"),
        ] {
            assert!(found(&names, text).iter().any(|f| f == expected), "{text}: {:?}", found(&names, text));
        }
    }

    #[test]
    fn what_only_holds_its_letters_is_no_name() {
        let names = [("سليم", false), ("Wasim", false)];
        for text in ["تم تسليم البضاعة", "سليمان", "Wasimov", "Wa sim", "was im Land", ""] {
            assert_eq!(found(&names, text), Vec::<String>::new(), "{text}");
        }
    }
}
