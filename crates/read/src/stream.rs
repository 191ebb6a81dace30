//! The bytes of a file as they were before they were packed: as they lie, from gzip members, or from zstd frames.
//!
//! Archives pack each record by itself. So a stream tells where in the file each member begins, which is how a record is
//! found again; and after a damaged member it goes on with the next one that begins as a record does.

use crate::limits::Limits;
use flate2::bufread::GzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::{self, BufRead, Read, Seek, SeekFrom};

/// Where a stream comes from: a file, or bytes in memory.
pub trait Input: BufRead + Seek {}

impl<T: BufRead + Seek> Input for T {}

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    None,
    Gzip,
    Zstd,
}

impl Packing {
    /// With what each member begins.
    fn magic(self) -> &'static [u8] {
        match self {
            Self::None => b"",
            Self::Gzip => &[0x1f, 0x8b, 8],
            Self::Zstd => &[0x28, 0xb5, 0x2f, 0xfd],
        }
    }
}

/// What came next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// More of the member before.
    Bytes,
    /// The first bytes of a member; it begins here in the file.
    Member(u64),
    /// Nothing: the member is damaged, or over a limit. What follows is another member, or the end. Where nothing of the
    /// member was given, it begins here in the file.
    Fault(String, Option<u64>),
    /// Nothing, ever again.
    End,
}

/// An input that knows how far it was read.
struct Counted<'a> {
    inner: Box<dyn Input + 'a>,
    at: u64,
}

impl Counted<'_> {
    fn go_to(&mut self, at: u64) -> io::Result<()> {
        self.inner.seek(SeekFrom::Start(at))?;
        self.at = at;
        Ok(())
    }
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
        self.inner.consume(amount);
    }
}

