//! The files of the knowledge folder.

use marsad_model::sha256_hex;
use std::{collections::BTreeMap, fs, path::Path};

static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The texts of the knowledge folder's files by path (`ar/triggers.tsv`).
#[derive(Debug, Clone)]
pub struct Files(BTreeMap<String, String>);

/// A user's own knowledge folder could not be read.
#[derive(Debug, thiserror::Error)]
#[error("reading the knowledge file `{path}`: {error}")]
pub struct FilesError {
    /// Which file.
    pub path: String,
    /// Why.
    pub error: std::io::Error,
}

impl Files {
    /// The files the program carries.
    pub fn embedded() -> Self {
        Self(EMBEDDED.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
    }

    /// No files at all, to be filled with [`Files::insert`].
    pub fn empty() -> Self {
        Self(BTreeMap::new())
    }

    /// Put a file's text in its place.
    pub fn insert(&mut self, path: &str, text: &str) {
        self.0.insert(path.to_owned(), text.to_owned());
    }

    /// The embedded files with those of a user's folder in their place.
    pub fn with_folder(folder: &Path) -> Result<Self, FilesError> {
        let mut files = Self::embedded();
        for sub in ["ar", "en", "world"] {
            let at = folder.join(sub);
            if !at.is_dir() {
                continue;
            }
            let fail = |error| FilesError { path: at.display().to_string(), error };
            for entry in fs::read_dir(&at).map_err(fail)? {
                let entry = entry.map_err(fail)?;
                let name = entry.file_name().to_string_lossy().into_owned();
                if name.ends_with(".tsv") || name.ends_with(".toml") {
                    let path = entry.path();
                    let text = fs::read_to_string(&path).map_err(|error| FilesError { path: path.display().to_string(), error })?;
                    files.0.insert(format!("{sub}/{name}"), text);
                }
            }
        }
        Ok(files)
    }

    /// The text of a file; empty where there is none.
    pub fn get(&self, path: &str) -> &str {
        self.0.get(path).map_or("", String::as_str)
    }

    /// All files by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// A short hash of all files, which stands in every ledger: other knowledge, other answers.
    pub fn version(&self) -> String {
        let all: String = self.0.iter().map(|(path, text)| format!("{path}\0{text}\0")).collect();
        sha256_hex(all.as_bytes()).chars().take(12).collect()
    }
}
