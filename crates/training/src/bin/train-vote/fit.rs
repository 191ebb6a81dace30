//! The learning: logistic regression whose weights are drawn to what the rules say, found coordinate by coordinate.

use crate::gold::Example;
use clap::Args;
use std::collections::BTreeMap;

/// What the training may be tuned by; the defaults were chosen by cross-validation on the train part.
#[derive(Args, Debug, Clone, Copy)]
pub(crate) struct Tuning {
    /// How strongly weights are drawn to where they began.
    #[arg(long, default_value_t = 30.0)]
    decay: f64,
    /// A feature must stand at so many candidates.
    #[arg(long, default_value_t = 3)]
    least: usize,
    /// Times that every weight is gone through.
    #[arg(long, default_value_t = 60)]
    rounds: usize,
}

/// What was learnt.
#[derive(Debug)]
pub(crate) struct Model {
    weights: BTreeMap<String, f64>,
}

/// The feature that every candidate has: how common happenings are is left to the data.
const ALWAYS: &str = "always";

/// How strongly it is drawn to nothing all the same, so that it has an answer.
const FREE: f64 = 0.01;

/// One candidate in the making of a model.
struct Row {
    features: Vec<usize>,
    yes: bool,
    weight: f64,
    /// The sum of its weights so far.
    sum: f64,
}

impl Model {
    /// Learn from examples, starting from what the rules say.
    pub(crate) fn fit(examples: &[&Example], prior: &BTreeMap<String, f64>, tuning: &Tuning) -> Self {
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for feature in examples.iter().flat_map(|e| e.candidates.iter().flat_map(|c| e.taught(c))) {
            *count.entry(feature).or_default() += 1;
        }
        let kept: Vec<&str> = count.iter().filter(|(f, n)| **n >= tuning.least || prior.contains_key(**f)).map(|(f, _)| *f).collect();
        let index: BTreeMap<&str, usize> = kept.iter().enumerate().map(|(i, f)| (*f, i)).collect();
        let start: Vec<f64> = kept.iter().map(|f| prior.get(*f).copied().unwrap_or(0.0)).collect();
        let mut rows: Vec<Row> = Vec::new();
        for example in examples {
            for candidate in &example.candidates {
                let features: Vec<usize> = example.taught(candidate).filter_map(|f| index.get(f.as_str()).copied()).collect();
                let sum = features.iter().map(|f| start[*f]).sum();
                rows.push(Row { features, yes: example.yes, weight: example.weight / example.candidates.len() as f64, sum });
            }
        }
        let free = index.get(ALWAYS).copied();
        let mut weights = start.clone();
        descend(&mut rows, &mut weights, &start, free, tuning);
        // Of several candidates in a sentence with a happening, those that tell of it by now count most.
        share_out(examples, &mut rows);
        descend(&mut rows, &mut weights, &start, free, tuning);
        let mut weights: BTreeMap<String, f64> = kept.iter().map(|f| (*f).to_owned()).zip(weights).collect();
        for (feature, weight) in prior {
            weights.entry(feature.clone()).or_insert(*weight);
        }
        Self { weights }
    }

    /// The sum for a candidate.
    pub(crate) fn sum(&self, candidate: &[String]) -> f64 {
        candidate.iter().filter_map(|f| self.weights.get(f)).sum()
    }

    /// The weights, in thousandths.
    pub(crate) fn thousandths(&self) -> impl Iterator<Item = (&str, i32)> {
        self.weights.iter().map(|(f, w)| (f.as_str(), (w * 1000.0).round() as i32))
    }
}

fn likely(sum: f64) -> f64 {
    1.0 / (1.0 + (-sum).exp())
}

/// Newton's steps, one weight after the other, in the order of their names.
fn descend(rows: &mut [Row], weights: &mut [f64], start: &[f64], free: Option<usize>, tuning: &Tuning) {
    let mut at: Vec<Vec<usize>> = vec![Vec::new(); weights.len()];
    for (n, row) in rows.iter().enumerate() {
        for f in &row.features {
            at[*f].push(n);
        }
    }
    for _ in 0..tuning.rounds {
        for f in 0..weights.len() {
            let decay = if Some(f) == free { FREE } else { tuning.decay };
            let (mut slope, mut bend) = (decay * (weights[f] - start[f]), decay);
            for n in &at[f] {
                let row = &rows[*n];
                let p = likely(row.sum);
                slope += row.weight * (p - f64::from(u8::from(row.yes)));
                bend += row.weight * p * (1.0 - p);
            }
            let step = -(slope / bend).clamp(-1.0, 1.0);
            weights[f] += step;
            for n in &at[f] {
                rows[*n].sum += step;
            }
        }
    }
}

fn share_out(examples: &[&Example], rows: &mut [Row]) {
    let mut rest = rows;
    for example in examples {
        let (own, others) = rest.split_at_mut(example.candidates.len());
        let best = own.iter().map(|r| r.sum).fold(f64::MIN, f64::max);
        let all: f64 = own.iter().map(|r| (r.sum - best).exp()).sum();
        for row in own.iter_mut() {
            // Where nothing happened, every candidate is wrong by itself.
            row.weight = if example.yes { example.weight * (row.sum - best).exp() / all } else { example.weight };
        }
        rest = others;
    }
}
