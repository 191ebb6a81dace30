//! One record becomes one report.

use crate::Record;
use marsad_knowledge::{Files, Furniture, Sources};
use marsad_model::{Language, Report, ReportKind, Source, SourceKind, sha256_hex};
use marsad_table::TableError;

/// Reads records with the help of knowledge.
#[derive(Debug)]
pub struct Reader {
    sources: Sources,
    furniture: Furniture,
}

/// The knowledge that reading needs is faulty.
#[derive(Debug, thiserror::Error)]
#[error("loading the knowledge that reading needs: {0}")]
pub struct ReaderError(#[from] pub TableError);

impl Reader {
    /// A reader with this knowledge.
    pub fn new(files: &Files) -> Result<Self, ReaderError> {
        Ok(Self { sources: Sources::load(files)?, furniture: Furniture::load(files)? })
    }

    /// The registry of sources.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Read a record.
    pub fn read(&self, record: &Record) -> Report {
        let _ = &self.furniture;
        let text = record.body.content().to_owned();
        Report {
            id: record.id.clone(),
            url: record.given.url.clone(),
            text_sha256: sha256_hex(text.as_bytes()),
            kind: record.given.kind.unwrap_or(ReportKind::Article),
            account: record.given.account.clone(),
            source: Source { id: None, name: record.given.source.clone(), kind: SourceKind::Unknown, family: None },
            language: Language::Other,
            title: record.given.title.clone(),
            byline: record.given.byline.clone(),
            published: None,
            updated: None,
            text,
            notes: record.notes.clone(),
        }
    }
}
