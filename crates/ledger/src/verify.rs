//! Checking that a ledger still holds what was put into it.

use crate::custody::{self, place_of_row};
use crate::error::{LedgerError, db_error};
use crate::ledger::Ledger;
use crate::pack::{self, Place};
use crate::reading::bad;
use crate::sums;
use marsad_model::{Report, ReportId, sha256_hex};
use std::collections::BTreeMap;

/// Originals checked between two looks into the database.
const PAGE: usize = 256;

/// Something that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// An entry of the custody log, or what was entered with it.
    Custody {
        /// The entry's number.
        seq: u64,
        /// What is wrong.
        why: String,
    },
    /// A sealed original.
    Original {
        /// Its hash when it was sealed.
        sha256: String,
        /// The pack's number.
        pack: u32,
        /// Where in the pack its record starts.
        start: u64,
        /// What is wrong.
        why: String,
        /// The paths it came by, sorted.
        paths: Vec<String>,
    },
    /// The database: a table, or its file.
    Database {
        /// Which.
        what: String,
        /// What is wrong.
        why: String,
    },
    /// The readable text of a report.
    Text {
        /// The report.
        report: ReportId,
        /// What is wrong.
        why: String,
    },
}

/// Bytes at the end of a pack that the database knows nothing of: a run that was killed leaves them, and the next puts
/// them in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remainder {
    /// The pack's number.
    pub pack: u32,
    /// How many.
    pub bytes: u64,
}

impl std::fmt::Display for Remainder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { pack, bytes } = self;
        write!(f, "pack {pack} ends with {bytes} bytes that were not entered; the next run puts them in order")
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Custody { seq, why } => write!(f, "custody entry {seq}: {why}"),
            Self::Original { sha256, pack, start, why, paths } => {
                write!(f, "original {sha256} ({}) in pack {pack} at byte {start}: {why}", paths.join(", "))
            }
            Self::Database { what, why } => write!(f, "database, {what}: {why}"),
            Self::Text { report, why } => write!(f, "report {report}: {why}"),
        }
    }
}

/// What was checked and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verification {
    /// How many entries or originals were checked.
    pub checked: u64,
    /// What is not as it was, in the order in which it was found.
    pub faults: Vec<Fault>,
}

impl Ledger {
    /// Check the custody log, and that the originals and intakes which were entered are those that it tells of.
    pub fn verify_custody(&self) -> Result<Verification, LedgerError> {
        let mut found = Verification::default();
        let (mut seq, mut previous) = (1, String::new());
        custody::each(&self.db, &self.dir, |entry| {
            found.checked += 1;
            if let Some(why) = custody::fault(&self.db, &self.dir, &entry, seq, &previous)? {
                found.faults.push(Fault::Custody { seq: entry.seq, why });
            }
            (seq, previous) = (entry.seq + 1, entry.hash);
            Ok(())
        })?;
        let why = "originals, intakes, decisions or withdrawals name it, and it tells of none";
        found.faults.extend(self.entries_without_word()?.into_iter().map(|seq| Fault::Custody { seq, why: why.to_owned() }));
        Ok(found)
    }

    /// Entries that rows name though no entry of that number tells of rows.
    fn entries_without_word(&self) -> Result<Vec<u64>, LedgerError> {
        let query = "SELECT seq FROM (SELECT DISTINCT seq FROM original UNION SELECT DISTINCT seq FROM intake)
            WHERE seq NOT IN (SELECT seq FROM custody WHERE what IN (?1, ?2))
            UNION SELECT DISTINCT seq FROM decision WHERE seq NOT IN (SELECT seq FROM custody WHERE what = ?3)
            UNION SELECT seq FROM (SELECT seq FROM withdrawn UNION SELECT withdrawn FROM original UNION SELECT withdrawn FROM decision)
            WHERE seq IS NOT NULL AND seq NOT IN (SELECT seq FROM custody WHERE what = ?4) ORDER BY seq";
        let words = [custody::SEALED, custody::FOUND, custody::DECIDED, custody::WITHDRAWN];
        self.db
            .prepare(query)
            .and_then(|mut s| s.query_map(words, |row| row.get(0)).and_then(Iterator::collect))
            .map_err(db_error("reading the custody log", &self.dir))
    }

