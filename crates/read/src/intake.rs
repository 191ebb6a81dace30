//! Intake: what lies in a file becomes records, one or many.
//!
//! The caller walks folders and opens files; here are bytes only, and of a container never more of them at a time than one
//! record needs. Whatever cannot be read is set aside with its reason and never stops the rest.

use crate::feed::{self, XmlFeed};
use crate::json::JsonRecords;
use crate::limits::{Limits, too_long};
use crate::lines::{self, LineRecords};
use crate::stream::{Input, Packing, Stream};
use crate::unpacked::Unpacked;
use crate::warc::{self, WarcRecords};
use crate::{Body, Record, SetAside, charset, given, telegram, wacz};
use marsad_model::{Capture, DateBasis, sha256_hex};
use std::io::{BufRead, Cursor, Read};

/// One file as the caller found it, in memory.
#[derive(Debug, Clone, Copy)]
pub struct Intake<'a> {
    /// Its path relative to the input that was named, with `/` between the parts.
    pub path: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The bytes of the file beside it with `.meta.json` added to its name.
    pub sidecar: Option<&'a [u8]>,
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
    Warc,
    Wacz,
    Feed,
    Json,
}

/// The format and how it is packed; `None` where the name tells nothing that is read here.
fn format_of(path: &str) -> Option<(Format, Packing)> {
    let name = path.to_ascii_lowercase();
    if name.ends_with(SIDECAR_SUFFIX) {
        return None;
    }
    let (name, packing) = match name.rsplit_once('.')? {
        (inner, "gz") => (inner, Packing::Gzip),
        (inner, "zst") => (inner, Packing::Zstd),
        _ => (name.as_str(), Packing::None),
    };
    let (_, extension) = name.rsplit_once('.')?;
    let format = match extension {
        "txt" => Format::Text,
        "html" | "htm" | "xhtml" => Format::Page,
        "jsonl" | "ndjson" => Format::Lines,
        "warc" | "wet" => Format::Warc,
        "wacz" if packing == Packing::None => Format::Wacz,
        "xml" | "rss" | "atom" | "rdf" => Format::Feed,
        "json" => Format::Json,
        _ => return None,
    };
    Some((format, packing))
}

/// The records of a file, in their order.
pub type Records<'a> = Box<dyn Iterator<Item = Result<Record, SetAside>> + 'a>;

/// The records of a file in memory, with the limits that are usual.
pub fn records<'a>(intake: &Intake<'a>) -> Records<'a> {
    records_within(intake, Limits::default())
}

/// The records of a file in memory.
pub fn records_within<'a>(intake: &Intake<'a>, limits: Limits) -> Records<'a> {
    stream_records(intake.path, Cursor::new(intake.bytes), intake.sidecar.map(<[u8]>::to_vec), limits)
}

/// The records of a file that is read as they are asked for; of a container no more is held than one record needs.
pub fn stream_records<'a>(path: &str, file: impl Input + 'a, sidecar: Option<Vec<u8>>, limits: Limits) -> Records<'a> {
    let mut file: Box<dyn Input + 'a> = Box::new(file);
    let Some((format, packing)) = format_of(path) else {
        return one(Err(unknown(path, file, limits)));
    };
    if matches!(format, Format::Text | Format::Page) {
        return one(whole_file(path, file, sidecar, (format, packing), limits));
    }
    let odd = sidecar.map(|bytes| {
        let reason = "a file of many records takes no sidecar; it tells of its records itself";
        Err(SetAside::of(&format!("{path}{SIDECAR_SUFFIX}"), None, Some(&bytes), reason))
    });
    let many: Records<'a> = match format {
        Format::Warc => {
            let packing = packing_of(&mut file).unwrap_or(packing);
            Box::new(WarcRecords::new(path, path, Stream::new(file, packing, limits, Some(warc::MAGIC)), limits))
        }
        Format::Wacz => wacz::records(path, file, limits),
        Format::Json => Box::new(JsonRecords::new(path, Unpacked::new(file, packing, limits), limits)),
        Format::Feed => feed_records(path, Unpacked::new(file, packing, limits), limits),
        Format::Text | Format::Page | Format::Lines => Box::new(LineRecords::new(path, Unpacked::new(file, packing, limits), limits)),
    };
    Box::new(odd.into_iter().chain(many))
}

fn one<'a>(item: Result<Record, SetAside>) -> Records<'a> {
    Box::new(std::iter::once(item))
}

/// The record of sealed bytes that were read before: `by` and `path` as its capture and record told them, `beside` what was
/// told beside the bytes.
pub fn reopen(path: &str, by: &str, line: Option<usize>, sealed: &[u8], beside: Option<&[u8]>, limits: Limits) -> Result<Record, SetAside> {
    let aside = |reason: String| SetAside::of(path, line, Some(sealed), reason);
    let told = beside.unwrap_or(&[]);
    let place = Place { path, container: None, offset: None };
    match by {
        lines::BY => lines::line_record(path, line, sealed),
        warc::BY => warc::reopen(&place, told, sealed, limits).map_err(aside),
        feed::BY => feed::reopen(&place, told, sealed).map_err(aside),
        telegram::BY => telegram::reopen(&place, told, sealed).map_err(aside),
        _ => {
            let intake = Intake { path, bytes: sealed, sidecar: beside };
            records_within(&intake, limits).next().unwrap_or_else(|| Err(aside("it holds no record".to_owned())))
        }
    }
}

