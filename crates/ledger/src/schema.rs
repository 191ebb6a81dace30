//! Opening `marsad.db`: is it a ledger, of which schema, and what must be done to bring it up to this program's.

use crate::error::{LedgerError, db_error};
use crate::{lock, pack, sums};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The database's file, inside the ledger's folder.
pub(crate) const FILE: &str = "marsad.db";

/// "MRSD": written into the database's head, so that another program's database is never taken for a ledger.
const APPLICATION_ID: i32 = 0x4d52_5344;

/// One step from a schema to the next. A released step is never changed; a new one is added.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_first.sql"),
    include_str!("../migrations/0002_no_report.sql"),
    include_str!("../migrations/0003_page.sql"),
    include_str!("../migrations/0004_decisions.sql"),
    include_str!("../migrations/0005_gone.sql"),
    include_str!("../migrations/0006_withdrawn.sql"),
    include_str!("../migrations/0007_sums.sql"),
    include_str!("../migrations/0008_packed.sql"),
    include_str!("../migrations/0009_changes.sql"),
];

/// Readers may meet the moment in which a batch is committed; it is short.
const PATIENCE: Duration = Duration::from_secs(5);

/// Statements kept ready. Adding a batch uses a dozen and a half; the default of 16 would make each anew in turn.
const READY_STATEMENTS: usize = 64;

/// The ledger's database for writing, made or brought up to date as needed. The caller holds the lock.
pub(crate) fn open_write(dir: &Path) -> Result<Connection, LedgerError> {
    let mut db = Connection::open_with_flags(
        dir.join(FILE),
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(db_error("opening the ledger", dir))?;
    check_kind(&db, dir)?;
    // Write-ahead: readers are not held up by the writer. Full: what was committed outlives a power failure.
    // Ids are hashes and fall all over the indexes: those are kept in memory (64 MiB), and changed pages are gathered in the
    // write-ahead file (32 MiB) before they are put in their places, so that a report costs as much into a large ledger.
    let settings = "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8192;";
    db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
        .and_then(|()| db.execute_batch(settings))
        .map_err(db_error("opening the ledger", dir))?;
    db.set_prepared_statement_cache_capacity(READY_STATEMENTS);
    migrate(&mut db, dir, MIGRATIONS)?;
    sums::watch(&db).map_err(db_error("opening the ledger", dir))?;
    Ok(db)
}

/// Bring what was written out of the write-ahead file into the database's own, unless somebody reads at this moment: then the
/// next who writes does. A bit that decays in the write-ahead file takes the last changes with it, and nothing could tell.
pub(crate) fn put_in_place(db: &Connection) {
    let _ = db.busy_timeout(Duration::ZERO);
    let _ = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
}

/// The ledger's database for reading.
pub(crate) fn open_read(dir: &Path) -> Result<Connection, LedgerError> {
    if !dir.join(FILE).is_file() {
        return Err(LedgerError::NoLedger { path: dir.to_owned() });
    }
    let db = open_unchanged(dir)?;
    let found = check_kind(&db, dir)?;
    if found == 0 {
        return Err(LedgerError::NoLedger { path: dir.to_owned() });
    }
    if (found as usize) < MIGRATIONS.len() {
        drop(db);
        let _lock = lock::Lock::take(dir)?;
        drop(open_write(dir)?);
        return open_unchanged(dir);
    }
    Ok(db)
}

/// Open without writing anything into the folder, which may lie on a medium that allows no writing.
fn open_unchanged(dir: &Path) -> Result<Connection, LedgerError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let file = dir.join(FILE);
    let probe = |db: Connection| db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map(|()| db);
    let opened = Connection::open_with_flags(&file, flags).and_then(probe);
    let db = match opened {
        // Reading beside a writer needs a small shared file. Where it cannot be made and no writer left anything behind,
        // the database may be read as one that nobody changes.
        Err(e) if may_be_unwritable(&e) && no_journal(dir) => {
            immutable_address(&file).map_or(Err(e), |uri| Connection::open_with_flags(uri, flags).and_then(probe))
        }
        opened => opened,
    }
    .map_err(db_error("opening the ledger", dir))?;
    db.set_prepared_statement_cache_capacity(READY_STATEMENTS);
    db.busy_timeout(PATIENCE).map_err(db_error("opening the ledger", dir))?;
    Ok(db)
}

fn may_be_unwritable(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{CannotOpen, PermissionDenied, ReadOnly};
    matches!(error.sqlite_error_code(), Some(CannotOpen | PermissionDenied | ReadOnly))
}

fn no_journal(dir: &Path) -> bool {
    std::fs::metadata(dir.join(format!("{FILE}-wal"))).map_or(true, |m| m.len() == 0)
}

