//! What is known of one place.

use crate::layout::KINDS;
use std::fmt;

/// A place of the gazetteer, by its position: small, and good for comparing and as a key.
///
/// Positions are those of one build; what is stored or exported is the [`PlaceId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceRef(pub(crate) u32);

/// A place's lasting id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceId<'g> {
    /// GeoNames' number.
    GeoNames(u32),
    /// An id of this project: `marsad:sy-al-shafah`.
    Own(&'g str),
}

impl fmt::Display for PlaceId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::GeoNames(number) => write!(f, "geonames:{number}"),
            Self::Own(id) => f.write_str(id),
        }
    }
}

/// What sort of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// A state or territory with an ISO 3166 code.
    Country,
    /// First-order division: governorate, province, state.
    Admin1,
    /// Second-order division: district, county.
    Admin2,
    /// City, town or village.
    Settlement,
    /// Part of a city.
    Quarter,
    /// Camp of displaced people or refugees.
    Camp,
    /// Border crossing.
    Crossing,
    /// Oil or gas field.
    Field,
    /// Road.
    Road,
    /// Dam, bridge, prison, hospital, plant.
    Facility,
    /// A stretch of land without an administration of its own, from a plain to a continent.
    Region,
    /// River, lake, sea, strait.
    Water,
    /// Air base, barracks, airport.
    Base,
    /// Anything else.
    Place,
}

impl PlaceKind {
    pub(crate) fn of_code(code: u8) -> Self {
        match code {
            0 => Self::Country,
            1 => Self::Admin1,
            2 => Self::Admin2,
            3 => Self::Settlement,
            4 => Self::Quarter,
            5 => Self::Camp,
            6 => Self::Crossing,
            7 => Self::Field,
            8 => Self::Road,
            9 => Self::Facility,
            10 => Self::Region,
            11 => Self::Water,
            12 => Self::Base,
            _ => Self::Place,
        }
    }

    /// The kind as the lists write it.
    pub fn as_str(self) -> &'static str {
        KINDS[self as usize]
    }
}

/// What is governed from a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Seat {
    /// Nothing that the lists tell of.
    None,
    /// A first-order division.
    Division,
    /// A country: its capital.
    Country,
}

impl Seat {
    pub(crate) fn of_code(code: u8) -> Self {
        match code {
            1 => Self::Division,
            2 => Self::Country,
            _ => Self::None,
        }
    }
}

/// A place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place<'g> {
    /// Its position.
    pub at: PlaceRef,
    /// Its id.
    pub id: PlaceId<'g>,
    /// Its kind.
    pub kind: PlaceKind,
    /// Its name in English or in Latin letters.
    pub name_en: &'g str,
    /// Its name in Arabic, where known.
    pub name_ar: Option<&'g str>,
    /// Latitude and longitude in degrees (WGS 84). For what has an extent, a point in its middle.
    pub point: Option<(f64, f64)>,
    /// How far the place, or the whole of it, may lie from the point.
    pub accuracy_km: u16,
    /// ISO 3166 alpha-2 code; none for what lies in several countries or in none.
    pub country: Option<&'g str>,
    /// The place that holds it directly.
    pub container: Option<PlaceRef>,
    /// People who live there, where GeoNames tells; 0 where not.
    pub population: u32,
    /// What is governed from it.
    pub seat: Seat,
}

/// A place that bears a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Candidate {
    /// The place.
    pub place: PlaceRef,
    /// The name is listed with an article: السوسة, al-Bab.
    pub with_article: bool,
    /// The name is listed without one: سوسة. A name may be listed both ways.
    pub without_article: bool,
    /// The name is one of many that GeoNames collected, neither shown nor vouched for: a weaker hint than the others.
    pub alternate: bool,
    /// The name is an abbreviation: it counts only with a full stop after it (Calif.) or in it (N.Y.).
    pub abbreviation: bool,
}

impl Candidate {
    /// Is the name listed with an article where the text has one, and without where it has none? In Arabic a no is a hint
    /// against the place; in Latin letters writers leave articles off as they please.
    pub fn agrees(&self, found: &crate::Match) -> bool {
        if found.with_article { self.with_article } else { self.without_article }
    }
}
