//! From chart to expressions: the longest matches that do not overlap, then numbers in what is left.

use crate::chart::{Chart, Match};
use crate::grammar::Grammar;
use crate::meaning::TimeMeaning;
use crate::rule::{Rule, Telling};
use crate::tale::tell_on;
use crate::value::Value;
use crate::vocabulary::{NUMBER, Vocabulary};
use crate::{Age, Found, NumberExpression, TimeExpression};
use marsad_model::{Count, Span};
use marsad_text::{Sentence, WordKind, Words};

/// A match at its place.
struct Candidate {
    /// Its first word, guards and hedges included.
    at: u32,
    /// The words that it lays claim to, the last one excluded.
    first: u32,
    end: u32,
    found: Match,
}

impl Candidate {
    /// A time: guards outside its brackets belong to nobody.
    fn time(at: u32, found: &Match) -> Self {
        Self { at, first: found.inner.0, end: found.inner.1, found: found.clone() }
    }

    /// A number, which owns its hedge.
    fn number(at: u32, found: Match) -> Self {
        Self { at, first: at, end: found.end, found }
    }
}

pub(crate) fn find(grammar: &Grammar, vocabulary: &Vocabulary, text: &str, words: &Words, sentences: &[Sentence]) -> Found {
    let mut chart = Chart::new(grammar, vocabulary, &grammar.numbers, text, words, sentences);
    let mut times = times(&mut chart, grammar);
    let age = |c: &&Candidate| grammar.rule(c.found.rule).age;
    let mut ages: Vec<Age> = times.iter().filter(age).map(|c| Age { first: c.first as usize, last: c.end as usize - 1 }).collect();
    ages.sort_by_key(|a| a.first);
    times.retain(|c| !grammar.rule(c.found.rule).nothing);
    let numbers = numbers(&mut chart, grammar, text, &times);
    let mut times: Vec<TimeExpression> = times.iter().filter_map(|c| expression(&chart, grammar, c)).collect();
    tell_on(&mut times, words.len(), sentences);
    Found { times, numbers, ages }
}

fn times(chart: &mut Chart<'_>, grammar: &Grammar) -> Vec<Candidate> {
    let (mut all, mut classes) = (Vec::new(), Vec::new());
    for i in 0..chart.words.len() {
        chart.beginning(i, &grammar.emitted, &mut classes);
        for &class in &classes {
            let found = chart.matches(class, i);
            let shown = chart.found(found).iter().filter(|m| !grammar.rule(m.rule).inner);
            all.extend(shown.map(|m| Candidate::time(i as u32, m)));
        }
    }
    apart(all)
}

/// The longest first, of equals the one that says more around it ("since"), then the rule that stands first; nothing that
/// overlaps one taken before.
fn apart(mut all: Vec<Candidate>) -> Vec<Candidate> {
    let length = |from: u32, to: u32| std::cmp::Reverse(to.saturating_sub(from));
    all.sort_by_key(|c| (length(c.first, c.end), length(c.at, c.found.end), c.found.rule, c.first));
    let mut taken: Vec<Candidate> = Vec::new();
    let mut ends: std::collections::BTreeMap<u32, u32> = std::collections::BTreeMap::new();
    for candidate in all {
        let before = ends.range(..candidate.end).next_back();
        if before.is_none_or(|(_, &end)| end <= candidate.first) {
            ends.insert(candidate.first, candidate.end);
            taken.push(candidate);
        }
    }
    taken.sort_by_key(|c| c.first);
    taken
}

/// The span of a match: its brackets, or all of it, without the clitics before it.
fn span(chart: &Chart<'_>, rule: &Rule, candidate: &Candidate) -> (usize, usize, Span) {
    let (from, to) = candidate.found.inner;
    let (first, mut last) = (from as usize, (to as usize).saturating_sub(1).max(from as usize));
    // The full stop of "Nov. 23" stands inside; that of "in November." ends the sentence.
    while last > first && chart.words.folded(last) == "." {
        last -= 1;
    }
    let start = if rule.has_brackets() && from != candidate.at { chart.start_of(first, to as usize) } else { candidate.found.start };
    let end = chart.words.get(last).map_or(start, |w| w.span.end);
    (first, last, Span { start: start.min(end), end })
}

/// The span of a time inside another, without clitics and without the full stop after it.
fn words_span(chart: &Chart<'_>, first: usize, end: usize) -> Span {
    let mut last = end.saturating_sub(1).max(first);
    while last > first && chart.words.folded(last) == "." {
        last -= 1;
    }
    let start = chart.start_of(first, end);
    Span { start, end: chart.words.get(last).map_or(start, |w| w.span.end) }
}

fn expression(chart: &Chart<'_>, grammar: &Grammar, candidate: &Candidate) -> Option<TimeExpression> {
    let rule = grammar.rule(candidate.found.rule);
    let (first, last, span) = span(chart, rule, candidate);
    let Value::Time(meaning) = &candidate.found.value else { return None };
    let mut meaning: TimeMeaning = (**meaning).clone();
    if is_to_come(chart, grammar, first, last) {
        meaning.lean_ahead();
    }
    let open = if meaning.is_lunar() { " (±1 day)" } else { "" };
    let ends = candidate.found.ends.map(|ends| ends.map(|(from, to)| words_span(chart, from as usize, to as usize)));
    Some(TimeExpression { span, first, last, meaning, ends, rule: format!("{}{open}", rule.id) })
}

