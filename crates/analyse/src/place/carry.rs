//! Carrying a place on to where it is not said again: phrases that go back to it, and happenings told in its sentence.

use super::{Choice, PlaceMention};
use crate::draft::Draft;
use crate::harm::is_sum;
use crate::item::Item;
use crate::passage::Passage;
use marsad_gazetteer::{PlaceKind, Seat};
use marsad_knowledge::{Entry, Refers, Slot};
use marsad_model::{ClaimPlace, PlaceRole};
use std::collections::BTreeSet;

/// "The city", «المنطقة»: the place named last of that sort.
pub(super) fn go_back(passage: &mut Passage) {
    let mut rows = std::mem::take(&mut passage.rows);
    let [mut settlement, mut camp, mut capital, mut any]: [Option<usize>; 4] = [None; 4];
    for row in &mut rows {
        for j in 0..row.len() {
            if let Some(place) = row[j].place {
                // "IS militants" are nowhere.
                let body = row[j].party.as_ref().is_some_and(|p| p.actor.is_some() && p.people.is_some());
                if !row[j].aside && !body {
                    any = Some(place);
                    let fine = passage.places[place]
                        .choice
                        .as_ref()
                        .is_none_or(|c| !matches!(c.kind, PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::Region | PlaceKind::Water));
                    // "Near Damascus": that is another town.
                    let beside = row[..j].iter().rev().find(|i| i.place_noun().is_none() && !i.is_marker(Slot::Article));
                    let near = beside.is_some_and(|i| i.is_marker(Slot::Near));
                    capital = if is_capital(passage, place) { Some(place) } else { capital };
                    if fine && !near && !is_facility(passage, row, j) {
                        // «مخيم زمزم … المدينة»: a camp and a quarter are no town.
                        settlement = if lies_in_town(passage, place) { settlement } else { Some(place) };
                        camp = Some(place);
                    }
                }
                continue;
            }
            let back = match row[j].refers() {
                Some(Refers::Settlement) => settlement,
                Some(Refers::Camp) => camp,
                Some(Refers::Capital) => capital.or_else(|| seat(passage)),
                Some(Refers::Region) => camp.or(any),
                _ => None,
            };
            let named = row.get(j + 1).is_some_and(|n: &Item| n.place.is_some());
            if let Some(back) = back.filter(|_| !named && !row[j].aside) {
                let item = &mut row[j];
                let mut place = passage.places[back].clone();
                (place.first, place.last, place.span, place.carried) = (item.first, item.last, item.span, true);
                item.place = Some(passage.places.len());
                passage.places.push(place);
            }
        }
    }
    passage.rows = rows;
}

/// The capital of the one country that the report's places lie in, though nobody names it.
fn seat(passage: &mut Passage) -> Option<usize> {
    let countries: BTreeSet<&str> = passage.places.iter().filter_map(|p| p.choice.as_ref()?.country.as_deref()).collect();
    let country = countries.first().filter(|_| countries.len() == 1)?;
    let gazetteer = passage.gazetteer;
    let capital = gazetteer.places().find(|p| p.seat == Seat::Country && p.country == Some(*country))?;
    let like = passage.places.iter().find(|p| p.choice.is_some())?;
    let because = "the capital of the country that the report speaks of".to_owned();
    let choice = Choice { because, ..Choice::of(gazetteer, capital.at) };
    let named = PlaceMention { choice: Some(choice), candidates: Vec::new(), noun: None, noun_precision: None, ..like.clone() };
    let seat = PlaceMention { derived: None, within: None, weak: false, doubtful: false, ..named };
    passage.places.push(seat);
    Some(passage.places.len() - 1)
}

/// Is it the seat of a country's government?
fn is_capital(passage: &Passage, place: usize) -> bool {
    let chosen = passage.places[place].choice.as_ref().and_then(|c| passage.gazetteer.get(&c.id));
    chosen.is_some_and(|p| p.seat == Seat::Country)
}

/// Is the place a camp or a quarter, as the noun before it or a list has it?
fn lies_in_town(passage: &Passage, place: usize) -> bool {
    let mention = &passage.places[place];
    let noun = mention.noun.map(|n| passage.language.place_nouns[n as usize].kind.as_str());
    matches!(noun, Some("camp" | "quarter"))
        || mention.choice.as_ref().is_some_and(|c| matches!(c.kind, PlaceKind::Camp | PlaceKind::Quarter))
}

/// "Al-Nao hospital", «مستشفى النو»: what a facility is called is no town that one could go back to.
fn is_facility(passage: &Passage, row: &[Item], at: usize) -> bool {
    let nouns = &passage.language.place_nouns;
    let facility = |item: Option<&Item>| item.and_then(Item::place_noun).is_some_and(|n| nouns[n as usize].kind == "facility");
    let own = row[at].place.and_then(|p| passage.places[p].noun).is_some_and(|n| nouns[n as usize].kind == "facility");
    // «مستشفى النو»: the word for it may be part of the name.
    let place = row[at].place.map(|p| &passage.places[p]);
    let named = place.is_some_and(|p| {
        let hits = passage.language.lexicon.at(passage.text, &passage.words, p.first);
        let noun = |e: &Entry| matches!(e, Entry::PlaceNoun { row: n } if nouns[*n as usize].kind == "facility");
        hits.iter().any(|h| h.last < p.last && h.values.iter().any(noun))
    });
    own || named || facility(row.get(at + 1)) || at > 0 && facility(row.get(at - 1))
}

