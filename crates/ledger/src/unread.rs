//! What was handed in and could not be read: a scan, a picture, a page behind a wall. It is evidence all the same, and a later
//! reader may read it: its bytes are sealed like a report's, and beside them stands only why nothing was read.

use crate::custody;
use crate::error::{LedgerError, db_error};
use crate::intake::{Added, Intake, SetAside};
use crate::ledger::Ledger;
use crate::reading;
use crate::record::Seal;
use crate::writer::{Writer, begin, enter_intake, enter_original, original_row};
use rusqlite::params;
use std::collections::BTreeSet;

impl Writer {
    /// Seal bytes of which nothing could be read, and enter why: `aside` names their hash. `at` is the time now (RFC 3339). Bytes
    /// that were withdrawn are refused.
    pub fn seal_unread(&mut self, intake: &Intake, seal: &Seal, aside: &SetAside, at: &str) -> Result<Added, LedgerError> {
        if let Some(stone) = self.ledger.withdrawn_original(seal.sha256())? {
            return Err(LedgerError::Withdrawn { id: seal.sha256().to_owned(), at: stone.at, ground: stone.ground });
        }
        self.packs.ready()?;
        let Self { ledger, packs, .. } = self;
        let dir = ledger.dir.as_path();
        let tx = begin(&ledger.db, dir)?;
        let place = if original_row(&tx, dir, seal.sha256())?.is_none() { Some(packs.append(seal)?) } else { None };
        packs.sync()?;
        let seq = custody::next_seq(&tx, dir)?;
        let originals = place.map_or(Ok(0), |place| enter_original(&tx, dir, &place, seq))?;
        let (_, is_new) = enter_intake(&tx, dir, intake, at, seq)?;
        if originals > 0 || is_new {
            custody::note(&tx, dir, at, custody::SEALED, &custody::entered_with(&tx, dir, seq)?)?;
        }
        let set_aside = reading::set_aside(&tx, dir, std::slice::from_ref(aside))?;
        let added = Added { reports: 0, intakes: u64::from(is_new), set_aside };
        if added != Added::default() {
            ledger.note_change()?;
        }
        tx.commit().map_err(db_error("sealing what could not be read", dir))?;
        packs.committed();
        Ok(added)
    }
}

impl Ledger {
    /// The hashes of sealed bytes of which nothing was read, sorted: all of them, or those that begin like this. Bytes whose run
    /// was killed before they were entered are no such.
    pub fn unread(&self, start: &str) -> Result<BTreeSet<String>, LedgerError> {
        let query = "SELECT o.sha256 FROM original o WHERE o.withdrawn IS NULL AND o.sha256 >= ?1 AND o.sha256 < ?1 || 'g'
            AND EXISTS (SELECT 1 FROM intake i WHERE i.original = o.n)
            AND NOT EXISTS (SELECT 1 FROM intake i JOIN reading r ON r.intake = i.n WHERE i.original = o.n)";
        self.db
            .prepare_cached(query)
            .and_then(|mut s| s.query_map(params![start], |row| row.get(0)).and_then(Iterator::collect))
            .map_err(db_error("looking up what was not read", &self.dir))
    }

    /// The sealed bytes that a person means by this start of their hash, of which nothing was read.
    pub fn find_unread(&self, start: &str) -> Result<Option<String>, LedgerError> {
        const ENOUGH: usize = 6;
        if start.len() < ENOUGH || !start.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Ok(None);
        }
        let mut found = self.unread(&start.to_ascii_lowercase())?;
        match found.len() {
            0 | 1 => Ok(found.pop_first()),
            _ => Err(LedgerError::Ambiguous { name: start.to_owned(), candidates: found.into_iter().take(10).collect() }),
        }
    }
}
