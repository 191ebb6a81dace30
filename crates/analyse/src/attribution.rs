//! Attribution: who says so, as a chain, and whether the report has it from its own people or from others.
//!
//! News tells its source once and goes on: "He added", «وأضاف», "according to the same source". A sentence without a
//! voice of its own that carries on a speech keeps the voice before it, marked as carried.

use crate::item::{Item, Mark};
use crate::name::body_over;
use crate::passage::Passage;
use marsad_knowledge::{ActorKind, Effect, Entry, Force, Saying, SayingKind, Slot};
use marsad_model::{Access, Attribution, AttributionKind, Span};
use marsad_text::Case;

/// How far from a cue its speaker may stand, in items.
const REACH: usize = 9;
/// The same to the left of a verb of saying.
const BEFORE: usize = 7;

/// Who speaks in one sentence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Voice {
    pub(crate) chain: Vec<Attribution<Span>>,
    /// How it is said, by each cue in its order: denied, predicted… What a cue says follows it.
    cues: Vec<(usize, Force)>,
}

impl Voice {
    /// How what stands here is said, by the last cue before it, and where that stands ("asked for a truce, stressing that the
    /// raids had not ended").
    pub(crate) fn force_at(&self, at: usize) -> Option<(usize, Force)> {
        self.cues.iter().rev().find(|(cue, _)| *cue < at).copied()
    }
}

impl Voice {
    /// Who says what stands here: of several speakers those on its own side of a semicolon or dash.
    pub(crate) fn said_at(&self, row: &[Item], at: usize) -> Vec<Attribution<Span>> {
        let Some(here) = row.get(at).map(|i| i.span) else { return self.chain.clone() };
        let parted = |a: &&Attribution<Span>| {
            let (from, to) = (a.span.end.min(here.end), a.span.start.max(here.start));
            !row.iter().any(|i| i.mark == Some(Mark::Stop) && i.span.start >= from && i.span.end <= to)
        };
        let beside: Vec<_> = self.chain.iter().filter(parted).cloned().collect();
        // "Soldiers shot a boy; the army said he had thrown a stone": who begins the second part says nothing of the first.
        let begins = |a: &Attribution<Span>| {
            let stop = row.iter().rposition(|i| i.mark == Some(Mark::Stop) && i.span.end <= a.span.start && i.span.start >= here.end);
            stop.is_some_and(|s| row[s + 1..].iter().take_while(|i| i.span.end <= a.span.start).all(|i| i.is_marker(Slot::Article)))
        };
        if beside.is_empty() { self.chain.iter().filter(|a| !begins(a)).cloned().collect() } else { beside }
    }
}

/// The voice of every sentence.
pub(crate) fn voices(passage: &Passage) -> Vec<Voice> {
    let mut out: Vec<Voice> = Vec::with_capacity(passage.rows.len());
    for (i, row) in passage.rows.iter().enumerate() {
        let mut voice = voice(passage, row);
        let goes_on = voice.cues.first().is_some_and(|(_, force)| *force == Force::Added) || row.iter().any(is_same_source);
        if voice.chain.is_empty() && (goes_on || continues_speech(passage, i)) {
            // "the same sources": the last that were sources; "he added": whoever spoke last.
            let source =
                |v: &&Voice| v.chain.iter().any(|a| a.kind == AttributionKind::UnnamedSource || a.kind == AttributionKind::Witness);
            let same = row.iter().any(is_same_source).then(|| out.iter().rev().find(source)).flatten();
            let before = same.or(out.last()).map(|v| v.chain.clone()).unwrap_or_default();
            voice.chain = before.into_iter().map(|a| Attribution { carried: true, ..a }).collect();
        }
        out.push(voice);
    }
    out
}

fn is_same_source(item: &Item) -> bool {
    item.refers() == Some(marsad_knowledge::Refers::Source)
}

/// Is the sentence inside a quotation that an earlier one opened?
fn continues_speech(passage: &Passage, sentence: usize) -> bool {
    let Some(start) = passage.sentences.get(sentence).map(|s| s.span.start as usize) else { return false };
    let Some(paragraph) = passage.sentences.iter().find(|s| s.paragraph == passage.sentences[sentence].paragraph) else { return false };
    let before = passage.text.get(paragraph.span.start as usize..start).unwrap_or("");
    before.matches(['“', '«']).count() > before.matches(['”', '»']).count()
}

