//! Words of time and number: the lexicon that patterns and the number reader look things up in.

use crate::calendar::Calendar;
use crate::pattern::Names;
use crate::value::{Value, parse};
use marsad_table::{Row as TableRow, Table, TableError};
use marsad_text::{Clitics, Lexicon, WordKind, Words, fold};
use rustc_hash::{FxHashMap, FxHashSet};

/// What a phrase is, by class.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) class: u16,
    pub(crate) value: Value,
    /// It counts only with the article: «اليوم» is today, «يوم» a day.
    article: bool,
    /// A time only beside other words of time.
    pub(crate) weak: bool,
    /// Another word as well: in a text with capitals, never the time without one.
    pub(crate) twofold: bool,
    /// Letters of a conjunction that is spelled into the phrase, because it is too short for clitics to be taken off.
    pub(crate) joined: u8,
}

/// How a word takes part in a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NumberKind {
    Cardinal,
    Ordinal,
    /// Multiplies what is before it: hundred, thousand.
    Scale,
    /// The plural of a scale, which only multiplies: «آلاف» alone states no number.
    Scales,
    /// Counts as one before a scale, and is no number alone: "a" hundred.
    One,
    /// Many, nobody says how many: dozens.
    Vague,
    /// A part of one, only after a number or "a": quarter, fifths.
    Fraction,
    /// A part of one that stands for itself: half.
    Share,
    /// Before the decimals: point.
    Point,
    /// Turns the number after it: minus.
    Negative,
    /// Between the terms of a ratio: over.
    Ratio,
    /// Letters after digits: 4th, 1990s, 9pm.
    Suffix,
}

/// A row of a table and its example, which is a test.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) place: String,
    pub(crate) value: Value,
    pub(crate) example: String,
}

/// A word of number. Its value is negative where a conjunction is spelled into the form.
#[derive(Debug, Clone, Copy)]
struct NumberEntry {
    kind: NumberKind,
    value: f64,
    /// The form begins with the letters of the article, so it counts only where they stand: «ألفان» is not «فإن».
    article: bool,
}

/// The words of a language's expressions.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    lexicon: Lexicon<Entry>,
    numbers: Lexicon<NumberEntry>,
    pub(crate) suffixes: FxHashMap<String, u16>,
    pub(crate) ordinal_suffixes: FxHashSet<String>,
    pub(crate) scale_suffixes: FxHashMap<String, f64>,
    marks: FxHashMap<String, Vec<u16>>,
    classes: FxHashMap<String, u16>,
    names: Vec<String>,
    /// Last letters of all words: what ends otherwise is in no entry, and is not looked up.
    ends: FxHashSet<Box<str>>,
    number_ends: FxHashSet<Box<str>>,
    /// Letters that are a conjunction when written before a word.
    conjunctions: Vec<char>,
    pub(crate) rows: Vec<Row>,
}

/// Classes of digits and numbers that the reader makes; all others come from the files.
pub(crate) const INT: u16 = 0;
pub(crate) const NUMBER: u16 = 1;
pub(crate) const ORDINAL: u16 = 2;
pub(crate) const DECIMAL: u16 = 3;
pub(crate) const DOTTED: u16 = 4;
/// Any word in letters: for what must not stand beside a match.
pub(crate) const WORD: u16 = 5;
/// Anything at all.
pub(crate) const ANY: u16 = 6;
/// What a possessive is folded to, which stands behind a word only.
const POSSESSIVE: &str = "'s";
const BUILT_IN: [&str; 7] = ["int", "number", "ordinal", "decimal", "dotted", "word", "any"];

impl Vocabulary {
    pub(crate) fn new(clitics: Clitics) -> Self {
        // What is a conjunction is read off a word long enough for any clitic.
        let conjunctions = ('\u{0621}'..='\u{064A}').filter(|&c| is_conjunction(&clitics, c)).collect();
        let mut vocabulary = Self {
            lexicon: Lexicon::new(clitics.clone()),
            numbers: Lexicon::new(clitics),
            suffixes: FxHashMap::default(),
            ordinal_suffixes: FxHashSet::default(),
            scale_suffixes: FxHashMap::default(),
            marks: FxHashMap::default(),
            classes: FxHashMap::default(),
            names: Vec::new(),
            ends: FxHashSet::default(),
            number_ends: FxHashSet::default(),
            conjunctions,
            rows: Vec::new(),
        };
        for name in BUILT_IN {
            vocabulary.declare(name);
        }
        vocabulary
    }

    pub(crate) fn clitics(&self) -> &Clitics {
        self.lexicon.clitics()
    }

    pub(crate) fn declare(&mut self, name: &str) -> u16 {
        if let Some(&id) = self.classes.get(name) {
            return id;
        }
        let id = self.names.len() as u16;
        self.classes.insert(name.to_owned(), id);
        self.names.push(name.to_owned());
        id
    }

