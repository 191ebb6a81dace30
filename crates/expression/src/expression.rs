//! What is found: the types handed to later stages.

use jiff::civil::Date;
use marsad_model::{Count, Relative, Span, TimeBasis, TimePrecision};

/// What was found in a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Times in text order; none overlaps another.
    pub times: Vec<TimeExpression>,
    /// Numbers in text order, those inside times left out.
    pub numbers: Vec<NumberExpression>,
    /// Words that say how old somebody is, in text order: their numbers count nobody.
    pub ages: Vec<Age>,
}

/// Words that say how old somebody is ("12-year-old", "aged four and six").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    /// Position of the first word.
    pub first: usize,
    /// Position of the last word.
    pub last: usize,
}

/// Words that tell a time.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeExpression {
    /// Where it stands; prepositions and clitics before it are left out.
    pub span: Span,
    /// Its first word.
    pub first: usize,
    /// Its last word, included.
    pub last: usize,
    /// What it means, apart from the day of telling.
    pub meaning: crate::TimeMeaning,
    /// Where a range's first and last time stand.
    pub(crate) ends: Option<[Span; 2]>,
    /// The rule that found it; `±1 day` stands in it where the calendar leaves that much open.
    pub rule: String,
}

/// How an expression of time can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeKind {
    /// A day, part of a day, week, month or year: can be when something happened.
    Point,
    /// From one day to another.
    Range,
    /// A length of time, with no place in the calendar.
    Duration,
    /// From a day on, the end open.
    Since,
    /// Again and again.
    Set,
    /// Some time before, now, or after; which is not said.
    Vague,
}

/// An expression of time, resolved against the day of telling, or as far as it goes without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The value as TIMEX3 writes it.
    pub value: String,
    /// First day.
    pub start: Option<Date>,
    /// Last day, included.
    pub end: Option<Date>,
    /// First hour (`21:30`).
    pub start_time: Option<String>,
    /// Last hour.
    pub end_time: Option<String>,
    /// How finely.
    pub precision: TimePrecision,
    /// Explicit or relative.
    pub basis: TimeBasis,
    /// As told from the day of telling; where it has neither days nor weekday, the day itself is not said ("at 9 pm").
    pub relative: Option<Relative>,
    /// How it can be used.
    pub kind: TimeKind,
}

/// Words or digits that tell a number.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberExpression {
    /// The number's own words.
    pub span: Span,
    /// The words that hedge it ("at least"), where there are some.
    pub hedge: Option<Span>,
    /// Its first word, the hedge left out.
    pub first: usize,
    /// Its last word, included, the hedge left out.
    pub last: usize,
    /// At least this many; none for "dozens", which states no number.
    pub min: Option<f64>,
    /// At most this many; none with a `min` means open above.
    pub max: Option<f64>,
    /// How it is told.
    pub count: Count,
    /// `7`, `7/12` for between the two, `50%`; empty where no number is stated.
    pub value: String,
    /// Is the thing counted inside the span (as in an Arabic dual that a number table lists)?
    pub noun_included: bool,
}
