//! The pipeline, from inputs to the ledger and from the ledger to records, lists and dossiers.
//!
//! `run` walks inputs, reads and analyses their reports on all cores, enters them in the ledger and collates; `export`,
//! `events`, `show` and `explain` read; `review` shows what is least certain and takes people's decisions. What the terminal shows is made here as text; only the program prints.
//!
//! **Invariants.** The same inputs give the same export, byte for byte, in any order and on any number of threads: what
//! runs in parallel is pure, and everything is entered and written in the order of ids. The clock is read once a run, for
//! the ledger's own custody log.

pub mod archives;
pub mod bundle;
pub mod collating;
mod decided;
pub mod doctor;
pub mod dossier;
pub mod evaluating;
pub mod explain;
pub mod export;
pub mod fetch;
pub mod input;
pub mod lineage;
pub mod listing;
pub mod original;
pub mod own_knowledge;
pub mod progress;
pub mod redacting;
pub mod review;
pub mod run;
pub mod search;
mod summed;
pub mod table;
pub mod taking;
mod versions;
mod withdrawal;
pub mod world;
