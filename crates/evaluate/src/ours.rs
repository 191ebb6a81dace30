//! An event of the ledger as an evaluation looks at it.

use crate::known::{Known, means_word};
use crate::theirs::Range;
use jiff::civil::Date;
use marsad_gazetteer::PlaceRef;
use marsad_model::{ActorRole, Event, EventActor, EventCasualties, Harm, PersonStatus};
use std::collections::BTreeSet;

/// Who did it; who suffered it; and those of whom nothing says which of both.
const DID: &[ActorRole] = &[ActorRole::Initiator, ActorRole::Accused, ActorRole::Party, ActorRole::Controller];
const SUFFERED: &[ActorRole] = &[ActorRole::Target, ActorRole::Affected, ActorRole::Detainee, ActorRole::Party];

/// A number of people as the event has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// Nothing is said of it.
    Nothing,
    /// Some, number unknown.
    Some,
    /// So many.
    Number(Range),
}

/// An event.
#[derive(Debug)]
pub(crate) struct Ours<'e> {
    pub(crate) event: &'e Event,
    pub(crate) days: Option<(Date, Date)>,
    pub(crate) place: Option<PlaceRef>,
    pub(crate) point: Option<(f64, f64)>,
    pub(crate) means: BTreeSet<String>,
}

impl<'e> Ours<'e> {
    pub(crate) fn of(event: &'e Event, known: &Known<'_>) -> Self {
        let days = event.time.as_ref().and_then(|t| Some((t.start.or(t.end)?, t.end.or(t.start)?)));
        let place = event.place.as_ref().and_then(|p| p.id.as_deref()).and_then(|id| known.gazetteer.get(id)).map(|p| p.at);
        let told = event.place.as_ref().and_then(|p| p.lat.zip(p.lon));
        let point = told.or_else(|| place.and_then(|at| known.gazetteer.location(at)).map(|l| l.point));
        Self { event, days, place, point, means: event.means.iter().map(|m| means_word(m.kind)).collect() }
    }

    /// The actors that did it or that suffered it.
    pub(crate) fn actors(&self, target: bool) -> impl Iterator<Item = &EventActor> {
        let roles = if target { SUFFERED } else { DID };
        self.event.actors.iter().filter(move |a| roles.contains(&a.role))
    }

    /// Is it said that civilians were harmed or aimed at?
    pub(crate) fn harms_civilians(&self) -> bool {
        self.event.event_type.class() == "civilians" || self.event.casualties.iter().any(|c| c.status == PersonStatus::Civilian)
    }

    /// How many came to this harm, the whole where it is told, else its parts; fighters left out where only civilians count.
    pub(crate) fn harm(&self, harm: Harm, civilians_only: bool) -> Told {
        let of = |c: &&EventCasualties| c.harm == harm && !(civilians_only && c.status == PersonStatus::Combatant);
        let all: Vec<&EventCasualties> = self.event.casualties.iter().filter(of).collect();
        let whole = all.iter().any(|c| c.group.is_none());
        let counted = || all.iter().filter(|c| c.group.is_none() || !whole);
        let (low, high) = (counted().filter_map(|c| c.min).min(), counted().filter_map(|c| c.max).max());
        match (low, high) {
            (None, None) if all.is_empty() => Told::Nothing,
            (None, None) => Told::Some,
            (low, high) => Told::Number(Range { min: low.unwrap_or(0), max: high }),
        }
    }

    pub(crate) fn place_told(&self) -> Option<String> {
        self.event.place.as_ref().map(|p| p.name.clone())
    }

    pub(crate) fn days_told(&self) -> Option<String> {
        self.days.map(|(a, b)| if a == b { a.to_string() } else { format!("{a}/{b}") })
    }
}
