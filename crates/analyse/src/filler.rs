//! Who fills the roles of a draft: the parties in its slots, and those whom a list joins to them.

use crate::casualty::{add_bare_casualties, add_casualties};
use crate::draft::Draft;
use crate::item::{Item, Mark, Party};
use crate::passage::Passage;
use crate::slot::Walk;
use marsad_knowledge::{Entry, Frame, PartOfSpeech, Saying, Slot, Trigger};
use marsad_model::{ActorRole, ClaimActor, PersonStatus, Span};

/// Give each party in the draft's slots the role that its frame has for it, and its harm.
pub(crate) fn fill_parties(passage: &Passage, row: &[Item], trigger: &Trigger, frame: &Frame, draft: &mut Draft) {
    let counted = |j: usize| row[j].party.as_ref().is_some_and(|p| p.number.is_some() && p.people.is_some());
    let beside = draft.slots.parties.iter().any(|(slot, j)| *slot == Slot::Possessor && counted(*j));
    // "8 soldiers dead": the dead are those who stand beside the word.
    let victim_noun =
        trigger.frame == "harm" && trigger.pos == PartOfSpeech::Noun && row[draft.at].party.is_some() && (counted(draft.at) || !beside);
    // "They fired at a checkpoint by the bridge": what stands by an active verb's object does nothing.
    let active = trigger.pos == PartOfSpeech::Verb && !draft.slots.passive;
    // "burned a shop owned by a trader"
    let owned = |j: usize| {
        let by = (0..j).rev().find(|&b| row[b].is_marker(Slot::By));
        let walk = Walk { passage, row, at: draft.at };
        by.and_then(|b| b.checked_sub(1)).is_some_and(|b| b > draft.at && walk.turned(&row[b]))
    };
    let beside = |slot: Slot, j: usize| active && slot == Slot::By && (row[j].party.as_ref().is_some_and(|p| p.phrase) || owned(j));
    let mut fillers: Vec<(ActorRole, usize)> = Vec::new();
    for &(slot, j) in draft.slots.parties.iter().filter(|(s, j)| !beside(*s, *j)) {
        let Some(party) = &row[j].party else { continue };
        let named = party.actor.is_some() || party.both.is_some() || party.head || is_armed(passage, party);
        let victim = party.people.is_some_and(|p| passage.language.people[p as usize].is_victim());
        // «استهداف موقع إسرائيلي»: a thing of theirs is what was hit.
        let slot = if slot == Slot::Of && owns_what_is_hit(passage, row, draft.at, j) { Slot::Object } else { slot };
        // "near the American embassy": that is hit, and no American.
        let role = if party.phrase || party.owned && matches!(slot, Slot::In | Slot::Near) {
            frame.phrases.get(&slot)
        } else if named {
            // «أفرج عن ثلاثة عناصر من القوات»: counted members of a body are people.
            let counted = slot == Slot::From && passage.language.grammar.verb_first && counted(j);
            frame.parties.get(&slot).or_else(|| frame.people.get(&slot).filter(|_| counted))
        } else {
            // "Two dead from one family": who bears no arms fires nothing.
            let armed = |r: &&ActorRole| slot != Slot::From || **r != ActorRole::Initiator;
            frame.people.get(&slot).or_else(|| frame.parties.get(&slot).filter(armed))
        };
        // "The market attack": what was attacked stands before the word for it.
        let role = if slot == Slot::Possessor && is_thing(&row[j]) && !named {
            role.map(|r| if *r == ActorRole::Initiator { &ActorRole::Target } else { r })
        } else {
            role
        };
        // «قصفت مخيما للنازحين»: what a verb is done to may be somebody's, and he did nothing.
        let owner = slot == Slot::Of && active && passage.language.grammar.verb_first;
        let role = role.filter(|r| !owner || **r != ActorRole::Initiator);
        // The dead and the wounded start nothing.
        if let Some(role) = role.filter(|r| !victim || **r != ActorRole::Initiator || frame.harmed.is_some()) {
            fillers.push((*role, j));
        }
    }
    // "blew up a bridge in the port": where that was is not what was hit.
    let target = |f: &(ActorRole, usize)| matches!(f.0, ActorRole::Target | ActorRole::Affected);
    let around = |j: usize| draft.slots.parties.iter().any(|(s, p)| *p == j && matches!(s, Slot::In | Slot::Near));
    let hit = |j: usize| draft.slots.parties.iter().any(|(s, p)| *p == j && matches!(s, Slot::Object | Slot::On | Slot::Against));
    if fillers.iter().any(|f| target(f) && hit(f.1)) {
        fillers.retain(|f| !(f.0 == ActorRole::Affected && around(f.1) && row[f.1].party.as_ref().is_some_and(|p| p.phrase || p.owned)));
    }
    if let Some(harmed) = frame.harmed {
        turn_to_victim(passage, row, harmed, &mut fillers, draft, victim_noun);
        if !victim_noun {
            listed_before(passage, row, harmed, true, &mut fillers);
        }
    } else if draft.slots.passive {
        // "Two schools and a bakery were shelled."
        let nearest = fillers.iter().find(|(r, j)| *j < draft.at && matches!(r, ActorRole::Target | ActorRole::Affected)).map(|f| f.0);
        if let Some(role) = nearest {
            listed_before(passage, row, role, false, &mut fillers);
        }
    }
    for (role, j) in &fillers {
        add_party(passage, *role, row[*j].party.as_ref(), &mut draft.actors);
        draft.because.extend(row[*j].party.as_ref().and_then(|p| gone_back(passage, p)));
        if Some(*role) == frame.harmed && !victim_noun && !is_thing(&row[*j]) {
            add_casualties(passage, row, *j, trigger, draft);
        }
    }
    // "killed ten, including the teacher Anna Roe": she is one of them by name.
    if let Some(harmed) = frame.harmed {
        let named = |p: &&Party| p.actor.is_none() && p.number.is_none() && (p.person || ends_in_a_name(passage, p.span));
        for part in draft.slots.parts.clone() {
            add_party(passage, harmed, row[part.at].party.as_ref().filter(named), &mut draft.actors);
        }
    }
    if victim_noun {
        add_casualties(passage, row, draft.at, trigger, draft);
        let side = fillers.iter().find_map(|(_, j)| row[*j].party.as_ref()?.actor);
        for c in &mut draft.casualties {
            if let Some(actor) = side {
                let actor = &passage.knowledge.actors.list[actor as usize];
                c.affiliation.get_or_insert_with(|| actor.id.clone());
                if actor.kind.is_armed() && c.status == PersonStatus::Unknown {
                    c.status = PersonStatus::Combatant;
                }
            }
        }
    } else if frame.harmed.is_some() && draft.casualties.is_empty() && !fillers.iter().any(|(_, j)| is_thing(&row[*j])) {
        add_bare_casualties(passage, row, trigger, draft);
    }
}

