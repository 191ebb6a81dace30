//! Words that say how old somebody is: their numbers count nobody, and nothing else stands in them.

use crate::item::Item;
use crate::passage::Passage;
use marsad_expression::{Age, Found};
use marsad_knowledge::{Entry, LanguageKnowledge, VictimWord};
use marsad_text::{WordKind, Words};

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

    /// Do words on somebody's age stand between this item of a row and the one before? They are none of the row's, and no name
    /// goes over them.
    pub(crate) fn age_parts(&self, row: &[Item], at: usize) -> bool {
        let around = at.checked_sub(1).zip(row.get(at)).map(|(before, item)| (row[before].last, item.first));
        around.is_some_and(|(last, first)| self.ages.iter().any(|a| last < a.first && a.last < first))
    }

    /// The number in the words on somebody's age that begin soon after the last word of a name: only marks and words that announce
    /// an age may stand between.
    pub(crate) fn age_after(&self, last: usize) -> Option<usize> {
        let age = self.ages.iter().find(|a| a.first > last && a.first <= last + AGE_REACH)?;
        let between = (last + 1..age.first).all(|w| self.words[w].kind != WordKind::Letters || self.announces_age(last + 1, w));
        self.number_in(age).filter(|_| between)
    }

    /// The number in the words on somebody's age that end right before a word.
    pub(crate) fn age_before(&self, first: usize) -> Option<usize> {
        self.number_in(self.ages.iter().find(|a| a.last + 1 == first)?)
    }

    /// Do the words on somebody's age that end right before this word stand in brackets or between commas? Then they are on whom
    /// was named before: "Anas (3), Hiba (5)".
    pub(crate) fn age_is_inserted(&self, first: usize) -> bool {
        let age = self.ages.iter().find(|a| a.last + 1 == first);
        age.is_some_and(|a| {
            self.words[a.first].kind == WordKind::Mark || a.first.checked_sub(1).is_some_and(|b| self.words[b].kind == WordKind::Mark)
        })
    }

    /// Does a phrase that announces an age begin at one of these words, from the first on, and cover this one?
    fn announces_age(&self, from: usize, word: usize) -> bool {
        let cue = |at: usize| {
            let hits = self.language.victims.at(self.text, &self.words, at);
            hits.iter().any(|h| h.last >= word && h.values.iter().any(|c| c.word == VictimWord::Age))
        };
        (from..=word).any(cue)
    }

    fn number_in(&self, age: &Age) -> Option<usize> {
        self.numbers.iter().position(|n| age.first <= n.first && n.last <= age.last)
    }
}
