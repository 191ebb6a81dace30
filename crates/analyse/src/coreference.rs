//! Phrases that go back to an actor told of before: "the organisation", «الميليشيا», "both sides".
//!
//! A phrase goes back to an actor that the same report has called by that very word ("the ISIS organization",
//! «ميليشيا قسد»); failing that, to the last actor of the sort the phrase can mean.

use crate::item::Item;
use crate::passage::Passage;
use marsad_knowledge::{ActorKind, Entry, Refers};
use rustc_hash::FxHashMap;

/// Find the actors that carried parties mean, sentence by sentence, as a reader would.
pub(crate) fn resolve(passage: &mut Passage) {
    let called = called_by(passage);
    let mut recent: Vec<u32> = Vec::new();
    let mut rows = std::mem::take(&mut passage.rows);
    for row in &mut rows {
        for item in row.iter_mut() {
            let Some(refers) = item.refers() else {
                if let Some(actor) = item.party.as_ref().and_then(|p| p.actor)
                    && !item.aside
                {
                    note(&mut recent, actor);
                }
                continue;
            };
            let head = passage.words.folded(phrase_end(passage, item)).to_owned();
            let head = passage.language.lexicon.clitics().without_article(&head).unwrap_or(&head).to_owned();
            let Some(party) = item.party.as_mut().filter(|p| p.carried && p.actor.is_none()) else { continue };
            if refers == Refers::Both {
                party.both = pair(passage, &recent);
            } else {
                party.actor = called.get(head.as_str()).and_then(|c| latest(c, &recent)).or_else(|| last_of_sort(passage, refers, &recent));
            }
        }
    }
    passage.rows = rows;
}

/// The last word of the phrase that goes back to someone: "organisation" in "the organisation's foreign fighters".
fn phrase_end(passage: &Passage, item: &Item) -> usize {
    let goes_back = |w: usize| {
        let hits = passage.language.lexicon.at(passage.text, &passage.words, w);
        hits.into_iter().find(|h| h.last <= item.last && h.values.iter().any(|e| matches!(e, Entry::Refers { .. }))).map(|h| h.last)
    };
    (item.first..=item.last).find_map(goes_back).unwrap_or(item.last)
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

fn latest(among: &[u32], recent: &[u32]) -> Option<u32> {
    recent.iter().rev().find(|a| among.contains(a)).copied()
}

fn last_of_sort(passage: &Passage, refers: Refers, recent: &[u32]) -> Option<u32> {
    let fits = |kind: ActorKind| match refers {
        Refers::Group => matches!(kind, ActorKind::ArmedGroup | ActorKind::Militia),
        Refers::Force => matches!(kind, ActorKind::Force | ActorKind::Militia),
        Refers::Coalition => kind == ActorKind::Coalition,
        _ => false,
    };
    recent.iter().rev().find(|a| fits(passage.knowledge.actors.list[**a as usize].kind)).copied()
}

/// The two sides: the two armed actors named last, where there are two.
fn pair(passage: &Passage, recent: &[u32]) -> Option<(u32, u32)> {
    let mut armed = recent.iter().rev().copied().filter(|a| {
        let kind = passage.knowledge.actors.list[*a as usize].kind;
        kind.is_armed() && kind != ActorKind::Coalition
    });
    Some((armed.next()?, armed.next()?))
}
