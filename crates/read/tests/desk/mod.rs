//! A desk to read at: the program's own reader, and records made of what a test hands in.

#![allow(dead_code)] // each test uses its part

use marsad_knowledge::Files;
use marsad_model::Report;
use marsad_read::{Intake, Reader, Record, records};
use std::sync::LazyLock;

/// The reader with the knowledge that the program carries.
pub(crate) static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new(&Files::embedded()).expect("the embedded knowledge is sound"));

/// The only record of a file.
pub(crate) fn record(path: &str, bytes: &[u8], sidecar: Option<&[u8]>) -> Record {
    let all: Vec<_> = records(&Intake { path, bytes, sidecar }).collect();
    match &all[..] {
        [Ok(record)] => record.clone(),
        other => panic!("one record was expected: {other:?}"),
    }
}

/// A plain text, read.
pub(crate) fn text(content: &str) -> Report {
    read(&record("a.txt", content.as_bytes(), None))
}

/// A page, read.
pub(crate) fn page(content: &str) -> Report {
    read(&record("a.html", content.as_bytes(), None))
}

/// A line of JSON, read.
pub(crate) fn line(content: &str) -> Report {
    read(&record("a.jsonl", content.as_bytes(), None))
}

/// The report of a record that is one.
pub(crate) fn read(record: &Record) -> Report {
    READER.read(record).unwrap_or_else(|none| panic!("a report was expected: {}", none.reason()))
}
