//! What can go wrong with a ledger, each with what was being done and what to do next.

use std::io;
use std::path::{Path, PathBuf};

/// A ledger could not do what was asked. Nothing is half done when one of these comes back.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// There is no ledger there.
    #[error("no ledger at `{}`", path.display())]
    NoLedger {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// There is something else there.
    #[error("`{}` is not a ledger: {why}", path.display())]
    NotALedger {
        /// What was opened.
        path: PathBuf,
        /// How that can be told.
        why: String,
    },
    /// A newer program made it.
    #[error("the ledger `{}` has schema {found}, this program knows up to {known}", path.display())]
    NewerSchema {
        /// The ledger.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The newest schema known.
        known: u32,
    },
    /// Another run writes to it.
    #[error("another run is writing to the ledger `{}`", path.display())]
    Locked {
        /// The ledger.
        path: PathBuf,
    },
    /// No room left.
    #[error("the disk is full ({doing} in `{}`)", path.display())]
    DiskFull {
        /// What was being done.
        doing: &'static str,
        /// Where.
        path: PathBuf,
    },
    /// A file could not be read or written.
    #[error("{doing} failed for `{}`: {source}", path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// To which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The database refused.
    #[error("{doing} failed in `{}`: {source}", path.display())]
    Database {
        /// What was being done.
        doing: &'static str,
        /// The ledger.
        path: PathBuf,
        /// What the database said.
        source: rusqlite::Error,
    },
    /// Sealed bytes are not those that were sealed.
    #[error("original {sha256} in pack {pack} at byte {start} is not as it was sealed: {why}")]
    OriginalChanged {
        /// Its hash when it was sealed.
        sha256: String,
        /// The pack's number.
        pack: u32,
        /// Where its record starts.
        start: u64,
        /// What differs.
        why: String,
    },
    /// The ledger holds no such report.
    #[error("no report with the id {id}")]
    NoReport {
        /// The id asked for.
        id: String,
    },
    /// It was withdrawn.
    #[error("{id} was withdrawn on {at}: {ground}")]
    Withdrawn {
        /// The report's id or the original's hash.
        id: String,
        /// When.
        at: String,
        /// On what ground.
        ground: String,
    },
    /// What was withdrawn cannot be destroyed while somebody reads.
    #[error("the ledger `{}` is being read, so that withdrawn bytes lie in its files still", path.display())]
    StillRead {
        /// The ledger.
        path: PathBuf,
    },
    /// The ledger holds no such original.
    #[error("no original with the hash {sha256}")]
    NoOriginal {
        /// The hash asked for.
        sha256: String,
    },
    /// A pack ends before the originals do that were sealed in it.
    #[error("`{}` holds {found} bytes of at least {needed}: sealed originals are missing", path.display())]
    PackShort {
        /// The pack.
        path: PathBuf,
        /// Its length.
        found: u64,
        /// Where its last original ends.
        needed: u64,
    },
    /// The bytes to be sealed are not those that the intake names.
    #[error("the bytes of `{path}` hash to {found}, not to {named}")]
    SealMismatch {
        /// The intake's path.
        path: String,
        /// The hash it names.
        named: String,
        /// The hash of the bytes.
        found: String,
    },
    /// A name fits several things.
    #[error("`{name}` fits {}: {}", candidates.len(), candidates.join(", "))]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// The ids that fit, sorted; at most ten.
        candidates: Vec<String>,
    },
    /// What is asked for is to be since a mark that the ledger did not set.
    #[error("`{mark}` is no mark of this ledger")]
    OtherMark {
        /// The mark.
        mark: String,
    },
    /// The ledger was read with another reader or other knowledge.
    #[error("the ledger was read with {stored}, this is {running}: its originals must be read again first")]
    OtherVersion {
        /// Whose readings it holds.
        stored: String,
        /// Whose were to be added.
        running: String,
    },
    /// A stored record is not what it should be.
    #[error("the stored {what} `{id}` cannot be read: {source}")]
    BadRecord {
        /// Of what sort.
        what: &'static str,
        /// Its id.
        id: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// After a failed write nothing more may be written until the ledger is opened again.
    #[error("an earlier write failed, so nothing more is sealed in `{}`", path.display())]
    Unfinished {
        /// The folder of the packs.
        path: PathBuf,
    },
}

