//! The walk to the left of a verb, where its subject stands.

use super::{PLAIN, Slots, Walk};
use crate::item::{Item, Mark};
use marsad_knowledge::{Accused, Saying, Slot};

/// Items that may tell whence something came.
const LAUNCH: usize = 16;

impl Walk<'_, '_, '_> {
    /// The subject left of a verb: the nearest party that no preposition governs.
    pub(super) fn subject(&self, verb: usize, plain: usize, slots: &mut Slots) -> Option<usize> {
        if let Some(event) = self.launched_event(verb) {
            slots.subject_event = Some(event);
            return None;
        }
        let (mut at, mut seen_plain, mut inserted) = (verb, 0, None);
        while let Some(j) = self.beside(at, false) {
            let item = &self.row[j];
            slots.reach.0 = slots.reach.0.min(j);
            if let Some(open) = self.inserted(j) {
                (inserted, at) = (Some((open, j)), open);
                continue;
            }
            if self.pairs(j) {
                at = j;
                continue;
            }
            if self.is_self(j) && !self.tells_of_harm(verb) {
                slots.pronoun = true;
                return self.speaker(j);
            }
            let opens = |i: &Item| self.passage.language.grammar.openers.iter().any(|o| self.passage.words.folded(i.first) == o);
            if item.party.is_none() && opens(item) {
                return None;
            }
            let joint = item.is_marker(Slot::And) || item.mark == Some(Mark::Comma);
            if joint && at == verb && !self.verb_first() {
                return self.shared_subject(verb, j);
            }
            if item.mark.is_some()
                || item.is_marker(Slot::And)
                || item.is_marker(Slot::That)
                || item.saying().is_some() && item.party.is_none()
            {
                return None;
            }
            if item.is_marker(Slot::Relative) {
                return self.antecedent(j);
            }
            if self.describes(j) {
                at = j;
                continue;
            }
            // "Three men accused of planting bombs were arrested"
            if let Some(accused) = self.beside(j, false).filter(|b| self.row[*b].accusation() == Some(Accused::Before)) {
                at = accused;
                continue;
            }
            if item.is_trigger() && item.party.is_none() {
                slots.subject_event = Some(j);
                return None;
            }
            if item.party.is_some() || item.place.is_some() {
                if !self.governed(j) {
                    if let Some((open, close)) = inserted {
                        self.parts_between(open, close, j, slots);
                    }
                    return Some(j);
                }
                // Governed: part of an aside such as "in Aleppo"; the subject stands further left.
            } else if !(Self::is_skipped(item) || item.is_marker(Slot::Passive) || Self::slot_marker(item).is_some()) {
                seen_plain += 1;
                if seen_plain > plain {
                    return None;
                }
            }
            at = j;
        }
        None
    }

    /// «قصف مصدره مواقع القوات في الجبل استهدف البلدة»: the happening that a verb tells on of, where words on whence it came
    /// stand between the two.
    fn launched_event(&self, verb: usize) -> Option<usize> {
        if !self.verb_first() {
            return None;
        }
        let mut at = verb;
        for _ in 0..LAUNCH {
            at = self.beside(at, false).filter(|j| self.row[*j].mark.is_none() && self.row[*j].saying().is_none())?;
            if self.row[at].is_marker(Slot::Launch) {
                return self.beside(at, false).filter(|j| self.row[*j].is_trigger() && self.row[*j].party.is_none());
            }
        }
        None
    }

    /// "Men broke into a farm, killed a watchman and fled": verbs that a list joins have one subject, the first party of
    /// their clause.
    fn shared_subject(&self, verb: usize, joint: usize) -> Option<usize> {
        let object = |j: usize| self.row[j].is_marker(Slot::Article) || self.row[j].number.is_some() || self.row[j].party.is_some();
        let (own, grammar) = (self.passage.words.folded(self.row[verb].first), &self.passage.language.grammar);
        if grammar.gerunds.iter().any(|e| own.ends_with(e.as_str()))
            || self.row[joint].mark.is_some() && !self.beside(verb, true).is_some_and(object)
        {
            return None;
        }
        let (mut at, mut acted, mut subject) = (joint, false, None);
        while let Some(j) = self.beside(at, false) {
            let item = &self.row[j];
            // "The bus was stopped and burned" leaves it to its auxiliary.
            if item.is_marker(Slot::Passive) {
                return None;
            }
            let begins = item.is_marker(Slot::That) || item.is_marker(Slot::Relative) || matches!(item.saying(), Some(Saying::Cue(..)));
            if item.mark == Some(Mark::Stop) || begins && item.party.is_none() {
                break;
            }
            let done = item.is_trigger() && item.party.is_none() || item.support().is_some() || self.turned(item);
            if done {
                (acted, subject) = (true, None);
            } else if item.party.is_some() && acted && !self.governed(j) {
                subject = Some(j);
            }
            at = j;
        }
        subject
    }

    /// A word with the ending of a verb form: "drove" has none, "turned" has.
    pub(crate) fn turned(&self, item: &Item) -> bool {
        let (word, grammar) = (self.passage.words.folded(item.first), &self.passage.language.grammar);
        item.is_plain()
            && (grammar.phrase_stops.iter().any(|s| s == word)
                || grammar.phrase_endings.iter().any(|e| word.len() > e.len() + 2 && word.ends_with(e.as_str())))
    }

    /// The party that stands before these words as their subject or as what they tell of.
    pub(crate) fn left_of(&self, at: usize) -> Option<usize> {
        self.subject(at, PLAIN, &mut Slots { reach: (at, at), ..Slots::default() }).filter(|j| self.row[*j].party.is_some())
    }

    /// Does a preposition govern this item?
    pub(super) fn governed(&self, at: usize) -> bool {
        let mut j = at;
        while let Some(b) = self.beside(j, false) {
            let item = &self.row[b];
            if item.is_marker(Slot::Article) || item.place_noun().is_some() || item.number.is_some() || self.describes(b) {
                j = b;
                continue;
            }
            // "from the same family": one word between the article and its noun.
            if item.is_plain() && j == at && self.beside(b, false).is_some_and(|a| self.row[a].is_marker(Slot::Article)) {
                j = b;
                continue;
            }
            if self.pairs(b) {
                return true;
            }
            return matches!(item.accusation(), Some(Accused::After | Accused::Next)) || Self::slot_marker(item).is_some() && !item.pronoun;
        }
        false
    }

    /// Is it the "and" of "a bridge between A and B"?
    fn pairs(&self, and: usize) -> bool {
        let named = |j: &usize| self.row[*j].place.is_some() || self.row[*j].party.is_some();
        let first = self.beside(and, false).filter(named).filter(|_| self.row[and].is_marker(Slot::And));
        first.and_then(|f| self.beside(f, false)).is_some_and(|m| self.row[m].is_marker(Slot::Between))
    }

    /// The party or place that a relative pronoun goes back to: whatever stands right before it.
    fn antecedent(&self, relative: usize) -> Option<usize> {
        let mut at = relative;
        for _ in 0..3 {
            let j = self.beside(at, false)?;
            if self.row[j].party.is_some() || self.row[j].place.is_some() {
                return Some(j);
            }
            if self.row[j].mark == Some(Mark::Stop) {
                return None;
            }
            at = j;
        }
        None
    }
}
