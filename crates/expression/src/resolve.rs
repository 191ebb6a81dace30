//! Meanings become days, once the day of telling is known, and TIMEX3 values in any case.

use crate::calendar::{Days, days_between};
use crate::derived::{offset, slice, unit_of};
use crate::meaning::{Lean, Month, Parts, Recurring, Reference, Slice, Story, TimeMeaning, Unit, What, Year};
use crate::shift::{precision_of, shift, weekday_bounds, window, written};
use crate::{Resolved, TimeKind};
use jiff::civil::Date;
use marsad_model::{PartOfDay, Relative, TimeBasis, TimePrecision};

/// A value and the days it covers.
#[derive(Debug, Clone)]
pub(crate) struct Bounds {
    pub(crate) value: String,
    pub(crate) days: Option<Days>,
    pub(crate) precision: TimePrecision,
}

impl Bounds {
    pub(crate) fn open(value: impl Into<String>, precision: TimePrecision) -> Self {
        Self { value: value.into(), days: None, precision }
    }

    pub(crate) fn day(date: Date) -> Self {
        Self { value: day_value(date), days: Some((date, date)), precision: TimePrecision::Day }
    }

    pub(crate) fn days(days: Days, precision: TimePrecision) -> Self {
        Self { value: format!("{}/{}", day_value(days.0), day_value(days.1)), days: Some(days), precision }
    }
}

/// From when an expression is counted.
#[derive(Clone, Copy)]
pub(crate) struct Now {
    pub(crate) anchor: Option<Date>,
    pub(crate) story: Option<Story>,
}

impl Now {
    /// The day from which a date without a year is counted: in a history, the date told before.
    pub(crate) fn base(self) -> Option<Date> {
        self.tale().or(self.anchor)
    }

    pub(crate) fn tale(self) -> Option<Date> {
        self.story.filter(|s| s.history).map(|s| s.date)
    }
}

impl TimeMeaning {
    pub(crate) fn resolve(&self, anchor: Option<Date>) -> Resolved {
        let now = Now { anchor, story: self.story };
        let bounds = self.bounds(now);
        let (start_clock, end_clock) = self.clocks();
        let precision = match (start_clock.is_some(), self.part_told()) {
            (true, _) => TimePrecision::Hour,
            (_, Some(_)) => TimePrecision::PartOfDay,
            _ => bounds.precision,
        };
        let open_end = matches!(self.what, What::Since(_));
        Resolved {
            value: bounds.value,
            start: bounds.days.map(|d| d.0),
            end: bounds.days.map(|d| d.1).filter(|_| !open_end),
            start_time: start_clock,
            end_time: end_clock.filter(|_| !open_end),
            precision,
            basis: self.basis(),
            relative: self.relative(),
            kind: self.kind(),
        }
    }

    pub(crate) fn bounds(&self, now: Now) -> Bounds {
        let mut bounds = match &self.what {
            What::SomeDay => {
                // In a tale an hour belongs to the day told before; "by night" to none.
                let day = if now.tale().is_some() { now.tale().filter(|_| self.clock.is_some()) } else { now.anchor };
                day.map_or_else(|| Bounds::open("XXXX-XX-XX", TimePrecision::Day), Bounds::day)
            }
            What::Calendar(parts) => parts.bounds(self.weekday, now).unwrap_or_else(|| Bounds::open("", TimePrecision::Year)),
            What::Weekday { weekday, lean } => weekday_bounds(*weekday, *lean, now),
            What::Shift { unit, by, from_story } => shift(*unit, *by, *from_story, now),
            What::Window { unit, n, ahead } => window(*unit, *n, *ahead, now),
            What::Range(from, to) => range(from, to, now),
            What::Since(of) => of.bounds(now),
            What::Duration(length) | What::Set(Recurring::Every(length)) => {
                let unit = length.0.first().map_or(Unit::Day, |(unit, _)| *unit);
                Bounds::open(written(length), precision_of(unit))
            }
            What::Offset { base, length, back } => offset(base, length, *back, now),
            What::UnitOf { unit, by, of } => unit_of(*unit, *by, of, now),
            What::Slice(part) => slice(part, now),
            What::Set(Recurring::On(of)) => Bounds { days: None, ..of.bounds(Now { anchor: None, story: None }) },
            What::Vague(reference) => {
                let value = match reference {
                    Reference::Past => "PAST_REF",
                    Reference::Present => "PRESENT_REF",
                    Reference::Future => "FUTURE_REF",
                };
                let today = now.anchor.filter(|_| *reference == Reference::Present).map(|a| (a, a));
                Bounds { value: value.to_owned(), days: today, precision: TimePrecision::Day }
            }
        };
        // Hours belong to days only: "the nights of last week" are no one night.
        if bounds.precision == TimePrecision::Day
            && !matches!(self.what, What::Range(..) | What::Window { .. } | What::Since(_) | What::Vague(_) | What::Duration(_))
        {
            if let Some(clock) = self.clock.filter(|c| c.sure) {
                bounds.value = format!("{}T{:02}:{:02}", bounds.value, clock.hour % 24, clock.minute.unwrap_or(0));
            } else if let Some(part) = self.part {
                bounds.value.push_str(part_code(part));
            }
        }
        bounds
    }

