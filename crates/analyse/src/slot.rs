//! Slots: where in the grammar of a trigger's clause each party, place and means stands.
//!
//! The row is walked from the trigger to both sides. What a walk may cross and where it must stop is the whole art:
//! a walk that goes on too long takes the neighbour's subject, and a wrong role costs more than a missing one.

use crate::item::{Item, Mark};
use crate::passage::Passage;
use marsad_knowledge::{PartOfSpeech, Slot, Support};

/// Plain words that may stand between a trigger and what belongs to it.
const PLAIN: usize = 6;
/// Plain words after a marker before it is taken to mark something unknown.
const PLAIN_AFTER_MARKER: usize = 4;
/// Items between a light verb and its event noun.
const SUPPORT_REACH: usize = 9;
/// Items that an apposition between two commas may have.
const APPOSITION: usize = 9;

/// What stands in which slot; numbers are positions in the row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Slots {
    pub(crate) parties: Vec<(Slot, usize)>,
    pub(crate) places: Vec<(Slot, usize)>,
    pub(crate) means: Vec<usize>,
    /// The verb is passive: its subject is what was acted upon.
    pub(crate) passive: bool,
    /// Every slot that some marker opened, filled or not.
    pub(crate) opened: Vec<Slot>,
    /// A light verb says that it happened.
    pub(crate) supported: bool,
    /// Another trigger is the subject: "the shelling killed".
    pub(crate) subject_event: Option<usize>,
    /// The first and last position that the trigger's clause was walked to.
    pub(crate) reach: (usize, usize),
}

/// A walker over one row.
pub(crate) struct Walk<'a, 'k, 't> {
    pub(crate) passage: &'a Passage<'k, 't>,
    pub(crate) row: &'a [Item],
    /// The trigger's position.
    pub(crate) at: usize,
}

