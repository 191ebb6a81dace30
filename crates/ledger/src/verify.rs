//! Checking that a ledger still holds what was put into it.

use crate::custody::{self, place_of_row};
use crate::error::{LedgerError, db_error};
use crate::ledger::Ledger;
use crate::pack;

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
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Custody { seq, why } => write!(f, "custody entry {seq}: {why}"),
            Self::Original { sha256, pack, start, why, paths } => {
                write!(f, "original {sha256} ({}) in pack {pack} at byte {start}: {why}", paths.join(", "))
            }
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
        let why = "originals, intakes or decisions name it, and it tells of none";
        found.faults.extend(self.entries_without_word()?.into_iter().map(|seq| Fault::Custody { seq, why: why.to_owned() }));
        Ok(found)
    }

    /// Entries that rows name though no entry of that number tells of rows.
    fn entries_without_word(&self) -> Result<Vec<u64>, LedgerError> {
        let query = "SELECT seq FROM (SELECT DISTINCT seq FROM original UNION SELECT DISTINCT seq FROM intake)
            WHERE seq NOT IN (SELECT seq FROM custody WHERE what IN (?1, ?2))
            UNION SELECT DISTINCT seq FROM decision WHERE seq NOT IN (SELECT seq FROM custody WHERE what = ?3) ORDER BY seq";
        let words = [custody::SEALED, custody::FOUND, custody::DECIDED];
        self.db
            .prepare(query)
            .and_then(|mut s| s.query_map(words, |row| row.get(0)).and_then(Iterator::collect))
            .map_err(db_error("reading the custody log", &self.dir))
    }

    /// Read every original and check that it is what was sealed. `progress` is told how many have been checked.
    pub fn verify_originals(&self, mut progress: impl FnMut(u64)) -> Result<Verification, LedgerError> {
        let error = || db_error("checking originals", &self.dir);
        let query = format!(
            "SELECT sha256, pack, start, stored, length, n FROM original WHERE (pack, start) > (?1, ?2) ORDER BY pack, start LIMIT {PAGE}"
        );
        let mut statement = self.db.prepare(&query).map_err(error())?;
        let mut found = Verification::default();
        let mut after = (0, 0);
        loop {
            let page = statement
                .query_map(after, |row| Ok((place_of_row(row)?, row.get::<_, i64>(5)?)))
                .and_then(Iterator::collect::<Result<Vec<_>, _>>)
                .map_err(error())?;
            let Some((last, _)) = page.last() else { return Ok(found) };
            after = (last.pack, last.start);
            for (place, row) in &page {
                match pack::read(&self.packs_folder(), place) {
                    Err(LedgerError::OriginalChanged { sha256, pack, start, why }) => {
                        let paths = self.paths_of_original(*row)?;
                        found.faults.push(Fault::Original { sha256, pack, start, why, paths });
                    }
                    read => drop(read?),
                }
                found.checked += 1;
            }
            progress(found.checked);
        }
    }

    fn paths_of_original(&self, row: i64) -> Result<Vec<String>, LedgerError> {
        self.db
            .prepare_cached("SELECT DISTINCT path FROM intake WHERE original = ?1 ORDER BY path")
            .and_then(|mut s| s.query_map([row], |row| row.get(0)).and_then(Iterator::collect))
            .map_err(db_error("reading intakes", &self.dir))
    }
}
