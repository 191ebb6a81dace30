//! Where the reports of a ledger are in the day's work: as people ruled, else as the program proposes.
//!
//! A page of them is read, not all: what people ruled and what was found to be a copy is counted and looked up, of all other
//! reports it is known without looking that they are new.

use crate::{RecordError, decisions};
use marsad_decision::{Decision, DeskRulings, ReportState, Ruling, desk_rulings};
use marsad_ledger::{Arrival, HandedIn, Ledger};
use marsad_model::{DecisionId, ReportId};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

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
    /// Who handed it in at the desk; null of what a run or a fetch brought.
    pub handed_in_by: Option<String>,
    /// The decisions on where it is: whoever rules next names the last of them as seen.
    pub seen: Vec<DecisionId>,
}

/// Where a page of the desk ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskMark {
    /// Before the report that came in at this place.
    Before(i64),
    /// After so many of those that were withdrawn, which come last.
    Gone(usize),
}

/// Some of the reports, the one that came in last first; after them those that were withdrawn.
#[derive(Debug, Default)]
pub struct DeskPage {
    /// They.
    pub lines: Vec<DeskLine>,
    /// Where the next page begins; `None` where there is no more.
    pub next: Option<DeskMark>,
    /// How many of all are in each state.
    pub states: BTreeMap<ReportState, u64>,
}

/// So many reports in this state, or in any, from a mark on.
pub fn desk(ledger: &Ledger, wanted: Option<ReportState>, from: Option<DeskMark>, limit: usize) -> Result<DeskPage, RecordError> {
    let decisions = decisions(ledger)?;
    let desk = Desk::of(ledger, &decisions)?;
    let mut page = DeskPage { states: desk.states(ledger)?, ..DeskPage::default() };
    let passed = match from {
        Some(DeskMark::Gone(passed)) => passed,
        Some(DeskMark::Before(place)) => desk.reports(ledger, wanted, Some(place), limit, &mut page).map(|()| 0)?,
        None => desk.reports(ledger, wanted, None, limit, &mut page).map(|()| 0)?,
    };
    if page.next.is_none() && wanted.is_none_or(|wanted| wanted == ReportState::Withdrawn) {
        let room = limit.saturating_sub(page.lines.len());
        let end = passed.saturating_add(room).min(desk.gone.len());
        page.next = Some(DeskMark::Gone(end)).filter(|_| end < desk.gone.len());
        page.lines.extend(desk.gone.into_iter().take(end).skip(passed));
    }
    Ok(page)
}

/// What is known of the reports without reading them.
struct Desk<'d> {
    rulings: BTreeMap<&'d ReportId, DeskRulings<'d>>,
    /// The reports of which it was ruled where they are.
    ruled: BTreeMap<ReportId, (ReportState, Arrival)>,
    copies: BTreeMap<ReportId, ReportId>,
    gone: Vec<DeskLine>,
    handed_in: BTreeMap<ReportId, HandedIn>,
}

impl<'d> Desk<'d> {
    fn of(ledger: &Ledger, decisions: &'d [Decision]) -> Result<Self, RecordError> {
        let rulings = desk_rulings(decisions);
        let mut ruled = BTreeMap::new();
        for (report, on) in &rulings {
            if let Some((state, _)) = last(on)
                && let Some(arrival) = ledger.arrival(report)?
            {
                ruled.insert((*report).clone(), (state, arrival));
            }
        }
        Ok(Self { rulings, ruled, copies: ledger.copies()?, gone: gone(ledger)?, handed_in: ledger.handed_in()? })
    }

    fn states(&self, ledger: &Ledger) -> Result<BTreeMap<ReportState, u64>, RecordError> {
        let mut states: BTreeMap<ReportState, u64> = BTreeMap::new();
        for (state, _) in self.ruled.values() {
            *states.entry(*state).or_default() += 1;
        }
        let proposed = self.copies.keys().filter(|report| !self.ruled.contains_key(*report)).count() as u64;
        let reports = ledger.counts()?.reports;
        *states.entry(ReportState::Duplicate).or_default() += proposed;
        *states.entry(ReportState::New).or_default() += reports.saturating_sub(self.ruled.len() as u64 + proposed);
        *states.entry(ReportState::Withdrawn).or_default() += self.gone.len() as u64;
        Ok(states)
    }

