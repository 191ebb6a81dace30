//! An event from its claims.

use crate::case::{Case, Scene};
use crate::facet::{Basis, Facet};
use crate::{Place, grade, reconcile};
use jiff::ToSpan;
use marsad_model::{
    ActorRole, ClaimId, Count, CountScope, Event, EventActor, EventCasualties, EventId, EventMeans, EventPlace, EventTime, EventType,
    Level, PlacePrecision, TimePrecision,
};
use std::collections::{BTreeMap, BTreeSet};

/// What other events ask of one, so that none need be set down whole before all are known.
pub(crate) struct Head<'a> {
    pub(crate) id: EventId,
    /// The places of its facets, sorted.
    pub(crate) group: Box<[usize]>,
    pub(crate) event_type: EventType,
    pub(crate) level: Level,
    pub(crate) time: Option<EventTime>,
    /// The id of its place.
    pub(crate) place: Option<&'a str>,
    /// Those who did it.
    pub(crate) by: Box<[&'a str]>,
    /// The larger event of which it is a part.
    pub(crate) part_of: Option<usize>,
}

impl<'a> Head<'a> {
    /// The head of the event of these facets, sorted by their claims' ids; `None` for none.
    pub(crate) fn of(scene: &'a Scene<'a>, facets: &'a [Facet<'a>], group: Vec<usize>) -> Option<Self> {
        let case = Case::new(scene, group.iter().map(|&n| &facets[n]).collect());
        let telling = case.telling();
        let mut by: Vec<&str> = telling
            .iter()
            .flat_map(|f| &f.claim.actors)
            .filter(|a| matches!(a.role, ActorRole::Initiator | ActorRole::Accused))
            .filter_map(|a| a.id.as_deref())
            .collect();
        by.sort_unstable();
        by.dedup();
        Some(Self {
            id: EventId::from_claim(&facets[*group.first()?].claim.id),
            event_type: event_type(&case, &telling)?,
            level: level(&case, &telling),
            time: time(&case, &telling),
            place: place(&case, &telling).and_then(|p| p.id.as_deref()),
            by: by.into_boxed_slice(),
            group: group.into_boxed_slice(),
            part_of: None,
        })
    }
}

/// Reconcile the claims and set down the event; `None` for no claims.
pub(crate) fn build(mut case: Case<'_>, part_of: Option<EventId>) -> Option<Event> {
    reconcile::all(&mut case);
    let mut claims: Vec<ClaimId> = case.claims.iter().map(|f| f.claim.id.clone()).collect();
    claims.sort();
    let id = EventId::from_claim(claims.first()?);
    let telling = case.telling();
    let reports = case.claims.iter().map(|f| f.entry).collect::<BTreeSet<_>>().len() as u32;
    let support = case.support(&case.affirming);
    let grade = grade::of(&case, reports, support);
    Some(Event {
        id,
        event_type: event_type(&case, &telling)?,
        level: level(&case, &telling),
        part_of,
        summary: summary(&case, &telling),
        time: time(&case, &telling),
        place: place(&case, &telling).map(named),
        actors: actors(&case, &telling),
        casualties: casualties(&telling),
        means: means(&telling),
        reports,
        origins: support.independent + support.untraced,
        support,
        agreed: case.agreed,
        disagreements: case.disagreements,
        positions: case.positions,
        grade,
        claims,
    })
}

/// The value that most voices give; of equals, that of the earlier claim.
fn most<T: Ord + Clone>(case: &Case<'_>, telling: &[&Facet<'_>], value: impl Fn(&Facet<'_>) -> Option<T>) -> Option<T> {
    let mut by: BTreeMap<T, Vec<&Facet<'_>>> = BTreeMap::new();
    let mut order: Vec<T> = Vec::new();
    for f in telling {
        if let Some(v) = value(f) {
            if !by.contains_key(&v) {
                order.push(v.clone());
            }
            by.entry(v).or_default().push(f);
        }
    }
    order.into_iter().rev().max_by_key(|v| case.voices(&by[v]))
}

