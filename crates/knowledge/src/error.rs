//! What can be wrong with knowledge, and where.

use marsad_table::{Row, TableError};
use serde::de::{DeserializeOwned, IntoDeserializer, value};

/// A fault in the knowledge folder.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KnowledgeError {
    /// A table's row.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A trigger names a frame that is not there.
    #[error("the trigger `{lemma}` names the frame `{frame}`, which world/frames.toml does not have")]
    UnknownFrame {
        /// The trigger.
        lemma: String,
        /// The frame.
        frame: String,
    },
    /// A rule file.
    #[error("{file}: {error}")]
    Rules {
        /// Which.
        file: String,
        /// What is wrong, with its line.
        error: Box<toml::de::Error>,
    },
}

/// One of a closed list of words, as serde spells them.
pub(crate) fn word<T: DeserializeOwned>(row: &Row, column: &str) -> Result<Option<T>, TableError> {
    row.some(column).map(|cell| named(cell).map_err(|e| row.error(format!("`{column}` is `{cell}`: {e}")))).transpose()
}

/// The same, where a value must stand.
pub(crate) fn need_word<T: DeserializeOwned>(row: &Row, column: &str) -> Result<T, TableError> {
    word(row, column)?.ok_or_else(|| row.error(format!("`{column}` is empty")))
}

/// A value by its serialised name.
pub(crate) fn named<T: DeserializeOwned>(name: &str) -> Result<T, value::Error> {
    T::deserialize(name.into_deserializer())
}
