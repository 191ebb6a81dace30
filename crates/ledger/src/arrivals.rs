//! Reports in the order in which they came in.

use crate::error::{LedgerError, db_error};
use crate::ledger::Ledger;
use marsad_model::ReportId;
use rusqlite::{OptionalExtension, Row};
use std::collections::BTreeMap;

/// A report as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The report.
    pub report: ReportId,
    /// When it was sealed first (RFC 3339).
    pub at: String,
    /// Its place in the order in which things came in.
    pub place: i64,
}

// A report that was sealed twice came in the first time. In this order of tables nothing is sorted, so that a page ends early.
const FIRST: &str = "FROM intake i CROSS JOIN reading x ON x.intake = i.n CROSS JOIN report r ON r.n = x.report
    WHERE NOT EXISTS (SELECT 1 FROM reading y WHERE y.report = x.report AND y.intake < x.intake)";

fn arrival(row: &Row<'_>) -> rusqlite::Result<Arrival> {
    Ok(Arrival { report: ReportId::from(row.get_ref(0)?.as_str()?), at: row.get(1)?, place: row.get(2)? })
}

impl Ledger {
    /// The reports that came in before this place, the last one first, until `visit` has enough. No more is read than is handed out.
    pub fn each_arrival(&self, before: Option<i64>, visit: &mut dyn FnMut(Arrival) -> bool) -> Result<(), LedgerError> {
        let error = || db_error("listing what came in", &self.dir);
        let query = format!("SELECT r.id, i.sealed_at, i.n {FIRST} AND i.n < ?1 ORDER BY i.n DESC, r.id");
        let mut statement = self.db.prepare_cached(&query).map_err(error())?;
        let mut last = None;
        for found in statement.query_map([before.unwrap_or(i64::MAX)], arrival).map_err(error())? {
            let found = found.map_err(error())?;
            // One that was sent under two keys is one report.
            if last.as_ref() == Some(&found.report) {
                continue;
            }
            last = Some(found.report.clone());
            if !visit(found) {
                break;
            }
        }
        Ok(())
    }

    /// When this report came in; `None` where the ledger has no such report.
    pub fn arrival(&self, report: &ReportId) -> Result<Option<Arrival>, LedgerError> {
        let query = "SELECT r.id, i.sealed_at, i.n FROM report r JOIN reading x ON x.report = r.n JOIN intake i ON i.n = x.intake
            WHERE r.id = ?1 ORDER BY i.n LIMIT 1";
        self.db
            .prepare_cached(query)
            .and_then(|mut s| s.query_row([report.as_str()], arrival).optional())
            .map_err(db_error("looking up when a report came in", &self.dir))
    }

    /// The reports that copy another one, with that one, as far as comparing found.
    pub fn copies(&self) -> Result<BTreeMap<ReportId, ReportId>, LedgerError> {
        let row = |row: &Row<'_>| Ok((ReportId::from(row.get_ref(0)?.as_str()?), ReportId::from(row.get_ref(1)?.as_str()?)));
        self.db
            .prepare_cached("SELECT report, copies FROM report_line WHERE copies <> ''")
            .and_then(|mut s| s.query_map([], row)?.collect())
            .map_err(db_error("listing copies", &self.dir))
    }
}
