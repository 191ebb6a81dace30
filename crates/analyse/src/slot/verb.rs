//! Whether a word is used as a verb, and what kind of one: active, passive, or only telling who somebody is.

use super::{AGENT, Walk};
use crate::item::{Item, Mark};
use marsad_knowledge::{PartOfSpeech, Slot};

impl Walk<'_, '_, '_> {
    /// Is the word at this position used as a verb? A form that can be both is judged by its neighbours.
    pub(crate) fn part_of_speech(&self) -> Option<PartOfSpeech> {
        let triggers = &self.passage.language.triggers;
        let item = &self.row[self.at];
        let can = |pos| item.triggers().any(|(row, _)| triggers[row as usize].pos == pos);
        match (can(PartOfSpeech::Verb), can(PartOfSpeech::Noun)) {
            (true, false) => Some(PartOfSpeech::Verb),
            (false, true) => Some(PartOfSpeech::Noun),
            (true, true) => Some(if self.looks_like_verb() || self.is_passive() { PartOfSpeech::Verb } else { PartOfSpeech::Noun }),
            (false, false) => None,
        }
    }

    /// "Was wounded": a participle with its auxiliary.
    pub(super) fn is_passive(&self) -> bool {
        !self.verb_first() && self.row[self.at].triggers().any(|(_, participle)| participle) && self.auxiliary()
    }

    /// "the body of a kidnapped engineer": a participle between an article and people only says who they are.
    pub(crate) fn describes(&self, at: usize) -> bool {
        let participle = self.row[at].triggers().any(|(_, participle)| participle) && self.row[at].party.is_none();
        let article = self.beside(at, false).is_some_and(|b| self.row[b].is_marker(Slot::Article));
        let people =
            self.beside(at, true).and_then(|n| self.row[n].party.as_ref()).is_some_and(|p| p.people.is_some() && p.number.is_none());
        !self.verb_first() && participle && article && people
    }

    pub(super) fn looks_like_verb(&self) -> bool {
        let item = &self.row[self.at];
        let before = self.beside(self.at, false).map(|j| &self.row[j]);
        let after = self.beside(self.at, true).map(|j| &self.row[j]);
        if item.article {
            return false;
        }
        if self.verb_first() {
            // «إن الطيران قصف منزلا», «إن شخصا قتل وأصيب ستة»: the subject stands between.
            let that = before.is_some_and(|b| b.party.is_some())
                && self.beside(self.at, false).and_then(|b| self.beside(b, false)).is_some_and(|t| self.row[t].is_marker(Slot::That));
            // After a preposition, a light verb or another noun it is a noun; at the head of its clause a verb.
            let heads = before.is_none_or(|b| {
                let opens = |i: &Item| [Slot::And, Slot::That, Slot::Relative].iter().any(|s| i.is_marker(*s));
                b.mark.is_some() || opens(b) || b.modality().is_some()
            });
            let goes_on = after.is_some_and(|a| a.party.is_some() || a.number.is_some() || a.place.is_some() || a.place_noun().is_some());
            // «أعلن أنه قصف موقعا»
            let itself = self.beside(self.at, false).is_some_and(|b| self.row[b].is_marker(Slot::That) && self.is_self(b));
            return that || itself || heads && goes_on;
        }
        // "A day after the market attack.": a verb that could be a noun has its object behind it.
        let marked_after =
            after.is_none_or(|a| Self::slot_marker(a).is_some() || a.mark.is_some() || a.is_marker(Slot::And) || a.is_trigger());
        let noun_before =
            before.is_some_and(|b| b.is_marker(Slot::Article) || b.is_plain() || Self::slot_marker(b).is_some_and(|s| s != Slot::To));
        // "killed five and wounded three", "a strike on the market, killing six people"
        let joined = before.is_some_and(|b| b.is_marker(Slot::And) || b.mark == Some(Mark::Comma));
        let word = self.passage.words.folded(item.first);
        let gerund = self.passage.language.grammar.gerunds.iter().any(|e| word.ends_with(e.as_str()));
        let object = |a: &Item| a.number.is_some() || gerund && (a.is_marker(Slot::Article) || a.party.is_some() && !a.is_trigger());
        let counts_after = joined && after.is_some_and(object);
        // "A strike wounded a child", "… wounded his son", "… wounded four people", "a strike on Dana on Friday wounded four", "stray
        // bullets wounded four": what happened did it, or a thing.
        // "Mines wounded another 45 people"
        let leads =
            |a: &Item| a.is_plain() && self.passage.language.grammar.phrase_leads.iter().any(|l| self.passage.words.folded(a.first) == l);
        let more = self.beside(self.at, true).filter(|j| leads(&self.row[*j])).and_then(|j| self.beside(j, true)).map(|j| &self.row[j]);
        let after = more.or(after);
        let (counted, determined) = (after.is_some_and(Self::counts), after.is_some_and(|a| self.determines(a)));
        let event_before = before.is_some_and(|b| b.is_trigger() && b.party.is_none());
        let told_before = before.is_some_and(|b| b.place.is_some() || b.time.is_some());
        let done = (event_before || joined) && determined
            || event_before && counted
            || self.harms()
                && (told_before && (counted || determined) || before.is_some_and(|b| b.is_plain() || b.means().is_some()) && counted);
        let to_before = before.is_some_and(|b| b.is_marker(Slot::To));
        to_before
            || counts_after
            || done
            || before.is_some_and(|b| b.party.is_some() || b.modality().is_some()) && !marked_after && !noun_before
    }

    /// Is it a word that a noun begins with: an article, or whose it is?
    fn determines(&self, item: &Item) -> bool {
        let possessives = &self.passage.language.grammar.possessives;
        item.is_marker(Slot::Article) || possessives.iter().any(|p| self.passage.words.folded(item.first) == p)
    }

    /// A number of people or things, and no time.
    fn counts(item: &Item) -> bool {
        item.number.is_some() && item.time.is_none()
    }

    /// Does the word at this position only say that people came to harm?
    pub(super) fn harms(&self) -> bool {
        self.row[self.at].triggers().any(|(row, _)| self.passage.language.triggers[row as usize].frame == "harm")
    }

    /// Is there a passive's auxiliary before the verb?
    pub(super) fn auxiliary(&self) -> bool {
        let mut at = self.at;
        for _ in 0..4 {
            let Some(j) = self.beside(at, false) else { return false };
            let item = &self.row[j];
            if item.is_marker(Slot::Passive) {
                return true;
            }
            if !(item.is_plain() || Self::is_skipped(item)) {
                return false;
            }
            at = j;
        }
        false
    }

    /// Does this participle's agent follow, with no more between than where and when: "kidnapped in Lindos on Tuesday by gunmen"?
    pub(super) fn agent_near(&self) -> bool {
        let (mut at, mut placed) = (self.at, false);
        for _ in 0..AGENT {
            let Some(j) = self.beside(at, true) else { return false };
            let item = &self.row[j];
            if item.is_marker(Slot::By) {
                return true;
            }
            let dated = item.is_marker(Slot::On) && self.beside(j, true).is_some_and(|n| self.row[n].time.is_some());
            placed |= item.marker().is_some_and(|s| matches!(s, Slot::In | Slot::Near));
            let around = item.place.is_some() || item.place_noun().is_some() || item.is_marker(Slot::Article);
            if !(item.time.is_some() || dated || placed && around || item.marker().is_some_and(|s| matches!(s, Slot::In | Slot::Near))) {
                return false;
            }
            at = j;
        }
        false
    }

    /// "They were abducted and later murdered": the passive before, whose auxiliary and subject this participle shares.
    pub(super) fn joined_passive(&self) -> Option<usize> {
        let adverb = |j: &usize| {
            let item = &self.row[*j];
            let word = self.passage.words.folded(item.first);
            item.is_plain() && (self.turned(item) || self.passage.language.grammar.adverbs.iter().any(|a| a == word))
        };
        // "Six were killed and several wounded" tells of others.
        let own = &self.row[self.at];
        if own.number.is_some() || own.party.as_ref().is_some_and(|p| p.number.is_some()) {
            return None;
        }
        let before = self.beside(self.at, false)?;
        let and = if adverb(&before) { self.beside(before, false)? } else { before };
        let verb = self.beside(and, false).filter(|v| self.row[and].is_marker(Slot::And) && self.row[*v].is_trigger())?;
        let passive = !self.verb_first() && Walk { passage: self.passage, row: self.row, at: verb }.is_passive();
        passive.then_some(verb)
    }
}
