//! Feasts: days of a year that go by a name.

use crate::calendar::{Days, day, hijri_day, hijri_year, number, plus_days, weekday};
use crate::value::parse;
use jiff::civil::Date;
use marsad_model::Weekday;

/// When a feast is, as the grammar writes it: `12-25`, `easter-2`, `hijri 10-1`, `11 4 thursday` (the fourth of
/// November), `11 4 thursday+1` (the day after that).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Feast {
    /// Month and day.
    Fixed(u8, u8),
    /// So many days from Easter Sunday, as the western churches count.
    Easter(i32),
    /// Month and day of the lunar year.
    Lunar(u8, u8),
    /// A weekday counted within a month, and so many days after it.
    Nth(u8, i8, Weekday, u8),
}

impl Feast {
    pub(crate) fn read(text: &str) -> Option<Self> {
        let month_day = |text: &str| {
            let (month, day) = text.split_once('-')?;
            Some((month.parse().ok()?, day.parse().ok()?))
        };
        if let Some(by) = text.strip_prefix("easter") {
            return Some(Self::Easter(if by.is_empty() { 0 } else { by.parse().ok()? }));
        }
        if let Some(lunar) = text.strip_prefix("hijri ") {
            return month_day(lunar).map(|(m, d)| Self::Lunar(m, d));
        }
        let parts: Vec<&str> = text.split(' ').collect();
        if let [month, nth, day] = parts[..] {
            let (day, later) = day.split_once('+').unwrap_or((day, "0"));
            return Some(Self::Nth(month.parse().ok()?, nth.parse().ok()?, parse(day)?, later.parse().ok()?));
        }
        month_day(text).map(|(m, d)| Self::Fixed(m, d))
    }

    /// The days of the feast in and around a year, in order.
    pub(crate) fn near(self, year: i32, today: Option<Date>) -> Vec<Date> {
        match self {
            Self::Lunar(month, day) => {
                let lunar = today.and_then(hijri_year).or_else(|| day_of(year).and_then(hijri_year)).unwrap_or(0);
                (lunar - 2..=lunar + 2).filter_map(|y| hijri_day(y, month, day)).collect()
            }
            _ => (year - 1..=year + 1).filter_map(|y| self.day(y)).collect(),
        }
    }

    /// The feast of a year; a lunar one may come twice, then the first.
    pub(crate) fn of_year(self, year: i32) -> Option<Date> {
        match self {
            Self::Lunar(..) => self.near(year, day_of(year)).into_iter().find(|d| i32::from(d.year()) == year),
            _ => self.day(year),
        }
    }

    fn day(self, year: i32) -> Option<Date> {
        match self {
            Self::Fixed(month, d) => day(year, month, d),
            Self::Easter(by) => plus_days(easter(year)?, by),
            Self::Nth(month, n, named, later) => plus_days(nth(crate::calendar::month_days(year, month)?, n, named)?, i32::from(later)),
            Self::Lunar(..) => None,
        }
    }
}

fn day_of(year: i32) -> Option<Date> {
    day(year, 7, 1)
}

/// The n-th of a weekday in a month, counted from its end where negative.
pub(crate) fn nth((first, last): Days, n: i8, named: Weekday) -> Option<Date> {
    let found = if n > 0 {
        plus_days(first, (number(named) - weekday(first)).rem_euclid(7) + 7 * (i32::from(n) - 1))?
    } else {
        plus_days(last, -(weekday(last) - number(named)).rem_euclid(7) + 7 * (i32::from(n) + 1))?
    };
    (first..=last).contains(&found).then_some(found)
}

/// Easter Sunday of the Gregorian calendar, by the reckoning of Meeus, Jones and Butcher.
fn easter(year: i32) -> Option<Date> {
    let (golden, century, in_century) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let moon = (19 * golden + century - century.div_euclid(4) - (8 * century + 13).div_euclid(25) + 15).rem_euclid(30);
    let sunday = (32 + 2 * century.rem_euclid(4) + 2 * in_century.div_euclid(4) - moon - in_century.rem_euclid(4)).rem_euclid(7);
    let late = 7 * (golden + 11 * moon + 19 * sunday).div_euclid(433);
    let month = (moon + sunday - late + 90).div_euclid(25);
    let on = (moon + sunday - late + 33 * month + 19).rem_euclid(32);
    day(year, u8::try_from(month).ok()?, u8::try_from(on).ok()?)
}
