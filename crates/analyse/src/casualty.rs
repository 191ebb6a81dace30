//! Casualties: how many people came to harm, of what sort, as far as the words say.

mod count;

use crate::draft::Draft;
use crate::filler::actor_of;
use crate::item::{Item, Mark, Party};
use crate::passage::Passage;
use count::{another, how_many, is_dual, known_before, one_passive, pronoun_of_one};
use marsad_knowledge::{Actor, ActorKind, Effect, Entry, PartOfSpeech, People, Slot, Trigger};
use marsad_model::{Casualties, Count, CountScope, Harm, PersonStatus, Span};

/// Items between a word of harm and the number that counts the harmed.
const NUMBER_REACH: usize = 4;
/// Items between "the number of" and the word for the harmed.
const TOLL_BEFORE: usize = 5;
/// Items between "the number of the dead" and the number.
const TOLL_REACH: usize = 14;

/// How many: at least, at most, and how it is told.
type Told = (Option<u32>, Option<u32>, Count);

const ONE: Told = (Some(1), Some(1), Count::Exact);
const TWO: Told = (Some(2), Some(2), Count::Exact);
const NOT_STATED: Told = (None, None, Count::NotStated);

/// How many a number says, and how it says so. Half a person is nobody's number.
fn count_of(passage: &Passage, number: Option<usize>) -> Told {
    let whole = |x: f64| if x >= 0.0 && x <= f64::from(u32::MAX) && x.fract() == 0.0 { Some(x as u32) } else { None };
    match number.map(|n| &passage.numbers[n]) {
        Some(n) if n.min.is_none_or(|x| whole(x).is_some()) && n.max.is_none_or(|x| whole(x).is_some()) => {
            (n.min.and_then(whole), n.max.and_then(whole), n.count)
        }
        _ => NOT_STATED,
    }
}

/// The people whom the party at `j` tells of as harmed, and those who are some of them.
pub(crate) fn add_casualties(passage: &Passage, row: &[Item], j: usize, trigger: &Trigger, draft: &mut Draft) {
    let (Some(party), Some(harm)) = (&row[j].party, trigger.harm) else { return };
    // "five dead and ten wounded": the wounded are another word's harm.
    if j != draft.at && other_harm(passage, &row[j], harm) {
        return;
    }
    // «القيادي في الجبهة عدنان المسالمة»: who he is and what he is called are one man.
    if party.person && draft.casualties.iter().any(|c| c.harm == harm && c.max == Some(1) && is_title_of(passage, row, j, c.span)) {
        return;
    }
    let people = party.people.map(|p| &passage.language.people[p as usize]);
    let toll = tolled(passage, row, j, harm);
    // "three of the dead", «القتلى»: those told of before, or a part of them, are no further harm.
    let vague = party.number.is_some_and(|n| passage.numbers[n].count == Count::Vague);
    if people.is_some_and(People::is_victim) && toll.is_none() && !vague && known_before(passage, row, j) {
        return;
    }
    let mut told = how_many(passage, row, j, party, people);
    let mut scope = CountScope::Event;
    if let Some(number) = toll {
        scope = CountScope::TollSoFar;
        if told.2 == Count::NotStated {
            told = number;
        }
    }
    push(passage, harm, party, people, told, draft);
    let total = draft.casualties.len() - 1;
    draft.casualties[total].scope = scope;
    add_parts(passage, row, (j, total), harm, draft);
}

/// Does the phrase end right before the name at `j`, with nothing between?
fn is_title_of(passage: &Passage, row: &[Item], j: usize, phrase: Span) -> bool {
    phrase.end <= row[j].span.start
        && passage.text.get(phrase.end as usize..row[j].span.start as usize).is_some_and(|b| b.trim().is_empty())
}

/// Is it a word for people harmed in another way? «27 نازحا» may be killed, and so may prisoners: what they were before is no other harm.
fn other_harm(passage: &Passage, item: &Item, harm: Harm) -> bool {
    let hurt = |h: Harm| !matches!(h, Harm::Displaced | Harm::Detained | Harm::Captured);
    item.triggers().any(|(index, _)| passage.language.triggers[index as usize].harm.is_some_and(|h| h != harm && hurt(h)))
}

