//! Meanings become days, once the day of telling is known, and TIMEX3 values in any case.

use crate::calendar::{
    Calendar, Days, day, hijri_day, hijri_month, hijri_year, monday, month_days, number, plus_days, plus_months, season_code, season_days,
    weekday, year_days,
};
use crate::meaning::{Lean, Month, Parts, Reference, Story, Stretch, TimeMeaning, Unit, What, Year};
use crate::{Resolved, TimeKind};
use jiff::civil::Date;
use marsad_model::{PartOfDay, Relative, TimeBasis, TimePrecision, Weekday};

/// A date without a year that lies this many days ahead is still this year's: a report is often filed under the day
/// before, as other time zones have it.
const AHEAD: i32 = 1;

/// A value and the days it covers.
#[derive(Debug, Clone)]
struct Bounds {
    value: String,
    days: Option<Days>,
    precision: TimePrecision,
}

impl Bounds {
    fn open(value: impl Into<String>, precision: TimePrecision) -> Self {
        Self { value: value.into(), days: None, precision }
    }

    fn day(date: Date) -> Self {
        Self { value: day_value(date), days: Some((date, date)), precision: TimePrecision::Day }
    }

    fn days(days: Days, precision: TimePrecision) -> Self {
        Self { value: format!("{}/{}", day_value(days.0), day_value(days.1)), days: Some(days), precision }
    }
}

/// From when an expression is counted.
#[derive(Clone, Copy)]
struct Now {
    anchor: Option<Date>,
    story: Option<Story>,
}

impl Now {
    /// The day from which a date without a year is counted: in a history, the date told before.
    fn base(self) -> Option<Date> {
        self.tale().or(self.anchor)
    }

    fn tale(self) -> Option<Date> {
        self.story.filter(|s| s.history).map(|s| s.date)
    }
}

impl TimeMeaning {
    pub(crate) fn resolve(&self, anchor: Option<Date>) -> Resolved {
        let now = Now { anchor, story: self.story };
        let bounds = self.bounds(now);
        let (start_clock, end_clock) = self.clocks();
        let precision = match (start_clock.is_some(), self.part_told()) {
            (true, _) => TimePrecision::Hour,
            (_, Some(_)) => TimePrecision::PartOfDay,
            _ => bounds.precision,
        };
        let open_end = matches!(self.what, What::Since(_));
        Resolved {
            value: bounds.value,
            start: bounds.days.map(|d| d.0),
            end: bounds.days.map(|d| d.1).filter(|_| !open_end),
            start_time: start_clock,
            end_time: end_clock.filter(|_| !open_end),
            precision,
            basis: self.basis(),
            relative: self.relative(),
            kind: self.kind(),
        }
    }

    fn bounds(&self, now: Now) -> Bounds {
        let mut bounds = match &self.what {
            What::SomeDay => now.anchor.map_or_else(|| Bounds::open("XXXX-XX-XX", TimePrecision::Day), Bounds::day),
            What::Calendar(parts) => parts.bounds(self.weekday, now).unwrap_or_else(|| Bounds::open("", TimePrecision::Year)),
            What::Weekday { weekday, lean } => weekday_bounds(*weekday, *lean, now),
            What::Shift { unit, by, from_story } => shift(*unit, *by, *from_story, now),
            What::Window { unit, n, ahead } => window(*unit, *n, *ahead, now),
            What::Range(from, to) => range(from, to, now),
            What::Since(of) => of.bounds(now),
            What::Duration { unit, n } => Bounds::open(length(*unit, *n), precision_of(*unit)),
            What::Set { weekday: Some(day), .. } => Bounds::open(format!("XXXX-WXX-{}", number(*day) + 1), TimePrecision::Day),
            What::Set { unit, .. } => Bounds::open(length(*unit, Some(1.0)), precision_of(*unit)),
            What::Vague(reference) => {
                let value = match reference {
                    Reference::Past => "PAST_REF",
                    Reference::Present => "PRESENT_REF",
                    Reference::Future => "FUTURE_REF",
                };
                let today = now.anchor.filter(|_| *reference == Reference::Present).map(|a| (a, a));
                Bounds { value: value.to_owned(), days: today, precision: TimePrecision::Day }
            }
        };
        // Hours belong to days only: "the nights of last week" are no one night.
        if bounds.precision == TimePrecision::Day
            && !matches!(self.what, What::Range(..) | What::Window { .. } | What::Since(_) | What::Vague(_) | What::Duration { .. })
        {
            if let Some(clock) = self.clock.filter(|c| c.sure) {
                bounds.value.push_str(&format!("T{:02}:{:02}", clock.hour % 24, clock.minute.unwrap_or(0)));
            } else if let Some(part) = self.part {
                bounds.value.push_str(part_code(part));
            }
        }
        bounds
    }

