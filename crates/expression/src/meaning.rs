//! What an expression of time means, before anyone knows the day of telling.

use crate::calendar::Calendar;
use crate::feast::Feast;
use marsad_model::{PartOfDay, Weekday};
use serde::Deserialize;
use std::sync::Arc;

/// What an expression of time means, before anyone knows the day of telling.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TimeMeaning {
    pub(crate) what: What,
    /// A weekday that is named beside the day.
    pub(crate) weekday: Option<Weekday>,
    pub(crate) part: Option<PartOfDay>,
    pub(crate) clock: Option<Clock>,
    /// The date told before this one, which a history counts from.
    pub(crate) story: Option<Story>,
}

/// The heart of a meaning.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum What {
    /// Only an hour or a part of the day: of which day is not said.
    #[default]
    SomeDay,
    /// A date, or the parts of one that are written.
    Calendar(Parts),
    /// A weekday.
    Weekday { weekday: Weekday, lean: Lean },
    /// So many units from the day of telling, or from the date told before.
    Shift { unit: Unit, by: i32, from_story: bool },
    /// The stretch of so many units that ends or starts with the day of telling; `None`: their number is not said.
    Window { unit: Unit, n: Option<u32>, ahead: bool },
    /// The first and the last.
    Range(Arc<TimeMeaning>, Arc<TimeMeaning>),
    /// From then on.
    Since(Arc<TimeMeaning>),
    /// A length of time.
    Duration(Length),
    /// So long before or after another time.
    Offset { base: Arc<TimeMeaning>, length: Length, back: bool },
    /// The week (month, year) in which another time lies, or so many before or after that one.
    UnitOf { unit: Unit, by: i32, of: Arc<TimeMeaning> },
    /// The first or the last units of a longer time: "the second week of 2021", "the last ten days of May".
    Slice(Slice),
    /// Again and again.
    Set(Recurring),
    /// Before, now, or after.
    Vague(Reference),
}

/// What comes again and again.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Recurring {
    /// After each such length of time.
    Every(Length),
    /// Each time of this name: a weekday, a month, a part of the day.
    On(Arc<TimeMeaning>),
}

/// A length of time, unit by unit; `None`: so many that the number is not said.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Length(pub(crate) Vec<(Unit, Option<f64>)>);

/// So many units of a longer time, counted from its start or its end.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Slice {
    pub(crate) unit: Unit,
    pub(crate) n: u16,
    /// Units that come before them.
    pub(crate) skip: u16,
    pub(crate) from_end: bool,
    pub(crate) of: Arc<TimeMeaning>,
}

/// The written parts of a date.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Parts {
    pub(crate) calendar: Calendar,
    pub(crate) year: Year,
    pub(crate) month: Month,
    pub(crate) day: Option<u8>,
    pub(crate) stretch: Option<Stretch>,
    /// A weekday counted within the month, from its end where negative: "the last Friday of May".
    pub(crate) nth: Option<(i8, Weekday)>,
    pub(crate) feast: Option<Feast>,
    /// Both may be the month: 5/12.
    pub(crate) either: bool,
    pub(crate) lean: Lean,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) enum Year {
    #[default]
    Unsaid,
    /// Counted as astronomers do: 0 is 1 BC.
    Number(i32),
    /// The first year of ten or a hundred.
    Decade(i32),
    Century(i32),
    /// Counted from the year of telling.
    Shift(i32),
    /// That of the date told before.
    Told,
    /// That of the date told before in a history, else that of telling.
    Running,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) enum Month {
    #[default]
    Unsaid,
    Number(u8),
    /// Counted from the month of telling.
    Shift(i32),
}

/// Parts of a year that are no months, and parts of a month that are no days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stretch {
    Season(Season),
    Quarter(u8),
    Half(u8),
    /// The week of this number in the month or year.
    Week(u8),
}

/// A season of the northern half of the Earth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// Which of the days (months, seasons) of that name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Lean {
    /// Nothing is said: news tells what was, so the latest one, today included.
    #[default]
    Unsaid,
    /// Nothing is said, but the sentence tells of what is to come, so the first one after today.
    Ahead,
    /// The latest one before today.
    Last,
    /// The first one after today.
    Next,
    /// The latest one before yesterday, which goes by a name of its own.
    BeforeYesterday,
    /// The first one after tomorrow.
    AfterTomorrow,
    /// The one of this week (year).
    This,
    /// The one of the week before.
    LastWeek,
    /// The one of the week to come.
    NextWeek,
    /// The first one after the date told before.
    Following,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    /// From Monday to Friday.
    Workday,
    /// From Saturday to Sunday.
    Weekend,
    Week,
    Fortnight,
    Month,
    Season,
    Quarter,
    Year,
    Decade,
    Century,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reference {
    Past,
    Present,
    Future,
}

