//! Words of other walks of life, in which words of war are figures of speech or harm is nobody's doing.

use crate::error::need_word;
use marsad_table::{Row, TableError};
use serde::Deserialize;

/// A walk of life whose words tell that a report is not on war.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the table's own words
pub enum Field {
    Sport,
    Game,
    Arts,
    Business,
    Science,
    Nature,
    Food,
    Life,
    Traffic,
    Accident,
    Weather,
    Disease,
}

impl Field {
    /// Do people come to harm in it by a mishap, and not by anyone's hand?
    pub fn is_mishap(self) -> bool {
        matches!(self, Self::Traffic | Self::Accident | Self::Weather)
    }
}

/// A word of a walk of life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldWord {
    /// Which one.
    pub field: Field,
    /// It stands in reports of war as well ("bus", "rain"), and counts only beside another.
    pub weak: bool,
}

impl FieldWord {
    pub(crate) fn read(row: &Row) -> Result<Self, TableError> {
        let weak = match row.get("weak") {
            "" => false,
            "weak" => true,
            _ => return Err(row.error("`weak` is neither `weak` nor empty")),
        };
        Ok(Self { field: need_word(row, "field")?, weak })
    }

    /// What it counts; [`Self::SURE`] make a sentence one of that walk of life.
    pub fn points(self) -> usize {
        if self.weak { 1 } else { Self::SURE }
    }

    /// So many points are sure.
    pub const SURE: usize = 2;
}
