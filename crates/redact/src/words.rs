//! What is known of names and words that decides how a name is looked for; read from `knowledge/`.

use crate::affixes::Affixes;
use marsad_knowledge::Files;
use marsad_table::{Table, TableError};
use marsad_text::{fold, is_apostrophe};
use std::collections::{BTreeMap, BTreeSet};

const SPELLING: &str = "world/spelling.tsv";
const FUNCTION_WORDS: &str = "world/function_words.tsv";
const REDACTION: &str = "world/redaction.tsv";
/// Tables of a language whose words a name must not be cut down to.
const VOCABULARY: [&str; 7] =
    ["people.tsv", "place_nouns.tsv", "things.tsv", "victims.tsv", "markers.tsv", "numbers.tsv", "organisations.tsv"];

/// Words and pieces of words.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// Pieces of a name that name nobody: articles, "son of", "father of".
    pub(crate) particles: BTreeSet<String>,
    /// Articles: a name stands without them, too.
    pub(crate) articles: Vec<String>,
    /// What is written together with a word.
    pub(crate) affixes: Affixes,
    /// What stands before a name and may be written together with it: "father of".
    before: BTreeSet<String>,
    /// Conjunctions, prepositions and the article as they stand before one another, each or none.
    clitics: BTreeSet<String>,
    /// Everyday words, folded, and as they are written.
    everyday: BTreeSet<String>,
    written: BTreeSet<String>,
    /// Other words of the languages, folded.
    vocabulary: BTreeSet<String>,
    /// Nouns for buildings and camps, folded.
    pub(crate) shelters: Vec<String>,
    /// Of these, nouns for where people live, shelter or are cared for, word by word.
    pub(crate) refuges: Vec<Vec<String>>,
}

/// Kinds of place nouns whose places are coarsened.
const SHELTERS: &[&str] = &["facility", "camp"];

