//! Which claims people put together and apart, where their rulings do not all fit one another: later ones go before.

use crate::rulings::{Link, Rulings, Standing};
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

    /// Put two together, unless that would put together claims that are to be apart.
    fn join(&mut self, a: &ClaimId, b: &ClaimId, apart: &BTreeSet<(ClaimId, ClaimId)>) -> bool {
        let (ga, gb) = (self.group(a), self.group(b));
        if ga == gb {
            return true;
        }
        let forbidden = self.members[ga].iter().any(|x| self.members[gb].iter().any(|y| apart.contains(&ordered(x, y))));
        if forbidden {
            return false;
        }
        let moved = std::mem::take(&mut self.members[gb]);
        for claim in &moved {
            self.of.insert(claim.clone(), ga);
        }
        self.members[ga].extend(moved);
        true
    }
}

fn ordered(a: &ClaimId, b: &ClaimId) -> (ClaimId, ClaimId) {
    (a.min(b).clone(), a.max(b).clone())
}

/// Go through merges and splits from the last to the first; what a later one forbids is left out.
pub(crate) fn settle(links: Vec<Ruled>, rulings: &mut Rulings) {
    let mut groups = Groups::default();
    let mut apart: BTreeMap<(ClaimId, ClaimId), DecisionId> = BTreeMap::new();
    let mut forbidden: BTreeSet<(ClaimId, ClaimId)> = BTreeSet::new();
    let mut newest: Option<DecisionId> = None;
    for ruled in links.into_iter().rev() {
        let mut held = false;
        match &ruled.from {
            None => {
                let mut claims = ruled.claims.iter();
                let Some(first) = claims.next() else { continue };
                for other in claims {
                    if groups.join(first, other, &forbidden) {
                        let (a, b) = ordered(first, other);
                        rulings.must_link.push(Link { a, b, decision: ruled.decision.clone() });
                        held = true;
                    }
                }
            }
            Some(from) => {
                for (a, b) in ruled.claims.iter().flat_map(|a| from.iter().map(move |b| (a, b))) {
                    if groups.group(a) != groups.group(b) {
                        forbidden.insert(ordered(a, b));
                        apart.entry(ordered(a, b)).or_insert_with(|| ruled.decision.clone());
                        held = true;
                    }
                }
            }
        }
        let standing = rulings.standing.get_mut(&ruled.decision).filter(|s| **s == Standing::Stands);
        match (held, standing, &newest) {
            (false, Some(standing), Some(by)) => *standing = Standing::Overruled { by: by.clone() },
            (true, _, _) => newest = Some(ruled.decision),
            _ => {}
        }
    }
    rulings.must_link.sort();
    rulings.cannot_link = apart.into_iter().map(|((a, b), decision)| Link { a, b, decision }).collect();
}
