//! In what shape do records leave the house? The records of the contract, made of what the ledger holds.
//!
//! The ledger keeps byte spans and two kinds of bytes that are the pipeline's own affair: the [`Analysis`] of a report and
//! the [`Comparison`] of it with others. Here both are read, spans become code points with their words, and reports,
//! mentions, claims and ties become the records that `export` writes and the page is served.
//!
//! **Invariants.** A span that does not fit its text is an error, never a record. What an export holds and what the page is
//! told of one thing is made by the same function.

mod changes;
mod comparison;
mod decided;
mod desk;
mod making;
mod record;

pub use changes::changes;
pub use comparison::{Comparison, analysis, comparison, ruled_claims};
pub use decided::{Bench, Change, decision, decisions, new_decision};
pub use desk::{DeskLine, DeskMark, DeskPage, desk};
pub use making::{claims, mention_record, quoted, report_record, texts_of_ties};
pub use marsad_analyse::Analysis;
pub use record::*;

use marsad_decision::BadDecision;
use marsad_ledger::LedgerError;
use marsad_model::{DecisionId, ReportId};

/// A record could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// The ledger refused.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// What the ledger holds of a report was written in another form.
    #[error("the stored {what} of {report} cannot be read ({source}); run `marsad run` with this program once more")]
    Stored {
        /// Its analysis or its comparison.
        what: &'static str,
        /// The report.
        report: ReportId,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// What the ledger holds as a decision is none.
    #[error(transparent)]
    Decision(#[from] BadDecision),
    /// What was withdrawn cannot be brought back.
    #[error("{decision} withdrew a report: its bytes are gone, and it cannot be undone")]
    Withdrawn {
        /// The decision that was to be undone.
        decision: DecisionId,
    },
    /// A span does not fit its text.
    #[error("the span {start}..{end} of {of} does not fit its text")]
    Span {
        /// First byte.
        start: u32,
        /// One past the last byte.
        end: u32,
        /// The claim or report that has it.
        of: String,
    },
    /// A tie leads to a report that is not there.
    #[error("{report} is tied to {to}, which the ledger lacks")]
    NoTie {
        /// The report.
        report: ReportId,
        /// The report that is missing.
        to: ReportId,
    },
}
