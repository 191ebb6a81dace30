//! Making a bag of a ledger.

use crate::bag::{self, Sum, is_payload, is_tag, manifest};
use crate::held::{self, Gone, HeldBack, Newest, Originals};
use crate::{BundleError, file, zip};
use marsad_export::{Folder, Format, Out, Page, Record, Records, World};
use marsad_ledger::{CustodyEntry, Ledger, Version};
use marsad_model::{EventId, ReportId};
use marsad_record::{LedgerRecord, RedactionRecord};
use marsad_redact::{TOLD, told};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::{NamedTempFile, TempDir};

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundled {
    /// How many events, reports and originals are in it.
    pub events: u64,
    /// How many reports.
    pub reports: u64,
    /// How many originals.
    pub originals: u64,
    /// The hash of its manifest, which names the hash of every other file.
    pub manifest: String,
    /// What was held back, where something was.
    pub redacted: Option<RedactionRecord>,
}

/// What a bag is to hold.
#[derive(Clone, Default)]
pub struct Wish<'r> {
    /// These events alone; without it, all.
    pub events: Option<BTreeSet<EventId>>,
    /// Hold names back.
    pub held_back: Option<HeldBack<'r>>,
}

/// A file that tells of an export and of nothing else.
const EXPORTED: &str = "exported";

/// Make a bag of a ledger, or of some of its events, at this path: a folder, or a zip where its name ends so. That it left
/// the house is noted in the ledger before it has its name; `now` is the time (RFC 3339).
pub fn make(ledger: &Ledger, world: &Arc<World>, wish: &Wish<'_>, out: &Path, now: &str) -> Result<Bundled, BundleError> {
    if out.exists() {
        return Err(BundleError::There { path: out.to_owned() });
    }
    let snapshot = ledger.snapshot()?;
    let (within, name) = place(out);
    let part = tempfile::Builder::new().prefix(&(name + PART)).tempdir_in(within).map_err(file("making", within))?;
    let mut bundled = fill(ledger, world, wish, part.path())?;
    drop(snapshot);
    let sums = bag::sums(part.path())?;
    bundled.manifest = bag::seal(&sums);
    let zip = if out.extension().is_some_and(|e| e == "zip") { Some(packed(part.path(), &sums, out)?) } else { None };
    let mut what = serde_json::json!({
        "bundle": bundled.manifest, "whole": wish.events.is_none(), "events": bundled.events, "reports": bundled.reports,
        "originals": bundled.originals
    });
    if wish.held_back.is_some() {
        what["redacted"] = true.into();
    }
    Ledger::note_export(ledger.dir(), &what, now)?;
    if out.exists() {
        return Err(BundleError::There { path: out.to_owned() });
    }
    match zip {
        Some(zip) => drop(zip.persist(out).map_err(|e| file("naming", out)(e.error))?),
        None => named(part, &sums, out)?,
    }
    sync_names(within)?;
    Ok(bundled)
}

/// What the name of a thing in the making has after that which it is to bear, before letters that nothing there has yet: so
/// that nothing of anyone's is written over or cleared. Killed, it stays under that name, and can be thrown away.
const PART: &str = ".part-";

/// The folder in which a path lies, and its name there.
fn place(path: &Path) -> (&Path, String) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    (folder, path.file_name().unwrap_or_default().to_string_lossy().into_owned())
}

/// Bring all files of a folder onto the disk, and only then give it its name.
fn named(part: TempDir, sums: &BTreeMap<String, Sum>, out: &Path) -> Result<(), BundleError> {
    for path in sums.keys().map(|path| part.path().join(path)) {
        File::open(&path).and_then(|file| file.sync_all()).map_err(file("writing", &path))?;
    }
    fs::rename(part.path(), out).map_err(file("naming", out))?;
    // It has another name now, and is to stay.
    drop(part.keep());
    Ok(())
}

/// Bring the names in a folder onto the disk.
fn sync_names(folder: &Path) -> Result<(), BundleError> {
    if cfg!(unix) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(file("writing", folder))?;
    }
    Ok(())
}

