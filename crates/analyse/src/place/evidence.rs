//! What speaks for each place that a name may mean: how well known it is, and what else the report names.
//!
//! All of it is in one scale: a tenfold number of people weighs [`DECADE`].

use super::PlaceMention;
use crate::passage::Passage;
use marsad_gazetteer::{Candidate as Listed, Gazetteer, Place, PlaceId, PlaceKind, PlaceRef, Seat, distance_km};
use marsad_knowledge::ActorKind;
use marsad_model::Report;
use std::collections::{BTreeMap, BTreeSet};

/// Ten times as many people.
const DECADE: f64 = 0.7;
/// A name without an article in the lists for one with it in the text, or the reverse, in Arabic.
const ARTICLE: f64 = 0.9;
/// One of many names that GeoNames collected.
const ALTERNATE: f64 = 0.4;
/// Whoever is named speaks this much for each country that he makes war in beside his own.
const ABROAD: f64 = 0.5;
/// How sharply what speaks for places turns into shares of belief.
const SHARPNESS: f64 = 1.6;
/// A name said again adds this much to its vote, up to four times.
const AGAIN: f64 = 0.25;
/// A country that all the rest of the report is about.
const COUNTRY: f64 = 4.0;
/// What holds the place is named elsewhere in the report.
const HELD: f64 = 2.0;
/// What holds the place is named right after it.
const QUALIFIED: f64 = 4.0;
/// A place noun says what sort it is.
const NOUN: f64 = 2.0;
/// The sum of what neighbours may add.
const NEIGHBOURS: f64 = 3.0;
/// Neighbours speak for one another the more the nearer: at this distance, in kilometres, by a third.
const REACH_KM: f64 = 60.0;
/// Further apart, they are no neighbours.
const FAR_KM: f64 = 250.0;
/// A degree of latitude, in kilometres.
const DEGREE_KM: f64 = 111.0;
/// A candidate with less belief than this speaks for nothing.
const LIKELY: f64 = 0.15;
/// The country that a source reports from is one that the report may be about.
const HOME: f64 = 1.0;

/// A place that a name may mean, and what speaks for it.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub(super) place: Place<'static>,
    point: Option<(f64, f64)>,
    /// What is known of it before the report is looked at.
    prior: f64,
    /// The share of the report's other names that speak for its country.
    pub(super) country: f64,
    /// What holds it, named elsewhere in the report.
    pub(super) held: Option<PlaceRef>,
    /// What holds it, named right after it.
    pub(super) qualified: Option<PlaceRef>,
    /// What its neighbours add, and the nearest.
    near: f64,
    pub(super) neighbour: Option<(PlaceRef, f64)>,
    /// What the noun before it adds.
    pub(super) noun: f64,
    /// The share of belief it has among the places of its name.
    pub(super) belief: f64,
}

impl Reading {
    pub(super) fn score(&self) -> f64 {
        let named = if self.qualified.is_some() {
            QUALIFIED
        } else if self.held.is_some() {
            HELD
        } else {
            0.0
        };
        self.prior + COUNTRY * self.country + named + self.near + self.noun
    }
}

/// All mentions of one name, and the places it may mean.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) mentions: Vec<usize>,
    pub(super) options: Vec<Reading>,
    /// Nothing but its letters says that it is a place.
    weak: bool,
    /// Each time a noun says that it lies in a town: a square, a street, a quarter.
    pub(super) inside: bool,
}

/// The names of a report in the order of first mention, with all that speaks for the places they may mean.
pub(super) fn names(gazetteer: &Gazetteer, passage: &Passage, report: &Report) -> Vec<Name> {
    let mut names = group(gazetteer, passage);
    for name in &mut names {
        believe(name);
    }
    let votes = Votes::count(gazetteer, passage, report, &names);
    votes.tell(&mut names);
    for name in &mut names {
        believe(name);
    }
    neighbours(&mut names);
    held(gazetteer, &mut names);
    qualified(gazetteer, passage, &mut names);
    for name in &mut names {
        believe(name);
    }
    names
}

/// How much the report speaks of each country, in all.
pub(super) fn country_shares(names: &[Name], passage: &Passage) -> BTreeMap<String, f64> {
    let votes = Votes::of_names(passage, names);
    let total = votes.total.max(1.0);
    votes.countries.into_iter().map(|(country, vote)| (country, vote / total)).collect()
}

