//! "Five people, including two children": those who are some of the others take no slot of their own.

use super::{Part, Slots, Walk};
use crate::item::{Item, Mark};
use marsad_knowledge::{Saying, Slot};

/// Items that may stand between the two commas of an insertion.
const INSERTION: usize = 24;
/// Items of an insertion by which a noun says what somebody is.
const OFFICE: usize = 6;

impl Walk<'_, '_, '_> {
    /// Does a phrase that names some of those told before begin here: "including", "three of them"?
    pub(super) fn opens_parts(&self, at: usize) -> bool {
        let Some(item) = self.row.get(at) else { return false };
        item.is_marker(Slot::Among) || item.number.is_some() && self.beside(at, true).is_some_and(|n| self.row[n].is_marker(Slot::Among))
    }

    /// Do people follow, and no place or body: "including two children", but "including Markada"?
    pub(super) fn people_follow(&self, at: usize) -> bool {
        let next = self.beside(at, true).map(|n| if self.row[n].is_marker(Slot::Article) { n + 1 } else { n });
        next.and_then(|n| self.row.get(n)).and_then(|i| i.party.as_ref()).is_some_and(|p| p.people.is_some() || p.person)
    }

    /// The first comma of ", among them three women," or ", 34,", of ", who wore masks," or ", the head of a firm,", whose
    /// second comma this is.
    pub(super) fn inserted(&self, close: usize) -> Option<usize> {
        self.row[close].mark.filter(|m| *m == Mark::Comma)?;
        let mut at = close;
        for _ in 0..INSERTION {
            at = self.beside(at, false)?;
            match self.row[at].mark {
                Some(Mark::Comma) => {
                    let first = self.beside(at, true)?;
                    let age =
                        self.row[first].number.is_some() && self.row[first].party.is_none() && self.beside(first, true) == Some(close);
                    let told = self.row[first].is_marker(Slot::Relative) || self.described(at, first, close);
                    // "Perez, 40, a clerk, was": the age goes with it.
                    let open = self.aged(at).filter(|_| !age).unwrap_or(at);
                    return (self.opens_parts(first) || age || told || self.is_named(at, first, close)).then_some(open);
                }
                Some(Mark::Stop) => return None,
                None => {}
            }
        }
        None
    }

    /// Do the words between two commas say more of whoever stands before the first: "the head of a firm", "aged forty"?
    fn described(&self, open: usize, first: usize, close: usize) -> bool {
        let party = |at: usize| self.beside(at, false).is_some_and(|b| self.row[b].party.is_some());
        let named = party(open) || self.aged(open).is_some_and(party);
        // "Perez, former head of the union, was": small words, and a noun of what he is.
        let small = |i: &&Item| i.people().is_none() && !i.is_title();
        let near = &self.row[first..close.min(first + OFFICE)];
        let led = |i: &Item| i.is_plain() || i.is_marker(Slot::Article) || i.is_marker(Slot::Of) || i.number.is_some();
        let office = near.iter().take_while(small).all(led) && near.iter().any(|i| !small(&i))
            || self.row[first].is_plain() && self.beside(first, true).is_some_and(|n| self.row[n].is_marker(Slot::Of));
        let begins = self.row[first].is_marker(Slot::Article) || self.turned(&self.row[first]) || office;
        let verb = |i: &Item| {
            i.is_trigger() && i.party.is_none()
                || i.support().is_some()
                || i.is_marker(Slot::Passive)
                || matches!(i.saying(), Some(Saying::Cue(..)))
        };
        named && begins && !self.row[first..close].iter().any(verb)
    }

    /// "A commander of the brigade, Milad Gharyani, was shot": a name alone behind the title of whoever bears it.
    fn is_named(&self, open: usize, first: usize, close: usize) -> bool {
        let titled = self.beside(open, false).is_some_and(|b| self.row[b].is_title() && self.row[b].party.is_some());
        titled && self.row[first].party.as_ref().is_some_and(|p| p.person) && self.beside(first, true) == Some(close)
    }

    /// The comma before an age that ends at this comma: ", 40,".
    fn aged(&self, close: usize) -> Option<usize> {
        let age = self.beside(close, false).filter(|a| self.row[*a].number.is_some() && self.row[*a].party.is_none())?;
        self.beside(age, false).filter(|c| self.row[*c].mark == Some(Mark::Comma))
    }

    /// The parts that an insertion names.
    pub(super) fn parts_between(&self, open: usize, close: usize, whole: usize, slots: &mut Slots) {
        let (mut among, mut number) = (false, None);
        for at in open + 1..close {
            let item = &self.row[at];
            if item.is_marker(Slot::Among) {
                among = true;
            } else if item.party.as_ref().is_some_and(|p| p.people.is_some() || p.person) && among {
                slots.parts.push(Part { whole, at, number: number.take() });
            } else if item.number.is_some() && item.party.is_none() {
                number = Some(at);
            }
        }
    }

    /// The number right before the phrase that names parts.
    pub(super) fn part_number(&self, among: usize) -> Option<usize> {
        self.beside(among, false).filter(|j| self.row[*j].number.is_some() && self.row[*j].party.is_none())
    }
}
