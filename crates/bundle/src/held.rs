//! A bag in which names are held back: what stands in place of what leads to the reports.
//!
//! | in place of | stands |
//! | --- | --- |
//! | the records | those of [`Redactor`], which mask names, salt ids and put places to their district; no decisions |
//! | the custody log and what it binds | `data/custody.json`: the number, hash and day of its newest entry, by which its keeper can show to whom they choose of which ledger this is |
//! | the tombstones | the day, and ids under the salt: grounds are a person's words, and may name somebody |
//! | the originals | nothing, unless they were asked for twice |
//!
//! `data/REDACTED.md` says what was done and what cannot be promised, and the page leads there.

use crate::{BundleError, file};
use marsad_export::{Page, Top};
use marsad_ledger::{CustodyEntry, Tombstone};
use marsad_model::ReportId;
use marsad_record::RedactionRecord;
use marsad_redact::{Redactor, Salt, Salted, told};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// How names are held back.
#[derive(Clone, Copy)]
pub struct HeldBack<'r> {
    /// What finds names.
    pub redactor: &'r Redactor<'r>,
    /// What ids are hashed with.
    pub salt: &'r Salt,
    /// What may be told of it.
    pub salted: Salted,
    /// Are the originals to be there all the same, with every name in them?
    pub originals: Originals,
}

/// Are the originals in a bag whose records hold names back?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Originals {
    /// They are not.
    LeftOut,
    /// They are, as was asked for twice, and every name stands in them.
    There,
}

impl Originals {
    /// What a record of what was held back says of them.
    pub(crate) fn of(held: &RedactionRecord) -> Self {
        if held.originals_with_names > 0 { Self::There } else { Self::LeftOut }
    }
}

/// What the page says at its top.
pub(crate) fn top(held: Option<Originals>) -> Top {
    Top::Bundle(held.map(|originals| originals == Originals::There))
}

/// The page's end: its reports, and those that were withdrawn.
pub(crate) fn rest(page: &Page, gone: &[Gone]) -> String {
    let mut rest = page.reports();
    if !gone.is_empty() {
        rest.push_str(&page.withdrawn());
    }
    for one in gone {
        rest.push_str(&page.gone(&one.reports, &one.at, one.ground.as_deref()));
    }
    rest + Page::end()
}

/// A report that was withdrawn, as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Gone {
    pub(crate) at: String,
    pub(crate) reports: Vec<ReportId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ground: Option<String>,
}

impl Gone {
    pub(crate) fn of(stone: &Tombstone) -> Self {
        Self { at: stone.at.clone(), reports: stone.reports.iter().cloned().collect(), ground: Some(stone.ground.clone()) }
    }

    /// The day, and ids under the salt.
    pub(crate) fn held_back(stone: &Tombstone, salt: &Salt) -> Self {
        let mut reports: Vec<ReportId> = stone.reports.iter().map(|id| ReportId::from(salt.id(id.as_str()))).collect();
        reports.sort();
        Self { at: stone.at.get(..10).unwrap_or_default().to_owned(), reports, ground: None }
    }
}

/// The newest entry of the log, as far as it is told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Newest {
    pub(crate) seq: u64,
    pub(crate) hash: String,
    pub(crate) day: String,
}

impl Newest {
    pub(crate) fn of(entry: &CustodyEntry) -> Self {
        Self { seq: entry.seq, hash: entry.hash.clone(), day: entry.at.get(..10).unwrap_or_default().to_owned() }
    }
}

/// In what files of the payload these stand.
pub(crate) const NEWEST: &str = "data/custody.json";
pub(crate) const WITHDRAWN: &str = "data/withdrawn.jsonl";

/// Is this what [`told`] says of what was held back, whichever salt it was?
pub(crate) fn is_told(text: &[u8], held: &RedactionRecord) -> bool {
    [Salted::Kept, Salted::Fresh].into_iter().any(|salted| told(held, salted).as_bytes() == text)
}

/// Write a value in a file of the bag.
pub(crate) fn write_json<T: Serialize>(folder: &Path, name: &str, value: &T) -> Result<(), BundleError> {
    let path = folder.join(name);
    std::fs::write(&path, serde_json::to_string(value)? + "\n").map_err(file("writing", &path))
}