/// Those whom the row names as some of the harmed: "including two children".
fn add_parts(passage: &Passage, row: &[Item], (whole, total): (usize, usize), harm: Harm, draft: &mut Draft) {
    for part in draft.slots.parts.clone().into_iter().filter(|p| p.whole == whole) {
        let Some(party) = row[part.at].party.as_ref().filter(|_| !other_harm(passage, &row[part.at], harm)) else { continue };
        let people = party.people.map(|p| &passage.language.people[p as usize]);
        let mut told = how_many(passage, row, part.at, party, people);
        if told.2 == Count::NotStated
            && let Some(number) = part.number
        {
            told = count_of(passage, row[number].number);
        }
        let already = draft.casualties.iter().any(|c| c.span == party.whole && c.harm == harm);
        if already {
            continue;
        }
        push(passage, harm, party, people, told, draft);
        if let Some(last) = draft.casualties.last_mut() {
            last.part_of = Some(total as u32);
        }
    }
}

fn push(passage: &Passage, harm: Harm, party: &Party, people: Option<&People>, (min, max, count): Told, draft: &mut Draft) {
    let actor = actor_of(passage, party).map(|a| &passage.knowledge.actors.list[a as usize]);
    let mut status = people.map_or(PersonStatus::Unknown, |p| p.status);
    let fights = actor.is_some_and(|a| a.kind.is_armed()) && people.is_none_or(|p| p.is_armed() || p.is_victim());
    // A state and a coalition have members who bear no arms.
    let fighter = |a: &Actor| matches!(a.kind, ActorKind::Force | ActorKind::ArmedGroup | ActorKind::Militia);
    let member = people.is_some_and(|p| p.kind == "member") && actor.is_some_and(fighter);
    if status == PersonStatus::Unknown && (fights || member) {
        status = PersonStatus::Combatant;
    }
    draft.casualties.push(Casualties {
        harm,
        status,
        group: people.and_then(|p| p.group),
        affiliation: actor.map(|a| a.id.clone()),
        min,
        max,
        count,
        scope: CountScope::Event,
        part_of: None,
        span: party.whole,
        carried: false,
    });
}

/// The number that a word for the harmed is counted by elsewhere: "the number of the dead rose to 14".
fn tolled(passage: &Passage, row: &[Item], j: usize, harm: Harm) -> Option<Told> {
    let counted = |i: &Item| i.entries.iter().any(|e| matches!(e, Entry::Modality(m) if m.effect == Effect::Toll));
    let before = (j.saturating_sub(TOLL_BEFORE)..=j).rev().find(|&b| counted(&row[b]))?;
    if row.get(before..j)?.iter().any(|i| i.mark.is_some() || i.is_trigger() && i.party.is_none()) {
        return None;
    }
    toll_after(passage, row, j, harm)
}

/// The number that a toll comes to: after "to" where it stands, else the next one.
fn toll_after(passage: &Passage, row: &[Item], j: usize, harm: Harm) -> Option<Told> {
    let mut first = None;
    for at in j + 1..(j + TOLL_REACH).min(row.len()) {
        let item = &row[at];
        if item.mark == Some(Mark::Stop) || other_harm(passage, item, harm) && first.is_some() {
            break;
        }
        if let Some(number) = item.number.filter(|_| !item.aside) {
            let (min, max, count) = count_of(passage, Some(number));
            // "rose from 12 to 14": the last one counts.
            let told = if count == Count::About && min != max { (max, max, Count::Exact) } else { (min, max, count) };
            if row[at - 1].is_marker(Slot::To) {
                return Some(told);
            }
            first = first.or(Some(told));
        }
        if other_harm(passage, item, harm) {
            break;
        }
    }
    first
}

