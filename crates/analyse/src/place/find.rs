//! Finding names of places.

use super::PlaceMention;
use crate::passage::Passage;
use marsad_gazetteer::{Gazetteer, Kind, PlaceId};
use marsad_knowledge::{Entry, Slot};
use marsad_model::{Report, Span};
use marsad_text::{Case, Form, Hit, WordKind, Words};

/// Words that a place's name can have.
const LONGEST_NAME: usize = 5;
/// A name of one word that nothing marks as a place must be that of a place with so many people.
const KNOWN_UNMARKED: u32 = 50_000;

/// The names of places in a text, none overlapping a time, a number or a longer phrase.
pub(crate) fn find(gazetteer: &Gazetteer, passage: &Passage, hits: &[Hit<Entry>], _report: &Report) -> Vec<PlaceMention> {
    let cased = passage.words.iter().any(|w| matches!(w.case, Case::Title | Case::Upper));
    let finder = Finder { gazetteer, passage, hits, cased };
    let (mut found, mut i) = (Vec::new(), 0);
    while i < passage.words.len() {
        match finder.at(i) {
            Some(mention) => {
                i = mention.last + 1;
                found.push(mention);
            }
            None => i += 1,
        }
    }
    found
}

struct Finder<'a, 'k, 't> {
    gazetteer: &'a Gazetteer,
    passage: &'a Passage<'k, 't>,
    hits: &'a [Hit<'k, Entry>],
    /// Does the text use capitals?
    cased: bool,
}

