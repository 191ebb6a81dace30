//! Words that say how old somebody is: their numbers count nobody, and nothing else stands in them.

use crate::passage::Passage;
use marsad_expression::{Age, Found};
use marsad_knowledge::{Entry, LanguageKnowledge};
use marsad_text::Words;

/// Words between a name and those on the person's age («البالغ من العمر 14 عاما»).
const AGE_REACH: usize = 3;

/// The ages of a text. "A man aged 40 and 6 women": a number that counts those who follow is none.
pub(crate) fn ages(found: &Found, language: &LanguageKnowledge, text: &str, words: &Words) -> Vec<Age> {
    let people = |at: usize| {
        let phrases = language.lexicon.at(text, words, at);
        phrases.iter().any(|h| h.values.iter().any(|e| matches!(e, Entry::People { .. })))
    };
    let own = |age: &Age| {
        let mut numbers = found.numbers.iter().filter(|n| age.first <= n.first && n.last <= age.last).rev();
        match (numbers.next(), numbers.next()) {
            (Some(counting), Some(before)) if counting.last == age.last && people(age.last + 1) => Age { last: before.last, ..*age },
            _ => *age,
        }
    };
    found.ages.iter().map(own).collect()
}

impl Passage<'_, '_> {
    /// The words on somebody's age that this word is one of.
    fn age_at(&self, i: usize) -> Option<Age> {
        let at = self.ages.partition_point(|a| a.first <= i).checked_sub(1)?;
        self.ages.get(at).copied().filter(|a| i <= a.last)
    }

    /// The word after those on somebody's age that begin here, the two commas around them included.
    pub(crate) fn age_between(&self, i: usize) -> Option<usize> {
        let comma = |at: usize| at < self.words.len() && matches!(self.words.folded(at), "," | "،");
        let inserted = || self.age_at(i + 1).filter(|a| a.first == i + 1 && comma(i) && comma(a.last + 1)).map(|a| a.last + 2);
        self.age_at(i).map(|a| a.last + 1).or_else(inserted)
    }

    /// The number in the words on somebody's age that end right before the first of these words, or begin soon after the last.
    pub(crate) fn age_beside(&self, first: usize, last: usize) -> Option<usize> {
        let beside = |a: &&Age| a.last + 1 == first || a.first > last && a.first <= last + AGE_REACH;
        let age = self.ages.iter().find(beside)?;
        self.numbers.iter().position(|n| age.first <= n.first && n.last <= age.last)
    }
}
