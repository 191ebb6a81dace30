//! A user's own list: GeoNames' dump of a country or OCHA's table of p-codes, compiled as the program's own list is.

use crate::Gazetteer;
use crate::compile::compile;
use crate::layout::KINDS;
use crate::source::{Name, Source};
use crate::unzip;
use std::collections::{BTreeMap, BTreeSet};

/// A list that was compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// What to keep, and to give to [`Gazetteer::with`].
    pub bytes: Vec<u8>,
    /// How many places of each kind it has.
    pub kinds: BTreeMap<&'static str, usize>,
    /// The countries they lie in, by code.
    pub countries: BTreeSet<String>,
    /// Rows left out: features of a sort that reports do not name.
    pub left_out: usize,
}

/// A list could not be added.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AddError {
    /// It is no list of a form that is known.
    #[error("this is neither GeoNames' dump (19 columns parted by tabs) nor a table of p-codes (CSV with ADM1_PCODE and ADM1_EN columns)")]
    UnknownForm,
    /// The archive is damaged.
    #[error("the zip archive is damaged, or packed in a way that is not known; unpack it and add the file inside")]
    Archive,
    /// A row is wrong.
    #[error("line {line}: {what}")]
    Row {
        /// Which line, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// It holds no place.
    #[error("there is no place in it")]
    Empty,
    /// It cannot be compiled.
    #[error("{0}")]
    Compile(String),
}

/// Rows read, and how many were left out.
pub(crate) type Rows = (Vec<Source>, usize);

/// Compile a file's bytes (text, or a zip archive that holds it), beside what the gazetteer has already.
pub fn add(bytes: &[u8], gazetteer: &Gazetteer) -> Result<Added, AddError> {
    let unpacked;
    let bytes = if unzip::is_zip(bytes) {
        let members = unzip::members(bytes).ok_or(AddError::Archive)?;
        // GeoNames packs a page of explanations with the dump, which is by far the longer.
        unpacked = members.into_iter().map(|(_, bytes)| bytes).max_by_key(Vec::len).ok_or(AddError::Empty)?;
        &unpacked
    } else {
        bytes
    };
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let (mut places, left_out) = if crate::dump::is_dump(text) {
        crate::dump::read(text, gazetteer)?
    } else if crate::pcodes::is_table(text) {
        crate::pcodes::read(text, gazetteer)?
    } else {
        return Err(AddError::UnknownForm);
    };
    if places.is_empty() {
        return Err(AddError::Empty);
    }
    places.sort_by(|a, b| (a.number().is_none(), a.number(), &a.id).cmp(&(b.number().is_none(), b.number(), &b.id)));
    places.dedup_by(|b, a| a.id == b.id);
    let mut kinds = BTreeMap::new();
    for place in &places {
        *kinds.entry(KINDS[usize::from(place.kind)]).or_default() += 1;
    }
    let countries = places.iter().map(|p| p.country.clone()).filter(|c| !c.is_empty()).collect();
    Ok(Added { bytes: compile(&places).map_err(AddError::Compile)?, kinds, countries, left_out })
}

/// The code of a kind by its word.
pub(crate) fn kind(word: &str) -> Option<u8> {
    KINDS.iter().position(|k| *k == word).map(|at| at as u8)
}

/// Names, each once, the first two vouched for.
pub(crate) fn names<'n>(shown: [&str; 2], others: impl Iterator<Item = &'n str>) -> Vec<Name> {
    let mut names: Vec<Name> = shown.iter().filter(|n| !n.is_empty()).map(|n| Name { text: (*n).to_owned(), alternate: false }).collect();
    for other in others {
        if names.iter().all(|n| n.text != other) {
            names.push(Name { text: other.to_owned(), alternate: true });
        }
    }
    names
}
