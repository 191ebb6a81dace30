//! Naming: which actor a name means, where it may mean several, and why.
//!
//! Dates have been looked at before ([`marsad_knowledge::ActorName::holds_on`]). Of the actors that still bear the name,
//! the one is meant that the report's other names belong to, or else the one that acts in the country that the report
//! speaks of most. Where that is a tie, the country that the source reports from decides; where that is none, nothing
//! does: the candidates stay, and no id is given. So they do where a name that others bear elsewhere stands in a report
//! that does not speak of the actor's country.

use crate::item::Item;
use crate::passage::Passage;
use marsad_knowledge::{Actors, Entry, Flavour, Refers};
use marsad_model::{Candidate, Report, Span};
use marsad_text::Hit;
use std::collections::{BTreeMap, BTreeSet};

/// A stretch of text that names an actor, or one of several.
#[derive(Debug, Clone)]
pub(crate) struct Naming {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) span: Span,
    /// Index into the names of the one that is meant.
    pub(crate) chosen: Option<u32>,
    why: Why,
    /// The names of others that are written the same, the likelier first.
    others: Vec<(u32, Evidence)>,
}

/// What decided.
#[derive(Debug, Clone, PartialEq)]
enum Why {
    /// No other actor bears the name at the report's time.
    Alone,
    /// The report has a name of its own for it as well.
    Named,
    /// Another name in the report belongs with this one of them.
    Company,
    /// The report speaks of its country.
    Country,
    /// The source reports from its country.
    Source,
    /// Nothing.
    Open,
}

/// What speaks for one of several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Evidence {
    /// The report calls it by a name that is its own, too.
    named: bool,
    /// Actors named in the report that knowledge puts together with it.
    company: u32,
    /// Names in the report of actors and places of its countries.
    country: u32,
}

/// The actors and countries that a report names beyond doubt.
#[derive(Default)]
struct Surroundings<'k> {
    actors: BTreeMap<u32, u32>,
    countries: BTreeMap<&'k str, u32>,
    /// The countries of which a name may be that of a place.
    perhaps: BTreeSet<&'k str>,
    home: Option<&'k str>,
}

/// Decide every name of an actor, and take away those that are none here. Names that nothing decides are marked on their
/// items, so that the words still make a party.
pub(crate) fn decide(passage: &mut Passage, hits: &[Hit<Entry>], report: &Report) {
    let mut rows = std::mem::take(&mut passage.rows);
    let around = surroundings(passage, &rows, report);
    let mut namings = Vec::new();
    for row in &mut rows {
        for at in 1..row.len() {
            if row[at].place.is_some() && is_land(passage, &row[at - 1]) {
                row[at].entries.retain(|e| !matches!(e, Entry::ActorName(_)));
            }
        }
    }
    for item in rows.iter_mut().flatten() {
        let Some(written) = names(item).next().and_then(|_| hits.binary_search_by_key(&item.first, |h| h.first).ok()) else { continue };
        let naming = naming(passage, item, &hits[written], &around);
        let actor = naming.chosen.map(|n| passage.knowledge.actors.names[n as usize].actor);
        item.entries.retain(|e| if let Entry::ActorName(n) = e { passage.actor(*n) == actor } else { true });
        let goes_back = matches!(item.refers(), Some(Refers::Group | Refers::Force | Refers::Coalition));
        if actor.is_none() && (naming.others.is_empty() || goes_back) {
            continue;
        }
        item.several = actor.is_none();
        namings.push(naming);
    }
    passage.rows = rows;
    passage.namings = namings;
}

/// "Southern Lebanon": does the word make a stretch of land of the state whose name follows?
fn is_land(passage: &Passage, before: &Item) -> bool {
    before.party.is_none() && passage.language.grammar.place_parts.iter().any(|part| passage.words.folded(before.last) == part)
}

fn names(item: &Item) -> impl Iterator<Item = u32> + '_ {
    item.entries.iter().filter_map(|e| if let Entry::ActorName(n) = e { Some(*n) } else { None })
}

