//! Names by the tagger: what knowledge lists goes first, the tagger says what else is a name, and what a listed word is not.

use crate::clue::clues;
use crate::item::Item;
use crate::passage::Passage;
use crate::place::{self, PlaceMention};
use marsad_gazetteer::{Gazetteer, PlaceId};
use marsad_knowledge::{ActorKind, Entry, Flavour, Saying, Slot, VictimCue, VictimWord};
use marsad_model::{AttributionKind, Mention, MentionKind, Span};
use marsad_tagger::{Kind, Model, Name};
use marsad_text::{Case, Hit, WordKind, fold};
use rustc_hash::FxHashSet;

/// Let the tagger read the passage; then put its places beside those of the gazetteer.
pub(crate) fn recognise(gazetteer: &Gazetteer, model: &Model, passage: &mut Passage, hits: &[Hit<Entry>]) {
    let clues = clues(passage, hits);
    let sentences = passage.sentences.iter().map(|s| s.words.clone());
    passage.tagging = model.tag(&passage.words, sentences, &clues, passage.language.tagger.lean);
    cut_at_ages(passage);
    join_bodies(passage, hits);
    tell_again(passage);
    let near = harmed(passage, hits);
    let mut places = std::mem::take(&mut passage.places);
    // "The mother of Qasim Zreik": a first name may be a village somewhere.
    places.retain(|p| p.noun.is_some() || !near.iter().any(|n| n.first <= p.first && p.last <= n.last));
    let sure = |p: &PlaceMention| p.noun.is_some() && !p.doubtful || least(passage, p, Kind::Place) >= passage.language.tagger.sure_place;
    let told: FxHashSet<String> = places.iter().filter(|p| sure(p)).map(|p| fold(&p.written)).collect();
    places.retain(|p| !names_outlet(passage, hits, p));
    places.retain(|p| told.contains(&fold(&p.written)) || stays(gazetteer, passage, hits, p));
    for place in &mut places {
        place.weak &= least(passage, place, Kind::Place) < passage.language.tagger.sure_place;
    }
    for name in names(passage, Kind::Place).filter(|n| is_proper(passage, n)) {
        let first = headed(passage, behind_phrase(passage, hits, &name));
        if !places.iter().any(|p| p.first <= name.last && first <= p.last) {
            places.extend(place::named(gazetteer, passage, hits, first, name.last));
        }
    }
    places.sort_by_key(|p| p.first);
    passage.places = places;
}

/// No name of a person or place goes over a comma or a bracket, no person's over a number: what the tagger took for one name is
/// several, "Anas, 3, Hiba", «أنس (3 أعوام) وهبة». The first of them is kept; the others are for whoever reads the list.
fn cut_at_ages(passage: &mut Passage) {
    let (words, text) = (&passage.words, passage.text);
    let mark = |w: usize| matches!(words[w].span.of(text), "(" | ")" | "[" | "]" | "," | "،");
    for name in passage.tagging.names.iter_mut().filter(|n| n.kind != Kind::Organisation) {
        let ends = |w: &usize| mark(*w) || name.kind == Kind::Person && words[*w].kind == WordKind::Number;
        if let Some(at) = (name.first + 1..=name.last).find(ends) {
            name.last = (name.first..at).rev().find(|&w| words[w].kind != WordKind::Mark).unwrap_or(name.first);
        }
    }
}

/// "The Wadi Center for Human Rights": the capitals before a word for a body and those that a small word joins to it are what the
/// body is called, whatever the tagger took them for.
fn join_bodies(passage: &mut Passage, hits: &[Hit<Entry>]) {
    let words = &passage.words;
    let capital = |w: &usize| words.get(*w).is_some_and(|x| x.case == Case::Title && x.kind == WordKind::Letters && !x.newline_before);
    let body = |h: &&Hit<Entry>| h.first == h.last && h.values.iter().any(|e| matches!(e, Entry::OrganisationHead { armed: false, .. }));
    let named = |h: &Hit<Entry>| {
        let head = Some(h.first).filter(|w| capital(w) && joins_body(passage, w + 1))?;
        let last = (head + 2..words.len()).take_while(capital).last()?;
        let first = (0..head).rev().take_while(capital).last().unwrap_or(head);
        Some(Name { kind: Kind::Organisation, first, last, share: 1.0 })
    };
    let found: Vec<Name> = hits.iter().filter(body).filter_map(named).collect();
    for name in found {
        passage.tagging.names.retain(|n| n.last < name.first || n.first > name.last);
        passage.tagging.names.push(name);
    }
    passage.tagging.names.sort_by_key(|n| n.first);
}

