//! The archives in which what was fetched is kept: what lies there is sealed in the custody log when an archive is closed, and
//! checked against the log.
//!
//! What was read from an archive is an original of its own, sealed in the packs; this is for the rest of it: headers, answers
//! that were set aside, and the visits by which a later fetch knows what changed. Of the visits the log knows how far they went:
//! they are only added to, but for withdrawals, which are noted.

use crate::fetch::{FOLDER, VISITS, archives};
use anyhow::{Context, Result};
use marsad_ledger::Ledger;
use marsad_model::sha256_hex;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// What lay in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Sealed {
    sha256: String,
    length: u64,
}

impl Sealed {
    fn of(bytes: &[u8]) -> Self {
        Self { sha256: sha256_hex(bytes), length: bytes.len() as u64 }
    }
}

/// What an entry of the log tells of archives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Told {
    archives: BTreeMap<String, Sealed>,
    visits: Option<Sealed>,
}

/// What was checked and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many archives, the visits among them.
    pub files: u64,
    /// What is not as it was.
    pub faults: Vec<String>,
    /// What no entry of the log tells of.
    pub notes: Vec<String>,
}

fn read(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        read => Ok(Some(read.with_context(|| format!("reading {}", path.display()))?)),
    }
}

/// Note in the log what lies in an archive that was closed, and in the visits. `now` is the time (RFC 3339).
pub(crate) fn seal(ledger: &Path, archive: Option<&Path>, now: &str) -> Result<()> {
    let bytes = archive.map(|path| fs::read(path).with_context(|| format!("reading {}", path.display()))).transpose()?;
    let name = archive.and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default();
    note(ledger, &bytes.iter().map(|bytes| (name, bytes.as_slice())).collect::<Vec<_>>(), now)
}

/// The same of archives that hold, or will hold, these bytes. Where nothing is there, nothing is noted.
pub(crate) fn note(ledger: &Path, archives: &[(&str, &[u8])], now: &str) -> Result<()> {
    let visits = read(&ledger.join(FOLDER).join(VISITS))?.map(|bytes| Sealed::of(&bytes));
    let archives: BTreeMap<String, Sealed> = archives.iter().map(|(name, bytes)| ((*name).to_owned(), Sealed::of(bytes))).collect();
    if archives.is_empty() && visits.is_none() {
        return Ok(());
    }
    Ok(Ledger::note_fetched(ledger, &serde_json::to_value(Told { archives, visits })?, now)?)
}

/// Check the archives of a ledger against its log.
pub fn verify(ledger: &Ledger) -> Result<Checked> {
    let mut told = Told::default();
    ledger.each_custody(|entry| {
        if entry.what == "fetched"
            && let Ok(later) = serde_json::from_str::<Told>(&entry.detail)
        {
            told.archives.extend(later.archives);
            told.visits = later.visits.or_else(|| told.visits.take());
        }
    })?;
    let folder = ledger.dir().join(FOLDER);
    let mut found = Checked::default();
    for (name, sealed) in &told.archives {
        found.files += 1;
        match read(&folder.join(name))? {
            None => found.faults.push(format!("{FOLDER}/{name}: it is not there")),
            Some(bytes) if Sealed::of(&bytes) != *sealed => {
                found.faults.push(format!("{FOLDER}/{name}: it is not what was fetched"));
            }
            Some(_) => {}
        }
    }
    for path in archives(ledger.dir())? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if !told.archives.contains_key(name.as_ref()) {
            found.notes.push(format!(
                "no entry of the custody log tells of {FOLDER}/{name}: its fetch goes on, was stopped, or was an earlier program's"
            ));
        }
    }
    visits(&folder, told.visits.as_ref(), &mut found)?;
    Ok(found)
}

/// The visits must begin with what the log tells of.
fn visits(folder: &Path, sealed: Option<&Sealed>, found: &mut Checked) -> Result<()> {
    let Some(sealed) = sealed else { return Ok(()) };
    found.files += 1;
    let bytes = read(&folder.join(VISITS))?.unwrap_or_default();
    let length = usize::try_from(sealed.length).unwrap_or(usize::MAX);
    if bytes.get(..length).map(Sealed::of).as_ref() != Some(sealed) {
        found.faults.push(format!("{FOLDER}/{VISITS}: they are not the visits that were made"));
    } else if bytes.len() > length {
        found.notes.push(format!("{FOLDER}/{VISITS} ends with {} bytes of which no entry of the custody log tells", bytes.len() - length));
    }
    Ok(())
}
