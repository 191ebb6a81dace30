//! Places: names found in the gazetteer, and which of several places of a name is meant, judged over the whole report.
//!
//! What counts: the countries that the report speaks of, provinces and neighbours that it names beside the place, and
//! where its source usually reports from. Size decides only where nothing else does and one place dwarfs all others,
//! and then the choice says so. Where nothing decides, the candidates stay and no point is given.

mod choose;
mod find;

pub(crate) use choose::{carry, resolve};
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
}

impl Choice {
    pub(crate) fn of(gazetteer: &Gazetteer, at: PlaceRef) -> Self {
        let place = gazetteer.place(at);
        Self {
            id: place.id.to_string(),
            name: place.name_en.to_owned(),
            lat: place.point.map(|p| p.0),
            lon: place.point.map(|p| p.1),
            accuracy_m: u32::from(place.accuracy_km) * 1000,
            country: place.country.map(str::to_owned),
            kind: place.kind,
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

impl PlaceMention {
    /// The place in a role.
    pub(crate) fn as_claimed(&self, role: PlaceRole, near: bool, countryside: bool) -> ClaimPlace<Span> {
        let choice = self.choice.as_ref();
        let exact = matches!(choice.map(|c| c.kind), Some(PlaceKind::Facility | PlaceKind::Crossing | PlaceKind::Base))
            .then_some(PlacePrecision::Exact);
        let own = exact.or_else(|| choice.map(Choice::precision)).or(self.noun_precision).unwrap_or(PlacePrecision::Settlement);
        let precision = if countryside {
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
        let point = choice.and_then(|c| c.lat.zip(c.lon));
        ClaimPlace {
            role,
            id: choice.map(|c| c.id.clone()),
            name: choice.map_or_else(|| self.written.clone(), |c| c.name.clone()),
            lat: point.map(|p| p.0),
            lon: point.map(|p| p.1),
            radius_m: point.and(choice).map(|c| radius.max(c.accuracy_m)),
            precision,
            candidates: Vec::new(),
            span: self.span,
            carried: self.carried,
        }
    }

    /// The candidates by id, where nothing decided between them.
    pub(crate) fn open_candidates(&self, gazetteer: &Gazetteer) -> Vec<Candidate> {
        if self.choice.is_some() {
            return Vec::new();
        }
        let mut open: Vec<Candidate> = self
            .candidates
            .iter()
            .map(|id| {
                let place = gazetteer.place(id.place);
                Candidate { id: place.id.to_string(), because: format!("is called so, in {}", place.country.unwrap_or("no one country")) }
            })
            .collect();
        open.sort();
        open
    }
}
