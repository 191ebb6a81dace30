//! A ledger opened for adding to it.

use crate::custody;
use crate::error::{LedgerError, db_error, io_error};
use crate::intake::{Added, Intake, NewReport, SetAside};
use crate::ledger::{Ledger, Version};
use crate::lock::Lock;
use crate::pack::{self, PACK_BYTES, Packs, Place};
use crate::sums::Change;
use crate::{reading, schema};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;
use std::ops::Deref;
use std::path::Path;

/// The one run that adds to a ledger. It reads as well: it is a [`Ledger`] too.
///
/// What is added in one call is there whole or not at all, whenever the process or the machine stops. After an error in
/// sealing, open the ledger again: what was sealed is then found and kept, what was torn is cut off.
#[derive(Debug)]
pub struct Writer {
    pub(crate) ledger: Ledger,
    pub(crate) packs: Packs,
    pub(crate) version: Version,
    _lock: Lock,
}

impl Drop for Writer {
    fn drop(&mut self) {
        schema::put_in_place(&self.ledger.db);
    }
}

impl Deref for Writer {
    type Target = Ledger;

    fn deref(&self) -> &Ledger {
        &self.ledger
    }
}

impl Ledger {
    /// Open a ledger for adding, or make one in a folder that is new or empty. `at` is the time now (RFC 3339), for the
    /// custody log.
    pub fn create_or_open(dir: &Path, version: &Version, at: &str) -> Result<Writer, LedgerError> {
        open_writer(dir, version, at, PACK_BYTES)
    }
}

/// The same with a pack length of one's own.
pub(crate) fn open_writer(dir: &Path, version: &Version, at: &str, pack_bytes: u64) -> Result<Writer, LedgerError> {
    schema::check_folder(dir)?;
    std::fs::create_dir_all(dir).map_err(io_error("making the ledger's folder", dir))?;
    let lock = Lock::take(dir)?;
    let ledger = Ledger { dir: dir.to_owned(), db: schema::open_write(dir)? };
    let last = ledger.last_places()?.into_iter().map(|place| (place.pack, place)).collect();
    let (packs, tail) = Packs::open(&ledger.packs_folder(), &last, pack_bytes)?;
    pack::sync_folder(dir)?;

    let tx = begin(&ledger.db, dir)?;
    if ledger.newest_custody()?.is_none() {
        custody::note(&tx, dir, at, "began", &serde_json::json!({ "version": version.to_string() }))?;
    }
    for (pack, bytes) in tail.cut {
        custody::note(&tx, dir, at, "cut", &serde_json::json!({ "pack": pack, "bytes": bytes }))?;
    }
    let seq = custody::next_seq(&tx, dir)?;
    let mut found = 0;
    for place in &tail.whole {
        found += enter_original(&tx, dir, place, seq)?;
    }
    if found > 0 {
        custody::note(&tx, dir, at, custody::FOUND, &custody::entered_with(&tx, dir, seq)?)?;
    }
    if ledger.version()?.is_none() || ledger.is_empty()? {
        ledger.set_version(version)?;
    }
    tx.commit().map_err(db_error("opening the ledger", dir))?;
    Ok(Writer { ledger, packs, version: version.clone(), _lock: lock })
}

/// Begin to write. The lock is held, so nobody else does.
pub(crate) fn begin<'d>(db: &'d Connection, dir: &Path) -> Result<Change<'d>, LedgerError> {
    Change::begin(db).map_err(db_error("writing the ledger", dir))
}

impl Writer {
    /// Was it read with another reader or other knowledge than this run's? Then [`Writer::reread`] comes before adding.
    pub fn needs_rereading(&self) -> Result<bool, LedgerError> {
        Ok(self.ledger.version()?.is_some_and(|stored| stored != self.version))
    }

