//! Numbers in digits and in words, put together by arithmetic: 1.5 million, twenty-five, «خمسة وعشرون ألفا».

use crate::vocabulary::{DECIMAL, DOTTED, INT, NUMBER, NumberKind, NumberWord, ORDINAL, Vocabulary};
use marsad_text::{WordKind, Words};
use serde::Deserialize;

/// How a language joins the words of a number.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NumberGrammar {
    /// The word or clitic between parts: "and", «و».
    pub(crate) joiner: String,
    /// Only after a scale is something joined: "a hundred and five", but not "twenty and five".
    pub(crate) joins_after_scale_only: bool,
    /// Parts may stand side by side: "twenty five".
    pub(crate) side_by_side: bool,
    /// What follows an ordinal that is a part of one: "a third of", but "a third man".
    #[serde(default)]
    pub(crate) part_of: Vec<String>,
}

/// One way to read a number at some word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reading {
    /// One past its last word.
    pub(crate) end: usize,
    /// Bytes of clitics before it.
    pub(crate) prefix: u8,
    /// Where its span starts.
    pub(crate) start: u32,
    pub(crate) class: u16,
    pub(crate) value: f64,
    /// Digits as written; 0 for words.
    pub(crate) digits: u8,
}

/// Largest number that is read: beyond it a digit string is a telephone number or an id.
const LARGEST: f64 = 1e15;
/// No number has more parts than this.
const MOST_PARTS: usize = 24;

/// What has been read of a number in words.
#[derive(Clone, Copy)]
pub(crate) struct Sum {
    pub(crate) total: f64,
    /// Below the scale that may follow.
    pub(crate) current: f64,
    /// The last scale that was used up.
    pub(crate) scale: f64,
    /// The scale of the last word, for "and a half".
    pub(crate) last_scale: Option<f64>,
    pub(crate) ordinal: bool,
    pub(crate) digits: bool,
}

#[derive(Clone, Copy)]
enum Join {
    Beside,
    Joined,
}

pub(crate) struct Reader<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) grammar: &'a NumberGrammar,
    pub(crate) text: &'a str,
    pub(crate) words: &'a Words,
}