/// "the teacher Huda Salem": do the last two words of a phrase stand in capitals, as names do?
fn ends_in_a_name(passage: &Passage, span: Span) -> bool {
    let end = passage.words.partition_point(|w| w.span.end <= span.end);
    let name = |i: usize| passage.words[i].span.start >= span.start && passage.words[i].case == marsad_text::Case::Title;
    end >= 2 && name(end - 1) && name(end - 2)
}

/// Does a noun of what happened, in a language whose nouns take their object so, govern a thing that belongs to this party?
pub(crate) fn owns_what_is_hit(passage: &Passage, row: &[Item], at: usize, party: usize) -> bool {
    let thing = |i: &Item| is_thing(i) || i.place_noun().is_some();
    passage.language.grammar.verb_first && at < party && row.get(at + 1..party).is_some_and(|between| between.iter().any(thing))
}

/// «أصابت الغارة مبنى»: a thing is hit, and nobody is told to be hurt.
fn is_thing(item: &Item) -> bool {
    item.entries.contains(&Entry::Thing)
}

/// Who is hurt where the grammar leaves it open: with no object, the subject of a word of harm is its victim ("five
/// died", «قتل خمسة»); the side of a victim noun is what it belongs to.
fn turn_to_victim(
    passage: &Passage,
    row: &[Item],
    harmed: ActorRole,
    fillers: &mut [(ActorRole, usize)],
    draft: &Draft,
    victim_noun: bool,
) {
    if victim_noun {
        for (role, _) in fillers.iter_mut() {
            *role = harmed;
        }
        return;
    }
    if fillers.iter().any(|(role, _)| *role == harmed) {
        return;
    }
    // «هاجموا الحاجز وأسروا اثنين»: a number alone says whom it befell.
    if draft.slots.joined {
        return;
    }
    // «اعتقلته قوات الأمن»: whom it befell is the pronoun's.
    let verb = row[draft.at].triggers().any(|(t, _)| passage.language.triggers[t as usize].pos == PartOfSpeech::Verb);
    if verb && row[draft.at].pronoun {
        return;
    }
    // "Five men shot a watchman": an object follows that nobody knows.
    let object = row.get(draft.at + 1).is_some_and(|n| {
        n.is_marker(Slot::Article)
            || n.number.is_some() && n.party.is_none()
            || n.is_plain() && passage.words[n.first].case == marsad_text::Case::Title
    });
    if object && !passage.language.grammar.verb_first && !draft.slots.passive && row[draft.at].triggers().any(|(_, participle)| participle)
    {
        return;
    }
    if passage.language.grammar.verb_first && acts_on_unknown(passage, row, draft, fillers) {
        return;
    }
    for (role, j) in fillers.iter_mut() {
        let subject = draft.slots.parties.iter().any(|(s, p)| p == j && *s == Slot::Subject);
        // "The priest's murder", where nobody else is its victim: his who bears no arms.
        let owner = draft.slots.parties.iter().any(|(s, p)| p == j && *s == Slot::Possessor)
            && row[*j].party.as_ref().is_some_and(|p| p.actor.is_none() && !is_armed(passage, p));
        if (subject || owner) && *role == ActorRole::Initiator {
            *role = harmed;
        }
    }
}

