//! Second coding: a report's claims without what people ruled, and how far two people agree.

use crate::dossier::{listed, words};
use crate::listing::short;
use crate::review::ruling::Desk;
use crate::table::{Style, isolate};
use anyhow::{Context, Result};
use marsad_ledger::Ledger;
use marsad_model::{Casualties, ClaimTime, PersonStatus, Span};
use marsad_record::{Bench, analysis};
use std::fmt::Write as _;

/// A report's claims as they were read, without anything that people ruled.
pub(super) fn blind(ledger: &Ledger, report: &str, style: Style) -> Result<String> {
    let id = Desk { ledger }.report(report)?;
    let stored = ledger.report(&id)?.with_context(|| format!("{id} is no longer in this ledger"))?;
    let mut out = String::new();
    for claim in analysis(&stored)?.claims {
        writeln!(out, "{}", style.strong(&format!("{}  {}", short(claim.id.as_str()), claim.event_type)))?;
        let actors = claim.actors.iter().map(|a| format!("{} {}", format!("{:?}", a.role).to_lowercase(), isolate(&a.name)));
        let places = claim.places_where().map(|p| format!("at {}", isolate(&p.name)));
        let time = claim.time.as_ref().map(days);
        let harmed = claim.casualties.iter().map(harmed);
        let values: Vec<String> = actors.chain(places).chain(time).chain(harmed).collect();
        if !values.is_empty() {
            out.push_str(&listed(&values.join("; "), "  ", style));
        }
        out.push_str(&listed(claim.evidence.of(&stored.report.text), "  | ", style));
    }
    Ok(if out.is_empty() { "This report makes no claim.\n".to_owned() } else { out })
}

/// The days of a claim.
fn days(time: &ClaimTime<Span>) -> String {
    match (time.start, time.end) {
        (Some(a), Some(b)) if a == b => format!("on {a}"),
        (Some(a), Some(b)) => format!("from {a} to {b}"),
        (Some(a), None) => format!("since {a}"),
        (None, Some(b)) => format!("until {b}"),
        (None, None) => "day not known".to_owned(),
    }
}

/// How many suffered what.
fn harmed(c: &Casualties<Span>) -> String {
    let number = match (c.min, c.max) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a}-{b}"),
        (Some(a), None) => format!("{a}+"),
        (None, Some(b)) => format!("up to {b}"),
        (None, None) => "some".to_owned(),
    };
    let status = Some(words(c.status)).filter(|_| c.status != PersonStatus::Unknown);
    let told = [Some(words(c.harm)), Some(number), status, c.group.map(words)];
    told.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// How far second coders agree with those who ruled first.
pub(super) fn agreement(ledger: &Ledger, style: Style) -> Result<String> {
    let found = Bench::whole(ledger)?.agreement();
    let mut out = String::new();
    if found.coded > 0 {
        writeln!(out, "{}", style.strong("field         same  different  share  kappa"))?;
    }
    for f in &found.fields {
        let told = |n: Option<f64>| n.map_or_else(|| "-".to_owned(), |n| format!("{n:.2}"));
        writeln!(out, "{:<12}  {:>4}  {:>9}  {:>5}  {:>5}", f.field, f.same, f.different, told(f.share), told(f.kappa))?;
    }
    for item in &found.items {
        for two in item.fields.iter().filter(|two| !two.same) {
            writeln!(out, "{}", style.faint(&format!("{}  {}", short(item.claim.as_str()), two.field)))?;
            out.push_str(&listed(&format!("{}: {}", isolate(&item.first.join(", ")), two.first), "  - ", style));
            out.push_str(&listed(&format!("{}: {}", isolate(&item.second), two.second), "  + ", style));
        }
    }
    writeln!(out, "{} coded twice, {} waiting for a first coding. Both coders began from what was read.", found.coded, found.single)?;
    Ok(out)
}
