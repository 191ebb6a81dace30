//! Names of places that no gazetteer has, by the noun beside them or by how such names are built.

use super::PlaceMention;
use super::find::{Finder, is_sort};
use marsad_gazetteer::Match;
use marsad_knowledge::Entry;
use marsad_text::{Case, WordKind};

impl Finder<'_, '_, '_> {
    /// "The Tasnim refugee camp": a name that no gazetteer has, in front of the noun that says what sort of place it is.
    pub(super) fn unknown_before(&self, i: usize) -> Option<PlaceMention> {
        let words = &self.passage.words;
        // Where a sentence begins, a capital says nothing.
        let begins = i.checked_sub(1).is_none_or(|b| words[i].newline_before || words[b].kind == WordKind::Mark);
        let plain = |j: usize| words.get(j).is_some_and(|w| w.case == Case::Title) && self.nothing_known(j) && !self.in_expression(j);
        let starts = plain(i) || self.begins_name(i) && words[i].case == Case::Title && plain(i + 1);
        if !self.cased || self.passage.language.grammar.verb_first || begins || !starts || self.capital_before(i) {
            return None;
        }
        let mut last = self.hyphenated(i);
        while last < i + 3 && plain(last + 1) && !words[last + 1].newline_before {
            last = self.hyphenated(last + 1);
        }
        let hit = self.hit_over(last + 1).filter(|h| h.first == last + 1 && !words[last + 1].newline_before)?;
        let noun = hit.values.iter().find_map(|e| if let Entry::PlaceNoun { row } = e { Some(*row) } else { None })?;
        let sort = &self.passage.language.place_nouns[noun as usize];
        let named = matches!(sort.kind.as_str(), "quarter" | "camp" | "field" | "crossing" | "base") && words[last + 1].case == Case::Lower;
        let form = self.passage.language.lexicon.clitics().forms(words.folded(i)).into_iter().next()?;
        let ordinary = (i..=last).any(|w| self.passage.language.ordinary.contains(words.folded(w)));
        (named && !ordinary).then(|| self.mention(i, last, form, Vec::new(), false, Some(noun)))
    }

    /// A name that no gazetteer has, right after a noun that says it is a place: it still comes out, unlinked.
    pub(super) fn unknown(&self, i: usize, noun: Option<u32>) -> Option<PlaceMention> {
        let Some(noun) = noun else { return self.unknown_before(i) };
        let words = &self.passage.words;
        let kind = self.passage.language.place_nouns[noun as usize].kind.as_str();
        let named = matches!(kind, "settlement" | "quarter" | "camp" | "field" | "crossing");
        let plain = |j: usize| {
            words.get(j).is_some_and(|w| {
                w.kind == WordKind::Letters
                    && !self.in_expression(j)
                    && self.hit_over(j).is_none()
                    && !self.is_stop(j)
                    && (w.case == Case::Title || self.passage.language.grammar.verb_first)
            })
        };
        let begins = self.begins_name(i) && (plain(i + 1) || self.begins_name(i + 1)) && !words[i + 1].newline_before;
        // «حي الحاج يوسف»: after a noun without an article a title begins the name.
        let indefinite = i.checked_sub(1).and_then(|b| self.hit_over(b)).is_some_and(|h| !h.form.article);
        let title = |e: &Entry| matches!(e, Entry::PersonTitle { .. } | Entry::People { .. });
        let called = self.hit_over(i).is_some_and(|h| h.first == i && h.last == i && h.form.article && h.values.iter().any(title));
        let titled =
            named && self.passage.language.grammar.verb_first && indefinite && called && plain(i + 1) && !words[i + 1].newline_before;
        // «منطقة عين شيب»
        if !(begins || titled || named && plain(i)) || words[i].newline_before {
            return None;
        }
        let mut last = i;
        while !self.passage.language.grammar.verb_first && last < i + 2 && plain(last + 1) && !words[last + 1].newline_before {
            last += 1;
        }
        if begins || titled || self.second_word(i) {
            last = i + 1;
        }
        last = self.hyphenated(last);
        let form = self.passage.language.lexicon.clitics().forms(words.folded(i)).into_iter().next()?;
        // «حي سكني»: what sort of quarter it is, not what it is called; «مزرعة لتربية الدواجن»: what it is for.
        if self.is_ordinary(i, &form) || self.is_for(i, last) {
            return None;
        }
        // «المدينة القديمة»: behind a noun with its article a word with one is an adjective, if nothing else speaks for it.
        let definite = i.checked_sub(1).and_then(|b| self.hit_over(b)).is_some_and(|h| h.form.article);
        let doubtful = definite && self.has_article(i, &form);
        Some(PlaceMention { doubtful, ..self.mention(i, last, form, Vec::new(), false, Some(noun)) })
    }

    /// Does a preposition of one letter begin this word, and a noun with its article follow, as in «لتربية الدواجن»?
    fn is_for(&self, i: usize, last: usize) -> bool {
        let clitics = self.passage.language.lexicon.clitics();
        let prefixed = clitics.forms(self.passage.words.folded(i)).iter().any(|f| f.preposition.is_some());
        let followed = self.passage.words.get(i + 1).is_some_and(|w| w.kind == WordKind::Letters && !w.newline_before);
        prefixed && followed && clitics.without_article(self.passage.words.folded(last.max(i + 1))).is_some()
    }

    /// «عين شيب», «مدينة عين عيسى»: is the name only the beginning of another place's, which no list has?
    pub(super) fn goes_on(&self, first: usize, last: usize, noun: bool) -> bool {
        let before = (first < last).then(|| self.hit_over(first)).flatten();
        let bare = first == last || before.is_some_and(|h| h.last + 1 == last && h.values.iter().copied().any(is_sort));
        let next = self.passage.words.get(last + 1).is_some_and(|w| w.kind == WordKind::Letters && !w.newline_before);
        let ends = noun && self.passage.language.grammar.place_ends.iter().any(|e| e == self.passage.words.folded(last + 1));
        bare && next && (self.begins_name(last) && !self.is_stop(last + 1) || ends)
    }

    /// «معارة النعسان», «أورم الكبرى»: does the name that begins with this word go on with the next one, as far as its form
    /// tells? A word without an article is held by one with it, unless that tells of the place.
    pub(super) fn second_word(&self, i: usize) -> bool {
        let grammar = &self.passage.language.grammar;
        let (words, next) = (&self.passage.words, self.passage.words.folded(i + 1));
        let clitics = self.passage.language.lexicon.clitics();
        let definite = |at: usize| clitics.without_article(words.folded(at)).is_some();
        if !grammar.verb_first || words.get(i + 1).is_none_or(|w| w.newline_before) || grammar.place_tells.iter().any(|t| t == next) {
            return false;
        }
        let describes = grammar.thing_endings.iter().any(|e| next.ends_with(e.as_str()));
        let ends = grammar.place_ends.iter().any(|e| e == next);
        ends || !definite(i) && definite(i + 1) && !describes && self.nothing_known(i + 1)
    }

    /// «كفر لوسين»: is this a word that a second one follows in the names of places?
    pub(super) fn begins_name(&self, i: usize) -> bool {
        self.passage.language.grammar.place_heads.iter().any(|head| head == self.passage.words.folded(i))
    }

    /// "Wad al-Noura": the end of a name that goes on with a small word and a hyphen.
    fn hyphenated(&self, last: usize) -> usize {
        let words = &self.passage.words;
        // "Al-Fatira"
        let glued = |i: usize| words.folded(i) == "-" && !words[i].space_before;
        if words.get(last + 2).is_some_and(|name| glued(last + 1) && !name.space_before && name.case == Case::Title) {
            return last + 2;
        }
        let goes_on = words.get(last + 3).is_some_and(|name| {
            let small = words[last + 1].case == Case::Lower && words[last + 1].kind == WordKind::Letters && !words[last + 1].newline_before;
            small && glued(last + 2) && !name.space_before && name.case == Case::Title
        });
        if goes_on { last + 3 } else { last }
    }

    /// "Tall Rifaat": is a word with which names of several words begin all that was found, though the name goes on?
    pub(super) fn is_cut_short(&self, i: usize, found: Option<&Match>) -> bool {
        self.cased
            && !self.passage.language.grammar.verb_first
            && self.begins_name(i)
            && found.is_some_and(|m| m.last == i)
            && self.capital(i + 1)
    }
}
