//! Training: weights under which what people annotated is likely (a conditional random field, by stochastic gradient
//! steps whose size shrinks with use).

use crate::chain::{Chain, Moves, Row, factors};
use crate::feature::{OWN, features};
use crate::label::LABELS;
use crate::lists::Lists;
use crate::{Clue, Model};
use marsad_text::Words;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A text with what is known of its words' labels.
#[derive(Debug)]
pub struct Example {
    /// The words.
    pub words: Words,
    /// Its sentences.
    pub sentences: Vec<Range<usize>>,
    /// What knowledge says of each word.
    pub clues: Vec<Clue>,
    /// For each word the set of labels it may have: one where people said which, more where they did not.
    pub labels: Vec<u8>,
    /// How much it counts.
    pub weight: f32,
}

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Times that every example is gone through.
    pub rounds: usize,
    /// Size of the steps.
    pub rate: f32,
    /// How strongly weights are drawn to nothing.
    pub decay: f32,
    /// A feature must occur so often.
    pub least: u32,
    /// A feature none of whose weights is larger is left out.
    pub floor: f32,
    /// The share of words that are looked at each time as if they had never been met, where lists know what texts do with words.
    pub unmet: f32,
}

/// A sentence made ready: its features as numbers of rows, and the labels allowed.
struct Ready {
    features: Vec<u32>,
    starts: Vec<usize>,
    /// How many of each word's first features hang on which word it is.
    own: Vec<u8>,
    labels: Vec<u8>,
    weight: f32,
}

/// Train a model. `knowledge` is the version of the knowledge that gave the clues.
pub fn train(examples: &[Example], lists: Lists, knowledge: &str, settings: &Settings) -> Model {
    let (keys, mut sentences) = ready(examples, &lists, settings.least);
    let mut learner = Learner::new(keys.len(), *settings);
    let mut mean = Mean::of(&learner);
    // Where nothing but the word itself is known of a word, there is nothing to learn from instead.
    let unmet = if lists.has_habits() { settings.unmet } else { 0.0 };
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for round in 0..settings.rounds {
        shuffle(&mut sentences, &mut state);
        for sentence in &sentences {
            let met: Vec<bool> = sentence.labels.iter().map(|_| share(&mut state) >= unmet).collect();
            learner.step(sentence, &met);
        }
        if 2 * round >= settings.rounds {
            mean.add(&learner);
        }
    }
    mean.give(&mut learner);
    learner.model(&keys, lists, knowledge)
}

/// The weights as they were after each of the later rounds: their mean hangs less on what came last than they do.
struct Mean {
    weights: Vec<Row>,
    moves: Moves,
    rounds: f32,
}

impl Mean {
    /// Of nothing yet.
    fn of(learner: &Learner) -> Self {
        Self { weights: vec![[0.0; LABELS]; learner.weights.len()], moves: [[0.0; LABELS]; LABELS + 1], rounds: 0.0 }
    }

    fn add(&mut self, learner: &Learner) {
        let weights = self.weights.iter_mut().zip(&learner.weights).chain(self.moves.iter_mut().zip(&learner.moves));
        for (sum, weight) in weights.flat_map(|(sums, row)| sums.iter_mut().zip(row)) {
            *sum += weight;
        }
        self.rounds += 1.0;
    }

    fn give(self, learner: &mut Learner) {
        if self.rounds > 0.0 {
            let weights = learner.weights.iter_mut().zip(self.weights).chain(learner.moves.iter_mut().zip(self.moves));
            for (weight, sum) in weights.flat_map(|(row, sums)| row.iter_mut().zip(sums)) {
                *weight = sum / self.rounds;
            }
        }
    }
}

/// The next of a row of numbers that is always the same one after the same state (xorshift).
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

/// A number from 0 to 1.
fn share(state: &mut u64) -> f32 {
    (next(state) >> 40) as f32 / (1u32 << 24) as f32
}

/// Put the sentences in another order.
fn shuffle(sentences: &mut [Ready], state: &mut u64) {
    for i in (1..sentences.len()).rev() {
        sentences.swap(i, (next(state) % (i as u64 + 1)) as usize);
    }
}

