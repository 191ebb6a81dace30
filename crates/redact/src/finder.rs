//! Every stretch of a text that must not leave: names, and whatever leads to where they stand.

use crate::masked::{Hidden, MASK, Masks};
use crate::names::{is_inside_word, pieces};
use crate::needle::Needles;
use crate::refuge;
use crate::words::Words;
use marsad_name::{NameIndex, Names};
use marsad_text::{fold, is_arabic_letter};
use std::collections::BTreeSet;

/// Words that a name may have in another writing.
const MOST_WORDS: usize = 5;

/// Looks through texts.
#[derive(Debug)]
pub(crate) struct Finder<'w> {
    needles: Needles,
    known: &'w Words,
    names: &'w Names,
    full: NameIndex,
    /// The consonants of the words of names, to look closer only where one stands.
    consonants: BTreeSet<String>,
}

/// What was found in a text.
#[derive(Debug, Default)]
pub(crate) struct Finding {
    pub(crate) masks: Masks,
    /// How many addresses and handles.
    pub(crate) links: usize,
}

impl<'w> Finder<'w> {
    pub(crate) fn new(needles: Needles, held: &[String], names: &'w Names, known: &'w Words) -> Self {
        let full: Vec<&str> = held.iter().filter(|n| pieces(n).len() >= 2).map(String::as_str).collect();
        let consonants =
            full.iter().flat_map(|n| pieces(n)).flat_map(|p| names.skeletons().all(&fold(&p))).filter(|s| !s.is_empty()).collect();
        Self { needles, known, full: NameIndex::of(names, full), names, consonants }
    }

    pub(crate) fn find(&self, text: &[char]) -> Finding {
        let mut hidden: Vec<Hidden> = self.links(text);
        let links = hidden.len();
        hidden.extend(self.needles.find(text).into_iter().map(|f| Hidden { at: f.start..f.end, shown: f.needle.shown.clone() }));
        let places = refuge::names(self.known, text).into_iter().chain(refuge::coordinates(text)).chain(refuge::telephones(text));
        hidden.extend(places.map(|at| Hidden { at, shown: MASK.to_owned() }));
        let otherwise = self.otherwise_written(text);
        // As it stands in the list it may be shown by its initials.
        hidden.extend(otherwise.into_iter().filter(|o| !hidden.iter().any(|h| h.at == o.at)).collect::<Vec<_>>());
        Finding { masks: Masks::of(text, hidden), links }
    }

    /// Addresses, handles and what is spelt with per cent signs: each leads to a report with its names.
    fn links(&self, text: &[char]) -> Vec<Hidden> {
        tokens(text)
            .filter(|token| {
                let word: String = text.get(token.clone()).unwrap_or_default().iter().collect();
                is_link(&word) || word.contains('#') && self.needles.is_inside(text.get(token.clone()).unwrap_or_default(), TAGGED)
            })
            .map(|at| Hidden { at, shown: MASK.to_owned() })
            .collect()
    }

    /// Names in the other writing, compared by their letters.
    fn otherwise_written(&self, text: &[char]) -> Vec<Hidden> {
        if self.consonants.is_empty() {
            return Vec::new();
        }
        let words: Vec<(std::ops::Range<usize>, bool)> = words(text).map(|at| (at.clone(), self.is_of_name(text, &at))).collect();
        let mut found = Vec::new();
        for from in (0..words.len()).filter(|&at| words[at].1) {
            for to in (from + 1..words.len().min(from + MOST_WORDS)).filter(|&at| words[at].1) {
                let at = words[from].0.start..words[to].0.end;
                let name: String = text.get(at.clone()).unwrap_or_default().iter().collect();
                if name.contains(['\n', '.', ',', '،', ':']) {
                    break;
                }
                let same = self.full.resolve(self.names, &name, 1).first().is_some_and(|best| best.likeness.is_same());
                if same {
                    found.push(Hidden { at, shown: MASK.to_owned() });
                }
            }
        }
        found
    }

    fn is_of_name(&self, text: &[char], at: &std::ops::Range<usize>) -> bool {
        let word: String = text.get(at.clone()).unwrap_or_default().iter().collect();
        let able = word.chars().any(is_arabic_letter) || word.chars().next().is_some_and(char::is_uppercase);
        able && self.names.skeletons().all(&fold(&word)).iter().any(|s| self.consonants.contains(s))
    }
}

/// Letters of a name that may stand inside a tag.
const TAGGED: usize = 4;

/// Stretches without blanks.
fn tokens(text: &[char]) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    runs(text, |c| !c.is_whitespace())
}

/// Stretches of letters, and of what is written inside words.
pub(crate) fn words(text: &[char]) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    runs(text, is_inside_word)
}

pub(crate) fn runs(text: &[char], inside: impl Fn(char) -> bool) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut begun = None;
    for (at, &c) in text.iter().enumerate() {
        match (inside(c), begun) {
            (true, None) => begun = Some(at),
            (false, Some(from)) => {
                out.push(from..at);
                begun = None;
            }
            _ => {}
        }
    }
    out.extend(begun.map(|from| from..text.len()));
    out.into_iter()
}

/// Is this an address, a handle, or spelt with per cent signs?
pub(crate) fn is_link(word: &str) -> bool {
    let lower = fold(word);
    let escaped = word.as_bytes().windows(3).any(|w| w[0] == b'%' && w[1..].iter().all(u8::is_ascii_hexdigit));
    let host = lower.split_once('/').is_some_and(|(host, _)| {
        let end = host.rsplit_once('.').map(|(_, end)| end);
        end.is_some_and(|end| end.len() >= 2 && end.chars().all(|c| c.is_ascii_alphabetic()))
    });
    lower.contains("://") || lower.contains("www.") || word.contains('@') || word.contains('＠') || escaped || host
}
