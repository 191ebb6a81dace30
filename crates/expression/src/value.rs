//! What words and captures stand for while patterns are matched, and what rules make of them.

use crate::ExpressionError;
use crate::calendar::Calendar;
use crate::meaning::{Month, Parts, TimeMeaning, What, Year};
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
    Offset,
    /// From a time on, so long.
    Stretch,
    UnitOf,
    Slice,
    Set,
    Vague,
    /// What `with` names, taken together.
    Same,
}

/// Where an argument comes from.
#[derive(Debug, Clone)]
pub(crate) enum Argument {
    Given(Value),
    Caught { capture: usize, negative: bool },
}

/// A rule's effect: what it makes, from which captures.
#[derive(Debug, Clone)]
pub(crate) struct Effect {
    make: Make,
    pub(crate) arguments: BTreeMap<&'static str, Argument>,
    with: Vec<usize>,
}

const NAMES: [&str; 44] = [
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
    "length",
    "base",
    "back",
    "more",
    "skip",
    "from_end",
    "nth",
    "feast",
    "either",
    "hundreds",
    "rest",
    "hhmm",
    "sure",
];

/// A captured value by name.
pub(crate) struct Given<'a> {
    pub(crate) effect: &'a Effect,
    pub(crate) caught: &'a [Option<Value>],
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

    /// The captures of a range's first and last time.
    pub(crate) fn ends(&self) -> Option<[usize; 2]> {
        let caught = |name: &str| match self.arguments.get(name)? {
            Argument::Caught { capture, .. } => Some(*capture),
            Argument::Given(_) => None,
        };
        (self.make == Make::Range).then(|| Some([caught("from")?, caught("to").or_else(|| caught("to2"))?]))?
    }

    /// What the rule's match means; `None` where its parts make no sense together (31 February).
    pub(crate) fn build(&self, caught: &[Option<Value>]) -> Option<TimeMeaning> {
        let given = Given { effect: self, caught };
        let mut meaning = TimeMeaning::of(given.what(self.make)?);
        meaning.part = given.said("part")?;
        if !matches!(self.make, Make::Weekday | Make::Set) && !self.arguments.contains_key("nth") {
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
                    Year::Unsaid | Year::Told | Year::Running => true,
                };
                years && (1..=12).contains(&month) && day.is_none_or(|d| (1..=longest).contains(&d))
            }
            What::Shift { by, .. } => by.abs() < 100_000,
            What::Window { n, .. } => n.is_none_or(|n| n < 10_000),
            _ => true,
        }
    }
}