/// Who was surely named once is the same person when a single word of the name stands alone later, as reports do it.
fn tell_again(passage: &mut Passage) {
    let trust = &passage.language.tagger;
    let known: FxHashSet<&str> = names(passage, Kind::Person)
        .filter(|n| n.last > n.first && n.share >= trust.person_told)
        .flat_map(|n| [n.first, n.last])
        .filter(|&w| !is_common(passage, w))
        .map(|w| passage.words.folded(w))
        .collect();
    let mut taken = vec![false; passage.words.len()];
    passage.tagging.names.iter().for_each(|n| taken[n.first..=n.last].fill(true));
    let again =
        |w: usize| !taken[w] && known.contains(passage.words.folded(w)) && passage.tagging.share(w, Kind::Person) >= trust.person_again;
    let capital = |w: usize| passage.language.grammar.verb_first || matches!(passage.words[w].case, Case::Title | Case::Upper);
    let more: Vec<Name> = (0..taken.len())
        .filter(|&w| again(w) && capital(w))
        .map(|w| Name { kind: Kind::Person, first: w, last: w, share: passage.tagging.share(w, Kind::Person) })
        .collect();
    passage.tagging.names.extend(more);
    passage.tagging.names.sort_by_key(|n| n.first);
}

/// Behind a word of harm, or of what is a person's, a name is likelier than elsewhere, and to leave one unseen costs more: whoever
/// was killed, hurt or taken, and who saw it, may be in danger by it. Two words are one where the tagger half sees it.
/// Gives those that stand behind what is a person's.
fn harmed(passage: &mut Passage, hits: &[Hit<Entry>]) -> Vec<Name> {
    let (trust, words) = (&passage.language.tagger, &passage.words);
    let harm = |e: &Entry| matches!(e, Entry::Trigger { row, .. } if passage.language.triggers[*row as usize].harm.is_some());
    let may = |w: usize, least: f32| {
        let capital = passage.language.grammar.verb_first || words[w].case == Case::Title;
        words[w].kind == WordKind::Letters && capital && !is_common(passage, w) && passage.tagging.share(w, Kind::Person) >= least
    };
    let name_at = |first: usize, least: f32| {
        let end = passage.sentences.iter().map(|s| s.words.end).find(|&end| end > first).filter(|_| may(first, least))?;
        let goes_on = least.min(trust.person_goes_on);
        let last = (first + 1..end).take(NAME_GOES_ON).take_while(|&w| may(w, goes_on)).last()?;
        let share = (first..=last).map(|w| passage.tagging.share(w, Kind::Person)).sum::<f32>() / (last - first + 1) as f32;
        Some(Name { kind: Kind::Person, first, last, share })
    };
    let behind_harm = hits.iter().filter(|h| h.values.iter().any(harm)).map(|h| h.last + 1);
    let mut found: Vec<Name> = behind_harm.filter_map(|first| name_at(first, trust.person_harmed)).collect();
    let near = behind_near(passage).filter_map(|first| name_at(first, trust.person_near));
    // "According to Northern Relief Committee": what has a word for a body in it, or is listed, is nobody's mother and no witness.
    let body = |e: &Entry| matches!(e, Entry::OrganisationHead { .. } | Entry::ActorName(_) | Entry::Source(_));
    let is_body = |n: &Name| hits.iter().any(|h| h.first <= n.last && n.first <= h.last && h.values.iter().any(body));
    let near: Vec<Name> = near.filter(|n| !is_body(n)).map(|n| Name { share: n.share.max(trust.person_with_place), ..n }).collect();
    found.extend(&near);
    for name in found {
        passage.tagging.names.retain(|n| n.last < name.first || n.first > name.last);
        passage.tagging.names.push(name);
    }
    passage.tagging.names.sort_by_key(|n| n.first);
    near
}

