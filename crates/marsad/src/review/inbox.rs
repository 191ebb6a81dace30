//! The inbox: reports by where they are in the day's work, and the history of one.

use crate::listing::short;
use crate::table::{Style, isolate, wrapped};
use anyhow::{Context, Result};
use marsad_decision::{ReportState, Ruling, Standing};
use marsad_ledger::Ledger;
use marsad_model::ReportId;
use marsad_record::{Bench, DeskLine, desk};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Reports in this state, or all, those that came in last first; below, how many are in each.
pub(super) fn inbox(ledger: &Ledger, state: Option<&str>, limit: u64, style: Style) -> Result<String> {
    let wanted = state.map(known).transpose()?;
    let mut out = String::new();
    let walls: Vec<_> = ledger.set_aside()?.into_iter().filter(|s| s.by_hand.is_some()).collect();
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let page = desk(ledger, wanted, None, limit)?;
    for line in &page.lines {
        out.push_str(&one(ledger, line, style)?);
    }
    if wanted == Some(ReportState::CaptureByHand) {
        for wall in walls.iter().take(limit) {
            writeln!(out, "{}", style.strong(&isolate(wall.url.as_deref().unwrap_or(&wall.path))))?;
            out.push_str(&wrapped(&wall.reason, "  ", style.width));
        }
    }
    let count = |state: ReportState| {
        let walls = if state == ReportState::CaptureByHand { walls.len() as u64 } else { 0 };
        page.states.get(&state).copied().unwrap_or(0) + walls
    };
    let counts = ReportState::ALL.iter().map(|s| (s.word(), count(*s))).filter(|(_, n)| *n > 0);
    let counts: Vec<String> = counts.map(|(word, n)| format!("{n} {word}")).collect();
    writeln!(out, "{}", if counts.is_empty() { "Nothing came in.".to_owned() } else { counts.join(", ") })?;
    Ok(out)
}

fn known(word: &str) -> Result<ReportState> {
    let all = || ReportState::ALL.iter().map(|s| s.word()).collect::<Vec<_>>().join(", ");
    ReportState::ALL.iter().copied().find(|s| s.word() == word).with_context(|| format!("`{word}` is no state; there are {}", all()))
}

fn one(ledger: &Ledger, line: &DeskLine, style: Style) -> Result<String> {
    let mut out = String::new();
    let stored = ledger.report(&line.id)?;
    let source = stored.as_ref().and_then(|s| s.report.source.name.clone()).unwrap_or_else(|| "?".to_owned());
    let proposed = if line.proposed { ", proposed" } else { "" };
    let head = format!("{}  {}{proposed}", short(line.id.as_str()), line.state.word());
    writeln!(out, "{}  {}", style.strong(&head), style.faint(&format!("{}, {}", line.at, isolate(&source))))?;
    if let Some(title) = stored.as_ref().and_then(|s| s.report.title.as_deref()) {
        out.push_str(&wrapped(title, "  ", style.width));
    }
    if let Some(by) = &line.handed_in_by {
        writeln!(out, "  handed in by {}", isolate(by))?;
    }
    if let Some(to) = &line.copies {
        writeln!(out, "  copies {}", short(to.as_str()))?;
    }
    if let (Some(by), Some(why)) = (&line.by, &line.why) {
        out.push_str(&wrapped(&format!("{}: {}", isolate(by), isolate(why)), "  ", style.width));
    }
    Ok(out)
}

/// What was ruled on where a report is, oldest first.
pub(super) fn history(ledger: &Ledger, report: &ReportId, style: Style) -> Result<String> {
    let bench = Bench::on(ledger, BTreeSet::from([report.clone()]))?;
    let mut out = String::new();
    for record in bench.records() {
        let d = &record.decision;
        let Ruling::State { report: of, state } = &d.ruling else { continue };
        if of != report {
            continue;
        }
        let standing = match &record.standing {
            Standing::Overruled { by } => format!("  overruled by {by}"),
            Standing::Undone { by } => format!("  undone by {by}"),
            Standing::Loose { .. } | Standing::Stands => String::new(),
        };
        let head = format!("{}  {}  {}  {}", d.at, isolate(&d.by), state.word(), d.id);
        writeln!(out, "{}{}", style.strong(&head), style.faint(&standing))?;
        out.push_str(&wrapped(&d.why, "  ", style.width));
    }
    Ok(if out.is_empty() { "Nobody ruled on where it is.\n".to_owned() } else { out })
}
