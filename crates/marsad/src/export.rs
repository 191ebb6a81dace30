//! `marsad export`: the ledger's records as files in a folder.

use crate::progress;
use crate::redacting::{HeldBack, SUMMARY, none_held_back, only_held_back};
use anyhow::{Context, Result, ensure};
use marsad_export::{ExportError, Folder, Format, GONE, Out, Record, Records, Since, World};
use marsad_ledger::{Ledger, Mark};
use marsad_model::{EventId, sha256_hex};
use marsad_record::LedgerRecord;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is to be exported.
#[derive(Default)]
pub struct Wanted {
    /// In which formats.
    pub formats: Vec<Format>,
    /// Without the names that are held back.
    pub held_back: Option<HeldBack>,
    /// Only the events that changed since this mark.
    pub since: Option<Mark>,
    /// Only these events; `None` means all.
    pub events: Option<BTreeSet<EventId>>,
}

/// What was exported.
#[derive(Debug)]
pub struct Exported {
    /// What the summary beside the files says.
    pub record: LedgerRecord,
    /// The mark by which a later export tells what changed since this one; `None` of a ledger that was not compared yet.
    pub mark: Option<Mark>,
    /// Does the custody log tell of it? It cannot where nothing may be written beside the ledger.
    pub noted: bool,
}

/// Files in the making; they take their names only when all are whole, so that a killed export leaves no half file.
struct Parts {
    folder: PathBuf,
    names: Vec<String>,
}

/// What the name of a file in the making ends with.
pub(crate) const PART: &str = ".part";

impl Folder for Parts {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn Write + Send>> {
        let file = File::create(self.part(name))?;
        self.names.push(name.to_owned());
        Ok(Box::new(BufWriter::new(file)))
    }
}

impl Parts {
    fn part(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}{PART}"))
    }

    /// The hash of each file.
    fn hashes(&self) -> Result<BTreeMap<&str, String>> {
        let hash = |name: &String| fs::read(self.part(name)).map(|bytes| sha256_hex(&bytes)).with_context(|| format!("reading {name}"));
        self.names.iter().map(|name| Ok((name.as_str(), hash(name)?))).collect()
    }

    fn finish(self) -> Result<()> {
        // What says that names are held back was made last and is named first: without it, no file of such an export.
        for name in self.names.iter().rev() {
            fs::rename(self.part(name), self.folder.join(name)).with_context(|| format!("naming {name}"))?;
        }
        Ok(())
    }
}

/// Write the records of a ledger into a folder; names that are to be held back are in none of them. That it left the house is
/// noted in the ledger before the files have their names; `now` is the time (RFC 3339).
pub fn export(ledger: &Ledger, world: &Arc<World>, wanted: &Wanted, out: &Path, now: &str) -> Result<Exported> {
    let snapshot = ledger.snapshot()?;
    check_folder(wanted, out)?;
    let mark = ledger.mark()?;
    let since = wanted.since.clone().map(|mark| Since::of(ledger, mark)).transpose()?;
    fs::create_dir_all(out).with_context(|| format!("making the folder {}", out.display()))?;
    let mut folder = Parts { folder: out.to_owned(), names: Vec::new() };
    let record = write(ledger, world, wanted, since.as_ref(), &mut folder)?;
    drop(snapshot);
    let noted = note(ledger, wanted, &record, &folder.hashes()?, now)?;
    folder.finish()?;
    Ok(Exported { record, mark, noted })
}

/// Refuse a folder in which what is written would be taken for something else.
fn check_folder(wanted: &Wanted, out: &Path) -> Result<()> {
    let is_told = out.join(GONE).exists();
    if wanted.since.is_some() {
        let holds_any = fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some());
        ensure!(!holds_any, "{} is not empty; what changed since another export goes into a folder of its own", out.display());
    }
    ensure!(!is_told, "{} holds what changed since another export, as its {GONE} tells; name another folder", out.display());
    match wanted.held_back {
        Some(_) => only_held_back(out),
        None => none_held_back(out),
    }
}

/// Write all files, none of which has its name yet.
fn write(ledger: &Ledger, world: &Arc<World>, wanted: &Wanted, since: Option<&Since>, folder: &mut Parts) -> Result<LedgerRecord> {
    let mut writers = wanted.formats.iter().map(|format| format.writer(world, folder)).collect::<Result<Vec<_>, _>>()?;
    let records = match since.map(Since::changed).or(wanted.events.as_ref()) {
        Some(events) => Records::of_events(ledger, events.clone())?,
        None => Records::whole(ledger),
    };
    let bar = progress::bar("exporting", records.reports()?);
    let mut take = |record| {
        if matches!(record, Record::Report(_)) {
            bar.inc(1);
        }
        writers.iter_mut().try_for_each(|writer| writer.take(&record))
    };
    let mut record = match &wanted.held_back {
        Some(held_back) => held_back.each(&records, &mut take)?,
        None => records.each(&mut take)?,
    };
    record.since = since.map(Since::record);
    for writer in writers {
        writer.finish(&record)?;
    }
    if let Some(since) = since {
        let named = |id: &EventId| wanted.held_back.as_ref().map_or_else(|| id.clone(), |held_back| held_back.named(id));
        since.tell(folder, &named)?;
    }
    let mut summary = Out::create(folder, SUMMARY)?;
    summary.put((serde_json::to_string_pretty(&record).map_err(ExportError::Form)? + "\n").as_bytes())?;
    summary.finish()?;
    if wanted.held_back.is_some() {
        HeldBack::tell(folder, &record)?;
    }
    bar.finish_and_clear();
    Ok(record)
}

/// Note in the custody log what leaves. False where the ledger lies where nothing may be written.
fn note(ledger: &Ledger, wanted: &Wanted, record: &LedgerRecord, files: &BTreeMap<&str, String>, now: &str) -> Result<bool> {
    let what = serde_json::json!({
        "files": files, "events": record.events, "reports": record.reports, "redacted": wanted.held_back.is_some(),
        "since": wanted.since.as_ref().map(ToString::to_string), "whole": wanted.events.is_none()
    });
    match Ledger::note_export(ledger.dir(), &what, now) {
        Err(error) if error.is_unwritable() => Ok(false),
        noted => Ok(noted.map(|()| true)?),
    }
}
