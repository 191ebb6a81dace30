//! JSON documents that hold many records: JSON Feed, and the export of a Telegram channel or account.
//!
//! Such a document can be far larger than memory. It is read as it comes: what its objects say of themselves is kept, the
//! elements of its list of records are cut out one by one, and all else is passed over.

use crate::feed::Head;
use crate::intake::Place;
use crate::limits::{Limits, too_long};
use crate::telegram::Chat;
use crate::unpacked::Unpacked;
use crate::{Record, SetAside};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{self, BufRead};

/// What was read of an object so far: those of its fields that tell of the records in it.
type Said = BTreeMap<String, String>;

/// Objects are followed so deep; what lies deeper holds no list of records.
const DEEPEST: usize = 16;
/// The longest name of a field, and the longest field that is kept.
const LONGEST_FIELD: usize = 16 << 10;

/// The fields that are kept.
const KEPT: [&str; 7] = ["home_page_url", "id", "language", "name", "title", "type", "version"];

/// What an object or list is to us.
enum Frame {
    Object(Said),
    /// A list of objects that have lists of records.
    List,
    /// A list of records.
    Records(Kind),
}

/// What the records of a list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Entries,
    Messages,
    /// Of no kind that is read.
    Other,
}

/// The records of a JSON document.
pub(crate) struct JsonRecords<'a> {
    path: String,
    container: Option<String>,
    offset: Option<u64>,
    retrieved: Option<String>,
    reader: Unpacked<'a>,
    at: u64,
    limits: Limits,
    frames: Vec<Frame>,
    begun: bool,
    known: bool,
    done: bool,
}

/// A value cut out of the document.
enum Cut {
    Whole(Vec<u8>),
    TooLong,
}

/// Why the document is not read on.
enum Stop {
    Ended,
    Error(io::Error),
    NoJson,
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Error(error)
    }
}

impl<'a> JsonRecords<'a> {
    pub(crate) fn new(path: &str, reader: Unpacked<'a>, limits: Limits) -> Self {
        Self::of_web(&Place { path, container: Some(path), offset: None }, reader, None, limits)
    }

    /// A document that lies in an archive.
    pub(crate) fn of_web(place: &Place, reader: Unpacked<'a>, retrieved: Option<String>, limits: Limits) -> Self {
        Self {
            path: place.path.to_owned(),
            container: place.container.map(str::to_owned),
            offset: place.offset,
            retrieved,
            reader,
            at: 0,
            limits,
            frames: Vec::new(),
            begun: false,
            known: false,
            done: false,
        }
    }

