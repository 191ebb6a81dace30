//! Decisions from one ledger to another, as JSON lines.

use crate::listing::many;
use anyhow::{Context, Result};
use marsad_decision::{Decision, Ruling, Standing};
use marsad_ledger::{Expected, Ledger};
use marsad_model::DecisionId;
use marsad_record::{Bench, decisions, new_decision};
use std::collections::BTreeMap;
use std::path::Path;

/// Write all decisions, in the order in which they were made.
pub(super) fn export(ledger: &Ledger, file: &Path) -> Result<String> {
    let decisions = decisions(ledger)?;
    let lines = decisions.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
    let text: String = lines.into_iter().map(|line| line + "\n").collect();
    std::fs::write(file, text).with_context(|| format!("writing {}", file.display()))?;
    Ok(format!("{} written to {}\n", many(decisions.len() as u64, "decision"), file.display()))
}

/// Make them on this ledger too, all or none; those that it has are left out. Gives what to say, and how many are new.
pub(super) fn replay(ledger: &Ledger, file: &Path, now: &str) -> Result<(String, u64)> {
    let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let (mut new, mut earlier) = (Vec::new(), BTreeMap::new());
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let decision = Decision::read(line).with_context(|| format!("{}, line {}", file.display(), n + 1))?;
        let before = |id: &DecisionId| match earlier.get(id) {
            Some(found) => Ok(Some(Decision::clone(found))),
            None => marsad_record::decision(ledger, id),
        };
        new.push(new_decision(&decision, &before)?);
        earlier.insert(decision.id.clone(), decision);
    }
    let added = Ledger::decide(ledger.dir(), &new, Expected::Any, now)?.unwrap_or(0);
    let known = new.len() as u64 - added;
    let records = Bench::whole(ledger)?.records();
    let loose = records.iter().filter(|r| matches!(r.standing, Standing::Loose { .. })).count() as u64;
    let mut told = format!("{} made here too, {known} known already", many(added, "decision"));
    if loose > 0 {
        told.push_str(&format!("; of all, {loose} rest on words that this ledger lacks: marsad review loose"));
    }
    told.push_str(".\n");
    // A file of decisions destroys nothing by itself: whoever keeps this ledger has to do that knowingly.
    for decision in earlier.values() {
        if let Ruling::Withdraw { report } = &decision.ruling
            && ledger.arrival(report)?.is_some()
        {
            told.push_str(&format!(
                "NOT DONE HERE: {} withdrew {report} ({}). This ledger still has its bytes and its words, and exports hold them: marsad review withdraw {report} --ledger {}\n",
                decision.by, decision.why, ledger.dir().display()
            ));
        }
    }
    for decision in earlier.values() {
        if let Ruling::WithdrawUnread { original } = &decision.ruling
            && ledger.unread(original)?.contains(original)
        {
            told.push_str(&format!(
                "NOT DONE HERE: {} withdrew what could not be read and is sealed as {original} ({}). This ledger still has its bytes, and bundles hold them: marsad review withdraw {original} --ledger {}\n",
                decision.by, decision.why, ledger.dir().display()
            ));
        }
    }
    Ok((told, added))
}
