//! What a request asks for, read from its address and checked.

use crate::problem::Problem;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use jiff::civil::Date;
use marsad_model::{EventType, Harm};
use std::collections::BTreeMap;

/// Longest value of a parameter, in bytes: a sentence to search for fits well.
const LONGEST: usize = 1_000;
/// Items on a page where nothing else is asked.
const LIMIT: usize = 50;
/// Most items on a page.
const MOST: usize = 500;

/// The parameters of an address, each at most once.
#[derive(Debug, Default)]
pub(crate) struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// Read the part of an address after `?`. A name that is not among `known`, or that stands twice, is an error: a filter
    /// that is passed over in silence shows what was not asked for. An empty value is none.
    pub(crate) fn read(query: Option<&str>, known: &[&str]) -> Result<Self, Problem> {
        let mut found = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(query.unwrap_or("").as_bytes()) {
            if !known.contains(&&*name) {
                return Err(Problem::parameter(&name, format!("there is no such parameter here; there are: {}", known.join(", "))));
            }
            if value.len() > LONGEST {
                return Err(Problem::parameter(&name, format!("longer than {LONGEST} bytes")));
            }
            if value.chars().any(char::is_control) || value.contains('\u{fffd}') {
                return Err(Problem::parameter(&name, "has control characters, or is not UTF-8"));
            }
            if value.trim().is_empty() {
                continue;
            }
            if found.insert(name.clone().into_owned(), value.trim().to_owned()).is_some() {
                return Err(Problem::parameter(&name, "stands twice"));
            }
        }
        Ok(Self(found))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(crate) fn own(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// A value made of the parameter's words; `expected` says what it takes.
    pub(crate) fn parsed<T>(&self, name: &str, expected: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Problem> {
        self.get(name).map(|value| parse(value).ok_or_else(|| Problem::parameter(name, format!("is not {expected}")))).transpose()
    }

    pub(crate) fn limit(&self) -> Result<usize, Problem> {
        let fits = |value: &str| value.parse().ok().filter(|limit| (1..=MOST).contains(limit));
        Ok(self.parsed("limit", &format!("a number from 1 to {MOST}"), fits)?.unwrap_or(LIMIT))
    }

    pub(crate) fn yes(&self, name: &str) -> Result<Option<bool>, Problem> {
        self.parsed(name, "`true` or `false`", |value| match value {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        })
    }

    pub(crate) fn day(&self, name: &str) -> Result<Option<Date>, Problem> {
        self.parsed(name, "a day (YYYY-MM-DD)", |value| value.parse().ok().filter(|_| value.len() == "YYYY-MM-DD".len()))
    }
}

/// A stretch of the earth in degrees; where `west` is greater than `east` it runs over the antimeridian.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Extent {
    pub(crate) west: f64,
    pub(crate) south: f64,
    pub(crate) east: f64,
    pub(crate) north: f64,
}

impl Extent {
    fn parse(value: &str) -> Option<Self> {
        let numbers: Vec<f64> = value.split(',').map(|n| n.trim().parse().ok().filter(|n: &f64| n.is_finite())).collect::<Option<_>>()?;
        let [west, south, east, north] = numbers[..] else { return None };
        let sound =
            (-180.0..=180.0).contains(&west) && (-180.0..=180.0).contains(&east) && -90.0 <= south && south <= north && north <= 90.0;
        sound.then_some(Self { west, south, east, north })
    }

    pub(crate) fn holds(&self, lat: f64, lon: f64) -> bool {
        let across = if self.west <= self.east { self.west <= lon && lon <= self.east } else { lon >= self.west || lon <= self.east };
        across && self.south <= lat && lat <= self.north
    }
}

/// By what events are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum SortBy {
    /// By their first day.
    #[default]
    Time,
    /// By how many people died, then were hurt, by the highest count.
    Harm,
    /// By their origins.
    Origins,
}

/// Which events are asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct EventQuery {
    /// A class, or `class.kind`.
    pub(crate) event_type: Option<String>,
    pub(crate) actor: Option<String>,
    pub(crate) place: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
    pub(crate) harm: Option<Harm>,
    pub(crate) min_origins: Option<u32>,
    pub(crate) disputed: Option<bool>,
    pub(crate) language: Option<String>,
    pub(crate) words: Option<String>,
    pub(crate) within: Option<Extent>,
}

