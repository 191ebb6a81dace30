//! Packed collections of web archives (WACZ): a zip file that holds archives, an index and a list of pages.
//!
//! Only its directory is read here; the archives lie in it as they are and are read in place. The index and the list of
//! pages say nothing that the archives do not.

use crate::intake::{Place, Records};
use crate::limits::Limits;
use crate::stream::{Input, Packing, Stream};
use crate::warc::{self, WarcRecords};
use flate2::bufread::DeflateDecoder;
use std::cell::RefCell;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::rc::Rc;

/// One file inside.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Member {
    name: String,
    method: u16,
    encrypted: bool,
    packed: u64,
    at: u64,
}

/// The most that is read of a directory: that of a million files.
const LONGEST_DIRECTORY: u64 = 128 << 20;

/// The records of all archives in it.
pub(crate) fn records<'a>(path: &str, mut file: Box<dyn Input + 'a>, limits: Limits) -> Records<'a> {
    let path = path.to_owned();
    let (members, length) = match directory(&mut file) {
        Ok(found) => found,
        Err(error) => return rescued(&path, file, &error, limits),
    };
    let shared: Shared<'a> = Rc::new(RefCell::new(file));
    let (mut left, mut archives) = (length, 0);
    let count = members.len();
    let all = members.into_iter().enumerate().flat_map(move |(at, member)| -> Records<'a> {
        let last = at + 1 == count;
        let place = Place { path: &path, container: None, offset: None };
        let name = member.name.to_ascii_lowercase();
        let aside = |reason: &str| -> Records<'a> {
            Box::new(std::iter::once(Err(place.aside(None, &format!("{} in it: {reason}", member.name)))))
        };
        let Some(packing) = packing_of(&name) else {
            if name.ends_with(".zip") || name.ends_with(".wacz") {
                archives += 1;
                return aside("a collection in a collection is not read; take it out");
            }
            if last && archives == 0 {
                return Box::new(std::iter::once(Err(place.aside(None, "it holds no web archive"))));
            }
            return Box::new(std::iter::empty());
        };
        archives += 1;
        if member.packed > left {
            return aside("it is longer than the file that it lies in, or shares bytes with others, as only a trap does");
        }
        left -= member.packed;
        match open(&shared, &member) {
            Ok(input) => {
                let stream = Stream::new(input, packing, limits, Some(warc::MAGIC));
                Box::new(WarcRecords::new(&path, &format!("{path}/{}", member.name), stream, limits))
            }
            Err(reason) => aside(&reason),
        }
    });
    Box::new(all)
}

fn packing_of(name: &str) -> Option<Packing> {
    match name.rsplit_once('.')? {
        (inner, "gz") => inner.ends_with(".warc").then_some(Packing::Gzip),
        (inner, "zst") => inner.ends_with(".warc").then_some(Packing::Zstd),
        (_, "warc") => Some(Packing::None),
        _ => None,
    }
}

/// A collection that is cut short has lost its directory, which stands at its end. Its archives are packed record by record
/// and lie in it as they are: each record can be found by itself.
fn rescued<'a>(path: &str, mut file: Box<dyn Input + 'a>, error: &io::Error, limits: Limits) -> Records<'a> {
    let place = Place { path, container: None, offset: None };
    let reason = format!("its directory cannot be read ({error}); it is cut short or no collection; records are looked for one by one");
    let lost = std::iter::once(Err(place.aside(None, &reason)));
    if file.seek(SeekFrom::Start(0)).is_err() {
        return Box::new(lost);
    }
    let stream = Stream::new(file, Packing::Gzip, limits, Some(warc::MAGIC));
    // That the first bytes are those of the collection and of no archive was told already.
    let mut first = true;
    let found = WarcRecords::new(path, path, stream, limits).filter(move |item| !(std::mem::take(&mut first) && item.is_err()));
    Box::new(lost.chain(found))
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

/// A number of so many bytes at a place, least first.
fn number(bytes: &[u8], at: usize, length: usize) -> io::Result<u64> {
    let part = bytes.get(at..at + length).ok_or_else(|| broken("an entry is cut short"))?;
    Ok(part.iter().rev().fold(0, |n, &b| n << 8 | u64::from(b)))
}

