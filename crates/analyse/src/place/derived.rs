//! Points that no list has: "60 km south of X", "between X and Y".

use super::evidence::INSIDE;
use super::{Choice, PlaceMention};
use crate::passage::Passage;
use marsad_gazetteer::distance_km;
use marsad_knowledge::{DistanceWord, Entry, Slot};

/// A point reckoned from others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Derived {
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    /// How far the place may lie from it.
    pub(crate) accuracy_m: u32,
}

/// A told distance and direction is good to this share of the distance, and to no less than some kilometres.
const SHARE: f64 = 0.25;
const LEAST_KM: f64 = 5.0;
/// A degree of latitude, in kilometres.
const DEGREE_KM: f64 = 111.2;
/// Further than this nobody tells a place by another.
const FURTHEST_KM: f64 = 500.0;
/// Words of distance before a name, place nouns and articles among them.
const WORDS: usize = 9;

/// How many words may stand between a name that no list has and one that holds it or lies beside it.
const BESIDE: usize = 5;

/// Reckon the points of names that only say what the place is reckoned from, and find what holds those that no list has.
pub(super) fn derive(passage: &mut Passage) {
    let within: Vec<_> = (0..passage.places.len()).map(|i| within(passage, i)).collect();
    for (place, within) in passage.places.iter_mut().zip(within) {
        place.within = within;
    }
    let derived: Vec<Option<Derived>> = (0..passage.places.len()).map(|i| away(passage, i).or_else(|| between(passage, i))).collect();
    for (place, derived) in passage.places.iter_mut().zip(derived) {
        place.derived = derived;
    }
}

/// What is named right after a place that no list has, else right before it, in one sentence.
fn within(passage: &Passage, place: usize) -> Option<Choice> {
    let here = &passage.places[place];
    let noun = here.noun.map(|n| passage.language.place_nouns[n as usize].kind.as_str());
    // «ساحة الكرامة وسط السويداء»: the villages of that name are none of it.
    let inside = noun.is_some_and(|n| INSIDE.contains(&n));
    if here.choice.is_some() || !here.candidates.is_empty() && !inside {
        return None;
    }
    let sentence = |word: usize| passage.sentences.partition_point(|s| s.words.end <= word);
    let near = |other: &&PlaceMention, from: usize, to: usize| to <= from + BESIDE && sentence(other.first) == sentence(here.first);
    let next = passage.places.get(place + 1).filter(|n| near(n, here.last, n.first));
    let before = place.checked_sub(1).and_then(|b| passage.places.get(b)).filter(|b| near(b, b.last, here.first));
    next.and_then(|n| n.choice.clone()).or_else(|| before?.choice.clone())
}

fn point(passage: &Passage, place: usize) -> Option<(f64, f64)> {
    let choice = passage.places[place].choice.as_ref()?;
    choice.lat.zip(choice.lon)
}

/// "60 km south of X".
fn away(passage: &Passage, place: usize) -> Option<Derived> {
    let from = point(passage, place)?;
    let told = told_before(passage, passage.places[place].first)?;
    let accuracy = passage.places[place].choice.as_ref().map_or(0, |c| c.accuracy_m);
    let (lat, lon, accuracy_km) = match told.bearing {
        Some(bearing) => {
            let lat = from.0 + told.km * bearing.cos() / DEGREE_KM;
            let lon = from.1 + told.km * bearing.sin() / (DEGREE_KM * from.0.to_radians().cos().max(0.01));
            (lat, lon, (told.km * SHARE).max(LEAST_KM))
        }
        // Without a direction it may lie all around.
        None => (from.0, from.1, told.km + LEAST_KM),
    };
    Some(Derived { lat, lon, accuracy_m: ((accuracy_km * 1000.0) as u32).max(accuracy) })
}

struct Told {
    km: f64,
    /// In radians from north by east.
    bearing: Option<f64>,
}

/// The distance and direction told right before a word.
fn told_before(passage: &Passage, first: usize) -> Option<Told> {
    let (mut north, mut east, mut unit) = (0.0, 0.0, None);
    for i in (first.saturating_sub(WORDS)..first).rev() {
        if unit.is_some() {
            break;
        }
        match passage.language.distances.get(passage.words.folded(i)) {
            Some(DistanceWord::Bearing(degrees)) => {
                let angle = degrees.to_radians();
                (north, east) = (north + angle.cos(), east + angle.sin());
            }
            Some(DistanceWord::Unit(km)) => unit = Some((i, *km)),
            Some(DistanceWord::Link) => {}
            // "of the town of X", "north-east of X".
            None if is_place_noun(passage, i) || passage.words.folded(i) == "-" => {}
            None => return None,
        }
    }
    let (at, km) = unit?;
    let number = passage.numbers.iter().find(|n| n.last + 1 == at)?;
    let km = number.min.or(number.max)? * km;
    let direction = north != 0.0 || east != 0.0;
    (km > 0.0 && km <= FURTHEST_KM).then(|| Told { km, bearing: direction.then(|| f64::atan2(east, north)) })
}

fn is_place_noun(passage: &Passage, i: usize) -> bool {
    let entries = passage.language.lexicon.get(passage.words[i].span.of(passage.text));
    entries.iter().any(|e| matches!(e, Entry::PlaceNoun { .. }))
}

/// "Between X and Y": the middle, at the first of the two.
fn between(passage: &Passage, place: usize) -> Option<Derived> {
    let (here, next) = (&passage.places[place], passage.places.get(place + 1)?);
    let marker = |i: usize, slot: Slot| {
        let entries = passage.language.lexicon.get(passage.words[i].span.of(passage.text));
        entries.contains(&Entry::Marker(slot))
    };
    let mut before = here.first.checked_sub(1)?;
    while is_place_noun(passage, before) {
        before = before.checked_sub(1)?;
    }
    let joined = next.form.conjunction && next.first == here.last + 1
        || next.first == here.last + 2 && marker(here.last + 1, Slot::And)
        || next.form.conjunction && next.first == here.last + 2 && is_place_noun(passage, here.last + 1);
    if !joined || !marker(before, Slot::Between) {
        return None;
    }
    let (a, b) = (point(passage, place)?, point(passage, place + 1)?);
    let km = distance_km(a, b);
    let accuracy = here.choice.iter().chain(&next.choice).map(|c| c.accuracy_m).max().unwrap_or(0);
    let reach = ((km / 2.0).max(LEAST_KM) * 1000.0) as u32;
    (km <= FURTHEST_KM).then(|| Derived { lat: f64::midpoint(a.0, b.0), lon: f64::midpoint(a.1, b.1), accuracy_m: reach.max(accuracy) })
}
