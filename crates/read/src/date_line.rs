//! Lines that are a date and nothing else: what a page prints between its headline and its text. Also the date that a
//! network prints over a post, and the day that a headline says it is of.

use crate::cues::ARABIC;
use crate::date;
use crate::date_figures::{Clock, Figures, Order, before_player, clock_starts};
use crate::post_marks;
use jiff::civil::{Date, Weekday};
use marsad_knowledge::{Files, clitics};
use marsad_model::Published;
use marsad_table::{Table, TableError};
use marsad_text::{Lexicon, WordKind, Words};
use std::ops::Range;

/// What a line that is a date says the date is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateOf {
    /// Nothing is said.
    Unsaid,
    Publication,
    Change,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DateWord {
    Month(i8),
    /// A month of a calendar whose days are not certain: its day and year are none of ours.
    OtherMonth,
    Weekday(Weekday),
    Of(DateOf),
    /// Which half of the day a time right before it is of.
    Afternoon(bool),
    /// A time right before it is that of Greenwich.
    Utc,
    Filler,
}

/// The words that lines of dates are made of, in all languages.
#[derive(Debug)]
pub(crate) struct DateLines {
    words: Lexicon<DateWord>,
    /// What a network prints after a post's date: who may read it.
    audiences: Vec<String>,
    /// How a language orders the figures of a date, with how many digits each is written.
    orders: Vec<(String, Order)>,
}

/// What a line of date words comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) date: Date,
    /// The time of day as written, with its offset where one is said.
    pub(crate) time: Option<String>,
    pub(crate) of: DateOf,
    weekday: Option<Weekday>,
    /// The order of its figures, where they show it by themselves.
    pub(crate) order: Option<Order>,
}

impl Told {
    pub(crate) fn published(&self) -> Published {
        date::by_line(self.date, self.time.clone())
    }
}

/// Words of dates in languages that are read, but not analysed.
const OTHERS: &str = "world/dates.tsv";
/// Lines of dates are short.
const LONGEST: usize = 16;
/// A date over a post stands within so many bytes before the audience, the author's name perhaps glued to it.
const OVER_POST: usize = 60;
/// A day under a post takes so many bytes at most.
const LONGEST_DAY: usize = 40;

impl DateLines {
    pub(crate) fn load(files: &Files) -> Result<Self, TableError> {
        let mut lines = Self { words: Lexicon::new(clitics(files, ARABIC)?), audiences: Vec::new(), orders: Vec::new() };
        for (language, path, text) in files.of_languages("reading.tsv") {
            for row in Table::read(path, text, &["form", "kind"])?.rows() {
                let form = row.need("form")?;
                let word = match row.need("kind")? {
                    "published_line" => DateWord::Of(DateOf::Publication),
                    "updated_line" => DateWord::Of(DateOf::Change),
                    "date_filler" => DateWord::Filler,
                    "am" => DateWord::Afternoon(false),
                    "pm" => DateWord::Afternoon(true),
                    "utc" => DateWord::Utc,
                    "date_order" => {
                        let order = Order::read(form).ok_or_else(|| row.error(format!("`{form}` is no order of day, month and year")))?;
                        lines.orders.push((language.to_owned(), order));
                        continue;
                    }
                    _ => continue,
                };
                lines.insert(form, word);
            }
        }
        for (_, path, text) in files.of_languages("months.tsv") {
            for row in Table::read(path, text, &["form", "value", "calendar"])?.rows() {
                // A Hijri date depends on who saw the moon; it is no certain day.
                let known = matches!(row.get("calendar"), "gregorian" | "levantine" | "maghrebi");
                if let Some(month) = row.parse::<i8>("value")? {
                    lines.insert(row.need("form")?, if known { DateWord::Month(month) } else { DateWord::OtherMonth });
                }
            }
        }
        for (_, path, text) in files.of_languages("weekdays.tsv") {
            for row in Table::read(path, text, &["form", "value"])?.rows() {
                let value = row.need("value")?;
                let day = weekday(value).ok_or_else(|| row.error(format!("`{value}` is no day of the week")))?;
                lines.insert(row.need("form")?, DateWord::Weekday(day));
            }
        }
        lines.audiences = post_marks::forms(files, "audience")?;
        lines.load_others(files)?;
        Ok(lines)
    }