impl Words {
    pub(crate) fn load(files: &Files) -> Result<Self, TableError> {
        let mut words = Self::default();
        for row in Table::read(SPELLING, files.get(SPELLING), &["script", "kind", "form"])?.rows() {
            let form = fold(row.get("form"));
            match row.get("kind") {
                "article" => {
                    words.articles.push(form.clone());
                    words.before.insert(form.clone());
                    words.particles.insert(form);
                }
                "son" | "kunya" => {
                    if row.get("kind") == "kunya" {
                        words.before.insert(form.clone());
                    }
                    words.particles.insert(form);
                }
                "prefix" => drop(words.clitics.insert(form)),
                _ => {}
            }
        }
        words.redaction(files)?;
        words.clitics(files)?;
        for row in Table::read(FUNCTION_WORDS, files.get(FUNCTION_WORDS), &["form"])?.rows() {
            words.everyday_word(row.get("form"));
        }
        for name in ["stop.tsv", "months.tsv", "weekdays.tsv"] {
            for (_, path, text) in files.of_languages(name) {
                Table::read(path, text, &["form"])?.rows().for_each(|row| words.everyday_word(row.get("form")));
            }
        }
        for name in VOCABULARY {
            for (_, path, text) in files.of_languages(name) {
                words.vocabulary.extend(Table::read(path, text, &["form"])?.rows().map(|row| fold(row.get("form"))));
            }
        }
        for (_, path, text) in files.of_languages("ordinary.tsv") {
            let rows = Table::read(path, text, &["form", "kind"])?;
            words.vocabulary.extend(rows.rows().filter(|row| row.get("kind") == "word").map(|row| fold(row.get("form"))));
        }
        for (_, path, text) in files.of_languages("place_nouns.tsv") {
            for row in Table::read(path, text, &["form", "kind"])?.rows() {
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
    fn clitics(&mut self, files: &Files) -> Result<(), TableError> {
        let mut of: [Vec<String>; 3] = Default::default();
        for (_, path, text) in files.of_languages("clitics.tsv") {
            for row in Table::read(path, text, &["kind", "form"])?.rows() {
                let form = fold(row.get("form"));
                match row.get("kind") {
                    "conjunction" => of[0].push(form),
                    "preposition" => of[1].push(form),
                    "article" | "fused" => of[2].push(form),
                    "enclitic" | "ending" => self.affixes.add_suffix(&form, SUFFIXED),
                    _ => {}
                }
            }
        }
        for forms in &mut of {
            forms.push(String::new());
        }
        for conjunction in &of[0] {
            for preposition in &of[1] {
                self.clitics.extend(of[2].iter().map(|article| format!("{conjunction}{preposition}{article}")));
            }
        }
        let before = self.before.iter().flat_map(|word| self.clitics.iter().map(move |clitic| format!("{clitic}{word}")));
        self.affixes.add_prefixes(self.clitics.iter().cloned().chain(before));
        self.affixes.add_prefixes(self.before.iter().cloned());
        Ok(())
    }

    /// What holding names back needs to know beyond how names are written.
    fn redaction(&mut self, files: &Files) -> Result<(), TableError> {
        for row in Table::read(REDACTION, files.get(REDACTION), &["kind", "form", "value"])?.rows() {
            let form = fold(row.get("form"));
            let letter = |text: &str| text.chars().next();
            match row.get("kind") {
                "ending" => {
                    let least = row.get("value").parse().map_err(|_| row.error("`value` of an ending is a number of letters"))?;
                    self.affixes.add_suffix(&form, least);
                }
                "before" => drop(self.before.insert(form)),
                "refuge" => {
                    self.refuges.push(form.split_whitespace().map(str::to_owned).collect());
                    self.shelters.push(form);
                }
                "alike" => match letter(row.get("form")).zip(letter(row.get("value"))) {
                    Some((letter, plain)) => self.affixes.add_alike(letter, plain),
                    None => return Err(row.error("a letter that looks like another needs both")),
                },
                other => return Err(row.error(format!("there is no `{other}`"))),
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

    /// What else a word of a name, as it is written, may be without what is written together with it: the `first` word of a name
    /// may have a conjunction or preposition before it, «أبو كرم» may be one word, and any word may have an ending. What is an
    /// everyday word once folded comes with its spelling.
    pub(crate) fn stripped(&self, part: &str, first: bool) -> BTreeMap<String, Option<String>> {
        let chars: Vec<char> = part.chars().collect();
        let whole: String = fold(part).chars().filter(|c| c.is_alphanumeric()).map(|c| self.affixes.plain(c)).collect();
        // An apostrophe or the accusative's mark says that an ending is on.
        let marked = part.chars().any(|c| is_apostrophe(c) || c == TANWIN);
        let mut out: BTreeSet<String> =
            self.affixes.without_suffix(&whole, if marked { LEAST } else { SUFFIXED }).into_iter().map(str::to_owned).collect();
        for word in out.iter().cloned().chain([whole.clone()]).collect::<Vec<_>>() {
            let rests = self.affixes.without_prefix(&word).into_iter();
            let able = rests.filter(|rest| first || word.strip_suffix(rest).is_some_and(|before| self.before.contains(before)));
            out.extend(able.map(str::to_owned));
        }
        out.remove(&whole);
        out.retain(|word| word.chars().count() >= LEAST && !self.vocabulary.contains(word));
        let spelt = |word: &String| {
            let spelt = self.affixes.spelt(&chars);
            let skipped = spelt.chars().count().checked_sub(word.chars().count())?;
            Some(spelt.chars().skip(skipped).collect::<String>()).filter(|s| whole.ends_with(word) && !self.is_written(s))
        };
        let needle = |word: String| {
            if !self.is_everyday(&word) {
                return Some((word, None));
            }
            spelt(&word).map(|spelt| (word, Some(spelt)))
        };
        out.into_iter().filter_map(needle).collect()
    }

    /// What a word of a text may be without what is written together with it, folded.
    pub(crate) fn plain_forms(&self, word: &str) -> BTreeSet<String> {
        let whole = fold(word);
        let ends = self.affixes.without_suffix(&whole, LEAST);
        let mut forms: BTreeSet<String> = ends.into_iter().chain([whole.as_str()]).map(str::to_owned).collect();
        for form in forms.clone() {
            forms.extend(self.affixes.without_prefix(&form).into_iter().map(str::to_owned));
        }
        forms
    }

    /// Is this folded word that noun, with its article or without?
    pub(crate) fn is_bare(&self, folded: &str, noun: &str) -> bool {
        folded == noun || self.bare(folded) == Some(noun)
    }

    /// May this word after an Arabic noun be the name of what the noun stands for?
    pub(crate) fn is_named_after(&self, word: &str) -> bool {
        self.bare(&fold(word)).is_some()
    }

    /// May this word before an English noun be a part of such a name?
    pub(crate) fn is_capital_name(&self, word: &str) -> bool {
        let folded = fold(word);
        word.chars().next().is_some_and(char::is_uppercase) && (self.particles.contains(&folded) || !self.everyday.contains(&folded))
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
/// Letters that must be left of a name without an ending of which nothing else tells.
const SUFFIXED: usize = 4;
/// The mark of the accusative.
const TANWIN: char = '\u{64b}';
