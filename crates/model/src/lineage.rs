//! How one report descends from another.

use crate::ReportId;
use serde::{Deserialize, Serialize};

/// How the later text came from the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The same words, perhaps with a sentence more or less.
    Copy,
    /// A part of the other's words.
    Excerpt,
    /// The same telling in another language.
    Translation,
    /// The same telling in other words.
    Rewrite,
    /// The same outlet tells more.
    Update,
    /// The same outlet takes back.
    Correction,
    /// It names the other as where it has this from.
    Quotes,
}

/// Which of the two came from which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// This report descends from the other.
    From,
    /// The other descends from this one.
    To,
    /// Nothing tells.
    Unknown,
}

/// Two stretches that say the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Aligned<S> {
    /// In this report.
    pub here: S,
    /// In the other.
    pub there: S,
}

/// One report's tie to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lineage<S> {
    /// The other report.
    pub to: ReportId,
    /// How they are related.
    pub relation: Relation,
    /// Which came from which.
    pub direction: Direction,
    /// How sure, 0 to 1.
    pub confidence: f64,
    /// The stretches that show it.
    pub spans: Vec<Aligned<S>>,
    /// How it is known, in plain words.
    pub because: Vec<String>,
}