/// «اغتال مسلحون إمام مسجد», «اعتقلت دورية للشرطة اثنين»: does the verb have one form for who acts and another for who suffers,
/// or does a number follow its subject that counts others?
fn acts_on_unknown(passage: &Passage, row: &[Item], draft: &Draft, fillers: &[(ActorRole, usize)]) -> bool {
    if passage.language.triggers[draft.trigger as usize].two_voices
        && row[draft.at].triggers().any(|(t, participle)| !participle && t == draft.trigger)
    {
        return true;
    }
    let subject = fillers.iter().find(|(role, j)| *role == ActorRole::Initiator && *j > draft.at).map(|(_, j)| *j);
    let Some(subject) = subject.filter(|j| row[*j].party.as_ref().is_some_and(|p| p.number.is_none())) else { return false };
    let near = row.iter().skip(subject + 1).take(OBJECT_REACH);
    let near = near.take_while(|i| i.mark.is_none() && !i.is_trigger() && (i.marker().is_none() || i.is_marker(Slot::Of)));
    near.into_iter().any(|i| i.number.is_some() && i.time.is_none() && i.party.is_none())
}

/// Items between a verb's subject and the number that counts its object.
const OBJECT_REACH: usize = 4;

/// "A woman and her three children were killed": those who stand in a list before the nearest one.
fn listed_before(passage: &Passage, row: &[Item], harmed: ActorRole, human: bool, fillers: &mut Vec<(ActorRole, usize)>) {
    let Some(mut at) = fillers.iter().filter(|(role, _)| *role == harmed).map(|(_, j)| *j).min() else { return };
    let possessives = &passage.language.grammar.possessives;
    let leads = &passage.language.grammar.phrase_leads;
    let small = |i: &Item| possessives.iter().chain(leads).any(|p| passage.words.folded(i.first) == p) && i.party.is_none();
    let passed = |i: &Item| i.is_marker(Slot::Article) || i.aside || small(i);
    let back = |from: usize| (0..from).rev().find(|&b| !passed(&row[b]));
    let joins = |b: &usize| row[*b].is_marker(Slot::And) || row[*b].mark == Some(Mark::Comma);
    // ", and" is one joint.
    let joint = |at: usize| {
        back(at).filter(joins).map(|b| back(b).filter(joins).filter(|c| row[*c].mark.is_some() && row[b].mark.is_none()).unwrap_or(b))
    };
    while let Some(joint) = joint(at) {
        let Some(next) = back(joint).filter(|&n| row[n].party.as_ref().is_some_and(|p| !human || p.people.is_some() || p.person)) else {
            return;
        };
        // What a preposition governs ("shelling on houses and people were hurt") is in no list with it.
        let governs =
            |i: &Item| i.marker().is_some_and(|s| s != Slot::And) || i.is_trigger() || matches!(i.saying(), Some(Saying::Cue(..)));
        let governed = back(next).is_some_and(|b| governs(&row[b]));
        if governed || fillers.iter().any(|(_, j)| *j == next) {
            return;
        }
        fillers.push((harmed, next));
        at = next;
    }
}

