//! What an export since an earlier one holds: the events that changed, and what became of those that are not among them.

use crate::{ExportError, Folder, Out};
use marsad_ledger::{GoneEvent, Ledger, Mark};
use marsad_model::EventId;
use marsad_record::SinceRecord;
use serde::Serialize;
use std::collections::BTreeSet;

/// The file that tells of events which are not in an export since a mark, though they were in the ledger or changed.
pub const GONE: &str = "gone.jsonl";

/// What changed since a mark.
#[derive(Debug)]
pub struct Since {
    mark: Mark,
    next: Option<Mark>,
    changed: BTreeSet<EventId>,
    gone: Vec<Gone>,
}

/// An event that whoever had the export before should know of. A line of `gone.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Gone {
    id: EventId,
    why: Why,
    /// The event that tells of it now.
    now: Option<EventId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
enum Why {
    /// Another event has its claims.
    Merged,
    /// No claim tells of it any more: they were rejected, withdrawn or are read otherwise.
    Ended,
    /// It changed, and does not pass the filter; whether it did before is not known.
    Outside,
}

impl Since {
    /// What changed in this ledger. Hold a [`Snapshot`](marsad_ledger::Snapshot) meanwhile.
    pub fn of(ledger: &Ledger, mark: Mark) -> Result<Self, ExportError> {
        let changes = ledger.changes_since(&mark)?;
        let gone = |GoneEvent { id, now }| Gone { id, why: if now.is_some() { Why::Merged } else { Why::Ended }, now };
        let gone = changes.gone.into_iter().map(gone).collect();
        Ok(Self { next: ledger.mark()?, mark, changed: changes.changed, gone })
    }

    /// The events that changed.
    pub fn changed(&self) -> &BTreeSet<EventId> {
        &self.changed
    }

    /// Only the events among these; those that changed and are not among them are told of.
    #[must_use]
    pub fn among(mut self, fitting: &BTreeSet<EventId>) -> Self {
        let (changed, outside) = std::mem::take(&mut self.changed).into_iter().partition(|id| fitting.contains(id));
        self.changed = changed;
        let outside: BTreeSet<EventId> = outside;
        self.gone.extend(outside.into_iter().map(|id| Gone { id, why: Why::Outside, now: None }));
        self.gone.sort();
        self
    }

    /// Write the file of those that are not there, their ids as `named` gives them.
    pub fn tell(&self, folder: &mut dyn Folder, named: &dyn Fn(&EventId) -> EventId) -> Result<(), ExportError> {
        let named = |gone: &Gone| Gone { id: named(&gone.id), why: gone.why, now: gone.now.as_ref().map(named) };
        let mut lines: Vec<Gone> = self.gone.iter().map(named).collect();
        lines.sort();
        let mut out = Out::create(folder, GONE)?;
        lines.iter().try_for_each(|line| out.line(line))?;
        out.finish()
    }

    /// What the summary says of it.
    pub fn record(&self) -> SinceRecord {
        let next = self.next.as_ref().unwrap_or(&self.mark).to_string();
        SinceRecord { cursor: self.mark.to_string(), next, gone: self.gone.len() as u64 }
    }
}
