//! Slots: where in the grammar of a trigger's clause each party, place and means stands.
//!
//! The row is walked from the trigger to both sides. What a walk may cross and where it must stop is the whole art:
//! a walk that goes on too long takes the neighbour's subject, and a wrong role costs more than a missing one.

mod among;
mod forward;
mod joined;
mod light;
mod speaker;
mod subject;

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
    fn is_passive(&self) -> bool {
        !self.verb_first() && self.row[self.at].triggers().any(|(_, participle)| participle) && self.auxiliary()
    }

    fn looks_like_verb(&self) -> bool {
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
        let marked_after =
            after.is_some_and(|a| Self::slot_marker(a).is_some() || a.mark.is_some() || a.is_marker(Slot::And) || a.is_trigger());
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
        let (counted, determined) = (after.is_some_and(Self::counts), after.is_some_and(|a| self.determines(a)));
        let event_before = before.is_some_and(|b| b.is_trigger() && b.party.is_none());
        let told_before = before.is_some_and(|b| b.place.is_some() || b.time.is_some());
        let done = (event_before || joined) && determined
            || event_before && counted
            || self.harms() && (told_before && (counted || determined) || before.is_some_and(Item::is_plain) && counted);
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
    fn harms(&self) -> bool {
        self.row[self.at].triggers().any(|(row, _)| self.passage.language.triggers[row as usize].frame == "harm")
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
        self.forward(self.at, Some(first), slots);
        if first == Slot::Subject {
            settle_verb_first(self.row, slots);
        }
    }

    /// Does this participle's agent follow, with no more between than where and when: "kidnapped in Lindos on Tuesday by gunmen"?
    fn agent_near(&self) -> bool {
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

    /// "Perez, kidnapped on Tuesday by gunmen, was freed": whom a participle behind a comma, with its agent, tells of.
    fn told_by_participle(&self) -> Option<usize> {
        let comma = self.beside(self.at, false).filter(|j| self.row[*j].mark == Some(Mark::Comma))?;
        self.beside(comma, false).filter(|j| self.row[*j].party.is_some())
    }

    /// "They were abducted and later murdered": the passive before, whose auxiliary and subject this participle shares.
    fn joined_passive(&self) -> Option<usize> {
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