/// A zip of the folder, on the disk, beside what it is to be.
fn packed(folder: &Path, sums: &BTreeMap<String, Sum>, out: &Path) -> Result<NamedTempFile, BundleError> {
    let (within, name) = place(out);
    let mut builder = tempfile::Builder::new();
    let name = name + PART;
    builder.prefix(&name);
    // As any file that a person makes: who may read it is theirs to say.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let zip = builder.tempfile_in(within).map_err(file("writing", within))?;
    let mut to = BufWriter::new(zip.as_file());
    zip::pack(folder, sums, &mut to)?;
    to.flush().and_then(|()| zip.as_file().sync_all()).map_err(file("writing", out))?;
    drop(to);
    Ok(zip)
}

/// A folder on the disk.
struct Disk(PathBuf);

impl Folder for Disk {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn Write + Send>> {
        Ok(Box::new(BufWriter::new(File::create(self.0.join(name))?)))
    }
}

fn write(folder: &Path, name: &str, text: &str) -> Result<(), BundleError> {
    let path = folder.join(name);
    fs::write(&path, text).map_err(file("writing", &path))
}

fn fill(ledger: &Ledger, world: &Arc<World>, wish: &Wish<'_>, folder: &Path) -> Result<Bundled, BundleError> {
    let folders = ["data/records", "data/originals"];
    let with_originals = wish.held_back.is_none_or(|held| held.originals == Originals::There);
    for name in folders.into_iter().take(1 + usize::from(with_originals)) {
        fs::create_dir_all(folder.join(name)).map_err(file("making", folder))?;
    }
    let log = log(ledger)?;
    let mut wanted = Wanted::default();
    let summary = records((ledger, world), wish, folder, &mut wanted)?;
    for sha256 in &wanted.originals {
        let path = folder.join("data/originals").join(sha256);
        fs::write(&path, ledger.original(sha256)?).map_err(file("writing", &path))?;
    }
    let newest = log.last().map(Newest::of).unwrap_or_default();
    match (&wish.held_back, &summary.redacted) {
        (Some(held_back), Some(redacted)) => {
            write(folder, &format!("{}{TOLD}", bag::DATA), &told(redacted, held_back.salted))?;
            held::write_json(folder, held::NEWEST, &newest)?;
            let gone: Vec<Gone> = ledger.tombstones()?.iter().map(|stone| Gone::held_back(stone, held_back.salt)).collect();
            write(folder, held::WITHDRAWN, &lines(&gone)?)?;
        }
        _ => {
            write(folder, "data/custody.jsonl", &lines(&log)?)?;
            write(folder, "data/bound.jsonl", &bound(ledger, &log, &wanted)?)?;
            write(folder, held::WITHDRAWN, &lines(&ledger.tombstones()?)?)?;
        }
    }
    let version = Version { program: summary.program.clone(), knowledge: summary.knowledge.clone() };
    tags(&version.to_string(), folder, &newest)?;
    let originals = wanted.originals.len() as u64;
    let LedgerRecord { events, reports, redacted, .. } = summary;
    Ok(Bundled { events, reports, originals, manifest: String::new(), redacted })
}

/// The log up to the last entry that tells of something else than an export: so that two exports of one ledger are alike.
fn log(ledger: &Ledger) -> Result<Vec<CustodyEntry>, BundleError> {
    let mut log = Vec::new();
    ledger.each_custody(|entry| log.push(entry))?;
    while log.last().is_some_and(|entry| entry.what == EXPORTED) {
        log.pop();
    }
    Ok(log)
}

/// What must be in the bag beside the records.
#[derive(Default)]
struct Wanted {
    originals: BTreeSet<String>,
    decisions: BTreeSet<String>,
}

impl Wanted {
    /// Does this row speak of something in the bag?
    fn is_told_by(&self, row: &str) -> bool {
        let mut words = row.split(' ');
        match (words.next(), words.next()) {
            (Some("original"), Some(sha256)) => self.originals.contains(sha256),
            (Some("decision"), Some(id)) => self.decisions.contains(id),
            _ => false,
        }
    }
}

fn lines<T: serde::Serialize>(all: &[T]) -> Result<String, BundleError> {
    let lines = all.iter().map(|one| serde_json::to_string(one).map(|line| line + "\n"));
    Ok(lines.collect::<Result<String, _>>()?)
}

/// Of each entry that tells of something in the bag, all rows that its digest binds.
fn bound(ledger: &Ledger, log: &[CustodyEntry], wanted: &Wanted) -> Result<String, BundleError> {
    let mut all = Vec::new();
    for entry in log {
        let rows = ledger.bound_lines(entry)?;
        if rows.iter().any(|row| wanted.is_told_by(row)) {
            all.push(serde_json::json!({ "seq": entry.seq, "rows": rows }));
        }
    }
    lines(&all)
}

