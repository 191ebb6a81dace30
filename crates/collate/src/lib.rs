//! Many analysed reports become lineage, origins and events: who copied or translated whom, what is one happening, what
//! agrees and what does not.
//!
//! In: reports with their claims and mentions, the world as knowledge has it, the rules. Out: a [`Collation`].
//!
//! **Invariants.** Pure: no clock, no file, no chance, and neither the order of the reports nor the number of threads matters. No circles: lineage
//! looks at what is written; then dates spread along it, once; then events. Nothing later feeds back. A score depends on
//! two reports or claims and static knowledge alone, never on what else was loaded, save that words which many texts of one
//! source have (its furniture), and those of walls, are no part of a text. Support counts origins, never reports.

mod alignment;
mod anchor;
mod block;
mod case;
mod claimed;
mod cluster;
mod copies;
mod corpus;
mod dates;
mod dictionary;
mod disjoint;
mod event;
mod facet;
mod grade;
mod hash;
mod interval;
mod lineage;
mod manner;
mod origin;
mod pair;
mod part;
mod passage;
mod position;
mod quote;
mod reconcile;
mod rules;
mod ruling;
mod shingle;
mod sibling;
mod tie;
mod toll;
mod translation;
mod world;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod tests;

pub use claimed::{Actor, Analysed, Claimed, Mentioned, Name, Names, Outlet, Place, PlaceCandidate, Reported, Teller};
pub use rules::{Rules, RulesError};
pub use ruling::Rulings;
pub use world::{Signal, World};

use case::{Case, Scene};
use corpus::Corpus;
use dates::Dates;
use event::Head;
use facet::Facet;
use marsad_model::{ClaimId, ClaimTime, Event, EventId, Lineage, OriginId, Published, ReportId, Span};
use origin::Origins;
use pair::Judge;
use rayon::prelude::*;
use ruling::{Tellings, Units};
use shingle::Shingles;
use std::collections::BTreeMap;

/// What many reports come to.
pub struct Collation<'a> {
    /// Each report's ties to others; `here` of a tie is always this report. Reports without ties are absent.
    pub lineage: BTreeMap<ReportId, Vec<Lineage<Span>>>,
    corpus: &'a Corpus<'a>,
    origins: &'a Origins<'a>,
    /// The events.
    pub events: Events<'a>,
    /// Dates that reports without one got from the reports they copy or translate, and what bounds those of others.
    pub published: BTreeMap<ReportId, Published>,
    /// Times of claims that such a date resolved.
    pub times: &'a BTreeMap<ClaimId, ClaimTime<Span>>,
    /// How many sources are loaded: those with a name, one media family being one, and each telling that names none.
    pub sources: usize,
}

impl Collation<'_> {
    /// A report's origin.
    pub fn report_origin(&self, report: &ReportId) -> Option<&OriginId> {
        self.origins.id_of_report(self.corpus.find(report)?)
    }

    /// A claim's origin: its report's, or that of whoever the claim is taken from.
    pub fn claim_origin(&self, claim: &ClaimId) -> Option<&OriginId> {
        self.origins.id_of_claim(claim)
    }
}

/// The events that were found, in the order of their ids. Each is set down when it is asked for: all of them take more room than
/// what they are made of.
pub struct Events<'a> {
    scene: &'a Scene<'a>,
    facets: &'a [Facet<'a>],
    heads: Vec<Head<'a>>,
}

impl<'a> Events<'a> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// The place of the event with this id.
    pub fn find(&self, id: &EventId) -> Option<usize> {
        self.heads.binary_search_by(|head| head.id.cmp(id)).ok()
    }

    /// Each claim that has an event, with the event's id.
    pub fn of_claims(&self) -> impl Iterator<Item = (&'a ClaimId, &EventId)> {
        self.heads.iter().flat_map(|head| head.group.iter().map(|&f| (&self.facets[f].claim.id, &head.id)))
    }

    /// The event at this place, whole. Its grade holds [`Grade::LOADED`](marsad_model::Grade::LOADED) in place of `sources`.
    pub fn get(&self, n: usize) -> Option<Event> {
        let head = self.heads.get(n)?;
        let part_of = head.part_of.map(|whole| self.heads[whole].id.clone());
        event::build(Case::new(self.scene, head.group.iter().map(|&f| &self.facets[f]).collect()), part_of)
    }
}

/// Tie, trace, join and reconcile, with what people ruled before all that is scored. Reports given twice count once. What was
/// found is handed to `take`, which may ask for each event.
pub fn collate<R>(reports: &[Analysed], world: &dyn World, rules: &Rules, rulings: &Rulings, take: impl FnOnce(Collation<'_>) -> R) -> R {
    let (corpus, shingles) = Corpus::new(reports, |words| Shingles::of(words, rules.copies.shingle_words));
    let ties = rulings.related(&corpus, lineage::trace(&corpus, shingles, world, rules));
    let dates = Dates::spread(&corpus, &ties);
    let tellings = Tellings::new(&corpus, rulings);
    let mut origins = Origins::trace(&corpus, &ties, &tellings, rules);
    let id = |i: usize| corpus.get(i).report.id.clone();
    let facets = facet::all(&corpus, &dates, rules, rulings);
    let judge = Judge::new(world, rules);
    let mut siblings = sibling::pairs(&facets, &ties, &judge);
    origins.unify(&facets, &siblings);
    siblings.extend(sibling::retold(&facets));
    siblings.sort_unstable();
    origins.mark_independent(&corpus, &tellings, rulings);
    let judge = judge.with_siblings(&siblings);
    let groups = {
        let candidates = block::candidates(&facets, world, rules);
        let units = Units::new(&facets, rulings);
        cluster::events(&facets, &units, candidates, &siblings, &judge, &rules.events)
    };
    let scene = Scene::new(&corpus, &dates, &origins, &ties, tellings.ruled(), world, &rules.events);
    let mut heads: Vec<Head<'_>> = groups.into_par_iter().filter_map(|g| Head::of(&scene, &facets, g)).collect();
    heads.sort_by(|a, b| a.id.cmp(&b.id));
    part::assign(&mut heads, &facets, &judge, world);
    let mut published = interval::all(&corpus, &dates, &ties, &facets, &heads);
    published.extend(dates.spread.iter().filter_map(|&i| Some((id(i), dates.published[i].as_deref()?.clone()))));
    let lineage = tie::told(&corpus, &ties);
    drop((ties, judge, siblings));
    take(Collation {
        lineage,
        corpus: &corpus,
        origins: &origins,
        published,
        events: Events { scene: &scene, facets: &facets, heads },
        times: &dates.times,
        sources: scene.voices,
    })
}
