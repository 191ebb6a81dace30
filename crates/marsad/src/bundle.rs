//! `marsad export --bundle` and `marsad verify BUNDLE`: evidence that others can check.

use crate::dossier::no_event;
use crate::listing::many;
use anyhow::Result;
use marsad_export::World;
use marsad_ledger::Ledger;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

/// Make a bundle of the events that a person names, or of all, and say what is in it. `now` is the time (RFC 3339).
pub fn make(ledger: &Ledger, world: &Arc<World>, events: &[String], out: &Path, now: &str) -> Result<String> {
    let find = |name: &String| ledger.find_event(name)?.map_or_else(|| Err(no_event(ledger, name)?), Ok);
    let chosen = events.iter().map(find).collect::<Result<BTreeSet<_>>>()?;
    let bundled = marsad_bundle::make(ledger, world, (!events.is_empty()).then_some(chosen), out, now)?;
    let counted = [many(bundled.events, "event"), many(bundled.reports, "report"), many(bundled.originals, "original")];
    Ok(format!("{} in {}\nmanifest {}\n", counted.join(", "), out.display(), bundled.manifest))
}

/// Check a bundle, and tell what is wrong with it, the first broken link first; 1 where something is.
pub fn verify(path: &Path, tell: &mut dyn FnMut(&str) -> Result<()>) -> Result<u8> {
    let found = marsad_bundle::verify(path)?;
    let mut told = String::new();
    for fault in &found.faults {
        writeln!(told, "{}", plain(fault))?;
    }
    for note in &found.notes {
        writeln!(told, "note: {}", plain(note))?;
    }
    writeln!(
        told,
        "{} files, {} originals, {} custody entries and {} spans checked, {}",
        found.files,
        found.originals,
        found.entries,
        found.spans,
        many(found.faults.len() as u64, "fault")
    )?;
    if !found.manifest.is_empty() {
        writeln!(told, "manifest {}", found.manifest)?;
    }
    tell(&told)?;
    Ok(u8::from(!found.faults.is_empty()))
}

/// Without what a terminal would obey: the words may be a forger's.
fn plain(words: &str) -> String {
    words.chars().filter(|c| !c.is_control()).collect()
}
