//! What people ruled, and what waits for them.

use super::{Label, ReportHead};
use marsad_decision::Value;
use marsad_model::{ClaimId, DecisionId};
use marsad_record::{ClaimRecord, DecisionRecord};
use serde::Serialize;

/// `GET /queue`: claims that nobody ruled on, the least certain first.
#[derive(Debug, Serialize)]
pub struct Queue {
    /// The claims.
    pub items: Vec<QueueItem>,
    /// What to give as `cursor` for the next page; null on the last.
    pub next: Option<String>,
    /// How many waited when events were found last.
    pub total: u64,
}

/// A claim that waits.
#[derive(Debug, Serialize)]
pub struct QueueItem {
    /// Its record.
    pub claim: ClaimRecord,
    /// The report that makes it, without its text.
    pub report: ReportHead,
    /// The decisions on it so far: what to give as `seen`.
    pub seen: Vec<DecisionId>,
    /// The names of its actors and places in both languages.
    pub labels: Vec<IdLabel>,
}

/// The names of an id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IdLabel {
    /// The id.
    pub id: String,
    /// Its names.
    pub label: Label,
}

/// `GET /decisions`: what people ruled, in the order in which they did.
#[derive(Debug, Serialize)]
pub struct Decisions {
    /// The decisions.
    pub items: Vec<DecisionItem>,
    /// What to give as `cursor` for the next page; null on the last.
    pub next: Option<String>,
    /// How many there are on all pages.
    pub total: u64,
}

/// A decision, and what it changed.
#[derive(Debug, Serialize)]
pub struct DecisionItem {
    /// Its record, as exported.
    #[serde(flatten)]
    pub record: DecisionRecord,
    /// The values that it changed, as they were before it and as they became.
    pub changes: Vec<ChangeItem>,
}

/// A value that a decision changed.
#[derive(Debug, Serialize)]
pub struct ChangeItem {
    /// Of which claim.
    pub claim: ClaimId,
    /// As it was just before.
    pub before: Value,
    /// As it became.
    pub after: Value,
}
