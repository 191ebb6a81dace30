//! Reading for lists, maps and pages.

use crate::error::{LedgerError, db_error};
use crate::events::parse;
use crate::ledger::Ledger;
use marsad_model::{Candidate, Event, EventId, ReportId};
use rusqlite::{OptionalExtension, Row, named_params};
use serde::Serialize;

/// An event as filters and counts need it.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // the columns of the table, explained where it is made
pub struct EventRow {
    /// Its number among the events found with it; null where they were found by an older program.
    pub n: Option<u32>,
    pub id: String,
    pub event_type: String,
    pub first_day: Option<String>,
    pub last_day: Option<String>,
    pub place_id: Option<String>,
    pub place_name: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub radius_m: Option<u32>,
    pub place_precision: Option<String>,
    /// Harms, parted by commas.
    pub harms: Option<String>,
    pub killed: Option<u32>,
    pub injured: Option<u32>,
    pub origins: u32,
    pub disputed: u32,
    /// Codes, parted by blanks.
    pub languages: Option<String>,
    /// Ids ('' for one that knowledge lacks) and names.
    pub actors: Vec<(String, String)>,
}

const ROWS: &str = "SELECT n, id, type, first_day, last_day, place_id, place_name, lat, lon, radius_m, place_precision, harms, killed,
    injured, origins, disputed, languages FROM event ORDER BY id";
const ROW: &str = "SELECT n, id, type, first_day, last_day, place_id, place_name, lat, lon, radius_m, place_precision, harms, killed,
    injured, origins, disputed, languages FROM event WHERE id = ?1";

fn event_row(row: &Row<'_>) -> rusqlite::Result<EventRow> {
    Ok(EventRow {
        n: row.get(0)?,
        id: row.get(1)?,
        event_type: row.get(2)?,
        first_day: row.get(3)?,
        last_day: row.get(4)?,
        place_id: row.get(5)?,
        place_name: row.get(6)?,
        lat: row.get(7)?,
        lon: row.get(8)?,
        radius_m: row.get(9)?,
        place_precision: row.get(10)?,
        harms: row.get(11)?,
        killed: row.get(12)?,
        injured: row.get(13)?,
        origins: row.get(14)?,
        disputed: row.get(15)?,
        languages: row.get(16)?,
        actors: Vec::new(),
    })
}

/// An event with what a list shows beside its record.
#[derive(Debug, Clone, PartialEq)]
pub struct EventPage {
    /// Its record.
    pub event: Event,
    /// The languages of the reports that speak of it.
    pub languages: Vec<String>,
    /// The places that the name of its place may mean.
    pub candidates: Vec<Candidate>,
}

/// Which reports to list. What is not said does not filter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportFilter {
    /// A source's id or name.
    pub source: Option<String>,
    /// A language's code.
    pub language: Option<String>,
    /// First day (`YYYY-MM-DD`) of publication.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// Only those after this day and id in the order of the list.
    pub after: Option<(String, String)>,
    /// How many at most.
    pub limit: usize,
}

/// A report that a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFound {
    /// The report.
    pub id: ReportId,
    /// The day by which it is listed; empty where nothing tells.
    pub day: String,
}

/// A source and what the ledger has of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceLine {
    /// Knowledge's id.
    pub id: Option<String>,
    /// Its name; null for the reports that name none.
    pub name: Option<String>,
    /// What sort, in the contract's word.
    pub kind: String,
    /// Its media family: its members are one voice.
    pub family: Option<String>,
    /// How many reports.
    pub reports: u64,
    /// The languages of these.
    pub languages: Vec<String>,
    /// The first day on which one was published.
    pub first: Option<String>,
    /// The last day.
    pub last: Option<String>,
}

const REPORTS: &str = "FROM report_line
    WHERE (:source IS NULL OR source_id = :source OR source_name = :source COLLATE NOCASE)
      AND (:language IS NULL OR language = :language)
      AND day >= :from AND day <= :to";

/// Before the day of every dated report, after that of an undated one.
const FIRST: &str = "-";
/// After every day.
const LAST: &str = "~";

const SOURCES: &str = "SELECT source_id, source_name, source_kind, family, count(*), group_concat(DISTINCT language),
        min(nullif(day, '')), max(nullif(day, ''))
    FROM report_line GROUP BY source_id, source_name, source_kind, family ORDER BY count(*) DESC, source_name, source_id";

