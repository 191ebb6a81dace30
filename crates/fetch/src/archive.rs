//! What was answered, written as it came: a WARC, each record packed by itself.

use flate2::Compression;
use flate2::write::GzEncoder;
use marsad_model::sha256_hex;
use std::io::Write;

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
