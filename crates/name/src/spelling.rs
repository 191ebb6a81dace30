//! The table of spellings: letters to consonants and sounds, and the small words and letters that names have at will.

use crate::skeleton::Skeletons;
use marsad_table::{Row, Table, TableError};
use marsad_text::{fold, is_arabic_letter};
use rustc_hash::{FxHashMap, FxHashSet};

/// How an article stands before a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Article {
    /// An article wherever it stands.
    Always,
    /// Only where the word after it begins with its consonants: ash-Sham.
    Before,
}

/// What one writing does with names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Writing {
    /// Letters to sounds.
    sounds: FxHashMap<Box<str>, Box<str>>,
    finals: FxHashMap<Box<str>, Box<str>>,
    longest: usize,
    vowels: FxHashSet<char>,
    /// What Latin writing may give an Arabic letter.
    heard: FxHashMap<char, Vec<char>>,
    heard_last: FxHashMap<char, Vec<char>>,
    weak: FxHashSet<char>,
    near: FxHashSet<(char, char)>,
    articles: FxHashMap<Box<str>, Article>,
    /// Articles written together with the name.
    pub(crate) merged: Vec<String>,
    /// A word of a kunya and its usual spelling.
    pub(crate) kunya: FxHashMap<Box<str>, Box<str>>,
    /// Words for son or daughter.
    pub(crate) sons: FxHashSet<Box<str>>,
    /// Letters in which an article was swallowed, the longest first.
    joined: Vec<(String, String)>,
}

/// The table of spellings, read.
#[derive(Debug)]
pub struct Spelling {
    latin: Writing,
    arabic: Writing,
    skeletons: Skeletons,
}

/// Letters that are left of a word without the article written with it: fewer lose too much.
const LEFT_AFTER_ARTICLE: usize = 3;

impl Spelling {
    /// Read `world/spelling.tsv`.
    pub fn read(text: &str) -> Result<Self, TableError> {
        let table = Table::read("world/spelling.tsv", text, &["script", "kind", "form", "consonant", "sound", "basis"])?;
        let (mut latin, mut arabic, mut skeletons) = (Writing::default(), Writing::default(), Skeletons::default());
        for row in table.rows() {
            row.need("basis")?;
            let writing = match row.need("script")? {
                "latin" => &mut latin,
                "arabic" => &mut arabic,
                other => return Err(row.error(format!("`script` is `{other}`; it is `latin` or `arabic`"))),
            };
            let form = fold(row.need("form")?);
            match row.need("kind")? {
                "letters" | "vowel" | "weak" => skeletons.letters(&form, row.get("consonant")),
                "prefix" => skeletons.prefix(&form),
                _ => {}
            }
            writing.take(&row, form)?;
        }
        for writing in [&mut latin, &mut arabic] {
            writing.joined.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then(a.cmp(b)));
            writing.merged.sort_by_key(|m| std::cmp::Reverse(m.len()));
        }
        skeletons.sort();
        Ok(Self { latin, arabic, skeletons })
    }

    /// The coarse consonants of names.
    pub fn skeletons(&self) -> &Skeletons {
        &self.skeletons
    }

    /// The frame of one folded Latin word ([`crate::Key::frame`]).
    pub fn head(&self, folded: &str) -> String {
        let mut sounds = Vec::new();
        self.latin.sounds(folded, false, &mut sounds);
        self.latin.frame(&sounds)
    }

    pub(crate) fn writing(&self, arabic: bool) -> &Writing {
        if arabic { &self.arabic } else { &self.latin }
    }
}

fn one(row: &Row, column: &str) -> Result<char, TableError> {
    let mut chars = row.get(column).chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => Err(row.error(format!("`{column}` is one letter in a row of kind `near`"))),
    }
}

impl Writing {
    fn take(&mut self, row: &Row, form: String) -> Result<(), TableError> {
        let sound = row.get("sound");
        match row.need("kind")? {
            kind @ ("letters" | "vowel" | "weak") if row.get("script") == "arabic" => {
                let mut letters = form.chars();
                if let (Some(letter), None) = (letters.next(), letters.next()) {
                    if kind == "vowel" {
                        self.vowels.insert(letter);
                    } else if kind == "weak" {
                        self.weak.insert(letter);
                    }
                    self.heard.insert(letter, sound.chars().filter(|c| *c != '|').collect());
                    self.sounds.insert(form.clone().into(), form.into());
                    self.longest = self.longest.max(1);
                }
            }
            "final" if row.get("script") == "arabic" => {
                self.heard_last.extend(form.chars().next().map(|letter| (letter, sound.chars().filter(|c| *c != '|').collect())));
            }
            kind @ ("letters" | "vowel" | "weak") => {
                match kind {
                    "vowel" => self.vowels.extend(sound.chars()),
                    "weak" => self.weak.extend(sound.chars()),
                    _ => {}
                }
                self.longest = self.longest.max(form.chars().count());
                if !sound.is_empty() {
                    self.sounds.insert(form.into(), sound.into());
                }
            }
            "final" => {
                self.longest = self.longest.max(form.chars().count());
                self.finals.insert(form.into(), sound.into());
            }
            "near" => {
                let (a, b) = (one(row, "form")?, one(row, "sound")?);
                self.near.extend([(a, b), (b, a)]);
            }
            "prefix" => {}
            "article" => match row.need("sound")? {
                "always" => drop(self.articles.insert(form.into(), Article::Always)),
                "before" => drop(self.articles.insert(form.into(), Article::Before)),
                "merged" => self.merged.push(form),
                other => return Err(row.error(format!("an article is `always`, `before` or `merged`, not `{other}`"))),
            },
            "kunya" => drop(self.kunya.insert(form.into(), sound.into())),
            "son" => drop(self.sons.insert(form.into())),
            "joined" => self.joined.push((form, fold(sound))),
            other => return Err(row.error(format!("no rule of kind `{other}` is known"))),
        }
        Ok(())
    }

