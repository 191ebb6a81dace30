//! Claims become events: components of linked pairs, each then joined from scratch in the order of claim ids.

use crate::disjoint::Disjoint;
use crate::facet::{Basis, Facet};
use crate::pair::Judge;
use crate::rules::Events;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A pair that may be one happening.
#[derive(Debug, Clone, Copy)]
struct Link {
    score: f64,
    i: usize,
    j: usize,
}

/// The facets of each event, sorted; events in the order of their first facets.
pub(crate) fn events(
    facets: &[Facet<'_>],
    pairs: &[(usize, usize)],
    siblings: &[(usize, usize)],
    judge: &Judge<'_>,
    rules: &Events,
) -> Vec<Vec<usize>> {
    let mut links: Vec<Link> = Vec::new();
    let mut all: Vec<(usize, usize)> = pairs.iter().chain(siblings).copied().collect();
    all.sort_unstable();
    all.dedup();
    for (i, j) in all {
        if let Some(score) = judge.score(i, &facets[i], j, &facets[j]).filter(|s| *s >= rules.link) {
            links.push(Link { score, i, j });
        }
    }
    drop_ambiguous(facets, siblings, rules, &mut links);
    let mut events = Vec::new();
    for (members, links) in components(facets.len(), links, rules) {
        events.extend(regroup(facets, members, links, judge, rules));
    }
    events.sort();
    events
}

/// An undated claim that fits happenings of several days tells of one of them, and nothing says of which.
fn drop_ambiguous(facets: &[Facet<'_>], siblings: &[(usize, usize)], rules: &Events, links: &mut Vec<Link>) {
    let told = |n: usize| facets[n].time.filter(|t| t.basis != Basis::Wide);
    let mut spread: BTreeMap<usize, (jiff::civil::Date, jiff::civil::Date)> = BTreeMap::new();
    let half = |l: &Link| match (told(l.i), told(l.j)) {
        (None, Some(days)) => Some((l.i, days)),
        (Some(days), None) => Some((l.j, days)),
        _ => None,
    };
    for (undated, days) in links.iter().filter_map(half) {
        let at = spread.entry(undated).or_insert((days.first, days.last));
        // The latest first day and the earliest last day: apart, they cannot be of one happening.
        *at = (at.0.max(days.first), at.1.min(days.last));
    }
    links.retain(|l| {
        let ambiguous =
            half(l).and_then(|(n, _)| spread.get(&n)).is_some_and(|(first, last)| (*first - *last).get_days() > rules.tolerance_days);
        !ambiguous || siblings.binary_search(&(l.i, l.j)).is_ok()
    });
}

/// Components of the links. One over the stated size is cut: its links below a bar fall away, and the bar rises by half a
/// point until every part is small enough or has only its strongest links; what is then still too large is cut in the
/// order of claim ids.
fn components(n: usize, links: Vec<Link>, rules: &Events) -> Vec<(Vec<usize>, Vec<Link>)> {
    let mut out = Vec::new();
    let mut waiting = vec![((0..n).collect::<Vec<usize>>(), links, rules.link)];
    while let Some((members, links, bar)) = waiting.pop() {
        let at: FxHashMap<usize, usize> = members.iter().enumerate().map(|(k, &m)| (m, k)).collect();
        let mut sets = Disjoint::new(members.len());
        for l in &links {
            sets.join(at[&l.i], at[&l.j]);
        }
        let mut parts: BTreeMap<usize, (Vec<usize>, Vec<Link>)> = BTreeMap::new();
        for (k, &m) in members.iter().enumerate() {
            parts.entry(sets.find(k)).or_default().0.push(m);
        }
        for l in links {
            if let Some(part) = parts.get_mut(&sets.find(at[&l.i])) {
                part.1.push(l);
            }
        }
        for (members, mut links) in parts.into_values() {
            if members.len() <= rules.largest {
                out.push((members, links));
            } else if links.iter().any(|l| l.score < bar + 0.5) || bar < 20.0 {
                links.retain(|l| l.score >= bar + 0.5);
                waiting.push((members, links, bar + 0.5));
            } else {
                for chunk in members.chunks(rules.largest) {
                    let inside: Vec<Link> =
                        links.iter().filter(|l| chunk.binary_search(&l.i).is_ok() && chunk.binary_search(&l.j).is_ok()).copied().collect();
                    out.push((chunk.to_vec(), inside));
                }
            }
        }
    }
    out
}

/// Join the best-fitting groups first, while the mean over all their pairs stays high enough and none is forbidden.
fn regroup(facets: &[Facet<'_>], members: Vec<usize>, mut links: Vec<Link>, judge: &Judge<'_>, rules: &Events) -> Vec<Vec<usize>> {
    links.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.i, a.j).cmp(&(b.i, b.j))));
    let mut group_of: BTreeMap<usize, usize> = members.iter().map(|&m| (m, m)).collect();
    let mut groups: BTreeMap<usize, Vec<usize>> = members.into_iter().map(|m| (m, vec![m])).collect();
    for link in links {
        let (a, b) = (group_of[&link.i], group_of[&link.j]);
        if a == b || !fits(facets, &groups[&a], &groups[&b], judge, rules) {
            continue;
        }
        let (keep, drop) = (a.min(b), a.max(b));
        let moved = groups.remove(&drop).unwrap_or_default();
        for &m in &moved {
            group_of.insert(m, keep);
        }
        groups.entry(keep).or_default().extend(moved);
    }
    groups
        .into_values()
        .map(|mut g| {
            g.sort_unstable();
            g
        })
        .collect()
}

fn fits(facets: &[Facet<'_>], a: &[usize], b: &[usize], judge: &Judge<'_>, rules: &Events) -> bool {
    let mut sum = 0.0;
    for &i in a {
        for &j in b {
            match judge.score(i.min(j), &facets[i.min(j)], i.max(j), &facets[i.max(j)]) {
                Some(score) => sum += score,
                None => return false,
            }
        }
    }
    sum / (a.len() * b.len()) as f64 >= rules.join
}
