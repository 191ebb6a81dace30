//! Persons: names that the tagger sees; a title and the name after it; or, where the script has capitals, names that
//! nothing else explains.
//!
//! Beside the tagger it is a plain recogniser, which knows titles and capitals, no names. In a script without capitals
//! only a title shows that a name follows, and how far the name goes is a guess that is kept short.

use crate::item::{Item, Party};
use crate::name;
use crate::passage::Passage;
use marsad_text::{Case, WordKind};

/// Words of a name after a title in a script without capitals.
const UNCASED_NAME: usize = 2;
/// Words of a name in a script with capitals.
const CASED_NAME: usize = 4;

/// Join each title with its name, and each name, into one item that is a party.
pub(crate) fn find_persons(passage: &mut Passage) {
    let rows = std::mem::take(&mut passage.rows);
    passage.rows = rows.into_iter().map(|row| join_row(passage, &row)).collect();
}

fn join_row(passage: &Passage, row: &[Item]) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(row.len());
    let mut i = 0;
    while i < row.len() {
        match name::person_end(passage, row, i).map(|end| (i, end)).or_else(|| person_at(passage, row, i)) {
            Some((from, end)) => {
                // The title stays a word of its own: it says what he is, the name who.
                out.extend(row[i..from].iter().cloned());
                let mut item = Item::new(row[from].first, row[end - 1].last, row[from].span.to(row[end - 1].span));
                item.party = Some(Party::person(item.span));
                out.push(item);
                i = end;
            }
            None => {
                out.push(row[i].clone());
                i += 1;
            }
        }
    }
    out
}

/// Where the name of a person that starts here (perhaps with its title) begins and ends.
fn person_at(passage: &Passage, row: &[Item], i: usize) -> Option<(usize, usize)> {
    if name::body_over(passage, row[i].first).is_some() {
        return None;
    }
    let uncased = passage.language.grammar.verb_first;
    let titled = row[i].is_title() && !row[i].aside;
    let from = if titled { i + 1 } else { i };
    let most = if uncased { UNCASED_NAME } else { CASED_NAME };
    let name = |at: &usize| !(*at > from && passage.age_parts(row, *at)) && is_name(passage, &row[*at], uncased, titled);
    let length = (from..row.len()).take(most).take_while(name).count();
    let first_of_sentence = from == 0;
    let enough = match (titled, uncased) {
        (true, false) => length >= 1,
        (true, true) => length >= 2,
        // Two capitals in a row at the head of a sentence may be any two words.
        (false, false) => length >= 2 && !(first_of_sentence && length < 3),
        (false, true) => false,
    };
    let names_a_body = (from..from + length).any(|j| passage.words.folded(row[j].first).len() < 2);
    (enough && !names_a_body).then_some((from, from + length))
}

fn is_name(passage: &Passage, item: &Item, uncased: bool, titled: bool) -> bool {
    // After a title, what may also be a village somewhere is a person's name.
    let village = titled && item.entries.is_empty() && item.place.is_some_and(|p| passage.places[p].weak);
    let word = passage.words[item.first];
    let folded = passage.words.folded(item.first);
    let shape = if uncased { word.case == Case::None } else { word.case == Case::Title };
    (item.is_plain() || village)
        && !item.aside
        && shape
        && word.kind == WordKind::Letters
        && (!word.newline_before || item.first == 0)
        && !passage.language.stop.contains(folded)
}
