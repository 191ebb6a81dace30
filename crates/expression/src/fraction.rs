//! Numbers that are not whole or not above zero: "three quarters", "a million and a half", «ثلاثة أرباع», "minus five".

use crate::number::{Reader, Reading, Sum};
use crate::vocabulary::{NUMBER, NumberKind, NumberWord};
use marsad_text::WordKind;

/// Parts of one that digits parted by a slash tell; others are days and months, or a score.
const DENOMINATORS: std::ops::RangeInclusive<f64> = 2.0..=10.0;
/// An ordinal below this is no part of one.
const FIRST_PART: f64 = 3.0;
/// A fraction joined to such a scale is one of it ("a million and a half"); so is one joined to a dozen.
const SHARED_SCALE: f64 = 1000.0;

impl Reader<'_> {
    fn number_words(&self, at: usize) -> Vec<NumberWord> {
        self.vocabulary.number_at(self.text, self.words, at)
    }

    /// "Half a million".
    pub(crate) fn fraction(&self, first: NumberWord, out: &mut Vec<Reading>) {
        let mut at = first.end;
        for _ in 0..2 {
            for next in self.number_words(at) {
                if next.prefix > 0 {
                    continue;
                }
                if next.kind == NumberKind::Scale {
                    let value = first.value * next.value;
                    out.push(Reading { end: next.end, prefix: first.prefix, start: first.start, class: NUMBER, value, digits: 0 });
                    return;
                }
                if next.kind == NumberKind::One {
                    at = next.end;
                }
            }
        }
    }

    /// "A quarter", "a third of".
    pub(crate) fn part(&self, one: NumberWord, out: &mut Vec<Reading>) {
        if let Some((end, value)) = self.part_after(one.end) {
            let sum = Sum { current: value, ..Sum::default() };
            Self::emit(end, sum, one.prefix, one.start, out);
        }
    }

    /// The part of one that a word tells after "a" or a number: "half", "quarter", "fifths"; "third" where it is no ordinal.
    fn part_after(&self, at: usize) -> Option<(usize, f64)> {
        // "one-eighth"
        let hyphen = self.words.get(at).is_some_and(|w| w.kind == WordKind::Mark && !w.space_before) && self.words.folded(at) == "-";
        self.number_words(at + usize::from(hyphen)).into_iter().filter(|n| n.prefix == 0).find_map(|n| match n.kind {
            NumberKind::Fraction | NumberKind::Share => Some((n.end, n.value)),
            NumberKind::Ordinal if n.value >= FIRST_PART && self.parts(n.end) => Some((n.end, 1.0 / n.value)),
            _ => None,
        })
    }

    /// Does what it is a part of follow, or nothing?
    fn parts(&self, at: usize) -> bool {
        self.ends(at) || self.grammar.part_of.iter().any(|of| self.words.folded(at) == of)
    }

    /// Does the clause end before this word?
    fn ends(&self, at: usize) -> bool {
        self.words.get(at).is_none_or(|w| w.kind == WordKind::Mark || w.newline_before)
    }

    /// The sum with the part of one that `next` begins: times it ("three quarters"), or and it ("a million and a half"), or
    /// with decimals ("five point two").
    pub(crate) fn with_part(&self, mut sum: Sum, next: NumberWord, joined: bool) -> Option<(usize, Sum)> {
        if sum.ordinal || sum.current.fract() != 0.0 {
            return None;
        }
        if !joined {
            let whole = sum.total + sum.current;
            let one =
                (whole - 1.0).abs() < f64::EPSILON && next.kind == NumberKind::Ordinal && next.value >= FIRST_PART && self.parts(next.end);
            match next.kind {
                NumberKind::Fraction => (sum.total, sum.current) = (0.0, whole * next.value),
                NumberKind::Ordinal if one => sum.current = 1.0 / next.value,
                NumberKind::Point => return self.decimals(sum, next.end),
                _ => return None,
            }
            return Some((next.end, Sum { last_scale: None, ..sum }));
        }
        let (end, value) = match next.kind {
            NumberKind::Share | NumberKind::Fraction => (next.end, next.value),
            NumberKind::One => self.part_after(next.end)?,
            NumberKind::Cardinal => {
                let (end, ones) = self.tens(next);
                let (end, part) = self.part_after(end)?;
                (end, ones * part)
            }
            _ => return None,
        };
        let shared = sum.last_scale.filter(|s| *s >= SHARED_SCALE || s.log10().fract() != 0.0);
        // "A billion and a half million": half of that million; "one and a half million" is one number.
        if shared.is_some()
            && let Some(scale) = self.number_words(end).into_iter().find(|n| n.kind == NumberKind::Scale && n.prefix == 0)
        {
            sum.total += value * scale.value;
            return Some((scale.end, Sum { last_scale: None, ..sum }));
        }
        match shared {
            Some(scale) => sum.total += value * scale,
            None => sum.current += value,
        }
        Some((end, Sum { last_scale: None, ..sum }))
    }

    /// "Fifty-four" as one number.
    fn tens(&self, first: NumberWord) -> (usize, f64) {
        let hyphen = self.words.get(first.end).is_some_and(|w| w.kind == WordKind::Mark && !w.space_before)
            && self.words.folded(first.end) == "-"
            && first.value >= 20.0;
        let ones = |n: &NumberWord| n.kind == NumberKind::Cardinal && n.value < 10.0 && n.prefix == 0;
        let more = if hyphen { self.number_words(first.end + 1).into_iter().find(ones) } else { None };
        more.map_or((first.end, first.value), |n| (n.end, first.value + n.value))
    }

    /// The digits after the point, each a word ("point zero three"), or two in one ("point seventy-one").
    fn decimals(&self, mut sum: Sum, at: usize) -> Option<(usize, Sum)> {
        let cardinal =
            |at: usize| self.number_words(at).into_iter().find(|n| n.kind == NumberKind::Cardinal && n.prefix == 0 && n.value < 100.0);
        let (mut end, mut unit) = (at, 1.0);
        while let Some(digit) = cardinal(end).filter(|n| n.value < 10.0) {
            unit /= 10.0;
            sum.current += digit.value * unit;
            end = digit.end;
        }
        if end == at {
            let (last, value) = self.tens(cardinal(at)?);
            (end, sum.current) = (last, sum.current + value / 100.0);
        }
        // What sums of tenths leave behind is no digit of the text.
        sum.current = (sum.current * 1e9).round() / 1e9;
        Some((end, Sum { last_scale: None, ..sum }))
    }

    /// "Minus five".
    pub(crate) fn negative(&self, sign: NumberWord, out: &mut Vec<Reading>) {
        let mut after = Vec::new();
        if self.words.get(sign.end).is_some_and(|w| w.kind != WordKind::Mark) {
            self.at(sign.end, &mut after);
        }
        let numbers = after.iter().filter(|r| r.class == NUMBER && r.prefix == 0 && r.value > 0.0);
        out.extend(numbers.map(|r| Reading { prefix: sign.prefix, start: sign.start, value: -r.value, digits: 0, ..*r }));
    }

    /// ".08": decimals without the nought before the point.
    pub(crate) fn pointed(&self, i: usize, out: &mut Vec<Reading>) {
        let (point, figure) = (self.words[i], self.words.folded(i + 1));
        let alone = point.space_before || i.checked_sub(1).is_none_or(|_| point.newline_before);
        let glued = self.words.get(i + 1).is_some_and(|w| w.kind == WordKind::Number && !w.space_before);
        if self.words.folded(i) != "." || !alone || !glued || !figure.bytes().all(|b| b.is_ascii_digit()) {
            return;
        }
        if let Ok(value) = format!("0.{figure}").parse() {
            out.push(Reading { end: i + 2, prefix: 0, start: point.span.start, class: NUMBER, value, digits: 0 });
        }
    }

    /// "-5" after a word and before none: what a dash before a counted noun means is a list.
    pub(crate) fn below_zero(&self, i: usize, out: &mut Vec<Reading>) {
        let sign = self.words[i];
        let after = self.words.get(i + 1).is_some_and(|w| w.kind == WordKind::Number && !w.space_before);
        let before = i.checked_sub(1).is_none_or(|b| self.words[b].kind == WordKind::Letters && sign.space_before && !sign.newline_before);
        if !(matches!(self.words.folded(i), "-" | "−") && after && before) {
            return;
        }
        let mut readings = Vec::new();
        self.at(i + 1, &mut readings);
        let numbers = readings.iter().filter(|r| r.class == NUMBER && r.value > 0.0 && self.ends(r.end));
        out.extend(numbers.map(|r| Reading { start: sign.span.start, value: -r.value, digits: 0, ..*r }));
    }

    /// "3/4", "2 1/4": what cannot be a day and a month or a score of a game.
    pub(crate) fn slashed(&self, i: usize, figure: f64) -> Option<(usize, f64)> {
        let glued = |k: usize, mark: bool| self.words.get(k).is_some_and(|w| !w.space_before && (w.kind == WordKind::Mark) == mark);
        let slash = |k: usize| glued(k, true) && self.words.folded(k) == "/";
        let part = |k: usize, above: f64| {
            let below: f64 = self.words.folded(k + 2).parse().ok().filter(|_| slash(k + 1) && glued(k + 2, false))?;
            let fits = DENOMINATORS.contains(&below) && above > 0.0 && above < below && above.fract() == 0.0 && !slash(k + 3);
            fits.then_some((k + 3, above / below))
        };
        if self.words.len() <= i + 2 || i.checked_sub(1).is_some_and(|b| self.words.folded(b) == "/") {
            return None;
        }
        if let Some(found) = part(i, figure) {
            return Some(found);
        }
        let next = self.words[i + 1];
        if next.kind != WordKind::Number || next.newline_before || figure.fract() != 0.0 || self.words.len() <= i + 3 {
            return None;
        }
        let (end, value) = part(i + 1, self.words.folded(i + 1).parse().ok()?)?;
        Some((end, figure + value))
    }

    /// "One over three" at the end of its clause: a ratio of each number read before.
    pub(crate) fn ratios(&self, from: usize, out: &mut Vec<Reading>) {
        for at in from..out.len() {
            let above = out[at];
            if above.class != NUMBER {
                continue;
            }
            let Some(over) = self.number_words(above.end).into_iter().find(|n| n.kind == NumberKind::Ratio && n.prefix == 0) else {
                continue;
            };
            let mut below = Vec::new();
            self.at(over.end, &mut below);
            let whole = |r: &&Reading| r.class == NUMBER && r.prefix == 0 && r.value > above.value && self.ends(r.end);
            if let Some(below) = below.iter().filter(whole).max_by_key(|r| r.end) {
                out.push(Reading { end: below.end, value: above.value / below.value, digits: 0, ..above });
            }
        }
    }
}
