//! The events of a ledger in memory, as far as filters, orders and counts need them.
//!
//! A few dozen bytes an event, read once; after each collation the events that it changed are read anew. A filter then looks
//! at every event in a millisecond or two for a hundred thousand, whatever it asks for and however many ask at once; an exact
//! count of all that pass comes with it.

mod making;
mod sieve;

use crate::known::Known;
use crate::query::{Cursor, EventQuery, Paging, SortBy};
use jiff::civil::Date;
use making::Making;
use marsad_ledger::{Ledger, LedgerError, Mark, SourceLine, State};
use marsad_model::{EventId, EventPlace, Harm};
use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

/// No place.
const NONE: u32 = u32::MAX;
/// So many actors that no event has any more are never worth reading all anew.
const SPARE: usize = 1_000;

/// One event.
#[derive(Clone)]
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
#[derive(Clone)]
pub(crate) struct PlaceEntry {
    pub(crate) place: EventPlace,
    pub(crate) country: Option<&'static str>,
    containers: Vec<String>,
    folded: Vec<String>,
}

/// An actor of some events.
#[derive(Clone)]
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
    /// How far the events had come; `None` where the ledger keeps no such marks yet.
    mark: Option<Mark>,
    sources: OnceLock<Vec<SourceLine>>,
    rows: Vec<Row>,
    kinds: Vec<String>,
    languages: Vec<String>,
    places: Vec<PlaceEntry>,
    actors: Vec<ActorEntry>,
    event_actors: Vec<u32>,
    /// The events from the smallest key to the greatest, those without one last; for each [`SortBy`].
    orders: [Vec<u32>; 3],
}

/// A set of events by their numbers: a bit for each.
#[derive(Default)]
pub(crate) struct Numbers(Vec<u64>);

impl Numbers {
    fn holds(&self, n: u32) -> bool {
        self.0.get(n as usize / 64).is_some_and(|bits| bits & 1 << (n % 64) != 0)
    }
}

impl FromIterator<u32> for Numbers {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        let mut set = Self::default();
        for n in numbers {
            let at = n as usize / 64;
            if set.0.len() <= at {
                set.0.resize(at + 1, 0);
            }
            set.0[at] |= 1 << (n % 64);
        }
        set
    }
}

impl Index {
    /// Read all events.
    pub(crate) fn read(ledger: &Ledger, state: &State, known: &Known) -> Result<Self, LedgerError> {
        let mut making = Making::new(known);
        ledger.each_event_row(|row| making.add(&row))?;
        Ok(making.finish(state.collations, ledger.mark()?))
    }

    /// The index of the ledger as it is now, made from this one by reading what changed since; `None` where that is too much to
    /// be worth it, or where nobody knows.
    pub(crate) fn renewed(&self, ledger: &Ledger, state: &State, known: &Known) -> Result<Option<Self>, LedgerError> {
        let Some(changes) = self.mark.as_ref().map(|mark| ledger.changes_since(mark)).transpose().unwrap_or(None) else { return Ok(None) };
        let others = changes.changed.len() + changes.gone.len();
        // Values that no event has any more stay behind each time; reading all anew leaves them out.
        let live: usize = self.rows.iter().map(|row| (row.actors.1 - row.actors.0) as usize).sum();
        if others * 2 > self.rows.len() || self.event_actors.len() > 2 * live + SPARE {
            return Ok(None);
        }
        let gone: HashSet<&str> = changes.gone.iter().map(|g| g.id.as_str()).collect();
        let stays = |id: &str| !gone.contains(id) && !changes.changed.contains(&EventId::from(id));
        let mut making = Making::from(self, known, stays);
        for id in &changes.changed {
            if let Some(row) = ledger.event_row(id)? {
                making.add(&row);
            }
        }
        Ok(Some(making.finish(state.collations, ledger.mark()?)))
    }

    /// Who published the reports that were compared; read once for each index.
    pub(crate) fn sources(&self, ledger: &Ledger) -> Result<&[SourceLine], LedgerError> {
        if let Some(sources) = self.sources.get() {
            return Ok(sources);
        }
        let read = ledger.sources()?;
        Ok(self.sources.get_or_init(|| read))
    }

    /// Is it of the collation that the ledger has in this state?
    pub(crate) fn is_of(&self, state: &State) -> bool {
        self.collations == state.collations
    }

    /// A page of the events that pass. `words` are the numbers of those in which the query's words stand.
    pub(crate) fn find(&self, query: &EventQuery, words: Option<&Numbers>, paging: &Paging) -> Found {
        let sieve = self.sieve(query, words);
        let order = &self.orders[paging.by as usize];
        let keyed = order.partition_point(|&at| self.key(paging.by, at).is_some());
        let (with, without) = order.split_at(keyed);
        let ordered: Box<dyn Iterator<Item = &u32>> =
            if paging.upwards { Box::new(with.iter().chain(without)) } else { Box::new(with.iter().rev().chain(without)) };
        let (mut found, mut total, mut more) = (Vec::new(), 0, false);
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
    pub(crate) fn tally(&self, query: &EventQuery, words: Option<&Numbers>) -> Tally<'_> {
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
            actors: most(self.actors.iter().zip(actors), |actor| told_apart(&actor.name, actor.id.as_deref())),
            places: most(self.places.iter().zip(places), |entry| told_apart(&entry.place.name, entry.place.id.as_deref())),
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
}

/// The key in a cursor that stands at an event without one.
const UNKEYED: i64 = i64::MIN;

fn day_number(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

fn harm_bit(harm: Harm) -> u16 {
    1 << (harm as u16)
}

/// A name to order by, and of those that share one the id.
fn told_apart(name: &str, id: Option<&str>) -> String {
    format!("{name}\n{}", id.unwrap_or(""))
}

/// What has any, most first; of equals the one whose name comes first.
fn most<T>(counted: impl Iterator<Item = (T, u64)>, name: impl Fn(&T) -> String) -> Vec<(T, u64)> {
    let mut found: Vec<(T, u64)> = counted.filter(|(_, count)| *count > 0).collect();
    found.sort_by_cached_key(|(one, count)| (std::cmp::Reverse(*count), name(one)));
    found
}
