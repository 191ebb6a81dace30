//! Needs: what must stand beside a trigger before it is believed.

use crate::draft::{lone_armed, named_weapon};
use crate::filler::is_armed;
use crate::item::{Item, Mark};
use crate::passage::Passage;
use crate::slot::Slots;
use marsad_knowledge::{ActorKind, Effect, Entry, Need, PartOfSpeech, People, Slot, Support};
use marsad_model::{Count, PeopleGroup};

/// Does a need of the trigger hold here?
pub(crate) fn holds(need: Need, passage: &Passage, row: &[Item], at: usize, slots: &Slots) -> bool {
    let own = |s: Slot| matches!(s, Slot::Object | Slot::Of | Slot::On | Slot::Against);
    let known = |j: usize| row[j].party.as_ref().is_some_and(|p| !p.phrase);
    let people = |test: &dyn Fn(&People) -> bool| {
        let of = |item: &Item| {
            let entries = item.entries.iter().filter_map(|e| if let Entry::People { row } = e { Some(*row) } else { None });
            let party = item.party.as_ref().and_then(|p| p.people);
            party.into_iter().chain(entries).any(|r| test(&passage.language.people[r as usize]))
        };
        slots.parties.iter().any(|(_, j)| of(&row[*j])) || of(&row[at])
    };
    match need {
        // "took control of wide areas in the north": the object is a place that only what follows names.
        Need::ObjectPlace => {
            slots
                .places
                .iter()
                .any(|(s, _)| own(*s) || matches!(s, Slot::In | Slot::Near | Slot::Countryside) && slots.opened.contains(&Slot::On))
                || place_noun_follows(passage, row, at, slots)
        }
        Need::ObjectPeople => slots.parties.iter().any(|(s, j)| own(*s) && known(*j)),
        Need::Party => {
            slots.parties.iter().any(|(_, j)| known(*j)) || lone_armed(passage, row).is_some() || crowd_follows(passage, row, at)
        }
        Need::Victim => {
            let unarmed = |j: usize| row[j].party.as_ref().is_some_and(|p| p.actor.is_none() && !is_armed(passage, p));
            let told = |s: Slot, j: usize| own(s) || matches!(s, Slot::Subject | Slot::By) || s == Slot::Possessor && unarmed(j);
            slots.parties.iter().any(|(s, j)| told(*s, *j)) || stands_for_people(passage, row, at) || nobody(row, at)
        }
        Need::Remains => people(&|p| p.kind == "remains") || holds_remains(passage, row, at),
        Need::Detainee => people(&|p| p.kind == "detainee"),
        Need::Children => people(&|p| p.group.is_some_and(|g| matches!(g, PeopleGroup::Children | PeopleGroup::Boys | PeopleGroup::Girls))),
        Need::Air => row.iter().any(|i| i.means().is_some_and(|m| m.air)) || air_actor(passage, row, slots),
        Need::NoObject => !slots.parties.iter().any(|(s, _)| *s == Slot::Object) && !slots.places.iter().any(|(s, _)| *s == Slot::Object),
        Need::Place => !slots.places.is_empty(),
        Need::Explosive => within(row, slots).any(|i| i.means().is_some_and(|m| m.kind.explodes())),
        Need::Literal => is_literal(row, at),
        Need::Protester => people(&|p| p.kind == "protester"),
        Need::Arms => {
            let doers = slots.parties.iter().filter(|(s, _)| matches!(s, Slot::Subject | Slot::By | Slot::Possessor | Slot::Of));
            doers.filter_map(|(_, j)| row[*j].party.as_ref()).all(|p| p.actor.is_some() || p.head || p.named || is_armed(passage, p))
        }
        Need::Deadly => verb_follows(passage, row, at, "harm") || kills(passage, row, at),
        Need::Led => led(passage, row, at),
        Need::Under => at.checked_sub(1).is_some_and(|b| row[b].support() == Some(Support::Passive)),
        Need::Hits => {
            let triggers = &passage.language.triggers;
            let harm = || row.iter().flat_map(Item::triggers).any(|(t, _)| triggers[t as usize].frame == "harm");
            verb_follows(passage, row, at, "strike") && (harm() || place_noun_follows(passage, row, at + 1, slots))
        }
    }
}

/// Is the next word a verb of this frame?
/// "No one was hurt": a negation before the auxiliary stands for people.
fn nobody(row: &[Item], at: usize) -> bool {
    let auxiliary = at.checked_sub(1).filter(|a| row[*a].is_marker(Slot::Passive));
    let denied = |i: &Item| i.modalities().any(|m| m.effect == Effect::Negative);
    auxiliary.and_then(|a| a.checked_sub(1)).is_some_and(|n| denied(&row[n]))
}

fn verb_follows(passage: &Passage, row: &[Item], at: usize, frame: &str) -> bool {
    let triggers = &passage.language.triggers;
    let verb = |item: &Item| item.triggers().map(|(t, _)| &triggers[t as usize]).any(|t| t.frame == frame && t.pos == PartOfSpeech::Verb);
    row.get(at + 1).is_some_and(verb)
}

