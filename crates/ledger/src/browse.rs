//! Reading for lists and pages: what stands beside the records themselves.

use crate::error::{LedgerError, db_error};
use crate::ledger::Ledger;

impl Ledger {
    /// Every event with each language of the reports that speak of it.
    pub fn each_event_language(&self, mut visit: impl FnMut(String, String)) -> Result<(), LedgerError> {
        let error = || db_error("reading the languages of events", &self.dir);
        let query = "SELECT DISTINCT c.event, r.body ->> 'language' FROM claim c JOIN report r ON r.id = c.report
            WHERE c.event IS NOT NULL";
        let mut statement = self.db.prepare_cached(query).map_err(error())?;
        let mut rows = statement.query([]).map_err(error())?;
        while let Some(row) = rows.next().map_err(error())? {
            visit(row.get(0).map_err(error())?, row.get(1).map_err(error())?);
        }
        Ok(())
    }

    /// How many sources the reports come from; those that name none are one.
    pub fn sources_loaded(&self) -> Result<u64, LedgerError> {
        let query = "SELECT count(DISTINCT coalesce(body ->> '$.source.id', body ->> '$.source.name', '')) FROM report";
        self.db.query_row(query, [], |row| row.get(0)).map_err(db_error("counting sources", &self.dir))
    }
}
