//! Where reports are in the day's work, by what people ruled.

use crate::decision::{Decision, Ruling};
use crate::docket::undone;
use marsad_model::{DecisionId, ReportId};
use std::collections::BTreeMap;

/// What was ruled on where one report is in the day's work.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct DeskRulings<'d> {
    /// The rulings that nobody took back, in their order; the last one holds.
    pub standing: Vec<&'d Decision>,
    /// All decisions on it: whoever rules next must have seen the last.
    pub seen: Vec<&'d DecisionId>,
}

/// The rulings of `decisions`, which are in the order in which they were made, on where reports are, report by report.
#[must_use]
pub fn desk_rulings(decisions: &[Decision]) -> BTreeMap<&ReportId, DeskRulings<'_>> {
    let by_id: BTreeMap<&DecisionId, &Decision> = decisions.iter().map(|d| (&d.id, d)).collect();
    let undone = undone(decisions);
    let mut desk: BTreeMap<&ReportId, DeskRulings<'_>> = BTreeMap::new();
    for (n, decision) in decisions.iter().enumerate() {
        let mut about = decision;
        // No decision takes back itself or a later one: this ends.
        while let Ruling::Undo { undoes } = &about.ruling {
            let Some(earlier) = by_id.get(undoes) else { break };
            about = earlier;
        }
        let (Ruling::State { report, .. } | Ruling::Withdraw { report }) = &about.ruling else { continue };
        let rulings = desk.entry(report).or_default();
        rulings.seen.push(&decision.id);
        if matches!(decision.ruling, Ruling::State { .. }) && !undone.contains_key(&n) {
            rulings.standing.push(decision);
        }
    }
    desk
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::ReportState;

    fn ruled(n: u32, ruling: Ruling) -> Decision {
        Decision::new(&format!("2031-05-18T07:00:{n:02}Z"), "Rana", "read it", ruling).unwrap()
    }

    #[test]
    fn the_last_ruling_that_was_not_taken_back_holds_and_all_are_to_be_seen() {
        let report = ReportId::from("r:1");
        let state = |state| Ruling::State { report: report.clone(), state };
        let mut all = vec![ruled(1, state(ReportState::Relevant)), ruled(2, state(ReportState::Coded))];
        all.push(ruled(3, Ruling::Undo { undoes: all[1].id.clone() }));
        let desk = desk_rulings(&all);
        assert_eq!(desk[&report].standing, [&all[0]]);
        assert_eq!(desk[&report].seen.len(), 3);
        all.push(ruled(4, Ruling::Undo { undoes: all[2].id.clone() }));
        assert_eq!(desk_rulings(&all)[&report].standing, [&all[0], &all[1]]);
        assert!(desk_rulings(&[ruled(5, Ruling::Undo { undoes: DecisionId::from("d:none") })]).is_empty());
    }
}