fn ready(examples: &[Example], lists: &Lists, least: u32) -> (Vec<u32>, Vec<Ready>) {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    let (mut found, mut starts, mut sentences) = (Vec::new(), Vec::new(), Vec::new());
    for example in examples {
        for range in &example.sentences {
            features(&example.words, range.clone(), &example.clues, lists, &mut found, &mut starts);
            for key in &found {
                *counts.entry(*key).or_default() += 1;
            }
            let labels = range.clone().map(|i| example.labels.get(i).copied().unwrap_or(u8::MAX)).collect();
            sentences.push(Ready { features: found.clone(), starts: starts.clone(), own: Vec::new(), labels, weight: example.weight });
        }
    }
    let mut keys: Vec<u32> = counts.into_iter().filter(|(_, n)| *n >= least).map(|(k, _)| k).collect();
    keys.sort_unstable();
    for sentence in &mut sentences {
        let (mut kept, mut at) = (Vec::new(), Vec::new());
        for w in sentence.starts.windows(2) {
            at.push(kept.len());
            let of_word = &sentence.features[w[0]..w[1]];
            let row = |key: &u32| keys.binary_search(key).ok().map(|i| i as u32);
            sentence.own.push(of_word[..OWN].iter().filter_map(row).count() as u8);
            kept.extend(of_word.iter().filter_map(row));
        }
        at.push(kept.len());
        (sentence.features, sentence.starts) = (kept, at);
    }
    (keys, sentences)
}

struct Learner {
    settings: Settings,
    weights: Vec<Row>,
    /// Sums of squared steps.
    used: Vec<Row>,
    moves: Moves,
    moves_used: Moves,
    likely: Chain,
    right: Chain,
    scores: Vec<Row>,
}

impl Learner {
    fn new(rows: usize, settings: Settings) -> Self {
        Self {
            settings,
            weights: vec![[0.0; LABELS]; rows],
            used: vec![[1e-4; LABELS]; rows],
            moves: [[0.0; LABELS]; LABELS + 1],
            moves_used: [[1e-2; LABELS]; LABELS + 1],
            likely: Chain::default(),
            right: Chain::default(),
            scores: Vec::new(),
        }
    }

    /// Make what is right in one sentence a little likelier, as if those of its words that are not `met` had never been seen.
    fn step(&mut self, sentence: &Ready, met: &[bool]) {
        let from = |t: usize| sentence.starts[t] + if met[t] { 0 } else { usize::from(sentence.own[t]) };
        self.scores.clear();
        for (t, w) in sentence.starts.windows(2).enumerate() {
            let mut row = [0.0; LABELS];
            for f in &sentence.features[from(t)..w[1]] {
                for (r, weight) in row.iter_mut().zip(self.weights[*f as usize]) {
                    *r += weight;
                }
            }
            self.scores.push(row);
        }
        let factors = factors(&self.moves);
        self.likely.run(&self.scores, |_| u8::MAX, &factors);
        self.right.run(&self.scores, |t| sentence.labels[t], &factors);
        let mut change = [[0.0; LABELS]; LABELS + 1];
        self.right.count_moves(&factors, sentence.weight, &mut change);
        self.likely.count_moves(&factors, -sentence.weight, &mut change);
        let (rate, decay) = (self.settings.rate, self.settings.decay);
        for (t, w) in sentence.starts.windows(2).enumerate() {
            let gap: Row = std::array::from_fn(|j| (self.right.shares[t][j] - self.likely.shares[t][j]) * sentence.weight);
            if gap.iter().all(|g| g.abs() < 1e-3) {
                continue;
            }
            for f in &sentence.features[from(t)..w[1]] {
                let (weights, used) = (&mut self.weights[*f as usize], &mut self.used[*f as usize]);
                for j in 0..LABELS {
                    let slope = gap[j] - decay * weights[j];
                    used[j] += slope * slope;
                    weights[j] += rate * slope / used[j].sqrt();
                }
            }
        }
        let moves = self.moves.iter_mut().flatten().zip(self.moves_used.iter_mut().flatten());
        for ((weight, used), slope) in moves.zip(change.iter().flatten()) {
            *used += slope * slope;
            *weight += rate * slope / used.sqrt();
        }
    }

    /// The model, its weights in eighths of bytes' range and small ones left out.
    fn model(&self, keys: &[u32], lists: Lists, knowledge: &str) -> Model {
        let large = |row: &&Row| row.iter().any(|w| w.abs() >= self.settings.floor);
        let top = self.weights.iter().flatten().fold(1e-6f32, |top, w| top.max(w.abs()));
        let scale = top / 127.0;
        let rows = keys.iter().zip(&self.weights).filter(|(_, row)| large(row));
        let weights: Vec<_> = rows.map(|(k, row)| (*k, row.map(|w| (w / scale).round() as i8))).collect();
        Model::new(knowledge, scale, &self.moves, lists, &weights)
    }
}
