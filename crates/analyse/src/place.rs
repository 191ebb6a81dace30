//! Places: names found in the gazetteer, and which of several places of a name is meant, judged over the whole report.
//!
//! What counts: how well known a place is, the countries that the report speaks of, what holds the place or lies near it
//! and is named as well, and where its source usually reports from. One name means one place all through a report. Each
//! choice says what it rests on and what came second; where nothing decides, the candidates stay and no point is given.

mod belief;
mod carry;
mod choose;
mod derived;
mod evidence;
mod find;
mod unknown;
mod weak;

pub(crate) use carry::{carry, holds_next};
pub(crate) use choose::resolve;
pub(crate) use find::{find, named};

use marsad_gazetteer::{Candidate as Listed, Gazetteer, PlaceKind, PlaceRef};
use marsad_model::{Candidate, ClaimPlace, PlacePrecision, PlaceRole, Span};
use marsad_text::Form;

/// A place that a text names.
#[derive(Debug, Clone)]
pub(crate) struct PlaceMention {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) span: Span,
    /// How the first word was read.
    pub(crate) form: Form,
    /// The words, as written.
    pub(crate) written: String,
    pub(crate) candidates: Vec<Listed>,
    /// The name in the text has an article.
    pub(crate) with_article: bool,
    pub(crate) choice: Option<Choice>,
    /// Row of the place noun that says what sort of place it is.
    pub(crate) noun: Option<u32>,
    /// How finely the noun tells it.
    pub(crate) noun_precision: Option<PlacePrecision>,
    /// Nothing but its letters says that it is a place.
    pub(crate) weak: bool,
    /// It may be the adjective of the noun before it, unless the tagger sees a place.
    pub(crate) doubtful: bool,
    /// The point that is meant where the name only says what it is reckoned from.
    pub(crate) derived: Option<derived::Derived>,
    /// What holds it or lies beside it, where no list has the place itself.
    pub(crate) within: Option<Choice>,
    /// How much its letters and what stands beside them are to be believed.
    pub(crate) belief: belief::Belief,
    /// It stands for a place named before: "the city".
    pub(crate) carried: bool,
}

/// The place that is meant.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) lat: Option<f64>,
    pub(crate) lon: Option<f64>,
    pub(crate) accuracy_m: u32,
    pub(crate) country: Option<String>,
    pub(crate) kind: PlaceKind,
    /// What holds it is named right after it, or else in the report.
    pub(crate) backed: bool,
    /// Why this place.
    pub(crate) because: String,
    /// What came second, and what spoke for it.
    pub(crate) second: Option<Candidate>,
}

impl Choice {
    pub(crate) fn of(gazetteer: &Gazetteer, at: PlaceRef) -> Self {
        let place = gazetteer.place(at);
        // A place without a point of its own has that of what holds it, with the accuracy that leaves.
        let location = gazetteer.location(at);
        Self {
            id: place.id.to_string(),
            name: place.name_en.to_owned(),
            lat: location.map(|l| l.point.0),
            lon: location.map(|l| l.point.1),
            accuracy_m: location.map_or(0, |l| u32::from(l.accuracy_km) * 1000),
            country: place.country.map(str::to_owned),
            kind: place.kind,
            backed: false,
            because: String::new(),
            second: None,
        }
    }

    fn precision(&self) -> PlacePrecision {
        match self.kind {
            PlaceKind::Country => PlacePrecision::Country,
            PlaceKind::Admin1 | PlaceKind::Region | PlaceKind::Water => PlacePrecision::Region,
            PlaceKind::Admin2 => PlacePrecision::District,
            _ => PlacePrecision::Settlement,
        }
    }
}

/// Around a settlement's point.
const SETTLEMENT_M: u32 = 1_000;
/// "Near X", "the outskirts of X".
const NEAR_M: u32 = 5_000;
/// "The countryside of X".
const COUNTRYSIDE_M: u32 = 30_000;

/// What is reckoned more coarsely than this is a region.
const FAR_M: u32 = 15_000;

impl PlaceMention {
    /// The place in a role, or the places that it may be.
    pub(crate) fn as_claimed(&self, gazetteer: &Gazetteer, role: PlaceRole, near: bool, countryside: bool) -> ClaimPlace<Span> {
        let choice = self.choice.as_ref();
        let exact = matches!(choice.map(|c| c.kind), Some(PlaceKind::Facility | PlaceKind::Crossing | PlaceKind::Base))
            .then_some(PlacePrecision::Exact);
        let own = exact.or_else(|| choice.map(Choice::precision)).or(self.noun_precision).unwrap_or(PlacePrecision::Settlement);
        // A point reckoned from the name's own lies near it, or only somewhere in its region.
        let reckoned = self.derived.map(|d| if d.accuracy_m <= FAR_M { PlacePrecision::Near } else { PlacePrecision::Region });
        let precision = if let Some(reckoned) = reckoned {
            reckoned
        } else if countryside {
            PlacePrecision::Region
        } else if near && own <= PlacePrecision::Settlement {
            PlacePrecision::Near
        } else {
            own
        };
        let radius = match precision {
            PlacePrecision::Exact | PlacePrecision::Settlement => SETTLEMENT_M,
            PlacePrecision::Near => NEAR_M,
            _ => COUNTRYSIDE_M,
        };
        let located = choice.or(self.within.as_ref());
        let point = self.derived.map(|d| (d.lat, d.lon)).or_else(|| located.and_then(|c| c.lat.zip(c.lon)));
        // What lies somewhere beside another place may be as far off as its countryside goes.
        let radius = if choice.is_none() { radius.max(COUNTRYSIDE_M) } else { radius };
        ClaimPlace {
            role,
            id: choice.map(|c| c.id.clone()),
            name: choice.map_or_else(|| self.written.clone(), |c| c.name.clone()),
            lat: point.map(|p| p.0),
            lon: point.map(|p| p.1),
            radius_m: self.derived.map(|d| d.accuracy_m).or_else(|| point.and(located).map(|c| radius.max(c.accuracy_m))),
            precision,
            candidates: self.open_candidates(gazetteer),
            span: self.span,
            carried: self.carried,
        }
    }
}
