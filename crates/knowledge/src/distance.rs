//! Words that tell where a place lies from another: so many units of length, in a direction, of it.

use crate::KnowledgeError;
use marsad_table::Row;

/// What a word of distance says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DistanceWord {
    /// A unit of length, in kilometres.
    Unit(f64),
    /// A direction, in degrees from north by east.
    Bearing(f64),
    /// It only joins the others: "of", "to the".
    Link,
}

impl DistanceWord {
    pub(crate) fn read(row: &Row) -> Result<Self, KnowledgeError> {
        let kind = row.need("kind")?;
        let value = || -> Result<f64, KnowledgeError> { Ok(row.parse("value")?.ok_or_else(|| row.error("a value is missing"))?) };
        Ok(match kind {
            "unit" => Self::Unit(value()?),
            "bearing" => Self::Bearing(value()?),
            "link" => Self::Link,
            _ => return Err(row.error(format!("no word of distance is a `{kind}`")).into()),
        })
    }
}
