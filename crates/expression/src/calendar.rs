//! Arithmetic of calendars: weeks, months, seasons, and the lunar calendar in Gregorian days.

use crate::meaning::Season;
use icu_calendar::{Date as CalendarDate, cal::Hijri, types::Month};
use jiff::{ToSpan, civil::Date};
use marsad_model::Weekday;
use serde::Deserialize;

/// The calendar in which a date is written. Month names of the Levant and the Maghreb are Gregorian months.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Calendar {
    #[default]
    Gregorian,
    /// Umm al-Qura, the civil calendar of Saudi Arabia; where the moon is sighted, a day more or less.
    Hijri,
}

/// A stretch of days, both ends included.
pub(crate) type Days = (Date, Date);

pub(crate) fn day(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Days later (earlier where negative); `None` beyond the calendar's ends.
pub(crate) fn plus_days(date: Date, days: i32) -> Option<Date> {
    date.checked_add(days.days()).ok()
}

pub(crate) fn plus_months(date: Date, months: i32) -> Option<Date> {
    // Spans have limits of their own; further than this no report looks.
    (-99_999..=99_999).contains(&months).then(|| date.checked_add(months.months()).ok())?
}

/// So many days from Monday to Friday later (earlier where negative).
pub(crate) fn plus_workdays(date: Date, days: i32) -> Option<Date> {
    // From a weekend one counts as from the workday before it.
    let weekend = (weekday(date) - 4).max(0);
    let date = plus_days(date, if days < 0 { (3 - weekend) % 3 } else { -weekend })?;
    let (weeks, rest) = (days / 5, days % 5);
    let mut date = plus_days(date, weeks.checked_mul(7)?)?;
    for _ in 0..rest.abs() {
        date = plus_days(date, rest.signum())?;
        while weekday(date) > 4 {
            date = plus_days(date, rest.signum())?;
        }
    }
    Some(date)
}

/// Days from the one to the other, negative where that is earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// Weekdays from Monday, 0.
pub(crate) fn number(weekday: Weekday) -> i32 {
    weekday as i32
}

pub(crate) fn weekday(date: Date) -> i32 {
    i32::from(date.weekday().to_monday_zero_offset())
}

pub(crate) fn monday(date: Date) -> Option<Date> {
    plus_days(date, -weekday(date))
}

pub(crate) fn month_days(year: i32, month: u8) -> Option<Days> {
    let first = day(year, month, 1)?;
    Some((first, first.last_of_month()))
}

pub(crate) fn year_days(from: i32, to: i32) -> Option<Days> {
    Some((day(from, 1, 1)?, day(to, 12, 31)?))
}

/// The days of a season. Nobody says which of its two winters a year's "winter" is, so it has both.
pub(crate) fn season_days(year: i32, season: Season) -> Option<Days> {
    match season {
        Season::Spring => Some((day(year, 3, 1)?, day(year, 5, 31)?)),
        Season::Summer => Some((day(year, 6, 1)?, day(year, 8, 31)?)),
        Season::Autumn => Some((day(year, 9, 1)?, day(year, 11, 30)?)),
        Season::Winter => Some((day(year - 1, 12, 1)?, month_days(year + 1, 2)?.1)),
    }
}

/// The season's letters in TIMEX3.
pub(crate) fn season_code(season: Season) -> &'static str {
    match season {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Autumn => "FA",
        Season::Winter => "WI",
    }
}

/// The Gregorian day of a lunar date.
pub(crate) fn hijri_day(year: i32, month: u8, day: u8) -> Option<Date> {
    // Beyond these years the tables end and a date is more likely a misreading.
    if !(1..=1600).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    let lunar = CalendarDate::try_new(year.into(), Month::new(month), day, Hijri::new_umm_al_qura()).ok()?;
    let iso = lunar.to_calendar(icu_calendar::Iso);
    self::day(iso.year().extended_year(), iso.month().number(), iso.day_of_month().0)
}

pub(crate) fn hijri_month(year: i32, month: u8) -> Option<Days> {
    let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    Some((hijri_day(year, month, 1)?, plus_days(hijri_day(next_year, next, 1)?, -1)?))
}

/// The lunar year in which a day lies.
pub(crate) fn hijri_year(date: Date) -> Option<i32> {
    let iso = CalendarDate::try_new_iso(i32::from(date.year()), date.month() as u8, date.day() as u8).ok()?;
    Some(iso.to_calendar(Hijri::new_umm_al_qura()).year().extended_year())
}