impl LedgerError {
    /// Did it fail because nothing may be written there?
    pub fn is_unwritable(&self) -> bool {
        use rusqlite::ErrorCode::{CannotOpen, PermissionDenied, ReadOnly};
        match self {
            Self::Io { source, .. } => matches!(source.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem),
            Self::Database { source, .. } => matches!(source.sqlite_error_code(), Some(CannotOpen | PermissionDenied | ReadOnly)),
            _ => false,
        }
    }

    /// What the user can do about it, where there is something.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoLedger { .. } => "make one with `marsad run INPUT --ledger DIR`",
            Self::NotALedger { .. } => "name a ledger, or a folder that is new or empty",
            Self::NewerSchema { .. } => "open it with the newer program that made it",
            Self::Locked { .. } => "wait until that run has ended; reading the ledger is possible meanwhile",
            Self::DiskFull { .. } => "free some space and run again: what was sealed is kept and nothing is doubled",
            Self::Io { source, .. } => match source.kind() {
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "allow writing there, or name another folder",
                _ => "run again: what was sealed is kept and nothing is doubled",
            },
            Self::Database { source, .. } => match source.sqlite_error_code() {
                Some(rusqlite::ErrorCode::DatabaseCorrupt) => {
                    "restore `marsad.db` from a backup, or move it away and run on the same input: the originals are kept in their packs"
                }
                Some(rusqlite::ErrorCode::ReadOnly | rusqlite::ErrorCode::CannotOpen | rusqlite::ErrorCode::PermissionDenied) => {
                    "allow writing in the ledger's folder, or copy it to where that is allowed"
                }
                _ => "run again: what was sealed is kept and nothing is doubled",
            },
            Self::OriginalChanged { .. } | Self::PackShort { .. } => {
                "restore the pack from a backup; `marsad verify` names all that differs"
            }
            Self::StillRead { .. } => {
                "stop what reads it (`marsad serve`), then run anything that writes, such as `marsad review withdraw`, again"
            }
            Self::NoReport { .. } | Self::NoOriginal { .. } => "look the report up by its id, path or key",
            Self::Ambiguous { .. } => "give more of the id",
            Self::OtherMark { .. } => {
                "a mark is of the ledger that set it, and of no copy of it that went another way; export once without --since, which tells the mark of today"
            }
            Self::OtherVersion { .. } => "read the originals again with `marsad run --ledger DIR`",
            Self::BadRecord { .. } => "run again with this version: it reads the originals again",
            Self::Unfinished { .. } => "close the ledger and run again: the pack is then put in order",
            Self::Withdrawn { .. } | Self::SealMismatch { .. } => return None,
        })
    }
}

/// Say of a system error what was being done, and to which file.
pub(crate) fn io_error(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> LedgerError {
    move |source| match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => LedgerError::DiskFull { doing, path: path.to_owned() },
        _ => LedgerError::Io { doing, path: path.to_owned(), source },
    }
}

/// Say of a database error what was being done, and in which ledger.
pub(crate) fn db_error(doing: &'static str, path: &Path) -> impl FnOnce(rusqlite::Error) -> LedgerError {
    use rusqlite::ErrorCode;
    move |source| {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => LedgerError::DiskFull { doing, path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => LedgerError::Locked { path },
            Some(ErrorCode::NotADatabase) => LedgerError::NotALedger { path, why: "`marsad.db` is no SQLite database".to_owned() },
            _ => LedgerError::Database { doing, path, source },
        }
    }
}
