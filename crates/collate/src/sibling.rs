//! Claims that stand in aligned passages of one telling: the surest sign of one happening, and the only one that undated
//! claims without a place have.

use crate::facet::Facet;
use crate::pair::Judge;
use crate::tie::Tie;
use crate::{Claimed, Name};
use marsad_model::Span;
use std::collections::BTreeMap;

/// How far the two may stand from the same relative place in their passages: word order differs between languages.
const STRAY: f64 = 0.4;
/// So many claims on, a report no longer tells of the same happening: a book of them costs no square of its length.
const NEXT: usize = 40;

/// Pairs of claims (by their place among the facets, the smaller first), sorted.
pub(crate) fn pairs(facets: &[Facet<'_>], ties: &[Tie], judge: &Judge<'_>) -> Vec<(usize, usize)> {
    let mut of_entry: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (n, f) in facets.iter().enumerate() {
        of_entry.entry(f.entry).or_default().push(n);
    }
    for list in of_entry.values_mut() {
        list.sort_by_key(|&n| facets[n].claim.trigger);
    }
    let none = Vec::new();
    let mut pairs = Vec::new();
    // A passage says where its words are from; around it each report tells its own story, and its claims are scored as any.
    for tie in ties.iter().filter(|t| t.is_one_telling() && !t.passage) {
        let (a, b) = (of_entry.get(&tie.a).unwrap_or(&none), of_entry.get(&tie.b).unwrap_or(&none));
        let mut used = Vec::new();
        for &(here, there) in &tie.spans {
            let mut fits = Vec::new();
            for &x in a.iter().filter(|&&x| here.contains(facets[x].claim.trigger)) {
                for &y in b.iter().filter(|&&y| there.contains(facets[y].claim.trigger)) {
                    let stray = (within(here, facets[x].claim.trigger) - within(there, facets[y].claim.trigger)).abs();
                    let Some(types) = judge.types(facets[x].event_type(), facets[y].event_type()) else { continue };
                    if stray <= STRAY {
                        fits.push((stray - types / 10.0, x, y));
                    }
                }
            }
            // Each claim has one counterpart: the best fits first.
            fits.sort_by(|p, q| p.0.total_cmp(&q.0).then((p.1, p.2).cmp(&(q.1, q.2))));
            for (_, x, y) in fits {
                if !used.contains(&x) && !used.contains(&y) {
                    used.extend([x, y]);
                    pairs.push((x.min(y), x.max(y)));
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Pairs of one report's claims (the smaller first), sorted, in which other speakers tell of one happening again: what the second
/// leaves unsaid is carried over from the first, and stands at the same words.
pub(crate) fn retold(facets: &[Facet<'_>]) -> Vec<(usize, usize)> {
    let mut of_entry: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (n, f) in facets.iter().enumerate() {
        of_entry.entry(f.entry).or_default().push(n);
    }
    let mut pairs = Vec::new();
    for mut list in of_entry.into_values() {
        list.sort_by_key(|&n| facets[n].claim.trigger);
        for (k, &x) in list.iter().enumerate() {
            let fits = |y: usize| facets[x].event_type() == facets[y].event_type() && retells(facets[x].claim, facets[y].claim);
            pairs.extend(list[k + 1..].iter().take(NEXT).filter(|&&y| fits(y)).map(|&y| (x.min(y), x.max(y))));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Do two claims of one report have different speakers and one's words for who or where?
fn retells(a: &Claimed, b: &Claimed) -> bool {
    let id = |c: &Claimed| c.attribution.iter().map(|a| (a.id.clone(), marsad_text::fold(&a.name))).collect::<Vec<_>>();
    let (said, by) = (id(a), id(b));
    let one = |x: &(Option<Name>, String), y: &(Option<Name>, String)| x.0.is_some() && x.0 == y.0 || x.1 == y.1;
    if said.is_empty() || by.is_empty() || said.iter().any(|x| by.iter().any(|y| one(x, y))) {
        return false;
    }
    let words = |c: &Claimed| {
        let actors = c.actors.iter().map(|a| (a.span, a.carried));
        actors.chain(c.places.iter().map(|p| (p.span, p.carried))).collect::<Vec<_>>()
    };
    let there = words(b);
    words(a).iter().any(|(span, carried)| there.iter().any(|(s, c)| s == span && carried != c))
}

/// Where in the passage the claim stands, 0 to 1.
fn within(passage: Span, at: Span) -> f64 {
    f64::from(at.start.saturating_sub(passage.start)) / passage.len().max(1) as f64
}
