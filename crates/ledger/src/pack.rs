//! The files that hold the sealed originals: `originals/pack-000001.pack` and on, only ever appended to.

use crate::error::{LedgerError, io_error};
use crate::record::{HEAD, Head, MAGIC, Seal};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The folder of the packs, inside the ledger's.
pub(crate) const FOLDER: &str = "originals";

/// A pack that has reached this length is closed and a new one begun. A backup that copies changed files then copies at
/// most this much again, and any pack fits on any medium; smaller ones would make a large ledger thousands of files.
pub(crate) const PACK_BYTES: u64 = 256 * 1024 * 1024;

/// Where an original lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) sha256: String,
    pub(crate) pack: u32,
    pub(crate) start: u64,
    pub(crate) stored: u64,
    pub(crate) length: u64,
}

impl Place {
    pub(crate) fn end(&self) -> u64 {
        self.start.saturating_add(self.stored)
    }
}

/// What was found beyond the originals that the database knows of.
#[derive(Debug, Default)]
pub(crate) struct Tail {
    /// Whole originals: their run ended after they were sealed and before they were entered.
    pub(crate) whole: Vec<Place>,
    /// Bytes of a torn record that were cut off: pack and how many.
    pub(crate) cut: Vec<(u32, u64)>,
}

fn pack_path(folder: &Path, pack: u32) -> PathBuf {
    folder.join(format!("pack-{pack:06}.pack"))
}

/// Read the original that lies here, and check that it is what was sealed.
pub(crate) fn read(folder: &Path, place: &Place) -> Result<Vec<u8>, LedgerError> {
    let path = pack_path(folder, place.pack);
    let changed = |why: String| LedgerError::OriginalChanged { sha256: place.sha256.clone(), pack: place.pack, start: place.start, why };
    let mut file = match File::open(&path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(changed("its pack is missing".to_owned())),
        file => file.map_err(io_error("opening a pack", &path))?,
    };
    file.seek(SeekFrom::Start(place.start)).map_err(io_error("reading a pack", &path))?;
    let mut record = Vec::new();
    file.take(place.stored).read_to_end(&mut record).map_err(io_error("reading a pack", &path))?;
    let head = Head::read(&record).ok_or_else(|| changed("the head of its record is damaged".to_owned()))?;
    if head.sha256 != place.sha256 {
        return Err(changed(format!("the record there is that of {}", head.sha256)));
    }
    if head.stored() != record.len() as u64 {
        return Err(changed(format!("{} bytes of its record's {} are there", record.len(), head.stored())));
    }
    head.open(record.get(HEAD..).unwrap_or_default()).map_err(changed)
}

/// The packs of a ledger that is written to.
#[derive(Debug)]
pub(crate) struct Packs {
    folder: PathBuf,
    limit: u64,
    /// The pack that is appended to, if it is open.
    open: Option<(u32, File, u64)>,
    /// The number of the next pack to begin.
    next: u32,
    /// Something was appended that the database has not entered. If that stays so, nothing may be appended after it until
    /// the next opening has put it in order: whether a failed commit took place is known only then.
    in_doubt: bool,
}

impl Packs {
    /// Open the packs and put in order what lies beyond the last committed original of each (`last`, by pack).
    /// A torn record at the very end is cut off; whole records are given back to be entered, never cut.
    pub(crate) fn open(folder: &Path, last: &BTreeMap<u32, Place>, limit: u64) -> Result<(Self, Tail), LedgerError> {
        fs::create_dir_all(folder).map_err(io_error("making the folder of originals", folder))?;
        let mut lengths = list(folder)?;
        for (&pack, last) in last {
            let (needed, found) = (last.end(), lengths.get(&pack).copied().unwrap_or(0));
            if found < needed {
                return Err(LedgerError::PackShort { path: pack_path(folder, pack), found, needed });
            }
        }
        let mut tail = Tail::default();
        let mut appendable = true;
        for (&pack, length) in &mut lengths {
            let last = last.get(&pack);
            appendable = true;
            if *length > last.map_or(0, Place::end) {
                (*length, appendable) = put_in_order(folder, pack, last, *length, &mut tail)?;
            }
        }
        let newest = lengths.last_key_value().map(|(&pack, &length)| (pack, length));
        let mut packs = Self { folder: folder.to_owned(), limit, open: None, next: newest.map_or(1, |(p, _)| p + 1), in_doubt: false };
        if let Some((pack, length)) = newest
            && appendable
            && length < limit
        {
            let path = pack_path(folder, pack);
            let file = OpenOptions::new().append(true).open(&path).map_err(io_error("opening a pack", &path))?;
            packs.open = Some((pack, file, length));
        }
        Ok((packs, tail))
    }

    /// May a batch begin?
    pub(crate) fn ready(&self) -> Result<(), LedgerError> {
        if self.in_doubt { Err(LedgerError::Unfinished { path: self.folder.clone() }) } else { Ok(()) }
    }

    /// Append one original. It is safe only after [`Packs::sync`].
    pub(crate) fn append(&mut self, seal: &Seal) -> Result<Place, LedgerError> {
        self.in_doubt = true;
        let (pack, mut file, end) = match self.open.take() {
            Some((pack, file, end)) if end < self.limit => (pack, file, end),
            full => self.begin_pack(full)?,
        };
        file.write_all(seal.record()).map_err(io_error("sealing an original", &pack_path(&self.folder, pack)))?;
        let place = Place { sha256: seal.sha256().to_owned(), pack, start: end, stored: seal.record().len() as u64, length: seal.length() };
        self.open = Some((pack, file, place.end()));
        Ok(place)
    }

