//! What was found by comparing reports: events, lineage, origins. It can be rebuilt from the readings at any time.

use crate::error::{LedgerError, db_error};
use crate::ledger::Ledger;
use jiff::civil::Date;
use marsad_model::{Candidate, ClaimId, Event, EventId, OriginId, ReportId, Source};
use rusqlite::{OptionalExtension, params};

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

/// All that was found by comparing. The events themselves are asked for where they must be written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Collation {
    /// The events, each once, with what it comes to with all that leaves the house with it, as a hash that is the caller's own
    /// affair: where it is another than before, the event changed; where it is the same, so is the event. One without a sum is
    /// written each time.
    pub events: Vec<(EventId, Option<String>)>,
    /// The claims with their events and origins; each claim stands here once.
    pub claims: Vec<PlacedClaim>,
    /// What was found of single reports (lineage, origin, the report it is a version of, its date), in a form that is the
    /// caller's own affair; each report at most once.
    pub reports: Vec<(ReportId, Vec<u8>)>,
    /// What lists of reports show; each report at most once.
    pub lines: Vec<ReportLine>,
    /// How many sources are loaded.
    pub sources: u64,
    /// How many decisions were laid over it.
    pub decisions: u64,
}

/// An event to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundEvent {
    /// The event. A reason may hold [`Grade::LOADED`](marsad_model::Grade::LOADED): whoever reads the event is told
    /// [`Collation::sources`] there.
    pub event: Event,
    /// What lists and searches need of it.
    pub detail: EventDetail,
}

/// What lists and searches need of an event beside its record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventDetail {
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
    /// The report that it copies.
    pub copies: Option<ReportId>,
}

impl Ledger {
    /// What comparing found of this report.
    pub fn comparison(&self, report: &ReportId) -> Result<Option<Vec<u8>>, LedgerError> {
        self.db
            .prepare_cached("SELECT body FROM comparison WHERE report = ?1")
            .and_then(|mut s| s.query_row([report.as_str()], |row| row.get(0)).optional())
            .map_err(db_error("reading lineage", &self.dir))
    }

    /// The reports that were read of the bytes with this hash.
    pub fn reports_of(&self, sha256: &str) -> Result<Vec<ReportId>, LedgerError> {
        let query = "SELECT DISTINCT r.id FROM original o JOIN intake i ON i.original = o.n JOIN reading x ON x.intake = i.n
            JOIN report r ON r.n = x.report WHERE o.sha256 = ?1 ORDER BY r.id";
        self.db
            .prepare_cached(query)
            .and_then(|mut s| s.query_map([sha256], |row| row.get::<_, String>(0).map(ReportId::from)).and_then(Iterator::collect))
            .map_err(db_error("looking up the reports of an original", &self.dir))
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
        Ok(self.only(by_start, start, name)?.map(ClaimId::from))
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

pub(crate) const CLAIM: &str = "SELECT id, report, event, origin, confidence, settled FROM claim";

pub(crate) fn placed(row: &rusqlite::Row<'_>) -> rusqlite::Result<PlacedClaim> {
    Ok(PlacedClaim {
        id: ClaimId::from(row.get_ref(0)?.as_str()?),
        report: ReportId::from(row.get_ref(1)?.as_str()?),
        event: row.get::<_, Option<String>>(2)?.map(EventId::from),
        origin: row.get::<_, Option<String>>(3)?.map(OriginId::from),
        confidence: row.get(4)?,
        settled: row.get::<_, Option<bool>>(5)?.unwrap_or(false),
    })
}

/// Does the row tell the same of the claim? It is the one with its id.
pub(crate) fn is_placed(claim: &PlacedClaim, row: &rusqlite::Row<'_>) -> rusqlite::Result<bool> {
    let event = claim.event.as_ref().map(EventId::as_str);
    let origin = claim.origin.as_ref().map(OriginId::as_str);
    Ok(row.get_ref(1)?.as_str()? == claim.report.as_str()
        && row.get_ref(2)?.as_str_or_null()? == event
        && row.get_ref(3)?.as_str_or_null()? == origin
        && row.get::<_, Option<u32>>(4)? == claim.confidence
        && row.get::<_, Option<bool>>(5)?.unwrap_or(false) == claim.settled)
}
