//! What Marsad knows before it reads anything: loads and checks the folder `knowledge/`.
//!
//! In: the files of the folder, embedded in the program or, with `--knowledge DIR`, from a user's own copy. Out: typed
//! tables and one lexicon a language.
//!
//! **Invariants.** A faulty row is an error that names file and line; nothing is skipped in silence. What is loaded
//! depends on the files' content alone.

mod files;
mod furniture;
mod source;

pub use files::{Files, FilesError};
pub use furniture::{Furniture, FurnitureAction, FurnitureRule};
pub use source::{SourceEntry, SourceName, Sources};
