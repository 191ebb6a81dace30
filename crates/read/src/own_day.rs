//! The day that a report's own sentences give it: the dateline that its first line opens with ("TRIPOLI, 3 March 2031 (Hill
//! Post) -", «الرقة 3 آذار 2031 -»), and what it calls today or yesterday ("today, Monday 3 March 2031").

use crate::date;
use crate::date_figures::Order;
use crate::date_line::DateLines;
use jiff::civil::Date;
use marsad_knowledge::Files;
use marsad_model::Published;
use marsad_table::{Table, TableError};
use marsad_text::{Case, Lexicon, WordKind, Words};
use std::ops::RangeInclusive;

/// A date in a sentence has so many words and marks at most.
const LONGEST: usize = 10;
/// A dateline's date begins within so many.
const HEAD: usize = 14;
/// A dateline has so many words that name where it is from; fewer where no capitals tell a name.
const PLACE_WORDS: usize = 6;
const PLACE_WORDS_UNCASED: usize = 4;
/// A dateline that stands alone over a report names a place in so many words; a longer one may be a headline of old things.
const TITLE_WORDS: usize = 3;
/// An agency's name in a dateline has so many words at most.
const AGENCY_WORDS: usize = 6;
/// Only the first lines open a report: what stands above them is a headline or says who wrote it.
const FIRST_LINES: usize = 3;

/// How a sentence counts its days from that of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    Today,
    Yesterday,
    /// A day of which was spoken before.
    Other,
}

/// Words that count days from the day of writing, in all languages.
#[derive(Debug)]
pub(crate) struct OwnDays {
    words: Lexicon<Counted>,
}

impl OwnDays {
    pub(crate) fn load(files: &Files) -> Result<Self, TableError> {
        let mut words = Lexicon::new(marsad_knowledge::clitics(files, crate::cues::ARABIC)?);
        for (_, path, text) in files.of_languages("reading.tsv") {
            for row in Table::read(path, text, &["form", "kind"])?.rows() {
                let counted = match row.need("kind")? {
                    "today" => Counted::Today,
                    "yesterday" => Counted::Yesterday,
                    "other_day" => Counted::Other,
                    _ => continue,
                };
                words.insert(row.need("form")?, counted);
            }
        }
        Ok(Self { words })
    }

    /// The day that the text gives itself. None where it gives several: then it is a chronicle, or quotes another day's text.
    pub(crate) fn of(&self, text: &str, dates: &DateLines, order: Option<Order>) -> Option<Published> {
        let lines = || text.lines().filter(|line| !line.trim().is_empty());
        let opening = |line: &&str| dateline(line, dates, order).is_some();
        let mut found: Vec<Date> = self.counted(text, dates, order);
        if lines().take(FIRST_LINES).any(|line| opening(&line)) {
            found.extend(lines().filter_map(|line| dateline(line, dates, order)));
        }
        let first = *found.first()?;
        found.iter().all(|day| *day == first).then(|| date::by_line(first, None))
    }

    /// The day of a line that holds nothing but where a report is from and when, and was taken for its title.
    pub(crate) fn over(title: &str, dates: &DateLines, order: Option<Order>) -> Option<Published> {
        let words = Words::of(title);
        let dated = |first: usize| date_at(title, &words, first, dates, order).filter(|(_, last)| last + 1 == words.len());
        let (first, day) = (1..words.len().min(HEAD)).find_map(|first| Some((first, dated(first)?.0)))?;
        let told = (0..first).any(|i| words.folded(i) == ":");
        let named = place_words(&words, 0..=first - 1).filter(|n| (1..=TITLE_WORDS).contains(n));
        named.filter(|_| !told).map(|_| date::by_line(day, None))
    }

    /// The days of writing that "today" and "yesterday" with their dates come to.
    fn counted(&self, text: &str, dates: &DateLines, order: Option<Order>) -> Vec<Date> {
        let (words, mut i, mut days) = (Words::of(text), 0, Vec::new());
        while i < words.len() {
            let Some(hit) = self.words.at(text, &words, i).into_iter().next() else {
                i += 1;
                continue;
            };
            i = hit.last + 1;
            let first = if words.get(i).is_some_and(|w| w.kind == WordKind::Mark) { i + 1 } else { i };
            let day = date_at(text, &words, first, dates, order).map(|(day, _)| day);
            days.extend(match hit.values.first() {
                Some(Counted::Today) => day,
                Some(Counted::Yesterday) => day.and_then(|d| d.tomorrow().ok()),
                _ => None,
            });
        }
        days
    }
}

