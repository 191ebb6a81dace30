//! Levels: one strike is an act, the strikes of one night on one village are an incident of which it is a part.
//!
//! A report that tells of both says itself that they belong together, so only what one report tells side by side is put so:
//! the larger at the same place or at one that holds it, in the same days, of a kind that fits, by no other side.

use crate::World;
use crate::facet::Facet;
use crate::pair::Judge;
use marsad_model::{ActorRole, Event, Level};
use std::cmp::Reverse;

/// Say of each event of which larger one it is a part; `events` are sorted by id, each with its facets.
pub(crate) fn assign(events: &mut [(Event, &[usize])], facets: &[Facet<'_>], judge: &Judge<'_>, world: &dyn World) {
    let mut told: Vec<(usize, usize)> =
        events.iter().enumerate().flat_map(|(n, (_, group))| group.iter().map(move |&f| (facets[f].entry, n))).collect();
    told.sort_unstable();
    told.dedup();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for together in told.chunk_by(|a, b| a.0 == b.0).filter(|t| t.len() > 1) {
        for &(_, part) in together {
            let wholes = together.iter().map(|t| t.1).filter(|&whole| is_part(&events[part].0, &events[whole].0, judge, world));
            pairs.extend(wholes.map(|whole| (part, whole)));
        }
    }
    pairs.sort_unstable();
    for wholes in pairs.chunk_by(|a, b| a.0 == b.0) {
        // The smallest that holds it; of these, the one that most reports put it in.
        let reports = wholes.chunk_by(|a, b| a.1 == b.1);
        let best = reports.min_by_key(|put| (events[put[0].1].0.level, Reverse(put.len()), put[0].1)).map(|put| put[0]);
        if let Some((part, whole)) = best {
            events[part].0.part_of = Some(events[whole].0.id.clone());
        }
    }
}

fn is_part(part: &Event, whole: &Event, judge: &Judge<'_>, world: &dyn World) -> bool {
    part.level < whole.level
        && judge.types(part.event_type, whole.event_type).is_some()
        && meet(part, whole)
        && place_id(whole).zip(place_id(part)).is_some_and(|(a, b)| a == b || world.contains(a, b))
        && agree(part, whole, world)
}

fn place_id(event: &Event) -> Option<&str> {
    event.place.as_ref()?.id.as_deref()
}

/// Are their days, as far as they are known, no others?
fn meet(a: &Event, b: &Event) -> bool {
    let days = |e: &Event| e.time.as_ref().and_then(|t| Some((t.start?, t.end.or(t.start)?)));
    days(a).zip(days(b)).is_none_or(|(x, y)| x.0 <= y.1 && y.0 <= x.1)
}

/// Did, as far as it is told, no other side do it?
fn agree(a: &Event, b: &Event, world: &dyn World) -> bool {
    let by = |e: &Event| -> Vec<String> {
        e.actors.iter().filter(|a| matches!(a.role, ActorRole::Initiator | ActorRole::Accused)).filter_map(|a| a.id.clone()).collect()
    };
    let (x, y) = (by(a), by(b));
    x.is_empty() || y.is_empty() || x.iter().any(|p| y.iter().any(|q| world.related(p, q)))
}

/// Several acts are an incident.
pub(crate) fn level(told: Level, several: bool) -> Level {
    if several { told.max(Level::Incident) } else { told }
}
