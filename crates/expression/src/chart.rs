//! The chart: which classes begin at which word of a text, found once and remembered.

use crate::grammar::{ClassSet, Grammar, Openings, Rule};
use crate::number::{NumberGrammar, Reader, Reading};
use crate::pattern::{Item, Step};
use crate::value::{Effect, Value};
use crate::vocabulary::{ANY, DOTTED, Vocabulary, WORD};
use marsad_text::{Case, Sentence, WordKind, Words};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A word, phrase or number of some class.
#[derive(Debug, Clone)]
struct Lexical {
    class: u16,
    end: u32,
    /// Bytes of clitics before it.
    prefix: u8,
    /// Where its span starts.
    start: u32,
    weak: bool,
    digits: u8,
    value: Value,
}

/// A match of a rule.
#[derive(Debug, Clone)]
pub(crate) struct Match {
    /// One past its last word.
    pub(crate) end: u32,
    pub(crate) prefix: u8,
    /// The rule's number.
    pub(crate) rule: u32,
    /// First byte, clitics left out.
    pub(crate) start: u32,
    /// The words inside the rule's brackets, the last one excluded.
    pub(crate) inner: (u32, u32),
    pub(crate) value: Value,
    /// What was caught, for rules of numbers.
    pub(crate) caught: Vec<Option<Value>>,
    /// The words of a range's first and last time.
    pub(crate) ends: Option<[(u32, u32); 2]>,
}

pub(crate) struct Chart<'a> {
    grammar: &'a Grammar,
    pub(crate) words: &'a Words,
    lexical: Vec<Lexical>,
    /// Where the i-th word's lexical items start.
    starts: Vec<u32>,
    pub(crate) readings: Vec<(u32, Reading)>,
    /// Words that begin a paragraph: no expression goes on into them.
    breaks: Vec<bool>,
    /// Where the sentences begin.
    sentences: Vec<usize>,
    /// For each word where the set of what may begin there ends, in `open`; it is empty for most words.
    opens: Vec<u32>,
    open: Vec<u64>,
    /// Of a class at a word, its matches in `found`.
    remembered: FxHashMap<(u16, u32), (u32, u32)>,
    found: Vec<Match>,
    /// What was caught in attempts that are done, to be used again.
    spare: Vec<Caught>,
}

/// What an attempt has caught, with the words at which it was.
#[derive(Default)]
struct Caught {
    values: Vec<Option<Value>>,
    places: Vec<(u32, u32)>,
}

/// One attempt of a rule at a word.
struct Attempt<'f> {
    rule: u32,
    from: usize,
    prefix: Option<u8>,
    start: u32,
    open: Option<usize>,
    close: Option<usize>,
    caught: Caught,
    /// The matches of its class so far.
    found: &'f mut Vec<Match>,
}

impl<'a> Chart<'a> {
    /// Look every word up.
    pub(crate) fn new(
        grammar: &'a Grammar,
        vocabulary: &Vocabulary,
        numbers: &NumberGrammar,
        text: &'a str,
        words: &'a Words,
        sentences: &[Sentence],
    ) -> Self {
        let mut chart = Self {
            grammar,
            words,
            lexical: Vec::new(),
            starts: Vec::with_capacity(words.len() + 1),
            readings: Vec::new(),
            breaks: breaks(words, sentences),
            sentences: sentences.iter().map(|s| s.words.start).collect(),
            opens: Vec::with_capacity(words.len()),
            open: Vec::new(),
            remembered: FxHashMap::default(),
            found: Vec::new(),
            spare: Vec::new(),
        };
        let cased = words.iter().any(|w| w.kind == WordKind::Letters && w.case == Case::Lower);
        let capitals = words.iter().any(|w| matches!(w.case, Case::Title | Case::Upper));
        let reader = Reader { vocabulary, grammar: numbers, text, words };
        let mut readings = Vec::new();
        for i in 0..words.len() {
            chart.starts.push(chart.lexical.len() as u32);
            vocabulary.at(text, words, i, |end, prefix, start, entry| {
                // "may" and "march" in a text with capitals are verbs.
                if entry.twofold && cased && capitals && words[i].case == Case::Lower {
                    return;
                }
                let value = entry.value.clone();
                chart.lexical.push(Lexical { class: entry.class, end: end as u32, prefix, start, weak: entry.weak, digits: 0, value });
            });
            readings.clear();
            reader.at(i, &mut readings);
            for r in &readings {
                let value = if r.class == DOTTED { Value::Text(words.folded(i).into()) } else { Value::Number(r.value) };
                let item =
                    Lexical { class: r.class, end: r.end as u32, prefix: r.prefix, start: r.start, weak: false, digits: r.digits, value };
                chart.lexical.push(item);
                chart.readings.push((i as u32, *r));
            }
            chart.add_openings(i);
        }
        chart.starts.push(chart.lexical.len() as u32);
        chart
    }

