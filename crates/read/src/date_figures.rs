//! The figures of a date as people write it: which is the day, which the month, and what time of day stands beside them.

use crate::date::clock_time;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::Offset;
use marsad_text::Words;

/// In which order day and month stand before the year, where nothing else tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) day_first: bool,
    /// How many digits day and month must be written with; nought: any.
    digits: usize,
}

impl Order {
    /// `dd/mm/yyyy`: day first, both with two digits; `m/d/yyyy`: month first, both with one.
    pub(crate) fn read(form: &str) -> Option<Self> {
        let parts: Vec<&str> = form.split('/').collect();
        let [first, second, "yyyy"] = parts.as_slice() else { return None };
        let letters = |part: &str| part.chars().all(|c| part.starts_with(c));
        let day_first = match (first.chars().next()?, second.chars().next()?) {
            ('d', 'm') => true,
            ('m', 'd') => false,
            _ => return None,
        };
        (letters(first) && letters(second) && first.len() == second.len()).then_some(Self { day_first, digits: first.len() })
    }

    /// That which other dates of the same page show.
    pub(crate) fn shown(day_first: bool) -> Self {
        Self { day_first, digits: 0 }
    }
}

#[derive(Debug, Clone, Copy)]
struct Figure {
    value: i16,
    digits: usize,
    /// Does only the mark of a date part it from the figure before?
    joined: bool,
}

/// The figures and months of a line, in their order.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    numbers: Vec<Figure>,
    months: Vec<i8>,
    /// How many figures stand before each month of another calendar.
    others: Vec<usize>,
}

impl Figures {
    /// Take in the i-th word: a number of at most four digits, perhaps with letters after it (3rd). None: it is no such one.
    pub(crate) fn number(&mut self, words: &Words, i: usize) -> Option<()> {
        let folded = words.folded(i);
        let digits: String = folded.chars().take_while(char::is_ascii_digit).collect();
        let value = (folded.len() - digits.len() <= 2 && digits.len() <= 4).then(|| digits.parse().ok()).flatten()?;
        let joined = i >= 2 && matches!(words.folded(i - 1), "/" | "-" | "." | "\\");
        self.numbers.push(Figure { value, digits: digits.len(), joined });
        Some(())
    }

    pub(crate) fn month(&mut self, month: i8) {
        self.months.push(month);
    }

    pub(crate) fn other_month(&mut self) {
        self.others.push(self.numbers.len());
    }

    /// The day that they come to, and the order of day and month where the figures show it. A day of the week that the day
    /// is not one of tells that something is wrong: then it is none.
    pub(crate) fn date(mut self, weekday: Option<Weekday>, order: Option<Order>) -> Option<(Date, Option<Order>)> {
        self.leave_others();
        self.months.dedup();
        let values: Vec<i16> = self.numbers.iter().map(|n| n.value).collect();
        let fits = |date: &Date| weekday.is_none_or(|day| date.weekday() == day);
        let certain = |date: Option<Date>| date.filter(fits).map(|date| (date, None));
        match (values.as_slice(), self.months.as_slice()) {
            ([day, year], [month]) if *day <= 31 => certain(day_of(*year, i16::from(*month), *day)),
            ([year, day], [month]) => certain(day_of(*year, i16::from(*month), *day)),
            ([year, month, day], []) if *year > 1000 => certain(day_of(*year, *month, *day)),
            ([first, second, year], []) => {
                let (by_day, by_month) = (day_of(*year, *second, *first), day_of(*year, *first, *second));
                let shown = (by_day.is_some() != by_month.is_some()).then(|| Order::shown(by_day.is_some()));
                let one = match (by_day.filter(fits), by_month.filter(fits)) {
                    (Some(by_day), Some(by_month)) if by_day != by_month => {
                        let order = order.filter(|o| o.digits == 0 || self.numbers.iter().take(2).all(|n| n.digits == o.digits))?;
                        Some(if order.day_first { by_day } else { by_month })
                    }
                    (by_day, by_month) => by_day.or(by_month),
                };
                one.map(|date| (date, shown))
            }
            _ => None,
        }
    }

