//! Harm: words that only say that people died or were hurt find the happening they belong to.

use crate::casualty::take_over;
use crate::draft::Draft;
use crate::item::{Item, Mark};
use crate::passage::Passage;
use crate::telling::{by_others, lend, says_itself};
use crate::vote::sight;
use marsad_expression::TimeKind;
use marsad_gazetteer::PlaceRef;
use marsad_knowledge::{Effect, Field, PartOfSpeech, Saying, Slot, Support};
use marsad_model::{ActorRole, Casualties, Count, CountScope, EventType, Harm, Modality, PersonStatus, PlaceRole, Polarity, Span, Status};

/// The doubt of harm that belongs to no happening.
const ALONE: &str = "harm without a happening";
/// Items between a negation and the word of harm.
const NEGATION_REACH: usize = 5;

/// Join each draft that only says harm to its happening: the one that is its subject, the nearest violent one of its
/// sentence, or the last of the sentence before; one that finds none stands for itself.
pub(crate) fn join(passage: &Passage, mut drafts: Vec<Draft>) -> Vec<Draft> {
    // «هددوه بالقتل»: with what somebody is threatened, or what is asked for, has hurt nobody.
    let arabic = passage.language.grammar.verb_first;
    let done = |d: &Draft| !arabic || !matches!(d.modality, Modality::Threatened | Modality::Asked | Modality::Proposed);
    drafts.retain_mut(|d| !d.only_harm() || done(d) && (d.polarity == Polarity::Positive || nobody(passage, d)));
    // «أفرجوا عن أربعة أسرى»: that they had been taken is no harm of now.
    let freed: Vec<(usize, Span)> = drafts
        .iter()
        .filter(|d| d.event_type.is_some_and(|t| t.class() == "custody" && t.kind() == "release"))
        .flat_map(|d| d.actors.iter().filter(|a| a.role == ActorRole::Detainee).map(|a| (d.sentence, a.span)))
        .collect();
    drafts.retain(|d| !(d.only_harm() && freed.iter().any(|(sentence, span)| *sentence == d.sentence && span.overlaps(d.span))));
    let mut i = 0;
    while i < drafts.len() {
        if !drafts[i].only_harm() {
            i += 1;
            continue;
        }
        match host(passage, &drafts, i) {
            // A number stands under whoever says it.
            Some(h)
                if drafts[h].sentence != drafts[i].sentence && by_others(passage, &drafts[h], &drafts[i]) && says_itself(&drafts[i]) =>
            {
                let told = drafts[h].clone();
                tell_again(&told, &mut drafts[i]);
                i += 1;
            }
            Some(h) => {
                let harm = drafts.remove(i);
                let h = if h > i { h - 1 } else { h };
                take_in(&mut drafts[h], harm);
            }
            // That nobody was hurt is told of something, or tells of nothing.
            None if drafts[i].none => drop(drafts.remove(i)),
            None => {
                stand_alone(passage, &mut drafts[i]);
                i += 1;
            }
        }
    }
    drafts.retain(|d| !d.only_harm());
    drafts
}

/// "Nobody was hurt", "without casualties": the number is nought. What else is denied of people harmed is no harm.
fn nobody(passage: &Passage, draft: &mut Draft) -> bool {
    let trigger = &passage.language.triggers[draft.trigger as usize];
    let noun = trigger.pos == PartOfSpeech::Noun;
    let before = nobody_before(passage, draft);
    // "No one was hurt": that the verb tells of one says nothing more.
    let one = |c: &Casualties<Span>| before && c.span == draft.span && (c.min, c.max) == (Some(1), Some(1));
    let stated = |c: &Casualties<Span>| (c.min.is_some() || c.max.is_some()) && !one(c);
    let told = draft.casualties.iter().any(|c| stated(c) || c.part_of.is_some() || c.span != draft.span);
    if draft.modality != Modality::Asserted || told || !(noun || before) || reported(passage, draft) {
        return false;
    }
    if draft.casualties.is_empty() && noun && trigger.harm.is_none() {
        for harm in [Harm::Killed, Harm::Injured] {
            draft.casualties.push(nought(harm, draft.span));
        }
    }
    for c in &mut draft.casualties {
        (c.min, c.max, c.count) = (Some(0), Some(0), Count::Exact);
    }
    draft.actors.clear();
    draft.polarity = Polarity::Positive;
    draft.none = true;
    !draft.casualties.is_empty()
}

