//! Finding and listing reports.

use crate::custody::{INTAKE, intake_of_row};
use crate::error::{LedgerError, db_error};
use crate::intake::{Intake, SetAside};
use crate::ledger::Ledger;
use crate::reading::bad;
use marsad_model::{Gone, Report, ReportId};
use rusqlite::{OptionalExtension, Row};
use std::collections::VecDeque;

/// Reports fetched at a time while iterating: enough to make the query's cost vanish, few enough to hold in memory.
const PAGE: usize = 128;

/// How many ids an error lists when a name fits several.
const CANDIDATES: usize = 10;

/// A report with all the ways it came in and what analysis made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReport {
    /// What the reader made of it.
    pub report: Report,
    /// How it came in, sorted; never empty.
    pub intakes: Vec<Intake>,
    /// What analysis made of it.
    pub analysis: Vec<u8>,
}

impl StoredReport {
    /// The hash of the original that stands for it: that of the first intake in their order.
    pub fn sha256(&self) -> Option<&str> {
        self.intakes.first().map(|i| i.sha256.as_str())
    }

    /// The senders' own ids for it, sorted, each once.
    pub fn keys(&self) -> Vec<&str> {
        sorted(self.intakes.iter().filter_map(|i| i.key.as_deref()))
    }

    /// Where it lay, sorted, each once.
    pub fn paths(&self) -> Vec<&str> {
        sorted(self.intakes.iter().map(|i| i.path.as_str()))
    }
}

fn sorted<'s>(items: impl Iterator<Item = &'s str>) -> Vec<&'s str> {
    let mut items: Vec<&str> = items.collect();
    items.sort_unstable();
    items.dedup();
    items
}

fn gone(row: &Row<'_>) -> rusqlite::Result<Option<Gone>> {
    let status: Option<u16> = row.get("gone_status")?;
    let at = row.get("gone_at")?;
    Ok(status.map(|status| Gone { at, status }))
}

const REPORT: &str = "SELECT r.n, r.id, r.body, a.body FROM report r JOIN analysis a ON a.report = r.n";

type ReportRow = (i64, String, String, Vec<u8>);

