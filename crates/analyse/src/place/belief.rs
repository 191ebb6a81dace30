//! How much a name by itself is to be believed to be that of a place.

use super::find::{Finder, is_sort};
use marsad_gazetteer::{Candidate as Listed, Likeness, Match, PlaceId, PlaceKind};
use marsad_knowledge::{Entry, Slot};
use marsad_text::{Case, Form, Hit, WordKind};

/// A name of one word that nothing marks as a place must be that of a place with so many people.
const KNOWN_UNMARKED: u32 = 50_000;
/// In a script without capitals, one that is marked must still be that of a place with so many.
const KNOWN_MARKED: u32 = 5_000;

/// Folded to yeh, which ends other words.
const ALEF_MAKSURA: char = '\u{649}';

/// How much a name by itself is to be believed to be that of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Belief {
    No,
    /// The word mostly means something else.
    Doubtful,
    /// Only where the rest of the report speaks of the same country or lists it among places.
    Weak,
    Firm,
}

impl Finder<'_, '_, '_> {
    /// Is there a preposition of place before this word, or does it stand as a tag of its own?
    fn marked(&self, i: usize, form: &Form) -> bool {
        // Nobody makes a tag of a word of everyday use.
        let tagged = i.checked_sub(1).is_some_and(|b| self.passage.words.folded(b) == "#") && !self.plain_noun(i);
        tagged || self.after_preposition(i, form)
    }

    /// Does what holds the place follow: «عفرين بريف حلب»?
    fn held(&self, last: usize) -> bool {
        let holds = |e: &Entry| match e {
            Entry::Marker(Slot::Countryside) => true,
            Entry::PlaceNoun { row } => {
                matches!(self.passage.language.place_nouns[*row as usize].kind.as_str(), "admin1" | "admin2")
            }
            _ => false,
        };
        let at = |i: usize| self.hit_over(i).filter(|h| h.first == i && !self.passage.words[i].newline_before);
        let within = at(last + 1).is_some_and(|h| h.values.iter().any(|e| matches!(e, Entry::Marker(Slot::In))));
        let here = |i: usize| at(i).is_some_and(|h| h.values.iter().any(holds));
        self.passage.language.grammar.verb_first && (here(last + 1) || within && here(last + 2))
    }

    /// Is there a preposition of place before this word?
    fn after_preposition(&self, i: usize, form: &Form) -> bool {
        let arabic = self.passage.language.grammar.verb_first;
        // «من», «إلى» and prepositions of one letter stand before any noun; they mark no place by themselves.
        let of_place = |e: &Entry| match e {
            Entry::Marker(Slot::In | Slot::Near | Slot::Countryside | Slot::Launch) => true,
            Entry::Marker(Slot::To | Slot::From) => !arabic,
            _ => false,
        };
        form.preposition.is_none() && i.checked_sub(1).and_then(|b| self.hit_over(b)).is_some_and(|h| h.values.iter().any(of_place))
    }

    /// Is the word, its article on, a noun of everyday use as far as knowledge tells ("the field", "the square")?
    fn plain_noun(&self, i: usize) -> bool {
        let entries = self.passage.language.lexicon.get(self.passage.words[i].span.of(self.passage.text));
        entries.iter().any(|e| {
            matches!(e, Entry::PlaceNoun { .. } | Entry::People { .. } | Entry::OrganisationHead { .. } | Entry::PersonTitle { .. })
        })
    }

    pub(super) fn believable(&self, (found, form): (&Match, &Form), places: &[Listed], hit: Option<&Hit<Entry>>, noun: bool) -> Belief {
        let (first, last, sounds) = (found.first, found.last, found.likeness == Likeness::Sounds);
        if let Some(hit) = hit {
            let same = hit.first == first && hit.last == last;
            let state = hit.values.iter().any(|e| matches!(e, Entry::ActorName(_)));
            // «مدينة الميادين»: after a word for a place, what else the name may mean is nothing.
            let other = hit.values.iter().any(|e| matches!(e, Entry::Trigger { .. } | Entry::Thing));
            // «شمال شرقي تدمر»: no verb follows a preposition.
            let verb = hit.values.iter().all(|e| self.passage.is_verb(*e)) && self.after_preposition(first, form);
            if hit.last > last || hit.first < first && hit.last >= first || same && !state && !(noun && other || verb) {
                return Belief::No;
            }
        }
        let listed_with_article = places.iter().any(|p| p.with_article);
        let places: Vec<_> = places.iter().map(|p| self.gazetteer.place(p.place)).collect();
        let listed = places.iter().any(|p| matches!(p.id, PlaceId::Own(_)) || matches!(p.kind, PlaceKind::Country | PlaceKind::Admin1));
        // "is a", «قبل أن»: somewhere a village is called so.
        let letters = |i: &usize| self.passage.words[*i].kind == WordKind::Letters;
        if (first..=last).filter(letters).all(|i| self.is_stop(i)) {
            return Belief::No;
        }
        // «في الجبل على القرية» is not the place whose name folds to the same letters, «جبل علي»: it says on what.
        let on = |i: usize| {
            let written = self.passage.words[i].span.of(self.passage.text);
            written.ends_with(ALEF_MAKSURA) && self.hit_over(i).is_some_and(|h| h.values.iter().any(|e| matches!(e, Entry::Marker(_))))
        };
        if last > first && on(last) {
            return Belief::No;
        }
        // "The call" is no place: the last word of a name has a capital, too.
        let sort = last > first && self.hit_over(last).is_some_and(|h| h.first == last && h.values.iter().copied().any(is_sort));
        if self.cased && !sort && self.passage.words[last].case == Case::Lower {
            return Belief::No;
        }
        let arabic = self.passage.language.grammar.verb_first;
        // A word inside a tag or an account's name is a piece of something else.
        let glued = first.checked_sub(1).filter(|_| !self.passage.words[first].space_before).map(|b| self.passage.words.folded(b));
        if !noun && matches!(glued, Some("_" | "@")) {
            return Belief::No;
        }
        if last == first && !noun && self.is_ordinary(first, form) {
            // «في سيول» is the city, «في السيول» the floods.
            let other = arabic && self.has_article(first, form) && !listed_with_article;
            if other || !self.after_preposition(first, form) {
                return if arabic { Belief::No } else { Belief::Doubtful };
            }
        }
        if sounds && !noun {
            return if self.marked(first, form) { Belief::Firm } else { Belief::Weak };
        }
        if noun || last > first || self.held(last) || listed && !arabic || listed && self.marked(first, form) && !self.plain_noun(first) {
            return Belief::Firm;
        }
        let people = places.iter().map(|p| p.population).max().unwrap_or(0);
        if self.passage.words.folded(first).chars().count() < 3 {
            return Belief::No;
        }
        if !self.cased && !arabic {
            return if people >= KNOWN_UNMARKED * 4 { Belief::Firm } else { Belief::No };
        }
        let known = people >= KNOWN_UNMARKED * if arabic { 2 } else { 1 };
        match (known, self.marked(first, form)) {
            (true, _) => Belief::Firm,
            (false, true) if !arabic || people >= KNOWN_MARKED => Belief::Firm,
            _ => Belief::Weak,
        }
    }
}
