//! Features: what the model sees of a word, each as a number made of what is seen and where.

use crate::Clue;
use crate::lists::{Listed, Lists};
use marsad_text::{Case, WordKind, Words};
use std::ops::Range;

/// Letters of a word's beginning and end that are features.
const AFFIX: usize = 4;
/// A word without its first letters is a feature as well, for so many letters: what is written together with it
/// comes off without a list of what that may be.
const STRIPPED: usize = 3;
/// Letters that must be left of it.
const LEFT: usize = 3;
/// Nothing: before the first word and after the last.
const EDGE: u32 = 0x9e37_79b9;

/// A word's fingerprint (FNV-1a).
pub fn fingerprint(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

/// A feature: a template's number and what it saw, well mixed; never 0, which marks an empty slot of a table.
fn feature(template: u32, a: u32, b: u32) -> u32 {
    let mut h = (u64::from(a) << 32 | u64::from(b)) ^ u64::from(template).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    h ^= h >> 31;
    h = h.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h ^= h >> 29;
    ((h >> 32) as u32).max(1)
}

/// What is seen of one word by itself.
#[derive(Clone, Copy)]
struct Seen {
    word: u32,
    /// The word less its first letters, as many as there are.
    stripped: [u32; STRIPPED],
    prefix: [u32; AFFIX],
    suffix: [u32; AFFIX],
    shape: u32,
    list: u8,
    /// What it does in texts, and what the word less its first letter, and its first two, does.
    habit: u32,
    rest: [u32; 2],
    clue: u32,
}

const NOTHING: Seen = Seen {
    word: EDGE,
    stripped: [0; STRIPPED],
    prefix: [0; AFFIX],
    suffix: [0; AFFIX],
    shape: 99,
    list: 0,
    habit: 0,
    rest: [0; 2],
    clue: 1 << 31,
};

impl Seen {
    fn of(words: &Words, clues: &[Clue], lists: &Lists, i: usize) -> Self {
        let folded = words.folded(i);
        let word = words[i];
        let mut seen = Self { word: fingerprint(folded), shape: shape(words, i), ..NOTHING };
        seen.clue = clues.get(i).map_or(0, |c| c.0);
        if word.kind == WordKind::Mark {
            return seen;
        }
        let listed = lists.get(seen.word);
        (seen.list, seen.habit) = (listed.name, listed.habit.number());
        let letters = folded.chars().count();
        let uncased = word.case == Case::None;
        let mut hash = 0x811c_9dc5_u32;
        for (n, c) in folded.chars().enumerate().take(AFFIX.min(letters)) {
            hash = (hash ^ c as u32).wrapping_mul(0x0100_0193);
            seen.prefix[n] = hash;
        }
        hash = 0x811c_9dc5;
        for (n, c) in folded.chars().rev().enumerate().take(AFFIX.min(letters)) {
            hash = (hash ^ c as u32).wrapping_mul(0x0100_0193);
            seen.suffix[n] = hash;
        }
        if uncased {
            for n in 1..=STRIPPED.min(letters.saturating_sub(LEFT)) {
                let rest = folded.char_indices().nth(n).and_then(|(at, _)| folded.get(at..)).unwrap_or("");
                seen.stripped[n - 1] = fingerprint(rest);
                let Listed { name, habit } = lists.get(seen.stripped[n - 1]);
                if seen.list == 0 && name != 0 {
                    seen.list = name + 4;
                }
                if let Some(known) = seen.rest.get_mut(n - 1) {
                    *known = habit.number();
                }
            }
        }
        seen
    }
}

/// How a word is written.
fn shape(words: &Words, i: usize) -> u32 {
    let word = words[i];
    if word.kind == WordKind::Mark {
        return 16 + fingerprint(words.folded(i));
    }
    let case = match word.case {
        Case::None => 0,
        Case::Lower => 1,
        Case::Title => 2,
        Case::Upper => 3,
    };
    let kind = match word.kind {
        WordKind::Letters => 0,
        WordKind::Number => 1,
        _ => 2,
    };
    let one = u32::from(words.folded(i).chars().nth(1).is_none());
    case | kind << 2 | one << 4
}

/// So many of a word's first features hang on which word it is. Training also looks at words without them, as if it had never
/// met them: most names in a text of tomorrow it never did.
pub(crate) const OWN: usize = 4;

/// The features of each word of a sentence, one word's after the other's, and where each word's begin.
pub(crate) fn features(words: &Words, range: Range<usize>, clues: &[Clue], lists: &Lists, out: &mut Vec<u32>, starts: &mut Vec<usize>) {
    out.clear();
    starts.clear();
    let seen: Vec<Seen> = range.clone().map(|i| Seen::of(words, clues, lists, i)).collect();
    let capitals = seen.iter().filter(|s| s.shape & 3 == 3 && s.shape < 16).count() * 2 > seen.len();
    let at = |i: usize, by: isize| i.checked_add_signed(by).and_then(|j| seen.get(j)).unwrap_or(&NOTHING);
    for i in 0..seen.len() {
        starts.push(out.len());
        of_word(i, &at, capitals, lists, out);
    }
    starts.push(out.len());
}

fn of_word<'s>(i: usize, at: &impl Fn(usize, isize) -> &'s Seen, capitals: bool, lists: &Lists, out: &mut Vec<u32>) {
    let (here, before, after) = (at(i, 0), at(i, -1), at(i, 1));
    let mut add = |template: u32, a: u32, b: u32| out.push(feature(template, a, b));
    add(2, here.word, 0);
    add(7, before.word, here.word);
    add(8, here.word, after.word);
    // The whole word and the word less its first letters are one template: «والعراق» and «العراق» share a feature.
    add(9, here.word, 0);
    add(1, u32::from(capitals), 0);
    add(3, before.word, 0);
    add(4, after.word, 0);
    add(5, at(i, -2).word, 0);
    add(6, at(i, 2).word, 0);
    for rest in here.stripped.iter().filter(|r| **r != 0) {
        add(9, *rest, 0);
    }
    for (n, p) in here.prefix.iter().enumerate().filter(|(_, p)| **p != 0) {
        add(10 + n as u32, *p, 0);
    }
    for (n, s) in here.suffix.iter().enumerate().filter(|(_, s)| **s != 0) {
        add(14 + n as u32, *s, 0);
    }
    add(18, before.suffix[2], 0);
    add(19, after.suffix[2], 0);
    add(20, before.prefix[1], 0);
    add(21, after.prefix[1], 0);
    add(22, before.stripped[0], 0);
    add(23, before.stripped[1], 0);
    add(24, here.shape, 0);
    add(25, before.shape, here.shape);
    add(26, here.shape, after.shape);
    add(27, before.shape ^ after.shape << 8, here.shape);
    if lists.has_habits() {
        habits(i, at, &mut add);
    }
    lists_and_clues(i, at, &mut add);
}

