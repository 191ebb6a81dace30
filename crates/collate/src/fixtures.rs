//! Builders for tests: reports and claims by hand, and a small world.

use crate::Rules;

/// The rules as they ship.
pub(crate) fn rules() -> Rules {
    Rules::read(include_str!("../../../knowledge/world/collation.toml"), include_str!("../../../knowledge/world/skeleton.tsv")).unwrap()
}