    /// The words of dates of languages that are read, but not analysed.
    fn load_others(&mut self, files: &Files) -> Result<(), TableError> {
        let text = files.get(OTHERS);
        if text.is_empty() {
            return Ok(());
        }
        for row in Table::read(OTHERS, text, &["language", "form", "kind", "value", "basis", "example"])?.rows() {
            let value = || row.need("value");
            let word = match row.need("kind")? {
                "month" => DateWord::Month(value()?.parse().map_err(|_| row.error("a month has a number"))?),
                "weekday" => DateWord::Weekday(weekday(value()?).ok_or_else(|| row.error("no such day of the week"))?),
                "published" => DateWord::Of(DateOf::Publication),
                "updated" => DateWord::Of(DateOf::Change),
                "filler" => DateWord::Filler,
                "am" => DateWord::Afternoon(false),
                "pm" => DateWord::Afternoon(true),
                other => return Err(row.error(format!("`{other}` is no kind of word of a date"))),
            };
            self.insert(row.need("form")?, word);
            row.need("basis")?;
            row.need("example")?;
        }
        Ok(())
    }

    /// A word means the same in whatever languages have it: it is told once.
    fn insert(&mut self, form: &str, word: DateWord) {
        if !self.words.get(form).contains(&word) {
            self.words.insert(form, word);
        }
    }

    /// What a line that is a date comes to. Day and month are told apart by their figures alone.
    pub(crate) fn read(&self, line: &str) -> Option<Told> {
        self.told(line, None)
    }

    /// The same, where figures that may be read two ways are read in this order.
    pub(crate) fn read_in(&self, line: &str, order: Option<Order>) -> Option<Told> {
        self.told(line, order)
    }

    /// How a language orders the figures of a date.
    pub(crate) fn order_of(&self, language: &str) -> Option<Order> {
        self.orders.iter().find(|(of, _)| *of == language).map(|(_, order)| *order)
    }

    /// The date that a network prints over a post, right before who may read it.
    pub(crate) fn over_post(&self, line: &str) -> Option<Told> {
        Some(self.head_of_post(line)?.1)
    }

    /// The same, and where date and audience stand.
    pub(crate) fn head_of_post(&self, text: &str) -> Option<(Range<usize>, Told)> {
        let (at, audience) = self.audiences.iter().filter_map(|a| Some((text.find(a.as_str())?, a))).min()?;
        let before = text.get(..at)?;
        // A name may be glued to the date, so it may begin anywhere; the longest stretch that is one holds it whole.
        let starts = before.char_indices().rev().map(|(i, _)| i).take_while(|i| at - i <= OVER_POST);
        starts.filter_map(|i| Some((i..at + audience.len(), self.told(before.get(i..)?, None)?))).last()
    }

    /// The time that a network prints under a post, a clock, a dot and a day, and where both stand; the post and what follows
    /// may be glued to it.
    pub(crate) fn under_post(&self, text: &str) -> Option<(Range<usize>, Told)> {
        let around = |dot: usize, mark: &str| {
            let clock = text.get(..dot)?;
            let day = text.get(dot..)?;
            let figures = |end: usize| day.get(..end).is_some_and(|d| d.chars().rev().take(4).all(char::is_numeric));
            let ends = day.char_indices().map(|(i, c)| i + c.len_utf8()).take_while(|&end| end <= LONGEST_DAY + mark.len());
            let mut ends = ends.filter(|&end| figures(end));
            let starts = clock_starts(clock);
            let (end, start, told) =
                ends.find_map(|end| starts.iter().find_map(|&start| Some((end, start, self.told(text.get(start..dot + end)?, None)?))))?;
            Some((before_player(clock, start)..dot + end, told))
        };
        text.match_indices('·').find_map(|(dot, mark)| around(dot, mark))
    }

    /// The day that a headline says it is of: a day of the week with the full date that is one.
    pub(crate) fn in_title(&self, title: &str) -> Option<Date> {
        let words = Words::of(title);
        let is_weekday =
            |i: usize| self.words.at(title, &words, i).first().is_some_and(|h| h.values.iter().any(|w| matches!(w, DateWord::Weekday(_))));
        let ends = |i: usize| (i + 1..words.len().min(i + LONGEST)).rev().map(move |last| (i, last));
        let told = (0..words.len()).filter(|&i| is_weekday(i)).flat_map(ends);
        let mut told = told.filter_map(|(first, last)| self.told(words.span(first, last).of(title), None));
        told.find(|t| t.weekday.is_some()).map(|t| t.date)
    }

