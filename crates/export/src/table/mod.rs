//! Flat tables: one set of columns for CSV, Parquet and the properties of GeoJSON, so that they cannot drift.

mod columns;
mod csv;
mod parquet;
mod write;

pub use columns::{EVENTS, event_cells};
pub(crate) use csv::line;
pub use csv::{csv_line, header};
pub(crate) use write::{Form, Tables};

use crate::World;
use jiff::civil::Date;
use serde::Serialize;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Not known, or not told: an empty cell, never zero.
    None,
    /// Words.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A number.
    Real(f64),
    /// A day.
    Day(Date),
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A whole number.
    Int,
    /// A number.
    Real,
    /// A day.
    Day,
}

/// A column of a table whose rows are made of such a record.
pub struct Column<R: 'static> {
    /// Its name.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// A record's cell.
    pub(crate) of: fn(&R, &World) -> Cell,
}

impl Cell {
    pub(crate) fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::None, |text| Self::Text(text.into()))
    }

    pub(crate) fn int(number: Option<impl Into<i64>>) -> Self {
        number.map_or(Self::None, |number| Self::Int(number.into()))
    }

    pub(crate) fn real(number: Option<f64>) -> Self {
        number.filter(|number| number.is_finite()).map_or(Self::None, Self::Real)
    }

    pub(crate) fn day(day: Option<Date>) -> Self {
        day.map_or(Self::None, Self::Day)
    }

    /// A word of the contract.
    pub(crate) fn word(value: &impl Serialize) -> Self {
        Self::Text(spelt(value))
    }

    /// What is nested, as JSON; nothing where there is nothing.
    pub(crate) fn json(value: &impl Serialize) -> Self {
        let text = serde_json::to_string(value).unwrap_or_default();
        if matches!(text.as_str(), "null" | "[]" | "{}") { Self::None } else { Self::Text(text) }
    }

    /// Several words, with semicolons between them.
    pub(crate) fn list(words: impl IntoIterator<Item = String>) -> Self {
        let words: Vec<String> = words.into_iter().collect();
        if words.is_empty() { Self::None } else { Self::Text(words.join("; ")) }
    }

    /// As it is written in a table of text.
    pub(crate) fn written(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Text(text) => text.clone(),
            Self::Int(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
        }
    }

    /// As a value of JSON.
    pub(crate) fn value(&self) -> serde_json::Value {
        match self {
            Self::None => serde_json::Value::Null,
            Self::Int(number) => (*number).into(),
            Self::Real(number) => (*number).into(),
            Self::Text(_) | Self::Day(_) => self.written().into(),
        }
    }
}

/// A word as the contract spells it.
pub(crate) fn spelt(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
