//! The phrases of knowledge that stand in a text.

use crate::cue::{Saying, SayingKind};
use crate::language::{Entry, LanguageKnowledge};
use crate::{Actors, PartOfSpeech};
use jiff::civil::Date;
use marsad_text::{Case, Hit, Words};
use std::ops::RangeInclusive;

/// In a text without any capitals, an abbreviation of fewer letters is taken for a word.
const SHORT_IN_SMALL: usize = 4;

impl LanguageKnowledge {
    /// The phrases that stand in a text, none overlapping another: at each word the longest, and of equally long ones
    /// all that the same reading of the word allows.
    /// `day` is the report's, where known: names change hands. No phrase begins in one of the stretches `past`, which are in
    /// text order ("a 45-year-old man" is no old man).
    pub fn hits<'k>(
        &'k self,
        actors: &Actors,
        day: Option<Date>,
        text: &str,
        words: &Words,
        past: &[RangeInclusive<usize>],
    ) -> Vec<Hit<'k, Entry>> {
        let (mut hits, mut i) = (Vec::new(), 0);
        let mut careful = None;
        while i < words.len() {
            let at = past.partition_point(|p| *p.start() <= i).checked_sub(1);
            if let Some(stretch) = at.map(|at| &past[at]).filter(|p| p.contains(&i)) {
                i = stretch.end() + 1;
                continue;
            }
            let mut here = self.lexicon.at(text, words, i);
            here.retain(|h| h.values.iter().any(|e| self.allowed(actors, day, *e, words, h)));
            // «شقيقه» is his brother, «قتله» killed him, if they are not carelessly written for «شقيقة», a sister, and «قتلة», killers.
            let written = words[i].span.of(text);
            let holds = |h: &Hit<Entry>, of: fn(&Entry) -> bool| h.first == h.last && h.values.iter().any(of);
            let whole = |h: &Hit<Entry>| h.form.after == 0 && holds(h, |e| matches!(e, Entry::People { .. } | Entry::Blocked));
            let pronoun = |h: &Hit<Entry>| h.form.after > 0 && holds(h, |e| matches!(e, Entry::People { .. } | Entry::Trigger { .. }));
            if self.lexicon.clitics().may_be_pronoun(written)
                && here.first().is_some_and(whole)
                && let Some(other) = here.iter().position(pronoun)
                && *careful.get_or_insert_with(|| self.lexicon.clitics().is_careful(text))
            {
                here.swap(0, other);
            }
            let best = here.into_iter().next();
            match best {
                Some(hit) if self.name_crosses(actors, day, text, words, &hit) => i += 1,
                Some(hit) => {
                    i = hit.last + 1;
                    hits.push(hit);
                }
                None => i += 1,
            }
        }
        hits
    }

    /// Does a longer name of an actor begin inside this phrase and end after it? "the organisation" is none in "the
    /// Organisation of Islamic Cooperation".
    fn name_crosses(&self, actors: &Actors, day: Option<Date>, text: &str, words: &Words, hit: &Hit<Entry>) -> bool {
        let longer = |h: &Hit<Entry>| h.last > hit.last && h.last - h.first > hit.last - hit.first;
        let name = |h: &Hit<Entry>| h.values.iter().any(|e| matches!(e, Entry::ActorName(_)) && self.allowed(actors, day, *e, words, h));
        (hit.first + 1..=hit.last).any(|j| self.lexicon.at(text, words, j).iter().any(|h| longer(h) && name(h)))
    }

    /// Is this entry possible here, by how the word is written?
    pub fn allowed(&self, actors: &Actors, day: Option<Date>, entry: Entry, words: &Words, hit: &Hit<Entry>) -> bool {
        let case = words[hit.first].case;
        match entry {
            Entry::Refers { definite, .. } if definite => {
                let before = hit.first.checked_sub(1).map(|b| words.folded(b));
                return hit.form.article || before.is_some_and(|b| self.grammar.definite.iter().any(|d| d == b));
            }
            Entry::PersonTitle { definite: true } => return hit.form.article,
            // No verb has an article: «التابع» is no "he continued".
            Entry::Saying(Saying::Cue(SayingKind::Verb, _)) | Entry::Support(_) if hit.form.article => return false,
            // What is no word of ours is none as it stands: «قتلة» says nothing of «قتلته».
            Entry::Blocked if hit.form.after > 0 => return false,
            Entry::Trigger { row, .. } if hit.form.article => return self.triggers[row as usize].pos != PartOfSpeech::Verb,
            _ => {}
        }
        let Entry::ActorName(index) = entry else {
            // Outlets are called after common words ("the guardian"): only capitals tell them apart.
            return !matches!(entry, Entry::Source(_)) || case != Case::Lower;
        };
        let name = &actors.names[index as usize];
        // "A Russian-brokered deal", "the UN-backed government": what somebody had a part in is not him.
        let glued = |i: usize| words.get(i).is_some_and(|w| !w.space_before);
        let adjective =
            glued(hit.last + 1) && words.folded(hit.last + 1) == "-" && glued(hit.last + 2) && words[hit.last + 2].case == Case::Lower;
        if adjective {
            return false;
        }
        let plain = |i: usize| matches!(words[i].case, Case::Lower | Case::None);
        let lower = name.proper && words.cased() && (hit.first..=hit.last).all(plain);
        let bare = !hit.form.article && self.definite.contains(&index);
        // Where nothing stands in capitals, an abbreviation of four letters is hardly a word.
        let capitals = words.cased() || name.name.len() < SHORT_IN_SMALL;
        let small = name.capitals && case != Case::Upper && capitals;
        name.holds_on(day) && !lower && !bare && !small
    }
}
