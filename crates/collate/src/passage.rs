//! A passage that two reports have in common while each tells of other things too: the agency's sentence in a roundup, or
//! between an outlet's own. What is told there is told once, whatever else stands around it.

use crate::Claimed;
use crate::corpus::Entry;
use crate::rules::Copies;
use crate::shingle::{self, Shingles};
use crate::tie::Tie;
use marsad_model::{Published, Relation, Span};

/// How sure it is that words in a row which tell of one happening, with its place and its toll, were taken over.
const CONFIDENCE: f64 = 0.9;

/// Were both surely published within days? A page's list of other stories, and what is told again as background months
/// later, share passages too; with a day unknown nothing tells them from news that was taken over.
pub(crate) fn may_be(first: &Entry<'_>, second: &Entry<'_>, rules: &Copies) -> bool {
    let day = |e: &Entry<'_>| e.analysed.report.published.as_deref().and_then(Published::day);
    day(first).zip(day(second)).is_some_and(|(x, y)| (x - y).get_days().abs() <= rules.most_days)
}

/// The tie that a passage makes of two texts of one language, if it does.
pub(crate) fn tie(at: (usize, usize), entries: (&Entry<'_>, &Entry<'_>), shingles: (&Shingles, &Shingles), rules: &Copies) -> Option<Tie> {
    let runs = shingles.0.runs(shingles.1, rules.shingle_words, rules.excerpt_words);
    if runs.is_empty() {
        return None;
    }
    let spans: Vec<(Span, Span)> = shingle::spans(&entries.0.wording(), &entries.1.wording(), &runs)
        .into_iter()
        .filter(|&passage| tells_one(entries, passage))
        .take(rules.most_spans)
        .collect();
    (!spans.is_empty()).then(|| Tie {
        a: at.0,
        b: at.1,
        relation: Relation::Excerpt,
        passage: true,
        later: None,
        confidence: CONFIDENCE,
        spans,
        because: vec!["a passage that tells of it stands word for word in both".to_owned()],
    })
}

/// Does the passage tell of one happening in both, and say where and how many? A formula says at most one of them.
fn tells_one((first, second): (&Entry<'_>, &Entry<'_>), (here, there): (Span, Span)) -> bool {
    let (ours, theirs) = (told(first, here), told(second, there));
    ours.iter().any(|a| theirs.iter().any(|b| a.event_type == b.event_type && on_one_day(a, b)))
}

/// The happenings that a passage tells of.
fn told<'e>(entry: &'e Entry<'_>, inside: Span) -> Vec<&'e Claimed> {
    entry.analysed.claims.iter().filter(|c| c.makes_event() && is_particular(c, inside)).collect()
}

/// Do trigger, place and number of those harmed stand in the passage?
fn is_particular(claim: &Claimed, passage: Span) -> bool {
    let counted = claim.casualties.iter().any(|c| c.min.is_some() && passage.contains(c.span));
    let placed = claim.places_where().any(|p| !p.carried && passage.contains(p.span));
    passage.contains(claim.trigger) && counted && placed
}

/// As far as both say the day, is it one, or the next?
fn on_one_day(a: &Claimed, b: &Claimed) -> bool {
    let day = |c: &Claimed| c.time.as_deref()?.start;
    day(a).zip(day(b)).is_none_or(|(x, y)| (x - y).get_days().abs() <= 1)
}