/// Harm with no victims named: "seven dead", «سقوط 7 قتلى», "killing at least six": the number beside the word counts them.
pub(crate) fn add_bare_casualties(passage: &Passage, row: &[Item], trigger: &Trigger, draft: &mut Draft) {
    let tells = matches!(trigger.frame.as_str(), "harm" | "killing") || draft.slots.joined && number_beside(row, draft.at).is_some();
    let Some(harm) = trigger.harm.filter(|_| tells) else { return };
    let own = row[draft.at].party.as_ref().filter(|p| p.number.is_some()).map(|_| draft.at);
    let near = own.or_else(|| number_beside(row, draft.at));
    let toll = tolled(passage, row, draft.at, harm).filter(|_| near.is_none());
    let near = near.or_else(|| counted_after(passage, row, draft.at, harm).filter(|_| toll.is_none()));
    let number = near.and_then(|j| row[j].number.or_else(|| row[j].party.as_ref()?.number));
    // «إصابتان»: the word for the harm is itself two.
    let dual =
        trigger.pos == PartOfSpeech::Noun && near.is_none() && is_dual(passage, row, draft.at, &marsad_text::fold(&trigger.lemma), &[]);
    let one_verb = trigger.pos == PartOfSpeech::Verb && near.is_none() && one_passive(passage, row, draft.at);
    // Only people are killed; «أصابته» may tell of a house.
    let him = harm == Harm::Killed && pronoun_of_one(passage, row, draft.at);
    let one = one_verb || near.is_none() && another(passage, row, draft.at) || him;
    let (min, max, count) = toll.unwrap_or_else(|| match (dual, one) {
        (true, _) => TWO,
        (false, true) => ONE,
        _ => count_of(passage, number),
    });
    // "38 assassinations": deeds are counted, not the dead.
    let deeds = trigger.frame != "harm" && trigger.pos == PartOfSpeech::Noun && near.is_some_and(|j| j < draft.at);
    // "the massacre": that it killed goes without saying, and nothing more is said.
    if deeds || trigger.frame != "harm" && min.is_none() && max.is_none() {
        return;
    }
    let span = near.map_or(draft.span, |j| draft.span.to(row[j].span));
    let scope = if toll.is_some() { CountScope::TollSoFar } else { CountScope::Event };
    let status = PersonStatus::Unknown;
    draft.casualties.push(Casualties {
        harm,
        status,
        group: None,
        affiliation: None,
        min,
        max,
        count,
        scope,
        part_of: None,
        span,
        carried: false,
    });
    let total = draft.casualties.len() - 1;
    let whole = near.filter(|j| *j < draft.at).unwrap_or(draft.at);
    add_parts(passage, row, (whole, total), harm, draft);
    if whole != draft.at {
        add_parts(passage, row, (draft.at, total), harm, draft);
    }
}

/// The number beside a word of harm: right of it, or left of it with an auxiliary between ("three were hurt").
fn number_beside(row: &[Item], at: usize) -> Option<usize> {
    let counts = |j: usize| row[j].number.is_some() && !row[j].aside && row[j].time.is_none() && row[j].party.is_none();
    let left = || {
        let mut passive = false;
        for j in (at.saturating_sub(NUMBER_REACH)..at).rev() {
            if counts(j) {
                return Some(j);
            }
            passive |= row[j].is_marker(Slot::Passive);
            // "44 peasants have been killed", but "13 shots killing him".
            let passed = row[j].is_marker(Slot::Passive) || row[j].is_plain() && passive || row[j].aside;
            if !passed {
                return None;
            }
        }
        None
    };
    let right = || {
        let next = |j: usize| row.get(j).filter(|i| i.is_marker(Slot::Of)).map_or(j, |_| j + 1);
        let j = next(at + 1);
        (j < row.len() && counts(j)).then_some(j)
    };
    left().or_else(right)
}

