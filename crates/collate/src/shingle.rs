//! Word shingles: every few words in a row, hashed. Texts that share many of them share their wording.
//!
//! Pairs are proposed by a sample of each text's shingles: those whose hash falls into one residue class, which both
//! texts choose alike, and the smallest few of a short text (a bottom-k sketch). Unlike banded MinHash, which estimates
//! the likeness of wholes, the sample also finds a short text inside a long one.

use crate::corpus::Wording;
use crate::hash;
use crate::rules::Copies;
use marsad_model::Span;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::num::NonZeroU64;

/// A stretch of tokens of either text, the first and the last included.
pub(crate) type Run = ((usize, usize), (usize, usize));

/// The shingles of one text.
#[derive(Debug, Default, Clone)]
pub(crate) struct Shingles {
    /// By the token at which each starts; furniture's are `None`.
    pub(crate) order: Vec<Option<NonZeroU64>>,
    /// What was taken out as furniture, sorted.
    pub(crate) out: Vec<u64>,
}

impl Shingles {
    pub(crate) fn of(text: &Wording<'_>, size: usize) -> Self {
        let tokens: Vec<u64> = (0..text.tokens.len()).map(|i| text.token_hash(i)).collect();
        let of = |window: &[u64]| NonZeroU64::new(window.iter().fold(size as u64, |h, &t| hash::join(h, t))).unwrap_or(NonZeroU64::MIN);
        let order = if tokens.is_empty() {
            Vec::new()
        } else if tokens.len() < size {
            vec![Some(of(&tokens))]
        } else {
            tokens.windows(size).map(|w| Some(of(w))).collect()
        };
        Self { order, ..Self::default() }
    }

    /// Take these shingles out.
    pub(crate) fn without(&mut self, furniture: &FxHashSet<u64>) {
        for s in &mut self.order {
            if let Some(out) = s.filter(|s| furniture.contains(&s.get())) {
                self.out.push(out.get());
                *s = None;
            }
        }
        self.out.sort_unstable();
        self.out.dedup();
    }

    /// Is nothing left?
    pub(crate) fn is_empty(&self) -> bool {
        self.order.iter().all(Option::is_none)
    }

    /// The different ones, sorted. Made where it is asked for: it takes as much room again.
    pub(crate) fn set(&self) -> Set {
        let mut set: Vec<u64> = self.order.iter().flatten().map(|s| s.get()).collect();
        set.sort_unstable();
        set.dedup();
        Set(set)
    }

    /// The hash of all words in their order: the same words, the same hash.
    pub(crate) fn whole(&self) -> u64 {
        self.order.iter().flatten().fold(self.order.len() as u64, |h, s| hash::join(h, s.get()))
    }

    fn sample(&self, rules: &Copies) -> Vec<u64> {
        let Set(set) = self.set();
        let mut sample: Vec<u64> = set.iter().copied().filter(|s| s % rules.sample_one_in == 0).collect();
        if sample.len() < rules.sample_least {
            // The set is sorted, so its head is the smallest.
            sample.extend(set.iter().take(rules.sample_least));
            sample.sort_unstable();
            sample.dedup();
        }
        sample.shrink_to_fit();
        sample
    }

    /// Stretches of at least `least` words that both have, as pairs of token ranges (first, last included), in order.
    pub(crate) fn runs(&self, other: &Self, size: usize, least: usize) -> Vec<Run> {
        let mut there: FxHashMap<NonZeroU64, usize> = FxHashMap::default();
        for (j, s) in other.order.iter().enumerate().rev() {
            if let Some(s) = s {
                there.insert(*s, j);
            }
        }
        let (mut runs, mut i) = (Vec::new(), 0);
        while i < self.order.len() {
            let Some(&j) = self.order[i].as_ref().and_then(|s| there.get(s)) else {
                i += 1;
                continue;
            };
            let mut n = 1;
            while i + n < self.order.len() && self.order[i + n].is_some() && self.order.get(i + n) == other.order.get(j + n) {
                n += 1;
            }
            if n + size > least {
                runs.push(((i, i + n + size - 2), (j, j + n + size - 2)));
            }
            i += n;
        }
        runs
    }
}

