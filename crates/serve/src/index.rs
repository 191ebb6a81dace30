//! The events of a ledger in memory, as far as filters, orders and counts need them.
//!
//! A few dozen bytes an event, read once after each collation. A filter then looks at every event in a millisecond or two
//! for a hundred thousand, whatever it asks for and however many ask at once; an exact count of all that pass comes with it.

use crate::known::Known;
use crate::query::{Cursor, EventQuery, Extent, Paging, SortBy};
use jiff::civil::Date;
use marsad_ledger::{EventRow, Ledger, LedgerError, State};
use marsad_model::{EventPlace, Harm, PlacePrecision};
use std::collections::{BTreeMap, HashMap, HashSet};

/// No place.
const NONE: u32 = u32::MAX;

/// One event.
struct Row {
    /// Its number among the events found with it.
    n: u32,
    id: String,
    kind: u32,
    first: Option<Date>,
    last: Option<Date>,
    place: u32,
    /// From where to where its actors stand in [`Index::event_actors`].
    actors: (u32, u32),
    /// A bit for each harm of [`Harm::ALL`].
    harms: u16,
    toll: i64,
    origins: u32,
    disputed: bool,
    /// A bit for each language of [`Index::languages`].
    languages: u32,
}

/// A place of some events.
pub(crate) struct PlaceEntry {
    pub(crate) place: EventPlace,
    pub(crate) country: Option<&'static str>,
    containers: Vec<String>,
    folded: Vec<String>,
}

/// An actor of some events.
pub(crate) struct ActorEntry {
    pub(crate) id: Option<String>,
    pub(crate) name: String,
    folded: Vec<String>,
}

