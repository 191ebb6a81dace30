//! Lines that are a date and nothing else: what a page prints between its headline and its text. Also the date that a
//! network prints over a post, and the day that a headline says it is of.

use crate::cues::ARABIC;
use jiff::civil::{Date, Weekday};
use marsad_knowledge::{Files, clitics};
use marsad_table::{Table, TableError};
use marsad_text::{Lexicon, WordKind, Words};

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
    Weekday(Weekday),
    Of(DateOf),
    Filler,
}

/// The words that lines of dates are made of, in all languages.
#[derive(Debug)]
pub(crate) struct DateLines {
    words: Lexicon<DateWord>,
    /// What a network prints after a post's date: who may read it.
    audiences: Vec<String>,
}

/// What a line of date words comes to.
struct Told {
    date: Date,
    of: DateOf,
    weekday: Option<Weekday>,
}

/// Lines of dates are short.
const LONGEST: usize = 16;
/// A date over a post stands within so many bytes before the audience, the author's name perhaps glued to it.
const OVER_POST: usize = 60;

impl DateLines {
    pub(crate) fn load(files: &Files) -> Result<Self, TableError> {
        let (mut words, mut audiences) = (Lexicon::new(clitics(files, ARABIC)?), Vec::new());
        for language in ["ar", "en"] {
            let path = format!("{language}/reading.tsv");
            for row in Table::read(&path, files.get(&path), &["form", "kind"])?.rows() {
                let word = match row.need("kind")? {
                    "published_line" => DateWord::Of(DateOf::Publication),
                    "updated_line" => DateWord::Of(DateOf::Change),
                    "date_filler" => DateWord::Filler,
                    "audience" => {
                        audiences.push(row.need("form")?.to_owned());
                        continue;
                    }
                    _ => continue,
                };
                words.insert(row.need("form")?, word);
            }
            let path = format!("{language}/months.tsv");
            for row in Table::read(&path, files.get(&path), &["form", "value", "calendar"])?.rows() {
                // A Hijri date depends on who saw the moon; it is no certain day.
                if matches!(row.get("calendar"), "gregorian" | "levantine" | "maghrebi")
                    && let Some(month) = row.parse::<i8>("value")?
                {
                    words.insert(row.need("form")?, DateWord::Month(month));
                }
            }
            let path = format!("{language}/weekdays.tsv");
            for row in Table::read(&path, files.get(&path), &["form", "value"])?.rows() {
                let value = row.need("value")?;
                let day = weekday(value).ok_or_else(|| row.error(format!("`{value}` is no day of the week")))?;
                words.insert(row.need("form")?, DateWord::Weekday(day));
            }
        }
        Ok(Self { words, audiences })
    }

    /// The date that a line is, and what it is the date of.
    pub(crate) fn read(&self, line: &str) -> Option<(Date, DateOf)> {
        self.told(line).map(|told| (told.date, told.of))
    }

    /// The date that a network prints over a post, right before who may read it.
    pub(crate) fn over_post(&self, line: &str) -> Option<Date> {
        let at = self.audiences.iter().filter_map(|a| line.find(a.as_str())).min()?;
        let before = line.get(..at)?;
        // A name may be glued to the date, so it may begin anywhere; the longest stretch that is one holds it whole.
        let starts = before.char_indices().rev().map(|(i, _)| i).take_while(|i| at - i <= OVER_POST);
        starts.filter_map(|i| self.told(before.get(i..)?)).last().map(|told| told.date)
    }

    /// The day that a headline says it is of: a day of the week with the full date that is one.
    pub(crate) fn in_title(&self, title: &str) -> Option<Date> {
        let words = Words::of(title);
        let is_weekday =
            |i: usize| self.words.at(title, &words, i).first().is_some_and(|h| h.values.iter().any(|w| matches!(w, DateWord::Weekday(_))));
        let ends = |i: usize| (i + 1..words.len().min(i + LONGEST)).rev().map(move |last| (i, last));
        let told = (0..words.len()).filter(|&i| is_weekday(i)).flat_map(ends);
        let mut told = told.filter_map(|(first, last)| self.told(words.span(first, last).of(title)));
        told.find(|t| t.weekday == Some(t.date.weekday())).map(|t| t.date)
    }