    pub(crate) fn class_count(&self) -> usize {
        self.names.len()
    }

    /// Does a form begin with an article? «ألفين» begins with the article's letters and has none: its hamza says so, and the
    /// lexicon keeps it whole.
    fn has_article(&self, form: &str, first_folded: &str) -> bool {
        let written = form.trim_start().starts_with(first_folded.chars().next().unwrap_or(' '));
        written && self.clitics().without_article(first_folded).is_some()
    }

    /// Add a phrase (or a mark) to a class.
    pub(crate) fn add(&mut self, class: u16, form: &str, value: Value, weak: Standing) {
        let words = Words::of(form);
        let only = words.first().filter(|_| words.len() == 1);
        if only.is_some_and(|w| w.kind == WordKind::Mark) || form == POSSESSIVE {
            self.marks.entry(form.to_owned()).or_default().push(class);
            return;
        }
        let first = (0..words.len()).find(|&i| words[i].kind != WordKind::Mark).map_or("", |i| words.folded(i));
        let article = self.has_article(form, first);
        let entry = Entry { class, value, article, weak: weak != Standing::Alone, twofold: weak == Standing::Twofold, joined: 0 };
        for i in 0..words.len() {
            self.ends.insert(end(words.folded(i)).into());
        }
        if only.is_some() && first.chars().count() == 2 {
            for c in self.conjunctions.clone() {
                let joined = format!("{c}{first}");
                self.ends.insert(end(&joined).into());
                self.lexicon.insert(&joined, Entry { joined: 1, ..entry.clone() });
            }
        }
        self.lexicon.insert(form, entry);
    }

    /// `months.tsv`: form, value, calendar, weak.
    pub(crate) fn months(&mut self, text: &str) -> Result<(), TableError> {
        let class = self.declare("month");
        for row in Table::read("months.tsv", text, &["form", "value", "calendar", "weak", "basis", "example"])?.rows() {
            let month: u8 =
                row.parse("value")?.filter(|m| (1..=12).contains(m)).ok_or_else(|| row.error("`value` is no month from 1 to 12"))?;
            let calendar = match row.get("calendar") {
                "gregorian" | "levantine" | "maghrebi" => Calendar::Gregorian,
                "hijri" => Calendar::Hijri,
                other => return Err(row.error(format!("`calendar` is `{other}`; there are gregorian, levantine, maghrebi and hijri"))),
            };
            let class = if calendar == Calendar::Hijri { self.declare("hijri_month") } else { class };
            self.row("months.tsv", &row, class, Value::Month(month, calendar))?;
        }
        Ok(())
    }

    fn row(&mut self, file: &str, row: &TableRow<'_, '_>, class: u16, value: Value) -> Result<(), TableError> {
        let example = row.need("example")?.to_owned();
        self.rows.push(Row { place: format!("{file}:{}", row.line()), value: value.clone(), example });
        self.add(class, row.need("form")?, value, weak(row)?);
        Ok(())
    }

    /// `weekdays.tsv`: form, value, weak.
    pub(crate) fn weekdays(&mut self, text: &str) -> Result<(), TableError> {
        let class = self.declare("weekday");
        for row in Table::read("weekdays.tsv", text, &["form", "value", "weak", "basis", "example"])?.rows() {
            let weekday = parse(row.get("value")).ok_or_else(|| row.error("`value` is no weekday (monday, tuesday…)"))?;
            self.row("weekdays.tsv", &row, class, Value::Weekday(weekday))?;
        }
        Ok(())
    }

    /// `numbers.tsv`: form, value, kind.
    pub(crate) fn numbers(&mut self, text: &str) -> Result<(), TableError> {
        for row in Table::read("numbers.tsv", text, &["form", "value", "kind", "basis"])?.rows() {
            let kind: NumberKind = parse(row.get("kind")).ok_or_else(|| {
                row.error("`kind` is none of cardinal, ordinal, scale, scales, one, vague, fraction, share, point, negative, ratio, suffix")
            })?;
            let form = row.need("form")?;
            if kind == NumberKind::Suffix {
                self.suffix(&fold(form), row.need("value")?);
                continue;
            }
            let value = part(row.need("value")?).ok_or_else(|| row.error("`value` is no number"))?;
            let words = Words::of(form);
            for i in 0..words.len() {
                self.number_ends.insert(end(words.folded(i)).into());
            }
            let article = self.has_article(form, words.folded(0));
            self.numbers.insert(form, NumberEntry { kind, value, article });
            if words.len() == 1 && words.folded(0).chars().count() == 2 {
                for c in self.conjunctions.clone() {
                    let joined = format!("{c}{}", words.folded(0));
                    self.number_ends.insert(end(&joined).into());
                    self.numbers.insert(&joined, NumberEntry { kind, value: -value, article });
                }
            }
        }
        Ok(())
    }