/// Give each draft without a place the place of its sentence that no other role has, or of what was told just before.
pub(crate) fn carry(passage: &Passage, drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        if drafts[i].places.iter().any(|p| p.role == PlaceRole::Where) || is_sum(passage, &drafts[i]) {
            continue;
        }
        // A headline often says where less well than what follows it.
        let own = std::iter::once((drafts[i].sentence, drafts[i].at));
        let told = own.chain(drafts[i].told_again.iter().copied()).find_map(|told| beside(passage, &drafts[i], told));
        if let Some(place) = told {
            drafts[i].places.push(place);
            continue;
        }
        let trigger = &passage.language.triggers[drafts[i].trigger as usize];
        // "South of the capital", where the report does not tell which: that is not where the last thing happened.
        let row = &passage.rows[drafts[i].sentence];
        let (from, to) = drafts[i].slots.reach;
        if row.iter().take(to + 1).skip(from).any(|item| item.refers() == Some(Refers::Capital) && item.place.is_none()) {
            continue;
        }
        let carries = passage.knowledge.frames.frame.get(&trigger.frame).is_some_and(|f| f.carries_place);
        if !carries {
            continue;
        }
        let (sentence, paragraph) = (drafts[i].sentence, passage.sentences[drafts[i].sentence].paragraph);
        let near = drafts[..i].iter().rev().take_while(|d| sentence - d.sentence <= 2);
        let before = near.into_iter().find(|d| {
            passage.sentences[d.sentence].paragraph == paragraph && d.is_violent() && d.places.iter().any(|p| p.role == PlaceRole::Where)
        });
        if let Some(place) = before.and_then(|d| d.places.iter().find(|p| p.role == PlaceRole::Where)) {
            let carried = ClaimPlace { carried: true, ..place.clone() };
            drafts[i].places.push(carried);
        }
    }
}

/// "The Damascus suburb of Mezzeh": does the place stand before the noun for another one, which follows and lies in it?
pub(crate) fn holds_next(row: &[Item], place: usize) -> bool {
    matches!(row.get(place + 1..place + 4), Some([noun, of, next])
        if noun.place_noun().is_some() && of.is_marker(Slot::Of) && next.place.is_some() && next.party.is_none())
}

/// The nearest place of the sentence that a preposition of place or a place noun marks.
fn beside(passage: &Passage, draft: &Draft, (sentence, trigger): (usize, usize)) -> Option<ClaimPlace<marsad_model::Span>> {
    let row = &passage.rows[sentence];
    let taken = |span| draft.places.iter().any(|p| p.span == span);
    let marked = |j: usize| {
        let mut at = j;
        while let Some(b) = at.checked_sub(1) {
            let item = &row[b];
            if item.place_noun().is_some()
                || item.is_marker(Slot::Article)
                || item.is_marker(Slot::Of)
                || item.is_plain() && j - b <= 2
                || holds_next(row, b)
            {
                at = b;
                continue;
            }
            let between = item.is_marker(Slot::Between) && row[j].place.is_some_and(|p| passage.places[p].derived.is_some());
            let of_place = |s: &Slot| matches!(s, Slot::In | Slot::Near | Slot::Countryside | Slot::On | Slot::During) || between;
            return item.marker().filter(of_place);
        }
        None
    };
    // "The raid came as envoys met in Cairo": where they met is told of another clause.
    let opens = |i: &Item| {
        let last = passage.words.folded(i.last);
        i.support().is_some() && i.party.is_none() && passage.language.grammar.openers.iter().any(|o| o == last)
    };
    let crossed = |j: usize| {
        let (from, to) = (j.min(trigger), j.max(trigger));
        row[from + 1..to.max(from + 1)].iter().filter(|i| i.is_trigger() && i.party.is_none()).count()
    };
    let other_clause = |j: usize| row[trigger.min(j)..j].iter().any(opens);
    row.iter()
        .enumerate()
        .filter(|(_, i)| i.place.is_some() && i.party.is_none() && !i.aside && !taken(i.span))
        .filter(|(j, _)| !holds_next(row, *j) && !other_clause(*j))
        .filter_map(|(j, i)| Some((crossed(j) * 8 + j.abs_diff(trigger), marked(j)?, i.place?)))
        .min_by_key(|(distance, _, _)| *distance)
        .map(|(_, slot, place)| {
            passage.places[place].as_claimed(passage.gazetteer, PlaceRole::Where, slot == Slot::Near, slot == Slot::Countryside)
        })
}
