//! The custody log: what was done to the ledger, when, each entry bound to the one before it.
//!
//! An entry's hash covers its words and the hash before it; the words of a `sealed` entry hold a digest of the rows that
//! were entered with it. So no entry, no original and no intake can be changed, taken out or slipped in without
//! [`Ledger::verify_custody`](crate::Ledger::verify_custody) naming it. What this cannot show is a whole log written anew:
//! for that, note the newest hash somewhere else.

use crate::error::{LedgerError, db_error};
use crate::intake::Intake;
use crate::pack::Place;
use crate::withdrawal::{Tombstone, withdrawn_with};
use marsad_model::{Capture, sha256_hex};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;

/// One entry of the custody log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustodyEntry {
    /// Its number, from 1 without gaps.
    pub seq: u64,
    /// When, as the caller gave it (RFC 3339).
    pub at: String,
    /// What was done: `began`, `sealed`, `found` (originals whose run was killed), `cut` (a torn record), `reread`,
    /// `decided`, `withdrawn`, `exported`, `fetched` (what the archives of what was fetched hold), `handed_in`
    /// (who gave reports in at the desk).
    pub what: String,
    /// Details as JSON.
    pub detail: String,
    /// The hash of the entry before, empty for the first.
    pub previous: String,
    /// The hash of all the above.
    pub hash: String,
}

impl CustodyEntry {
    fn expected_hash(&self) -> String {
        sha256_hex(serde_json::json!([self.seq, self.at, self.what, self.detail, self.previous]).to_string().as_bytes())
    }

    /// Is it what was written, and does it follow this one? What is wrong with it.
    pub fn fault_after(&self, before: Option<&Self>) -> Option<&'static str> {
        let (seq, previous) = before.map_or((1, ""), |b| (b.seq + 1, b.hash.as_str()));
        if self.seq != seq {
            return Some("an entry is missing before it");
        }
        if self.previous != previous {
            return Some("it does not follow from the entry before it");
        }
        (self.hash != self.expected_hash()).then_some("its words are not those that were written")
    }

    /// Are these the rows that it binds?
    pub fn binds(&self, lines: &[String]) -> bool {
        let detail: Option<serde_json::Value> = serde_json::from_str(&self.detail).ok();
        detail.is_some_and(|d| d["digest"] == digest(lines))
    }

    fn of_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { seq: row.get(0)?, at: row.get(1)?, what: row.get(2)?, detail: row.get(3)?, previous: row.get(4)?, hash: row.get(5)? })
    }
}

/// The newest entry.
pub(crate) fn newest(db: &Connection, dir: &Path) -> Result<Option<CustodyEntry>, LedgerError> {
    db.prepare_cached("SELECT seq, at, what, detail, previous, hash FROM custody ORDER BY seq DESC LIMIT 1")
        .and_then(|mut s| s.query_row([], CustodyEntry::of_row).optional())
        .map_err(db_error("reading the custody log", dir))
}

/// The newest entry that does not tell of an export.
pub(crate) fn last_change(db: &Connection, dir: &Path) -> Result<Option<CustodyEntry>, LedgerError> {
    db.prepare_cached("SELECT seq, at, what, detail, previous, hash FROM custody WHERE what <> ?1 ORDER BY seq DESC LIMIT 1")
        .and_then(|mut s| s.query_row([EXPORTED], CustodyEntry::of_row).optional())
        .map_err(db_error("reading the custody log", dir))
}

/// Walk through the log in its order.
pub(crate) fn each(db: &Connection, dir: &Path, mut visit: impl FnMut(CustodyEntry) -> Result<(), LedgerError>) -> Result<(), LedgerError> {
    let error = || db_error("reading the custody log", dir);
    let mut statement = db.prepare("SELECT seq, at, what, detail, previous, hash FROM custody ORDER BY seq").map_err(error())?;
    for entry in statement.query_map([], CustodyEntry::of_row).map_err(error())? {
        visit(entry.map_err(error())?)?;
    }
    Ok(())
}

