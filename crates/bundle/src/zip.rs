//! A bag in one file: a zip of stored files in the order of their paths, all of the same time, so that the same bag is the
//! same zip. No more of the format is written or read.

use crate::bag::Sum;
use crate::{BundleError, file};
use flate2::Crc;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

/// The one folder in it, as BagIt wants.
const ROOT: &str = "bundle/";
/// The first day that a zip can tell.
const DAY: u16 = (1 << 5) | 1;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
const VERSION: u16 = 20;

struct Entry {
    name: String,
    crc: u32,
    length: u32,
    offset: u32,
}

impl Entry {
    /// What stands before the file and in the directory alike.
    fn common(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for word in [VERSION, FLAGS, 0, 0, DAY] {
            bytes.extend(word.to_le_bytes());
        }
        for number in [self.crc, self.length, self.length] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend((self.name.len() as u16).to_le_bytes());
        bytes.extend([0; 2]);
        bytes
    }

    fn local(&self) -> Vec<u8> {
        [b"PK\x03\x04".as_slice(), &self.common(), self.name.as_bytes()].concat()
    }

    fn central(&self) -> Vec<u8> {
        let made_by = VERSION.to_le_bytes();
        [b"PK\x01\x02".as_slice(), &made_by, &self.common(), &[0; 10], &self.offset.to_le_bytes(), self.name.as_bytes()].concat()
    }
}

/// Write the files of a folder as a zip.
pub(crate) fn pack(folder: &Path, sums: &BTreeMap<String, Sum>, out: &mut dyn Write) -> Result<(), BundleError> {
    let small = |n: u64| u32::try_from(n).map_err(|_| BundleError::TooLarge);
    let count = u16::try_from(sums.len()).map_err(|_| BundleError::TooLarge)?;
    let write = || file("packing", folder);
    let (mut offset, mut directory) = (0_u64, Vec::new());
    for (path, sum) in sums {
        let from = folder.join(path);
        let crc = crc_of(&from).map_err(file("reading", &from))?;
        let entry = Entry { name: format!("{ROOT}{path}"), crc, length: small(sum.length)?, offset: small(offset)? };
        let local = entry.local();
        out.write_all(&local).map_err(write())?;
        io::copy(&mut File::open(&from).map_err(file("reading", &from))?, out).map_err(write())?;
        offset += local.len() as u64 + sum.length;
        directory.extend(entry.central());
    }
    out.write_all(&directory).map_err(write())?;
    let mut end = b"PK\x05\x06\0\0\0\0".to_vec();
    end.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    end.extend([small(directory.len() as u64)?.to_le_bytes(), small(offset)?.to_le_bytes()].concat());
    end.extend([0; 2]);
    out.write_all(&end).map_err(write())
}

fn crc_of(path: &Path) -> io::Result<u32> {
    let mut crc = Crc::new();
    let (mut from, mut buffer) = (File::open(path)?, vec![0; 1 << 16]);
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            return Ok(crc.sum());
        }
        crc.update(buffer.get(..read).unwrap_or_default());
    }
}

/// Unpack such a zip into a folder; the error says at which byte it is none. Paths that lead out of the folder are none.
pub(crate) fn unpack(zip: &Path, folder: &Path) -> Result<Result<(), String>, BundleError> {
    let mut from = io::BufReader::new(File::open(zip).map_err(file("reading", zip))?);
    let (mut at, mut head) = (0_u64, [0_u8; 30]);
    loop {
        let read = take(&mut from, &mut head).map_err(file("reading", zip))?;
        if !head.get(..read).is_some_and(|h| h.starts_with(b"PK\x03\x04") && h.len() == 30) {
            // The directory of files follows; it is compared whole afterwards.
            return Ok(if at > 0 { Ok(()) } else { Err("it is no zip".to_owned()) });
        }
        let number = |i: usize| head.get(i..i + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes);
        let mut name = vec![0; usize::from(u16::from_le_bytes([head[26], head[27]]))];
        let whole = take(&mut from, &mut name).map_err(file("reading", zip))? == name.len();
        let path = String::from_utf8(name).ok().and_then(|name| name.strip_prefix(ROOT).map(str::to_owned));
        let Some(path) = path.filter(|path| whole && path.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.contains('\\')))
        else {
            return Ok(Err(format!("the file at byte {at} of the zip has no name that a bundle's file has")));
        };
        let length = u64::from(number(18));
        let to = folder.join(&path);
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent).map_err(file("making", parent))?;
        }
        let mut out = BufWriter::new(File::create(&to).map_err(file("writing", &to))?);
        let copied = io::copy(&mut Read::by_ref(&mut from).take(length), &mut out).map_err(file("writing", &to))?;
        out.flush().map_err(file("writing", &to))?;
        if copied != length {
            return Ok(Err(format!("the zip ends within {path}")));
        }
        at += 30 + (ROOT.len() + path.len()) as u64 + length;
    }
}

fn take(from: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    let mut got = 0;
    while let Some(rest) = into.get_mut(got..).filter(|rest| !rest.is_empty()) {
        match from.read(rest)? {
            0 => break,
            n => got += n,
        }
    }
    Ok(got)
}

/// Compares what is written into it with a file; nothing is kept.
pub(crate) struct Comparing<R> {
    with: R,
    at: u64,
    /// The first byte that differs.
    pub(crate) differs: Option<u64>,
}

impl<R: Read> Comparing<R> {
    pub(crate) fn new(with: R) -> Self {
        Self { with, at: 0, differs: None }
    }

    /// Where the two differ first, once all is written.
    pub(crate) fn end(mut self) -> io::Result<Option<u64>> {
        let more = self.with.read(&mut [0])?;
        Ok(self.differs.or_else(|| (more > 0).then_some(self.at)))
    }
}

impl<R: Read> Write for Comparing<R> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut other = vec![0; bytes.len()];
        let got = take(&mut self.with, &mut other)?;
        let same = bytes.iter().zip(other.iter().take(got)).take_while(|(a, b)| a == b).count();
        if same < bytes.len() && self.differs.is_none() {
            self.differs = Some(self.at + same as u64);
        }
        self.at += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
