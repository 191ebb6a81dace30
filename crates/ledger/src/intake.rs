//! What is handed to the ledger: reports with how they came in, and what could not be read.

use crate::record::Seal;
use marsad_model::{Capture, Gone, Report, sha256_hex};

/// One way that a record came in. The same record may come under several keys and paths; each is an intake of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Intake {
    /// Where it lay, relative to the input that was named.
    pub path: String,
    /// The sender's own id for it. An empty one is no key.
    pub key: Option<String>,
    /// SHA-256 of the sealed bytes.
    pub sha256: String,
    /// What was told beside the bytes (a file's `.meta.json`), word for word: the bytes cannot be read again without it.
    pub given: Option<String>,
    /// When and how it was captured.
    pub capture: Capture,
}

impl Intake {
    /// A hash of all but the key, which is not what came in but something read of it.
    pub(crate) fn digest(&self) -> String {
        let capture = &self.capture;
        let parts =
            serde_json::json!([self.path, self.sha256, self.given, capture.at, capture.by, capture.container, capture.record_offset]);
        sha256_hex(parts.to_string().as_bytes())
    }

    pub(crate) fn key_or_empty(&self) -> &str {
        self.key.as_deref().unwrap_or("")
    }
}

/// One record that came in and what was read of it.
#[derive(Debug, Clone)]
pub struct NewReport {
    /// What the reader made of it.
    pub report: Report,
    /// How it came in.
    pub intake: Intake,
    /// Its bytes, ready to be sealed; their hash is the intake's.
    pub seal: Seal,
    /// What analysis made of it, in a form that is the caller's own affair.
    pub analysis: Vec<u8>,
}

/// What was read again of an original that the ledger holds.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What the reader made of it.
    pub report: Report,
    /// One of the intakes that came with the original, its key filled in again.
    pub intake: Intake,
    /// What analysis made of it.
    pub analysis: Vec<u8>,
}

/// Something that could not be read, or that is no report.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SetAside {
    /// Where it lay, relative to the input that was named.
    pub path: String,
    /// Its line, from 1, in a file that holds many records.
    pub line: Option<u64>,
    /// Why, in plain words.
    pub reason: String,
    /// SHA-256 of its bytes, where they could be had.
    pub sha256: Option<String>,
    /// What it is, where it could be read and is no report: `log_in`, `error`, `front` …
    pub kind: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// What stood at the address is gone, and when that was seen.
    pub gone: Option<Gone>,
    /// A publisher that knowledge lists: what stands at the address is to be captured by hand.
    pub by_hand: Option<String>,
    /// Its bytes are sealed in the ledger, under their hash. Told by the ledger; what is handed to it leaves it open.
    pub sealed: bool,
}

/// What one batch added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Added {
    /// Reports that were not there before.
    pub reports: u64,
    /// Intakes (a path, a key, a capture) that were not there before, of new reports and of known ones.
    pub intakes: u64,
    /// Things set aside that were not there before.
    pub set_aside: u64,
}

impl std::ops::AddAssign for Added {
    fn add_assign(&mut self, other: Self) {
        self.reports += other.reports;
        self.intakes += other.intakes;
        self.set_aside += other.set_aside;
    }
}

/// An original with all the ways it came in, handed out to be read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// The bytes as they came.
    pub bytes: Vec<u8>,
    /// How they came in, sorted, without keys. Empty for an original whose run was killed before it was entered and that
    /// has not come in again since.
    pub intakes: Vec<Intake>,
}
