//! Drafts: a trigger with its frame's roles filled from its slots; what becomes a claim once time, voice and modality are added.

use crate::casualty::{add_bare_casualties, add_casualties, share};
use crate::item::{Item, Mark, Party};
use crate::need::{air_actor, holds};
use crate::passage::Passage;
use crate::slot::{Slots, Walk};
use marsad_knowledge::{Frame, Need, PartOfSpeech, Slot, Trigger};
use marsad_model::{
    ActorRole, Attribution, Casualties, Cause, ClaimActor, ClaimPlace, ClaimTime, EventType, Intent, Means, MeansKind, Modality, Outcome,
    PersonStatus, PlaceRole, Polarity, Span, Status,
};

/// A claim in the making.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// Number of its sentence.
    pub(crate) sentence: usize,
    /// Number of its paragraph.
    pub(crate) paragraph: usize,
    /// The trigger's position in the sentence's row.
    pub(crate) at: usize,
    /// Row of the trigger table.
    pub(crate) trigger: u32,
    /// `None` while it only says harm and has found no happening to belong to.
    pub(crate) event_type: Option<EventType>,
    pub(crate) slots: Slots,
    pub(crate) span: Span,
    pub(crate) evidence: Span,
    pub(crate) more_evidence: Vec<Span>,
    /// The clause says that it happened; else it only speaks of it.
    pub(crate) said: bool,
    /// Told as something the reader knows of: "the fighting", «الاشتباكات».
    pub(crate) definite: bool,
    /// Its word says how a thing was done, and is said of much else: something was fired, fell, went off.
    pub(crate) how: bool,
    pub(crate) actors: Vec<ClaimActor<Span>>,
    pub(crate) places: Vec<ClaimPlace<Span>>,
    pub(crate) casualties: Vec<Casualties<Span>>,
    pub(crate) means: Vec<Means<Span>>,
    pub(crate) time: Option<ClaimTime<Span>>,
    pub(crate) attribution: Vec<Attribution<Span>>,
    pub(crate) cause: Option<Cause<Span>>,
    pub(crate) outcome: Option<Outcome<Span>>,
    pub(crate) intent: Option<Intent>,
    pub(crate) modality: Modality,
    pub(crate) polarity: Polarity,
    /// It says that nobody came to harm.
    pub(crate) none: bool,
    pub(crate) status: Status,
    /// An attempt, or something else that lowers what can be said.
    pub(crate) doubts: Vec<&'static str>,
    pub(crate) because: Vec<String>,
}

impl Draft {
    /// Does it only say harm?
    pub(crate) fn only_harm(&self) -> bool {
        self.event_type.is_none()
    }

    /// Is it violence, so that harm may come of it?
    pub(crate) fn is_violent(&self) -> bool {
        self.event_type.is_some_and(|t| matches!(t.class(), "battle" | "explosion" | "civilians" | "communal" | "execution" | "protest"))
    }
}

/// The drafts of all triggers of a passage, in text order.
pub(crate) fn drafts(passage: &Passage) -> Vec<Draft> {
    let mut out = Vec::new();
    for (sentence, row) in passage.rows.iter().enumerate() {
        let from = out.len();
        for at in 0..row.len() {
            if row[at].is_trigger() && !row[at].aside {
                out.extend(draft(passage, sentence, row, at));
            }
        }
        complete(passage, row, &mut out[from..]);
        own_up(&mut out[from..]);
        share(passage, row, &mut out[from..]);
    }
    out
}

/// Roles that the grammar leaves to the sentence: what happens "during which" is done by who did the rest, and a fight
/// in a sentence with one armed party is that party's.
fn complete(passage: &Passage, row: &[Item], drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        let (before, rest) = drafts.split_at_mut(i);
        let draft = &mut rest[0];
        let named = draft.actors.iter().any(|a| a.id.is_some());
        let from = draft.at.saturating_sub(DURING_REACH);
        let during = row[from..draft.at].iter().any(|x| x.is_marker(Slot::During));
        if during
            && !named
            && let Some(doer) = before.iter().rev().flat_map(|d| &d.actors).find(|a| a.role == ActorRole::Initiator && a.id.is_some())
        {
            draft.actors.push(ClaimActor { carried: true, ..doer.clone() });
        }
        let trigger = &passage.language.triggers[draft.trigger as usize];
        let lone = passage.knowledge.frames.frame.get(&trigger.frame).and_then(|f| f.lone);
        if let Some(role) = lone.filter(|_| !named) {
            add_party(passage, role, lone_armed(passage, row), &mut draft.actors);
        }
    }
}

