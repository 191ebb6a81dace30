//! The grammar of a language's expressions: `time.toml` and `number.toml`, compiled.

use crate::ExpressionError;
use crate::number::NumberGrammar;
use crate::pattern::{Names, Pattern, Step};
use crate::value::{Effect, Value};
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

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    id: String,
    pattern: String,
    /// The class of what it makes; only rules without one are no part of others.
    #[serde(default)]
    gives: Option<String>,
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
    /// How many words before it the cue may stand; without a number, anywhere before it.
    #[serde(default)]
    within: Option<usize>,
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
struct NumberText {
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

/// A set of class numbers.
#[derive(Debug, Clone, Default)]
pub(crate) struct ClassSet(Vec<u64>);

impl ClassSet {
    pub(crate) fn contains(&self, class: u16) -> bool {
        self.0.get(usize::from(class) / 64).is_some_and(|bits| bits >> (class % 64) & 1 == 1)
    }

    fn insert(&mut self, class: u16) {
        let at = usize::from(class) / 64;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        self.0[at] |= 1 << (class % 64);
    }

    fn extend(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        self.0.iter_mut().zip(&other.0).for_each(|(bits, more)| *bits |= more);
    }
}

/// What may begin with a word of a lexical class: rules by number, and then the classes that they make. All such sets of a
/// grammar are equally wide, so that those of a word's classes are put together by `or`.
#[derive(Debug, Default)]
pub(crate) struct Openings {
    /// The sets of all lexical classes, one after another.
    bits: Vec<u64>,
    width: usize,
    rules: usize,
}

impl Openings {
    fn new(rules: &[Rule], classes: usize) -> Self {
        let width = (rules.len() + classes).div_ceil(64);
        let mut openings = Self { bits: vec![0; width * classes], width, rules: rules.len() };
        for (number, rule) in rules.iter().enumerate() {
            for class in (0..classes).filter(|&c| rule.first.contains(c as u16)) {
                for bit in [number, rules.len() + usize::from(rule.class)] {
                    openings.bits[class * width + bit / 64] |= 1 << (bit % 64);
                }
            }
        }
        openings
    }

    /// The words of a set.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// What may begin with this class.
    pub(crate) fn of(&self, class: u16) -> &[u64] {
        self.bits.get(usize::from(class) * self.width..(usize::from(class) + 1) * self.width).unwrap_or_default()
    }

    /// Is the rule in the set?
    pub(crate) fn has_rule(set: &[u64], rule: u32) -> bool {
        set.get(rule as usize / 64).is_some_and(|bits| bits >> (rule % 64) & 1 == 1)
    }

    /// Is a rule that makes this class in it?
    pub(crate) fn has_class(&self, set: &[u64], class: u16) -> bool {
        Self::has_rule(set, (self.rules + usize::from(class)) as u32)
    }
}

#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) pattern: Pattern,
    /// The words and lexical classes it can begin with.
    pub(crate) first: ClassSet,
    /// What must begin where the first word or phrase ends; `None` where nothing needs to, or where that can't be told.
    pub(crate) second: Option<ClassSet>,
    pub(crate) class: u16,
    pub(crate) inner: bool,
    /// Its matches are no times.
    pub(crate) nothing: bool,
    /// `None`: a rule of numbers.
    pub(crate) effect: Option<Effect>,
    pub(crate) telling: Telling,
    pub(crate) not_before: Vec<u16>,
    pub(crate) not_after: Vec<u16>,
    pub(crate) cue: Vec<u16>,
    pub(crate) within: Option<usize>,
    pub(crate) examples: Vec<Example>,
    pub(crate) number_examples: Vec<NumberExample>,
    pub(crate) counters: Vec<Counter>,
}

#[derive(Debug)]
pub(crate) struct Grammar {
    rules: Vec<Rule>,
    by_class: Vec<Vec<u32>>,
    /// Classes whose matches are expressions of time.
    pub(crate) emitted: Vec<u16>,
    pub(crate) number_class: u16,
    pub(crate) numbers: NumberGrammar,
    /// All that an expression can begin with.
    pub(crate) first: ClassSet,
    pub(crate) number_first: ClassSet,
    pub(crate) openings: Openings,
}

