//! Intake: what lies in a file becomes records, one or many.
//!
//! The caller walks folders and reads files; here are bytes only. Whatever cannot be read is set aside with its reason
//! and never stops the rest.

use crate::{Body, Record, SetAside, charset, given};
use flate2::bufread::MultiGzDecoder;
use marsad_model::{Capture, sha256_hex};
use std::io::{BufRead, BufReader, Read};

/// One file as the caller found it.
#[derive(Debug, Clone, Copy)]
pub struct Intake<'a> {
    /// Its path relative to the input that was named, with `/` between the parts.
    pub path: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The bytes of the file beside it with `.meta.json` added to its name.
    pub sidecar: Option<&'a [u8]>,
}

/// How much is read at most. A compressed file of a few kilobytes can hold gigabytes of blanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one record, after inflation.
    pub record: usize,
    /// Bytes of one file of many records, after inflation.
    pub container: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { record: 32 << 20, container: 64 << 30 }
    }
}

/// What added to a file's name makes the name of its sidecar.
pub const SIDECAR_SUFFIX: &str = ".meta.json";

/// Is this the name of a sidecar, which is read with its file and never alone?
pub fn is_sidecar(path: &str) -> bool {
    path.to_ascii_lowercase().ends_with(SIDECAR_SUFFIX)
}

/// What a file's name says that it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Page,
    Lines,
}

/// The format and whether it is compressed; `None` where the name tells nothing that is read here.
fn format_of(path: &str) -> Option<(Format, bool)> {
    let name = path.to_ascii_lowercase();
    let (name, packed) = name.strip_suffix(".gz").map_or((name.as_str(), false), |inner| (inner, true));
    let (_, extension) = name.rsplit_once('.')?;
    let format = match extension {
        "txt" => Format::Text,
        "html" | "htm" | "xhtml" => Format::Page,
        "jsonl" | "ndjson" => Format::Lines,
        _ => return None,
    };
    Some((format, packed))
}

/// The records of a file, in their order, with the limits that are usual.
pub fn records<'a>(intake: &Intake<'a>) -> impl Iterator<Item = Result<Record, SetAside>> + use<'a> {
    records_within(intake, Limits::default())
}

/// The records of a file, in their order.
pub fn records_within<'a>(intake: &Intake<'a>, limits: Limits) -> impl Iterator<Item = Result<Record, SetAside>> + use<'a> {
    let (one, many) = match format_of(intake.path) {
        None => (Some(Err(SetAside::of(intake.path, None, Some(intake.bytes), unknown_format(intake.path)))), None),
        Some((Format::Lines, packed)) => lines_of(intake, packed, limits),
        Some((format, packed)) => (Some(file(intake, format, packed, limits)), None),
    };
    one.into_iter().chain(many.into_iter().flatten())
}

/// The record of sealed bytes that were read before: `by` and `path` as its capture and record told them.
pub fn reopen(path: &str, by: &str, line: Option<usize>, sealed: &[u8], sidecar: Option<&[u8]>) -> Result<Record, SetAside> {
    if by == BY_LINE {
        return line_record(path, line, sealed);
    }
    let intake = Intake { path, bytes: sealed, sidecar };
    records(&intake).next().unwrap_or_else(|| Err(SetAside::of(path, line, Some(sealed), "it holds no record")))
}

const BY_FILE: &str = "file";
const BY_LINE: &str = "jsonl";

fn unknown_format(path: &str) -> String {
    if is_sidecar(path) {
        return "a sidecar without the file that it tells of; put it beside that file".to_owned();
    }
    "its name does not end in .txt, .html, .htm, .jsonl or .ndjson (or one of these with .gz); rename it if it is one of them".to_owned()
}

type Lines<'a> = (Option<Result<Record, SetAside>>, Option<LineRecords<'a>>);

fn lines_of<'a>(intake: &Intake<'a>, packed: bool, limits: Limits) -> Lines<'a> {
    let reader: Box<dyn BufRead + 'a> =
        if packed { Box::new(BufReader::new(MultiGzDecoder::new(intake.bytes))) } else { Box::new(intake.bytes) };
    let odd = intake.sidecar.map(|bytes| {
        let reason = "a file of many records takes no sidecar; write the fields into its lines";
        Err(SetAside::of(&format!("{}{SIDECAR_SUFFIX}", intake.path), None, Some(bytes), reason))
    });
    (odd, Some(LineRecords { path: intake.path.to_owned(), reader, limits, line: 0, taken: 0, done: false }))
}

