//! The vote: what a small learnt model weighs of a claim in the making, and from which sum on a claim stands.

use crate::Files;
use crate::error::{KnowledgeError, need_word};
use marsad_model::Language;
use marsad_table::Table;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Sorts of claims that are weighed apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ballot {
    /// Of violence.
    Violence,
    /// Of protest.
    Protest,
    /// Of anything else.
    Other,
}

impl Ballot {
    /// All, in the order of their columns.
    pub const ALL: [Self; 3] = [Self::Violence, Self::Protest, Self::Other];

    /// Its column in the table of weights.
    pub fn column(self) -> &'static str {
        match self {
            Self::Violence => "violence",
            Self::Protest => "protest",
            Self::Other => "other",
        }
    }
}

/// What `world/vote.toml` says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoteRules {
    /// Where this comes from.
    pub basis: String,
    /// What a feature weighs before anything is learnt; learning moves it from there.
    pub prior: BTreeMap<String, f64>,
    /// The sum from which on a claim is told as it is, by language and sort of claim.
    pub stands: BTreeMap<String, BTreeMap<Ballot, f64>>,
    /// The sum from which on it is a claim at all: between the two, one of background.
    pub heard: BTreeMap<String, BTreeMap<Ballot, f64>>,
    /// What the rest of the report adds.
    pub context: BTreeMap<String, Context>,
}

/// What the rest of a report adds to a claim of violence: where other sentences tell of fighting, this one likely does.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// So many sentences make a whole report, as a title or a known publisher does.
    pub whole: usize,
    /// That it is one.
    pub several: f64,
    /// For each other sentence that tells of violence with an armed party, a weapon or people hurt.
    pub step: f64,
    /// At most.
    pub most: f64,
}

/// The weights and thresholds of one language.
#[derive(Debug, Clone, Default)]
pub struct Votes {
    weights: FxHashMap<u64, [i32; 3]>,
    /// By sort of claim, from which sum on how many of a hundred were right; rising.
    right: [Vec<(i32, u32)>; 3],
    stands: [i32; 3],
    heard: [i32; 3],
    whole: usize,
    several: i32,
    step: i32,
    most: i32,
}

/// Weights are kept in thousandths: sums of whole numbers are the same on every machine and in any order.
const UNIT: f64 = 1000.0;

/// A feature by its fingerprint: the template, and the value if it has one (FNV-1a).
pub fn feature(template: &str, value: &str) -> u64 {
    let colon: &[u8] = if value.is_empty() { b"" } else { b":" };
    let bytes = template.bytes().chain(colon.iter().copied()).chain(value.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3))
}

impl VoteRules {
    /// Read the rules.
    pub fn load(files: &Files) -> Result<Self, KnowledgeError> {
        let file = "world/vote.toml".to_owned();
        toml::from_str(files.get(&file)).map_err(|error| KnowledgeError::Rules { file, error: Box::new(error) })
    }
}

impl Votes {
    /// The weights of a language; where it has none, nothing but what the rules say.
    pub(crate) fn load(files: &Files, language: Language) -> Result<Self, KnowledgeError> {
        let rules = VoteRules::load(files)?;
        let thousandths = |w: f64| (w * UNIT).round() as i32;
        let mut votes = Self::default();
        if let Some(context) = rules.context.get(language.code()) {
            votes.whole = context.whole;
            (votes.several, votes.step, votes.most) = (thousandths(context.several), thousandths(context.step), thousandths(context.most));
        }
        let sums = |table: &BTreeMap<String, BTreeMap<Ballot, f64>>| {
            let of = |ballot| table.get(language.code()).and_then(|sums| sums.get(&ballot)).map_or(i32::MIN / 2, |s| thousandths(*s));
            [of(Ballot::Violence), of(Ballot::Protest), of(Ballot::Other)]
        };
        (votes.stands, votes.heard) = (sums(&rules.stands), sums(&rules.heard));
        votes.weights = rules.prior.iter().map(|(name, w)| (feature(name, ""), [thousandths(*w); 3])).collect();
        let file = format!("{}/vote.tsv", language.code());
        if !files.get(&file).is_empty() {
            let table = Table::read(&file, files.get(&file), &["feature", "violence", "protest", "other"])?;
            for row in table.rows() {
                let of = |column: &str| row.parse::<i32>(column).map(Option::unwrap_or_default);
                votes.weights.insert(feature(row.need("feature")?, ""), [of("violence")?, of("protest")?, of("other")?]);
            }
        }
        votes.read_right(files, language)?;
        Ok(votes)
    }