fn naming(passage: &Passage, item: &Item, hit: &Hit<Entry>, around: &Surroundings) -> Naming {
    let list = &passage.knowledge.actors.names;
    let mut able: Vec<(u32, Evidence)> = Vec::new();
    let mut far: Vec<(u32, Evidence)> = Vec::new();
    for name in names(item) {
        let row = &list[name as usize];
        if row.flavour == Flavour::Short && !around.actors.contains_key(&row.actor) {
            continue;
        }
        let near = !row.local || around.speaks_of(&passage.knowledge.actors, row.actor);
        let among = if near { &mut able } else { &mut far };
        if !among.iter().any(|(n, _)| list[*n as usize].actor == row.actor) {
            among.push((name, Evidence::default()));
        }
    }
    if able.is_empty() {
        return Naming { first: item.first, last: item.last, span: item.span, chosen: None, why: Why::Open, others: far };
    }
    let (chosen, why) = match able.as_mut_slice() {
        [] => (None, Why::Open),
        [(only, _)] => (Some(*only), Why::Alone),
        several => {
            for (name, evidence) in several.iter_mut() {
                *evidence = around.of(&passage.knowledge.actors, list[*name as usize].actor);
            }
            several.sort_by_key(|(_, evidence)| std::cmp::Reverse(*evidence));
            around.choose(&passage.knowledge.actors, several)
        }
    };
    let actor = chosen.map(|n| list[n as usize].actor);
    let mut others: Vec<(u32, Evidence)> = able.into_iter().filter(|(n, _)| Some(list[*n as usize].actor) != actor).collect();
    // Whoever bore the name at another time comes after those who bear it now.
    if chosen.is_some() {
        for entry in hit.values {
            if let Entry::ActorName(n) = entry
                && !list[*n as usize].holds_on(passage.day)
                && Some(list[*n as usize].actor) != actor
                && !others.iter().any(|(o, _)| list[*o as usize].actor == list[*n as usize].actor)
            {
                others.push((*n, Evidence::default()));
            }
        }
    }
    Naming { first: item.first, last: item.last, span: item.span, chosen, why, others }
}

fn surroundings<'k>(passage: &Passage<'k, '_>, rows: &[Vec<Item>], report: &Report) -> Surroundings<'k> {
    let actors: &'k Actors = &passage.knowledge.actors;
    let mut around = Surroundings::default();
    let source = report.source.id.as_deref().and_then(|id| passage.knowledge.sources.get(id));
    around.home = source.and_then(|s| s.home.as_deref().or(s.country.as_deref()));
    for item in rows.iter().flatten() {
        let mut named = names(item).map(|n| &actors.names[n as usize]);
        let Some(first) = named.next() else { continue };
        if first.flavour != Flavour::Short && !first.local && named.all(|n| n.actor == first.actor) {
            *around.actors.entry(first.actor).or_default() += 1;
            for country in &actors.list[first.actor as usize].acts_in {
                *around.countries.entry(country).or_default() += 1;
            }
        }
    }
    let gazetteer = passage.gazetteer;
    for place in &passage.places {
        let mut countries = place.candidates.iter().map(|c| gazetteer.place(c.place).country);
        around.perhaps.extend(countries.clone().flatten().filter(|_| !place.weak));
        if let Some(Some(country)) = countries.next()
            && countries.all(|c| c == Some(country))
        {
            *around.countries.entry(country).or_default() += 1;
        }
    }
    around
}

