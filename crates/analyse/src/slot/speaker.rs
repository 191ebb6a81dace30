//! Whoever speaks, as the subject of what he says: "the army said it had shelled the town", «قالت القوات إن طائراتها قصفت».

use super::{Slots, Walk};
use crate::attribution::holder_near;
use crate::filler::{is_armed, owns_what_is_hit};
use crate::item::{Item, Mark, Party};
use marsad_knowledge::{ActorKind, Entry, Saying, SayingKind, Slot};

/// Items from the pronoun back to the verb of saying.
const REACH: usize = 8;
/// Items of a time between two commas, and whoever stands before it.
const ASIDE: usize = 4;

impl Walk<'_, '_, '_> {
    /// Is the word a pronoun that may mean the speaker, or a thing of his?
    pub(super) fn is_self(&self, j: usize) -> bool {
        let (item, reported) = (&self.row[j], &self.passage.language.grammar.reported);
        let word = self.passage.words.folded(item.last);
        if self.verb_first() {
            let ends = |list: &[String]| list.iter().any(|p| word.ends_with(p.as_str()));
            let forces = |p: &Party| p.actor.is_none() && (is_armed(self.passage, p) || p.carried || p.head);
            let owned = item.pronoun && (item.means().is_some() || item.party.as_ref().is_some_and(forces));
            return item.is_marker(Slot::That) && ends(&reported.pronouns) || owned && ends(&reported.possessives);
        }
        let is = |list: &[String]| list.iter().any(|p| p == word);
        item.is_plain() && item.first == item.last && (is(&reported.pronouns) || is(&reported.possessives))
    }

    /// Does the verb only say that people came to harm? «قال إنه قتل ثلاثة» may say that three were killed.
    pub(super) fn tells_of_harm(&self, verb: usize) -> bool {
        let triggers = &self.passage.language.triggers;
        self.passage.language.grammar.unmarked_passive && self.row[verb].triggers().any(|(t, _)| triggers[t as usize].frame == "harm")
    }

    /// The one who says what holds this pronoun, where he can have done it: an armed actor, a state or its ministry.
    pub(super) fn speaker(&self, pronoun: usize) -> Option<usize> {
        let mut at = pronoun;
        for _ in 0..REACH {
            at = self.beside(at, false)?;
            let item = &self.row[at];
            if let Some(Saying::Cue(kind @ SayingKind::Verb, force)) = item.saying()
                && item.party.is_none()
            {
                let holder = holder_near(self.passage, self.row, at, kind, force)?;
                return (self.agrees(at, pronoun) && self.acts(&self.row[holder])).then_some(holder);
            }
            if item.is_trigger() && item.party.is_none() || item.mark == Some(Mark::Stop) {
                return None;
            }
        }
        None
    }

    /// «أعلن الجيش استهداف موقع للتنظيم»: whoever announces what was done to something, and names no one else, did it.
    pub(super) fn announcer(&self, slots: &mut Slots) {
        let doer = |(slot, j): &(Slot, usize)| match slot {
            Slot::Of => !self.row[*j].entries.contains(&Entry::Thing) && !owns_what_is_hit(self.passage, self.row, self.at, *j),
            Slot::Subject | Slot::Possessor | Slot::By | Slot::From => true,
            _ => false,
        };
        let thing = |i: &Item| i.entries.contains(&Entry::Thing) || i.place_noun().is_some() || i.place.is_some();
        let object = self.beside(self.at, true).is_some_and(|j| thing(&self.row[j]));
        if !object || self.row[self.at].article || slots.parties.iter().any(doer) {
            return;
        }
        // «أعلنت الجماعة، اليوم الأربعاء، استهداف سفينة»
        let passed = |j: &usize| self.row[*j].time.is_some() || self.row[*j].mark == Some(Mark::Comma);
        let mut left = std::iter::successors(self.beside(self.at, false), |j| self.beside(*j, false)).take(ASIDE).skip_while(passed);
        let Some(holder) = left.next().filter(|j| self.acts(&self.row[*j])) else { return };
        let says = |j: &usize| matches!(self.row[*j].saying(), Some(Saying::Cue(SayingKind::Verb, _))) && self.row[*j].party.is_none();
        if self.beside(holder, false).as_ref().is_some_and(says) {
            self.put(Slot::Subject, holder, slots);
        }
    }

    /// «قالت القوات إنها» means the forces; «قال المرصد إنها» means someone else.
    fn agrees(&self, cue: usize, pronoun: usize) -> bool {
        let reported = &self.passage.language.grammar.reported;
        let (verb, word) = (self.passage.words.folded(self.row[cue].first), self.passage.words.folded(self.row[pronoun].last));
        let feminine = reported.feminine_verbs.iter().any(|v| verb.starts_with(v.as_str()) || verb.ends_with(v.as_str()));
        let only_feminine = reported.feminine.iter().any(|p| word.ends_with(p.as_str()));
        reported.feminine_verbs.is_empty() || feminine == only_feminine || !only_feminine && !self.row[pronoun].is_marker(Slot::That)
    }

    pub(super) fn acts(&self, holder: &Item) -> bool {
        let Some(party) = &holder.party else { return false };
        let actor = party.actor.map(|a| self.passage.knowledge.actors.list[a as usize].kind);
        actor.is_some_and(ActorKind::acts) || party.actor.is_none() && (party.head || is_armed(self.passage, party))
    }
}