/// Where a record of a container lies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'p> {
    /// The file, relative to the input that was named.
    pub(crate) path: &'p str,
    /// The same, or what in it holds the record.
    pub(crate) container: Option<&'p str>,
    /// Where in the container.
    pub(crate) offset: Option<u64>,
}

impl Place<'_> {
    /// How the record came in.
    pub(crate) fn capture(&self, by: &str, at: Option<String>) -> Capture {
        Capture { at, by: by.to_owned(), container: self.container.map(str::to_owned), record_offset: self.offset }
    }

    /// What lies here cannot be read.
    pub(crate) fn aside(&self, bytes: Option<&[u8]>, reason: &str) -> SetAside {
        let within = self.container.filter(|c| *c != self.path).map_or(String::new(), |c| format!("in {c}, "));
        let reason = match self.offset {
            Some(offset) => format!("{within}the record at byte {offset}: {reason}"),
            None => format!("{within}{reason}"),
        };
        SetAside::of(self.path, None, bytes, reason)
    }
}

fn unknown(path: &str, file: Box<dyn Input + '_>, limits: Limits) -> SetAside {
    let reason = if is_sidecar(path) {
        "a sidecar without the file that it tells of; put it beside that file"
    } else {
        "its name does not end in .txt, .html, .htm, .jsonl, .ndjson, .json, .warc, .wet, .xml, .rss, .atom, .rdf (or one of these with \
         .gz or .zst) or .wacz; rename it if it is one of them"
    };
    let bytes = read_within(file, limits.record).ok().flatten();
    SetAside::of(path, None, bytes.as_deref(), reason)
}

/// How an archive is packed by its first bytes: many are named otherwise than they are.
fn packing_of(file: &mut Box<dyn Input + '_>) -> Option<Packing> {
    match file.fill_buf().ok()? {
        [0x1f, 0x8b, ..] => Some(Packing::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Packing::Zstd),
        begun if begun.starts_with(warc::MAGIC) => Some(Packing::None),
        _ => None,
    }
}

/// All bytes of a reader; `None` where there are more than these.
fn read_within(reader: impl Read, most: usize) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    reader.take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= most).then_some(bytes))
}

fn feed_records<'a>(path: &str, reader: Unpacked<'a>, limits: Limits) -> Records<'a> {
    let bytes = match read_within(reader, limits.feed) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            let reason = format!("it is longer than {} bytes, the most that is read of a feed", limits.feed);
            return one(Err(SetAside::of(path, None, None, reason)));
        }
        Err(error) => return one(Err(SetAside::of(path, None, None, error.to_string()))),
    };
    match XmlFeed::new(bytes, Place { path, container: Some(path), offset: None }, None, None) {
        Ok(feed) => Box::new(feed),
        Err((bytes, reason)) => one(Err(SetAside::of(path, None, Some(&bytes), reason))),
    }
}

/// A whole file as one record.
fn whole_file(
    path: &str,
    file: Box<dyn Input + '_>,
    sidecar: Option<Vec<u8>>,
    (format, packing): (Format, Packing),
    limits: Limits,
) -> Result<Record, SetAside> {
    let sealed = match read_within(file, limits.record) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Err(SetAside::of(path, None, None, too_long(limits.record))),
        Err(error) => return Err(SetAside::of(path, None, None, format!("it cannot be read: {error}"))),
    };
    let aside = |reason: String| SetAside::of(path, None, Some(&sealed), reason);
    let inflated;
    let bytes = if packing == Packing::None {
        sealed.as_slice()
    } else {
        let reader = Unpacked::new(Box::new(Cursor::new(sealed.as_slice())), packing, limits);
        let all = read_within(reader, limits.record).map_err(|e| aside(e.to_string()))?;
        inflated = all.ok_or_else(|| aside(too_long(limits.record)))?;
        inflated.as_slice()
    };
    let (content, charset) = charset::decode(bytes, format == Format::Page, None);
    if content.trim().is_empty() {
        return Err(aside("it holds no text".to_owned()));
    }
    if is_binary(&content) {
        return Err(aside(
            "its bytes are no text; if it is a picture, an archive or a document, give it the ending of its kind".to_owned(),
        ));
    }
    let fields = match &sidecar {
        Some(sidecar) => {
            given::Fields::read(sidecar).map_err(|e| aside(format!("its {SIDECAR_SUFFIX} cannot be read: {e}; mend or remove it")))?
        }
        None => given::Fields::default(),
    };
    let body = if format == Format::Page { Body::Html(content) } else { Body::Text(content) };
    Ok(Record {
        id: Record::id_of(&body, &sealed, &fields.given),
        sha256: sha256_hex(&sealed),
        sealed,
        beside: sidecar,
        path: path.to_owned(),
        line: None,
        key: fields.key,
        capture: Capture::of_file(fields.given.retrieved.clone()),
        given: fields.given,
        dated_by: DateBasis::Given,
        site: None,
        body,
        charset,
        notes: fields.notes,
    })
}

/// Is this what bytes that are no text decode to? Text holds next to no control characters, even where it is damaged; a
/// picture or an archive has one every few bytes, in whatever charset.
pub(crate) fn is_binary(content: &str) -> bool {
    content.chars().filter(|c| c.is_control() && !c.is_whitespace()).count() * 50 > content.chars().count()
}
