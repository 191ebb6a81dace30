//! Distance between two names by their sounds.

use crate::spelling::Writing;

/// One vowel for another.
const VOWEL: i32 = 300;
/// A vowel more or less inside a name.
const VOWEL_MORE: i32 = 300;
/// A vowel more or less at a name's begin or end, where it often makes another name: Taliban, Talibani.
const VOWEL_LAST: i32 = 800;
/// One vowel for another that spellings vary.
const VOWEL_NEAR: i32 = 100;
/// One sound for another that spellings vary.
const NEAR: i32 = 400;
/// A consonant for another, or more or less.
const CONSONANT: i32 = 1000;

/// What it costs to turn one into the other, in thousandths of a consonant.
pub(crate) fn distance(a: &[char], b: &[char], writing: &Writing) -> i32 {
    let more = |sounds: &[char], at: usize| match writing.is_vowel(sounds[at]) {
        true if at + 1 == sounds.len() || at == 0 => VOWEL_LAST,
        true => VOWEL_MORE,
        false => CONSONANT,
    };
    let mut above: Vec<i32> = std::iter::once(0)
        .chain((0..b.len()).scan(0, |sum, j| {
            *sum += more(b, j);
            Some(*sum)
        }))
        .collect();
    for i in 0..a.len() {
        let mut row = vec![above[0] + more(a, i)];
        for j in 0..b.len() {
            let swap = match (a[i] == b[j], writing.is_vowel(a[i]) && writing.is_vowel(b[j])) {
                (true, _) => 0,
                (_, vowels) if writing.is_near(a[i], b[j]) => {
                    if vowels {
                        VOWEL_NEAR
                    } else {
                        NEAR
                    }
                }
                (_, true) => VOWEL,
                _ => CONSONANT,
            };
            row.push((above[j] + swap).min(above[j + 1] + more(a, i)).min(row[j] + more(b, j)));
        }
        above = row;
    }
    above.last().copied().unwrap_or(0)
}

/// A long vowel for another, across the two writings: Hassan, حسين.
const LONG_VOWEL: i32 = 600;
/// A vowel at a Latin name's begin that Arabic does not write.
const VOWEL_FIRST: i32 = 300;
/// A long vowel that only one of the two writes.
const LONG_VOWEL_MORE: i32 = 600;

/// What in an Arabic name's letters the sounds of a Latin name do not account for, in thousandths of a consonant. Short
/// vowels that Arabic does not write cost nothing.
pub(crate) fn across(latin: &[char], arabic: &[char], latins: &Writing, arabics: &Writing) -> i32 {
    let unwritten = |i: usize| match latins.is_vowel(latin[i]) {
        true if i + 1 == latin.len() => VOWEL_LAST,
        true if i == 0 => VOWEL_FIRST,
        true => 0,
        false if latins.is_weak(latin[i]) => 0,
        false => CONSONANT,
    };
    let unheard = |j: usize| match arabic[j] {
        letter if arabics.is_weak(letter) => 0,
        letter if arabics.is_vowel(letter) => {
            if j + 1 == arabic.len() {
                VOWEL_LAST
            } else {
                LONG_VOWEL_MORE
            }
        }
        letter if j > 0 && j + 1 == arabic.len() && arabics.is_vowel(arabic[j - 1]) && latins.vowels_of(arabics, letter) => 0,
        letter if j + 1 == arabic.len() && latins.vowels_of(arabics, letter) => VOWEL_LAST,
        _ => CONSONANT,
    };
    let mut above: Vec<i32> = std::iter::once(0)
        .chain((0..arabic.len()).scan(0, |sum, j| {
            *sum += unheard(j);
            Some(*sum)
        }))
        .collect();
    for (i, &sound) in latin.iter().enumerate() {
        let mut row = vec![above[0] + unwritten(i)];
        for j in 0..arabic.len() {
            let vowels = latins.is_vowel(sound) && arabics.is_vowel(arabic[j]);
            let last = j + 1 == arabic.len();
            let swap = match arabics.is_heard(arabic[j], sound, last) {
                true => 0,
                // An alef at a name's begin carries any vowel.
                false if vowels && j == 0 => 0,
                false if vowels => LONG_VOWEL,
                false if arabics.hears_near(arabic[j], sound, latins) => NEAR,
                false => CONSONANT,
            };
            row.push((above[j] + swap).min(above[j + 1] + unwritten(i)).min(row[j] + unheard(j)));
        }
        above = row;
    }
    above.last().copied().unwrap_or(0)
}