    /// First and last hour.
    fn clocks(&self) -> (Option<String>, Option<String>) {
        match &self.what {
            What::Range(from, to) => (from.clocks().0, to.clocks().1),
            What::Since(of) => of.clocks(),
            _ => {
                let time = self.clock.filter(|c| c.sure).map(|c| format!("{:02}:{:02}", c.hour % 24, c.minute.unwrap_or(0)));
                (time.clone(), time)
            }
        }
    }

    fn part_told(&self) -> Option<PartOfDay> {
        match &self.what {
            What::Since(of) => of.part_told(),
            _ => self.part,
        }
    }

    fn basis(&self) -> TimeBasis {
        match &self.what {
            What::Calendar(Parts { year, month, lean: Lean::Unsaid, .. })
                if !matches!(year, Year::Shift(_)) && !matches!(month, Month::Shift(_)) =>
            {
                TimeBasis::Explicit
            }
            What::Since(of) => of.basis(),
            What::Range(from, to) => from.basis().max(to.basis()),
            _ => TimeBasis::Relative,
        }
    }

    /// As told from the day of telling: only what is said, never what was reckoned.
    fn relative(&self) -> Option<Relative> {
        let told = Relative { days: None, weekday: self.weekday, part: self.part };
        match &self.what {
            What::Calendar(_) | What::Duration { .. } | What::Set { .. } | What::Shift { from_story: true, .. } => None,
            What::SomeDay => Some(told),
            What::Weekday { weekday, .. } => Some(Relative { weekday: Some(*weekday), ..told }),
            What::Shift { unit, by, .. } => {
                let days = match unit {
                    Unit::Day => Some(*by),
                    Unit::Week | Unit::Weekend => Some(by * 7),
                    Unit::Fortnight => Some(by * 14),
                    Unit::Hour => Some(by / 24),
                    Unit::Minute | Unit::Second => Some(0),
                    _ => None,
                };
                Some(Relative { days, ..told })
            }
            What::Window { unit: Unit::Hour | Unit::Minute | Unit::Second, .. } | What::Vague(Reference::Present) => {
                Some(Relative { days: Some(0), ..told })
            }
            What::Window { .. } | What::Vague(_) => Some(told),
            What::Since(of) => of.relative(),
            What::Range(_, to) => to.relative(),
        }
    }

    fn kind(&self) -> TimeKind {
        match &self.what {
            What::SomeDay | What::Calendar(_) | What::Weekday { .. } | What::Shift { .. } => TimeKind::Point,
            What::Window { .. } | What::Range(..) => TimeKind::Range,
            What::Since(_) => TimeKind::Since,
            What::Duration { .. } => TimeKind::Duration,
            What::Set { .. } => TimeKind::Set,
            What::Vague(_) => TimeKind::Vague,
        }
    }
}

impl Parts {
    fn bounds(&self, beside: Option<Weekday>, now: Now) -> Option<Bounds> {
        if self.calendar == Calendar::Hijri {
            return self.lunar(now);
        }
        match (self.year, self.month) {
            (Year::Decade(y), _) => {
                Some(Bounds { value: format!("{}X", year_value(y, 3)), days: year_days(y, y + 9), precision: TimePrecision::Year })
            }
            (Year::Century(y), _) => {
                Some(Bounds { value: format!("{}XX", year_value(y, 2)), days: year_days(y, y + 99), precision: TimePrecision::Year })
            }
            (_, Month::Shift(by)) => {
                let month = now.anchor.and_then(|a| plus_months(a, by));
                Some(self.in_year(month.map(|m| (i32::from(m.year()), Some(m.month() as u8)))))
            }
            (Year::Number(year), month) => Some(self.in_year(Some((year, month.number())))),
            (Year::Shift(by), month) => Some(self.in_year(now.anchor.map(|a| (i32::from(a.year()) + by, month.number())))),
            (Year::Unsaid, month) => Some(self.in_year(self.nearest(month.number(), beside, now))),
        }
    }

