//! A record: one item as it was handed in, before anyone has read it.

use marsad_model::{Account, Capture, DateBasis, Gone, ReportId, ReportKind, sha256_hex};
use serde::{Deserialize, Serialize};

/// What the sender says of an item. Nothing here is derived.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The address it was published at.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who published it, in whatever spelling.
    pub source: Option<String>,
    /// When it was published, as written (RFC 3339 or a date, one hopes).
    pub published: Option<String>,
    /// When it was changed, as written.
    #[serde(default)]
    pub updated: Option<String>,
    /// When it was fetched, as written.
    pub retrieved: Option<String>,
    /// Its language, as written.
    pub language: Option<String>,
    /// Who signed it.
    pub byline: Option<String>,
    /// What sort of item.
    pub kind: Option<ReportKind>,
    /// The account it was posted from.
    pub account: Option<Account>,
}

/// The content of a record, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Plain text.
    Text(String),
    /// A web page.
    Html(String),
    /// Markup that is all report: an entry of a feed.
    Fragment(String),
}

impl Body {
    /// The kind's name in ids and notes.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Html(_) | Self::Fragment(_) => "html",
        }
    }

    /// The characters.
    pub fn content(&self) -> &str {
        match self {
            Self::Text(s) | Self::Html(s) | Self::Fragment(s) => s,
        }
    }
}

/// One item as it was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Hash of the content with URL, title, source, date and language as given; never of key, path or retrieval.
    pub id: ReportId,
    /// The bytes as they came: a file's own bytes (still compressed where they came so), a JSONL line without its end, the
    /// block of an archive's record with the header that the web server sent, the element of a feed, a message of an export.
    pub sealed: Vec<u8>,
    /// SHA-256 of `sealed`.
    pub sha256: String,
    /// What is told beside the bytes, without which they cannot be read again: a file's sidecar, the header of an archive's
    /// record, the head of the feed or channel.
    pub beside: Option<Vec<u8>>,
    /// The path relative to the input that was named.
    pub path: String,
    /// The line of the container, from 1, for records that share one.
    pub line: Option<usize>,
    /// The sender's own id.
    pub key: Option<String>,
    /// How the bytes came in.
    pub capture: Capture,
    /// What the sender says of it.
    pub given: Given,
    /// By what `given.published` is known.
    pub dated_by: DateBasis,
    /// What its feed calls itself. The address knows better.
    pub site: Option<String>,
    /// The decoded content.
    pub body: Body,
    /// The charset the content was decoded from, and how it was told.
    pub charset: String,
    /// What was odd about what was given (a wrong type, a field that could not be used).
    pub notes: Vec<String>,
}

impl Record {
    /// The id of this content with these things given. `content` is the text or page as given in JSON, or a file's bytes.
    pub(crate) fn id_of(body: &Body, content: &[u8], given: &Given) -> ReportId {
        let said = |s: &Option<String>| s.clone().unwrap_or_default().into_bytes();
        let parts = [said(&given.url), said(&given.title), said(&given.source), said(&given.published), said(&given.language)];
        let mut all: Vec<&[u8]> = vec![body.kind().as_bytes(), content];
        all.extend(parts.iter().map(Vec::as_slice));
        ReportId::of(&all)
    }
}

/// Something that was handed in and could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SetAside {
    /// The path relative to the input that was named.
    pub path: String,
    /// The line, from 1, in a file of many records.
    pub line: Option<usize>,
    /// Why, and what to do about it.
    pub reason: String,
    /// SHA-256 of the bytes that were not read, where they could be held at once.
    pub sha256: Option<String>,
    /// The address that it was to be had from, and that nothing stands there any more, where it says so.
    pub gone: Option<Box<(String, Gone)>>,
}

impl SetAside {
    /// Bytes of a file or line that are not read.
    pub(crate) fn of(path: &str, line: Option<usize>, bytes: Option<&[u8]>, reason: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, reason: reason.into(), sha256: bytes.map(sha256_hex), gone: None }
    }
}
