//! Names of actors in a spelling that knowledge does not list: "Jabhat Fath ash-Shaam".
//!
//! Only long names of several words are taken, only where their consonants are those of names of one single actor, and only
//! where the letters say so, too: a wrong id costs more than none. Such a name is one of the listed one from then on, and
//! the mention says on what that rests.

use crate::passage::Passage;
use marsad_knowledge::{Actors, Entry, Flavour, LanguageKnowledge};
use marsad_model::{Language, Span};
use marsad_name::{Key, Names};
use marsad_text::{Case, Form, Hit, WordKind, Words};
use rustc_hash::{FxHashMap, FxHashSet};

/// Consonants of a name that can be told by them.
const CONSONANTS: usize = 6;
/// Words of such a name, articles left out.
const WORDS: usize = 2;
/// No name of an actor that is looked for has more words.
const MOST: usize = 8;

/// The actors' names of both languages by their consonants.
#[derive(Debug)]
pub(crate) struct Spellings {
    names: Names,
    arabic: Listed,
    english: Listed,
}

#[derive(Debug, Default)]
struct Listed {
    /// What a first word may be.
    heads: FxHashSet<String>,
    /// Names by frame, as indices into the actors' names.
    frames: FxHashMap<String, Vec<u32>>,
    /// What a frame may begin with: where the words so far begin none, no name is looked for.
    beginnings: FxHashSet<String>,
}

/// A name that is spelled like one that knowledge lists.
#[derive(Debug, Clone)]
pub(crate) struct Spelt {
    pub(crate) span: Span,
    /// The index of that name.
    pub(crate) name: u32,
}

impl Spellings {
    pub(crate) fn new(names: Names, actors: &Actors) -> Self {
        let mut spellings = Self { names, arabic: Listed::default(), english: Listed::default() };
        for (index, name) in actors.names.iter().enumerate() {
            if !matches!(name.flavour, Flavour::Neutral | Flavour::Own | Flavour::Pejorative) {
                continue;
            }
            let words = Words::of(&name.name);
            let letters: Vec<usize> = (0..words.len()).filter(|&i| words[i].kind == WordKind::Letters).collect();
            let (Some(&first), true) = (letters.first(), letters.len() >= WORDS) else { continue };
            let Some(key) = spellings.names.key(&name.name) else { continue };
            let frame = key.frame(spellings.names.spelling());
            if frame.chars().count() < CONSONANTS {
                continue;
            }
            let head = spellings.head(words.folded(first), key.is_arabic());
            let listed = if key.is_arabic() { &mut spellings.arabic } else { &mut spellings.english };
            listed.heads.insert(head);
            listed.beginnings.extend(frame.char_indices().filter_map(|(at, _)| frame.get(..at)).map(str::to_owned));
            listed.beginnings.insert(frame.clone());
            listed.frames.entry(frame).or_default().push(index as u32);
        }
        spellings
    }

    /// An Arabic name begins with a word that all spell the same; a Latin one may not.
    fn head(&self, folded: &str, arabic: bool) -> String {
        if arabic { folded.to_owned() } else { self.names.spelling().head(folded) }
    }

    /// A name's key and its frame, by which it is looked for.
    pub(crate) fn key(&self, name: &str) -> Option<(Key, String)> {
        let key = self.names.key(name)?;
        let frame = key.frame(self.names.spelling());
        Some((key, frame))
    }

    /// Are the two one name?
    pub(crate) fn same(&self, a: &Key, b: &Key) -> bool {
        self.names.alike(a, b).is_same()
    }

