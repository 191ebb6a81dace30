//! What the parties to an event say themselves: a position, never an origin.

use crate::case::Scene;
use crate::facet::Facet;
use marsad_model::{ActorRole, AttributionKind, Modality, PersonStatus, Position, SourceKind, Stance};
use std::collections::BTreeSet;

/// The positions among an event's claims, sorted. A party whose own channel rejects the deed is one to this event: what it
/// says besides is its word too.
pub(crate) fn all<'f>(scene: &'f Scene<'_>, claims: &[&'f Facet<'f>]) -> Vec<Position> {
    let mut blamed: BTreeSet<&str> = claims.iter().flat_map(|f| f.initiators.iter().copied()).collect();
    let denies = |f: &&&Facet<'_>| f.claim.modality == Modality::Denied && f.initiators.is_empty();
    blamed.extend(claims.iter().filter(denies).filter_map(|f| channel(scene, f)));
    let mut positions: Vec<Position> = claims.iter().filter_map(|f| position(scene, f, &blamed)).collect();
    positions.sort_by(|a, b| (&a.claim, &a.actor, a.stance).cmp(&(&b.claim, &b.actor, b.stance)));
    positions
}

fn position(scene: &Scene<'_>, facet: &Facet<'_>, blamed: &BTreeSet<&str>) -> Option<Position> {
    let kind = facet.event_type().kind();
    let answer = facet.event_type().class() == "politics" && kind.starts_with("responsibility");
    let actor =
        if answer { speaker(scene, facet).or_else(|| facet.initiators.first().copied()) } else { party_speaking(scene, facet, blamed) }?;
    let own = facet.initiators.iter().any(|i| scene.world.related(i, actor));
    // That it killed the other side's fighters is what it boasts of.
    let harmed = facet.claim.casualties.iter().any(|c| c.status != PersonStatus::Combatant && c.min.or(c.max).is_some_and(|n| n > 0));
    let harmless = !facet.claim.casualties.is_empty() && facet.claim.casualties.iter().all(|c| c.max == Some(0));
    let stance = if answer {
        if kind == "responsibility_claim" && !facet.denies() { Stance::Claims } else { Stance::DeniesStrike }
    } else if facet.denies() && !facet.claim.casualties.is_empty() && facet.claim.event_type.kind() == "other" || harmless {
        // It rejects harm that nobody says how it came about; who rejects a named act rejects the act.
        Stance::DeniesHarm
    } else if facet.denies() {
        Stance::DeniesStrike
    } else if !own && !facet.initiators.is_empty() {
        Stance::BlamesOther
    } else if harmed {
        Stance::Accepts
    } else {
        Stance::Claims
    };
    Some(Position { actor: actor.to_owned(), stance, claim: facet.claim.id.clone() })
}

/// Who says it: the actor that speaks, else the last of the chain that has an id, else the party whose channel it is.
fn speaker<'f>(scene: &'f Scene<'_>, facet: &'f Facet<'_>) -> Option<&'f str> {
    let speaks = facet.claim.actors.iter().find(|a| a.role == ActorRole::Speaker).and_then(|a| a.id.as_deref());
    let told = speaks.or_else(|| facet.claim.attribution.iter().rev().find_map(|a| a.id.as_deref()));
    told.or_else(|| channel(scene, facet))
}

/// The party whose channel this is: it speaks for it where it names nobody, or none but "an official".
fn channel<'f>(scene: &'f Scene<'_>, facet: &'f Facet<'_>) -> Option<&'f str> {
    let analysed = scene.corpus.get(facet.entry);
    let source = &analysed.report.source;
    let of_party = matches!(source.kind, SourceKind::Belligerent | SourceKind::PartyMedia) || source.id.is_none();
    let nobody = facet.claim.attribution.iter().all(|a| a.kind == AttributionKind::Official && a.id.is_none());
    analysed.side.as_deref().filter(|_| of_party && nobody)
}

/// The speaker, where it is one of those who are said to have done it.
fn party_speaking<'f>(scene: &'f Scene<'_>, facet: &'f Facet<'_>, blamed: &BTreeSet<&str>) -> Option<&'f str> {
    let named = speaker(scene, facet).or_else(|| {
        // A denial without a named speaker is that of the accused.
        facet.claim.actors.iter().find(|a| facet.denies() && a.role == ActorRole::Accused).and_then(|a| a.id.as_deref())
    })?;
    blamed.iter().any(|b| scene.world.related(b, named)).then_some(named)
}