    fn suffix(&mut self, form: &str, value: &str) {
        if value == "ordinal" {
            self.ordinal_suffixes.insert(form.to_owned());
        } else if let Ok(scale) = value.parse() {
            self.scale_suffixes.insert(form.to_owned(), scale);
        } else {
            let class = self.declare(&format!("int.{value}"));
            self.suffixes.insert(form.to_owned(), class);
        }
    }

    /// The entries that begin at the i-th word: end (excluded), bytes of clitics before, start of the span, entry.
    pub(crate) fn at(&self, text: &str, words: &Words, i: usize, mut found: impl FnMut(usize, u8, u32, &Entry)) {
        let folded = words.folded(i);
        if matches!(words[i].kind, WordKind::Mark | WordKind::Possessive) {
            for &class in self.marks.get(folded).into_iter().flatten() {
                let entry = Entry { class, value: Value::Number(0.0), article: false, weak: false, twofold: false, joined: 0 };
                found(i + 1, 0, words[i].span.start, &entry);
            }
            return;
        }
        if words[i].kind == WordKind::Number || !self.ends.contains(end(folded)) {
            return;
        }
        for hit in self.lexicon.at(text, words, i) {
            if hit.form.after > 0 {
                continue;
            }
            for entry in hit.values {
                if entry.article && !hit.form.article {
                    continue;
                }
                let letters = usize::from(hit.form.before) + usize::from(entry.joined);
                let prefix = bytes(folded, letters) as u8;
                let start = if entry.joined > 0 {
                    hit.span
                        .of(text)
                        .char_indices()
                        .nth(usize::from(entry.joined))
                        .map_or(hit.span.start, |(b, _)| hit.span.start + b as u32)
                } else {
                    hit.span.start
                };
                found(hit.last + 1, prefix, start, entry);
            }
        }
    }

    /// The number words that begin at the i-th word: end (excluded), bytes of clitics before, start of the span, kind, value.
    pub(crate) fn number_at(&self, text: &str, words: &Words, i: usize) -> Vec<NumberWord> {
        let folded = words.folded(i);
        if words.get(i).is_none_or(|w| w.kind != WordKind::Letters) || !self.number_ends.contains(end(folded)) {
            return Vec::new();
        }
        let mut out = Vec::new();
        for hit in self.numbers.at(text, words, i) {
            if hit.form.after > 0 {
                continue;
            }
            for &NumberEntry { kind, value, article } in hit.values {
                if article && !hit.form.article {
                    continue;
                }
                let joined = usize::from(value < 0.0);
                let prefix = bytes(folded, usize::from(hit.form.before) + joined) as u8;
                let written = hit.span.of(text);
                let shift = written.char_indices().nth(joined).map_or(0, |(b, _)| b as u32);
                out.push(NumberWord { end: hit.last + 1, prefix, start: hit.span.start + shift, kind, value: value.abs() });
            }
        }
        out
    }
}

/// A word of a number in a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NumberWord {
    pub(crate) end: usize,
    pub(crate) prefix: u8,
    pub(crate) start: u32,
    pub(crate) kind: NumberKind,
    pub(crate) value: f64,
}

impl Names for Vocabulary {
    fn class(&mut self, name: &str) -> Option<u16> {
        self.classes.get(name).copied()
    }

    fn word(&mut self, word: &str) -> u16 {
        let name = format!("={}", fold(word));
        if let Some(&id) = self.classes.get(&name) {
            return id;
        }
        let class = self.declare(&name);
        self.add(class, word, Value::Number(0.0), Standing::Alone);
        class
    }
}

/// A number, or one over another: `2/3`.
fn part(cell: &str) -> Option<f64> {
    match cell.split_once('/') {
        Some((above, below)) => Some(above.parse::<f64>().ok()? / below.parse::<f64>().ok()?),
        None => cell.parse().ok(),
    }
}

fn is_conjunction(clitics: &Clitics, c: char) -> bool {
    const LONG: &str = "ضضضضضض";
    clitics.forms(&format!("{c}{LONG}")).iter().any(|f| f.conjunction && f.core == LONG)
}

/// How a form of a table can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Alone,
    /// Another word as well, so a time only beside others.
    Twofold,
    /// An abbreviation, so never alone.
    Short,
}

fn weak(row: &TableRow<'_, '_>) -> Result<Standing, TableError> {
    match row.get("weak") {
        "" => Ok(Standing::Alone),
        "weak" => Ok(Standing::Twofold),
        "short" => Ok(Standing::Short),
        other => Err(row.error(format!("`weak` is `{other}`, neither empty nor `weak` or `short`"))),
    }
}

/// Bytes of the first letters.
fn bytes(word: &str, letters: usize) -> usize {
    word.char_indices().nth(letters).map_or(word.len(), |(at, _)| at)
}

/// The last three letters, or fewer in a shorter word.
fn end(word: &str) -> &str {
    word.char_indices().rev().nth(2).and_then(|(at, _)| word.get(at..)).unwrap_or(word)
}