impl Ledger {
    /// Every event with its actors, in the order of ids.
    pub fn each_event_row(&self, mut visit: impl FnMut(EventRow)) -> Result<(), LedgerError> {
        let error = || db_error("reading events", &self.dir);
        let mut events = self.db.prepare_cached(ROWS).map_err(error())?;
        let mut actors =
            self.db.prepare_cached("SELECT event, id, name FROM event_actor ORDER BY event, role, id, name").map_err(error())?;
        let mut actors = actors.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).map_err(error())?.peekable();
        for row in events.query_map([], event_row).map_err(error())? {
            let mut row = row.map_err(error())?;
            // Both come in the order of events' ids.
            while let Some(next) = actors
                .next_if(|actor: &rusqlite::Result<(String, String, String)>| actor.as_ref().map_or(true, |(event, _, _)| *event <= row.id))
            {
                let (event, id, name) = next.map_err(error())?;
                if event == row.id {
                    row.actors.push((id, name));
                }
            }
            visit(row);
        }
        Ok(())
    }

    /// An event with its actors.
    pub fn event_row(&self, id: &EventId) -> Result<Option<EventRow>, LedgerError> {
        let error = || db_error("reading an event", &self.dir);
        let mut event = self.db.prepare_cached(ROW).map_err(error())?;
        let Some(mut row) = event.query_row([id.as_str()], event_row).optional().map_err(error())? else { return Ok(None) };
        let actors = "SELECT id, name FROM event_actor WHERE event = ?1 ORDER BY role, id, name";
        let mut actors = self.db.prepare_cached(actors).map_err(error())?;
        let named = actors.query_map([id.as_str()], |row| Ok((row.get(0)?, row.get(1)?))).map_err(error())?;
        row.actors = named.collect::<rusqlite::Result<_>>().map_err(error())?;
        Ok(Some(row))
    }

    /// An event with what a list shows of it.
    pub fn event_page(&self, id: &EventId) -> Result<Option<EventPage>, LedgerError> {
        let query = "SELECT b.body, ifnull(e.languages, ''), ifnull(e.candidates, '[]') FROM event e JOIN event_body b ON b.id = e.id
            WHERE e.id = coalesce((SELECT id FROM event WHERE id = ?1), (SELECT event FROM event_alias WHERE alias = ?1))";
        let row: Option<(String, String, String)> = self
            .db
            .prepare_cached(query)
            .and_then(|mut s| s.query_row([id.as_str()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional())
            .map_err(db_error("reading an event", &self.dir))?;
        let sources = self.sources_loaded()?;
        let bad = |source| LedgerError::BadRecord { what: "event", id: id.to_string(), source };
        let page = |(body, languages, candidates): (String, String, String)| {
            Ok(EventPage {
                event: parse(id.to_string(), &body, sources)?,
                languages: languages.split_whitespace().map(str::to_owned).collect(),
                candidates: serde_json::from_str(&candidates).map_err(bad)?,
            })
        };
        row.map(page).transpose()
    }

    /// The events that a report speaks of, each with its type, in the order of ids.
    pub fn events_of(&self, report: &ReportId) -> Result<Vec<(EventId, String)>, LedgerError> {
        let query = "SELECT DISTINCT e.id, e.type FROM claim c JOIN event e ON e.id = c.event WHERE c.report = ?1 ORDER BY e.id";
        self.db
            .prepare_cached(query)
            .and_then(|mut s| {
                s.query_map([report.as_str()], |row| Ok((EventId::from(row.get_ref(0)?.as_str()?), row.get(1)?)))
                    .and_then(Iterator::collect)
            })
            .map_err(db_error("reading a report's events", &self.dir))
    }

    /// The reports that pass a filter, the latest first, those without a day last; and how many pass in all.
    pub fn list_reports(&self, filter: &ReportFilter) -> Result<(Vec<ReportFound>, u64), LedgerError> {
        let error = || db_error("listing reports", &self.dir);
        let count = format!("SELECT count(*) {REPORTS}");
        // Undated ones pass only where no day is asked for. Both ends are always given, so that the index of days is walked.
        let (from, to) = (filter.from.as_deref(), filter.to.as_deref());
        let from = from.unwrap_or(if to.is_some() { FIRST } else { "" });
        let to = to.unwrap_or(LAST);
        let values = named_params! { ":source": filter.source, ":language": filter.language, ":from": from, ":to": to };
        let total = self.db.prepare_cached(&count).and_then(|mut s| s.query_row(values, |row| row.get(0))).map_err(error())?;
        let page = format!(
            "SELECT report, day {REPORTS} AND (:day IS NULL OR (day, report) < (:day, :report)) ORDER BY day DESC, report DESC LIMIT :limit"
        );
        let (day, report) = filter.after.clone().unzip();
        let values = named_params! {
            ":source": filter.source, ":language": filter.language, ":from": from, ":to": to,
            ":day": day, ":report": report, ":limit": filter.limit,
        };
        let found = |row: &Row<'_>| Ok(ReportFound { id: ReportId::from(row.get_ref(0)?.as_str()?), day: row.get(1)? });
        let page = self.db.prepare_cached(&page).and_then(|mut s| s.query_map(values, found).and_then(Iterator::collect));
        Ok((page.map_err(error())?, total))
    }

    /// The sources whose reports were compared, those with most reports first.
    pub fn sources(&self) -> Result<Vec<SourceLine>, LedgerError> {
        let some = |word: String| Some(word).filter(|word| !word.is_empty());
        let line = |row: &Row<'_>| {
            let mut languages: Vec<String> = row.get::<_, String>(5)?.split(',').map(str::to_owned).collect();
            languages.sort();
            Ok(SourceLine {
                id: some(row.get(0)?),
                name: some(row.get(1)?),
                kind: row.get(2)?,
                family: some(row.get(3)?),
                reports: row.get(4)?,
                languages,
                first: row.get(6)?,
                last: row.get(7)?,
            })
        };
        self.db
            .prepare_cached(SOURCES)
            .and_then(|mut s| s.query_map([], line).and_then(Iterator::collect))
            .map_err(db_error("listing sources", &self.dir))
    }

    /// How many sources the compared reports come from, as comparing counted them: what grades rest on.
    pub fn sources_loaded(&self) -> Result<u64, LedgerError> {
        Ok(self.meta("sources")?.and_then(|count| count.parse().ok()).unwrap_or(0))
    }
}