fn level(case: &Case<'_>, telling: &[&Facet<'_>]) -> Level {
    most(case, telling, |f| Some(f.level())).unwrap_or(Level::Incident)
}

/// The type that most voices give; an answer to the event is no type of it while something else is.
fn event_type(case: &Case<'_>, telling: &[&Facet<'_>]) -> Option<EventType> {
    let known = |f: &Facet<'_>| (!f.is_answer() && f.event_type().kind() != "other").then(|| f.event_type());
    most(case, telling, known).or_else(|| telling.first().map(|f| f.event_type()))
}

/// The sentence of the claim that tells most; of equals, of the earliest.
fn summary(case: &Case<'_>, telling: &[&Facet<'_>]) -> String {
    let detail = |f: &Facet<'_>| {
        let c = f.claim;
        usize::from(c.time.as_deref().is_some_and(|t| t.span.is_some()))
            + usize::from(f.places.iter().any(crate::facet::Where::is_fine))
            + c.actors.len().min(3)
            + c.casualties.len().min(2)
            + usize::from(!c.means.is_empty())
    };
    let best = telling.iter().rev().max_by_key(|f| (detail(f), (f.claim.confidence * 100.0) as u32));
    best.map(|f| f.claim.evidence.of(&case.scene.corpus.get(f.entry).report.text).to_owned()).unwrap_or_default()
}

fn time(case: &Case<'_>, telling: &[&Facet<'_>]) -> Option<EventTime> {
    let at = |basis: Basis| -> Vec<&Facet<'_>> { telling.iter().copied().filter(|f| f.time.is_some_and(|t| t.basis == basis)).collect() };
    let (stated, wide, published) = (at(Basis::Day), at(Basis::Wide), at(Basis::Published));
    if let Some(first) = best_days(case, &stated) {
        let (mut from, mut to) = first;
        // What others say narrows it, as long as something is left.
        for days in stated.iter().filter_map(|f| f.time) {
            let (a, b) = (from.max(days.first), to.min(days.last));
            if a <= b {
                (from, to) = (a, b);
            }
        }
        let fits = |f: &&&Facet<'_>| f.time.is_some_and(|t| t.first <= to && from <= t.last);
        let precision = stated.iter().filter(fits).filter_map(|f| f.claim.time.as_deref()).map(|t| t.precision).min();
        return Some(EventTime { start: Some(from), end: Some(to), precision: precision.unwrap_or(TimePrecision::Day) });
    }
    // The first report comes on the day or the day after, as long as nobody says more.
    let first = published.iter().filter_map(|f| f.time).map(|t| t.last).min();
    let inside = |d: jiff::civil::Date| wide.iter().filter_map(|f| f.time).all(|t| t.first <= d);
    if let Some(day) = first.filter(|d| inside(*d)) {
        let before = day.checked_sub(1.day()).unwrap_or(day);
        return Some(EventTime { start: Some(before), end: Some(day), precision: TimePrecision::Day });
    }
    let narrowest = wide.iter().min_by_key(|f| f.time.map(|t| (t.last - t.first).get_days()))?;
    let precision = narrowest.claim.time.as_deref().map_or(TimePrecision::Month, |t| t.precision);
    narrowest.time.map(|t| EventTime { start: Some(t.first), end: Some(t.last), precision })
}

/// The stated days that most voices are at one with.
fn best_days(case: &Case<'_>, stated: &[&Facet<'_>]) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    let with = |days: crate::facet::Days| {
        let by: Vec<&Facet<'_>> = stated.iter().copied().filter(|f| f.time.is_some_and(|t| t.apart(days) == 0)).collect();
        case.voices(&by)
    };
    let days = stated.iter().filter_map(|f| f.time);
    let best = days.rev().max_by_key(|d| (with(*d), std::cmp::Reverse((d.last - d.first).get_days())))?;
    Some((best.first, best.last))
}