/// "X claimed responsibility for the murder": whoever owns up to a thing did it, as he says.
fn own_up(drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        let (before, rest) = drafts.split_at_mut(i);
        let claimed = |d: &&Draft| d.event_type.is_some_and(|t| t.kind() == "responsibility_claim") && d.polarity == Polarity::Positive;
        let Some(claim) = before.iter().rev().find(claimed) else { continue };
        let doer = claim.actors.iter().find(|a| a.role == ActorRole::Initiator);
        let known = |a: &ClaimActor<Span>| matches!(a.role, ActorRole::Initiator | ActorRole::Party);
        if let Some(doer) = doer.filter(|_| rest[0].is_violent() && !rest[0].actors.iter().any(known)) {
            let doer = ClaimActor { carried: true, ..doer.clone() };
            rest[0].actors.push(doer);
        }
    }
}

/// Items between "during which" and what happened then.
const DURING_REACH: usize = 6;

/// The party of the only armed actor that a sentence names.
pub(crate) fn lone_armed<'r>(passage: &Passage, row: &'r [Item]) -> Option<&'r Party> {
    let armed = |p: &&Party| p.actor.is_some_and(|a| passage.knowledge.actors.list[a as usize].kind.is_armed());
    let parties: Vec<&Party> = row.iter().filter(|i| !i.aside).filter_map(|i| i.party.as_ref()).filter(armed).collect();
    let first = *parties.first()?;
    parties.iter().all(|p| p.actor == first.actor).then_some(first)
}

fn draft(passage: &Passage, sentence: usize, row: &[Item], at: usize) -> Option<Draft> {
    let walk = Walk { passage, row, at };
    let pos = walk.part_of_speech()?;
    let triggers = &passage.language.triggers;
    let mut best: Option<(usize, u32, Slots)> = None;
    for (index, participle) in row[at].triggers() {
        let trigger = &triggers[index as usize];
        if trigger.pos != pos {
            continue;
        }
        let slots = walk.slots(pos, participle);
        if trigger.needs.iter().all(|n| holds(*n, passage, row, at, &slots)) && best.as_ref().is_none_or(|b| trigger.needs.len() > b.0) {
            best = Some((trigger.needs.len(), index, slots));
        }
    }
    let (_, index, slots) = best?;
    let trigger = &triggers[index as usize];
    let frame = passage.knowledge.frames.frame.get(&trigger.frame)?;
    let mut draft = Draft {
        sentence,
        paragraph: passage.sentences[sentence].paragraph,
        at,
        trigger: index,
        event_type: trigger.event_type,
        span: row[at].span,
        evidence: passage.evidence(sentence, row[at].span),
        more_evidence: Vec::new(),
        said: walk.says_so(pos, &slots),
        definite: definite(row, at),
        how: trigger.needs.contains(&Need::Explosive),
        actors: Vec::new(),
        places: Vec::new(),
        casualties: Vec::new(),
        means: Vec::new(),
        time: None,
        attribution: Vec::new(),
        cause: None,
        outcome: None,
        intent: None,
        modality: Modality::Asserted,
        polarity: Polarity::Positive,
        none: false,
        status: Status::Current,
        doubts: Vec::new(),
        because: vec![format!("{}:{}/{}", passage.language.language.code(), trigger.lemma, trigger.frame)],
        slots,
    };
    fill_means(passage, row, trigger, &mut draft);
    drop_vague_means(&mut draft);
    fill_parties(passage, row, trigger, frame, &mut draft);
    fill_places(passage, row, frame, &mut draft);
    refine(passage, row, &mut draft);
    // "A plan to kill him": what somebody is to do has not been done.
    let aim = pos == PartOfSpeech::Verb && !passage.language.grammar.verb_first && at > 0 && row[at - 1].is_marker(Slot::To);
    let peaceful = draft.event_type.is_some_and(|t| t.class() == "protest");
    if aim && !peaceful && (draft.is_violent() || draft.only_harm()) {
        draft.modality = Modality::Proposed;
    }
    Some(draft)
}

