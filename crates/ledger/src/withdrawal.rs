//! Withdrawing a report, for a family or a source at risk: the one exception to "what came in stays".
//!
//! First one transaction takes all that was read and found out of the database, the words of decisions that quote it, and how
//! its originals came in, and enters the tombstone. Then the originals' records are overwritten in their packs and the
//! database's file is written anew, since what was deleted lies in its free pages still. A ledger that was stopped between
//! the two says so ([`Ledger::has_unfinished_withdrawal`]), and [`Writer::finish_withdrawal`] does the rest, as often as needed.

use crate::custody::{self, CustodyEntry, WITHDRAWN, place_of_row};
use crate::decisions::{self, NewDecision};
use crate::error::{LedgerError, db_error};
use crate::intake::NewReport;
use crate::ledger::Ledger;
use crate::pack;
use crate::renewal::forget;
use crate::writer::{Writer, begin, original_row};
use marsad_model::{DecisionId, ReportId, sha256_hex};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;

/// What stays of reports that were withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// When (RFC 3339).
    #[serde(default)]
    pub at: String,
    /// By whom.
    pub by: String,
    /// On what ground.
    pub ground: String,
    /// The reports: the one that was named, and those that were read from the same bytes.
    pub reports: BTreeSet<ReportId>,
    /// The hashes of their originals.
    pub originals: BTreeSet<String>,
    /// The decisions whose words went with them.
    pub decisions: BTreeSet<DecisionId>,
    /// The decision by which they were withdrawn.
    pub decision: DecisionId,
    /// By which their texts are known again in other bytes: hashes of their letters, with a salt that never leaves the ledger, so
    /// that nobody can try out what was said.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub texts: BTreeSet<String>,
}

/// What is withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Withdrawn {
    /// A report, with all that was read from the same bytes.
    Report(ReportId),
    /// Sealed bytes of which nothing was read, by their hash.
    Unread(String),
}

/// A withdrawal that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// Of what.
    pub what: Withdrawn,
    /// By whom.
    pub by: String,
    /// On what ground.
    pub ground: String,
    /// The decision that says so.
    pub decision: NewDecision,
    /// Decisions whose words go too, beside those that speak of the report.
    pub also: BTreeSet<DecisionId>,
}

/// What the hashes of withdrawn texts are salted with.
const SALT: &str = "withdrawal_salt";

/// A text of fewer letters and digits is not known again: others may say the same of something else.
const FEWEST_LETTERS: usize = 40;

/// Is a withdrawal entered whose bytes may not all be destroyed yet?
const UNFINISHED: &str = "withdrawal";

impl Writer {
    /// Withdraw a report and all that was read from the same bytes, or bytes of which nothing was read. When this returns the
    /// tombstone stands and nothing of it is answered any more; the bytes are destroyed by [`Writer::finish_withdrawal`]. `at`
    /// is the time now (RFC 3339).
    pub fn withdraw(&mut self, asked: &Withdrawal, at: &str) -> Result<Tombstone, LedgerError> {
        self.packs.ready()?;
        let ledger = &self.ledger;
        let dir = ledger.dir.as_path();
        ledger.can_withdraw(&asked.what)?;
        let error = || db_error("withdrawing a report", dir);
        let tx = begin(&ledger.db, dir)?;
        let (reports, originals) = match &asked.what {
            Withdrawn::Report(report) => same_bytes(&tx, report).map_err(error())?,
            Withdrawn::Unread(sha256) => (BTreeSet::new(), BTreeSet::from([sha256.clone()])),
        };
        // The decision is a word of its own in the log, and stays whatever is withdrawn later.
        let decided = custody::next_seq(&tx, dir)?;
        decisions::enter(&tx, &asked.decision, decided).map_err(error())?;
        custody::note(&tx, dir, at, custody::DECIDED, &custody::decided_with(&tx, dir, decided)?)?;
        let seq = custody::next_seq(&tx, dir)?;
        let texts = ledger.marks_of(&reports)?;
        let decisions = forget_decisions(&tx, &reports, asked, seq).map_err(error())?;
        for report in &reports {
            forget_report(&tx, report, seq).map_err(error())?;
        }
        for original in &originals {
            forget_intakes(&tx, original, seq).map_err(error())?;
        }
        forget(&tx).map_err(error())?;
        // The index of words keeps those of a deleted text until it is made anew.
        tx.execute_batch(
            "INSERT INTO report_words (report_words) VALUES ('delete-all');
             INSERT OR IGNORE INTO report_unsearched (n) SELECT n FROM report;",
        )
        .map_err(error())?;
        let stone = Tombstone {
            at: at.to_owned(),
            by: asked.by.clone(),
            ground: asked.ground.clone(),
            reports,
            originals,
            decisions,
            decision: asked.decision.id.clone(),
            texts,
        };
        custody::note(&tx, dir, at, WITHDRAWN, &stone.detail())?;
        ledger.set_meta("collation", "stale")?;
        ledger.set_meta(UNFINISHED, "unfinished")?;
        ledger.note_change()?;
        tx.commit().map_err(error())?;
        Ok(stone)
    }

