//! A rule: as it is written in a language's file, and compiled.

use crate::ExpressionError;
use crate::ahead::Needs;
use crate::opening::ClassSet;
use crate::pattern::{Names, Pattern, Step};
use crate::value::Effect;
use crate::vocabulary::Vocabulary;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The class of rules that are no part of others.
pub(crate) const TOP: &str = "time";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleText {
    id: String,
    pattern: String,
    /// The class of what it makes; only rules without one are no part of others.
    #[serde(default)]
    pub(crate) gives: Option<String>,
    /// It is a part of others, and no expression by itself.
    #[serde(default)]
    inner: bool,
    /// What it matches is no time, though a part of it looks like one: an age, a newspaper's name.
    #[serde(default)]
    nothing: bool,
    #[serde(default)]
    value: toml::Table,
    #[serde(default)]
    not_before: Vec<String>,
    #[serde(default)]
    not_after: Vec<String>,
    /// One of these must stand earlier in the sentence: "in two weeks" is a time to come only after "will".
    #[serde(default)]
    cue: Vec<String>,
    #[serde(default)]
    #[allow(dead_code)] // for the reader of the file
    note: String,
    #[serde(default)]
    example: Vec<Example>,
    #[serde(default)]
    counter: Vec<Counter>,
}

/// A text that a rule must read so.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Example {
    /// The day of telling.
    #[serde(default)]
    pub(crate) at: Option<jiff::civil::Date>,
    pub(crate) text: String,
    pub(crate) span: String,
    pub(crate) value: String,
}

/// A text in which a rule must find nothing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Counter {
    pub(crate) text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NumberText {
    id: String,
    pattern: String,
    count: Telling,
    #[serde(default)]
    not_before: Vec<String>,
    #[serde(default)]
    not_after: Vec<String>,
    #[serde(default)]
    #[allow(dead_code)] // for the reader of the file
    note: String,
    #[serde(default)]
    example: Vec<NumberExample>,
    #[serde(default)]
    counter: Vec<Counter>,
}

/// A text in which a rule of numbers must find this number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NumberExample {
    pub(crate) text: String,
    pub(crate) span: String,
    pub(crate) value: String,
}

/// How a rule of numbers tells its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Telling {
    Exact,
    AtLeast,
    AtMost,
    About,
    Vague,
    Between,
    /// No number of things, though it looks like one: a type of weapon, a score, a section.
    Nothing,
}

#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) pattern: Pattern,
    /// The words and lexical classes it can begin with.
    pub(crate) first: ClassSet,
    /// What must begin where the first word or phrase ends; `None` where nothing needs to, or where that can't be told.
    pub(crate) second: Option<ClassSet>,
    /// What it must find ahead.
    pub(crate) needed: Needs,
    pub(crate) class: u16,
    pub(crate) inner: bool,
    /// Its matches are no times.
    pub(crate) nothing: bool,
    /// Its matches say how old somebody is.
    pub(crate) age: bool,
    /// `None`: a rule of numbers.
    pub(crate) effect: Option<Effect>,
    pub(crate) telling: Telling,
    pub(crate) not_before: Vec<u16>,
    pub(crate) not_after: Vec<u16>,
    pub(crate) cue: Vec<u16>,
    pub(crate) examples: Vec<Example>,
    pub(crate) number_examples: Vec<NumberExample>,
    pub(crate) counters: Vec<Counter>,
}

impl Rule {
    /// Does it catch a number under this name?
    pub(crate) fn capture(&self, name: &str) -> Option<usize> {
        self.pattern.captures.iter().position(|c| c == name)
    }

    /// Do brackets part the span from the rest?
    pub(crate) fn has_brackets(&self) -> bool {
        self.pattern.steps.iter().any(|s| matches!(s, Step::Open))
    }
}

/// What a rule gives whose matches say how old somebody is.
const AGE: &str = "age";

pub(crate) fn time_rule(text: RuleText, define: &BTreeMap<String, String>, names: &mut Vocabulary) -> Result<Rule, ExpressionError> {
    let error = |what: String| ExpressionError::Rule { rule: text.id.clone(), what };
    let shown = if text.nothing { !text.counter.is_empty() } else { !text.example.is_empty() };
    if !shown && !text.inner {
        return Err(error("a rule needs an example".to_owned()));
    }
    let pattern = Pattern::read(&text.pattern, define, names).map_err(error)?;
    let effect = Some(Effect::read(&text.id, &text.value, &pattern.captures)?);
    Ok(Rule {
        first: ClassSet::default(),
        second: None,
        needed: Needs::default(),
        class: names.declare(text.gives.as_deref().unwrap_or(TOP)),
        inner: text.inner,
        nothing: text.nothing,
        age: text.gives.as_deref() == Some(AGE),
        effect,
        telling: Telling::Exact,
        not_before: beside(&text.not_before, names),
        not_after: beside(&text.not_after, names),
        cue: beside(&text.cue, names),
        examples: text.example,
        number_examples: Vec::new(),
        counters: text.counter,
        id: text.id,
        pattern,
    })
}

pub(crate) fn number_rule(
    text: NumberText,
    class: u16,
    define: &BTreeMap<String, String>,
    names: &mut Vocabulary,
) -> Result<Rule, ExpressionError> {
    let error = |what: String| ExpressionError::Rule { rule: text.id.clone(), what };
    if text.example.is_empty() && text.counter.is_empty() {
        return Err(error("a rule needs an example".to_owned()));
    }
    let pattern = Pattern::read(&text.pattern, define, names).map_err(error)?;
    let needed: &[&str] = match text.count {
        Telling::Between => &["a", "b"],
        Telling::Vague | Telling::Nothing => &[],
        _ => &["number"],
    };
    if let Some(missing) = needed.iter().find(|n| !pattern.captures.iter().any(|c| c == *n)) {
        return Err(error(format!("the pattern catches no `{missing}`")));
    }
    Ok(Rule {
        first: ClassSet::default(),
        second: None,
        needed: Needs::default(),
        class,
        inner: false,
        nothing: false,
        age: false,
        effect: None,
        telling: text.count,
        not_before: beside(&text.not_before, names),
        not_after: beside(&text.not_after, names),
        cue: Vec::new(),
        examples: Vec::new(),
        number_examples: text.example,
        counters: text.counter,
        id: text.id,
        pattern,
    })
}

/// Words and classes (in braces) that must not stand beside a match.
fn beside(list: &[String], names: &mut Vocabulary) -> Vec<u16> {
    let class = |name: &String, names: &mut Vocabulary| match name.strip_prefix('{').and_then(|n| n.strip_suffix('}')) {
        Some(class) => names.class(class),
        None => Some(names.word(name)),
    };
    list.iter().filter_map(|name| class(name, names)).collect()
}