fn place<'a>(case: &Case<'_>, telling: &[&'a Facet<'a>]) -> Option<&'a Place> {
    let mut by: BTreeMap<String, Vec<&Facet<'_>>> = BTreeMap::new();
    let mut all = Vec::new();
    for f in telling {
        for w in &f.places {
            let key = w.id().map_or_else(|| marsad_text::fold(&w.place.name), str::to_owned);
            by.entry(key.clone()).or_default().push(f);
            all.push((key, w.place));
        }
    }
    // A place one can stand in before a region; what more voices name before what fewer do; the finer, the earlier.
    let coarse = |p: PlacePrecision| if p <= PlacePrecision::Near { PlacePrecision::Exact } else { p };
    let (_, best) =
        all.iter().min_by_key(|(key, p)| (coarse(p.precision), std::cmp::Reverse(case.voices(&by[key])), p.id.is_none(), p.precision))?;
    Some(*best)
}

fn named(place: &Place) -> EventPlace {
    EventPlace {
        id: place.id.as_deref().map(str::to_owned),
        name: place.name.to_string(),
        lat: place.lat,
        lon: place.lon,
        radius_m: place.radius_m,
        precision: place.precision,
    }
}

fn actors(case: &Case<'_>, telling: &[&Facet<'_>]) -> Vec<EventActor> {
    let mut by: BTreeMap<(ActorRole, String), (EventActor, Vec<&Facet<'_>>)> = BTreeMap::new();
    for f in telling {
        for a in f.claim.actors.iter().filter(|a| a.role != ActorRole::Speaker) {
            let key = (a.role, a.id.as_deref().map_or_else(|| marsad_text::fold(&a.name), str::to_owned));
            let actor = EventActor { role: a.role, id: a.id.as_deref().map(str::to_owned), name: a.name.to_string() };
            by.entry(key).or_insert_with(|| (actor, Vec::new())).1.push(f);
        }
    }
    let mut actors: Vec<(EventActor, u32)> = by.into_values().map(|(a, f)| (a, case.voices(&f))).collect();
    actors.sort_by(|x, y| (x.0.role, std::cmp::Reverse(x.1), &x.0).cmp(&(y.0.role, std::cmp::Reverse(y.1), &y.0)));
    actors.into_iter().map(|(a, _)| a).collect()
}

fn casualties(telling: &[&Facet<'_>]) -> Vec<EventCasualties> {
    let mut by: BTreeMap<_, EventCasualties> = BTreeMap::new();
    for c in telling
        .iter()
        .flat_map(|f| &f.claim.casualties)
        .filter(|c| c.scope != CountScope::Period && (c.part_of.is_none() || c.group.is_some()))
    {
        let told = EventCasualties {
            harm: c.harm,
            status: c.status,
            group: c.group,
            affiliation: c.affiliation.clone(),
            min: c.min,
            max: c.max,
            count: c.count,
            scope: c.scope,
        };
        by.entry((c.harm, c.status, c.group, c.affiliation.clone())).and_modify(|e| widen(e, &told)).or_insert(told);
    }
    by.into_values().collect()
}

/// The lowest minimum and the highest maximum that are told; a number that is not told widens nothing.
fn widen(known: &mut EventCasualties, told: &EventCasualties) {
    if told.min.is_none() && told.max.is_none() {
        return;
    }
    if known.min.is_none() && known.max.is_none() {
        known.clone_from(told);
        return;
    }
    if (known.min, known.max, known.count) != (told.min, told.max, told.count) {
        known.count = if known.max.is_none() || told.max.is_none() { Count::AtLeast } else { Count::About };
    }
    known.min = match (known.min, told.min) {
        (Some(a), Some(b)) => Some(a.min(b)),
        _ => None,
    };
    known.max = match (known.max, told.max) {
        (Some(a), Some(b)) => Some(a.max(b)),
        _ => None,
    };
    known.scope = known.scope.min(told.scope);
}

fn means(telling: &[&Facet<'_>]) -> Vec<EventMeans> {
    let mut by: BTreeMap<_, Option<u32>> = BTreeMap::new();
    for m in telling.iter().flat_map(|f| &f.claim.means) {
        let count = by.entry(m.kind).or_insert(m.count);
        *count = (*count).max(m.count);
    }
    by.into_iter().map(|(kind, count)| EventMeans { kind, count }).collect()
}
