//! Who owns an event noun: the party before it, or the subject of the verb that carries it.

use super::{PLAIN, Slots, Walk};
use marsad_knowledge::{Slot, Support};

/// Items between a light verb and its event noun.
const SUPPORT_REACH: usize = 9;

impl Walk<'_, '_, '_> {
    /// The party right before an event noun: "SDF attack", "the coalition's latest raids".
    pub(super) fn possessor(&self, slots: &mut Slots) {
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
    pub(super) fn verb_with_preposition(&self, slots: &mut Slots) {
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
    pub(super) fn light_verb(&self, slots: &mut Slots) {
        let (mut at, mut between) = (self.at, Vec::new());
        for _ in 0..SUPPORT_REACH {
            let Some(j) = self.beside(at, false) else { return };
            let item = &self.row[j];
            if let Some(support) = item.support() {
                slots.supported = true;
                self.light_subject(j, support, &between, slots);
                return;
            }
            if item.mark.is_some()
                || item.is_trigger() && item.party.is_none()
                || item.saying().is_some() && item.party.is_none()
                || item.is_marker(Slot::Relative)
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
}
