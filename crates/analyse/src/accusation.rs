//! Accusations: who is said to have done it, where words of charge or blame stand beside a trigger.
//!
//! "Two officers accused of murdering a priest" do not murder in the report's own voice, and "the attacks blamed on the
//! rebels" do not hit the rebels.

use crate::draft::Draft;
use crate::filler::{actor_of, add_party};
use crate::item::{Item, Mark};
use crate::passage::Passage;
use crate::slot::Walk;
use marsad_knowledge::{Accused, Slot};
use marsad_model::{ActorRole, ClaimActor, EventType, Modality, Span};

/// Items between the words of charge and the happening.
const REACH: usize = 10;
/// Items between the words of charge and whoever is charged.
const WHOM: usize = 4;
/// Those whom one sentence charges.
const LIST: usize = 8;

/// Whoever a sentence charges with a happening is its accused, and plays no other part in it.
pub(crate) fn charge(passage: &Passage, row: &[Item], drafts: &mut [Draft]) {
    if !row.iter().any(|i| i.accusation().is_some()) {
        return;
    }
    for draft in drafts.iter_mut().filter(|d| is_deed(d)) {
        // "Two suspects" charge nobody; "the police suspect", «جنديان متهمان» do.
        let told = |k: usize| k.checked_sub(1).is_some_and(|b| row[b].party.is_some());
        let charges = |k: &usize| !row[*k].aside && (row[*k].party.is_none() || told(*k));
        let near = draft.at.saturating_sub(REACH + 1)..row.len().min(draft.at + REACH + 2);
        let accused = near.filter(charges).find_map(|k| Some((k, whom(passage, row, k, row[k].accusation()?, draft.at)?)));
        let Some((words, first)) = accused else { continue };
        for j in listed(row, first, words) {
            let Some(party) = row[j].party.as_ref() else { continue };
            let id = actor_of(passage, party).map(|a| &passage.knowledge.actors.list[a as usize].id);
            let same = |a: &ClaimActor<Span>| a.span.overlaps(party.whole) || a.id.is_some() && a.id.as_ref() == id;
            draft.actors.retain(|a| !same(a));
            draft.casualties.retain(|c| !c.span.overlaps(party.whole));
            add_party(passage, ActorRole::Accused, Some(party), &mut draft.actors);
        }
        // «نفت القوات ذلك واتهمت الجيش بقصف المدينة»: whoever charges another did not do it.
        let accuser = |a: &ClaimActor<Span>| {
            a.role == ActorRole::Initiator && a.span.end <= row[words].span.start && draft.span.start > row[words].span.start
        };
        // "Men believed to belong to X": they did it.
        let charged = row[words].accusation() != Some(Accused::Next);
        draft.actors.retain(|a| !(charged && accuser(a)));
    }
}

/// "blamed the guards and the drivers for": the one who is charged, and those whom a list joins to him, away from the words
/// of charge.
fn listed(row: &[Item], first: usize, words: usize) -> Vec<usize> {
    let forward = first > words;
    let step = |at: usize| if forward { Some(at + 1).filter(|n| *n < row.len()) } else { at.checked_sub(1) };
    let (mut out, mut at) = (vec![first], first);
    while out.len() < LIST {
        let (mut joint, mut next) = (false, step(at));
        while let Some(j) =
            next.filter(|j| row[*j].is_marker(Slot::And) || row[*j].mark == Some(Mark::Comma) || row[*j].is_marker(Slot::Article))
        {
            joint |= !row[j].is_marker(Slot::Article);
            next = step(j);
        }
        let Some(j) = next.filter(|j| joint && row[*j].party.as_ref().is_some_and(|p| !p.phrase || p.person) && !row[*j].aside) else {
            break;
        };
        out.push(j);
        at = j;
    }
    // A comma alone joins nobody: "accused him, the police said".
    let and = row.get(first.min(at)..=first.max(at)).is_some_and(|between| between.iter().any(|i| i.is_marker(Slot::And)));
    out.truncate(if and { LIST } else { 1 });
    out
}