/// An hour of the day, from 0 to 24.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clock {
    pub(crate) hour: u8,
    /// `None` where only the hour is told.
    pub(crate) minute: Option<u8>,
    /// Is it said which half of the day?
    pub(crate) sure: bool,
}

/// The last date that was told in full before an expression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Story {
    pub(crate) date: jiff::civil::Date,
    /// Its month, where one was told.
    pub(crate) month: Option<u8>,
    /// Was it told to the day?
    pub(crate) exact: bool,
    /// Years stand thick here, so that dates without one continue them: a history, not the news.
    pub(crate) history: bool,
}

impl Clock {
    /// The hour with the half of the day that a part of it decides: nine in the evening is 21.
    pub(crate) fn in_part(mut self, part: PartOfDay) -> Self {
        let later = match part {
            PartOfDay::Noon => self.hour < 4,
            PartOfDay::Afternoon => self.hour < 9,
            PartOfDay::Evening => self.hour < 12,
            PartOfDay::Night => (6..12).contains(&self.hour),
            PartOfDay::Dawn | PartOfDay::Morning => false,
        };
        if !self.sure && later {
            self.hour += 12;
        } else if !self.sure && self.hour == 12 && matches!(part, PartOfDay::Night | PartOfDay::Dawn) {
            self.hour = 0;
        }
        self.sure = true;
        self
    }
}

impl Lean {
    /// Do the words themselves not say which one?
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Self::Unsaid | Self::Ahead)
    }
}

impl TimeMeaning {
    pub(crate) fn of(what: What) -> Self {
        Self { what, ..Self::default() }
    }

    /// Both said of one time: "Friday" and "23 November", "yesterday" and "at 9 pm".
    #[must_use]
    pub(crate) fn merge(&self, other: &Self) -> Self {
        let mut weekday = self.weekday.or(other.weekday);
        let what = match (&self.what, &other.what) {
            (What::SomeDay, What::Range(..)) if self.clock.is_none() => other.what.clone(),
            (What::Range(..), What::SomeDay) if other.clock.is_none() => self.what.clone(),
            (What::SomeDay, what) | (what, What::SomeDay) if !matches!(what, What::Range(..)) => what.clone(),
            (What::Calendar(a), What::Calendar(b)) => What::Calendar(a.merge(*b)),
            // "June 25 to 26, 2017", "from 9 to 11 pm on Friday": what is said once holds for both ends.
            (What::Range(from, to), _) => What::Range(from.merge(other).into(), to.merge(other).into()),
            (_, What::Range(from, to)) => What::Range(self.merge(from).into(), self.merge(to).into()),
            (What::Weekday { weekday: a, lean }, What::Weekday { weekday: b, lean: other }) => {
                let lean = if *lean == Lean::Unsaid { *other } else { *lean };
                What::Weekday { weekday: if a == b { *a } else { *b }, lean }
            }
            (What::Weekday { weekday: day, .. }, what) | (what, What::Weekday { weekday: day, .. }) => match what {
                // "Friday of last week": the week is told from today, the day inside it by name.
                What::Shift { unit: Unit::Week, by, from_story: false } if by.abs() <= 1 => {
                    let lean = [Lean::LastWeek, Lean::This, Lean::NextWeek][(by + 1) as usize];
                    What::Weekday { weekday: *day, lean }
                }
                what => {
                    weekday = weekday.or(Some(*day));
                    what.clone()
                }
            },
            // "November of last year", "the fifth of this month".
            (What::Calendar(parts), What::Shift { unit, by, from_story: false })
            | (What::Shift { unit, by, from_story: false }, What::Calendar(parts)) => What::Calendar(parts.shifted(*unit, *by)),
            (what, _) => what.clone(),
        };
        let part = other.part.or(self.part);
        let clock = self.clock.or(other.clock).map(|clock| part.map_or(clock, |p| clock.in_part(p)));
        Self { what, weekday, part, clock, story: None }
    }
}

