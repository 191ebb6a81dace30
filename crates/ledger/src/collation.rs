//! What was found by comparing reports: events, lineage, origins. Replaced whole; it can be rebuilt from the readings.

use crate::error::{LedgerError, db_error};
use crate::ledger::Ledger;
use crate::writer::{Writer, begin};
use jiff::civil::Date;
use marsad_model::{Candidate, ClaimId, Event, EventId, OriginId, ReportId, Source};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;
use std::path::Path;

/// To which event and origin a claim belongs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlacedClaim {
    /// The claim.
    pub id: ClaimId,
    /// The report that makes it.
    pub report: ReportId,
    /// The event that it speaks of; `None` for states, background and the like.
    pub event: Option<EventId>,
    /// The telling that it descends from.
    pub origin: Option<OriginId>,
    /// How sure its reading is, in thousandths.
    pub confidence: Option<u32>,
    /// Did a person accept or reject it?
    pub settled: bool,
}

/// All that was found by comparing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Collation {
    /// The events.
    pub events: Vec<Event>,
    /// The claims with their events and origins; each claim stands here once.
    pub claims: Vec<PlacedClaim>,
    /// What was found of single reports (lineage, origin, the report it is a version of, its date), in a form that is the
    /// caller's own affair; each report at most once.
    pub reports: Vec<(ReportId, Vec<u8>)>,
    /// What lists and searches need of events beside their records; each event at most once.
    pub details: Vec<EventDetail>,
    /// What lists of reports show; each report at most once.
    pub lines: Vec<ReportLine>,
    /// How many sources are loaded.
    pub sources: u64,
    /// How many decisions were laid over it.
    pub decisions: u64,
}

/// What lists and searches need of an event beside its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventDetail {
    /// The event.
    pub event: EventId,
    /// The languages of the reports that speak of it.
    pub languages: Vec<String>,
    /// The places that the name of its place may mean, where nothing decides.
    pub candidates: Vec<Candidate>,
    /// The words by which it is found.
    pub words: SearchWords,
}

/// The words by which a text is found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchWords {
    /// Folded, in their order, parted by blanks.
    pub words: String,
    /// What is left of them without clitics and endings.
    pub stems: String,
}

/// What a list of reports shows of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportLine {
    /// The report.
    pub report: ReportId,
    /// Who published it.
    pub source: Source,
    /// Its language's code.
    pub language: String,
    /// The first day on which it may have been published.
    pub day: Option<Date>,
}

/// Take out all that was found by comparing.
pub(crate) const FORGET: &str = "DELETE FROM event_body; DELETE FROM event; DELETE FROM event_alias; DELETE FROM event_actor;
    DELETE FROM claim; DELETE FROM comparison; DELETE FROM report_line;
    INSERT INTO event_words (event_words) VALUES ('delete-all');";

impl Writer {
    /// Put this in the place of all that was found before, in one transaction. Afterwards the ledger needs no collation
    /// until something is added.
    pub fn replace_collation(&mut self, collation: &Collation) -> Result<(), LedgerError> {
        let ledger = &self.ledger;
        let dir = ledger.dir.as_path();
        let tx = begin(&ledger.db, dir)?;
        tx.execute_batch(FORGET).map_err(db_error("replacing what was found by comparing", dir))?;
        let details: BTreeMap<&EventId, &EventDetail> = collation.details.iter().map(|d| (&d.event, d)).collect();
        for (n, event) in collation.events.iter().enumerate() {
            enter_event(&tx, dir, event)?;
            enter_detail(&tx, n as u64, &event.id, details.get(&event.id).copied()).map_err(db_error("entering an event", dir))?;
        }
        enter_lines(&tx, &collation.lines).map_err(db_error("entering a list of reports", dir))?;
        enter_claims(&tx, &collation.claims).map_err(db_error("entering claims", dir))?;
        enter_reports(&tx, &collation.reports).map_err(db_error("entering lineage", dir))?;
        ledger.set_meta("sources", &collation.sources.to_string())?;
        ledger.set_decisions_collated(collation.decisions)?;
        ledger.set_meta("collation", "fresh")?;
        ledger.note_collation()?;
        tx.commit().map_err(db_error("replacing what was found by comparing", dir))
    }
}

