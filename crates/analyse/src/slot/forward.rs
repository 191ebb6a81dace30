//! The walk to the right of a trigger, where objects, agents and places stand.

use super::{PLAIN, Part, Slots, Walk};
use crate::item::{Item, Mark};
use crate::place::holds_next;
use marsad_knowledge::{Effect, PartOfSpeech, Slot, Support};
use marsad_model::EventType;

/// Plain words after a marker before it is taken to mark something unknown.
const PLAIN_AFTER_MARKER: usize = 4;
/// Items that an apposition between two commas may have.
const APPOSITION: usize = 9;

/// Where a walk to the right stands.
pub(super) struct Forward {
    /// The slot of the next party or place.
    pub(super) slot: Option<Slot>,
    /// The slot filled last, and whether by a place.
    pub(super) last: Option<(Slot, bool)>,
    pub(super) plain: usize,
    pub(super) only_places: bool,
    /// Places are those that it came from: "from positions of the army in X", «مصدره مناطق تسيطر عليها القوات في X».
    pub(super) launching: bool,
    /// The party filled last.
    pub(super) party: Option<usize>,
    /// The slot that a party filled last.
    pub(super) list: Option<Slot>,
    /// The next people only say who the party filled last is.
    pub(super) apposed: bool,
    /// Those of whom the next people are a part, and how many of them these are.
    pub(super) whole: Option<usize>,
    pub(super) number: Option<usize>,
}

