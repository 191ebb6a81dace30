//! Where a noun phrase begins and ends.

use crate::item::{Item, Mark};
use crate::passage::Passage;
use marsad_knowledge::{Effect, Entry, Saying, Scope, Slot};
use marsad_model::PlacePrecision;
use marsad_text::{Case, WordKind};

/// The longest phrase, in items.
const LONGEST: usize = 14;
/// Phrases that "of" hangs on a phrase.
const OF: usize = 2;
/// Words of a bare name.
const NAME: std::ops::RangeInclusive<usize> = 2..=5;
/// Items of a clause before its subject.
const BEFORE_SUBJECT: usize = 24;

/// A phrase: items of a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunk {
    /// Its articles and possessives begin here.
    pub(super) begin: usize,
    /// Its first word.
    pub(super) from: usize,
    /// The item after its last one.
    pub(super) to: usize,
    /// Items from `from` up to the first "of".
    pub(super) head: usize,
    /// It can only be a human being.
    pub(super) person: bool,
    /// It is made of nothing but words that no list has.
    pub(super) name: bool,
    /// A list has its first word as a thing that can be hit.
    pub(super) thing: bool,
    /// It goes on a list that the phrase before it began.
    pub(super) listed: bool,
}

/// A row in which phrases are looked for.
pub(super) struct Bounds<'a, 'k, 't> {
    pub(super) passage: &'a Passage<'k, 't>,
    pub(super) row: &'a [Item],
    /// The text has capitals, so that a name shows.
    pub(super) cased: bool,
}

