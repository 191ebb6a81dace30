//! «هاجم مسلحون الحاجز وقتلوا جنديين»: verbs that "and" joins have one doer, whom the first of them names.

use super::{Slots, Walk};
use crate::item::{Item, Mark, Party};
use marsad_knowledge::{ActorKind, Entry, PartOfSpeech, Refers, Slot, Support};

impl Walk<'_, '_, '_> {
    /// The doer of the verb before, where this one is joined to it and what follows is whom it befell: a pronoun on the verb says
    /// so, or a number, a case or a gender that cannot be its doer's.
    ///
    /// A form that may as well be passive is taken for an active one here, as reporters join like with like; where the
    /// form agrees with the doer no better than with what follows, the two readings say the same of whoever came to harm.
    pub(super) fn joined_doer(&self, verb: usize) -> Option<usize> {
        let and = self.beside(verb, false).filter(|j| self.row[*j].is_marker(Slot::And))?;
        let plural = self.ends_plural(verb);
        if !plural && !self.befalls_what_follows(verb) {
            return None;
        }
        let (before, doer) = self.verb_before(and)?;
        // «قتلوا»: men or a force, no state.
        let several = |p: &Party| {
            p.people.is_some() || p.actor.is_none_or(|a| self.passage.knowledge.actors.list[a as usize].kind != ActorKind::State)
        };
        let agrees =
            if plural { self.row[doer].party.as_ref().is_some_and(several) } else { self.is_feminine(before) == self.is_feminine(verb) };
        // "The army": nobody knows whose, but it acts.
        let body = |e: &Entry| matches!(e, Entry::Refers { refers: Refers::Force | Refers::Group | Refers::Coalition, .. });
        (agrees && (self.acts(&self.row[doer]) || self.row[doer].entries.iter().any(body))).then_some(doer)
    }

    /// Is whoever follows the verb none who does things: people that are counted and bear no name?
    fn befalls_what_follows(&self, verb: usize) -> bool {
        let Some(next) = self.beside(verb, true).map(|j| &self.row[j]) else { return false };
        match &next.party {
            Some(party) => party.people.is_some() && party.number.is_some() && party.actor.is_none_or(|_| party.nationality),
            None => next.number.is_some(),
        }
    }

    /// The nearest verb to the left within the sentence, and who does it: the first party after it or the one right before.
    fn verb_before(&self, from: usize) -> Option<(usize, usize)> {
        let (mut at, mut after) = (from, None);
        while let Some(j) = self.beside(at, false) {
            let item = &self.row[j];
            if item.mark == Some(Mark::Stop) || item.is_marker(Slot::That) || item.is_marker(Slot::Relative) {
                return None;
            }
            if item.saying().is_some() && item.party.is_none() {
                return None;
            }
            if self.is_done(item) {
                // «قتل جنديان وأصيب ثلاثة»: of a verb of harm with nothing but one party beside it, that one is whom it befell.
                let alone = self.tells_of_harm(j);
                let object = |d: usize| self.beside(d, true).is_some_and(|o| self.row[o].party.is_some() || self.row[o].number.is_some());
                let first = |d: &usize| self.beside(j, true) == Some(*d) && !self.ends_plural(j) && (!alone || object(*d));
                let led = || self.beside(j, false).filter(|b| !alone && self.row[*b].party.is_some() && !self.governed(*b));
                return self.joined_doer(j).or_else(|| after.filter(first)).or_else(led).map(|doer| (j, doer));
            }
            if item.party.is_some() {
                after = Some(j);
            }
            at = j;
        }
        None
    }

    /// An active verb: a trigger, or one that carries a noun of what was done.
    fn is_done(&self, item: &Item) -> bool {
        let triggers = &self.passage.language.triggers;
        let verb = item.triggers().any(|(row, _)| triggers[row as usize].pos == PartOfSpeech::Verb);
        item.party.is_none() && (verb && !item.article || item.support() == Some(Support::Active))
    }

    fn is_feminine(&self, verb: usize) -> bool {
        let word = self.passage.words.folded(self.row[verb].first);
        self.passage.language.grammar.reported.feminine_verbs.iter().any(|v| word.ends_with(v.as_str()) || word.starts_with(v.as_str()))
    }

    /// «قتلوا»: a pronoun of several is the verb's doer.
    fn ends_plural(&self, verb: usize) -> bool {
        let word = self.passage.words.folded(self.row[verb].last);
        self.row[verb].first == self.row[verb].last && self.passage.language.grammar.plural_verbs.iter().any(|e| word.ends_with(e.as_str()))
    }

    /// The slot of what follows a verb that stands first and has no subject before it: whoever joined verbs share is put first.
    pub(super) fn slot_after(&self, slots: &mut Slots) -> Slot {
        match self.joined_doer(self.at) {
            Some(doer) => {
                self.put(Slot::Subject, doer, slots);
                slots.joined = true;
                Slot::Object
            }
            None => Slot::Subject,
        }
    }
}