impl Reader<'_> {
    /// Every number that begins at the i-th word, in any length.
    pub(crate) fn at(&self, i: usize, out: &mut Vec<Reading>) {
        let Some(word) = self.words.get(i) else { return };
        let from = out.len();
        match word.kind {
            WordKind::Number => self.digits(i, out),
            WordKind::Letters => {
                for first in self.vocabulary.number_at(self.text, self.words, i) {
                    self.in_words(first, out);
                }
            }
            WordKind::Mark => {
                self.below_zero(i, out);
                self.pointed(i, out);
            }
            WordKind::Possessive => {}
        }
        self.ratios(from, out);
    }

    fn digits(&self, i: usize, out: &mut Vec<Reading>) {
        let folded = self.words.folded(i);
        let at = folded.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(folded.len());
        let (figure, suffix) = folded.split_at_checked(at).unwrap_or((folded, ""));
        let start = self.words[i].span.start;
        // "1,950" has no four digits: a year is never written so.
        let plain = self.words[i].span.of(self.text).chars().all(char::is_alphanumeric);
        let digits = if plain { figure.len().min(99) as u8 } else { 0 };
        let mut push = |class, value| out.push(Reading { end: i + 1, prefix: 0, start, class, value, digits });
        let dots = figure.matches('.').count();
        if dots == 2 && suffix.is_empty() {
            push(DOTTED, 0.0);
            return;
        }
        let Ok(value) = figure.parse::<f64>() else { return };
        if dots > 1 || value > LARGEST {
            return;
        }
        if suffix.is_empty() {
            if let Some((end, value)) = self.grouped(i, figure) {
                out.push(Reading { end, prefix: 0, start, class: NUMBER, value, digits: 0 });
            }
            let mut push = |class, value| out.push(Reading { end: i + 1, prefix: 0, start, class, value, digits });
            push(if dots == 0 { INT } else { DECIMAL }, value);
            push(NUMBER, value);
            if let Some((end, value)) = self.slashed(i, value) {
                out.push(Reading { end, prefix: 0, start, class: NUMBER, value, digits: 0 });
                return;
            }
            self.go_on(i + 1, Sum { current: value, digits: true, ..Sum::default() }, 0, start, out, 0);
        } else if self.vocabulary.ordinal_suffixes.contains(suffix) && dots == 0 {
            push(ORDINAL, value);
        } else if let Some(&class) = self.vocabulary.suffixes.get(suffix) {
            push(class, value);
        } else if let Some(&scale) = self.vocabulary.scale_suffixes.get(suffix) {
            push(NUMBER, value * scale);
        } else if let Some(value) = suffix.strip_prefix('e').and_then(|e| e.parse::<u8>().ok()).map(|e| value * 10f64.powi(i32::from(e)))
            && value <= LARGEST
        {
            push(NUMBER, value);
        }
    }

    /// Thousands parted by blanks: 40 000 and 1 414 021. A single group that is no 000 may be the next number.
    fn grouped(&self, i: usize, figure: &str) -> Option<(usize, f64)> {
        let group = |k: usize| {
            let word = self.words.get(k)?;
            let folded = self.words.folded(k);
            (word.kind == WordKind::Number && !word.newline_before && folded.len() == 3 && folded.bytes().all(|b| b.is_ascii_digit()))
                .then_some(folded)
        };
        let groups: Vec<&str> = (i + 1..i + 5).map_while(group).collect();
        let fits = figure.len() <= 3 && !figure.starts_with('0') && (groups.len() > 1 || groups.first() == Some(&"000"));
        let value = format!("{figure}{}", groups.concat()).parse().ok()?;
        fits.then_some((i + 1 + groups.len(), value))
    }

    fn in_words(&self, first: NumberWord, out: &mut Vec<Reading>) {
        let mut sum = Sum::default();
        match first.kind {
            NumberKind::Cardinal if first.value >= 1000.0 => sum.total = first.value,
            NumberKind::Cardinal => sum.current = first.value,
            NumberKind::Ordinal => (sum.current, sum.ordinal) = (first.value, true),
            NumberKind::Scale => {
                if !sum.multiply(first.value) {
                    return;
                }
            }
            NumberKind::One => {
                // "A" is a number only with the scale or the fraction after it.
                for next in self.vocabulary.number_at(self.text, self.words, first.end) {
                    if next.kind == NumberKind::Scale && next.prefix == 0 && sum.multiply(next.value) {
                        Self::emit(next.end, sum, first.prefix, first.start, out);
                        self.go_on(next.end, sum, first.prefix, first.start, out, 1);
                        return;
                    }
                }
                return self.part(first, out);
            }
            NumberKind::Share => {
                self.fraction(first, out);
                sum.current = first.value;
            }
            NumberKind::Fraction => return self.fraction(first, out),
            NumberKind::Negative => return self.negative(first, out),
            NumberKind::Scales | NumberKind::Vague | NumberKind::Suffix | NumberKind::Point | NumberKind::Ratio => return,
        }
        Self::emit(first.end, sum, first.prefix, first.start, out);
        self.go_on(first.end, sum, first.prefix, first.start, out, 1);
    }

    pub(crate) fn emit(end: usize, sum: Sum, prefix: u8, start: u32, out: &mut Vec<Reading>) {
        let class = if sum.ordinal { ORDINAL } else { NUMBER };
        out.push(Reading { end, prefix, start, class, value: sum.total + sum.current, digits: 0 });
    }

    /// Read on after the parts that `sum` has.
    pub(crate) fn go_on(&self, at: usize, sum: Sum, prefix: u8, start: u32, out: &mut Vec<Reading>, parts: usize) {
        if parts > MOST_PARTS || self.words.get(at).is_none_or(|w| w.newline_before && w.kind != WordKind::Letters) {
            return;
        }
        let hyphen = self.words[at].kind == WordKind::Mark && self.words.folded(at) == "-" && !self.words[at].space_before;
        let at = if hyphen && self.words.get(at + 1).is_some_and(|w| !w.space_before) && !sum.digits { at + 1 } else { at };
        let separate = self.words.folded(at) == self.grammar.joiner && !hyphen;
        let from = if separate { at + 1 } else { at };
        let mut nexts = self.vocabulary.number_at(self.text, self.words, from);
        nexts.extend(self.figure(from, sum, separate));
        for next in &nexts {
            let joined = separate && next.prefix == 0 || !separate && self.is_joiner(from, next.prefix);
            if next.prefix > 0 && !joined {
                continue;
            }
            if let Some((end, sum)) = self.with_part(sum, *next, joined) {
                Self::emit(end, sum, prefix, start, out);
                self.go_on(end, sum, prefix, start, out, parts + 1);
                return;
            }
            let mut sum = sum;
            if sum.add(*next, if joined { Join::Joined } else { Join::Beside }, self.grammar) {
                Self::emit(next.end, sum, prefix, start, out);
                self.go_on(next.end, sum, prefix, start, out, parts + 1);
                return;
            }
        }
    }

    /// Digits that go on with a number begun in digits: "3 hundred and 21", "4 thousand 3 hundred". Beside a scale and without
    /// a smaller one behind them they are another number, and so are those with a scale no smaller ("3 hundred and 2 hundred").
    fn figure(&self, at: usize, sum: Sum, separate: bool) -> Option<NumberWord> {
        let (word, last) = (self.words.get(at)?, sum.last_scale.filter(|_| sum.digits)?);
        let value = self.words.folded(at).parse::<u16>().ok().filter(|value| *value > 0 && word.kind == WordKind::Number)?;
        let scale = self.vocabulary.number_at(self.text, self.words, at + 1).into_iter().find(|n| n.kind == NumberKind::Scale);
        let goes_on = scale.map_or(separate, |scale| scale.prefix == 0 && scale.value < last);
        let next = NumberWord { end: at + 1, prefix: 0, start: word.span.start, kind: NumberKind::Cardinal, value: f64::from(value) };
        goes_on.then_some(next)
    }

    fn is_joiner(&self, at: usize, prefix: u8) -> bool {
        prefix > 0 && self.words.folded(at).get(..usize::from(prefix)) == Some(self.grammar.joiner.as_str())
    }
}