impl Bounds<'_, '_, '_> {
    fn word(&self, item: &Item) -> &str {
        self.passage.words.folded(item.first)
    }

    fn leads_in(&self, item: &Item) -> bool {
        let grammar = &self.passage.language.grammar;
        item.is_marker(Slot::Article)
            || item.is_plain() && grammar.phrase_leads.iter().any(|p| self.word(item) == p)
            || item.modality().is_some_and(|m| m.effect == Effect::Alleged && m.scope == Scope::Right)
            || self.passage.language.grammar.possessives.iter().any(|p| self.word(item) == p)
    }

    /// Has it an ending that words after the noun have no more?
    fn turned(&self, item: &Item) -> bool {
        let word = self.word(item);
        // "State-owned facilities": what a hyphen joins to the word before it stands before its noun.
        let joined = item.first.checked_sub(2).is_some_and(|b| {
            let glued = |i: usize| !self.passage.words[i].space_before;
            self.passage.words.folded(b + 1) == "-" && glued(b + 1) && glued(b + 2)
        });
        item.is_plain()
            && !joined
            && self.passage.language.grammar.phrase_endings.iter().any(|e| word.len() > e.len() + 2 && word.ends_with(e.as_str()))
    }

    /// May it be a word of a noun phrase?
    fn nominal(&self, item: &Item) -> bool {
        // "the group" goes back to somebody; "a senior commander of the group" is somebody himself.
        let goes_back = item.refers().is_some() && item.party.as_ref().is_none_or(|p| p.people.is_none());
        if item.mark.is_some() || item.time.is_some() || item.is_trigger() || goes_back || item.means().is_some() {
            return false;
        }
        if let Some(party) = &item.party {
            return party.both.is_none() && (!party.carried || party.people.is_some());
        }
        if item.number.is_some()
            || item.support().is_some()
            || item.cause().is_some()
            || item.modality().is_some()
            || item.marker().is_some()
        {
            return false;
        }
        if item.saying().is_some_and(|s| matches!(s, Saying::Cue(..))) || item.accusation().is_some() {
            return false;
        }
        if item.is_plain() {
            let (word, grammar) = (self.word(item), &self.passage.language.grammar);
            return self.passage.words[item.first].kind == WordKind::Letters
                && (!self.passage.language.stop.contains(word) || grammar.phrase_nouns.iter().any(|n| n == word))
                && !grammar.phrase_stops.iter().any(|n| n == word);
        }
        item.place.is_some() || !item.entries.is_empty()
    }

    /// The phrase that begins here, its articles left out.
    pub(super) fn chunk(&self, begin: usize, limit: usize) -> Option<Chunk> {
        let mut at = begin;
        while at < limit && self.leads_in(&self.row[at]) {
            at += 1;
        }
        let (from, mut to, mut noun, mut ofs, mut head) = (at, at, false, 0, None);
        while at < limit.min(from + LONGEST) {
            let item = &self.row[at];
            if item.aside {
                at += 1;
                continue;
            }
            let number = item.number.is_some() && item.party.is_none() && item.time.is_none() && at == from;
            if number {
                at += 1;
                // "six other shops"
                while at < limit && self.leads_in(&self.row[at]) {
                    at += 1;
                }
                continue;
            }
            if self.nominal(item) {
                let turned = self.turned(item);
                if turned && noun {
                    break;
                }
                noun |= !turned;
                at += 1;
                to = if noun { at } else { to };
                continue;
            }
            let of = item.is_marker(Slot::Of) && noun && to == at && ofs < OF;
            if !of {
                break;
            }
            let mut after = at + 1;
            while after < limit && self.leads_in(&self.row[after]) {
                after += 1;
            }
            // "of the third brigade"
            let counted = |i: &Item| i.number.is_some() && i.party.is_none() && i.time.is_none();
            if after + 1 < limit && counted(&self.row[after]) && self.nominal(&self.row[after + 1]) {
                after += 1;
            }
            // "The telephone exchange of the district": which one it is was told before; the phrase takes it in all the same.
            let told = |i: &Item| i.party.is_none() && i.place_noun().is_some() && !i.is_trigger() && i.mark.is_none();
            if after < limit && told(&self.row[after]) && !self.nominal(&self.row[after]) {
                head = head.or(Some(at - from));
                to = after + 1;
                break;
            }
            if !(after < limit && self.nominal(&self.row[after])) {
                break;
            }
            head = head.or(Some(at - from));
            (ofs, at) = (ofs + 1, after);
        }
        let head = head.unwrap_or(to.saturating_sub(from)).min(to.saturating_sub(from));
        (to > from).then_some(Chunk { begin, from, to, head, person: false, name: false, thing: false, listed: false })
    }

    /// The phrase where it adds something to what the row has: not a lone party or place.
    pub(super) fn worth(&self, mut chunk: Chunk, human: bool) -> Option<Chunk> {
        let items = &self.row[chunk.from..chunk.to];
        let head = &items[..chunk.head];
        if items.len() == 1 && (items[0].party.is_some() || items[0].place.is_some()) {
            return None;
        }
        let titled = head.iter().any(|i| i.people().is_some() || i.party.as_ref().is_some_and(|p| p.person));
        let last = head.iter().rev().find(|i| !i.aside)?;
        if self.passage.language.grammar.abstract_nouns.iter().any(|n| self.word(last) == n) {
            return None;
        }
        // A word of traffic or sport ("a lorry") explains nothing here.
        let of_field = |i: &Item| i.party.is_none() && i.place.is_none() && i.entries.iter().any(|e| matches!(e, Entry::OtherField(_)));
        let plain = head.iter().filter(|i| i.is_plain() || of_field(i) && i.entries.len() == 1).count();
        let known = head.iter().any(|i| i.party.is_some());
        chunk.person = human || titled;
        let small = |i: &Item| self.cased && self.passage.words[i.first].case == Case::Lower;
        chunk.name = NAME.contains(&items.len())
            && !items.iter().any(small)
            && items.iter().all(|i| i.is_plain() || i.place.is_some() && i.place_noun().is_none());
        // A settlement is a place, with whatever words before it.
        let area = last.party.is_none()
            && match last.place_noun() {
                Some(noun) => self.passage.language.place_nouns[noun as usize].precision != PlacePrecision::Exact,
                None => last.place.is_some() && !(chunk.person && (plain > 0 || titled)),
            };
        let said = |i: &Item| i.place_noun().is_some() || i.entries.iter().any(|e| matches!(e, Entry::OrganisationHead { .. }));
        (!area && (plain > 0 || known || head.iter().any(said))).then_some(chunk)
    }

    /// Does the phrase name a party that the row has, before any "of"?
    pub(super) fn known(&self, chunk: &Chunk) -> bool {
        self.row[chunk.from..chunk.from + chunk.head].iter().any(|i| i.party.is_some() || i.people().is_some())
    }

    /// Do an article and small words stand right before this noun, and nothing after it that could be an object?
    pub(super) fn described(&self, noun: usize) -> bool {
        let object = |i: &Item| self.leads_in(i) || i.number.is_some() || i.party.is_some() || i.place.is_some();
        let small = |j: usize| self.row[j].is_plain() && self.passage.words[self.row[j].first].case != Case::Title;
        let article = (0..noun).rev().find(|&j| !small(j)).filter(|j| self.row[*j].is_marker(Slot::Article) && *j + 1 < noun);
        article.is_some() && !self.row.get(noun + 1).is_some_and(object)
    }

    /// The phrase before a noun to which it belongs: "X's murder".
    pub(super) fn possessor(&self, noun: usize) -> Option<Chunk> {
        let mark =
            noun.checked_sub(1).filter(|m| self.passage.language.grammar.possessive_ends.iter().any(|e| self.word(&self.row[*m]) == e))?;
        let begin = (mark.saturating_sub(*NAME.end())..mark)
            .rev()
            .take_while(|&j| self.nominal(&self.row[j]) && !self.turned(&self.row[j]))
            .last()?;
        self.chunk(begin, mark)
    }

    /// The first of the auxiliaries before a participle.
    pub(super) fn auxiliary(&self, at: usize, reach: usize) -> Option<usize> {
        let near = (at.saturating_sub(reach)..at).rev();
        let adverb = |i: &Item| i.is_plain() && (self.turned(i) || self.passage.language.grammar.adverbs.iter().any(|a| self.word(i) == a));
        let passed = |i: &Item| adverb(i) || i.modality().is_some() || i.is_marker(Slot::Passive) || i.time.is_some();
        let last = near.take_while(|&j| passed(&self.row[j])).find(|&j| self.row[j].is_marker(Slot::Passive));
        let joined = || {
            // "abducted and killed": the auxiliary stands before the first of them.
            let and = (at.saturating_sub(2)..at).rev().find(|b| !adverb(&self.row[*b])).filter(|b| self.row[*b].is_marker(Slot::And))?;
            let before = and.checked_sub(1).filter(|b| self.row[*b].is_trigger())?;
            self.auxiliary(before, reach)
        };
        let last = last.or_else(joined)?;
        Some((0..last).rev().take_while(|&j| passed(&self.row[j])).last().unwrap_or(last))
    }

    /// Where a passive begins: at its first auxiliary, or at the participle where only its agent shows what it is ("houses
    /// damaged by shells").
    pub(super) fn passive(&self, at: usize, reach: usize) -> Option<usize> {
        let agent = || self.row.get(at + 1).is_some_and(|i| i.is_marker(Slot::By));
        self.auxiliary(at, reach).or_else(|| agent().then_some(at))
    }

    /// Does this item end the clause?
    pub(super) fn ends_clause(item: &Item) -> bool {
        !item.aside
            && (item.is_trigger() && item.party.is_none()
                || item.is_marker(Slot::That)
                || item.is_marker(Slot::Relative)
                || item.is_marker(Slot::During)
                || item.saying().is_some() && item.party.is_none()
                || item.support().is_some()
                || item.cause().is_some())
    }

    /// Does a verb stand here, so that what stood before is its subject and no member of a list?
    pub(super) fn is_clause(&self, at: usize) -> bool {
        self.row.get(at).is_some_and(|i| {
            i.is_marker(Slot::Passive)
                || i.is_trigger()
                || i.saying().is_some()
                || i.support().is_some()
                || i.modality().is_some()
                || i.is_plain() && !self.leads_in(i)
        })
    }

    /// Where the clause that ends here begins.
    pub(super) fn clause_start(&self, end: usize) -> usize {
        let bound = |i: &Item| !i.aside && (i.mark.is_some() || i.is_marker(Slot::And) || Self::ends_clause(i));
        // "A bridge between A and B"
        let pair = |j: usize| self.row[j].is_marker(Slot::And) && j >= 2 && self.row[j - 2].is_marker(Slot::Between);
        let from = end.saturating_sub(BEFORE_SUBJECT);
        (from..end).rev().find(|&j| bound(&self.row[j]) && !pair(j)).map_or(from, |j| j + 1)
    }

    /// The first phrase of a clause that no preposition governs.
    pub(super) fn first_noun(&self, start: usize, end: usize) -> Option<Chunk> {
        let mut at = start;
        while at < end {
            let item = &self.row[at];
            let governs = item.marker().is_some_and(|s| !matches!(s, Slot::Article | Slot::Passive));
            if governs {
                at = self.chunk(at + 1, end).map_or(at + 1, |c| c.to);
                continue;
            }
            if let Some(mut chunk) = self.chunk(at, end) {
                chunk.begin = if at == start { start } else { chunk.begin };
                return Some(chunk);
            }
            at += 1;
        }
        None
    }

    /// The first comma of an insertion that ends right before this item; an age before it is one more ("Perez, 40, a clerk, was").
    pub(super) fn insertion(&self, before: usize, reach: usize) -> Option<usize> {
        let comma = |j: &usize| self.row[*j].mark == Some(Mark::Comma);
        let close = before.checked_sub(1).filter(comma)?;
        let inside = (close.saturating_sub(reach)..close).rev();
        let open = inside.take_while(|&j| self.row[j].mark != Some(Mark::Stop)).find(comma)?;
        let age = open.checked_sub(1).filter(|a| self.row[*a].number.is_some() && self.row[*a].party.is_none());
        Some(age.and_then(|a| a.checked_sub(1)).filter(comma).unwrap_or(open))
    }

    /// Where the phrases end that tell at what place the one before this item is ("a firm at Lindos, a church near the port").
    pub(super) fn placed(&self, at: usize) -> usize {
        let mut end = at;
        for _ in 0..OF {
            let place = self.row.get(end).and_then(Item::marker).is_some_and(|s| matches!(s, Slot::In | Slot::Near | Slot::Countryside));
            // "some houses there and a mill"
            let there = self
                .row
                .get(end)
                .is_some_and(|i| i.time.is_some() || i.refers().is_some() && i.party.is_none() && i.place_noun().is_none());
            match self.chunk(end + 1, self.row.len()).filter(|_| place) {
                Some(chunk) => end = chunk.to,
                None if there => end += 1,
                None => break,
            }
        }
        end
    }

    /// Does this item join the members of a list?
    pub(super) fn joins(&self, at: usize) -> bool {
        self.row[at].is_marker(Slot::And) || self.row[at].mark == Some(Mark::Comma)
    }

    /// The end of the member before a joint (", and" is one).
    pub(super) fn before_joint(&self, joint: usize) -> usize {
        let comma = joint.checked_sub(1).filter(|b| self.row[*b].mark == Some(Mark::Comma));
        comma.filter(|_| self.row[joint].is_marker(Slot::And)).unwrap_or(joint)
    }
}
