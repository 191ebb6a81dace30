//! Cause and outcome, as the report gives them.

use crate::draft::Draft;
use crate::item::Mark;
use crate::passage::Passage;
use marsad_knowledge::CauseKind;
use marsad_model::{Cause, Outcome, OutcomeKind, Span};

/// How far a cue may stand from the happening it explains, in items.
const REACH: usize = 24;

/// Give each cue of cause or outcome to the nearest happening of its sentence, or of the sentence before where its own
/// tells none (a dispute in the ranks is told after the fight it caused).
pub(crate) fn explain(passage: &Passage, drafts: &mut [Draft]) {
    for (sentence, row) in passage.rows.iter().enumerate() {
        for (at, item) in row.iter().enumerate() {
            let Some(cue) = item.cause() else { continue };
            let Some(words) = explained(passage, sentence, at, cue.left) else { continue };
            let Some(d) = nearest(drafts, sentence, at, cue.left, cue.kind) else { continue };
            let draft = &mut drafts[d];
            match outcome_of(cue.kind) {
                Some(kind) => {
                    draft.outcome.get_or_insert(Outcome { kind, span: item.span, carried: false });
                }
                None if draft.cause.is_none() && !words.overlaps(draft.span) => {
                    draft.cause = Some(Cause { text: words.of(passage.text).to_owned(), span: words, carried: false });
                }
                None => {}
            }
        }
    }
}

fn outcome_of(kind: CauseKind) -> Option<OutcomeKind> {
    match kind {
        CauseKind::Cause | CauseKind::Dispute => None,
        CauseKind::OutcomeOngoing => Some(OutcomeKind::Ongoing),
        CauseKind::OutcomeEnded => Some(OutcomeKind::Ended),
        CauseKind::OutcomeFailed => Some(OutcomeKind::Failed),
        CauseKind::OutcomeRepelled => Some(OutcomeKind::Repelled),
        CauseKind::OutcomeSucceeded => Some(OutcomeKind::Succeeded),
    }
}

/// The words that the cue brings in: to the clause's end on its right, or from the clause's start on its left.
fn explained(passage: &Passage, sentence: usize, at: usize, left: bool) -> Option<Span> {
    let row = &passage.rows[sentence];
    let ends = |i: &&crate::item::Item| i.mark.is_some();
    if left {
        let from = row[..at].iter().rposition(|i| ends(&i)).map_or(0, |m| m + 1);
        return (from < at).then(|| row[from].span.to(row[at - 1].span));
    }
    let rest = row.get(at + 1..)?;
    let to = rest.iter().position(|i| i.mark == Some(Mark::Stop) || ends(&i)).unwrap_or(rest.len());
    let words = rest.get(..to).filter(|w| !w.is_empty())?;
    Some(words[0].span.to(words[words.len() - 1].span))
}

fn nearest(drafts: &[Draft], sentence: usize, at: usize, left: bool, kind: CauseKind) -> Option<usize> {
    let here = drafts
        .iter()
        .enumerate()
        .filter(|(_, d)| d.sentence == sentence && d.at != at && (d.at < at) != left && d.at.abs_diff(at) <= REACH)
        .filter(|(_, d)| kind != CauseKind::Dispute || d.event_type.is_some_and(|t| t.kind() == "clash"))
        .min_by_key(|(_, d)| d.at.abs_diff(at));
    if here.is_some() || kind != CauseKind::Dispute {
        return here.map(|(i, _)| i);
    }
    drafts
        .iter()
        .enumerate()
        .rev()
        .find(|(_, d)| d.sentence + 1 == sentence && d.event_type.is_some_and(|t| t.kind() == "clash"))
        .map(|(i, _)| i)
}
