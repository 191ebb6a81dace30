//! The files that hold the sealed originals: `originals/pack-000001.pack` and on, only ever appended to.

use crate::error::{LedgerError, io_error};
use crate::record::{self, HEAD, Head, MAGIC, Seal};
use marsad_model::sha256_hex;
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
    /// The hash of its record as it lies there, where that was noted.
    pub(crate) record_sha256: Option<String>,
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
    Ok(opened(folder, place)?.0)
}

/// Check the record that lies here to the last bit, those that mean nothing too: an original can still be read where only
/// such a one is another.
pub(crate) fn check(folder: &Path, place: &Place) -> Result<(), LedgerError> {
    let (_, record) = opened(folder, place)?;
    if place.record_sha256.as_ref().is_some_and(|noted| sha256_hex(&record) != *noted) {
        let why = "its bytes are those that were sealed, and its packed form is another than was written".to_owned();
        return Err(LedgerError::OriginalChanged { sha256: place.sha256.clone(), pack: place.pack, start: place.start, why });
    }
    Ok(())
}

/// An original's bytes, and the record that they were read from.
fn opened(folder: &Path, place: &Place) -> Result<(Vec<u8>, Vec<u8>), LedgerError> {
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
    let bytes = head.open(record.get(HEAD..).unwrap_or_default()).map_err(changed)?;
    Ok((bytes, record))
}

/// Overwrite the record that lies here with one that has its hash and none of its bytes.
pub(crate) fn wipe(folder: &Path, place: &Place) -> Result<(), LedgerError> {
    if is_wiped(folder, place)? {
        return Ok(());
    }
    let path = pack_path(folder, place.pack);
    let wiped = record::withdrawn(&place.sha256, place.length, place.stored);
    let mut file = OpenOptions::new().write(true).open(&path).map_err(io_error("opening a pack", &path))?;
    file.seek(SeekFrom::Start(place.start))
        .and_then(|_| file.write_all(&wiped))
        .and_then(|()| file.sync_all())
        .map_err(io_error("destroying an original", &path))
}

