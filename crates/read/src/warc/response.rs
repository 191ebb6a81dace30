//! What a web server answered: status, header, and the payload freed of what it was packed in for the way.

use crate::limits::{Limits, too_long};
use crate::warc::header::Fields;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::borrow::Cow;
use std::io::Read;

/// An answer as it came over the line.
#[derive(Debug)]
pub(crate) struct Response<'b> {
    pub(crate) status: u16,
    head: String,
    body: &'b [u8],
}

/// The longest header of an answer.
const LONGEST_HEAD: usize = 256 << 10;

impl<'b> Response<'b> {
    /// Take an answer apart; `None` where the bytes are none.
    pub(crate) fn of(block: &'b [u8]) -> Option<Self> {
        let head = block.get(..block.len().min(LONGEST_HEAD))?;
        let ends = head.iter().enumerate().filter(|(_, b)| **b == b'\n').find_map(|(i, _)| match head.get(i + 1..)? {
            [b'\n', ..] => Some(i + 2),
            [b'\r', b'\n', ..] => Some(i + 3),
            [] => Some(i + 1),
            _ => None,
        });
        let (head, body) = block.split_at_checked(ends?)?;
        let head = String::from_utf8_lossy(head).into_owned();
        let mut words = head.lines().next()?.split_ascii_whitespace();
        words.next().filter(|w| w.starts_with("HTTP/"))?;
        let status = words.next()?.parse().ok()?;
        Some(Self { status, head, body })
    }

    /// The fields of its header.
    pub(crate) fn fields(&self) -> Fields<'_> {
        Fields::of(&self.head)
    }

    /// The payload; the error says why it cannot be had.
    pub(crate) fn payload(&self, limits: Limits) -> Result<Cow<'b, [u8]>, String> {
        let fields = self.fields();
        let chunked = fields.get("Transfer-Encoding").is_some_and(|t| t.to_ascii_lowercase().contains("chunked"));
        let mut payload = if chunked { dechunked(self.body) } else { Cow::Borrowed(self.body) };
        let encodings = fields.get("Content-Encoding").unwrap_or("").to_ascii_lowercase();
        let encodings: Vec<&str> = encodings.split(',').map(str::trim).filter(|e| !matches!(*e, "" | "identity")).collect();
        if encodings.len() > limits.nesting {
            return Err(format!("it is packed {} times over; {} is the most that is unpacked", encodings.len(), limits.nesting));
        }
        for encoding in encodings.into_iter().rev() {
            payload = unpacked(payload, encoding, limits.record)?;
        }
        if payload.len() > limits.record { Err(too_long(limits.record)) } else { Ok(payload) }
    }
}

/// Undo one packing. Crawlers often keep the header of a payload that they have unpacked; such a payload is left as it is.
fn unpacked<'p>(payload: Cow<'p, [u8]>, encoding: &str, most: usize) -> Result<Cow<'p, [u8]>, String> {
    match encoding {
        "gzip" | "x-gzip" if payload.starts_with(&[0x1f, 0x8b]) => read_all(MultiGzDecoder::new(payload.as_ref()), most).map(Cow::Owned),
        "deflate" => {
            // The standard means zlib; some servers send it without its head.
            let zlib = read_all(ZlibDecoder::new(payload.as_ref()), most);
            match zlib.or_else(|_| read_all(DeflateDecoder::new(payload.as_ref()), most)) {
                Ok(inflated) => Ok(Cow::Owned(inflated)),
                Err(_) if is_text(&payload) => Ok(payload),
                Err(reason) => Err(reason),
            }
        }
        _ if is_text(&payload) => Ok(payload),
        other => Err(format!("it is packed as `{other}`, which is not unpacked; capture it without")),
    }
}

fn read_all(reader: impl Read, most: usize) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    reader
        .take(most as u64 + 1)
        .read_to_end(&mut out)
        .map_err(|e| format!("its payload cannot be inflated ({e}); it is cut short or damaged"))?;
    if out.len() > most { Err(too_long(most)) } else { Ok(out) }
}

/// Packed bytes have control characters among their first hundred, text has none.
fn is_text(bytes: &[u8]) -> bool {
    bytes.iter().take(512).filter(|b| b.is_ascii_control() && !b.is_ascii_whitespace()).count() == 0
}

/// The body without the lengths that stand between its chunks. A body that has none was freed of them before; one that is
/// cut short gives what there is of it.
fn dechunked(body: &[u8]) -> Cow<'_, [u8]> {
    let (mut out, mut rest) = (Vec::new(), body);
    loop {
        let Some((length, after)) = chunk(rest) else {
            return if out.is_empty() { Cow::Borrowed(body) } else { Cow::Owned(out) };
        };
        if length == 0 {
            return Cow::Owned(out);
        }
        let part = after.get(..length).unwrap_or(after);
        out.extend_from_slice(part);
        rest = after.get(part.len()..).unwrap_or(&[]);
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

/// The length of the next chunk, and what follows its line.
fn chunk(rest: &[u8]) -> Option<(usize, &[u8])> {
    let end = rest.iter().take(1024).position(|&b| b == b'\n')?;
    let (line, after) = (rest.get(..end)?, rest.get(end + 1..)?);
    let digits = std::str::from_utf8(line).ok()?.split(';').next()?.trim();
    Some((usize::from_str_radix(digits, 16).ok()?, after))
}