/// Add an entry.
pub(crate) fn note(db: &Connection, dir: &Path, at: &str, what: &str, detail: &serde_json::Value) -> Result<(), LedgerError> {
    let before = newest(db, dir)?;
    let (seq, previous) = before.map_or((1, String::new()), |e| (e.seq + 1, e.hash));
    let mut entry =
        CustodyEntry { seq, at: at.to_owned(), what: what.to_owned(), detail: detail.to_string(), previous, hash: String::new() };
    entry.hash = entry.expected_hash();
    db.prepare_cached("INSERT INTO custody (seq, at, what, detail, previous, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        .and_then(|mut s| s.execute(params![entry.seq, entry.at, entry.what, entry.detail, entry.previous, entry.hash]))
        .map_err(db_error("writing the custody log", dir))?;
    Ok(())
}

/// The number that the next entry will have.
pub(crate) fn next_seq(db: &Connection, dir: &Path) -> Result<u64, LedgerError> {
    Ok(newest(db, dir)?.map_or(1, |e| e.seq + 1))
}

/// How many originals and intakes were entered with this entry, and a hash over all that the ledger says of them.
pub(crate) fn entered_with(db: &Connection, dir: &Path, seq: u64) -> Result<serde_json::Value, LedgerError> {
    let lines = entered_lines(db, dir, seq)?;
    let count = lines.iter().filter(|line| line.starts_with("original ")).count();
    Ok(serde_json::json!({ "originals": count, "intakes": lines.len() - count, "digest": digest(&lines) }))
}

/// The hash by which an entry binds the rows entered with it, each a line.
fn digest(lines: &[String]) -> String {
    sha256_hex(lines.join("\n").as_bytes())
}

/// What the ledger says of the originals and intakes that were entered with this entry, each in a line.
fn entered_lines(db: &Connection, dir: &Path, seq: u64) -> Result<Vec<String>, LedgerError> {
    let error = || db_error("reading what was sealed", dir);
    let mut lines = Vec::new();
    let mut originals = db
        .prepare_cached("SELECT sha256, pack, start, stored, length, record_sha256 FROM original WHERE seq = ?1 ORDER BY n")
        .map_err(error())?;
    for place in originals.query_map([seq], place_of_row).map_err(error())? {
        let p = place.map_err(error())?;
        lines.push(format!("original {} {} {} {} {}", p.sha256, p.pack, p.start, p.stored, p.length));
    }
    let mut intakes = db.prepare_cached(&format!("{INTAKE} WHERE i.seq = ?1 ORDER BY i.n")).map_err(error())?;
    let told = |row: &Row<'_>| {
        // Of what was withdrawn only the digest is left.
        let digest = if row.get("withdrawn")? { row.get("digest")? } else { intake_of_row(row)?.digest() };
        Ok(format!("intake {digest} {}", row.get::<_, String>("sealed_at")?))
    };
    for line in intakes.query_map([seq], told).map_err(error())? {
        lines.push(line.map_err(error())?);
    }
    Ok(lines)
}

/// How many decisions were entered with this entry, and a hash over their ids and the hashes of what they say.
pub(crate) fn decided_with(db: &Connection, dir: &Path, seq: u64) -> Result<serde_json::Value, LedgerError> {
    let lines = decided_lines(db, dir, seq)?;
    Ok(serde_json::json!({ "decisions": lines.len(), "digest": digest(&lines) }))
}

fn decided_lines(db: &Connection, dir: &Path, seq: u64) -> Result<Vec<String>, LedgerError> {
    let error = || db_error("reading what was decided", dir);
    let mut decisions = db.prepare_cached("SELECT id, sha256 FROM decision WHERE seq = ?1 ORDER BY n").map_err(error())?;
    let line = |row: &Row<'_>| Ok(format!("decision {} {}", row.get::<_, String>(0)?, row.get::<_, String>(1)?));
    decisions.query_map([seq], line).and_then(Iterator::collect).map_err(error())
}

/// The rows that an entry binds by its digest, each in a line; none where it binds none.
pub(crate) fn bound_lines(db: &Connection, dir: &Path, entry: &CustodyEntry) -> Result<Vec<String>, LedgerError> {
    match entry.what.as_str() {
        SEALED | FOUND => entered_lines(db, dir, entry.seq),
        DECIDED => decided_lines(db, dir, entry.seq),
        _ => Ok(Vec::new()),
    }
}

