//! `marsad export --bundle` and `marsad verify BUNDLE`: evidence that others can check.

use crate::dossier::no_event;
use crate::listing::many;
use anyhow::Result;
use marsad_bundle::{HeldBack, Wish};
use marsad_export::World;
use marsad_ledger::Ledger;
use marsad_model::EventId;
use marsad_record::RedactionRecord;
use marsad_redact::TOLD;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

/// What is said where originals are asked for once.
pub const ASK_TWICE: &str =
    "every name stands in the originals; say --names-in-originals too where they are to be in the bundle all the same";

/// The events that a person names; `None` where they name none, which means all.
pub fn chosen(ledger: &Ledger, events: &[String]) -> Result<Option<BTreeSet<EventId>>> {
    let find = |name: &String| ledger.find_event(name)?.map_or_else(|| Err(no_event(ledger, name)?), Ok);
    let found = events.iter().map(find).collect::<Result<BTreeSet<_>>>()?;
    Ok((!events.is_empty()).then_some(found))
}

/// Make a bundle of the events that a person names, or of all, and say what is in it. `now` is the time (RFC 3339).
pub fn make(
    ledger: &Ledger,
    world: &Arc<World>,
    events: &[String],
    held_back: Option<HeldBack<'_>>,
    out: &Path,
    now: &str,
) -> Result<String> {
    let wish = Wish { events: chosen(ledger, events)?, held_back };
    let bundled = marsad_bundle::make(ledger, world, &wish, out, now)?;
    let counted = [many(bundled.events, "event"), many(bundled.reports, "report"), many(bundled.originals, "original")];
    let held = bundled.redacted.as_ref().map(told_of).unwrap_or_default();
    Ok(format!("{} in {}\n{held}manifest {}\n", counted.join(", "), out.display(), bundled.manifest))
}

/// What was held back, in two lines.
fn told_of(held: &RedactionRecord) -> String {
    let names = held.victims_withheld + held.victims_by_initials + held.other_persons + held.place_names;
    let originals = match held.originals_with_names {
        0 => "the originals and the custody log are left out",
        _ => "EVERY NAME STANDS IN THE ORIGINALS, which are in it as asked for; the custody log is left out",
    };
    let counted = [many(names as u64, "name"), many(held.places_coarsened as u64, "place")];
    format!("{} held back, {} put to the district; {TOLD} says what was done\n{originals}\n", counted[0], counted[1])
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
