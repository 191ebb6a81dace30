//! A row of a coded table as it was read: days, place, parties, type and numbers.

use crate::EvaluateError;
use crate::fold::figures;
use crate::known::{Known, is_ours};
use crate::shape::{Mapping, Shapes};
use jiff::ToSpan;
use jiff::civil::Date;
use marsad_gazetteer::{PlaceKind, PlaceRef};
use std::collections::BTreeSet;

/// Numbers from the lowest to the highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) min: u32,
    /// None: at least.
    pub(crate) max: Option<u32>,
}

impl Range {
    /// Is there a number that both allow?
    pub(crate) fn meets(self, other: Self) -> bool {
        self.min <= other.max.unwrap_or(u32::MAX) && other.min <= self.max.unwrap_or(u32::MAX)
    }

    pub(crate) fn told(self) -> String {
        match self.max {
            Some(max) if max == self.min => max.to_string(),
            Some(max) => format!("{}-{max}", self.min),
            None => format!("{}+", self.min),
        }
    }
}

/// Where a row says that it was.
#[derive(Debug, Clone, Default)]
pub(crate) struct TheirPlace {
    /// As it stands in the table.
    pub(crate) told: String,
    /// Its own point.
    pub(crate) point: Option<(f64, f64)>,
    /// The places that bear its name, inside the division and country that the row names.
    pub(crate) places: Vec<PlaceRef>,
    /// How far off the point may be, by the row's own code.
    pub(crate) radius_km: f64,
}

/// A party: as written, with the ids that its name may mean.
#[derive(Debug, Clone)]
pub(crate) struct TheirActor {
    pub(crate) told: String,
    pub(crate) ids: BTreeSet<String>,
    pub(crate) civilians: bool,
}

/// A value that stands for several of ours.
#[derive(Debug, Clone)]
pub(crate) struct Coded {
    pub(crate) told: String,
    /// None where nothing says what it means.
    pub(crate) ours: Option<Vec<String>>,
}

/// A row.
#[derive(Debug, Clone)]
pub(crate) struct Theirs {
    /// Its line in the file, from 1 (the header's).
    pub(crate) line: u64,
    pub(crate) id: Option<String>,
    pub(crate) days: Option<(Date, Date)>,
    pub(crate) date_told: String,
    pub(crate) place: Option<TheirPlace>,
    pub(crate) kind: Option<Coded>,
    pub(crate) initiator: Option<TheirActor>,
    pub(crate) target: Option<TheirActor>,
    pub(crate) deaths: Option<Range>,
    pub(crate) injuries: Option<Range>,
    pub(crate) means: Option<Coded>,
}

/// Reads rows by a mapping.
pub(crate) struct Rows<'k> {
    pub(crate) mapping: &'k Mapping,
    pub(crate) shapes: &'k Shapes,
    pub(crate) known: &'k Known<'k>,
    pub(crate) formats: &'k [String],
}

