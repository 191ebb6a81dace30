//! A report's signature: its sentences, each with the anchors that stand in it.
//!
//! An anchor is what a translation keeps: ids of actors and places, kinds of events and means, numbers, days, words left
//! in Latin letters, and the consonant skeletons of names that knowledge lacks. Arabic has no capitals, so there any
//! word *may* be a name: such an anchor helps a pair that has it on the other side, and costs nothing where it has none.

use crate::corpus::{Entry, Wording};
use crate::dictionary::Dictionary;
use crate::hash;
use crate::rules::Translations;
use crate::{Mentioned, World};
use marsad_model::{MentionKind, Span};
use marsad_name::Skeletons;
use marsad_text::{Case, Script, WordKind, is_arabic_letter, script_of, sentences};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::RefCell;

/// Something in a sentence that its translation must have in some form; any of the keys will do.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Anchor {
    pub(crate) keys: Vec<(u64, f64)>,
}

impl Anchor {
    pub(crate) fn weight(&self) -> f64 {
        self.keys.iter().map(|k| k.1).fold(0.0, f64::max)
    }
}

/// A sentence with its anchors.
#[derive(Debug, Clone)]
pub(crate) struct Anchored {
    pub(crate) span: Span,
    pub(crate) chars: usize,
    pub(crate) sure: Vec<Anchor>,
    /// Every key that the sentence answers to, sorted: those of the sure anchors, and what may be one.
    pub(crate) keys: Vec<u64>,
    /// Keys that need no script: ids, numbers, kinds.
    pub(crate) free: Vec<(u64, f64)>,
    /// Everyday words by their place among them, with the pairs of the dictionary that each is one half of.
    pub(crate) words: Vec<(u16, u32)>,
    /// All these pairs, sorted.
    pub(crate) pairs: Vec<u32>,
}

/// A text's sentences.
#[derive(Debug)]
pub(crate) struct Signature {
    pub(crate) sentences: Vec<Anchored>,
    /// Every key that some sentence answers to, sorted.
    pub(crate) keys: Vec<u64>,
    /// Every pair of the dictionary that some word is one half of, sorted.
    pairs: Vec<u32>,
}

/// Longer texts are compared by their first sentences only.
const MOST_SENTENCES: usize = 150;

/// What two accounts of one happening share anyway: its places, parties, kind and day.
fn key(kind: &str, value: &str) -> u64 {
    hash::join(hash::of_bytes(kind.as_bytes()), hash::of_bytes(value.as_bytes())) & !1
}

/// What only one telling has: a large number, a name that knowledge lacks, a word carried over. The lowest bit says so.
fn detail(kind: &str, value: &str) -> u64 {
    key(kind, value) | 1
}

/// Is this the key of a detail?
pub(crate) fn is_detail(key: u64) -> bool {
    key & 1 == 1
}

impl Signature {
    pub(crate) fn of(entry: &Entry<'_>, script: Script, world: &dyn World, rules: &Translations, sounds: &Sounds<'_>) -> Self {
        let text = &entry.analysed.report.text;
        let wording = entry.wording();
        let maker = Maker { entry: &wording, world, rules, sounds, arabic: script == Script::Arabic };
        let cut = sentences(text, &wording.words, &FxHashSet::default());
        let mut sentences: Vec<Anchored> = cut.iter().take(MOST_SENTENCES).map(|s| maker.sentence(s.span, s.words.clone())).collect();
        // A title that the text repeats tells nothing twice.
        let mut seen = FxHashSet::default();
        sentences.retain(|s| s.sure.is_empty() || seen.insert(marsad_text::fold(s.span.of(text))));
        let mut keys: Vec<u64> = sentences.iter().flat_map(|s| s.keys.iter().copied()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.shrink_to_fit();
        let mut pairs: Vec<u32> = sentences.iter().flat_map(|s| s.pairs.iter().copied()).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs.shrink_to_fit();
        sentences.shrink_to_fit();
        Self { sentences, keys, pairs }
    }
}

/// The text's script; a text in two scripts (a post between the buttons of its site) is no telling in either.
pub(crate) fn script(text: &str, most_of_another: f64) -> Script {
    let (mut arabic, mut latin) = (0usize, 0usize);
    for c in text.chars() {
        arabic += usize::from(is_arabic_letter(c));
        latin += usize::from(c.is_ascii_alphabetic());
    }
    if arabic.min(latin) as f64 > arabic.max(latin) as f64 * most_of_another { Script::Other } else { script_of(text) }
}

impl Signature {
    /// Letters in all.
    pub(crate) fn chars(&self) -> usize {
        self.sentences.iter().map(|s| s.chars).sum()
    }

    /// What the different keys of this text's sure anchors are worth that the other text answers to, wherever they stand:
    /// no alignment can match more.
    pub(crate) fn reachable(&self, other: &Self) -> FxHashMap<u64, f64> {
        let anchors = self.sentences.iter().flat_map(|s| &s.sure);
        anchors.flat_map(|a| &a.keys).filter(|k| other.keys.binary_search(&k.0).is_ok()).copied().collect()
    }

