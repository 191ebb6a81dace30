//! The one directory that a user owns: `marsad.db` (SQLite) and the sealed originals in append-only packs.
//!
//! It stores what it is given and knows nothing of reading, analysis, comparing or ruling. Three kinds of things lie in it:
//! what *came in* (originals, how they came, what people decided, the custody log), which is only ever added to; what was *read* of it (reports and
//! their analyses), which is of one version of reader and knowledge and is replaced whole; and what was *found by comparing*
//! (events, lineage, origins), which can be rebuilt at any time.
//!
//! **Invariants.** Bytes are on the disk before a row says where they lie, so a row never points at nothing. A batch is
//! entered whole or not at all. What was sealed is never cut off a pack, only a torn record at its very end. No clock is
//! read: the caller says what time it is, and times of sealing stay in the ledger. Whatever is iterated comes in the order
//! of ids, never of arrival; decisions alone come in the order in which they were made. One run writes; any number read,
//! and decide.

mod arrivals;
mod browse;
mod changes;
mod collation;
mod custody;
mod decisions;
mod error;
mod events;
mod handed_in;
mod intake;
mod ledger;
mod lock;
mod pack;
mod reading;
mod record;
mod renewal;
mod reports;
mod reread;
mod schema;
mod search;
mod sums;
mod unread;
mod verify;
mod withdrawal;
mod writer;

pub use arrivals::Arrival;
pub use browse::{EventPage, EventRow, ReportFilter, ReportFound, SourceLine};
pub use changes::{Changes, GoneEvent, Mark};
pub use collation::{Collation, EventDetail, FoundEvent, PlacedClaim, ReportLine, SearchWords};
pub use custody::CustodyEntry;
pub use decisions::{Expected, NewDecision};
pub use error::LedgerError;
pub use events::{EventFilter, EventLine};
pub use handed_in::HandedIn;
pub use intake::{Added, Intake, NewReport, Original, Reading, SetAside};
pub use ledger::{Counts, Ledger, Snapshot, State, Version};
pub use record::Seal;
pub use reports::{Reports, StoredReport};
pub use verify::{Fault, Remainder, Verification};
pub use withdrawal::{Tombstone, Withdrawal, Withdrawn};
pub use writer::Writer;
