//! `marsad search`: the reports in which words stand, each with the stretch of its text around them.

use crate::dossier::published;
use crate::listing::{many, short};
use crate::table::{Style, isolate, wrapped};
use anyhow::{Context, Result};
use marsad_ledger::Ledger;
use marsad_model::ReportId;
use marsad_search::{Asked, Segment, Terms};
use std::fmt::Write as _;

/// The reports in which these words stand, those that are most about them first; words in quotation marks stand one after
/// the other.
pub fn search(ledger: &Ledger, terms: &Terms, words: &[String], limit: usize, style: Style) -> Result<String> {
    let question = words.join(" ");
    let asked = terms.asked(&question).with_context(|| format!("`{question}` holds no word"))?;
    let snapshot = ledger.snapshot()?;
    let (found, total) = ledger.reports_with(&asked.to_string(), 0, limit)?;
    let mut out = String::new();
    for id in &found {
        hit(ledger, terms, &asked, id, style, &mut out)?;
    }
    drop(snapshot);
    let left = total.saturating_sub(found.len() as u64);
    match (total, left) {
        (0, _) => out.push_str("No report has these words.\n"),
        (_, 0) => {}
        _ => writeln!(out, "… and {} more: --limit {total}", many(left, "report"))?,
    }
    Ok(out)
}

fn hit(ledger: &Ledger, terms: &Terms, asked: &Asked, id: &ReportId, style: Style, out: &mut String) -> Result<()> {
    let Some(stored) = ledger.report(id)? else { return Ok(()) };
    let report = &stored.report;
    let source = report.source.name.as_deref().unwrap_or("unknown source");
    let dated = report.published.as_ref().map_or_else(|| "undated".to_owned(), published);
    let head = format!("{} · {dated} · {} · {}", isolate(source), report.language.code(), short(id.as_str()));
    writeln!(out, "{}", style.strong(&head))?;
    if let Some(title) = &report.title {
        out.push_str(&wrapped(&marked(&terms.marked(title, asked)), "  ", style.width));
    }
    out.push_str(&wrapped(&marked(&terms.excerpt(&report.text, asked)), "    ", style.width));
    let events: Vec<String> = ledger.events_of(id)?.into_iter().map(|(event, kind)| format!("{} {kind}", short(event.as_str()))).collect();
    if !events.is_empty() {
        out.push_str(&style.faint(&wrapped(&events.join(", "), "  ", style.width)));
    }
    Ok(())
}

/// The words, those that were asked for between asterisks.
fn marked(segments: &[Segment]) -> String {
    segments.iter().map(|s| if s.hit { format!("*{}*", s.text) } else { s.text.clone() }).collect()
}
