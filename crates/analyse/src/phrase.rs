//! Noun phrases: whom or what a trigger's grammar points at where no list explains the words.
//!
//! "Gunmen murdered judge X", "an attack on the power station", "kidnapped by the Y": the place beside the trigger says
//! that a filler stands there, and the words as they are are its name. A phrase that holds a listed party makes that party
//! longer; one that holds none becomes a party of which only the words are known. Where neither capitals nor word order
//! show a phrase, things that a list has make one wherever a happening is told (`thing`).

mod bounds;
mod thing;

use crate::item::{Item, Mark, Party};
use crate::passage::Passage;
use bounds::{Bounds, Chunk};
use marsad_knowledge::{PartOfSpeech, Slot, Support};
use marsad_text::Case;

/// Items to the right of a trigger in which its phrases begin.
const REACH: usize = 16;
/// Members of a list.
const LIST: usize = 12;
/// Items between an auxiliary and its participle.
const AUXILIARY: usize = 3;
/// Items of an apposition between two commas.
const APPOSITION: usize = 24;

/// Make parties of the phrases beside each trigger.
pub(crate) fn find(passage: &mut Passage) {
    let by_place = !passage.language.grammar.phrase_endings.is_empty();
    if !by_place && passage.language.grammar.thing_endings.is_empty() {
        return;
    }
    let cased = passage.words.iter().any(|w| matches!(w.case, Case::Title | Case::Upper));
    let rows = std::mem::take(&mut passage.rows);
    passage.rows = rows
        .into_iter()
        .map(|row| {
            let chunks = if by_place { chunks(passage, &row, cased) } else { thing::chunks(passage, &row) };
            if chunks.is_empty() { row } else { merge(row, &chunks) }
        })
        .collect();
}

/// The phrases of a row, in order, none inside another.
fn chunks(passage: &Passage, row: &[Item], cased: bool) -> Vec<Chunk> {
    let bounds = Bounds { passage, row, cased };
    let mut found = Vec::new();
    for (at, item) in row.iter().enumerate().filter(|(_, i)| i.is_trigger() && !i.aside) {
        // "The wounded" are a party; "was wounded" is a verb.
        if item.party.is_some() && bounds.auxiliary(at, AUXILIARY).is_none() {
            continue;
        }
        beside(&bounds, at, item, &mut found);
    }
    found.sort_by_key(|c: &Chunk| (c.from, std::cmp::Reverse(c.to)));
    let mut end = 0;
    found.retain(|c| {
        let free = c.from >= end;
        end = if free { c.to } else { end };
        free
    });
    found
}

/// The phrases that one trigger points at.
fn beside(bounds: &Bounds, at: usize, item: &Item, found: &mut Vec<Chunk>) {
    let language = bounds.passage.language;
    let frames = &bounds.passage.knowledge.frames.frame;
    let of = |pos| {
        item.triggers()
            .map(|(r, p)| (&language.triggers[r as usize], p))
            .find(|(t, _)| t.pos == pos && frames.get(&t.frame).is_some_and(|f| !f.phrases.is_empty()))
    };
    let noun = of(PartOfSpeech::Noun);
    // "The recent attacks": nobody called Recent attacks anything.
    let verb = of(PartOfSpeech::Verb).filter(|_| noun.is_none() || !bounds.described(at));
    let Some((trigger, _)) = verb.or(noun) else { return };
    let Some(frame) = frames.get(&trigger.frame) else { return };
    let human = frame.harmed.is_some();
    let takes = |slot: Slot| frame.phrases.contains_key(&slot);
    let passive = verb.filter(|(_, participle)| *participle).and_then(|_| bounds.passive(at, AUXILIARY));
    if let Some(auxiliary) = passive {
        subjects(bounds, auxiliary, human, &|_| true, found);
    } else if let Some((_, participle)) = verb {
        let object = list(bounds, at + 1, human, found);
        // "The man kidnapped in X" kidnapped nobody.
        if object.is_some() || !participle {
            subjects(bounds, at, false, &|c| takes(Slot::Subject) || bounds.known(c), found);
        }
    } else if takes(Slot::Possessor) {
        found.extend(bounds.possessor(at).and_then(|c| bounds.worth(c, human)));
    }
    let mut j = at + 1;
    let mut first = true;
    while j < bounds.row.len().min(at + REACH) {
        let next = &bounds.row[j];
        // "The murders were committed by", "the attacks were carried out against", "the explosion occurred near": a light verb.
        let agent = bounds.row.get(j + 1).is_some_and(|i| i.is_marker(Slot::By));
        let told = verb.is_none() && j > 0 && bounds.row[j - 1].is_marker(Slot::Passive);
        let light = match next.support() {
            Some(Support::Occur) => verb.is_none(),
            Some(_) => agent || told,
            None => false,
        };
        if next.mark == Some(Mark::Stop) || Bounds::ends_clause(next) && !light {
            return;
        }
        let wanted = |s: &Slot| takes(*s) && (*s != Slot::Of || first && noun.is_some()) || *s == Slot::By;
        let slot = next.marker().filter(wanted).filter(|_| !next.aside);
        j = match slot {
            Some(slot) => {
                let from = found.len();
                let end = list(bounds, j + 1, human && slot != Slot::By, found);
                if !takes(slot) {
                    let known: Vec<Chunk> = found.drain(from..).filter(|c| bounds.known(c)).collect();
                    found.extend(known);
                }
                end.unwrap_or(j + 1)
            }
            None => j + 1,
        };
        first = false;
    }
}