/// Enter an event, the line that lists show of it, its actors, and every id that leads to it. Lists take their values from
/// the event's own record, so that the two cannot differ.
fn enter_event(db: &Connection, dir: &Path, event: &Event) -> Result<(), LedgerError> {
    let error = || db_error("entering an event", dir);
    let id = event.id.as_str();
    let body = serde_json::to_string(event).map_err(|source| LedgerError::BadRecord { what: "event", id: event.id.0.clone(), source })?;
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
fn enter_detail(db: &Connection, n: u64, event: &EventId, detail: Option<&EventDetail>) -> rusqlite::Result<()> {
    let languages = detail.map(|d| d.languages.join(" ")).unwrap_or_default();
    let candidates = detail.map_or_else(|| "[]".to_owned(), |d| serde_json::to_string(&d.candidates).unwrap_or_default());
    db.prepare_cached("UPDATE event SET n = ?2, languages = ?3, candidates = ?4 WHERE id = ?1")?.execute(params![
        event.as_str(),
        n,
        languages,
        candidates
    ])?;
    if let Some(SearchWords { words, stems }) = detail.map(|d| &d.words) {
        db.prepare_cached("INSERT INTO event_words (rowid, words, stems) VALUES (?1, ?2, ?3)")?.execute(params![n, words, stems])?;
    }
    Ok(())
}

fn enter_lines(db: &Connection, lines: &[ReportLine]) -> rusqlite::Result<()> {
    let insert = "INSERT INTO report_line (report, source_id, source_name, source_kind, family, language, day)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let mut insert = db.prepare_cached(insert)?;
    for line in lines {
        let source = &line.source;
        let kind = serde_json::to_value(source.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default();
        let word = |word: &Option<String>| word.clone().unwrap_or_default();
        let day = line.day.map(|day| day.to_string()).unwrap_or_default();
        insert.execute(params![
            line.report.as_str(),
            word(&source.id),
            word(&source.name),
            kind,
            word(&source.family),
            line.language,
            day
        ])?;
    }
    Ok(())
}

fn enter_claims(db: &Connection, claims: &[PlacedClaim]) -> rusqlite::Result<()> {
    let mut insert =
        db.prepare_cached("INSERT INTO claim (id, report, event, origin, confidence, settled) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for claim in claims {
        let event = claim.event.as_ref().map(EventId::as_str);
        let origin = claim.origin.as_ref().map(OriginId::as_str);
        insert.execute(params![claim.id.as_str(), claim.report.as_str(), event, origin, claim.confidence.unwrap_or(0), claim.settled])?;
    }
    Ok(())
}

fn enter_reports(db: &Connection, reports: &[(ReportId, Vec<u8>)]) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached("INSERT INTO comparison (report, body) VALUES (?1, ?2)")?;
    for (report, body) in reports {
        insert.execute(params![report.as_str(), body])?;
    }
    Ok(())
}

impl Ledger {
    /// What comparing found of this report.
    pub fn comparison(&self, report: &ReportId) -> Result<Option<Vec<u8>>, LedgerError> {
        self.db
            .prepare_cached("SELECT body FROM comparison WHERE report = ?1")
            .and_then(|mut s| s.query_row([report.as_str()], |row| row.get(0)).optional())
            .map_err(db_error("reading lineage", &self.dir))
    }

    /// The claims of this report with their events and origins, in the order of ids.
    pub fn claims_of(&self, report: &ReportId) -> Result<Vec<PlacedClaim>, LedgerError> {
        self.db
            .prepare_cached(&format!("{CLAIM} WHERE report = ?1 ORDER BY id"))
            .and_then(|mut s| s.query_map([report.as_str()], placed).and_then(Iterator::collect))
            .map_err(db_error("reading claims", &self.dir))
    }

    /// The claim's report, event and origin.
    pub fn claim(&self, id: &ClaimId) -> Result<Option<PlacedClaim>, LedgerError> {
        self.db
            .prepare_cached(&format!("{CLAIM} WHERE id = ?1"))
            .and_then(|mut s| s.query_row([id.as_str()], placed).optional())
            .map_err(db_error("reading a claim", &self.dir))
    }

    /// The claim that a person means by this: its id, or the beginning of it (with or without `c:`). An error where it fits
    /// several.
    pub fn find_claim(&self, name: &str) -> Result<Option<ClaimId>, LedgerError> {
        let start = name.strip_prefix("c:").unwrap_or(name);
        // Hexadecimal digits end at `f`.
        let by_start = "SELECT id FROM claim WHERE ?1 <> '' AND id >= 'c:' || ?1 AND id < 'c:' || ?1 || 'g'";
        Ok(self.only(by_start, start, name)?.map(ClaimId))
    }

    /// Claims of events that nobody accepted or rejected when events were found last, the least certain first: those that
    /// come after this one, which need not wait any more itself.
    pub fn unsettled_claims(&self, after: Option<&(u32, ClaimId)>, limit: u64) -> Result<Vec<PlacedClaim>, LedgerError> {
        let query =
            format!("{CLAIM} WHERE event IS NOT NULL AND settled = 0 AND (confidence, id) > (?1, ?2) ORDER BY confidence, id LIMIT ?3");
        let (confidence, id) = after.map_or((0, ""), |(confidence, id)| (*confidence, id.as_str()));
        self.db
            .prepare_cached(&query)
            .and_then(|mut s| s.query_map(params![confidence, id, limit], placed).and_then(Iterator::collect))
            .map_err(db_error("reading the queue", &self.dir))
    }

    /// How many such claims there are.
    pub fn count_unsettled(&self) -> Result<u64, LedgerError> {
        self.db
            .prepare_cached("SELECT count(*) FROM claim WHERE event IS NOT NULL AND settled = 0")
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .map_err(db_error("counting the queue", &self.dir))
    }
}

const CLAIM: &str = "SELECT id, report, event, origin, confidence, settled FROM claim";

fn placed(row: &rusqlite::Row<'_>) -> rusqlite::Result<PlacedClaim> {
    Ok(PlacedClaim {
        id: ClaimId(row.get(0)?),
        report: ReportId(row.get(1)?),
        event: row.get::<_, Option<String>>(2)?.map(EventId),
        origin: row.get::<_, Option<String>>(3)?.map(OriginId),
        confidence: row.get(4)?,
        settled: row.get::<_, Option<bool>>(5)?.unwrap_or(false),
    })
}
