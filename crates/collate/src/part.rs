//! Levels: one strike is an act, the strikes of one night on one village are an incident of which it is a part.
//!
//! A report that tells of both says itself that they belong together, so only what one report tells side by side is put so:
//! the larger at the same place or at one that holds it, in the same days, of a kind that fits, by no other side.

use crate::World;
use crate::facet::Facet;
use crate::pair::Judge;
use marsad_model::{ActorRole, Event, Level};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Say of each event of which larger one it is a part; `events` are sorted by id.
pub(crate) fn assign(events: &mut [Event], facets: &[Facet<'_>], judge: &Judge<'_>, world: &dyn World) {
    let mut told: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (n, event) in events.iter().enumerate() {
        let claims = event.claims.iter().filter_map(|c| facets.binary_search_by(|f| f.claim.id.cmp(c)).ok());
        for facet in claims {
            told.entry(facets[facet].entry).or_default().insert(n);
        }
    }
    let mut wholes: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
    for together in told.values() {
        for &part in together {
            for &whole in together.iter().filter(|&&w| is_part(&events[part], &events[w], judge, world)) {
                *wholes.entry(part).or_default().entry(whole).or_default() += 1;
            }
        }
    }
    for (part, wholes) in wholes {
        // The smallest that holds it; of these, the one that most reports put it in.
        let best = wholes.into_iter().min_by_key(|&(whole, reports)| (events[whole].level, Reverse(reports), whole));
        events[part].part_of = best.map(|(whole, _)| events[whole].id.clone());
    }
}

fn is_part(part: &Event, whole: &Event, judge: &Judge<'_>, world: &dyn World) -> bool {
    let id = |e: &Event| e.place.as_ref().and_then(|p| p.id.clone());
    let held = id(whole).zip(id(part)).is_some_and(|(a, b)| a == b || world.contains(&a, &b));
    part.level < whole.level
        && held
        && meet(part, whole)
        && judge.types(part.event_type, whole.event_type).is_some()
        && agree(part, whole, world)
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
