//! `marsad export --redact`: the salt of ids, and a folder in which nothing else lies.

use crate::export::PART;
use crate::run::known;
use anyhow::{Context, Result, bail, ensure};
use marsad_export::{ExportError, Format, Out, Record, Records};
use marsad_ledger::Ledger;
use marsad_model::EventId;
use marsad_record::LedgerRecord;
use marsad_redact::{Redactor, Salt, Salted, TOLD, told};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The salt's file in the ledger's folder.
const SALT: &str = "redaction.salt";
/// What sums an export up.
pub(crate) const SUMMARY: &str = "ledger.json";

/// What an export that holds names back is made with.
pub struct HeldBack {
    salt: Salt,
    redactor: Redactor<'static>,
}

impl HeldBack {
    /// With the salt of a file, else with the ledger's own, which is made where it is not there.
    pub fn of(ledger: &Ledger, salt: Option<&Path>, knowledge: Option<&Path>) -> Result<Self> {
        let path = salt.map_or_else(|| ledger.dir().join(SALT), Path::to_owned);
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && salt.is_none() => made(&path)?,
            read => read.with_context(|| reading(&path))?,
        };
        let (files, gazetteer) = known(knowledge)?;
        Ok(Self { salt: salted(&path, &bytes)?, redactor: Redactor::load(&files, gazetteer)? })
    }

    /// Hand out the records with names held back.
    pub(crate) fn each(&self, records: &Records<'_>, visit: &mut dyn FnMut(Record) -> Result<(), ExportError>) -> Result<LedgerRecord> {
        Ok(self.redactor.each(records, &self.salt, visit)?)
    }

    /// The id that an event has where names are held back.
    pub(crate) fn named(&self, event: &EventId) -> EventId {
        EventId::from(self.salt.id(event.as_str()))
    }

    /// The same for a bundle; `originals` says that they are to be there all the same.
    pub fn in_bundle(&self, originals: bool) -> marsad_bundle::HeldBack<'_> {
        let originals = if originals { marsad_bundle::Originals::There } else { marsad_bundle::Originals::LeftOut };
        marsad_bundle::HeldBack { redactor: &self.redactor, salt: &self.salt, salted: Salted::Kept, originals }
    }

    /// Say in the folder what was done.
    pub(crate) fn tell(folder: &mut dyn marsad_export::Folder, record: &LedgerRecord) -> Result<()> {
        let mut out = Out::create(folder, TOLD)?;
        out.put(told(&record.redacted.clone().unwrap_or_default(), Salted::Kept).as_bytes())?;
        Ok(out.finish()?)
    }
}

/// The salt in a file.
pub fn salt_in(path: &Path) -> Result<Salt> {
    salted(path, &fs::read(path).with_context(|| reading(path))?)
}

fn reading(path: &Path) -> String {
    format!("reading the salt {}", path.display())
}

fn salted(path: &Path, bytes: &[u8]) -> Result<Salt> {
    Salt::of(bytes.trim_ascii()).with_context(|| format!("the salt {} has fewer than {} bytes", path.display(), Salt::LEAST))
}

/// A new salt: 32 random bytes in hexadecimal digits, for its owner's eyes only.
fn made(path: &PathBuf) -> Result<Vec<u8>> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(|e| io::Error::other(e.to_string()))?;
    let digits: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).with_context(|| format!("writing the salt {}", path.display()))?;
    file.write_all(digits.as_bytes())?;
    file.sync_all()?;
    Ok(digits.into_bytes())
}

/// Refuse a folder in which anything lies but an earlier export that holds names back: names may stand in it.
pub(crate) fn only_held_back(out: &Path) -> Result<()> {
    let names = names_in(out)?;
    let ours = |name: &String| {
        let name = name.strip_suffix(PART).unwrap_or(name);
        [TOLD, SUMMARY].contains(&name) || Format::ALL.iter().any(|format| format.files().contains(&name))
    };
    let earlier = is_told(&names) && is_summed_up(out);
    let foreign = names.iter().find(|name| !(earlier && ours(name)));
    if let Some(foreign) = foreign {
        bail!(
            "{} holds {foreign}, in which names may stand; name an empty folder, or one in which nothing lies but an earlier export with --redact",
            out.display()
        );
    }
    Ok(())
}

/// Refuse a folder that is told to hold no names.
pub(crate) fn none_held_back(out: &Path) -> Result<()> {
    ensure!(
        !is_told(&names_in(out)?),
        "{} holds an export without names, and its {TOLD} says so; name another folder, or export with --redact",
        out.display()
    );
    Ok(())
}

/// What lies in a folder, in order; nothing where it is not there.
fn names_in(out: &Path) -> Result<Vec<String>> {
    let entries = match fs::read_dir(out) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        read => read.with_context(|| format!("reading the folder {}", out.display()))?,
    };
    let mut names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect::<Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}

fn is_told(names: &[String]) -> bool {
    names.iter().any(|name| name.strip_suffix(PART).unwrap_or(name) == TOLD)
}

/// Does the summary that lies there, if one does, tell of names held back?
fn is_summed_up(out: &Path) -> bool {
    let Ok(text) = fs::read(out.join(SUMMARY)) else { return true };
    serde_json::from_slice::<serde_json::Value>(&text).is_ok_and(|summary| summary["redacted"].is_object())
}