fn report_row(row: &Row<'_>) -> rusqlite::Result<ReportRow> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

impl Ledger {
    /// Has this intake been read already? Then it need not be read, let alone analysed, again.
    pub fn holds(&self, intake: &Intake) -> Result<bool, LedgerError> {
        let query = "SELECT EXISTS (SELECT 1 FROM intake i JOIN reading r ON r.intake = i.n WHERE i.digest = ?1 AND r.key = ?2)";
        self.db
            .prepare_cached(query)
            .and_then(|mut s| s.query_row([intake.digest().as_str(), intake.key_or_empty()], |row| row.get(0)))
            .map_err(db_error("looking an intake up", &self.dir))
    }

    /// Every report with its analysis, in the order of ids.
    pub fn reports(&self) -> Reports<'_> {
        Reports { ledger: self, after: String::new(), page: VecDeque::new(), ended: false }
    }

    /// When the bytes of a report were captured, as far as captures say: each time of each report, in the order of ids.
    pub fn captured_times(&self) -> Result<Vec<(ReportId, String)>, LedgerError> {
        let error = || db_error("reading intakes", &self.dir);
        let query = "SELECT r.id, i.captured_at FROM intake i JOIN reading x ON x.intake = i.n JOIN report r ON r.n = x.report
            WHERE i.captured_at IS NOT NULL ORDER BY r.id, i.captured_at";
        let mut statement = self.db.prepare(query).map_err(error())?;
        statement
            .query_map([], |row| Ok((ReportId::from(row.get_ref(0)?.as_str()?), row.get(1)?)))
            .and_then(Iterator::collect)
            .map_err(error())
    }

    /// Every report with its analysis in the order of ids, a page of them at a time, without the ways it came in.
    pub fn each_page_of_analyses<E: From<LedgerError>>(
        &self,
        mut visit: impl FnMut(Vec<(ReportId, String, Vec<u8>)>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut after = String::new();
        loop {
            let page = self.page_of_reports(&after)?;
            let Some(last) = page.last() else { return Ok(()) };
            after.clone_from(&last.1);
            visit(page.into_iter().map(|(_, id, body, analysis)| (ReportId::from(id), body, analysis)).collect())?;
        }
    }

    /// The report with this id.
    pub fn report(&self, id: &ReportId) -> Result<Option<StoredReport>, LedgerError> {
        let row = self
            .db
            .prepare_cached(&format!("{REPORT} WHERE r.id = ?1"))
            .and_then(|mut s| s.query_row([id.as_str()], report_row).optional())
            .map_err(db_error("reading a report", &self.dir))?;
        row.map(|row| self.stored(row)).transpose()
    }

    /// The id of the report that a person means by this: its id, the sender's key, its path, or the beginning of its id
    /// (with or without `r:`). An error where it fits several.
    pub fn find_report(&self, name: &str) -> Result<Option<ReportId>, LedgerError> {
        let id = name.strip_prefix("r:").unwrap_or(name);
        let by_key = "SELECT DISTINCT r.id FROM reading x JOIN report r ON r.n = x.report WHERE x.key = ?1 AND ?1 <> ''";
        let by_path =
            "SELECT DISTINCT r.id FROM intake i JOIN reading x ON x.intake = i.n JOIN report r ON r.n = x.report WHERE i.path = ?1";
        // Hexadecimal digits end at `f`.
        let by_start = "SELECT id FROM report WHERE ?1 <> '' AND id >= 'r:' || ?1 AND id < 'r:' || ?1 || 'g'";
        for (query, word) in [("SELECT id FROM report WHERE id = ?1", name), (by_key, name), (by_path, name), (by_start, id)] {
            if let Some(found) = self.only(query, word, name)? {
                return Ok(Some(ReportId::from(found)));
            }
        }
        Ok(None)
    }

    /// When the bytes of each intake of a report were sealed, as the caller of that run gave it. Never part of an export:
    /// the same input must give the same records.
    pub fn sealings(&self, id: &ReportId) -> Result<Vec<(Intake, String)>, LedgerError> {
        let error = || db_error("reading intakes", &self.dir);
        let query = format!("{INTAKE} WHERE i.n IN (SELECT x.intake FROM reading x JOIN report r ON r.n = x.report WHERE r.id = ?1)");
        let mut statement = self.db.prepare_cached(&query).map_err(error())?;
        let rows = statement.query_map([id.as_str()], |row| Ok((intake_of_row(row)?, row.get(7)?))).map_err(error())?;
        let mut sealings = rows.collect::<Result<Vec<_>, _>>().map_err(error())?;
        sealings.sort();
        Ok(sealings)
    }

    /// What could not be read, sorted.
    pub fn set_aside(&self) -> Result<Vec<SetAside>, LedgerError> {
        let error = || db_error("reading what was set aside", &self.dir);
        let query = "SELECT path, line, reason, sha256, kind, url, by_hand, gone_status, gone_at,
            EXISTS (SELECT 1 FROM original o WHERE o.sha256 = set_aside.sha256 AND o.withdrawn IS NULL)
            FROM set_aside ORDER BY path, line, reason, sha256";
        let mut statement = self.db.prepare_cached(query).map_err(error())?;
        let rows = statement.query_map([], |row| {
            Ok(SetAside {
                path: row.get(0)?,
                line: Some(row.get(1)?).filter(|line| *line > 0),
                reason: row.get(2)?,
                sha256: Some(row.get(3)?).filter(|sha256: &String| !sha256.is_empty()),
                kind: row.get(4)?,
                url: row.get(5)?,
                by_hand: row.get(6)?,
                gone: gone(row)?,
                sealed: row.get(9)?,
            })
        });
        rows.and_then(Iterator::collect).map_err(error())
    }

    /// The addresses at which nothing stands any more, each with every time that this was seen, sorted.
    pub fn gone(&self) -> Result<Vec<(String, Gone)>, LedgerError> {
        let error = || db_error("reading what is gone", &self.dir);
        let query = "SELECT DISTINCT url, gone_status, gone_at FROM set_aside WHERE gone_status IS NOT NULL AND url IS NOT NULL
            ORDER BY url, gone_at, gone_status";
        let mut statement = self.db.prepare_cached(query).map_err(error())?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, Gone { status: row.get(1)?, at: row.get(2)? })));
        rows.and_then(Iterator::collect).map_err(error())
    }

    /// The one answer to a query for ids; an error where there are several.
    pub(crate) fn only(&self, query: &str, word: &str, name: &str) -> Result<Option<String>, LedgerError> {
        let error = || db_error("looking up an id", &self.dir);
        let query = format!("{query} ORDER BY 1 LIMIT {CANDIDATES}");
        let mut statement = self.db.prepare_cached(&query).map_err(error())?;
        let found = statement.query_map([word], |row| row.get(0)).and_then(Iterator::collect).map_err(error());
        let mut found: Vec<String> = found?;
        if found.len() > 1 { Err(LedgerError::Ambiguous { name: name.to_owned(), candidates: found }) } else { Ok(found.pop()) }
    }

    fn stored(&self, (row, id, body, analysis): ReportRow) -> Result<StoredReport, LedgerError> {
        let report = serde_json::from_str(&body).map_err(|source| bad(&ReportId::from(id), source))?;
        Ok(StoredReport { report, intakes: self.intakes_of_report(row)?, analysis })
    }

    fn intakes_of_report(&self, row: i64) -> Result<Vec<Intake>, LedgerError> {
        let error = || db_error("reading intakes", &self.dir);
        let query = "SELECT i.path, o.sha256, i.given, i.captured_at, i.captured_by, i.container, i.record_offset, x.key
            FROM reading x JOIN intake i ON i.n = x.intake JOIN original o ON o.n = i.original WHERE x.report = ?1";
        let mut statement = self.db.prepare_cached(query).map_err(error())?;
        let rows = statement.query_map([row], |row| {
            let key: String = row.get(7)?;
            Ok(Intake { key: (!key.is_empty()).then_some(key), ..intake_of_row(row)? })
        });
        let mut intakes: Vec<Intake> = rows.and_then(Iterator::collect).map_err(error())?;
        intakes.sort();
        Ok(intakes)
    }

    fn page_of_reports(&self, after: &str) -> Result<Vec<ReportRow>, LedgerError> {
        let query = format!("{REPORT} WHERE r.id > ?1 ORDER BY r.id LIMIT {PAGE}");
        self.db
            .prepare_cached(&query)
            .and_then(|mut s| s.query_map([after], report_row).and_then(Iterator::collect))
            .map_err(db_error("reading reports", &self.dir))
    }
}

/// Reports in the order of ids. Hold a [`Snapshot`](crate::Snapshot) meanwhile where a writer may add to them.
#[derive(Debug)]
pub struct Reports<'l> {
    ledger: &'l Ledger,
    after: String,
    page: VecDeque<ReportRow>,
    ended: bool,
}

impl Iterator for Reports<'_> {
    type Item = Result<StoredReport, LedgerError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.page.is_empty() && !self.ended {
            match self.ledger.page_of_reports(&self.after) {
                Ok(page) => self.page = page.into(),
                Err(e) => {
                    self.ended = true;
                    return Some(Err(e));
                }
            }
            match self.page.back() {
                Some(last) => self.after.clone_from(&last.1),
                None => self.ended = true,
            }
        }
        self.page.pop_front().map(|row| self.ledger.stored(row))
    }
}