impl Surroundings<'_> {
    /// Does the report speak of the actor, of one that belongs with it, or of where it acts?
    fn speaks_of(&self, actors: &Actors, actor: u32) -> bool {
        let speaks = |c: &String| self.countries.contains_key(c.as_str()) || self.perhaps.contains(c.as_str()) || self.home == Some(c);
        let acts_in = &actors.list[actor as usize].acts_in;
        acts_in.iter().any(speaks) || self.actors.keys().any(|other| *other == actor || actors.related(actor, *other))
    }

    fn of(&self, actors: &Actors, actor: u32) -> Evidence {
        let company = self.actors.keys().filter(|other| **other != actor && actors.related(actor, **other)).count() as u32;
        let acts_in = &actors.list[actor as usize].acts_in;
        let country = acts_in.iter().filter_map(|c| self.countries.get(c.as_str())).sum::<u32>();
        Evidence { named: self.actors.contains_key(&actor), company, country }
    }

    /// Of several, the likeliest first, the one that is meant, if one is.
    fn choose(&self, actors: &Actors, several: &[(u32, Evidence)]) -> (Option<u32>, Why) {
        let [(best, evidence), (_, next), ..] = several else { return (None, Why::Open) };
        if evidence.named && !next.named {
            return (Some(*best), Why::Named);
        }
        if evidence.country > next.country && evidence.company >= next.company {
            return (Some(*best), Why::Country);
        }
        if evidence.company > next.company && evidence.country >= next.country {
            return (Some(*best), Why::Company);
        }
        let at_home = |name: &u32| {
            let acts_in = &actors.list[actors.names[*name as usize].actor as usize].acts_in;
            self.home.is_some_and(|home| acts_in.iter().any(|c| c == home))
        };
        let mut home = several.iter().map(|(n, _)| n).filter(|n| at_home(n));
        match (home.next(), home.next()) {
            (Some(one), None) if *evidence == *next => (Some(*one), Why::Source),
            _ => (None, Why::Open),
        }
    }
}

impl Naming {
    /// Why this actor, for a person to read.
    pub(crate) fn because(&self, passage: &Passage) -> Option<String> {
        let name = &passage.knowledge.actors.names[self.chosen? as usize];
        let mut said = match name.flavour {
            Flavour::Neutral => format!("“{}” names it", name.name),
            Flavour::Own => format!("“{}”, its own word for itself", name.name),
            Flavour::Pejorative => format!("“{}”, a word of its opponents for it", name.name),
            Flavour::Abbreviation if name.capitals => format!("“{}”, an abbreviation in capitals", name.name),
            Flavour::Abbreviation => format!("“{}”, an abbreviation", name.name),
            Flavour::Nationality => format!("“{}”, a nationality of it", name.name),
            Flavour::Metonym => format!("“{}” stands for it", name.name),
            Flavour::Short => format!("“{}”, short for a name that the report has as well", name.name),
        };
        said.push_str(&window(name.from, name.to));
        said.push_str(match self.why {
            Why::Alone | Why::Open => "",
            Why::Named => "; the report names it otherwise, too",
            Why::Company => "; the report names who belongs with it",
            Why::Country => "; the report speaks most of where it acts",
            Why::Source => "; the source reports from where it acts",
        });
        Some(said)
    }

    /// What came second, and why only second.
    pub(crate) fn second(&self, passage: &Passage) -> Option<Candidate> {
        self.chosen?;
        self.others.first().map(|other| candidate(passage, other))
    }

    /// Who may be meant, where nothing decides.
    pub(crate) fn candidates(&self, passage: &Passage) -> Vec<Candidate> {
        if self.chosen.is_some() { Vec::new() } else { self.others.iter().map(|other| candidate(passage, other)).collect() }
    }
}

/// An actor that may be meant, and what speaks for it.
fn candidate(passage: &Passage, (name, evidence): &(u32, Evidence)) -> Candidate {
    let actors = &passage.knowledge.actors;
    let row = &actors.names[*name as usize];
    let mut because = format!("“{}” names it as well{}", row.name, window(row.from, row.to));
    if evidence.company + evidence.country > 0 {
        because.push_str(&format!("; {} of what the report names speaks for it", evidence.company + evidence.country));
    }
    Candidate { id: actors.list[row.actor as usize].id.clone(), because }
}

/// When a name meant its actor.
fn window(from: Option<jiff::civil::Date>, to: Option<jiff::civil::Date>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!(" from {from} to {to}"),
        (Some(from), None) => format!(" from {from}"),
        (None, Some(to)) => format!(" until {to}"),
        (None, None) => String::new(),
    }
}
