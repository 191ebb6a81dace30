//! Reading all originals again, when the reader or its knowledge has become another.

use crate::custody::{self, INTAKE, intake_of_row, place_of_row};
use crate::error::{LedgerError, db_error};
use crate::intake::{Added, Intake, Original, Reading, SetAside};
use crate::ledger::Ledger;
use crate::pack;
use crate::reading;
use crate::sums;
use crate::writer::{Writer, begin, enter_intake, intake_row};
use rusqlite::Connection;
use std::path::Path;

impl Writer {
    /// Hand out every original, `batch` at a time, and put what is read of them now in the place of all that was read
    /// before: all or nothing, in one transaction. Afterwards the ledger is of this run's version. `at` is the time now
    /// (RFC 3339).
    ///
    /// An original that is not as it was sealed ends this with an error and the old readings stay: a ledger must not lose
    /// reports without a word because a medium decays.
    pub fn reread<E: From<LedgerError>>(
        &mut self,
        batch: usize,
        at: &str,
        mut read: impl FnMut(Vec<Original>) -> Result<(Vec<Reading>, Vec<SetAside>), E>,
    ) -> Result<Added, E> {
        let ledger = &self.ledger;
        let dir = ledger.dir.as_path();
        let tx = begin(&ledger.db, dir)?;
        forget_readings(&tx, dir)?;
        let seq = custody::next_seq(&tx, dir)?;
        let mut added = Added::default();
        let mut after = 0;
        loop {
            let (originals, last) = ledger.originals_after(after, batch.max(1))?;
            if originals.is_empty() {
                break;
            }
            after = last;
            let (readings, set_aside) = read(originals)?;
            for reading in &readings {
                added += store(&tx, dir, reading, at, seq)?;
            }
            added.set_aside += reading::set_aside(&tx, dir, &set_aside)?;
        }
        note(ledger, at, seq, &self.version.to_string(), added)?;
        ledger.set_version(&self.version)?;
        ledger.set_meta("collation", "stale")?;
        ledger.note_change()?;
        tx.commit().map_err(db_error("replacing all readings", dir))?;
        Ok(added)
    }
}

fn forget_readings(db: &Connection, dir: &Path) -> Result<(), LedgerError> {
    // Things set aside whose bytes are sealed are read again; of the others only the user has the bytes.
    let emptied = sums::words_changed(db).and_then(|()| {
        db.execute_batch(
            "DELETE FROM reading; DELETE FROM analysis; DELETE FROM report; DELETE FROM report_unsearched;
         INSERT INTO report_words (report_words) VALUES ('delete-all');
         DELETE FROM set_aside WHERE sha256 IN (SELECT sha256 FROM original);",
        )
    });
    emptied.map_err(db_error("replacing all readings", dir))
}

fn store(db: &Connection, dir: &Path, reading: &Reading, at: &str, seq: u64) -> Result<Added, LedgerError> {
    let row = match intake_row(db, dir, &reading.intake.digest())? {
        Some(row) => row,
        // The reader tells the capture in another way than the one before did.
        None => enter_intake(db, dir, &reading.intake, at, seq)?.0,
    };
    reading::store(db, dir, &reading.report, &reading.analysis, &reading.intake, row)
}

fn note(ledger: &Ledger, at: &str, seq: u64, version: &str, added: Added) -> Result<(), LedgerError> {
    let (db, dir) = (&ledger.db, ledger.dir.as_path());
    let entered = custody::entered_with(db, dir, seq)?;
    if entered["intakes"] != 0 {
        custody::note(db, dir, at, custody::SEALED, &entered)?;
    }
    let before = ledger.version()?.map(|v| v.to_string());
    let detail = serde_json::json!({ "before": before, "now": version, "reports": added.reports });
    custody::note(db, dir, at, "reread", &detail)
}

impl Ledger {
    /// Originals in the order in which they were sealed, after this row; and the row of the last.
    fn originals_after(&self, after: i64, limit: usize) -> Result<(Vec<Original>, i64), LedgerError> {
        let error = || db_error("reading originals again", &self.dir);
        let query = "SELECT sha256, pack, start, stored, length, record_sha256, n FROM original WHERE n > ?1 AND withdrawn IS NULL ORDER BY n LIMIT ?2";
        let mut statement = self.db.prepare_cached(query).map_err(error())?;
        let rows = statement.query_map((after, limit), |row| Ok((place_of_row(row)?, row.get::<_, i64>(6)?))).map_err(error())?;
        let (mut originals, mut last) = (Vec::new(), after);
        for row in rows {
            let (place, n) = row.map_err(error())?;
            let bytes = pack::read(&self.packs_folder(), &place)?;
            originals.push(Original { sha256: place.sha256, bytes, intakes: self.intakes_of_original(n)? });
            last = n;
        }
        Ok((originals, last))
    }

    fn intakes_of_original(&self, row: i64) -> Result<Vec<Intake>, LedgerError> {
        let error = || db_error("reading intakes", &self.dir);
        let mut statement = self.db.prepare_cached(&format!("{INTAKE} WHERE i.original = ?1")).map_err(error())?;
        let intakes = statement.query_map([row], intake_of_row).map_err(error())?;
        let mut intakes = intakes.collect::<Result<Vec<_>, _>>().map_err(error())?;
        intakes.sort();
        Ok(intakes)
    }
}
