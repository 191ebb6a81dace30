//! Choosing among places of one name, and carrying a place on to where it is not said again.

use super::{Choice, PlaceMention};
use crate::draft::Draft;
use crate::item::Item;
use crate::passage::Passage;
use marsad_gazetteer::{Gazetteer, PlaceId, PlaceKind, PlaceRef};
use marsad_knowledge::{Refers, Slot};
use marsad_model::{ClaimPlace, PlaceRole, Report};
use std::collections::BTreeMap;

/// A candidate must lead the next by this much.
const MARGIN: f64 = 0.4;
/// A place this many times as large as any other of its name would be qualified by the writer if it were not meant.
const DWARFS: f64 = 20.0;
/// Neighbours within this distance speak for one another, in kilometres.
const NEIGHBOUR_KM: f64 = 80.0;

/// Decide which place each name means, then give phrases such as "the city" the place they go back to.
pub(crate) fn resolve(gazetteer: &Gazetteer, passage: &mut Passage, _report: &Report) {
    let votes = country_votes(gazetteer, passage);
    let mut certain: Vec<PlaceRef> = passage.places.iter().filter(|p| p.candidates.len() == 1).map(|p| p.candidates[0].place).collect();
    // Each once: a text that names a town a hundred times says no more for its neighbours.
    certain.sort_unstable();
    certain.dedup();
    let all: Vec<Vec<PlaceRef>> = passage.places.iter().map(|p| p.candidates.iter().map(|c| c.place).collect()).collect();
    let mut named: BTreeMap<PlaceRef, usize> = BTreeMap::new();
    for place in all.iter().flatten() {
        *named.entry(*place).or_default() += 1;
    }
    let choices: Vec<Option<PlaceRef>> =
        (0..passage.places.len()).map(|i| choose(gazetteer, passage, i, &votes, &certain, &all, &named)).collect();
    for (place, choice) in passage.places.iter_mut().zip(choices) {
        place.choice = choice.map(|at| Choice::of(gazetteer, at));
    }
    drop_weak(passage, &votes);
    same_name_same_place(passage);
    go_back(passage);
}

/// How often each country is spoken of: by its own name or its people's, and by places that only it has.
fn country_votes(gazetteer: &Gazetteer, passage: &Passage) -> BTreeMap<String, f64> {
    let mut votes: BTreeMap<String, f64> = BTreeMap::new();
    for place in &passage.places {
        if place.weak {
            continue;
        }
        let mut countries: Vec<&str> = place.candidates.iter().filter_map(|c| gazetteer.place(c.place).country).collect();
        countries.sort_unstable();
        countries.dedup();
        if let [only] = countries[..] {
            let listed = place.candidates.iter().any(|c| is_own(gazetteer, c.place));
            *votes.entry(only.to_owned()).or_default() += if listed { 2.0 } else { 1.0 };
        }
    }
    for item in passage.rows.iter().flatten() {
        if let Some(actor) = item.party.as_ref().and_then(|p| p.actor)
            && let Some(country) = &passage.knowledge.actors.list[actor as usize].country
        {
            *votes.entry(country.clone()).or_default() += 1.0;
        }
    }
    votes
}

/// A country must have this share of all that speaks for countries, for a weak name in it to be believed.
const WEAK_SHARE: f64 = 0.3;

/// Names that nothing marks as places stay only where the report speaks of their country and, in a script without
/// capitals, lists them beside another place.
fn drop_weak(passage: &mut Passage, votes: &BTreeMap<String, f64>) {
    let total: f64 = votes.values().sum();
    let cased = !passage.language.grammar.verb_first;
    let items: Vec<&Item> = passage.rows.iter().flatten().collect();
    let before: BTreeMap<usize, &Item> = items.windows(2).filter(|w| w[1].place.is_some()).map(|w| (w[1].first, w[0])).collect();
    let marked = |place: &PlaceMention| {
        before.get(&place.first).is_some_and(|b| !b.clitic && [Slot::In, Slot::Near, Slot::Countryside].iter().any(|s| b.is_marker(*s)))
    };
    let listed = |i: usize| {
        let here = &passage.places[i];
        let near = |other: &PlaceMention| {
            (!other.weak || other.choice.as_ref().is_some_and(|c| c.id.starts_with("marsad:")))
                && (other.first > here.last && other.first <= here.last + 2 || here.first > other.last && here.first <= other.last + 2)
        };
        i > 0 && near(&passage.places[i - 1]) || passage.places.get(i + 1).is_some_and(near)
    };
    let mut drop = Vec::new();
    for (i, place) in passage.places.iter().enumerate() {
        let country = place.choice.as_ref().and_then(|c| c.country.as_ref());
        let share = country.and_then(|c| votes.get(c)).copied().unwrap_or(0.0) / total.max(1.0);
        if place.weak && !(share >= WEAK_SHARE && (cased || listed(i) || marked(place))) {
            drop.push(i);
        }
    }
    for item in passage.rows.iter_mut().flatten() {
        item.place = item.place.filter(|p| !drop.contains(p));
    }
}