/// "No one was killed": the negation stands before the auxiliary. "He was not killed" says nothing of others.
fn nobody_before(passage: &Passage, draft: &Draft) -> bool {
    let row = &passage.rows[draft.sentence];
    let mut auxiliary = false;
    for item in row[..draft.at].iter().rev().take(NEGATION_REACH) {
        if item.modalities().any(|m| m.effect == Effect::Negative) {
            return auxiliary;
        }
        if item.is_marker(Slot::Passive) {
            auxiliary = true;
        } else if item.party.is_some() || item.mark.is_some() {
            return false;
        }
    }
    false
}

/// "No casualties were reported", "has not reported on casualties": what nobody reports may be.
fn reported(passage: &Passage, draft: &Draft) -> bool {
    let row = &passage.rows[draft.sentence];
    let says = |i: &&Item| matches!(i.saying(), Some(Saying::Cue(..))) || i.support() == Some(Support::Occur) && i.modality().is_none();
    let after = row.iter().skip(draft.at + 1).take(NEGATION_REACH).take_while(|i| i.mark.is_none());
    let negation = row[..draft.at].iter().rposition(|i| i.modalities().any(|m| m.effect == Effect::Negative));
    let between = negation.map_or(&row[..0], |n| &row[n..draft.at]);
    let cue = |i: &&Item| matches!(i.saying(), Some(Saying::Cue(..)));
    after.filter(says).count() + between.iter().filter(cue).count() > 0
}

fn nought(harm: Harm, span: Span) -> Casualties<Span> {
    let (min, max, count) = (Some(0), Some(0), Count::Exact);
    let (status, scope) = (PersonStatus::Unknown, CountScope::Event);
    Casualties { harm, status, group: None, affiliation: None, min, max, count, scope, part_of: None, span, carried: false }
}

fn host(passage: &Passage, drafts: &[Draft], i: usize) -> Option<usize> {
    let harm = &drafts[i];
    // «قتل تحت التعذيب»: a death in custody is the harm's own happening.
    let kills = |d: &Draft| passage.language.triggers[d.trigger as usize].frame == "killing";
    let same = |d: &Draft| d.sentence == harm.sentence && (d.is_violent() || kills(d));
    if let Some(at) = harm.slots.subject_event
        && let Some(h) = drafts.iter().position(|d| same(d) && d.at == at)
    {
        return Some(h);
    }
    if since_then(passage, harm) {
        return None;
    }
    // "stormed the village, killing three and kidnapping two": behind a comma it tells what came of what stands before.
    let row = &passage.rows[harm.sentence];
    let comma = harm.at.checked_sub(1).is_some_and(|b| row[b].mark == Some(Mark::Comma));
    let gerund = passage.language.grammar.gerunds.iter().any(|e| passage.words.folded(row[harm.at].first).ends_with(e.as_str()));
    let before = comma && gerund && drafts.iter().any(|d| same(d) && d.at < harm.at);
    let near = drafts.iter().enumerate().filter(|(_, d)| same(d) && !(before && d.at > harm.at)).min_by_key(|(_, d)| {
        // What comes before the harm is likelier its cause than what comes after it.
        if d.at < harm.at { (harm.at - d.at) * 2 } else { (d.at - harm.at) * 2 + 1 }
    });
    if let Some((h, _)) = near {
        return Some(h);
    }
    let own = harm.places.iter().any(|_| true) && harm.slots.places.len() > 1 || harm.actors.iter().any(|a| a.role == ActorRole::Initiator);
    if own || sums_up(passage, harm) || is_history(passage, harm) {
        return None;
    }
    drafts
        .iter()
        .enumerate()
        .rev()
        .find(|(_, d)| d.sentence + 1 == harm.sentence && d.paragraph == harm.paragraph && d.is_violent())
        .filter(|(_, d)| !elsewhere(passage, d, harm))
        .map(|(h, _)| h)
}

/// More than so many were not harmed by what a report told of just before, unless it says so in the same sentence: such a number
/// is a war's.
const OF_ONE_HAPPENING: u32 = 1000;

