//! What was withdrawn leaves a ledger's folder: its packs, its database, and the archives in which what was fetched is kept.

use crate::{archives, fetch};
use anyhow::{Context, Result};
use marsad_fetch::{empty_members, members_of};
use marsad_ledger::{SetAside, Tombstone, Writer};
use marsad_read::{Intake, records};
use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

/// Destroy what was withdrawn. It may be stopped at any moment and done again. Gives the names of the ledger's own archives in
/// which some of it lay.
pub(crate) fn destroy(writer: &mut Writer, now: &str) -> Result<BTreeSet<String>> {
    let originals: BTreeSet<String> = writer.tombstones()?.into_iter().flat_map(|stone| stone.originals).collect();
    let cleared = clear(writer.dir(), &originals, |_| true, now)?;
    writer.finish_withdrawal()?;
    Ok(cleared)
}

/// What was fetched and then refused, because it was withdrawn, stays in no archive of the ledger's either.
pub(crate) fn clear_refused(ledger: &Path, set_aside: &[SetAside], now: &str) -> Result<()> {
    let refused: Vec<&SetAside> = set_aside.iter().filter(|s| is_refused(s)).collect();
    let originals: BTreeSet<String> = refused.iter().filter_map(|s| s.sha256.clone()).collect();
    if !refused.is_empty() {
        clear(ledger, &originals, |name| refused.iter().any(|s| s.path == name), now)?;
    }
    Ok(())
}

/// What was withdrawn and came again by another address stays in no archive of the ledger's.
pub(crate) fn clear_again(ledger: &Path, sha256: &str, now: &str) -> Result<()> {
    clear(ledger, &BTreeSet::from([sha256.to_owned()]), |_| true, now).map(drop)
}

fn clear(ledger: &Path, originals: &BTreeSet<String>, is_meant: impl Fn(&str) -> bool, now: &str) -> Result<BTreeSet<String>> {
    let mut cleared = BTreeSet::new();
    for archive in fetch::archives(ledger)? {
        let name = archive.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        if is_meant(name) && clear_archive(ledger, &archive, originals, now).with_context(|| format!("clearing {}", archive.display()))? {
            cleared.insert(name.to_owned());
        }
    }
    Ok(cleared)
}

/// Was it not taken in because it was withdrawn?
pub(crate) fn is_refused(item: &SetAside) -> bool {
    item.kind.as_deref() == Some(WITHDRAWN)
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
/// the address that stands in the archive. What will lie there is noted before it does, so that what is stopped between is done
/// again. Was there anything?
fn clear_archive(ledger: &Path, archive: &Path, originals: &BTreeSet<String>, now: &str) -> Result<bool> {
    let mut bytes = fs::read(archive)?;
    let name = archive.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    let (mut members, mut urls) = (BTreeSet::new(), BTreeSet::new());
    for record in records(&Intake { path: name, bytes: &bytes, sidecar: None }).flatten() {
        if originals.contains(&record.sha256) {
            members.extend(record.capture.record_offset);
            urls.extend(record.given.url);
        }
    }
    // What is no text, page or feed has no record, and is known by what it is said to hold.
    for (start, url) in members_of(&bytes, originals).unwrap_or_default() {
        members.insert(start);
        urls.insert(url);
    }
    if members.is_empty() {
        return Ok(false);
    }
    fetch::forget_visits(ledger, &urls)?;
    let empty = empty_members(&bytes, &members)?;
    for (start, member) in &empty {
        let at = usize::try_from(*start).unwrap_or(usize::MAX);
        bytes.iter_mut().skip(at).zip(member).for_each(|(byte, new)| *byte = *new);
    }
    archives::note(ledger, &[(name, &bytes)], now)?;
    let mut file = OpenOptions::new().write(true).open(archive)?;
    for (start, empty) in empty {
        file.seek(SeekFrom::Start(start))?;
        file.write_all(&empty)?;
    }
    file.sync_all()?;
    Ok(true)
}
