//! Bringing what was found by comparing up to date: of all that is found anew, what is stored already stays as it lies.

use crate::collation::{CLAIM, Collation, EventDetail, FoundEvent, PlacedClaim, ReportLine, SearchWords, is_placed};
use crate::error::{LedgerError, db_error};
use crate::writer::{Writer, begin};
use crate::{changes, sums};
use marsad_model::{Event, EventId, OriginId, ReportId};
use rusqlite::{Connection, Row, Rows, params, params_from_iter};
use std::path::Path;

/// Which program and knowledge found what is stored: what another would enter with the same events may be another thing.
pub(crate) const FOUND_BY: &str = "collated_by";

impl Writer {
    /// Put this in the place of all that was found before, in one transaction; rows that are the same are not touched.
    /// Afterwards the ledger needs no collation until something is added. `events` is asked, some at a time, for the events that
    /// were not there as they are now; what it tells of each must, under one version, hang on the event and on what was read of its
    /// reports alone.
    pub fn replace_collation<E: From<LedgerError>>(
        &mut self,
        collation: &Collation,
        events: impl FnMut(&[&EventId]) -> Result<Vec<FoundEvent>, E>,
    ) -> Result<(), E> {
        let ledger = &self.ledger;
        let dir = ledger.dir.as_path();
        let error = || db_error("replacing what was found by comparing", dir);
        let version = self.version.to_string();
        let tx = begin(&ledger.db, dir)?;
        if ledger.meta(FOUND_BY)?.as_ref() != Some(&version) {
            forget(&tx).map_err(error())?;
            ledger.set_meta(FOUND_BY, &version)?;
        }
        renew_events(&tx, dir, collation, events)?;
        renew_lines(&tx, &collation.lines).map_err(db_error("entering a list of reports", dir))?;
        renew_claims(&tx, &collation.claims).map_err(db_error("entering claims", dir))?;
        renew_reports(&tx, &collation.reports).map_err(db_error("entering lineage", dir))?;
        changes::note(&tx, &collation.events).map_err(db_error("noting what changed", dir))?;
        ledger.set_meta("sources", &collation.sources.to_string())?;
        ledger.set_decisions_collated(collation.decisions)?;
        ledger.set_meta("collation", "fresh")?;
        ledger.note_collation()?;
        Ok(tx.commit().map_err(error())?)
    }
}

/// Take out all that was found by comparing.
pub(crate) fn forget(db: &Connection) -> rusqlite::Result<()> {
    sums::words_changed(db)?;
    db.execute_batch(
        "DELETE FROM event_body; DELETE FROM event; DELETE FROM event_alias; DELETE FROM event_actor;
         DELETE FROM claim; DELETE FROM comparison; DELETE FROM report_line;
         INSERT INTO event_words (event_words) VALUES ('delete-all');",
    )
}

/// What is stored and what is found, compared by their keys.
pub(crate) struct Differing<'f, T> {
    /// Keys of rows that must go: what is not found any more, and what is found otherwise.
    pub(crate) gone: Vec<String>,
    /// What must be entered: what is new, and what is found otherwise.
    pub(crate) fresh: Vec<&'f T>,
}

/// Walk through the stored rows once, each with its key in front; `is_same` says whether a row tells what was found under its key.
pub(crate) fn differing<'f, T>(
    found: &'f [T],
    mut stored: Rows<'_>,
    key: impl Fn(&T) -> &str,
    is_same: impl Fn(&T, &Row<'_>) -> rusqlite::Result<bool>,
) -> rusqlite::Result<Differing<'f, T>> {
    let mut order: Vec<&T> = found.iter().collect();
    order.sort_by(|a, b| key(a).cmp(key(b)));
    let mut kept = vec![false; order.len()];
    let mut gone = Vec::new();
    let mut next = 0;
    while let Some(row) = stored.next()? {
        let stored_key = row.get_ref(0)?.as_str()?;
        // Rows mostly come in the order of their keys, and most are found again.
        let at = match order.get(next) {
            Some(expected) if key(expected) == stored_key => Some(next),
            _ => order.binary_search_by(|f| key(f).cmp(stored_key)).ok(),
        };
        next = at.map_or(next, |at| at + 1);
        match at {
            Some(at) if is_same(order[at], row)? => kept[at] = true,
            _ => gone.push(stored_key.to_owned()),
        }
    }
    Ok(Differing { gone, fresh: order.into_iter().zip(kept).filter(|(_, kept)| !kept).map(|(f, _)| f).collect() })
}

/// Events that are asked for together.
const BATCH: usize = 1024;

