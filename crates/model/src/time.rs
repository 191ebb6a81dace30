//! When: days, precision, and how a time came to be known.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How finely a time is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimePrecision {
    /// To the hour.
    Hour,
    /// Morning, noon, night…
    PartOfDay,
    /// To the day.
    Day,
    /// Within a week.
    Week,
    /// Within a month.
    Month,
    /// Within a year.
    Year,
}

/// Where a claim's time comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeBasis {
    /// The report writes the date.
    Explicit,
    /// The report says "yesterday", "Friday", and the like.
    Relative,
    /// Nothing is said; the report's own date bounds it.
    Published,
    /// A person ruled so.
    Decided,
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the words explain themselves
pub enum PartOfDay {
    Dawn,
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the words explain themselves
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// A time as told from the day of telling; kept as told, so that an undated report resolves once its date is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Relative {
    /// Days from the day of telling: -1 is yesterday.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub days: Option<i32>,
    /// The day of the week that is named.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub weekday: Option<Weekday>,
    /// The part of the day that is named.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub part: Option<PartOfDay>,
}

/// When a claim's happening was. Both ends are days, the last one included; null where the day of telling is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimTime<S> {
    /// First day.
    pub start: Option<Date>,
    /// Last day; null with a `start` means "since".
    pub end: Option<Date>,
    /// First hour, with its offset where stated (`21:30`, `21:30+03:00`).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub start_time: Option<String>,
    /// Last hour.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub end_time: Option<String>,
    /// How finely.
    pub precision: TimePrecision,
    /// Whence.
    pub basis: TimeBasis,
    /// As told from the day of telling.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub relative: Option<Relative>,
    /// The words; null only for `published`.
    pub span: Option<S>,
    /// The words stand elsewhere in the report and hold for this claim too.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub carried: bool,
}

/// What an event's reports say of its date, or a report of its publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateBasis {
    /// The page's metadata.
    Metadata,
    /// The page's JSON-LD.
    JsonLd,
    /// The address of the page.
    Url,
    /// The feed that carried it.
    Feed,
    /// The archive record's date.
    Warc,
    /// A line at the head of the text.
    Dateline,
    /// A tag or an image's stamp: a bound, not a day.
    Tag,
    /// A report it copies, translates or updates.
    Sibling,
    /// Concluded from what it shares with dated reports.
    Inferred,
    /// Whoever handed the report in said so.
    Given,
}

/// When a report was published: a day, or a bound (`end` null: not before `start`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// First possible day.
    pub start: Date,
    /// Last possible day; null where only a bound is known.
    pub end: Option<Date>,
    /// To the minute with its offset, where given (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub start_time: Option<String>,
    /// How finely.
    pub precision: TimePrecision,
    /// How it is known.
    pub basis: DateBasis,
    /// Why, where it was concluded from other reports.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub because: Vec<String>,
}

impl Published {
    /// The day, where one is known for certain enough to count "yesterday" from.
    pub fn day(&self) -> Option<Date> {
        (self.end == Some(self.start)).then_some(self.start)
    }
}
