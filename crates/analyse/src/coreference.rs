//! Phrases that go back to an actor told of before: "the organisation", «الميليشيا», "both sides", "the general".
//!
//! A phrase goes back to an actor that the same report has called by that very word ("the ISIS organization",
//! «ميليشيا قسد»); failing that, to the last one named that has the word among its names; failing that, and where the
//! phrase is not one that must be called so, to the last actor of a kind that it can mean.

use crate::item::{Back, Item};
use crate::passage::Passage;
use marsad_knowledge::{ActorKind, Entry, Reference, Refers};
use rustc_hash::FxHashMap;

/// Find the actors that carried parties mean, sentence by sentence, as a reader would.
pub(crate) fn resolve(passage: &mut Passage) {
    let called = called_by(passage);
    let (mut recent, mut sides): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    let mut rows = std::mem::take(&mut passage.rows);
    for row in &mut rows {
        for item in row.iter_mut() {
            let reference = item.reference().map(|r| &passage.language.references[r as usize]);
            let Some(reference) = reference.filter(|_| goes_back(item)) else {
                if let Some(party) = item.party.as_ref().filter(|_| !item.aside)
                    && let Some(actor) = party.actor
                {
                    note(&mut recent, actor);
                    // "The Libyan health ministry" is no side.
                    let of_state = party.nationality && party.people.is_none_or(|p| !passage.language.people[p as usize].is_armed());
                    if !of_state {
                        note(&mut sides, actor);
                    }
                }
                continue;
            };
            let (first, last) = phrase(passage, item);
            let (found, both) = if reference.refers == Refers::Both {
                (None, pair(passage, &sides))
            } else {
                (antecedent(passage, reference, (first, last), &called, &recent), None)
            };
            // "the ministry", when none has been called so: no phrase that goes back, only a noun.
            if found.is_none() && reference.only && item.party.as_ref().is_some_and(|p| p.people.is_none() && p.number.is_none()) {
                item.party = None;
            }
            let Some(party) = item.party.as_mut() else { continue };
            if let Some((actor, back)) = found {
                (party.actor, party.back, party.carried) = (Some(actor), Some(back), true);
            }
            if both.is_some() {
                (party.both, party.back) = (both, Some(Back::LastTwo));
            }
        }
    }
    passage.rows = rows;
}

/// Is this a phrase that may go back to an actor: one without an actor of its own?
fn goes_back(item: &Item) -> bool {
    let title = item.refers() == Some(Refers::Person) && !item.aside;
    item.party.as_ref().is_some_and(|p| p.actor.is_none() && (p.carried || title && p.number.is_none()))
}

/// The actor that a phrase means, and how it leads there.
fn antecedent(
    passage: &Passage,
    reference: &Reference,
    (first, last): (usize, usize),
    called_here: &FxHashMap<String, Vec<u32>>,
    recent: &[u32],
) -> Option<(u32, Back)> {
    // «للتنظيم» is the same word as «التنظيم».
    let word = |w: usize| -> String {
        let (word, clitics) = (passage.words.folded(w), passage.language.lexicon.clitics());
        let core =
            clitics.forms(word).into_iter().filter(|f| f.article && f.after == 0).map(|f| f.core.to_string()).min_by_key(String::len);
        core.unwrap_or_else(|| clitics.without_article(word).unwrap_or(word).to_owned())
    };
    // "The air force" is no rapid support force: whoever is meant is called by each of the words.
    let by_each = |called: &FxHashMap<String, Vec<u32>>| -> Vec<u32> {
        let all = |a: &u32| (first..=last).all(|w| called.get(&word(w)).is_some_and(|c| c.contains(a)));
        called.get(&word(last)).map_or_else(Vec::new, |c| c.iter().copied().filter(all).collect())
    };
    let kind = |a: u32| reference.kinds.contains(&passage.knowledge.actors.list[a as usize].kind);
    let latest = |among: &[u32]| recent.iter().rev().copied().find(|a| among.contains(a) && (reference.kinds.is_empty() || kind(*a)));
    if let Some(actor) = latest(&by_each(called_here)) {
        return Some((actor, Back::CalledHere));
    }
    if reference.refers == Refers::Person {
        return None; // a title that he was not named with may be another's
    }
    if let Some(actor) = latest(&by_each(&passage.language.called)) {
        return Some((actor, Back::CalledSo));
    }
    if reference.called {
        return None;
    }
    recent.iter().rev().copied().find(|a| kind(*a)).map(|a| (a, Back::LastOfKind))
}

/// First and last word of the phrase that goes back to someone: "organisation" in "the organisation's foreign fighters".
fn phrase(passage: &Passage, item: &Item) -> (usize, usize) {
    let goes_back = |w: usize| {
        let hits = passage.language.lexicon.at(passage.text, &passage.words, w);
        let refers = |e: &Entry| matches!(e, Entry::Refers { .. });
        hits.into_iter().find(|h| h.last <= item.last && h.values.iter().any(refers)).map(|h| (h.first, h.last))
    };
    (item.first..=item.last).find_map(goes_back).unwrap_or((item.last, item.last))
}

/// Actors by the words written right beside their names in this report.
fn called_by(passage: &Passage) -> FxHashMap<String, Vec<u32>> {
    let mut called: FxHashMap<String, Vec<u32>> = FxHashMap::default();
    let clitics = passage.language.lexicon.clitics();
    for item in passage.rows.iter().flatten() {
        let Some(actor) = item.party.as_ref().filter(|p| !p.carried).and_then(|p| p.actor) else { continue };
        for w in item.first.saturating_sub(1)..=item.last + 1 {
            let word = passage.words.folded(w);
            let word = clitics.without_article(word).unwrap_or(word);
            let actors = called.entry(word.to_owned()).or_default();
            if !actors.contains(&actor) {
                actors.push(actor);
            }
        }
    }
    called
}

fn note(recent: &mut Vec<u32>, actor: u32) {
    recent.retain(|a| *a != actor);
    recent.push(actor);
}

/// The two sides: the two armed actors named last, where there are two.
fn pair(passage: &Passage, recent: &[u32]) -> Option<(u32, u32)> {
    let mut armed = recent.iter().rev().copied().filter(|a| {
        let kind = passage.knowledge.actors.list[*a as usize].kind;
        kind.is_armed() && kind != ActorKind::Coalition
    });
    Some((armed.next()?, armed.next()?))
}
