//! One entry of a list: the name, with what stands before and after it.

use super::Victim;
use crate::item::{Item, Mark};
use crate::passage::Passage;
use marsad_expression::NumberExpression;
use marsad_knowledge::{Entry as Phrase, Slot, VictimWord};
use marsad_model::{Harm, PeopleGroup, PersonDetails, PersonStatus, Sex, Span};
use marsad_text::{Case, WordKind};

/// Letters of a name before which a conjunction is seen.
pub(super) const LONG_NAME: usize = 4;
/// As many, where nothing else stands between it and the name before.
pub(super) const SHORT_NAME: usize = 2;
/// Words of a name.
const LONGEST_NAME: usize = 6;
/// Items between a name and the age.
const AGE_REACH: usize = 4;
/// Nobody is older.
const OLDEST: f64 = 120.0;

/// A person in a list.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    name: Span,
    age: Option<u32>,
    sex: Option<Sex>,
    pub(super) kin: Option<String>,
    status: Option<PersonStatus>,
    /// A word for a person stands before the name: «الطفل».
    pub(super) noun: bool,
    /// A number or a dash stands before the line.
    pub(super) marked: bool,
    /// The item after it.
    pub(super) end: usize,
}

impl Entry {
    /// Does more than its place say that it is a person?
    pub(super) fn sure(&self) -> bool {
        self.age.is_some() || self.kin.is_some() || self.noun
    }

    pub(super) fn aged(&self) -> bool {
        self.age.is_some()
    }

    /// Is the name that of a place, and of no village that may as well be none?
    pub(super) fn is_place(&self, passage: &Passage, row: &[Item]) -> bool {
        row.iter().any(|i| self.name.contains(i.span) && i.place.is_some_and(|p| !passage.places[p].weak))
    }

    pub(super) fn victim(self, harm: Option<Harm>, status: Option<PersonStatus>, told_in: usize) -> Victim {
        let status = self.status.or(status);
        Victim { name: self.name, details: PersonDetails { age: self.age, sex: self.sex, kin: self.kin, harm, status }, told_in }
    }
}

/// Over the number or dash that marks a line of a list.
pub(super) fn skip_marker(row: &[Item]) -> (bool, usize) {
    let mut at = 0;
    while row.get(at).is_some_and(|i| i.mark.is_some() || at == 0 && i.number.is_some() && i.party.is_none()) {
        at += 1;
    }
    (at > 0, at)
}

/// The entry that begins at this item, with at least so many words of a name (one where kin or a noun stands before it and
/// an age after it).
pub(super) fn entry_at(passage: &Passage, row: &[Item], from: usize, least: usize, listed: bool) -> Option<Entry> {
    let mut entry = Entry { name: Span::new(0, 0), age: None, sex: None, kin: None, status: None, noun: false, marked: false, end: from };
    let mut at = before_name(passage, row, from, &mut entry);
    let first = at;
    // «زوجته هناء»: in a line of a list, what is written like a common word is a name after a word of kinship.
    let common = !listed && entry.kin.is_some();
    while at < row.len() && at - first < LONGEST_NAME && names(passage, &row[at], at == first, common && at == first) {
        if at > first && passage.age_parts(row, at) {
            break;
        }
        // «أحمد الخالد وإبراهيم المحمد»: the next one begins.
        if at - first >= 2 && joined(passage, &row[at], LONG_NAME) > 0 {
            break;
        }
        at += 1;
    }
    let words = row.get(first..at)?.iter().map(|i| i.last + 1 - i.first).sum::<usize>();
    entry.end = at;
    // "Ahmad, aged 12"; "12-year-old Ahmad", "the 12-year-old boy Ahmad"
    let number = at.checked_sub(1).and_then(|last| {
        let (noun, name, last) = (row.get(from)?.first, row.get(first)?.first, row.get(last)?.last);
        let of = |word| passage.age_before(word).filter(|_| !listed || !passage.age_is_inserted(word));
        passage.age_after(last).or_else(|| of(name)).or_else(|| of(noun))
    });
    entry.age = number.and_then(|n| whole_age(&passage.numbers[n]));
    let end = if entry.age.is_some() { at } else { age_after(passage, row, at, &mut entry) };
    let told = entry.kin.is_some() || entry.noun && entry.age.is_some();
    if words == 0 || words < least && !told {
        return None;
    }
    entry.end = end;
    entry.name = row[first].span.to(row[at - 1].span);
    if listed {
        let bare = first.checked_sub(1).is_some_and(|b| row[b].mark.is_none() && !row[b].is_marker(Slot::And));
        entry.name.start += joined(passage, &row[first], if bare { SHORT_NAME } else { LONG_NAME });
    }
    Some(entry)
}

/// Bytes of the conjunction written with a name of at least so many letters that goes on a list («وإبراهيم»). A short name that
/// begins so is its own: «وليد».
pub(super) fn joined(passage: &Passage, item: &Item, least: usize) -> u32 {
    let person = item.party.as_ref().is_some_and(|p| p.person);
    if !person && (!item.is_plain() || item.first != item.last) {
        return 0;
    }
    let forms = passage.language.lexicon.clitics().forms(passage.words.folded(item.first));
    let form = forms.into_iter().find(|f| f.conjunction && !f.article && f.preposition.is_none() && f.after == 0);
    let form = form.filter(|f| f.core.chars().count() >= least);
    let letters = usize::from(form.map_or(0, |f| f.before));
    item.span.of(passage.text).chars().take(letters).map(char::len_utf8).sum::<usize>() as u32
}