/// The kind of those who are named by their attack.
const ATTACKER: &str = "attacker";

pub(crate) fn is_armed(passage: &Passage, party: &Party) -> bool {
    party.people.is_some_and(|p| passage.language.people[p as usize].is_armed())
}

/// The actor of a party, unless it is only the nationality of people who bear no arms, or bear them for no state: "Syrian
/// gunmen", "three Syrians".
pub(crate) fn actor_of(passage: &Passage, party: &Party) -> Option<u32> {
    let for_it = |p: u32| passage.language.people[p as usize].is_armed() && !passage.language.people[p as usize].is_irregular();
    let state = || party.people.map_or(party.number.is_none(), for_it);
    party.actor.filter(|_| !party.nationality || state())
}

pub(crate) fn add_party(passage: &Passage, role: ActorRole, party: Option<&Party>, actors: &mut Vec<ClaimActor<Span>>) {
    let Some(party) = party else { return };
    // "Seven of the attackers were killed": they came to harm and were not attacked.
    if role == ActorRole::Target && party.people.is_some_and(|p| passage.language.people[p as usize].kind == ATTACKER) {
        return;
    }
    let list = &passage.knowledge.actors.list;
    if let Some((a, b)) = party.both {
        for index in [a, b] {
            let actor = &list[index as usize];
            push_actor(
                actors,
                ClaimActor { role, id: Some(actor.id.clone()), name: actor.name_en.clone(), span: party.span, carried: true },
            );
        }
        return;
    }
    let made = match actor_of(passage, party) {
        Some(index) => {
            let actor = &list[index as usize];
            ClaimActor { role, id: Some(actor.id.clone()), name: actor.name_en.clone(), span: party.span, carried: party.carried }
        }
        // "the militia", when the report has named none: the words are all that is known.
        None => ClaimActor { role, id: None, name: party.whole.of(passage.text).to_owned(), span: party.whole, carried: party.carried },
    };
    push_actor(actors, made);
}

/// Why a phrase such as "the organisation" is taken for an actor.
fn gone_back(passage: &Passage, party: &Party) -> Option<String> {
    let back = party.back?;
    let ids = party.actor.into_iter().chain(party.both.into_iter().flat_map(|(a, b)| [a, b]));
    let ids: Vec<&str> = ids.map(|a| passage.knowledge.actors.list[a as usize].id.as_str()).collect();
    Some(format!("“{}” is {}: {}", party.span.of(passage.text), ids.join(" and "), back.said()))
}

fn push_actor(actors: &mut Vec<ClaimActor<Span>>, actor: ClaimActor<Span>) {
    if !actors.iter().any(|a| a.role == actor.role && a.id == actor.id && (a.id.is_some() || a.span == actor.span)) {
        actors.push(actor);
    }
}