/// A cue of what is to come reaches over so many words.
const REACH: usize = 6;

/// Does the sentence tell of what is still to come? "They will answer Friday's attack" tells of an attack that was.
fn is_to_come(chart: &Chart<'_>, grammar: &Grammar, first: usize, last: usize) -> bool {
    let possessive = chart.words.get(last + 1).is_some_and(|w| w.kind == WordKind::Possessive);
    !possessive && chart.cued(&grammar.to_come, first, REACH) && !chart.cued(&grammar.gone_by, first, 2)
}

fn numbers(chart: &mut Chart<'_>, grammar: &Grammar, text: &str, times: &[Candidate]) -> Vec<NumberExpression> {
    let inside = |first: u32, end: u32| {
        let at = times.partition_point(|t| t.end <= first);
        times.get(at).is_some_and(|t| t.first < end)
    };
    let mut all = Vec::new();
    for i in 0..chart.words.len() {
        if chart.begins(i, &grammar.number_first) {
            let found = chart.matches(grammar.number_class, i);
            for found in chart.found(found) {
                let candidate = Candidate::number(i as u32, found.clone());
                if !inside(candidate.first, candidate.end) && ascends(grammar, &candidate) {
                    all.push(candidate);
                }
            }
        }
    }
    // Numbers that no rule speaks of come after all rules.
    for &(i, reading) in &chart.readings {
        if reading.class == NUMBER && !inside(i, reading.end as u32) && !glued(chart.words, i as usize) {
            let found = Match {
                end: reading.end as u32,
                prefix: reading.prefix,
                rule: u32::MAX,
                start: reading.start,
                inner: (i, reading.end as u32),
                value: Value::Number(reading.value),
                caught: Vec::new(),
                ends: None,
            };
            all.push(Candidate::number(i, found));
        }
    }
    apart(all).into_iter().filter_map(|c| number(chart, grammar, text, &c)).collect()
}

/// A range of numbers runs upwards; "52-7" is a score.
fn ascends(grammar: &Grammar, candidate: &Candidate) -> bool {
    let rule = grammar.rule(candidate.found.rule);
    let caught = |name: &str| match candidate.found.caught.get(rule.capture(name)?)? {
        Some(Value::Number(n)) => Some(*n),
        _ => None,
    };
    rule.telling != Telling::Between || caught("a") < caught("b")
}

/// Is it a part of a name, as in F-16 or T-72?
fn glued(words: &Words, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return false };
    let hyphen = matches!(words.folded(before), "-" | "‑") && !words[i].space_before && !words[before].space_before;
    hyphen && before.checked_sub(1).is_some_and(|b| words[b].kind == WordKind::Letters)
}

fn number(chart: &Chart<'_>, grammar: &Grammar, text: &str, candidate: &Candidate) -> Option<NumberExpression> {
    if candidate.found.rule == u32::MAX {
        let Value::Number(n) = candidate.found.value else { return None };
        let last = candidate.found.end as usize - 1;
        let span = Span { start: candidate.found.start, end: chart.words[last].span.end };
        let (min, max) = (Some(n), Some(n));
        let (first, value) = (candidate.at as usize, written(n));
        return Some(NumberExpression { span, hedge: None, first, last, min, max, count: Count::Exact, value, noun_included: false });
    }
    let rule = grammar.rule(candidate.found.rule);
    let (first, last, span) = span(chart, rule, candidate);
    let whole = Span { start: candidate.found.start, end: chart.words[candidate.found.end as usize - 1].span.end };
    let hedge = if first > candidate.at as usize {
        Some(Span { start: whole.start, end: span.start })
    } else if last + 1 < candidate.found.end as usize {
        Some(Span { start: span.end, end: whole.end })
    } else {
        None
    };
    let hedge = hedge.map(|h| trim(h, text)).filter(|h| !h.is_empty());
    let caught = |name: &str| match candidate.found.caught.get(rule.capture(name)?)? {
        Some(Value::Number(n)) => Some(*n),
        _ => None,
    };
    let n = caught("number");
    let share = rule.capture("share").is_some_and(|c| matches!(candidate.found.caught.get(c), Some(Some(_))));
    let (min, max, count, value) = match rule.telling {
        Telling::Nothing => return None,
        Telling::Exact => (n, n, Count::Exact, written(n?)),
        Telling::About => (n, n, Count::About, written(n?)),
        Telling::AtLeast => (n, None, Count::AtLeast, written(n?)),
        Telling::AtMost => (None, n, Count::AtMost, written(n?)),
        Telling::Vague => (None, None, Count::Vague, String::new()),
        Telling::Between => {
            let (a, b) = (caught("a")?, caught("b")?);
            (Some(a.min(b)), Some(a.max(b)), Count::About, format!("{}/{}", written(a.min(b)), written(a.max(b))))
        }
    };
    let value = if share { format!("{value}%") } else { value };
    Some(NumberExpression { span, hedge, first, last, min, max, count, value, noun_included: false })
}

/// A number as digits: what arithmetic leaves behind the twelfth decimal is nothing that was told.
fn written(n: f64) -> String {
    let digits = format!("{n:.12}");
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn trim(span: Span, text: &str) -> Span {
    let words = span.of(text);
    let start = words.len() - words.trim_start().len();
    let end = words.trim_end().len();
    Span { start: span.start + start as u32, end: (span.start + end as u32).max(span.start + start as u32) }
}
