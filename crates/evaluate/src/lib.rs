//! How does a ledger compare with a table that people coded?
//!
//! In: a CSV file, the ledger's events, and what is known of shapes of such tables, places and actors. Out: which row and
//! which event are one, and field by field whether the event says what the row says.
//!
//! **Invariants.** Pure; the same table and ledger give the same pairs, each row and each event in one at most (`matching`
//! says by which rules). What theirs mean by their words is data. A field is right or wrong only where both say something
//! that can be compared; all else is unknown or not judged, and counted so.

mod compare;
mod fold;
mod known;
mod matching;
mod ours;
mod shape;
#[cfg(test)]
#[allow(clippy::unwrap_used)] // a test ends where something is not as it should be
mod tests;
mod theirs;

pub use compare::{FieldVerdict, JUDGED, Verdict};
pub use known::Known;
pub use shape::{FIELDS, Mapping, Shape, Shapes};

use compare::Judge;
use jiff::civil::Date;
use marsad_gazetteer::PlaceRef;
use marsad_model::{Event, EventId};
use ours::Ours;
use std::collections::{BTreeMap, BTreeSet};
use theirs::{Rows, Theirs};

/// A table could not be compared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // the messages say it
pub enum EvaluateError {
    #[error("reading `{file}`: {what}")]
    Rules { file: &'static str, what: String },
    #[error(transparent)]
    Table(#[from] marsad_table::TableError),
    #[error("reading the table: {0}")]
    Csv(#[from] csv::Error),
    #[error("no column is known to hold the {what}; name one with --map {what}=COLUMN. There are: {there}")]
    Unmapped { what: &'static str, there: String },
    #[error("`{field}` is no field of ours; there are: {}", FIELDS.join(", "))]
    NoField { field: String },
    #[error("there is no column `{column}`; there are: {there}")]
    NoColumn { column: String, there: String },
    #[error("line {line}: `{date}` is no date in a form that is expected; name the form with --date-format, such as %d/%m/%Y")]
    Date { line: u64, date: String },
    #[error("line {line}: `{number}` in `{field}` is no number of people")]
    Number { line: u64, field: String, number: String },
}

/// What a user says of a table.
#[derive(Debug, Default, Clone)]
pub struct Told {
    /// Our field and their column.
    pub columns: Vec<(String, String)>,
    /// How dates are written, in the form of strftime; before what is known of the shape.
    pub date_format: Option<String>,
}

/// One line of the answer: a row with the event that it is, a row alone, or an event alone.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Line {
    /// The row's line in the file, the header's being 1.
    pub line: Option<u64>,
    /// The row's own id.
    pub id: Option<String>,
    /// The event.
    pub event: Option<EventId>,
    /// The points that made them one.
    pub points: Option<i32>,
    /// What the row says of day and place where it stands alone, or what the event says.
    pub what: String,
    /// Field by field.
    pub fields: Vec<FieldVerdict>,
}

/// How often a field was right, wrong, unknown and not judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Count {
    pub right: u32,
    pub wrong: u32,
    pub unknown: u32,
    pub not_judged: u32,
}

/// What comparing came to.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// The shape that the table was taken for.
    pub shape: String,
    /// Our fields and their columns.
    pub columns: Vec<(String, String)>,
    /// Rows in the order of the table, then the events that no row is.
    pub lines: Vec<Line>,
    /// By field.
    pub counts: BTreeMap<&'static str, Count>,
    /// First and last day of the rows.
    pub span: Option<(Date, Date)>,
    /// Values of theirs that nothing explains, by field.
    pub unexplained: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Evaluation {
    /// Rows that are an event.
    pub fn matched(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|l| l.line.is_some() && l.event.is_some())
    }

    /// Rows that no event is.
    pub fn unmatched(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|l| l.line.is_some() && l.event.is_none())
    }

    /// Events of the table's days and countries that no row is.
    pub fn only_ours(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|l| l.line.is_none())
    }
}

