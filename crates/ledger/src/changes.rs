//! Which events are others than when an export was made? Each time that events are found anew and some changed, a mark is set;
//! an export tells the last one, and a later export may ask for what changed since.
//!
//! A mark has a number and a hash over all changes up to it, so that a mark of another ledger, or of one that was since put back
//! from a copy, is told from this one's own. No clock is in it: finding the same again sets none.

use crate::error::{LedgerError, db_error};
use crate::ledger::Ledger;
use crate::renewal::{Differing, differing};
use marsad_model::{EventId, sha256_hex};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeSet;
use std::fmt;

/// Digits of a mark's hash.
const DIGITS: usize = 12;

/// How far the events of a ledger had come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    n: u64,
    hash: String,
}

impl Mark {
    /// The mark that is written so; `None` where that is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (n, hash) = text.trim().split_once('-')?;
        let sound = hash.len() == DIGITS && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        Some(Self { n: n.parse().ok()?, hash: hash.to_owned() }).filter(|_| sound)
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.n, self.hash)
    }
}

/// What became of events since a mark.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Those that are new, or others than they were.
    pub changed: BTreeSet<EventId>,
    /// Those that were there at the mark and are not any more, in the order of ids.
    pub gone: Vec<GoneEvent>,
}

/// An event that is not there any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoneEvent {
    /// Its id.
    pub id: EventId,
    /// The event that has the claim which it was called after; `None` where none has.
    pub now: Option<EventId>,
}

impl Ledger {
    /// The last mark; `None` where no events were found yet.
    pub fn mark(&self) -> Result<Option<Mark>, LedgerError> {
        last(&self.db).map_err(db_error("reading marks", &self.dir))
    }

    /// What changed since this mark; an error where the ledger set no such mark.
    pub fn changes_since(&self, since: &Mark) -> Result<Changes, LedgerError> {
        let error = || db_error("reading what changed", &self.dir);
        let hash: Option<String> = self
            .db
            .prepare_cached("SELECT hash FROM event_mark WHERE n = ?1")
            .and_then(|mut s| s.query_row([since.n], |row| row.get(0)).optional())
            .map_err(error())?;
        if hash.as_ref() != Some(&since.hash) {
            return Err(LedgerError::OtherMark { mark: since.to_string() });
        }
        let query = "SELECT c.id, c.sum IS NULL, c.first, a.event FROM event_change c LEFT JOIN event_alias a ON a.alias = c.id
            WHERE c.mark > ?1 ORDER BY c.id";
        let mut statement = self.db.prepare_cached(query).map_err(error())?;
        let rows = statement
            .query_map([since.n], |row| {
                let now = row.get::<_, Option<String>>(3)?.map(EventId::from);
                Ok((EventId::from(row.get_ref(0)?.as_str()?), row.get::<_, bool>(1)?, row.get::<_, u64>(2)?, now))
            })
            .map_err(error())?;
        let mut changes = Changes::default();
        for row in rows {
            let (id, is_gone, first, now) = row.map_err(error())?;
            if !is_gone {
                changes.changed.insert(id);
            } else if first <= since.n {
                changes.gone.push(GoneEvent { id, now });
            }
        }
        Ok(changes)
    }
}

fn last(db: &Connection) -> rusqlite::Result<Option<Mark>> {
    let query = "SELECT n, hash FROM event_mark ORDER BY n DESC LIMIT 1";
    db.prepare_cached(query)?.query_row([], |row| Ok(Mark { n: row.get(0)?, hash: row.get(1)? })).optional()
}

/// Set a mark where an event is another than before. Each event has what it comes to with all that leaves with it.
pub(crate) fn note(db: &Connection, events: &[(EventId, Option<String>)]) -> rusqlite::Result<()> {
    let sums: Vec<(&EventId, &str)> = events.iter().filter_map(|(id, sum)| Some((id, sum.as_deref()?))).collect();
    let mut stored = db.prepare("SELECT id, sum FROM event_change WHERE sum IS NOT NULL ORDER BY id")?;
    let is_same = |sum: &(&EventId, &str), row: &Row<'_>| Ok(row.get_ref(1)?.as_str()? == sum.1);
    let Differing { gone, fresh } = differing(&sums, stored.query([])?, |s| s.0.as_str(), is_same)?;
    let before = last(db)?;
    if gone.is_empty() && fresh.is_empty() && before.is_some() {
        return Ok(());
    }
    let changed: BTreeSet<&str> = fresh.iter().map(|s| s.0.as_str()).collect();
    let lost: Vec<&str> = gone.iter().map(String::as_str).filter(|id| !changed.contains(id)).collect();
    let (n, hash) = before.map_or((0, String::new()), |mark| (mark.n, mark.hash));
    let (n, whole) = (n + 1, sha256_hex(serde_json::json!([hash, fresh, lost]).to_string().as_bytes()));
    let hash: String = whole.chars().take(DIGITS).collect();
    db.prepare_cached("INSERT INTO event_mark (n, hash) VALUES (?1, ?2)")?.execute(params![n, hash])?;
    let mut is_gone = db.prepare_cached("UPDATE event_change SET sum = NULL, mark = ?2 WHERE id = ?1")?;
    for id in lost {
        is_gone.execute(params![id, n])?;
    }
    let mut is_changed = db.prepare_cached(
        "INSERT INTO event_change (id, sum, first, mark) VALUES (?1, ?2, ?3, ?3)
            ON CONFLICT (id) DO UPDATE SET sum = excluded.sum, mark = excluded.mark",
    )?;
    for (id, sum) in fresh {
        is_changed.execute(params![id.as_str(), sum, n])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_mark_is_read_as_it_is_written_and_nothing_else_is_one() {
        let mark = Mark { n: 12, hash: "0123456789ab".to_owned() };
        assert_eq!(mark.to_string(), "12-0123456789ab");
        assert_eq!(Mark::parse(" 12-0123456789ab\n"), Some(mark));
        for other in ["", "12", "-0123456789ab", "12-0123", "x-0123456789ab", "12-0123456789AB", "12-0123456789ab-"] {
            assert_eq!(Mark::parse(other), None, "{other}");
        }
    }
}
