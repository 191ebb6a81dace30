//! Names that nothing but their letters marks as places.

use super::PlaceMention;
use crate::item::Item;
use crate::passage::Passage;
use marsad_knowledge::Slot;
use std::collections::BTreeMap;

/// A country must have this share of all that speaks for countries, for a weak name in it to be believed.
const WEAK_SHARE: f64 = 0.3;

/// Names that nothing marks as places stay only where the report speaks of their country and, in a script without
/// capitals, lists them beside another place.
pub(super) fn drop_weak(passage: &mut Passage, shares: &BTreeMap<String, f64>) {
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
        let share = country.and_then(|c| shares.get(c)).copied().unwrap_or(0.0);
        if place.weak
            && !(share >= WEAK_SHARE
                && (cased || listed(i) || marked(place) || place.choice.as_ref().is_some_and(|c| c.backed && place.with_article)))
        {
            drop.push(i);
        }
    }
    for item in passage.rows.iter_mut().flatten() {
        item.place = item.place.filter(|p| !drop.contains(p));
    }
}
