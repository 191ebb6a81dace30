//! Expressions of time and of number: finds them in a text and tells their value.
//!
//! In: a text with its words and sentences. Out: [`TimeExpression`]s, which resolve against the day of telling once it
//! is known, and [`NumberExpression`]s. Vocabulary (`months.tsv`, `weekdays.tsv`, `numbers.tsv`) and grammar (`time.toml`,
//! `number.toml`) are knowledge; this crate holds the engine and the arithmetic of calendars.
//!
//! **Invariants.** The same words give the same answer: no clock, no language in code. Spans lie on character boundaries
//! and come in text order; times do not overlap one another, and no number is reported from inside a time.

mod ahead;
mod calendar;
mod chart;
mod check;
mod date;
mod derived;
mod expression;
mod feast;
mod find;
mod fraction;
mod given;
mod grammar;
mod meaning;
mod number;
mod opening;
mod pattern;
mod resolve;
mod rule;
mod shift;
mod tale;
mod value;
mod vocabulary;

pub use check::Fault;
pub use expression::*;
pub use meaning::TimeMeaning;

use grammar::Grammar;
use jiff::civil::Date;
use marsad_model::Span;
use marsad_table::TableError;
use marsad_text::{Clitics, Sentence, Words};
use vocabulary::Vocabulary;

/// What is wrong with a language's vocabulary or grammar of time and number.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExpressionError {
    /// A table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The grammar is no TOML, or has fields nobody knows.
    #[error("{file}: {error}")]
    Toml {
        /// Which of the two files.
        file: &'static str,
        /// What is wrong, and where.
        error: toml::de::Error,
    },
    /// A rule makes no sense.
    #[error("rule `{rule}`: {what}")]
    Rule {
        /// Its id.
        rule: String,
        /// What is wrong, and what to do about it.
        what: String,
    },
}

/// The expressions of one language.
#[derive(Debug)]
pub struct Expressions {
    vocabulary: Vocabulary,
    grammar: Grammar,
}

impl Expressions {
    /// Compile a language's vocabulary and grammar. `file("months.tsv")` gives the text of the language's knowledge file.
    pub fn load<'a>(clitics: Clitics, file: impl Fn(&str) -> &'a str) -> Result<Self, ExpressionError> {
        let mut vocabulary = Vocabulary::new(clitics);
        vocabulary.months(file("months.tsv"))?;
        vocabulary.weekdays(file("weekdays.tsv"))?;
        vocabulary.numbers(file("numbers.tsv"))?;
        let grammar = Grammar::read(file("time.toml"), file("number.toml"), &mut vocabulary)?;
        Ok(Self { vocabulary, grammar })
    }

    /// Every time and number in a text.
    pub fn find(&self, text: &str, words: &Words, sentences: &[Sentence]) -> Found {
        find::find(&self.grammar, &self.vocabulary, text, words, sentences)
    }
}

/// What all expressions of a text mean if told on this day. "The same night" and "the day after" go on from the last day that was
/// told before them, be it "Tuesday".
pub fn resolve_all(times: &[TimeExpression], anchor: Option<Date>) -> Vec<Resolved> {
    let mut told: Option<Date> = None;
    let mut out = Vec::with_capacity(times.len());
    for time in times {
        let goes_on = told.filter(|_| time.meaning.goes_on_from_story());
        let resolved = goes_on.map_or_else(|| time.resolve(anchor), |day| time.meaning.told_after(day).resolve(anchor));
        let day = resolved.start.filter(|start| resolved.end == Some(*start) && resolved.kind == TimeKind::Point);
        told = day.or(told);
        out.push(resolved);
    }
    out
}

impl TimeExpression {
    /// What it means if told on this day; without one, as much as the words themselves say.
    pub fn resolve(&self, anchor: Option<Date>) -> Resolved {
        self.meaning.resolve(anchor)
    }

    /// The first and the last time of a range with their values, where a history tells it: there they are dates of their
    /// own, from which the tale goes on.
    pub fn ends(&self, anchor: Option<Date>) -> Option<[(Span, String); 2]> {
        let [first, last] = self.ends.filter(|_| self.meaning.is_of_history())?;
        let value = self.resolve(anchor).value;
        let (from, to) = value.split_once('/').filter(|(_, to)| !to.contains('/'))?;
        Some([(first, from.to_owned()), (last, to.to_owned())])
    }
}
