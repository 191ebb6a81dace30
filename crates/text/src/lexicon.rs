//! A lexicon: phrases to values, found at whole words, with clitics and articles seen through.

use crate::{Clitics, Form, WordKind, Words, fold};
use marsad_model::Span;
use rustc_hash::FxHashMap;

/// Phrases of one language, each with what it stands for. A word's article is no part of its spelling here.
#[derive(Debug)]
pub struct Lexicon<T> {
    clitics: Clitics,
    words: FxHashMap<Box<str>, u32>,
    edges: FxHashMap<(u32, u32), u32>,
    /// Where a phrase that begins with a word goes on, by word; nothing begins with most of them.
    roots: Vec<u32>,
    values: Vec<Vec<T>>,
}

/// A phrase of the lexicon that stands in a text.
#[derive(Debug, Clone)]
pub struct Hit<'l, T> {
    /// First word.
    pub first: usize,
    /// Last word, included.
    pub last: usize,
    /// How the first word was read.
    pub form: Form,
    /// The words without clitics that are no part of the phrase.
    pub span: Span,
    /// What it stands for.
    pub values: &'l [T],
}

const ROOT: u32 = 0;

impl<T> Lexicon<T> {
    /// An empty lexicon of a language with these clitics.
    pub fn new(clitics: Clitics) -> Self {
        Self { clitics, words: FxHashMap::default(), edges: FxHashMap::default(), roots: Vec::new(), values: vec![Vec::new()] }
    }

    /// The language's clitics.
    pub fn clitics(&self) -> &Clitics {
        &self.clitics
    }

    fn word(&mut self, written: &str, folded: &str) -> u32 {
        // «ألبانيا» begins with the letters of the article and has none: a hamza is no part of it.
        let article = written.starts_with(folded.chars().next().unwrap_or(' '));
        let core = self.clitics.without_article(folded).filter(|_| article).unwrap_or(folded);
        if let Some(&id) = self.words.get(core) {
            return id;
        }
        let id = self.words.len() as u32;
        self.words.insert(core.into(), id);
        id
    }

    /// Add a phrase in its ordinary spelling. Marks between its words do not count.
    pub fn insert(&mut self, phrase: &str, value: T) {
        let words = Words::of(phrase);
        let mut node = ROOT;
        for i in 0..words.len() {
            if words[i].kind == WordKind::Mark {
                continue;
            }
            let word = self.word(words[i].span.of(phrase), words.folded(i));
            let (before, next) = (node, self.values.len() as u32);
            node = *self.edges.entry((node, word)).or_insert(next);
            if before == ROOT {
                self.roots.resize(self.roots.len().max(word as usize + 1), ROOT);
                self.roots[word as usize] = node;
            }
            if node == next {
                self.values.push(Vec::new());
            }
        }
        if node != ROOT {
            self.values[node as usize].push(value);
        }
    }

    /// The values of exactly this phrase.
    pub fn get(&self, phrase: &str) -> &[T] {
        let words = Words::of(phrase);
        let mut node = ROOT;
        for i in (0..words.len()).filter(|&i| words[i].kind != WordKind::Mark) {
            match self.step(node, words.folded(i)) {
                Some(next) => node = next,
                None => return &[],
            }
        }
        &self.values[node as usize]
    }

    fn step(&self, node: u32, folded: &str) -> Option<u32> {
        let edge = |core: &str| self.edges.get(&(node, *self.words.get(core)?)).copied();
        edge(folded).or_else(|| edge(self.clitics.without_article(folded)?))
    }

    /// Every phrase that starts at the i-th word, in any reading of it, longest first; of equal length, the reading
    /// with fewest clitics off first. Quotation marks and hyphens inside a phrase are stepped over.
    pub fn at<'l>(&'l self, text: &str, words: &Words, i: usize) -> Vec<Hit<'l, T>> {
        let mut hits = Vec::new();
        if words.get(i).is_none_or(|w| w.kind == WordKind::Mark) {
            return hits;
        }
        self.clitics.each_of(words[i].span.of(text), words.folded(i), |reading| {
            let node = self.words.get(reading.core).map_or(ROOT, |&word| self.roots.get(word as usize).copied().unwrap_or(ROOT));
            if node != ROOT {
                self.walk(text, words, i, &reading.form(), node, &mut hits);
            }
        });
        hits.sort_by_key(|h| (std::cmp::Reverse(h.last), u16::from(h.form.before) + u16::from(h.form.after)));
        hits
    }

    fn walk<'l>(&'l self, text: &str, words: &Words, i: usize, form: &Form, mut node: u32, hits: &mut Vec<Hit<'l, T>>) {
        let start = form.span(text, words[i].span);
        let (mut last, mut j) = (i, i + 1);
        loop {
            let values = self.values[node as usize].as_slice();
            if !values.is_empty() {
                let span = if last == i { start } else { Span { start: start.start, end: words[last].span.end } };
                hits.push(Hit { first: i, last, form: form.clone(), span, values });
            }
            if last == i && form.after > 0 {
                return; // a pronoun ends its phrase
            }
            while words.get(j).is_some_and(|w| w.kind == WordKind::Mark && joins(words.folded(j)) && !w.newline_before) {
                j += 1;
            }
            match words.get(j).filter(|w| !w.newline_before).and_then(|_| self.step(node, words.folded(j))) {
                Some(next) => (node, last, j) = (next, j, j + 1),
                None => return,
            }
        }
    }
}

/// Marks that may stand inside a phrase without cutting it.
fn joins(mark: &str) -> bool {
    matches!(mark, "-" | "‐" | "‑" | "–" | "\"" | "“" | "”" | "«" | "»" | "'" | "‘" | "’")
}

/// The folded form of a phrase, as the lexicon compares it (for checks of knowledge).
impl<T> Lexicon<T> {
    /// Two phrases with the same key are one to the lexicon.
    pub fn key(&self, phrase: &str) -> String {
        let words = Words::of(phrase);
        let parts: Vec<String> = (0..words.len())
            .filter(|&i| words[i].kind != WordKind::Mark)
            .map(|i| self.clitics.without_article(words.folded(i)).unwrap_or(words.folded(i)).to_owned())
            .collect();
        fold(&parts.join(" "))
    }
}
