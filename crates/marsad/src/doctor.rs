//! `marsad doctor`: which program and knowledge this is, and how a ledger stands to it.

use crate::listing::many;
use crate::table::isolate;
use anyhow::Result;
use marsad_ledger::{Ledger, Version};
use std::fmt::Write as _;

/// What was found, in words, and whether there is something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// In words.
    pub told: String,
    /// Is there something to do?
    pub to_do: bool,
}

/// Look at the program, and at a ledger where one is named.
pub fn doctor(version: &Version, ledger: Option<&Ledger>) -> Result<Findings> {
    let mut told = String::new();
    writeln!(told, "program {}, knowledge {}", version.program, version.knowledge)?;
    let parts = marsad_serve::carried();
    let here = |is: bool| if is { "carried" } else { "not carried" };
    writeln!(told, "page: map {}, borders {}, fonts {}", here(parts.map), here(parts.borders), here(parts.fonts))?;
    let mut to_do = false;
    if let Some(ledger) = ledger {
        to_do = look_at(version, ledger, &mut told)?;
    }
    Ok(Findings { told, to_do })
}

/// Tell how a ledger stands; is there something to do?
fn look_at(version: &Version, ledger: &Ledger, told: &mut String) -> Result<bool> {
    let counts = ledger.counts()?;
    writeln!(told, "ledger {}: schema {}", isolate(&ledger.dir().display().to_string()), ledger.schema()?)?;
    let counted = [
        many(counts.originals, "original"),
        many(counts.reports, "report"),
        many(counts.claims, "claim"),
        many(counts.events, "event"),
        many(ledger.decision_count()?, "decision"),
    ];
    writeln!(told, "  {}, {} set aside", counted.join(", "), many(counts.set_aside, "item"))?;
    let read_by = ledger.version()?;
    let of_another = read_by.as_ref().is_some_and(|read_by| read_by != version);
    match read_by {
        Some(read_by) if of_another => writeln!(told, "  read with {read_by}: the next `marsad run` reads all originals again")?,
        Some(_) => writeln!(told, "  read with this program and this knowledge")?,
        None => writeln!(told, "  nothing was read into it yet")?,
    }
    let stale = ledger.needs_collation()?;
    if stale {
        writeln!(told, "  something was read or decided since events were found: the next `marsad run` finds them anew")?;
    }
    for remainder in ledger.remainders()? {
        writeln!(told, "  {remainder}")?;
    }
    Ok(of_another || stale)
}