/// The words right behind those of what is a person's, a comma left out: "a witness, Hamid Thabit".
fn behind_near(passage: &Passage) -> impl Iterator<Item = usize> {
    let near = |c: &VictimCue| matches!(c.word, VictimWord::Near | VictimWord::Kin);
    let last = move |at: usize| {
        let hits = passage.language.victims.at(passage.text, &passage.words, at);
        hits.iter().filter(|h| h.values.iter().any(near)).map(|h| h.last).max()
    };
    let comma = |at: usize| passage.words.get(at).is_some_and(|w| matches!(w.span.of(passage.text), "," | "،"));
    (0..passage.words.len()).filter_map(last).map(move |last| last + 1 + usize::from(comma(last + 1)))
}

/// A name goes on for no more words than this.
const NAME_GOES_ON: usize = 4;

fn names<'p>(passage: &'p Passage, kind: Kind) -> impl Iterator<Item = Name> + use<'p> {
    passage.tagging.names.iter().copied().filter(move |n| n.kind == kind)
}

/// How sure the tagger is, at the word where it is least so, that a place's words are part of a name of this kind.
fn least(passage: &Passage, place: &PlaceMention, kind: Kind) -> f32 {
    (place.first..=place.last).map(|w| passage.tagging.share(w, kind)).fold(1.0, f32::min)
}

/// Does the tagger leave a place that the gazetteer has a place? A surname is none, nor is an everyday word; what the report
/// elsewhere surely calls a place is asked no more.
fn stays(gazetteer: &Gazetteer, passage: &Passage, hits: &[Hit<Entry>], place: &PlaceMention) -> bool {
    let trust = &passage.language.tagger;
    let own = || place.candidates.iter().any(|c| matches!(gazetteer.place(c.place).id, PlaceId::Own(_)));
    let home = place.candidates.iter().all(|c| trust.home.iter().any(|h| Some(h.as_str()) == gazetteer.place(c.place).country));
    if !place.weak && home && at_place(hits, place) && least(passage, place, Kind::Person) < trust.person_over_place {
        return true;
    }
    let needed = if place.weak { trust.weak_place } else { trust.firm_place };
    let share = |w: usize| passage.tagging.share(w, Kind::Place) + passage.tagging.share(w, Kind::Organisation);
    let share = (place.first..=place.last).map(share).fold(0.0, f32::max);
    share >= needed && least(passage, place, Kind::Person) < trust.person_over_place || own() && share >= trust.own_place
}

/// Is it part of what an outlet is called: "the Rafid agency", «وكالة الرافد»?
fn names_outlet(passage: &Passage, hits: &[Hit<Entry>], place: &PlaceMention) -> bool {
    let outlet = |e: &Entry| matches!(e, Entry::Saying(Saying::Holder(AttributionKind::Outlet)));
    let beside = if passage.language.grammar.verb_first {
        before(hits, place.first)
    } else {
        hits.binary_search_by_key(&(place.last + 1), |h| h.first).ok().map(|at| &hits[at])
    };
    beside.is_some_and(|h| h.values.iter().any(outlet))
}

/// Does a word of place stand before it: "in", "near", "from"?
fn at_place(hits: &[Hit<Entry>], place: &PlaceMention) -> bool {
    let local = |e: &Entry| matches!(e, Entry::Marker(Slot::In | Slot::Near | Slot::Countryside | Slot::From | Slot::To | Slot::On));
    before(hits, place.first).is_some_and(|h| h.values.iter().any(local))
}

/// The phrase that ends right before a word.
fn before<'h, 'k>(hits: &'h [Hit<'k, Entry>], word: usize) -> Option<&'h Hit<'k, Entry>> {
    let at = hits.partition_point(|h| h.first < word).checked_sub(1)?;
    hits.get(at).filter(|h| h.last + 1 == word)
}