fn group(gazetteer: &Gazetteer, passage: &Passage) -> Vec<Name> {
    let (mut names, mut at): (Vec<Name>, BTreeMap<String, usize>) = (Vec::new(), BTreeMap::new());
    for (i, mention) in passage.places.iter().enumerate().filter(|(_, m)| !m.candidates.is_empty()) {
        let key = marsad_text::fold(&mention.written);
        let name = *at.entry(key).or_insert_with(|| {
            names.push(Name { mentions: Vec::new(), options: options(gazetteer, passage, mention), weak: true, inside: true });
            names.len() - 1
        });
        names[name].mentions.push(i);
        names[name].weak &= mention.weak;
        let noun = mention.noun.map(|n| passage.language.place_nouns[n as usize].kind.as_str());
        names[name].inside &= noun.is_some_and(|n| INSIDE.contains(&n));
        let fits: Vec<f64> = names[name].options.iter().map(|o| noun_fits(passage, mention, o.place.kind) * NOUN).collect();
        for (option, fit) in names[name].options.iter_mut().zip(fits) {
            if fit.abs() > option.noun.abs() {
                option.noun = fit;
            }
        }
    }
    names
}

fn options(gazetteer: &Gazetteer, passage: &Passage, mention: &PlaceMention) -> Vec<Reading> {
    let arabic = passage.language.grammar.verb_first;
    let option = |listed: &Listed| {
        let place = gazetteer.place(listed.place);
        let agrees = if mention.with_article { listed.with_article } else { listed.without_article };
        let mut prior = prominence(&place);
        prior -= if agrees || !arabic { 0.0 } else { ARTICLE };
        prior -= if listed.alternate { ALTERNATE } else { 0.0 };
        // A language names the places of its own world first.
        prior += if arabic && place.country.is_some_and(|c| gazetteer.is_near(c)) { DECADE } else { 0.0 };
        Reading {
            place,
            point: gazetteer.location(listed.place).map(|l| l.point),
            prior,
            country: 0.0,
            held: None,
            qualified: None,
            near: 0.0,
            neighbour: None,
            noun: 0.0,
            belief: 0.0,
        }
    };
    mention.candidates.iter().map(option).collect()
}

/// How likely it is that a name means this place rather than another, in a report of which nothing is known.
fn prominence(place: &Place) -> f64 {
    let people = DECADE * f64::from(place.population.max(10)).log10();
    let seat = match place.seat {
        Seat::Country => 1.4,
        Seat::Division => 0.3,
        Seat::None => 0.0,
    };
    match place.kind {
        PlaceKind::Country => 6.0,
        PlaceKind::Region | PlaceKind::Water => 5.0,
        PlaceKind::Admin1 => (1.4 + 0.6 * people).max(2.8),
        PlaceKind::Admin2 => 0.5 + 0.6 * people,
        // The project's own list was made for the wars that reports are about.
        _ if matches!(place.id, PlaceId::Own(_)) => people.max(2.8),
        PlaceKind::Settlement => people + seat,
        _ => people - 0.5,
    }
}

/// Sorts of places that lie in towns.
pub(super) const INSIDE: [&str; 3] = ["facility", "road", "quarter"];

/// A noun before the name ("province", «محافظة») says which sort of place is meant.
fn noun_fits(passage: &Passage, mention: &PlaceMention, kind: PlaceKind) -> f64 {
    let Some(noun) = mention.noun else { return 0.0 };
    let wanted = passage.language.place_nouns[noun as usize].kind.as_str();
    // «ساحة الكرامة», "the Karama quarter": what bears the name is no town, whatever lies far off.
    if kind == PlaceKind::Settlement && INSIDE.contains(&wanted) {
        return 0.0;
    }
    let fits = match kind {
        PlaceKind::Country => false,
        PlaceKind::Admin1 => wanted == "admin1",
        PlaceKind::Admin2 => wanted == "admin2",
        PlaceKind::Region => wanted == "region",
        PlaceKind::Water => wanted == "water",
        PlaceKind::Camp => wanted == "camp",
        PlaceKind::Field => wanted == "field",
        _ => matches!(wanted, "settlement" | "quarter" | "facility" | "base" | "crossing" | "road"),
    };
    if fits { 1.0 } else { -0.5 }
}

