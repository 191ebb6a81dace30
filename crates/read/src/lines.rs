//! A file with one record on each line.

use crate::limits::{Limits, too_long};
use crate::unpacked::Unpacked;
use crate::{Body, Record, SetAside, given};
use marsad_model::{Capture, DateBasis, sha256_hex};
use std::io::BufRead;

/// How such a record came in.
pub(crate) const BY: &str = "jsonl";

/// The records of a file with one on each line.
pub(crate) struct LineRecords<'a> {
    path: String,
    reader: Unpacked<'a>,
    limits: Limits,
    line: usize,
    done: bool,
}

/// A line as it lay in the file.
enum Line {
    Whole(Vec<u8>),
    TooLong,
}

impl<'a> LineRecords<'a> {
    pub(crate) fn new(path: &str, reader: Unpacked<'a>, limits: Limits) -> Self {
        Self { path: path.to_owned(), reader, limits, line: 0, done: false }
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
            self.reader.consume(used);
            if ended {
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
                Err(reason) => {
                    self.done = true;
                    let reason = format!("from this line on it is not read: {reason}");
                    return Some(Err(SetAside::of(&self.path, Some(self.line), None, reason)));
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

/// One line of a file of many records.
pub(crate) fn line_record(path: &str, line: Option<usize>, bytes: &[u8]) -> Result<Record, SetAside> {
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
        beside: None,
        path: path.to_owned(),
        line,
        key: fields.key,
        capture: Capture { at: fields.given.retrieved.clone(), by: BY.to_owned(), container: Some(path.to_owned()), record_offset: None },
        given: fields.given,
        dated_by: DateBasis::Given,
        site: None,
        body,
        charset: "utf-8 (json)".to_owned(),
        notes: fields.notes,
    })
}
