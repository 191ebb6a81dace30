//! How events spread.

use super::Label;
use marsad_model::EventPlace;
use serde::Serialize;

/// `GET /events/counts`: how the events that pass a filter spread. Each list is sorted, most events first, months in their
/// order.
#[derive(Debug, Serialize)]
pub struct Counts {
    /// How many events pass the filter.
    pub total: u64,
    /// By type.
    #[serde(rename = "type")]
    pub by_type: Vec<Count>,
    /// By actor, in whatever role; at most 200.
    pub actor: Vec<NamedCount>,
    /// By place, with where it is drawn; at most 5000.
    pub place: Vec<PlaceCount>,
    /// By month of the first day (`2031-06`).
    pub month: Vec<Count>,
    /// By country (ISO 3166 alpha-2).
    pub country: Vec<Count>,
    /// Events of which no time is known.
    pub untimed: u64,
    /// Events of which no place is known.
    pub unplaced: u64,
}

/// A value and how many events have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The value; it can be given to the filter of the same name.
    pub value: String,
    /// How many events.
    pub count: u64,
}

/// An actor and how many events it is in.
#[derive(Debug, Serialize)]
pub struct NamedCount {
    /// Its id, or else its name: what the filter takes.
    pub value: String,
    /// Its id, where knowledge lists it.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Its names.
    pub label: Option<Label>,
    /// How many events.
    pub count: u64,
}

/// A place and how many events are there.
#[derive(Debug, Serialize)]
pub struct PlaceCount {
    /// Its id, or else its name: what the filter takes.
    pub value: String,
    /// How many events.
    pub count: u64,
    /// The place, as it stands in its events. Events that tell one place at other precision stand apart.
    #[serde(flatten)]
    pub place: EventPlace,
    /// Its names.
    pub label: Option<Label>,
    /// The country it lies in.
    pub country: Option<String>,
}
