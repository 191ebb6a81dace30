//! Who handed reports, or what could not be read, in at the desk: entries of the custody log, so that none can be changed unnoticed.

use crate::custody::HANDED_IN;
use crate::error::{LedgerError, db_error};
use crate::ledger::Ledger;
use marsad_model::ReportId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What an entry tells.
#[derive(Serialize, Deserialize)]
struct Detail {
    by: String,
    reports: BTreeSet<ReportId>,
    /// Hashes of sealed bytes of which nothing was read.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    unread: BTreeSet<String>,
}

/// Who handed a report in, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// Who.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
}

impl Ledger {
    /// Note who handed in these reports, and the bytes with these hashes, of which nothing was read. `at` is the time now (RFC
    /// 3339). It needs no lock, as a decision does not.
    pub fn note_handed_in(
        dir: &Path,
        by: &str,
        reports: BTreeSet<ReportId>,
        unread: BTreeSet<String>,
        at: &str,
    ) -> Result<(), LedgerError> {
        let detail = serde_json::json!(Detail { by: by.to_owned(), reports, unread });
        Self::note(dir, HANDED_IN, &detail, at)
    }

    /// Who handed reports in, the first who did; what a run or a fetch brought was handed in by nobody.
    pub fn handed_in(&self) -> Result<BTreeMap<ReportId, HandedIn>, LedgerError> {
        let error = || db_error("reading who handed in", &self.dir);
        let mut entries = self.db.prepare_cached("SELECT at, detail FROM custody WHERE what = ?1 ORDER BY seq").map_err(error())?;
        let rows = entries.query_map([HANDED_IN], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).map_err(error())?;
        let mut found = BTreeMap::new();
        for row in rows {
            let (at, detail) = row.map_err(error())?;
            // Words that were changed are for the check of the log to name.
            let Ok(Detail { by, reports, .. }) = serde_json::from_str(&detail) else { continue };
            for report in reports {
                found.entry(report).or_insert_with(|| HandedIn { by: by.clone(), at: at.clone() });
            }
        }
        Ok(found)
    }
}