    /// With the year (and for a bare day, the month) found; `None`: nobody knows it.
    fn in_year(&self, found: Option<(i32, Option<u8>)>) -> Bounds {
        let year = found.map_or_else(|| "XXXX".to_owned(), |(y, _)| year_value(y, 4));
        let month = found.and_then(|(_, m)| m).or(self.month.number());
        match (month, self.day, self.stretch) {
            (_, Some(d), _) => {
                let month_text = month.map_or_else(|| "XX".to_owned(), |m| format!("{m:02}"));
                let date = found.and_then(|(y, _)| day(y, month?, d));
                Bounds { value: format!("{year}-{month_text}-{d:02}"), days: date.map(|d| (d, d)), precision: TimePrecision::Day }
            }
            (Some(m), None, Some(Stretch::Week(w))) => {
                let days = found.and_then(|(y, _)| week_of_month(y, m, w));
                days.map_or_else(|| Bounds::open(format!("{year}-{m:02}"), TimePrecision::Week), |d| Bounds::days(d, TimePrecision::Week))
            }
            (Some(m), None, _) => {
                Bounds { value: format!("{year}-{m:02}"), days: found.and_then(|(y, _)| month_days(y, m)), precision: TimePrecision::Month }
            }
            (None, None, stretch) => year_stretch(&year, found.map(|(y, _)| y), stretch),
        }
    }

    /// The year of a date that has none.
    fn nearest(&self, month: Option<u8>, beside: Option<Weekday>, now: Now) -> Option<(i32, Option<u8>)> {
        let base = now.base()?;
        let year = i32::from(base.year());
        let Some(month) = month else { return self.nearest_without_month(base, now) };
        if now.tale().is_some() {
            // A history goes on: what is told next lies close to what was told before, mostly after it.
            let next = i32::from(month) + 6 < i32::from(base.month());
            let before = i32::from(month) > i32::from(base.month()) + 9;
            return Some((year + i32::from(next) - i32::from(before), Some(month)));
        }
        let first = |y| day(y, month, self.day.unwrap_or(1));
        let days_off = |y| first(y).map(|d| days_between(base, d));
        let named = |y: i32| beside.is_none_or(|w| self.day.is_some() && first(y).is_some_and(|d| weekday(d) == number(w)));
        let year = match self.lean {
            Lean::Next => (year..=year + 4).find(|&y| days_off(y).is_some_and(|d| d > 0)),
            Lean::This => Some(year),
            Lean::Last => {
                let whole = |y: i32| month_days(y, month).is_some_and(|(_, last)| last < base);
                (year - 4..=year).rev().find(|&y| if self.day.is_some() { days_off(y).is_some_and(|d| d < 0) } else { whole(y) })
            }
            _ => {
                let past = (year - 8..=year + 1).rev().filter(|&y| days_off(y).is_some_and(|d| d <= AHEAD)).collect::<Vec<_>>();
                // "Friday 3 January" in December tells of next year: the weekday fits no January near.
                let fits = past.iter().take(2).chain([&(year + 1), &year]).copied().find(|&y| beside.is_some() && named(y));
                fits.or(past.first().copied())
            }
        };
        year.map(|y| (y, Some(month)))
    }

    /// "The 20th", "summer", "the first quarter": in the month or year that was last.
    fn nearest_without_month(&self, base: Date, now: Now) -> Option<(i32, Option<u8>)> {
        let year = i32::from(base.year());
        if let Some(d) = self.day {
            let start = if now.tale().is_some() || i32::from(d) <= i32::from(base.day()) + AHEAD { 0 } else { -1 };
            let month = plus_months(base.first_of_month(), start)?;
            return Some((i32::from(month.year()), Some(month.month() as u8)));
        }
        if let Some(Stretch::Season(season)) = self.stretch {
            let start = |y| season_days(y, season).map(|d| d.0);
            let year = match self.lean {
                Lean::Next => (year..=year + 1).find(|&y| start(y).is_some_and(|d| d > base)),
                Lean::Last => (year - 1..=year).rev().find(|&y| season_days(y, season).is_some_and(|d| d.1 < base)),
                Lean::This => Some(year),
                _ if now.tale().is_some() => Some(year),
                _ => (year - 1..=year).rev().find(|&y| start(y).is_some_and(|d| d <= base)),
            };
            return year.map(|y| (y, None));
        }
        Some((year, None))
    }