    /// Add a batch: seal what is new, then enter it, in one transaction. A few hundred reports a batch spread the cost of
    /// bringing it onto the disk. What is there already is not added again; a known report that came by another path or
    /// under another key gets that intake. `at` is the time now (RFC 3339).
    ///
    /// Where one report's record is read in two ways (a title told beside one copy and not beside the other), the reading
    /// whose JSON is smaller stands: no order of arrival may decide.
    pub fn add(&mut self, reports: &[NewReport], set_aside: &[SetAside], at: &str) -> Result<Added, LedgerError> {
        if let Some(stored) = self.ledger.version()?.filter(|stored| *stored != self.version) {
            return Err(LedgerError::OtherVersion { stored: stored.to_string(), running: self.version.to_string() });
        }
        if let Some(wrong) = reports.iter().find(|r| r.intake.sha256 != r.seal.sha256()) {
            return Err(LedgerError::SealMismatch {
                path: wrong.intake.path.clone(),
                named: wrong.intake.sha256.clone(),
                found: wrong.seal.sha256().to_owned(),
            });
        }
        for report in reports {
            self.ledger.refuse_withdrawn(report)?;
        }
        self.packs.ready()?;
        let Self { ledger, packs, .. } = self;
        let dir = ledger.dir.as_path();
        let tx = begin(&ledger.db, dir)?;
        let places = seal_new(&tx, dir, packs, reports)?;
        let added = enter(&tx, dir, &places, reports, set_aside, at)?;
        let gone = added.set_aside > 0 && set_aside.iter().any(|s| s.gone.is_some());
        if added.reports + added.intakes > 0 || gone {
            ledger.set_meta("collation", "stale")?;
        }
        if added != Added::default() {
            ledger.note_change()?;
        }
        tx.commit().map_err(db_error("entering reports", dir))?;
        packs.committed();
        Ok(added)
    }
}

/// Append the originals that the ledger lacks to the packs and bring them onto the disk.
fn seal_new(db: &Connection, dir: &Path, packs: &mut Packs, reports: &[NewReport]) -> Result<Vec<Place>, LedgerError> {
    let mut seen = BTreeSet::new();
    let mut places = Vec::new();
    for report in reports {
        if seen.insert(report.seal.sha256()) && original_row(db, dir, report.seal.sha256())?.is_none() {
            places.push(packs.append(&report.seal)?);
        }
    }
    packs.sync()?;
    Ok(places)
}

/// Enter what was sealed and what was read of it.
fn enter(
    db: &Connection,
    dir: &Path,
    places: &[Place],
    reports: &[NewReport],
    set_aside: &[SetAside],
    at: &str,
) -> Result<Added, LedgerError> {
    let seq = custody::next_seq(db, dir)?;
    let mut sealed = 0;
    for place in places {
        sealed += enter_original(db, dir, place, seq)?;
    }
    let mut added = Added::default();
    for new in reports {
        let (intake, is_new) = enter_intake(db, dir, &new.intake, at, seq)?;
        sealed += u64::from(is_new);
        added += reading::store(db, dir, &new.report, &new.analysis, &new.intake, intake)?;
    }
    if sealed > 0 {
        custody::note(db, dir, at, custody::SEALED, &custody::entered_with(db, dir, seq)?)?;
    }
    added.set_aside = reading::set_aside(db, dir, set_aside)?;
    Ok(added)
}

/// Enter where an original lies; 1 if it was not known.
pub(crate) fn enter_original(db: &Connection, dir: &Path, place: &Place, seq: u64) -> Result<u64, LedgerError> {
    let insert = "INSERT OR IGNORE INTO original (sha256, pack, start, stored, length, seq, record_sha256)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    db.prepare_cached(insert)
        .and_then(|mut s| s.execute(params![place.sha256, place.pack, place.start, place.stored, place.length, seq, place.record_sha256]))
        .map(|rows| rows as u64)
        .map_err(db_error("entering an original", dir))
}