    /// Put together what may begin with the classes of the i-th word.
    fn add_openings(&mut self, i: usize) {
        let (from, openings) = (self.open.len(), &self.grammar.openings);
        for lexical in &self.lexical[self.starts[i] as usize..] {
            if self.open.len() == from {
                self.open.resize(from + openings.width(), 0);
            }
            for (bits, more) in self.open[from..].iter_mut().zip(openings.of(lexical.class)) {
                *bits |= more;
            }
        }
        self.opens.push(self.open.len() as u32);
    }

    /// What may begin at the i-th word.
    fn open_at(&self, i: usize) -> &[u64] {
        let to = self.opens.get(i).map_or(0, |&to| to as usize);
        let from = i.checked_sub(1).map_or(0, |before| self.opens[before] as usize);
        self.open.get(from..to).unwrap_or_default()
    }

    fn lexical_at(&self, i: usize) -> std::ops::Range<usize> {
        match (self.starts.get(i), self.starts.get(i + 1)) {
            (Some(&a), Some(&b)) => a as usize..b as usize,
            _ => 0..0,
        }
    }

    /// Does something of this class begin or stand at the i-th word? (For what must not stand beside a match.)
    fn stands(&self, class: u16, i: usize) -> bool {
        let letters = class == WORD && self.words.get(i).is_some_and(|w| w.kind == WordKind::Letters);
        letters || class == ANY || self.lexical_at(i).any(|k| self.lexical[k].class == class)
    }

    /// Does one of these stand earlier in the sentence, at most so many words before?
    fn cued(&self, classes: &[u16], i: usize, within: Option<usize>) -> bool {
        let at = self.sentences.partition_point(|&start| start <= i);
        let start = at.checked_sub(1).map_or(0, |k| self.sentences[k]);
        let start = within.map_or(start, |within| start.max(i.saturating_sub(within)));
        (start..i).any(|k| classes.iter().any(|&c| self.stands(c, k)))
    }

    /// Can a match that begins with one of these classes begin here?
    pub(crate) fn begins(&self, i: usize, first: &ClassSet) -> bool {
        self.lexical_at(i).any(|k| first.contains(self.lexical[k].class))
    }

    /// Everything of a class that begins at the i-th word, at most one for each end: where it stands in [`Self::found`].
    pub(crate) fn matches(&mut self, class: u16, i: usize) -> Range<usize> {
        let grammar = self.grammar;
        if !grammar.openings.has_class(self.open_at(i), class) {
            return 0..0;
        }
        if let Some(&(from, to)) = self.remembered.get(&(class, i as u32)) {
            return from as usize..to as usize;
        }
        // A class that could begin with itself would never end: until it is done, nothing of it is known.
        self.remembered.insert((class, i as u32), (0, 0));
        let mut all: Vec<Match> = Vec::new();
        for &number in grammar.of_class(class) {
            let rule = grammar.rule(number);
            if Openings::has_rule(self.open_at(i), number) && self.goes_on(i, rule) {
                self.attempt(number, rule, i, &mut all);
            }
        }
        let from = self.found.len();
        self.found.append(&mut all);
        self.remembered.insert((class, i as u32), (from as u32, self.found.len() as u32));
        from..self.found.len()
    }

    /// Does something that the rule needs there begin where its first word or phrase ends?
    fn goes_on(&self, i: usize, rule: &Rule) -> bool {
        let Some(second) = &rule.second else { return true };
        self.lexical_at(i).map(|k| &self.lexical[k]).any(|l| rule.first.contains(l.class) && self.begins(l.end as usize, second))
    }

    /// The matches that were found.
    pub(crate) fn found(&self, matches: Range<usize>) -> &[Match] {
        self.found.get(matches).unwrap_or_default()
    }

    /// Adds a rule's matches to those of the rules of its class that stand before it, which go first.
    fn attempt(&mut self, number: u32, rule: &Rule, i: usize, all: &mut Vec<Match>) {
        let mut caught = self.spare.pop().unwrap_or_default();
        caught.values.resize(rule.pattern.captures.len(), None);
        caught.places.resize(rule.pattern.captures.len(), (0, 0));
        let start = self.words[i].span.start;
        let mut attempt = Attempt { rule: number, from: i, prefix: None, start, open: None, close: None, caught, found: all };
        self.step(rule, 0, i, &mut attempt);
        let mut caught = attempt.caught;
        caught.values.clear();
        caught.places.clear();
        self.spare.push(caught);
    }

    fn step(&mut self, rule: &Rule, at: usize, i: usize, attempt: &mut Attempt<'_>) {
        match &rule.pattern.steps[at] {
            Step::Split(a, b) => {
                self.step(rule, *a, i, attempt);
                self.step(rule, *b, i, attempt);
            }
            Step::Jump(to) => self.step(rule, *to, i, attempt),
            Step::Glued => {
                if i < self.words.len() && !self.words[i].space_before {
                    self.step(rule, at + 1, i, attempt);
                }
            }
            Step::Open => {
                let before = attempt.open.replace(i);
                self.step(rule, at + 1, i, attempt);
                attempt.open = before;
            }
            Step::Close => {
                let before = attempt.close.replace(i);
                self.step(rule, at + 1, i, attempt);
                attempt.close = before;
            }
            Step::Done => self.done(rule, i, attempt),
            Step::Item(item) => self.item(rule, item, at, i, attempt),
        }
    }

