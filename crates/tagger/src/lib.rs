//! Names that no list has: a linear-chain model that says of each word whether it belongs to the name of a person, of a
//! body or of a place.
//!
//! In: the words of a sentence, and for each the [`Clue`]s that knowledge has. Out: [`Name`]s with how sure the model is.
//! A [`Model`] is learnt by [`train`] from texts that people annotated, and is a file of half a megabyte to four.
//!
//! **Invariants.** No word of a language stands in code: what is known was learnt or is a clue. The same examples in the
//! same order give the same bytes, and the same bytes the same names: no clock, no chance, one thread, and arithmetic
//! that is the same everywhere. No bytes given as a model, and no text, make it panic.

mod chain;
mod clue;
mod feature;
mod label;
mod lists;
mod model;
mod tag;
mod train;

pub use clue::Clue;
pub use feature::fingerprint;
pub use label::{Kind, Label};
pub use lists::{Habit, Listed, Lists};
pub use model::{Model, ModelError};
pub use tag::{Name, Tagging};
pub use train::{Example, Settings, train};