pub(crate) fn original_row(db: &Connection, dir: &Path, sha256: &str) -> Result<Option<i64>, LedgerError> {
    db.prepare_cached("SELECT n FROM original WHERE sha256 = ?1")
        .and_then(|mut s| s.query_row([sha256], |row| row.get(0)).optional())
        .map_err(db_error("looking an original up", dir))
}

/// Enter how an original came in, if that is not known. Gives its row, and whether it is new.
pub(crate) fn enter_intake(db: &Connection, dir: &Path, intake: &Intake, at: &str, seq: u64) -> Result<(i64, bool), LedgerError> {
    let digest = intake.digest();
    if let Some(row) = intake_row(db, dir, &digest)? {
        return Ok((row, false));
    }
    let insert = "INSERT INTO intake
        (digest, original, path, given, captured_at, captured_by, container, record_offset, sealed_at, seq)
        SELECT ?1, n, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM original WHERE sha256 = ?2";
    let c = &intake.capture;
    let rows = db
        .prepare_cached(insert)
        .and_then(|mut s| {
            s.execute(params![digest, intake.sha256, intake.path, intake.given, c.at, c.by, c.container, c.record_offset, at, seq])
        })
        .map_err(db_error("entering an intake", dir))?;
    if rows == 0 { Err(LedgerError::NoOriginal { sha256: intake.sha256.clone() }) } else { Ok((db.last_insert_rowid(), true)) }
}

/// The row of the intake with this digest.
pub(crate) fn intake_row(db: &Connection, dir: &Path, digest: &str) -> Result<Option<i64>, LedgerError> {
    db.prepare_cached("SELECT n FROM intake WHERE digest = ?1")
        .and_then(|mut s| s.query_row([digest], |row| row.get(0)).optional())
        .map_err(db_error("looking an intake up", dir))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Seal;
    use marsad_model::{Capture, Report};

    fn new(n: u32) -> NewReport {
        let seal = Seal::of(&n.to_be_bytes());
        let report: Report = serde_json::from_value(serde_json::json!({
            "id": format!("r:{n:024x}"), "url": null, "text_sha256": "", "kind": "post", "account": null,
            "source": { "id": null, "name": null, "kind": "unknown", "family": null }, "language": "en", "title": null,
            "byline": null, "published": null, "updated": null, "text": "x".repeat(2_000), "notes": []
        }))
        .unwrap();
        let capture = Capture { at: None, by: "file".to_owned(), container: None, record_offset: None };
        let intake = Intake { path: n.to_string(), key: None, sha256: seal.sha256().to_owned(), given: None, capture };
        NewReport { report, intake, seal, analysis: vec![0; 2_000] }
    }

    #[test]
    fn a_full_disk_stops_the_run_and_loses_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let version = Version { program: "1".to_owned(), knowledge: "1".to_owned() };
        let mut writer = open_writer(dir.path(), &version, "now", 2_000).unwrap();
        let all: Vec<NewReport> = (0..60).map(new).collect();
        writer.add(&all[..30], &[], "now").unwrap();
        // The database may grow no more: for it, that is a full disk.
        let pages: i64 = writer.ledger.db.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        writer.ledger.db.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).unwrap();
        assert!(matches!(writer.add(&all, &[], "now"), Err(LedgerError::DiskFull { .. })));
        assert_eq!(writer.counts().unwrap().reports, 30);
        assert!(matches!(writer.add(&all, &[], "now"), Err(LedgerError::Unfinished { .. })));
        drop(writer);

        let mut writer = open_writer(dir.path(), &version, "now", 2_000).unwrap();
        assert_eq!(writer.counts().unwrap().originals, 60);
        let added = writer.add(&all, &[], "now").unwrap();
        assert_eq!((added.reports, added.intakes), (30, 30));
        assert_eq!(writer.verify_originals(|_| ()).unwrap().checked, 60);
        assert_eq!(writer.verify_custody().unwrap().faults, []);
    }
}
