//! What people decided: added one after the other, never changed, each in the custody log. Its words go only with a report
//! that is withdrawn.
//!
//! A decision is added without the lock that a run holds, so that people can decide while one is at work; the database puts
//! the two one after the other.

use crate::custody;
use crate::error::{LedgerError, db_error};
use crate::ledger::Ledger;
use crate::schema;
use crate::withdrawal::any_withdrawn;
use crate::writer::begin;
use marsad_model::{DecisionId, ReportId, sha256_hex};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;
use std::path::Path;

/// A decision to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDecision {
    /// Its id.
    pub id: DecisionId,
    /// What it says, as JSON on one line; what that means is the caller's own affair.
    pub body: String,
    /// The reports that it speaks of; of an undo, those that the undone one speaks of.
    pub reports: BTreeSet<ReportId>,
}

/// At which count of decisions somebody made up their mind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Whatever was decided meanwhile.
    Any,
    /// Only if there are so many now.
    Count(u64),
}

/// The number of decisions that were laid over what comparing found last.
const COLLATED: &str = "decisions";

impl Ledger {
    /// Add decisions, all or none, in this order; those that are there already are left out, and
    /// those that speak of a report which was withdrawn: they quote it. Gives how many were added, or
    /// `None`, and adds nothing, where there are not as many as was expected. `at` is the time now (RFC 3339), for the
    /// custody log. What is added here is on the disk when this returns.
    pub fn decide(dir: &Path, decisions: &[NewDecision], expected: Expected, at: &str) -> Result<Option<u64>, LedgerError> {
        drop(Self::open_read(dir)?);
        let ledger = Self { dir: dir.to_owned(), db: schema::open_write(dir)? };
        let tx = begin(&ledger.db, dir)?;
        if let Expected::Count(count) = expected
            && ledger.decision_count()? != count
        {
            return Ok(None);
        }
        let seq = custody::next_seq(&tx, dir)?;
        let mut added = 0;
        for decision in decisions {
            if any_withdrawn(&tx, &decision.reports).map_err(db_error("entering a decision", dir))? {
                continue;
            }
            added += enter(&tx, decision, seq).map_err(db_error("entering a decision", dir))?;
        }
        if added > 0 {
            custody::note(&tx, dir, at, custody::DECIDED, &custody::decided_with(&tx, dir, seq)?)?;
            ledger.note_change()?;
        }
        tx.commit().map_err(db_error("entering a decision", dir))?;
        schema::put_in_place(&ledger.db);
        Ok(Some(added))
    }

    /// How many decisions there are.
    pub fn decision_count(&self) -> Result<u64, LedgerError> {
        self.db
            .prepare_cached("SELECT count(*) FROM decision")
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .map_err(db_error("counting decisions", &self.dir))
    }

    /// What every decision says, in the order in which they were made.
    pub fn decisions(&self) -> Result<Vec<String>, LedgerError> {
        self.bodies("SELECT body FROM decision WHERE body IS NOT NULL AND ?1 = '' ORDER BY n", "")
    }

    /// What the decisions say that speak of one of these reports, in the order in which they were made.
    pub fn decisions_on(&self, reports: &BTreeSet<ReportId>) -> Result<Vec<String>, LedgerError> {
        let query = "SELECT body FROM decision WHERE body IS NOT NULL AND n IN
            (SELECT decision FROM decision_report WHERE report IN (SELECT value FROM json_each(?1))) ORDER BY n";
        self.bodies(query, &serde_json::json!(reports).to_string())
    }

    /// What the decisions say that were made since events were found last, in their order. None is ever taken out, so that
    /// their numbers have no gap.
    pub fn decisions_since_collation(&self) -> Result<Vec<String>, LedgerError> {
        let query = "SELECT body FROM decision WHERE body IS NOT NULL AND n > CAST(?1 AS INTEGER) ORDER BY n";
        self.bodies(query, &self.decisions_collated()?.to_string())
    }

    /// What this decision says.
    pub fn decision(&self, id: &DecisionId) -> Result<Option<String>, LedgerError> {
        self.db
            .prepare_cached("SELECT body FROM decision WHERE id = ?1 AND body IS NOT NULL")
            .and_then(|mut s| s.query_row([id.as_str()], |row| row.get(0)).optional())
            .map_err(db_error("reading a decision", &self.dir))
    }

    /// The decision that a person means by this: its id, or the beginning of it (with or without `d:`). An error where it
    /// fits several.
    pub fn find_decision(&self, name: &str) -> Result<Option<DecisionId>, LedgerError> {
        let start = name.strip_prefix("d:").unwrap_or(name);
        // Hexadecimal digits end at `f`.
        let by_start = "SELECT id FROM decision WHERE ?1 <> '' AND id >= 'd:' || ?1 AND id < 'd:' || ?1 || 'g'";
        Ok(self.only(by_start, start, name)?.map(DecisionId::from))
    }

    fn bodies(&self, query: &str, word: &str) -> Result<Vec<String>, LedgerError> {
        self.db
            .prepare_cached(query)
            .and_then(|mut s| s.query_map([word], |row| row.get(0)).and_then(Iterator::collect))
            .map_err(db_error("reading decisions", &self.dir))
    }

    /// How many decisions were laid over what comparing found last.
    pub fn decisions_collated(&self) -> Result<u64, LedgerError> {
        Ok(self.meta(COLLATED)?.and_then(|n| n.parse().ok()).unwrap_or(0))
    }

    pub(crate) fn set_decisions_collated(&self, count: u64) -> Result<(), LedgerError> {
        self.set_meta(COLLATED, &count.to_string())
    }
}

/// Enter one; 0 if it is there already.
pub(crate) fn enter(db: &Connection, decision: &NewDecision, seq: u64) -> rusqlite::Result<u64> {
    let insert = "INSERT OR IGNORE INTO decision (id, body, sha256, seq) VALUES (?1, ?2, ?3, ?4)";
    let sha256 = sha256_hex(decision.body.as_bytes());
    let rows = db.prepare_cached(insert)?.execute(params![decision.id.as_str(), decision.body, sha256, seq])?;
    if rows > 0 {
        let row = db.last_insert_rowid();
        let mut link = db.prepare_cached("INSERT OR IGNORE INTO decision_report (report, decision) VALUES (?1, ?2)")?;
        for report in &decision.reports {
            link.execute(params![report.as_str(), row])?;
        }
    }
    Ok(rows as u64)
}
