//! Modality and polarity: cues with a scope change how sure a claim in that scope is.

use crate::attribution::Voice;
use crate::draft::Draft;
use crate::item::{Item, Mark};
use crate::passage::Passage;
use marsad_knowledge::{Effect, Force, ModalityCue, PartOfSpeech, Saying, Scope, Slot};
use marsad_model::{CountScope, EventType, Intent, Modality, Outcome, OutcomeKind, Polarity, Status};

/// Items a cue reaches over to its side.
const REACH: usize = 14;

/// Apply each sentence's cues to its drafts; drafts of which the report says that nothing is known are dropped.
pub(crate) fn apply(passage: &Passage, voices: &[Voice], drafts: &mut Vec<Draft>) {
    let harms: Vec<(usize, usize)> = drafts.iter().filter(|d| d.only_harm()).map(|d| (d.sentence, d.at)).collect();
    drafts.retain_mut(|draft| {
        let row = &passage.rows[draft.sentence];
        let mut keep = true;
        for (at, item) in row.iter().enumerate() {
            for cue in item.modalities() {
                keep &= take(passage, row, (at, cue), &harms, draft);
            }
        }
        // "no longer holds any but": the exception holds after all.
        let excepted = |i: &Item| i.modality().is_some_and(|m| m.effect == Effect::Except);
        if draft.polarity == Polarity::Negative && row.iter().skip(draft.at).take(REACH).any(excepted) {
            draft.polarity = Polarity::Positive;
        }
        if draft.modality == Modality::Asserted && is_talked_of(passage, row, draft) {
            draft.modality = Modality::Proposed;
        }
        let (cue, force) = voices[draft.sentence].force_at(draft.at).filter(|(cue, _)| !charged_between(row, *cue, draft.at)).unzip();
        said(force.filter(|f| *f != Force::Asked || cue.is_none_or(|cue| may_be_asked(passage, row, cue, draft))), draft);
        keep
    });
}

/// «نفى وقوع قتلى متهما الفصيل بإطلاق النار»: with what somebody is charged is not denied too.
fn charged_between(row: &[Item], cue: usize, at: usize) -> bool {
    row.get(cue + 1..at).is_some_and(|between| between.iter().any(|i| i.accusation().is_some()))
}

/// "Talks on a ceasefire": what is talked about is not agreed yet.
fn is_talked_of(passage: &Passage, row: &[Item], draft: &Draft) -> bool {
    let kind = |t: u32| passage.language.triggers[t as usize].event_type.map_or("", EventType::kind);
    let marker =
        row[..draft.at].iter().rposition(|i| !i.is_marker(Slot::Article)).filter(|m| row[*m].marker().is_some() || row[*m].is_plain());
    let before = marker.and_then(|m| m.checked_sub(1)).map(|b| &row[b]);
    let and = marker.is_some_and(|m| row[m].is_marker(Slot::And));
    kind(draft.trigger) == "agreement"
        && !and
        && before.is_some_and(|b| b.party.is_none() && b.triggers().any(|(t, _)| kind(t) == "negotiation"))
}

/// What one cue does to a draft; false: drop it.
fn take(passage: &Passage, row: &[Item], (at, cue): (usize, ModalityCue), harms: &[(usize, usize)], draft: &mut Draft) -> bool {
    // "asked not to be named, that clashes…": a negation ends with its own clause.
    let own_clause = matches!(cue.effect, Effect::Negative | Effect::Conditional | Effect::Asked | Effect::Proposed | Effect::Discussed);
    // «أي معركة لم تقع»: the noun stands before the verb that is denied.
    let happens = row.get(at + 1).is_some_and(|n| n.support() == Some(marsad_knowledge::Support::Occur));
    if cue.effect == Effect::Negative && happens && draft.at < at && at - draft.at <= 3 {
        draft.polarity = Polarity::Negative;
    }
    // "no casualties in the shelling": it is the casualties that were none.
    let nearer = |h: usize| at.abs_diff(h) < at.abs_diff(draft.at) && (at < h) == (at < draft.at);
    // "The army has not confirmed that it struck", «لم تؤكد استهدافها السيارة»: of that nothing is said. "Has not commented on the
    // strikes": they were.
    let unsaid = cue.effect == Effect::Negative && row.get(at + 1).is_some_and(|n| matches!(n.saying(), Some(Saying::Cue(..))));
    if unsaid && at < draft.at && reaches(passage, row, at, draft.at, cue.scope) {
        return draft.definite || draft.only_harm();
    }
    let of_harm = matches!(cue.effect, Effect::Negative | Effect::NoneReported)
        && !draft.only_harm()
        && harms.iter().any(|&(sentence, h)| sentence == draft.sentence && nearer(h));
    let charged = cue.effect == Effect::Denied && at < draft.at && charged_between(row, at, draft.at);
    let crossed = own_clause && clause_between(row, at, draft.at) || charged;
    let item = &row[at];
    if of_harm || item.aside || crossed || !reaches(passage, row, at, draft.at, cue.scope) {
        return true;
    }
    effect(cue.effect, item, draft)
}

