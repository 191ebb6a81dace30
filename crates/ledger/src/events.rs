//! Finding and listing events.

use crate::error::{LedgerError, db_error};
use crate::ledger::Ledger;
use marsad_model::{Event, EventId};
use rusqlite::{OptionalExtension, Row, named_params};

/// Which events to list. What is not said does not filter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// A type (`battle.clash`) or a whole class (`battle`).
    pub event_type: Option<String>,
    /// First day (`YYYY-MM-DD`) that the event may touch; undated events are left out.
    pub from: Option<String>,
    /// Last day that it may touch; undated events are left out.
    pub to: Option<String>,
    /// A place's id or its name.
    pub place: Option<String>,
    /// An actor's id or its name.
    pub actor: Option<String>,
    /// Independent and untraced origins together, at least.
    pub origins: Option<u32>,
    /// Only events on which claims differ.
    pub disputed: bool,
    /// How many to leave out at the beginning.
    pub skip: u32,
    /// How many to list at most.
    pub limit: Option<u32>,
}

/// One event as a list shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct EventLine {
    /// Its id.
    pub id: EventId,
    /// `class.kind`.
    pub event_type: String,
    /// `act`, `incident` or `episode`.
    pub level: String,
    /// First day, `YYYY-MM-DD`.
    pub start: Option<String>,
    /// Last day.
    pub end: Option<String>,
    /// The gazetteer's id of its place.
    pub place_id: Option<String>,
    /// Its place's name.
    pub place_name: Option<String>,
    /// Latitude in degrees.
    pub lat: Option<f64>,
    /// Longitude in degrees.
    pub lon: Option<f64>,
    /// The sentence that tells it best.
    pub summary: String,
    /// How many reports speak of it.
    pub reports: u32,
    /// From how many origins.
    pub origins: u32,
    /// How many of these are independent.
    pub independent: u32,
    /// Attributes on which its claims differ.
    pub disputed: u32,
}

const LIST: &str = "SELECT id, type, level, first_day, last_day, place_id, place_name, lat, lon, summary, reports, origins, independent, disputed
    FROM event
    WHERE (:type IS NULL OR type = :type OR substr(type, 1, length(:type) + 1) = :type || '.')
      AND (:from IS NULL OR ifnull(last_day, first_day) >= :from)
      AND (:to IS NULL OR first_day <= :to)
      AND (:place IS NULL OR place_id = :place OR place_name = :place COLLATE NOCASE)
      AND (:actor IS NULL OR EXISTS (SELECT 1 FROM event_actor a WHERE a.event = event.id AND (nullif(a.id, '') = :actor OR a.name = :actor COLLATE NOCASE)))
      AND (:origins IS NULL OR origins >= :origins)
      AND (NOT :disputed OR disputed > 0)
    ORDER BY first_day IS NULL, first_day, id LIMIT :limit OFFSET :skip";

fn line_of_row(row: &Row<'_>) -> rusqlite::Result<EventLine> {
    Ok(EventLine {
        id: EventId::from(row.get_ref(0)?.as_str()?),
        event_type: row.get(1)?,
        level: row.get(2)?,
        start: row.get(3)?,
        end: row.get(4)?,
        place_id: row.get(5)?,
        place_name: row.get(6)?,
        lat: row.get(7)?,
        lon: row.get(8)?,
        summary: row.get(9)?,
        reports: row.get(10)?,
        origins: row.get(11)?,
        independent: row.get(12)?,
        disputed: row.get(13)?,
    })
}

impl Ledger {
    /// Events in the order of their days, then ids; undated ones last.
    pub fn list_events(&self, filter: &EventFilter) -> Result<Vec<EventLine>, LedgerError> {
        let error = || db_error("listing events", &self.dir);
        let mut statement = self.db.prepare_cached(LIST).map_err(error())?;
        let values = named_params! {
            ":type": filter.event_type,
            ":from": filter.from,
            ":to": filter.to,
            ":place": filter.place,
            ":actor": filter.actor,
            ":origins": filter.origins,
            ":disputed": filter.disputed,
            ":skip": filter.skip,
            ":limit": filter.limit.map_or(-1, i64::from),
        };
        statement.query_map(values, line_of_row).and_then(Iterator::collect).map_err(error())
    }

    /// The event that most origins tell of; of equals the one with more reports, then the last in the order of lists.
    pub fn most_told(&self) -> Result<Option<EventId>, LedgerError> {
        let query = "SELECT id FROM event ORDER BY origins DESC, reports DESC, first_day IS NULL DESC, first_day DESC, id DESC LIMIT 1";
        self.db
            .prepare_cached(query)
            .and_then(|mut s| s.query_row([], |row| row.get::<_, String>(0).map(EventId::from)).optional())
            .map_err(db_error("listing events", &self.dir))
    }

    /// Every event, in the order of ids.
    pub fn each_event<E: From<LedgerError>>(&self, mut visit: impl FnMut(Event) -> Result<(), E>) -> Result<(), E> {
        let error = || db_error("reading events", &self.dir);
        let mut statement = self.db.prepare("SELECT id, body FROM event_body ORDER BY id").map_err(error())?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(error())?;
        let sources = self.sources_loaded()?;
        for row in rows {
            let (id, body): (String, String) = row.map_err(error())?;
            visit(parse(id, &body, sources)?)?;
        }
        Ok(())
    }

    /// The event with this id, or with any id that one of its claims gives it.
    pub fn event(&self, id: &EventId) -> Result<Option<Event>, LedgerError> {
        let query = "SELECT id, body FROM event_body
            WHERE id = coalesce((SELECT id FROM event_body WHERE id = ?1), (SELECT event FROM event_alias WHERE alias = ?1))";
        let row: Option<(String, String)> = self
            .db
            .prepare_cached(query)
            .and_then(|mut s| s.query_row([id.as_str()], |row| Ok((row.get(0)?, row.get(1)?))).optional())
            .map_err(db_error("reading an event", &self.dir))?;
        let sources = self.sources_loaded()?;
        row.map(|(id, body)| parse(id, &body, sources)).transpose()
    }

    /// The event that a person means by this: its id, an id made from one of its claims, or the beginning of either (with
    /// or without `e:`). An error where it fits several.
    pub fn find_event(&self, name: &str) -> Result<Option<EventId>, LedgerError> {
        let start = name.strip_prefix("e:").unwrap_or(name);
        let whole = "SELECT id FROM event WHERE id = ?1 UNION SELECT event FROM event_alias WHERE alias = ?1";
        // Hexadecimal digits end at `f`.
        let by_start = "SELECT id FROM event WHERE ?1 <> '' AND id >= 'e:' || ?1 AND id < 'e:' || ?1 || 'g'
            UNION SELECT event FROM event_alias WHERE ?1 <> '' AND alias >= 'e:' || ?1 AND alias < 'e:' || ?1 || 'g'";
        let found = match self.only(whole, name, name)? {
            None => self.only(by_start, start, name)?,
            found => found,
        };
        Ok(found.map(EventId::from))
    }
}

/// The stored event, told how many sources are loaded.
pub(crate) fn parse(id: String, body: &str, sources: u64) -> Result<Event, LedgerError> {
    let mut event: Event = serde_json::from_str(body).map_err(|source| LedgerError::BadRecord { what: "event", id, source })?;
    event.grade.tell_loaded(sources);
    Ok(event)
}
