//! On what an event's claims agree and differ: time, place, actors. Values that can both hold agree.

use crate::case::{Case, Value, group};
use crate::facet::{Basis, Facet, Where};
use crate::{Actor, Name};
use marsad_model::{ActorRole, Attribute, DID_NOT_HAPPEN, DisagreementRelation as How, PlacePrecision, Relative};

/// Reconcile everything.
pub(crate) fn all(case: &mut Case<'_>) {
    occurrence(case);
    time(case);
    place(case);
    initiator(case);
    actors(case);
    crate::toll::casualties(case);
    crate::toll::status(case);
    crate::manner::means(case);
    crate::manner::intent(case);
    crate::manner::cause(case);
    crate::manner::outcome(case);
    case.agreed.sort_by_key(|a| a.attribute);
    case.disagreements.sort_by_key(|d| d.attribute);
}

fn occurrence(case: &mut Case<'_>) {
    let mut values = Vec::new();
    if !case.affirming.is_empty() {
        values.push(Value { label: "happened".to_owned(), by: case.affirming.clone() });
    }
    if !case.denying.is_empty() {
        values.push(Value { label: DID_NOT_HAPPEN.to_owned(), by: case.denying.clone() });
    }
    case.put(Attribute::Occurrence, &values, How::Excludes);
}

fn time(case: &mut Case<'_>) {
    let dated = case.affirming.iter().copied().filter_map(|f| Some((f, f.time.filter(|t| t.basis != Basis::Published)?)));
    let groups = group(dated, |a, b| a.apart(*b) == 0);
    let mut values: Vec<Value<'_>> = groups
        .into_iter()
        .map(|g| {
            let first = g.iter().map(|(_, d)| d.first).max();
            let last = g.iter().map(|(_, d)| d.last).min();
            let label = match (first, last) {
                (Some(a), Some(b)) if a < b => format!("{a}/{b}"),
                (Some(a), _) => a.to_string(),
                _ => String::new(),
            };
            Value { label, by: g.into_iter().map(|(f, _)| f).collect() }
        })
        .collect();
    if values.len() < 2 {
        // Days that cannot be told may still be said differently in two tellings of one report.
        let said = case.affirming.iter().copied().filter_map(|f| Some((f, f.relative?)));
        let groups = group(said, says_the_same);
        if groups.len() > 1 {
            let said: Vec<Value<'_>> = groups
                .into_iter()
                .map(|g| Value {
                    label: g.first().map(|(_, r)| relative(*r)).unwrap_or_default(),
                    by: g.into_iter().map(|(f, _)| f).collect(),
                })
                .collect();
            if case.is_translation_error(&said) {
                values = said;
            }
        }
    }
    let how = if values.len() > 1 && case.is_translation_error(&values) { How::TranslationError } else { How::Differs };
    case.put(Attribute::Time, &values, how);
}

/// The same words for the day, as far as both name it.
fn says_the_same(a: &Relative, b: &Relative) -> bool {
    let same = |x: Option<i32>, y: Option<i32>| x.is_none() || y.is_none() || x == y;
    same(a.days, b.days) && (a.weekday.is_none() || b.weekday.is_none() || a.weekday == b.weekday)
}

