//! Are two names one name? Names of people, groups and places, in Latin and Arabic writing and in any spelling.
//!
//! In: a name as it is written. Out: its [`Key`]; how alike two keys are and why; and, over a set of names, those that a
//! name may be ([`NameIndex`]). The way: fold → articles, kunya, "son of" and what is written together off → the
//! consonants that both writings agree on → sounds (one writing) or learnt letter correspondences (two) → distance.
//!
//! **Invariants.** Whole numbers only, no order of a hash map in an answer: the same names give the same answer anywhere.
//! What letters stand for is in `world/spelling.tsv` and, learnt from pairs of names, in `world/letters.tsv`; no letter
//! stands in code. A short name is like no other: "Hama" is not "Hamas".

mod edit;
mod index;
mod key;
mod letters;
mod likeness;
mod skeleton;
mod spelling;

pub use index::{NameIndex, Ranked};
pub use key::Key;
pub use letters::Letters;
pub use likeness::{Because, Likeness};
pub use skeleton::Skeletons;
pub use spelling::Spelling;

use marsad_table::TableError;

/// What is known of how names are written.
#[derive(Debug)]
pub struct Names {
    spelling: Spelling,
    letters: Letters,
}

impl Names {
    /// Read `world/spelling.tsv` and `world/letters.tsv`.
    pub fn load(spelling: &str, letters: &str) -> Result<Self, TableError> {
        Ok(Self { spelling: Spelling::read(spelling)?, letters: Letters::read(letters)? })
    }

    /// The table of spellings.
    pub fn spelling(&self) -> &Spelling {
        &self.spelling
    }

    /// The coarse consonants of names.
    pub fn skeletons(&self) -> &Skeletons {
        self.spelling.skeletons()
    }

    /// A name, ready to be compared; `None` where it has no letter of either writing, or of both.
    pub fn key(&self, name: &str) -> Option<Key> {
        Key::of(name, &self.spelling, &self.letters)
    }

    /// The frames ([`Key::frame`]) of the names that begin with these words, each folded and as written, the shortest first.
    /// `step` is told whether the frame is settled, that is, whether that of a longer name begins with it; it answers
    /// whether to go on.
    pub fn frames<'w>(&self, arabic: bool, words: impl Iterator<Item = (&'w str, &'w str)>, step: impl FnMut(&str, bool) -> bool) {
        key::frames(&self.spelling, arabic, words, step);
    }

    /// How alike two names are, and why.
    pub fn alike(&self, a: &Key, b: &Key) -> Likeness {
        likeness::alike(a, b, &self.spelling, &self.letters)
    }

    /// Are these two the same name in two spellings, as far as letters tell?
    pub fn same(&self, a: &str, b: &str) -> bool {
        matches!((self.key(a), self.key(b)), (Some(a), Some(b)) if self.alike(&a, &b).is_same())
    }
}
