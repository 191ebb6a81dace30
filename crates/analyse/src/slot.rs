//! Slots: where in the grammar of a trigger's clause each party, place and means stands.
//!
//! The row is walked from the trigger to both sides. What a walk may cross and where it must stop is the whole art:
//! a walk that goes on too long takes the neighbour's subject, and a wrong role costs more than a missing one.

mod across;
mod among;
mod forward;
mod joined;
mod light;
mod speaker;
mod subject;
mod verb;

use crate::item::{Item, Mark};
use crate::passage::Passage;
use marsad_knowledge::{PartOfSpeech, Slot};

/// Plain words that may stand between a trigger and what belongs to it.
const PLAIN: usize = 6;
/// Items between a participle and its agent.
const AGENT: usize = 5;

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
    /// The verb's subject is a pronoun, or something that a pronoun says whose it is: what follows is no subject.
    pub(crate) pronoun: bool,
    /// Whoever did it is told by the verb that this one is joined to.
    pub(crate) joined: bool,
    /// The first and last position that the trigger's clause was walked to.
    pub(crate) reach: (usize, usize),
    /// Some of those told before: "including two children".
    pub(crate) parts: Vec<Part>,
}

/// People who are some of those told before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    /// The position of those told before; the trigger's own where only a number told of them.
    pub(crate) whole: usize,
    /// Their own position.
    pub(crate) at: usize,
    /// The position of the number that stands before the phrase: "three of them children".
    pub(crate) number: Option<usize>,
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
        item.marker().filter(|s| {
            !matches!(
                s,
                Slot::Among | Slot::Counting | Slot::AndSide | Slot::Relative | Slot::That | Slot::And | Slot::Passive | Slot::Article
            )
        })
    }

    fn is_skipped(item: &Item) -> bool {
        item.is_marker(Slot::Article)
            || item.is_marker(Slot::AndSide)
            || item.time.is_some()
            || item.modality().is_some() && !item.is_trigger()
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
            // "a day after the market attack"
            if !self.verb_first() && self.passage.language.grammar.openers.iter().any(|o| self.passage.words.folded(item.last) == o) {
                return false;
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
        let joined = self.joined_passive().filter(|_| participle);
        let auxiliary = self.auxiliary() || joined.is_some();
        slots.passive = participle && (auxiliary || self.agent_near());
        let reduced = if slots.passive && !auxiliary { self.told_by_participle() } else { None };
        let from = joined.unwrap_or(self.at);
        let before = reduced.or_else(|| self.subject(from, if self.verb_first() { 1 } else { PLAIN }, slots));
        let mut first = Slot::Object;
        match before {
            // «القرية التي سيطر عليها»: the place that the relative clause goes back to is what was acted upon.
            Some(j) if self.verb_first() && self.row[j].party.is_none() => {
                self.put(Slot::Object, j, slots);
                first = Slot::Subject;
            }
            // «ضابطين كانت قد احتجزتهما المجموعة»: the pronoun on the verb goes back to somebody not known before.
            Some(j) if self.verb_first() && self.row[self.at].pronoun && self.is_new(j) => {
                self.put(Slot::Object, j, slots);
                first = Slot::Subject;
            }
            Some(j) => self.put(if slots.passive { Slot::Object } else { Slot::Subject }, j, slots),
            // «عثر على جثة شاب»: the verb has its object with it, and what follows belongs to that.
            None if self.verb_first() && self.row[self.at].first < self.row[self.at].last => first = Slot::Of,
            None if self.verb_first() && slots.subject_event.is_none() && !slots.pronoun => first = self.slot_after(slots),
            None => {}
        }
        // "Three soldiers were killed when fighters blew up a house": a passive has its object before it.
        let has_object = slots.passive && before.is_some() && !self.verb_first();
        self.forward(self.at, Some(first).filter(|_| !has_object), slots);
        if first == Slot::Subject {
            settle_verb_first(self.row, slots);
        }
    }

    /// "Perez, kidnapped on Tuesday by gunmen, was freed": whom a participle behind a comma, with its agent, tells of.
    fn told_by_participle(&self) -> Option<usize> {
        let comma = self.beside(self.at, false).filter(|j| self.row[*j].mark == Some(Mark::Comma))?;
        self.beside(comma, false).filter(|j| self.row[*j].party.is_some())
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
        if self.verb_first() {
            self.announcer(slots);
            self.doer_and_object(slots);
        }
    }

    /// Are these people nobody has been told of: without an article, a name or a place among the listed?
    fn is_new(&self, j: usize) -> bool {
        let item = &self.row[j];
        // «قال إن مسلحين خطفوه», «مسلحون خطفوه»: at the head of a clause they are its subject.
        let heads = |b: &Item| b.mark.is_some() || b.is_marker(Slot::That) || b.is_marker(Slot::And);
        let within = self.beside(j, false).is_some_and(|b| !heads(&self.row[b]));
        within
            && !item.article
            && item.party.as_ref().is_some_and(|p| p.actor.is_none() && !p.person && (p.people.is_some() || p.number.is_some()))
    }

    /// «اعتقال الأجهزة الأمنية للشاب»: of two that a noun governs, the one right behind it did it, and the one behind «ل» suffered it.
    fn doer_and_object(&self, slots: &mut Slots) {
        let Some(doer) = self.beside(self.at, true) else { return };
        let behind = |j: usize| self.beside(j, false).filter(|b| self.row[*b].clitic && self.row[*b].is_marker(Slot::Of));
        let right = |j: usize| behind(j).and_then(|b| self.beside(b, false)) == Some(doer);
        let acts = self.acts(&self.row[doer]) || self.row[doer].party.as_ref().is_some_and(|p| p.carried);
        let Some(object) = slots.parties.iter().position(|(slot, j)| *slot == Slot::Of && right(*j)).filter(|_| acts) else { return };
        for (n, (slot, j)) in slots.parties.iter_mut().enumerate() {
            if n == object {
                *slot = Slot::Object;
            } else if *j == doer && *slot == Slot::Of {
                *slot = Slot::Subject;
            }
        }
    }

    fn put(&self, slot: Slot, at: usize, slots: &mut Slots) {
        let item = &self.row[at];
        // A state's or nationality's name after a preposition of place is the country, elsewhere the actor.
        let placed = matches!(slot, Slot::In | Slot::Near | Slot::Countryside | Slot::From | Slot::To | Slot::Launch | Slot::Hometown);
        // "the police station of X": what was hit, and where.
        let phrase = item.party.as_ref().is_some_and(|p| p.phrase);
        if item.place.is_some() && (item.party.is_none() || placed || phrase) {
            slots.places.push((slot, at));
        }
        if item.party.is_some() && (item.place.is_none() || !placed || phrase) {
            slots.parties.push((slot, at));
        }
        slots.reach = (slots.reach.0.min(at), slots.reach.1.max(at));
    }
}

