//! How one original lies in a pack: a head that can be checked by itself, then the bytes.
//!
//! | bytes | what |
//! | --- | --- |
//! | 4 | `MSO1` |
//! | 1 | `0` the bytes as they came, `1` deflated (zlib), `2` withdrawn: what follows is zero |
//! | 3 | zero |
//! | 64 | SHA-256 of the bytes as they came, in hexadecimal |
//! | 8 | their length, little-endian |
//! | 8 | length of what follows the head, little-endian |
//! | 8 | first eight hexadecimal digits of the SHA-256 of all the above |
//!
//! A pack is a row of such records and nothing else, so that the originals can be got back from the packs alone.

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use marsad_model::sha256_hex;
use std::io::{Read, Write};

/// Length of a record's head.
pub(crate) const HEAD: usize = 96;
/// With what each record begins.
pub(crate) const MAGIC: &[u8; 4] = b"MSO1";
/// Where the digits that check the head begin.
const CHECK: usize = HEAD - 8;
const AS_THEY_CAME: u8 = 0;
const DEFLATED: u8 = 1;
const WITHDRAWN: u8 = 2;

/// Bytes made ready to be sealed: hashed and packed. Making one is the costly part and needs no ledger, so it is best
/// done where reports are read, on all cores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    sha256: String,
    length: u64,
    record: Vec<u8>,
}

impl Seal {
    /// Hash and pack these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let sha256 = sha256_hex(bytes);
        let deflated = deflate(bytes);
        let (flag, body) = if deflated.len() < bytes.len() { (DEFLATED, deflated.as_slice()) } else { (AS_THEY_CAME, bytes) };
        let mut record = head(flag, &sha256, bytes.len() as u64, body.len() as u64);
        record.extend_from_slice(body);
        Self { sha256, length: bytes.len() as u64, record }
    }

    /// SHA-256 of the bytes as they came.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Length of the bytes as they came.
    pub fn length(&self) -> u64 {
        self.length
    }

    pub(crate) fn record(&self) -> &[u8] {
        &self.record
    }
}

fn head(flag: u8, sha256: &str, length: u64, body: u64) -> Vec<u8> {
    let mut head = Vec::with_capacity(HEAD + usize::try_from(body).unwrap_or(0));
    head.extend_from_slice(MAGIC);
    head.extend_from_slice(&[flag, 0, 0, 0]);
    head.extend_from_slice(sha256.as_bytes());
    head.extend_from_slice(&length.to_le_bytes());
    head.extend_from_slice(&body.to_le_bytes());
    let check = sha256_hex(&head);
    head.extend(check.bytes().take(HEAD - CHECK));
    head
}

/// The record that stands in the place of one that was withdrawn: as long, with its hash and nothing of its bytes.
pub(crate) fn withdrawn(sha256: &str, length: u64, stored: u64) -> Vec<u8> {
    let body = stored.saturating_sub(HEAD as u64);
    let mut record = head(WITHDRAWN, sha256, length, body);
    record.resize(HEAD + usize::try_from(body).unwrap_or(0), 0);
    record
}

/// The fastest level: web pages shrink to about a fifth by it, and higher levels win a tenth more for thrice the time.
fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    // Writing into memory cannot fail; if it ever did, an empty answer would be shorter than the bytes and a loss, so
    // the bytes themselves are given back and stored as they came.
    match encoder.write_all(bytes).and_then(|()| encoder.finish()) {
        Ok(deflated) => deflated,
        Err(_) => bytes.to_vec(),
    }
}

/// A record's head, read and found whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    flag: u8,
    pub(crate) sha256: String,
    pub(crate) length: u64,
    pub(crate) body: u64,
}

impl Head {
    /// Read the head that these bytes begin with; `None` where they begin with none.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let head = bytes.get(..HEAD)?;
        let (told, check) = head.split_at(CHECK);
        if !told.starts_with(MAGIC) || !sha256_hex(told).as_bytes().starts_with(check) {
            return None;
        }
        let number = |at: usize| Some(u64::from_le_bytes(told.get(at..at + 8)?.try_into().ok()?));
        Some(Self {
            flag: *told.get(4)?,
            sha256: std::str::from_utf8(told.get(8..72)?).ok()?.to_owned(),
            length: number(72)?,
            body: number(80)?,
        })
    }

    /// Length of the whole record.
    pub(crate) fn stored(&self) -> u64 {
        self.body.saturating_add(HEAD as u64)
    }

    /// The bytes as they came, out of the record's body; the error says what differs.
    pub(crate) fn open(&self, body: &[u8]) -> Result<Vec<u8>, String> {
        let bytes = match self.flag {
            AS_THEY_CAME => body.to_vec(),
            DEFLATED => inflate(body, self.length)?,
            other => return Err(format!("its head has the unknown flag {other}")),
        };
        let found = sha256_hex(&bytes);
        if bytes.len() as u64 != self.length || found != self.sha256 {
            return Err(format!("{} bytes with the hash {found} where {} bytes were sealed", bytes.len(), self.length));
        }
        Ok(bytes)
    }
}

/// Never gives more than one byte above the promised length: changed bytes may unfold without end.
fn inflate(body: &[u8], length: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    ZlibDecoder::new(body).take(length.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| format!("it does not unpack ({e})"))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn open(record: &[u8]) -> Option<Vec<u8>> {
        Head::read(record)?.open(record.get(HEAD..)?).ok()
    }

    #[test]
    fn what_repeats_is_stored_shorter_and_what_does_not_as_it_came() {
        assert!(Seal::of(&b"<p>".repeat(1000)).record().len() < HEAD + 100);
        assert_eq!(Seal::of(b"x").record().len(), HEAD + 1);
        assert_eq!(open(Seal::of(b"").record()).unwrap(), b"");
    }

    proptest! {
        #[test]
        fn bytes_come_back_as_they_were(bytes in proptest::collection::vec(any::<u8>(), 0..600), times in 1usize..9) {
            let bytes = bytes.repeat(times);
            let seal = Seal::of(&bytes);
            prop_assert_eq!(seal.sha256(), sha256_hex(&bytes));
            prop_assert_eq!(Head::read(seal.record()).unwrap().stored(), seal.record().len() as u64);
            prop_assert_eq!(open(seal.record()).unwrap(), bytes);
        }

        #[test]
        fn a_changed_byte_never_passes(bytes in proptest::collection::vec(0u8..4, 0..300), at in any::<prop::sample::Index>(), by in 1u8..) {
            let seal = Seal::of(&bytes);
            let mut record = seal.record().to_vec();
            let at = at.index(record.len());
            record[at] ^= by;
            // A changed byte in the packed form may unpack to the same bytes (zlib has spare bits); then nothing is lost.
            if let Some(opened) = open(&record) {
                prop_assert!(at >= HEAD);
                prop_assert_eq!(opened, bytes);
            }
        }

        #[test]
        fn a_torn_record_never_passes(bytes in proptest::collection::vec(any::<u8>(), 1..300), keep in any::<prop::sample::Index>()) {
            let seal = Seal::of(&bytes);
            let record = &seal.record()[..keep.index(seal.record().len())];
            // The last bytes of the packed form are its own check sum: without them it does not unpack.
            prop_assert!(open(record).is_none());
        }

        #[test]
        fn any_bytes_at_all_are_no_reason_to_stop(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(open(&bytes).is_none());
        }
    }
}
