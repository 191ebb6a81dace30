//! Finding reports and events by their words. What the words of a text are, the caller says.

use crate::collation::SearchWords;
use crate::error::{LedgerError, db_error};
use crate::ledger::Ledger;
use crate::reading::bad;
use crate::sums;
use crate::writer::{Writer, begin};
use marsad_model::{Report, ReportId};
use rusqlite::{Connection, params};
use std::path::Path;

/// Reports whose words are entered in one transaction.
const BATCH: usize = 256;

impl Writer {
    /// Enter the words of all reports that have not been searched yet.
    pub fn enter_words(&mut self, words_of: impl Fn(&Report) -> SearchWords) -> Result<(), LedgerError> {
        let ledger = &self.ledger;
        let dir = ledger.dir.as_path();
        loop {
            let tx = begin(&ledger.db, dir)?;
            let batch = unsearched(&tx, dir)?;
            if batch.is_empty() {
                return tx.commit().map_err(db_error("entering words", dir));
            }
            for (n, report) in batch {
                enter(&tx, n, &words_of(&report)).map_err(db_error("entering words", dir))?;
            }
            ledger.note_change()?;
            tx.commit_before_more().map_err(db_error("entering words", dir))?;
        }
    }
}

fn unsearched(db: &Connection, dir: &Path) -> Result<Vec<(i64, Report)>, LedgerError> {
    let query = format!("SELECT r.n, r.id, r.body FROM report_unsearched u JOIN report r ON r.n = u.n ORDER BY r.n LIMIT {BATCH}");
    let rows: Vec<(i64, String, String)> = db
        .prepare_cached(&query)
        .and_then(|mut s| s.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).and_then(Iterator::collect))
        .map_err(db_error("reading reports", dir))?;
    rows.into_iter().map(|(n, id, body)| Ok((n, serde_json::from_str(&body).map_err(|e| bad(&ReportId::from(id), e))?))).collect()
}

fn enter(db: &Connection, n: i64, SearchWords { words, stems }: &SearchWords) -> rusqlite::Result<()> {
    sums::words_changed(db)?;
    db.prepare_cached("DELETE FROM report_words WHERE rowid = ?1")?.execute([n])?;
    db.prepare_cached("INSERT INTO report_words (rowid, words, stems) VALUES (?1, ?2, ?3)")?.execute(params![n, words, stems])?;
    db.prepare_cached("DELETE FROM report_unsearched WHERE n = ?1")?.execute([n])?;
    Ok(())
}

impl Ledger {
    /// The numbers of the events in which these words stand: a question in the language of FTS5.
    pub fn events_with(&self, words: &str) -> Result<Vec<u32>, LedgerError> {
        self.db
            .prepare_cached("SELECT rowid FROM event_words WHERE event_words MATCH ?1")
            .and_then(|mut s| s.query_map([words], |row| row.get(0)).and_then(Iterator::collect))
            .map_err(db_error("searching events", &self.dir))
    }

    /// The reports in which these words stand, those that are most about them first, and how many there are.
    pub fn reports_with(&self, words: &str, skip: u64, limit: usize) -> Result<(Vec<ReportId>, u64), LedgerError> {
        let error = || db_error("searching reports", &self.dir);
        let total = self
            .db
            .prepare_cached("SELECT count(*) FROM report_words WHERE report_words MATCH ?1")
            .and_then(|mut s| s.query_row([words], |row| row.get(0)))
            .map_err(error())?;
        // What is found only without its clitics and endings counts for less.
        let query = "SELECT r.id FROM (SELECT rowid AS n, bm25(report_words, 1.0, 0.5) AS score FROM report_words
                WHERE report_words MATCH ?1 ORDER BY score, n LIMIT ?3 OFFSET ?2) w
            JOIN report r ON r.n = w.n ORDER BY w.score, w.n";
        let found = self
            .db
            .prepare_cached(query)
            .and_then(|mut s| {
                s.query_map(params![words, skip, limit], |row| row.get::<_, String>(0).map(ReportId::from)).and_then(Iterator::collect)
            })
            .map_err(error())?;
        Ok((found, total))
    }
}
