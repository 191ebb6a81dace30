//! The index in the making: an event's row after the other, each name and place once.

use super::{ActorEntry, Index, NONE, PlaceEntry, Row, harm_bit};
use crate::known::Known;
use crate::query::SortBy;
use jiff::civil::Date;
use marsad_ledger::{EventRow, Mark};
use marsad_model::{EventPlace, Harm, PlacePrecision};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Words of the contract, each as it is spelt there.
fn words<T: Copy + serde::Serialize>(all: &[T]) -> Vec<(String, T)> {
    let spelt = |word: &T| Some((serde_json::to_value(word).ok()?.as_str()?.to_owned(), *word));
    all.iter().filter_map(spelt).collect()
}

/// The place of an event's row. Where an older program wrote none of its precision, the coarsest is taken: nothing is drawn
/// finer than it was told.
fn place_of(event: &EventRow, precision: Option<PlacePrecision>) -> Option<EventPlace> {
    Some(EventPlace {
        id: event.place_id.clone(),
        name: event.place_name.clone()?,
        lat: event.lat,
        lon: event.lon,
        radius_m: event.radius_m,
        precision: precision.unwrap_or(PlacePrecision::Country),
    })
}

/// What makes two told places one.
type PlaceKey = (Option<String>, String, [Option<u64>; 2], Option<u32>, PlacePrecision);

fn place_key(place: &EventPlace) -> PlaceKey {
    let degrees = [place.lat, place.lon].map(|degrees| degrees.map(f64::to_bits));
    (place.id.clone(), place.name.clone(), degrees, place.radius_m, place.precision)
}

/// Who has an id is one, however it is called.
fn actor_key(id: Option<&str>, name: &str) -> (Option<String>, String) {
    (id.map(str::to_owned), if id.is_some() { String::new() } else { name.to_owned() })
}

/// An index in the making.
pub(super) struct Making<'k> {
    known: &'k Known,
    rows: Vec<Row>,
    kinds: Numbered<String>,
    languages: Numbered<String>,
    /// The contract's words, as they are spelt.
    harms: Vec<(String, Harm)>,
    precisions: Vec<(String, PlacePrecision)>,
    place_keys: Numbered<PlaceKey>,
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

    /// The values that have these numbers already.
    fn of(values: impl Iterator<Item = T>) -> Self {
        Self { numbers: values.zip(0..).collect() }
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
            harms: words(Harm::ALL),
            precisions: words(PlacePrecision::ALL),
            place_keys: Numbered::new(),
            places: Vec::new(),
            actor_keys: Numbered::new(),
            actors: Vec::new(),
            event_actors: Vec::new(),
        }
    }

    /// Go on from an index: with those of its events that stay as they are.
    pub(super) fn from(index: &Index, known: &'k Known, stays: impl Fn(&str) -> bool) -> Self {
        Self {
            rows: index.rows.iter().filter(|row| stays(&row.id)).cloned().collect(),
            kinds: Numbered::of(index.kinds.iter().cloned()),
            languages: Numbered::of(index.languages.iter().cloned()),
            place_keys: Numbered::of(index.places.iter().map(|entry| place_key(&entry.place))),
            places: index.places.clone(),
            actor_keys: Numbered::of(index.actors.iter().map(|actor| actor_key(actor.id.as_deref(), &actor.name))),
            actors: index.actors.clone(),
            event_actors: index.event_actors.clone(),
            ..Self::new(known)
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
        let precision = event.place_precision.as_deref().and_then(|told| self.precisions.iter().find(|(word, _)| word == told));
        let place = place_of(event, precision.map(|(_, p)| *p)).map_or(NONE, |place| self.place(&place));
        let told = event.harms.as_deref().unwrap_or("");
        let harms = self.harms.iter().filter(|(word, _)| told.split(',').any(|one| one == word)).map(|(_, harm)| harm_bit(*harm));
        let harms = harms.fold(0, |bits, bit| bits | bit);
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
            harms,
            // The dead before the hurt: no number of the hurt outweighs one of the dead in an order.
            toll: people(event.killed) << 32 | people(event.injured),
            origins: event.origins,
            disputed: event.disputed > 0,
            languages,
        });
    }

    fn actor(&mut self, id: Option<&str>, name: &str) -> u32 {
        let (number, is_new) = self.actor_keys.number(actor_key(id, name));
        if is_new {
            let label = self.known.actor(id);
            let names = [Some(name.to_owned()), label.as_ref().and_then(|l| l.en.clone()), label.as_ref().and_then(|l| l.ar.clone())];
            let folded = names.into_iter().flatten().map(|name| marsad_text::fold(&name)).collect();
            self.actors.push(ActorEntry { id: id.map(str::to_owned), name: name.to_owned(), folded });
        }
        number
    }

    fn place(&mut self, place: &EventPlace) -> u32 {
        let (number, is_new) = self.place_keys.number(place_key(place));
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

    pub(super) fn finish(mut self, collations: u64, mark: Option<Mark>) -> Index {
        // Events come by their ids. From here on a row's rank among them stands for its id: numbers are compared, not texts.
        if !self.rows.is_sorted_by(|a, b| a.id <= b.id) {
            self.rows.sort_by(|a, b| a.id.cmp(&b.id));
        }
        let mut by_id: Vec<(Option<Date>, u32)> = (0..).zip(&self.rows).map(|(rank, row)| (row.first.or(row.last), rank)).collect();
        by_id.sort_unstable();
        // Rows lie in the order in which most ask for them, so that memory is walked through and not jumped about in.
        self.rows.sort_by_key(|row| row.first.or(row.last));
        let mut index = Index {
            collations,
            mark,
            sources: OnceLock::new(),
            rows: self.rows,
            kinds: self.kinds.in_order(),
            languages: self.languages.in_order(),
            places: self.places,
            actors: self.actors,
            event_actors: self.event_actors,
            orders: [Vec::new(), Vec::new(), Vec::new()],
        };
        index.orders = [SortBy::Time, SortBy::Harm, SortBy::Origins].map(|by| {
            let keyed = (0..).zip(&by_id).map(|(at, (_, rank))| (index.key(by, at), *rank, at));
            let mut order: Vec<(bool, Option<i64>, u32, u32)> = keyed.map(|(key, rank, at)| (key.is_none(), key, rank, at)).collect();
            order.sort_unstable();
            order.into_iter().map(|(_, _, _, at)| at).collect()
        });
        index
    }
}
