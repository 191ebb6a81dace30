//! Times told from the day of telling become days: weekdays, so many units ago, the units before and after.

use crate::calendar::{monday, number, plus_days, plus_months, plus_workdays, weekday, year_days};
use crate::date::year_stretch;
use crate::meaning::{Lean, Length, Story, Stretch, Unit};
use crate::resolve::{Bounds, Now, week_value, year_value};
use jiff::civil::Date;
use marsad_model::{TimePrecision, Weekday};

pub(crate) fn weekday_bounds(named: Weekday, lean: Lean, now: Now) -> Bounds {
    let n = number(named);
    // In a tale, a weekday lies close to the day told before. Where only a month or year was told, nobody knows where.
    if now.story.is_some_and(|s| s.history && !s.exact) && (lean.is_open() || lean == Lean::Following) {
        return Bounds::open(format!("XXXX-WXX-{}", n + 1), TimePrecision::Day);
    }
    let told = now.story.filter(|_| lean == Lean::Following).map(|s| s.date);
    let close = now.tale().filter(|_| lean.is_open()).and_then(|a| plus_days(a, (n - weekday(a) + 3).rem_euclid(7) - 3));
    let found = told.or(close).or(now.anchor).and_then(|a| {
        let today = weekday(a);
        match lean {
            Lean::Unsaid => plus_days(a, -(today - n).rem_euclid(7)),
            Lean::Last => plus_days(a, -(today - n - 1).rem_euclid(7) - 1),
            Lean::Next | Lean::Ahead => plus_days(a, (n - today - 1).rem_euclid(7) + 1),
            Lean::Following if told.is_some() => plus_days(a, (n - today - 1).rem_euclid(7) + 1),
            Lean::BeforeYesterday => plus_days(a, -(today - n - 2).rem_euclid(7) - 2),
            Lean::AfterTomorrow | Lean::Following => plus_days(a, (n - today - 2).rem_euclid(7) + 2),
            Lean::This => plus_days(monday(a)?, n),
            Lean::LastWeek => plus_days(monday(a)?, n - 7),
            Lean::NextWeek => plus_days(monday(a)?, n + 7),
        }
    });
    found.map_or_else(|| Bounds::open(format!("XXXX-WXX-{}", n + 1), TimePrecision::Day), Bounds::day)
}

pub(crate) fn precision_of(unit: Unit) -> TimePrecision {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Workday => TimePrecision::Day,
        Unit::Weekend | Unit::Week | Unit::Fortnight => TimePrecision::Week,
        Unit::Month => TimePrecision::Month,
        Unit::Season | Unit::Quarter | Unit::Year | Unit::Decade | Unit::Century => TimePrecision::Year,
    }
}

pub(crate) fn shift(unit: Unit, by: i32, from_story: bool, now: Now) -> Bounds {
    // "By the end of the year", with no date told before, is this year's; "that day" is nobody knows which.
    let long = by == 0 && !matches!(unit, Unit::Second | Unit::Minute | Unit::Hour | Unit::Day);
    if let Some(coarse) = now.story.filter(|_| from_story).and_then(|s| unsaid_within(unit, by, s)) {
        return coarse;
    }
    let base = if from_story { now.story.map(|s| s.date).or(now.anchor.filter(|_| long)) } else { now.anchor };
    let open = || {
        if by == 0 && unit == Unit::Day && from_story {
            return Bounds::open("XXXX-XX-XX", TimePrecision::Day);
        }
        let sign = if by < 0 { "-" } else { "" };
        Bounds::open(length(unit, Some(f64::from(by.abs()))).replacen('P', &format!("P{sign}"), 1), precision_of(unit))
    };
    base.and_then(|base| shifted(unit, by, base)).unwrap_or_else(open)
}

/// "Two days later", after a date that was told by its month or year alone: it lies in that year, and which day it is nobody knows.
fn unsaid_within(unit: Unit, by: i32, story: Story) -> Option<Bounds> {
    let (known, text) = match unit {
        Unit::Day | Unit::Workday => (story.exact, "-XX-XX"),
        Unit::Week | Unit::Weekend | Unit::Fortnight => (story.exact, "-WXX"),
        Unit::Month => (story.month.is_some(), "-XX"),
        _ => return None,
    };
    let year = i32::from(story.date.year());
    let month = story.month.filter(|_| by == 0 && unit == Unit::Day);
    let value = month.map_or_else(|| format!("{}{text}", year_value(year, 4)), |m| format!("{}-{m:02}-XX", year_value(year, 4)));
    (!known).then(|| Bounds { value, days: year_days(year, year), precision: TimePrecision::Year })
}

