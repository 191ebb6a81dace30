//! The formats, by the names under which they are asked for.

use crate::{ExportError, Folder, Record, jsonl};
use marsad_record::LedgerRecord;

/// Makes files of records.
pub trait Writer {
    /// Take the next record, in the order in which [`Records`](crate::Records) hands them out.
    fn take(&mut self, record: &Record) -> Result<(), ExportError>;

    /// All were taken.
    fn finish(self: Box<Self>, ledger: &LedgerRecord) -> Result<(), ExportError>;
}

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// The contract's records, one JSON object a line.
    Jsonl,
}

impl Format {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Jsonl];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
        }
    }

    /// What makes its files in this folder.
    pub fn writer(self, folder: &mut dyn Folder) -> Result<Box<dyn Writer>, ExportError> {
        Ok(match self {
            Self::Jsonl => Box::new(jsonl::Lines::create(folder)?),
        })
    }
}
