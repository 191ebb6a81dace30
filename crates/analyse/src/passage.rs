//! A passage: a report's text cut into sentences of items, with the places, times and numbers it names.

use crate::item::{Item, Mark};
use crate::naming::Naming;
use crate::place::PlaceMention;
use crate::spelt::Spelt;
use crate::victim::Victim;
use marsad_expression::{Age, NumberExpression, TimeExpression};
use marsad_gazetteer::Gazetteer;
use marsad_knowledge::{Entry, Knowledge, LanguageKnowledge, PartOfSpeech, Saying, Slot, Trigger};
use marsad_model::Span;
use marsad_tagger::Tagging;
use marsad_text::{Case, Hit, Sentence, WordKind, Words};

/// The longest evidence in code points: what a reader takes in at a glance, and no more of the report than that.
const EVIDENCE: usize = 600;

/// A text, read word by word.
pub(crate) struct Passage<'k, 't> {
    pub(crate) text: &'t str,
    pub(crate) knowledge: &'k Knowledge,
    pub(crate) gazetteer: &'static Gazetteer,
    pub(crate) language: &'k LanguageKnowledge,
    /// The report's day, where known.
    pub(crate) day: Option<jiff::civil::Date>,
    pub(crate) words: Words,
    pub(crate) sentences: Vec<Sentence>,
    /// A row of items for each sentence.
    pub(crate) rows: Vec<Vec<Item>>,
    /// Every stretch that names an actor, in text order.
    pub(crate) namings: Vec<Naming>,
    pub(crate) places: Vec<PlaceMention>,
    /// Names of actors that are spelled like a listed one, in text order.
    pub(crate) spelt: Vec<Spelt>,
    pub(crate) times: Vec<TimeExpression>,
    pub(crate) numbers: Vec<NumberExpression>,
    pub(crate) ages: Vec<Age>,
    /// Persons named as harmed, in text order.
    pub(crate) victims: Vec<Victim>,
    /// What the tagger takes for names.
    pub(crate) tagging: Tagging,
}

/// Items from a word for a strike to the preposition and weapon that it was done with.
const STRIKE_REACH: usize = 4;

/// What stands at a word: a phrase of the lexicon, a time, a number or a place, and up to which word.
enum Piece<'h, 'k> {
    Hit(&'h Hit<'k, Entry>),
    Time(usize),
    Number(usize),
    Place(usize),
}

impl Passage<'_, '_> {
    /// Lay out every sentence as a row of items.
    pub(crate) fn lay_out(&mut self, hits: &[Hit<Entry>]) {
        let sentences = std::mem::take(&mut self.sentences);
        self.rows = sentences.iter().map(|s| self.row(s, hits)).collect();
        self.sentences = sentences;
    }

    /// The actor that a name is one of.
    pub(crate) fn actor(&self, name: u32) -> Option<u32> {
        self.knowledge.actors.names.get(name as usize).map(|n| n.actor)
    }

    /// The names of actors inside an item.
    pub(crate) fn namings_in(&self, item: &Item) -> impl Iterator<Item = &Naming> {
        let from = self.namings.partition_point(|n| n.first < item.first);
        let last = item.last;
        self.namings[from..].iter().take_while(move |n| n.last <= last)
    }

    fn row(&self, sentence: &Sentence, hits: &[Hit<Entry>]) -> Vec<Item> {
        let mut row = Vec::new();
        let (mut i, mut depth) = (sentence.words.start, 0u32);
        while i < sentence.words.end {
            let word = self.words[i];
            // "Three children, aged 3, 5 and 9, were killed", "a 12-year-old boy": ages count nobody and part nothing. How old a
            // named person is is asked for by his name.
            if let Some(end) = self.age_between(i) {
                i = end;
                continue;
            }
            if word.kind == WordKind::Mark {
                self.mark(i, &mut depth, &mut row);
                i += 1;
                continue;
            }
            let from = row.len();
            // "more than 20", «ما بين 7 و12»: the hedge belongs to the number and marks nothing else.
            if let Some(hedge) = self.hedge_at(word.span).filter(|h| !self.is_counted(i, *h, hits)) {
                if hedge.start > word.span.start {
                    self.written_clitics(i, Span { start: word.span.start, end: hedge.start }, &mut row);
                }
                i += 1;
                continue;
            }
            let last = match self.piece(i, hits) {
                Some(piece) => self.lay(i, &piece, &mut row),
                None => {
                    row.push(Item::new(i, i, word.span));
                    i
                }
            };
            for item in row.get_mut(from..).into_iter().flatten() {
                item.aside = depth > 0;
            }
            i = last.max(i) + 1;
        }
        self.spare_names(sentence, &mut row);
        self.spare_weapons(&mut row);
        row
    }

