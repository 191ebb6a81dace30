//! What was answered, written as it came: a WARC, each record packed by itself.

use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use marsad_model::sha256_hex;
use std::collections::BTreeSet;
use std::io::{Read, Write};

/// A WARC that is being written.
#[derive(Debug)]
pub struct Archive<W: Write> {
    out: W,
    records: usize,
}

/// An answer to be kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answer<'a> {
    pub(crate) url: &'a str,
    pub(crate) at: &'a str,
    /// Status line and header, as they came.
    pub(crate) head: &'a [u8],
    pub(crate) body: &'a [u8],
    /// Why the body ends before its end.
    pub(crate) truncated: Option<&'static str>,
}

impl<W: Write> Archive<W> {
    /// An archive that begins here.
    pub fn new(out: W) -> Self {
        Self { out, records: 0 }
    }

    /// How many answers it holds.
    pub fn records(&self) -> usize {
        self.records
    }

    /// The writer, with all that was written.
    pub fn into_inner(self) -> W {
        self.out
    }

    /// Write an answer.
    pub(crate) fn add(&mut self, answer: Answer) -> std::io::Result<()> {
        let mut id = sha256_hex(&[answer.url.as_bytes(), answer.at.as_bytes(), answer.head, answer.body].concat());
        id.truncate(32);
        let uuid: String =
            id.char_indices().flat_map(|(i, c)| [8, 12, 16, 20].contains(&i).then_some('-').into_iter().chain([c])).collect();
        let truncated = answer.truncated.map_or(String::new(), |why| format!("WARC-Truncated: {why}\r\n"));
        let head = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{uuid}>\r\nWARC-Target-URI: {}\r\nWARC-Date: {}\r\n\
             Content-Type: application/http; msgtype=response\r\nWARC-Payload-Digest: sha256:{}\r\n{truncated}Content-Length: {}\r\n\r\n",
            answer.url,
            answer.at,
            sha256_hex(answer.body),
            answer.head.len() + answer.body.len(),
        );
        let mut member = GzEncoder::new(&mut self.out, Compression::default());
        for part in [head.as_bytes(), answer.head, answer.body, b"\r\n\r\n"] {
            member.write_all(part)?;
        }
        member.finish()?;
        self.records += 1;
        self.out.flush()
    }
}

/// For each of the members that begin here, where it begins and one that is as long and holds nothing. What follows keeps its
/// place, so that whatever tells where it lies stays true.
pub fn empty_members(archive: &[u8], at: &BTreeSet<u64>) -> std::io::Result<Vec<(u64, Vec<u8>)>> {
    let mut empty = Vec::new();
    for &start in at {
        let rest = archive.get(usize::try_from(start).unwrap_or(usize::MAX)..).unwrap_or_default();
        let mut member = GzDecoder::new(rest);
        std::io::copy(&mut Read::by_ref(&mut member), &mut std::io::sink())?;
        let length = rest.len() - member.into_inner().len();
        empty.push((start, empty_member(length)));
    }
    Ok(empty)
}

/// Where the members begin whose payload has one of these SHA-256, each with the address that it is of.
pub fn members_of(archive: &[u8], payloads: &BTreeSet<String>) -> std::io::Result<Vec<(u64, String)>> {
    let (mut found, mut start) = (Vec::new(), 0);
    while let Some(rest) = archive.get(start..).filter(|rest| !rest.is_empty()) {
        let mut member = GzDecoder::new(rest);
        let mut head = Vec::new();
        Read::by_ref(&mut member).take(LONGEST_HEAD).read_to_end(&mut head)?;
        std::io::copy(&mut Read::by_ref(&mut member), &mut std::io::sink())?;
        let head = String::from_utf8_lossy(&head);
        // An address holds no line's end, so that no line of the head is another's words.
        let told = |name: &str| head.lines().take_while(|line| !line.is_empty()).find_map(|line| line.strip_prefix(name));
        if told("WARC-Payload-Digest: sha256:").is_some_and(|sum| payloads.contains(sum)) {
            found.push((start as u64, told("WARC-Target-URI: ").unwrap_or_default().to_owned()));
        }
        start = archive.len() - member.into_inner().len();
    }
    Ok(found)
}

/// The head of a record is no longer.
const LONGEST_HEAD: u64 = 64 << 10;

/// A packed member that holds nothing and is this long: a name that is only there to be long fills it.
fn empty_member(length: usize) -> Vec<u8> {
    const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 0xff];
    // The end of the name, a last block without anything in it, check sum and length of nothing.
    const TAIL: [u8; 11] = [0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let mut member = HEAD.to_vec();
    member.resize(length.saturating_sub(TAIL.len()).max(HEAD.len()), b'-');
    member.extend(TAIL);
    member
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_found_by_its_payload_and_an_empty_one_by_none() {
        let mut archive = Archive::new(Vec::new());
        for (url, body) in [("https://s.example/", "snow"), ("https://a.example/", "a name"), ("https://r.example/", "rain")] {
            archive.add(Answer { url, at: "", head: b"", body: body.as_bytes(), truncated: None }).unwrap();
        }
        let mut bytes = archive.into_inner();
        let sums = BTreeSet::from([sha256_hex(b"a name"), sha256_hex(b"rain"), sha256_hex(b"wind")]);
        let found = members_of(&bytes, &sums).unwrap();
        assert_eq!(found.iter().map(|(_, url)| url.as_str()).collect::<Vec<_>>(), ["https://a.example/", "https://r.example/"]);
        for (start, empty) in empty_members(&bytes, &BTreeSet::from([found[0].0])).unwrap() {
            bytes.splice(start as usize..start as usize + empty.len(), empty);
        }
        assert_eq!(members_of(&bytes, &sums).unwrap(), found[1..]);
    }

    #[test]
    fn a_member_is_emptied_and_the_others_keep_their_place() {
        let mut archive = Archive::new(Vec::new());
        for body in ["snow", "a name", "rain"] {
            archive.add(Answer { url: body, at: "", head: b"", body: body.as_bytes(), truncated: None }).unwrap();
        }
        let mut bytes = archive.into_inner();
        let starts: Vec<u64> = (0..bytes.len()).filter(|&i| bytes[i..].starts_with(&[0x1f, 0x8b, 8])).map(|i| i as u64).collect();
        let whole = bytes.len();
        for (start, empty) in empty_members(&bytes, &BTreeSet::from([starts[1]])).unwrap() {
            bytes.splice(start as usize..start as usize + empty.len(), empty);
        }
        assert_eq!(bytes.len(), whole);
        let mut read = String::new();
        flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_string(&mut read).unwrap();
        assert!(read.contains("snow") && read.contains("rain") && !read.contains("a name"), "{read}");
        read.clear();
        GzDecoder::new(&bytes[starts[2] as usize..]).read_to_string(&mut read).unwrap();
        assert!(read.contains("rain"), "{read}");
    }
}
