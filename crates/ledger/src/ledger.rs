//! A ledger opened for reading.

use crate::custody::{self, CustodyEntry, place_of_row};
use crate::error::{LedgerError, db_error};
use crate::pack::{self, Place};
use crate::schema;
use crate::writer::begin;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};

/// Whose readings a ledger holds. It holds one version's: a run with another reads the originals again first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The program that reads and analyses.
    pub program: String,
    /// The knowledge it does so with.
    pub knowledge: String,
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "program {} and knowledge {}", self.program, self.knowledge)
    }
}

/// How much a ledger holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sealed originals.
    pub originals: u64,
    /// Ways in which they came.
    pub intakes: u64,
    /// Reports read of them.
    pub reports: u64,
    /// What could not be read.
    pub set_aside: u64,
    /// Events that were found by comparing.
    pub events: u64,
    /// Claims that were compared.
    pub claims: u64,
}

/// At which of its changes a ledger stands. Two that are equal are of the same ledger and nothing was changed between them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State {
    /// How often anything was changed.
    pub changes: u64,
    /// How often what comparing found was replaced.
    pub collations: u64,
    /// The hash of the newest entry of the custody log that tells of a change, which no other ledger has.
    pub custody: String,
}

const CHANGES: &str = "changes";
const COLLATIONS: &str = "collations";

/// A ledger. Any number may be open for reading, also while a [`Writer`](crate::Writer) adds to it.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) dir: PathBuf,
    pub(crate) db: Connection,
}

/// While it lives, all that is read from its ledger is of one moment, whatever is added meanwhile.
#[derive(Debug)]
pub struct Snapshot<'l> {
    _transaction: Transaction<'l>,
}

impl Ledger {
    /// Open a ledger that exists. Nothing is written, unless it was made by an older program: then it is brought up to
    /// date once, which needs the right to write there.
    pub fn open_read(dir: &Path) -> Result<Self, LedgerError> {
        Ok(Self { dir: dir.to_owned(), db: schema::open_read(dir)? })
    }