fn renew_events<E: From<LedgerError>>(
    db: &Connection,
    dir: &Path,
    found: &Collation,
    mut events: impl FnMut(&[&EventId]) -> Result<Vec<FoundEvent>, E>,
) -> Result<(), E> {
    let error = || db_error("replacing what was found by comparing", dir);
    // Two events of one sum are the same, so that no event need be read, or written out, to be held against what is stored.
    let mut stored = db.prepare("SELECT b.id, c.sum FROM event_body b LEFT JOIN event_change c ON c.id = b.id").map_err(error())?;
    let rows = stored.query([]).map_err(error())?;
    let is_same =
        |event: &(EventId, Option<String>), row: &Row<'_>| Ok(event.1.is_some() && row.get_ref(1)?.as_str_or_null()? == event.1.as_deref());
    let Differing { gone, fresh } = differing(&found.events, rows, |e| e.0.as_str(), is_same).map_err(error())?;
    take_out(db, &gone).map_err(error())?;
    let mut numbers = Free::of(db).map_err(error())?;
    let fresh: Vec<&EventId> = fresh.into_iter().map(|(id, _)| id).collect();
    for ids in fresh.chunks(BATCH) {
        for FoundEvent { event, detail } in events(ids)? {
            enter_event(db, dir, &event)?;
            enter_detail(db, numbers.next(), &event.id, &detail).map_err(db_error("entering an event", dir))?;
        }
    }
    Ok(())
}

/// Take events out with all that leads to them.
fn take_out(db: &Connection, gone: &[String]) -> rusqlite::Result<()> {
    if gone.is_empty() {
        return Ok(());
    }
    sums::words_changed(db)?;
    db.execute_batch("CREATE TEMP TABLE IF NOT EXISTS gone (id TEXT PRIMARY KEY) WITHOUT ROWID; DELETE FROM gone;")?;
    let mut insert = db.prepare_cached("INSERT INTO gone (id) VALUES (?1)")?;
    for id in gone {
        insert.execute([id])?;
    }
    db.execute_batch(
        "DELETE FROM event_words WHERE rowid IN (SELECT n FROM event WHERE id IN (SELECT id FROM gone));
         DELETE FROM event_body WHERE id IN (SELECT id FROM gone);
         DELETE FROM event WHERE id IN (SELECT id FROM gone);
         DELETE FROM event_actor WHERE event IN (SELECT id FROM gone);
         DELETE FROM event_alias WHERE event IN (SELECT id FROM gone);
         DELETE FROM gone;",
    )
}

/// The numbers that no event has, from 0: an event keeps its number while it stays as it is.
struct Free {
    taken: std::iter::Peekable<std::vec::IntoIter<u64>>,
    next: u64,
}

impl Free {
    fn of(db: &Connection) -> rusqlite::Result<Self> {
        let mut statement = db.prepare("SELECT n FROM event WHERE n IS NOT NULL ORDER BY n")?;
        let taken = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<u64>>>()?;
        Ok(Self { taken: taken.into_iter().peekable(), next: 0 })
    }

    fn next(&mut self) -> u64 {
        while self.taken.next_if(|&n| n <= self.next).is_some_and(|n| n == self.next) {
            self.next += 1;
        }
        self.next += 1;
        self.next - 1
    }
}

/// Enter an event, the line that lists show of it, its actors, and every id that leads to it. Lists take their values from
/// the event's own record, so that the two cannot differ.
fn enter_event(db: &Connection, dir: &Path, event: &Event) -> Result<(), LedgerError> {
    let error = || db_error("entering an event", dir);
    let id = event.id.as_str();
    let body = serde_json::to_string(event).map_err(|source| LedgerError::BadRecord { what: "event", id: event.id.to_string(), source })?;
    let line = "INSERT INTO event
            (id, type, level, first_day, last_day, place_id, place_name, lat, lon, summary, reports, origins, independent, disputed,
             radius_m, place_precision, harms, killed, injured)
        SELECT ?1, e ->> 'type', e ->> 'level', e ->> '$.time.start', e ->> '$.time.end', e ->> '$.place.id', e ->> '$.place.name',
            e ->> '$.place.lat', e ->> '$.place.lon', e ->> 'summary', e ->> 'reports', e ->> 'origins', e ->> '$.support.independent',
            json_array_length(e, '$.disagreements'), e ->> '$.place.radius_m', e ->> '$.place.precision',
            (SELECT group_concat(DISTINCT value ->> 'harm') FROM json_each(e, '$.casualties') WHERE value ->> 'max' IS NOT 0),
            (SELECT max(coalesce(value ->> 'max', value ->> 'min', 1)) FROM json_each(e, '$.casualties') WHERE value ->> 'harm' = 'killed'),
            (SELECT max(coalesce(value ->> 'max', value ->> 'min', 1)) FROM json_each(e, '$.casualties') WHERE value ->> 'harm' = 'injured')
        FROM (SELECT ?2 AS e)";
    let actors = "INSERT OR IGNORE INTO event_actor (event, role, id, name)
        SELECT ?1, value ->> 'role', ifnull(value ->> 'id', ''), value ->> 'name' FROM json_each(?2, '$.actors')";
    for statement in ["INSERT INTO event_body (id, body) VALUES (?1, ?2)", line, actors] {
        db.prepare_cached(statement).and_then(|mut s| s.execute([id, &body])).map_err(error())?;
    }
    let mut alias = db.prepare_cached("INSERT INTO event_alias (alias, event) VALUES (?1, ?2)").map_err(error())?;
    for claim in &event.claims {
        alias.execute([EventId::from_claim(claim).as_str(), id]).map_err(error())?;
    }
    Ok(())
}

