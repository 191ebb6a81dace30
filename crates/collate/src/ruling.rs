//! What people ruled: which claims are one happening, which are not, and whose telling a report is.
//!
//! A ruling names claims and reports by their ids and holds for as long as these are loaded; what names others waits. It
//! goes before every score. Where rulings contradict one another, the one that keeps apart holds: a wrong merge costs more
//! than a missed one.

use crate::Claimed;
use crate::corpus::Corpus;
use crate::disjoint::Disjoint;
use crate::facet::Facet;
use crate::tie::Tie;
use marsad_model::{ClaimId, ReportId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// What people ruled, beside what is scored.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rulings {
    /// Pairs of claims that are one happening (a merge). What fits one of the two fits both.
    pub must_link: BTreeSet<(ClaimId, ClaimId)>,
    /// Pairs of claims that are two happenings (a split).
    pub cannot_link: BTreeSet<(ClaimId, ClaimId)>,
    /// Reports that tell from access of their own, whatever ties were found.
    pub independent: BTreeSet<ReportId>,
    /// Reports that have what they tell from another: the first from the second. Goes before `independent`.
    pub depends: BTreeSet<(ReportId, ReportId)>,
    /// Reports that have nothing from one another, whatever ties were found; the smaller id first.
    pub unrelated: BTreeSet<(ReportId, ReportId)>,
    /// Claims as people corrected them; `None` for those that their reports do not make. Lineage looks at what is written,
    /// events at these.
    pub claims: BTreeMap<ClaimId, Option<Claimed>>,
}

impl Rulings {
    /// The claim as people corrected it, else as it was read; `None` where they rejected it.
    pub(crate) fn ruled<'c>(&'c self, read: &'c Claimed) -> Option<&'c Claimed> {
        self.claims.get(&read.id).map_or(Some(read), Option::as_ref)
    }

    /// Ties without those that people ruled to be none.
    pub(crate) fn related(&self, corpus: &Corpus<'_>, mut ties: Vec<Tie>) -> Vec<Tie> {
        if !self.unrelated.is_empty() {
            let id = |i: usize| corpus.get(i).report.id.clone();
            ties.retain(|t| !self.unrelated.contains(&(id(t.a).min(id(t.b)), id(t.a).max(id(t.b)))));
        }
        ties
    }
}

/// Facets that people ruled to be one happening, as units that are joined whole; and which units stay apart.
pub(crate) struct Units {
    /// The facets of each unit, sorted; units in the order of their first facets.
    pub(crate) members: Vec<Vec<usize>>,
    /// The unit of each facet.
    pub(crate) of: Vec<usize>,
    apart: FxHashSet<(usize, usize)>,
}

impl Units {
    /// Merges are taken in the order of claim ids; one that would bring together what a split keeps apart is left out.
    pub(crate) fn new(facets: &[Facet<'_>], rulings: &Rulings) -> Self {
        let pairs = |of: &BTreeSet<(ClaimId, ClaimId)>| -> BTreeSet<(usize, usize)> {
            let at = |id: &ClaimId| facets.binary_search_by(|f| f.claim.id.cmp(id)).ok();
            let known = of.iter().filter_map(|(a, b)| at(a).zip(at(b)));
            known.filter(|(a, b)| a != b).map(|(a, b)| (a.min(b), a.max(b))).collect()
        };
        let (one, two) = (pairs(&rulings.must_link), pairs(&rulings.cannot_link));
        let mut sets = Disjoint::new(facets.len());
        for (a, b) in one {
            let ends = [sets.find(a), sets.find(b)];
            let parted = two.iter().any(|&(x, y)| {
                let (x, y) = (sets.find(x), sets.find(y));
                [x, y] == ends || [y, x] == ends
            });
            if !parted {
                sets.join(a, b);
            }
        }
        let members = sets.sets();
        let mut of = vec![0; facets.len()];
        for (unit, facets) in members.iter().enumerate() {
            for &f in facets {
                of[f] = unit;
            }
        }
        let apart = two.iter().map(|&(a, b)| (of[a].min(of[b]), of[a].max(of[b]))).collect();
        Self { members, of, apart }
    }

    /// Did people rule that these two units are two happenings?
    pub(crate) fn apart(&self, a: usize, b: usize) -> bool {
        self.apart.contains(&(a.min(b), a.max(b)))
    }
}

/// The rulings on reports, by the reports' places in the corpus.
#[derive(Debug, Default)]
pub(crate) struct Tellings {
    independent: BTreeSet<usize>,
    /// The later first.
    pub(crate) depends: BTreeSet<(usize, usize)>,
}

impl Tellings {
    pub(crate) fn new(corpus: &Corpus<'_>, rulings: &Rulings) -> Self {
        let at: FxHashMap<&str, usize> = if rulings.independent.is_empty() && rulings.depends.is_empty() {
            FxHashMap::default()
        } else {
            (0..corpus.len()).map(|i| (corpus.get(i).report.id.as_str(), i)).collect()
        };
        let place = |id: &ReportId| at.get(id.as_str()).copied();
        let depends: BTreeSet<(usize, usize)> =
            rulings.depends.iter().filter_map(|(a, b)| place(a).zip(place(b))).filter(|(a, b)| a != b).collect();
        let taken = |i: usize| depends.iter().any(|d| d.0 == i);
        let independent = rulings.independent.iter().filter_map(place).filter(|&i| !taken(i)).collect();
        Self { independent, depends }
    }

    /// Did people rule that the report has access of its own?
    pub(crate) fn is_independent(&self, entry: usize) -> bool {
        self.independent.contains(&entry)
    }

    /// Reports that people ruled to have access of their own.
    pub(crate) fn independent(&self) -> impl Iterator<Item = usize> + '_ {
        self.independent.iter().copied()
    }

    /// The reports that people ruled on.
    pub(crate) fn ruled(&self) -> BTreeMap<usize, &'static str> {
        let own = self.independent.iter().map(|&i| (i, "people ruled that a report tells from access of its own"));
        let taken = self.depends.iter().map(|d| (d.0, "people ruled that a report has what it tells from another"));
        own.chain(taken).collect()
    }
}