/// Compare a table with the events of a ledger.
pub fn evaluate(table: &[u8], told: &Told, events: &[Event], shapes: &Shapes, known: &Known<'_>) -> Result<Evaluation, EvaluateError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter(table)).from_reader(table);
    let header = reader.headers()?.clone();
    let header: Vec<&str> = header.iter().collect();
    let mapping = shapes.map(&header, &told.columns)?;
    let formats: Vec<String> = told.date_format.iter().chain(&mapping.shape.date_formats).cloned().collect();
    let rows = Rows { mapping: &mapping, shapes, known, formats: &formats };
    let mut theirs = Vec::new();
    for record in reader.records() {
        let record = record?;
        theirs.push(rows.read(record.position().map_or(0, csv::Position::line), &record)?);
    }
    let ours: Vec<Ours<'_>> = events.iter().map(|e| Ours::of(e, known)).collect();
    let judge = Judge { known, rules: &shapes.matching, shape: &mapping.shape };
    let pairs = matching::pairs(&theirs, &ours, &judge);
    let taken: BTreeSet<usize> = pairs.iter().map(|p| p.event).collect();
    let by_row: BTreeMap<usize, &matching::Pair> = pairs.iter().map(|p| (p.row, p)).collect();
    let mut lines: Vec<Line> = Vec::new();
    for (at, row) in theirs.iter().enumerate() {
        let pair = by_row.get(&at);
        let fields = pair.map(|p| judge.verdicts(row, &ours[p.event])).unwrap_or_default();
        lines.push(Line {
            line: Some(row.line),
            id: row.id.clone(),
            event: pair.map(|p| ours[p.event].event.id.clone()),
            points: pair.map(|p| p.points),
            what: row_told(row),
            fields,
        });
    }
    let span = span(&theirs);
    let countries = countries(&theirs, known);
    let alone = |at: &usize| !taken.contains(at) && is_in(&ours[*at], span, &countries, known);
    lines.extend((0..ours.len()).filter(alone).map(|at| Line {
        line: None,
        id: None,
        event: Some(ours[at].event.id.clone()),
        points: None,
        what: event_told(&ours[at]),
        fields: Vec::new(),
    }));
    Ok(Evaluation {
        shape: mapping.shape.name.clone(),
        columns: mapping.told(&header),
        counts: counts(&lines),
        unexplained: unexplained(&lines),
        lines,
        span,
    })
}

/// What parts the cells: the mark that the header has most of.
fn delimiter(table: &[u8]) -> u8 {
    let header = table.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |mark: u8| header.split(|b| *b == mark).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

fn counts(lines: &[Line]) -> BTreeMap<&'static str, Count> {
    let mut counts: BTreeMap<&'static str, Count> = BTreeMap::new();
    for field in lines.iter().flat_map(|l| &l.fields) {
        let count = counts.entry(field.field).or_default();
        *match field.verdict {
            Verdict::Right => &mut count.right,
            Verdict::Wrong => &mut count.wrong,
            Verdict::Unknown => &mut count.unknown,
            Verdict::NotJudged => &mut count.not_judged,
        } += 1;
    }
    counts
}

fn unexplained(lines: &[Line]) -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut found: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    for field in lines.iter().flat_map(|l| &l.fields).filter(|f| f.verdict == Verdict::NotJudged) {
        found.entry(field.field).or_default().insert(field.theirs.clone());
    }
    found
}

fn span(rows: &[Theirs]) -> Option<(Date, Date)> {
    let days = || rows.iter().filter_map(|r| r.days);
    Some((days().map(|d| d.0).min()?, days().map(|d| d.1).max()?))
}

/// The countries in which the rows' places lie, those of unambiguous names only.
fn countries(rows: &[Theirs], known: &Known<'_>) -> BTreeSet<PlaceRef> {
    let places = rows.iter().filter_map(|r| r.place.as_ref()).map(|p| &p.places);
    let sure = places.filter_map(|places| {
        let of: BTreeSet<PlaceRef> = places.iter().filter_map(|at| known.gazetteer.country(*at)).map(|c| c.at).collect();
        of.first().copied().filter(|_| of.len() == 1)
    });
    sure.collect()
}

/// Does an event lie in the table's days, and, as far as both tell, in its countries?
fn is_in(event: &Ours<'_>, span: Option<(Date, Date)>, countries: &BTreeSet<PlaceRef>, known: &Known<'_>) -> bool {
    let in_days = span.zip(event.days).is_some_and(|(span, days)| days.0 <= span.1 && days.1 >= span.0);
    let country = event.place.and_then(|at| known.gazetteer.country(at));
    in_days && (countries.is_empty() || country.is_none_or(|c| countries.contains(&c.at)))
}

fn row_told(row: &Theirs) -> String {
    let place = row.place.as_ref().map_or("?", |p| p.told.as_str());
    let kind = row.kind.as_ref().map_or("?", |k| k.told.as_str());
    format!("{} · {place} · {kind}", if row.date_told.is_empty() { "?" } else { &row.date_told })
}

fn event_told(event: &Ours<'_>) -> String {
    let unknown = || "?".to_owned();
    let (days, place) = (event.days_told().unwrap_or_else(unknown), event.place_told().unwrap_or_else(unknown));
    format!("{days} · {place} · {}", event.event.event_type)
}