/// Can one be charged with it?
fn is_deed(draft: &Draft) -> bool {
    let deed =
        |t: EventType| !matches!(t.class(), "politics" | "protest" | "aid" | "movement" | "control" | "remains") && t.kind() != "clash";
    draft.event_type.is_none_or(deed)
}

/// The position of whoever the words at `k` charge with the trigger at `at`.
fn whom(passage: &Passage, row: &[Item], k: usize, accused: Accused, at: usize) -> Option<usize> {
    let (from, to) = (at.min(k), at.max(k));
    let between = row.get(from + 1..to)?;
    // Of two happenings the nearer one is meant, unless they stand in a list.
    let broken = |i: &Item| i.mark == Some(Mark::Stop) || i.is_trigger() && i.party.is_none();
    let listed = |i: &Item| i.is_trigger() || i.is_marker(Slot::And) || i.is_marker(Slot::Article) || i.mark == Some(Mark::Comma);
    if between.len() > REACH || between.iter().any(broken) && !between.iter().all(listed) {
        return None;
    }
    let party = |j: &usize| row[*j].party.as_ref().is_some_and(|p| !p.phrase || p.person) && !row[*j].aside;
    match accused {
        Accused::Before | Accused::Between if k > at => None,
        Accused::Before => Walk { passage, row, at: k }.left_of(k),
        // «اتهم الأهالي الحراس»: after a verb that stands first the second is the accused.
        Accused::Between if passage.language.grammar.verb_first => (k + 1..at).rev().find(party),
        Accused::Between => (k + 1..at).find(party),
        // "They attributed the raid to smugglers"
        Accused::After if k < at => {
            let to =
                (at + 1..row.len().min(at + 1 + REACH)).take_while(|&j| row[j].mark.is_none()).find(|&j| row[j].is_marker(Slot::To))?;
            (to + 1..row.len().min(to + 1 + WHOM)).take_while(|&j| row[j].mark.is_none()).find(party)
        }
        Accused::After | Accused::Next => (k + 1..row.len().min(k + 1 + WHOM)).take_while(|&j| row[j].mark.is_none()).find(party),
    }
}

/// Whoever denies that it did a thing stands accused of it.
pub(crate) fn deny(passage: &Passage, draft: &mut Draft) {
    if draft.modality != Modality::Denied {
        return;
    }
    // "The army denied that it had shelled the town".
    let denies = |a: &ClaimActor<Span>| draft.attribution.iter().any(|d| d.span.overlaps(a.span) || d.id.is_some() && d.id == a.id);
    let acts = |a: &ClaimActor<Span>| matches!(a.role, ActorRole::Initiator | ActorRole::Party);
    // "The army denied that its troops had fired": what is theirs is they.
    let reported = &passage.language.grammar.reported.possessives;
    let theirs = |a: &ClaimActor<Span>| {
        let first = passage.words.at_byte(a.span.start);
        let own = first.checked_sub(1).is_some_and(|b| reported.iter().any(|p| p == passage.words.folded(b)));
        a.id.is_none() && own && !passage.language.grammar.verb_first
    };
    for actor in draft.actors.iter_mut().filter(|a| acts(a) && (denies(a) || theirs(a))) {
        actor.role = ActorRole::Accused;
    }
    if draft.actors.iter().any(|a| acts(a) || a.role == ActorRole::Accused) {
        return;
    }
    let charged = |id: &String| passage.knowledge.actors.get(id).filter(|a| a.kind.acts());
    let denier = draft.attribution.iter().find_map(|a| Some((charged(a.id.as_ref()?)?, a.span)));
    if let Some((actor, span)) = denier {
        draft.actors.push(ClaimActor {
            role: ActorRole::Accused,
            id: Some(actor.id.clone()),
            name: actor.name_en.clone(),
            span,
            carried: true,
        });
    }
}
