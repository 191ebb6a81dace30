//! The files of the knowledge folder.

use marsad_model::sha256_hex;
use std::collections::{BTreeMap, BTreeSet};
use std::{borrow::Cow, fs, path::Path};

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
        for sub in folders(folder)? {
            let at = folder.join(&sub);
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

    /// The languages that have a folder, by their codes.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        let folders: BTreeSet<&str> = self.texts.keys().filter_map(|path| path.split_once('/')).map(|(folder, _)| folder).collect();
        folders.into_iter().filter(|folder| is_language(folder))
    }

    /// The table of this name of each language that has one: the language, its path and its text.
    pub fn of_languages<'f>(&'f self, name: &str) -> Vec<(&'f str, &'f str, &'f str)> {
        let table = |language: &'f str| {
            let (path, text) = self.texts.get_key_value(&format!("{language}/{name}"))?;
            Some((language, path.as_str(), text.as_str()))
        };
        self.languages().filter_map(table).collect()
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

/// The folder of what holds in all languages.
const WORLD: &str = "world";

/// Has this folder the name of a language: its ISO 639 code?
fn is_language(folder: &str) -> bool {
    (2..=3).contains(&folder.len()) && folder.bytes().all(|b| b.is_ascii_lowercase())
}

/// The folders of a knowledge folder whose files are read, in order.
fn folders(folder: &Path) -> Result<BTreeSet<String>, FilesError> {
    let fail = |error| FilesError { path: folder.display().to_string(), error };
    if !folder.is_dir() {
        return Ok(BTreeSet::new());
    }
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && (name == WORLD || is_language(&name)) {
            found.insert(name);
        }
    }
    Ok(found)
}

fn hash<'f>(files: impl Iterator<Item = (&'f String, &'f [u8])>) -> String {
    let all: Vec<u8> = files.flat_map(|(path, bytes)| [path.as_bytes(), b"\0", bytes, b"\0"].concat()).collect();
    sha256_hex(&all).chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_language_is_a_new_folder() {
        let embedded = Files::embedded();
        assert_eq!(embedded.languages().collect::<Vec<_>>(), ["ar", "en"]);
        let own = tempfile::tempdir().unwrap();
        for (folder, name) in [("fa", "months.tsv"), ("world", "more.tsv"), ("gazetteer", "own.tsv"), ("Notes", "months.tsv")] {
            fs::create_dir(own.path().join(folder)).unwrap();
            fs::write(own.path().join(folder).join(name), "form\nx\n").unwrap();
        }
        let files = Files::with_folder(own.path()).unwrap();
        assert_eq!(files.languages().collect::<Vec<_>>(), ["ar", "en", "fa"]);
        let months: Vec<&str> = files.of_languages("months.tsv").into_iter().map(|(language, ..)| language).collect();
        assert_eq!(months, ["ar", "en", "fa"]);
        assert_eq!(files.of_languages("walls.tsv").len(), embedded.of_languages("walls.tsv").len(), "what a language lacks is passed over");
        assert_eq!((files.get("world/more.tsv"), files.get("gazetteer/own.tsv")), ("form\nx\n", ""));
        assert!(Files::with_folder(&own.path().join("none")).is_ok());
    }
}
