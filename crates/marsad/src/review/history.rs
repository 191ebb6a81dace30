//! What was ruled on a claim or an event, as a diff: each value as it was before, and as it became.

use crate::dossier::listed;
use crate::review::ruling::Desk;
use crate::table::{Style, isolate, wrapped};
use anyhow::Result;
use marsad_decision::{Decision, Standing, Value};
use marsad_ledger::Ledger;
use marsad_model::{ClaimId, ReportId};
use marsad_record::Bench;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The decisions on it, oldest first.
pub(super) fn history(ledger: &Ledger, name: &str, style: Style) -> Result<String> {
    let claims = Desk { ledger }.claims(name)?;
    let reports: BTreeSet<ReportId> =
        claims.iter().filter_map(|c| ledger.claim(c).transpose()).map(|c| c.map(|c| c.report)).collect::<Result<_, _>>()?;
    let bench = Bench::on(ledger, reports)?;
    let standing = bench.rulings().standing;
    let mut out = String::new();
    for decision in &bench.decisions {
        let on: BTreeSet<ClaimId> = bench.claims_of(decision).intersection(&claims).cloned().collect();
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
    let changes = bench.changes(decision);
    if changes.is_empty() {
        out.push_str(&listed(&ruled(decision, on), "  + ", style));
    }
    for change in changes.iter().filter(|c| on.contains(&c.claim)) {
        for (mark, value) in [("  - ", &change.before), ("  + ", &change.after)] {
            for line in lines(value) {
                out.push_str(&listed(&line, mark, style));
            }
        }
    }
    Ok(())
}

/// A ruling that changes no value: its words, and the claims.
fn ruled(decision: &Decision, on: &BTreeSet<ClaimId>) -> String {
    let ruling = serde_json::to_value(&decision.ruling).unwrap_or_default();
    // Of the words that are ruled on those of a name are told; a claim's are what it is known by anyway.
    let told = |(name, v): (&String, &serde_json::Value)| match (name.as_str(), v) {
        (_, serde_json::Value::String(word)) => Some(format!("{name}: {word}")),
        ("victim", anchor) => Some(format!("{name}: {}", isolate(anchor["exact"].as_str()?))),
        ("harmed", serde_json::Value::Null) => Some("harmed: no".to_owned()),
        ("harmed", harmed) => Some(plain(harmed)),
        _ => None,
    };
    let words = ruling.as_object().into_iter().flatten().filter_map(told);
    let claims: Vec<&str> = on.iter().map(ClaimId::as_str).collect();
    format!("{} ({})", words.collect::<Vec<_>>().join(", "), claims.join(", "))
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
