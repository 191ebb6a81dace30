//! What a rule can begin with: most rules need not be tried at most words.

use crate::ExpressionError;
use crate::ahead::Needs;
use crate::pattern::Need;
use crate::rule::Rule;

/// A set of class numbers.
#[derive(Debug, Clone, Default)]
pub(crate) struct ClassSet(Vec<u64>);

impl ClassSet {
    pub(crate) fn contains(&self, class: u16) -> bool {
        self.0.get(usize::from(class) / 64).is_some_and(|bits| bits >> (class % 64) & 1 == 1)
    }

    pub(crate) fn insert(&mut self, class: u16) {
        let at = usize::from(class) / 64;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        self.0[at] |= 1 << (class % 64);
    }

    /// The classes in it.
    pub(crate) fn classes(&self) -> impl Iterator<Item = u16> {
        (0..self.0.len() as u16 * 64).filter(|&class| self.contains(class))
    }

    pub(crate) fn extend(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        self.0.iter_mut().zip(&other.0).for_each(|(bits, more)| *bits |= more);
    }
}

/// What may begin with a word of a lexical class: rules by number, and behind them the classes that they make. All such sets
/// of a grammar are equally wide, so that those of a word's classes are put together by `or`.
#[derive(Debug, Default)]
pub(crate) struct Openings {
    /// The sets of all lexical classes, one after another.
    bits: Vec<u64>,
    width: usize,
    /// Where the classes begin in a set.
    rules: usize,
    /// The class of each rule, and the rules of each class.
    class_of: Vec<u16>,
    of_class: Vec<u64>,
}

impl Openings {
    pub(crate) fn new(rules: &[Rule], classes: usize) -> Self {
        let rule_width = rules.len().div_ceil(64);
        let width = rule_width + classes.div_ceil(64);
        let class_of = rules.iter().map(|rule| rule.class).collect();
        let mut openings =
            Self { bits: vec![0; width * classes], width, rules: rule_width, class_of, of_class: vec![0; rule_width * classes] };
        for (number, rule) in rules.iter().enumerate() {
            openings.of_class[usize::from(rule.class) * rule_width + number / 64] |= 1 << (number % 64);
            for class in rule.first.classes() {
                openings.bits[usize::from(class) * width + number / 64] |= 1 << (number % 64);
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

    /// Keep only these rules in a set, and the classes that they make.
    pub(crate) fn keep(&self, set: &mut [u64], mut keep: impl FnMut(u32) -> bool) {
        let Some((rules, classes)) = set.split_at_mut_checked(self.rules) else { return };
        classes.fill(0);
        for (at, bits) in rules.iter_mut().enumerate() {
            for rule in ones(at, *bits) {
                if keep(rule) {
                    let class = self.class_of[rule as usize];
                    classes[usize::from(class) / 64] |= 1 << (class % 64);
                } else {
                    *bits &= !(1 << (rule % 64));
                }
            }
        }
    }

    /// Is a rule that makes this class in the set?
    pub(crate) fn has_class(&self, set: &[u64], class: u16) -> bool {
        set.get(self.rules + usize::from(class) / 64).is_some_and(|bits| bits >> (class % 64) & 1 == 1)
    }

    /// The rules of this class in one word of a set, by their order.
    pub(crate) fn rules(&self, set: &[u64], class: u16, at: usize) -> impl Iterator<Item = u32> + use<> {
        let of_class = self.of_class.get(usize::from(class) * self.rules + at).copied().unwrap_or(0);
        ones(at, of_class & set.get(at).copied().unwrap_or(0))
    }

    /// The words of a set that hold rules.
    pub(crate) fn rule_words(&self) -> usize {
        self.rules
    }
}

/// The numbers of the bits that are set in one word of a set.
fn ones(at: usize, mut bits: u64) -> impl Iterator<Item = u32> + use<> {
    std::iter::from_fn(move || {
        let next = (bits != 0).then(|| at as u32 * 64 + bits.trailing_zeros());
        bits &= bits.wrapping_sub(1);
        next
    })
}

/// The lexical classes that a rule can begin with, through the rules it begins with.
pub(crate) fn first_words(
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
pub(crate) fn second_words(rule: &Rule, rules: &[Rule], by_class: &[Vec<u32>], nonterminal: &impl Fn(u16) -> bool) -> Option<ClassSet> {
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

/// The sets of lexical classes one of each of which a match of a rule has, but for those that it begins with anyway.
pub(crate) fn needs(rule: &Rule, rules: &[Rule], by_class: &[Vec<u32>], nonterminal: &impl Fn(u16) -> bool) -> Needs {
    let lexical = |needed: &Need| {
        let mut set = ClassSet::default();
        for &class in &needed.classes {
            if nonterminal(class) {
                by_class[usize::from(class)].iter().for_each(|&next| set.extend(&rules[next as usize].first));
            } else {
                set.insert(class);
            }
        }
        set
    };
    let told = |set: &ClassSet| rule.first.classes().any(|class| !set.contains(class));
    Needs::new(rule.pattern.needed.iter().map(lexical).filter(told).map(|set| set.classes().collect()), by_class.len())
}