/// Write the records and the page.
fn records(
    (ledger, world): (&Ledger, &Arc<World>),
    wish: &Wish<'_>,
    folder: &Path,
    wanted: &mut Wanted,
) -> Result<LedgerRecord, BundleError> {
    let walk = match &wish.events {
        Some(events) => Records::of_events(ledger, events.clone())?,
        None => Records::whole(ledger),
    };
    let held = wish.held_back.as_ref().map(|held| held.originals);
    let sealed = match &wish.held_back {
        Some(held_back) if held_back.originals == Originals::There => sealed(ledger, &walk, held_back, wanted)?,
        _ => BTreeMap::new(),
    };
    let mut disk = Disk(folder.join("data/records"));
    let mut jsonl = Format::Jsonl.writer(world, &mut disk)?;
    let (top, mut index) = (held::top(held), Out::create(&mut Disk(folder.join("data")), "index.html")?);
    let mut page = Page::of(top);
    index.put(page.top(top).as_bytes())?;
    let mut seen: BTreeSet<ReportId> = BTreeSet::new();
    let mut take = |mut record: Record| {
        match &mut record {
            Record::Report(report) if held.is_some() => report.sha256 = sealed.get(&report.id).cloned(),
            Record::Report(report) => drop(seen.insert(report.id.clone())),
            Record::Decision(decision) => drop(wanted.decisions.insert(decision.decision.id.to_string())),
            _ => {}
        }
        index.put(page.take(&record).as_bytes())?;
        jsonl.take(&record)
    };
    let mut summary = match &wish.held_back {
        Some(held_back) => held_back.redactor.each(&walk, held_back.salt, &mut take)?,
        None => walk.each(&mut take)?,
    };
    for report in &seen {
        wanted.originals.extend(originals(ledger, report)?);
    }
    // What could not be read belongs to the whole; it tells of no event, and no name can be held back in it.
    if wish.events.is_none() && wish.held_back.is_none() {
        wanted.originals.extend(ledger.unread("")?);
    }
    jsonl.finish(&summary)?;
    let stones = ledger.tombstones()?;
    let gone = stones.iter().map(|stone| match &wish.held_back {
        Some(held_back) => Gone::held_back(stone, held_back.salt),
        None => Gone::of(stone),
    });
    index.put(held::rest(&page, &gone.collect::<Vec<_>>()).as_bytes())?;
    index.finish()?;
    if let Some(redacted) = &mut summary.redacted {
        redacted.originals_with_names = wanted.originals.len();
    }
    write(folder, "data/records/ledger.json", &(serde_json::to_string_pretty(&summary)? + "\n"))?;
    Ok(summary)
}

/// The hashes of all that a report was read from.
fn originals(ledger: &Ledger, report: &ReportId) -> Result<impl Iterator<Item = String>, BundleError> {
    Ok(ledger.report(report)?.into_iter().flat_map(|stored| stored.intakes).map(|intake| intake.sha256))
}

/// Of each report, by its id under the salt, the hash of its original. All originals are wanted.
fn sealed(
    ledger: &Ledger,
    walk: &Records<'_>,
    held_back: &HeldBack<'_>,
    wanted: &mut Wanted,
) -> Result<BTreeMap<ReportId, String>, BundleError> {
    let (mut sealed, mut reports) = (BTreeMap::new(), Vec::new());
    walk.each(&mut |record| {
        if let Record::Report(report) = record {
            sealed.extend(report.sha256.clone().map(|sha256| (ReportId::from(held_back.salt.id(report.id.as_str())), sha256)));
            reports.push(report.id);
        }
        Ok(())
    })?;
    for report in &reports {
        wanted.originals.extend(originals(ledger, report)?);
    }
    Ok(sealed)
}

/// The files that make it a bag.
fn tags(version: &str, folder: &Path, newest: &Newest) -> Result<(), BundleError> {
    let payload = bag::sums(folder)?;
    write(folder, bag::DECLARATION.0, bag::DECLARATION.1)?;
    write(folder, bag::INFO, &bag::info(&payload, version, newest))?;
    write(folder, bag::MANIFEST, &manifest(&payload, is_payload))?;
    let tags = bag::sums(folder)?;
    write(folder, bag::TAGS, &manifest(&tags, is_tag))
}
