//! `marsad original`: what was sealed, back as it came in.

use crate::dossier::no_report;
use anyhow::{Context, Result};
use marsad_ledger::Ledger;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

/// Write the sealed bytes of what a person names into a new file; never over one that is there.
pub fn write(ledger: &Ledger, name: &str, out: &Path) -> Result<String> {
    let report = ledger.find_report(name)?.map_or(Ok(None), |id| ledger.report(&id))?;
    let sha256 = match report {
        Some(stored) => stored.sha256().map(str::to_owned),
        None => ledger.find_unread(name)?,
    };
    let Some(sha256) = sha256 else { return Err(no_report(ledger, name)?) };
    let bytes = ledger.original(&sha256)?;
    let writing = || format!("writing {}", out.display());
    let mut file = OpenOptions::new().write(true).create_new(true).open(out).with_context(writing)?;
    file.write_all(&bytes).and_then(|()| file.sync_all()).with_context(writing)?;
    Ok(format!("{}: {} bytes, SHA-256 {sha256}, as they were sealed.\n", out.display(), bytes.len()))
}
