//! The inbox, and what was taken in.

use super::{Count, IdLabel, ReportHead};
use marsad_model::ReportId;
use marsad_record::{ClaimRecord, DeskLine, SetAsideRecord};
use serde::Serialize;

/// `GET /inbox`: reports with where they are in the day's work, those that came in last first.
#[derive(Debug, Serialize)]
pub struct Inbox {
    /// The reports, then what is to be captured by hand.
    pub items: Vec<InboxItem>,
    /// What to give as `cursor` for the next page; null on the last.
    pub next: Option<String>,
    /// How many there are on all pages.
    pub total: u64,
    /// How many are in each state.
    pub states: Vec<Count>,
}

/// A report, or what stood in a report's place.
#[derive(Debug, Serialize)]
pub struct InboxItem {
    /// The report; null where there is none, or where it was withdrawn.
    pub report: Option<ReportHead>,
    /// Where it is; null where there is no report.
    pub desk: Option<DeskLine>,
    /// What is to be captured by hand.
    pub aside: Option<SetAsideRecord>,
}

/// `POST /intake`: what came of what was handed in.
#[derive(Debug, Default, Serialize)]
pub struct Taken {
    /// The reports that it holds.
    pub reports: Vec<ReportId>,
    /// How many of these were in the ledger already.
    pub known: u64,
    /// What could not be read, and why.
    pub set_aside: Vec<SetAsideRecord>,
    /// Of a link, what became of it, in a word or two.
    pub fetched: Option<String>,
}

/// `GET /second`: a report for a second coder, without anything that people ruled.
#[derive(Debug, Serialize)]
pub struct Blind {
    /// The report.
    pub report: ReportHead,
    /// Its text.
    pub text: String,
    /// Its claims as they were read, in no event.
    pub claims: Vec<ClaimRecord>,
    /// The names that knowledge has of their actors and places.
    pub labels: Vec<IdLabel>,
}