/// "A house in Kfar Tebnit": where the name begins whose phrase, in small letters, tells what is there.
fn behind_phrase(passage: &Passage, hits: &[Hit<Entry>], name: &Name) -> usize {
    let small = (name.first..name.last).take_while(|&w| passage.words[w].case == Case::Lower);
    let local = |w: &usize| {
        let marks = |e: &Entry| matches!(e, Entry::Marker(Slot::In | Slot::Near | Slot::On | Slot::Of));
        hits.iter().any(|h| h.last == *w && h.first >= name.first && h.values.iter().any(marks))
    };
    small.filter(local).last().map_or(name.first, |w| w + 1)
}

/// "Ain Zara": where the name begins if the word before it is one with which names of several words begin.
fn headed(passage: &Passage, first: usize) -> usize {
    let grammar = &passage.language.grammar;
    let head = |w: usize| {
        let word = passage.words[w];
        word.case == Case::Title && !passage.words[first].newline_before && grammar.place_heads.iter().any(|h| h == passage.words.folded(w))
    };
    if grammar.verb_first { first } else { first.checked_sub(1).filter(|&w| head(w)).unwrap_or(first) }
}

/// A name has another word than the commonest, and where the script has capitals one with a capital: "the area" has none.
fn is_proper(passage: &Passage, name: &Name) -> bool {
    (name.first..=name.last).any(|w| {
        let capital = passage.language.grammar.verb_first || matches!(passage.words[w].case, Case::Title | Case::Upper);
        capital && !is_common(passage, w)
    })
}

/// Is the word one of the commonest of the language, or a mark?
fn is_common(passage: &Passage, word: usize) -> bool {
    passage.words[word].kind == WordKind::Mark || passage.language.stop.contains(passage.words.folded(word))
}

/// Where a person's own name begins: what says whose kin it is ("His wife Fatima") is none of it.
fn own_first(passage: &Passage, name: &Name) -> usize {
    let victims = &passage.language.victims;
    let kin = |at: usize| {
        let hits = victims.at(passage.text, &passage.words, at);
        hits.iter().filter(|h| h.last < name.last && h.values.iter().any(|c| c.word == VictimWord::Kin)).map(|h| h.last + 1).max()
    };
    let possessive = |at: usize| passage.language.grammar.possessives.iter().any(|p| p == passage.words.folded(at));
    let first = name.first + usize::from(name.first < name.last && possessive(name.first));
    kin(name.first).or_else(|| kin(first)).unwrap_or(name.first)
}

/// The item after the last one of the person's name that begins at this item, as the tagger sees it; none where the name
/// ends inside an item or holds an actor that knowledge lists.
pub(crate) fn person_end(passage: &Passage, row: &[Item], i: usize) -> Option<usize> {
    let item = row.get(i).filter(|i| !i.clitic && !i.aside && i.mark.is_none())?;
    let at = passage.tagging.names.partition_point(|n| n.first <= item.first).checked_sub(1)?;
    let name = passage.tagging.names.get(at).filter(|n| n.kind == Kind::Person && is_proper(passage, n))?;
    if own_first(passage, name) != item.first {
        return None;
    }
    let end = row.iter().skip(i).position(|x| x.first > name.last).map_or(row.len(), |n| i + n);
    let items = &row[i..end];
    let whole = items.last().is_some_and(|x| x.last == name.last);
    // "An Israeli": the first word is the first that says anything.
    let first = |n: usize| items[..n].iter().all(|x| (x.first..=x.last).all(|w| is_common(passage, w)));
    let listed = items.iter().enumerate().any(|(n, x)| names_body(passage, x, first(n)) || x.time.is_some() || x.number.is_some());
    let trust = &passage.language.tagger;
    // A place that is left has withstood the tagger: alone it is no person, nor is "Gunmen" at the head of a sentence.
    let doubtful = items.len() == 1 && (item.place.is_some() || item.people().is_some())
        || name.share < trust.person_with_place && items.iter().any(|x| x.place.is_some())
        || name.share < trust.person_with_cue && items.iter().any(|x| x.is_trigger() || x.people().is_some());
    let broken = (1..items.len()).any(|at| passage.age_parts(items, at));
    (whole && !listed && !doubtful && !broken).then_some(end)
}

