//! The language of a text: by its script, then by letters and small words that one language has and another has not.

use crate::cues::folded_words;
use marsad_knowledge::Files;
use marsad_model::Language;
use marsad_table::{Table, TableError};
use marsad_text::{Script, script_of};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Tells languages apart.
#[derive(Debug)]
pub(crate) struct Languages {
    /// Folded small words and the languages that use them.
    small: FxHashMap<String, Vec<String>>,
}

const PATH: &str = "world/function_words.tsv";
/// So many words decide; more cost time and change nothing.
const ENOUGH: usize = 600;
/// Fewer letters than a short sentence has are a name.
const LEAST_LETTERS: usize = 24;

impl Languages {
    pub(crate) fn load(files: &Files) -> Result<Self, TableError> {
        let mut small: FxHashMap<String, Vec<String>> = FxHashMap::default();
        for row in Table::read(PATH, files.get(PATH), &["language", "form", "basis"])?.rows() {
            row.need("basis")?;
            let language = row.need("language")?.to_owned();
            let form = row.need("form")?;
            let [word] = &folded_words(form)[..] else { return Err(row.error(format!("`{form}` is not one word"))) };
            if word.chars().count() < 2 {
                return Err(row.error(format!("`{form}` is one letter, which may stand in any language")));
            }
            small.entry(word.clone()).or_default().push(language);
        }
        Ok(Self { small })
    }

    /// The language that was given where it is one that can be read here and fits the script, else what the text says.
    pub(crate) fn of(&self, given: Option<&str>, page: Option<&str>, title: Option<&str>, text: &str) -> (Language, String) {
        let whole = match title.and_then(|title| in_script_of(title, text)) {
            Some(same) => same,
            None => format!("{}\n{text}", title.unwrap_or("")),
        };
        let spoken = without_addresses(&whole);
        let text = spoken.as_str();
        let script = script_of(text);
        if let Some(code) = given.and_then(code_of) {
            let language = language_of(code);
            let fits = match language {
                Language::Arabic => script == Script::Arabic,
                Language::English => script == Script::Latin,
                Language::Other => true,
            };
            // Where a text has no letters at all, the sender's word is all there is.
            if fits || script == Script::Other && !text.chars().any(char::is_alphabetic) {
                return (language, format!("language: given as `{code}`"));
            }
        }
        let (language, why) = match script {
            Script::Arabic => match Letters::of(text) {
                letters if letters.surely_foreign() => (Some(Language::Other), FOREIGN.to_owned()),
                letters => match self.of_words(text, "ar") {
                    (None, _) if letters.hardly_arabic() => (Some(Language::Other), FOREIGN.to_owned()),
                    told => told,
                },
            },
            Script::Latin => self.of_words(text, "en"),
            Script::Other => (None, "neither Arabic nor Latin letters prevail".to_owned()),
        };
        match (language, page.and_then(code_of)) {
            (Some(language), _) => (language, format!("language: {why}")),
            (None, Some(code)) => (language_of(code), format!("language: the page says `{code}`")),
            (None, None) => (if script == Script::Other { Language::Other } else { default_of(script, text) }, format!("language: {why}")),
        }
    }

    /// Which language has most of its small words here; `None` where none has any.
    fn of_words(&self, text: &str, own: &str) -> (Option<Language>, String) {
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for word in folded_words(text).iter().take(ENOUGH) {
            for language in self.small.get(word).into_iter().flatten() {
                *count.entry(language).or_default() += 1;
            }
        }
        let mine = count.get(own).copied().unwrap_or(0);
        match count.iter().max_by_key(|(_, n)| **n) {
            // One word of another language may be a name.
            Some((_, &n)) if mine == 0 && n < 2 => (None, "hardly any small word".to_owned()),
            Some((code, &n)) if n > mine + 1 => (Some(language_of(code)), format!("small words of `{code}` prevail")),
            Some(_) => (Some(language_of(own)), format!("small words of `{own}` prevail")),
            None => (None, "no small words at all".to_owned()),
        }
    }
}

/// Headlines may hold no small word. Latin letters with accents are hardly English.
fn default_of(script: Script, text: &str) -> Language {
    match script {
        Script::Arabic => Language::Arabic,
        Script::Latin if text.chars().filter(|c| c.is_alphabetic()).all(|c| c.is_ascii()) => Language::English,
        _ => Language::Other,
    }
}

fn language_of(code: &str) -> Language {
    match code {
        "ar" | "ara" | "arb" => Language::Arabic,
        "en" | "eng" => Language::English,
        _ => Language::Other,
    }
}

/// The primary part of a language tag (`ar-SY`, `en_US`); `und` says nothing.
fn code_of(tag: &str) -> Option<&str> {
    let code = tag.trim().split(['-', '_']).next()?;
    let known = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase()) && code != "und";
    known.then_some(code)
}