/// Does a decision of this entry say something else than was entered?
fn reworded(db: &Connection, dir: &Path, seq: u64) -> Result<Option<String>, LedgerError> {
    let error = || db_error("reading what was decided", dir);
    let mut decisions = db.prepare_cached("SELECT id, body, sha256, withdrawn IS NULL FROM decision WHERE seq = ?1").map_err(error())?;
    let rows = decisions.query_map([seq], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?, row.get::<_, String>(2)?, row.get::<_, bool>(3)?))
    });
    for row in rows.map_err(error())? {
        match row.map_err(error())? {
            (id, Some(body), sha256, _) if sha256_hex(body.as_bytes()) != sha256 => {
                return Ok(Some(format!("the decision {id} says something else than was entered")));
            }
            (id, None, _, true) => return Ok(Some(format!("the words of the decision {id} are missing, and it was not withdrawn"))),
            _ => {}
        }
    }
    Ok(None)
}

fn ids<I: ToString>(ids: &BTreeSet<I>) -> BTreeSet<String> {
    ids.iter().map(ToString::to_string).collect()
}

/// What is wrong with this entry, given the hash of the one before and the number it should have.
pub(crate) fn fault(db: &Connection, dir: &Path, entry: &CustodyEntry, seq: u64, previous: &str) -> Result<Option<String>, LedgerError> {
    if entry.seq != seq {
        return Ok(Some(format!("entry {seq} is missing before it")));
    }
    if entry.previous != previous {
        return Ok(Some("it does not follow from the entry before it".to_owned()));
    }
    if entry.hash != entry.expected_hash() {
        return Ok(Some("its words are not those that were written".to_owned()));
    }
    if matches!(entry.what.as_str(), SEALED | FOUND) {
        let detail = entered_with(db, dir, entry.seq)?.to_string();
        if detail != entry.detail {
            return Ok(Some("the originals or intakes entered with it are not those that were sealed".to_owned()));
        }
    }
    if entry.what == DECIDED {
        let detail = decided_with(db, dir, entry.seq)?.to_string();
        if detail != entry.detail {
            return Ok(Some("the decisions entered with it are not those that were made".to_owned()));
        }
        return reworded(db, dir, entry.seq);
    }
    if entry.what == WITHDRAWN {
        let told = serde_json::from_str::<Tombstone>(&entry.detail).ok();
        let told = told.map(|stone| [ids(&stone.reports), stone.originals, ids(&stone.decisions)]);
        if told.is_none_or(|told| withdrawn_with(db, dir, entry.seq).is_ok_and(|found| found != told)) {
            return Ok(Some("what was withdrawn is not what it tells of".to_owned()));
        }
    }
    Ok(None)
}

/// An entry that originals and intakes were entered with.
pub(crate) const SEALED: &str = "sealed";
/// An entry with which originals were entered whose run was killed before it could.
pub(crate) const FOUND: &str = "found";
/// An entry with which reports were withdrawn.
pub(crate) const WITHDRAWN: &str = "withdrawn";
/// An entry that tells of what left the house.
pub(crate) const EXPORTED: &str = "exported";
/// An entry that tells what lies in the archives of what was fetched.
pub(crate) const FETCHED: &str = "fetched";
/// An entry that tells who handed reports in at the desk.
pub(crate) const HANDED_IN: &str = "handed_in";
/// An entry that decisions were entered with.
pub(crate) const DECIDED: &str = "decided";

/// All that tells of an intake; to be followed by a condition.
pub(crate) const INTAKE: &str = "SELECT i.path, o.sha256, i.given, i.captured_at, i.captured_by, i.container, i.record_offset, i.sealed_at,
    i.digest, o.withdrawn IS NOT NULL AS withdrawn FROM intake i JOIN original o ON o.n = i.original";

/// An intake without its key.
pub(crate) fn intake_of_row(row: &Row<'_>) -> rusqlite::Result<Intake> {
    Ok(Intake {
        path: row.get(0)?,
        key: None,
        sha256: row.get(1)?,
        given: row.get(2)?,
        capture: Capture { at: row.get(3)?, by: row.get(4)?, container: row.get(5)?, record_offset: row.get(6)? },
    })
}

/// `sha256, pack, start, stored, length, record_sha256`.
pub(crate) fn place_of_row(row: &Row<'_>) -> rusqlite::Result<Place> {
    Ok(Place {
        sha256: row.get(0)?,
        pack: row.get(1)?,
        start: row.get(2)?,
        stored: row.get(3)?,
        length: row.get(4)?,
        record_sha256: row.get(5)?,
    })
}
