//! Casualties: how many people came to harm, of what sort, as far as the words say.

use crate::draft::{Draft, actor_of, definite};
use crate::item::Item;
use crate::passage::Passage;
use marsad_knowledge::{Slot, Trigger};
use marsad_model::{Casualties, Count, CountScope, PersonStatus};

/// How many a number says, and how it says so.
fn count_of(passage: &Passage, number: Option<usize>) -> (Option<u32>, Option<u32>, Count) {
    let whole = |x: f64| if x >= 0.0 && x <= f64::from(u32::MAX) { Some(x as u32) } else { None };
    match number.map(|n| &passage.numbers[n]) {
        Some(n) => (n.min.and_then(whole), n.max.and_then(whole), n.count),
        None => (None, None, Count::NotStated),
    }
}

pub(crate) fn add_casualties(passage: &Passage, row: &[Item], j: usize, trigger: &Trigger, draft: &mut Draft) {
    let (Some(party), Some(harm)) = (&row[j].party, trigger.harm) else { return };
    let people = party.people.map(|p| &passage.language.people[p as usize]);
    let (mut min, mut max, mut count) = count_of(passage, party.number);
    // "three of the dead", «القتلى»: those told of before, or a part of them, are no further harm.
    if people.is_some_and(|p| p.kind == "victim") && known_before(passage, row, j) {
        return;
    }
    if count == Count::NotStated && people.is_some_and(|p| is_dual(passage, row, j, &p.singular)) {
        (min, max, count) = (Some(2), Some(2), Count::Exact);
    }
    if count == Count::NotStated && people.is_some_and(|p| alone(passage, row, j, &p.singular)) {
        (min, max, count) = (Some(1), Some(1), Count::Exact);
    }
    let actor = actor_of(passage, party).map(|a| &passage.knowledge.actors.list[a as usize]);
    let mut status = people.map_or(PersonStatus::Unknown, |p| p.status);
    if status == PersonStatus::Unknown
        && actor.is_some_and(|a| a.kind.is_armed())
        && people.is_none_or(|p| p.kind == "armed" || p.kind == "victim")
    {
        status = PersonStatus::Combatant;
    }
    draft.casualties.push(Casualties {
        harm,
        status,
        group: people.and_then(|p| p.group),
        affiliation: actor.map(|a| a.id.clone()),
        min,
        max,
        count,
        scope: CountScope::Event,
        part_of: None,
        span: party.whole,
        carried: false,
    });
}

/// Does the noun have the article, on it or before it?
fn known_before(passage: &Passage, row: &[Item], j: usize) -> bool {
    let word = row[j].last;
    let clitics = passage.language.lexicon.clitics();
    let before = word.checked_sub(1).map_or("", |b| passage.words.folded(b));
    let articles = passage.language.lexicon.get(before);
    clitics.without_article(passage.words.folded(word)).is_some()
        || definite(row, j)
        || before.len() > 2 && articles.contains(&marsad_knowledge::Entry::Marker(Slot::Article))
}

/// Does the noun's ending mean two («رجلان»)?
fn is_dual(passage: &Passage, row: &[Item], j: usize, singular: &str) -> bool {
    let word = passage.words.folded(row[j].last);
    let word = passage.language.lexicon.clitics().without_article(word).unwrap_or(word);
    passage.language.grammar.dual.iter().any(|end| word.strip_suffix(end.as_str()) == Some(singular))
}

/// Does the noun stand in the singular, alone, so that one person is meant («مدني», "a child")?
fn alone(passage: &Passage, row: &[Item], j: usize, singular: &str) -> bool {
    let word = passage.words.folded(row[j].last);
    let bare = word == singular || passage.language.lexicon.clitics().without_article(word) == Some(singular);
    let before = j.checked_sub(1).map(|b| &row[b]);
    let listed = before.is_some_and(|b| b.is_marker(Slot::Between) || b.is_marker(Slot::And));
    let indefinite = before.is_some_and(|b| b.is_marker(Slot::Article) && b.span.len() <= 2);
    bare && !listed && (passage.language.grammar.verb_first && !row[j].article || indefinite)
}

/// Harm with no victims named: "seven dead", «سقوط 7 قتلى»: the number beside the word, if any, counts them.
pub(crate) fn add_bare_casualties(passage: &Passage, row: &[Item], trigger: &Trigger, draft: &mut Draft) {
    let Some(harm) = trigger.harm.filter(|_| trigger.frame == "harm") else { return };
    let beside = [draft.at.checked_sub(1), Some(draft.at + 1)];
    let near = beside.into_iter().flatten().find(|&j| row.get(j).is_some_and(|i| i.number.is_some() && !i.aside));
    let number = near.and_then(|j| row[j].number);
    let (min, max, count) = count_of(passage, number);
    let span = near.map_or(draft.span, |j| draft.span.to(row[j].span));
    draft.casualties.push(Casualties {
        harm,
        status: PersonStatus::Unknown,
        group: None,
        affiliation: None,
        min,
        max,
        count,
        scope: CountScope::Event,
        part_of: None,
        span,
        carried: false,
    });
}
