//! Reports, and the ties among them.

use super::Label;
use marsad_model::{Lineage, Published, Quote, ReportId, ReportKind, Source};
use marsad_record::{ClaimRecord, MentionRecord, ReportRecord};
use serde::Serialize;

/// A report without its text.
#[derive(Debug, Clone, Serialize)]
pub struct ReportHead {
    /// Its id; `GET /reports/{id}` has its text.
    pub id: ReportId,
    /// Who published it.
    pub source: Source,
    /// The source's names.
    pub source_label: Option<Label>,
    /// What sort of item.
    pub kind: ReportKind,
    /// Its language: `ar`, `en` or `und`.
    pub language: String,
    /// How its text runs: `rtl` or `ltr`.
    pub direction: &'static str,
    /// Its title.
    pub title: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was published, and how that is known.
    pub published: Option<Published>,
    /// SHA-256 of the sealed bytes.
    pub sha256: Option<String>,
    /// SHA-256 of the readable text.
    pub text_sha256: String,
    /// The telling that it descends from.
    pub origin: Option<marsad_model::OriginId>,
    /// The earlier version at the same address.
    pub version_of: Option<ReportId>,
}

/// A tie between two reports, told from the one that descends.
#[derive(Debug, Clone, Serialize)]
pub struct Edge {
    /// From which report this is told; its stretches are `here`.
    pub report: ReportId,
    /// As in the report's record: `to`, `relation`, `direction` (`from`: this report descends from `to`), `confidence`, `spans`
    /// (each `here` and `there`, in code points with their words), `because`.
    #[serde(flatten)]
    pub tie: Lineage<Quote>,
}

/// `GET /reports/{id}`: a report to be read, with all that was read of it.
#[derive(Debug, Serialize)]
pub struct ReportPage {
    /// Its record as exported.
    pub report: ReportRecord,
    /// The source's names.
    pub source_label: Option<Label>,
    /// How its text runs: `rtl` or `ltr`.
    pub direction: &'static str,
    /// What it says, in the order of the text.
    pub claims: Vec<ClaimRecord>,
    /// What it names, in the order of the text; spans count code points of the text.
    pub mentions: Vec<MentionRecord>,
    /// How it was sealed.
    pub sealed: Vec<Sealed>,
    /// The stretches at which the words of `?q=` stand, in code points of the text; empty where nothing was asked.
    pub hits: Vec<Quote>,
}

/// One way in which a report came in.
#[derive(Debug, Serialize)]
pub struct Sealed {
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// Where they lay, relative to the input that was named.
    pub path: String,
    /// When they were sealed (RFC 3339).
    pub sealed_at: String,
}

/// `GET /reports`: a page of reports.
#[derive(Debug, Serialize)]
pub struct Reports {
    /// The reports, the latest first, undated ones last.
    pub items: Vec<ReportHead>,
    /// What to give as `cursor` for the next page; null on the last.
    pub next: Option<String>,
    /// How many reports pass the filter.
    pub total: u64,
}

/// `GET /reports/{id}/lineage`: the reports that one is tied to, directly or through others.
#[derive(Debug, Serialize)]
pub struct LineageGraph {
    /// The reports, the one asked for first.
    pub nodes: Vec<ReportHead>,
    /// The ties among them, each once.
    pub edges: Vec<Edge>,
    /// Are there more than could be shown?
    pub truncated: bool,
}