/// The class of rules that are no part of others.
const TOP: &str = "time";
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
        }
        let mut emitted: Vec<u16> = rules.iter().filter(|r| r.effect.is_some() && !r.inner).map(|r| r.class).collect();
        emitted.sort_unstable();
        emitted.dedup();
        let union = |wanted: &dyn Fn(&Rule) -> bool| {
            let mut all = ClassSet::default();
            for rule in rules.iter().filter(|r| wanted(r)) {
                (0..vocabulary.class_count() as u16).filter(|&c| rule.first.contains(c)).for_each(|c| all.insert(c));
            }
            all
        };
        let first = union(&|r| emitted.contains(&r.class));
        let number_first = union(&|r| r.class == number_class);
        let openings = Openings::new(&rules, vocabulary.class_count());
        Ok(Self { rules, by_class, emitted, number_class, numbers: file.numbers, first, number_first, openings })
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

fn time_rule(text: RuleText, define: &BTreeMap<String, String>, names: &mut Vocabulary) -> Result<Rule, ExpressionError> {
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
        class: names.declare(text.gives.as_deref().unwrap_or(TOP)),
        inner: text.inner,
        nothing: text.nothing,
        effect,
        telling: Telling::Exact,
        not_before: beside(&text.not_before, names),
        not_after: beside(&text.not_after, names),
        cue: beside(&text.cue, names),
        within: text.within,
        examples: text.example,
        number_examples: Vec::new(),
        counters: text.counter,
        id: text.id,
        pattern,
    })
}

fn number_rule(text: NumberText, class: u16, define: &BTreeMap<String, String>, names: &mut Vocabulary) -> Result<Rule, ExpressionError> {
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
        class,
        inner: false,
        nothing: false,
        effect: None,
        telling: text.count,
        not_before: beside(&text.not_before, names),
        not_after: beside(&text.not_after, names),
        cue: Vec::new(),
        within: None,
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

/// The lexical classes that a rule can begin with, through the rules it begins with.
fn first_words(
    rule: usize,
    rules: &[Rule],
    by_class: &[Vec<u32>],
    nonterminal: &impl Fn(u16) -> bool,
) -> Result<ClassSet, ExpressionError> {
    let (mut first, mut todo, mut seen) = (ClassSet::default(), rules[rule].pattern.first(), ClassSet::default());
    while let Some(class) = todo.pop() {
        if !nonterminal(class) {
            first.insert(class);
        } else if class == rules[rule].class {
            let what = format!("it begins with what it makes itself, `{}`", rules[rule].pattern.captures.join(", "));
            return Err(ExpressionError::Rule { rule: rules[rule].id.clone(), what });
        } else if !seen.contains(class) {
            seen.insert(class);
            for &next in &by_class[usize::from(class)] {
                todo.extend(rules[next as usize].pattern.first());
            }
        }
    }
    Ok(first)
}

/// The lexical classes one of which must begin where a rule's first word ends: most rules that begin with "the" need not be
/// tried before most words.
fn second_words(rule: &Rule, rules: &[Rule], by_class: &[Vec<u32>], nonterminal: &impl Fn(u16) -> bool) -> Option<ClassSet> {
    let pattern = &rule.pattern;
    let (first, _) = pattern.next(vec![0]);
    if first.iter().filter_map(|&at| pattern.item(at)).any(|item| nonterminal(item.class)) {
        return None;
    }
    let (second, ends) = pattern.next(first.iter().map(|at| at + 1).collect());
    let mut set = ClassSet::default();
    for item in second.iter().filter_map(|&at| pattern.item(at)) {
        // A clitic may stand alone before its word, which is then the third.
        if item.prefix.is_some() {
            return None;
        }
        if nonterminal(item.class) {
            by_class[usize::from(item.class)].iter().for_each(|&next| set.extend(&rules[next as usize].first));
        } else {
            set.insert(item.class);
        }
    }
    (!ends).then_some(set)
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