    fn told(&self, line: &str, order: Option<Order>) -> Option<Told> {
        let words = Words::of(line);
        if words.len() > 2 * LONGEST {
            return None;
        }
        let (mut figures, mut of, mut weekday) = (Figures::default(), DateOf::Unsaid, None);
        let mut clock: Option<Clock> = None;
        let mut i = 0;
        while i < words.len() {
            match words[i].kind {
                WordKind::Mark => i += 1,
                WordKind::Number => {
                    if let Some((found, next)) = Clock::at(&words, i) {
                        clock = clock.or(Some(found));
                        i = next;
                    } else {
                        figures.number(&words, i)?;
                        i += 1;
                    }
                }
                _ => {
                    let hit = self.words.at(line, &words, i).into_iter().next()?;
                    for word in hit.values {
                        match word {
                            DateWord::Month(month) => figures.month(*month),
                            DateWord::OtherMonth => figures.other_month(),
                            DateWord::Of(what) => of = *what,
                            DateWord::Weekday(day) => weekday = Some(*day),
                            DateWord::Afternoon(it_is) => clock = clock.map(|c| c.in_half(i, *it_is)),
                            DateWord::Utc => clock = clock.map(Clock::in_utc),
                            DateWord::Filler => {}
                        }
                    }
                    i = hit.last + 1;
                }
            }
        }
        let (date, order) = figures.date(weekday, order)?;
        Some(Told { date, time: clock.and_then(Clock::told), of, weekday, order })
    }
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_dates() {
        let lines = DateLines::load(&Files::embedded()).unwrap();
        for (line, expected) in [
            ("Monday, 3 March 2031", Some(("2031-03-03", DateOf::Unsaid))),
            ("Mar 3 2031", Some(("2031-03-03", DateOf::Unsaid))), // a month in five languages, and one
            ("Published: March 3rd, 2031 at 10:15 am", Some(("2031-03-03", DateOf::Publication))),
            ("Last updated 3 March 2031", Some(("2031-03-03", DateOf::Change))),
            ("2031-03-03 10:15", Some(("2031-03-03", DateOf::Unsaid))),
            ("23/03/2031", Some(("2031-03-23", DateOf::Unsaid))),
            ("03/04/2031", None),
            ("04/04/2031", Some(("2031-04-04", DateOf::Unsaid))),
            ("Thursday 03/04/2031", Some(("2031-04-03", DateOf::Unsaid))),
            ("Tuesday, 3 March 2031", None), // it was a Monday
            ("التاريخ:23/03/2031", Some(("2031-03-23", DateOf::Publication))),
            ("3 غشت 2031", Some(("2031-08-03", DateOf::Unsaid))),
            ("الاثنين 9 ربيع الأول 1453 هـ الموافق 3 آذار 2031 م", Some(("2031-03-03", DateOf::Unsaid))),
            ("09-03-1453 هـ | 03 مارس 2031", Some(("2031-03-03", DateOf::Unsaid))),
            ("9 ربيع الأول 1453 هـ", None),
            ("منذ 3 ساعات", None),
            ("الاثنين 3 آذار/مارس 2031", Some(("2031-03-03", DateOf::Unsaid))),
            ("نشر في ٣ تشرين الثاني ٢٠٣١", Some(("2031-11-03", DateOf::Publication))),
            ("The school opened on 3 March 2031", None),
            ("3 March", None),
            ("March 2031", None),
            ("31 February 2031", None),
            ("", None),
        ] {
            assert_eq!(lines.read(line).map(|t| (t.date.to_string(), t.of)), expected.map(|(d, of)| (d.to_owned(), of)), "{line}");
        }
    }