impl Default for Sum {
    fn default() -> Self {
        Self { total: 0.0, current: 0.0, scale: f64::INFINITY, last_scale: None, ordinal: false, digits: false }
    }
}

impl Sum {
    pub(crate) fn multiply(&mut self, scale: f64) -> bool {
        let by = if self.current == 0.0 { 1.0 } else { self.current };
        if scale >= 1000.0 {
            if scale >= self.scale {
                return false;
            }
            self.total += by * scale;
            self.current = 0.0;
            self.scale = scale;
        } else {
            if self.current >= 100.0 || self.current % 100.0 >= 10.0 && self.digits {
                return false;
            }
            self.current = by * scale;
        }
        self.last_scale = Some(scale);
        self.total + self.current <= LARGEST
    }

    /// Add one more word; `false` where it cannot belong to the number.
    fn add(&mut self, next: NumberWord, join: Join, grammar: &NumberGrammar) -> bool {
        let joined = matches!(join, Join::Joined);
        match next.kind {
            NumberKind::Scale | NumberKind::Scales if !joined && !self.ordinal && (self.current > 0.0 || self.total == 0.0) => {
                self.multiply(next.value)
            }
            // «مئة ألف»: a scale after a scale, side by side; «مليون ومئة»: a scale joined is one of it.
            NumberKind::Scale if joined && !self.digits && !self.ordinal && self.last_scale.is_some_and(|s| next.value < s) => {
                self.join_scale(next.value)
            }
            NumberKind::Cardinal | NumberKind::Ordinal if self.digits && self.last_scale.is_none() => false,
            NumberKind::Cardinal | NumberKind::Ordinal => {
                let after_scale = self.last_scale.is_some();
                if joined && grammar.joins_after_scale_only && !after_scale || !joined && !grammar.side_by_side {
                    return false;
                }
                let ones_first = joined && !grammar.joins_after_scale_only;
                if !fits(self.current, next.value, ones_first) || next.value >= self.scale || self.total > 0.0 && next.value >= 1000.0 {
                    return false;
                }
                if self.ordinal && !(ones_first && next.value >= 20.0 && next.kind == NumberKind::Cardinal) {
                    return false;
                }
                if next.value >= 1000.0 {
                    self.total += next.value;
                } else {
                    self.current += next.value;
                }
                self.ordinal |= next.kind == NumberKind::Ordinal;
                self.last_scale = None;
                true
            }
            _ => false,
        }
    }

    fn join_scale(&mut self, scale: f64) -> bool {
        if scale >= 1000.0 && (self.current > 0.0 || scale >= self.scale) || scale < 1000.0 && self.current > 0.0 {
            return false;
        }
        if scale >= 1000.0 {
            self.total += scale;
            self.scale = scale;
        } else {
            self.current = scale;
        }
        self.last_scale = Some(scale);
        true
    }
}

/// Is the place of `next` still free in a number below a thousand?
fn fits(current: f64, next: f64, ones_first: bool) -> bool {
    let (current, next) = (current as i64, next as i64);
    let (ones, tens) = (current % 10, current % 100 / 10);
    match next {
        1..=9 => ones == 0 && tens != 1 && (tens >= 2 || current >= 100 || current == 0),
        20..=99 if next % 10 == 0 => tens == 0 && (ones == 0 || ones_first),
        // Eleven to nineteen, and in digits the rest: "3 hundred and 21".
        10..=99 => current % 100 == 0,
        _ => current == 0,
    }
}