/// A whole file as one record.
fn file(intake: &Intake, format: Format, packed: bool, limits: Limits) -> Result<Record, SetAside> {
    let aside = |reason: String| SetAside::of(intake.path, None, Some(intake.bytes), reason);
    let inflated;
    let bytes = if packed {
        inflated = inflate(intake.bytes, limits.record).map_err(aside)?;
        inflated.as_slice()
    } else {
        intake.bytes
    };
    if bytes.len() > limits.record {
        return Err(aside(too_long(limits.record)));
    }
    let (content, charset) = charset::decode(bytes, format == Format::Page);
    if content.trim().is_empty() {
        return Err(aside("it holds no text".to_owned()));
    }
    if is_binary(&content) {
        return Err(aside(
            "its bytes are no text; if it is a picture, an archive or a document, give it the ending of its kind".to_owned(),
        ));
    }
    let (given, mut notes) = match intake.sidecar {
        Some(sidecar) => {
            let sidecar =
                given::Fields::read(sidecar).map_err(|e| aside(format!("its {SIDECAR_SUFFIX} cannot be read: {e}; mend or remove it")))?;
            (sidecar, Vec::new())
        }
        None => (given::Fields::default(), Vec::new()),
    };
    notes.extend(given.notes);
    let body = if format == Format::Page { Body::Html(content) } else { Body::Text(content) };
    Ok(Record {
        id: Record::id_of(&body, intake.bytes, &given.given),
        sealed: intake.bytes.to_vec(),
        sha256: sha256_hex(intake.bytes),
        sidecar: intake.sidecar.map(<[u8]>::to_vec),
        path: intake.path.to_owned(),
        line: None,
        key: given.key,
        capture: Capture { at: given.given.retrieved.clone(), by: BY_FILE.to_owned(), container: None, record_offset: None },
        given: given.given,
        body,
        charset,
        notes,
    })
}

/// Is this what bytes that are no text decode to? Text holds next to no control characters, even where it is damaged; a
/// picture or an archive has one every few bytes, in whatever charset.
fn is_binary(content: &str) -> bool {
    content.chars().filter(|c| c.is_control() && !c.is_whitespace()).count() * 50 > content.chars().count()
}

/// One line of a file of many records.
fn line_record(path: &str, line: Option<usize>, bytes: &[u8]) -> Result<Record, SetAside> {
    let aside = |reason: String| SetAside::of(path, line, Some(bytes), reason);
    let fields = given::Fields::read(bytes).map_err(|e| aside(e.to_string()))?;
    let (text, html) = (fields.text, fields.html);
    let body = match (text, html) {
        (Some(text), _) if !text.trim().is_empty() => Body::Text(text),
        (_, Some(html)) if !html.trim().is_empty() => Body::Html(html),
        (None, None) => return Err(aside("it has neither `text` nor `html`".to_owned())),
        _ => return Err(aside("its text is empty".to_owned())),
    };
    Ok(Record {
        id: Record::id_of(&body, body.content().as_bytes(), &fields.given),
        sealed: bytes.to_vec(),
        sha256: sha256_hex(bytes),
        sidecar: None,
        path: path.to_owned(),
        line,
        key: fields.key,
        capture: Capture {
            at: fields.given.retrieved.clone(),
            by: BY_LINE.to_owned(),
            container: Some(path.to_owned()),
            record_offset: None,
        },
        given: fields.given,
        body,
        charset: "utf-8 (json)".to_owned(),
        notes: fields.notes,
    })
}

fn too_long(limit: usize) -> String {
    format!("it is longer than {limit} bytes, the most that is read of one record")
}

fn inflate(bytes: &[u8], limit: usize) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let mut reader = MultiGzDecoder::new(bytes).take(limit as u64 + 1);
    reader.read_to_end(&mut out).map_err(|e| format!("it cannot be inflated ({e}); it is cut short or no gzip file"))?;
    if out.len() > limit { Err(too_long(limit)) } else { Ok(out) }
}

/// The records of a file with one on each line.
struct LineRecords<'a> {
    path: String,
    reader: Box<dyn BufRead + 'a>,
    limits: Limits,
    line: usize,
    taken: u64,
    done: bool,
}

/// A line as it lay in the file.
enum Line {
    Whole(Vec<u8>),
    TooLong,
}

impl LineRecords<'_> {
    fn end(&mut self, reason: String) -> Result<Record, SetAside> {
        self.done = true;
        Err(SetAside::of(&self.path, Some(self.line), None, reason))
    }

    /// The next line without its end; a line over the limit is passed over, not held.
    fn next_line(&mut self) -> std::io::Result<Option<Line>> {
        let (mut line, mut long, mut any) = (Vec::new(), false, false);
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            any = true;
            let (part, used, ended) = match buffer.iter().position(|&b| b == b'\n') {
                Some(at) => (&buffer[..at], at + 1, true),
                None => (buffer, buffer.len(), false),
            };
            long |= line.len() + part.len() > self.limits.record;
            if long {
                line = Vec::new();
            } else {
                line.extend_from_slice(part);
            }
            self.taken += used as u64;
            self.reader.consume(used);
            if ended || self.taken > self.limits.container {
                break;
            }
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(any.then_some(if long { Line::TooLong } else { Line::Whole(line) }))
    }
}

impl Iterator for LineRecords<'_> {
    type Item = Result<Record, SetAside>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            self.line += 1;
            match self.next_line() {
                Err(e) => return Some(self.end(format!("from this line on it cannot be inflated ({e}); it is cut short or no gzip file"))),
                Ok(_) if self.taken > self.limits.container => {
                    let limit = self.limits.container;
                    return Some(self.end(format!("from this line on it is not read: it is longer than {limit} bytes")));
                }
                Ok(None) => self.done = true,
                Ok(Some(Line::TooLong)) => {
                    return Some(Err(SetAside::of(&self.path, Some(self.line), None, too_long(self.limits.record))));
                }
                Ok(Some(Line::Whole(line))) if line.trim_ascii().is_empty() => {}
                Ok(Some(Line::Whole(line))) => return Some(line_record(&self.path, Some(self.line), &line)),
            }
        }
        None
    }
}
