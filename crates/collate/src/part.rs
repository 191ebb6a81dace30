//! Levels: one strike is an act, the strikes of one night on one village are an incident of which it is a part.
//!
//! A report that tells of both says itself that they belong together, so only what one report tells side by side is put so:
//! the larger at the same place or at one that holds it, in the same days, of a kind that fits, by no other side.

use crate::World;
use crate::event::Head;
use crate::facet::Facet;
use crate::pair::Judge;
use marsad_model::Level;
use std::cmp::Reverse;

/// Say of each event of which larger one it is a part; they are sorted by id, each with its facets.
pub(crate) fn assign(heads: &mut [Head<'_>], facets: &[Facet<'_>], judge: &Judge<'_>, world: &dyn World) {
    let mut told: Vec<(usize, usize)> =
        heads.iter().enumerate().flat_map(|(n, head)| head.group.iter().map(move |&f| (facets[f].entry, n))).collect();
    told.sort_unstable();
    told.dedup();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for together in told.chunk_by(|a, b| a.0 == b.0).filter(|t| t.len() > 1) {
        for &(_, part) in together {
            let wholes = together.iter().map(|t| t.1).filter(|&whole| is_part(&heads[part], &heads[whole], judge, world));
            pairs.extend(wholes.map(|whole| (part, whole)));
        }
    }
    pairs.sort_unstable();
    for wholes in pairs.chunk_by(|a, b| a.0 == b.0) {
        // The smallest that holds it; of these, the one that most reports put it in.
        let reports = wholes.chunk_by(|a, b| a.1 == b.1);
        let best = reports.min_by_key(|put| (heads[put[0].1].level, Reverse(put.len()), put[0].1)).map(|put| put[0]);
        if let Some((part, whole)) = best {
            heads[part].part_of = Some(whole);
        }
    }
}

fn is_part(part: &Head<'_>, whole: &Head<'_>, judge: &Judge<'_>, world: &dyn World) -> bool {
    part.level < whole.level
        && judge.types(part.event_type, whole.event_type).is_some()
        && meet(part, whole)
        && whole.place.zip(part.place).is_some_and(|(a, b)| a == b || world.contains(a, b))
        && agree(part, whole, world)
}

/// Are their days, as far as they are known, no others?
fn meet(a: &Head<'_>, b: &Head<'_>) -> bool {
    let days = |e: &Head<'_>| e.time.as_ref().and_then(|t| Some((t.start?, t.end.or(t.start)?)));
    days(a).zip(days(b)).is_none_or(|(x, y)| x.0 <= y.1 && y.0 <= x.1)
}

/// Did, as far as it is told, no other side do it?
fn agree(a: &Head<'_>, b: &Head<'_>, world: &dyn World) -> bool {
    a.by.is_empty() || b.by.is_empty() || a.by.iter().any(|p| b.by.iter().any(|q| world.related(p, q)))
}

/// Several acts are an incident.
pub(crate) fn level(told: Level, several: bool) -> Level {
    if several { told.max(Level::Incident) } else { told }
}
