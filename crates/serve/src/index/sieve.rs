//! Which events pass a filter.

use super::{Index, Numbers, PlaceEntry, harm_bit};
use crate::query::{EventQuery, Extent};

/// What a filter has come to in this index: whatever needs words compared is compared once, not for each event.
pub(super) struct Sieve<'q> {
    query: &'q EventQuery,
    kinds: Option<Vec<bool>>,
    places: Option<Vec<bool>>,
    actors: Option<Vec<bool>>,
    harm: Option<u16>,
    language: Option<u32>,
    words: Option<&'q Numbers>,
}

impl Index {
    pub(super) fn sieve<'q>(&self, query: &'q EventQuery, words: Option<&'q Numbers>) -> Sieve<'q> {
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

    pub(super) fn passes(&self, sieve: &Sieve<'_>, at: u32) -> bool {
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
            && sieve.words.is_none_or(|found| found.holds(row.n))
    }
}

fn holds(folded: &[String], asked: &str) -> bool {
    !asked.is_empty() && folded.iter().any(|name| name.contains(asked))
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