/// Is the record that lies here one whose bytes were destroyed?
pub(crate) fn is_wiped(folder: &Path, place: &Place) -> Result<bool, LedgerError> {
    let path = pack_path(folder, place.pack);
    let mut file = File::open(&path).map_err(io_error("opening a pack", &path))?;
    file.seek(SeekFrom::Start(place.start)).map_err(io_error("reading a pack", &path))?;
    let mut found = Vec::new();
    file.take(place.stored).read_to_end(&mut found).map_err(io_error("reading a pack", &path))?;
    Ok(found == record::withdrawn(&place.sha256, place.length, place.stored))
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
        let mut lengths = lengths(folder)?;
        for (&pack, last) in last {
            let (needed, found) = (last.end(), lengths.get(&pack).copied().unwrap_or(0));
            if found < needed {
                return Err(LedgerError::PackShort { path: pack_path(folder, pack), found, needed });
            }
        }
        let mut tail = Tail::default();
        for (&pack, length) in &mut lengths {
            let last = last.get(&pack);
            if *length > last.map_or(0, Place::end) {
                *length = put_in_order(folder, pack, last, *length, &mut tail)?;
            }
        }
        let newest = lengths.last_key_value().map(|(&pack, &length)| (pack, length));
        let mut packs = Self { folder: folder.to_owned(), limit, open: None, next: newest.map_or(1, |(p, _)| p + 1), in_doubt: false };
        if let Some((pack, length)) = newest
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
        let place = Place {
            sha256: seal.sha256().to_owned(),
            pack,
            start: end,
            stored: seal.record().len() as u64,
            length: seal.length(),
            record_sha256: Some(sha256_hex(seal.record())),
        };
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
pub(crate) fn lengths(folder: &Path) -> Result<BTreeMap<u32, u64>, LedgerError> {
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

/// Look through what lies in a pack beyond its last committed original; gives the pack's length afterwards.
///
/// A run that was killed leaves at most one torn record, and it is the last thing in the pack: that alone is cut off.
/// Damaged bytes with a record after them, or a record of full length with other bytes in it, come of something else (a
/// power failure, a lost database and a decaying disk) and may be the only copy: they stay where they are. Nor is anything
/// cut from a pack whose last committed original is not as it was sealed.
fn put_in_order(folder: &Path, pack: u32, last: Option<&Place>, length: u64, tail: &mut Tail) -> Result<u64, LedgerError> {
    let path = &pack_path(folder, pack);
    let mut file = File::open(path).map_err(io_error("opening a pack", path))?;
    let mut start = last.map_or(0, Place::end);
    while start < length {
        match record_at(&mut file, path, pack, start, length)? {
            Some((place, is_whole)) => {
                start = place.end();
                if is_whole {
                    tail.whole.push(place);
                }
            }
            None => match next_head(&mut file, path, start + 1)? {
                Some(next) => start = next,
                None => break,
            },
        }
    }
    if start >= length {
        return Ok(length);
    }
    if let Some(last) = last.filter(|last| !is_wiped(folder, last).is_ok_and(|wiped| wiped)) {
        read(folder, last)?;
    }
    let file = OpenOptions::new().write(true).open(path).map_err(io_error("opening a pack", path))?;
    file.set_len(start).and_then(|()| file.sync_all()).map_err(io_error("cutting a torn record off", path))?;
    tail.cut.push((pack, length - start));
    Ok(start)
}

/// The record of full length that starts here, if one does, and whether its bytes are those that were sealed.
fn record_at(file: &mut File, path: &Path, pack: u32, start: u64, length: u64) -> Result<Option<(Place, bool)>, LedgerError> {
    let mut record = Vec::new();
    file.seek(SeekFrom::Start(start)).map_err(io_error("reading a pack", path))?;
    Read::by_ref(file).take(HEAD as u64).read_to_end(&mut record).map_err(io_error("reading a pack", path))?;
    let Some(head) = Head::read(&record) else { return Ok(None) };
    if start.saturating_add(head.stored()) > length {
        return Ok(None);
    }
    Read::by_ref(file).take(head.body).read_to_end(&mut record).map_err(io_error("reading a pack", path))?;
    let is_whole = head.open(record.get(HEAD..).unwrap_or_default()).is_ok();
    let record_sha256 = Some(sha256_hex(&record));
    Ok(Some((Place { stored: head.stored(), length: head.length, sha256: head.sha256, pack, start, record_sha256 }, is_whole)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn last(places: &[Place]) -> BTreeMap<u32, Place> {
        places.iter().map(|p| (p.pack, p.clone())).collect()
    }

    fn seal_all(folder: &Path, originals: &[Vec<u8>], known: &[Place], limit: u64) -> Vec<Place> {
        let (mut packs, _) = Packs::open(folder, &last(known), limit).unwrap();
        let places = originals.iter().map(|bytes| packs.append(&Seal::of(bytes)).unwrap()).collect();
        packs.sync().unwrap();
        places
    }

    #[test]
    fn a_full_pack_is_followed_by_another_and_never_touched_again() {
        let dir = tempfile::tempdir().unwrap();
        let originals: Vec<Vec<u8>> = (0..40).map(|n| format!("report {n}").into_bytes()).collect();
        let places = seal_all(dir.path(), &originals, &[], 300);
        assert_eq!(places.iter().map(|p| p.pack).collect::<Vec<_>>(), (0..40).map(|n| n / 3 + 1).collect::<Vec<_>>());
        let more = seal_all(dir.path(), &originals[..1], &places, 300);
        assert_eq!((more[0].pack, more[0].start), (14, places[39].end()));
        for (bytes, place) in originals.iter().zip(&places) {
            assert_eq!(&read(dir.path(), place).unwrap(), bytes);
        }
    }

    #[test]
    fn after_a_batch_that_was_not_committed_no_other_begins() {
        let dir = tempfile::tempdir().unwrap();
        let (mut packs, _) = Packs::open(dir.path(), &BTreeMap::new(), PACK_BYTES).unwrap();
        packs.append(&Seal::of(b"one")).unwrap();
        assert!(matches!(packs.ready(), Err(LedgerError::Unfinished { .. })));
        packs.committed();
        packs.ready().unwrap();
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// However many originals were entered, and wherever the last pack ends: what was entered is there, what is whole is
        /// found, what is torn is cut, and what is sealed next can be read.
        #[test]
        fn wherever_a_run_is_killed_the_packs_are_put_in_order(
            originals in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..200), 1..12),
            known in any::<prop::sample::Index>(),
            keep in any::<prop::sample::Index>(),
            limit in 100u64..2_000,
        ) {
            let dir = tempfile::tempdir().unwrap();
            let places = seal_all(dir.path(), &originals, &[], limit);
            let newest = places.last().unwrap().pack;
            let known = &places[..known.index(places.len() + 1)];
            let from = known.last().filter(|p| p.pack == newest).map_or(0, Place::end);
            let path = pack_path(dir.path(), newest);
            let length = fs::metadata(&path).unwrap().len();
            let kept = from + keep.index((length - from) as usize + 1) as u64;
            OpenOptions::new().write(true).open(&path).unwrap().set_len(kept).unwrap();

            let (mut packs, tail) = Packs::open(dir.path(), &last(known), limit).unwrap();
            let whole: Vec<Place> = places[known.len()..].iter().filter(|p| p.pack < newest || p.end() <= kept).cloned().collect();
            prop_assert_eq!(&tail.whole, &whole);
            let next = packs.append(&Seal::of(b"next")).unwrap();
            packs.sync().unwrap();
            prop_assert_eq!(read(dir.path(), &next).unwrap(), b"next");
            for (bytes, place) in originals.iter().zip(&places).take(known.len() + whole.len()) {
                prop_assert_eq!(&read(dir.path(), place).unwrap(), bytes);
            }
        }
    }
}