/// «أودى القصف بحياة ثلاثة»: does a verb that leads from one to the other stand before, with what happened between?
fn led(passage: &Passage, row: &[Item], at: usize) -> bool {
    let clause = row[..at].iter().rev().take(LED_REACH).take_while(|i| i.mark != Some(Mark::Stop));
    let mut happened = false;
    for item in clause {
        if item.support() == Some(Support::Lead) {
            return happened;
        }
        let harm = |t: u32| passage.language.triggers[t as usize].frame == "harm";
        happened |= item.triggers().any(|(t, _)| !harm(t)) || item.means().is_some();
    }
    false
}

/// Items between such a verb and what it leads to.
const LED_REACH: usize = 12;

/// "Killed by unexploded ordnance": does a passive of harm name it as what did it?
fn kills(passage: &Passage, row: &[Item], at: usize) -> bool {
    let by = row[..at].iter().rposition(|i| !i.is_marker(Slot::Article)).filter(|b| row[*b].is_marker(Slot::By));
    by.and_then(|b| b.checked_sub(1)).is_some_and(|verb| {
        let triggers = &passage.language.triggers;
        row[verb].triggers().any(|(t, participle)| participle && triggers[t as usize].frame == "harm")
    })
}

/// «قضى خمسة في الغارة», «أسماء من قضوا»: a bare number beside the verb, or a relative pronoun that goes back to nothing, stands
/// for the people.
fn stands_for_people(passage: &Passage, row: &[Item], at: usize) -> bool {
    let verb = |t: u32| passage.language.triggers[t as usize].pos == PartOfSpeech::Verb;
    if !passage.language.grammar.verb_first || !row[at].triggers().any(|(t, participle)| verb(t) && !participle) {
        return false;
    }
    let counted = row.get(at + 1).is_some_and(|n| n.number.is_some() && n.time.is_none() && n.party.is_none());
    let headless = at.checked_sub(1).is_some_and(|b| row[b].is_marker(Slot::From) || row[b].is_marker(Slot::Relative));
    counted || headless
}

/// «تجمع العشرات»: a vague number with the article stands for people.
fn crowd_follows(passage: &Passage, row: &[Item], at: usize) -> bool {
    let clitics = passage.language.lexicon.clitics();
    row.get(at + 1).is_some_and(|n| {
        let vague = n.number.is_some_and(|n| passage.numbers[n].count == Count::Vague);
        vague && n.first == n.last && clitics.without_article(passage.words.folded(n.first)).is_some()
    })
}

/// «عثر عمال على مقبرة تضم رفات»: are bodies told of in the clause, where the verb stands first?
fn holds_remains(passage: &Passage, row: &[Item], at: usize) -> bool {
    let clause = row[at..].iter().take_while(|i| i.mark.is_none());
    let body = |e: &Entry| matches!(e, Entry::People { row } if passage.language.people[*row as usize].kind == "remains");
    passage.language.grammar.verb_first && clause.into_iter().any(|i| i.entries.iter().any(body))
}

/// The items that a trigger's slots were filled from.
fn within<'r>(row: &'r [Item], slots: &Slots) -> impl Iterator<Item = &'r Item> {
    let (from, to) = slots.reach;
    row.iter().take(to + 1).skip(from).filter(|i| !i.aside)
}

/// "an explosion of colour": is what follows "of" something that can blow up, a place, people or a time?
fn is_literal(row: &[Item], at: usize) -> bool {
    if !row.get(at + 1).is_some_and(|next| next.is_marker(Slot::Of)) {
        return true;
    }
    let thing = row.iter().skip(at + 2).find(|i| !i.is_marker(Slot::Article));
    thing.is_some_and(|i| i.means().is_some() || i.place.is_some() || i.place_noun().is_some() || i.party.is_some() || i.time.is_some())
}

/// "seized the crossing", «استعاد الجيش ثلاث قرى»: is the object a place that has no name of its own, or none that is known?
fn place_noun_follows(passage: &Passage, row: &[Item], at: usize, slots: &Slots) -> bool {
    let subject = |j: usize| slots.parties.iter().any(|(s, p)| *s == Slot::Subject && *p == j);
    let passed = |j: usize| {
        let item = &row[j];
        item.is_marker(Slot::Article) || item.number.is_some() || item.is_plain() || passage.language.grammar.verb_first && subject(j)
    };
    let noun = (at + 1..row.len()).take(PLACE_NOUN_REACH).find(|&j| row[j].place_noun().is_some() || !passed(j));
    noun.is_some_and(|j| row[j].place_noun().is_some())
}

/// Items from a verb to the noun that says what sort of place it was done to.
const PLACE_NOUN_REACH: usize = 5;

/// Does a party in these slots fight from the air only (a coalition of air power, an air force by its name)?
pub(crate) fn air_actor(passage: &Passage, row: &[Item], slots: &Slots) -> bool {
    slots.parties.iter().any(|(slot, j)| {
        matches!(slot, Slot::Subject | Slot::By | Slot::Of | Slot::Possessor | Slot::From)
            && row[*j].party.as_ref().and_then(|p| p.actor).is_some_and(|a| {
                passage.knowledge.actors.list[a as usize].kind == ActorKind::Coalition
                    || named_weapon(passage, &row[*j]).is_some_and(|(word, _)| word.air)
            })
    })
}