    fn read_right(&mut self, files: &Files, language: Language) -> Result<(), KnowledgeError> {
        let file = format!("{}/confidence.tsv", language.code());
        if files.get(&file).is_empty() {
            return Ok(());
        }
        let table = Table::read(&file, files.get(&file), &["sort", "from", "right"])?;
        for row in table.rows() {
            let ballot: Ballot = need_word(&row, "sort")?;
            let number = |column: &str| row.parse::<i32>(column)?.ok_or_else(|| row.error(format!("`{column}` is empty")));
            let (from, right) = (number("from")?, number("right")?);
            self.right[ballot as usize].push((from, u32::try_from(right).unwrap_or_default().min(100)));
        }
        self.right.iter_mut().for_each(|steps| steps.sort_unstable());
        Ok(())
    }

    /// How many of a hundred claims with such a sum were right on texts that the vote had not learnt from; `None` for
    /// sorts of claims that nobody has judged enough of.
    pub fn right(&self, ballot: Ballot, sum: i32) -> Option<u32> {
        let steps = &self.right[ballot as usize];
        steps.iter().rev().find(|(from, _)| *from <= sum).or(steps.first()).map(|(_, right)| *right)
    }

    /// What a feature weighs for a sort of claim, in thousandths.
    pub fn weight(&self, ballot: Ballot, key: u64) -> i32 {
        self.weights.get(&key).map_or(0, |w| w[ballot as usize])
    }

    /// The sums, in thousandths, that a claim must reach to be told as it is, and to be a claim at all.
    pub fn asked(&self, ballot: Ballot) -> (i32, i32) {
        (self.stands[ballot as usize], self.heard[ballot as usize])
    }

    /// What the rest of a report adds that is known to be one or has so many sentences, of which so many others tell of violence; in thousandths.
    pub fn context(&self, published: bool, sentences: usize, fighting: usize) -> i32 {
        let several = if published || sentences >= self.whole { self.several } else { 0 };
        let others = self.step.saturating_mul(i32::try_from(fighting).unwrap_or(i32::MAX));
        several.saturating_add(others).min(self.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_and_its_value_are_the_feature_of_that_name() {
        assert_eq!(feature("word", "ball"), feature("word:ball", ""));
        assert_ne!(feature("quoted", ""), feature("quoted:x", ""));
    }

    #[test]
    fn every_threshold_is_for_a_language_and_context_only_helps() {
        let rules = VoteRules::load(&Files::embedded()).unwrap();
        assert_eq!(rules.stands.keys().collect::<Vec<_>>(), ["ar", "en"]);
        assert!(rules.stands.iter().all(|(l, sums)| sums.iter().all(|(ballot, s)| rules.heard[l][ballot] <= *s)));
        assert_eq!(rules.context.keys().collect::<Vec<_>>(), ["ar", "en"]);
        let votes = Votes::load(&Files::embedded(), Language::Arabic).unwrap();
        assert_eq!(votes.context(false, 1, 0), 0);
        assert!(votes.context(false, 1, 0) < votes.context(false, 3, 0) && votes.context(false, 3, 0) <= votes.context(false, 3, 2));
        assert_eq!(votes.context(true, usize::MAX, usize::MAX), votes.context(true, 1_000, 1_000));
    }
}
