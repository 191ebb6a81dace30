//! How names are made comparable: articles off, blanks gone, and for names out of Arabic script, sounds for letters.
//!
//! One name is written Deir ez-Zor, Deir Ezzor, Dayr az Zawr, دير الزور and ديرالزور. A *words* key joins a name's folded
//! words without articles; a *sounds* key goes on to put letters that spellings vary into one class. The build script makes
//! the keys of all names with this very file, and the program those of a text.

use marsad_table::{Table, TableError};
use marsad_text::{WordKind, Words, is_arabic_letter};

/// The project's spelling table.
pub(crate) const SPELLING: &str = include_str!("../../../knowledge/gazetteer/spelling.tsv");

/// Letters that must be left of an Arabic word when its article is taken off.
const LEFT_AFTER_ARTICLE: usize = 2;
/// A Latin word shorter than this has no article run together with it.
const MERGED_LEAST: usize = 5;
/// Sounds a key must have: fewer fit half the words of English.
pub(crate) const SOUNDS_LEAST: usize = 3;
/// So many letters of a word may be read two ways; the rest are read the first way.
const EITHER_MOST: u32 = 3;

/// The classes of sound that an e may be in.
const EITHER: (&str, &str) = ("a", "i");

/// A words key of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WordKey {
    pub(crate) key: String,
    pub(crate) with_article: bool,
    pub(crate) without_article: bool,
}

/// What an article word says when it stands alone before a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Article {
    /// An article wherever it stands.
    Word,
    /// A word of English too.
    Weak,
}

/// What a letter, or letters, sound like.
#[derive(Debug, Clone)]
enum Sound {
    As(String),
    /// An e that may stand for a or i.
    Either,
}

/// The spelling table, read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spelling {
    prefix: String,
    articles: Vec<(String, Article)>,
    sun: Vec<char>,
    /// Longest first.
    sounds: Vec<(String, Sound)>,
    countries: Vec<String>,
}

