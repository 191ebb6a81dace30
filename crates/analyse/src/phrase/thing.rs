//! Listed things, with the words that tell more of them: «سيارة إسعاف», «مدرسة ابتدائية», «المستوصف القديم».
//!
//! Without capitals and with the object right after the subject, nothing but a list tells a thing that was hit from the
//! words around it.

use super::bounds::Chunk;
use crate::filler::is_armed;
use crate::item::Item;
use crate::passage::Passage;
use marsad_knowledge::{Entry, Slot};
use marsad_model::PlacePrecision;
use marsad_text::WordKind;

/// Words that may follow the thing's own.
const MORE: usize = 2;

/// The things of a row that no list of parties or places explains, where it tells of a happening.
pub(super) fn chunks(passage: &Passage, row: &[Item]) -> Vec<Chunk> {
    if !row.iter().any(Item::is_trigger) {
        return Vec::new();
    }
    let (mut found, mut at) = (Vec::new(), 0);
    while at < row.len() {
        if !is_thing(passage, &row[at]) {
            at += 1;
            continue;
        }
        let mut to = at + 1;
        while to < row.len().min(at + 1 + MORE) && tells_more(passage, &row[to], row[at].article) {
            to += 1;
        }
        // «سوق الماشية»
        let of_thing = to == at + 1 && !row[at].article && row.get(to).is_some_and(|n| n.article && is_thing(passage, n));
        to += usize::from(of_thing);
        // «مقر التنظيم» is the organisation's, «منزل عضو» a house, and «عناصر الحاجز» are people.
        let owner = row.get(to).filter(|_| to == at + 1 && !row[at].article).and_then(|next| next.party.as_ref());
        let head = to - at;
        let theirs = owner.is_some_and(|p| p.actor.is_some() || p.head || p.named || is_armed(passage, p));
        let named = row[at].entries.contains(&Entry::Thing);
        let people = at.checked_sub(1).is_some_and(|b| row[b].party.is_some()) && row[at].article;
        to += usize::from(owner.is_some());
        let place = row.get(at + 1).is_some_and(|next| next.place.is_some() && !next.clitic);
        if (named || !stands_where(row, at)) && !(theirs || people || place) {
            found.push(Chunk { begin: at, from: at, to, head, person: false, name: false, thing: true, listed: false });
        }
        at = to;
    }
    found
}

/// Does a preposition say that something lies or happened there: «في الجامعة», «قرب المعبر»?
fn stands_where(row: &[Item], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|b| row[b].marker());
    before.is_some_and(|s| !matches!(s, Slot::On | Slot::Against | Slot::And | Slot::Of | Slot::Object))
}

fn is_thing(passage: &Passage, item: &Item) -> bool {
    let exact = |row: u32| passage.language.place_nouns[row as usize].precision == PlacePrecision::Exact;
    let listed = item.entries.contains(&Entry::Thing) || item.place_noun().is_some_and(exact);
    listed && item.party.is_none() && item.place.is_none() && !item.is_trigger() && !item.aside && !item.pronoun
}

/// Does this word tell more of the thing before it: «السكنية» after a thing with the article, «سكنية» after one without?
fn tells_more(passage: &Passage, item: &Item, definite: bool) -> bool {
    let word = passage.words.folded(item.first);
    if !item.is_plain() || passage.words[item.first].kind != WordKind::Letters || passage.language.stop.contains(word) {
        return false;
    }
    let article = passage.language.lexicon.clitics().without_article(word).is_some();
    article == definite && passage.language.grammar.thing_endings.iter().any(|e| word.ends_with(e.as_str()))
}