/// The phrase that begins here and those that a list joins to it; gives back where they end.
fn list(bounds: &Bounds, from: usize, human: bool, found: &mut Vec<Chunk>) -> Option<usize> {
    let first = bounds.chunk(from, bounds.row.len())?;
    let (mut end, mut member) = (first.to, first.to);
    found.extend(bounds.worth(first, human));
    let (mut waiting, mut at) = (Vec::new(), bounds.placed(end));
    for _ in 0..LIST {
        let Some(joint) = bounds.row.get(at) else { break };
        let and = joint.is_marker(Slot::And);
        if !(and || joint.mark == Some(Mark::Comma)) {
            break;
        }
        let begin = at + 1 + usize::from(!and && bounds.row.get(at + 1).is_some_and(|i| i.is_marker(Slot::And)));
        let last = and || begin > at + 1;
        let Some(next) = bounds.chunk(begin, bounds.row.len()).filter(|c| !bounds.is_clause(c.to)) else { break };
        // "Two shops at the corner of Sun and Moon streets": the streets are no third member.
        let street = and && at > member;
        at = bounds.placed(next.to);
        if street {
            member = next.from;
            continue;
        }
        member = next.to;
        waiting.extend(bounds.worth(Chunk { listed: true, ..next }, human));
        if last {
            found.append(&mut waiting);
            end = next.to;
        }
    }
    Some(end)
}

/// The subject of a verb, and those listed before it.
fn subjects(bounds: &Bounds, auxiliary: usize, human: bool, wanted: &dyn Fn(&Chunk) -> bool, found: &mut Vec<Chunk>) {
    let mut end = bounds.insertion(auxiliary, APPOSITION).unwrap_or(auxiliary);
    let mut nearest = true;
    for _ in 0..LIST {
        let start = bounds.clause_start(end);
        let Some(chunk) = bounds.first_noun(start, end) else { return };
        // Members of a list end at its joint; the nearest may have more behind it ("a guard of X in Y was killed").
        if !nearest && chunk.to != end {
            return;
        }
        found.extend(bounds.worth(chunk, human).filter(wanted));
        let joint = start.checked_sub(1).filter(|b| chunk.begin == start && bounds.joins(*b));
        let Some(joint) = joint else { return };
        (end, nearest) = (bounds.before_joint(joint), false);
    }
}

/// The row with each phrase as one item.
fn merge(row: Vec<Item>, chunks: &[Chunk]) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(row.len());
    let mut at = 0;
    for chunk in chunks {
        out.extend(row[at..chunk.from].iter().cloned());
        out.push(joined(&row[chunk.from..chunk.to], chunk));
        at = chunk.to;
    }
    out.extend(row.into_iter().skip(at));
    out
}

fn joined(items: &[Item], chunk: &Chunk) -> Item {
    let (first, last) = (items[0].first, items[items.len() - 1].last);
    // «بسيارة»: the preposition is no part of what was hit.
    let span = items[0].span.to(items[items.len() - 1].span);
    let mut item = Item::new(first, last, span);
    item.entries = items.iter().flat_map(|i| i.entries.iter().copied()).collect();
    item.entries.retain(|e| !matches!(e, marsad_knowledge::Entry::Marker(_) | marsad_knowledge::Entry::PlaceNoun { .. }));
    // «خيمة نازحين»: whose tent it is is no flight.
    item.entries.retain(|e| !(chunk.thing && matches!(e, marsad_knowledge::Entry::Trigger { .. })));
    item.place = items.iter().find_map(|i| i.place).filter(|_| !chunk.person);
    // What a list explains is no mere phrase.
    if chunk.thing && !item.entries.contains(&marsad_knowledge::Entry::Thing) {
        item.entries.push(marsad_knowledge::Entry::Thing);
    }
    let known = items[..chunk.head].iter().rev().find(|i| i.party.is_some());
    item.noun = known.map_or(last, |i| i.noun);
    let told = known.and_then(|i| i.party.clone());
    let own = items[..chunk.head].iter().rev().find(|i| !i.aside).is_some_and(|i| i.party.is_none());
    let number = items.iter().find_map(|i| i.number.or(i.party.as_ref().and_then(|p| p.number)));
    let mut party = told.unwrap_or_else(|| Party { phrase: true, person: chunk.person && chunk.name, ..Party::named(span) });
    (party.span, party.whole, party.number, party.listed) = (span, span, number, chunk.listed);
    party.owned = own && !party.phrase;
    item.number = number;
    item.party = Some(party);
    item
}
