//! An attempt: one rule tried at one word, every way its pattern allows.

use super::{Chart, Match};
use crate::pattern::{Item, Step};
use crate::rule::Rule;
use crate::value::{Effect, Value};

/// What an attempt has caught, with the words at which it was.
#[derive(Default)]
pub(super) struct Caught {
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

impl Chart<'_> {
    /// Adds a rule's matches to those of the rules of its class that stand before it, which go first.
    pub(super) fn attempt(&mut self, number: u32, rule: &Rule, i: usize, all: &mut Vec<Match>) {
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
        if !rule.cue.is_empty() && !self.cued(&rule.cue, attempt.from, usize::MAX) {
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
}
