//! What words and captures stand for while patterns are matched, and what rules make of them.

use crate::ExpressionError;
use crate::calendar::Calendar;
use crate::meaning::{Clock, Month, Parts, Reference, Season, Stretch, TimeMeaning, Unit, What, Year};
use marsad_model::Weekday;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IntoDeserializer, value::StrDeserializer};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a word or a capture stands for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// A value of a class, as the grammar names it; a plain word stands for nothing.
    Text(Arc<str>),
    Number(f64),
    Month(u8, Calendar),
    Weekday(Weekday),
    Time(Arc<TimeMeaning>),
}

/// What a rule makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Make {
    Date,
    Weekday,
    Shift,
    Window,
    Clock,
    Part,
    Range,
    Since,
    Duration,
    Set,
    Vague,
    /// What `with` names, taken together.
    Same,
}

/// Where an argument comes from.
#[derive(Debug, Clone)]
enum Argument {
    Given(Value),
    Caught { capture: usize, negative: bool },
}

/// A rule's effect: what it makes, from which captures.
#[derive(Debug, Clone)]
pub(crate) struct Effect {
    make: Make,
    arguments: BTreeMap<&'static str, Argument>,
    with: Vec<usize>,
}

const NAMES: [&str; 31] = [
    "year",
    "year2",
    "month",
    "day",
    "weekday",
    "lean",
    "part",
    "hour",
    "minute",
    "less",
    "half_day",
    "unit",
    "by",
    "n",
    "ahead",
    "from",
    "to",
    "to2",
    "of",
    "reference",
    "season",
    "quarter",
    "half",
    "week",
    "decade",
    "century",
    "era",
    "calendar",
    "year_shift",
    "month_shift",
    "dotted",
];

/// A captured value by name.
struct Given<'a> {
    effect: &'a Effect,
    caught: &'a [Option<Value>],
}

impl Effect {
    /// Compile a rule's `value` table.
    pub(crate) fn read(rule: &str, table: &toml::Table, captures: &[String]) -> Result<Self, ExpressionError> {
        let error = |what: String| ExpressionError::Rule { rule: rule.to_owned(), what };
        let capture =
            |name: &str| captures.iter().position(|c| c == name).ok_or_else(|| error(format!("nothing in the pattern is called `{name}`")));
        let make = table.get("make").and_then(toml::Value::as_str).unwrap_or("same");
        let make = parse(make).ok_or_else(|| error(format!("nobody knows how to make `{make}`")))?;
        let mut effect = Self { make, arguments: BTreeMap::new(), with: Vec::new() };
        for (key, value) in table {
            if key == "with" {
                for part in value.as_array().into_iter().flatten() {
                    effect.with.push(capture(part.as_str().unwrap_or_default().trim_start_matches('$'))?);
                }
            } else if key != "make" {
                let name = NAMES.iter().find(|n| *n == key).ok_or_else(|| error(format!("`{key}` is no part of a value")))?;
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let argument = match (text.strip_prefix('$'), text.strip_prefix("-$")) {
                    (Some(name), _) => Argument::Caught { capture: capture(name)?, negative: false },
                    (_, Some(name)) => Argument::Caught { capture: capture(name)?, negative: true },
                    _ => Argument::Given(Value::Text(text.as_str().into())),
                };
                effect.arguments.insert(name, argument);
            }
        }
        Ok(effect)
    }

    /// What the rule's match means; `None` where its parts make no sense together (31 February).
    pub(crate) fn build(&self, caught: &[Option<Value>]) -> Option<TimeMeaning> {
        let given = Given { effect: self, caught };
        let mut meaning = TimeMeaning::of(given.what(self.make)?);
        meaning.part = given.said("part")?;
        if self.make != Make::Weekday && self.make != Make::Set {
            meaning.weekday = given.weekday("weekday")?;
        }
        if self.make == Make::Clock {
            meaning.clock = Some(given.clock()?);
            if let (Some(clock), Some(part)) = (meaning.clock, meaning.part) {
                meaning.clock = Some(clock.in_part(part));
            }
        }
        for &capture in &self.with {
            match caught.get(capture)? {
                Some(Value::Time(time)) => meaning = meaning.merge(time),
                Some(_) => return None,
                None => {}
            }
        }
        meaning.possible().then_some(meaning)
    }
}