/// In what order, and from where on.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Paging {
    pub(crate) by: SortBy,
    pub(crate) upwards: bool,
    pub(crate) cursor: Option<Cursor>,
    pub(crate) limit: usize,
}

impl Paging {
    /// All that there is.
    pub(crate) fn all() -> Self {
        Self { by: SortBy::Time, upwards: true, cursor: None, limit: usize::MAX }
    }
}

/// After which event a page begins: its value of what is sorted by, and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) key: i64,
    pub(crate) id: String,
}

impl Cursor {
    fn parse(value: &str) -> Option<Self> {
        let (key, id) = value.split_once('~')?;
        let sound = id.strip_prefix("e:").is_some_and(|hash| !hash.is_empty() && hash.bytes().all(|b| b.is_ascii_hexdigit()));
        sound.then_some(())?;
        Some(Self { key: key.parse().ok()?, id: id.to_owned() })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}~{}", self.key, self.id)
    }
}

/// The parameters that say which events.
pub(crate) const FILTER: &[&str] =
    &["type", "actor", "place", "country", "from", "to", "harm", "min_origins", "disputed", "language", "q", "bbox"];
/// The parameters that say in what order and how many.
pub(crate) const PAGING: &[&str] = &["sort", "cursor", "limit"];

fn event_type(value: &str) -> Option<String> {
    EventType::all().any(|t| t.class() == value || t.to_string() == value).then(|| value.to_owned())
}

/// A word of the contract, as it is spelt there.
fn word<T: Copy + serde::Serialize>(all: &[T], value: &str) -> Option<T> {
    all.iter().copied().find(|one| serde_json::to_value(one).is_ok_and(|spelt| spelt.as_str() == Some(value)))
}

impl EventQuery {
    pub(crate) fn read(p: &Parameters) -> Result<Self, Problem> {
        let country = |value: &str| (value.len() == 2 && value.bytes().all(|b| b.is_ascii_alphabetic())).then(|| value.to_uppercase());
        let query = Self {
            event_type: p.parsed("type", "a type or class of events, such as `battle.clash` or `explosion`", event_type)?,
            actor: p.own("actor"),
            place: p.own("place"),
            country: p.parsed("country", "a country's code of two letters (ISO 3166)", country)?,
            from: p.day("from")?,
            to: p.day("to")?,
            harm: p.parsed("harm", "a harm, such as `killed`", |value| word(Harm::ALL, value))?,
            min_origins: p.parsed("min_origins", "a number", |value| value.parse().ok())?,
            disputed: p.yes("disputed")?,
            language: p.parsed("language", "`ar` or `en`", |value| matches!(value, "ar" | "en").then(|| value.to_owned()))?,
            words: p.own("q"),
            within: p.parsed("bbox", "west,south,east,north in degrees", Extent::parse)?,
        };
        match (query.from, query.to) {
            (Some(from), Some(to)) if from > to => Err(Problem::parameter("to", "lies before `from`")),
            _ => Ok(query),
        }
    }
}

impl Paging {
    pub(crate) fn read(p: &Parameters) -> Result<Self, Problem> {
        let sort = |value: &str| {
            let (upwards, word) = value.strip_prefix('-').map_or((true, value), |word| (false, word));
            let by = match word {
                "time" => SortBy::Time,
                "harm" => SortBy::Harm,
                "origins" => SortBy::Origins,
                _ => return None,
            };
            Some((by, upwards))
        };
        let (by, upwards) =
            p.parsed("sort", "`time`, `harm` or `origins`, with `-` before it for the greatest first", sort)?.unwrap_or_default();
        let cursor = p.parsed("cursor", "the `next` of an earlier page", Cursor::parse)?;
        Ok(Self { by, upwards, cursor, limit: p.limit()? })
    }
}

/// The id in an address.
pub(crate) struct Id(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Path::<String>::from_request_parts(parts, state).await {
            Ok(Path(id)) => Ok(Self(id)),
            Err(_) => Err(Problem::parameter("id", "is not UTF-8")),
        }
    }
}