    /// "The Free Hand group", "Hit": a verb that has a capital in the middle of a sentence is part of a name, but in a
    /// headline, where all words have one.
    fn spare_names(&self, sentence: &Sentence, row: &mut [Item]) {
        let is = |i: usize, case: Case| self.words[i].kind == WordKind::Letters && self.words[i].case == case;
        let count = |case: Case| sentence.words.clone().filter(|&i| is(i, case)).count();
        if !self.words.cased() || count(Case::Lower) < count(Case::Title) {
            return;
        }
        for at in 1..row.len() {
            let opens =
                row[at - 1].mark == Some(Mark::Stop) || row[at].first.checked_sub(1).is_none_or(|b| self.words[b].kind == WordKind::Mark);
            if row[at].first == row[at].last && is(row[at].first, Case::Title) && !opens {
                let triggers = &self.language.triggers;
                let verb = |e: &Entry| matches!(e, Entry::Trigger { row, .. } if triggers[*row as usize].pos == PartOfSpeech::Verb);
                row[at].entries.retain(|e| !verb(e));
            }
        }
    }

    /// «استهدفت مسيرة سيارة», «خرجت مسيرة»: a word that is a weapon only beside a word for a strike.
    fn spare_weapons(&self, row: &mut [Item]) {
        let strikes = |i: &Item, test: &dyn Fn(&Trigger) -> bool| i.triggers().any(|(t, _)| test(&self.language.triggers[t as usize]));
        let strike = |i: &Item| strikes(i, &|t| t.frame == "strike");
        // «أسقطت القوات مسيرة»: no march is shot down.
        let downed = |i: &Item| strikes(i, &|t| t.event_type.is_some_and(|t| t.kind() == "interception"));
        for at in 0..row.len() {
            let by = at.checked_sub(1).filter(|b| row[*b].clitic);
            let far = at.saturating_sub(STRIKE_REACH);
            let from = if by.is_some() { far } else { at.saturating_sub(1) };
            if !(row[from..at].iter().any(strike) || row[far..at].iter().any(downed)) {
                row[at].entries.retain(|e| !matches!(e, Entry::Means(m) if m.strikes));
            }
        }
    }

    /// Is the word what is counted, between its number and the hedge: «تسعة مدنيين على الأقل»?
    fn is_counted(&self, i: usize, hedge: Span, hits: &[Hit<Entry>]) -> bool {
        let behind = self.numbers.iter().any(|n| n.hedge == Some(hedge) && n.span.end <= hedge.start);
        let counted = |e: &Entry| matches!(e, Entry::People { .. } | Entry::Trigger { .. });
        behind && hits.binary_search_by_key(&i, |h| h.first).is_ok_and(|at| hits[at].values.iter().any(counted))
    }

    /// The hedge of a number that this word belongs to.
    fn hedge_at(&self, word: Span) -> Option<Span> {
        let next = self.numbers.partition_point(|n| n.span.end <= word.start);
        let near = [next.checked_sub(1), Some(next)].into_iter().flatten().filter_map(|n| self.numbers.get(n)?.hedge);
        near.into_iter().find(|h| h.start < word.end && word.end <= h.end)
    }

