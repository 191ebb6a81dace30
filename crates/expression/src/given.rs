//! What a rule's arguments come to, once something was caught under their names.

use crate::feast::Feast;
use crate::meaning::{Clock, Length, Month, Parts, Recurring, Reference, Season, Slice, Stretch, TimeMeaning, Unit, What, Year};
use crate::value::{Argument, Given, Make, Value, parse};
use marsad_model::Weekday;
use serde::de::DeserializeOwned;
use std::sync::Arc;
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
    pub(crate) fn said<T: DeserializeOwned>(&self, name: &str) -> Option<Option<T>> {
        match self.value(name) {
            None => Some(None),
            Some(Value::Text(text)) => parse(&text).map(Some),
            Some(_) => None,
        }
    }

    #[allow(clippy::option_option)] // outside: what was caught makes no sense; inside: nothing was caught
    pub(crate) fn weekday(&self, name: &str) -> Option<Option<Weekday>> {
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

    fn is_from_story(&self) -> bool {
        matches!(self.value("from"), Some(Value::Text(text)) if &*text == "story")
    }

    fn is_running(&self) -> bool {
        matches!(self.value("from"), Some(Value::Text(text)) if &*text == "running")
    }

    /// From when a length is counted: what was caught, the date told before, or the day of telling.
    fn base(&self) -> Option<Arc<TimeMeaning>> {
        if self.value("base").is_some() { self.time("base") } else { Some(Arc::new(day_zero(self.is_from_story()))) }
    }

    fn flag(&self, name: &str) -> bool {
        matches!(self.value(name), Some(Value::Text(text)) if &*text == "true")
    }

    /// A length: its own unit and number, then what else was caught as one ("and two days").
    fn lengths(&self) -> Option<Length> {
        let own = |name: &str| match self.value(name)? {
            Value::Time(time) => match &time.what {
                What::Duration(length) => Some(length.0.clone()),
                _ => None,
            },
            _ => None,
        };
        let mut parts = match self.value("length") {
            Some(_) => own("length")?,
            None => vec![(self.unit()?, self.number("n"))],
        };
        if self.value("more").is_some() {
            parts.extend(own("more")?);
        }
        Some(Length(parts))
    }

    fn unit(&self) -> Option<Unit> {
        self.said("unit")?
    }

    pub(crate) fn what(&self, make: Make) -> Option<What> {
        Some(match make {
            Make::Same | Make::Clock | Make::Part => What::SomeDay,
            Make::Date => What::Calendar(self.parts()?),
            Make::Weekday => What::Weekday { weekday: self.weekday("weekday")??, lean: self.said("lean")?.unwrap_or_default() },
            Make::Shift => What::Shift { unit: self.unit()?, by: self.int("by")?, from_story: self.is_from_story() },
            Make::Window => {
                let n = match self.value("n") {
                    None => None,
                    Some(_) => Some(u32::try_from(self.int("n")?).ok()?),
                };
                What::Window { unit: self.unit()?, n, ahead: self.flag("ahead") }
            }
            Make::Range => {
                let given = |name: &str| self.effect.arguments.contains_key(name);
                let from = if given("from") { self.time("from")? } else { Arc::new(day_zero(false)) };
                let to = match self.time("to").or_else(|| self.short_year(&from)) {
                    None if !given("to") && !given("to2") => Arc::new(day_zero(false)),
                    to => to?,
                };
                What::Range(from, to)
            }
            Make::Stretch => {
                let (base, back) = (self.base()?, self.flag("back"));
                let far = TimeMeaning::of(What::Offset { base: Arc::clone(&base), length: self.lengths()?, back }).into();
                if back { What::Range(far, base) } else { What::Range(base, far) }
            }
            Make::Since => What::Since(self.time("of")?),
            Make::Duration => What::Duration(self.lengths()?),
            Make::Offset => {
                let base = self.base()?;
                What::Offset { base, length: self.lengths()?, back: self.flag("back") }
            }
            Make::UnitOf => What::UnitOf { unit: self.unit()?, by: self.int("by").unwrap_or(0), of: self.time("of")? },
            Make::Slice => {
                let small = |name: &str, least: i32| match self.value(name) {
                    Some(_) => self.int(name).and_then(|n| u16::try_from(n).ok()).filter(|n| i32::from(*n) >= least),
                    None => Some(least as u16),
                };
                // "The second week" is one, after one that is skipped.
                let skip = small("skip", 1)? - 1;
                What::Slice(Slice { unit: self.unit()?, n: small("n", 1)?, skip, from_end: self.flag("from_end"), of: self.time("of")? })
            }
            Make::Set => match self.value("of") {
                Some(_) => What::Set(Recurring::On(self.time("of")?)),
                None => What::Set(Recurring::Every(self.lengths()?)),
            },
            Make::Vague => What::Vague(self.said::<Reference>("reference")??),
        })
    }

    fn parts(&self) -> Option<Parts> {
        let mut parts = Parts { calendar: self.said("calendar")?.unwrap_or_default(), ..Parts::default() };
        if let Some(Value::Text(text)) = self.value("dotted") {
            let numbers: Vec<i32> = text.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
            let [day, month, year] = numbers[..] else { return None };
            let (day, year) = if day > 31 { (year, day) } else { (day, year) };
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
        parts.either = self.flag("either") && parts.day.is_some_and(|d| d <= 12);
        if let (Some(n), Some(weekday)) = (self.int("nth"), self.weekday("weekday")?) {
            parts.nth = Some((i8::try_from(n).ok()?, weekday));
        }
        if let Some(Value::Text(feast)) = self.value("feast") {
            parts.feast = Some(Feast::read(&feast)?);
        }
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
        } else if let (Some(hundreds), Some(rest)) = (self.int("hundreds"), self.int("rest")) {
            Year::Number(hundreds * 100 + rest)
        } else if let Some(year) = self.int("year2") {
            Year::Number(near_century(year))
        } else if let Some(by) = self.int("year_shift") {
            Year::Shift(by)
        } else if let Some(decade) = self.int("decade") {
            Year::Decade(if decade < 100 { 1900 + decade } else { decade })
        } else if let Some(century) = self.int("century") {
            Year::Century(if before_christ { -100 * century + 1 } else { (century - 1) * 100 })
        } else if self.is_from_story() {
            Year::Told
        } else if self.is_running() {
            Year::Running
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

    pub(crate) fn clock(&self) -> Option<Clock> {
        // 3.30 stands as one number in some hands, and so does 0330.
        let (hour, minute) = match (self.number("dotted"), self.int("hhmm")) {
            (Some(n), _) => (n.trunc() as i32, Some(((n.fract() * 100.0).round()) as i32)),
            (None, Some(n)) => (n / 100, Some(n % 100)),
            (None, None) => (self.int("hour")?, self.int("minute")),
        };
        let (hour, minute) = match self.int("less") {
            Some(less) => ((hour + 23) % 24, Some(60 - less)),
            None => (hour, minute),
        };
        if !(0..=24).contains(&hour) || !minute.is_none_or(|m| (0..60).contains(&m)) {
            return None;
        }
        let mut clock = Clock { hour: hour as u8, minute: minute.map(|m| m as u8), sure: hour > 12 || hour == 0 || self.flag("sure") };
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

/// The day of telling, or that of the date told before.
fn day_zero(from_story: bool) -> TimeMeaning {
    TimeMeaning::of(What::Shift { unit: Unit::Day, by: 0, from_story })
}

/// A year of two digits: of the century in which it is nearer to the present ages of news.
fn near_century(year: i32) -> i32 {
    year + if year < 50 { 2000 } else { 1900 }
}
