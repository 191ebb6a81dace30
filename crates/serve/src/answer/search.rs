//! Reports in which words stand.

use super::ReportHead;
use marsad_model::EventId;
use serde::Serialize;

/// `GET /search`: the reports in which words stand.
#[derive(Debug, Serialize)]
pub struct Hits {
    /// The reports, those that are most about the words first.
    pub items: Vec<Hit>,
    /// What to give as `cursor` for the next page; null on the last.
    pub next: Option<String>,
    /// How many reports there are.
    pub total: u64,
}

/// A report in which words stand.
#[derive(Debug, Serialize)]
pub struct Hit {
    /// The report.
    pub report: ReportHead,
    /// Its title, cut where the words stand; empty where it has none.
    pub title: Vec<Piece>,
    /// A stretch of its text around the first hit, cut where the words stand.
    pub text: Vec<Piece>,
    /// The events that it speaks of.
    pub events: Vec<HitEvent>,
}

/// An event that a report speaks of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct HitEvent {
    /// Its id.
    pub id: EventId,
    /// `class.kind`.
    #[serde(rename = "type")]
    pub event_type: String,
}

/// A piece of a text.
#[derive(Debug, Serialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Do the words that were asked for stand here?
    pub hit: bool,
}