/// The name of a body that holds this word and what it is for: "Center for Human Rights".
pub(crate) fn body_over(passage: &Passage, word: usize) -> Option<Name> {
    let at = passage.tagging.names.partition_point(|n| n.first <= word).checked_sub(1)?;
    let joined = |n: &Name| (n.first..n.last).any(|w| joins_body(passage, w));
    passage.tagging.names.get(at).filter(|n| n.kind == Kind::Organisation && n.last >= word && joined(n)).copied()
}

fn joins_body(passage: &Passage, word: usize) -> bool {
    passage.words.get(word).is_some() && passage.language.grammar.body_joins.iter().any(|j| j == passage.words.folded(word))
}

/// Does the item name an actor or source that knowledge lists? After the first word of a name, a nationality may be part of
/// it.
fn names_body(passage: &Passage, item: &Item, first: bool) -> bool {
    let actors = &passage.knowledge.actors;
    item.entries.iter().any(|e| match e {
        Entry::ActorName(n) => {
            let name = &actors.names[*n as usize];
            first || name.flavour != Flavour::Nationality || actors.list[name.actor as usize].kind == ActorKind::Person
        }
        Entry::Source(_) => true,
        _ => false,
    })
}

/// Bring the mentions into line with the tagger: places inside the names of bodies go, and so do adjectives of nationality
/// that stand for nobody; names that no list has come in.
pub(crate) fn mentions(passage: &Passage, blank: impl Fn(MentionKind, Span) -> Mention<Span>, out: &mut Vec<Mention<Span>>) {
    let trust = &passage.language.tagger;
    let span = |n: &Name| passage.words.span(n.first, n.last);
    for name in names(passage, Kind::Organisation).filter(|n| n.share >= trust.body_over_place) {
        let whole = span(&name);
        out.retain(|m| m.kind != MentionKind::Place || !within(m.span, whole));
    }
    for item in passage.rows.iter().flatten().filter(|i| stands_alone(passage, i)) {
        let actor = |w| passage.tagging.share(w, Kind::Place) + passage.tagging.share(w, Kind::Organisation);
        if (item.first..=item.last).all(|w| actor(w) < trust.lone_nationality) {
            out.retain(|m| m.kind != MentionKind::Actor || !within(m.span, item.span));
        }
    }
    let nouns: Vec<(usize, usize)> = passage.rows.iter().flatten().filter(|i| i.people().is_some()).map(|i| (i.first, i.last)).collect();
    for name in &passage.tagging.names {
        if nouns.binary_search(&(name.first, name.last)).is_ok() {
            continue;
        }
        let kind = match name.kind {
            Kind::Person => MentionKind::Person,
            Kind::Organisation => MentionKind::Organisation,
            Kind::Place if is_proper(passage, name) => MentionKind::Place,
            Kind::Place | Kind::Other => continue,
        };
        if (name.first..=name.last).all(|w| is_common(passage, w)) {
            continue;
        }
        let whole = span(name);
        let because = Some(format!("tagger {:.2}", name.share));
        let mut taken = false;
        for other in out.iter_mut().filter(|m| is_name(m.kind) && m.span.overlaps(whole)) {
            taken = true;
            if other.kind == kind && other.id.is_none() && other.because.is_none() {
                other.because.clone_from(&because);
            }
        }
        if !taken && (kind != MentionKind::Organisation || name.share >= trust.body_alone) {
            out.push(Mention { because, ..blank(kind, whole) });
        }
    }
}

/// Is it a nationality or a community without a people's noun or number beside it?
fn stands_alone(passage: &Passage, item: &Item) -> bool {
    let many = |actor: u32| passage.knowledge.actors.list[actor as usize].kind == ActorKind::Community;
    item.party.as_ref().is_some_and(|p| p.people.is_none() && (p.nationality || p.number.is_none() && p.actor.is_some_and(many)))
}

fn is_name(kind: MentionKind) -> bool {
    matches!(kind, MentionKind::Actor | MentionKind::Person | MentionKind::Organisation | MentionKind::Place)
}

fn within(inner: Span, outer: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