impl Finder<'_, '_, '_> {
    fn at(&self, i: usize) -> Option<PlaceMention> {
        let words = &self.passage.words;
        let word = words[i];
        let arabic = self.passage.language.grammar.verb_first;
        if word.kind != WordKind::Letters || self.in_expression(i) || self.cased && !arabic && word.case == Case::Lower {
            return None;
        }
        let hit = self.hit_over(i);
        let noun = self.noun_before(i);
        let mut best: Option<(usize, Form, Vec<PlaceId>)> = None;
        for form in self.passage.language.lexicon.clitics().forms(words.folded(i)) {
            if form.after > 0 {
                continue;
            }
            let (indices, name) = name_words(words, i, &form);
            for (count, places) in self.gazetteer.scan(&name) {
                let last = indices[count - 1];
                if best.as_ref().is_none_or(|(l, f, _)| last > *l || last == *l && form.before < f.before) {
                    best = Some((last, form.clone(), places));
                }
            }
        }
        if let Some((last, form, places)) = best
            && self.believable(i, last, &form, &places, hit, noun.is_some())
        {
            return Some(self.mention(i, last, form, places, noun));
        }
        self.unknown(i, noun)
    }

    /// A name that no gazetteer has, right after a noun that says it is a place: it still comes out, unlinked.
    fn unknown(&self, i: usize, noun: Option<u32>) -> Option<PlaceMention> {
        let (noun, words) = (noun?, &self.passage.words);
        let kind = self.passage.language.place_nouns[noun as usize].kind.as_str();
        let names = matches!(kind, "settlement" | "quarter" | "camp" | "field" | "crossing");
        let plain = |j: usize| {
            words.get(j).is_some_and(|w| {
                w.kind == WordKind::Letters && !self.in_expression(j) && self.hit_over(j).is_none() && !self.is_stop(j)
                    && (w.case == Case::Title || self.passage.language.grammar.verb_first)
            })
        };
        if !names || !plain(i) || words[i].newline_before {
            return None;
        }
        let mut last = i;
        while !self.passage.language.grammar.verb_first && last < i + 2 && plain(last + 1) && !words[last + 1].newline_before {
            last += 1;
        }
        let form = self.passage.language.lexicon.clitics().forms(words.folded(i)).into_iter().next()?;
        Some(self.mention(i, last, form, Vec::new(), Some(noun)))
    }

    fn mention(&self, first: usize, last: usize, form: Form, candidates: Vec<PlaceId>, noun: Option<u32>) -> PlaceMention {
        let words = &self.passage.words;
        let start = form.span(self.passage.text, words[first].span);
        let span = if last == first { start } else { Span { start: start.start, end: words[last].span.end } };
        PlaceMention {
            first,
            last,
            span,
            written: span.of(self.passage.text).to_owned(),
            form,
            candidates,
            choice: None,
            noun,
            noun_precision: noun.map(|n| self.passage.language.place_nouns[n as usize].precision),
            carried: false,
        }
    }

    fn in_expression(&self, i: usize) -> bool {
        self.passage.times.iter().any(|t| t.first <= i && i <= t.last) || self.passage.numbers.iter().any(|n| n.first <= i && i <= n.last)
    }

    fn hit_over(&self, i: usize) -> Option<&Hit<'_, Entry>> {
        let at = self.hits.partition_point(|h| h.first <= i).checked_sub(1)?;
        self.hits.get(at).filter(|h| h.last >= i)
    }

    fn is_stop(&self, i: usize) -> bool {
        let folded = self.passage.words.folded(i);
        let bare = self.passage.language.lexicon.clitics().without_article(folded).unwrap_or(folded);
        self.passage.language.stop.contains(folded) || self.passage.language.stop.contains(bare)
    }

    /// The place noun right before this word ("the town of", «بلدة»), if any.
    fn noun_before(&self, i: usize) -> Option<u32> {
        let mut j = i;
        for _ in 0..3 {
            j = j.checked_sub(1)?;
            let hit = self.hit_over(j)?;
            let noun = hit.values.iter().find_map(|e| if let Entry::PlaceNoun { row } = e { Some(*row) } else { None });
            if noun.is_some() {
                return noun;
            }
            let joins = hit.values.iter().any(|e| matches!(e, Entry::Marker(Slot::Of | Slot::Article)));
            if !joins {
                return None;
            }
            j = hit.first;
        }
        None
    }

    /// Is there a preposition of place before this word, as a word or as a clitic?
    fn marked(&self, i: usize, form: &Form) -> bool {
        let of_place = |entries: &[Entry]| {
            entries.iter().any(|e| matches!(e, Entry::Marker(Slot::In | Slot::Near | Slot::Countryside | Slot::To | Slot::From | Slot::Launch)))
        };
        let clitic = form.preposition.is_some_and(|c| of_place(self.passage.language.lexicon.get(c.encode_utf8(&mut [0; 4]))));
        clitic || i.checked_sub(1).and_then(|b| self.hit_over(b)).is_some_and(|h| of_place(h.values))
    }

    fn believable(&self, first: usize, last: usize, form: &Form, places: &[PlaceId], hit: Option<&Hit<Entry>>, noun: bool) -> bool {
        if let Some(hit) = hit {
            let same = hit.first == first && hit.last == last;
            let state = hit.values.iter().any(|e| matches!(e, Entry::ActorName(_)));
            if hit.last > last || hit.first < first && hit.last >= first || same && !state {
                return false;
            }
        }
        let largest = places.iter().map(|p| self.gazetteer.place(*p)).map(|p| (p.population, p.kind, p.id.starts_with("marsad:"))).max_by_key(|p| p.0);
        let listed = places.iter().any(|p| {
            let place = self.gazetteer.place(*p);
            place.id.starts_with("marsad:") || matches!(place.kind, Kind::Country | Kind::Admin1)
        });
        if first == last && self.is_stop(first) {
            return false;
        }
        if noun || last > first || listed {
            return true;
        }
        let people = largest.map_or(0, |l| l.0);
        let short = self.passage.words.folded(first).chars().count() < 3;
        let arabic = self.passage.language.grammar.verb_first;
        if !self.cased && !arabic {
            return people >= KNOWN_UNMARKED * 4 && !short;
        }
        !short && (people >= KNOWN_UNMARKED * if arabic { 2 } else { 1 } || self.marked(first, form))
    }
}

/// The words from here that may make up a name, hyphens and apostrophes between them stepped over, and their indices.
fn name_words<'w>(words: &'w Words, i: usize, form: &'w Form) -> (Vec<usize>, Vec<&'w str>) {
    let (mut indices, mut name) = (vec![i], vec![form.core.as_str()]);
    let mut j = i + 1;
    while name.len() < LONGEST_NAME {
        match words.get(j) {
            Some(w) if w.newline_before => break,
            Some(w) if w.kind == WordKind::Letters => {
                indices.push(j);
                name.push(words.folded(j));
            }
            Some(w) if w.kind == WordKind::Number && !name.is_empty() => {
                indices.push(j);
                name.push(words.folded(j));
            }
            Some(_) if matches!(words.folded(j), "-" | "‐" | "–" | "’" | "'") && words.get(j + 1).is_some_and(|n| !n.newline_before) => {}
            _ => break,
        }
        j += 1;
    }
    (indices, name)
}
