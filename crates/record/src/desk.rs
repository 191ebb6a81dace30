//! Where every report of a ledger is in the day's work: as people ruled, else as the program proposes.

use crate::{RecordError, decisions};
use marsad_decision::{DeskRulings, ReportState, Ruling, desk_rulings};
use marsad_ledger::Ledger;
use marsad_model::{DecisionId, ReportId};
use serde::Serialize;
use std::collections::BTreeSet;

/// Where one report is, and on what that rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeskLine {
    /// The report.
    pub id: ReportId,
    /// Where it is.
    pub state: ReportState,
    /// Nobody ruled so: it is what the program proposes.
    pub proposed: bool,
    /// The report that it copies, where that is why.
    pub copies: Option<ReportId>,
    /// Who ruled, or withdrew it.
    pub by: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// Since when: the ruling's time, else when it was sealed.
    pub at: String,
    /// When it was sealed; null of what was withdrawn.
    pub sealed_at: Option<String>,
    /// The decisions on where it is: whoever rules next names the last of them as seen.
    pub seen: Vec<DecisionId>,
}

/// Every report, the one that came in last first; after them those that were withdrawn.
pub fn desk(ledger: &Ledger) -> Result<Vec<DeskLine>, RecordError> {
    let decisions = decisions(ledger)?;
    let rulings = desk_rulings(&decisions);
    let mut lines = Vec::new();
    for arrival in ledger.arrivals()? {
        lines.push(line(arrival.report, arrival.at, arrival.copies, &rulings));
    }
    let mut gone = BTreeSet::new();
    for stone in ledger.tombstones()? {
        for report in stone.reports {
            if gone.insert(report.clone()) {
                lines.push(DeskLine {
                    id: report,
                    state: ReportState::Withdrawn,
                    proposed: false,
                    copies: None,
                    by: Some(stone.by.clone()),
                    why: Some(stone.ground.clone()),
                    at: stone.at.clone(),
                    sealed_at: None,
                    seen: vec![stone.decision.clone()],
                });
            }
        }
    }
    Ok(lines)
}

fn line(
    id: ReportId,
    sealed_at: String,
    copies: Option<ReportId>,
    rulings: &std::collections::BTreeMap<&ReportId, DeskRulings<'_>>,
) -> DeskLine {
    let on = rulings.get(&id);
    let last = on.and_then(|on| on.standing.last());
    let ruled = last.and_then(|d| match &d.ruling {
        Ruling::State { state, .. } => Some((*state, d)),
        _ => None,
    });
    let proposal = if copies.is_some() { ReportState::Duplicate } else { ReportState::New };
    DeskLine {
        state: ruled.map_or(proposal, |(state, _)| state),
        proposed: ruled.is_none(),
        copies,
        by: ruled.map(|(_, d)| d.by.clone()),
        why: ruled.map(|(_, d)| d.why.clone()),
        at: ruled.map_or_else(|| sealed_at.clone(), |(_, d)| d.at.clone()),
        sealed_at: Some(sealed_at),
        seen: on.map(|on| on.seen.iter().map(|id| (*id).clone()).collect()).unwrap_or_default(),
        id,
    }
}