/// Does another clause begin between the cue and the trigger?
fn clause_between(row: &[Item], cue: usize, at: usize) -> bool {
    let (from, to) = (cue.min(at), cue.max(at));
    let between = row.get(from + 1..to).unwrap_or(&[]);
    between.iter().any(|i| i.is_marker(Slot::That) || i.is_marker(Slot::Relative) || i.mark.is_some())
}

fn reaches(passage: &Passage, row: &[Item], cue: usize, at: usize, scope: Scope) -> bool {
    let (from, to) = (cue.min(at), cue.max(at));
    if cue == at {
        return false;
    }
    let stops = |i: &Item| i.mark == Some(Mark::Stop);
    let clear = !row.get(from + 1..to).unwrap_or(&[]).iter().any(stops);
    match scope {
        Scope::Sentence => true,
        Scope::Clause => clear && to - from <= REACH && !event_between(passage, row, from, to),
        Scope::Right => cue < at && clear && to - from <= REACH && !event_between(passage, row, from, to),
        Scope::Left => at < cue && clear && to - from <= REACH && !event_between(passage, row, from, to),
    }
}

/// Does another happening with a comma, "and" or "that" beside it stand between? Then the cue belongs to that one.
fn event_between(passage: &Passage, row: &[Item], from: usize, to: usize) -> bool {
    let between = row.get(from + 1..to).unwrap_or(&[]);
    // Words that only say harm belong to the happening beside them.
    let tells = |row: u32| passage.language.triggers[row as usize].event_type.is_some();
    let event = between.iter().position(|i| i.party.is_none() && i.triggers().any(|(row, _)| tells(row)));
    event.is_some_and(|e| {
        between[e..].iter().any(|i| i.mark.is_some() || i.is_marker(Slot::And) || i.is_marker(Slot::That) || i.is_marker(Slot::Relative))
            // "Three men accused of planting bombs were arrested"
            || between.last().is_some_and(|i| i.is_marker(Slot::Passive))
    })
}

/// False: drop the draft.
fn effect(effect: Effect, item: &Item, draft: &mut Draft) -> bool {
    // An infinitive alone is only proposed ("to attack Manbij"); a word that says more of it goes before that.
    let firm = matches!(draft.modality, Modality::Asserted | Modality::Proposed);
    match effect {
        Effect::Negative => draft.polarity = Polarity::Negative,
        Effect::Denied => draft.modality = Modality::Denied,
        // «اعتقلت سبعة مشتبه بهم»: what they did is alleged, and they are held.
        Effect::Alleged if item.party.is_some() && draft.event_type.is_some_and(|t| t.class() == "custody") => {}
        Effect::Alleged if firm => draft.modality = Modality::Alleged,
        Effect::Predicted if firm => draft.modality = Modality::Predicted,
        Effect::Proposed if firm => draft.modality = Modality::Proposed,
        Effect::Discussed if firm && !draft.is_violent() => draft.modality = Modality::Proposed,
        Effect::Threatened if firm => draft.modality = Modality::Threatened,
        Effect::Asked if firm => draft.modality = Modality::Asked,
        Effect::Conditional if firm => draft.modality = Modality::Conditional,
        Effect::NoneReported | Effect::Fiction => return false,
        Effect::Mistaken => draft.intent = Some(Intent::Mistaken),
        Effect::Deliberate => draft.intent = Some(Intent::Deliberate),
        Effect::Indiscriminate => draft.intent = Some(Intent::Indiscriminate),
        Effect::Toll | Effect::SoFar => sum_up(CountScope::TollSoFar, draft),
        Effect::Period => sum_up(CountScope::Period, draft),
        Effect::Background => draft.status = Status::Background,
        Effect::Ongoing => outcome(OutcomeKind::Ongoing, item, draft),
        Effect::Ended => outcome(OutcomeKind::Ended, item, draft),
        Effect::Failed => outcome(OutcomeKind::Failed, item, draft),
        Effect::Attempt => draft.doubts.push("only attempted"),
        _ => {}
    }
    true
}

fn sum_up(scope: CountScope, draft: &mut Draft) {
    for c in &mut draft.casualties {
        c.scope = scope;
    }
}

fn outcome(kind: OutcomeKind, item: &Item, draft: &mut Draft) {
    draft.outcome.get_or_insert(Outcome { kind, span: item.span, carried: false });
}

/// «طالبوا بالإفراج عن معلمين اعتقلا»: where verbs stand first, what is asked for is a noun or follows "that"; a verb beside it
/// tells what is so.
fn may_be_asked(passage: &Passage, row: &[Item], cue: usize, draft: &Draft) -> bool {
    let verb = passage.language.triggers[draft.trigger as usize].pos == PartOfSpeech::Verb;
    let that = row.get(cue + 1..draft.at).is_some_and(|between| between.iter().any(|i| i.is_marker(Slot::That)));
    !passage.language.grammar.verb_first || !verb || that
}

/// What the verb of saying itself does to what is said.
fn said(force: Option<Force>, draft: &mut Draft) {
    let modality = match force {
        Some(Force::Denied) => Modality::Denied,
        Some(Force::Predicted) => Modality::Predicted,
        Some(Force::Threatened) => Modality::Threatened,
        Some(Force::Asked) => Modality::Asked,
        Some(Force::Claimed) => Modality::Alleged,
        _ => return,
    };
    if draft.modality == Modality::Asserted {
        draft.modality = modality;
    }
}
