//! How does evidence leave the house so that others can check it? As a bag (BagIt 1.0, RFC 8493): originals, records, the
//! custody log, and a page that opens without Marsad.
//!
//! | in the bag | what |
//! | --- | --- |
//! | `data/originals/HASH` | the sealed bytes as they came, named by their SHA-256; in a bag of all, also those of what could not be read |
//! | `data/records/*.jsonl` | the contract's records, and `ledger.json` |
//! | `data/custody.jsonl` | the custody log, each entry bound to the one before it |
//! | `data/bound.jsonl` | of each entry that sealed or ruled something in the bag, the rows that its digest binds |
//! | `data/withdrawn.jsonl` | what was withdrawn: hashes, day, ground |
//! | `data/index.html` | the events with their sentences, sources and hashes, in both languages |
//!
//! Where names are held back, [`HeldBack`] says what stands there instead.
//!
//! **Invariants.** The same ledger gives the same bag to the byte: its date is that of the newest entry of the log, and entries
//! that only tell of earlier bags at the log's end are left out. [`verify`] needs nothing but the bag: manifests, zip, page and
//! what the bag says of itself must be those that would be written of what is in it, and its records must lead to one another,
//! to its texts, its originals and its log. Who forges a bag can forge its manifests too, and make records that hold together:
//! what shows that no byte is another is the hash of the payload's manifest, [`Bundled::manifest`] when it was made, which the
//! ledger's own log notes, and [`Checked::manifest`] when it is checked. Whoever hands a bag on tells that hash by another way.

mod bag;
mod check;
mod held;
mod make;
mod remade;
mod told;
mod values;
mod verify;
mod zip;

pub use held::{HeldBack, Originals};
pub use make::{Bundled, Wish, make};
pub use verify::{Checked, verify};

use std::path::PathBuf;

/// A bundle could not be made or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BundleError {
    /// The records could not be had.
    #[error(transparent)]
    Export(#[from] marsad_export::ExportError),
    /// The ledger refused.
    #[error(transparent)]
    Ledger(#[from] marsad_ledger::LedgerError),
    /// A record has no form as JSON.
    #[error("a record cannot be written")]
    Form(#[from] serde_json::Error),
    /// A file could not be read or written.
    #[error("{doing} `{}`", path.display())]
    File {
        /// What was being done.
        doing: &'static str,
        /// To which.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Something is there already.
    #[error("`{}` is there already; name another, or move it away", path.display())]
    There {
        /// What.
        path: PathBuf,
    },
    /// A zip holds no more.
    #[error("this is more than a zip holds (65,535 files, 4 GiB); make a folder")]
    TooLarge,
}

fn file(doing: &'static str, path: &std::path::Path) -> impl FnOnce(std::io::Error) -> BundleError {
    move |source| BundleError::File { doing, path: path.to_owned(), source }
}