impl Given<'_> {
    fn value(&self, name: &str) -> Option<Value> {
        match self.effect.arguments.get(name)? {
            Argument::Given(value) => Some(value.clone()),
            Argument::Caught { capture, negative: false } => self.caught.get(*capture)?.clone(),
            Argument::Caught { capture, negative: true } => match self.caught.get(*capture)?.clone()? {
                Value::Number(n) => Some(Value::Number(-n)),
                Value::Text(text) => Some(Value::Number(-text.parse::<f64>().ok()?)),
                _ => None,
            },
        }
    }

    fn number(&self, name: &str) -> Option<f64> {
        match self.value(name)? {
            Value::Number(n) => Some(n),
            Value::Text(text) => text.parse().ok(),
            Value::Month(n, _) => Some(f64::from(n)),
            _ => None,
        }
    }

    /// A whole number, if it is one and small enough for arithmetic with dates.
    fn int(&self, name: &str) -> Option<i32> {
        self.number(name).filter(|n| n.fract() == 0.0 && n.abs() < 100_000.0).map(|n| n as i32)
    }

    /// A word of a closed list: `Some(None)` where it is not given, `None` where it is none of the list.
    #[allow(clippy::option_option)] // outside: what was caught makes no sense; inside: nothing was caught
    fn said<T: DeserializeOwned>(&self, name: &str) -> Option<Option<T>> {
        match self.value(name) {
            None => Some(None),
            Some(Value::Text(text)) => parse(&text).map(Some),
            Some(_) => None,
        }
    }

    #[allow(clippy::option_option)] // outside: what was caught makes no sense; inside: nothing was caught
    fn weekday(&self, name: &str) -> Option<Option<Weekday>> {
        match self.value(name) {
            Some(Value::Weekday(weekday)) => Some(Some(weekday)),
            _ => self.said(name),
        }
    }

    fn time(&self, name: &str) -> Option<Arc<TimeMeaning>> {
        match self.value(name)? {
            Value::Time(time) => Some(time),
            Value::Number(n) if (1.0..=31.0).contains(&n) => {
                Some(Arc::new(TimeMeaning::of(What::Calendar(Parts { day: Some(n as u8), ..Parts::default() }))))
            }
            _ => None,
        }
    }

    /// The end of "1915-17": a later year of the same century.
    fn short_year(&self, from: &TimeMeaning) -> Option<Arc<TimeMeaning>> {
        let What::Calendar(Parts { year: Year::Number(first), .. }) = from.what else { return None };
        let last = first / 100 * 100 + self.int("to2")?;
        (last > first).then(|| Arc::new(TimeMeaning::of(What::Calendar(Parts { year: Year::Number(last), ..Parts::default() }))))
    }

    fn unit(&self) -> Option<Unit> {
        self.said("unit")?
    }

    fn what(&self, make: Make) -> Option<What> {
        Some(match make {
            Make::Same | Make::Clock | Make::Part => What::SomeDay,
            Make::Date => What::Calendar(self.parts()?),
            Make::Weekday => What::Weekday { weekday: self.weekday("weekday")??, lean: self.said("lean")?.unwrap_or_default() },
            Make::Shift => {
                let from_story = matches!(self.value("from"), Some(Value::Text(text)) if &*text == "story");
                What::Shift { unit: self.unit()?, by: self.int("by")?, from_story }
            }
            Make::Window => {
                let n = match self.value("n") {
                    None => None,
                    Some(_) => Some(u32::try_from(self.int("n")?).ok()?),
                };
                What::Window { unit: self.unit()?, n, ahead: matches!(self.value("ahead"), Some(Value::Text(t)) if &*t == "true") }
            }
            Make::Range => {
                let from = self.time("from")?;
                let to = self.time("to").or_else(|| self.short_year(&from))?;
                What::Range(from, to)
            }
            Make::Since => What::Since(self.time("of")?),
            Make::Duration => What::Duration { unit: self.unit()?, n: self.number("n") },
            Make::Set => What::Set { unit: self.said("unit")?.unwrap_or(Unit::Week), weekday: self.weekday("weekday")? },
            Make::Vague => What::Vague(self.said::<Reference>("reference")??),
        })
    }

    fn parts(&self) -> Option<Parts> {
        let mut parts = Parts { calendar: self.said("calendar")?.unwrap_or_default(), ..Parts::default() };
        if let Some(Value::Text(text)) = self.value("dotted") {
            let numbers: Vec<i32> = text.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
            let [day, month, year] = numbers[..] else { return None };
            parts.day = Some(u8::try_from(day).ok()?);
            parts.month = Month::Number(u8::try_from(month).ok()?);
            parts.year = Year::Number(if year < 100 { near_century(year) } else { year });
            return Some(parts);
        }
        if let Some(Value::Month(number, calendar)) = self.value("month") {
            parts.month = Month::Number(number);
            parts.calendar = calendar;
        } else if let Some(number) = self.int("month") {
            parts.month = Month::Number(u8::try_from(number).ok()?);
        } else if let Some(by) = self.int("month_shift") {
            parts.month = Month::Shift(by);
        }
        parts.day = self.int("day").map(|d| u8::try_from(d).unwrap_or(0));
        parts.lean = self.said("lean")?.unwrap_or_default();
        parts.year = self.year();
        parts.stretch = self.stretch()?;
        Some(parts)
    }

    fn year(&self) -> Year {
        let before_christ = matches!(self.value("era"), Some(Value::Text(era)) if &*era == "bc");
        if let Some(year) = self.int("year") {
            // There is no year 0: 1 BC is the year before AD 1.
            Year::Number(if before_christ { 1 - year } else { year })
        } else if let Some(year) = self.int("year2") {
            Year::Number(near_century(year))
        } else if let Some(by) = self.int("year_shift") {
            Year::Shift(by)
        } else if let Some(decade) = self.int("decade") {
            Year::Decade(if decade < 100 { 1900 + decade } else { decade })
        } else if let Some(century) = self.int("century") {
            Year::Century(if before_christ { -100 * century + 1 } else { (century - 1) * 100 })
        } else {
            Year::Unsaid
        }
    }

    #[allow(clippy::option_option)] // outside: what was caught makes no sense; inside: nothing was caught
    fn stretch(&self) -> Option<Option<Stretch>> {
        if let Some(season) = self.said::<Season>("season")? {
            return Some(Some(Stretch::Season(season)));
        }
        let part = |name: &str, most: i32, make: fn(u8) -> Stretch| match self.int(name) {
            Some(n) if (1..=most).contains(&n) => Some(Some(make(n as u8))),
            Some(_) => None,
            None => Some(None),
        };
        Some(part("quarter", 4, Stretch::Quarter)?.or(part("half", 2, Stretch::Half)?).or(part("week", 53, Stretch::Week)?))
    }

    fn clock(&self) -> Option<Clock> {
        // 3.30 stands as one number in some hands.
        let (hour, minute) = match self.number("dotted") {
            Some(n) => (n.trunc() as i32, Some(((n.fract() * 100.0).round()) as i32)),
            None => (self.int("hour")?, self.int("minute")),
        };
        let (hour, minute) = match self.int("less") {
            Some(less) => ((hour + 23) % 24, Some(60 - less)),
            None => (hour, minute),
        };
        if !(0..=24).contains(&hour) || !minute.is_none_or(|m| (0..60).contains(&m)) {
            return None;
        }
        let mut clock = Clock { hour: hour as u8, minute: minute.map(|m| m as u8), sure: hour > 12 || hour == 0 };
        if let Some(Value::Text(half)) = self.value("half_day") {
            if !(1..=12).contains(&hour) {
                return (hour > 12).then_some(clock);
            }
            clock.hour = hour as u8 % 12 + if &*half == "pm" { 12 } else { 0 };
            clock.sure = true;
        }
        Some(clock)
    }
}