/// How many events have which value.
pub(crate) struct Tally<'i> {
    pub(crate) total: u64,
    pub(crate) types: Vec<(&'i str, u64)>,
    pub(crate) actors: Vec<(&'i ActorEntry, u64)>,
    pub(crate) places: Vec<(&'i PlaceEntry, u64)>,
    pub(crate) months: Vec<(String, u64)>,
    pub(crate) countries: Vec<(&'i str, u64)>,
    pub(crate) untimed: u64,
    pub(crate) unplaced: u64,
}

/// A page of ids.
pub(crate) struct Found {
    pub(crate) ids: Vec<String>,
    pub(crate) next: Option<Cursor>,
    pub(crate) total: u64,
}

/// All events of one collation.
pub(crate) struct Index {
    collations: u64,
    rows: Vec<Row>,
    kinds: Vec<String>,
    languages: Vec<String>,
    places: Vec<PlaceEntry>,
    actors: Vec<ActorEntry>,
    event_actors: Vec<u32>,
    /// The events from the smallest key to the greatest, those without one last; for each [`SortBy`].
    orders: [Vec<u32>; 3],
}

/// What a filter has come to in this index: whatever needs words compared is compared once, not for each event.
struct Sieve<'q> {
    query: &'q EventQuery,
    kinds: Option<Vec<bool>>,
    places: Option<Vec<bool>>,
    actors: Option<Vec<bool>>,
    harm: Option<u16>,
    language: Option<u32>,
    words: Option<&'q HashSet<u32>>,
}

impl Index {
    /// Read all events.
    pub(crate) fn read(ledger: &Ledger, state: &State, known: &Known) -> Result<Self, LedgerError> {
        let mut making = Making::new(known);
        ledger.each_event_row(|row| making.add(&row))?;
        Ok(making.finish(state.collations))
    }

    /// Is it of the collation that the ledger has in this state?
    pub(crate) fn is_of(&self, state: &State) -> bool {
        self.collations == state.collations
    }

    /// A page of the events that pass. `words` are the numbers of those in which the query's words stand.
    pub(crate) fn find(&self, query: &EventQuery, words: Option<&HashSet<u32>>, paging: &Paging) -> Found {
        let sieve = self.sieve(query, words);
        let order = &self.orders[paging.by as usize];
        let keyed = order.partition_point(|&at| self.key(paging.by, at).is_some());
        let (with, without) = order.split_at(keyed);
        let ordered: Box<dyn Iterator<Item = &u32>> =
            if paging.upwards { Box::new(with.iter().chain(without)) } else { Box::new(with.iter().rev().chain(without)) };
        let (mut found, mut total, mut more) = (Vec::with_capacity(paging.limit), 0, false);
        for &at in ordered {
            if !self.passes(&sieve, at) {
                continue;
            }
            total += 1;
            if paging.cursor.as_ref().is_none_or(|cursor| self.comes_after(paging, cursor, at)) {
                if found.len() < paging.limit { found.push(at) } else { more = true }
            }
        }
        let next = found
            .last()
            .filter(|_| more)
            .map(|&at| Cursor { key: self.key(paging.by, at).unwrap_or(UNKEYED), id: self.row(at).id.clone() });
        Found { ids: found.into_iter().map(|at| self.row(at).id.clone()).collect(), next, total }
    }

    /// Does the event come after the cursor's in this order? Those without a key come last, whichever way it runs.
    fn comes_after(&self, paging: &Paging, cursor: &Cursor, at: u32) -> bool {
        let (here, id) = (self.key(paging.by, at), self.row(at).id.as_str());
        match (here, cursor.key) {
            (None, UNKEYED) => id > cursor.id.as_str(),
            (None, _) => true,
            (Some(_), UNKEYED) => false,
            (Some(here), there) if paging.upwards => (here, id) > (there, cursor.id.as_str()),
            (Some(here), there) => (here, id) < (there, cursor.id.as_str()),
        }
    }

    /// How the events that pass spread over types, actors, places and months.
    pub(crate) fn tally(&self, query: &EventQuery, words: Option<&HashSet<u32>>) -> Tally<'_> {
        let sieve = self.sieve(query, words);
        let (mut kinds, mut places, mut actors) = (vec![0; self.kinds.len()], vec![0; self.places.len()], vec![0; self.actors.len()]);
        let mut months: BTreeMap<(i16, i8), u64> = BTreeMap::new();
        let (mut total, mut untimed, mut unplaced) = (0, 0, 0);
        for at in 0..self.rows.len() as u32 {
            if !self.passes(&sieve, at) {
                continue;
            }
            let row = self.row(at);
            total += 1;
            kinds[row.kind as usize] += 1;
            match places.get_mut(row.place as usize) {
                Some(count) => *count += 1,
                None => unplaced += 1,
            }
            match row.first.or(row.last) {
                Some(day) => *months.entry((day.year(), day.month())).or_default() += 1,
                None => untimed += 1,
            }
            let parties = self.actors_of(row);
            for (i, &actor) in parties.iter().enumerate() {
                // One that stands in several roles is counted once.
                if !parties[..i].contains(&actor) {
                    actors[actor as usize] += 1;
                }
            }
        }
        let mut countries: BTreeMap<&str, u64> = BTreeMap::new();
        for (place, count) in self.places.iter().zip(&places).filter(|(_, count)| **count > 0) {
            if let Some(country) = place.country {
                *countries.entry(country).or_default() += count;
            }
        }
        Tally {
            total,
            types: most(self.kinds.iter().map(String::as_str).zip(kinds), |kind| (*kind).to_owned()),
            actors: most(self.actors.iter().zip(actors), |actor| actor.name.clone()),
            places: most(self.places.iter().zip(places), |place| place.place.name.clone()),
            months: months.into_iter().map(|((year, month), count)| (format!("{year:04}-{month:02}"), count)).collect(),
            countries: most(countries.into_iter(), |country| (*country).to_owned()),
            untimed,
            unplaced,
        }
    }

    fn row(&self, at: u32) -> &Row {
        &self.rows[at as usize]
    }

    fn actors_of(&self, row: &Row) -> &[u32] {
        &self.event_actors[row.actors.0 as usize..row.actors.1 as usize]
    }

    fn key(&self, by: SortBy, at: u32) -> Option<i64> {
        let row = self.row(at);
        match by {
            SortBy::Time => row.first.or(row.last).map(day_number),
            SortBy::Harm => Some(row.toll),
            SortBy::Origins => Some(i64::from(row.origins)),
        }
    }

    fn sieve<'q>(&self, query: &'q EventQuery, words: Option<&'q HashSet<u32>>) -> Sieve<'q> {
        let kinds = query.event_type.as_ref().map(|asked| {
            let class = format!("{asked}.");
            self.kinds.iter().map(|kind| kind == asked || kind.starts_with(&class)).collect()
        });
        let places = (query.place.is_some() || query.country.is_some() || query.within.is_some())
            .then(|| self.places.iter().map(|place| place.passes(query)).collect());
        let actors = query.actor.as_ref().map(|asked| {
            let folded = marsad_text::fold(asked);
            self.actors.iter().map(|actor| actor.id.as_ref() == Some(asked) || holds(&actor.folded, &folded)).collect()
        });
        let language = query.language.as_ref().map(|asked| self.languages.iter().position(|l| l == asked).map_or(0, |bit| 1 << bit));
        Sieve { query, kinds, places, actors, harm: query.harm.map(harm_bit), language, words }
    }

    fn passes(&self, sieve: &Sieve<'_>, at: u32) -> bool {
        let row = self.row(at);
        let query = sieve.query;
        sieve.kinds.as_ref().is_none_or(|fits| fits[row.kind as usize])
            && query.min_origins.is_none_or(|least| row.origins >= least)
            && query.disputed.is_none_or(|disputed| row.disputed == disputed)
            && sieve.harm.is_none_or(|harm| row.harms & harm != 0)
            && sieve.language.is_none_or(|language| row.languages & language != 0)
            && query.from.is_none_or(|from| row.last.or(row.first).is_some_and(|last| last >= from))
            && query.to.is_none_or(|to| row.first.or(row.last).is_some_and(|first| first <= to))
            && sieve.places.as_ref().is_none_or(|fits| fits.get(row.place as usize).is_some_and(|fits| *fits))
            && sieve.actors.as_ref().is_none_or(|fits| self.actors_of(row).iter().any(|&actor| fits[actor as usize]))
            && sieve.words.is_none_or(|found| found.contains(&row.n))
    }
}

/// The key in a cursor that stands at an event without one.
const UNKEYED: i64 = i64::MIN;

fn day_number(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

fn harm_bit(harm: Harm) -> u16 {
    1 << (harm as u16)
}

fn holds(folded: &[String], asked: &str) -> bool {
    !asked.is_empty() && folded.iter().any(|name| name.contains(asked))
}

/// What has any, most first; of equals the one whose name comes first.
fn most<T>(counted: impl Iterator<Item = (T, u64)>, name: impl Fn(&T) -> String) -> Vec<(T, u64)> {
    let mut found: Vec<(T, u64)> = counted.filter(|(_, count)| *count > 0).collect();
    found.sort_by_cached_key(|(one, count)| (std::cmp::Reverse(*count), name(one)));
    found
}

impl PlaceEntry {
    fn passes(&self, query: &EventQuery) -> bool {
        let named = |asked: &String| {
            self.place.id.as_ref() == Some(asked) || self.containers.contains(asked) || holds(&self.folded, &marsad_text::fold(asked))
        };
        let inside = |within: Extent| self.place.lat.zip(self.place.lon).is_some_and(|(lat, lon)| within.holds(lat, lon));
        query.place.as_ref().is_none_or(named)
            && query.country.as_ref().is_none_or(|asked| self.country == Some(asked))
            && query.within.is_none_or(inside)
    }
}

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
struct Making<'k> {
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
    fn new(known: &'k Known) -> Self {
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

    fn add(&mut self, event: &EventRow) {
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

    fn finish(self, collations: u64) -> Index {
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