impl Parts {
    fn merge(self, other: Self) -> Self {
        Self {
            calendar: if self.calendar == Calendar::Gregorian { other.calendar } else { self.calendar },
            year: if self.year == Year::Unsaid { other.year } else { self.year },
            month: if self.month == Month::Unsaid { other.month } else { self.month },
            day: self.day.or(other.day),
            stretch: self.stretch.or(other.stretch),
            nth: self.nth.or(other.nth),
            feast: self.feast.or(other.feast),
            either: self.either || other.either,
            lean: if self.lean == Lean::Unsaid { other.lean } else { self.lean },
        }
    }

    fn shifted(mut self, unit: Unit, by: i32) -> Self {
        match unit {
            Unit::Year if self.year == Year::Unsaid => self.year = Year::Shift(by),
            Unit::Month if self.month == Month::Unsaid => self.month = Month::Shift(by),
            _ => {}
        }
        self
    }
}

impl TimeMeaning {
    /// What leaves open which day (month, feast) of that name is meant means the one to come.
    pub(crate) fn lean_ahead(&mut self) {
        match &mut self.what {
            What::Calendar(Parts { lean, .. }) | What::Weekday { lean, .. } if *lean == Lean::Unsaid => *lean = Lean::Ahead,
            What::Range(from, to) => {
                Arc::make_mut(from).lean_ahead();
                Arc::make_mut(to).lean_ahead();
            }
            What::Since(of) | What::UnitOf { of, .. } | What::Offset { base: of, .. } | What::Slice(Slice { of, .. }) => {
                Arc::make_mut(of).lean_ahead();
            }
            _ => {}
        }
    }

    /// Does it write a date of its own, year and all?
    pub(crate) fn has_year(&self) -> bool {
        match &self.what {
            What::Calendar(parts) => matches!(parts.year, Year::Number(_)) && parts.calendar == Calendar::Gregorian,
            What::Range(from, to) => from.has_year() || to.has_year(),
            What::Since(of) | What::UnitOf { of, .. } | What::Slice(Slice { of, .. }) => of.has_year(),
            _ => false,
        }
    }

    /// Does a tale go on from it: a date, with or without its year? What went before ("the previous year") is only looked back at.
    pub(crate) fn is_calendar(&self) -> bool {
        match &self.what {
            What::Calendar(parts) => {
                !matches!(parts.year, Year::Shift(_)) && !matches!(parts.month, Month::Shift(_)) && parts.feast.is_none()
            }
            What::Shift { from_story, by, .. } => *from_story && *by >= 0,
            What::Range(from, to) => from.is_calendar() && to.is_calendar(),
            _ => false,
        }
    }

    /// Is it counted in days from the day told before it, in news?
    pub(crate) fn goes_on_from_story(&self) -> bool {
        matches!(self.what, What::Shift { unit: Unit::Day, from_story: true, .. }) && !self.is_of_history()
    }

    /// The same, told after this day.
    pub(crate) fn told_after(&self, date: jiff::civil::Date) -> Self {
        let story = Story { date, month: Some(date.month() as u8), exact: true, history: false };
        Self { story: Some(story), ..self.clone() }
    }

    pub(crate) fn is_of_history(&self) -> bool {
        self.story.is_some_and(|s| s.history)
    }

    /// Is it told from the day of telling: "yesterday", "Friday", "last month"?
    pub(crate) fn is_deictic(&self) -> bool {
        match &self.what {
            What::Calendar(parts) => matches!(parts.year, Year::Shift(_)) || matches!(parts.month, Month::Shift(_)),
            What::Shift { from_story, .. } => !from_story,
            What::Weekday { .. } | What::Window { n: Some(_), ahead: false, .. } => true,
            What::Range(from, to) => from.is_deictic() || to.is_deictic(),
            What::Since(of) | What::UnitOf { of, .. } | What::Offset { base: of, .. } | What::Slice(Slice { of, .. }) => of.is_deictic(),
            _ => false,
        }
    }

    /// Is it written in the lunar calendar, so that a day more or less is open?
    pub(crate) fn is_lunar(&self) -> bool {
        match &self.what {
            What::Calendar(parts) => parts.calendar == Calendar::Hijri || matches!(parts.feast, Some(Feast::Lunar(..))),
            What::Range(from, to) => from.is_lunar() || to.is_lunar(),
            What::Since(of) | What::UnitOf { of, .. } | What::Offset { base: of, .. } | What::Slice(Slice { of, .. }) => of.is_lunar(),
            _ => false,
        }
    }
}
