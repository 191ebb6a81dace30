//! What is known of names and words that decides how a name is looked for; read from `knowledge/`.

use crate::RedactError;
use marsad_knowledge::Files;
use marsad_table::Table;
use marsad_text::fold;
use std::collections::BTreeSet;

const LANGUAGES: [&str; 2] = ["ar", "en"];
const SPELLING: &str = "world/spelling.tsv";
const FUNCTION_WORDS: &str = "world/function_words.tsv";

/// Words and pieces of words.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// Pieces of a name that name nobody: articles, "son of", "father of".
    pub(crate) particles: BTreeSet<String>,
    /// Articles: a name stands without them, too.
    pub(crate) articles: Vec<String>,
    /// What is written together with the beginning of a word.
    pub(crate) prefixes: BTreeSet<String>,
    /// What is written together with the end of a word.
    pub(crate) suffixes: BTreeSet<String>,
    /// Everyday words, folded, and as they are written.
    everyday: BTreeSet<String>,
    written: BTreeSet<String>,
    /// Nouns for buildings and camps, folded.
    pub(crate) shelters: Vec<String>,
}

/// Kinds of place nouns whose places are coarsened.
const SHELTERS: &[&str] = &["facility", "camp"];

impl Words {
    pub(crate) fn load(files: &Files) -> Result<Self, RedactError> {
        let mut words = Self::default();
        for row in Table::read(SPELLING, files.get(SPELLING), &["script", "kind", "form"])?.rows() {
            let form = fold(row.get("form"));
            match row.get("kind") {
                "article" => {
                    words.articles.push(form.clone());
                    words.prefixes.insert(form.clone());
                    words.particles.insert(form);
                }
                "son" | "kunya" => drop(words.particles.insert(form)),
                "prefix" => drop(words.prefixes.insert(form)),
                _ => {}
            }
        }
        words.clitics(files)?;
        for row in Table::read(FUNCTION_WORDS, files.get(FUNCTION_WORDS), &["form"])?.rows() {
            words.everyday_word(row.get("form"));
        }
        for language in LANGUAGES {
            for name in ["stop.tsv", "months.tsv", "weekdays.tsv"] {
                let path = format!("{language}/{name}");
                for row in Table::read(&path, files.get(&path), &["form"])?.rows() {
                    words.everyday_word(row.get("form"));
                }
            }
            let path = format!("{language}/place_nouns.tsv");
            for row in Table::read(&path, files.get(&path), &["form", "kind"])?.rows() {
                if SHELTERS.contains(&row.get("kind")) {
                    words.shelters.push(fold(row.get("form")));
                    words.shelters.extend(row.list("plural").map(fold));
                }
            }
        }
        words.articles.sort_by_key(|a| std::cmp::Reverse(a.len()));
        Ok(words)
    }

    /// A conjunction, a preposition and an article may stand before a word, each or none.
    fn clitics(&mut self, files: &Files) -> Result<(), RedactError> {
        let path = "ar/clitics.tsv";
        let mut of: [Vec<String>; 3] = Default::default();
        for row in Table::read(path, files.get(path), &["kind", "form"])?.rows() {
            let form = fold(row.get("form"));
            match row.get("kind") {
                "conjunction" => of[0].push(form),
                "preposition" => of[1].push(form),
                "article" | "fused" => of[2].push(form),
                "enclitic" | "ending" => drop(self.suffixes.insert(form)),
                _ => {}
            }
        }
        for forms in &mut of {
            forms.push(String::new());
        }
        for conjunction in &of[0] {
            for preposition in &of[1] {
                for article in &of[2] {
                    self.prefixes.insert(format!("{conjunction}{preposition}{article}"));
                }
            }
        }
        Ok(())
    }

    fn everyday_word(&mut self, form: &str) {
        self.everyday.insert(fold(form));
        self.written.insert(form.to_owned());
    }

    pub(crate) fn is_everyday(&self, folded: &str) -> bool {
        self.everyday.contains(folded)
    }

    /// Is an everyday word written just so?
    pub(crate) fn is_written(&self, form: &str) -> bool {
        self.written.contains(form)
    }

    /// A folded word without its article, where enough is left to be a name.
    pub(crate) fn bare<'w>(&self, folded: &'w str) -> Option<&'w str> {
        self.articles.iter().find_map(|a| folded.strip_prefix(a.as_str())).filter(|rest| rest.chars().count() >= LEAST)
    }

    /// Is this nothing but such a noun, with its article or without?
    pub(crate) fn is_noun(&self, name: &str) -> bool {
        let folded = fold(name.trim());
        self.shelters.iter().any(|s| *s == folded || self.bare(&folded) == Some(s.as_str()))
    }

    /// Is this the name of a building or camp, by one of its words?
    pub(crate) fn is_shelter(&self, name: &str) -> bool {
        let folded = fold(name);
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
        let is = |word: &&str| self.shelters.iter().any(|s| s == word || self.bare(word) == Some(s.as_str()));
        words.iter().any(is) || self.shelters.iter().filter(|s| s.contains(' ')).any(|s| folded.contains(s.as_str()))
    }
}

/// Letters that a word must have to be looked for alone.
pub(crate) const LEAST: usize = 3;