/// The file's address with the promise that it does not change; `None` where the path is not Unicode.
fn immutable_address(file: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(file).ok()?;
    let spelled = path.to_str()?.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    Some(PathBuf::from(format!("file:{}?immutable=1", spelled.collect::<String>())))
}

/// The schema's number (0 for a database without anything in it); an error if this is no ledger or a newer one.
fn check_kind(db: &Connection, dir: &Path) -> Result<u32, LedgerError> {
    let number = |pragma: &str| db.query_row(pragma, [], |row| row.get::<_, i64>(0)).map_err(db_error("opening the ledger", dir));
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    let (application, schema) = (number("PRAGMA application_id")?, number("PRAGMA user_version")?);
    if application != i64::from(APPLICATION_ID) && (tables, application, schema) != (0, 0, 0) {
        return Err(LedgerError::NotALedger { path: dir.to_owned(), why: "its `marsad.db` was made by another program".to_owned() });
    }
    let found = u32::try_from(schema).unwrap_or(u32::MAX);
    let known = MIGRATIONS.len() as u32;
    if found > known { Err(LedgerError::NewerSchema { path: dir.to_owned(), found, known }) } else { Ok(found) }
}

/// Take the steps that the database lacks, all or none.
fn migrate(db: &mut Connection, dir: &Path, steps: &[&str]) -> Result<(), LedgerError> {
    let error = || db_error("bringing the ledger up to date", dir);
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(error())?;
    let found: u32 = tx.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(error())?;
    for (at, step) in steps.iter().enumerate().skip(found as usize) {
        tx.execute_batch(step)
            .and_then(|()| tx.pragma_update(None, "user_version", at as u32 + 1))
            .and_then(|()| tx.pragma_update(None, "application_id", APPLICATION_ID))
            .map_err(error())?;
    }
    if (found as usize) < steps.len() {
        sums::make(&tx).map_err(error())?;
    }
    tx.commit().map_err(error())
}

/// Refuse a folder that holds anything but a ledger: its owner did not mean it to become one.
pub(crate) fn check_folder(dir: &Path) -> Result<(), LedgerError> {
    let not = |why: String| Err(LedgerError::NotALedger { path: dir.to_owned(), why });
    if dir.exists() && !dir.is_dir() {
        return not("it is a file".to_owned());
    }
    if dir.join(FILE).exists() || !dir.exists() {
        return Ok(());
    }
    let entries = std::fs::read_dir(dir).map_err(crate::error::io_error("listing the folder", dir))?;
    // The lock and the packs alone are a ledger whose database was lost, or was never finished.
    let ours = |name: &str| name == lock::FILE || name == pack::FOLDER || name.starts_with(FILE);
    let mut foreign: Vec<String> =
        entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).filter(|name| !ours(name)).collect();
    foreign.sort();
    match foreign.first() {
        Some(name) => not(format!("it holds other things, such as `{name}`, and no `{FILE}`")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_taken_once_and_a_step_that_fails_leaves_the_schema_before_it() {
        let dir = tempfile::tempdir().unwrap();
        let mut db = open_write(dir.path()).unwrap();
        let more = "CREATE TABLE more (x INTEGER) STRICT";
        let known = MIGRATIONS.len() as u32;
        let steps: Vec<&str> = MIGRATIONS.iter().copied().chain([more, "NOT SQL"]).collect();
        let sound = steps.len() - 1;
        assert!(migrate(&mut db, dir.path(), &steps).is_err());
        assert_eq!(check_kind(&db, dir.path()).unwrap(), known);
        assert!(db.prepare("SELECT x FROM more").is_err());
        migrate(&mut db, dir.path(), &steps[..sound]).unwrap();
        migrate(&mut db, dir.path(), &steps[..sound]).unwrap();
        assert!(db.prepare("SELECT x FROM more").is_ok());
        assert!(
            matches!(check_kind(&db, dir.path()), Err(LedgerError::NewerSchema { found, known: k, .. }) if found == known + 1 && k == known)
        );
    }

    #[test]
    fn a_path_with_odd_letters_is_still_an_address() {
        let dir = tempfile::tempdir().unwrap();
        let odd = dir.path().join("سجل ? # 100%");
        std::fs::create_dir(&odd).unwrap();
        drop(open_write(&odd).unwrap());
        let uri = immutable_address(&odd.join(FILE)).unwrap();
        let db = Connection::open_with_flags(uri, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI).unwrap();
        assert_eq!(check_kind(&db, &odd).unwrap(), MIGRATIONS.len() as u32);
    }
}
