//! Written dates become days: the year that news or a tale leaves out, seasons, quarters, the lunar calendar.

use crate::calendar::{
    Calendar, Days, day, days_between, hijri_day, hijri_month, hijri_year, monday, month_days, number, plus_days, plus_months, season_code,
    season_days, weekday, year_days,
};
use crate::feast::{Feast, nth};
use crate::meaning::{Lean, Month, Parts, Story, Stretch, Year};
use crate::resolve::{Bounds, Now, year_value};
use jiff::civil::Date;
use marsad_model::{TimePrecision, Weekday};

/// A date without a year that lies this many days ahead is still this year's: a report is often filed under the day
/// before, as other time zones have it.
const AHEAD: i32 = 1;
/// Every day of a month falls on every weekday within so many months.
const MONTHS_OFF: i32 = 14;

impl Parts {
    pub(crate) fn bounds(&self, beside: Option<Weekday>, now: Now) -> Option<Bounds> {
        if self.calendar == Calendar::Hijri {
            return self.lunar(now);
        }
        if let Some(feast) = self.feast {
            return Some(self.feast(feast, now));
        }
        if let Some(swapped) = self.swapped(now) {
            return swapped.bounds(beside, now);
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
            (Year::Running, month) => Some(self.in_year(now.base().map(|b| (i32::from(b.year()), month.number())))),
            (Year::Told, month) => Some(self.in_year(now.story.map(|s| (i32::from(s.date.year()), month.number())))),
            (Year::Unsaid, month) => Some(self.in_year(self.nearest(month.number(), beside, now))),
        }
    }

    /// 5/12 with its numbers the other way round, where that day lies nearer to the day of telling: reports tell of
    /// days close to their own. Nobody knows without one; then the day stands first.
    fn swapped(&self, now: Now) -> Option<Self> {
        let (true, Some(anchor)) = (self.either, now.base()) else { return None };
        let plain = Self { either: false, ..*self };
        let swapped = plain.swapped_numbers()?;
        let off = |parts: Self| {
            let year = i32::from(anchor.year());
            let years = match parts.year {
                Year::Number(y) => y..=y,
                _ => year - 1..=year + 1,
            };
            years.filter_map(|y| day(y, parts.month.number()?, parts.day?)).map(|d| days_between(anchor, d).abs()).min()
        };
        Some(if off(swapped).is_some_and(|s| off(plain).is_none_or(|p| s < p)) { swapped } else { plain })
    }

    /// With day and month in each other's place.
    pub(crate) fn swapped_numbers(self) -> Option<Self> {
        let (Month::Number(month), Some(day)) = (self.month, self.day) else { return None };
        Some(Self { month: Month::Number(day), day: Some(month), ..self })
    }

    fn feast(&self, feast: Feast, now: Now) -> Bounds {
        let found = match (self.year, now.base()) {
            (Year::Number(year), _) => feast.of_year(year),
            (Year::Shift(by), Some(base)) => feast.of_year(i32::from(base.year()) + by),
            (_, Some(base)) => {
                let days = feast.near(i32::from(base.year()), Some(base));
                match self.lean {
                    // A tale goes on, so the feast is the next one, or one just told of.
                    _ if now.tale().is_some() => days.into_iter().find(|d| days_between(base, *d) > -60),
                    Lean::Next | Lean::Ahead => days.into_iter().find(|d| *d > base),
                    Lean::Last => days.into_iter().rfind(|d| *d < base),
                    Lean::This => feast.of_year(i32::from(base.year())),
                    _ => days.into_iter().rfind(|d| days_between(base, *d) <= AHEAD),
                }
            }
            _ => None,
        };
        let unknown = || match feast {
            Feast::Fixed(month, d) => Bounds::open(format!("XXXX-{month:02}-{d:02}"), TimePrecision::Day),
            _ => Bounds::open("XXXX-XX-XX", TimePrecision::Day),
        };
        found.map_or_else(unknown, Bounds::day)
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
            (Some(m), None, _) if self.nth.is_some() => {
                let days = found.and_then(|(y, _)| month_days(y, m));
                let date = days.zip(self.nth).and_then(|(days, (n, named))| nth(days, n, named));
                date.map_or_else(|| Bounds::open(format!("{year}-{m:02}-XX"), TimePrecision::Day), Bounds::day)
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
        let Some(month) = month else { return self.nearest_without_month(base, beside, now) };
        if let Some(story) = now.story.filter(|s| s.history) {
            return Some((self.told_on(year, month, story), Some(month)));
        }
        let first = |y| day(y, month, self.day.unwrap_or(1));
        let days_off = |y| first(y).map(|d| days_between(base, d));
        let named = |y: i32| beside.is_none_or(|w| self.day.is_some() && first(y).is_some_and(|d| weekday(d) == number(w)));
        let year = match self.lean {
            Lean::Next | Lean::Ahead => (year..=year + 4).find(|&y| days_off(y).is_some_and(|d| d > 0)),
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

    /// A history goes on: what is told next lies close to what was told before, mostly after it.
    fn told_on(&self, year: i32, month: u8, story: Story) -> i32 {
        let Some(told) = story.month else { return year };
        match self.lean {
            Lean::Last => year - i32::from(month >= told),
            Lean::Next => year + i32::from(month <= told),
            _ => year + i32::from(month + 6 < told) - i32::from(month > told + 9),
        }
    }

    /// "The 20th", "summer", "the first quarter": in the month or year that was last.
    fn nearest_without_month(&self, base: Date, beside: Option<Weekday>, now: Now) -> Option<(i32, Option<u8>)> {
        let year = i32::from(base.year());
        if let Some(d) = self.day {
            let start = if now.tale().is_some() || i32::from(d) <= i32::from(base.day()) + AHEAD { 0 } else { -1 };
            let month = |by: i32| plus_months(base.first_of_month(), by);
            let dated = |by: i32| month(by).and_then(|m| day(i32::from(m.year()), m.month() as u8, d));
            // "Tuesday the 31st": the nearest month in which that day is a Tuesday.
            let named = beside.and_then(|w| {
                let fits = |by: &i32| dated(*by).is_some_and(|d| weekday(d) == number(w));
                (-MONTHS_OFF..=MONTHS_OFF).filter(fits).min_by_key(|by| dated(*by).map(|d| days_between(base, d).abs()))
            });
            let ahead = matches!(self.lean, Lean::Next | Lean::Ahead) && now.tale().is_none();
            let coming = || (0..=2).find(|by| dated(*by).is_some_and(|d| d > base));
            let latest = || (start - 1..=start).rev().find(|by| dated(*by).is_some());
            let found = named.or_else(|| if ahead { coming() } else { latest() })?;
            return month(found).map(|m| (i32::from(m.year()), Some(m.month() as u8)));
        }
        if let Some(Stretch::Season(season)) = self.stretch {
            let start = |y| season_days(y, season).map(|d| d.0);
            let year = match self.lean {
                Lean::Next | Lean::Ahead => (year..=year + 1).find(|&y| start(y).is_some_and(|d| d > base)),
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

/// The n-th week of a month: its n-th seven days.
fn week_of_month(year: i32, month: u8, week: u8) -> Option<Days> {
    let (first, last) = month_days(year, month)?;
    let start = plus_days(first, 7 * (i32::from(week) - 1)).filter(|s| *s <= last)?;
    Some((start, plus_days(start, 6)?.min(last)))
}

pub(crate) fn year_stretch(text: &str, year: Option<i32>, stretch: Option<Stretch>) -> Bounds {
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