fn choose(
    gazetteer: &Gazetteer,
    passage: &Passage,
    i: usize,
    votes: &BTreeMap<String, f64>,
    certain: &[PlaceRef],
    all: &[Vec<PlaceRef>],
    named: &BTreeMap<PlaceRef, usize>,
) -> Option<PlaceRef> {
    let mention = &passage.places[i];
    let total: f64 = votes.values().sum();
    let score = |id: PlaceRef| -> f64 {
        let place = gazetteer.place(id);
        let mut score = place.country.and_then(|c| votes.get(c)).copied().unwrap_or(0.0) / total.max(1.0) * 2.0;
        let near = certain.iter().filter(|c| **c != id && gazetteer.distance_km(**c, id).is_some_and(|d| d < NEIGHBOUR_KM)).count();
        score += (near as f64 * 0.3).min(0.9);
        // What holds it is named elsewhere; a governorate and its city have one name and do not speak for one another.
        let held = gazetteer.containers(id).any(|c| {
            let times = named.get(&c.at).copied().unwrap_or(0);
            let own = mention.candidates.iter().any(|x| x.place == c.at);
            c.kind != PlaceKind::Country && times > usize::from(own)
        });
        score += if held { 0.8 } else { 0.0 };
        let beside = all
            .get(i + 1)
            .is_some_and(|next| passage.places[i + 1].first <= mention.last + 4 && next.iter().any(|whole| gazetteer.contains(*whole, id)));
        score += if beside { 1.2 } else { 0.0 };
        score += f64::from(place.population).max(1.0).log10() / 12.0;
        score += match place.kind {
            PlaceKind::Country => 1.5,
            PlaceKind::Admin1 => 0.2,
            _ => 0.0,
        };
        score + noun_fits(passage, mention, place.kind)
    };
    let article = |with: bool| if with == mention.with_article { 0.0 } else { -0.15 };
    let mut ranked: Vec<(f64, PlaceRef)> = mention
        .candidates
        .iter()
        .map(|c| (score(c.place) + article(c.with_article) - if c.alternate { 0.3 } else { 0.0 }, c.place))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| gazetteer.place(a.1).id.cmp(&gazetteer.place(b.1).id)));
    let &(best_score, best) = ranked.first()?;
    let Some(&(second, next)) = ranked.get(1) else {
        // One place of the name is no proof that it is meant: a village on another continent mostly is not.
        let place = gazetteer.place(best);
        let strange = total >= 2.0
            && place.country.is_none_or(|c| !votes.contains_key(c))
            && place.population < 100_000
            && place.kind == PlaceKind::Settlement
            && !is_own(gazetteer, best);
        return (!strange).then_some(best);
    };
    let people = |id: PlaceRef| f64::from(gazetteer.place(id).population.max(1));
    // Two entries for one place (a town and its district, a name in two lists) exclude nothing.
    let one =
        gazetteer.distance_km(best, next).is_some_and(|d| d < 15.0) || gazetteer.contains(next, best) || gazetteer.contains(best, next);
    (best_score - second >= MARGIN || one || people(best) >= DWARFS * people(next)).then_some(best)
}

/// Does the place stand in the project's own list, made for the wars it covers?
fn is_own(gazetteer: &Gazetteer, at: PlaceRef) -> bool {
    matches!(gazetteer.place(at).id, PlaceId::Own(_))
}