/// What the words around do in texts.
fn habits<'s>(i: usize, at: &impl Fn(usize, isize) -> &'s Seen, add: &mut impl FnMut(u32, u32, u32)) {
    let (here, before, after) = (at(i, 0), at(i, -1), at(i, 1));
    add(50, here.habit, 0);
    add(51, before.habit, 0);
    add(52, after.habit, 0);
    add(53, here.habit, u32::from(here.list));
    add(54, here.habit, here.clue);
    for (n, rest) in here.rest.into_iter().enumerate().filter(|(n, _)| here.stripped[*n] != 0) {
        add(55 + n as u32, rest, here.prefix[n]);
    }
}

fn lists_and_clues<'s>(i: usize, at: &impl Fn(usize, isize) -> &'s Seen, add: &mut impl FnMut(u32, u32, u32)) {
    let (here, before, after) = (at(i, 0), at(i, -1), at(i, 1));
    add(28, u32::from(here.list), u32::from(before.list));
    add(29, u32::from(here.list), u32::from(after.list));
    add(30, u32::from(here.list), u32::from(before.list) << 8 | u32::from(after.list));
    add(31, u32::from(here.list), here.shape);
    add(32, before.clue, u32::from(here.list));
    add(33, here.clue, 0);
    add(34, before.clue, here.clue);
    add(35, here.clue, after.clue);
    add(36, here.clue, here.shape);
    for (n, by) in [-2isize, -1, 0, 1, 2].into_iter().enumerate() {
        let mut clue = at(i, by).clue;
        while clue != 0 {
            add(40 + n as u32, clue.trailing_zeros(), 0);
            clue &= clue - 1;
        }
    }
}
