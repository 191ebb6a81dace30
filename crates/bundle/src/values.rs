//! Does an event say where, when and who as one of its claims does?

use marsad_model::{Claim, Event, EventActor, EventPlace, Quote};

/// What a claim says of it.
pub(crate) struct Values {
    places: Vec<EventPlace>,
    actors: Vec<EventActor>,
    /// Its first day.
    start: Option<String>,
}

impl Values {
    pub(crate) fn of(claim: &Claim<Quote>) -> Self {
        let place = |p: &marsad_model::ClaimPlace<Quote>| EventPlace {
            id: p.id.clone(),
            name: p.name.clone(),
            lat: p.lat,
            lon: p.lon,
            radius_m: p.radius_m,
            precision: p.precision,
        };
        let actor = |a: &marsad_model::ClaimActor<Quote>| EventActor { role: a.role, id: a.id.clone(), name: a.name.clone() };
        Self {
            places: claim.places.iter().map(place).collect(),
            actors: claim.actors.iter().map(actor).collect(),
            start: claim.time.as_ref().and_then(|time| time.start).map(|day| day.to_string()),
        }
    }
}

/// What an event says that none of these claims, which are its own, says.
pub(crate) fn unsaid(event: &Event, claims: &[&Values]) -> Vec<&'static str> {
    let is_said = |says: &dyn Fn(&Values) -> bool| claims.iter().any(|claim| says(claim));
    let start = event.time.as_ref().and_then(|time| time.start).map(|day| day.to_string());
    let mut unsaid = Vec::new();
    if event.place.as_ref().is_some_and(|place| !is_said(&|claim| claim.places.contains(place))) {
        unsaid.push("its place is that of none of its claims");
    }
    if start.is_some() && !is_said(&|claim| claim.start == start) {
        unsaid.push("its first day is that of none of its claims");
    }
    if !event.actors.iter().all(|actor| is_said(&|claim| claim.actors.contains(actor))) {
        unsaid.push("somebody has a part in it whom none of its claims names so");
    }
    unsaid
}
