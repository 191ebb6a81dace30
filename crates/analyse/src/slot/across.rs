//! Where the walk to the right may go on: over the comma or "and" of a list, and not into another clause.

use super::forward::Forward;
use super::{AGENT, Walk};
use crate::item::{Mark, Party};
use marsad_knowledge::{Entry, PartOfSpeech, Saying, SayingKind, Slot, Support};

/// Items between whoever speaks and the verb of saying.
const SPEECH: usize = 10;
/// Items of a clause up to its verb.
const CLAUSE: usize = 8;

impl Walk<'_, '_, '_> {
    /// May the walk cross this comma or "and"? It may where a list goes on or a further phrase is marked.
    pub(super) fn across(&self, j: usize, state: &mut Forward) -> bool {
        let Some(mut next) = self.beside(j, true) else { return false };
        while self.row[next].is_marker(Slot::Article)
            || self.row[next].is_marker(Slot::And)
            || self.passage.language.grammar.possessives.iter().any(|p| self.passage.words.folded(self.row[next].first) == p)
            || self.row[next].place_noun().is_some() && self.row[next].party.is_none()
        {
            match self.beside(next, true) {
                Some(n) => next = n,
                None => return false,
            }
        }
        let item = &self.row[next];
        if self.row[j].mark.is_some() && item.party.is_some() && self.goes_on_to_speak(next) && !self.verb_first() {
            return false;
        }
        if self.opens_parts(next) {
            return true;
        }
        // "killed five and wounded three": a verb, not "the wounded".
        let verb = item.is_trigger() && item.number.is_none() && self.row[j].is_marker(Slot::And) && !self.verb_first();
        if state.whole.is_some() && item.party.as_ref().is_some_and(|p| p.people.is_some()) && !verb && !self.subject_of_verb(next) {
            return true;
        }
        // "an attack on X, carried out on Sunday by Y"
        if self.row[j].mark.is_some() && item.support() == Some(Support::Active) && self.agent_follows(next) {
            state.slot = None;
            return true;
        }
        // «في شمال وغرب العراق»: the preposition still waits for its place.
        let waiting = state.slot.is_some_and(|s| matches!(s, Slot::In | Slot::Near | Slot::On | Slot::Countryside));
        if waiting && item.place.is_some() && item.party.is_none() {
            return true;
        }
        // "with the support of warplanes and helicopters of X"
        if state.slot == Some(Slot::Support) && item.means().is_some() {
            return true;
        }
        // "damaged a shop at the port, a school near the mill, and a church"
        if state.list.is_some() && item.party.as_ref().is_some_and(|p| p.listed) {
            state.slot = state.list;
            state.apposed = self.row[j].mark.is_some() && state.party.is_some_and(|p| self.is_apposed(p, next));
            return true;
        }
        match state.last {
            Some((slot, true)) if item.place.is_some() && item.party.is_none() => {
                state.slot = Some(slot);
                return true;
            }
            Some((slot, false)) if item.party.is_some() && !verb && !self.subject_of_verb(next) => {
                state.slot = Some(slot);
                state.apposed = self.row[j].mark.is_some() && state.party.is_some_and(|p| self.is_apposed(p, next));
                return true;
            }
            _ => {}
        }
        // "clashes and shelling in X" share their place; a verb after "and" starts anew.
        if item.is_trigger() && self.row[j].is_marker(Slot::And) && !self.verb_first() {
            return false;
        }
        if let Some(slot) = Self::slot_marker(item) {
            state.slot = None;
            return matches!(slot, Slot::By | Slot::Support | Slot::Against | Slot::In | Slot::Near | Slot::Between | Slot::With);
        }
        false
    }

    /// "Judge Perez, president of the court": behind a comma, one nameless person says who the named one before is.
    fn is_apposed(&self, named: usize, next: usize) -> bool {
        let name = self.row[named].party.as_ref().is_some_and(|p| p.person && p.number.is_none());
        let says_who = |p: &Party| p.people.is_some() && !p.person && p.number.is_none() && p.actor.is_none();
        let nouns = [self.row[next].noun, self.row[next].last].map(|w| self.passage.words.folded(w));
        let singular =
            |p: u32| self.passage.language.people[p as usize].singular.split(' ').next_back().is_some_and(|s| nouns.contains(&s));
        // "the deputy head of the commission"
        let office = |p: &Party| p.phrase && !p.person && self.row.get(next + 1).is_some_and(|o| o.is_marker(Slot::Of));
        name && self.row[next].party.as_ref().is_some_and(|p| says_who(p) && p.people.is_some_and(singular) || office(p))
    }

    /// Does the clause that begins here tell of what befell its subject?
    pub(super) fn suffers(&self, from: usize) -> bool {
        let mut at = from;
        for _ in 0..CLAUSE {
            let Some(j) = self.beside(at, true) else { return false };
            let item = &self.row[j];
            let triggers = &self.passage.language.triggers;
            let harm = item.triggers().map(|(t, _)| &triggers[t as usize]).any(|t| t.frame == "harm" && t.pos == PartOfSpeech::Verb);
            if item.mark == Some(Mark::Stop) || harm || item.is_marker(Slot::Passive) {
                return harm || item.is_marker(Slot::Passive);
            }
            at = j;
        }
        false
    }

    /// Does "by" follow this participle, with nothing between that could be its object?
    pub(super) fn agent_follows(&self, verb: usize) -> bool {
        let mut at = verb;
        for _ in 0..AGENT {
            let Some(j) = self.beside(at, true) else { return false };
            let item = &self.row[j];
            if item.is_marker(Slot::By) {
                return true;
            }
            if item.mark.is_some() || item.party.is_some() || item.is_trigger() {
                return false;
            }
            at = j;
        }
        false
    }

    /// "killing 40 people, a volunteer at the clinic in X told", "holding three, the drivers' union said": does its clause go on to a
    /// verb of saying?
    fn goes_on_to_speak(&self, party: usize) -> bool {
        let (mut at, mut relative) = (party, false);
        for _ in 0..SPEECH {
            let Some(j) = self.beside(at, true) else { return false };
            let item = &self.row[j];
            let says = matches!(item.saying(), Some(Saying::Cue(SayingKind::Verb, _))) && item.party.is_none();
            if says && !relative {
                return true;
            }
            // "a doctor who asked not to be named told": the first is what he asked.
            let asked = says || item.entries.contains(&Entry::Blocked);
            relative = item.is_marker(Slot::Relative) || relative && !asked;
            if item.mark.is_some() || item.is_marker(Slot::That) || item.is_trigger() && item.party.is_none() {
                return false;
            }
            at = j;
        }
        false
    }

    /// Does a verb follow this party, so that it starts a clause of its own?
    pub(super) fn subject_of_verb(&self, party: usize) -> bool {
        if self.verb_first() {
            return false;
        }
        let mut at = party;
        for _ in 0..3 {
            let Some(j) = self.beside(at, true) else { return false };
            let item = &self.row[j];
            let verb = item.triggers().any(|(row, _)| self.passage.language.triggers[row as usize].pos == PartOfSpeech::Verb);
            if verb || item.support().is_some() || item.is_marker(Slot::Passive) || item.saying().is_some() {
                return true;
            }
            // "… and Ana Roe, as they were leaving": a clause of its own begins.
            let opens = self.passage.language.grammar.openers.iter().any(|o| self.passage.words.folded(item.first) == o);
            if opens || !(item.is_plain() || Self::is_skipped(item)) {
                return false;
            }
            at = j;
        }
        false
    }
}