    /// Overwrite what was withdrawn in the packs and write the database's file anew, so that the bytes are in none of the
    /// ledger's files. What a copy, a backup or the disk's own cells hold is out of reach. An error where somebody reads the
    /// ledger meanwhile for longer than is waited: then it is to be done again.
    pub fn finish_withdrawal(&mut self) -> Result<(), LedgerError> {
        let ledger = &self.ledger;
        let dir = ledger.dir.as_path();
        let error = || db_error("destroying what was withdrawn", dir);
        let query = "SELECT sha256, pack, start, stored, length, record_sha256 FROM original WHERE withdrawn IS NOT NULL ORDER BY n";
        let mut statement = ledger.db.prepare(query).map_err(error())?;
        let places = statement.query_map([], place_of_row).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(error())?;
        drop(statement);
        for place in places {
            pack::wipe(&ledger.packs_folder(), &place)?;
        }
        ledger.db.flush_prepared_statement_cache();
        ledger.db.execute_batch("VACUUM").map_err(error())?;
        checkpoint(&ledger.db, dir)?;
        let tx = begin(&ledger.db, dir)?;
        ledger.set_meta(UNFINISHED, "")?;
        tx.commit().map_err(error())
    }
}

/// The salted hash of a text's letters and digits, which marks, blanks and the form of the file leave as it is; none for a text
/// that has few.
fn mark(salt: &str, text: &str) -> Option<String> {
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    (letters.chars().count() >= FEWEST_LETTERS).then(|| sha256_hex(format!("{salt}{letters}").as_bytes()))
}

/// Bring all into the database's own file, and cut the write-ahead file off.
fn checkpoint(db: &Connection, dir: &Path) -> Result<(), LedgerError> {
    let busy: bool =
        db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(db_error("destroying what was withdrawn", dir))?;
    if busy { Err(LedgerError::StillRead { path: dir.to_owned() }) } else { Ok(()) }
}