    /// The day and year beside a month of another calendar, and dates in figures with a year of it, are none of ours.
    fn leave_others(&mut self) {
        let other_year = |n: &Figure| n.digits == 4 && (1300..1500).contains(&n.value);
        let mut left = vec![false; self.numbers.len()];
        for &at in &self.others {
            if let Some(day) = at.checked_sub(1).filter(|&day| self.numbers[day].value <= 30) {
                left[day] = true;
            }
            if self.numbers.get(at).is_some_and(other_year) {
                left[at] = true;
            }
        }
        for at in 2..self.numbers.len() {
            let three = &self.numbers[at - 2..=at];
            if three[1].joined && three[2].joined && (other_year(&three[0]) || other_year(&three[2])) {
                left[at - 2..=at].fill(true);
            }
        }
        let mut left = left.into_iter();
        self.numbers.retain(|_| !left.next().unwrap_or(false));
    }
}

fn day_of(year: i16, month: i16, day: i16) -> Option<Date> {
    let plausible = (1990..2100).contains(&year);
    plausible.then(|| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()).flatten()
}

/// A time of day in figures (10:15, 9:05:30), as far as it has been read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    hour: i8,
    minute: i8,
    /// Is it certain which half of the day it is of?
    certain: bool,
    utc: bool,
    /// The word after it.
    next: usize,
}

impl Clock {
    /// The time that begins at the i-th word, and the word after it.
    pub(crate) fn at(words: &Words, i: usize) -> Option<(Self, usize)> {
        let glued = |at: usize| words.get(at).is_some_and(|w| !w.space_before);
        let figure = |at: usize| Some(words.folded(at)).filter(|f| f.len() <= 2).and_then(|f| f.parse::<i8>().ok());
        let mut next = i + 1;
        while words.folded(next) == ":" && glued(next) && glued(next + 1) && figure(next + 1).is_some() {
            next += 2;
        }
        if next == i + 1 {
            return None;
        }
        let (hour, minute) = (figure(i)?, figure(i + 2)?);
        Some((Self { hour, minute, certain: words.folded(i).len() == 2 || hour > 12, utc: false, next }, next))
    }

    /// The same, if the word at `i`, which says in which half of the day it is, stands right after it.
    pub(crate) fn in_half(mut self, i: usize, afternoon: bool) -> Self {
        if i == self.next && self.hour <= 12 {
            self.hour = self.hour % 12 + if afternoon { 12 } else { 0 };
            self.certain = true;
        }
        self
    }

    pub(crate) fn in_utc(mut self) -> Self {
        self.utc = true;
        self
    }

    /// As the model writes it; none where it may be one of two.
    pub(crate) fn told(self) -> Option<String> {
        let time = Time::new(self.hour, self.minute, 0, 0).ok().filter(|_| self.certain)?;
        Some(clock_time(time, self.utc.then_some(Offset::UTC)))
    }
}

/// A clock under a post takes so many bytes at most.
const LONGEST_CLOCK: usize = 16;

/// Where the clock before a dot may begin, the longest first. Figures of a length of film that are glued to it are none of it:
/// they end two digits after their colon.
pub(crate) fn clock_starts(clock: &str) -> Vec<usize> {
    let from = clock.char_indices().rev().map(|(i, _)| i).take_while(|i| clock.len() - i <= LONGEST_CLOCK).last().unwrap_or(clock.len());
    let mut colons = clock.get(from..).unwrap_or("").rmatch_indices(':').map(|(i, _)| from + i);
    let Some(colon) = colons.next() else { return Vec::new() };
    let between = |before: &usize| clock.get(before + 1..colon).is_some_and(|t| t.len() > 2 && t.bytes().all(|b| b.is_ascii_digit()));
    let first = colons.next().filter(between).map_or(from, |before| before + 3);
    let digits = clock.get(..colon).unwrap_or("").char_indices().rev().take_while(|(i, c)| *i >= first && c.is_numeric());
    let mut starts: Vec<usize> = digits.map(|(i, _)| i).collect();
    starts.reverse();
    starts
}

/// Where the length of a film that is glued to the clock begins, else where the clock does.
pub(crate) fn before_player(clock: &str, start: usize) -> usize {
    let before = clock.get(..start).unwrap_or("");
    let figures = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == ':');
    if before.get(figures.len()..).is_some_and(|f| f.contains(':')) { figures.len() } else { start }
}
