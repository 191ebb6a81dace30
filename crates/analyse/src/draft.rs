//! Drafts: a trigger with its frame's roles filled from its slots; what becomes a claim once time, voice and modality are added.

use crate::accusation::charge;
use crate::casualty::share;
use crate::filler::{add_party, fill_parties};
use crate::item::{Item, Mark, Party};
use crate::need::{air_actor, holds};
use crate::passage::Passage;
use crate::slot::{Slots, Walk};
use marsad_knowledge::{Entry, Frame, MeansWord, Need, PartOfSpeech, People, Slot, Support, Trigger};
use marsad_model::{
    ActorRole, Attribution, Casualties, Cause, ClaimActor, ClaimPlace, ClaimTime, EventType, Harm, Intent, Means, MeansKind, Modality,
    Outcome, PlaceRole, Polarity, Span, Status,
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
    /// Where the report tells of it again: sentence, and position of the trigger there.
    pub(crate) told_again: Vec<(usize, usize)>,
    /// The happening that it tells again in another's words: sentence, and position of the trigger there.
    pub(crate) telling: Option<(usize, usize)>,
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
        charge(passage, row, &mut out[from..]);
        repelled(row, &mut out, from);
        share(passage, row, &mut out[from..]);
    }
    out
}

/// «صد الجيش هجوما»: the fight is the attack that was beaten off, and no second one.
fn repelled(row: &[Item], drafts: &mut Vec<Draft>, from: usize) {
    let told = |d: &Draft| (d.at, d.event_type.is_some_and(|t| t.class() == "battle" && t.kind() != "clash"));
    let rest: Vec<(usize, bool)> = drafts[from..].iter().map(told).collect();
    let attack = |at: usize| {
        let next = rest.iter().find(|(other, _)| *other > at);
        next.is_some_and(|(other, attack)| *attack && other - at <= REPELLED_REACH && row[at..*other].iter().all(|i| i.mark.is_none()))
    };
    let mut at = 0;
    drafts.retain(|d| {
        at += 1;
        let clash = d.event_type.is_some_and(|t| t.class() == "battle" && t.kind() == "clash");
        !(at > from && clash && row[d.at].support() == Some(Support::Passive) && attack(d.at))
    });
}

/// Items from the verb to the attack that was beaten off.
const REPELLED_REACH: usize = 5;

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
        // "stormed the village, killing three and kidnapping two"
        let plays = |a: &&ClaimActor<Span>| a.role == ActorRole::Initiator;
        if follows_on(passage, row, draft.at)
            && !draft.slots.passive
            && !draft.actors.iter().any(|a| matches!(a.role, ActorRole::Initiator | ActorRole::Party))
            && let Some(doer) = before.iter().rev().flat_map(|d| &d.actors).find(plays)
        {
            draft.actors.push(ClaimActor { carried: true, ..doer.clone() });
        }
        let trigger = &passage.language.triggers[draft.trigger as usize];
        let lone = passage.knowledge.frames.frame.get(&trigger.frame).and_then(|f| f.lone);
        if let Some(role) = lone.filter(|_| !named) {
            add_party(passage, role, lone_armed(passage, row).filter(|party| !elsewhere(passage, row, draft.at, party)), &mut draft.actors);
        }
    }
}

/// Is it a form such as "kidnapping" behind a comma or "and", whose doer is told before?
fn follows_on(passage: &Passage, row: &[Item], at: usize) -> bool {
    let word = passage.words.folded(row[at].first);
    let gerund = passage.language.grammar.gerunds.iter().any(|e| word.ends_with(e.as_str()));
    gerund && at > 0 && (row[at - 1].is_marker(Slot::And) || row[at - 1].mark == Some(Mark::Comma))
}

/// «توقفت الاشتباكات بعد تدخل القوات»: does the party stand in a clause of its own after the trigger's?
fn elsewhere(passage: &Passage, row: &[Item], at: usize, party: &Party) -> bool {
    let opens = |i: &Item| i.is_plain() && passage.language.grammar.openers.iter().any(|o| passage.words.folded(i.first) == o);
    let before = row.iter().skip(at + 1).take_while(|i| i.party.as_ref().is_none_or(|p| p.span != party.span));
    // A comma ends what "until Friday," opened.
    let open = before.into_iter().fold(false, |open, i| i.mark.is_none() && (open || opens(i)));
    row.get(at).is_some_and(|i| i.span.end <= party.span.start) && open
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
    // «ليبيا: اشتباكات في الزاوية»: a state at the head of a line is where it was.
    let heads = row.first().is_some_and(|i| i.place.is_some()) && row.get(1).is_some_and(|i| i.mark.is_some());
    let parties: Vec<&Party> = row
        .iter()
        .enumerate()
        .skip(usize::from(heads))
        .filter(|(j, i)| !i.aside && !stands_for_land(passage, row, *j))
        .filter_map(|(_, i)| i.party.as_ref())
        .filter(armed)
        .collect();
    let first = *parties.first()?;
    parties.iter().all(|p| p.actor == first.actor).then_some(first)
}

