//! Where people live, shelter or are cared for, as texts tell of it: by a noun beside a name, or by coordinates.

use crate::finder::{runs, words};
use crate::names::is_inside_word;
use crate::words::Words;
use marsad_text::{fold, is_arabic_letter};
use std::ops::Range;

/// Words of a name beside the noun.
const MOST_WORDS: usize = 3;
/// Decimals from which a number may be a coordinate: a hundred metres.
const DECIMALS: usize = 3;
/// Signs that may stand between two coordinates.
const BETWEEN: usize = 6;

/// A word of a text.
struct Word {
    at: Range<usize>,
    text: String,
    /// Nothing but a blank or hyphen stands before it.
    joined: bool,
}

/// The names that stand beside such nouns: after an Arabic one what bears the article, before an English one what begins
/// with a capital.
pub(crate) fn names(known: &Words, text: &[char]) -> Vec<Range<usize>> {
    let words = laid_out(text);
    let mut found = Vec::new();
    for at in 0..words.len() {
        let Some(length) = noun(known, &words, at) else { continue };
        let arabic = words[at].text.chars().any(is_arabic_letter);
        let mut name: Option<Range<usize>> = None;
        if arabic {
            let after = words[at + length..].iter().take_while(|w| w.joined && known.is_named_after(&w.text));
            for word in after.take(MOST_WORDS) {
                name = Some(name.map_or(word.at.start, |n| n.start)..word.at.end);
            }
        } else {
            let mut joined = words[at].joined;
            for word in words[..at].iter().rev().take(MOST_WORDS) {
                if !joined || !known.is_capital_name(&word.text) {
                    break;
                }
                joined = word.joined;
                name = Some(word.at.start..name.map_or(word.at.end, |n| n.end));
            }
        }
        found.extend(name);
    }
    found
}

/// Does a text speak of such a place?
pub(crate) fn is_told(known: &Words, text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let words = laid_out(&text);
    (0..words.len()).any(|at| noun(known, &words, at).is_some())
}

fn laid_out(text: &[char]) -> Vec<Word> {
    let mut before = 0;
    let word = |at: Range<usize>| {
        let between = text.get(before..at.start).unwrap_or_default();
        let joined = between.len() == 1 && between.iter().all(|c| matches!(c, ' ' | '-' | '\u{a0}' | '\u{2011}'));
        before = at.end;
        Word { text: text.get(at.clone()).unwrap_or_default().iter().collect(), at, joined }
    };
    words(text).map(word).collect()
}

/// How many words such a noun has that begins here.
fn noun(known: &Words, words: &[Word], at: usize) -> Option<usize> {
    let forms = known.plain_forms(&words[at].text);
    let begins = |noun: &&Vec<String>| noun.first().is_some_and(|first| forms.contains(first));
    let goes_on = |noun: &&Vec<String>| {
        let rest = words.get(at + 1..at + noun.len()).unwrap_or_default();
        rest.len() + 1 == noun.len() && rest.iter().zip(&noun[1..]).all(|(w, n)| w.joined && known.is_bare(&fold(&w.text), n))
    };
    known.refuges.iter().filter(begins).filter(goes_on).map(Vec::len).max()
}

/// Pairs of numbers that are coordinates.
pub(crate) fn coordinates(text: &[char]) -> Vec<Range<usize>> {
    let numbers: Vec<Range<usize>> = runs(text, |c| c.is_numeric() || matches!(c, '.' | '٫' | '°' | '′' | '″' | '\'' | '"' | '’' | '”'))
        .filter(|at| is_exact(&text[at.clone()]))
        .collect();
    let near = |a: &Range<usize>, b: &Range<usize>| {
        let between = text.get(a.end..b.start).unwrap_or_default();
        between.len() <= BETWEEN && between.iter().filter(|c| is_inside_word(**c)).count() <= 1
    };
    let pairs = numbers.iter().zip(numbers.iter().skip(1)).filter(|(a, b)| near(a, b));
    pairs.map(|(a, b)| a.start..b.end).collect()
}

/// Digits of a telephone number, with its country's or without.
const TELEPHONE: std::ops::RangeInclusive<usize> = 9..=15;

/// Telephone numbers: they begin with a plus or nought, and blanks, hyphens or brackets part their groups.
pub(crate) fn telephones(text: &[char]) -> Vec<Range<usize>> {
    let inside = |c: char| c.is_numeric() || matches!(c, '+' | ' ' | '\u{a0}' | '-' | '\u{2011}' | '(' | ')');
    let trimmed = |at: Range<usize>| {
        let written = &text[at.clone()];
        let start = written.iter().position(|c| c.is_numeric() || *c == '+')?;
        let end = written.iter().rposition(|c| c.is_numeric())? + 1;
        (start < end).then_some(at.start + start..at.start + end)
    };
    runs(text, inside).filter_map(trimmed).filter(|at| is_telephone(&text[at.clone()])).collect()
}

fn is_telephone(written: &[char]) -> bool {
    let groups: Vec<usize> = written.split(|c| !c.is_numeric()).map(<[char]>::len).filter(|length| *length > 0).collect();
    let begins = written.first().is_some_and(|c| matches!(c, '+' | '0' | '٠' | '۰'));
    // "04-10-2031 12 people": a day, and how many.
    let dated = matches!(groups.as_slice(), [1..=2, 1..=2, 4, ..]) && written.first() != Some(&'+');
    begins && !dated && TELEPHONE.contains(&groups.iter().sum())
}

fn is_exact(number: &[char]) -> bool {
    let point = number.iter().position(|c| matches!(c, '.' | '٫'));
    let decimals = point.map_or(0, |at| number[at + 1..].iter().take_while(|c| c.is_numeric()).count());
    decimals >= DECIMALS || number.contains(&'°')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_is_one_and_a_day_or_a_toll_is_none() {
        let found = |text: &str| {
            let text: Vec<char> = text.chars().collect();
            telephones(&text).into_iter().map(|at| text[at].iter().collect::<String>()).collect::<Vec<_>>()
        };
        assert_eq!(found("Call +963 944 555 123 at night."), ["+963 944 555 123"]);
        assert_eq!(found("هاتف ٠٩٤٤٥٥٥١٢٣ ليلا"), ["٠٩٤٤٥٥٥١٢٣"]);
        assert_eq!(found("(0944) 555-123"), ["0944) 555-123"]);
        for none in ["on 04-10-2031 12 people died", "1 200 000 people", "2031-10-04", "at 0900 12 shells fell", "34.68912, 40.83014"] {
            assert!(found(none).is_empty(), "{none}");
        }
    }
}