/// «أسماء من قضوا في الغارة، وهم خمسة من عائلتين»: the number of those told of before, given after them in their sentence.
fn counted_after(passage: &Passage, row: &[Item], at: usize, harm: Harm) -> Option<usize> {
    let hits_thing = |j: usize| row.get(j + 1).is_some_and(|next| next.entries.contains(&Entry::Thing));
    let told = |j: &usize| row[*j].is_marker(Slot::Counting) || other_harm(passage, &row[*j], harm) && !hits_thing(*j);
    let counting = (at + 1..row.len()).find(told).filter(|&j| row[j].is_marker(Slot::Counting))?;
    let first = |j: &usize| !row[*j].aside && !row[*j].is_marker(Slot::Article);
    let next = (counting + 1..row.len()).find(first)?;
    let party = row[next].party.as_ref();
    (row[next].number.is_some() && party.is_none() || party.is_some_and(|p| p.number.is_some() && p.actor.is_none())).then_some(next)
}

/// "Ten people were killed or wounded": how many of them died is not said.
pub(crate) fn share(passage: &Passage, row: &[Item], drafts: &mut [Draft]) {
    for i in 1..drafts.len() {
        let (before, rest) = drafts.split_at_mut(i);
        let (Some(a), Some(b)) = (before.last_mut(), rest.first_mut()) else { continue };
        let harm = |d: &Draft| passage.language.triggers[d.trigger as usize].harm;
        let both = harm(a).is_some() && harm(b).is_some() && harm(a) != harm(b);
        let between = row.get(a.at + 1..b.at).unwrap_or(&[]);
        let joined = between.len() == 1 && between.iter().all(|i| i.is_marker(Slot::And));
        if !both || !joined {
            continue;
        }
        // «شهيدان وجرحى»: a word that is two by itself counts nobody but its own, and so does a number before the first verb.
        let verb = passage.language.triggers[a.trigger as usize].pos == PartOfSpeech::Verb;
        let before = |c: &Casualties<Span>, d: &Draft| passage.language.grammar.verb_first && verb && c.span.end <= d.span.start;
        if a.casualties.iter().any(|c| before(c, a)) {
            continue;
        }
        let numbered = |c: &Casualties<Span>| passage.numbers.iter().any(|n| c.span.contains(n.span));
        let by_itself = |c: &Casualties<Span>| c.min.is_some() && !numbered(c);
        let arabic = passage.language.grammar.verb_first;
        if arabic && a.casualties.iter().chain(&b.casualties).any(by_itself) {
            continue;
        }
        let vague = |c: &Casualties<Span>| arabic && c.count == Count::Vague;
        let stated = |c: &Casualties<Span>| (c.min.is_some() || c.max.is_some() || vague(c)) && (!arabic || numbered(c));
        // «5 قتلى وجرحى»: each has its own number, or one number stands for both.
        let (one, two) = (a.casualties.iter().any(stated), b.casualties.iter().any(stated));
        if one == two {
            continue;
        }
        for c in a.casualties.iter_mut().chain(&mut b.casualties).filter(|c| c.part_of.is_none()) {
            (c.min, c.max, c.count) = NOT_STATED;
        }
    }
}

/// Take casualties over into another list: those that are wanted, with their parts. What states a number takes the place
/// of what states none.
pub(crate) fn take_over(
    into: &mut Vec<Casualties<Span>>,
    from: Vec<Casualties<Span>>,
    wanted: impl Fn(&Casualties<Span>, &Casualties<Span>) -> bool,
) {
    let states = |c: &Casualties<Span>| c.min.is_some() || c.max.is_some() || c.count == Count::Vague;
    let held = into.len();
    let mut places: Vec<Option<u32>> = Vec::with_capacity(from.len());
    for mut c in from {
        let place = if let Some(total) = c.part_of {
            let total = places.get(total as usize).copied().flatten();
            total.map(|total| {
                c.part_of = Some(total);
                into.push(c);
                into.len() as u32 - 1
            })
        } else if let Some(vague) = into.iter().take(held).position(|o| {
            o.harm == c.harm && o.part_of.is_none() && !states(o) && o.group.is_none() && o.status == PersonStatus::Unknown && states(&c)
        }) {
            into[vague] = c;
            Some(vague as u32)
        } else if into.iter().take(held).all(|o| wanted(o, &c))
            && (states(&c) || c.group.is_some() || !into.iter().any(|o| o.harm == c.harm))
        {
            into.push(c);
            Some(into.len() as u32 - 1)
        } else {
            None
        };
        places.push(place);
    }
}