/// "A rocket attack on Friday wounded four": what is a verb here is nobody, though the word may mean people elsewhere.
pub(crate) fn settle_verbs(passage: &mut Passage) {
    for sentence in 0..passage.rows.len() {
        let verbs = |row: &[Item], at: usize| {
            let alone = row[at].party.as_ref().is_some_and(|p| p.people.is_some() && p.number.is_none() && p.whole == row[at].span);
            alone && row[at].is_trigger() && Walk { passage, row, at }.part_of_speech() == Some(PartOfSpeech::Verb)
        };
        let row = &passage.rows[sentence];
        let found: Vec<usize> = (0..row.len()).filter(|&at| verbs(row, at)).collect();
        for at in found {
            passage.rows[sentence][at].party = None;
        }
    }
}

/// After a verb that stands first, the first party is its subject and the next its object; a place in the subject's
/// slot is the object. With an agent phrase, or where only the harmed stand, the verb was a passive.
fn settle_verb_first(row: &[Item], slots: &mut Slots) {
    let agent = slots.parties.iter().any(|(s, _)| *s == Slot::By);
    let mut subjects = 0;
    let mut before = None;
    for (slot, j) in slots.parties.iter_mut().filter(|(s, _)| *s == Slot::Subject) {
        // A thing does nothing.
        let thing = row[*j].party.as_ref().is_some_and(|p| p.phrase && !p.person);
        let object = subjects > 0 || agent;
        // «قتل رجل وزوجته»: whom "and" joins to somebody is what he is.
        let joined = j.checked_sub(1).is_some_and(|b| row[b].is_marker(Slot::And));
        *slot = match before.filter(|_| joined) {
            Some(same) => same,
            None if thing || object => Slot::Object,
            None => Slot::Subject,
        };
        subjects += usize::from(!thing);
        before = Some(*slot);
    }
    for (slot, _) in &mut slots.places {
        if *slot == Slot::Subject {
            *slot = Slot::Object;
        }
    }
}
