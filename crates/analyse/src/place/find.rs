//! Finding names of places.

use super::PlaceMention;
use super::belief::Belief;
use crate::passage::Passage;
use marsad_gazetteer::{Candidate as Listed, Gazetteer, Match, PlaceId};
use marsad_knowledge::{Entry, Slot};
use marsad_model::{Report, Span};
use marsad_text::{Case, Form, Hit, WordKind};

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
    let kept: Vec<bool> = (0..found.len()).map(|i| finder.stands(&found, i)).collect();
    let mut kept = kept.into_iter();
    found.retain(|_| kept.next().unwrap_or(true));
    found
}

/// The place that these words name, which are known to be the name of one: what the gazetteer has under it, or nothing but
/// the name.
pub(crate) fn named(gazetteer: &Gazetteer, passage: &Passage, hits: &[Hit<Entry>], first: usize, last: usize) -> Option<PlaceMention> {
    let cased = passage.words.iter().any(|w| matches!(w.case, Case::Title | Case::Upper));
    let finder = Finder { gazetteer, passage, hits, cased };
    if finder.says_the_sort(first, last) {
        return None;
    }
    if let Some((found, form, listed)) =
        (first..=last).find_map(|i| finder.longest(i, None).filter(|(m, ..)| m.last <= last && !finder.says_the_sort(i, m.last)))
    {
        // «سجن الأمن المركزي»: the adjective is no place of that name.
        let head = |e: &Entry| matches!(e, Entry::OrganisationHead { .. });
        let of_body = found.first.checked_sub(1).and_then(|b| finder.hit_over(b)).is_some_and(|h| h.values.iter().any(head));
        if of_body && found.first == found.last && finder.is_ordinary(found.first, &form) && finder.has_article(found.first, &form) {
            return None;
        }
        return Some(finder.mention(found.first, found.last, form, listed, found.with_article, finder.noun_before(found.first)));
    }
    let form = passage.language.lexicon.clitics().forms(passage.words.folded(first)).into_iter().next()?;
    Some(finder.mention(first, last, form, Vec::new(), false, finder.noun_before(first)))
}

pub(super) fn is_sort(entry: Entry) -> bool {
    matches!(entry, Entry::PlaceNoun { .. })
}