impl Walk<'_, '_, '_> {
    fn verb_first(&self) -> bool {
        self.passage.language.grammar.verb_first
    }

    /// The next item to this side that is no aside.
    fn beside(&self, at: usize, right: bool) -> Option<usize> {
        let mut j = at;
        loop {
            j = if right { j + 1 } else { j.checked_sub(1)? };
            if !self.row.get(j)?.aside {
                return Some(j);
            }
        }
    }

    fn slot_marker(item: &Item) -> Option<Slot> {
        item.marker().filter(|s| !matches!(s, Slot::AndSide | Slot::Relative | Slot::That | Slot::And | Slot::Passive | Slot::Article))
    }

    fn is_skipped(item: &Item) -> bool {
        item.is_marker(Slot::Article)
            || item.is_marker(Slot::AndSide)
            || item.time.is_some()
            || item.modality().is_some() && !item.is_trigger()
    }

    /// Is the word at this position used as a verb? A form that can be both is judged by its neighbours.
    pub(crate) fn part_of_speech(&self) -> Option<PartOfSpeech> {
        let triggers = &self.passage.language.triggers;
        let item = &self.row[self.at];
        let can = |pos| item.triggers().any(|(row, _)| triggers[row as usize].pos == pos);
        match (can(PartOfSpeech::Verb), can(PartOfSpeech::Noun)) {
            (true, false) => Some(PartOfSpeech::Verb),
            (false, true) => Some(PartOfSpeech::Noun),
            (true, true) => Some(if self.looks_like_verb() { PartOfSpeech::Verb } else { PartOfSpeech::Noun }),
            (false, false) => None,
        }
    }

    fn looks_like_verb(&self) -> bool {
        let item = &self.row[self.at];
        let before = self.beside(self.at, false).map(|j| &self.row[j]);
        let after = self.beside(self.at, true).map(|j| &self.row[j]);
        if item.article {
            return false;
        }
        if self.verb_first() {
            // After a preposition, a light verb or another noun it is a noun; at the head of its clause a verb.
            return before.is_none_or(|b| {
                b.mark.is_some() || [Slot::And, Slot::That, Slot::Relative].iter().any(|s| b.is_marker(*s)) || b.modality().is_some()
            }) && after.is_some_and(|a| a.party.is_some() || a.number.is_some() || a.place.is_some() || a.place_noun().is_some());
        }
        let marked_after =
            after.is_some_and(|a| Self::slot_marker(a).is_some() || a.mark.is_some() || a.is_marker(Slot::And) || a.is_trigger());
        let noun_before =
            before.is_some_and(|b| b.is_marker(Slot::Article) || b.is_plain() || Self::slot_marker(b).is_some_and(|s| s != Slot::To));
        let to_before = before.is_some_and(|b| b.is_marker(Slot::To));
        to_before || before.is_some_and(|b| b.party.is_some() || b.modality().is_some()) && !marked_after && !noun_before
    }

    /// Does the clause say that it happened, or does it only speak of it? A verb says so, and a noun with a light verb;
    /// so does a noun at the head of its clause ("Shelling in X", «إن هجوم التنظيم…»). One that a preposition or another
    /// noun governs ("condemned the attack", «تداعيات الهجوم») takes it as known.
    pub(crate) fn says_so(&self, pos: PartOfSpeech, slots: &Slots) -> bool {
        if pos == PartOfSpeech::Verb || slots.supported {
            return true;
        }
        let mut at = self.at;
        for _ in 0..4 {
            let Some(j) = self.beside(at, false) else { return true };
            let item = &self.row[j];
            if item.mark.is_some() || item.is_marker(Slot::That) || item.is_marker(Slot::And) || item.modality().is_some() {
                return true;
            }
            let attribute = item.is_marker(Slot::Article)
                || item.number.is_some()
                || item.party.is_some() && !self.verb_first()
                || item.is_plain() && !self.verb_first();
            if !attribute {
                return item.time.is_some();
            }
            at = j;
        }
        false
    }

    /// Everything that stands around the trigger.
    pub(crate) fn slots(&self, pos: PartOfSpeech, participle: bool) -> Slots {
        let mut slots = Slots { reach: (self.at, self.at), ..Slots::default() };
        match pos {
            PartOfSpeech::Verb => self.verb(participle, &mut slots),
            PartOfSpeech::Noun => self.noun(&mut slots),
        }
        slots
    }

    fn verb(&self, participle: bool, slots: &mut Slots) {
        let auxiliary = self.auxiliary();
        let agent_follows = self.beside(self.at, true).is_some_and(|j| self.row[j].is_marker(Slot::By));
        slots.passive = participle && (auxiliary || agent_follows);
        let before = self.subject(self.at, if self.verb_first() { 1 } else { PLAIN }, slots);
        let mut first = Slot::Object;
        match before {
            // «القرية التي سيطر عليها»: the place that the relative clause goes back to is what was acted upon.
            Some(j) if self.verb_first() && self.row[j].party.is_none() => {
                self.put(Slot::Object, j, slots);
                first = Slot::Subject;
            }
            Some(j) => self.put(if slots.passive { Slot::Object } else { Slot::Subject }, j, slots),
            None if self.verb_first() && slots.subject_event.is_none() => first = Slot::Subject,
            None => {}
        }
        self.forward(self.at, Some(first), slots);
        if first == Slot::Subject {
            self.settle_verb_first(slots);
        }
    }

    /// After a verb that stands first, the first party is its subject and the next its object; a place in the subject's
    /// slot is the object. With an agent phrase, or where only the harmed stand, the verb was a passive.
    fn settle_verb_first(&self, slots: &mut Slots) {
        let agent = slots.parties.iter().any(|(s, _)| *s == Slot::By);
        let mut subjects = 0;
        for (slot, _) in &mut slots.parties {
            if *slot == Slot::Subject {
                subjects += 1;
                if subjects > 1 || agent {
                    *slot = Slot::Object;
                }
            }
        }
        for (slot, _) in &mut slots.places {
            if *slot == Slot::Subject {
                *slot = Slot::Object;
            }
        }
    }

    /// Is there a passive's auxiliary before the verb?
    fn auxiliary(&self) -> bool {
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

    /// The subject left of a verb: the nearest party that no preposition governs.
    fn subject(&self, verb: usize, plain: usize, slots: &mut Slots) -> Option<usize> {
        let (mut at, mut seen_plain) = (verb, 0);
        while let Some(j) = self.beside(at, false) {
            let item = &self.row[j];
            slots.reach.0 = slots.reach.0.min(j);
            if item.mark.is_some() || item.is_marker(Slot::And) || item.is_marker(Slot::That) || item.saying().is_some() {
                return None;
            }
            if item.is_marker(Slot::Relative) {
                return self.antecedent(j);
            }
            if item.is_trigger() && item.party.is_none() {
                slots.subject_event = Some(j);
                return None;
            }
            if item.party.is_some() || item.place.is_some() {
                if !self.governed(j) {
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

    /// Does a preposition govern this item?
    fn governed(&self, at: usize) -> bool {
        let mut j = at;
        while let Some(b) = self.beside(j, false) {
            let item = &self.row[b];
            if item.is_marker(Slot::Article) || item.place_noun().is_some() || item.number.is_some() {
                j = b;
                continue;
            }
            return Self::slot_marker(item).is_some() && !item.pronoun;
        }
        false
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

    fn noun(&self, slots: &mut Slots) {
        self.light_verb(slots);
        if self.verb_first() && slots.parties.is_empty() {
            self.verb_with_preposition(slots);
        }
        if !self.verb_first() {
            self.possessor(slots);
        }
        self.forward(self.at, self.verb_first().then_some(Slot::Of), slots);
    }

    /// The party right before an event noun: "SDF attack", "the coalition's latest raids".
    fn possessor(&self, slots: &mut Slots) {
        let (mut at, mut plain) = (self.at, 0);
        while let Some(j) = self.beside(at, false) {
            let item = &self.row[j];
            if item.party.is_some() {
                if !slots.parties.iter().any(|(_, p)| *p == j) {
                    self.put(Slot::Possessor, j, slots);
                }
                return;
            }
            let adjective = item.is_plain() && !self.passage.language.stop.contains(self.passage.words.folded(item.first));
            if !(adjective || item.means().is_some() || item.number.is_some()) || plain >= 2 {
                return;
            }
            plain += 1;
            at = j;
        }
    }

    /// «رد التنظيم بهجوم», «أجبر الميليشيا على الانسحاب»: whoever stands before the preposition does what the noun says.
    fn verb_with_preposition(&self, slots: &mut Slots) {
        let Some(marker) = self.beside(self.at, false).filter(|j| Self::slot_marker(&self.row[*j]).is_some()) else { return };
        let Some(party) = self.beside(marker, false).filter(|j| self.row[*j].party.is_some() && !self.governed(*j)) else { return };
        let led = self.beside(party, false).is_some_and(|j| {
            let item = &self.row[j];
            item.is_plain() || item.pronoun || item.support().is_some() || item.cause().is_some()
        });
        if led {
            self.put(Slot::Subject, party, slots);
        }
    }

    /// A light verb near an event noun says whose it is: "launched an attack", «شنت قسد هجوما», "came under fire".
    fn light_verb(&self, slots: &mut Slots) {
        let (mut at, mut between) = (self.at, Vec::new());
        for _ in 0..SUPPORT_REACH {
            let Some(j) = self.beside(at, false) else { return };
            let item = &self.row[j];
            if let Some(support) = item.support() {
                slots.supported = true;
                self.light_subject(j, support, &between, slots);
                return;
            }
            if item.mark.is_some() || item.is_trigger() && item.party.is_none() || item.saying().is_some() || item.is_marker(Slot::Relative)
            {
                return;
            }
            if item.party.is_some() || item.place.is_some() {
                if !self.verb_first() {
                    return;
                }
                between.push(j);
            }
            at = j;
        }
    }

    fn light_subject(&self, verb: usize, support: Support, between: &[usize], slots: &mut Slots) {
        slots.reach.0 = slots.reach.0.min(verb);
        let party_between = between.iter().rev().find(|&&j| !self.governed(j)).copied();
        let mut found = party_between;
        if found.is_none() && support != Support::Occur {
            let mut aside = Slots { reach: slots.reach, ..Slots::default() };
            found = self.subject(verb, if self.verb_first() { 1 } else { PLAIN }, &mut aside);
            slots.reach = aside.reach;
        }
        let Some(j) = found else { return };
        match support {
            Support::Active => self.put(Slot::Subject, j, slots),
            Support::Passive => self.put(Slot::Object, j, slots),
            Support::Witness if self.row[j].place.is_some() => self.put(Slot::In, j, slots),
            Support::Witness | Support::Occur | Support::Lead => {}
        }
    }

    fn put(&self, slot: Slot, at: usize, slots: &mut Slots) {
        let item = &self.row[at];
        // A state's or nationality's name after a preposition of place is the country, elsewhere the actor.
        let placed = matches!(slot, Slot::In | Slot::Near | Slot::Countryside | Slot::From | Slot::To | Slot::Launch | Slot::Hometown);
        if item.place.is_some() && (item.party.is_none() || placed) {
            slots.places.push((slot, at));
        } else if item.party.is_some() {
            slots.parties.push((slot, at));
        }
        slots.reach = (slots.reach.0.min(at), slots.reach.1.max(at));
    }

    /// Walk right from the trigger. `first` is the slot of what follows with no marker before it.
    fn forward(&self, from: usize, first: Option<Slot>, slots: &mut Slots) {
        let mut state = Forward { slot: first, last: None, plain: 0, only_places: false };
        let mut at = from;
        while let Some(j) = self.beside(at, true) {
            if !self.step(j, first, &mut state, slots) {
                let Some(after) = self.after_apposition(j) else { return };
                (state.slot, state.last) = (None, None);
                at = after;
                continue;
            }
            slots.reach.1 = slots.reach.1.max(j);
            at = j;
        }
    }

    /// "on the city of X, their main stronghold, with the support of Y": the comma after an apposition, where a phrase
    /// that the trigger's clause goes on with follows it.
    fn after_apposition(&self, comma: usize) -> Option<usize> {
        self.row[comma].mark.filter(|m| *m == Mark::Comma)?;
        let mut at = comma;
        for _ in 0..APPOSITION {
            at = self.beside(at, true)?;
            let item = &self.row[at];
            if item.mark == Some(Mark::Comma) {
                let mut next = self.beside(at, true)?;
                if self.row[next].is_marker(Slot::And) {
                    next = self.beside(next, true)?;
                }
                let goes_on = self.row[next].marker().is_some_and(|s| matches!(s, Slot::Support | Slot::By | Slot::Against | Slot::With));
                return goes_on.then_some(at);
            }
            if item.mark.is_some() || item.is_trigger() && item.party.is_none() || item.support().is_some() || item.saying().is_some() {
                return None;
            }
        }
        None
    }

    /// Take in one item; false where the walk ends.
    fn step(&self, j: usize, first: Option<Slot>, state: &mut Forward, slots: &mut Slots) -> bool {
        let item = &self.row[j];
        if let Some(mark) = item.mark {
            return mark == Mark::Comma && self.across(j, state);
        }
        if item.is_marker(Slot::And) {
            return self.across(j, state);
        }
        let next = self.beside(j, true).map(|n| &self.row[n]);
        let happens = next.is_some_and(|n| n.support().is_some());
        if item.is_marker(Slot::Relative) {
            // «الذي شنته القوات», «التي أعلنها القائد»: the agent follows the verb of a relative clause;
            // "talks in which X offered": it follows the pronoun; "clashes that broke out": nobody is told yet.
            let verb = next.is_some_and(|n| n.support() == Some(Support::Active) || n.saying().is_some());
            let placed = state.slot.is_some();
            state.slot = if self.verb_first() { verb.then_some(Slot::By) } else { (placed && !happens).then_some(Slot::By) };
            return happens || verb && self.verb_first() || placed && !self.verb_first();
        }
        let relative_verb = self.beside(j, false).is_some_and(|b| self.row[b].is_marker(Slot::Relative));
        if item.is_marker(Slot::That) || item.cause().is_some() || item.saying().is_some() && item.party.is_none() && !relative_verb {
            return false;
        }
        if item.is_marker(Slot::During) {
            // «مفاوضات عرضت خلالها القوات»: who acted in it follows.
            (state.slot, state.only_places) = if item.pronoun { (Some(Slot::By), false) } else { (None, true) };
            return true;
        }
        if let Some(slot) = Self::slot_marker(item) {
            // «عليها» goes back to something; it opens nothing.
            if item.pronoun {
                return true;
            }
            let joined = slot == Slot::Of
                && self.beside(j, false).is_some_and(|b| self.row[b].place_noun().is_some() || self.row[b].means().is_some());
            // "between a cell of X and Y", «خلية من التنظيم»: a part of the body that plays the role.
            let partitive = matches!(slot, Slot::Of | Slot::From) && self.beside(j, false).is_some_and(|b| self.row[b].is_plain());
            let launched = state.slot == Some(Slot::Launch) && matches!(slot, Slot::In | Slot::Near | Slot::Of | Slot::Countryside);
            if !((joined || partitive) && state.slot.is_some() || launched) {
                state.slot = Some(slot);
                slots.opened.push(slot);
            }
            state.plain = 0;
            return true;
        }
        if item.party.is_some() || item.place.is_some() {
            return self.fill(j, first, state, slots);
        }
        if let Some(support) = item.support() {
            state.slot = None;
            slots.supported = true;
            return support != Support::Lead;
        }
        if item.means().is_some() {
            slots.means.push(j);
            return true;
        }
        if item.is_trigger() {
            // "the area under X's control": a state named in passing, and whose area it is follows.
            let triggers = &self.passage.language.triggers;
            return item.triggers().all(|(row, _)| triggers[row as usize].event_type.is_some_and(marsad_model::EventType::is_state));
        }
        if item.is_plain() {
            state.plain += 1;
            if state.plain > PLAIN_AFTER_MARKER {
                state.slot = None;
            }
            return state.plain <= PLAIN;
        }
        true
    }

    fn fill(&self, j: usize, first: Option<Slot>, state: &mut Forward, slots: &mut Slots) -> bool {
        let item = &self.row[j];
        let is_place = item.party.is_none();
        let Some(slot) = state.slot else {
            // A place after a place says where that one lies; a party without a marker belongs to someone else.
            return is_place && state.last.is_some();
        };
        if !(state.only_places && !is_place) {
            self.put(slot, j, slots);
            state.last = Some((slot, is_place));
        }
        state.plain = 0;
        // After the first unmarked party of a verb that stands first, a second one may follow: its object.
        let again = first == Some(Slot::Subject) && slot == Slot::Subject;
        state.slot = if again { Some(Slot::Subject) } else { None };
        true
    }

    /// May the walk cross this comma or "and"? It may where a list goes on or a further phrase is marked.
    fn across(&self, j: usize, state: &mut Forward) -> bool {
        let Some(mut next) = self.beside(j, true) else { return false };
        while self.row[next].is_marker(Slot::Article)
            || self.row[next].is_marker(Slot::And)
            || self.row[next].place_noun().is_some() && self.row[next].party.is_none()
        {
            match self.beside(next, true) {
                Some(n) => next = n,
                None => return false,
            }
        }
        let item = &self.row[next];
        // «في شمال وغرب العراق»: the preposition still waits for its place.
        let waiting = state.slot.is_some_and(|s| matches!(s, Slot::In | Slot::Near | Slot::On | Slot::Countryside));
        if waiting && item.place.is_some() && item.party.is_none() {
            return true;
        }
        // "with the support of warplanes and helicopters of X"
        if state.slot == Some(Slot::Support) && item.means().is_some() {
            return true;
        }
        match state.last {
            Some((slot, true)) if item.place.is_some() && item.party.is_none() => {
                state.slot = Some(slot);
                return true;
            }
            Some((slot, false)) if item.party.is_some() && !self.subject_of_verb(next) => {
                state.slot = Some(slot);
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

    /// Does a verb follow this party, so that it starts a clause of its own?
    fn subject_of_verb(&self, party: usize) -> bool {
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
            if !(item.is_plain() || Self::is_skipped(item)) {
                return false;
            }
            at = j;
        }
        false
    }
}

/// Where a walk to the right stands.
struct Forward {
    /// The slot of the next party or place.
    slot: Option<Slot>,
    /// The slot filled last, and whether by a place.
    last: Option<(Slot, bool)>,
    plain: usize,
    only_places: bool,
}
