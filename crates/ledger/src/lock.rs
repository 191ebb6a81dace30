//! One run writes to a ledger at a time.

use crate::error::{LedgerError, io_error};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// The name of the file that is locked. It stays when the run has ended and holds nothing.
pub(crate) const FILE: &str = "marsad.lock";

/// Held by the run that writes. The operating system lets go of it when the process ends, however it ends, so a crash
/// leaves no stale lock behind.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Take the lock of the ledger in this directory, or say that another run has it.
    pub(crate) fn take(dir: &Path) -> Result<Self, LedgerError> {
        let path = dir.join(FILE);
        let file =
            OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(io_error("opening the lock file", &path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(LedgerError::Locked { path: dir.to_owned() }),
            // Some network file systems know no locks. Writing there anyway would risk the mixing that the lock prevents.
            Err(TryLockError::Error(source)) => Err(io_error("locking", &path)(source)),
        }
    }
}
