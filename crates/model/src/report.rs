//! What a source published, as Marsad read it.

use crate::{Published, ReportId, sha256_hex};
use serde::{Deserialize, Serialize};

/// A language by its ISO 639-1 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Arabic.
    #[serde(rename = "ar")]
    Arabic,
    /// English.
    #[serde(rename = "en")]
    English,
    /// Any other, or none that could be told: such a report is kept and listed, not analysed.
    #[serde(rename = "und")]
    Other,
}

impl Language {
    /// The code, which is also the name of the language's folder under `knowledge/`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::English => "en",
            Self::Other => "und",
        }
    }
}

/// What sort of thing publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the contract's own words
pub enum SourceKind {
    Wire,
    Outlet,
    StateMedia,
    PartyMedia,
    LocalNetwork,
    FirstResponder,
    Monitor,
    Belligerent,
    Individual,
    Unknown,
}

/// Who published a report, as far as it can be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Knowledge's id, or null for a source it does not list.
    pub id: Option<String>,
    /// English name where knowledge has one, else as given; null where the report does not tell.
    pub name: Option<String>,
    /// What sort.
    pub kind: SourceKind,
    /// Media family: its members are one voice.
    pub family: Option<String>,
}

/// What sort of item a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the contract's own words
pub enum ReportKind {
    Article,
    Post,
    Repost,
    Forward,
    Caption,
    Statement,
    Other,
}

/// The account a post came from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Account {
    /// The network.
    pub platform: String,
    /// The name there.
    pub handle: String,
}

/// One time that the record's bytes came in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Capture {
    /// When the sender fetched it, as the sender says (RFC 3339); null where not said. The moment of sealing is kept in
    /// the ledger, not here: the clock is no part of the input, and the same input gives the same records.
    pub at: Option<String>,
    /// The way it came: `file`, `jsonl`, `warc`, `feed`, `telegram`.
    pub by: String,
    /// The file that held the record, for records that share one.
    pub container: Option<String>,
    /// Where in the container, in bytes, for containers that never change (archives). In an archive that is packed member by
    /// member it is where the record's member begins, as indexes of archives have it.
    pub record_offset: Option<u64>,
}

impl Capture {
    /// Of a file of its own, fetched when the sender says.
    #[must_use]
    pub fn of_file(at: Option<String>) -> Self {
        Self { at, by: "file".to_owned(), container: None, record_offset: None }
    }
}

/// One item that a source published, read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Hash of the record's own bytes with source, URL and date as given.
    pub id: ReportId,
    /// Where it was published.
    pub url: Option<String>,
    /// SHA-256 of the readable text.
    pub text_sha256: String,
    /// What sort of item.
    pub kind: ReportKind,
    /// The account, for posts.
    pub account: Option<Account>,
    /// Who published it.
    pub source: Source,
    /// The language of the readable text.
    pub language: Language,
    /// Its title, in its own words.
    pub title: Option<String>,
    /// Who signed it.
    pub byline: Option<String>,
    /// When it was published; null where nothing tells.
    pub published: Option<Published>,
    /// When it was changed.
    pub updated: Option<Published>,
    /// The readable text without the title, furniture gone, otherwise unaltered.
    pub text: String,
    /// What the reader saw and decided, for `explain` (furniture cut, charset, how the source was told).
    pub notes: Vec<String>,
}

impl Report {
    /// A report of which nothing is known but its text.
    pub fn of_text(language: Language, text: &str) -> Self {
        Self {
            id: ReportId::of(&[text.as_bytes()]),
            url: None,
            text_sha256: sha256_hex(text.as_bytes()),
            kind: ReportKind::Article,
            account: None,
            source: Source { id: None, name: None, kind: SourceKind::Unknown, family: None },
            language,
            title: None,
            byline: None,
            published: None,
            updated: None,
            text: text.to_owned(),
            notes: Vec::new(),
        }
    }
}