impl Walk<'_, '_, '_> {
    /// Walk right from the trigger. `first` is the slot of what follows with no marker before it.
    pub(super) fn forward(&self, from: usize, first: Option<Slot>, slots: &mut Slots) {
        let mut state = Forward {
            slot: first,
            last: None,
            plain: 0,
            only_places: false,
            launching: false,
            party: None,
            list: None,
            apposed: false,
            whole: None,
            number: None,
        };
        let mut at = from;
        while let Some(j) = self.beside(at, true) {
            if let Some(close) = self.dated(j) {
                at = close;
                continue;
            }
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

    /// «قصفت القوات، اليوم الاثنين، بلدة»: where the commas around a time end.
    fn dated(&self, comma: usize) -> Option<usize> {
        let marked = |j: &usize| self.row[*j].mark == Some(Mark::Comma);
        let open = Some(comma).filter(marked).filter(|_| self.verb_first())?;
        let time = self.beside(open, true).filter(|t| self.row[*t].time.is_some())?;
        self.beside(time, true).filter(marked)
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
                // "the murder of Judge Perez, a teacher of law, carried out on Sunday by gunmen"
                let done = self.row[next].support() == Some(Support::Active) && self.agent_follows(next);
                return (goes_on || done).then_some(at);
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
        let parts = item.is_marker(Slot::Among) && (!item.is_marker(Slot::And) || self.people_follow(j));
        if item.is_marker(Slot::And) && !parts {
            return self.across(j, state);
        }
        if parts {
            (state.whole, state.number, state.plain) = (Some(self.told_before(state, slots)), self.part_number(j), 0);
            return true;
        }
        let next = self.beside(j, true).map(|n| &self.row[n]);
        let happens = next.is_some_and(|n| n.support().is_some());
        if item.is_marker(Slot::Relative) {
            // «الذي شنته القوات», «التي أعلنها القائد»: the agent follows the verb of a relative clause;
            // "talks in which X offered": it follows the pronoun; "clashes that broke out": nobody is told yet.
            let verb = next.is_some_and(|n| n.support() == Some(Support::Active) || n.saying().is_some());
            // "An attack in which the driver was killed": he did nothing.
            if !self.verb_first() && self.suffers(j) {
                return false;
            }
            // «المناطق التي تسيطر عليها القوات»
            if state.launching && next.is_some_and(|n| self.is_state(n)) {
                return true;
            }
            let placed = state.slot.is_some();
            state.slot = if self.verb_first() { verb.then_some(Slot::By) } else { (placed && !happens).then_some(Slot::By) };
            return happens || verb && self.verb_first() || placed && !self.verb_first();
        }
        // "By alleged members of X": no verb of saying.
        let says = |i: &Item| i.saying().is_some() && i.party.is_none() && i.modality().is_none_or(|m| m.effect != Effect::Alleged);
        let relative_verb = self.beside(j, false).is_some_and(|b| self.row[b].is_marker(Slot::Relative));
        if item.is_marker(Slot::That) || item.cause().is_some() || says(item) && !relative_verb {
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
            if !matches!(slot, Slot::Of | Slot::From) {
                state.whole = None;
            }
            // «الدفاعات الجوية التابعة للقوات»
            let grammar = &self.passage.language.grammar;
            let whose = self.beside(j, false).map(|b| {
                let belongs = self.row[b].is_plain() && grammar.belonging.iter().any(|w| self.passage.words.folded(self.row[b].last) == w);
                if belongs { self.beside(b, false).unwrap_or(b) } else { b }
            });
            let joined = slot == Slot::Of && whose.is_some_and(|b| self.row[b].place_noun().is_some() || self.row[b].means().is_some());
            // "between a cell of X and Y", «خلية من التنظيم»: a part of the body that plays the role.
            let partitive = matches!(slot, Slot::Of | Slot::From) && self.beside(j, false).is_some_and(|b| self.row[b].is_plain());
            // «مناهضة للحكومة», «تنديدا بالحكومة»: the word takes its object with another preposition.
            let through = item.clitic
                && state.slot == Some(Slot::Against)
                && self.beside(j, false).is_some_and(|b| self.row[b].is_marker(Slot::Against));
            let launched = state.launching && matches!(slot, Slot::In | Slot::Near | Slot::Of | Slot::Countryside);
            state.launching = slot == Slot::Launch || launched;
            if launched {
                state.slot = Some(Slot::Launch);
            }
            if !((joined || partitive) && state.slot.is_some() || launched || through) {
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
            // «هجوم نفذه مسلحون»: whoever follows the verb that goes back to the trigger did it.
            let goes_back = item.pronoun || self.ends_in_pronoun(item);
            // «أسقطت القوات طائرتين أطلقهما مسلحون»: they launched the aircraft.
            if self.verb_first() && goes_back && self.beside(j, false).is_some_and(|b| b != self.at && self.row[b].means().is_some()) {
                return false;
            }
            state.slot = (self.verb_first() && goes_back && support == Support::Active).then_some(Slot::By);
            slots.supported = true;
            // "The raid came as envoys met in Cairo": what follows is another happening.
            return support != Support::Lead && !self.opens_clause(item);
        }
        if item.means().is_some() {
            slots.means.push(j);
            return true;
        }
        if item.is_trigger() {
            // "the area under X's control": a state named in passing, and whose area it is follows.
            return self.is_state(item);
        }
        if item.is_plain() {
            // "killed since X launched his assault"
            if self.passage.language.grammar.sums.iter().any(|s| self.passage.words.folded(item.first) == s) {
                return false;
            }
            // "The clashes began after a commander was shot", «توقفت الاشتباكات بعد تدخل القوات»: another clause.
            let opens = self.passage.language.grammar.openers.iter().any(|o| self.passage.words.folded(item.first) == o);
            if opens && self.part_of_speech() == Some(PartOfSpeech::Noun) {
                return false;
            }
            state.plain += 1;
            if state.plain > PLAIN_AFTER_MARKER {
                state.slot = None;
            }
            return state.plain <= PLAIN;
        }
        true
    }

    /// Does the last word begin a clause of its own: "as", "after"?
    fn opens_clause(&self, item: &Item) -> bool {
        let last = self.passage.words.folded(item.last);
        self.passage.language.grammar.openers.iter().any(|o| o == last)
    }

    /// «هجوم شنه مسلحون»: of a short verb the form with the pronoun is listed whole.
    fn ends_in_pronoun(&self, item: &Item) -> bool {
        let written = self.passage.words.span(item.last, item.last).of(self.passage.text);
        item.first == item.last && self.passage.language.lexicon.clitics().may_be_pronoun(written)
    }

    /// Does the word tell how things stand, and not what happens?
    fn is_state(&self, item: &Item) -> bool {
        let triggers = &self.passage.language.triggers;
        item.is_trigger() && item.triggers().all(|(row, _)| triggers[row as usize].event_type.is_some_and(EventType::is_state))
    }

    /// Those of whom some are named next: the party filled last, else the subject, else whomever the trigger's number counts.
    fn told_before(&self, state: &Forward, slots: &Slots) -> usize {
        let subject = || slots.parties.iter().find(|(s, _)| matches!(s, Slot::Subject | Slot::Object)).map(|(_, j)| *j);
        state.party.or_else(subject).unwrap_or(self.at)
    }

    fn fill(&self, j: usize, first: Option<Slot>, state: &mut Forward, slots: &mut Slots) -> bool {
        let item = &self.row[j];
        if std::mem::take(&mut state.apposed) {
            return true;
        }
        let is_place = item.party.is_none();
        if is_place && holds_next(self.row, j) {
            return true;
        }
        if let Some(whole) = state.whole.filter(|_| item.party.as_ref().is_some_and(|p| p.people.is_some() || p.person)) {
            // "Five people, two of them children, a trader who was there said": whoever does something else is none of them.
            if state.number.is_none() && self.row.get(j + 1).is_some_and(|i| i.is_marker(Slot::Relative)) {
                return false;
            }
            slots.parts.push(Part { whole, at: j, number: state.number.take() });
            state.plain = 0;
            return true;
        }
        // «قتل طفل يرعى الأغنام»: what stands behind a word that nothing is known of is another verb's.
        let thing = item.party.as_ref().is_some_and(|p| p.phrase && !p.person);
        if thing && first == Some(Slot::Subject) && state.party.is_some() && state.plain > 0 && self.harms() {
            return true;
        }
        let slot = state.slot.or((state.launching && is_place).then_some(Slot::Launch));
        let Some(slot) = slot else {
            // «تسيطر عليها القوات»: whose places these are.
            if state.launching {
                return true;
            }
            // A place after a place says where that one lies; a party without a marker belongs to someone else.
            // So does a thing that nothing marks.
            let thing = item.party.as_ref().is_some_and(|p| p.phrase && !p.person) && self.verb_first();
            return is_place && state.last.is_some() || thing;
        };
        if is_place || !state.only_places {
            self.put(slot, j, slots);
            state.last = Some((slot, is_place));
            if !is_place {
                (state.party, state.list) = (Some(j), Some(slot));
            }
        }
        state.plain = 0;
        // After the first unmarked party of a verb that stands first, a second one may follow: its object.
        let again = first == Some(Slot::Subject) && slot == Slot::Subject;
        state.slot = if again { Some(Slot::Subject) } else { None };
        true
    }
}
