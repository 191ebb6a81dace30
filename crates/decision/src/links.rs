//! Which claims people put together and apart, where their rulings do not all fit one another: later ones go before.

use crate::rulings::{Link, Rulings};
use crate::standing::Standing;
use marsad_model::{ClaimId, DecisionId};
use std::collections::{BTreeMap, BTreeSet};

/// One merge, or with `from` one split.
pub(crate) struct Ruled {
    pub(crate) decision: DecisionId,
    pub(crate) claims: BTreeSet<ClaimId>,
    pub(crate) from: Option<BTreeSet<ClaimId>>,
}

/// Claims that were put together, by the number of their group.
#[derive(Default)]
struct Groups {
    of: BTreeMap<ClaimId, usize>,
    members: Vec<BTreeSet<ClaimId>>,
}

impl Groups {
    fn group(&mut self, claim: &ClaimId) -> usize {
        if let Some(&group) = self.of.get(claim) {
            return group;
        }
        self.members.push(BTreeSet::from([claim.clone()]));
        self.of.insert(claim.clone(), self.members.len() - 1);
        self.members.len() - 1
    }

    /// Put two together, unless that would put together claims that are to be apart: then the decision that says so.
    fn join<'d>(&mut self, a: &ClaimId, b: &ClaimId, apart: &'d Apart) -> Result<(), &'d DecisionId> {
        let (ga, gb) = (self.group(a), self.group(b));
        if ga == gb {
            return Ok(());
        }
        let mut pairs = self.members[ga].iter().flat_map(|x| self.members[gb].iter().map(move |y| ordered(x, y)));
        if let Some(forbids) = pairs.find_map(|pair| apart.get(&pair)) {
            return Err(forbids);
        }
        let moved = std::mem::take(&mut self.members[gb]);
        for claim in &moved {
            self.of.insert(claim.clone(), ga);
        }
        self.members[ga].extend(moved);
        Ok(())
    }
}

fn ordered(a: &ClaimId, b: &ClaimId) -> (ClaimId, ClaimId) {
    (a.min(b).clone(), a.max(b).clone())
}

/// Claims that are to be apart, with the last decision that says so.
type Apart = BTreeMap<(ClaimId, ClaimId), DecisionId>;

/// What of one ruling fits those after it.
#[derive(Default)]
struct Fit {
    held: bool,
    /// The first of the later decisions that forbid some of it.
    forbids: Option<DecisionId>,
}

/// Go through merges and splits from the last to the first; what a later one forbids is left out.
pub(crate) fn settle(links: Vec<Ruled>, rulings: &mut Rulings) {
    let mut groups = Groups::default();
    let mut apart = Apart::new();
    for ruled in links.into_iter().rev() {
        let fit = match &ruled.from {
            None => together(&ruled, &mut groups, &apart, &mut rulings.must_link),
            Some(from) => parted(&ruled, from, &mut groups, &mut apart, &rulings.must_link),
        };
        let standing = rulings.standing.get_mut(&ruled.decision).filter(|s| **s == Standing::Stands);
        if let (false, Some(standing), Some(by)) = (fit.held, standing, fit.forbids) {
            *standing = Standing::Overruled { by };
        }
    }
    rulings.must_link.sort();
    rulings.cannot_link = apart.into_iter().map(|((a, b), decision)| Link { a, b, decision }).collect();
}

/// Each claim joins the first before it that it may be with: one that was parted from the others leaves them together.
fn together(ruled: &Ruled, groups: &mut Groups, apart: &Apart, links: &mut Vec<Link>) -> Fit {
    let mut fit = Fit::default();
    for (n, claim) in ruled.claims.iter().enumerate() {
        for earlier in ruled.claims.iter().take(n) {
            match groups.join(earlier, claim, apart) {
                Ok(()) => {
                    let (a, b) = ordered(earlier, claim);
                    links.push(Link { a, b, decision: ruled.decision.clone() });
                    fit.held = true;
                    break;
                }
                Err(forbids) => drop(fit.forbids.get_or_insert_with(|| forbids.clone())),
            }
        }
    }
    fit
}

fn parted(ruled: &Ruled, from: &BTreeSet<ClaimId>, groups: &mut Groups, apart: &mut Apart, links: &[Link]) -> Fit {
    let mut fit = Fit::default();
    for (a, b) in ruled.claims.iter().flat_map(|a| from.iter().map(move |b| (a, b))) {
        if groups.group(a) != groups.group(b) {
            apart.entry(ordered(a, b)).or_insert_with(|| ruled.decision.clone());
            fit.held = true;
        } else if fit.forbids.is_none() {
            fit.forbids = joined_by(a, b, links);
        }
    }
    fit
}

/// The merge by which two claims came together, of links from the last to the first.
fn joined_by(a: &ClaimId, b: &ClaimId, links: &[Link]) -> Option<DecisionId> {
    let (mut groups, none) = (Groups::default(), Apart::new());
    let joins = |link: &&Link| {
        let _ = groups.join(&link.a, &link.b, &none);
        groups.group(a) == groups.group(b)
    };
    links.iter().find(joins).map(|link| link.decision.clone())
}