impl Rows<'_> {
    pub(crate) fn read(&self, line: u64, record: &csv::StringRecord) -> Result<Theirs, EvaluateError> {
        let first = |field: &str| self.mapping.cells(field, record).next();
        let (days, date_told) = self.days(line, record)?;
        Ok(Theirs {
            line,
            id: first("id").map(str::to_owned),
            days,
            date_told,
            place: self.place(record),
            kind: self.coded("type", record),
            initiator: first("initiator").map(|name| self.actor(name)),
            target: first("target").map(|name| self.actor(name)),
            deaths: self.range(line, ["deaths", "deaths_min", "deaths_max"], record)?,
            injuries: self.range(line, ["injuries", "injuries_min", "injuries_max"], record)?,
            means: self.coded("means", record),
        })
    }

    fn days(&self, line: u64, record: &csv::StringRecord) -> Result<(Option<(Date, Date)>, String), EvaluateError> {
        let first = |field: &str| self.mapping.cells(field, record).next();
        let Some(told) = first("date") else { return Ok((None, String::new())) };
        let parse = |text: &str| {
            self.formats
                .iter()
                .find_map(|format| Date::strptime(format, figures(text)).ok())
                .ok_or_else(|| EvaluateError::Date { line, date: text.to_owned() })
        };
        let start = parse(told)?;
        let end = first("date_end").map(parse).transpose()?.unwrap_or(start);
        let wide = first("date_precision").and_then(|p| self.mapping.shape.date_precision.get(p)).copied().unwrap_or(0);
        let told = if end == start { start.to_string() } else { format!("{start}/{end}") };
        let days = (start.min(end).saturating_sub(wide.days()), start.max(end).saturating_add(wide.days()));
        Ok((Some(days), told))
    }

    fn place(&self, record: &csv::StringRecord) -> Option<TheirPlace> {
        let first = |field: &str| self.mapping.cells(field, record).next();
        let number = |field: &str| first(field).and_then(|n| figures(n).parse::<f64>().ok()).filter(|n| n.is_finite());
        let point = number("latitude").zip(number("longitude")).filter(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0);
        let within: Vec<Vec<PlaceRef>> = ["country", "division"]
            .iter()
            .filter_map(|field| first(field))
            .map(|name| self.known.places(name))
            .filter(|places| !places.is_empty())
            .collect();
        let inside = |place: &PlaceRef| within.iter().all(|holders| holders.iter().any(|h| self.known.gazetteer.contains(*h, *place)));
        // The first name that the gazetteer knows counts: the finest that the row tells.
        let names = self.mapping.cells("place", record).chain(self.mapping.cells("division", record));
        let mut places: Vec<PlaceRef> = Vec::new();
        for name in names {
            places = self.known.places(name).into_iter().filter(inside).collect();
            if !places.is_empty() {
                break;
            }
        }
        let told = first("place").map(str::to_owned).or_else(|| point.map(|(lat, lon)| format!("{lat}, {lon}")))?;
        let radius = first("place_precision").and_then(|p| self.mapping.shape.place_precision.get(p)).copied().unwrap_or(0.0);
        Some(TheirPlace { told, point, places, radius_km: radius })
    }

    fn actor(&self, name: &str) -> TheirActor {
        let meant = self.shapes.meaning(&self.mapping.shape, "actor", bare(name));
        let civilians = meant.is_some_and(|m| m.iter().any(|m| m == "civilians"));
        let ids = match meant {
            Some(ids) => ids.iter().filter(|id| self.known.actors.get(id).is_some()).cloned().collect(),
            None => self.known.actor_ids(name).or_else(|| self.known.actor_ids(bare(name))).unwrap_or_default(),
        };
        TheirActor { told: name.to_owned(), ids, civilians }
    }

    /// The first cell of a field whose meaning is known, else the first.
    fn coded(&self, field: &str, record: &csv::StringRecord) -> Option<Coded> {
        let meaning = |cell: &str| {
            let own = is_ours(field, cell).then(|| vec![cell.to_owned()]);
            own.or_else(|| self.shapes.meaning(&self.mapping.shape, field, cell).map(<[String]>::to_vec))
        };
        let cells: Vec<&str> = self.mapping.cells(field, record).collect();
        let known = cells.iter().find_map(|cell| Some((*cell, meaning(cell)?)));
        match known {
            Some((told, ours)) => Some(Coded { told: told.to_owned(), ours: Some(ours) }),
            None => cells.first().map(|told| Coded { told: (*told).to_owned(), ours: None }),
        }
    }

    fn range(&self, line: u64, [best, min, max]: [&str; 3], record: &csv::StringRecord) -> Result<Option<Range>, EvaluateError> {
        let number = |field: &str| {
            let cell = self.mapping.cells(field, record).next();
            let parsed = |text: &str| {
                let plain = figures(text);
                let whole = plain.strip_suffix(".0").unwrap_or(&plain);
                whole.parse::<u32>().map_err(|_| EvaluateError::Number { line, field: field.to_owned(), number: text.to_owned() })
            };
            cell.map(parsed).transpose()
        };
        let (best, min, max) = (number(best)?, number(min)?, number(max)?);
        Ok(match (min.or(best), max.or(best)) {
            (None, None) => None,
            (Some(a), Some(b)) => Some(Range { min: a.min(b), max: Some(a.max(b)) }),
            (min, max) => Some(Range { min: min.unwrap_or(0), max }),
        })
    }
}

/// A name without what stands in brackets after it: `Military Forces of X (2000-2024)`.
fn bare(name: &str) -> &str {
    name.split_once('(').map_or(name, |(bare, _)| bare).trim()
}

/// Is this kind of place an area that holds many others?
pub(crate) fn is_area(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::Admin2 | PlaceKind::Region | PlaceKind::Water)
}