/// A noun before the name ("province", «محافظة») says which sort of place is meant.
fn noun_fits(passage: &Passage, mention: &PlaceMention, kind: PlaceKind) -> f64 {
    let Some(noun) = mention.noun else { return 0.0 };
    let wanted = passage.language.place_nouns[noun as usize].kind.as_str();
    let fits = match kind {
        PlaceKind::Country => false,
        PlaceKind::Admin1 => wanted == "admin1",
        PlaceKind::Admin2 => wanted == "admin2",
        PlaceKind::Region => wanted == "region",
        PlaceKind::Water => wanted == "water",
        PlaceKind::Camp => wanted == "camp",
        PlaceKind::Field => wanted == "field",
        _ => matches!(wanted, "settlement" | "quarter" | "facility" | "base" | "crossing" | "road"),
    };
    if fits { 0.6 } else { -0.3 }
}

/// A name means the same place all through a report.
fn same_name_same_place(passage: &mut Passage) {
    let mut known: BTreeMap<String, Choice> = BTreeMap::new();
    for place in &passage.places {
        if let Some(choice) = &place.choice {
            known.entry(marsad_text::fold(&place.written)).or_insert_with(|| choice.clone());
        }
    }
    for place in &mut passage.places {
        if place.choice.is_none()
            && let Some(choice) = known.get(&marsad_text::fold(&place.written))
        {
            place.choice = Some(choice.clone());
        }
    }
}

/// "The city", «المنطقة»: the place named last of that sort.
fn go_back(passage: &mut Passage) {
    let mut rows = std::mem::take(&mut passage.rows);
    let (mut settlement, mut any): (Option<usize>, Option<usize>) = (None, None);
    for row in &mut rows {
        for j in 0..row.len() {
            if let Some(place) = row[j].place {
                if !row[j].aside {
                    any = Some(place);
                    let fine = passage.places[place]
                        .choice
                        .as_ref()
                        .is_none_or(|c| !matches!(c.kind, PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::Region | PlaceKind::Water));
                    settlement = if fine { Some(place) } else { settlement };
                }
                continue;
            }
            let back = match row[j].refers() {
                Some(Refers::Settlement | Refers::Camp) => settlement,
                Some(Refers::Region) => settlement.or(any),
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

/// Give each draft without a place the place of its sentence that no other role has, or of what was told just before.
pub(crate) fn carry(passage: &Passage, drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        if drafts[i].places.iter().any(|p| p.role == PlaceRole::Where) {
            continue;
        }
        if let Some(place) = beside(passage, &drafts[i]) {
            drafts[i].places.push(place);
            continue;
        }
        let trigger = &passage.language.triggers[drafts[i].trigger as usize];
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

/// The nearest place of the sentence that a preposition of place or a place noun marks.
fn beside(passage: &Passage, draft: &Draft) -> Option<ClaimPlace<marsad_model::Span>> {
    let row = &passage.rows[draft.sentence];
    let taken = |span| draft.places.iter().any(|p| p.span == span);
    let marked = |j: usize| {
        let mut at = j;
        while let Some(b) = at.checked_sub(1) {
            let item = &row[b];
            if item.place_noun().is_some() || item.is_marker(Slot::Article) || item.is_marker(Slot::Of) || item.is_plain() && j - b <= 2 {
                at = b;
                continue;
            }
            return item.marker().filter(|s| matches!(s, Slot::In | Slot::Near | Slot::Countryside | Slot::On | Slot::During));
        }
        None
    };
    let crossed = |j: usize| {
        let (from, to) = (j.min(draft.at), j.max(draft.at));
        row[from + 1..to.max(from + 1)].iter().filter(|i| i.is_trigger() && i.party.is_none()).count()
    };
    row.iter()
        .enumerate()
        .filter(|(_, i)| i.place.is_some() && i.party.is_none() && !i.aside && !taken(i.span))
        .filter_map(|(j, i)| Some((crossed(j) * 8 + j.abs_diff(draft.at), marked(j)?, i.place?)))
        .min_by_key(|(distance, _, _)| *distance)
        .map(|(_, slot, place)| passage.places[place].as_claimed(PlaceRole::Where, slot == Slot::Near, slot == Slot::Countryside))
}
