//! Where a claim's report names a person.

use crate::anchor::{Anchor, Part};
use marsad_model::{Claim, Span};

/// The places of a name as somebody writes it: those in which the claim itself has the person; else wherever the words stand in
/// its evidence; else wherever they stand in the report. None where they stand nowhere.
pub fn namings(claim: &Claim<Span>, text: &str, name: &str) -> Vec<Anchor> {
    let name = name.trim();
    let read = claim.actors.iter().filter(|actor| actor.span.of(text) == name || actor.name == name).map(|actor| actor.span);
    let evidence: Vec<Span> = std::iter::once(claim.evidence).chain(claim.more_evidence.iter().copied()).collect();
    let mut spans: Vec<Span> = read.collect();
    if spans.is_empty() {
        let everywhere = standing(text, name);
        spans = everywhere.iter().copied().filter(|span| evidence.iter().any(|e| e.contains(*span))).collect();
        if spans.is_empty() {
            spans = everywhere;
        }
    }
    spans.sort();
    spans.dedup();
    spans.into_iter().filter_map(|span| Anchor::of(&claim.report, text, span, Part::Victim)).collect()
}

/// Where words stand whole; where they stand so nowhere, also behind a letter that is written with the next word, as Arabic
/// writes "and".
fn standing(text: &str, words: &str) -> Vec<Span> {
    if words.is_empty() {
        return Vec::new();
    }
    let ends = |at: usize| !text.get(at..).unwrap_or("").starts_with(char::is_alphanumeric);
    let starts = |at: usize| !text.get(..at).unwrap_or("").ends_with(char::is_alphanumeric);
    let found: Vec<Span> =
        text.match_indices(words).map(|(at, _)| Span::new(at, at + words.len())).filter(|span| ends(span.end as usize)).collect();
    let whole: Vec<Span> = found.iter().copied().filter(|span| starts(span.start as usize)).collect();
    if whole.is_empty() { found } else { whole }
}
