//! The examples that stand beside rules and words are run as tests.

use crate::Expressions;
use crate::value::Value;
use marsad_text::{Words, sentences};
use rustc_hash::FxHashSet;

/// An example of the knowledge that does not come out as it says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The rule's id, or the file and line.
    pub place: String,
    /// What was expected, and what was found.
    pub what: String,
}

impl Expressions {
    /// Run every example and counter-example of the rules and tables.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for rule in self.grammar.rules() {
            let mut fault = |what: String| faults.push(Fault { place: format!("rule `{}`", rule.id), what });
            for example in &rule.examples {
                let times: Vec<(String, String)> = self
                    .read(&example.text)
                    .times
                    .iter()
                    .map(|t| (t.span.of(&example.text).to_owned(), t.resolve(example.at).value))
                    .collect();
                if !times.iter().any(|(span, value)| *span == example.span && *value == example.value) {
                    fault(format!("`{}`: expected `{}` = {}, found {times:?}", example.text, example.span, example.value));
                }
            }
            for example in &rule.number_examples {
                let numbers: Vec<(String, String)> =
                    self.read(&example.text).numbers.iter().map(|n| (n.span.of(&example.text).to_owned(), n.value.clone())).collect();
                if !numbers.iter().any(|(span, value)| *span == example.span && *value == example.value) {
                    fault(format!("`{}`: expected `{}` = {}, found {numbers:?}", example.text, example.span, example.value));
                }
            }
            for counter in &rule.counters {
                let found = self.read(&counter.text);
                if let Some(time) = found.times.iter().find(|t| rule.nothing || t.rule.split(' ').next() == Some(rule.id.as_str())) {
                    fault(format!("`{}`: found `{}`, which it must not", counter.text, time.span.of(&counter.text)));
                }
                if let Some(number) = found.numbers.first().filter(|_| rule.effect.is_none()) {
                    fault(format!("`{}`: found `{}`, which it must not", counter.text, number.span.of(&counter.text)));
                }
            }
        }
        faults.extend(self.vocabulary.rows.iter().filter_map(|row| self.row_fault(row)));
        faults.sort();
        faults
    }

    fn read(&self, text: &str) -> crate::Found {
        let words = Words::of(text);
        let cut = sentences(text, &words, &FxHashSet::default());
        self.find(text, &words, &cut)
    }

    fn row_fault(&self, row: &crate::vocabulary::Row) -> Option<Fault> {
        let words = Words::of(&row.example);
        let mut stands = false;
        for i in 0..words.len() {
            self.vocabulary.at(&row.example, &words, i, |_, _, _, entry| stands |= entry.value == row.value);
        }
        let read = self.read(&row.example);
        let what = match (stands, read.times.is_empty()) {
            (false, _) => "the form does not stand in its example",
            (true, true) => "no time is found in its example",
            _ => return None,
        };
        debug_assert!(!matches!(row.value, Value::Number(_)));
        Some(Fault { place: row.place.clone(), what: format!("{what}: `{}`", row.example) })
    }
}
