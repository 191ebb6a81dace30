//! Storing what was read: the same rows whether a report is new or read again.

use crate::error::{LedgerError, db_error};
use crate::intake::{Added, Intake, SetAside};
use crate::renewal::FOUND_BY;
use marsad_model::{Report, ReportId};
use rusqlite::{Connection, OptionalExtension, params};
use std::path::Path;

/// Store what was read of the intake in this row, and how it was read.
pub(crate) fn store(
    db: &Connection,
    dir: &Path,
    report: &Report,
    analysis: &[u8],
    intake: &Intake,
    intake_row: i64,
) -> Result<Added, LedgerError> {
    let error = || db_error("entering a report", dir);
    let (row, is_new) = store_report(db, dir, report, analysis)?;
    let linked = db
        .prepare_cached("INSERT OR IGNORE INTO reading (report, intake, key) VALUES (?1, ?2, ?3)")
        .and_then(|mut s| s.execute(params![row, intake_row, intake.key_or_empty()]))
        .map_err(error())?;
    // What an earlier reader could not read is read now.
    db.prepare_cached("DELETE FROM set_aside WHERE path = ?1 AND sha256 = ?2")
        .and_then(|mut s| s.execute(params![intake.path, intake.sha256]))
        .map_err(error())?;
    Ok(Added { reports: u64::from(is_new), intakes: linked as u64, set_aside: 0 })
}

/// Store a report with its analysis; of two readings under one id the smaller stands. Gives its row, and whether it is new.
fn store_report(db: &Connection, dir: &Path, report: &Report, analysis: &[u8]) -> Result<(i64, bool), LedgerError> {
    let error = || db_error("entering a report", dir);
    let id = report.id.as_str();
    let body = serde_json::to_string(report).map_err(|source| bad(&report.id, source))?;
    let stored: Option<(i64, String, Vec<u8>)> = db
        .prepare_cached("SELECT r.n, r.body, a.body FROM report r JOIN analysis a ON a.report = r.n WHERE r.id = ?1")
        .and_then(|mut s| s.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional())
        .map_err(error())?;
    let is_new = stored.is_none();
    let row = match stored {
        None => {
            db.prepare_cached("INSERT INTO report (id, body) VALUES (?1, ?2)").and_then(|mut s| s.execute([id, &body])).map_err(error())?;
            db.last_insert_rowid()
        }
        Some((row, old_body, old_analysis)) => {
            if (old_body.as_str(), old_analysis.as_slice()) <= (body.as_str(), analysis) {
                return Ok((row, false));
            }
            db.prepare_cached("UPDATE report SET body = ?2 WHERE n = ?1")
                .and_then(|mut s| s.execute(params![row, body]))
                .map_err(error())?;
            // What was found with the old reading must not be taken for what would be found with this one.
            db.prepare_cached("DELETE FROM meta WHERE name = ?1").and_then(|mut s| s.execute([FOUND_BY])).map_err(error())?;
            row
        }
    };
    db.prepare_cached("INSERT INTO analysis (report, body) VALUES (?1, ?2) ON CONFLICT (report) DO UPDATE SET body = excluded.body")
        .and_then(|mut s| s.execute(params![row, analysis]))
        .map_err(error())?;
    // Its words are looked up when reports are compared next.
    db.prepare_cached("INSERT OR IGNORE INTO report_unsearched (n) VALUES (?1)").and_then(|mut s| s.execute([row])).map_err(error())?;
    Ok((row, is_new))
}

pub(crate) fn bad(id: &ReportId, source: serde_json::Error) -> LedgerError {
    LedgerError::BadRecord { what: "report", id: id.to_string(), source }
}

/// Enter what could not be read, unless it was read after all. Gives how many were not known.
pub(crate) fn set_aside(db: &Connection, dir: &Path, items: &[SetAside]) -> Result<u64, LedgerError> {
    let insert = "INSERT OR IGNORE INTO set_aside (path, line, reason, sha256, kind, url, by_hand, gone_status, gone_at)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
        WHERE NOT EXISTS (SELECT 1 FROM intake i JOIN original o ON o.n = i.original JOIN reading r ON r.intake = i.n
            WHERE i.path = ?1 AND o.sha256 = ?4)";
    let mut added = 0;
    for item in items {
        added += db
            .prepare_cached(insert)
            .and_then(|mut s| {
                let (line, sha256) = (item.line.unwrap_or(0), item.sha256.as_deref().unwrap_or(""));
                let (status, at) = item.gone.as_ref().map(|g| (g.status, g.at.as_deref())).unzip();
                s.execute(params![item.path, line, item.reason, sha256, item.kind, item.url, item.by_hand, status, at.flatten()])
            })
            .map_err(db_error("entering what was set aside", dir))?;
    }
    Ok(added as u64)
}