/// The report, all that were read from the same originals, and these originals' hashes.
fn same_bytes(db: &Connection, report: &ReportId) -> rusqlite::Result<(BTreeSet<ReportId>, BTreeSet<String>)> {
    let mut originals_of = db.prepare(
        "SELECT o.sha256 FROM report r JOIN reading x ON x.report = r.n JOIN intake i ON i.n = x.intake JOIN original o ON o.n = i.original
         WHERE r.id = ?1",
    )?;
    let mut reports_of = db.prepare(
        "SELECT r.id FROM original o JOIN intake i ON i.original = o.n JOIN reading x ON x.intake = i.n JOIN report r ON r.n = x.report
         WHERE o.sha256 = ?1",
    )?;
    let (mut reports, mut originals) = (BTreeSet::new(), BTreeSet::new());
    let mut open = vec![report.clone()];
    while let Some(report) = open.pop() {
        let found = originals_of.query_map([report.as_str()], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
        reports.insert(report);
        for original in found {
            let read = reports_of
                .query_map([&original], |row| row.get::<_, String>(0).map(ReportId::from))?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            open.extend(read.into_iter().filter(|r| !reports.contains(r)));
            originals.insert(original);
        }
    }
    Ok((reports, originals))
}

/// Take the words out of the decisions that speak of these reports; gives which.
fn forget_decisions(db: &Connection, reports: &BTreeSet<ReportId>, asked: &Withdrawal, seq: u64) -> rusqlite::Result<BTreeSet<DecisionId>> {
    let query = "UPDATE decision SET body = NULL, withdrawn = ?3 WHERE body IS NOT NULL AND id <> ?4 AND
        (n IN (SELECT decision FROM decision_report WHERE report IN (SELECT value FROM json_each(?1)))
            OR id IN (SELECT value FROM json_each(?2))) RETURNING id";
    let (reports, also) = (serde_json::json!(reports).to_string(), serde_json::json!(asked.also).to_string());
    let mut update = db.prepare(query)?;
    let rows =
        update.query_map(params![reports, also, seq, asked.decision.id.as_str()], |row| row.get::<_, String>(0).map(DecisionId::from))?;
    rows.collect()
}

/// Take out all that was read of a report.
fn forget_report(db: &Connection, report: &ReportId, seq: u64) -> rusqlite::Result<()> {
    let id = report.as_str();
    db.execute("DELETE FROM set_aside WHERE url = (SELECT json_extract(body, '$.url') FROM report WHERE id = ?1)", [id])?;
    for table in ["reading", "analysis"] {
        db.execute(&format!("DELETE FROM {table} WHERE report = (SELECT n FROM report WHERE id = ?1)"), [id])?;
    }
    db.execute("DELETE FROM report_unsearched WHERE n = (SELECT n FROM report WHERE id = ?1)", [id])?;
    db.execute("DELETE FROM report WHERE id = ?1", [id])?;
    db.execute("INSERT INTO withdrawn (report, seq) VALUES (?1, ?2)", params![id, seq])?;
    Ok(())
}

/// Take out how an original came in.
fn forget_intakes(db: &Connection, sha256: &str, seq: u64) -> rusqlite::Result<()> {
    db.execute("UPDATE original SET withdrawn = ?2, record_sha256 = NULL WHERE sha256 = ?1", params![sha256, seq])?;
    db.execute("DELETE FROM set_aside WHERE sha256 = ?1", [sha256])?;
    let blank = "UPDATE intake SET path = '', given = NULL, captured_at = NULL, captured_by = '', container = NULL, record_offset = NULL
        WHERE original = (SELECT n FROM original WHERE sha256 = ?1)";
    db.execute(blank, [sha256])?;
    Ok(())
}

impl CustodyEntry {
    /// The tombstone that it tells of, where it is one of a withdrawal and can be read.
    pub fn tombstone(&self) -> Option<Tombstone> {
        let stone: Tombstone = serde_json::from_str(&self.detail).ok().filter(|_| self.what == WITHDRAWN)?;
        Some(Tombstone { at: self.at.clone(), ..stone })
    }
}

impl Tombstone {
    /// What the custody log says of it.
    pub(crate) fn detail(&self) -> serde_json::Value {
        let Self { at: _, by, ground, reports, originals, decisions, decision, texts } = self;
        serde_json::json!({
            "by": by, "ground": ground, "reports": reports, "originals": originals, "decisions": decisions, "decision": decision,
            "texts": texts
        })
    }
}

/// What the rows say was withdrawn with this entry: reports, originals, decisions.
pub(crate) fn withdrawn_with(db: &Connection, dir: &Path, seq: u64) -> Result<[BTreeSet<String>; 3], LedgerError> {
    let set = |query: &str| {
        db.prepare_cached(query)
            .and_then(|mut s| s.query_map([seq], |row| row.get(0)).and_then(Iterator::collect))
            .map_err(db_error("reading what was withdrawn", dir))
    };
    Ok([
        set("SELECT report FROM withdrawn WHERE seq = ?1")?,
        set("SELECT sha256 FROM original WHERE withdrawn = ?1")?,
        set("SELECT id FROM decision WHERE withdrawn = ?1 AND body IS NULL")?,
    ])
}

impl Ledger {
    /// Was a withdrawal entered, and stopped before all bytes were destroyed?
    pub fn has_unfinished_withdrawal(&self) -> Result<bool, LedgerError> {
        Ok(self.meta(UNFINISHED)?.is_some_and(|state| !state.is_empty()))
    }

    /// What was withdrawn, in the order in which it was.
    pub fn tombstones(&self) -> Result<Vec<Tombstone>, LedgerError> {
        self.stones("SELECT detail, at FROM custody WHERE what = 'withdrawn' AND ?1 = '' ORDER BY seq", "")
    }

    /// The tombstone of this report, if it was withdrawn.
    pub fn withdrawn(&self, report: &ReportId) -> Result<Option<Tombstone>, LedgerError> {
        let query = "SELECT detail, at FROM custody WHERE what = 'withdrawn' AND seq = (SELECT seq FROM withdrawn WHERE report = ?1)";
        Ok(self.stones(query, report.as_str())?.pop())
    }

    /// The tombstone of the original with this hash, if it was withdrawn: the same bytes are not taken in again.
    pub fn withdrawn_original(&self, sha256: &str) -> Result<Option<Tombstone>, LedgerError> {
        let query = "SELECT detail, at FROM custody WHERE what = 'withdrawn' AND seq = (SELECT withdrawn FROM original WHERE sha256 = ?1)";
        Ok(self.stones(query, sha256)?.pop())
    }

    /// The withdrawn report that a person means by this: its id, or the beginning of it (with or without `r:`).
    pub fn find_withdrawn(&self, name: &str) -> Result<Option<Tombstone>, LedgerError> {
        let start = name.strip_prefix("r:").unwrap_or(name);
        // Hexadecimal digits end at `f`.
        let by_start = "SELECT report FROM withdrawn WHERE ?1 <> '' AND report >= 'r:' || ?1 AND report < 'r:' || ?1 || 'g'";
        self.only(by_start, start, name)?.map_or(Ok(None), |id| self.withdrawn(&ReportId::from(id)))
    }

    /// Is it there, and not withdrawn yet?
    fn can_withdraw(&self, what: &Withdrawn) -> Result<(), LedgerError> {
        let (id, is_there, stone) = match what {
            Withdrawn::Report(report) => (report.as_str(), self.report(report)?.is_some(), self.withdrawn(report)?),
            Withdrawn::Unread(sha256) => (sha256.as_str(), self.unread(sha256)?.contains(sha256), self.withdrawn_original(sha256)?),
        };
        match (is_there, stone, what) {
            (true, ..) => Ok(()),
            (false, Some(stone), _) => Err(LedgerError::Withdrawn { id: id.to_owned(), at: stone.at, ground: stone.ground }),
            (false, None, Withdrawn::Report(_)) => Err(LedgerError::NoReport { id: id.to_owned() }),
            (false, None, Withdrawn::Unread(_)) => Err(LedgerError::NoOriginal { sha256: id.to_owned() }),
        }
    }

    /// Bytes, a record or a text that were withdrawn come in no more.
    pub(crate) fn refuse_withdrawn(&self, new: &NewReport) -> Result<(), LedgerError> {
        match self.refusal(new)? {
            Some(stone) => Err(LedgerError::Withdrawn { id: new.report.id.to_string(), at: stone.at, ground: stone.ground }),
            None => Ok(()),
        }
    }

    /// The tombstone that bars a record: its bytes, its id or the letters of its text were withdrawn. Bytes that the ledger
    /// has are a copy that was there when the text was withdrawn and was not named: they stay.
    pub fn refusal(&self, new: &NewReport) -> Result<Option<Tombstone>, LedgerError> {
        let sha256 = new.seal.sha256();
        if let Some(stone) = self.withdrawn_original(sha256)? {
            return Ok(Some(stone));
        }
        if let Some(stone) = self.withdrawn(&new.report.id)? {
            return Ok(Some(stone));
        }
        let Some(mark) = self.meta(SALT)?.and_then(|salt| mark(&salt, &new.report.text)) else { return Ok(None) };
        let query = "SELECT detail, at FROM custody WHERE what = 'withdrawn' AND seq IN (SELECT seq FROM withdrawn)
            AND EXISTS (SELECT 1 FROM json_each(detail, '$.texts') WHERE value = ?1) LIMIT 1";
        let stone = self.stones(query, &mark)?.pop();
        Ok(if stone.is_some() && original_row(&self.db, &self.dir, sha256)?.is_some() { None } else { stone })
    }

    /// By which the texts of these reports are known again.
    fn marks_of(&self, reports: &BTreeSet<ReportId>) -> Result<BTreeSet<String>, LedgerError> {
        if self.meta(SALT)?.is_none() {
            let salt: String = self
                .db
                .query_row("SELECT lower(hex(randomblob(32)))", [], |row| row.get(0))
                .map_err(db_error("withdrawing a report", &self.dir))?;
            self.set_meta(SALT, &salt)?;
        }
        let salt = self.meta(SALT)?.unwrap_or_default();
        let mut marks = BTreeSet::new();
        for report in reports {
            marks.extend(self.report(report)?.and_then(|stored| mark(&salt, &stored.report.text)));
        }
        Ok(marks)
    }

    fn stones(&self, query: &str, word: &str) -> Result<Vec<Tombstone>, LedgerError> {
        let rows: Vec<(String, String)> = self
            .db
            .prepare_cached(query)
            .and_then(|mut s| s.query_map([word], |row| Ok((row.get(0)?, row.get(1)?))).and_then(Iterator::collect))
            .map_err(db_error("reading what was withdrawn", &self.dir))?;
        let stone = |(detail, at): (String, String)| {
            let stone: Tombstone =
                serde_json::from_str(&detail).map_err(|source| LedgerError::BadRecord { what: "withdrawal of", id: at.clone(), source })?;
            Ok(Tombstone { at, ..stone })
        };
        rows.into_iter().map(stone).collect()
    }
}

/// Is one of these reports withdrawn?
pub(crate) fn any_withdrawn(db: &Connection, reports: &BTreeSet<ReportId>) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM withdrawn WHERE report IN (SELECT value FROM json_each(?1)) LIMIT 1")?
        .query_row([serde_json::json!(reports).to_string()], |_| Ok(()))
        .optional()
        .map(|found| found.is_some())
}
