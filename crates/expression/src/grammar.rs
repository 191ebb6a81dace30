//! The grammar of a language's expressions: `time.toml` and `number.toml`, compiled.

use crate::ExpressionError;
use crate::number::NumberGrammar;
use crate::opening::{ClassSet, Openings, first_words, needs, second_words};
use crate::pattern::Names;
use crate::rule::{NumberText, Rule, RuleText, TOP, number_rule, time_rule};
use crate::value::Value;
use crate::vocabulary::{Standing, Vocabulary};
use serde::Deserialize;
use std::collections::BTreeMap;

/// `time.toml` or `number.toml` as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// How numbers are put together.
    #[serde(default)]
    numbers: NumberGrammar,
    /// Class by class, each value with its forms.
    #[serde(default)]
    class: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Pieces of patterns that several rules share.
    #[serde(default)]
    define: BTreeMap<String, String>,
    #[serde(default)]
    rule: Vec<RuleText>,
    /// Rules for hedged numbers and ranges of numbers.
    #[serde(default)]
    number: Vec<NumberText>,
}

impl File {
    /// The rules of times with those of numbers, which use one another's classes.
    fn read(times: &str, numbers: &str) -> Result<Self, ExpressionError> {
        let toml = |file| move |error| ExpressionError::Toml { file, error };
        let mut all: Self = toml::from_str(times).map_err(toml("time.toml"))?;
        let numbers: Self = toml::from_str(numbers).map_err(toml("number.toml"))?;
        all.numbers = numbers.numbers;
        all.class.extend(numbers.class);
        all.define.extend(numbers.define);
        all.rule.extend(numbers.rule);
        all.number.extend(numbers.number);
        Ok(all)
    }
}

#[derive(Debug)]
pub(crate) struct Grammar {
    rules: Vec<Rule>,
    by_class: Vec<Vec<u32>>,
    /// Classes whose matches are expressions of time.
    pub(crate) emitted: Vec<u16>,
    pub(crate) number_class: u16,
    /// After one of these a time is to come; after one of those not, though one of these stands before it.
    pub(crate) to_come: Vec<u16>,
    pub(crate) gone_by: Vec<u16>,
    pub(crate) numbers: NumberGrammar,
    pub(crate) number_first: ClassSet,
    pub(crate) openings: Openings,
    /// How many classes there are.
    pub(crate) classes: usize,
}

/// The class of the rules of numbers.
const QUANTITY: &str = "quantity";

impl Grammar {
    pub(crate) fn read(times: &str, numbers: &str, vocabulary: &mut Vocabulary) -> Result<Self, ExpressionError> {
        let file = File::read(times, numbers)?;
        for (name, values) in &file.class {
            let class = vocabulary.declare(name);
            for (value, forms) in values {
                for form in forms {
                    vocabulary.add(class, form, Value::Text(value.as_str().into()), Standing::Alone);
                }
            }
        }
        let lexical = vocabulary.class_count();
        for rule in &file.rule {
            vocabulary.declare(rule.gives.as_deref().unwrap_or(TOP));
        }
        vocabulary.declare(TOP);
        let number_class = vocabulary.declare(QUANTITY);
        let after_nonterminals = vocabulary.class_count();
        let nonterminal = |class: u16| (lexical..after_nonterminals).contains(&usize::from(class));
        let mut rules = Vec::new();
        for text in file.rule {
            rules.push(time_rule(text, &file.define, vocabulary)?);
        }
        for text in file.number {
            rules.push(number_rule(text, number_class, &file.define, vocabulary)?);
        }
        let mut by_class = vec![Vec::new(); vocabulary.class_count()];
        for (i, rule) in rules.iter().enumerate() {
            by_class[usize::from(rule.class)].push(i as u32);
        }
        for i in 0..rules.len() {
            let first = first_words(i, &rules, &by_class, &nonterminal)?;
            rules[i].first = first;
        }
        for i in 0..rules.len() {
            rules[i].second = second_words(&rules[i], &rules, &by_class, &nonterminal);
            rules[i].needed = needs(&rules[i], &rules, &by_class, &nonterminal);
        }
        let mut emitted: Vec<u16> = rules.iter().filter(|r| r.effect.is_some() && !r.inner).map(|r| r.class).collect();
        emitted.sort_unstable();
        emitted.dedup();
        let mut number_first = ClassSet::default();
        rules.iter().filter(|r| r.class == number_class).for_each(|r| number_first.extend(&r.first));
        let classes = vocabulary.class_count();
        let openings = Openings::new(&rules, classes);
        let named = |class: &str, names: &mut Vocabulary| names.class(class).into_iter().collect();
        let (to_come, gone_by) = (named("to_come", vocabulary), named("gone_by", vocabulary));
        Ok(Self { rules, by_class, emitted, number_class, to_come, gone_by, numbers: file.numbers, number_first, openings, classes })
    }

    pub(crate) fn rule(&self, number: u32) -> &Rule {
        &self.rules[number as usize]
    }

    pub(crate) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rules that make a class, in the order of the file: of two readings of the same words the first one counts.
    pub(crate) fn of_class(&self, class: u16) -> &[u32] {
        self.by_class.get(usize::from(class)).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn is_lexical(&self, class: u16) -> bool {
        self.of_class(class).is_empty()
    }
}
