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

pub use rules::{Rules, RulesError};
pub use ruling::Rulings;
pub use world::{Signal, World};

use case::{Case, Scene};
use corpus::Corpus;
use dates::Dates;
use marsad_model::{Claim, ClaimId, ClaimTime, Event, EventId, Lineage, Mention, MentionKind, OriginId, Published, Report, ReportId, Span};
use origin::Origins;
use pair::Judge;
use rayon::prelude::*;
use ruling::{Tellings, Units};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// One report with what was read in it.
#[derive(Debug, Clone)]
pub struct Analysed {
    /// The report.
    pub report: Report,
    /// The actor on whose side its source stands, as knowledge has it; outlets of one side are one voice.
    pub side: Option<String>,
    /// What it says.
    pub claims: Vec<Claim<Span>>,
    /// What it names.
    pub mentions: Vec<Mentioned>,
}

/// What comparing asks of a mention. All reports of a ledger are held at once, so the rest is left where it is stored.
#[derive(Debug, Clone)]
pub struct Mentioned {
    /// What it names.
    pub kind: MentionKind,
    /// The words.
    pub span: Span,
    /// Knowledge's or the gazetteer's id.
    pub id: Option<Box<str>>,
    /// What a time, number or weapon comes to.
    pub value: Option<Box<str>>,
    /// What a person is called; of all else the id tells.
    pub name: Box<str>,
}

impl From<Mention<Span>> for Mentioned {
    fn from(mention: Mention<Span>) -> Self {
        let name = if mention.kind == MentionKind::Person { mention.name } else { String::new() };
        let boxed = |word: Option<String>| word.map(String::into_boxed_str);
        Self { kind: mention.kind, span: mention.span, id: boxed(mention.id), value: boxed(mention.value), name: name.into_boxed_str() }
    }
}

/// What many reports come to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Collation {
    /// Each report's ties to others; `here` of a tie is always this report. Reports without ties are absent.
    pub lineage: BTreeMap<ReportId, Vec<Lineage<Span>>>,
    /// Each report's origin.
    pub report_origin: BTreeMap<ReportId, OriginId>,
    /// Each claim's origin: its report's, or that of whoever the claim is taken from.
    pub claim_origin: FxHashMap<ClaimId, OriginId>,
    /// The event of each claim that has one.
    pub claim_event: BTreeMap<ClaimId, EventId>,
    /// The events, sorted by id. Their grades hold [`Grade::LOADED`](marsad_model::Grade::LOADED) in place of `sources`.
    pub events: Vec<Event>,
    /// Dates that reports without one got from the reports they copy or translate, and what bounds those of others.
    pub published: BTreeMap<ReportId, Published>,
    /// Times of claims that such a date resolved.
    pub times: BTreeMap<ClaimId, ClaimTime<Span>>,
    /// How many sources are loaded: those with a name, one media family being one, and each telling that names none.
    pub sources: usize,
}

/// Tie, trace, join and reconcile, with what people ruled before all that is scored. Reports given twice count once.
pub fn collate(reports: &[Analysed], world: &dyn World, rules: &Rules, rulings: &Rulings) -> Collation {
    let mut corpus = Corpus::new(reports);
    let ties = rulings.related(&corpus, lineage::trace(&corpus, world, rules));
    corpus.forget_words();
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
    let candidates = block::candidates(&facets, world, rules);
    let units = Units::new(&facets, rulings);
    let groups = cluster::events(&facets, &units, &candidates, &siblings, &judge, &rules.events);
    let scene = Scene::new(&corpus, &dates, &origins, &ties, tellings.ruled(), world, &rules.events);
    let mut built: Vec<(Event, &[usize])> = groups
        .par_iter()
        .filter_map(|g| Some((event::build(Case::new(&scene, g.iter().map(|&n| &facets[n]).collect()))?, g.as_slice())))
        .collect();
    built.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    part::assign(&mut built, &facets, &judge, world);
    let events: Vec<Event> = built.into_iter().map(|(event, _)| event).collect();
    let mut published = interval::all(&corpus, &dates, &ties, &events);
    published.extend(dates.spread.iter().filter_map(|&i| Some((id(i), dates.published[i].clone()?))));
    let sources = scene.voices;
    let claim_event = events.iter().flat_map(|e| e.claims.iter().map(|c| (c.clone(), e.id.clone()))).collect();
    Collation {
        lineage: tie::told(&corpus, &ties),
        report_origin: origins.of_report.iter().enumerate().map(|(i, o)| (id(i), o.clone())).collect(),
        published,
        claim_origin: origins.of_claim,
        claim_event,
        events,
        times: dates.times,
        sources,
    }
}
