//! The chart: which classes begin at which word of a text, found once and remembered.

mod attempt;

use crate::ahead::Ahead;
use crate::grammar::Grammar;
use crate::number::{NumberGrammar, Reader, Reading};
use crate::opening::ClassSet;
use crate::rule::Rule;
use crate::value::Value;
use crate::vocabulary::{ANY, DOTTED, Vocabulary, WORD};
use attempt::Caught;
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
    /// What stands at each word and soon after it.
    ahead: Ahead,
    /// Of a class at a word, its matches in `found`.
    remembered: FxHashMap<(u16, u32), (u32, u32)>,
    found: Vec<Match>,
    /// What was caught in attempts that are done, to be used again.
    spare: Vec<Caught>,
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
            ahead: Ahead::new(grammar.classes, words.len()),
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
        chart.ahead.close();
        for i in 0..words.len() {
            chart.prune(i);
        }
        chart
    }

    /// Put together what may begin with the classes of the i-th word.
    fn add_openings(&mut self, i: usize) {
        let (from, openings) = (self.open.len(), &self.grammar.openings);
        for lexical in &self.lexical[self.starts[i] as usize..] {
            self.ahead.add(i, lexical.class);
            if self.open.len() == from {
                self.open.resize(from + openings.width(), 0);
            }
            for (bits, more) in self.open[from..].iter_mut().zip(openings.of(lexical.class)) {
                *bits |= more;
            }
        }
        self.opens.push(self.open.len() as u32);
    }

    /// Leave out what may begin at the i-th word but could not go on.
    fn prune(&mut self, i: usize) {
        let mut open = std::mem::take(&mut self.open);
        let set = open.get_mut(self.open_range(i)).unwrap_or_default();
        let grammar = self.grammar;
        grammar.openings.keep(set, |number| {
            let rule = grammar.rule(number);
            self.ahead.has_all(i, &rule.needed) && self.goes_on(i, rule)
        });
        self.open = open;
    }

    fn open_range(&self, i: usize) -> Range<usize> {
        let to = self.opens.get(i).map_or(0, |&to| to as usize);
        i.checked_sub(1).map_or(0, |before| self.opens[before] as usize)..to
    }

    /// What may begin at the i-th word.
    fn open_at(&self, i: usize) -> &[u64] {
        self.open.get(self.open_range(i)).unwrap_or_default()
    }

    fn lexical_at(&self, i: usize) -> Range<usize> {
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
    pub(crate) fn cued(&self, classes: &[u16], i: usize, within: usize) -> bool {
        let at = self.sentences.partition_point(|&start| start <= i);
        let start = at.checked_sub(1).map_or(0, |k| self.sentences[k]);
        (start.max(i.saturating_sub(within))..i).any(|k| classes.iter().any(|&c| self.stands(c, k)))
    }

    /// Can a match that begins with one of these classes begin here?
    pub(crate) fn begins(&self, i: usize, first: &ClassSet) -> bool {
        self.lexical_at(i).any(|k| first.contains(self.lexical[k].class))
    }

    /// Those of the classes that may begin at the i-th word.
    pub(crate) fn beginning(&self, i: usize, classes: &[u16], out: &mut Vec<u16>) {
        out.clear();
        let open = self.open_at(i);
        if !open.is_empty() {
            out.extend(classes.iter().filter(|&&class| self.grammar.openings.has_class(open, class)));
        }
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
        for at in 0..grammar.openings.rule_words() {
            for number in grammar.openings.rules(self.open_at(i), class, at) {
                self.attempt(number, grammar.rule(number), i, &mut all);
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