    fn begin_pack(&mut self, full: Option<(u32, File, u64)>) -> Result<(u32, File, u64), LedgerError> {
        if let Some((pack, file, _)) = full {
            file.sync_all().map_err(io_error("sealing originals", &pack_path(&self.folder, pack)))?;
        }
        let path = pack_path(&self.folder, self.next);
        let file = OpenOptions::new().append(true).create_new(true).open(&path).map_err(io_error("beginning a pack", &path))?;
        sync_folder(&self.folder)?;
        self.next += 1;
        Ok((self.next - 1, file, 0))
    }

    /// Bring what was appended onto the disk. Only then may the database say where it lies.
    pub(crate) fn sync(&mut self) -> Result<(), LedgerError> {
        match &self.open {
            Some((pack, file, _)) if self.in_doubt => {
                file.sync_all().map_err(io_error("sealing originals", &pack_path(&self.folder, *pack)))
            }
            _ => Ok(()),
        }
    }

    /// The database has entered all that was appended.
    pub(crate) fn committed(&mut self) {
        self.in_doubt = false;
    }
}

/// The packs in the folder with their lengths.
fn list(folder: &Path) -> Result<BTreeMap<u32, u64>, LedgerError> {
    let mut packs = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(io_error("listing the originals", folder))? {
        let entry = entry.map_err(io_error("listing the originals", folder))?;
        let name = entry.file_name();
        let number = name.to_str().and_then(|n| n.strip_prefix("pack-")?.strip_suffix(".pack")?.parse::<u32>().ok());
        if let Some(pack) = number {
            packs.insert(pack, entry.metadata().map_err(io_error("listing the originals", folder))?.len());
        }
    }
    Ok(packs)
}

/// Look through what lies in a pack beyond its last committed original. Gives the pack's length afterwards, and whether it
/// may be appended to.
///
/// A run that was killed leaves at most one torn record, and it is the last thing in the pack. Where whole records follow
/// damaged bytes, something else happened (a lost database, a changed byte): then nothing is cut, for it may be the only
/// copy. Nor is anything cut from a pack whose last committed original is not as it was sealed.
fn put_in_order(folder: &Path, pack: u32, last: Option<&Place>, length: u64, tail: &mut Tail) -> Result<(u64, bool), LedgerError> {
    let path = &pack_path(folder, pack);
    let mut file = File::open(path).map_err(io_error("opening a pack", path))?;
    let mut start = last.map_or(0, Place::end);
    let mut damage = None;
    let mut whole_after_damage = false;
    while start < length {
        if let Some(place) = whole_record(&mut file, path, pack, start, length)? {
            start = place.end();
            whole_after_damage |= damage.is_some();
            tail.whole.push(place);
        } else {
            damage = damage.or(Some(start));
            match next_head(&mut file, path, start + 1)? {
                Some(next) => start = next,
                None => break,
            }
        }
    }
    let Some(torn) = damage.filter(|_| !whole_after_damage) else {
        return Ok((length, damage.is_none()));
    };
    if let Some(last) = last {
        read(folder, last)?;
    }
    let file = OpenOptions::new().write(true).open(path).map_err(io_error("opening a pack", path))?;
    file.set_len(torn).and_then(|()| file.sync_all()).map_err(io_error("cutting a torn record off", path))?;
    tail.cut.push((pack, length - torn));
    Ok((torn, true))
}

/// The record that starts here, if it is whole and its bytes are those that were sealed.
fn whole_record(file: &mut File, path: &Path, pack: u32, start: u64, length: u64) -> Result<Option<Place>, LedgerError> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(start)).map_err(io_error("reading a pack", path))?;
    Read::by_ref(file).take(HEAD as u64).read_to_end(&mut head).map_err(io_error("reading a pack", path))?;
    let Some(head) = Head::read(&head) else { return Ok(None) };
    if start.saturating_add(head.stored()) > length {
        return Ok(None);
    }
    let mut body = Vec::new();
    Read::by_ref(file).take(head.body).read_to_end(&mut body).map_err(io_error("reading a pack", path))?;
    let whole = head.open(&body).is_ok();
    Ok(whole.then(|| Place { stored: head.stored(), length: head.length, sha256: head.sha256, pack, start }))
}

/// Where the next record's head starts, at or after this byte. Reads the rest of the pack: this is rare, and a pack is
/// small enough.
fn next_head(file: &mut File, path: &Path, from: u64) -> Result<Option<u64>, LedgerError> {
    let mut rest = Vec::new();
    file.seek(SeekFrom::Start(from)).map_err(io_error("reading a pack", path))?;
    file.read_to_end(&mut rest).map_err(io_error("reading a pack", path))?;
    let found = rest.windows(MAGIC.len()).enumerate().find(|(at, w)| *w == MAGIC && rest.get(*at..).and_then(Head::read).is_some());
    Ok(found.map(|(at, _)| from + at as u64))
}

/// Bring the names in a folder onto the disk, so that a new pack is still there after a power failure.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), LedgerError> {
    if cfg!(unix) {
        File::open(folder).and_then(|f| f.sync_all()).map_err(io_error("writing the folder", folder))?;
    }
    Ok(())
}
