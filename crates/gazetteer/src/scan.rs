//! Names of places at a word of a text: every match, by stepping through the map letter by letter.
//!
//! A name may be cut into words as it likes (Albu Kamal, Albukamal), have its articles or not, and hyphens between. Walks
//! go on together as long as the map has a key that goes on with them; most words of a text end all walks in a few letters.

use crate::Gazetteer;
use crate::layer::Layer;
use crate::layout::{SOUNDS, WORDS};
use crate::spelling::{Article, tells_apart};
use fst::raw::{CompiledAddr, Output};
use marsad_text::{Word, WordKind, Words, is_arabic_letter};

/// Words a name may have in a text, articles included and hyphens not.
const MOST_WORDS: usize = 6;
/// Walks that go on together. Each article doubles them; more than two articles in a row are no name.
const MOST_WALKS: usize = 16;

/// Letters of the first word of a name known by sound: `in`, `of`, `to` run together with the next word sound like names.
const FIRST_LEAST: usize = 3;

/// How a name in a text is like the name in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// The same words, articles and blanks aside.
    Words,
    /// The same sounds: another spelling in Latin letters.
    Sounds,
}

/// A name of places in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Its first word.
    pub first: usize,
    /// Its last word, included.
    pub last: usize,
    /// How it is like the listed name.
    pub likeness: Likeness,
    /// The text has an article: see [`crate::Candidate::agrees`].
    pub with_article: bool,
    pub(crate) layer: u8,
    pub(crate) value: u64,
}

/// A walk through the map: where it is and what it has gathered.
#[derive(Debug, Clone)]
struct Walk {
    layer: u8,
    at: CompiledAddr,
    value: u64,
    article: bool,
    /// The sounds so far; unused in walks over words.
    sounds: String,
}

impl Gazetteer {
    /// Every listed name that starts at the i-th word, the longest first, by words alone.
    ///
    /// An article alone before a name belongs to it where it can be nothing else: `al Bab`, `at-Tall`, never `at Tall`.
    pub fn matches_at(&self, words: &Words, i: usize, out: &mut Vec<Match>) {
        self.matches_from(words, i, words.folded(i), false, out);
    }

    /// The same, with the first word read without its clitics: `core` of the form, and whether its article was on.
    pub fn matches_from(&self, words: &Words, i: usize, core: &str, article: bool, out: &mut Vec<Match>) {
        out.clear();
        let Some(word) = words.get(i).filter(|w| is_name(w)) else { return };
        let mut walks = self.start(WORDS);
        let standing = (!article).then(|| self.leading_article(words, i)).flatten();
        self.step_word(&mut walks, core, article, standing.is_some());
        self.note(&walks, (i, i), Likeness::Words, out);
        self.go_on(words, i, word, walks, Likeness::Words, out);
        longest_first(out);
    }

    /// Every listed name that starts at the i-th word and sounds like the text's, the longest first. Meant for capitalised
    /// words in Latin letters that [`Gazetteer::matches_at`] does not know: short keys fit many words.
    pub fn similar_at(&self, words: &Words, i: usize, out: &mut Vec<Match>) {
        out.clear();
        let Some(word) = words.get(i).filter(|w| is_name(w)) else { return };
        let folded = words.folded(i);
        let standing = self.leading_article(words, i);
        if folded.chars().any(is_arabic_letter) || folded.len() < FIRST_LEAST && standing.is_none() {
            return;
        }
        let mut walks = self.start(SOUNDS);
        self.step_sounds(&mut walks, folded, standing.is_some());
        self.note(&walks, (i, i), Likeness::Sounds, out);
        self.go_on(words, i, word, walks, Likeness::Sounds, out);
        longest_first(out);
    }

    fn start(&self, kind: u8) -> Vec<Walk> {
        let start = |(layer, list): (usize, &Layer)| {
            let at = list.map.root().addr();
            let mut walk = Walk { layer: layer as u8, at, value: 0, article: false, sounds: String::new() };
            self.step(&mut walk, &[kind]).then_some(walk)
        };
        self.layers.iter().enumerate().filter_map(start).collect()
    }

    /// Is the i-th word an article that belongs to the name after it?
    fn leading_article(&self, words: &Words, i: usize) -> Option<Article> {
        let article = self.spelling.article(words.folded(i))?;
        let joined = words.get(i + 1).is_some_and(|next| next.kind == WordKind::Mark && !next.space_before);
        (article == Article::Word || joined).then_some(article)
    }

    fn go_on(&self, words: &Words, i: usize, first: &Word, mut walks: Vec<Walk>, likeness: Likeness, out: &mut Vec<Match>) {
        let (mut j, mut taken) = (i, 1);
        let arabic = is_arabic(words.folded(i));
        while !walks.is_empty() && taken < MOST_WORDS {
            let Some(next) = following(words, j) else { return };
            let folded = spelt(words, next);
            if words[next].kind == WordKind::Letters && is_arabic(folded) != arabic && first.kind == WordKind::Letters {
                return;
            }
            let article = self.spelling.article(folded).is_some();
            match likeness {
                Likeness::Words => self.step_word(&mut walks, folded, false, article),
                Likeness::Sounds => self.step_sounds(&mut walks, folded, article),
            }
            (j, taken) = (next, taken + 1);
            // A name ends neither with an article nor with a possessive.
            if words[j].kind == WordKind::Possessive {
                continue;
            }
            if !article {
                self.note(&walks, (i, j), likeness, out);
            } else if likeness == Likeness::Words {
                self.note_whole(&walks, (i, j), out);
            }
        }
    }

