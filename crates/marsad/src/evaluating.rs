//! `marsad evaluate`: a ledger beside a table that people coded.

use crate::listing::{many, short};
use crate::run::known;
use crate::table::{Style, cell, isolate, row, wrapped};
use anyhow::{Context, Result, bail};
use marsad_evaluate::{Count, Evaluation, JUDGED, Known, Line, Shapes, Told, Verdict, evaluate};
use marsad_knowledge::Actors;
use marsad_ledger::Ledger;
use std::fmt::Write as _;
use std::path::Path;

/// Rows or events shown of each list; all stand in the file of `--out`.
const SHOWN: usize = 12;

/// Compare the ledger's events with a table.
pub fn compare(ledger: &Ledger, table: &Path, told: &Told, knowledge: Option<&Path>) -> Result<Evaluation> {
    let (files, gazetteer) = known(knowledge)?;
    let shapes = Shapes::load(&files)?;
    let actors = Actors::load(&files, |_, _, _, _| {})?;
    let bytes = std::fs::read(table).with_context(|| format!("reading {}", table.display()))?;
    let mut events = Vec::new();
    ledger.each_event::<anyhow::Error>(|event| {
        // What all say did not happen is in no table of what happened.
        if !event.did_not_happen() {
            events.push(event);
        }
        Ok(())
    })?;
    evaluate(&bytes, told, &events, &shapes, &Known::new(gazetteer, &actors)).with_context(|| format!("comparing {}", table.display()))
}

/// What it came to, for a terminal.
pub fn shown(found: &Evaluation, style: Style) -> Result<String> {
    let mut out = String::new();
    let columns: Vec<String> = found.columns.iter().map(|(field, column)| format!("{field}={column}")).collect();
    out.push_str(&wrapped(&format!("Read as {}: {}", found.shape, columns.join(", ")), "", style.width));
    let (matched, alone, ours) = (found.matched().count(), found.unmatched().count(), found.only_ours().count());
    writeln!(
        out,
        "\n{} of {} found; {} of the ledger in the same days and countries {} in no row.\n",
        many(matched as u64, "row"),
        matched + alone,
        many(ours as u64, "event"),
        if ours == 1 { "is" } else { "are" }
    )?;
    let widths = [12, 8, 8, 8, 11];
    let head = ["FIELD", "RIGHT", "WRONG", "UNKNOWN", "NOT JUDGED"];
    writeln!(out, "{}", style.strong(&row(&head.into_iter().zip(widths).collect::<Vec<_>>())))?;
    for field in JUDGED {
        let Some(Count { right, wrong, unknown, not_judged }) = found.counts.get(field) else { continue };
        let numbers = [right, wrong, unknown, not_judged].map(ToString::to_string);
        let cells: Vec<(&str, usize)> = std::iter::once(*field).chain(numbers.iter().map(String::as_str)).zip(widths).collect();
        writeln!(out, "{}", row(&cells))?;
    }
    out.push_str(&style.faint("UNKNOWN: the ledger is silent or too vague. NOT JUDGED: nothing tells what the table means.\n"));
    for (field, values) in &found.unexplained {
        let values: Vec<String> = values.iter().take(SHOWN).map(|v| isolate(v)).collect();
        out.push_str(&wrapped(&format!("not judged in {field}: {}", values.join("; ")), "  ", style.width));
    }
    differing(&mut out, found, style)?;
    list(&mut out, "Rows that no event is", found.unmatched(), style)?;
    list(&mut out, "Events that no row is", found.only_ours(), style)?;
    Ok(out)
}

/// The rows that an event differs from.
fn differing(out: &mut String, found: &Evaluation, style: Style) -> Result<()> {
    let wrong = |l: &&Line| l.fields.iter().any(|f| f.verdict == Verdict::Wrong);
    let all: Vec<&Line> = found.matched().filter(wrong).collect();
    if all.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", style.strong("Rows from which the event differs"))?;
    for line in all.iter().take(SHOWN) {
        let event = line.event.as_ref().map_or("", |e| short(e.as_str()));
        let parts = line.fields.iter().filter(|f| f.verdict == Verdict::Wrong);
        let parts: Vec<String> = parts
            .map(|f| format!("{} {}, here {}", f.field, isolate(&f.theirs), f.ours.as_deref().map_or("?".to_owned(), isolate)))
            .collect();
        out.push_str(&wrapped(&format!("{event}  {}: {}", name(line), parts.join("; ")), "  ", style.width));
    }
    more(out, all.len())
}

fn list<'l>(out: &mut String, head: &str, lines: impl Iterator<Item = &'l Line>, style: Style) -> Result<()> {
    let all: Vec<&Line> = lines.collect();
    if all.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", style.strong(head))?;
    for line in all.iter().take(SHOWN) {
        let first = line.event.as_ref().map_or_else(|| name(line), |e| short(e.as_str()).to_owned());
        writeln!(out, "  {} {}", cell(&first, 12), isolate(&line.what))?;
    }
    more(out, all.len())
}

fn more(out: &mut String, all: usize) -> Result<()> {
    if all > SHOWN {
        writeln!(out, "  … and {} more: --out FILE has them all", all - SHOWN)?;
    }
    Ok(())
}

/// The row's own id, else its line.
fn name(line: &Line) -> String {
    line.id.clone().unwrap_or_else(|| format!("line {}", line.line.unwrap_or_default()))
}

/// Each row with its verdicts, and each event that no row is, as CSV or JSON lines by the file's name.
pub fn write(found: &Evaluation, out: &Path) -> Result<()> {
    let bytes = match out.extension().and_then(|e| e.to_str()) {
        Some("csv") => as_csv(found)?,
        Some("jsonl" | "ndjson") => as_lines(found)?,
        _ => bail!("{} ends in neither .csv nor .jsonl", out.display()),
    };
    std::fs::write(out, bytes).with_context(|| format!("writing {}", out.display()))
}

fn as_lines(found: &Evaluation) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for line in &found.lines {
        serde_json::to_writer(&mut bytes, line)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

fn as_csv(found: &Evaluation) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let of = |field: &str| [format!("{field}_theirs"), format!("{field}_ours"), format!("{field}_verdict")];
    let head = ["line", "id", "event", "points", "what"].map(str::to_owned).into_iter();
    writer.write_record(head.chain(JUDGED.iter().flat_map(|f| of(f))))?;
    for line in &found.lines {
        let number = |n: Option<String>| n.unwrap_or_default();
        let mut cells = vec![
            number(line.line.map(|n| n.to_string())),
            line.id.clone().unwrap_or_default(),
            line.event.as_ref().map(ToString::to_string).unwrap_or_default(),
            number(line.points.map(|n| n.to_string())),
            line.what.clone(),
        ];
        for field in JUDGED {
            let found = line.fields.iter().find(|f| f.field == *field);
            cells.extend(match found {
                Some(f) => [f.theirs.clone(), f.ours.clone().unwrap_or_default(), f.verdict.word().to_owned()],
                None => Default::default(),
            });
        }
        writer.write_record(cells)?;
    }
    writer.into_inner().context("writing the table")
}