/// The longest date that begins at a word, and its last word.
fn date_at(text: &str, words: &Words, first: usize, dates: &DateLines, order: Option<Order>) -> Option<(Date, usize)> {
    let is_mark = |i: usize| words[i].kind == WordKind::Mark;
    if first >= words.len() || is_mark(first) {
        return None;
    }
    // It ends with a figure, before any dash that stands by itself: what follows may be a word of dates in some language ("- A bridge").
    let dash = |i: usize| matches!(words.folded(i), "-" | "–" | "—") && stands_free(words, i);
    let end = (first..words.len().min(first + LONGEST)).find(|&i| dash(i)).unwrap_or(words.len().min(first + LONGEST));
    let ends = (first + 2..end).rev().filter(|&last| words[last].kind == WordKind::Number);
    ends.map(|last| (last, words.span(first, last).of(text))).find_map(|(last, told)| Some((dates.read_in(told, order)?.date, last)))
}

/// The day in the dateline that a line opens with: where the report is from, the day, perhaps an agency, and a dash, a colon or the
/// line's end; the day may come first.
fn dateline(line: &str, dates: &DateLines, order: Option<Order>) -> Option<Date> {
    let words = Words::of(line);
    for first in 0..words.len().min(HEAD) {
        if let Some((day, last)) = date_at(line, &words, first, dates, order) {
            let before = place_words(&words, 0..=first.saturating_sub(1));
            // "Homs, 3 March 2031. A bakery opened."
            let full_stop = ends_sentence(&words, last + 1);
            let parted = first > 0 && words[first - 1].kind == WordKind::Mark && words.len() > last + 2;
            let after = if full_stop && parted { 0 } else { ending(&words, last + 1)? };
            let is_place = if first == 0 { after > 0 } else { before.is_some_and(|n| n > 0) };
            return is_place.then_some(day);
        }
    }
    None
}

/// Does a full stop follow, perhaps behind an agency in brackets: "Homs, 3 March 2031 (Hill Post). A bakery opened."?
fn ends_sentence(words: &Words, from: usize) -> bool {
    let mark = |i: usize, m: &str| words.get(i).is_some_and(|w| w.kind == WordKind::Mark) && words.folded(i) == m;
    let close = (from + 1..words.len().min(from + 1 + AGENCY_WORDS)).find(|&i| mark(i, ")"));
    let after = if mark(from, "(") { close.map_or(from, |c| c + 1) } else { from };
    mark(after, ".")
}

/// How many words outside brackets name a place or an agency; None where some word or mark is no part of such names.
fn place_words(words: &Words, range: RangeInclusive<usize>) -> Option<usize> {
    let (mut named, mut inside, mut uncased) = (0, None, false);
    for i in range {
        match (words[i].kind, inside) {
            (WordKind::Mark, _) => match words.folded(i) {
                "(" | "[" => inside = Some(0),
                ")" | "]" => inside = None,
                "," | "،" | "-" | "–" | "—" | "/" | "|" | "." | ":" => {}
                _ => return None,
            },
            (WordKind::Letters | WordKind::Possessive, Some(n)) if n < AGENCY_WORDS => inside = Some(n + 1),
            (WordKind::Letters, None) if is_named(words, i) => {
                named += 1;
                uncased |= words[i].case == Case::None;
            }
            _ => return None,
        }
    }
    (named <= if uncased { PLACE_WORDS_UNCASED } else { PLACE_WORDS }).then_some(named)
}

/// Has the word a capital, or no case, or is it joined to one that has (al-Bab, Deir ez-Zor)?
fn is_named(words: &Words, i: usize) -> bool {
    let joined = |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|w| w.kind == WordKind::Mark && !w.space_before);
    words[i].case != Case::Lower || joined(Some(i + 1)) || joined(i.checked_sub(1))
}

/// How many names stand between the date and what ends the dateline; None where nothing ends it, or a full stop does: then it is
/// a sentence.
fn ending(words: &Words, from: usize) -> Option<usize> {
    let mut depth = 0;
    for i in from..=words.len() {
        let Some(word) = words.get(i) else { return place_words_before(words, from, i) };
        if word.kind == WordKind::Mark {
            match words.folded(i) {
                "(" | "[" => depth += 1,
                ")" | "]" => depth -= 1,
                "." if depth == 0 => return None,
                ":" if depth == 0 => return place_words_before(words, from, i),
                "-" | "–" | "—" if depth == 0 && stands_free(words, i) => return place_words_before(words, from, i),
                _ => {}
            }
        }
        if i > from + HEAD {
            return None;
        }
    }
    None
}

fn place_words_before(words: &Words, from: usize, end: usize) -> Option<usize> {
    if from >= end { Some(0) } else { place_words(words, from..=end - 1) }
}

