//! A stream as a reader, for files of which nothing is found again behind damage.

use crate::limits::Limits;
use crate::stream::{Input, Packing, Piece, Stream};
use std::io::{self, BufRead, Read};

/// A stream as a reader: the first fault is an error and the end.
pub(crate) struct Unpacked<'a> {
    stream: Stream<'a>,
    buffer: Vec<u8>,
    from: usize,
}

impl<'a> Unpacked<'a> {
    pub(crate) fn new(input: Box<dyn Input + 'a>, packing: Packing, limits: Limits) -> Self {
        Self { stream: Stream::new(input, packing, limits, None), buffer: Vec::new(), from: 0 }
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(out)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Unpacked<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.from >= self.buffer.len() {
            self.buffer.clear();
            self.from = 0;
            if let Piece::Fault(reason, _) = self.stream.more(&mut self.buffer) {
                return Err(io::Error::other(reason));
            }
        }
        Ok(self.buffer.get(self.from..).unwrap_or(&[]))
    }

    fn consume(&mut self, amount: usize) {
        self.from += amount;
    }
}