    /// The folder that it lies in.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Hold still: see [`Snapshot`].
    pub fn snapshot(&self) -> Result<Snapshot<'_>, LedgerError> {
        let error = || db_error("reading the ledger", &self.dir);
        let transaction = Transaction::new_unchecked(&self.db, TransactionBehavior::Deferred).map_err(error())?;
        // The moment is that of the first reading, not that of the beginning.
        transaction.query_row("SELECT count(*) FROM meta", [], |_| Ok(())).map_err(error())?;
        Ok(Snapshot { _transaction: transaction })
    }

    /// Whose readings it holds; `None` before the first run.
    pub fn version(&self) -> Result<Option<Version>, LedgerError> {
        Ok(match (self.meta("program")?, self.meta("knowledge")?) {
            (Some(program), Some(knowledge)) => Some(Version { program, knowledge }),
            _ => None,
        })
    }

    /// Was something read or decided since the reports were last compared? Then events and lineage are those of before, and
    /// the run that added it was stopped or is still at work.
    pub fn needs_collation(&self) -> Result<bool, LedgerError> {
        Ok(self.meta("collation")?.as_deref() == Some("stale") || self.decision_count()? != self.decisions_collated()?)
    }

    /// The number of the schema in which its database is laid out.
    pub fn schema(&self) -> Result<u32, LedgerError> {
        self.db.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(db_error("reading the ledger", &self.dir))
    }

    /// What it is at this moment: another after every change, whoever made it.
    pub fn state(&self) -> Result<State, LedgerError> {
        let number = |name| Ok::<_, LedgerError>(self.meta(name)?.and_then(|n| n.parse().ok()).unwrap_or(0));
        let custody = self.last_change()?.map(|entry| entry.hash).unwrap_or_default();
        Ok(State { changes: number(CHANGES)?, collations: number(COLLATIONS)?, custody })
    }

    /// How much it holds.
    pub fn counts(&self) -> Result<Counts, LedgerError> {
        let query = "SELECT (SELECT count(*) FROM original), (SELECT count(*) FROM intake), (SELECT count(*) FROM report),
            (SELECT count(*) FROM set_aside), (SELECT count(*) FROM event), (SELECT count(*) FROM claim)";
        self.db
            .query_row(query, [], |row| {
                Ok(Counts {
                    originals: row.get(0)?,
                    intakes: row.get(1)?,
                    reports: row.get(2)?,
                    set_aside: row.get(3)?,
                    events: row.get(4)?,
                    claims: row.get(5)?,
                })
            })
            .map_err(db_error("counting", &self.dir))
    }

    /// The sealed bytes with this hash, checked to be those that were sealed.
    pub fn original(&self, sha256: &str) -> Result<Vec<u8>, LedgerError> {
        let place = self
            .db
            .prepare_cached("SELECT sha256, pack, start, stored, length, record_sha256 FROM original WHERE sha256 = ?1")
            .and_then(|mut s| s.query_row([sha256], place_of_row).optional())
            .map_err(db_error("looking an original up", &self.dir))?
            .ok_or_else(|| LedgerError::NoOriginal { sha256: sha256.to_owned() })?;
        if let Some(stone) = self.withdrawn_original(sha256)? {
            return Err(LedgerError::Withdrawn { id: sha256.to_owned(), at: stone.at, ground: stone.ground });
        }
        pack::read(&self.packs_folder(), &place)
    }

    /// The newest entry of the custody log. Noted somewhere else, its hash shows later that the log up to there is the same.
    pub fn newest_custody(&self) -> Result<Option<CustodyEntry>, LedgerError> {
        custody::newest(&self.db, &self.dir)
    }

    /// The newest entry that tells of a change: what left the house changed nothing.
    pub fn last_change(&self) -> Result<Option<CustodyEntry>, LedgerError> {
        custody::last_change(&self.db, &self.dir)
    }

    /// Walk through the custody log, oldest entry first.
    pub fn each_custody(&self, mut visit: impl FnMut(CustodyEntry)) -> Result<(), LedgerError> {
        custody::each(&self.db, &self.dir, |entry| {
            visit(entry);
            Ok(())
        })
    }

    /// The rows that an entry of the log binds by its digest, each in a line: hashes of originals, intakes and decisions.
    pub fn bound_lines(&self, entry: &CustodyEntry) -> Result<Vec<String>, LedgerError> {
        custody::bound_lines(&self.db, &self.dir, entry)
    }

    /// Note in the custody log that something left the house. `at` is the time now (RFC 3339). It needs no lock, as a decision
    /// does not.
    pub fn note_export(dir: &Path, detail: &serde_json::Value, at: &str) -> Result<(), LedgerError> {
        Self::note(dir, custody::EXPORTED, detail, at)
    }

    /// Note in the custody log what lies in the archives of what was fetched, when one is closed or something is taken out of it.
    pub fn note_fetched(dir: &Path, detail: &serde_json::Value, at: &str) -> Result<(), LedgerError> {
        Self::note(dir, custody::FETCHED, detail, at)
    }

    pub(crate) fn note(dir: &Path, what: &str, detail: &serde_json::Value, at: &str) -> Result<(), LedgerError> {
        drop(Self::open_read(dir)?);
        let db = schema::open_write(dir)?;
        let tx = begin(&db, dir)?;
        custody::note(&tx, dir, at, what, detail)?;
        tx.commit().map_err(db_error("noting what was done", dir))?;
        schema::put_in_place(&db);
        Ok(())
    }

    /// Did nothing come in yet?
    pub(crate) fn is_empty(&self) -> Result<bool, LedgerError> {
        self.db
            .query_row("SELECT NOT EXISTS (SELECT 1 FROM intake)", [], |row| row.get(0))
            .map_err(db_error("reading the ledger", &self.dir))
    }

    pub(crate) fn packs_folder(&self) -> PathBuf {
        self.dir.join(pack::FOLDER)
    }

    pub(crate) fn meta(&self, name: &str) -> Result<Option<String>, LedgerError> {
        self.db
            .prepare_cached("SELECT value FROM meta WHERE name = ?1")
            .and_then(|mut s| s.query_row([name], |row| row.get(0)).optional())
            .map_err(db_error("reading the ledger", &self.dir))
    }

    pub(crate) fn set_meta(&self, name: &str, value: &str) -> Result<(), LedgerError> {
        self.db
            .prepare_cached("INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
            .and_then(|mut s| s.execute([name, value]))
            .map(|_| ())
            .map_err(db_error("writing the ledger", &self.dir))
    }

    /// Note that something was changed, in the transaction that changes it.
    pub(crate) fn note_change(&self) -> Result<(), LedgerError> {
        self.count_up(CHANGES)
    }

    /// Note that what comparing found was replaced.
    pub(crate) fn note_collation(&self) -> Result<(), LedgerError> {
        self.count_up(COLLATIONS)?;
        self.note_change()
    }

    fn count_up(&self, name: &str) -> Result<(), LedgerError> {
        let count: u64 = self.meta(name)?.and_then(|n| n.parse().ok()).unwrap_or(0);
        self.set_meta(name, &count.saturating_add(1).to_string())
    }

    pub(crate) fn set_version(&self, version: &Version) -> Result<(), LedgerError> {
        self.set_meta("program", &version.program)?;
        self.set_meta("knowledge", &version.knowledge)
    }

    /// The last original of each pack. One short look-up a pack, so that opening a large ledger takes no longer.
    pub(crate) fn last_places(&self) -> Result<Vec<Place>, LedgerError> {
        let error = || db_error("reading the ledger", &self.dir);
        let packs: u32 = self.db.query_row("SELECT ifnull(max(pack), 0) FROM original", [], |row| row.get(0)).map_err(error())?;
        let query = "SELECT sha256, pack, start, stored, length, record_sha256 FROM original WHERE pack = ?1 ORDER BY start DESC LIMIT 1";
        let mut statement = self.db.prepare(query).map_err(error())?;
        let last = (1..=packs).filter_map(|pack| statement.query_row([pack], place_of_row).optional().transpose());
        last.collect::<Result<_, _>>().map_err(error())
    }
}
