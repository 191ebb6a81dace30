//! What was withdrawn leaves a ledger's folder: its packs, its database, and the archives in which what was fetched is kept.

use crate::fetch;
use anyhow::{Context, Result};
use marsad_fetch::empty_members;
use marsad_ledger::{SetAside, Tombstone, Writer};
use marsad_read::{Intake, records};
use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

/// Destroy what was withdrawn. It may be stopped at any moment and done again.
pub(crate) fn destroy(writer: &mut Writer) -> Result<()> {
    let originals: BTreeSet<String> = writer.tombstones()?.into_iter().flat_map(|stone| stone.originals).collect();
    let ledger = writer.dir();
    for archive in fetch::archives(ledger)? {
        clear_archive(ledger, &archive, &originals).with_context(|| format!("clearing {}", archive.display()))?;
    }
    Ok(writer.finish_withdrawal()?)
}

/// Why a record is not taken in.
pub(crate) fn refused(path: &str, line: Option<usize>, sha256: &str, stone: &Tombstone) -> SetAside {
    SetAside {
        path: path.to_owned(),
        line: line.map(|l| l as u64),
        reason: format!("withdrawn on {} by {}: {}", stone.at, stone.by, stone.ground),
        sha256: Some(sha256.to_owned()),
        kind: Some(WITHDRAWN.to_owned()),
        ..SetAside::default()
    }
}

/// The kind of what comes in no more.
const WITHDRAWN: &str = "withdrawn";

/// Overwrite the members of an archive from which withdrawn originals were read. Visits are cleared first: they are found by
/// the address that stands in the archive.
fn clear_archive(ledger: &Path, archive: &Path, originals: &BTreeSet<String>) -> Result<()> {
    let bytes = fs::read(archive)?;
    let name = archive.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    let (mut members, mut urls) = (BTreeSet::new(), BTreeSet::new());
    for record in records(&Intake { path: name, bytes: &bytes, sidecar: None }).flatten() {
        if originals.contains(&record.sha256) {
            members.extend(record.capture.record_offset);
            urls.extend(record.given.url);
        }
    }
    if members.is_empty() {
        return Ok(());
    }
    fetch::forget_visits(ledger, &urls)?;
    let mut file = OpenOptions::new().write(true).open(archive)?;
    for (start, empty) in empty_members(&bytes, &members)? {
        file.seek(SeekFrom::Start(start))?;
        file.write_all(&empty)?;
    }
    Ok(file.sync_all()?)
}
