//! Times counted from other times: so long before or after one, the week of one, the first or last units of one.

use crate::calendar::{Days, day, monday, plus_days, plus_months, plus_workdays};
use crate::feast::nth;
use crate::meaning::{Length, Slice, TimeMeaning, Unit};
use crate::resolve::{Bounds, Now};
use crate::shift::{precision_of, shifted, written};
use jiff::civil::Date;
use marsad_model::{TimePrecision, Weekday};

/// So long before or after another time. The value is the day that the calendar reckons; the days are those of the unit
/// in which the length is told, for nobody means "in three years" to the day.
pub(crate) fn offset(base: &TimeMeaning, length: &Length, back: bool, now: Now) -> Bounds {
    let unit = length.0.iter().map(|(unit, _)| *unit).min().unwrap_or(Unit::Day);
    let open = || {
        let sign = if back { "-" } else { "" };
        Bounds::open(written(length).replacen('P', &format!("P{sign}"), 1), precision_of(unit))
    };
    let Some((first, last)) = base.bounds(now).days else { return open() };
    let from = if back || first.year() != last.year() || first.month() != last.month() { first } else { last };
    let Some(found) = plus(from, length, if back { -1 } else { 1 }) else { return open() };
    let days = if unit <= Unit::Workday { Some((found, found)) } else { shifted(unit, 0, found).and_then(|b| b.days) };
    Bounds { days, precision: precision_of(unit), ..Bounds::day(found) }
}

/// A day so long after (before) another; `None` where a number is not said or is a part of a month.
fn plus(mut date: Date, length: &Length, sign: i32) -> Option<Date> {
    for (unit, n) in &length.0 {
        let n = n.as_ref().filter(|n| n.abs() < 10_000.0)?;
        let whole = |n: f64| (n.fract() == 0.0).then_some(sign * n as i32);
        date = match unit {
            Unit::Second => plus_days(date, sign * (n / 86_400.0) as i32)?,
            Unit::Minute => plus_days(date, sign * (n / 1440.0) as i32)?,
            Unit::Hour => plus_days(date, sign * (n / 24.0) as i32)?,
            Unit::Day => plus_days(date, whole(*n)?)?,
            Unit::Workday => plus_workdays(date, whole(*n)?)?,
            Unit::Week | Unit::Weekend => plus_days(date, whole(n * 7.0)?)?,
            Unit::Fortnight => plus_days(date, whole(n * 14.0)?)?,
            Unit::Month => plus_months(date, whole(*n)?)?,
            Unit::Season | Unit::Quarter => plus_months(date, whole(n * 3.0)?)?,
            Unit::Year => plus_months(date, whole(n * 12.0)?)?,
            Unit::Decade => plus_months(date, whole(n * 120.0)?)?,
            Unit::Century => plus_months(date, whole(n * 1200.0)?)?,
        };
    }
    Some(date)
}

/// The unit in which a time lies, or one so many before or after it.
pub(crate) fn unit_of(unit: Unit, by: i32, of: &TimeMeaning, now: Now) -> Bounds {
    let found = of.bounds(now).days.and_then(|d| shifted(unit, by, d.0));
    found.unwrap_or_else(|| Bounds::open(written(&Length(vec![(unit, Some(1.0))])), precision_of(unit)))
}

pub(crate) fn slice(slice: &Slice, now: Now) -> Bounds {
    let whole = slice.of.bounds(now);
    let open = || Bounds::open(written(&Length(vec![(slice.unit, Some(f64::from(slice.n)))])), precision_of(slice.unit));
    let Some((first, last)) = whole.days.and_then(|days| outer(slice.unit, whole.precision, days)) else { return open() };
    if slice.unit == Unit::Weekend {
        let at = if slice.from_end { -1 } else { i8::try_from(slice.skip).unwrap_or(i8::MAX - 1) + 1 };
        let saturday = nth((first, last), at, Weekday::Saturday).filter(|_| slice.n == 1);
        return saturday.and_then(|d| shifted(Unit::Weekend, 0, d)).unwrap_or_else(open);
    }
    let (n, skip) = (i32::from(slice.n), i32::from(slice.skip));
    let step = |from: Date, by: i32| plus(from, &Length(vec![(slice.unit, Some(f64::from(by.abs())))]), by.signum());
    let edges = if slice.from_end {
        let after = plus_days(last, 1);
        after.and_then(|a| Some((step(a, -(n + skip))?, plus_days(step(a, -skip)?, -1)?)))
    } else {
        step(first, skip).and_then(|a| Some((a, plus_days(step(a, n)?, -1)?)))
    };
    let Some((from, to)) = edges.filter(|(a, _)| *a >= first && *a <= last).map(|(a, b)| (a, b.min(last))) else { return open() };
    let one = (n == 1).then(|| shifted(slice.unit, 0, from)).flatten().filter(|b| b.days == Some((from, to)));
    one.unwrap_or_else(|| Bounds::days((from, to), precision_of(slice.unit)))
}

/// The days in which units are counted: the weeks of a year are whole ones, and begin with the one that has 4 January.
fn outer(unit: Unit, precision: TimePrecision, (first, last): Days) -> Option<Days> {
    if unit == Unit::Week && precision == TimePrecision::Year {
        let from = monday(day(i32::from(first.year()), 1, 4)?)?;
        let to = plus_days(monday(day(i32::from(last.year()), 12, 28)?)?, 6)?;
        return Some((from, to));
    }
    Some((first, last))
}
