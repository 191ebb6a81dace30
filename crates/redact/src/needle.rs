//! Where do names stand in a text, however they are written?
//!
//! A text is squeezed to its folded letters: case, vowel marks, tatweel, presentation forms, blanks and marks between letters
//! are gone, and each letter knows where it stood. A name is a row of such letters. It counts where it begins a word, or
//! follows what is written together with a word's beginning, and ends one. Marks may stand between its letters ("W.a.s.i.m");
//! blanks may where they part a name of several words, or where a letter stands alone ("W a sim").

use crate::affixes::Affixes;
use marsad_text::{fold, is_ignorable};
use rustc_hash::FxHashMap;

/// A letter of the squeezed text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Letter {
    pub(crate) folded: char,
    /// The code point it came from.
    at: usize,
    /// A word begins with it.
    starts: bool,
    /// A word ends with it.
    pub(crate) ends: bool,
    /// A blank stands before it.
    after_blank: bool,
}

/// What a needle is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Needle {
    /// Several words, or a whole name: blanks may stand in it.
    pub(crate) whole: bool,
    /// It must be spelt just so, since folded it is an everyday word; what is written together with it is no part of that.
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
    affixes: Affixes,
}

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
    pub(crate) fn with_affixes(affixes: Affixes) -> Self {
        Self { nodes: vec![Node::default()], affixes }
    }

    pub(crate) fn insert(&mut self, name: &str, needle: Needle) {
        let mut at = 0;
        for letter in letters(name).chars().map(|c| self.affixes.plain(c)) {
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
        let squeezed = squeeze(text, &self.affixes);
        let mut found = Vec::new();
        for at in (0..squeezed.len()).filter(|&at| squeezed[at].starts) {
            self.walk(text, &squeezed, at, &mut found);
            for after in self.affixes.after(&squeezed, at) {
                self.walk(text, &squeezed, after, &mut found);
            }
        }
        found
    }

    /// Is there a needle of so many letters anywhere among those of this word, without any sign of where it begins or ends?
    pub(crate) fn is_inside(&self, word: &[char], least: usize) -> bool {
        let squeezed = squeeze(word, &self.affixes);
        (0..squeezed.len()).any(|from| {
            let mut node = 0usize;
            for (length, letter) in (1..).zip(&squeezed[from..]) {
                let Some(&next) = self.nodes.get(node).and_then(|n| n.next.get(&letter.folded)) else { return false };
                node = next as usize;
                if length >= least && self.nodes[node].needles.iter().any(|n| n.spelt.is_none()) {
                    return true;
                }
            }
            false
        })
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
            if self.nodes[node].needles.is_empty() {
                continue;
            }
            let last = if letter.ends { Some(at) } else { self.affixes.end(squeezed, from, at) };
            let Some(last) = last else { continue };
            for needle in &self.nodes[node].needles {
                let (start, end) = (squeezed[from].at, with_marks(text, squeezed[last].at + 1));
                let spelt = || self.affixes.spelt(text.get(start..=squeezed[at].at).unwrap_or_default());
                if (needle.whole || blanks == 0 || alone) && needle.spelt.as_ref().is_none_or(|s| *s == spelt()) {
                    found.push(Found { start, end, needle });
                }
            }
        }
    }
}

/// The end of a word with the vowel marks on its last letter.
fn with_marks(text: &[char], end: usize) -> usize {
    end + text.get(end..).unwrap_or_default().iter().take_while(|c| is_mark(**c)).count()
}

/// Is this written onto a letter? Direction marks and joiners stand between letters.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}')
}

fn squeeze(text: &[char], affixes: &Affixes) -> Vec<Letter> {
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
            out.push(Letter { folded: affixes.plain(letter), at, starts: starts && first, ends: false, after_blank: blank && first });
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
        let mut affixes = Affixes::default();
        affixes.add_prefixes(["و", "ب", "ل", "ال", "وال", "al"].map(str::to_owned));
        affixes.add_suffix("ين", 4);
        let mut needles = Needles::with_affixes(affixes);
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