/// Title and lines of one script, where a text is Latin for the most part but its title is not: the report is what goes
/// with the title, and the rest is what a network prints around posts of any script. `None` where the title stands alone.
fn in_script_of(title: &str, text: &str) -> Option<String> {
    let script = script_of(&without_addresses(title));
    if matches!(script, Script::Other | Script::Latin) || script_of(&without_addresses(text)) == script {
        return None;
    }
    let lines: Vec<&str> = text.lines().filter(|line| script_of(line) == script).collect();
    let letters = lines.iter().flat_map(|line| line.chars()).filter(|c| c.is_alphabetic()).count();
    (letters >= LEAST_LETTERS).then(|| format!("{title}\n{}", lines.join("\n")))
}

/// Addresses, account names and tags are Latin in posts of any language.
fn without_addresses(text: &str) -> String {
    let is_word = |w: &&str| !w.contains("://") && !w.starts_with(['@', '#']) && !w.starts_with("www.");
    let spoken: Vec<&str> = text.split_whitespace().filter(is_word).collect();
    if spoken.iter().any(|w| w.contains(char::is_alphabetic)) { spoken.join(" ") } else { text.to_owned() }
}

const FOREIGN: &str = "letters that Arabic does not have";

/// Letters of an Arabic-script text that tell its language.
#[derive(Debug, Default)]
struct Letters {
    all: usize,
    /// Letters of Persian, Urdu, Kurdish or Pashto. Arabic texts have a few, in foreign names.
    strange: usize,
    /// Letters that stand in other keyboards where Arabic ones should.
    keyboard: usize,
    /// The Arabic letters in their place, and those that only Arabic has.
    native: usize,
}

impl Letters {
    fn of(text: &str) -> Self {
        let mut letters = Self::default();
        for c in text.chars().filter(|c| ('\u{0620}'..='\u{06FF}').contains(c) && c.is_alphabetic()) {
            letters.all += 1;
            match c {
                'پ' | 'چ' | 'ژ' | 'گ' | 'ٹ' | 'ڈ' | 'ڑ' | 'ں' | 'ے' | 'ہ' | 'ھ' | 'ۆ' | 'ێ' | 'ە' | 'ڕ' | 'ڵ' | 'ڤ' | 'ې' | 'ښ' | 'ځ'
                | 'څ' | 'ړ' | 'ټ' | 'ډ' => letters.strange += 1,
                'ک' | 'ی' => letters.keyboard += 1,
                'ك' | 'ي' | 'ى' | 'ة' => letters.native += 1,
                _ => {}
            }
        }
        letters
    }

    fn surely_foreign(&self) -> bool {
        self.strange > 1 && self.strange * 50 > self.all && self.strange + self.keyboard > self.native
    }

    fn hardly_arabic(&self) -> bool {
        self.strange > 0 && self.keyboard >= self.native || self.keyboard > 2 && self.native == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_headlines_and_sentences() {
        let languages = Languages::load(&Files::embedded()).unwrap();
        for (given, text, expected) in [
            (None, "هطل الثلج على القرى في الشمال", Language::Arabic),
            (None, "ثلج كثيف", Language::Arabic),
            (None, "The snow lay on the hills", Language::English),
            (None, "Snow hits Valleytown", Language::English),
            (None, "برف سنگین در کابل بارید", Language::Other),
            (None, "شہر میں برف باری ہوئی ہے", Language::Other),
            (None, "بەفرێکی زۆر لە شار باری", Language::Other),
            (None, "La neige est tombée sur les collines", Language::Other),
            (None, "Der Schnee liegt auf den Hügeln", Language::Other),
            (None, "Снег на холмах", Language::Other),
            (None, "", Language::Other),
            (None, "RT @hillpost: ثلج #SnowValley https://t.example/a1b2c3d4e5f6", Language::Arabic),
            (None, "Snow in Valleytown la Ville", Language::English),
            (Some("en-GB"), "Snow Valley", Language::English),
            (Some("fr"), "Snow on the hills", Language::Other),
            (Some("en"), "هطل الثلج على القرى", Language::Arabic),
            (Some("Arabic"), "هطل الثلج على القرى", Language::Arabic),
            (None, "وصل وفد من شركة گاز إلى المدينة التي في الشمال", Language::Arabic),
        ] {
            assert_eq!(languages.of(given, None, None, text).0, expected, "{text}");
        }
    }

    #[test]
    fn the_title_tells_what_is_report_between_a_networks_own_words() {
        let languages = Languages::load(&Files::embedded()).unwrap();
        let around = "Copy the address of this post\nShow it elsewhere\nThis takes longer than it should. Please come back later.";
        let arabic = "هطل الثلج على القرى في الشمال";
        for (title, text, expected) in [
            (Some(arabic), format!("{arabic}\n{around}"), Language::Arabic),
            (Some(arabic), around.to_owned(), Language::English),
            (Some("Snow in the valley"), format!("{around}\n{arabic}"), Language::English),
            (Some("Hill Post"), format!("{arabic}\n{arabic}\n{arabic}\n{arabic}\n{arabic}\n{around}"), Language::Arabic),
            (None, format!("{arabic}\n{around}"), Language::English),
        ] {
            assert_eq!(languages.of(None, None, title, &text).0, expected, "{title:?} {text}");
        }
    }
}
