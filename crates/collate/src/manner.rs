//! How and why: means, intent, cause, outcome.

use crate::case::{Case, Value, group};
use crate::facet::Facet;
use marsad_model::{Attribute, DisagreementRelation as How, Intent, OutcomeKind, Span};
use marsad_text::{WordKind, Words};
use std::collections::BTreeSet;

pub(crate) fn means(case: &mut Case<'_>) {
    let told = case.affirming.iter().copied().filter(|f| !f.means.is_empty()).map(|f| (f, f.means.clone()));
    let groups = group(told, |a, b| a.iter().any(|m| b.iter().any(|n| case.scene.rules.is_one_means(*m, *n))));
    let values: Vec<Value<'_>> = groups
        .into_iter()
        .map(|g| {
            let kinds: BTreeSet<String> = g.iter().flat_map(|(_, m)| m.iter().map(|m| spaced(&format!("{m:?}")))).collect();
            Value { label: kinds.into_iter().collect::<Vec<_>>().join(", "), by: g.into_iter().map(|(f, _)| f).collect() }
        })
        .collect();
    let how = if values.len() > 1 && case.is_translation_error(&values) { How::TranslationError } else { How::Differs };
    case.put(Attribute::Means, &values, how);
}

pub(crate) fn intent(case: &mut Case<'_>) {
    let told = case.affirming.iter().copied().filter_map(|f| Some((f, f.claim.intent?)));
    let groups = group(told, |a: &Intent, b| a == b);
    let values: Vec<Value<'_>> = groups
        .into_iter()
        .map(|g| Value {
            label: g.first().map(|(_, i)| spaced(&format!("{i:?}"))).unwrap_or_default(),
            by: g.into_iter().map(|(f, _)| f).collect(),
        })
        .collect();
    case.put(Attribute::Intent, &values, How::Excludes);
}

/// A cause is told in words. Two are one where their telling is one, or where what they name is the same.
pub(crate) fn cause(case: &mut Case<'_>) {
    let told: Vec<(&Facet<'_>, (&Facet<'_>, Named))> =
        case.affirming.iter().copied().filter_map(|f| Some((f, (f, Named::in_cause(case, f)?)))).collect();
    let groups = group(told, |a, b| case.scene.one_telling(a.0, b.0) || a.1.meets(&b.1));
    let values: Vec<Value<'_>> = groups
        .into_iter()
        .map(|g| Value {
            label: g.first().and_then(|(f, _)| f.claim.cause.as_ref()).map(|c| c.text.clone()).unwrap_or_default(),
            by: g.into_iter().map(|(f, _)| f).collect(),
        })
        .collect();
    case.put(Attribute::Cause, &values, How::Differs);
}

/// What a cause names: kinds of events, ids and numbers, and, for texts of one language, its words.
struct Named {
    anchors: BTreeSet<String>,
    words: BTreeSet<String>,
}

/// Share of the fewer anchors or words that must be common for two causes to be one.
const SHARE: f64 = 0.5;

impl Named {
    fn in_cause(case: &Case<'_>, facet: &Facet<'_>) -> Option<Self> {
        let told = facet.claim.cause.as_ref()?;
        let analysed = case.scene.corpus.get(facet.entry);
        let inside = |s: Span| told.span.contains(s) && !facet.claim.trigger.overlaps(s);
        let kinds = analysed.claims.iter().filter(|c| inside(c.trigger)).map(|c| c.event_type.class().to_owned());
        // Who fights is the same in every cause of a clash; what tells causes apart is what happened, and to how many.
        let parties: BTreeSet<&str> = facet.parties.iter().copied().collect();
        let named = analysed.mentions.iter().filter(|m| inside(m.span));
        let ids = named.filter_map(|m| m.id().or(m.value())).filter(|id| !parties.contains(id)).map(str::to_owned);
        let words = Words::of(&told.text);
        let letters = (0..words.len()).filter(|&i| words[i].kind != WordKind::Mark).map(|i| words.folded(i));
        Some(Self { anchors: kinds.chain(ids).collect(), words: letters.filter(|w| w.chars().count() > 3).map(str::to_owned).collect() })
    }

    fn meets(&self, other: &Self) -> bool {
        let share = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
            let fewer = a.len().min(b.len());
            fewer > 0 && a.intersection(b).count() as f64 >= fewer as f64 * SHARE
        };
        share(&self.anchors, &other.anchors) || share(&self.words, &other.words)
    }
}

/// "Still going on" and "it ended" may both have been true when they were written: without dates nothing tells which is
/// the later word.
pub(crate) fn outcome(case: &mut Case<'_>) {
    let told: Vec<(&Facet<'_>, OutcomeKind)> =
        case.affirming.iter().copied().filter_map(|f| Some((f, f.claim.outcome.as_ref()?.kind))).collect();
    let groups = group(told.clone(), |a, b| same_outcome(*a, *b));
    let values: Vec<Value<'_>> = groups
        .into_iter()
        .map(|g| Value {
            label: g.first().map(|(_, o)| spaced(&format!("{o:?}"))).unwrap_or_default(),
            by: g.into_iter().map(|(f, _)| f).collect(),
        })
        .collect();
    let goes_on = |o: OutcomeKind| o == OutcomeKind::Ongoing;
    let mut ended: Vec<(&Facet<'_>, OutcomeKind)> = told.clone();
    ended.retain(|(_, o)| !goes_on(*o));
    let contradicts = ended.iter().any(|(_, a)| ended.iter().any(|(_, b)| !same_outcome(*a, *b)));
    let how = if values.len() > 1 && case.is_translation_error(&values) {
        How::TranslationError
    } else if contradicts {
        How::Excludes
    } else if later(case, &told, goes_on) {
        How::Superseded
    } else {
        How::Unordered
    };
    case.put(Attribute::Outcome, &values, how);
}

/// Was every report of an end published after every report that it goes on?
fn later(case: &Case<'_>, told: &[(&Facet<'_>, OutcomeKind)], goes_on: impl Fn(OutcomeKind) -> bool) -> bool {
    let days = |ongoing: bool| -> Option<Vec<_>> {
        told.iter().filter(|(_, o)| goes_on(*o) == ongoing).map(|(f, _)| case.scene.published(f.entry)).collect()
    };
    let (Some(during), Some(after)) = (days(true), days(false)) else { return false };
    match (during.iter().max(), after.iter().min()) {
        (Some(a), Some(b)) => a < b,
        _ => false,
    }
}

fn same_outcome(a: OutcomeKind, b: OutcomeKind) -> bool {
    use OutcomeKind::{Ended, Failed, Ongoing, Repelled};
    let failed = |o| matches!(o, Failed | Repelled);
    a == b || failed(a) && failed(b) || a == Ended && b != Ongoing || b == Ended && a != Ongoing
}

/// A variant's name as the contract spells it.
fn spaced(variant: &str) -> String {
    let mut out = String::new();
    for c in variant.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}