    /// First and last hour.
    fn clocks(&self) -> (Option<String>, Option<String>) {
        match &self.what {
            What::Range(from, to) => (from.clocks().0, to.clocks().1),
            What::Since(of) => of.clocks(),
            _ => {
                let time = self.clock.filter(|c| c.sure).map(|c| format!("{:02}:{:02}", c.hour % 24, c.minute.unwrap_or(0)));
                (time.clone(), time)
            }
        }
    }

    fn part_told(&self) -> Option<PartOfDay> {
        match &self.what {
            What::Since(of) => of.part_told(),
            _ => self.part,
        }
    }

    fn basis(&self) -> TimeBasis {
        match &self.what {
            What::Calendar(Parts { year, month, lean: Lean::Unsaid, .. })
                if !matches!(year, Year::Shift(_)) && !matches!(month, Month::Shift(_)) =>
            {
                TimeBasis::Explicit
            }
            What::Range(from, to) => from.basis().max(to.basis()),
            What::Since(of) | What::UnitOf { of, .. } | What::Offset { base: of, .. } | What::Slice(Slice { of, .. }) => of.basis(),
            _ => TimeBasis::Relative,
        }
    }

    /// As told from the day of telling: only what is said, never what was reckoned.
    fn relative(&self) -> Option<Relative> {
        let told = Relative { days: None, weekday: self.weekday, part: self.part };
        match &self.what {
            What::Calendar(_)
            | What::Duration(_)
            | What::Offset { .. }
            | What::UnitOf { .. }
            | What::Slice(_)
            | What::Set(_)
            | What::Shift { from_story: true, .. } => None,
            What::Weekday { weekday, .. } => Some(Relative { weekday: Some(*weekday), ..told }),
            What::Shift { unit, by, .. } => {
                let days = match unit {
                    Unit::Day => Some(*by),
                    Unit::Week | Unit::Weekend => Some(by * 7),
                    Unit::Fortnight => Some(by * 14),
                    Unit::Hour => Some(by / 24),
                    Unit::Minute | Unit::Second => Some(0),
                    _ => None,
                };
                Some(Relative { days, ..told })
            }
            What::Window { unit: Unit::Hour | Unit::Minute | Unit::Second, .. } | What::Vague(Reference::Present) => {
                Some(Relative { days: Some(0), ..told })
            }
            What::SomeDay | What::Window { .. } | What::Vague(_) => Some(told),
            What::Since(of) => of.relative(),
            What::Range(_, to) => to.relative(),
        }
    }

    fn kind(&self) -> TimeKind {
        match &self.what {
            What::SomeDay | What::Calendar(_) | What::Weekday { .. } | What::Shift { .. } | What::Offset { .. } | What::UnitOf { .. } => {
                TimeKind::Point
            }
            What::Window { .. } | What::Range(..) | What::Slice(_) => TimeKind::Range,
            What::Since(_) => TimeKind::Since,
            What::Duration(_) => TimeKind::Duration,
            What::Set(_) => TimeKind::Set,
            What::Vague(_) => TimeKind::Vague,
        }
    }
}

pub(crate) fn year_value(year: i32, digits: usize) -> String {
    let sign = if year < 0 { "-" } else { "" };
    let text = format!("{:04}", year.abs());
    format!("{sign}{}", text.get(..digits).unwrap_or(&text))
}

fn day_value(date: Date) -> String {
    format!("{}-{:02}-{:02}", year_value(i32::from(date.year()), 4), date.month(), date.day())
}

pub(crate) fn week_value(date: Date) -> String {
    let week = date.iso_week_date();
    format!("{}-W{:02}", year_value(i32::from(week.year()), 4), week.week())
}

fn part_code(part: PartOfDay) -> &'static str {
    match part {
        PartOfDay::Dawn | PartOfDay::Morning => "TMO",
        PartOfDay::Noon => "TMI",
        PartOfDay::Afternoon => "TAF",
        PartOfDay::Evening => "TEV",
        PartOfDay::Night => "TNI",
    }
}