/// The different shingles of a text, sorted.
pub(crate) struct Set(Vec<u64>);

impl Set {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.0.iter().copied()
    }

    /// How many shingles are left beside another text: what was that text's furniture is no part of this one either, though a copy
    /// at another source still holds it.
    pub(crate) fn beside(&self, other: &Shingles) -> usize {
        self.0.iter().filter(|s| other.out.binary_search(s).is_err()).count()
    }

    /// How many shingles both texts have.
    pub(crate) fn shared(&self, other: &Self) -> usize {
        let (mut i, mut j, mut shared) = (0, 0, 0);
        while let (Some(a), Some(b)) = (self.0.get(i), other.0.get(j)) {
            shared += usize::from(a == b);
            i += usize::from(a <= b);
            j += usize::from(b <= a);
        }
        shared
    }
}

/// Pairs (smaller index first, sorted) of texts whose samples share enough to compare them whole.
pub(crate) fn propose(texts: &[&Shingles], rules: &Copies) -> Vec<(usize, usize)> {
    let samples: Vec<Vec<u64>> = texts.par_iter().map(|t| t.sample(rules)).collect();
    let mut listed: Vec<(u64, u32)> = samples.iter().zip(0u32..).flat_map(|(sample, i)| sample.iter().map(move |&s| (s, i))).collect();
    listed.par_sort_unstable();
    let mut postings: FxHashMap<u64, &[(u64, u32)]> = FxHashMap::default();
    // What one text alone has, or too many have, proposes nothing.
    for list in listed.chunk_by(|a, b| a.0 == b.0).filter(|l| l.len() > 1 && l.len() <= rules.longest_posting) {
        postings.insert(list[0].0, list);
    }
    let mut pairs = Vec::new();
    let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
    for (i, sample) in samples.iter().enumerate() {
        counts.clear();
        for list in sample.iter().filter_map(|s| postings.get(s)) {
            for (_, j) in list.iter().take_while(|(_, j)| (*j as usize) < i) {
                *counts.entry(*j).or_default() += 1;
            }
        }
        for (&j, &n) in &counts {
            let smaller = samples[j as usize].len().min(sample.len());
            if n as f64 >= (smaller as f64 * rules.propose_share).max(1.0) {
                pairs.push((j as usize, i));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Shingles that stand in so many different texts of one source that they are its furniture.
pub(crate) fn furniture(texts: &[&Shingles], sources: &[Option<&str>], rules: &Copies) -> FxHashMap<String, FxHashSet<u64>> {
    let mut by_source: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (i, source) in sources.iter().enumerate() {
        if let Some(source) = source {
            by_source.entry(source).or_default().push(i);
        }
    }
    let mut out = FxHashMap::default();
    for (source, members) in by_source.into_iter().filter(|(_, m)| m.len() >= rules.furniture_texts) {
        let mut counts: FxHashMap<u64, usize> = FxHashMap::default();
        for &i in &members {
            for s in texts[i].set().iter() {
                *counts.entry(s).or_default() += 1;
            }
        }
        let common: FxHashSet<u64> = counts.into_iter().filter(|&(_, n)| n >= rules.furniture_texts).map(|(s, _)| s).collect();
        if !common.is_empty() {
            out.insert(source.to_owned(), common);
        }
    }
    out
}

/// Byte spans of runs in both texts.
pub(crate) fn spans(a: &Wording<'_>, b: &Wording<'_>, runs: &[Run]) -> Vec<(Span, Span)> {
    // A text shorter than a shingle is one whole.
    let end = |e: &Wording<'_>, last: usize| last.min(e.tokens.len().saturating_sub(1));
    runs.iter().map(|run| (a.span(run.0.0, end(a, run.0.1)), b.span(run.1.0, end(b, run.1.1)))).collect()
}