/// "the fighting", «الاشتباكات», "this attack": told of before.
pub(crate) fn definite(row: &[Item], at: usize) -> bool {
    row[at].article || at.checked_sub(1).and_then(|b| row.get(b)).is_some_and(|b| b.is_marker(Slot::Article) && b.span.len() > 2)
}

fn fill_means(passage: &Passage, row: &[Item], trigger: &Trigger, draft: &mut Draft) {
    let number_before = |j: usize| -> Option<u32> {
        let n = row.get(j.checked_sub(1)?)?.number?;
        let number = &passage.numbers[n];
        (number.min == number.max).then_some(number.min? as u32)
    };
    if let Some(kind) = trigger.means {
        draft.means.push(Means { kind, count: number_before(draft.at), span: row[draft.at].span, carried: false });
    }
    let (from, to) = draft.slots.reach;
    let near = (from..=to.min(row.len().saturating_sub(1))).filter(|&j| row[j].means().is_some() && !row[j].aside);
    for j in near {
        let Some(word) = row[j].means() else { continue };
        if !draft
            .means
            .iter()
            .any(|m| m.kind == word.kind && (m.span.overlaps(row[j].span) || m.count.is_none() && number_before(j).is_none()))
        {
            draft.means.push(Means { kind: word.kind, count: number_before(j), span: row[j].span, carried: false });
        }
    }
}

/// A word such as "shelled" means some gun; where the report says which, that one stands.
fn drop_vague_means(draft: &mut Draft) {
    let told = |m: &Means<Span>| matches!(m.kind, MeansKind::Mortar | MeansKind::Rocket | MeansKind::Missile | MeansKind::Tank);
    if draft.means.iter().any(told) {
        let own = draft.span;
        draft.means.retain(|m| m.kind != MeansKind::Artillery || m.span != own);
    }
}