    /// The share of the everyday words of the text with fewer that have a counterpart anywhere in the other.
    pub(crate) fn answered(&self, other: &Self) -> f64 {
        let words = |s: &Self| s.sentences.iter().map(|s| s.words.chunk_by(|a, b| a.0 == b.0).count()).sum::<usize>();
        let (fewer, more) = if words(self) <= words(other) { (self, other) } else { (other, self) };
        let each = fewer.sentences.iter().flat_map(|s| s.words.chunk_by(|a, b| a.0 == b.0));
        let (mut met, mut all) = (0usize, 0usize);
        for word in each {
            all += 1;
            met += usize::from(word.iter().any(|w| more.pairs.binary_search(&w.1).is_ok()));
        }
        met as f64 / all.max(1) as f64
    }

    /// What all sure anchors are worth.
    pub(crate) fn weight(&self) -> f64 {
        self.sentences.iter().flat_map(|s| &s.sure).map(Anchor::weight).sum()
    }
}

struct Maker<'a> {
    entry: &'a Wording<'a>,
    world: &'a dyn World,
    rules: &'a Translations,
    sounds: &'a Sounds<'a>,
    arabic: bool,
}

/// The skeletons of words. The same words stand in all reports of one war, so each is sounded out once.
pub(crate) struct Sounds<'a> {
    skeletons: &'a Skeletons,
    plain: RefCell<FxHashMap<String, (u64, usize)>>,
    all: RefCell<FxHashMap<String, Vec<(u64, usize)>>>,
    dictionary: &'a Dictionary,
    pairs: RefCell<FxHashMap<String, Vec<u32>>>,
}

impl<'a> Sounds<'a> {
    pub(crate) fn new(skeletons: &'a Skeletons, dictionary: &'a Dictionary) -> Self {
        Self { skeletons, plain: RefCell::default(), all: RefCell::default(), dictionary, pairs: RefCell::default() }
    }

    /// The dictionary's pairs that a word is one half of.
    fn pairs(&self, written: &str) -> Vec<u32> {
        if let Some(known) = self.pairs.borrow().get(written) {
            return known.clone();
        }
        let found = self.dictionary.pairs(written);
        self.pairs.borrow_mut().insert(written.to_owned(), found.clone());
        found
    }

    /// The key of a word's usual skeleton, and its length.
    fn plain(&self, folded: &str) -> (u64, usize) {
        if let Some(&known) = self.plain.borrow().get(folded) {
            return known;
        }
        let found = sounded(&self.skeletons.plain(folded));
        self.plain.borrow_mut().insert(folded.to_owned(), found);
        found
    }

    /// Add the keys of all skeletons that are long enough.
    fn push_all(&self, folded: &str, least: usize, keys: &mut Vec<u64>) {
        let mut known = self.all.borrow_mut();
        if !known.contains_key(folded) {
            known.insert(folded.to_owned(), self.skeletons.all(folded).iter().map(|s| sounded(s)).collect());
        }
        keys.extend(known.get(folded).into_iter().flatten().filter(|s| s.1 >= least).map(|s| s.0));
    }
}

fn sounded(skeleton: &str) -> (u64, usize) {
    (detail("skeleton", skeleton), skeleton.chars().count())
}