    fn place(&self) -> Place<'_> {
        Place { path: &self.path, container: self.container.as_deref(), offset: self.offset }
    }

    /// The next byte that is no blank and no mark between values, not taken.
    fn peek(&mut self) -> Result<u8, Stop> {
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Err(Stop::Ended);
            }
            let blank = |b: &&u8| b.is_ascii_whitespace() || matches!(b, b',' | b':' | 0xef | 0xbb | 0xbf);
            let passed = buffer.iter().take_while(blank).count();
            let next = buffer.get(passed).copied();
            self.pass(passed);
            if let Some(next) = next {
                return Ok(next);
            }
        }
    }

    fn pass(&mut self, amount: usize) {
        self.at += amount as u64;
        self.reader.consume(amount);
    }

    /// Cut the value out that begins here: by its brackets and quotation marks, whatever stands between them.
    fn cut(&mut self, most: usize) -> Result<Cut, Stop> {
        self.peek()?;
        let (mut out, mut long) = (Vec::new(), false);
        let mut shape = Shape::default();
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Err(Stop::Ended);
            }
            let (used, ended) = shape.follow(buffer);
            long |= out.len() + used > most;
            if long {
                out = Vec::new();
            } else {
                out.extend(buffer.iter().take(used));
            }
            self.pass(used);
            if ended {
                return Ok(if long { Cut::TooLong } else { Cut::Whole(out) });
            }
        }
    }

    /// Read on to the next record; `None` where something else was passed.
    fn step(&mut self) -> Result<Option<Result<Record, SetAside>>, Stop> {
        let next = self.peek()?;
        match (self.frames.last(), next) {
            (None, b'{') if !self.begun => self.enter(Frame::Object(Said::new())),
            (None, _) if self.begun => return Err(Stop::Ended),
            (Some(Frame::Object(_)), b'}') | (Some(_), b']') => {
                self.pass(1);
                self.frames.pop();
            }
            (Some(Frame::Object(_)), b'"') => self.field()?,
            (None | Some(Frame::Object(_)), _) => return Err(Stop::NoJson),
            (Some(Frame::List), b'{') => self.enter(Frame::Object(Said::new())),
            (Some(Frame::List), _) => drop(self.cut(0)?),
            (Some(Frame::Records(kind)), _) => {
                let (kind, from) = (*kind, self.at);
                if kind == Kind::Other {
                    self.cut(0)?;
                    return Ok(None);
                }
                return Ok(match self.cut(self.limits.record)? {
                    Cut::Whole(bytes) => self.record(kind, &bytes, from),
                    Cut::TooLong => Some(Err(self.aside(None, from, &too_long(self.limits.record)))),
                });
            }
        }
        Ok(None)
    }

    fn enter(&mut self, frame: Frame) {
        self.begun = true;
        self.pass(1);
        self.frames.push(frame);
    }

    /// A field of an object: its name and its value, or the way into it.
    fn field(&mut self) -> Result<(), Stop> {
        let name = match self.cut(LONGEST_FIELD)? {
            Cut::Whole(bytes) => serde_json::from_slice::<String>(&bytes).unwrap_or_default(),
            Cut::TooLong => String::new(),
        };
        match self.peek()? {
            b'{' if self.frames.len() < DEEPEST => self.enter(Frame::Object(Said::new())),
            b'[' if matches!(name.as_str(), "messages" | "items") => {
                let kind = self.kind_of(&name);
                self.known |= kind != Kind::Other;
                self.enter(Frame::Records(kind));
            }
            b'[' if name == "list" && self.frames.len() < DEEPEST => self.enter(Frame::List),
            b'}' | b']' => {}
            _ => {
                if let Cut::Whole(bytes) = self.cut(LONGEST_FIELD)?
                    && KEPT.contains(&name.as_str())
                    && let Some(Frame::Object(said)) = self.frames.last_mut()
                {
                    match serde_json::from_slice(&bytes) {
                        Ok(Value::String(text)) => drop(said.insert(name, text)),
                        Ok(Value::Number(number)) => drop(said.insert(name, number.to_string())),
                        _ => {}
                    }
                }
            }
        }
        Ok(())
    }

    fn said(&self) -> Option<&Said> {
        self.frames.iter().rev().find_map(|frame| if let Frame::Object(said) = frame { Some(said) } else { None })
    }

    /// What a list of this name holds, by what its object said of itself before it.
    fn kind_of(&self, name: &str) -> Kind {
        let Some(said) = self.said() else { return Kind::Other };
        let has = |field: &str| said.contains_key(field);
        match name {
            "items" if said.get("version").is_some_and(|v| v.contains("jsonfeed.org/version")) => Kind::Entries,
            "messages" if has("id") && has("type") => Kind::Messages,
            _ => Kind::Other,
        }
    }

    fn record(&self, kind: Kind, bytes: &[u8], from: u64) -> Option<Result<Record, SetAside>> {
        let said = self.said()?;
        let word = |name: &str| said.get(name).map(|s| s.trim().to_owned()).filter(|s| !s.is_empty());
        let read = if kind == Kind::Entries {
            let head = Head {
                site: word("title"),
                home: word("home_page_url"),
                language: word("language"),
                charset: None,
                retrieved: self.retrieved.clone(),
            };
            head.read(&self.place(), bytes).map(Some)
        } else {
            Chat { id: word("id"), name: word("name"), kind: word("type") }.read(&self.place(), bytes)
        };
        match read {
            Ok(record) => record.map(Ok),
            Err(reason) => Some(Err(self.aside(Some(bytes), from, &reason))),
        }
    }

    fn aside(&self, bytes: Option<&[u8]>, from: u64, reason: &str) -> SetAside {
        self.place().aside(bytes, &format!("the element at byte {from} of the list: {reason}"))
    }
}

impl Iterator for JsonRecords<'_> {
    type Item = Result<Record, SetAside>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            let stop = match self.step() {
                Ok(Some(item)) => return Some(item),
                Ok(None) => continue,
                Err(stop) => stop,
            };
            self.done = true;
            let reason = match stop {
                Stop::Ended if self.frames.is_empty() && self.begun => {
                    if self.known {
                        return None;
                    }
                    "it is neither a JSON Feed nor Telegram's export; reports of your own go into a .jsonl file, one on each line"
                        .to_owned()
                }
                Stop::Ended => "from here on it is cut short".to_owned(),
                Stop::NoJson => "from here on it is no JSON that is read".to_owned(),
                Stop::Error(error) => format!("from here on it is not read: {error}"),
            };
            return Some(Err(self.aside(None, self.at, &reason)));
        }
        None
    }
}

/// Follows a value to its end.
#[derive(Default)]
struct Shape {
    depth: usize,
    quoted: bool,
    escaped: bool,
    bare: bool,
}

impl Shape {
    /// How many of these bytes are of the value, and whether it ends with them.
    fn follow(&mut self, bytes: &[u8]) -> (usize, bool) {
        for (i, &byte) in bytes.iter().enumerate() {
            if self.quoted {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => {
                        self.quoted = false;
                        if self.depth == 0 {
                            return (i + 1, true);
                        }
                    }
                    _ => {}
                }
                continue;
            }
            // A number or word ends where something else begins.
            if self.bare && (byte.is_ascii_whitespace() || matches!(byte, b',' | b'}' | b']' | b'{' | b'[' | b'"')) {
                return (i, true);
            }
            match byte {
                b'"' => self.quoted = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return (i + 1, true);
                    }
                }
                _ if self.depth == 0 => self.bare = true,
                _ => {}
            }
        }
        (bytes.len(), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_ends_where_it_ends() {
        for (text, length) in
            [("17, 3", 2), ("true]", 4), ("\"a\\\"}b\" : 1", 7), ("{\"a\":\"}\"} x", 9), ("[[1],{\"b\":[]}],", 14), ("-1.5e3}", 6)]
        {
            assert_eq!(Shape::default().follow(text.as_bytes()), (length, true), "{text}");
        }
        assert!(!Shape::default().follow(b"{\"a\":\"").1);
    }
}
