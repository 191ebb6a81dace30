//! Claims that stand in aligned passages of one telling: the surest sign of one happening, and the only one that undated
//! claims without a place have.

use crate::facet::Facet;
use crate::pair::Judge;
use crate::tie::Tie;
use marsad_model::Span;
use std::collections::BTreeMap;

/// How far the two may stand from the same relative place in their passages: word order differs between languages.
const STRAY: f64 = 0.4;

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

/// Where in the passage the claim stands, 0 to 1.
fn within(passage: Span, at: Span) -> f64 {
    f64::from(at.start.saturating_sub(passage.start)) / passage.len().max(1) as f64
}