/// «في ليبيا»: a state's name behind a preposition of place is its land.
fn stands_for_land(passage: &Passage, row: &[Item], at: usize) -> bool {
    let of_place = |i: &Item| matches!(i.marker(), Some(Slot::In | Slot::Near | Slot::Countryside | Slot::Through));
    passage.language.grammar.verb_first && row[at].place.is_some() && at.checked_sub(1).is_some_and(|b| of_place(&row[b]))
}

fn draft(passage: &Passage, sentence: usize, row: &[Item], at: usize) -> Option<Draft> {
    let walk = Walk { passage, row, at };
    let pos = walk.part_of_speech()?;
    let triggers = &passage.language.triggers;
    if pos == PartOfSpeech::Verb && walk.describes(at) && row[at].triggers().all(|(t, _)| triggers[t as usize].frame != "harm") {
        return None;
    }
    let mut best: Option<(usize, u32, Slots)> = None;
    for (index, participle) in row[at].triggers() {
        let trigger = &triggers[index as usize];
        if trigger.pos != pos {
            continue;
        }
        // «خيمة للنازحين»: whom something is for has not moved now.
        let meant_for = at.checked_sub(1).is_some_and(|b| row[b].clitic && row[b].is_marker(Slot::Of));
        if trigger.harm == Some(Harm::Displaced) && pos == PartOfSpeech::Noun && meant_for && row[at].party.is_some() {
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
        told_again: Vec::new(),
        telling: None,
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
    inner_doer(passage, row, trigger, &mut draft);
    let named = doers_means(passage, row, &mut draft);
    refine(passage, row, &mut draft, named);
    // "A plan to kill him": what somebody is to do has not been done.
    let aim = pos == PartOfSpeech::Verb && !passage.language.grammar.verb_first && at > 0 && row[at - 1].is_marker(Slot::To);
    let peaceful = draft.event_type.is_some_and(|t| t.class() == "protest");
    let arrests = draft.event_type.is_some_and(|t| t.class() == "custody" && t.kind() == "arrest");
    if aim && !peaceful && (draft.is_violent() || draft.only_harm() || arrests) {
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
    let damages = passage.knowledge.frames.frame.get(&trigger.frame).is_some_and(|f| f.breaks_weapons);
    for j in near.filter(|&j| !is_hit(row, draft.at, j, damages)) {
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

/// "Hit rocket launchers", "struck a depot and two launchers": what could be a weapon is what was hit.
fn is_hit(row: &[Item], at: usize, j: usize, damages: bool) -> bool {
    let aims = |i: &Item| i.marker().is_none_or(|m| matches!(m, Slot::Article | Slot::And | Slot::Object | Slot::Of));
    (damages || row[j].entries.contains(&Entry::Thing)) && at < j && row[at + 1..j].iter().all(|i| aims(i) && !i.is_trigger())
}

/// "Israeli warplanes carried out strikes": the name of whoever did it says with what.
fn doers_means(passage: &Passage, row: &[Item], draft: &mut Draft) -> Option<MeansWord> {
    let doer = |i: &&Item| {
        let party = i.party.as_ref().filter(|p| p.actor.is_some());
        party.is_some_and(|p| draft.actors.iter().any(|a| a.role == ActorRole::Initiator && a.span == p.span))
    };
    let (word, span) = row.iter().filter(doer).find_map(|i| named_weapon(passage, i))?;
    if !draft.means.iter().any(|m| m.kind == word.kind) {
        draft.means.push(Means { kind: word.kind, count: None, span, carried: false });
    }
    Some(word)
}

/// Is it a word for people to whom something was done?
fn suffers(people: &People) -> bool {
    people.is_victim() || matches!(people.kind.as_str(), "detainee" | "remains")
}

/// «فجر انتحاري نفسه»: where the words of the happening hold somebody, he did it.
fn inner_doer(passage: &Passage, row: &[Item], trigger: &Trigger, draft: &mut Draft) {
    let item = &row[draft.at];
    let acts = |a: &ClaimActor<Span>| matches!(a.role, ActorRole::Initiator | ActorRole::Party | ActorRole::Accused);
    if !passage.language.grammar.verb_first
        || trigger.pos != PartOfSpeech::Verb
        || item.first == item.last
        || item.party.is_some()
        || draft.actors.iter().any(acts)
    {
        return;
    }
    let people = |w: usize| {
        let hits = passage.language.lexicon.at(passage.text, &passage.words, w);
        // «أخذ رهائن»: whom it befell is no doer.
        let does = |e: &Entry| matches!(e, Entry::People { row } if !suffers(&passage.language.people[*row as usize]));
        hits.into_iter().find(|h| h.first == h.last && h.values.iter().any(does)).map(|h| h.span)
    };
    if let Some(span) = (item.first + 1..=item.last).find_map(people) {
        draft.actors.push(ClaimActor {
            role: ActorRole::Initiator,
            id: None,
            name: span.of(passage.text).to_owned(),
            span,
            carried: false,
        });
    }
}

/// The weapon that the words of a name hold: "Israeli warplanes".
pub(crate) fn named_weapon(passage: &Passage, item: &Item) -> Option<(MeansWord, Span)> {
    let mut words = (item.first..=item.last).flat_map(|w| {
        let hits = passage.language.lexicon.at(passage.text, &passage.words, w);
        hits.into_iter().flat_map(|h| h.values.iter().map(move |v| (*v, h.span)).collect::<Vec<_>>()).collect::<Vec<_>>()
    });
    words.find_map(|(entry, span)| if let Entry::Means(word) = entry { Some((word, span)) } else { None })
}

/// A word such as "shelled" means some gun; where the report says which, that one stands.
fn drop_vague_means(draft: &mut Draft) {
    let told = |m: &Means<Span>| matches!(m.kind, MeansKind::Mortar | MeansKind::Rocket | MeansKind::Missile | MeansKind::Tank);
    // "A suicide bomber drove a truck packed with explosives": he wore none.
    if draft.means.iter().any(|m| m.kind == MeansKind::VehicleBomb) {
        let own = draft.span;
        draft.means.retain(|m| m.kind != MeansKind::SuicideVest || m.span != own);
    }
    if draft.means.iter().any(told) {
        let own = draft.span;
        draft.means.retain(|m| m.kind != MeansKind::Artillery || m.span != own);
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

/// Are all at whom it was aimed people of whom this holds?
fn aimed_at(passage: &Passage, row: &[Item], draft: &Draft, holds: impl Fn(&People) -> bool) -> bool {
    let mut targets = draft.actors.iter().filter(|a| a.role == ActorRole::Target).peekable();
    let people = |a: &ClaimActor<Span>| {
        let party = row.iter().filter_map(|i| i.party.as_ref()).find(|p| p.span == a.span || p.whole == a.span)?;
        party.people.map(|p| &passage.language.people[p as usize])
    };
    targets.peek().is_some() && targets.all(|a| a.id.is_none() && people(a).is_some_and(&holds))
}

/// Change the type by what stands beside the trigger: artillery makes of "pounded" a shelling.
fn refine(passage: &Passage, row: &[Item], draft: &mut Draft, named: Option<MeansWord>) {
    let Some(event_type) = draft.event_type else { return };
    let kinds: Vec<MeansKind> = draft.means.iter().map(|m| m.kind).collect();
    let air = named.is_some_and(|w| w.air)
        || draft.means.iter().any(|m| row.iter().any(|i| i.span == m.span && i.means().is_some_and(|w| w.air)));
    for r in &passage.knowledge.frames.refinement {
        let fits = r.means.iter().any(|k| kinds.contains(k))
            || named.is_some_and(|w| r.doer_means.contains(&w.kind))
            || r.air && air
            || r.air_initiator && air_actor(passage, row, &draft.slots)
            || r.target_status.is_some_and(|status| aimed_at(passage, row, draft, |p| p.status == status))
            || r.target_kind.as_ref().is_some_and(|kind| aimed_at(passage, row, draft, |p| p.kind == *kind));
        let framed = r.frames.is_empty() || r.frames.contains(&passage.language.triggers[draft.trigger as usize].frame);
        if r.from.contains(&event_type) && framed && fits {
            draft.event_type = Some(r.to);
            draft.because.push(format!("{event_type} → {}: {}", r.to, r.note));
            return;
        }
    }
}
