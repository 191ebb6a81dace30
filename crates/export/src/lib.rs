//! In which files do records leave the house?
//!
//! [`Records`] walks through a ledger and hands out one [`Record`] after the other; a [`Writer`] makes files of them. Between
//! the two whoever exports may change or drop each record, which is how names are kept back: every format is made of what
//! comes out there, none looks at the ledger itself.
//!
//! **Invariants.** Every span is checked on its way out: it must quote the readable text, whose hash stands beside it, and
//! the original must still have the hash under which it was sealed. The same ledger gives the same bytes. Reports, mentions
//! and events are never all in memory; claims are, since they leave in the order of their ids.

mod coded;
mod dossier;
#[cfg(test)]
mod fixtures;
mod folder;
mod format;
mod geojson;
mod jsonl;
mod page;
mod records;
mod since;
mod table;
mod toll;
mod victims;
mod world;

pub use coded::{ACLED_COLUMNS, GED_COLUMNS};
pub use folder::{Folder, Out};
pub use format::{Format, Writer};
pub use page::{Page, TOLD, Top};
pub use records::{Record, Records};
pub use since::{GONE, Since};
pub use table::{Cell, Column, EVENTS, Kind, csv_line, event_cells, header};
pub use world::World;

use marsad_ledger::LedgerError;
use marsad_model::ReportId;
use marsad_record::RecordError;

/// Records could not leave.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The ledger refused.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A record could not be made.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A report's text is not the one that was read.
    #[error("its readable text is not the one that was read; `marsad verify` tells more")]
    Changed,
    /// One report stands in the way.
    #[error("exporting the report {report}")]
    Report {
        /// Which.
        report: ReportId,
        /// Why.
        source: Box<ExportError>,
    },
    /// A record has no form as JSON.
    #[error("a record cannot be written")]
    Form(#[from] serde_json::Error),
    /// A file cannot be written.
    #[error("writing {name}")]
    Write {
        /// Which.
        name: String,
        /// Why.
        source: std::io::Error,
    },
}