/// "More than 41,000 have been killed since the war began": a sum over many happenings belongs to none of them.
fn sums_up(passage: &Passage, harm: &Draft) -> bool {
    if since_then(passage, harm) {
        return true;
    }
    let since = |i: &Item| i.time.is_some_and(|t| passage.times[t].resolve(None).kind == TimeKind::Since);
    harm.casualties.iter().any(of_many) || !harm.casualties.is_empty() && passage.rows[harm.sentence].iter().any(since)
}

fn of_many(c: &Casualties<Span>) -> bool {
    c.scope == CountScope::Period || c.min.is_some_and(|n| n >= OF_ONE_HAPPENING)
}

/// Is all that it tells such a sum, of no one happening?
pub(crate) fn is_sum(passage: &Passage, draft: &Draft) -> bool {
    let harm = passage.language.triggers[draft.trigger as usize].frame == "harm";
    harm && !draft.casualties.is_empty() && draft.doubts.contains(&ALONE) && draft.casualties.iter().all(of_many)
}

/// "In Tripoli a grenade wounded two": the place with which the sentence begins.
pub(crate) fn place_at_head(passage: &Passage, harm: &Draft) -> Option<PlaceRef> {
    let row = &passage.rows[harm.sentence];
    let place = row.first().filter(|i| i.is_marker(Slot::In)).and_then(|_| row.get(1)?.place)?;
    Some(passage.gazetteer.get(&passage.places[place].choice.as_ref()?.id)?.at)
}

/// "510 have been killed since X launched his assault": does the clause of another happening say from when on they are summed up?
fn since_then(passage: &Passage, harm: &Draft) -> bool {
    let clause = passage.rows[harm.sentence].iter().skip(harm.at + 1).take_while(|i| i.mark != Some(Mark::Stop));
    let since = |i: &&Item| passage.language.grammar.sums.iter().any(|s| passage.words.folded(i.first) == s);
    let mut behind = clause.skip_while(|i| !since(i)).skip(1).peekable();
    // "died in the fighting since Tuesday" of that fighting.
    !harm.casualties.is_empty() && behind.next_if(|i| i.time.is_none()).is_some() && behind.any(|i| i.is_trigger() && i.party.is_none())
}

/// "A strike hit Dana. Two people were killed in Saraqib": does the harm have a place of its own, which neither holds that of what
/// was told nor lies in it?
fn elsewhere(passage: &Passage, told: &Draft, harm: &Draft) -> bool {
    let own = |d: &Draft| -> Vec<PlaceRef> {
        let said = d.places.iter().filter(|p| p.role == PlaceRole::Where && !p.carried);
        said.filter_map(|p| Some(passage.gazetteer.get(p.id.as_deref()?)?.at)).collect()
    };
    let (there, mut here) = (own(told), own(harm));
    if here.is_empty() {
        here.extend(place_at_head(passage, harm));
    }
    let near = |a: PlaceRef, b: PlaceRef| passage.gazetteer.covers(a, b) || passage.gazetteer.covers(b, a);
    !there.is_empty() && !here.is_empty() && !here.iter().any(|&h| there.iter().any(|&t| near(t, h)))
}

/// Items from a word of harm to the words that say in what it came about.
const OWN_REACH: usize = 5;

/// «شيعوا جثمان الشاب الذي قتل»: is it told of somebody in passing, or of another happening?
fn is_history(passage: &Passage, harm: &Draft) -> bool {
    let row = &passage.rows[harm.sentence];
    let passing = harm.at.checked_sub(1).is_some_and(|b| row[b].is_marker(Slot::Relative));
    // «وقتل سجينان خلال محاولة فرار»: it says itself in what.
    let during = (harm.at + 1..row.len()).take(OWN_REACH).take_while(|j| row[*j].mark.is_none()).find(|j| row[*j].is_marker(Slot::During));
    let clitics = passage.language.lexicon.clitics();
    let indefinite = |i: &Item| clitics.without_article(passage.words.folded(i.first)).is_none();
    let own = during.is_some_and(|d| !row[d].pronoun && row.get(d + 1).is_some_and(|n| n.time.is_none() && indefinite(n)));
    passage.language.grammar.verb_first && (passing || own || harm.status == Status::Background)
}

