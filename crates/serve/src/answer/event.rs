//! Events in lists, on maps and in tables.

use super::Label;
use marsad_model::{
    AirwarsGrade, Attribute, Candidate, DisagreementRelation, EventActor, EventCasualties, EventId, EventMeans, EventPlace, EventTime,
    EventType, Level, OccurrenceGrade, Support,
};
use serde::Serialize;

/// `GET /events`: a page of events.
#[derive(Debug, Serialize)]
pub struct Events {
    /// The events, in the order asked for (`sort`; latest first where nothing is asked), undated ones last.
    pub items: Vec<EventItem>,
    /// What to give as `cursor` for the next page; null on the last.
    pub next: Option<String>,
    /// How many events pass the filter, on all pages.
    pub total: u64,
}

/// An event as a line of a table or a place on a map: its record without its claims, and what was counted.
#[derive(Debug, Serialize)]
pub struct EventItem {
    /// The event's id; `GET /events/{id}` has its dossier.
    pub id: EventId,
    /// `class.kind`.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// How large.
    pub level: Level,
    /// The sentence that tells it best, in a report's own words.
    pub summary: String,
    /// When; null where nothing tells.
    pub time: Option<EventTime>,
    /// Where; null where nothing tells.
    pub place: Option<Place>,
    /// The parties.
    pub actors: Vec<Actor>,
    /// The harm.
    pub casualties: Vec<EventCasualties>,
    /// With what.
    pub means: Vec<EventMeans>,
    /// How many reports speak of it.
    pub reports: u32,
    /// How many of these reports are folded into the others: their telling descends from another's.
    pub copies: u32,
    /// From how many origins they come.
    pub origins: u32,
    /// The origins behind it, by access.
    pub support: Support,
    /// What it rests on, in short.
    pub grade: ShortGrade,
    /// What all agree on, without support and claims.
    pub agreed: Vec<ShortAgreement>,
    /// On what its reports differ, without support and claims.
    pub disagreements: Vec<ShortDisagreement>,
    /// The languages of the reports that speak of it.
    pub languages: Vec<String>,
}

/// An event's place with its names and what else it may be.
#[derive(Debug, Serialize)]
pub struct Place {
    /// As in the event's record: `id`, `name`, `lat`, `lon`, `radius_m`, `precision`.
    #[serde(flatten)]
    pub place: EventPlace,
    /// Its names.
    pub label: Option<Label>,
    /// The country it lies in (ISO 3166 alpha-2).
    pub country: Option<String>,
    /// The places that the name may mean, where nothing decides.
    pub candidates: Vec<PlaceCandidate>,
}

/// One of several places that a name may mean.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceCandidate {
    /// Its id, and why it is possible.
    #[serde(flatten)]
    pub candidate: Candidate,
    /// Its names.
    pub label: Option<Label>,
    /// The names of the division that it lies in.
    pub within: Option<Label>,
    /// The country it lies in (ISO 3166 alpha-2).
    pub country: Option<String>,
    /// Latitude in degrees.
    pub lat: Option<f64>,
    /// Longitude in degrees.
    pub lon: Option<f64>,
}

/// An actor with its names.
#[derive(Debug, Serialize)]
pub struct Actor {
    /// As in the event's record: `role`, `id`, `name`.
    #[serde(flatten)]
    pub actor: EventActor,
    /// Its names.
    pub label: Option<Label>,
}

/// An event's grade without its reasons.
#[derive(Debug, Serialize)]
pub struct ShortGrade {
    /// How many origins say that it happened.
    pub occurrence: OccurrenceGrade,
    /// On what they differ.
    pub contested: Vec<Attribute>,
    /// A suggestion in Airwars' terms.
    pub airwars: AirwarsGrade,
}

/// A value on which all agree.
#[derive(Debug, Serialize)]
pub struct ShortAgreement {
    /// Of which attribute.
    pub attribute: Attribute,
    /// The value.
    pub value: String,
}

/// An attribute on which reports differ.
#[derive(Debug, Serialize)]
pub struct ShortDisagreement {
    /// Which.
    pub attribute: Attribute,
    /// How they differ.
    pub relation: DisagreementRelation,
    /// The values.
    pub values: Vec<String>,
}