    #[test]
    fn times_of_day() {
        let lines = DateLines::load(&Files::embedded()).unwrap();
        for (line, expected) in [
            ("3 آذار 2031 10:15 م", Some("22:15")),
            ("٣ آذار ٢٠٣١ - ٩:١٥ ص", Some("09:15")),
            ("3 March 2031, 12:05 am", Some("00:05")),
            ("3 March 2031, 10:15:40 GMT", Some("10:15+00:00")),
            ("3 آذار 2031م", None),
            ("3 آذار 2031م 18:40", Some("18:40")),
            ("3 March 2031 9:15", None), // of which half of the day is not said
            ("3 March 2031", None),
        ] {
            assert_eq!(lines.read(line).and_then(|t| t.time).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn figures_are_read_in_the_order_of_the_language_or_not_at_all() {
        let lines = DateLines::load(&Files::embedded()).unwrap();
        for (line, language, expected) in [
            ("02/03/2031", "ar", Some("2031-03-02")),
            ("2/3/2031", "ar", None), // programs of other countries write so
            ("02/03/2031", "en", None),
            ("02-03-2031 - 18:22", "ar", Some("2031-03-02")),
            ("2031/03/02", "en", Some("2031-03-02")),
        ] {
            let read = lines.read_in(line, lines.order_of(language));
            assert_eq!(read.map(|t| t.date.to_string()).as_deref(), expected, "{line} {language}");
        }
    }

    #[test]
    fn dates_over_posts() {
        let lines = DateLines::load(&Files::embedded()).unwrap();
        for (line, expected) in [
            ("Hill PostMarch 3, 2031 · Shared with Public", Some("2031-03-03")),
            ("بريد التلةMarch 3, 2031 · Shared with Publicوصلت القافلة", Some("2031-03-03")),
            ("Hill Post Shared with Public", None),
            ("The letter of March 3, 2031 was long and much of it was Shared with Public", None),
        ] {
            assert_eq!(lines.over_post(line).map(|t| t.date.to_string()).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn times_under_posts() {
        let lines = DateLines::load(&Files::embedded()).unwrap();
        for (text, expected) in [
            ("The hill road is open2:12 PM · Mar 3, 2031203Views18", Some((21, "2031-03-03", Some("14:12")))),
            ("فتحت طريق التل2:12 م · 3 مارس 2031", Some((26, "2031-03-03", Some("14:12")))),
            ("Snow on the hill road0:002:12 PM · Mar 3, 2031", Some((21, "2031-03-03", Some("14:12")))),
            ("Neige sur la route14:12 · 3 mars 2031203 vues", Some((18, "2031-03-03", Some("14:12")))),
            ("Schnee auf der Bergstraße2:12 nachm. · 3. März 2031", Some((26, "2031-03-03", Some("14:12")))),
            ("Open at 2:12 PM · see you", None),
            ("Snow · 3 March 2031", None),
        ] {
            let found = lines.under_post(text).map(|(at, t)| (at.start, t.date.to_string(), t.time));
            assert_eq!(
                found,
                expected.map(|(at, day, time): (_, _, Option<&str>)| (at, day.to_owned(), time.map(str::to_owned))),
                "{text}"
            );
        }
    }

    #[test]
    fn days_that_headlines_say_they_are_of() {
        let lines = DateLines::load(&Files::embedded()).unwrap();
        for (title, expected) in [
            ("What the valley saw on Monday, 3 March 2031: a harvest", Some("2031-03-03")),
            ("حصاد الوادي ليوم الاثنين 3 / آذار / 2031", Some("2031-03-03")),
            ("What the valley saw on Tuesday, 3 March 2031", None),
            ("Ten years after 3 March 2031", None),
            ("The market opens on Monday", None),
            ("", None),
        ] {
            assert_eq!(lines.in_title(title).map(|d| d.to_string()).as_deref(), expected, "{title}");
        }
    }

    #[test]
    fn every_word_of_other_languages_stands_in_a_line_that_is_a_date() {
        let (files, lines) = (Files::embedded(), DateLines::load(&Files::embedded()).unwrap());
        for row in Table::read(OTHERS, files.get(OTHERS), &[]).unwrap().rows() {
            let example = row.get("example");
            let told = lines.read(example);
            let month: Option<i8> = row.get("value").parse().ok().filter(|_| row.get("kind") == "month");
            assert!(told.is_some_and(|t| month.is_none_or(|m| t.date.month() == m)), "{OTHERS}:{}", row.line());
            assert!(example.to_lowercase().contains(&row.get("form").to_lowercase()), "{OTHERS}:{}", row.line());
        }
    }

    #[test]
    fn every_cue_stands_in_a_line_that_is_a_date() {
        let (files, lines) = (Files::embedded(), DateLines::load(&Files::embedded()).unwrap());
        for path in ["ar/reading.tsv", "en/reading.tsv"] {
            for row in Table::read(path, files.get(path), &[]).unwrap().rows() {
                let of = match row.get("kind") {
                    "published_line" => Some(DateOf::Publication),
                    "updated_line" => Some(DateOf::Change),
                    "date_filler" | "am" | "pm" | "utc" => None,
                    "date_order" => {
                        let order = Order::read(row.get("form"));
                        assert!(lines.read(row.get("example")).is_none() && lines.read_in(row.get("example"), order).is_some());
                        continue;
                    }
                    _ => continue,
                };
                let read = lines.read(row.get("example"));
                assert!(read.is_some() && of.is_none_or(|of| read.as_ref().map(|r| r.of) == Some(of)), "{path}:{}: {read:?}", row.line());
            }
        }
    }
}
