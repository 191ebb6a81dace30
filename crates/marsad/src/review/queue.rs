//! The queue: claims that nobody ruled on, the least certain first; and decisions whose words are no longer found.

use crate::dossier::listed;
use crate::listing::{many, short};
use crate::table::{Style, isolate, wrapped};
use anyhow::Result;
use marsad_decision::Standing;
use marsad_ledger::{Ledger, PlacedClaim};
use marsad_record::{Bench, ruled_claims};
use std::fmt::Write as _;

/// The first of the queue.
pub(super) fn queue(ledger: &Ledger, limit: u64, style: Style) -> Result<String> {
    let count = ledger.count_unsettled()?;
    if count == 0 {
        return Ok("Nothing waits to be reviewed.\n".to_owned());
    }
    let mut out = String::new();
    for placed in ledger.unsettled_claims(None, limit)? {
        out.push_str(&one(ledger, &placed, style)?);
    }
    writeln!(out, "{} to be reviewed, the least certain first.", many(count, "claim"))?;
    Ok(out)
}

fn one(ledger: &Ledger, placed: &PlacedClaim, style: Style) -> Result<String> {
    let mut out = String::new();
    let Some(stored) = ledger.report(&placed.report)? else { return Ok(out) };
    let Some(claim) = ruled_claims(ledger, &stored)?.into_iter().find(|c| c.id == placed.id) else { return Ok(out) };
    let source = stored.report.source.name.as_deref().unwrap_or("?");
    let event = placed.event.as_ref().map_or("?", |e| short(e.as_str()));
    let head = format!("{}  {}  {:.2}", short(placed.id.as_str()), claim.event_type, claim.confidence);
    writeln!(out, "{}  {}", style.strong(&head), style.faint(&format!("event {event}, {}", isolate(source))))?;
    let names: Vec<String> =
        claim.actors.iter().map(|a| format!("{} {}", format!("{:?}", a.role).to_lowercase(), isolate(&a.name))).collect();
    let places: Vec<String> = claim.places_where().map(|p| format!("at {}", isolate(&p.name))).collect();
    let values: Vec<String> = names.into_iter().chain(places).collect();
    if !values.is_empty() {
        out.push_str(&wrapped(&values.join("; "), "  ", style.width));
    }
    out.push_str(&listed(claim.evidence.of(&stored.report.text), "  | ", style));
    Ok(out)
}

/// Decisions whose words are no longer found, with those words.
pub(super) fn loose(ledger: &Ledger, style: Style) -> Result<String> {
    let mut out = String::new();
    for record in Bench::whole(ledger)?.records() {
        let loose = matches!(record.standing, Standing::Loose { .. });
        if !loose && record.lost.is_empty() {
            continue;
        }
        let d = &record.decision;
        writeln!(out, "{}", style.strong(&format!("{}  {}  {}", d.id, d.at, isolate(&d.by))))?;
        out.push_str(&wrapped(&d.why, "  ", style.width));
        for lost in &record.lost {
            out.push_str(&listed(&format!("{:?}: {} ({})", lost.because, lost.anchor.exact, lost.anchor.report), "  - ", style));
        }
        if let (Standing::Loose { because }, true) = (&record.standing, record.lost.is_empty()) {
            writeln!(out, "  - {because:?}")?;
        }
    }
    Ok(if out.is_empty() { "Every decision is anchored.\n".to_owned() } else { out })
}