fn relative(r: Relative) -> String {
    let days = r.days.map(|d| format!("{d:+} days from the report's day"));
    let weekday = r.weekday.map(|w| format!("{w:?}").to_lowercase());
    let part = r.part.map(|p| format!("{p:?}").to_lowercase());
    [weekday, part, days].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn may_be(open: &Where<'_>, known: &Where<'_>) -> bool {
    known.id().is_some_and(|id| open.place.candidates.iter().any(|c| *c.id == *id))
}

fn is_inside(building: &Where<'_>, town: &Where<'_>) -> bool {
    building.id().is_none() && building.place.precision == PlacePrecision::Exact && town.place.precision > PlacePrecision::Exact
}

fn place(case: &mut Case<'_>) {
    let world = case.scene.world;
    let near = |a: &Where<'_>, b: &Where<'_>| match (a.id(), b.id()) {
        (Some(x), Some(y)) => {
            x == y
                || world.contains(x, y)
                || world.contains(y, x)
                || world.distance_km(x, y).is_some_and(|km| km <= world.accuracy_km(x).max(world.accuracy_km(y)))
        }
        // A building that no gazetteer has stands in some town.
        _ if is_inside(a, b) || is_inside(b, a) => true,
        // What may be the other's place is not said to be another.
        _ if may_be(a, b) || may_be(b, a) => true,
        _ => a.names.iter().any(|n| b.names.contains(n)) || a.place.name == b.place.name,
    };
    let told = case.affirming.iter().copied().filter(|f| !f.places.is_empty()).map(|f| (f, &f.places));
    let groups = group(told, |a, b| a.iter().any(|x| b.iter().any(|y| near(x, y))));
    let values: Vec<Value<'_>> = groups
        .into_iter()
        .map(|g| {
            // Of a town and its province the town is the value; both hold.
            let finest = g.iter().flat_map(|(_, p)| p.iter()).min_by_key(|w| w.place.precision).map(|w| w.place.name.to_string());
            Value { label: finest.unwrap_or_default(), by: g.into_iter().map(|(f, _)| f).collect() }
        })
        .collect();
    let how = if values.len() > 1 && case.is_translation_error(&values) { How::TranslationError } else { How::Differs };
    case.put(Attribute::Place, &values, how);
}

/// The actors of a claim in these roles.
fn in_roles<'f>(facet: &'f Facet<'_>, roles: &[ActorRole]) -> Vec<&'f Actor> {
    facet.claim.actors.iter().filter(|a| roles.contains(&a.role)).collect()
}

fn one(case: &Case<'_>, a: &Actor, b: &Actor) -> bool {
    match (&a.id, &b.id) {
        (Some(x), Some(y)) => case.scene.world.related(x, y),
        _ => marsad_text::fold(&a.name) == marsad_text::fold(&b.name),
    }
}

fn initiator(case: &mut Case<'_>) {
    let told: Vec<(&Facet<'_>, Vec<&Actor>)> = case
        .affirming
        .iter()
        .copied()
        .map(|f| (f, in_roles(f, &[ActorRole::Initiator, ActorRole::Accused])))
        // One that knowledge lacks ("gunmen") excludes nobody.
        .filter(|(_, actors)| actors.iter().any(|a| a.id.is_some()))
        .collect();
    let groups = group(told, |a, b| a.iter().any(|x| b.iter().any(|y| one(case, x, y))));
    let allied = groups.len() > 1
        && groups.iter().enumerate().all(|(n, g)| {
            groups[n + 1..].iter().all(|h| {
                let ids = |g: &[(&Facet<'_>, Vec<&Actor>)]| -> Vec<Name> {
                    g.iter().flat_map(|(_, actors)| actors.iter().filter_map(|a| a.id.clone())).collect()
                };
                ids(g).iter().any(|x| ids(h).iter().any(|y| case.scene.world.allied(x, y)))
            })
        });
    let values: Vec<Value<'_>> = groups.iter().map(|g| named(g)).collect();
    let how = if values.len() > 1 && case.is_translation_error(&values) {
        How::TranslationError
    } else if allied {
        How::Differs
    } else {
        How::Excludes
    };
    case.put(Attribute::Initiator, &values, how);
}

fn actors(case: &mut Case<'_>) {
    let told: Vec<_> = case
        .affirming
        .iter()
        .copied()
        .map(|f| (f, in_roles(f, &[ActorRole::Target, ActorRole::Party])))
        .filter(|(_, actors)| actors.iter().any(|a| a.id.is_some()))
        .collect();
    let groups = group(told, |a, b| a.iter().any(|x| b.iter().any(|y| one(case, x, y))));
    let values: Vec<Value<'_>> = groups.iter().map(|g| named(g)).collect();
    let how = if values.len() > 1 && case.is_translation_error(&values) { How::TranslationError } else { How::Differs };
    case.put(Attribute::Actors, &values, how);
}

fn named<'a>(group: &[(&'a Facet<'a>, Vec<&Actor>)]) -> Value<'a> {
    let mut names: Vec<&str> = group.iter().flat_map(|(_, actors)| actors.iter().map(|a| &*a.name)).collect();
    names.sort_unstable();
    names.dedup();
    Value { label: names.join(", "), by: group.iter().map(|(f, _)| *f).collect() }
}