fn voice(passage: &Passage, row: &[Item]) -> Voice {
    let mut voice = Voice::default();
    for at in 0..row.len() {
        let Some(saying) = row[at].saying() else { continue };
        // "who asked not to be named": what the speaker did there is not what this sentence tells.
        if at > 0 && row[at - 1].is_marker(Slot::Relative) {
            continue;
        }
        // "The army has not commented on the strikes": it says nothing.
        let silent = at > 0 && row[at - 1].modalities().any(|m| m.effect == Effect::Negative);
        match saying {
            Saying::Cue(..) if silent => {}
            Saying::Cue(kind, force) => {
                // «وقال الناطق إن الغارات أصابت مستودعا للحزب، نافيا…»: whoever spoke goes on, not whoever was named last.
                let comma = at > 0 && row[at - 1].mark == Some(Mark::Comma);
                // "The army denied that it had hit the hospital and said…"
                let and = at > 0 && row[at - 1].is_marker(Slot::And);
                let next = if passage.language.grammar.verb_first { comma } else { and };
                let goes_on = next && kind == SayingKind::Verb && !voice.chain.is_empty();
                let reach = if goes_on { Force::Added } else { force };
                // «…، داعيا الأهالي إلى التزام منازلهم»: whoever is asked stands behind it, whoever asks before.
                let asks = next && force == Force::Asked && passage.language.grammar.verb_first;
                if let Some(holder) = holder_near(passage, row, at, kind, reach).filter(|_| !asks) {
                    add(passage, row, holder, &mut voice.chain);
                    voice.cues.push((at, force));
                } else if kind == SayingKind::Verb {
                    voice.cues.push((at, force));
                }
            }
            // A speaker with what is said after "that", though a bad translation lost the verb between them.
            // «خطف مسلحون الناشط قبل أن يفر»: to whom something was done says nothing.
            Saying::Holder(_)
                if voice.chain.is_empty() && that_follows(row, at) && !row[..at].iter().any(|i| i.is_trigger() && i.party.is_none()) =>
            {
                add(passage, row, at, &mut voice.chain);
            }
            Saying::Holder(_) => {}
        }
    }
    voice
}

fn that_follows(row: &[Item], at: usize) -> bool {
    row.iter().skip(at + 1).take(REACH + 4).take_while(|i| !i.is_trigger()).any(|i| i.is_marker(Slot::That))
}

/// Can this item speak?
fn speaks(passage: &Passage, item: &Item) -> bool {
    if item.aside {
        return false;
    }
    if matches!(item.saying(), Some(Saying::Holder(_))) {
        return true;
    }
    let Some(party) = &item.party else {
        return item.source().is_some() || is_name(passage, item) || body(passage, item).is_some();
    };
    party.person
        || party.actor.is_some()
        || is_body(item)
        || party.people.is_some_and(|p| {
            matches!(passage.language.people[p as usize].kind.as_str(), "official" | "professional" | "family" | "household" | "religious")
        })
}

/// "The Wadi Center for Human Rights": the words of a body that no list has and that begins here.
fn body(passage: &Passage, item: &Item) -> Option<Span> {
    let name = body_over(passage, item.first).filter(|n| n.first == item.first && n.last > n.first)?;
    (!item.is_trigger() && item.mark.is_none()).then(|| passage.words.span(name.first, name.last))
}

/// "The army", «القوات»: a body of arms without a name of its own.
fn is_body(item: &Item) -> bool {
    item.party.as_ref().is_some_and(|p| p.actor.is_none() && p.number.is_none() && (p.people.is_some() || p.carried))
        && item.entries.iter().any(|e| matches!(e, Entry::OrganisationHead { armed: true, .. }))
}

/// «خطفوا طبيبا»: a noun for people in the case of an object says nothing.
fn is_object(passage: &Passage, item: &Item) -> bool {
    let grammar = &passage.language.grammar;
    let (word, people) = (passage.words.folded(item.noun), item.party.as_ref().is_some_and(|p| p.people.is_some() && p.actor.is_none()));
    let bare = || grammar.singular.iter().find_map(|e| word.strip_suffix(e.as_str())).filter(|bare| bare.chars().count() > 2);
    let noun = |bare: &str| passage.language.lexicon.get(bare).iter().any(|e| matches!(e, Entry::People { .. }));
    grammar.verb_first && people && !item.article && bare().is_some_and(noun)
}

