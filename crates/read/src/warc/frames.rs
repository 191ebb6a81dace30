//! A web archive cut into its records.
//!
//! A record's own header tells how long it is. Where that is not so, or where bytes are damaged or missing, the record is
//! broken and the next one is looked for: at the next header, or at the next member of a packed archive.

use crate::limits::Limits;
use crate::stream::{Piece, Stream};
use crate::warc::header::Fields;
use std::collections::VecDeque;

/// One record as it lies in the archive.
#[derive(Debug)]
pub(crate) struct Frame {
    /// Its header, as written.
    pub(crate) head: String,
    /// Its block; of one over the limit, the first bytes only.
    pub(crate) block: Vec<u8>,
    /// Is the block longer than what is read of a record?
    pub(crate) over: bool,
    /// Where in the file it begins, or the packed member that it begins in.
    pub(crate) offset: u64,
}

/// Something in the archive that is no record.
#[derive(Debug)]
pub(crate) struct Broken {
    pub(crate) offset: u64,
    pub(crate) reason: String,
}

/// With what every record begins.
pub(crate) const MAGIC: &[u8] = b"WARC/";
/// No header of an archive is longer.
const LONGEST_HEAD: usize = 64 << 10;
/// How much is kept of a block over the limit: enough to see what it is.
const GLIMPSE: usize = 16 << 10;

/// A place that no record reaches across: damage, or a member that begins with a record of its own.
struct Wall {
    at: u64,
    fault: Option<String>,
    /// Is the damage that of the member before, and not of one that follows?
    behind: bool,
}

/// The records of an archive, in their order.
pub(crate) struct Frames<'a> {
    stream: Stream<'a>,
    limits: Limits,
    buffer: Vec<u8>,
    /// How many bytes of the stream came before those of the buffer.
    at: u64,
    /// Where members begin: in the stream, and in the file. The first is that of the buffer's first byte.
    members: VecDeque<(u64, u64)>,
    wall: Option<Wall>,
    ended: bool,
}

impl<'a> Frames<'a> {
    pub(crate) fn new(stream: Stream<'a>, limits: Limits) -> Self {
        Self { stream, limits, buffer: Vec::new(), at: 0, members: VecDeque::new(), wall: None, ended: false }
    }

    /// What may be read of the buffer.
    fn here(&self) -> &[u8] {
        let reach = self.wall.as_ref().map_or(self.buffer.len(), |w| (w.at - self.at) as usize);
        self.buffer.get(..reach).unwrap_or(&self.buffer)
    }

    /// Get so many bytes into the buffer; false if there are not as many before the end or a wall.
    fn fill(&mut self, need: usize) -> bool {
        while self.here().len() < need {
            if self.wall.is_some() || self.ended {
                return false;
            }
            let before = self.buffer.len();
            let at = self.at + before as u64;
            match self.stream.more(&mut self.buffer) {
                Piece::Bytes => {}
                Piece::Member(offset) => {
                    self.members.push_back((at, offset));
                    if before > 0 && self.buffer.get(before..).is_some_and(|begun| begun.starts_with(MAGIC)) {
                        self.wall = Some(Wall { at, fault: None, behind: false });
                    }
                }
                Piece::Fault(reason, member) => {
                    self.members.extend(member.map(|offset| (at, offset)));
                    self.wall = Some(Wall { at, fault: Some(reason), behind: member.is_none() });
                }
                Piece::End => self.ended = true,
            }
        }
        true
    }

    fn consume(&mut self, amount: usize) {
        let amount = amount.min(self.buffer.len());
        self.buffer.drain(..amount);
        self.at += amount as u64;
        while self.members.get(1).is_some_and(|(at, _)| *at <= self.at) {
            self.members.pop_front();
        }
    }

    /// Where in the file the buffer's first byte lies, or the member that it lies in.
    fn offset(&self) -> u64 {
        let (at, offset) = self.members.front().copied().unwrap_or_default();
        if self.stream.is_plain() { offset + self.at.saturating_sub(at) } else { offset }
    }

