//! The chain: how likely each label of each word is, the labels around it weighed in.

#![allow(clippy::needless_range_loop)] // labels index several rows at once

use crate::label::{LABELS, may_follow};

/// Scores of going from one label to another; the last row is the beginning of a sentence.
pub(crate) type Moves = [[f32; LABELS]; LABELS + 1];
/// Scores or shares of a word's labels.
pub(crate) type Row = [f32; LABELS];

/// What the steps of the series are divided by. A division takes as long as all the rest of a step: it is done beforehand.
const BY: [f64; 6] = [1.0 / 2.0, 1.0 / 3.0, 1.0 / 4.0, 1.0 / 5.0, 1.0 / 6.0, 1.0 / 7.0];

/// e to the power of x, by arithmetic that is the same on every machine.
pub(crate) fn exp(x: f32) -> f32 {
    let x = f64::from(x.clamp(-80.0, 80.0));
    let twos = x * std::f64::consts::LOG2_E;
    let whole = (twos + 0.5_f64.copysign(twos)) as i32;
    let r = x - f64::from(whole) * std::f64::consts::LN_2;
    let series = 1.0 + r * BY.iter().rev().fold(1.0, |sum, by| 1.0 + r * by * sum);
    (series * f64::from_bits(((1023 + i64::from(whole)) as u64) << 52)) as f32
}

/// The moves as factors; those that cannot be are nothing.
pub(crate) fn factors(moves: &Moves) -> Moves {
    let mut out = [[0.0; LABELS]; LABELS + 1];
    for (i, row) in moves.iter().enumerate() {
        for (j, score) in row.iter().enumerate() {
            if may_follow((i < LABELS).then_some(i), j) {
                out[i][j] = exp(*score);
            }
        }
    }
    out
}

/// Rows as columns; what leads from the beginning of a sentence is left out.
fn turned(factors: &Moves) -> [Row; LABELS] {
    std::array::from_fn(|j| std::array::from_fn(|i| factors[i][j]))
}

/// Forward and backward over one sentence.
#[derive(Default)]
pub(crate) struct Chain {
    /// Each word's label scores as factors.
    emit: Vec<Row>,
    forward: Vec<Row>,
    backward: Vec<Row>,
    /// The share of each label at each word.
    pub(crate) shares: Vec<Row>,
}

impl Chain {
    /// Fill `shares` from the words' scores; only labels of each word's `allowed` set are possible.
    pub(crate) fn run(&mut self, scores: &[Row], allowed: impl Fn(usize) -> u8, factors: &Moves) {
        let n = scores.len();
        for buffer in [&mut self.emit, &mut self.forward, &mut self.backward, &mut self.shares] {
            buffer.clear();
            buffer.resize(n, [0.0; LABELS]);
        }
        for (t, row) in scores.iter().enumerate() {
            let top = row.iter().copied().fold(f32::MIN, f32::max);
            for j in 0..LABELS {
                if allowed(t) >> j & 1 == 1 {
                    self.emit[t][j] = exp(row[j] - top);
                }
            }
        }
        for t in 0..n {
            let mut row = factors[LABELS];
            if t > 0 {
                row = [0.0; LABELS];
                for (i, from) in self.forward[t - 1].iter().enumerate() {
                    for j in 0..LABELS {
                        row[j] += from * factors[i][j];
                    }
                }
            }
            for j in 0..LABELS {
                row[j] *= self.emit[t][j];
            }
            self.forward[t] = share(row);
        }
        let turned = turned(factors);
        for t in (0..n).rev() {
            let mut row = [1.0; LABELS];
            if t + 1 < n {
                row = [0.0; LABELS];
                for (ahead, to) in self.ahead(t + 1).iter().zip(&turned) {
                    for i in 0..LABELS {
                        row[i] += to[i] * ahead;
                    }
                }
            }
            self.backward[t] = share(row);
            let mut both = self.forward[t];
            for j in 0..LABELS {
                both[j] *= self.backward[t][j];
            }
            self.shares[t] = share(both);
        }
    }

    fn ahead(&self, t: usize) -> Row {
        let mut ahead = self.backward[t];
        for j in 0..LABELS {
            ahead[j] *= self.emit[t][j];
        }
        ahead
    }