    fn told(&self, line: &str) -> Option<Told> {
        let words = Words::of(line);
        if words.len() > 2 * LONGEST {
            return None;
        }
        let (mut numbers, mut months, mut of, mut weekday) = (Vec::new(), Vec::new(), DateOf::Unsaid, None);
        let mut i = 0;
        while i < words.len() {
            match words[i].kind {
                WordKind::Mark => i += 1,
                WordKind::Number => {
                    // 10:15 is a time of day.
                    let colon = |mark: usize| words.get(mark + 1).is_some_and(|w| !w.space_before) && words.folded(mark) == ":";
                    if !colon(i + 1) && !i.checked_sub(1).is_some_and(colon) {
                        numbers.push(number(words.folded(i))?);
                    }
                    i += 1;
                }
                _ => {
                    let hit = self.words.at(line, &words, i).into_iter().next()?;
                    for word in hit.values {
                        match word {
                            DateWord::Month(month) => months.push(*month),
                            DateWord::Of(what) => of = *what,
                            DateWord::Weekday(day) => weekday = Some(*day),
                            DateWord::Filler => {}
                        }
                    }
                    i = hit.last + 1;
                }
            }
        }
        months.dedup();
        Some(Told { date: date_of(&numbers, &months)?, of, weekday })
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

/// A number of at most four digits, perhaps with letters after it (3rd).
fn number(folded: &str) -> Option<i16> {
    let digits: String = folded.chars().take_while(char::is_ascii_digit).collect();
    (folded.len() - digits.len() <= 2 && digits.len() <= 4).then(|| digits.parse().ok()).flatten()
}

fn date_of(numbers: &[i16], months: &[i8]) -> Option<Date> {
    let (year, month, day) = match (numbers, months) {
        ([day, year], [month]) if *day <= 31 => (*year, *month, *day),
        ([year, day], [month]) => (*year, *month, *day),
        ([year, month, day], []) if *year > 1000 => (*year, i8::try_from(*month).ok()?, *day),
        // Day first and month first are told apart only after the twelfth.
        ([day, month, year], []) if *day > 12 => (*year, i8::try_from(*month).ok()?, *day),
        ([month, day, year], []) if *day > 12 => (*year, i8::try_from(*month).ok()?, *day),
        _ => return None,
    };
    let plausible = (1990..2100).contains(&year);
    plausible.then(|| Date::new(year, month, i8::try_from(day).ok()?).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_dates() {
        let lines = DateLines::load(&Files::embedded()).unwrap();
        for (line, expected) in [
            ("Monday, 3 March 2031", Some(("2031-03-03", DateOf::Unsaid))),
            ("Published: March 3rd, 2031 at 10:15 am", Some(("2031-03-03", DateOf::Publication))),
            ("Last updated 3 March 2031", Some(("2031-03-03", DateOf::Change))),
            ("2031-03-03 10:15", Some(("2031-03-03", DateOf::Unsaid))),
            ("23/03/2031", Some(("2031-03-23", DateOf::Unsaid))),
            ("03/04/2031", None),
            ("الاثنين 3 آذار/مارس 2031", Some(("2031-03-03", DateOf::Unsaid))),
            ("نشر في ٣ تشرين الثاني ٢٠٣١", Some(("2031-11-03", DateOf::Publication))),
            ("The school opened on 3 March 2031", None),
            ("3 March", None),
            ("March 2031", None),
            ("31 February 2031", None),
            ("", None),
        ] {
            assert_eq!(lines.read(line).map(|(d, of)| (d.to_string(), of)), expected.map(|(d, of)| (d.to_owned(), of)), "{line}");
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
            assert_eq!(lines.over_post(line).map(|d| d.to_string()).as_deref(), expected, "{line}");
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
    fn every_cue_stands_in_a_line_that_is_a_date() {
        let (files, lines) = (Files::embedded(), DateLines::load(&Files::embedded()).unwrap());
        for path in ["ar/reading.tsv", "en/reading.tsv"] {
            for row in Table::read(path, files.get(path), &[]).unwrap().rows() {
                let of = match row.get("kind") {
                    "published_line" => Some(DateOf::Publication),
                    "updated_line" => Some(DateOf::Change),
                    "date_filler" => None,
                    "audience" => {
                        assert!(lines.over_post(row.get("example")).is_some(), "{path}:{}", row.line());
                        continue;
                    }
                    _ => continue,
                };
                let read = lines.read(row.get("example"));
                assert!(read.is_some() && of.is_none_or(|of| read.map(|r| r.1) == Some(of)), "{path}:{}: {read:?}", row.line());
            }
        }
    }
}