    fn lunar(&self, now: Now) -> Option<Bounds> {
        let this = now.anchor.and_then(hijri_year);
        let (month, unknown) = (self.month.number(), || Some(Bounds::open("XXXX", TimePrecision::Month)));
        let year = match self.year {
            Year::Number(year) => Some(year),
            Year::Shift(by) => this.map(|y| y + by),
            _ => match (this, month, now.anchor) {
                (Some(y), Some(m), Some(anchor)) => {
                    (y - 1..=y).rev().find(|&y| hijri_day(y, m, self.day.unwrap_or(1)).is_some_and(|d| days_between(anchor, d) <= AHEAD))
                }
                (year, ..) => year,
            },
        };
        let Some(year) = year else { return unknown() };
        match (month, self.day) {
            (Some(m), Some(d)) => Some(Bounds::day(hijri_day(year, m, d)?)),
            (Some(m), None) => Some(Bounds::days(hijri_month(year, m)?, TimePrecision::Month)),
            (None, _) => Some(Bounds::days((hijri_month(year, 1)?.0, hijri_month(year, 12)?.1), TimePrecision::Year)),
        }
    }
}

impl Month {
    fn number(self) -> Option<u8> {
        match self {
            Month::Number(m) => Some(m),
            _ => None,
        }
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn year_value(year: i32, digits: usize) -> String {
    let sign = if year < 0 { "-" } else { "" };
    let text = format!("{:04}", year.abs());
    format!("{sign}{}", text.get(..digits).unwrap_or(&text))
}

fn day_value(date: Date) -> String {
    format!("{}-{:02}-{:02}", year_value(i32::from(date.year()), 4), date.month(), date.day())
}

fn week_value(date: Date) -> String {
    let week = date.iso_week_date();
    format!("{}-W{:02}", year_value(i32::from(week.year()), 4), week.week())
}

fn part_code(part: PartOfDay) -> &'static str {
    match part {
        PartOfDay::Dawn | PartOfDay::Morning => "TMO",
        PartOfDay::Noon => "TMI",
        PartOfDay::Afternoon => "TAF",
        PartOfDay::Evening => "TEV",
        PartOfDay::Night => "TNI",
    }
}

/// The n-th week of a month: its n-th seven days.
fn week_of_month(year: i32, month: u8, week: u8) -> Option<Days> {
    let (first, last) = month_days(year, month)?;
    let start = plus_days(first, 7 * (i32::from(week) - 1)).filter(|s| *s <= last)?;
    Some((start, plus_days(start, 6)?.min(last)))
}

fn year_stretch(text: &str, year: Option<i32>, stretch: Option<Stretch>) -> Bounds {
    let months = |from: u8, to: u8| year.and_then(|y| Some((month_days(y, from)?.0, month_days(y, to)?.1)));
    match stretch {
        None => Bounds { value: text.to_owned(), days: year.and_then(|y| year_days(y, y)), precision: TimePrecision::Year },
        Some(Stretch::Season(season)) => Bounds {
            value: format!("{text}-{}", season_code(season)),
            days: year.and_then(|y| season_days(y, season)),
            precision: TimePrecision::Year,
        },
        Some(Stretch::Quarter(q)) => {
            Bounds { value: format!("{text}-Q{q}"), days: months(q * 3 - 2, q * 3), precision: TimePrecision::Year }
        }
        Some(Stretch::Half(h)) => Bounds { value: format!("{text}-H{h}"), days: months(h * 6 - 5, h * 6), precision: TimePrecision::Year },
        Some(Stretch::Week(w)) => {
            let monday = year.and_then(|y| plus_days(monday(day(y, 1, 4)?)?, 7 * (i32::from(w) - 1)));
            let days = monday.and_then(|m| Some((m, plus_days(m, 6)?)));
            Bounds { value: format!("{text}-W{w:02}"), days, precision: TimePrecision::Week }
        }
    }
}

fn weekday_bounds(named: Weekday, lean: Lean, now: Now) -> Bounds {
    let n = number(named);
    let found = now.anchor.and_then(|a| {
        let today = weekday(a);
        match lean {
            Lean::Unsaid => plus_days(a, -(today - n).rem_euclid(7)),
            Lean::Last => plus_days(a, -(today - n - 1).rem_euclid(7) - 1),
            Lean::Next => plus_days(a, (n - today - 1).rem_euclid(7) + 1),
            Lean::This => plus_days(monday(a)?, n),
            Lean::LastWeek => plus_days(monday(a)?, n - 7),
            Lean::NextWeek => plus_days(monday(a)?, n + 7),
        }
    });
    found.map_or_else(|| Bounds::open(format!("XXXX-WXX-{}", n + 1), TimePrecision::Day), Bounds::day)
}

fn precision_of(unit: Unit) -> TimePrecision {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => TimePrecision::Day,
        Unit::Weekend | Unit::Week | Unit::Fortnight => TimePrecision::Week,
        Unit::Month => TimePrecision::Month,
        Unit::Season | Unit::Quarter | Unit::Year | Unit::Decade | Unit::Century => TimePrecision::Year,
    }
}