/// A plain word that looks like a person's name: two capitals in a row.
fn is_name(passage: &Passage, item: &Item) -> bool {
    let title = |w: usize| passage.words.get(w).is_some_and(|w| w.case == Case::Title);
    // "Palestinian Islamic Jihad's wing said": the second word begins the name of somebody else.
    let other = passage.namings.iter().any(|n| n.first == item.first + 1);
    // "The Wadi Center for Human Rights": what a small word governs is no speaker.
    let governed = item.first.checked_sub(1).is_some_and(|b| {
        passage.words[b].case == Case::Lower && passage.language.stop.contains(passage.words.folded(b)) && !is_article(passage, b)
    });
    item.is_plain() && title(item.first) && title(item.first + 1) && !other && !governed && !passage.words[item.first + 1].newline_before
}

fn is_article(passage: &Passage, word: usize) -> bool {
    passage.language.grammar.articles.iter().any(|a| passage.words.folded(word) == a)
}

/// The speaker that a cue brings in: after it for prepositions and for verbs that stand first, before it or after it
/// for the others.
pub(crate) fn holder_near(passage: &Passage, row: &[Item], cue: usize, kind: SayingKind, force: Force) -> Option<usize> {
    let stops = |i: &Item| i.is_marker(Slot::That) || i.is_trigger() && i.party.is_none();
    // «وطالبت ذويه بفدية»: his kin are asked, whoever asks.
    let asked_of = |i: &Item| force == Force::Asked && passage.language.grammar.verb_first && i.pronoun && i.people().is_some();
    let speaks = |passage: &Passage, i: &Item| speaks(passage, i) && !is_object(passage, i) && !asked_of(i);
    let after = |reach: usize| {
        // «طالبت بإسقاط الحكومة»: what is asked for stands first, and belongs to nobody who speaks.
        let asked = |i: &Item| force == Force::Asked && passage.language.grammar.verb_first && (i.is_plain() || i.marker().is_some());
        let walk = row.iter().enumerate().skip(cue + 1).take(reach).take_while(|(_, i)| !(stops(i) || i.mark.is_some() || asked(i)));
        walk.into_iter().find(|(_, i)| speaks(passage, i)).map(|(j, _)| j)
    };
    let before = || {
        let end = past_relative(row, cue);
        let walk = row.iter().enumerate().take(end).rev().take(BEFORE).enumerate();
        let walk = walk.take_while(|(n, (_, i))| !(stops(i) || i.mark == Some(Mark::Stop) || i.mark.is_some() && *n > 0));
        // The subject stands at the left end of its phrase: "a spokesman for the ministry said".
        walk.filter(|(_, (_, i))| speaks(passage, i)).last().map(|(_, (j, _))| j)
    };
    // "Said he suspected the group": no "said the doctor".
    let pronoun =
        row.get(cue + 1).is_some_and(|i| passage.language.grammar.reported.pronouns.iter().any(|p| passage.words.folded(i.first) == p));
    let joined = cue > 0 && row[cue - 1].is_marker(Slot::And);
    match kind {
        SayingKind::Preposition => after(REACH),
        // "adding that": the speaker is the one before, unless one follows at once.
        SayingKind::Verb if force == Force::Added => after(2),
        SayingKind::Verb if passage.language.grammar.verb_first => after(REACH).or_else(before),
        // “They shot my brothers,” said Hawa: behind the end of a quotation whoever speaks follows.
        SayingKind::Verb if ends_quotation(passage, row, cue) => after(3).or_else(before),
        // "and accused the army", "he accused the army": nobody speaks behind a verb that "and" joins.
        SayingKind::Verb => before().or_else(|| if pronoun || joined || row[cue].accusation().is_some() { None } else { after(3) }),
        SayingKind::Noun => before().or_else(|| after(REACH)).filter(|j| matches!(row[*j].saying(), Some(Saying::Holder(_)))),
    }
}

fn ends_quotation(passage: &Passage, row: &[Item], cue: usize) -> bool {
    let Some(before) = cue.checked_sub(1) else { return false };
    let gap = passage.text.get(row[before].span.start as usize..row[cue].span.start as usize).unwrap_or("");
    gap.contains(['”', '"', '»', '“'])
}

