//! The reports to collate, in the order of their ids.

use crate::{Analysed, Claimed, hash};
use jiff::civil::Date;
use marsad_model::{ReportId, Span, TimeBasis, TimePrecision, address_key, leads_below};
use marsad_text::{WordKind, Words};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// One report.
pub(crate) struct Entry<'a> {
    pub(crate) analysed: &'a Analysed,
    /// How many words are no marks.
    pub(crate) length: usize,
    /// The source's voice, as far as knowledge or the report tells.
    pub(crate) voice: Option<String>,
}

/// All reports, sorted by id, each once.
pub(crate) struct Corpus<'a> {
    pub(crate) entries: Vec<Entry<'a>>,
}

impl<'a> Corpus<'a> {
    /// The reports, and what is made of the words of each.
    pub(crate) fn new<T: Send>(reports: &'a [Analysed], of_words: impl Fn(&Wording<'_>) -> T + Sync) -> (Self, Vec<T>) {
        let by_id: BTreeMap<&ReportId, &Analysed> = reports.iter().rev().map(|a| (&a.report.id, a)).collect();
        let entry = |analysed| {
            let words = Wording::of(analysed);
            (Entry { analysed, length: words.tokens.len(), voice: voice(analysed) }, of_words(&words))
        };
        let (mut entries, made): (Vec<Entry<'_>>, Vec<T>) = by_id.into_values().collect::<Vec<_>>().into_par_iter().map(entry).unzip();
        unite_by_address(&mut entries);
        (Self { entries }, made)
    }

    /// The place of the report with this id.
    pub(crate) fn find(&self, report: &ReportId) -> Option<usize> {
        self.entries.binary_search_by(|entry| entry.analysed.report.id.cmp(report)).ok()
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn get(&self, i: usize) -> &'a Analysed {
        self.entries[i].analysed
    }
}

/// The words of a text. They take more room than the text, so they are made for as long as they are looked at.
pub(crate) struct Wording<'a> {
    pub(crate) analysed: &'a Analysed,
    pub(crate) words: Words,
    /// Indices of the words that are no marks.
    pub(crate) tokens: Vec<u32>,
}

impl<'a> Wording<'a> {
    pub(crate) fn of(analysed: &'a Analysed) -> Self {
        let words = Words::of(&analysed.report.text);
        let tokens = (0..words.len()).filter(|&i| matches!(words[i].kind, WordKind::Letters | WordKind::Number)).map(|i| i as u32);
        Self { analysed, tokens: tokens.collect(), words }
    }

    /// From the first to the last of these tokens.
    pub(crate) fn span(&self, first: usize, last: usize) -> Span {
        match (self.tokens.get(first), self.tokens.get(last)) {
            (Some(&a), Some(&b)) => self.words.span(a as usize, b as usize),
            _ => Span::new(0, 0),
        }
    }

    /// The hash of the i-th token's folded form.
    pub(crate) fn token_hash(&self, i: usize) -> u64 {
        hash::of_bytes(self.words.folded(self.tokens[i] as usize).as_bytes())
    }
}

impl Entry<'_> {
    /// Its words.
    pub(crate) fn wording(&self) -> Wording<'_> {
        Wording::of(self.analysed)
    }

    /// The days on which it says that something happened, each with where it says so.
    pub(crate) fn days(&self) -> Vec<(Date, Span)> {
        let told = self.analysed.claims.iter().filter(|c| c.makes_event()).filter_map(|c| c.time.as_deref());
        let named = told.filter(|t| t.basis == TimeBasis::Explicit && t.precision <= TimePrecision::Day);
        named.filter_map(|t| Some((t.start?, t.span?))).collect()
    }

    /// Does it tell of anything that makes an event?
    pub(crate) fn tells(&self) -> bool {
        self.analysed.claims.iter().any(Claimed::makes_event)
    }
}

/// Is some day of the one a day of the other, or next to it?
pub(crate) fn near(a: &[Date], b: &[Date]) -> bool {
    a.iter().any(|x| b.iter().any(|y| (*x - *y).get_days().abs() <= 1))
}

/// What stands at one address is one voice, whatever each capture of it (the page, a feed's entry) calls its source.
fn unite_by_address(entries: &mut [Entry<'_>]) {
    let mut at: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, entry) in entries.iter().enumerate() {
        if let Some(key) = entry.analysed.report.url.as_deref().map(address_key).filter(|key| leads_below(key)) {
            at.entry(key).or_default().push(i);
        }
    }
    for (key, same) in at.into_iter().filter(|(_, same)| same.len() > 1) {
        // The voice that says most of who speaks: a side, a family and a source come before what a page calls itself.
        let voice = same.iter().filter_map(|&i| entries[i].voice.clone()).min_by_key(|voice| (rank(voice), voice.clone()));
        let voice = voice.unwrap_or_else(|| format!("address:{key}"));
        for i in same {
            entries[i].voice = Some(voice.clone());
        }
    }
}

/// How much the kind of a voice says of who speaks, the most first.
fn rank(voice: &str) -> usize {
    let kind = voice.split(':').next().unwrap_or("");
    VOICES.iter().position(|v| *v == kind).unwrap_or(VOICES.len())
}

/// The kinds of voices, as [`voice`] looks for them.
const VOICES: [&str; 5] = ["side", "family", "source", "account", "name"];

/// One side's channels, one media family, one source, one account on whatever network: each is one voice.
fn voice(analysed: &Analysed) -> Option<String> {
    let source = &analysed.report.source;
    let fold = |s: &str| marsad_text::fold(s.trim());
    None.or_else(|| analysed.side.as_ref().map(|s| format!("side:{s}")))
        .or_else(|| source.family.as_ref().map(|f| format!("family:{f}")))
        .or_else(|| source.id.as_ref().map(|i| format!("source:{i}")))
        .or_else(|| analysed.report.account.as_ref().map(|a| format!("account:{}", fold(&a.handle))))
        .or_else(|| source.name.as_ref().map(|n| format!("name:{}", fold(n))))
}
