//! Choosing among places of one name.

use super::evidence::{Name, Reading, country_shares, is_state, names, qualifier};
use super::{Choice, PlaceMention, carry, derived, weak};
use crate::passage::Passage;
use marsad_gazetteer::{Gazetteer, Place, PlaceId, PlaceKind, PlaceRef};
use marsad_model::{Candidate, Report};

/// What speaks for a place must lead what speaks for the next by this much: as if it had some seven times as many people.
const MARGIN: f64 = 0.6;
/// Entries so near one another are one place in two lists, in kilometres.
const ONE_PLACE_KM: f64 = 15.0;
/// A place that nothing else in the report speaks for must have so many people to be believed.
const KNOWN_ABROAD: u32 = 100_000;
/// What lies in a town is near it, in kilometres.
const NEAR_KM: f64 = 60.0;
/// A country must have this share of what is named for a choice to be said to rest on it.
const SPOKEN_OF: f64 = 0.25;

/// Decide which place each name means, then give phrases such as "the city" the place they go back to.
pub(crate) fn resolve(gazetteer: &Gazetteer, passage: &mut Passage, report: &Report) {
    let names = names(gazetteer, passage, report);
    let shares = country_shares(&names, passage);
    for name in &names {
        let chosen = decide(gazetteer, name, names.len() > 1);
        for &m in &name.mentions {
            let own = of_its_own(gazetteer, passage, name, m);
            passage.places[m].choice = own.or(chosen).map(|(at, second)| {
                let (best, second) = (&name.options[at], second.map(|s| &name.options[s]));
                Choice {
                    backed: best.qualified.is_some() || best.held.is_some() && best.place.kind == PlaceKind::Settlement,
                    because: because(gazetteer, best, second.is_none() && name.options.len() == 1),
                    second: second.map(|s| Candidate { id: s.place.id.to_string(), because: against(gazetteer, s) }),
                    ..Choice::of(gazetteer, best.place.at)
                }
            });
        }
    }
    not_the_state(passage);
    weak::drop_weak(passage, &shares);
    derived::derive(passage);
    carry::go_back(passage);
}

/// The best of a name's places and the one that came second; none where nothing decides.
fn decide(gazetteer: &Gazetteer, name: &Name, others: bool) -> Option<(usize, Option<usize>)> {
    let mut ranked: Vec<usize> = (0..name.options.len()).collect();
    let order = |i: &usize| (-name.options[*i].score(), name.options[*i].place.id);
    ranked.sort_by(|a, b| order(a).0.total_cmp(&order(b).0).then_with(|| order(a).1.cmp(&order(b).1)));
    let best = *ranked.first()?;
    if others && (is_strange(&name.options[best]) || name.inside && is_far(&name.options[best])) {
        return None;
    }
    // Two entries for one place (a town and its district, a name in two lists) exclude nothing.
    let one = |other: usize| {
        let (a, b) = (name.options[best].place.at, name.options[other].place.at);
        gazetteer.distance_km(a, b).is_some_and(|d| d < ONE_PLACE_KM) || gazetteer.contains(b, a) || gazetteer.contains(a, b)
    };
    let others = ranked.get(1..)?;
    let leads = |second: &usize| name.options[best].score() - name.options[*second].score() >= MARGIN || one(*second);
    let second = others.iter().find(|s| !one(**s)).or(others.first());
    others.iter().all(leads).then_some((best, second.copied()))
}

/// One place of the name is no proof that it is meant: a village on another continent mostly is not.
fn is_strange(reading: &Reading) -> bool {
    let place = &reading.place;
    let alone = reading.country == 0.0
        && reading.held.is_none()
        && reading.qualified.is_none()
        && reading.neighbour.is_none()
        && reading.noun <= 0.0;
    let small = matches!(place.kind, PlaceKind::Settlement | PlaceKind::Admin2);
    alone && place.population < KNOWN_ABROAD && small && !matches!(place.id, PlaceId::Own(_))
}

