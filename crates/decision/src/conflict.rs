//! Do two rulings speak of the same thing? Then whoever rules second must have seen the first.

use crate::anchor::Anchor;
use crate::decision::{Decision, Ruling};
use crate::rulings::Reading;
use marsad_model::{ClaimId, DecisionId, ReportId};
use std::collections::{BTreeMap, BTreeSet};

/// What a ruling speaks of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A claim as it is read now.
    Claim(ClaimId),
    /// A stretch of a report, from this byte, where no claim is.
    Words(ReportId, u32),
    /// Words that are no longer found.
    Lost(Anchor),
    /// A tie between two reports, the smaller id first.
    Tie(ReportId, ReportId),
    /// Whose telling a report is.
    Origin(ReportId),
    /// Where a report is in the day's work.
    State(ReportId),
    /// A source.
    Source(String),
}

/// What a ruling speaks of. An undo speaks of what the decision speaks of that it takes back; `earlier` finds that.
pub fn subjects<'d>(
    ruling: &'d Ruling,
    readings: &BTreeMap<&ReportId, Reading<'_>>,
    earlier: &impl Fn(&DecisionId) -> Option<&'d Decision>,
) -> BTreeSet<Subject> {
    let claim = |anchor: &Anchor| {
        let found = readings.get(&anchor.report).and_then(|r| anchor.claim(r.text, r.claims));
        found.map_or_else(|| Subject::Lost(anchor.clone()), |claim| Subject::Claim(claim.id.clone()))
    };
    let name = |anchor: &Anchor| {
        let found = readings.get(&anchor.report).and_then(|r| anchor.find(r.text));
        found.map_or_else(|| Subject::Lost(anchor.clone()), |s| Subject::Words(anchor.report.clone(), s.start))
    };
    match ruling {
        Ruling::Publish { victim, also, .. } => std::iter::once(victim).chain(also).map(name).collect(),
        Ruling::Victim { claim: of, victim, .. } => BTreeSet::from([claim(of), name(victim)]),
        Ruling::SamePerson { names } => names.iter().map(name).collect(),
        Ruling::Lineage { report, to, .. } => {
            BTreeSet::from([Subject::Tie(report.clone().min(to.clone()), report.clone().max(to.clone()))])
        }
        Ruling::Origin { report, .. } => BTreeSet::from([Subject::Origin(report.clone())]),
        Ruling::State { report, .. } | Ruling::Withdraw { report } => BTreeSet::from([Subject::State(report.clone())]),
        Ruling::Reliability { source, .. } => BTreeSet::from([Subject::Source(source.clone())]),
        // Each codes for themself: a second coding stands in nobody's way, and is not shown to who comes after it.
        // Bytes are withdrawn once, where the ledger lies.
        Ruling::Second { .. } | Ruling::WithdrawUnread { .. } => BTreeSet::new(),
        // A decision's id is a hash of what it says, so none takes back itself or a later one: this ends.
        Ruling::Undo { undoes } => earlier(undoes).map(|undone| subjects(&undone.ruling, readings, earlier)).unwrap_or_default(),
        ruling => ruling.anchors().map(claim).collect(),
    }
}