/// Does a dash part what stands around it, instead of joining it?
fn stands_free(words: &Words, i: usize) -> bool {
    words[i].space_before || words.get(i + 1).is_none_or(|next| next.space_before || next.kind == WordKind::Mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, language: &str) -> Option<String> {
        let files = Files::embedded();
        let dates = DateLines::load(&files).unwrap();
        OwnDays::load(&files).unwrap().of(text, &dates, dates.order_of(language)).map(|p| p.start.to_string())
    }

    #[test]
    fn days_that_datelines_give() {
        for (text, expected) in [
            ("TRIPOLI, 3 March 2031 (Hill Post) - Two boats sank.", Some("2031-03-03")),
            ("Tripoli, March 3, 2031 (Hill Post) — Two boats sank.", Some("2031-03-03")),
            ("Sanaa, Feb. 3, 2031 - Two bridges fell.", Some("2031-02-03")),
            ("ERBIL, Iraq, Mar 3 2031 - A bridge fell.", Some("2031-03-03")),
            ("GAZA CITY, 3 March 2031: A bakery opened.", Some("2031-03-03")),
            ("Deir ez-Zor (Hill Post), 3 March 2031 -- A bakery opened.", Some("2031-03-03")),
            ("3 March 2031, Khartoum - A bakery opened.", Some("2031-03-03")),
            ("Beirut, 3 March 2031\n\nA bakery opened.", Some("2031-03-03")),
            ("El Fasher, 3 March 2031. A bakery opened.", Some("2031-03-03")),
            ("Hama, 3 March 2031 (Hill Post). A bakery opened.", Some("2031-03-03")),
            ("A bakery opens\nBy a correspondent\nHoms, 3 March 2031\nA bakery opened.", Some("2031-03-03")),
            ("By Lina Haddad\nBEIRUT, 3 March 2031 - A bakery opened.", Some("2031-03-03")),
            ("الخرطوم 3 آذار/مارس 2031 - فتح مخبز.", Some("2031-03-03")),
            ("بيروت، 3 آذار 2031 - فتح مخبز.", Some("2031-03-03")),
            ("كركوك (وكالة التل) 3 آذار 2031\nفتح مخبز.", Some("2031-03-03")),
            ("درعا - 3 شباط 2031\nفتح مخبز.", Some("2031-02-03")),
            // No dateline: a sentence, a chronicle's entries, a year that nobody says.
            ("The bakery opened on 3 March 2031 - a Monday.", None),
            ("A bakery opened in Beirut, 3 March 2031 - it was raining.", None),
            ("3 March 2031: A bakery opened.", None),
            ("Homs, 3 March 2031: a bakery opened.\nHama, 4 March 2031: a school opened.", None),
            ("TRIPOLI, March 3 (Hill Post) - Two boats sank.", None),
            ("A bakery opened.\nIt is small.\nIt is old.\nIdlib, 3 March 2031 - a photograph", None),
            ("", None),
        ] {
            assert_eq!(of(text, if text.is_ascii() { "en" } else { "ar" }).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn days_of_datelines_that_stand_as_titles() {
        let dates = DateLines::load(&Files::embedded()).unwrap();
        for (title, expected) in [
            ("Tripoli, 18 January 2031", Some("2031-01-18")),
            ("Deir ez-Zor (Hill Post), 3 March 2031", Some("2031-03-03")),
            ("الخرطوم - 3 آذار 2031", Some("2031-03-03")),
            ("Raid on Tripoli, 18 January 2031", None),
            ("Tripoli, 18 January 2031: how a bridge fell", None),
            ("In pictures: Tripoli, 18 January 2031", None),
            ("18 January 2031", None),
        ] {
            let order = dates.order_of(if title.is_ascii() { "en" } else { "ar" });
            assert_eq!(OwnDays::over(title, &dates, order).map(|p| p.start.to_string()).as_deref(), expected, "{title}");
        }
    }

    #[test]
    fn days_that_a_text_calls_today_or_yesterday() {
        for (text, expected) in [
            ("The bakery opened today, Monday 3 March 2031, in the old town.", Some("2031-03-03")),
            ("The bakery opened yesterday, 3 March 2031.", Some("2031-03-04")),
            ("فتح المخبز صباح اليوم الاثنين 3-3-2031 في الساحة.", Some("2031-03-03")),
            ("فتح المخبز أمس الاثنين 3 آذار 2031.", Some("2031-03-04")),
            ("فتح المخبز في ذلك اليوم، 3 آذار 2031.", None),
            ("The bakery opened today. The school opened on 3 March 2031.", None),
            ("He wrote “today, 3 March 2031” and then “today, 4 March 2031”.", None),
        ] {
            assert_eq!(of(text, if text.contains("The") || text.contains("He") { "en" } else { "ar" }).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn every_cue_gives_a_day_or_none() {
        let files = Files::embedded();
        for (language, path, text) in files.of_languages("reading.tsv") {
            for row in Table::read(path, text, &[]).unwrap().rows() {
                let (kind, example) = (row.get("kind"), row.get("example"));
                if matches!(kind, "today" | "yesterday" | "other_day") {
                    assert_eq!(of(example, language).is_some(), kind != "other_day", "{path}: {example}");
                }
            }
        }
    }
}
