//! The files of the knowledge folder.

use marsad_model::sha256_hex;
use std::{borrow::Cow, collections::BTreeMap, fs, path::Path};

static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));
static MODELS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/models.rs"));

/// The knowledge folder's files by path: tables and rules as texts (`ar/triggers.tsv`), trained models as bytes
/// (`ar/tagger.model`).
#[derive(Debug, Clone)]
pub struct Files {
    texts: BTreeMap<String, String>,
    models: BTreeMap<String, Cow<'static, [u8]>>,
}

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
        Self {
            texts: EMBEDDED.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect(),
            models: MODELS.iter().map(|(path, bytes)| ((*path).to_owned(), Cow::Borrowed(*bytes))).collect(),
        }
    }

    /// No files at all, to be filled with [`Files::insert`].
    pub fn empty() -> Self {
        Self { texts: BTreeMap::new(), models: BTreeMap::new() }
    }

    /// Put a file's text in its place.
    pub fn insert(&mut self, path: &str, text: &str) {
        self.texts.insert(path.to_owned(), text.to_owned());
    }

    /// Put a trained model's bytes in their place.
    pub fn insert_model(&mut self, path: &str, bytes: Vec<u8>) {
        self.models.insert(path.to_owned(), Cow::Owned(bytes));
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
                let path = entry.path();
                let fail = |error| FilesError { path: path.display().to_string(), error };
                if name.ends_with(".tsv") || name.ends_with(".toml") {
                    files.texts.insert(format!("{sub}/{name}"), fs::read_to_string(&path).map_err(fail)?);
                } else if name.ends_with(".model") {
                    files.models.insert(format!("{sub}/{name}"), Cow::Owned(fs::read(&path).map_err(fail)?));
                }
            }
        }
        Ok(files)
    }

    /// The text of a file; empty where there is none.
    pub fn get(&self, path: &str) -> &str {
        self.texts.get(path).map_or("", String::as_str)
    }

    /// The bytes of a trained model, where there is one.
    pub fn model(&self, path: &str) -> Option<&[u8]> {
        self.models.get(path).map(AsRef::as_ref)
    }

    /// All texts by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// A short hash of all files, which stands in every ledger: other knowledge, other answers.
    pub fn version(&self) -> String {
        let texts = self.texts.iter().map(|(path, text)| (path, text.as_bytes()));
        hash(texts.chain(self.models.iter().map(|(path, bytes)| (path, bytes.as_ref()))))
    }

    /// The same of the texts alone: what a model is trained with.
    pub fn texts_version(&self) -> String {
        hash(self.texts.iter().map(|(path, text)| (path, text.as_bytes())))
    }
}

fn hash<'f>(files: impl Iterator<Item = (&'f String, &'f [u8])>) -> String {
    let all: Vec<u8> = files.flat_map(|(path, bytes)| [path.as_bytes(), b"\0", bytes, b"\0"].concat()).collect();
    sha256_hex(&all).chars().take(12).collect()
}
