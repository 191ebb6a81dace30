//! Dates of publication, as senders, pages and addresses write them. The clock is never asked.

use crate::page::PostClock;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use marsad_model::{DateBasis, Published, TimePrecision};

/// Numbers of posts that hold a time have at least so many digits; older ones were counted up.
const LONG_NUMBER: usize = 15;

/// A date as written: RFC 3339, a date alone, a month or year alone, RFC 2822 or the like of it.
pub(crate) fn published(written: &str, basis: DateBasis) -> Option<Published> {
    let written = western_digits(written.trim());
    let written = written.as_str();
    if let Some((date, time)) = with_time(written) {
        return Some(day(date, time, basis));
    }
    let parts: Vec<&str> = written.split(['-', '/', '.']).collect();
    match parts.as_slice() {
        [y, m, d] if y.len() == 4 => Some(day(date(y, m, d)?, None, basis)),
        [y, m] if y.len() == 4 => month(number(y)?, number(m)?, basis),
        [all] if all.len() == 8 => Some(day(date(all.get(..4)?, all.get(4..6)?, all.get(6..)?)?, None, basis)),
        [y] if y.len() == 4 => year(number(y)?, basis),
        _ => None,
    }
}

/// The day, perhaps with its time, that a line of the text gives.
pub(crate) fn by_line(date: Date, time: Option<String>) -> Published {
    day(date, time, DateBasis::Dateline)
}

/// The same, where a year that no report can have tells that it was no date (0001-01-01, 1970-01-01 of a lost clock).
pub(crate) fn plausible(written: &str, basis: DateBasis) -> Option<Published> {
    published(written, basis).filter(|p| plausible_year(p.start.year()) && p.start != jiff::civil::date(1970, 1, 1))
}

fn plausible_year(year: i16) -> bool {
    (1900..2100).contains(&year)
}

/// The date in a page's address: `/2031/05/17/`, `/2031-05-17-`, `20310517`, day first where that is certain
/// (`-17-05-2031`), or a month (`/2031/05/`).
pub(crate) fn in_url(url: &str) -> Option<Published> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (_, path) = path.split_once('/')?;
    let path = path.split(['?', '#']).next()?;
    let runs = digit_runs(path);
    let web = |year: &str| number(year).is_some_and(|y| (1990..2100).contains(&y));
    for window in runs.windows(3) {
        if let [y, m, d] = window
            && y.glued
            && m.glued
            && y.mark == m.mark
            && matches!(y.mark, Some('/' | '-' | '_'))
            && y.digits.len() == 4
            && web(y.digits)
            && m.digits.len() <= 2
            && d.digits.len() <= 2
            && let Some(date) = date(y.digits, m.digits, d.digits)
        {
            return Some(day(date, None, DateBasis::Url));
        }
    }
    for window in runs.windows(3) {
        if let [d, m, y] = window
            && d.glued
            && m.glued
            && d.mark == m.mark
            && matches!(d.mark, Some('-' | '_'))
            && y.digits.len() == 4
            && web(y.digits)
            && m.digits.len() <= 2
            && d.digits.len() <= 2
            && (number(d.digits).is_some_and(|d| d > 12) || d.digits == m.digits)
            && let Some(date) = date(y.digits, m.digits, d.digits)
        {
            return Some(day(date, None, DateBasis::Url));
        }
    }
    for run in runs.iter().map(|run| run.digits) {
        if run.len() == 8
            && web(run.get(..4)?)
            && let Some(date) = date(run.get(..4)?, run.get(4..6)?, run.get(6..)?)
        {
            return Some(day(date, None, DateBasis::Url));
        }
    }
    for window in runs.windows(2) {
        if let [y, m] = window
            && y.glued
            && y.mark == Some('/')
            && matches!(m.mark, Some('/') | None)
            && y.digits.len() == 4
            && web(y.digits)
            && m.digits.len() == 2
        {
            return month(number(y.digits)?, number(m.digits)?, DateBasis::Url);
        }
    }
    None
}

/// Is it said to have been published on another day than this, the days before and after not counted? One moment is two
/// days in two places.
pub(crate) fn differs(from: &Published, day: Date) -> bool {
    let last = from.end.unwrap_or(day);
    day < from.start.yesterday().unwrap_or(from.start) || day > last.tomorrow().unwrap_or(last)
}