impl Spelling {
    pub(crate) fn read(table: &str) -> Result<Self, TableError> {
        let table = Table::read("gazetteer/spelling.tsv", table, &["kind", "form", "value"])?;
        let mut spelling = Self::default();
        for row in table.rows() {
            let form = row.need("form")?.to_owned();
            match (row.need("kind")?, row.get("value")) {
                ("article", "prefix") => spelling.prefix = form,
                ("article", "word") => spelling.articles.push((form, Article::Word)),
                ("article", "weak") => spelling.articles.push((form, Article::Weak)),
                ("sun", _) => spelling.sun.extend(form.chars()),
                ("sound", "either") => spelling.sounds.push((form, Sound::Either)),
                ("sound", value) => spelling.sounds.push((form, Sound::As(value.to_owned()))),
                ("country", _) => spelling.countries.push(form),
                (kind, value) => return Err(row.error(format!("no rule `{kind}` with value `{value}` is known"))),
            }
        }
        spelling.sounds.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then(a.cmp(b)));
        Ok(spelling)
    }

    /// Are names of this country compared by sound?
    pub(crate) fn varies_in(&self, country: &str) -> bool {
        self.countries.iter().any(|c| c == country)
    }

    /// Is this folded word an article of names in Latin script?
    pub(crate) fn article(&self, folded: &str) -> Option<Article> {
        self.articles.iter().find(|(form, _)| form == folded).map(|&(_, article)| article)
    }

    /// An Arabic word without its article, where it has one and enough is left.
    pub(crate) fn without_prefix<'w>(&self, folded: &'w str) -> Option<&'w str> {
        folded.strip_prefix(self.prefix.as_str()).filter(|rest| rest.chars().count() >= LEFT_AFTER_ARTICLE)
    }

    /// What a Latin word without blanks between article and name may be besides: Alhasakah, Ezzor.
    fn without_merged<'w>(&self, folded: &'w str) -> Option<&'w str> {
        if folded.len() < MERGED_LEAST {
            return None;
        }
        let mut chars = folded.chars();
        let (first, second, third) = (chars.next()?, chars.next()?, chars.next()?);
        if matches!(first, 'a' | 'e' | 'i' | 'u') && second == third && self.sun.contains(&second) {
            return folded.get(2..);
        }
        None
    }

    /// The sounds of a folded Latin word, in each way it may be read; none where it has letters of another script.
    pub(crate) fn sounds_of(&self, folded: &str) -> Vec<String> {
        let mut ways = vec![String::new()];
        let mut either = 0;
        let mut rest = self.without_merged(folded).unwrap_or(folded);
        while let Some(c) = rest.chars().next() {
            let found = self.sounds.iter().find(|(form, _)| rest.starts_with(form.as_str()));
            match found {
                Some((_, Sound::As(value))) => add_all(&mut ways, value),
                Some((_, Sound::Either)) => {
                    either += 1;
                    let mut others = if either > EITHER_MOST { Vec::new() } else { ways.clone() };
                    add_all(&mut ways, EITHER.0);
                    add_all(&mut others, EITHER.1);
                    ways.extend(others);
                }
                None if c.is_ascii_digit() => add_all(&mut ways, c.encode_utf8(&mut [0; 4])),
                None => return Vec::new(),
            }
            rest = rest.get(found.map_or(1, |(form, _)| form.len())..).unwrap_or("");
        }
        for way in &mut ways {
            end(way);
        }
        ways.sort();
        ways.dedup();
        ways
    }

    /// The words keys of a name: without articles, and as written where that differs.
    #[allow(dead_code, reason = "asked by the build script and by lookups of whole names")]
    pub(crate) fn word_keys(&self, name: &str) -> Vec<WordKey> {
        let words = Words::of(name);
        let (mut bare, mut whole, mut off) = (String::new(), String::new(), false);
        let named = letters(&words);
        for (i, &(at, word)) in named.iter().enumerate() {
            whole.push_str(word);
            // An article is one only before something: the last word of a name is never.
            if i + 1 < named.len() && self.article(word).is_some() {
                off = true;
                continue;
            }
            // Folded, the first letters of ألمانيا look like an article's; as written they do not.
            let rest = self.without_prefix(word).filter(|_| words[at].span.of(name).starts_with(self.prefix.as_str()));
            off |= rest.is_some();
            bare.push_str(rest.unwrap_or(word));
        }
        let mut keys = vec![WordKey { key: bare, with_article: off, without_article: !off }];
        if off {
            // Run together, an article can't be told from the name.
            keys.push(WordKey { key: whole, with_article: true, without_article: true });
        }
        keys.retain(|key| !key.key.is_empty());
        keys
    }

    /// The sounds keys of a name in Latin script, long enough to tell places apart.
    #[allow(dead_code, reason = "asked by the build script and by lookups of whole names")]
    pub(crate) fn sound_keys(&self, name: &str) -> Vec<String> {
        if name.chars().any(is_arabic_letter) {
            return Vec::new();
        }
        let words = Words::of(name);
        let named = letters(&words);
        let is_article = |i: usize| i + 1 < named.len() && self.article(named[i].1).is_some();
        let joined = |with_articles: bool| {
            let taken = (0..named.len()).filter(|&i| with_articles || !is_article(i));
            taken.fold(vec![String::new()], |ways, i| {
                let sounds = self.sounds_of(named[i].1);
                ways.iter().flat_map(|way| sounds.iter().map(move |sound| format!("{way}{sound}"))).collect()
            })
        };
        let mut keys = joined(false);
        if (0..named.len()).any(is_article) {
            // With articles besides: Alhasakah, Deirezzor.
            keys.extend(joined(true));
        }
        keys.retain(|key| tells_apart(key));
        keys.sort();
        keys.dedup();
        keys
    }
}

/// The words of a name without marks, each with its position; what looks like a possessive is letters too: Ra's al-Ayn.
fn letters(words: &Words) -> Vec<(usize, &str)> {
    let named = (0..words.len()).filter(|&i| words[i].kind != WordKind::Mark);
    named.map(|i| (i, words.folded(i).trim_start_matches('\''))).collect()
}

/// Is a sounds key long enough, with consonants enough?
pub(crate) fn tells_apart(key: &str) -> bool {
    key.len() >= SOUNDS_LEAST && key.chars().filter(|c| !is_vowel(*c)).count() >= 2
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'i' | 'u')
}

fn add_all(ways: &mut [String], sounds: &str) {
    for way in ways {
        for sound in sounds.chars() {
            add(way, sound);
        }
    }
}

/// Add a sound. Doubled ones are one, and an a before i or u is part of it: Dayr, Deir; Zawr, Zor.
fn add(way: &mut String, sound: char) {
    if way.ends_with(sound) {
        return;
    }
    if matches!(sound, 'i' | 'u') && way.ends_with('a') {
        way.pop();
        if way.ends_with(sound) {
            return;
        }
    }
    way.push(sound);
}

/// What is written at a word's end and varies: Hasakah, Hasaka, Hassakeh.
fn end(way: &mut String) {
    if way.len() > 2 && way.ends_with('h') && way.chars().rev().nth(1).is_some_and(is_vowel) {
        way.pop();
    }
    if way.len() > 2 && way.ends_with('a') {
        way.pop();
    }
}
