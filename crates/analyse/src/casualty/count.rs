//! How many one word tells of: by its number, its ending, the pronoun on its verb, or because it stands for one.

use super::{NOT_STATED, NUMBER_REACH, ONE, TWO, Told, count_of};
use crate::draft::definite;
use crate::item::{Item, Party};
use crate::passage::Passage;
use marsad_knowledge::{Entry, PartOfSpeech, People, Slot};

/// How many people a party is: by its number, its dual, or because it is one person.
pub(super) fn how_many(passage: &Passage, row: &[Item], j: usize, party: &Party, people: Option<&People>) -> Told {
    // "a family of five" has its number; how many "two families" are is not said.
    let household = people.is_some_and(|p| p.kind == "household");
    if household && !party.head_count {
        return NOT_STATED;
    }
    if party.number.is_some() {
        return count_of(passage, party.number);
    }
    match people {
        Some(p) if is_dual(passage, row, j, &p.singular, &p.forms) => TWO,
        Some(p) if alone(passage, row, j, p) => ONE,
        None if party.person => ONE,
        // "Three were killed and a fourth was wounded"
        None if party.phrase && is_one_more(passage, row, j) => ONE,
        _ => NOT_STATED,
    }
}

/// Does the noun have the article, on it or before it?
pub(super) fn known_before(passage: &Passage, row: &[Item], j: usize) -> bool {
    let word = row[j].noun;
    let clitics = passage.language.lexicon.clitics();
    let before = word.checked_sub(1).map_or("", |b| passage.words.folded(b));
    let articles = passage.language.lexicon.get(before);
    clitics.without_article(passage.words.folded(word)).is_some()
        || definite(row, j)
        || before.len() > 2 && articles.contains(&Entry::Marker(Slot::Article))
}

/// The noun as it stands before an ending: «سيدة» turns into «سيدت».
fn stem(passage: &Passage, singular: &str) -> String {
    let letters: Vec<String> = passage.language.grammar.feminine.iter().map(|f| marsad_text::fold(f)).collect();
    let turned = match letters.as_slice() {
        [end, before_ending] => singular.strip_suffix(end.as_str()).map(|s| format!("{s}{before_ending}")),
        _ => None,
    };
    turned.unwrap_or_else(|| singular.to_owned())
}

/// Does the noun's ending mean two («رجلان», «سيدتين»)?
pub(super) fn is_dual(passage: &Passage, row: &[Item], j: usize, singular: &str, forms: &[String]) -> bool {
    let grammar = &passage.language.grammar;
    let clitics = passage.language.lexicon.clitics();
    let stem = stem(passage, singular);
    // «مدنيين» may be many, for «مدنيون» are; «رجلين» can only be two.
    let by_ending = grammar.plural.iter().any(|end| forms.iter().any(|f| f.strip_suffix(end.as_str()) == Some(stem.as_str())));
    let open: &[String] = if by_ending { &[] } else { &grammar.dual_or_plural };
    (row[j].first..=row[j].last).any(|w| {
        let word = passage.words.folded(w);
        clitics
            .forms_of("", word)
            .iter()
            .any(|form| grammar.dual.iter().chain(open).any(|end| form.core.strip_suffix(end.as_str()) == Some(stem.as_str())))
    })
}

