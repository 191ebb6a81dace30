//! Mentions: everything recognised, one kind for each stretch of text.

use crate::item::Item;
use crate::name;
use crate::passage::Passage;
use marsad_expression::resolve_all;
use marsad_knowledge::ActorKind;
use marsad_model::{Candidate, Mention, MentionKind, Published, Span};

/// The mentions of a passage, in text order, none overlapping another of its kind.
pub(crate) fn mentions(passage: &Passage, published: Option<&Published>) -> Vec<Mention<Span>> {
    let mut out = Vec::new();
    let anchor = published.and_then(Published::day);
    for (time, resolved) in passage.times.iter().zip(resolve_all(&passage.times, anchor)) {
        let value = resolved.value;
        out.push(Mention { value: Some(value), ..blank(MentionKind::Time, time.span, passage) });
        for (span, value) in time.ends(anchor).into_iter().flatten() {
            out.push(Mention { value: Some(value), ..blank(MentionKind::Time, span, passage) });
        }
    }
    for number in &passage.numbers {
        let value = Some(number.value.clone()).filter(|v| !v.is_empty());
        out.push(Mention { value, ..blank(MentionKind::Quantity, number.span, passage) });
    }
    for item in passage.rows.iter().flatten() {
        of_item(passage, item, &mut out);
    }
    name::mentions(passage, |kind, span| blank(kind, span, passage), &mut out);
    for victim in &passage.victims {
        out.retain(|m| !(m.span.overlaps(victim.name) && matches!(m.kind, MentionKind::Person | MentionKind::Place)));
        out.push(Mention { person: Some(victim.details.clone()), ..blank(MentionKind::Person, victim.name, passage) });
    }
    out.sort_by_key(|m| (m.span, m.kind));
    out.dedup_by(|b, a| a.span == b.span);
    out
}

fn of_item(passage: &Passage, item: &Item, out: &mut Vec<Mention<Span>>) {
    if let Some(party) = &item.party
        && !party.carried
        && let Some(actor) = party.actor
    {
        let actor = &passage.knowledge.actors.list[actor as usize];
        let kind = if actor.kind == ActorKind::Person { MentionKind::Person } else { MentionKind::Actor };
        let spelt = passage.spelt_in(party.span);
        let naming = passage.namings_in(item).find(|n| n.chosen.and_then(|c| passage.actor(c)) == party.actor);
        let span = spelt.map(|s| s.span).or_else(|| naming.map(|n| n.span)).unwrap_or(party.span);
        let mut mention = blank(kind, span, passage);
        if let Some(naming) = naming {
            (mention.because, mention.second) = (naming.because(passage), naming.second(passage));
        }
        if let Some(spelt) = spelt {
            mention.because = Some(spelt.because(&passage.knowledge.actors));
        }
        mention.id = Some(actor.id.clone());
        mention.name.clone_from(&actor.name_en);
        mention.country = actor.country.clone().filter(|_| actor.kind == ActorKind::State || party.nationality);
        // Who is named by a state is somewhere in it; the state's own point stands for that.
        let state = mention.country.as_ref().and_then(|code| passage.gazetteer.state(code)).and_then(|at| passage.gazetteer.location(at));
        (mention.lat, mention.lon) = (state.map(|l| l.point.0), state.map(|l| l.point.1));
        out.push(mention);
    } else if let Some(party) = item.party.as_ref().filter(|p| p.named) {
        out.push(blank(MentionKind::Organisation, party.span, passage));
    } else if item.party.as_ref().is_some_and(|p| p.person) {
        out.push(blank(MentionKind::Person, item.span, passage));
    } else if let Some(place) = item.place.map(|p| &passage.places[p]).filter(|p| !p.carried) {
        let mut mention = blank(MentionKind::Place, place.span, passage);
        if let Some(choice) = &place.choice {
            (mention.id, mention.lat, mention.lon) = (Some(choice.id.clone()), choice.lat, choice.lon);
            mention.name.clone_from(&choice.name);
            mention.country.clone_from(&choice.country);
            (mention.because, mention.second) = (Some(choice.because.clone()), choice.second.clone());
        }
        if let Some(within) = &place.within {
            let because = format!("named beside it: {}", within.name);
            mention.within = Some(Candidate { id: within.id.clone(), because });
            mention.country.clone_from(&within.country);
        }
        mention.candidates = place.open_candidates(passage.gazetteer);
        out.push(mention);
    }
    if item.party.as_ref().is_some_and(|p| p.actor.is_none())
        && let Some(naming) = passage.namings_in(item).find(|n| n.chosen.is_none())
    {
        let mut mention = blank(MentionKind::Actor, naming.span, passage);
        mention.candidates = naming.candidates(passage);
        out.push(mention);
    }
    if item.party.is_none()
        && let Some(source) = item.source()
    {
        let source = &passage.knowledge.sources.entries()[source as usize];
        let mut mention = blank(MentionKind::Organisation, item.span, passage);
        mention.id = Some(source.id.clone());
        mention.name.clone_from(&source.name_en);
        out.push(mention);
    }
    if item.means().is_some() {
        out.push(blank(MentionKind::Weapon, item.span, passage));
    }
}

fn blank(kind: MentionKind, span: Span, passage: &Passage) -> Mention<Span> {
    Mention {
        kind,
        span,
        id: None,
        because: None,
        second: None,
        within: None,
        name: span.of(passage.text).to_owned(),
        lat: None,
        lon: None,
        country: None,
        candidates: Vec::<Candidate>::new(),
        value: None,
        person: None,
    }
}