/// A year of two digits: of the century in which it is nearer to the present ages of news.
fn near_century(year: i32) -> i32 {
    year + if year < 50 { 2000 } else { 1900 }
}

/// A value of a closed list by its name.
pub(crate) fn parse<T: DeserializeOwned>(name: &str) -> Option<T> {
    let deserializer: StrDeserializer<'_, serde::de::value::Error> = name.into_deserializer();
    T::deserialize(deserializer).ok()
}

impl TimeMeaning {
    /// No 31 February and no hour 25.
    fn possible(&self) -> bool {
        match &self.what {
            What::Calendar(Parts { month, day, calendar, year, .. }) => {
                let month = match month {
                    Month::Number(m) => *m,
                    _ => 1,
                };
                let longest = match (calendar, month) {
                    (Calendar::Hijri, _) | (_, 4 | 6 | 9 | 11) => 30,
                    (_, 2) => 29,
                    _ => 31,
                };
                let years = match year {
                    Year::Number(y) | Year::Decade(y) | Year::Century(y) => (-9000..=9000).contains(y),
                    Year::Shift(by) => by.abs() < 5000,
                    Year::Unsaid => true,
                };
                years && (1..=12).contains(&month) && day.is_none_or(|d| (1..=longest).contains(&d))
            }
            What::Shift { by, .. } => by.abs() < 100_000,
            What::Window { n, .. } => n.is_none_or(|n| n < 10_000),
            _ => true,
        }
    }
}