/// Enter an event's number with what is known of it beside its record, and the words by which it is found.
fn enter_detail(db: &Connection, n: u64, event: &EventId, detail: &EventDetail) -> rusqlite::Result<()> {
    let candidates = serde_json::to_string(&detail.candidates).unwrap_or_default();
    db.prepare_cached("UPDATE event SET n = ?2, languages = ?3, candidates = ?4 WHERE id = ?1")?.execute(params![
        event.as_str(),
        n,
        detail.languages.join(" "),
        candidates
    ])?;
    let SearchWords { words, stems } = &detail.words;
    if !(words.is_empty() && stems.is_empty()) {
        sums::words_changed(db)?;
        db.prepare_cached("INSERT INTO event_words (rowid, words, stems) VALUES (?1, ?2, ?3)")?.execute(params![n, words, stems])?;
    }
    Ok(())
}

fn renew_lines(db: &Connection, lines: &[ReportLine]) -> rusqlite::Result<()> {
    let mut stored =
        db.prepare("SELECT report, source_id, source_name, source_kind, family, language, day, copies FROM report_line ORDER BY report")?;
    let is_same = |line: &ReportLine, row: &Row<'_>| {
        for (n, column) in columns(line).iter().enumerate() {
            if row.get_ref(n)?.as_str()? != column {
                return Ok(false);
            }
        }
        Ok(true)
    };
    let Differing { gone, fresh } = differing(lines, stored.query([])?, |l| l.report.as_str(), is_same)?;
    delete(db, "DELETE FROM report_line WHERE report = ?1", &gone)?;
    let insert = "INSERT INTO report_line (report, source_id, source_name, source_kind, family, language, day, copies)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let mut insert = db.prepare_cached(insert)?;
    for line in fresh {
        insert.execute(params_from_iter(columns(line)))?;
    }
    Ok(())
}

fn columns(line: &ReportLine) -> [String; 8] {
    let source = &line.source;
    let kind = serde_json::to_value(source.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default();
    let word = |word: &Option<String>| word.clone().unwrap_or_default();
    let day = line.day.map(|day| day.to_string()).unwrap_or_default();
    let copies = line.copies.as_ref().map(ToString::to_string).unwrap_or_default();
    [line.report.to_string(), word(&source.id), word(&source.name), kind, word(&source.family), line.language.clone(), day, copies]
}

fn renew_claims(db: &Connection, claims: &[PlacedClaim]) -> rusqlite::Result<()> {
    let mut stored = db.prepare(&format!("{CLAIM} ORDER BY id"))?;
    let Differing { gone, fresh } = differing(claims, stored.query([])?, |c| c.id.as_str(), is_placed)?;
    delete(db, "DELETE FROM claim WHERE id = ?1", &gone)?;
    let mut insert =
        db.prepare_cached("INSERT INTO claim (id, report, event, origin, confidence, settled) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for claim in fresh {
        let event = claim.event.as_ref().map(EventId::as_str);
        let origin = claim.origin.as_ref().map(OriginId::as_str);
        insert.execute(params![claim.id.as_str(), claim.report.as_str(), event, origin, claim.confidence.unwrap_or(0), claim.settled])?;
    }
    Ok(())
}

fn renew_reports(db: &Connection, reports: &[(ReportId, Vec<u8>)]) -> rusqlite::Result<()> {
    let mut stored = db.prepare("SELECT report, body FROM comparison")?;
    let is_same = |report: &(ReportId, Vec<u8>), row: &Row<'_>| Ok(row.get_ref(1)?.as_blob()? == report.1);
    let Differing { gone, fresh } = differing(reports, stored.query([])?, |r| r.0.as_str(), is_same)?;
    delete(db, "DELETE FROM comparison WHERE report = ?1", &gone)?;
    let mut insert = db.prepare_cached("INSERT INTO comparison (report, body) VALUES (?1, ?2)")?;
    for (report, body) in fresh {
        insert.execute(params![report.as_str(), body])?;
    }
    Ok(())
}

fn delete(db: &Connection, statement: &str, keys: &[String]) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached(statement)?;
    for key in keys {
        statement.execute([key])?;
    }
    Ok(())
}
