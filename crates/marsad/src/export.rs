//! `marsad export`: the ledger's records as files in a folder.

use crate::progress;
use crate::redacting::{HeldBack, SUMMARY, none_held_back, only_held_back};
use anyhow::{Context, Result};
use marsad_export::{Folder, Format, Out, Record, Records, World};
use marsad_ledger::Ledger;
use marsad_record::LedgerRecord;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Files in the making; they take their names only when all are whole, so that a killed export leaves no half file.
struct Parts {
    folder: PathBuf,
    names: Vec<String>,
}

/// What the name of a file in the making ends with.
pub(crate) const PART: &str = ".part";

impl Folder for Parts {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn Write + Send>> {
        let file = File::create(self.folder.join(format!("{name}{PART}")))?;
        self.names.push(name.to_owned());
        Ok(Box::new(BufWriter::new(file)))
    }
}

impl Parts {
    fn finish(self) -> Result<()> {
        // What says that names are held back was made last and is named first: without it, no file of such an export.
        for name in self.names.iter().rev() {
            let part = self.folder.join(format!("{name}{PART}"));
            fs::rename(&part, self.folder.join(name)).with_context(|| format!("naming {name}"))?;
        }
        Ok(())
    }
}

/// Write all records of a ledger into a folder, in these formats; names that are to be held back are in none of them.
pub fn export(ledger: &Ledger, world: &Arc<World>, formats: &[Format], out: &Path, held_back: Option<&HeldBack>) -> Result<LedgerRecord> {
    let _snapshot = ledger.snapshot()?;
    match held_back {
        Some(_) => only_held_back(out)?,
        None => none_held_back(out)?,
    }
    fs::create_dir_all(out).with_context(|| format!("making the folder {}", out.display()))?;
    let mut folder = Parts { folder: out.to_owned(), names: Vec::new() };
    let mut writers = formats.iter().map(|format| format.writer(world, &mut folder)).collect::<Result<Vec<_>, _>>()?;
    let records = Records::whole(ledger);
    let bar = progress::bar("exporting", records.reports()?);
    let mut take = |record| {
        if matches!(record, Record::Report(_)) {
            bar.inc(1);
        }
        writers.iter_mut().try_for_each(|writer| writer.take(&record))
    };
    let record = match held_back {
        Some(held_back) => held_back.each(&records, &mut take)?,
        None => records.each(&mut take)?,
    };
    for writer in writers {
        writer.finish(&record)?;
    }
    let mut summary = Out::create(&mut folder, SUMMARY)?;
    summary.put((serde_json::to_string_pretty(&record)? + "\n").as_bytes())?;
    summary.finish()?;
    if held_back.is_some() {
        HeldBack::tell(&mut folder, &record)?;
    }
    folder.finish()?;
    bar.finish_and_clear();
    Ok(record)
}
