//! The shapes of the API's answers. Field names are the contract's wherever the contract has a name for a thing; what is
//! added to its records is said here.

mod count;
mod decision;
mod dossier;
mod event;
mod inbox;
mod report;
mod search;
mod state;

pub use count::{Count, Counts, NamedCount, PlaceCount};
pub use decision::{ChangeItem, DecisionItem, Decisions, IdLabel, Queue, QueueItem};
pub use dossier::{AttributeValues, Bare, Dossier, DossierEvent, Victims};
pub use event::{Actor, EventItem, Events, Place, PlaceCandidate, ShortAgreement, ShortDisagreement, ShortGrade};
pub use inbox::{Blind, Inbox, InboxItem, Taken};
pub use report::{Edge, LineageGraph, ReportHead, ReportPage, Reports, Sealed};
pub use search::{Hit, HitEvent, Hits, Piece};
use serde::Serialize;
pub use state::{Aside, LastRun, PageParts, SourceItem, Sources, Status};

/// A name that knowledge has, in both languages; a name that comes from a report alone has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    /// In English, or in Latin letters.
    pub en: Option<String>,
    /// In Arabic.
    pub ar: Option<String>,
}