/// Does the noun stand in the singular, alone, so that one person is meant («مدني», "a child", «الشاب»)?
fn alone(passage: &Passage, row: &[Item], j: usize, people: &People) -> bool {
    // "people", "troops": no singular.
    if people.forms.is_empty() {
        return false;
    }
    let grammar = &passage.language.grammar;
    // «وأصيب آخرون»: a noun that stands in the plural alone has no singular either; of «مدون» the plural is another word.
    let plural = |end: &String| people.singular.ends_with(end.as_str()) && !people.forms.contains(&format!("{}{end}", people.singular));
    if grammar.plural.iter().any(plural) {
        return false;
    }
    let singular = head_word(&people.singular, grammar.verb_first);
    let one = |word: &str| word == singular || grammar.singular.iter().any(|end| word.strip_suffix(end.as_str()) == Some(singular));
    // «زوجته»: one, whose the pronoun says.
    let stem = stem(passage, singular);
    let bare = |word: usize| {
        let forms = passage.language.lexicon.clitics().forms(passage.words.folded(word));
        forms.iter().any(|f| if f.after == 0 { one(&f.core) } else { row[j].pronoun && (one(&f.core) || f.core == stem) })
    };
    // «رئيس البلدية», "the head of the council": one word of several says how many they are.
    let first = if singular.len() < people.singular.len() { row[j].first } else { row[j].noun };
    let before = j.checked_sub(1).map(|b| &row[b]);
    let listed = before.is_some_and(|b| b.is_marker(Slot::Between));
    // "a drug smuggler"
    let owned = |b: &Item| grammar.possessives.iter().any(|p| passage.words.folded(b.last) == p);
    let described = before.filter(|b| b.is_plain() && !grammar.verb_first && !owned(b));
    let before = if described.is_some() { j.checked_sub(2).map(|b| &row[b]) } else { before };
    let determined = before.is_some_and(|b| b.is_marker(Slot::Article) || owned(b));
    // "mayor Juan Perez": the name says that it is one.
    let named = row.get(j + 1).is_some_and(|n| n.party.as_ref().is_some_and(|p| p.person));
    (first..=row[j].noun).any(bare) && !listed && (grammar.verb_first || determined || named)
}

/// Of a noun of several words, the one that is put in the plural: «رئيس البلدية», "police chief".
fn head_word(noun: &str, verb_first: bool) -> &str {
    let word = if verb_first { noun.split(' ').next() } else { noun.rsplit(' ').next() };
    word.unwrap_or(noun)
}

/// "Perez was killed": the auxiliary says that it was one, whoever that is.
pub(super) fn one_passive(passage: &Passage, row: &[Item], at: usize) -> bool {
    let singular = &passage.language.grammar.singular_passive;
    for j in (at.saturating_sub(NUMBER_REACH)..at).rev() {
        if row[j].is_marker(Slot::Passive) {
            let first = (0..=j).rev().take_while(|&k| row[k].is_marker(Slot::Passive)).last().unwrap_or(j);
            let of_people = first
                .checked_sub(1)
                .map(|b| &row[b])
                .is_some_and(|b| b.is_plain() && !passage.language.stop.contains(passage.words.folded(b.first)) && b.mark.is_none());
            return of_people && singular.iter().any(|s| passage.words.folded(row[first].first) == s);
        }
        if !row[j].is_plain() {
            return false;
        }
    }
    false
}

/// «وأصيب آخر», "wounding another": one more of those told before.
pub(super) fn another(passage: &Passage, row: &[Item], at: usize) -> bool {
    let more = &passage.language.grammar.one_more;
    row.get(at + 1).is_some_and(|next| next.is_plain() && more.iter().any(|m| passage.words.folded(next.first) == m))
}

fn is_one_more(passage: &Passage, row: &[Item], j: usize) -> bool {
    let article = j.checked_sub(1).is_some_and(|b| row[b].is_marker(Slot::Article));
    let more = &passage.language.grammar.one_more;
    article && row[j].first == row[j].last && more.iter().any(|m| passage.words.folded(row[j].first) == m)
}

/// «قتلته القوات»: the pronoun on the verb stands for one.
pub(super) fn pronoun_of_one(passage: &Passage, row: &[Item], at: usize) -> bool {
    let written = passage.words.span(row[at].last, row[at].last).of(passage.text);
    // «أدى إلى مقتله»: the noun's pronoun stands for one man; «مقتلها» may be of many.
    let noun = row[at].triggers().all(|(t, _)| passage.language.triggers[t as usize].pos == PartOfSpeech::Noun);
    let one = passage.language.grammar.reported.one.iter().any(|p| marsad_text::fold(written).ends_with(p.as_str()));
    if noun && one && row[at].pronoun && row[at].party.is_none() {
        return true;
    }
    let verb = row[at].triggers().any(|(t, _)| passage.language.triggers[t as usize].pos == PartOfSpeech::Verb);
    verb && row[at].pronoun && passage.language.lexicon.clitics().may_be_pronoun(written)
}