/// The time in the number of a post, as the last long run of digits in its address.
pub(crate) fn in_post_number(url: &str, clock: PostClock) -> Option<Published> {
    let path = url.split(['?', '#']).next()?;
    let number = path.split('/').rfind(|part| part.len() >= LONG_NUMBER && part.bytes().all(|b| b.is_ascii_digit()))?;
    let since = number.parse::<u64>().ok()?.checked_shr(clock.below)?;
    let at = jiff::Timestamp::from_millisecond(i64::try_from(since.checked_add(clock.epoch_ms)?).ok()?).ok()?;
    let at = Offset::UTC.to_datetime(at);
    plausible_year(at.year()).then(|| day(at.date(), Some(clock_time(at.time(), Some(Offset::UTC))), DateBasis::Url))
}

/// A run of digits in an address.
struct Run<'p> {
    digits: &'p str,
    /// The character after it.
    mark: Option<char>,
    /// Is there another digit right after that character?
    glued: bool,
}

fn digit_runs(path: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut rest = path;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let from = rest.get(at..).unwrap_or("");
        let end = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (digits, after) = from.split_at_checked(end).unwrap_or((from, ""));
        let mut next = after.chars();
        runs.push(Run { digits, mark: next.next(), glued: next.next().is_some_and(|c| c.is_ascii_digit()) });
        rest = after;
    }
    runs
}

/// The day in a tag such as `SNOW17052031`: a word with day, month and year glued to it. The tag was made that day or
/// later was used again, so it is a bound, not a day.
pub(crate) fn in_tag(line: &str) -> Option<Published> {
    let tags: Vec<&str> = line.split([' ', '#', ',', '،', '\u{a0}']).filter(|t| !t.is_empty()).collect();
    let dates: Vec<Option<Date>> = tags.iter().map(|tag| tag_date(tag)).collect();
    let found: Vec<Date> = dates.iter().flatten().copied().collect();
    // Where a line holds anything else, it is a sentence; where its tags disagree, nothing is known.
    let first = *found.first()?;
    (tags.len() <= 4 && found.len() == dates.len() && found.iter().all(|d| *d == first)).then_some(Published {
        start: first,
        end: None,
        start_time: None,
        precision: TimePrecision::Day,
        basis: DateBasis::Tag,
        because: Vec::new(),
    })
}

/// The day that a picture's name has from the device or program that made it (`IMG-20310517-WA0001.jpg`), behind one of these
/// beginnings. What shows the picture is of that day or later.
pub(crate) fn in_picture(address: &str, beginnings: &[String]) -> Option<Published> {
    let path = address.split(['?', '#']).next()?;
    let name = path.rsplit('/').next()?.replace("%20", " ").to_ascii_lowercase();
    let behind = beginnings.iter().find_map(|b| name.strip_prefix(b.as_str()))?.trim_start_matches([' ', '-', '_']);
    let part = |from: usize, to: usize| behind.get(from..to);
    let ends = |at: usize| !behind.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let parted = |at: usize| matches!(behind.as_bytes().get(at), Some(b'-' | b'_' | b'.'));
    let found = match ends(8) {
        true if !parted(4) => date(part(0, 4)?, part(4, 6)?, part(6, 8)?),
        _ if parted(4) && parted(7) && ends(10) => date(part(0, 4)?, part(5, 7)?, part(8, 10)?),
        _ => None,
    }?;
    let plausible = (1990..2100).contains(&i32::from(found.year()));
    plausible.then_some(Published {
        start: found,
        end: None,
        start_time: None,
        precision: TimePrecision::Day,
        basis: DateBasis::Tag,
        because: Vec::new(),
    })
}

fn tag_date(tag: &str) -> Option<Date> {
    let at = tag.find(|c: char| c.is_ascii_digit())?;
    let (word, digits) = tag.split_at_checked(at)?;
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 2 || !word.chars().all(|c| c.is_alphabetic() || c == '_' || c == '-') || digits.len() != 8 {
        return None;
    }
    let found = date(digits.get(4..)?, digits.get(2..4)?, digits.get(..2)?)?;
    (1990..2100).contains(&i32::from(found.year())).then_some(found)
}

