//! The index in the making: an event's row after the other, each name and place once.

use super::{ActorEntry, Index, NONE, PlaceEntry, Row, harm_bit};
use crate::known::Known;
use crate::query::SortBy;
use jiff::civil::Date;
use marsad_ledger::EventRow;
use marsad_model::{EventPlace, Harm, PlacePrecision};
use std::collections::HashMap;

/// A word of the contract as it is spelt there.
fn spelt(word: &impl serde::Serialize) -> Option<String> {
    serde_json::to_value(word).ok()?.as_str().map(str::to_owned)
}

/// The place of an event's row. Where an older program wrote none of its precision, the coarsest is taken: nothing is drawn
/// finer than it was told.
fn place_of(event: &EventRow) -> Option<EventPlace> {
    let precision =
        event.place_precision.as_deref().and_then(|told| PlacePrecision::ALL.iter().find(|p| spelt(p).as_deref() == Some(told)));
    Some(EventPlace {
        id: event.place_id.clone(),
        name: event.place_name.clone()?,
        lat: event.lat,
        lon: event.lon,
        radius_m: event.radius_m,
        precision: precision.copied().unwrap_or(PlacePrecision::Country),
    })
}

/// An index in the making.
pub(super) struct Making<'k> {
    known: &'k Known,
    rows: Vec<Row>,
    kinds: Numbered<String>,
    languages: Numbered<String>,
    place_keys: Numbered<String>,
    places: Vec<PlaceEntry>,
    actor_keys: Numbered<(Option<String>, String)>,
    actors: Vec<ActorEntry>,
    event_actors: Vec<u32>,
}

/// Values by the order in which they came.
struct Numbered<T> {
    numbers: HashMap<T, u32>,
}

impl<T: std::hash::Hash + Eq> Numbered<T> {
    fn new() -> Self {
        Self { numbers: HashMap::new() }
    }

    /// The value's number, and whether it is new.
    fn number(&mut self, value: T) -> (u32, bool) {
        let next = self.numbers.len() as u32;
        let number = *self.numbers.entry(value).or_insert(next);
        (number, number == next && self.numbers.len() as u32 > next)
    }

    fn in_order(self) -> Vec<T> {
        let mut values: Vec<(T, u32)> = self.numbers.into_iter().collect();
        values.sort_by_key(|(_, number)| *number);
        values.into_iter().map(|(value, _)| value).collect()
    }
}

impl<'k> Making<'k> {
    pub(super) fn new(known: &'k Known) -> Self {
        Self {
            known,
            rows: Vec::new(),
            kinds: Numbered::new(),
            languages: Numbered::new(),
            place_keys: Numbered::new(),
            places: Vec::new(),
            actor_keys: Numbered::new(),
            actors: Vec::new(),
            event_actors: Vec::new(),
        }
    }

    /// The bit of a language; all beyond the thirty-first share the last.
    fn language(&mut self, language: &str) -> u32 {
        self.languages.number(language.to_owned()).0.min(u32::BITS - 1)
    }

    pub(super) fn add(&mut self, event: &EventRow) {
        let from = self.event_actors.len() as u32;
        for (id, name) in &event.actors {
            let number = self.actor(Some(id.as_str()).filter(|id| !id.is_empty()), name);
            self.event_actors.push(number);
        }
        let place = place_of(event).map_or(NONE, |place| self.place(&place));
        let told = event.harms.as_deref().unwrap_or("");
        let harms = Harm::ALL.iter().filter(|harm| told.split(',').any(|word| spelt(harm).as_deref() == Some(word)));
        let day = |day: &Option<String>| day.as_ref().and_then(|day| day.parse::<Date>().ok());
        let languages = event.languages.as_deref().unwrap_or("").split_whitespace();
        let languages = languages.fold(0, |bits, language| bits | 1 << self.language(language));
        let people = |count: Option<u32>| i64::from(count.unwrap_or(0));
        self.rows.push(Row {
            n: event.n.unwrap_or(NONE),
            id: event.id.clone(),
            kind: self.kinds.number(event.event_type.clone()).0,
            first: day(&event.first_day),
            last: day(&event.last_day),
            place,
            actors: (from, self.event_actors.len() as u32),
            harms: harms.fold(0, |bits, harm| bits | harm_bit(*harm)),
            // The dead before the hurt: no number of the hurt outweighs one of the dead in an order.
            toll: people(event.killed) << 32 | people(event.injured),
            origins: event.origins,
            disputed: event.disputed > 0,
            languages,
        });
    }

    fn actor(&mut self, id: Option<&str>, name: &str) -> u32 {
        // Who has an id is one, however it is called.
        let key = if id.is_some() { String::new() } else { name.to_owned() };
        let (number, is_new) = self.actor_keys.number((id.map(str::to_owned), key));
        if is_new {
            let label = self.known.actor(id);
            let names = [Some(name.to_owned()), label.as_ref().and_then(|l| l.en.clone()), label.as_ref().and_then(|l| l.ar.clone())];
            let folded = names.into_iter().flatten().map(|name| marsad_text::fold(&name)).collect();
            self.actors.push(ActorEntry { id: id.map(str::to_owned), name: name.to_owned(), folded });
        }
        number
    }

    fn place(&mut self, place: &EventPlace) -> u32 {
        let key = serde_json::to_string(place).unwrap_or_default();
        let (number, is_new) = self.place_keys.number(key);
        if is_new {
            let id = place.id.as_deref();
            let label = self.known.place(id);
            let names = [Some(place.name.clone()), label.as_ref().and_then(|l| l.en.clone()), label.as_ref().and_then(|l| l.ar.clone())];
            self.places.push(PlaceEntry {
                place: place.clone(),
                country: self.known.country(id),
                containers: self.known.containers(id),
                folded: names.into_iter().flatten().map(|name| marsad_text::fold(&name)).collect(),
            });
        }
        number
    }

    pub(super) fn finish(mut self, collations: u64) -> Index {
        // Rows lie in the order in which most ask for them, so that memory is walked through and not jumped about in.
        self.rows.sort_by_cached_key(|row| (row.first.or(row.last), row.id.clone()));
        let mut index = Index {
            collations,
            rows: self.rows,
            kinds: self.kinds.in_order(),
            languages: self.languages.in_order(),
            places: self.places,
            actors: self.actors,
            event_actors: self.event_actors,
            orders: [Vec::new(), Vec::new(), Vec::new()],
        };
        index.orders = [SortBy::Time, SortBy::Harm, SortBy::Origins].map(|by| {
            let mut order: Vec<u32> = (0..index.rows.len() as u32).collect();
            order.sort_by_cached_key(|&at| {
                let key = index.key(by, at);
                (key.is_none(), key, index.row(at).id.clone())
            });
            order
        });
        index
    }
}