    /// Add the expected number of each move, times `sign`.
    pub(crate) fn count_moves(&self, factors: &Moves, sign: f32, out: &mut Moves) {
        for t in 0..self.shares.len() {
            if t == 0 {
                for j in 0..LABELS {
                    out[LABELS][j] += sign * self.shares[0][j];
                }
                continue;
            }
            let ahead = self.ahead(t);
            let mut joint = [[0.0f32; LABELS]; LABELS];
            let mut sum = 0.0;
            for i in 0..LABELS {
                for j in 0..LABELS {
                    joint[i][j] = self.forward[t - 1][i] * factors[i][j] * ahead[j];
                    sum += joint[i][j];
                }
            }
            if sum > 0.0 {
                for i in 0..LABELS {
                    for j in 0..LABELS {
                        out[i][j] += sign * joint[i][j] / sum;
                    }
                }
            }
        }
    }
}

/// The row with sum 1; all alike where nothing is possible.
fn share(mut row: Row) -> Row {
    let sum: f32 = row.iter().sum();
    if sum > 0.0 && sum.is_finite() {
        for x in &mut row {
            *x /= sum;
        }
        row
    } else {
        [1.0 / LABELS as f32; LABELS]
    }
}

/// The moves, those that cannot be below all others.
pub(crate) fn possible(moves: &Moves) -> Moves {
    let mut out = *moves;
    for (i, row) in out.iter_mut().enumerate() {
        for (j, score) in row.iter_mut().enumerate() {
            if !may_follow((i < LABELS).then_some(i), j) {
                *score = f32::NEG_INFINITY;
            }
        }
    }
    out
}

/// The likeliest labels of a sentence as a whole, from the moves that are [`possible`].
pub(crate) fn best(scores: &[Row], possible: &Moves) -> Vec<u8> {
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
    let mut row = [0.0; LABELS];
    for (t, score) in scores.iter().enumerate() {
        let (mut next, mut from) = ([f32::NEG_INFINITY; LABELS], [0u8; LABELS]);
        if t == 0 {
            next = possible[LABELS];
        } else {
            for i in 0..LABELS {
                for j in 0..LABELS {
                    let value = row[i] + possible[i][j];
                    from[j] = if value > next[j] { i as u8 } else { from[j] };
                    next[j] = next[j].max(value);
                }
            }
        }
        for j in 0..LABELS {
            next[j] += score[j];
        }
        row = next;
        back.push(from);
    }
    let mut label = (0..LABELS).fold(0, |b, j| if row[j] > row[b] { j } else { b });
    let mut out = vec![0u8; scores.len()];
    for t in (0..scores.len()).rev() {
        out[t] = label as u8;
        label = usize::from(back[t][label]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_power_is_near_enough() {
        for x in [-20.0f32, -3.3, -0.5, 0.0, 0.1, 1.0, 7.7, 30.0] {
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-5, "{x}");
        }
    }

    #[test]
    fn shares_agree_with_counting_every_sequence() {
        let mut moves = [[0.0; LABELS]; LABELS + 1];
        for (i, row) in moves.iter_mut().enumerate() {
            for (j, m) in row.iter_mut().enumerate() {
                *m = ((i * 3 + j * 5) % 7) as f32 * 0.3 - 0.8;
            }
        }
        let scores: Vec<Row> = (0..3).map(|t| std::array::from_fn(|j| ((t * 2 + j * 3) % 5) as f32 * 0.4)).collect();
        let (mut total, mut second, mut top) = (0.0f64, [0.0f64; LABELS], (f32::MIN, [0; 3]));
        for n in 0..LABELS.pow(3) {
            let s = [n % 8, n / 8 % 8, n / 64];
            if !(may_follow(None, s[0]) && may_follow(Some(s[0]), s[1]) && may_follow(Some(s[1]), s[2])) {
                continue;
            }
            let score = moves[LABELS][s[0]] + moves[s[0]][s[1]] + moves[s[1]][s[2]] + scores[0][s[0]] + scores[1][s[1]] + scores[2][s[2]];
            total += f64::from(score).exp();
            second[s[1]] += f64::from(score).exp();
            if score > top.0 {
                top = (score, s);
            }
        }
        let mut chain = Chain::default();
        chain.run(&scores, |_| 0xff, &factors(&moves));
        for j in 0..LABELS {
            assert!((f64::from(chain.shares[1][j]) - second[j] / total).abs() < 1e-4, "label {j}");
        }
        assert_eq!(best(&scores, &possible(&moves)).iter().map(|l| usize::from(*l)).collect::<Vec<_>>(), top.1);
    }
}