/// «ساحة الكرامة وسط السويداء»: what lies in a town may be called so after a village that nothing else in the report is near.
fn is_far(reading: &Reading) -> bool {
    let place = &reading.place;
    let near = reading.neighbour.is_some_and(|(_, km)| km < NEAR_KM) || reading.held.is_some() || reading.qualified.is_some();
    let own = matches!(place.id, PlaceId::Own(_)) && reading.country >= SPOKEN_OF;
    !near && matches!(place.kind, PlaceKind::Settlement | PlaceKind::Quarter) && place.population < KNOWN_ABROAD && !own
}

/// What is named right after this very mention says which of the places it is: "Springfield, Ohio" beside another.
fn of_its_own(gazetteer: &Gazetteer, passage: &Passage, name: &Name, mention: usize) -> Option<(usize, Option<usize>)> {
    if name.options.iter().filter(|o| o.qualified.is_some()).count() < 2 {
        return None;
    }
    let holds = |i: &usize| qualifier(gazetteer, passage, mention, name.options[*i].place.at).is_some();
    let mut own = (0..name.options.len()).filter(holds);
    let (first, second) = (own.next()?, own.next());
    second.is_none().then_some((first, None))
}

/// A state's name that means another place here is not the state: Georgia, Jordan in Minnesota.
fn not_the_state(passage: &mut Passage) {
    let mut rows = std::mem::take(&mut passage.rows);
    for item in rows.iter_mut().flatten() {
        let Some((actor, place)) = item.party.as_ref().and_then(|p| Some((p.actor?, item.place?))) else { continue };
        let state = &passage.knowledge.actors.list[actor as usize];
        let elsewhere = passage.places[place].choice.as_ref().is_some_and(|c| c.kind != PlaceKind::Country && c.country != state.country);
        if is_state(passage, actor) && elsewhere && item.party.as_ref().is_some_and(|p| !p.nationality && p.people.is_none()) {
            item.party = None;
        }
    }
    passage.rows = rows;
}

fn named(gazetteer: &Gazetteer, at: PlaceRef) -> &'static str {
    gazetteer.place(at).name_en
}

/// Why this place and no other of its name, the strongest reason first.
fn because(gazetteer: &Gazetteer, reading: &Reading, only: bool) -> String {
    if let Some(whole) = reading.qualified {
        return format!("lies in {}, named right after it", named(gazetteer, whole));
    }
    if let Some(reason) = in_report(gazetteer, reading) {
        return reason;
    }
    if only { "the only place listed under this name".to_owned() } else { "the best known place of this name".to_owned() }
}

/// What else the report names that speaks for the place.
fn in_report(gazetteer: &Gazetteer, reading: &Reading) -> Option<String> {
    if let Some(whole) = reading.held {
        return Some(format!("lies in {}, which the report names", named(gazetteer, whole)));
    }
    if let Some((other, km)) = reading.neighbour.filter(|(_, km)| *km < 100.0) {
        return Some(format!("{km:.0} km from {}, which the report names", named(gazetteer, other)));
    }
    let country = reading.place.country.filter(|_| reading.country >= SPOKEN_OF)?;
    Some(format!("the report speaks of {}", gazetteer.state(country).map_or(country, |at| named(gazetteer, at))))
}

/// What speaks for the place that came second.
fn against(gazetteer: &Gazetteer, reading: &Reading) -> String {
    in_report(gazetteer, reading).unwrap_or_else(|| called_so(gazetteer, &reading.place))
}

/// That it bears the name, and where it lies.
fn called_so(gazetteer: &Gazetteer, place: &Place) -> String {
    let division = gazetteer.admin1(place.at).filter(|d| d.at != place.at).map_or("", |d| d.name_en);
    let country = place.country.and_then(|c| gazetteer.state(c)).map_or("no one country", |at| named(gazetteer, at));
    let comma = if division.is_empty() { "" } else { ", " };
    format!("is called so, in {division}{comma}{country}")
}

impl PlaceMention {
    /// The candidates by id, where nothing decided between them.
    pub(crate) fn open_candidates(&self, gazetteer: &Gazetteer) -> Vec<Candidate> {
        if self.choice.is_some() {
            return Vec::new();
        }
        let places = self.candidates.iter().map(|c| gazetteer.place(c.place));
        let mut open: Vec<Candidate> =
            places.map(|place| Candidate { id: place.id.to_string(), because: called_so(gazetteer, &place) }).collect();
        open.sort();
        open
    }
}
