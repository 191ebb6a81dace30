//! `marsad explain`: what every stage makes of one file. The tool to look with when an answer is wrong.

use crate::input::InputFile;
use crate::run::Engine;
use crate::table::{Style, isolate, wrapped};
use anyhow::{Context, Result};
use marsad_analyse::Trace;
use marsad_model::{Claim, Mention, Relative, Report, Span};
use std::fmt::Write as _;
use std::path::Path;

/// Every stage's output for each report of a file, handed on one by one: an archive may hold a million.
pub fn explain(engine: &Engine, file: &Path, style: Style, hand_on: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
    let error = || format!("reading {}", file.display());
    let input = InputFile::named(file).with_context(error)?;
    for record in input.records(engine.reader.limits(), |_| ()).with_context(error)? {
        let mut out = String::new();
        match record {
            Ok(record) => match engine.reader.read(&record) {
                Ok(report) => {
                    read(&report, &record, style, &mut out)?;
                    analysed(engine, &report, style, &mut out)?;
                }
                Err(none) => out.push_str(&wrapped(&format!("set aside: {}", none.reason()), "  ", style.width)),
            },
            Err(aside) => writeln!(out, "set aside: {}", aside.reason)?,
        }
        hand_on(&out)?;
    }
    Ok(())
}

fn read(report: &Report, record: &marsad_read::Record, style: Style, out: &mut String) -> Result<()> {
    writeln!(out, "{}", style.strong("1 SEAL"))?;
    writeln!(out, "  {}  sha256 {}  {} bytes  {}", report.id, record.sha256, record.sealed.len(), record.charset)?;
    if let (Some(container), Some(offset)) = (&record.capture.container, record.capture.record_offset) {
        writeln!(out, "  in {} at byte {offset}", isolate(container))?;
    }
    writeln!(out, "{}", style.strong("2 READ"))?;
    let or = |s: &Option<String>| s.as_deref().map_or_else(|| "not told".to_owned(), isolate);
    writeln!(out, "  title: {}", or(&report.title))?;
    writeln!(
        out,
        "  source: {} ({:?})   language: {}   kind: {:?}",
        or(&report.source.name),
        report.source.kind,
        report.language.code(),
        report.kind
    )?;
    let date = report.published.as_ref().map_or_else(
        || "not told".to_owned(),
        |p| format!("{}{} by {:?}", p.start, if p.end.is_none() { " or later" } else { "" }, p.basis),
    );
    writeln!(out, "  published: {date}   byline: {}   url: {}", or(&report.byline), or(&report.url))?;
    for note in &report.notes {
        out.push_str(&wrapped(note, "  - ", style.width));
    }
    writeln!(out, "{}", style.strong("3 TEXT"))?;
    for line in report.text.lines().filter(|l| !l.trim().is_empty()) {
        out.push_str(&wrapped(line, "  ", style.width));
    }
    Ok(())
}

fn analysed(engine: &Engine, report: &Report, style: Style, out: &mut String) -> Result<()> {
    let Trace { analysis, rows, votes } = engine.analyser.trace(report);
    writeln!(out, "{}", style.strong("4 ROWS (a sentence as the frames see it)"))?;
    for row in &rows {
        out.push_str(&wrapped(row, "  ", style.width));
        out.push('\n');
    }
    writeln!(out, "{}", style.strong(&format!("5 MENTIONS ({})", analysis.mentions.len())))?;
    for m in &analysis.mentions {
        writeln!(out, "  {}", mention(m, &report.text))?;
    }
    writeln!(out, "{}", style.strong(&format!("6 VOTE ({})", votes.len())))?;
    for vote in &votes {
        out.push_str(&wrapped(vote, "  - ", style.width));
    }
    writeln!(out, "{}", style.strong(&format!("7 CLAIMS ({})", analysis.claims.len())))?;
    for c in &analysis.claims {
        claim(c, &report.text, style, out)?;
    }
    Ok(())
}