fn shift(unit: Unit, by: i32, from_story: bool, now: Now) -> Bounds {
    let base = if from_story { now.story.map(|s| s.date) } else { now.anchor };
    let open = || {
        let sign = if by < 0 { "-" } else { "" };
        Bounds::open(length(unit, Some(f64::from(by.abs()))).replacen('P', &format!("P{sign}"), 1), precision_of(unit))
    };
    base.and_then(|base| shifted(unit, by, base)).unwrap_or_else(open)
}

fn shifted(unit: Unit, by: i32, base: Date) -> Option<Bounds> {
    let week = |by: i32| {
        let first = monday(plus_days(base, by.checked_mul(7)?)?)?;
        Some((first, plus_days(first, 6)?))
    };
    let year = i32::from(base.year());
    Some(match unit {
        Unit::Second | Unit::Minute => Bounds::day(base),
        Unit::Hour => Bounds::day(plus_days(base, by / 24)?),
        Unit::Day => Bounds::day(plus_days(base, by)?),
        Unit::Week | Unit::Fortnight => {
            let days = week(if unit == Unit::Week { by } else { by.checked_mul(2)? })?;
            Bounds { value: week_value(days.0), days: Some(days), precision: TimePrecision::Week }
        }
        Unit::Weekend => {
            let (first, last) = week(by)?;
            Bounds { value: format!("{}-WE", week_value(first)), days: Some((plus_days(first, 5)?, last)), precision: TimePrecision::Week }
        }
        Unit::Month => {
            let month = plus_months(base, by)?;
            let days = (month.first_of_month(), month.last_of_month());
            Bounds {
                value: format!("{}-{:02}", year_value(i32::from(month.year()), 4), month.month()),
                days: Some(days),
                precision: TimePrecision::Month,
            }
        }
        Unit::Quarter | Unit::Season => {
            let month = plus_months(base, by.checked_mul(3)?)?;
            let quarter = (month.month() as u8 - 1) / 3 + 1;
            year_stretch(&year_value(i32::from(month.year()), 4), Some(i32::from(month.year())), Some(Stretch::Quarter(quarter)))
        }
        Unit::Year => year_stretch(&year_value(year + by, 4), Some(year + by), None),
        Unit::Decade => {
            let first = year.div_euclid(10) * 10 + by.checked_mul(10)?;
            Bounds { value: format!("{}X", year_value(first, 3)), days: year_days(first, first + 9), precision: TimePrecision::Year }
        }
        Unit::Century => {
            let first = year.div_euclid(100) * 100 + by.checked_mul(100)?;
            Bounds { value: format!("{}XX", year_value(first, 2)), days: year_days(first, first + 99), precision: TimePrecision::Year }
        }
    })
}