/// Nouns, kin and titles before the name.
fn before_name(passage: &Passage, row: &[Item], from: usize, entry: &mut Entry) -> usize {
    let mut at = from;
    while let Some(item) = row.get(at) {
        if item.mark.is_some() || item.party.as_ref().is_some_and(|p| p.person) {
            break;
        }
        let hits = passage.language.victims.at(passage.text, &passage.words, item.first);
        let owned = passage.language.grammar.possessives.is_empty();
        let cue = hits.iter().find_map(|h| {
            let cue = h.values.iter().find(|c| match c.word {
                VictimWord::Kin => !owned || h.form.after > 0,
                VictimWord::Noun => true,
                VictimWord::Intro | VictimWord::Age | VictimWord::Years | VictimWord::Near => false,
            })?;
            Some((h.last, h.span, *cue))
        });
        if let Some((last, span, cue)) = cue.filter(|_| !item.clitic) {
            entry.sex = entry.sex.or(cue.sex);
            if cue.word == VictimWord::Kin {
                // As written, its pronoun included.
                let end = passage.words.get(last).map_or(span.end, |w| w.span.end);
                entry.kin = Some(Span { start: span.start, end: end.max(span.end) }.of(passage.text).to_owned());
            } else {
                entry.noun = true;
            }
            if let Some(people) = item.people() {
                let people = &passage.language.people[people as usize];
                entry.status = Some(people.status).filter(|s| *s != PersonStatus::Unknown);
                entry.sex = entry.sex.or(match people.group {
                    Some(PeopleGroup::Women | PeopleGroup::Girls) => Some(Sex::Female),
                    Some(PeopleGroup::Men | PeopleGroup::Boys) => Some(Sex::Male),
                    _ => None,
                });
            }
            at += row[at..].iter().take_while(|i| i.first <= last).count().max(1);
        } else if item.is_title() && !is_name_link(passage, item) || item.clitic && at == from {
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// "bin", «أبو»: inside a name.
fn is_name_link(passage: &Passage, item: &Item) -> bool {
    item.is_title() && passage.words.folded(item.first).chars().count() <= 4 && item.first == item.last
}

/// May this be a word of a name?
fn names(passage: &Passage, item: &Item, first: bool, common: bool) -> bool {
    if item.party.as_ref().is_some_and(|p| p.person) {
        return !item.aside;
    }
    let word = passage.words[item.first];
    let folded = passage.words.folded(item.first);
    let uncased = passage.language.grammar.verb_first;
    let village = item.entries.is_empty() && item.place.is_some();
    // «العلي»: no preposition has an article.
    let marker = !first && item.article && item.entries.iter().all(|e| matches!(e, Phrase::Marker(_)));
    let link = is_name_link(passage, item) || marker;
    let shape = if uncased { word.case == Case::None } else { word.case == Case::Title || !first && folded.chars().count() <= 3 };
    // A first name has no article: «الشاب السوري» goes on with an adjective.
    let article = first && uncased && passage.language.lexicon.clitics().without_article(folded).is_some();
    (item.is_plain() || village || link)
        && item.party.is_none()
        && !item.aside
        && !item.clitic
        && shape
        && !article
        && word.kind == WordKind::Letters
        && (common || !passage.language.stop.contains(folded))
}

/// The age after the name, and the item after it.
fn age_after(passage: &Passage, row: &[Item], from: usize, entry: &mut Entry) -> usize {
    let mut at = from;
    while at < row.len() && at - from < AGE_REACH {
        let item = &row[at];
        if let Some(age) = age(passage, row, at) {
            entry.age = Some(age);
            return at + 1;
        }
        let cue = passage
            .language
            .victims
            .at(passage.text, &passage.words, item.first)
            .iter()
            .any(|h| h.values.iter().any(|c| c.word == VictimWord::Age));
        if !(cue && item.mark.is_none() || item.mark == Some(Mark::Comma) || item.aside || item.clitic) {
            break;
        }
        at += 1;
    }
    from
}

/// Is it a word that ages are counted in?
fn years(passage: &Passage, item: &Item) -> bool {
    let hits = passage.language.victims.at(passage.text, &passage.words, item.first);
    hits.iter().any(|h| h.values.iter().any(|c| c.word == VictimWord::Years))
}

/// An age: a length of years or months, or a bare number that counts nothing else.
fn age(passage: &Passage, row: &[Item], at: usize) -> Option<u32> {
    let item = &row[at];
    if let Some(time) = item.time {
        let value = passage.times[time].resolve(None).value;
        let (number, unit) = value.strip_prefix('P')?.split_at_checked(value.len().checked_sub(2)?)?;
        return match unit {
            "Y" => number.parse::<f64>().ok().filter(|n| (0.0..=OLDEST).contains(n)).map(|n| n as u32),
            "M" | "W" | "D" => Some(0),
            _ => None,
        };
    }
    let number = item.number.filter(|_| item.party.is_none()).map(|n| &passage.numbers[n])?;
    let counts = row.get(at + 1).is_some_and(|n| n.mark.is_none() && !n.clitic && n.aside == item.aside && !years(passage, n));
    whole_age(number).filter(|_| !counts)
}

/// A number as an age, where it can be one.
fn whole_age(number: &NumberExpression) -> Option<u32> {
    let age = number.min.filter(|n| number.max == Some(*n) && n.fract() == 0.0 && (0.0..=OLDEST).contains(n))?;
    Some(age as u32)
}