fn range(from: &TimeMeaning, to: &TimeMeaning, now: Now) -> Bounds {
    if let Some(ordered) = in_one_order(from, to, now) {
        return ordered;
    }
    let (mut first, mut last) = (from.clone(), to.clone());
    if let (What::Calendar(a), What::Calendar(b)) = (&mut first.what, &mut last.what) {
        lend(a, b);
    }
    // "Between now and 15 November", "from tomorrow until Friday": what begins on a day told from today ends after it.
    if now.tale().is_none() && (floats(&first) || first.is_deictic()) && floats(&last) {
        return from_start(&first, &mut last, now);
    }
    let end = last.bounds(now);
    let counted = Now { anchor: end.days.map(|d| d.1).or(now.anchor), story: now.story };
    let lent = match (&mut first.what, &last.what) {
        (What::Calendar(a), What::Calendar(b)) if a.year == Year::Unsaid && a.lean.is_open() && matches!(b.year, Year::Number(_)) => {
            a.year = b.year;
            true
        }
        _ => false,
    };
    // A weekday or a date without a year is counted back from the end, so that a range never runs backwards.
    let relative_start = matches!(&first.what, What::Weekday { lean: Lean::Unsaid, .. })
        || matches!(&first.what, What::Calendar(a) if a.year == Year::Unsaid && !matches!(a.month, Month::Shift(_)) && now.tale().is_none() && a.lean == Lean::Unsaid);
    let mut start = first.bounds(if relative_start { counted } else { now });
    if let (true, Some(a), Some(b), What::Calendar(parts)) = (lent, start.days, end.days, &mut first.what)
        && a.0 > b.1
        && let Year::Number(y) = parts.year
    {
        parts.year = Year::Number(y - 1);
        start = first.bounds(now);
    }
    ends(&start, &end)
}

/// "From 5/1 to 5/7": both ends are written in one order, which is the one that makes the shorter range.
fn in_one_order(from: &TimeMeaning, to: &TimeMeaning, now: Now) -> Option<Bounds> {
    let orders = |time: &TimeMeaning| match time.what {
        What::Calendar(parts) if parts.either => {
            let with = |parts| TimeMeaning { what: What::Calendar(parts), ..time.clone() };
            let plain = Parts { either: false, ..parts };
            plain.swapped_numbers().map(|swapped| [with(plain), with(swapped)])
        }
        _ => None,
    };
    let ranges = match (orders(from), orders(to)) {
        (None, None) => return None,
        (Some([a, b]), Some([c, d])) => [range(&a, &c, now), range(&b, &d, now)],
        (Some([a, b]), None) => [range(&a, to, now), range(&b, to, now)],
        (None, Some([c, d])) => [range(from, &c, now), range(from, &d, now)],
    };
    let length = |bounds: &Bounds| bounds.days.map_or(i32::MAX, |(first, last)| days_between(first, last));
    ranges.into_iter().min_by_key(length)
}

/// "From 4 to 22 November 2018", "from 25 October to 3 November 2018": the later end lends what the first lacks.
fn lend(a: &mut Parts, b: &mut Parts) {
    if a.year != Year::Unsaid && b.year == Year::Unsaid {
        b.year = a.year;
    } else if a.day.is_some() && a.month == Month::Unsaid && b.month != Month::Unsaid {
        (a.month, a.year, a.calendar) = (b.month, b.year, b.calendar);
    }
    if let (Month::Number(month), Month::Unsaid, Some(day)) = (a.month, b.month, b.day) {
        // "From April 27 to the 3rd" ends in May.
        let on = u8::from(a.day.is_some_and(|d| d > day));
        (b.month, b.calendar) = (Month::Number((month - 1 + on) % 12 + 1), a.calendar);
    }
}

/// Is it a weekday or a date of which nothing tells the year or week?
fn floats(time: &TimeMeaning) -> bool {
    match &time.what {
        What::Weekday { lean, .. } => lean.is_open(),
        What::Calendar(a) => a.year == Year::Unsaid && matches!(a.month, Month::Number(_)) && a.lean.is_open() && a.feast.is_none(),
        _ => false,
    }
}

/// Both ends float: the range that began last, and its end after that, even where that is still to come.
fn from_start(first: &TimeMeaning, last: &mut TimeMeaning, now: Now) -> Bounds {
    let start = first.bounds(now);
    let later = Now { anchor: start.days.map(|d| d.0).or(now.anchor), story: now.story };
    if start.days.is_some() {
        match &mut last.what {
            What::Weekday { lean, .. } => *lean = Lean::Next,
            What::Calendar(parts) => parts.lean = Lean::Next,
            _ => {}
        }
    }
    ends(&start, &last.bounds(later))
}

fn ends(start: &Bounds, end: &Bounds) -> Bounds {
    let days = start.days.zip(end.days).map(|(a, b)| (a.0, b.1)).filter(|(a, b)| a <= b);
    Bounds { value: format!("{}/{}", start.value, end.value), days, precision: start.precision.max(end.precision) }
}