/// The days up to today, or those after it.
fn window(unit: Unit, n: Option<u32>, ahead: bool, now: Now) -> Bounds {
    let reference = if ahead { "FUTURE_REF" } else { "PAST_REF" };
    let hours = matches!(unit, Unit::Hour | Unit::Minute | Unit::Second);
    let Some(anchor) = now.anchor.filter(|_| n.is_some() || hours) else {
        let value = n.map_or_else(|| reference.to_owned(), |n| length(unit, Some(f64::from(n))));
        return Bounds::open(value, precision_of(unit));
    };
    let n = n.map(|n| n as i32);
    let sign = if ahead { 1 } else { -1 };
    let count = n.unwrap_or(1);
    let far = match unit {
        Unit::Second | Unit::Minute => plus_days(anchor, sign),
        // A day and a night reach into the day before, whatever the hour of telling.
        Unit::Hour => plus_days(anchor, sign * ((count + 23) / 24)),
        Unit::Day | Unit::Weekend => plus_days(anchor, sign * count),
        Unit::Week => plus_days(anchor, sign * 7 * count),
        Unit::Fortnight => plus_days(anchor, sign * 14 * count),
        Unit::Month => plus_months(anchor, sign * count),
        Unit::Season | Unit::Quarter => plus_months(anchor, sign * 3 * count),
        Unit::Year => plus_months(anchor, sign * 12 * count),
        Unit::Decade => plus_months(anchor, sign * 120 * count),
        Unit::Century => plus_months(anchor, sign * 1200 * count),
    };
    let near = if ahead && !hours { plus_days(anchor, 1) } else { Some(anchor) };
    let (Some(far), Some(near)) = (far, near) else { return Bounds::open(reference, precision_of(unit)) };
    let mut bounds = Bounds::days((far.min(near), far.max(near)), precision_of(unit));
    if n.is_none() {
        reference.clone_into(&mut bounds.value);
    }
    bounds
}

/// A length as ISO 8601 writes it.
fn length(unit: Unit, n: Option<f64>) -> String {
    let (time, letters, factor) = match unit {
        Unit::Second => ("T", "S", 1.0),
        Unit::Minute => ("T", "M", 1.0),
        Unit::Hour => ("T", "H", 1.0),
        Unit::Day => ("", "D", 1.0),
        Unit::Weekend => ("", "WE", 1.0),
        Unit::Week => ("", "W", 1.0),
        Unit::Fortnight => ("", "W", 2.0),
        Unit::Month => ("", "M", 1.0),
        Unit::Season | Unit::Quarter => ("", "M", 3.0),
        Unit::Year => ("", "Y", 1.0),
        Unit::Decade => ("", "Y", 10.0),
        Unit::Century => ("", "Y", 100.0),
    };
    let n = n.map_or_else(|| "X".to_owned(), |n| (n * factor).to_string());
    format!("P{time}{n}{letters}")
}

fn range(from: &TimeMeaning, to: &TimeMeaning, now: Now) -> Bounds {
    // "From 4 to 22 November 2018", "from 25 October to 3 November 2018": the later end lends what the first lacks.
    let mut first = from.clone();
    let mut last = to.clone();
    if let (What::Calendar(a), What::Calendar(b)) = (&mut first.what, &mut last.what) {
        if a.year != Year::Unsaid && b.year == Year::Unsaid {
            b.year = a.year;
            if let (Month::Unsaid, Month::Number(_), Some(_)) = (b.month, a.month, b.day) {
                b.month = a.month;
            }
        } else if a.day.is_some() && a.month == Month::Unsaid && b.month != Month::Unsaid {
            (a.month, a.year, a.calendar) = (b.month, b.year, b.calendar);
        } else if a.month != Month::Unsaid && b.month == Month::Unsaid && b.day.is_some() {
            (b.month, b.calendar) = (a.month, a.calendar);
        }
    }
    let end = last.bounds(now);
    let counted = Now { anchor: end.days.map(|d| d.1).or(now.anchor), story: now.story };
    let lent = match (&mut first.what, &last.what) {
        (What::Calendar(a), What::Calendar(b)) if a.year == Year::Unsaid && matches!(b.year, Year::Number(_)) => {
            a.year = b.year;
            true
        }
        _ => false,
    };
    // A weekday or a date without a year is counted back from the end, so that a range never runs backwards.
    let relative_start = matches!(&first.what, What::Weekday { .. })
        || matches!(&first.what, What::Calendar(a) if a.year == Year::Unsaid && now.tale().is_none());
    let mut start = first.bounds(if relative_start { counted } else { now });
    if let (true, Some(a), Some(b), What::Calendar(parts)) = (lent, start.days, end.days, &mut first.what)
        && a.0 > b.1
        && let Year::Number(y) = parts.year
    {
        parts.year = Year::Number(y - 1);
        start = first.bounds(now);
    }
    let days = start.days.zip(end.days).map(|(a, b)| (a.0, b.1)).filter(|(a, b)| a <= b);
    Bounds { value: format!("{}/{}", start.value, end.value), days, precision: start.precision.max(end.precision) }
}
