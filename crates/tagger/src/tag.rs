//! Tagging: the names of a sentence.

use crate::chain::{Chain, best, factors, possible};
use crate::feature::features;
use crate::label::{Kind, Label};
use crate::{Clue, Model};
use marsad_text::Words;
use std::ops::Range;

/// A name that the model sees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Name {
    /// What it names.
    pub kind: Kind,
    /// Its first word.
    pub first: usize,
    /// Its last word, included.
    pub last: usize,
    /// How sure the model is that the words are part of such a name: the mean over them, from 0 to 1.
    pub share: f32,
}

/// What the model makes of a text.
#[derive(Debug, Default)]
pub struct Tagging {
    /// The names, in text order.
    pub names: Vec<Name>,
    /// How likely each word is part of a name of each kind, by [`Kind`]'s order.
    shares: Vec<[f32; KINDS]>,
}

const KINDS: usize = 4;

impl Tagging {
    /// How likely is a word part of a name of this kind? 0 where nothing was tagged.
    pub fn share(&self, word: usize, kind: Kind) -> f32 {
        self.shares.get(word).map_or(0.0, |row| row[kind as usize])
    }
}

impl Model {
    /// The names of each sentence. `lean` is added to what speaks for a name: above 0 more are found and more of them
    /// are wrong.
    pub fn tag(&self, words: &Words, sentences: impl IntoIterator<Item = Range<usize>>, clues: &[Clue], lean: f32) -> Tagging {
        let (mut found, mut starts) = (Vec::new(), Vec::new());
        let mut scores = Vec::new();
        let mut tagging = Tagging { names: Vec::new(), shares: vec![[0.0; KINDS]; words.len()] };
        let (mut chain, factors, possible) = (Chain::default(), factors(&self.moves), possible(&self.moves));
        for range in sentences {
            features(words, range.clone(), clues, &self.lists, &mut found, &mut starts);
            scores.clear();
            scores.extend(starts.windows(2).map(|w| {
                let mut row = self.scores(found.get(w[0]..w[1]).unwrap_or(&[]));
                row[0] -= lean;
                row
            }));
            chain.run(&scores, |_| u8::MAX, &factors);
            for (row, labels) in tagging.shares.iter_mut().skip(range.start).zip(&chain.shares) {
                *row = [labels[1] + labels[2], labels[3] + labels[4], labels[5] + labels[6], labels[7]];
            }
            tagging.collect(&best(&scores, &possible), range.start);
        }
        tagging
    }
}

impl Tagging {
    fn collect(&mut self, labels: &[u8], from: usize) {
        let mut t = 0;
        while t < labels.len() {
            let label = Label(labels[t]);
            let Some(kind) = label.kind() else {
                t += 1;
                continue;
            };
            let mut end = t + 1;
            while end < labels.len() && Label(labels[end]).kind() == Some(kind) && !Label(labels[end]).begins() {
                end += 1;
            }
            let share = (t..end).map(|i| self.share(from + i, kind)).sum::<f32>() / (end - t) as f32;
            self.names.push(Name { kind, first: from + t, last: from + end - 1, share });
            t = end;
        }
    }
}