    /// The next record, or what lies in its place; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<Result<Frame, Broken>> {
        loop {
            self.consume(0);
            if let Some(wall) = self.wall.take_if(|w| w.at == self.at)
                && let Some(reason) = wall.fault
            {
                return Some(Err(Broken { offset: self.offset(), reason }));
            }
            if !self.fill(1) {
                if self.wall.is_some() {
                    continue;
                }
                return None;
            }
            let blank = self.here().iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            if blank > 0 {
                self.consume(blank);
                continue;
            }
            self.fill(LONGEST_MAGIC);
            if starts_record(self.here()) {
                return Some(self.record());
            }
            let offset = self.offset();
            let length = self.skip_to_record();
            let reason = self.fault().unwrap_or_else(|| format!("{length} bytes that belong to no record"));
            return Some(Err(Broken { offset, reason }));
        }
    }

    /// The damage that ends what was just read through.
    fn fault(&mut self) -> Option<String> {
        let wall = self.wall.as_mut().filter(|w| w.at == self.at && w.behind)?;
        wall.fault.take()
    }

    /// Pass over everything up to the next header; gives how many bytes that were.
    fn skip_to_record(&mut self) -> u64 {
        let from = self.at;
        loop {
            let here = self.here();
            let found = (0..here.len()).find(|&i| here.get(i) == Some(&b'W') && here.get(i..).is_some_and(starts_record));
            if let Some(at) = found {
                self.consume(at);
                return self.at - from;
            }
            // A header may begin in these bytes and end in the next.
            let passed = here.len().saturating_sub(LONGEST_MAGIC - 1);
            self.consume(passed);
            let left = self.here().len();
            if !self.fill(left + 1) {
                self.consume(left);
                return self.at - from;
            }
        }
    }

    fn record(&mut self) -> Result<Frame, Broken> {
        let offset = self.offset();
        let Some(head_length) = self.head_length() else {
            self.consume(MAGIC.len());
            self.skip_to_record();
            let reason = self.fault().unwrap_or_else(|| "its header has no end; it is cut short or damaged".to_owned());
            return Err(Broken { offset, reason });
        };
        let head = String::from_utf8_lossy(self.here().get(..head_length).unwrap_or(&[])).into_owned();
        let Some(length) = Fields::of(&head).get("Content-Length").and_then(|l| l.parse::<u64>().ok()) else {
            return Err(self.broken(head_length, offset, "its header has no Content-Length"));
        };
        if length > self.limits.record as u64 {
            return self.long_record(head, head_length, length, offset);
        }
        let whole = head_length + length as usize;
        if !self.fill(whole) {
            return Err(self.broken(head_length, offset, "it is cut short: it has fewer bytes than its Content-Length tells"));
        }
        // Whether a packed member is sound is known at its end only, and that is looked for a byte further on.
        if !self.fill(whole + 5) && self.wall.as_ref().is_some_and(|w| w.behind) {
            return Err(self.broken(head_length, offset, "it is damaged"));
        }
        if !self.ends_well(whole) {
            return Err(self.broken(head_length, offset, "its Content-Length is not its length"));
        }
        let block = self.here().get(head_length..whole).unwrap_or(&[]).to_vec();
        self.consume(whole);
        Ok(Frame { head, block, over: false, offset })
    }

    /// Pass over a broken record: what follows its header is looked through for the next one.
    fn broken(&mut self, head_length: usize, offset: u64, reason: &str) -> Broken {
        self.consume(head_length);
        self.skip_to_record();
        Broken { offset, reason: self.fault().unwrap_or_else(|| reason.to_owned()) }
    }

    fn head_length(&mut self) -> Option<usize> {
        let mut need = 256;
        loop {
            let more = self.fill(need);
            let here = self.here();
            let here = here.get(..here.len().min(LONGEST_HEAD)).unwrap_or(here);
            let end = here.iter().enumerate().filter(|(_, b)| **b == b'\n').find_map(|(i, _)| match here.get(i + 1..)? {
                [b'\n', ..] => Some(i + 2),
                [b'\r', b'\n', ..] => Some(i + 3),
                _ => None,
            });
            if end.is_some() || !more || need > LONGEST_HEAD {
                return end;
            }
            need *= 2;
        }
    }

    /// Is this where a record may end: at blank lines with the next record after them, or at the end of all?
    fn ends_well(&mut self, whole: usize) -> bool {
        self.fill(whole + 4);
        let tail = self.here().get(whole..).unwrap_or(&[]);
        tail.starts_with(b"\r\n\r\n") || tail.starts_with(b"\n\n") || {
            let blank = tail.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            if blank == tail.len() {
                return true;
            }
            self.fill(whole + blank + LONGEST_MAGIC);
            self.here().get(whole + blank..).is_some_and(starts_record)
        }
    }

    /// A record over the limit is passed over, not held.
    fn long_record(&mut self, head: String, head_length: usize, length: u64, offset: u64) -> Result<Frame, Broken> {
        self.fill(head_length + GLIMPSE);
        let here = self.here();
        let block = here.get(head_length..here.len().min(head_length + GLIMPSE)).unwrap_or(&[]).to_vec();
        self.consume(head_length);
        let (mut left, mut candidate) = (length, None);
        while left > 0 && self.fill(1) {
            let here = self.here();
            let part = here.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            if candidate.is_none() && self.stream.is_plain() {
                let within = |i: &usize| here.get(*i) == Some(&b'W') && here.get(*i..).is_some_and(starts_record);
                candidate = (0..part).find(within).map(|i| self.offset() + i as u64);
            }
            self.consume(part);
            left -= part as u64;
        }
        if left == 0 && self.ends_well(0) {
            return Ok(Frame { head, block, over: true, offset });
        }
        // Its length is a lie, and the next record may lie in what was passed over.
        if let Some(next) = candidate.filter(|&next| self.stream.go_to(next)) {
            self.at += self.buffer.len() as u64;
            self.buffer.clear();
            self.members = VecDeque::from([(self.at, next)]);
            (self.wall, self.ended) = (None, false);
        }
        let reason = "it is cut short, or its Content-Length is not its length".to_owned();
        Err(Broken { offset, reason: self.fault().unwrap_or(reason) })
    }
}

/// `WARC/1.1` and the end of its line.
const LONGEST_MAGIC: usize = 12;

fn starts_record(bytes: &[u8]) -> bool {
    let Some(version) = bytes.strip_prefix(MAGIC) else { return false };
    let digits = |from: &[u8]| from.iter().take_while(|b| b.is_ascii_digit()).count();
    let major = digits(version);
    let Some([b'.', minor @ ..]) = version.get(major..) else { return false };
    let second = digits(minor);
    (1..=2).contains(&major) && (1..=2).contains(&second) && matches!(minor.get(second..), Some([b'\n', ..] | [b'\r', b'\n', ..]))
}