fn fill_parties(passage: &Passage, row: &[Item], trigger: &Trigger, frame: &Frame, draft: &mut Draft) {
    let counted = |j: usize| row[j].party.as_ref().is_some_and(|p| p.number.is_some() && p.people.is_some());
    let beside = draft.slots.parties.iter().any(|(slot, j)| *slot == Slot::Possessor && counted(*j));
    // "8 soldiers dead": the dead are those who stand beside the word.
    let victim_noun =
        trigger.frame == "harm" && trigger.pos == PartOfSpeech::Noun && row[draft.at].party.is_some() && (counted(draft.at) || !beside);
    // "They fired at a checkpoint by the bridge": what stands by an active verb's object does nothing.
    let active = trigger.pos == PartOfSpeech::Verb && !draft.slots.passive;
    let beside = |slot: Slot, j: usize| active && slot == Slot::By && row[j].party.as_ref().is_some_and(|p| p.phrase);
    let mut fillers: Vec<(ActorRole, usize)> = Vec::new();
    for &(slot, j) in draft.slots.parties.iter().filter(|(s, j)| !beside(*s, *j)) {
        let Some(party) = &row[j].party else { continue };
        let named = party.actor.is_some() || party.both.is_some() || party.head || is_armed(passage, party);
        let victim = party.people.is_some_and(|p| passage.language.people[p as usize].kind == "victim");
        let role = if party.phrase {
            frame.phrases.get(&slot)
        } else if named {
            frame.parties.get(&slot)
        } else {
            frame.people.get(&slot).or_else(|| frame.parties.get(&slot))
        };
        // The dead and the wounded start nothing.
        if let Some(role) = role.filter(|r| !victim || **r != ActorRole::Initiator || frame.harmed.is_some()) {
            fillers.push((*role, j));
        }
    }
    if let Some(harmed) = frame.harmed {
        turn_to_victim(passage, row, harmed, &mut fillers, draft, victim_noun);
        if !victim_noun {
            listed_before(passage, row, harmed, &mut fillers);
        }
    }
    for (role, j) in &fillers {
        add_party(passage, *role, row[*j].party.as_ref(), &mut draft.actors);
        draft.because.extend(row[*j].party.as_ref().and_then(|p| gone_back(passage, p)));
        if Some(*role) == frame.harmed && !victim_noun {
            add_casualties(passage, row, *j, trigger, draft);
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
    } else if frame.harmed.is_some() && draft.casualties.is_empty() {
        add_bare_casualties(passage, row, trigger, draft);
    }
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
    // "Five men shot a watchman": an object follows that nobody knows.
    let object = row
        .get(draft.at + 1)
        .is_some_and(|n| n.is_marker(Slot::Article) || n.is_plain() && passage.words[n.first].case == marsad_text::Case::Title);
    if object && !passage.language.grammar.verb_first && !draft.slots.passive && row[draft.at].triggers().any(|(_, participle)| participle)
    {
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

/// "A woman and her three children were killed": those who stand in a list before the nearest one.
fn listed_before(passage: &Passage, row: &[Item], harmed: ActorRole, fillers: &mut Vec<(ActorRole, usize)>) {
    let Some(mut at) = fillers.iter().filter(|(role, _)| *role == harmed).map(|(_, j)| *j).min() else { return };
    let possessives = &passage.language.grammar.possessives;
    let passed = |i: &Item| i.is_marker(Slot::Article) || i.aside || possessives.iter().any(|p| passage.words.folded(i.first) == p);
    let back = |from: usize| (0..from).rev().find(|&b| !passed(&row[b]));
    while let Some(joint) = back(at).filter(|&b| row[b].is_marker(Slot::And) || row[b].mark == Some(Mark::Comma)) {
        let Some(next) = back(joint).filter(|&n| row[n].party.as_ref().is_some_and(|p| p.people.is_some() || p.person)) else { return };
        // What a preposition governs ("shelling on houses and people were hurt") is in no list with it.
        let governed = back(next).is_some_and(|b| row[b].marker().is_some_and(|s| s != Slot::And) || row[b].is_trigger());
        if governed || fillers.iter().any(|(_, j)| *j == next) {
            return;
        }
        fillers.push((harmed, next));
        at = next;
    }
}

pub(crate) fn is_armed(passage: &Passage, party: &Party) -> bool {
    party.people.is_some_and(|p| passage.language.people[p as usize].kind == "armed")
}

/// The actor of a party, unless it is only the nationality of people who bear no arms.
pub(crate) fn actor_of(passage: &Passage, party: &Party) -> Option<u32> {
    party.actor.filter(|_| !party.nationality || party.people.is_none() || is_armed(passage, party))
}

fn add_party(passage: &Passage, role: ActorRole, party: Option<&Party>, actors: &mut Vec<ClaimActor<Span>>) {
    let Some(party) = party else { return };
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

fn fill_places(passage: &Passage, row: &[Item], frame: &Frame, draft: &mut Draft) {
    let (mut taken, mut own) = (false, false);
    for &(slot, j) in &draft.slots.places {
        let (Some(place), Some(role)) = (row[j].place, frame.places.get(&slot)) else { continue };
        if *role == PlaceRole::Where {
            // After the places themselves, "in the province of X" says where they lie.
            let around = matches!(slot, Slot::In | Slot::Near | Slot::Countryside | Slot::From);
            if taken && (!frame.place_list || around && own) {
                continue;
            }
            (taken, own) = (true, own || !around);
        }
        draft.places.push(passage.places[place].as_claimed(passage.gazetteer, *role, slot == Slot::Near, slot == Slot::Countryside));
    }
}

/// Change the type by what stands beside the trigger: artillery makes of "pounded" a shelling.
fn refine(passage: &Passage, row: &[Item], draft: &mut Draft) {
    let Some(event_type) = draft.event_type else { return };
    let kinds: Vec<MeansKind> = draft.means.iter().map(|m| m.kind).collect();
    let air = draft.means.iter().any(|m| row.iter().any(|i| i.span == m.span && i.means().is_some_and(|w| w.air)));
    for r in &passage.knowledge.frames.refinement {
        let fits = r.means.iter().any(|k| kinds.contains(k)) || r.air && air || r.air_initiator && air_actor(passage, row, &draft.slots);
        if r.from.contains(&event_type) && fits {
            draft.event_type = Some(r.to);
            draft.because.push(format!("{event_type} → {}: {}", r.to, r.note));
            return;
        }
    }
}