    /// The longest of what starts at this word; of equally long ones times before phrases, phrases before the rest.
    fn piece<'h, 'k>(&self, i: usize, hits: &'h [Hit<'k, Entry>]) -> Option<Piece<'h, 'k>> {
        let hit = hits.binary_search_by_key(&i, |h| h.first).ok().map(|at| &hits[at]);
        let time = self.times.binary_search_by_key(&i, |t| t.first).ok();
        let number = self.numbers.binary_search_by_key(&i, |n| n.first).ok();
        let place = self.places.binary_search_by_key(&i, |p| p.first).ok();
        let mut best: Option<(usize, u8, Piece)> = None;
        let mut offer = |last: usize, rank: u8, piece| {
            if best.as_ref().is_none_or(|(l, r, _)| (last, rank) > (*l, *r)) {
                best = Some((last, rank, piece));
            }
        };
        if let Some(hit) = hit {
            offer(hit.last, 2, Piece::Hit(hit));
        }
        if let Some(n) = number {
            // «مئتي شخص» are two hundred; folded, the word is written as «ميتي».
            let counts = hit.is_some_and(|h| h.last == self.numbers[n].last && h.values.iter().all(|e| matches!(e, Entry::People { .. })))
                && hits.iter().any(|h| h.first == self.numbers[n].last + 1 && h.values.iter().any(|e| matches!(e, Entry::People { .. })));
            offer(self.numbers[n].last, if counts { 3 } else { 1 }, Piece::Number(n));
        }
        if let Some(p) = place {
            // A state's name is both; the row keeps both and the slot decides.
            // After a place noun («مدينة تدمر») the name is a place, whatever verb is written like it.
            // So it is after a preposition: «شمال شرقي تدمر».
            let verb = |h: &Hit<Entry>| h.values.iter().all(|e| self.is_verb(*e));
            let both = hit.is_some_and(|h| h.last == self.places[p].last && !verb(h)) && self.places[p].noun.is_none();
            let rank = if both { 0 } else { 3 };
            offer(self.places[p].last, rank, Piece::Place(p));
        }
        if let Some(t) = time {
            offer(self.times[t].last, 4, Piece::Time(t));
        }
        best.map(|(_, _, piece)| piece)
    }

    /// Is the entry one of a verb that tells of a happening?
    pub(crate) fn is_verb(&self, entry: Entry) -> bool {
        matches!(entry, Entry::Trigger { row, .. } if self.language.triggers[row as usize].pos == PartOfSpeech::Verb)
    }

    /// Put what stands at a word into the row, the clitics written with it before it; gives back its last word.
    fn lay(&self, i: usize, piece: &Piece, row: &mut Vec<Item>) -> usize {
        let (last, span, form) = match piece {
            Piece::Hit(h) => (h.last, h.span, Some(&h.form)),
            Piece::Place(p) => (self.places[*p].last, self.places[*p].span, Some(&self.places[*p].form)),
            Piece::Time(t) => (self.times[*t].last, self.times[*t].span, None),
            Piece::Number(n) => (self.numbers[*n].last, self.numbers[*n].span, None),
        };
        let clitics = Span { start: self.words[i].span.start, end: span.start.max(self.words[i].span.start) };
        if let Some(form) = form {
            if form.conjunction {
                clitic(i, clitics, Entry::Marker(Slot::And), row);
            }
            if let Some(letter) = form.preposition {
                for entry in self.language.lexicon.get(letter.encode_utf8(&mut [0; 4])) {
                    clitic(i, clitics, *entry, row);
                }
            }
        } else if !clitics.is_empty() {
            self.written_clitics(i, clitics, row);
        }
        let mut item = Item::new(i, last, span);
        match piece {
            Piece::Hit(h) => {
                item.entries = self.entries(h);
                // "the correspondent" goes back to someone and is still a correspondent.
                if h.last > i && item.refers().is_some() {
                    let inner = self.language.lexicon.at(self.text, &self.words, i + 1);
                    item.entries.extend(inner.iter().filter(|x| x.last == h.last).flat_map(|x| self.entries(x)));
                }
                (item.article, item.pronoun) = (h.form.article, h.form.after > 0);
                item.place = self.places.binary_search_by_key(&i, |p| p.first).ok().filter(|p| self.places[*p].last == h.last);
            }
            Piece::Place(p) => item.place = Some(*p),
            Piece::Time(t) => item.time = Some(*t),
            Piece::Number(n) => item.number = Some(*n),
        }
        row.push(item);
        last
    }

    /// What a phrase may be in this report, by how it is written and when.
    fn entries(&self, hit: &Hit<Entry>) -> Vec<Entry> {
        let allowed = |e: &Entry| self.language.allowed(&self.knowledge.actors, self.day, *e, &self.words, hit);
        hit.values.iter().copied().filter(allowed).collect()
    }

    /// The clitics before a number or time, whose finder has left them out of its span: «و23», «بـ7».
    fn written_clitics(&self, i: usize, span: Span, row: &mut Vec<Item>) {
        for c in marsad_text::fold(span.of(self.text)).chars() {
            for entry in self.language.lexicon.get(c.encode_utf8(&mut [0; 4])) {
                clitic(i, span, *entry, row);
            }
        }
    }

    fn mark(&self, i: usize, depth: &mut u32, row: &mut Vec<Item>) {
        let mut item = Item::new(i, i, self.words[i].span);
        match self.words.folded(i) {
            "(" | "[" => *depth += 1,
            ")" | "]" => *depth = depth.saturating_sub(1),
            "," | "،" => item.mark = Some(Mark::Comma),
            ";" | "؛" | ":" | "–" | "—" | "…" => item.mark = Some(Mark::Stop),
            "." if i + 1 < self.words.len() => item.mark = Some(Mark::Stop),
            "-" if self.words[i].space_before => item.mark = Some(Mark::Stop),
            _ => {}
        }
        if item.mark.is_some() && *depth == 0 {
            row.push(item);
        }
    }

    /// The name inside this span that is spelled like a listed one.
    pub(crate) fn spelt_in(&self, span: Span) -> Option<&Spelt> {
        self.spelt.get(self.spelt.partition_point(|s| s.span.start < span.start)).filter(|s| span.contains(s.span))
    }

    /// A row for a person to read: each item with what it may be.
    pub(crate) fn show(&self, row: &[Item]) -> String {
        let one = |item: &Item| {
            let mut what: Vec<String> = Vec::new();
            if let Some(party) = &item.party {
                let actor = party.actor.map_or("people", |a| self.knowledge.actors.list[a as usize].id.as_str());
                what.push(format!("party:{actor}"));
            }
            if let Some(p) = item.place {
                let place = &self.places[p];
                what.push(format!("place:{}", place.choice.as_ref().map_or("?", |c| c.id.as_str())));
            }
            what.extend(item.entries.iter().filter_map(|e| self.label(*e)));
            what.dedup();
            what.extend(item.time.map(|_| "time".to_owned()));
            what.extend(item.number.map(|_| "number".to_owned()));
            let words = item.span.of(self.text);
            let words = if item.aside { format!("({words})") } else { words.to_owned() };
            if what.is_empty() { words } else { format!("[{words} {}]", what.join(" ")) }
        };
        row.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    /// What a phrase may be, for a person to read; nothing for what the party already says.
    fn label(&self, entry: Entry) -> Option<String> {
        let lower = |d: &dyn std::fmt::Debug| format!("{d:?}").to_lowercase();
        Some(match entry {
            Entry::Trigger { row, .. } => {
                let trigger = &self.language.triggers[row as usize];
                format!("trigger:{}", trigger.event_type.map_or_else(|| trigger.frame.clone(), |t| t.to_string()))
            }
            Entry::Marker(slot) => lower(&slot),
            Entry::Support(support) => format!("light:{}", lower(&support)),
            Entry::Means(means) => format!("means:{}", lower(&means.kind)),
            Entry::Saying(Saying::Cue(_, force)) => format!("says:{}", lower(&force)),
            Entry::Saying(Saying::Holder(kind)) => format!("voice:{}", lower(&kind)),
            Entry::Modality(cue) => format!("{}:{}", lower(&cue.effect), lower(&cue.scope)),
            Entry::Refers { refers, .. } => format!("back:{}", lower(&refers)),
            Entry::PlaceNoun { row } => format!("place-noun:{}", self.language.place_nouns[row as usize].kind),
            Entry::Cause(cue) => lower(&cue.kind),
            Entry::Accusation(whom) => format!("accused:{}", lower(&whom)),
            Entry::Thing => "thing".to_owned(),
            Entry::Blocked => "blocked".to_owned(),
            Entry::OtherField(_) => "other-field".to_owned(),
            Entry::PersonTitle { .. } => "title".to_owned(),
            Entry::OrganisationHead { .. } => "body".to_owned(),
            Entry::Source(_) => "source".to_owned(),
            Entry::ActorName(_) | Entry::People { .. } => return None,
        })
    }

    /// The sentence as evidence; where it runs on for pages, whole words of it around the trigger.
    pub(crate) fn evidence(&self, sentence: usize, trigger: Span) -> Span {
        let whole = self.sentences[sentence].span;
        let count = |span: Span| span.of(self.text).chars().count();
        if count(whole) <= EVIDENCE {
            return whole;
        }
        let (head, tail) = (Span { start: whole.start, end: trigger.start }, Span { start: trigger.end, end: whole.end });
        let (before, after) = (count(head), count(tail));
        let room = EVIDENCE.saturating_sub(count(trigger));
        let left = before.min((room / 2).max(room.saturating_sub(after)));
        let right = after.min(room - left);
        let at = |of: Span, n: usize| of.of(self.text).char_indices().nth(n).map_or(of.end, |(byte, _)| of.start + byte as u32);
        let (from, to) = (at(head, before - left), at(tail, right));
        let first = self.words.get(self.words.at_byte(from)).map_or(trigger.start, |w| w.span.start);
        let last = self.words.partition_point(|w| w.span.end <= to).checked_sub(1).map_or(trigger.end, |w| self.words[w].span.end);
        Span { start: first.min(trigger.start), end: last.max(trigger.end) }
    }
}

/// A clitic as an item of its own, before the word that it is written with.
fn clitic(i: usize, span: Span, entry: Entry, row: &mut Vec<Item>) {
    let mut item = Item::new(i, i, span);
    item.entries.push(entry);
    item.clitic = true;
    row.push(item);
}