/// "The official, who asked not to be named, said": where what stands before the relative clause ends.
fn past_relative(row: &[Item], cue: usize) -> usize {
    let comma = |j: &usize| row[*j].mark == Some(Mark::Comma);
    let Some(end) = cue.checked_sub(1).filter(comma) else { return cue };
    let opens = (0..end).rev().take_while(|j| row[*j].mark != Some(Mark::Stop)).find(comma);
    opens.filter(|j| row[j + 1].is_marker(Slot::Relative)).unwrap_or(cue)
}

fn add(passage: &Passage, row: &[Item], at: usize, chain: &mut Vec<Attribution<Span>>) {
    let item = &row[at];
    let (kind, id, name) = match (item.saying(), &item.party) {
        (Some(Saying::Holder(kind)), party) => {
            let actor = party.as_ref().and_then(|p| p.actor).map(|a| &passage.knowledge.actors.list[a as usize]);
            (kind, actor.map(|a| a.id.clone()), actor.map(|a| a.name_en.clone()))
        }
        (_, Some(party)) => match party.actor.map(|a| &passage.knowledge.actors.list[a as usize]) {
            Some(actor) => {
                let official = party.people.is_some_and(|p| passage.language.people[p as usize].kind == "official");
                let kind = if official {
                    AttributionKind::Official
                } else if actor.kind == ActorKind::Person {
                    AttributionKind::NamedPerson
                } else {
                    AttributionKind::Organisation
                };
                (kind, Some(actor.id.clone()), Some(actor.name_en.clone()))
            }
            None if party.person => (AttributionKind::NamedPerson, None, None),
            None => {
                let kind = party.people.map(|p| passage.language.people[p as usize].kind.as_str());
                let kind = match kind {
                    _ if is_body(item) => AttributionKind::Organisation,
                    Some("family" | "household") => AttributionKind::Family,
                    Some("official") => AttributionKind::Official,
                    _ => AttributionKind::UnnamedSource,
                };
                (kind, None, None)
            }
        },
        _ => match item.source().map(|s| &passage.knowledge.sources.entries()[s as usize]) {
            Some(source) => (AttributionKind::Organisation, Some(source.id.clone()), Some(source.name_en.clone())),
            None if body(passage, item).is_some() => (AttributionKind::Organisation, None, None),
            None => (AttributionKind::NamedPerson, None, None),
        },
    };
    let whole = body(passage, item).filter(|_| item.party.is_none() && item.source().is_none() && item.saying().is_none());
    let span = if let Some(whole) = whole {
        whole
    } else if item.is_plain() {
        passage.words.span(item.first, item.first + 1)
    } else {
        item.span
    };
    if chain.iter().any(|a| a.span.overlaps(span)) {
        return;
    }
    let name = name.unwrap_or_else(|| span.of(passage.text).to_owned());
    chain.push(Attribution { kind, id, name, span, carried: false });
    // "the correspondent of X", "a source in X": the body he belongs to stands right after.
    if let Some(Saying::Holder(_)) = item.saying()
        && let Some((_, body)) =
            row.iter().enumerate().skip(at + 1).take(3).find(|(_, i)| i.party.as_ref().is_some_and(|p| p.actor.is_some()))
        && let Some(actor) = body.party.as_ref().and_then(|p| p.actor)
    {
        let actor = &passage.knowledge.actors.list[actor as usize];
        if kind == AttributionKind::Official
            && let Some(official) = chain.last_mut()
        {
            official.id.get_or_insert_with(|| actor.id.clone());
        }
        if matches!(actor.kind, ActorKind::Monitor | ActorKind::FirstResponder | ActorKind::InternationalOrganisation) {
            chain.push(Attribution {
                kind: AttributionKind::Organisation,
                id: Some(actor.id.clone()),
                name: actor.name_en.clone(),
                span: body.span,
                carried: false,
            });
        }
    }
}

/// Has the report its own access? Its correspondent, a witness, a hospital, the family, or a source that spoke to it.
pub(crate) fn access(chain: &[Attribution<Span>]) -> Access {
    let own = |k: AttributionKind| {
        matches!(
            k,
            AttributionKind::Correspondent
                | AttributionKind::Witness
                | AttributionKind::Hospital
                | AttributionKind::Family
                | AttributionKind::UnnamedSource
        )
    };
    if chain.is_empty() {
        Access::Unknown
    } else if chain.iter().any(|a| own(a.kind)) && !chain.iter().any(|a| a.kind == AttributionKind::Organisation) {
        Access::Own
    } else {
        Access::Relayed
    }
}