fn mention(m: &Mention<Span>, text: &str) -> String {
    let kind = format!("{:?}", m.kind).to_lowercase();
    let id = m.id.as_deref().map_or_else(String::new, |id| format!(" = {id}"));
    let value = m.value.as_deref().map_or_else(String::new, |v| format!(" → {v}"));
    let open = if m.candidates.is_empty() {
        String::new()
    } else {
        format!("  open: {}", m.candidates.iter().map(|c| c.id.as_str()).collect::<Vec<_>>().join(" "))
    };
    let because = m.because.as_deref().map_or_else(String::new, |b| format!("  ({b})"));
    let second = m.second.as_ref().map_or_else(String::new, |s| format!("  second: {} ({})", s.id, s.because));
    let within = m.within.as_ref().map_or_else(String::new, |w| format!("  within: {} ({})", w.id, w.because));
    format!("{kind:12} {}{id}{value}{because}{second}{within}{open}", isolate(m.span.of(text)))
}

fn claim(c: &Claim<Span>, text: &str, style: Style, out: &mut String) -> Result<()> {
    let said = |s: Span| isolate(s.of(text));
    let lower = |d: &dyn std::fmt::Debug| format!("{d:?}").to_lowercase();
    writeln!(out, "  {} {} “{}” {:.1}", c.id, style.strong(&c.event_type.to_string()), said(c.trigger), c.confidence)?;
    writeln!(out, "    {} {} {} access {}", lower(&c.modality), lower(&c.polarity), lower(&c.status), lower(&c.access))?;
    for a in &c.actors {
        writeln!(out, "    {}: {} “{}”{}", lower(&a.role), isolate(&a.name), said(a.span), carried(a.carried))?;
    }
    for p in &c.places {
        writeln!(out, "    {}: {} “{}” {}{}", lower(&p.role), isolate(&p.name), said(p.span), lower(&p.precision), carried(p.carried))?;
    }
    if let Some(t) = &c.time {
        let day = |d: Option<jiff::civil::Date>| d.map_or_else(|| "?".to_owned(), |d| d.to_string());
        let words = t.span.map_or_else(String::new, |s| format!(" “{}”", said(s)));
        writeln!(
            out,
            "    time: {} to {} by {}{words} {}",
            day(t.start),
            day(t.end),
            lower(&t.basis),
            t.relative.map_or_else(String::new, told)
        )?;
    }
    for h in &c.casualties {
        writeln!(out, "    {}: {} {} “{}”", lower(&h.harm), number(h.min, h.max), lower(&h.status), said(h.span))?;
    }
    for m in &c.means {
        writeln!(out, "    means: {} {} “{}”", lower(&m.kind), m.count.map_or_else(String::new, |n| n.to_string()), said(m.span))?;
    }
    for a in &c.attribution {
        writeln!(out, "    says: {} {} “{}”{}", lower(&a.kind), isolate(&a.name), said(a.span), carried(a.carried))?;
    }
    if let Some(cause) = &c.cause {
        writeln!(out, "    cause: “{}”", said(cause.span))?;
    }
    if let Some(outcome) = &c.outcome {
        writeln!(out, "    outcome: {} “{}”", lower(&outcome.kind), said(outcome.span))?;
    }
    if let Some(intent) = c.intent {
        writeln!(out, "    intent: {}", lower(&intent))?;
    }
    writeln!(out, "    {}", style.faint(&format!("because: {}", c.because.join("; "))))?;
    Ok(())
}

fn carried(carried: bool) -> &'static str {
    if carried { " (carried)" } else { "" }
}

/// A number as the claim has it: `7`, `7–12`, `at least 7`, or that none is told.
fn number(min: Option<u32>, max: Option<u32>) -> String {
    match (min, max) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a}–{b}"),
        (Some(a), None) => format!("at least {a}"),
        (None, Some(b)) => format!("at most {b}"),
        (None, None) => "no number told,".to_owned(),
    }
}

/// A time as told from the day of telling: `(day -1, thursday, night)`.
fn told(relative: Relative) -> String {
    let lower = |d: &dyn std::fmt::Debug| format!("{d:?}").to_lowercase();
    let parts: Vec<String> =
        [relative.days.map(|d| format!("day {d:+}")), relative.weekday.map(|w| lower(&w)), relative.part.map(|p| lower(&p))]
            .into_iter()
            .flatten()
            .collect();
    if parts.is_empty() { String::new() } else { format!("({})", parts.join(", ")) }
}