/// Turn scores into shares of belief.
fn believe(name: &mut Name) {
    let best = name.options.iter().map(Reading::score).fold(f64::MIN, f64::max);
    let weight = |o: &Reading| (SHARPNESS * (o.score() - best)).exp();
    let sum: f64 = name.options.iter().map(weight).sum();
    for option in &mut name.options {
        option.belief = weight(option) / sum;
    }
}

/// What speaks for each country.
#[derive(Debug, Default)]
struct Votes {
    countries: BTreeMap<String, f64>,
    total: f64,
}

impl Votes {
    fn add(&mut self, country: &str, vote: f64) {
        *self.countries.entry(country.to_owned()).or_default() += vote;
        self.total += vote;
    }

    fn count(gazetteer: &Gazetteer, passage: &Passage, report: &Report, names: &[Name]) -> Self {
        let mut votes = Self::of_names(passage, names);
        if let Some(home) = home(gazetteer, passage, report) {
            votes.add(&home, HOME);
        }
        votes
    }

    /// Names of places, each by how much it is believed to be in the country; states and nationalities.
    fn of_names(passage: &Passage, names: &[Name]) -> Self {
        let mut votes = Self::default();
        for name in names {
            for (country, vote) in own_votes(name) {
                votes.add(country, vote);
            }
        }
        let (mut states, mut abroad): (BTreeMap<&str, usize>, BTreeSet<&str>) = Default::default();
        for item in passage.rows.iter().flatten() {
            let ambiguous = item.place.is_some_and(|p| passage.places[p].candidates.len() > 1);
            if let Some(actor) = item.party.as_ref().and_then(|p| p.actor).filter(|_| !ambiguous) {
                let actor = &passage.knowledge.actors.list[actor as usize];
                if let Some(country) = &actor.country {
                    *states.entry(country).or_default() += 1;
                }
                abroad.extend(actor.acts_in.iter().filter(|c| Some(*c) != actor.country.as_ref()).map(String::as_str));
            }
        }
        for country in abroad.into_iter().filter(|c| !states.contains_key(c)) {
            votes.add(country, ABROAD);
        }
        for (country, times) in states {
            votes.add(country, repeated(times));
        }
        votes
    }

    /// Tell each candidate how much the rest of the report speaks for its country.
    fn tell(&self, names: &mut [Name]) {
        for name in names {
            let own: BTreeMap<&str, f64> = own_votes(name).collect();
            let rest = (self.total - own.values().sum::<f64>()).max(1.0);
            let share = |country: &str| {
                let all = self.countries.get(country).copied().unwrap_or(0.0);
                (all - own.get(country).copied().unwrap_or(0.0)).max(0.0) / rest
            };
            let shares: Vec<f64> = name.options.iter().map(|o| o.place.country.map_or(0.0, share)).collect();
            for (option, share) in name.options.iter_mut().zip(shares) {
                option.country = share;
            }
        }
    }
}

fn repeated(times: usize) -> f64 {
    1.0 + AGAIN * (times.min(5).saturating_sub(1)) as f64
}

/// The votes of one name, by country.
fn own_votes(name: &Name) -> impl Iterator<Item = (&'static str, f64)> {
    let mut votes: BTreeMap<&'static str, f64> = BTreeMap::new();
    if !name.weak {
        for option in &name.options {
            if let Some(country) = option.place.country {
                *votes.entry(country).or_default() += option.belief * repeated(name.mentions.len());
            }
        }
    }
    votes.into_iter()
}

/// The country that the report's source mostly reports from, or that its address belongs to.
fn home(gazetteer: &Gazetteer, passage: &Passage, report: &Report) -> Option<String> {
    let listed = report.source.id.as_ref().and_then(|id| passage.knowledge.sources.entries().iter().find(|s| s.id == *id));
    if let Some(home) = listed.and_then(|s| s.home.as_ref()) {
        let found = gazetteer.lookup_exact(home);
        let best = found.iter().map(|c| gazetteer.place(c.place)).max_by(|a, b| prominence(a).total_cmp(&prominence(b)))?;
        return best.country.map(str::to_owned);
    }
    let address = report.url.as_deref()?.split("://").last()?.split(['/', ':']).next()?;
    let domain = address.rsplit('.').next()?.to_uppercase();
    let named = || gazetteer.lookup_exact(&domain).into_iter().map(|c| gazetteer.place(c.place)).find(|p| p.kind == PlaceKind::Country);
    let state = gazetteer.state(&domain).map(|at| gazetteer.place(at)).or_else(named)?;
    state.country.map(str::to_owned)
}

