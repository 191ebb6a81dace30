//! Distance between two names of one writing, by their sounds.

use crate::spelling::Writing;

/// One vowel for another.
const VOWEL: i32 = 300;
/// A vowel more or less inside a name.
const VOWEL_MORE: i32 = 300;
/// A vowel more or less at a name's end, where it often makes another name: Hama, Ham.
const VOWEL_LAST: i32 = 700;
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
    let mut above: Vec<i32> = std::iter::once(0).chain((0..b.len()).scan(0, |sum, j| { *sum += more(b, j); Some(*sum) })).collect();
    for i in 0..a.len() {
        let mut row = vec![above[0] + more(a, i)];
        for j in 0..b.len() {
            let swap = match (a[i] == b[j], writing.is_vowel(a[i]) && writing.is_vowel(b[j])) {
                (true, _) => 0,
                _ if writing.is_near(a[i], b[j]) => NEAR,
                (_, true) => VOWEL,
                _ => CONSONANT,
            };
            row.push((above[j] + swap).min(above[j + 1] + more(a, i)).min(row[j] + more(b, j)));
        }
        above = row;
    }
    above.last().copied().unwrap_or(0)
}