    fn state(&self, report: &ReportId) -> ReportState {
        let proposal = if self.copies.contains_key(report) { ReportState::Duplicate } else { ReportState::New };
        self.ruled.get(report).map_or(proposal, |(state, _)| *state)
    }

    fn reports(
        &self,
        ledger: &Ledger,
        wanted: Option<ReportState>,
        before: Option<i64>,
        limit: usize,
        page: &mut DeskPage,
    ) -> Result<(), RecordError> {
        let mut found: Vec<Arrival> = Vec::new();
        if let Some(state) = wanted.filter(|state| *state != ReportState::New) {
            found = self.in_state(ledger, state)?;
            found.retain(|arrival| before.is_none_or(|before| arrival.place < before));
        } else {
            ledger.each_arrival(before, &mut |arrival| {
                if wanted.is_none_or(|wanted| wanted == self.state(&arrival.report)) {
                    found.push(arrival);
                }
                found.len() <= limit
            })?;
        }
        let more = found.len() > limit;
        found.truncate(limit);
        page.next = found.last().filter(|_| more).map(|arrival| DeskMark::Before(arrival.place));
        page.lines.extend(found.into_iter().map(|arrival| self.line(arrival)));
        Ok(())
    }

    /// The reports in a state of which all are known, the one that came in last first.
    fn in_state(&self, ledger: &Ledger, state: ReportState) -> Result<Vec<Arrival>, RecordError> {
        let ruled = self.ruled.values().filter(|(ruled, _)| *ruled == state);
        let mut found: Vec<Arrival> = ruled.map(|(_, arrival)| arrival.clone()).collect();
        if state == ReportState::Duplicate {
            for report in self.copies.keys().filter(|report| !self.ruled.contains_key(*report)) {
                found.extend(ledger.arrival(report)?);
            }
        }
        found.sort_by_key(|one| std::cmp::Reverse(one.place));
        Ok(found)
    }

    fn line(&self, arrival: Arrival) -> DeskLine {
        let Arrival { report: id, at: sealed_at, .. } = arrival;
        let on = self.rulings.get(&id);
        let ruled = on.and_then(last);
        DeskLine {
            state: self.state(&id),
            proposed: ruled.is_none(),
            copies: self.copies.get(&id).cloned(),
            by: ruled.map(|(_, d)| d.by.clone()),
            why: ruled.map(|(_, d)| d.why.clone()),
            at: ruled.map_or_else(|| sealed_at.clone(), |(_, d)| d.at.clone()),
            sealed_at: Some(sealed_at),
            handed_in_by: self.handed_in.get(&id).map(|by| by.by.clone()),
            seen: on.map(|on| on.seen.iter().map(|id| (*id).clone()).collect()).unwrap_or_default(),
            id,
        }
    }
}

fn last<'d>(on: &DeskRulings<'d>) -> Option<(ReportState, &'d Decision)> {
    on.standing.last().and_then(|d| match &d.ruling {
        Ruling::State { state, .. } => Some((*state, *d)),
        _ => None,
    })
}

/// The reports that were withdrawn.
fn gone(ledger: &Ledger) -> Result<Vec<DeskLine>, RecordError> {
    let (mut lines, mut known) = (Vec::new(), BTreeSet::new());
    for stone in ledger.tombstones()? {
        for report in stone.reports {
            if known.insert(report.clone()) {
                lines.push(DeskLine {
                    id: report,
                    state: ReportState::Withdrawn,
                    proposed: false,
                    copies: None,
                    by: Some(stone.by.clone()),
                    why: Some(stone.ground.clone()),
                    at: stone.at.clone(),
                    sealed_at: None,
                    handed_in_by: None,
                    seen: vec![stone.decision.clone()],
                });
            }
        }
    }
    Ok(lines)
}