impl Maker<'_> {
    fn sentence(&self, span: Span, words: std::ops::Range<usize>) -> Anchored {
        let mut anchored = Anchored {
            span,
            chars: span.of(&self.entry.analysed.report.text).chars().count(),
            sure: Vec::new(),
            keys: Vec::new(),
            free: Vec::new(),
            words: Vec::new(),
            pairs: Vec::new(),
        };
        if words.len() < self.rules.sentence_words {
            return anchored; // a menu's items and a page's buttons are the same on many pages
        }
        let mut covered = Vec::new();
        for mention in self.entry.analysed.mentions.iter().filter(|m| span.contains(m.span)) {
            if self.mention(mention, words.clone(), &mut anchored) {
                covered.push(mention.span);
            }
        }
        for claim in self.entry.analysed.claims.iter().filter(|c| span.contains(c.trigger)) {
            push_free(&mut anchored, key("type", claim.event_type.class()), self.rules.weight.event_type);
        }
        for i in words.clone() {
            self.word(i, i == words.start, &covered, &mut anchored);
        }
        self.vocabulary(words, &mut anchored);
        anchored.sure.sort_by(|a, b| a.keys.partial_cmp(&b.keys).unwrap_or(std::cmp::Ordering::Equal));
        anchored.sure.dedup();
        anchored.keys.extend(anchored.sure.iter().flat_map(|a| a.keys.iter().map(|k| k.0)));
        anchored.keys.sort_unstable();
        anchored.keys.dedup();
        // Every text's stand in memory together, and most were given twice the room that they need.
        anchored.keys.shrink_to_fit();
        anchored.sure.shrink_to_fit();
        anchored.free.sort_by_key(|f| f.0);
        anchored.free.dedup_by_key(|f| f.0);
        anchored
    }

    /// Adds a mention's anchor; is it one that its words need not be added for?
    fn mention(&self, mention: &Mentioned, words: std::ops::Range<usize>, anchored: &mut Anchored) -> bool {
        let weight = &self.rules.weight;
        match (mention.kind, mention.id(), mention.value()) {
            (MentionKind::Quantity, _, Some(value)) => {
                for part in value.split('/') {
                    self.number(part, anchored);
                }
                false
            }
            (MentionKind::Time, _, Some(value)) => {
                push_free(anchored, key("time", value), weight.time);
                false
            }
            (MentionKind::Weapon, Some(id), _) => {
                push_free(anchored, key("means", id), weight.means);
                false
            }
            (MentionKind::Time | MentionKind::Quantity | MentionKind::Weapon, _, _) | (_, None, _) => false,
            (kind, Some(id), _) => {
                let own = if kind == MentionKind::Place { weight.place * self.world.place_weight(id) } else { weight.actor };
                let id = key("id", id);
                let mut keys = vec![(id, own)];
                // Where the other side does not know the name, its letters still tell.
                let inside = words.filter(|&i| mention.span.contains(self.entry.words[i].span));
                let letters = inside.filter_map(|i| self.skeleton(i)).max_by(|a, b| a.1.total_cmp(&b.1));
                keys.extend(letters.map(|(k, w)| (k, w.min(own.max(weight.skeleton.first().copied().unwrap_or(0.0))))));
                anchored.free.push((id, own));
                anchored.sure.push(Anchor { keys });
                true
            }
        }
    }

    /// Adds the everyday words of the text's own script, each once.
    fn vocabulary(&self, words: std::ops::Range<usize>, anchored: &mut Anchored) {
        let text = &self.entry.analysed.report.text;
        let mut seen = FxHashSet::default();
        for i in words.filter(|&i| self.entry.words[i].kind == WordKind::Letters) {
            if self.entry.words.folded(i).starts_with(is_arabic_letter) != self.arabic {
                continue;
            }
            let pairs = self.sounds.pairs(self.entry.words[i].span.of(text));
            if pairs.first().is_some_and(|first| seen.insert(*first)) {
                let at = seen.len() as u16;
                anchored.words.extend(pairs.iter().map(|p| (at, *p)));
            }
        }
        anchored.pairs = anchored.words.iter().map(|w| w.1).collect();
        anchored.pairs.sort_unstable();
        anchored.pairs.dedup();
        anchored.pairs.shrink_to_fit();
        anchored.words.shrink_to_fit();
    }

    fn number(&self, value: &str, anchored: &mut Anchored) {
        let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
        let trimmed = digits.trim_start_matches('0');
        if trimmed.is_empty() {
            return;
        }
        let weights = &self.rules.weight;
        let year = trimmed.len() == 4 && (trimmed.starts_with("19") || trimmed.starts_with("20"));
        let by_length = weights.number.get(trimmed.len() - 1).or(weights.number.last()).copied().unwrap_or(0.0);
        let key = if trimmed.len() > 1 && !year { detail("number", trimmed) } else { key("number", trimmed) };
        push_free(anchored, key, if year { weights.year } else { by_length });
    }

    /// The skeleton of a Latin word and what it is worth, where it has consonants enough.
    fn skeleton(&self, i: usize) -> Option<(u64, f64)> {
        let (key, length) = self.sounds.plain(self.entry.words.folded(i));
        let above = length.checked_sub(self.rules.skeleton_least)?;
        let weights = &self.rules.weight.skeleton;
        let weight = weights.get(above).or(weights.last()).copied().unwrap_or(0.0);
        Some((key, weight))
    }

    fn word(&self, i: usize, first: bool, covered: &[Span], anchored: &mut Anchored) {
        let word = self.entry.words[i];
        let folded = self.entry.words.folded(i);
        let is_covered = covered.iter().any(|c| c.contains(word.span));
        match word.kind {
            WordKind::Number => self.number(folded, anchored),
            WordKind::Letters if folded.starts_with(is_arabic_letter) => {
                self.sounds.push_all(folded, self.rules.skeleton_least, &mut anchored.keys);
            }
            WordKind::Letters if self.arabic => {
                // A Latin word inside Arabic was carried over from somewhere.
                if folded.len() > 1 && !is_covered {
                    let mut keys = vec![(detail("word", folded), self.rules.weight.foreign_word)];
                    keys.extend(self.skeleton(i));
                    anchored.sure.push(Anchor { keys });
                }
            }
            WordKind::Letters if matches!(word.case, Case::Title | Case::Upper) => {
                anchored.keys.push(detail("word", folded));
                if !is_covered && let Some(found) = self.skeleton(i) {
                    if first {
                        // Any word is capital at a sentence's start.
                        anchored.keys.push(found.0);
                    } else {
                        anchored.sure.push(Anchor { keys: vec![found] });
                    }
                }
            }
            WordKind::Letters => anchored.keys.push(detail("word", folded)),
            WordKind::Mark | WordKind::Possessive => {}
        }
    }
}

fn push_free(anchored: &mut Anchored, key: u64, weight: f64) {
    anchored.free.push((key, weight));
    anchored.sure.push(Anchor { keys: vec![(key, weight)] });
}