pub(crate) fn shifted(unit: Unit, by: i32, base: Date) -> Option<Bounds> {
    let week = |by: i32| {
        let first = monday(plus_days(base, by.checked_mul(7)?)?)?;
        Some((first, plus_days(first, 6)?))
    };
    let year = i32::from(base.year());
    Some(match unit {
        Unit::Second | Unit::Minute => Bounds::day(base),
        Unit::Hour => Bounds::day(plus_days(base, by / 24)?),
        Unit::Day => Bounds::day(plus_days(base, by)?),
        Unit::Workday => Bounds::day(plus_workdays(base, by)?),
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
pub(crate) fn window(unit: Unit, n: Option<u32>, ahead: bool, now: Now) -> Bounds {
    let reference = if ahead { "FUTURE_REF" } else { "PAST_REF" };
    let hours = matches!(unit, Unit::Hour | Unit::Minute | Unit::Second);
    // "The next two weeks" of a tale say how long, not when.
    let Some(anchor) = now.anchor.filter(|_| (n.is_some() || hours) && now.tale().is_none()) else {
        let value = n.map_or_else(|| reference.to_owned(), |n| length(unit, Some(f64::from(n))));
        return Bounds::open(value, precision_of(unit));
    };
    let n = n.and_then(|n| i32::try_from(n).ok());
    // Quarters are fixed in the year: the last two are whole ones.
    if let (Unit::Quarter, Some(n)) = (unit, n) {
        let this = Date::new(anchor.year(), (anchor.month() - 1) / 3 * 3 + 1, 1).unwrap_or(anchor);
        let (from, to) = if ahead { (3, 3 * (n + 1)) } else { (-3 * n, 0) };
        let days = plus_months(this, from).zip(plus_months(this, to).and_then(|d| plus_days(d, -1)));
        return days.map_or_else(|| Bounds::open(reference, precision_of(unit)), |d| Bounds::days(d, precision_of(unit)));
    }
    let sign = if ahead { 1 } else { -1 };
    let count = n.unwrap_or(1);
    let far = match unit {
        Unit::Second | Unit::Minute => plus_days(anchor, sign),
        // A day and a night reach into the day before, whatever the hour of telling.
        Unit::Hour => plus_days(anchor, sign * ((count + 23) / 24)),
        Unit::Day => plus_days(anchor, sign * count),
        Unit::Workday => plus_workdays(anchor, sign * count),
        Unit::Week | Unit::Weekend => plus_days(anchor, sign * 7 * count),
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
pub(crate) fn length(unit: Unit, n: Option<f64>) -> String {
    written(&Length(vec![(unit, n)]))
}

/// A length of several units as ISO 8601 writes it: the longest unit first, hours after days.
pub(crate) fn written(length: &Length) -> String {
    let mut parts = length.0.clone();
    parts.sort_by_key(|(unit, _)| std::cmp::Reverse(*unit));
    let (mut date, mut time) = (String::new(), String::new());
    for (unit, n) in parts {
        let (clock, letters, factor) = match unit {
            Unit::Second => (true, "S", 1.0),
            Unit::Minute => (true, "M", 1.0),
            Unit::Hour => (true, "H", 1.0),
            Unit::Day => (false, "D", 1.0),
            Unit::Workday => (false, "BD", 1.0),
            Unit::Weekend => (false, "WE", 1.0),
            Unit::Week => (false, "W", 1.0),
            Unit::Fortnight => (false, "W", 2.0),
            Unit::Month => (false, "M", 1.0),
            Unit::Season | Unit::Quarter => (false, "M", 3.0),
            Unit::Year => (false, "Y", 1.0),
            Unit::Decade => (false, "Y", 10.0),
            Unit::Century => (false, "Y", 100.0),
        };
        let n = n.map_or_else(|| "X".to_owned(), |n| (n * factor).to_string());
        let text = if clock { &mut time } else { &mut date };
        text.push_str(&n);
        text.push_str(letters);
    }
    if !time.is_empty() {
        time.insert(0, 'T');
    }
    format!("P{date}{time}")
}
