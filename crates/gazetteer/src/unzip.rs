//! The members of a zip archive, as GeoNames publishes its countries: stored or deflated, no more.

use flate2::read::DeflateDecoder;
use std::io::Read;

/// What a zip archive begins with.
const MAGIC: &[u8] = b"PK";
/// What the directory's end, one of its entries and a member's own header begin with.
const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";
const ENTRY_LENGTH: usize = 46;
const HEADER_LENGTH: usize = 30;
/// A member that says it is longer is refused: the whole of GeoNames is some 2 GB.
const LONGEST: u64 = 4 << 30;

pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Name and bytes of each member; none where the archive is damaged or packed in a way that is not known.
pub(crate) fn members(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let end = bytes.windows(4).rposition(|w| w == END)?;
    let (count, mut at) = (short(bytes, end + 10)?, long(bytes, end + 16)?);
    let mut members = Vec::new();
    for _ in 0..count {
        if bytes.get(at..at + 4)? != ENTRY {
            return None;
        }
        let (method, packed, length) = (short(bytes, at + 10)?, long(bytes, at + 20)?, long(bytes, at + 24)?);
        let (name, extra, comment) = (short(bytes, at + 28)?, short(bytes, at + 30)?, short(bytes, at + 32)?);
        let header = long(bytes, at + 42)?;
        let written = bytes.get(at + ENTRY_LENGTH..at + ENTRY_LENGTH + name)?;
        let start = header + HEADER_LENGTH + short(bytes, header + 26)? + short(bytes, header + 28)?;
        let data = bytes.get(start..start.checked_add(packed)?)?;
        members.push((String::from_utf8_lossy(written).into_owned(), inflated(method, data, length)?));
        at += ENTRY_LENGTH + name + extra + comment;
    }
    Some(members)
}

fn inflated(method: usize, data: &[u8], length: usize) -> Option<Vec<u8>> {
    match method {
        0 => Some(data.to_vec()),
        8 => {
            let mut out = Vec::new();
            let limit = (length as u64).min(LONGEST);
            DeflateDecoder::new(data).take(limit).read_to_end(&mut out).ok()?;
            (out.len() == length).then_some(out)
        }
        _ => None,
    }
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let two: [u8; 2] = bytes.get(at..at + 2)?.try_into().ok()?;
    Some(usize::from(u16::from_le_bytes(two)))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(u32::from_le_bytes(four) as usize)
}