    /// Step every walk through a word: as it stands, without its article, and, if it is an article, past it.
    fn step_word(&self, walks: &mut Vec<Walk>, folded: &str, article_off: bool, is_article: bool) {
        let mut next = Vec::new();
        for walk in walks.drain(..) {
            if is_article {
                next.push(Walk { article: true, ..walk.clone() });
            }
            if let Some(bare) = self.spelling.without_prefix(folded) {
                let mut off = Walk { article: true, ..walk.clone() };
                if self.step(&mut off, bare.as_bytes()) {
                    next.push(off);
                }
            }
            let mut whole = walk;
            whole.article |= article_off;
            if self.step(&mut whole, folded.as_bytes()) {
                next.push(whole);
            }
        }
        next.truncate(MOST_WALKS * self.layers.len());
        *walks = next;
    }

    fn step_sounds(&self, walks: &mut Vec<Walk>, folded: &str, is_article: bool) {
        let ways = self.spelling.sounds_of(folded);
        let mut next = Vec::new();
        for walk in walks.drain(..) {
            if is_article {
                next.push(Walk { article: true, ..walk.clone() });
            }
            for way in &ways {
                let mut walked = walk.clone();
                if self.step(&mut walked, way.as_bytes()) {
                    walked.sounds.push_str(way);
                    next.push(walked);
                }
            }
        }
        next.truncate(MOST_WALKS * self.layers.len());
        *walks = next;
    }

    /// Step through the map; false where no key goes on so.
    fn step(&self, walk: &mut Walk, bytes: &[u8]) -> bool {
        for &byte in bytes {
            let node = self.layers[usize::from(walk.layer)].map.node(walk.at);
            let Some(index) = node.find_input(byte) else { return false };
            let transition = node.transition(index);
            walk.value += transition.out.value();
            walk.at = transition.addr;
        }
        true
    }

    /// The value of the key that ends here, if one does.
    fn value(&self, walk: &Walk) -> Option<u64> {
        let node = self.layers[usize::from(walk.layer)].map.node(walk.at);
        node.is_final().then(|| Output::new(walk.value).cat(node.final_output()).value())
    }

    fn note(&self, walks: &[Walk], (first, last): (usize, usize), likeness: Likeness, out: &mut Vec<Match>) {
        for walk in walks.iter().filter(|w| likeness == Likeness::Words || tells_apart(&w.sounds)) {
            let Some(value) = self.value(walk) else { continue };
            let found = Match { first, last, likeness, with_article: walk.article, layer: walk.layer, value };
            if !out.iter().any(|m| m.last == last && (m.layer, m.value) == (found.layer, value)) {
                out.push(found);
            }
        }
    }

    /// An article at the end may still be the end of a name as it is written without blanks.
    fn note_whole(&self, walks: &[Walk], at: (usize, usize), out: &mut Vec<Match>) {
        let whole: Vec<Walk> = walks.iter().filter(|w| !w.article).cloned().collect();
        self.note(&whole, at, Likeness::Words, out);
    }
}

fn longest_first(out: &mut [Match]) {
    out.sort_by_key(|m| std::cmp::Reverse(m.last));
}

/// A word's letters. What looks like a possessive is part of a name if the map goes on with it: Ra's al-Ayn.
fn spelt(words: &Words, i: usize) -> &str {
    let folded = words.folded(i);
    if words.get(i).is_some_and(|w| w.kind == WordKind::Possessive) { folded.trim_start_matches('\'') } else { folded }
}

/// Can a name begin with this word?
fn is_name(word: &Word) -> bool {
    matches!(word.kind, WordKind::Letters | WordKind::Number)
}

fn is_arabic(folded: &str) -> bool {
    folded.chars().next().is_some_and(is_arabic_letter)
}

/// A word with a full stop after it that goes on to a name has at most so many letters: St. Louis, W.Va.
const SHORTENED_MOST: usize = 3;

/// The next word of the same name: past a hyphen that touches a word (ez-Zor, Albu- Kamal), the sign of an ayn (al-'Ayn),
/// the stop of a short word in Latin letters (St. Louis) and the line between the words of a tag (دير_الزور), never past
/// another mark.
fn following(words: &Words, j: usize) -> Option<usize> {
    let next = words.get(j + 1)?;
    if is_name(next) || next.kind == WordKind::Possessive {
        return Some(j + 1);
    }
    let shortened = |j: usize| words.folded(j).is_ascii() && words.folded(j).len() <= SHORTENED_MOST && words[j].kind == WordKind::Letters;
    if words.folded(j + 1) == "." && !next.space_before && shortened(j) {
        return words.get(j + 2).filter(|w| w.kind == WordKind::Letters && !w.newline_before).map(|_| j + 2);
    }
    if words.folded(j + 1) == "_" && !next.space_before {
        return words.get(j + 2).filter(|w| is_name(w) && !w.space_before).map(|_| j + 2);
    }
    if !matches!(words.folded(j + 1), "-" | "\u{2010}" | "\u{2011}" | "\u{2013}") {
        return None;
    }
    let ayn = matches!(words.folded(j + 2), "'" | "\u{2018}" | "\u{2019}" | "`") && words.get(j + 3).is_some_and(|w| !w.space_before);
    let after = j + 2 + usize::from(ayn);
    let touches = !(next.space_before && words.get(j + 2)?.space_before);
    words.get(after).filter(|w| is_name(w) && touches).map(|_| after)
}
