//! Clues: what knowledge says a word may be.

/// A set of clues to one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clue(pub u32);

#[allow(missing_docs)] // each is named after the table or finder it comes from
impl Clue {
    pub const ACTOR: Self = Self(1);
    pub const NATIONALITY: Self = Self(1 << 1);
    /// A person whom knowledge lists.
    pub const KNOWN_PERSON: Self = Self(1 << 2);
    pub const SOURCE: Self = Self(1 << 3);
    pub const PEOPLE: Self = Self(1 << 4);
    pub const TITLE: Self = Self(1 << 5);
    pub const BODY: Self = Self(1 << 6);
    pub const ARMED_BODY: Self = Self(1 << 7);
    pub const PLACE_NOUN: Self = Self(1 << 8);
    pub const TRIGGER: Self = Self(1 << 9);
    pub const SAYING: Self = Self(1 << 10);
    pub const MARKER: Self = Self(1 << 11);
    pub const REFERS: Self = Self(1 << 12);
    pub const OTHER: Self = Self(1 << 13);
    /// A time or number.
    pub const EXPRESSION: Self = Self(1 << 14);
    pub const PLACE: Self = Self(1 << 15);
    pub const WEAK_PLACE: Self = Self(1 << 16);
    pub const STOP: Self = Self(1 << 17);
    /// The word goes on with the phrase of the word before.
    pub const INSIDE: Self = Self(1 << 18);
    /// The word goes on with the place of the word before.
    pub const INSIDE_PLACE: Self = Self(1 << 19);
    /// The text has the same word without a capital.
    pub const ALSO_LOWER: Self = Self(1 << 20);

    /// These clues and those.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Are all of those among these?
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}
