//! From draft to claim: of what enough is known, and how sure it is before the vote.

use crate::accusation;
use crate::attribution;
use crate::draft::Draft;
use crate::item::Item;
use crate::passage::Passage;
use marsad_knowledge::Entry;
use marsad_model::{ActorRole, Attribution, AttributionKind, Claim, ClaimActor, ClaimId, ClaimPlace, Level, PlaceRole, Report, Span};

/// Roles that an event which is only spoken of ("condemned the attack") must bring of its own: chosen on the train part
/// of the public Arabic sentences, where fewer let in old news and more lose what happened.
const SPOKEN_OF_DETAILS: usize = 2;

/// A draft of which enough is known becomes a claim.
pub(crate) fn claim(passage: &Passage, report: &Report, draft: Draft) -> Option<Claim<Span>> {
    let event_type = draft.event_type?;
    let named = draft.actors.iter().filter(|a| a.id.is_some()).count();
    let placed = draft.places.iter().any(|p| p.role == PlaceRole::Where);
    let trigger = &passage.language.triggers[draft.trigger as usize];
    let row = &passage.rows[draft.sentence];
    let (from, to) = draft.slots.reach;
    let somewhere = row.iter().take(to + 1).skip(from).any(|i| i.place_noun().is_some());
    let known = named > 0 || placed || somewhere || !draft.casualties.is_empty() || !draft.actors.is_empty() || !draft.means.is_empty();
    // What is only spoken of must say more for itself to be worth a claim.
    let violent = draft.is_violent();
    let details = draft.actors.len()
        + usize::from(draft.places.iter().any(|p| p.role == PlaceRole::Where && !p.carried))
        + usize::from(draft.time.as_ref().is_some_and(|t| t.span.is_some()))
        + usize::from(!draft.casualties.is_empty() || !draft.means.is_empty());
    if violent && !draft.said && details < SPOKEN_OF_DETAILS {
        return None;
    }
    // «تندد بعمليات الاعتقال»: arrests of nobody, by nobody, are spoken of.
    if event_type.class() == "custody"
        && event_type.kind() == "arrest"
        && !draft.said
        && draft.actors.is_empty()
        && draft.casualties.is_empty()
    {
        return None;
    }
    // "Butchers slaughter sheep": people without arms who do a violent thing to nobody, nowhere, do it in another sense.
    let beside = placed || !draft.casualties.is_empty() || !draft.means.is_empty();
    if violent && !beside && !draft.actors.is_empty() && draft.actors.iter().all(|a| unarmed_doer(passage, row, a)) {
        return None;
    }
    // "The committee shot down his proposal": where nothing but phrases fills the roles, a place or a number must speak for it.
    let stated = draft.casualties.iter().any(|c| c.min.is_some() || c.max.is_some());
    let vague = |a: &ClaimActor<Span>| unarmed_doer(passage, row, a) || is_phrase(row, a);
    let own_place = |p: &ClaimPlace<Span>| p.role == PlaceRole::Where && !draft.actors.iter().any(|a| a.span.overlaps(p.span));
    let somewhere_else = draft.places.iter().any(own_place);
    // Who tells of shells and air strikes means them.
    let literal = event_type.class() == "explosion";
    if violent
        && !literal
        && !somewhere_else
        && !stated
        && draft.means.iter().all(|m| m.span == draft.span)
        && !draft.actors.is_empty()
        && draft.actors.iter().all(vague)
    {
        return None;
    }
    // A bare noun with nobody, nowhere and no harm beside it tells of nothing in particular.
    if !known {
        return None;
    }
    // "called on farmers to keep away": words count as an event where it is known whose they are.
    let spoke = draft.actors.iter().any(|a| a.role == ActorRole::Initiator && (a.id.is_some() || a.carried));
    if trigger.frame == "speak" && !spoke {
        return None;
    }
    let mut draft = draft;
    if draft.actors.iter().any(|a| passage.spelt_in(a.span).is_some()) {
        draft.doubts.push("an actor by a spelling of its name that is not listed");
    }
    accusation::deny(passage, &mut draft);
    let level =
        if trigger.pos == marsad_knowledge::PartOfSpeech::Noun && event_type.class() == "battle" { Level::Incident } else { Level::Act };
    let mut attribution = draft.attribution;
    if attribution.is_empty()
        && let Some(name) = report.source.name.as_ref().and_then(|n| outlet_in(passage, n))
    {
        attribution.push(name);
    }
    Some(Claim {
        id: ClaimId::at(&report.id, draft.span),
        report: report.id.clone(),
        access: attribution::access(&attribution),
        event_type,
        level,
        status: draft.status,
        trigger: draft.span,
        confidence: confidence(&draft.doubts, named, placed, &draft.actors),
        modality: draft.modality,
        polarity: draft.polarity,
        actors: draft.actors,
        places: draft.places,
        time: draft.time,
        casualties: draft.casualties,
        means: draft.means,
        attribution,
        cause: draft.cause,
        outcome: draft.outcome,
        intent: draft.intent,
        evidence: draft.evidence,
        more_evidence: draft.more_evidence,
        because: draft.because,
    })
}

/// Is the role filled by a phrase of which nothing is known, and no name?
fn is_phrase(row: &[Item], actor: &ClaimActor<Span>) -> bool {
    let phrase = |i: &Item| i.party.as_ref().is_some_and(|p| p.whole == actor.span && p.phrase && !p.person);
    row.iter().any(|i| phrase(i) && !i.entries.contains(&Entry::Thing))
}

/// Does this role say no more than that someone does something who bears no arms and whom nothing is known of: butchers,
/// fans, a single word with a capital?
fn unarmed_doer(passage: &Passage, row: &[Item], actor: &ClaimActor<Span>) -> bool {
    let party = row.iter().filter_map(|i| i.party.as_ref()).find(|p| p.span == actor.span && p.actor.is_none());
    let unarmed = party.is_some_and(|p| match p.people {
        Some(people) => {
            let people = &passage.language.people[people as usize];
            !people.is_armed() && people.kind != "official"
        }
        None => p.person && !actor.span.of(passage.text).contains(char::is_whitespace),
    });
    actor.id.is_none() && matches!(actor.role, ActorRole::Initiator | ActorRole::Party) && unarmed
}

/// The outlet's own name, where the report writes it: then it can be shown as who says so.
fn outlet_in(passage: &Passage, name: &str) -> Option<Attribution<Span>> {
    let at = passage.text.find(name)?;
    let span = Span::new(at, at + name.len());
    Some(Attribution { kind: AttributionKind::Outlet, id: None, name: name.to_owned(), span, carried: true })
}

/// How sure the reading is: a first, stated rule. Half for a trigger with any role filled, more for each of a named actor
/// in a definite role, a place, a second actor; less for each doubt.
fn confidence(doubts: &[&str], named: usize, placed: bool, actors: &[marsad_model::ClaimActor<Span>]) -> f64 {
    let definite = actors.iter().any(|a| a.id.is_some() && matches!(a.role, ActorRole::Initiator | ActorRole::Party));
    let tenths = 5 + u32::from(named > 0) + u32::from(definite) + u32::from(placed) + u32::from(named > 1);
    let tenths = tenths.saturating_sub(doubts.len() as u32 * 2);
    f64::from(tenths) / 10.0
}
