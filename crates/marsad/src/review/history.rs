//! What was ruled on a claim or an event, as a diff: each value as it was before, and as it became.

use crate::dossier::listed;
use crate::review::ruling::Desk;
use crate::table::{Style, isolate, wrapped};
use anyhow::Result;
use marsad_decision::{Decision, Reading, Ruling, Standing, Subject, Value, apply};
use marsad_ledger::Ledger;
use marsad_model::{Claim, ClaimId, ReportId, Span};
use marsad_record::Bench;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The decisions on it, oldest first.
pub(super) fn history(ledger: &Ledger, name: &str, style: Style) -> Result<String> {
    let claims = Desk { ledger }.claims(name)?;
    let reports: BTreeSet<ReportId> =
        claims.iter().filter_map(|c| ledger.claim(c).transpose()).map(|c| c.map(|c| c.report)).collect::<Result<_, _>>()?;
    let bench = Bench::on(ledger, &reports)?;
    let standing = bench.rulings().standing;
    let mut out = String::new();
    for decision in &bench.decisions {
        let on: BTreeSet<ClaimId> = bench
            .subjects(decision)
            .into_iter()
            .filter_map(|s| match s {
                Subject::Claim(claim) => Some(claim),
                _ => None,
            })
            .filter(|c| claims.contains(c))
            .collect();
        if !on.is_empty() {
            one(&bench, decision, &on, standing.get(&decision.id), style, &mut out)?;
        }
    }
    Ok(if out.is_empty() { "Nobody ruled on it.\n".to_owned() } else { out })
}

fn one(bench: &Bench, decision: &Decision, on: &BTreeSet<ClaimId>, how: Option<&Standing>, style: Style, out: &mut String) -> Result<()> {
    let standing = match how {
        Some(Standing::Overruled { by }) => format!("  overruled by {by}"),
        Some(Standing::Undone { by }) => format!("  undone by {by}"),
        Some(Standing::Loose { .. }) => "  no longer anchored".to_owned(),
        Some(Standing::Stands) | None => String::new(),
    };
    writeln!(out, "{}{}", style.strong(&format!("{}  {}  {}", decision.at, isolate(&decision.by), decision.id)), style.faint(&standing))?;
    out.push_str(&wrapped(&decision.why, "  ", style.width));
    for (minus, plus) in changes(bench, decision, on) {
        for line in minus {
            out.push_str(&listed(&line, "  - ", style));
        }
        for line in plus {
            out.push_str(&listed(&line, "  + ", style));
        }
    }
    Ok(())
}

/// What was before and what became of it, as lines.
fn changes(bench: &Bench, decision: &Decision, on: &BTreeSet<ClaimId>) -> Vec<(Vec<String>, Vec<String>)> {
    let value = match &decision.ruling {
        Ruling::Edit { value, .. } => value.clone(),
        Ruling::Place { place, .. } => Value::Places(vec![place.clone()]),
        ruling => {
            let mut said = serde_json::to_value(ruling).unwrap_or_default();
            let fields = said.as_object_mut().map(std::mem::take).unwrap_or_default();
            let plain = fields.iter().filter_map(|(name, v)| Some(format!("{name}: {}", v.as_str()?))).collect::<Vec<_>>().join(", ");
            return vec![(Vec::new(), vec![format!("{plain} ({})", on.iter().map(ClaimId::as_str).collect::<Vec<_>>().join(", "))])];
        }
    };
    let before = before(bench, decision);
    on.iter().filter_map(|id| before.get(id)).map(|claim| (lines(&Value::of(claim, &value)), lines(&value))).collect()
}

/// The claims as they were just before this decision.
fn before(bench: &Bench, decision: &Decision) -> BTreeMap<ClaimId, Claim<Span>> {
    let earlier: Vec<Decision> = bench.decisions.iter().take_while(|d| d.id != decision.id).cloned().collect();
    let readings = bench.readings();
    let rulings = marsad_decision::Rulings::resolve(&earlier, &readings);
    let all = readings.values().flat_map(|Reading { claims, .. }| claims.iter().cloned());
    let mut all: BTreeMap<ClaimId, Claim<Span>> = all.map(|c| (c.id.clone(), c)).collect();
    for (id, ruling) in &rulings.claims {
        if let Some(claim) = all.get_mut(id) {
            apply(claim, ruling);
        }
    }
    all
}

/// A value as lines: one an entry of a list.
fn lines(value: &Value) -> Vec<String> {
    let json = serde_json::to_value(value).unwrap_or_default();
    let (name, value) = (json.get("attribute").and_then(|a| a.as_str()).unwrap_or(""), json.get("value"));
    match value {
        Some(serde_json::Value::Array(all)) => all.iter().map(|v| format!("{name}: {}", plain(v))).collect(),
        Some(serde_json::Value::Null) | None => Vec::new(),
        Some(v) => vec![format!("{name}: {}", plain(v))],
    }
}

fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Object(fields) => {
            let told = fields.iter().filter(|(_, v)| !v.is_null());
            told.map(|(name, v)| format!("{name} {}", plain(v))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}