enum State<'a> {
    Plain(Counted<'a>),
    Between(Counted<'a>),
    Gzip(GzDecoder<Counted<'a>>),
    Zstd(Box<FrameDecoder>, Counted<'a>),
    Ended,
}

/// The bytes of a file, unpacked.
pub(crate) struct Stream<'a> {
    state: State<'a>,
    packing: Packing,
    limits: Limits,
    /// With what a member begins that is believed after a damaged one; without it, damage is the end.
    wanted: Option<&'static [u8]>,
    chunk: Vec<u8>,
    /// Bytes of the member at hand that were read to see whether it is one.
    ahead: Vec<u8>,
    member: u64,
    fresh: bool,
    member_out: u64,
    total_out: u64,
    /// Bytes read a second time after damage. Held within bounds, or a hostile file would be read without end.
    again: u64,
}

/// Bytes unpacked at a time.
const CHUNK: usize = 64 << 10;

impl<'a> Stream<'a> {
    pub(crate) fn new(input: Box<dyn Input + 'a>, packing: Packing, limits: Limits, wanted: Option<&'static [u8]>) -> Self {
        let input = Counted { inner: input, at: 0 };
        let state = if packing == Packing::None { State::Plain(input) } else { State::Between(input) };
        Self {
            state,
            packing,
            limits,
            wanted,
            chunk: vec![0; CHUNK],
            ahead: Vec::new(),
            member: 0,
            fresh: true,
            member_out: 0,
            total_out: 0,
            again: 0,
        }
    }

    /// Do the bytes lie in the file as they are?
    pub(crate) fn is_plain(&self) -> bool {
        self.packing == Packing::None
    }

    /// Go on from this place of a file that is not packed.
    pub(crate) fn go_to(&mut self, at: u64) -> bool {
        let State::Plain(input) = &mut self.state else { return false };
        let back = input.at.saturating_sub(at);
        if !may_go_back(&mut self.again, back, input.at) || input.go_to(at).is_err() {
            return false;
        }
        self.fresh = true;
        true
    }

    /// Append the next bytes to `out`.
    pub(crate) fn more(&mut self, out: &mut Vec<u8>) -> Piece {
        if !self.ahead.is_empty() {
            out.append(&mut self.ahead);
            self.fresh = false;
            return Piece::Member(self.member);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Piece::End,
                State::Between(input) => match self.open(input) {
                    Ok(true) => {}
                    Ok(false) => return Piece::End,
                    Err((input, reason)) => {
                        let member = Some(self.member);
                        self.resume(State::Between(input), true);
                        return Piece::Fault(reason, member);
                    }
                },
                mut inside => match self.read(&mut inside) {
                    Ok(0) => match inside {
                        State::Plain(_) => {
                            self.state = inside;
                            return Piece::End;
                        }
                        State::Gzip(decoder) => self.state = State::Between(decoder.into_inner()),
                        State::Zstd(_, input) | State::Between(input) => self.state = State::Between(input),
                        State::Ended => {}
                    },
                    Ok(read) => {
                        if let Some(reason) = self.over(&inside) {
                            let member = self.fresh.then_some(self.member);
                            self.resume(inside, false);
                            return Piece::Fault(reason, member);
                        }
                        self.state = inside;
                        out.extend(self.chunk.iter().take(read));
                        return if std::mem::take(&mut self.fresh) { Piece::Member(self.member) } else { Piece::Bytes };
                    }
                    Err(error) => {
                        let (reason, member) = (self.told(&error), self.fresh.then_some(self.member));
                        self.resume(inside, true);
                        return Piece::Fault(reason, member);
                    }
                },
            }
        }
    }

    fn told(&self, error: &io::Error) -> String {
        let name = match self.packing {
            Packing::None => return format!("it cannot be read ({error})"),
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
        };
        format!("it cannot be inflated ({error}); it is cut short, damaged or no {name}")
    }

    fn read(&mut self, state: &mut State) -> io::Result<usize> {
        let read = match state {
            State::Plain(input) => {
                if self.fresh {
                    self.member = input.at;
                }
                input.read(&mut self.chunk)?
            }
            State::Gzip(decoder) => decoder.read(&mut self.chunk)?,
            State::Zstd(decoder, input) => read_frame(decoder, input, &mut self.chunk)?,
            State::Between(_) | State::Ended => 0,
        };
        self.member_out += read as u64;
        self.total_out += read as u64;
        Ok(read)
    }

    /// Why no more is read, if a limit is passed.
    fn over(&self, state: &State) -> Option<String> {
        if self.total_out > self.limits.container {
            return Some(format!("it is longer than {} bytes, the most that is read of one file", self.limits.container));
        }
        let packed = match state {
            State::Gzip(decoder) => decoder.get_ref().at,
            State::Zstd(_, input) => input.at,
            _ => return None,
        };
        let taken = packed.saturating_sub(self.member).max(1);
        let most = taken.saturating_mul(self.limits.growth).max(self.limits.record as u64 + CHUNK as u64);
        (self.member_out > most).then(|| format!("it inflates to more than {} times its length, as only a trap does", self.limits.growth))
    }

    /// Begin the next member; false at the end of the file.
    fn open(&mut self, mut input: Counted<'a>) -> Result<bool, (Counted<'a>, String)> {
        // Tapes and some tools fill the last block up with zeros.
        loop {
            let zeros = match input.fill_buf() {
                Ok([]) => return Ok(false),
                Ok(buffer) => buffer.iter().take_while(|&&b| b == 0).count(),
                Err(error) => {
                    let reason = self.told(&error);
                    return Err((input, reason));
                }
            };
            if zeros == 0 {
                break;
            }
            input.consume(zeros);
        }
        (self.member, self.member_out, self.fresh) = (input.at, 0, true);
        if self.packing == Packing::Gzip {
            self.state = State::Gzip(GzDecoder::new(input));
            return Ok(true);
        }
        let mut decoder = Box::new(FrameDecoder::new());
        match decoder.init(&mut input) {
            Ok(()) => self.state = State::Zstd(decoder, input),
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                let _ = io::copy(&mut (&mut input).take(u64::from(length)), &mut io::sink());
                self.state = State::Between(input);
            }
            Err(error) => {
                let reason = self.told(&io::Error::other(error));
                return Err((input, reason));
            }
        }
        Ok(true)
    }

    /// Find the next member after a fault. Where the damaged one ends is not known: its own bytes after the damage are
    /// looked through as well (`back`), as far as a file may be read again.
    fn resume(&mut self, state: State<'a>, back: bool) {
        let mut input = match state {
            State::Gzip(decoder) => decoder.into_inner(),
            State::Zstd(_, input) | State::Between(input) => input,
            State::Plain(_) | State::Ended => return,
        };
        let Some(wanted) = self.wanted.filter(|_| self.total_out <= self.limits.container) else { return };
        if back {
            self.go_back(&mut input, self.member + 1);
        }
        while let Some(at) = next_magic(&mut input, self.packing.magic()) {
            if input.go_to(at).is_err() {
                return;
            }
            match self.open(input) {
                Ok(true) => {}
                Ok(false) => return,
                Err((back, _)) => {
                    input = back;
                    if !self.go_back(&mut input, at + 1) && input.at <= at {
                        return;
                    }
                    continue;
                }
            }
            let mut inside = std::mem::replace(&mut self.state, State::Ended);
            let read = self.read(&mut inside).unwrap_or(0);
            let begun = self.chunk.get(..read).unwrap_or(&[]);
            if begun.starts_with(wanted) {
                self.ahead = begun.to_vec();
                self.state = inside;
                return;
            }
            input = match inside {
                State::Gzip(decoder) => decoder.into_inner(),
                State::Zstd(_, input) | State::Between(input) => input,
                State::Plain(_) | State::Ended => return,
            };
            if !self.go_back(&mut input, at + 1) && input.at <= at {
                return;
            }
        }
    }

    fn go_back(&mut self, input: &mut Counted, to: u64) -> bool {
        let back = input.at.saturating_sub(to);
        may_go_back(&mut self.again, back, input.at) && input.go_to(to).is_ok()
    }
}

/// May so many bytes be read again? All in all no more than a few times what was read so far.
fn may_go_back(again: &mut u64, back: u64, at: u64) -> bool {
    let allowed = *again + back <= 4 * at + (64 << 20);
    if allowed {
        *again += back;
    }
    allowed
}

/// Where these bytes come next.
fn next_magic(input: &mut Counted, magic: &[u8]) -> Option<u64> {
    let mut matched = 0;
    loop {
        let buffer = input.fill_buf().ok().filter(|b| !b.is_empty())?;
        let mut used = 0;
        for &byte in buffer {
            used += 1;
            // No magic repeats its first byte, so a broken match can only begin anew with this one.
            matched = if magic.get(matched) == Some(&byte) { matched + 1 } else { usize::from(magic.first() == Some(&byte)) };
            if matched == magic.len() {
                break;
            }
        }
        input.consume(used);
        if matched == magic.len() {
            return Some(input.at - magic.len() as u64);
        }
    }
}

/// More of a zstd frame; at its end its own check sum is held against what came out.
fn read_frame(decoder: &mut FrameDecoder, input: &mut Counted, out: &mut [u8]) -> io::Result<usize> {
    while decoder.can_collect() == 0 && !decoder.is_finished() {
        decoder.decode_blocks(&mut *input, BlockDecodingStrategy::UptoBlocks(1)).map_err(io::Error::other)?;
    }
    let read = decoder.read(out)?;
    if read == 0
        && let Some(told) = decoder.get_checksum_from_data()
        && decoder.get_calculated_checksum() != Some(told)
    {
        return Err(io::Error::other("its check sum is another"));
    }
    Ok(read)
}
