//! Claims become events: components of linked pairs, each then joined from scratch in the order of claim ids.

use crate::disjoint::Disjoint;
use crate::facet::{Basis, Facet};
use crate::pair::Judge;
use crate::rules::Events;
use crate::ruling::Units;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Two claims, or two units of claims, that may be one happening.
#[derive(Debug, Clone, Copy)]
struct Link {
    score: f64,
    i: usize,
    j: usize,
}

/// The facets of each event, sorted; events in the order of their first facets.
pub(crate) fn events(
    facets: &[Facet<'_>],
    units: &Units,
    mut pairs: Vec<(u32, u32)>,
    siblings: &[(usize, usize)],
    judge: &Judge<'_>,
    rules: &Events,
) -> Vec<Vec<usize>> {
    pairs.extend(siblings.iter().map(|&(i, j)| (i as u32, j as u32)));
    pairs.sort_unstable();
    pairs.dedup();
    let scored = |(i, j): (u32, u32)| {
        let (i, j) = (i as usize, j as usize);
        judge.score(i, &facets[i], j, &facets[j]).filter(|s| *s >= rules.link).map(|score| Link { score, i, j })
    };
    let mut links: Vec<Link> = pairs.into_par_iter().filter_map(scored).collect();
    drop_ambiguous(facets, siblings, rules, &mut links);
    let links = between_units(units, &links);
    let mut events = Vec::new();
    for (members, links) in components(units.members.len(), links, rules) {
        events.extend(regroup(facets, units, members, links, judge, rules));
    }
    events.sort();
    events
}

/// The best link of each two units that people did not rule to be two happenings.
fn between_units(units: &Units, links: &[Link]) -> Vec<Link> {
    let mut best: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for l in links {
        let (a, b) = (units.of[l.i].min(units.of[l.j]), units.of[l.i].max(units.of[l.j]));
        if a != b && !units.apart(a, b) {
            let score = best.entry((a, b)).or_insert(l.score);
            *score = score.max(l.score);
        }
    }
    best.into_iter().map(|((i, j), score)| Link { score, i, j }).collect()
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

/// Join the best-fitting groups of units first, while the mean over all their pairs stays high enough and none is
/// forbidden. Out come their facets.
fn regroup(
    facets: &[Facet<'_>],
    units: &Units,
    members: Vec<usize>,
    mut links: Vec<Link>,
    judge: &Judge<'_>,
    rules: &Events,
) -> Vec<Vec<usize>> {
    links.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.i, a.j).cmp(&(b.i, b.j))));
    let mut group_of: BTreeMap<usize, usize> = members.iter().map(|&m| (m, m)).collect();
    let mut groups: BTreeMap<usize, Vec<usize>> = members.into_iter().map(|m| (m, vec![m])).collect();
    for link in links {
        let (a, b) = (group_of[&link.i], group_of[&link.j]);
        if a == b || !fits(facets, units, &groups[&a], &groups[&b], judge, rules) {
            continue;
        }
        let (keep, drop) = (a.min(b), a.max(b));
        let moved = groups.remove(&drop).unwrap_or_default();
        for &m in &moved {
            group_of.insert(m, keep);
        }
        groups.entry(keep).or_default().extend(moved);
    }
    let told = |group: Vec<usize>| {
        let mut told: Vec<usize> = group.into_iter().flat_map(|u| units.members[u].iter().copied()).collect();
        told.sort_unstable();
        told
    };
    groups.into_values().map(told).collect()
}

/// Do the two groups fit over all their pairs? Where people merged claims that are unlike, what fits the one need not fit
/// what fits the other; claims that no merge speaks of keep apart what they kept apart before.
fn fits(facets: &[Facet<'_>], units: &Units, a: &[usize], b: &[usize], judge: &Judge<'_>, rules: &Events) -> bool {
    let score = |x: usize, y: usize| unit_score(facets, units, x, y, judge);
    let merged: Vec<usize> = a.iter().chain(b).copied().filter(|&u| units.members[u].len() > 1).collect();
    let bridged = |i: usize, j: usize| merged.iter().any(|&m| [i, j].iter().all(|&x| x == m || score(x, m).is_some()));
    let (mut sum, mut pairs) = (0.0, 0);
    let mut days = Days::default();
    for &i in a {
        for &j in b {
            if units.apart(i, j) {
                return false;
            }
            match score(i, j) {
                Some(score) => {
                    (sum, pairs) = (sum + score, pairs + 1);
                    days.meet(facets, units, (i, j), score);
                }
                None if bridged(i, j) => {}
                None => return false,
            }
        }
    }
    pairs > 0 && sum / f64::from(pairs) >= rules.join && days.may_be_one(rules)
}

/// What two groups say of the day. A report that names none fits a strike and the one of the day after, and must not make
/// one of them: that takes a link between two that name their days.
#[derive(Default)]
struct Days {
    same: bool,
    /// The best score of two that name different days.
    other: Option<f64>,
}

impl Days {
    fn meet(&mut self, facets: &[Facet<'_>], units: &Units, (i, j): (usize, usize), score: f64) {
        let stated = |unit: usize| units.members[unit].iter().filter_map(|&n| facets[n].time).filter(|t| t.basis == Basis::Day);
        for x in stated(i) {
            for y in stated(j) {
                if x.apart(y) == 0 {
                    self.same = true;
                } else {
                    self.other = Some(self.other.map_or(score, |best| best.max(score)));
                }
            }
        }
    }

    fn may_be_one(&self, rules: &Events) -> bool {
        self.same || self.other.is_none_or(|score| score >= rules.link)
    }
}

/// The best that any two claims of two units say: what fits one claim of a unit fits the unit.
fn unit_score(facets: &[Facet<'_>], units: &Units, a: usize, b: usize, judge: &Judge<'_>) -> Option<f64> {
    let each = units.members[a].iter().flat_map(|&i| units.members[b].iter().map(move |&j| (i.min(j), i.max(j))));
    each.filter_map(|(i, j)| judge.score(i, &facets[i], j, &facets[j])).max_by(f64::total_cmp)
}
