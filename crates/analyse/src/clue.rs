//! Clues: what knowledge says of each word, for the tagger.

use crate::passage::Passage;
use marsad_knowledge::{ActorKind, Entry, Flavour};
use marsad_tagger::Clue;
use marsad_text::{Case, Hit, WordKind, Words};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// What the tagger sees of a text.
#[derive(Debug)]
pub struct Sight {
    /// The words.
    pub words: Words,
    /// The words of each sentence.
    pub sentences: Vec<Range<usize>>,
    /// What knowledge says of each word.
    pub clues: Vec<Clue>,
}

/// The clues to each word of a passage, before anything is chosen or joined.
pub(crate) fn clues(passage: &Passage, hits: &[Hit<Entry>]) -> Vec<Clue> {
    let mut clues = vec![Clue::default(); passage.words.len()];
    let mut mark = |first: usize, last: usize, clue: Clue, inside: Clue| {
        for (n, c) in clues.iter_mut().take(last + 1).skip(first).enumerate() {
            *c = c.with(if n > 0 { clue.with(inside) } else { clue });
        }
    };
    for hit in hits {
        let other = |e: &&Entry| matches!(e, Entry::PersonTitle { definite: true }) && !hit.form.article;
        let clue = hit.values.iter().filter(|e| !other(e)).fold(Clue::default(), |c, e| c.with(of_entry(passage, *e)));
        mark(hit.first, hit.last, clue, Clue::INSIDE);
    }
    for place in &passage.places {
        mark(place.first, place.last, if place.weak { Clue::WEAK_PLACE } else { Clue::PLACE }, Clue::INSIDE_PLACE);
    }
    for (first, last) in passage.times.iter().map(|t| (t.first, t.last)).chain(passage.numbers.iter().map(|n| (n.first, n.last))) {
        mark(first, last, Clue::EXPRESSION, Clue::default());
    }
    let lower: FxHashSet<&str> = with_case(passage, &[Case::Lower]).map(|i| passage.words.folded(i)).collect();
    for i in with_case(passage, &[Case::Title, Case::Upper]).filter(|i| lower.contains(passage.words.folded(*i))) {
        clues[i] = clues[i].with(Clue::ALSO_LOWER);
    }
    for (i, clue) in clues.iter_mut().enumerate() {
        if passage.words[i].kind == WordKind::Letters && passage.language.stop.contains(passage.words.folded(i)) {
            *clue = clue.with(Clue::STOP);
        }
    }
    clues
}

fn with_case<'p>(passage: &'p Passage, cases: &'static [Case]) -> impl Iterator<Item = usize> + use<'p> {
    passage.words.iter().enumerate().filter(|(_, w)| cases.contains(&w.case)).map(|(i, _)| i)
}

fn of_entry(passage: &Passage, entry: Entry) -> Clue {
    match entry {
        Entry::ActorName(index) => {
            let name = &passage.knowledge.actors.names[index as usize];
            if passage.knowledge.actors.list[name.actor as usize].kind == ActorKind::Person {
                Clue::KNOWN_PERSON
            } else if name.flavour == Flavour::Nationality {
                Clue::NATIONALITY
            } else {
                Clue::ACTOR
            }
        }
        Entry::Source(_) => Clue::SOURCE,
        Entry::People { .. } => Clue::PEOPLE,
        Entry::PersonTitle { .. } => Clue::TITLE,
        Entry::OrganisationHead { armed: true, .. } => Clue::ARMED_BODY,
        Entry::OrganisationHead { armed: false, .. } => Clue::BODY,
        Entry::PlaceNoun { .. } => Clue::PLACE_NOUN,
        Entry::Trigger { .. } => Clue::TRIGGER,
        Entry::Saying(_) => Clue::SAYING,
        Entry::Marker(_) => Clue::MARKER,
        Entry::Refers { .. } => Clue::REFERS,
        // Words of other walks of life are for the vote: they say nothing of names.
        Entry::OtherField(_) => Clue::default(),
        _ => Clue::OTHER,
    }
}