/// A place that is likely meant, for its neighbours to look at.
struct Seen {
    name: usize,
    place: PlaceRef,
    point: (f64, f64),
    belief: f64,
}

/// Places named in one report lie near one another.
fn neighbours(names: &mut [Name]) {
    let extended = |kind| matches!(kind, PlaceKind::Country | PlaceKind::Region | PlaceKind::Water | PlaceKind::Admin1);
    let seen: Vec<Seen> = names
        .iter()
        .enumerate()
        .filter(|(_, name)| !name.weak)
        .flat_map(|(i, name)| name.options.iter().map(move |o| (i, o)))
        .filter(|(_, o)| o.belief >= LIKELY && !extended(o.place.kind))
        .filter_map(|(name, o)| Some(Seen { name, place: o.place.at, point: o.point?, belief: o.belief }))
        .collect();
    for (i, name) in names.iter_mut().enumerate() {
        for option in name.options.iter_mut().filter(|o| !extended(o.place.kind)) {
            let Some(point) = option.point else { continue };
            let (mut sum, mut at, mut best, mut nearest) = (0.0, usize::MAX, 0.0, None);
            for other in seen.iter().filter(|s| s.name != i && (s.point.0 - point.0).abs() * DEGREE_KM < FAR_KM) {
                let km = distance_km(point, other.point);
                if km >= FAR_KM || other.place == option.place.at {
                    continue;
                }
                // Of the places that one name may mean, the best counts.
                if other.name != at {
                    (sum, at, best) = (sum + best, other.name, 0.0);
                }
                best = f64::max(best, other.belief * (-km / REACH_KM).exp());
                if nearest.is_none_or(|(_, least, _)| km < least) {
                    nearest = Some((other.place, km, other.belief));
                }
            }
            option.near = (sum + best).min(NEIGHBOURS);
            option.neighbour = nearest.filter(|n| n.2 > 0.5).map(|n| (n.0, n.1));
        }
    }
}

/// What holds a place is named elsewhere in the report.
fn held(gazetteer: &Gazetteer, names: &mut [Name]) {
    let mut likely: BTreeMap<PlaceRef, Vec<usize>> = BTreeMap::new();
    for (i, name) in names.iter().enumerate().filter(|(_, name)| !name.weak) {
        for option in name.options.iter().filter(|o| o.belief > 2.0 * LIKELY) {
            likely.entry(option.place.at).or_default().push(i);
        }
    }
    for (i, name) in names.iter_mut().enumerate() {
        for option in &mut name.options {
            let holder = gazetteer
                .containers(option.place.at)
                .take_while(|c| c.kind != PlaceKind::Country)
                .find(|c| likely.get(&c.at).is_some_and(|by| by.iter().any(|n| *n != i)));
            option.held = holder.map(|c| c.at);
        }
    }
}

/// How far after a name what holds it may begin, in words: "Paris, in the state of Texas".
const QUALIFIER_WITHIN: usize = 4;

fn qualified(gazetteer: &Gazetteer, passage: &Passage, names: &mut [Name]) {
    for name in names {
        for m in &name.mentions {
            for option in &mut name.options {
                option.qualified = option.qualified.or_else(|| qualifier(gazetteer, passage, *m, option.place.at));
            }
        }
    }
}

/// What is named right after the mention and holds the place.
pub(super) fn qualifier(gazetteer: &Gazetteer, passage: &Passage, mention: usize, place: PlaceRef) -> Option<PlaceRef> {
    let (here, next) = (&passage.places[mention], passage.places.get(mention + 1)?);
    let close = next.first <= here.last + QUALIFIER_WITHIN && !passage.words[next.first].newline_before;
    let holds = |c: &&Listed| c.place != place && gazetteer.contains(c.place, place);
    next.candidates.iter().filter(|_| close).find(holds).map(|c| c.place)
}

/// Is this item's party a state named by the very words of its place, which then may be another place of that name?
pub(super) fn is_state(passage: &Passage, actor: u32) -> bool {
    passage.knowledge.actors.list[actor as usize].kind == ActorKind::State
}