/// Another's word on the harm of what was told.
fn tell_again(told: &Draft, harm: &mut Draft) {
    harm.event_type = told.event_type;
    harm.telling = Some((told.sentence, told.at));
    harm.said = true;
    lend(told, harm);
    harm.because.push("another's word on what was told".to_owned());
}

fn take_in(host: &mut Draft, harm: Draft) {
    host.said = true; // who was hurt by it is told
    let targeted = host.actors.iter().any(|a| matches!(a.role, ActorRole::Target | ActorRole::Party));
    for actor in harm.actors {
        let known = host.actors.iter().any(|a| a.id.is_some() && a.id == actor.id && a.role == actor.role);
        let wanted = match actor.role {
            ActorRole::Target => !targeted || actor.id.is_none(),
            ActorRole::Initiator => {
                !host.actors.iter().any(|a| matches!(a.role, ActorRole::Initiator | ActorRole::Party | ActorRole::Accused))
            }
            _ => false,
        };
        if wanted && !known {
            host.actors.push(actor);
        }
    }
    // "The toll of the dead rose to 21 killed" says one number twice.
    let toll = |o: &Casualties<Span>, c: &Casualties<Span>| {
        (o.scope == CountScope::TollSoFar || c.scope == CountScope::TollSoFar) && o.min.is_some() && (o.min, o.max) == (c.min, c.max)
    };
    take_over(&mut host.casualties, harm.casualties, |o, c| o.harm != c.harm || !(o.span.overlaps(c.span) || toll(o, c)));
    if !host.places.iter().any(|p| p.role == marsad_model::PlaceRole::Where) {
        host.places.extend(harm.places);
    }
    for m in harm.means {
        if !host.means.iter().any(|o| o.kind == m.kind) {
            host.means.push(m);
        }
    }
    host.intent = host.intent.or(harm.intent);
    if host.attribution.is_empty() {
        host.attribution = harm.attribution;
    }
    if harm.sentence != host.sentence {
        host.more_evidence.push(harm.evidence);
    }
    host.because.extend(harm.because);
}

/// Harm without a happening: what is known is that people of a sort were hurt.
fn stand_alone(passage: &Passage, draft: &mut Draft) {
    let of_sort = |c: &Casualties<Span>| c.min.is_some() || c.max.is_some() || c.status != PersonStatus::Unknown || c.group.is_some();
    let plays = |role: ActorRole| draft.actors.iter().any(|a| a.role == role);
    let told = draft.casualties.iter().any(of_sort) || plays(ActorRole::Initiator) && plays(ActorRole::Target);
    // "Dead and wounded of the militia", and nothing else: neither how many nor in what.
    let counted = draft.casualties.iter().any(|c| c.min.is_some() || c.max.is_some());
    let only_noun = passage.language.triggers[draft.trigger as usize].pos == PartOfSpeech::Noun
        && passage.rows[draft.sentence][draft.at].party.is_some();
    if !told || only_noun && !counted {
        return;
    }
    // "The earthquake killed 30": nobody did it.
    let of_nature = |i: &Item| sight::field(i).is_some_and(|w| w.field == Field::Weather);
    if !plays(ActorRole::Initiator) && passage.rows[draft.sentence].iter().any(of_nature) {
        return;
    }
    // "A landmine killed two": what did it says what happened.
    let by_means = passage.knowledge.frames.refinement.iter().find(|r| {
        r.from.iter().any(|t| t.class() == "explosion" && t.kind() == "other")
            && r.means.iter().any(|k| draft.means.iter().any(|m| m.kind == *k))
    });
    if let Some(refinement) = by_means {
        draft.event_type = Some(refinement.to);
        draft.because.push(format!("harm → {}: {}", refinement.to, refinement.note));
        return;
    }
    let civilian = draft.casualties.iter().any(|c| c.status == PersonStatus::Civilian);
    let kind = if civilian { "civilians.other" } else { "battle.other" };
    draft.event_type = kind.parse::<EventType>().ok();
    if since_then(passage, draft) {
        draft.casualties.iter_mut().for_each(|c| c.scope = CountScope::Period);
    }
    draft.doubts.push(ALONE);
}
