//! Labels: where in a name of which kind a word stands.

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A human being.
    Person,
    /// A body of people: group, firm, ministry, team.
    Organisation,
    /// A place.
    Place,
    /// Any other name (a people, a faith, a work): learnt so that it is not taken for one of the others.
    Other,
}

/// How many labels there are: a row of weights is so long.
pub(crate) const LABELS: usize = 8;

/// A word's label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(pub(crate) u8);

impl Label {
    /// The word is part of no name.
    pub const OUTSIDE: Self = Self(0);

    /// The label of a word in a name: of its first word, or of one that goes on with it.
    pub fn of(kind: Kind, first: bool) -> Self {
        Self(
            match kind {
                Kind::Person => 1,
                Kind::Organisation => 3,
                Kind::Place => 5,
                Kind::Other => return Self(7),
            } + u8::from(!first),
        )
    }

    /// The kind of name that the word is part of.
    pub fn kind(self) -> Option<Kind> {
        match self.0 {
            1 | 2 => Some(Kind::Person),
            3 | 4 => Some(Kind::Organisation),
            5 | 6 => Some(Kind::Place),
            7 => Some(Kind::Other),
            _ => None,
        }
    }

    /// Does a name begin here?
    pub fn begins(self) -> bool {
        matches!(self.0, 1 | 3 | 5)
    }

    /// A set of labels with this one alone.
    pub fn only(self) -> u8 {
        1 << self.0
    }

    /// All labels but those of this kind.
    pub fn any_but(kind: Kind) -> u8 {
        !(Self::of(kind, true).only() | Self::of(kind, false).only())
    }
}

/// May the one label stand right before the other? No name goes on that has not begun.
pub(crate) fn may_follow(before: Option<usize>, label: usize) -> bool {
    match label {
        2 | 4 | 6 => before.is_some_and(|b| b == label || b + 1 == label),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_goes_on_only_where_it_has_begun() {
        let at = |kind, first| usize::from(Label::of(kind, first).0);
        assert!(may_follow(Some(at(Kind::Person, true)), at(Kind::Person, false)));
        assert!(may_follow(Some(at(Kind::Place, false)), at(Kind::Place, false)));
        assert!(!may_follow(Some(at(Kind::Place, true)), at(Kind::Person, false)));
        assert!(!may_follow(Some(0), at(Kind::Organisation, false)));
        assert!(!may_follow(None, at(Kind::Organisation, false)));
        assert!(may_follow(None, at(Kind::Other, false)));
    }

    #[test]
    fn every_label_has_its_kind_back() {
        for kind in [Kind::Person, Kind::Organisation, Kind::Place, Kind::Other] {
            for first in [true, false] {
                assert_eq!(Label::of(kind, first).kind(), Some(kind));
                assert_eq!(Label::any_but(kind) & Label::of(kind, first).only(), 0);
            }
        }
        assert_eq!(Label::OUTSIDE.kind(), None);
    }
}