    fn item(&mut self, rule: &Rule, item: &Item, at: usize, i: usize, attempt: &mut Attempt<'_>) {
        let first = i == attempt.from;
        if i >= self.words.len() || !first && self.breaks[i] {
            return;
        }
        // The clitic may stand alone: «و 22».
        let alone = item.prefix.as_deref().is_some_and(|p| !first && p == self.words.folded(i));
        let i = if alone { i + 1 } else { i };
        let wanted = if alone { None } else { item.prefix.as_deref() };
        if self.grammar.is_lexical(item.class) {
            for k in self.lexical_at(i) {
                let lexical = &self.lexical[k];
                if lexical.class != item.class || item.sure && lexical.weak || item.digits.is_some_and(|d| d != lexical.digits) {
                    continue;
                }
                if let (Some((least, most)), Value::Number(n)) = (item.range, &lexical.value)
                    && !(least..=most).contains(n)
                {
                    continue;
                }
                let (end, prefix, start, value) = (lexical.end as usize, lexical.prefix, lexical.start, lexical.value.clone());
                self.take(rule, item, at, (i, end, prefix, start, value), wanted, attempt);
            }
        } else {
            for k in self.matches(item.class, i) {
                let found = &self.found[k];
                let part = (i, found.end as usize, found.prefix, found.start, found.value.clone());
                self.take(rule, item, at, part, wanted, attempt);
            }
        }
    }

    /// Go on after an item that fits, if its clitics are those that are asked for.
    fn take(
        &mut self,
        rule: &Rule,
        item: &Item,
        at: usize,
        (i, end, prefix, start, value): (usize, usize, u8, u32, Value),
        wanted: Option<&str>,
        attempt: &mut Attempt<'_>,
    ) {
        let first = i == attempt.from;
        let written = self.words.folded(i).get(..usize::from(prefix)).unwrap_or("");
        let left = match wanted {
            None if first => prefix,
            None if prefix == 0 => 0,
            Some(wanted) if first => match written.strip_suffix(wanted) {
                Some(rest) => rest.len() as u8,
                None => return,
            },
            Some(wanted) if written == wanted => 0,
            _ => return,
        };
        let before = (attempt.prefix, attempt.start);
        if first {
            (attempt.prefix, attempt.start) = (Some(left), start);
        }
        let caught = item.capture.map(|c| {
            let place = std::mem::replace(&mut attempt.caught.places[c], (i as u32, end as u32));
            (c, attempt.caught.values[c].replace(value), place)
        });
        self.step(rule, at + 1, end, attempt);
        if let Some((c, old, place)) = caught {
            (attempt.caught.values[c], attempt.caught.places[c]) = (old, place);
        }
        if first {
            (attempt.prefix, attempt.start) = before;
        }
    }

    fn done(&mut self, rule: &Rule, end: usize, attempt: &mut Attempt<'_>) {
        let prefix = attempt.prefix.unwrap_or(0);
        if attempt.found.iter().any(|m| m.end as usize == end && m.prefix == prefix) {
            return;
        }
        let beside = |classes: &[u16], i: Option<usize>| i.is_some_and(|i| classes.iter().any(|&c| self.stands(c, i)));
        if beside(&rule.not_before, Some(end).filter(|&e| e < self.words.len() && !self.breaks[e]))
            || beside(&rule.not_after, attempt.from.checked_sub(1).filter(|_| !self.breaks[attempt.from]))
        {
            return;
        }
        if !rule.cue.is_empty() && !self.cued(&rule.cue, attempt.from, rule.within) {
            return;
        }
        let value = match &rule.effect {
            Some(effect) => match effect.build(&attempt.caught.values) {
                Some(meaning) => Value::Time(meaning.into()),
                None => return,
            },
            None => Value::Number(0.0),
        };
        let caught = if rule.effect.is_none() { attempt.caught.values.clone() } else { Vec::new() };
        let inner = (attempt.open.unwrap_or(attempt.from) as u32, attempt.close.unwrap_or(end) as u32);
        let ends = rule.effect.as_ref().and_then(Effect::ends).map(|ends| ends.map(|c| attempt.caught.places[c]));
        attempt.found.push(Match { end: end as u32, prefix, rule: attempt.rule, start: attempt.start, inner, value, caught, ends });
    }

    /// Where the span of something that begins at this word starts, when it is read with these clitics off.
    pub(crate) fn start_of(&self, i: usize, end: usize) -> u32 {
        // The shortest reading: inside brackets a word counts without the clitics that the pattern asked for.
        self.lexical_at(i)
            .map(|k| &self.lexical[k])
            .filter(|l| l.end as usize <= end)
            .map(|l| l.start)
            .max()
            .unwrap_or(self.words[i].span.start)
    }
}

fn breaks(words: &Words, sentences: &[Sentence]) -> Vec<bool> {
    let mut breaks = vec![false; words.len()];
    let mut paragraph = None;
    for sentence in sentences {
        if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph)
            && let Some(at) = breaks.get_mut(sentence.words.start)
        {
            *at = true;
        }
    }
    breaks
}