    /// Read every original and check that it is what was sealed. `progress` is told how many have been checked.
    pub fn verify_originals(&self, mut progress: impl FnMut(u64)) -> Result<Verification, LedgerError> {
        let error = || db_error("checking originals", &self.dir);
        let query = format!(
            "SELECT sha256, pack, start, stored, length, record_sha256, n, withdrawn IS NOT NULL FROM original WHERE (pack, start) > (?1, ?2) ORDER BY pack, start LIMIT {PAGE}"
        );
        let mut statement = self.db.prepare(&query).map_err(error())?;
        let mut found = Verification::default();
        let mut after = (0, 0);
        loop {
            let page = statement
                .query_map(after, |row| Ok((place_of_row(row)?, row.get::<_, i64>(6)?, row.get::<_, bool>(7)?)))
                .and_then(Iterator::collect::<Result<Vec<_>, _>>)
                .map_err(error())?;
            let Some((last, ..)) = page.last() else { return Ok(found) };
            after = (last.pack, last.start);
            for (place, row, withdrawn) in &page {
                if *withdrawn {
                    found.faults.extend(self.unwiped(place)?);
                    found.checked += 1;
                    continue;
                }
                match pack::check(&self.packs_folder(), place) {
                    Err(LedgerError::OriginalChanged { sha256, pack, start, why }) => {
                        let paths = self.paths_of_original(*row)?;
                        found.faults.push(Fault::Original { sha256, pack, start, why, paths });
                    }
                    checked => checked?,
                }
                found.checked += 1;
            }
            progress(found.checked);
        }
    }

    /// Check of every report that its readable text is the one whose hash was recorded when it was read.
    pub fn verify_texts(&self) -> Result<Verification, LedgerError> {
        let error = || db_error("checking reports", &self.dir);
        let mut found = Verification::default();
        let mut statement = self.db.prepare("SELECT id, body FROM report ORDER BY id").map_err(error())?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0).map(ReportId::from)?, row.get::<_, String>(1)?)));
        for row in rows.map_err(error())? {
            let (id, body) = row.map_err(error())?;
            found.checked += 1;
            found.faults.extend(text_fault(&id, &body).map(|why| Fault::Text { report: id, why }));
        }
        Ok(found)
    }

    /// Check that every table's rows are those that were written, and that the database's file is sound. It names the table; the
    /// other checks name the entry, the original or the report.
    pub fn verify_rows(&self) -> Result<Verification, LedgerError> {
        let _snapshot = self.snapshot()?;
        let (checked, faults) = sums::faults(&self.db).map_err(db_error("checking the database", &self.dir))?;
        Ok(Verification { checked, faults: faults.into_iter().map(|(what, why)| Fault::Database { what, why }).collect() })
    }

    /// What lies in the packs beyond the last original that was entered. No fault: it is the remains of a killed run, or
    /// what a run that is at work has not entered yet.
    pub fn remainders(&self) -> Result<Vec<Remainder>, LedgerError> {
        let entered: BTreeMap<u32, u64> = self.last_places()?.into_iter().map(|p| (p.pack, p.end())).collect();
        let beyond = |(pack, length): (u32, u64)| {
            let bytes = length.saturating_sub(entered.get(&pack).copied().unwrap_or(0));
            (bytes > 0).then_some(Remainder { pack, bytes })
        };
        Ok(pack::lengths(&self.packs_folder())?.into_iter().filter_map(beyond).collect())
    }

    /// What is wrong with an original that was withdrawn: that its bytes are there, unless their destruction is to be finished.
    fn unwiped(&self, place: &Place) -> Result<Option<Fault>, LedgerError> {
        if self.has_unfinished_withdrawal()? || pack::is_wiped(&self.packs_folder(), place).is_ok_and(|wiped| wiped) {
            return Ok(None);
        }
        let why = "it was withdrawn, and what lies there is not what stands in its place".to_owned();
        let Place { sha256, pack, start, .. } = place.clone();
        Ok(Some(Fault::Original { sha256, pack, start, why, paths: Vec::new() }))
    }

    fn paths_of_original(&self, row: i64) -> Result<Vec<String>, LedgerError> {
        self.db
            .prepare_cached("SELECT DISTINCT path FROM intake WHERE original = ?1 ORDER BY path")
            .and_then(|mut s| s.query_map([row], |row| row.get(0)).and_then(Iterator::collect))
            .map_err(db_error("reading intakes", &self.dir))
    }
}

/// What is wrong with a report as it is stored.
fn text_fault(id: &ReportId, body: &str) -> Option<String> {
    match serde_json::from_str::<Report>(body) {
        Err(source) => Some(bad(id, source).to_string()),
        Ok(report) if report.id != *id => Some(format!("what is stored there is the report {}", report.id)),
        Ok(report) if sha256_hex(report.text.as_bytes()) != report.text_sha256 => {
            Some("its readable text is not the one that was read".to_owned())
        }
        Ok(_) => None,
    }
}