    /// Is the word an article before this next word?
    pub(crate) fn article(&self, word: &str, next: &str) -> bool {
        match self.articles.get(word) {
            Some(Article::Always) => true,
            Some(Article::Before) => {
                let consonants = word.char_indices().nth(1).and_then(|(at, _)| word.get(at..));
                consonants.is_some_and(|c| next.starts_with(c))
            }
            None => false,
        }
    }

    /// A word without the article written together with it, where enough is left.
    pub(crate) fn without_article<'w>(&self, word: &'w str) -> Option<&'w str> {
        let rest = self.merged.iter().find_map(|m| word.strip_prefix(m.as_str()))?;
        (rest.chars().count() >= LEFT_AFTER_ARTICLE).then_some(rest)
    }

    /// A word with the articles inside it taken out.
    pub(crate) fn parted(&self, word: &str) -> String {
        let joined = self.joined.iter().find(|(form, _)| word.contains(form.as_str()));
        joined.map_or_else(|| word.to_owned(), |(form, value)| word.replacen(form.as_str(), value, 1))
    }

    pub(crate) fn is_vowel(&self, sound: char) -> bool {
        self.vowels.contains(&sound)
    }

    pub(crate) fn is_near(&self, a: char, b: char) -> bool {
        self.near.contains(&(a, b))
    }

    /// May this Arabic letter, which may be the name's last, be written with that Latin sound?
    pub(crate) fn is_heard(&self, letter: char, sound: char, last: bool) -> bool {
        let heard = |of: &FxHashMap<char, Vec<char>>| of.get(&letter).is_some_and(|heard| heard.contains(&sound));
        heard(&self.heard) || last && heard(&self.heard_last)
    }

    /// May it be written with a sound near that one?
    pub(crate) fn hears_near(&self, letter: char, sound: char, latin: &Self) -> bool {
        !latin.is_vowel(sound) && self.heard.get(&letter).is_some_and(|heard| heard.iter().any(|&h| latin.is_near(h, sound)))
    }

    /// May this Arabic letter be written with a vowel?
    pub(crate) fn vowels_of(&self, arabic: &Self, letter: char) -> bool {
        arabic.heard.get(&letter).is_some_and(|heard| heard.iter().any(|&h| self.is_vowel(h)))
    }

    /// May this letter go unheard?
    pub(crate) fn is_weak(&self, letter: char) -> bool {
        self.weak.contains(&letter)
    }

    /// Sounds without vowels and what may go unheard.
    pub(crate) fn framing(&self, sounds: &[char]) -> impl Iterator<Item = char> {
        sounds.iter().copied().filter(|&s| !self.is_vowel(s) && !self.is_weak(s))
    }

    /// The same as one word.
    pub(crate) fn frame(&self, sounds: &[char]) -> String {
        self.framing(sounds).collect()
    }

    /// Is it a word that is read in another way once a name goes on after it: an article, a son, a father?
    pub(crate) fn is_moved(&self, word: &str) -> bool {
        self.articles.contains_key(word) || self.sons.contains(word) || self.kunya.contains_key(word)
    }

    /// Adds a folded word's sounds. A doubled sound is one. `whole`: weak letters at its end are sounds, too.
    pub(crate) fn sounds(&self, word: &str, whole: bool, out: &mut Vec<char>) {
        let chars: Vec<char> = word.chars().collect();
        let (mut at, mut form) = (0, String::new());
        while at < chars.len() {
            let mut step = 1;
            for length in (1..=self.longest.min(chars.len() - at)).rev() {
                form.clear();
                form.extend(&chars[at..at + length]);
                let at_end = at > 0 && at + length == chars.len() && !(whole && self.is_weak(chars[chars.len() - 1]));
                let last = if at_end { self.finals.get(form.as_str()) } else { None };
                if let Some(sounds) = last.or_else(|| self.sounds.get(form.as_str())) {
                    for sound in sounds.chars() {
                        // Arabic does not write a doubled consonant twice; where it does, it is two in another name.
                        if out.last() != Some(&sound) || !whole && is_arabic_letter(sound) && !self.is_vowel(sound) {
                            out.push(sound);
                        }
                    }
                    step = length;
                    break;
                }
            }
            at += step;
        }
    }
}