    /// Adds to the hits of a text those names that are spelled like a listed one, in place of shorter hits inside them.
    pub(crate) fn find<'k>(&self, passage: &Passage<'k, '_>, hits: &mut Vec<Hit<'k, Entry>>) -> Vec<Spelt> {
        let (mut found, mut i) = (Vec::new(), 0);
        while i < passage.words.len() {
            match self.at(passage, i, hits) {
                Some((hit, name)) => {
                    found.push(Spelt { span: hit.span, name });
                    let from = hits.partition_point(|h| h.first < hit.first);
                    let to = hits.partition_point(|h| h.first <= hit.last);
                    i = hit.last + 1;
                    hits.splice(from..to, [hit]);
                }
                None => i += 1,
            }
        }
        found
    }

    fn at<'k>(&self, passage: &Passage<'k, '_>, i: usize, hits: &[Hit<'k, Entry>]) -> Option<(Hit<'k, Entry>, u32)> {
        let arabic = passage.language.language == Language::Arabic;
        let words = &passage.words;
        let capital = |w: usize| matches!(words[w].case, Case::Title | Case::Upper);
        if words[i].kind != WordKind::Letters || !arabic && !capital(i) {
            return None;
        }
        let (listed, folded) = (if arabic { &self.arabic } else { &self.english }, words.folded(i));
        let is_head = if arabic { listed.heads.contains(folded) } else { listed.heads.contains(&self.head(folded, false)) };
        if !is_head {
            return None;
        }
        let taken = hits.get(hits.partition_point(|h| h.last < i)).filter(|h| h.first <= i);
        if taken.is_some_and(|h| h.first < i) {
            return None;
        }
        let open = |j: usize| {
            taken.is_none_or(|h| h.last < j)
                && !hits[hits.partition_point(|h| h.last < j)..].first().is_some_and(|h| h.first <= j && h.last > j)
        };
        let ends = self.ends(passage, listed, i);
        ends.into_iter().rev().filter(|&j| open(j)).find_map(|j| self.name(passage, listed, i, j))
    }

    /// The words with which a name that begins at the i-th may end, as far as its frame tells.
    fn ends(&self, passage: &Passage, listed: &Listed, i: usize) -> Vec<usize> {
        let (words, arabic) = (&passage.words, passage.language.language == Language::Arabic);
        let capital = |w: usize| matches!(words[w].case, Case::Title | Case::Upper);
        let on = (i + 1..words.len().min(i + MOST * 2)).take_while(|&j| joins(passage, j));
        let named: Vec<usize> = std::iter::once(i).chain(on).filter(|&j| words[j].kind == WordKind::Letters).collect();
        let (mut ends, mut at) = (Vec::new(), 0);
        let written = named.iter().map(|&j| (words.folded(j), words[j].span.of(passage.text)));
        self.names.frames(arabic, written, |frame, settled| {
            let j = named[at];
            at += 1;
            if j > i && (arabic || capital(j)) && listed.frames.contains_key(frame) {
                ends.push(j);
            }
            !settled || listed.beginnings.contains(frame)
        });
        ends
    }

    /// The one actor's name that these words are spelled like.
    fn name<'k>(&self, passage: &Passage<'k, '_>, listed: &Listed, i: usize, j: usize) -> Option<(Hit<'k, Entry>, u32)> {
        let span = passage.words[i].span.to(passage.words[j].span);
        let key = self.names.key(span.of(passage.text))?;
        let candidates = listed.frames.get(&key.frame(self.names.spelling()))?;
        let actors = &passage.knowledge.actors;
        let alike = |index: &u32| {
            let name = actors.names.get(*index as usize).filter(|n| n.holds_on(passage.day))?;
            let likeness = self.names.alike(&key, &self.names.key(&name.name)?);
            likeness.is_same().then_some((likeness.score, *index, name.actor))
        };
        let alike: Vec<(u16, u32, u32)> = candidates.iter().filter_map(alike).collect();
        let &(_, first, actor) = alike.iter().max_by_key(|a| (a.0, std::cmp::Reverse(a.1)))?;
        if alike.iter().any(|other| other.2 != actor) {
            return None;
        }
        let values = listed_values(passage.language, &actors.names[first as usize].name)?;
        let core = passage.words.folded(i).into();
        let form = Form { core, before: 0, article: false, preposition: None, conjunction: false, after: 0 };
        Some((Hit { first: i, last: j, form, span, values }, first))
    }
}

/// What the lexicon has for a listed name, where it is nothing but the name.
fn listed_values<'k>(language: &'k LanguageKnowledge, name: &str) -> Option<&'k [Entry]> {
    let values = language.lexicon.get(name);
    (!values.is_empty() && values.iter().all(|v| matches!(v, Entry::ActorName(_)))).then_some(values)
}

/// May a name go on over this word? Over letters and hyphens of the same line, not over other marks.
fn joins(passage: &Passage, j: usize) -> bool {
    let word = passage.words[j];
    !word.newline_before
        && (word.kind == WordKind::Letters || word.kind == WordKind::Mark && !word.space_before && passage.words.folded(j) == "-")
}

impl Spelt {
    /// On what the id rests.
    pub(crate) fn because(&self, actors: &Actors) -> String {
        format!("spelled like “{}”", actors.names[self.name as usize].name)
    }
}
