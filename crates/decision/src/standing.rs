//! How a decision stands in a ledger as it is read now.

use marsad_model::DecisionId;
use serde::{Deserialize, Serialize};

/// How a decision stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum Standing {
    /// It holds.
    Stands,
    /// A later one on the same thing goes before it.
    Overruled {
        /// Which. Not written as `by`: in a record that is who ruled.
        #[serde(rename = "overruled_by")]
        by: DecisionId,
    },
    /// It was taken back.
    Undone {
        /// By which.
        #[serde(rename = "undone_by")]
        by: DecisionId,
    },
    /// What it was ruled on is no longer found.
    Loose {
        /// Why.
        because: Loose,
    },
}

/// Why what a decision was ruled on is not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loose {
    /// The ledger has no such report.
    NoReport,
    /// The words do not stand in the report any more.
    NoWords,
    /// No claim, or no person, is read from these words now.
    NoClaim,
    /// There is no such earlier decision.
    NoDecision,
}