fn number(s: &str) -> Option<i16> {
    Some(s).filter(|s| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
}

fn date(y: &str, m: &str, d: &str) -> Option<Date> {
    Date::new(number(y)?, i8::try_from(number(m)?).ok()?, i8::try_from(number(d)?).ok()?).ok()
}

fn day(date: Date, start_time: Option<String>, basis: DateBasis) -> Published {
    Published { start: date, end: Some(date), start_time, precision: TimePrecision::Day, basis, because: Vec::new() }
}

fn month(year: i16, month: i16, basis: DateBasis) -> Option<Published> {
    let start = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
    Some(Published {
        start,
        end: Some(start.last_of_month()),
        start_time: None,
        precision: TimePrecision::Month,
        basis,
        because: Vec::new(),
    })
}

fn year(year: i16, basis: DateBasis) -> Option<Published> {
    let start = Date::new(year, 1, 1).ok()?;
    Some(Published { start, end: Some(start.last_of_year()), start_time: None, precision: TimePrecision::Year, basis, because: Vec::new() })
}

/// Date and time of day with its offset where one is written. The day is that of the place where it was written.
fn with_time(written: &str) -> Option<(Date, Option<String>)> {
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(written) {
        let at = zoned.datetime();
        return Some((at.date(), Some(clock_time(at.time(), Some(zoned.offset())))));
    }
    let (date, rest) = written.split_once(['T', 't', ' '])?;
    let rest = rest.trim();
    let (time, offset) = match rest.find(['Z', 'z', '+', '-']) {
        Some(at) => rest.split_at_checked(at)?,
        None => (rest, ""),
    };
    let (time, offset) = (time.trim(), offset.trim());
    let date = date.replace('/', "-");
    let full: DateTime = format!("{date}T{}", if time.len() == 5 { format!("{time}:00") } else { time.to_owned() }).parse().ok()?;
    let offset = match offset {
        "" => None,
        "Z" | "z" => Some(Offset::UTC),
        other => Some(offset_of(other)?),
    };
    Some((full.date(), Some(clock_time(full.time(), offset))))
}

/// `+03:00`, `+0300`, `+03`.
fn offset_of(written: &str) -> Option<Offset> {
    let sign = if written.starts_with('-') { -1 } else { 1 };
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..4).map_or(Some(0), |m| m.parse().ok())?;
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

pub(crate) fn clock_time(time: Time, offset: Option<Offset>) -> String {
    let clock = format!("{:02}:{:02}", time.hour(), time.minute());
    match offset.map(Offset::seconds) {
        None => clock,
        Some(seconds) => {
            let sign = if seconds < 0 { '-' } else { '+' };
            let minutes = seconds.abs() / 60;
            format!("{clock}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
        }
    }
}

/// Arabic-Indic digits as ASCII ones.
fn western_digits(written: &str) -> String {
    written
        .chars()
        .map(|c| match c {
            '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
            '۰'..='۹' => char::from(b'0' + (c as u32 - '۰' as u32) as u8),
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(p: Option<Published>) -> Option<(String, String, Option<String>)> {
        p.map(|p| (p.start.to_string(), p.end.map_or("-".to_owned(), |e| e.to_string()), p.start_time))
    }

    #[allow(clippy::unnecessary_wraps)] // read beside `None` in the tables
    fn some(start: &str, end: &str, time: Option<&str>) -> Option<(String, String, Option<String>)> {
        Some((start.to_owned(), end.to_owned(), time.map(str::to_owned)))
    }

    #[test]
    fn dates_as_senders_write_them() {
        let one = |d: &str, t: Option<&str>| some(d, d, t);
        for (written, expected) in [
            ("2031-05-17", one("2031-05-17", None)),
            ("2031-05-17T22:40:10+03:00", one("2031-05-17", Some("22:40+03:00"))),
            ("2031-05-17T22:40:10.123Z", one("2031-05-17", Some("22:40+00:00"))),
            ("2031-05-17T22:40", one("2031-05-17", Some("22:40"))),
            ("2031-05-17 22:40:10 +0300", one("2031-05-17", Some("22:40+03:00"))),
            ("2031/05/17", one("2031-05-17", None)),
            ("20310517", one("2031-05-17", None)),
            ("٢٠٣١-٠٥-١٧", one("2031-05-17", None)),
            ("Sat, 17 May 2031 22:40:10 -0500", one("2031-05-17", Some("22:40-05:00"))),
            ("2031-02", some("2031-02-01", "2031-02-28", None)),
            ("2031", some("2031-01-01", "2031-12-31", None)),
            ("2031-02-30", None),
            ("17/05/2031", None), // may be read two ways in the first twelve days of a month
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(told(published(written, DateBasis::Given)), expected, "{written}");
        }
    }

    #[test]
    fn dates_in_addresses() {
        for (url, expected) in [
            ("https://outlet.example/2031/05/17/snow", some("2031-05-17", "2031-05-17", None)),
            ("https://outlet.example/news/2031-05-17-snow-4", some("2031-05-17", "2031-05-17", None)),
            ("https://outlet.example/world-20310517/", some("2031-05-17", "2031-05-17", None)),
            ("https://outlet.example/2031/05/snow-on-17-hills", some("2031-05-01", "2031-05-31", None)),
            ("https://outlet.example/news/harvest-17-05-2031.html", some("2031-05-17", "2031-05-17", None)),
            ("https://outlet.example/news/harvest-07-05-2031.html", None),
            ("https://outlet.example/news/48120933", None),
            ("https://outlet.example/2031/snow", None),
            ("https://outlet2031.example/", None),
            ("https://outlet.example/a?day=2031-05-17", None),
            ("", None),
        ] {
            assert_eq!(told(in_url(url)), expected, "{url}");
        }
    }

    #[test]
    fn the_day_before_and_after_are_no_other_day() {
        let day = jiff::civil::date(2031, 5, 17);
        let may = published("2031-05", DateBasis::Url).unwrap();
        assert!(
            !differs(&may, day)
                && !differs(&by_line(day.tomorrow().unwrap(), None), day)
                && !differs(&in_tag("SNOW17052031").unwrap(), day)
        );
        assert!(differs(&may, jiff::civil::date(2031, 6, 2)) && differs(&by_line(jiff::civil::date(2031, 5, 19), None), day));
    }

    #[test]
    fn times_in_numbers_of_posts() {
        let clock = PostClock { below: 22, epoch_ms: 1_288_834_974_657 };
        let one = |d: &str, t: &str| some(d, d, Some(t));
        for (url, expected) in [
            // The first millisecond of 2020 less the epoch, 22 bits up.
            ("https://n.example/name/status/1212161512043446272", one("2020-01-01", "00:00+00:00")),
            ("https://n.example/name/status/1212161512043446272/photo/1?s=20", one("2020-01-01", "00:00+00:00")),
            ("https://n.example/name/status/20", None),
            ("https://n.example/name", None),
            ("https://n.example/name/status/99999999999999999999999", None),
        ] {
            assert_eq!(told(in_post_number(url, clock)), expected, "{url}");
        }
    }

    #[test]
    fn days_in_tags_are_bounds() {
        for (line, expected) in [
            ("SNOW17052031", some("2031-05-17", "-", None)),
            ("#SNOW17052031 #Hills17052031", some("2031-05-17", "-", None)),
            ("SNOW17052031 SNOW18052031", None),
            ("SNOW17132031", None),
            ("17052031", None),
            ("The tag SNOW17052031 was used", None),
            ("SNOW1705203", None),
        ] {
            assert_eq!(told(in_tag(line)), expected, "{line}");
        }
    }

    #[test]
    fn days_in_names_of_pictures_are_bounds() {
        let beginnings: Vec<String> = ["img", "photo", "whatsapp image"].map(str::to_owned).to_vec();
        for (address, expected) in [
            ("https://n.example/a/IMG-20310517-WA0001.jpg", some("2031-05-17", "-", None)),
            ("photo_2031-05-17_14-02-11.jpg?w=300", some("2031-05-17", "-", None)),
            ("/u/WhatsApp%20Image%202031-05-17%20at%2011.02.jpeg", some("2031-05-17", "-", None)),
            ("https://n.example/2031/05/hill-20310517.jpg", None),
            ("IMG-2031051712.jpg", None),
            ("IMG-20311517-WA.jpg", None),
            ("IMG-1.jpg", None),
        ] {
            assert_eq!(told(in_picture(address, &beginnings)), expected, "{address}");
        }
    }

    proptest! {
        #[test]
        fn any_string_is_a_date_or_none(written in "\\PC{0,30}", url in "[/0-9a-z.:-]{0,40}") {
            let _ = (published(&written, DateBasis::Given), in_url(&url), in_tag(&written), in_picture(&written, &[String::new()]));
        }

        #[test]
        fn a_written_day_is_that_day(y in 1990i16..2099, m in 1i8..=12, d in 1i8..=28) {
            let date = Date::new(y, m, d).unwrap();
            prop_assert_eq!(published(&date.to_string(), DateBasis::Given).and_then(|p| p.day()), Some(date));
        }
    }
}