/// The files inside in the order of the directory, and the length of the whole.
fn directory(file: &mut Box<dyn Input + '_>) -> io::Result<(Vec<Member>, u64)> {
    let length = file.seek(SeekFrom::End(0))?;
    let tail_at = length.saturating_sub(22 + 0xffff + 20);
    let tail = read_at(file, tail_at, length - tail_at)?;
    let end = (0..tail.len()).rev().find(|&i| tail.get(i..).is_some_and(|t| t.starts_with(b"PK\x05\x06")));
    let end = end.ok_or_else(|| broken("it has none"))?;
    let (mut size, mut at) = (number(&tail, end + 12, 4)?, number(&tail, end + 16, 4)?);
    if size == 0xffff_ffff || at == 0xffff_ffff {
        let locator = end.checked_sub(20).filter(|&l| tail.get(l..).is_some_and(|t| t.starts_with(b"PK\x06\x07")));
        let wide_at = number(&tail, locator.ok_or_else(|| broken("its long form is missing"))? + 8, 8)?;
        let wide = read_at(file, wide_at, 56)?;
        (size, at) = (number(&wide, 40, 8)?, number(&wide, 48, 8)?);
    }
    if size > LONGEST_DIRECTORY.min(length) {
        return Err(broken("it is too long"));
    }
    let entries = read_at(file, at, size)?;
    let mut members = Vec::new();
    let mut from = 0;
    while entries.get(from..).is_some_and(|e| e.starts_with(b"PK\x01\x02")) {
        let (member, used) = entry(entries.get(from..).unwrap_or(&[]))?;
        members.push(member);
        from += used;
    }
    Ok((members, length))
}

fn entry(bytes: &[u8]) -> io::Result<(Member, usize)> {
    let length = |at| number(bytes, at, 2).map(|n| n as usize);
    let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
    let (mut packed, whole, mut at) = (number(bytes, 20, 4)?, number(bytes, 24, 4)?, number(bytes, 42, 4)?);
    let mut fields = bytes.get(46 + name..46 + name + extra).ok_or_else(|| broken("an entry is cut short"))?;
    while fields.len() >= 4 {
        let (tag, size) = (number(fields, 0, 2)?, number(fields, 2, 2)? as usize);
        if tag == 1 {
            // Only what did not fit stands here: the length, the packed length, the place.
            let mut wide = 4 + if whole == 0xffff_ffff { 8 } else { 0 };
            for value in [&mut packed, &mut at] {
                if *value == 0xffff_ffff {
                    *value = number(fields, wide, 8)?;
                    wide += 8;
                }
            }
        }
        fields = fields.get(4 + size..).unwrap_or(&[]);
    }
    let member = Member {
        name: String::from_utf8_lossy(bytes.get(46..46 + name).unwrap_or(&[])).into_owned(),
        method: number(bytes, 10, 2)? as u16,
        encrypted: number(bytes, 8, 2)? & 1 == 1,
        packed,
        at,
    };
    Ok((member, 46 + name + extra + comment))
}

fn read_at(file: &mut Box<dyn Input + '_>, at: u64, length: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The file that all members are read from.
type Shared<'a> = Rc<RefCell<Box<dyn Input + 'a>>>;

/// A member, ready to be read.
fn open<'a>(shared: &Shared<'a>, member: &Member) -> Result<Box<dyn Input + 'a>, String> {
    if member.encrypted {
        return Err("it is encrypted".to_owned());
    }
    let head = read_at(&mut shared.borrow_mut(), member.at, 30).map_err(|e| e.to_string())?;
    if !head.starts_with(b"PK\x03\x04") {
        return Err("it does not lie where the directory says".to_owned());
    }
    let part = |at| number(&head, at, 2).map_err(|e| e.to_string());
    let from = member.at + 30 + part(26)? + part(28)?;
    let section = BufReader::with_capacity(64 << 10, Section { file: Rc::clone(shared), from, length: member.packed, at: 0 });
    match member.method {
        0 => Ok(Box::new(section)),
        8 => Ok(Box::new(BufReader::new(Forward(DeflateDecoder::new(section))))),
        other => Err(format!("it is packed in a way (method {other}) that is not unpacked")),
    }
}

/// A stretch of a file.
struct Section<'a> {
    file: Shared<'a>,
    from: u64,
    length: u64,
    at: u64,
}

impl Read for Section<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.length.saturating_sub(self.at).min(buffer.len() as u64) as usize;
        let Some(part) = buffer.get_mut(..left).filter(|p| !p.is_empty()) else { return Ok(0) };
        let mut file = self.file.borrow_mut();
        file.seek(SeekFrom::Start(self.from.saturating_add(self.at)))?;
        let read = file.read(part)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Section<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
        };
        self.at = to.ok_or_else(|| broken("there is nothing before the beginning"))?;
        Ok(self.at)
    }
}

/// A reader that cannot go back.
struct Forward<R>(R);

impl<R: Read> Read for Forward<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl<R> Seek for Forward<R> {
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