pub(super) struct Finder<'a, 'k, 't> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) passage: &'a Passage<'k, 't>,
    pub(super) hits: &'a [Hit<'k, Entry>],
    /// Does the text use capitals?
    pub(super) cased: bool,
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
        if let Some((found, form, mut listed)) = self.longest(i, hit) {
            let stop = self.abbreviated(i, found.last, &mut listed);
            // "The village of Qarn Khayalan": a listed name that is only the beginning of it is another place's.
            // "Near the vegetable market": a noun that says what sort of place it is names none by itself.
            let sort =
                hit.is_some_and(|h| h.first <= i && found.last <= h.last && h.values.iter().any(|e| matches!(e, Entry::PlaceNoun { .. })));
            if sort && !listed.iter().any(|l| matches!(self.gazetteer.place(l.place).id, PlaceId::Own(_))) {
                return None;
            }
            // "The Bab Marouf crossing"
            if noun.is_none()
                && self.capital(found.last + 1)
                && let Some(whole) = self.unknown_before(i)
            {
                return Some(whole);
            }
            let cut_off = noun.is_some() && self.cased && !stop && self.capital(found.last + 1);
            if listed.is_empty() || cut_off || self.goes_on(i, found.last, noun.is_some()) {
                return self.unknown(i, noun);
            }
            match self.believable((&found, &form), &listed, hit, noun.is_some()) {
                Belief::No => {}
                belief => {
                    let mention = self.mention(i, found.last + usize::from(stop), form, listed, found.with_article, noun);
                    return Some(PlaceMention { weak: belief != Belief::Firm, belief, ..mention });
                }
            }
        }
        self.unknown(i, noun)
    }

    /// Are these words a noun that says what sort a place is, and nothing else?
    fn says_the_sort(&self, first: usize, last: usize) -> bool {
        self.hit_over(first).is_some_and(|h| h.first <= first && last <= h.last && h.values.iter().copied().any(is_sort))
    }

    /// The longest listed name that starts here, in the reading of the word that takes fewest clitics off.
    fn longest(&self, i: usize, hit: Option<&Hit<Entry>>) -> Option<(Match, Form, Vec<Listed>)> {
        let words = &self.passage.words;
        let mut best: Option<(Match, Form, Vec<Listed>)> = None;
        let mut found = Vec::new();
        self.passage.language.lexicon.clitics().each_before(words.folded(i), &mut |reading| {
            self.gazetteer.matches_from(words, i, reading.core, reading.article, &mut found);
            // A longer name that is nobody's gives way to a shorter one: "Deir ez-Zor countryside" to "Deir ez-Zor".
            let listed = found.iter().position(|m| self.gazetteer.candidates(m).next().is_some());
            found.drain(..listed.unwrap_or(0));
            if let Some(m) = found.first()
                && best.as_ref().is_none_or(|(b, f, _)| m.last > b.last || m.last == b.last && reading.before < f.before)
            {
                best = Some((*m, reading.form(), self.of_length(&found)));
            }
        });
        if best.is_none()
            && hit.is_none()
            && words[i].case == Case::Title
            && !self.is_stop(i)
            && !self.passage.language.ordinary.contains(words.folded(i))
            || self.is_cut_short(i, best.as_ref().map(|b| &b.0))
        {
            self.gazetteer.similar_at(words, i, &mut found);
            let form = self.passage.language.lexicon.clitics().forms(words.folded(i)).into_iter().next()?;
            let longer = found.first().filter(|m| best.as_ref().is_none_or(|b| m.last > b.0.last));
            best = longer.map(|m| (*m, form, self.of_length(&found))).or(best);
        }
        best
    }

    /// The places of all matches that are as long as the first.
    fn of_length(&self, found: &[Match]) -> Vec<Listed> {
        let longest = found.iter().take_while(|m| m.last == found[0].last);
        let mut listed: Vec<Listed> = Vec::new();
        for place in longest.flat_map(|m| self.gazetteer.candidates(m)) {
            match listed.iter_mut().find(|l| l.place == place.place) {
                Some(known) => {
                    known.with_article |= place.with_article;
                    known.without_article |= place.without_article;
                    known.alternate &= place.alternate;
                    known.abbreviation &= place.abbreviation;
                }
                None => listed.push(place),
            }
        }
        listed
    }

    /// Abbreviations count only where they are written as such and stand after a comma or a preposition; is the stop that
    /// ends one a word of its own?
    fn abbreviated(&self, first: usize, last: usize, listed: &mut Vec<Listed>) -> bool {
        if !listed.iter().any(|l| l.abbreviation) {
            return false;
        }
        let words = &self.passage.words;
        let comma = first.checked_sub(1).is_some_and(|b| words.folded(b) == ",");
        let after = comma || first.checked_sub(1).is_some_and(|b| words[b].case == Case::Lower);
        let apart = words.get(last + 1).is_some_and(|w| !w.space_before) && words.folded(last + 1) == ".";
        let within = words[last].span.of(self.passage.text).ends_with('.');
        let bare = comma && words[last].case == Case::Upper;
        if after && (apart || within || bare) {
            return apart;
        }
        listed.retain(|l| !l.abbreviation);
        false
    }

    /// May the name stand, now that all names of the text are known? One that mostly means something else only where what
    /// holds it follows or another mention of it is marked as a place; and none inside a longer name in capitals.
    fn stands(&self, found: &[PlaceMention], i: usize) -> bool {
        let mention = &found[i];
        if mention.belief == Belief::Firm || !self.cased {
            return true;
        }
        let words = &self.passage.words;
        let followed = words.folded(mention.last + 1) == "," && found.get(i + 1).is_some_and(|next| next.first == mention.last + 2);
        if followed {
            return true;
        }
        // In a list that begins with a place, the others are places, too.
        let conjoined = |m: &PlaceMention| {
            m.belief == Belief::Firm && m.last + 2 == mention.first && (words.folded(m.last + 1) == "," || self.joins(m.last + 1))
        };
        if i.checked_sub(1).is_some_and(|b| conjoined(&found[b])) && !self.capital(mention.last + 1) {
            return true;
        }
        let inside = self.capital_before(mention.first) || self.capital(mention.last + 1);
        let elsewhere =
            || found.iter().any(|m| m.belief == Belief::Firm && marsad_text::fold(&m.written) == marsad_text::fold(&mention.written));
        !inside && (mention.belief == Belief::Weak || elsewhere())
    }

    fn joins(&self, i: usize) -> bool {
        self.hit_over(i).is_some_and(|h| h.values.iter().any(|e| matches!(e, Entry::Marker(Slot::And))))
    }

    /// Is this a word with a capital that nothing is known of, written on without a mark?
    pub(super) fn capital(&self, i: usize) -> bool {
        let known = || self.hit_over(i).is_some() || self.is_stop(i);
        self.passage.words.get(i).is_some_and(|w| w.case == Case::Title && !w.newline_before && w.kind == WordKind::Letters) && !known()
    }

    /// Is this a word on the same line that nothing is known of?
    pub(super) fn nothing_known(&self, i: usize) -> bool {
        let letters = self.passage.words.get(i).is_some_and(|w| w.kind == WordKind::Letters && !w.newline_before);
        letters && self.hit_over(i).is_none() && !self.is_stop(i) && !self.in_expression(i)
    }

    /// The same for the word before, unless it begins a sentence and has its capital from that.
    pub(super) fn capital_before(&self, i: usize) -> bool {
        let words = &self.passage.words;
        let Some(before) = i.checked_sub(1) else { return false };
        let begins = before.checked_sub(1).is_none_or(|b| words[before].newline_before || matches!(words.folded(b), "." | "?" | "!" | ":"));
        self.capital(before) && !words[i].newline_before && (!begins || self.passage.language.ordinary.contains(words.folded(before)))
    }

    pub(super) fn mention(
        &self,
        first: usize,
        last: usize,
        form: Form,
        candidates: Vec<Listed>,
        with_article: bool,
        noun: Option<u32>,
    ) -> PlaceMention {
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
            with_article,
            choice: None,
            noun,
            noun_precision: noun.map(|n| self.passage.language.place_nouns[n as usize].precision),
            carried: false,
            weak: false,
            doubtful: false,
            belief: Belief::Firm,
            derived: None,
            within: None,
        }
    }

    pub(super) fn in_expression(&self, i: usize) -> bool {
        let (times, numbers) = (&self.passage.times, &self.passage.numbers);
        // Neither times nor numbers overlap one another: only the last that begins here or before can reach so far.
        let time = times.partition_point(|t| t.first <= i).checked_sub(1).is_some_and(|t| i <= times[t].last);
        time || numbers.partition_point(|n| n.first <= i).checked_sub(1).is_some_and(|n| i <= numbers[n].last)
    }

    pub(super) fn hit_over(&self, i: usize) -> Option<&Hit<'_, Entry>> {
        let at = self.hits.partition_point(|h| h.first <= i).checked_sub(1)?;
        self.hits.get(at).filter(|h| h.last >= i)
    }

    pub(super) fn is_stop(&self, i: usize) -> bool {
        let folded = self.passage.words.folded(i);
        let bare = self.passage.language.lexicon.clitics().without_article(folded).unwrap_or(folded);
        self.passage.language.stop.contains(folded) || self.passage.language.stop.contains(bare)
    }

    /// Does the word, as it is read here, mostly mean something else than a place?
    pub(super) fn is_ordinary(&self, i: usize, form: &Form) -> bool {
        let (ordinary, clitics) = (&self.passage.language.ordinary, self.passage.language.lexicon.clitics());
        let bare = clitics.without_article(&form.core).unwrap_or(&form.core);
        ordinary.contains(self.passage.words.folded(i)) || ordinary.contains(bare)
    }

    pub(super) fn has_article(&self, i: usize, form: &Form) -> bool {
        let clitics = self.passage.language.lexicon.clitics();
        form.article || clitics.without_article(&form.core).is_some() || clitics.without_article(self.passage.words.folded(i)).is_some()
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
}
