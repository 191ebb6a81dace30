//! How well a vote does on documents that it has not learnt from.

use crate::fit::{Model, Tuning};
use crate::gold::Example;
use crate::part::fold;
use marsad_knowledge::{Ballot, VoteRules};
use std::collections::BTreeMap;

/// The sums at which to look.
const SUMS: [f64; 16] = [-99.0, -3.0, -2.5, -2.0, -1.7, -1.5, -1.3, -1.1, -1.0, -0.9, -0.8, -0.7, -0.6, -0.4, 0.0, 0.4];

/// Learn from all folds but one and weigh that one, for each: every example of a sort with the sum of its best candidate.
pub(crate) fn unseen<'e>(
    examples: &'e [Example],
    ballot: Ballot,
    rules: &VoteRules,
    folds: u32,
    tuning: &Tuning,
) -> Vec<(&'e Example, f64)> {
    let mut out = Vec::new();
    for n in 0..folds {
        let own = examples.iter().filter(|e| e.ballot == ballot);
        let (tested, learnt): (Vec<&Example>, Vec<&Example>) = own.partition(|e| fold(&e.document, folds) == n);
        let model = Model::fit(&learnt, &rules.prior, tuning);
        let sums = |e: &Example| e.candidates.iter().zip(&e.context).map(|(c, more)| model.sum(c) + more).fold(f64::MIN, f64::max);
        out.extend(tested.into_iter().map(|e| (e, sums(e))));
    }
    out
}

/// Show how well it does on what it has not seen: of the texts with a happening those that keep a candidate, by set, sort
/// and threshold.
pub(crate) fn cross_validate(examples: &[Example], rules: &VoteRules, folds: u32, tuning: &Tuning) {
    let mut best: BTreeMap<(&str, Ballot), Vec<(f64, bool)>> = BTreeMap::new();
    for ballot in Ballot::ALL {
        for (example, sum) in unseen(examples, ballot, rules, folds, tuning) {
            best.entry((example.set, ballot)).or_default().push((sum, example.yes));
        }
    }
    for ((set, ballot), sums) in &best {
        let all = sums.iter().filter(|(_, yes)| *yes).count();
        println!("{set} {}: {} texts, {all} with a happening", ballot.column(), sums.len());
        for least in SUMS {
            let kept = |yes: bool| sums.iter().filter(|(s, y)| *s >= least && *y == yes).count();
            let (right, wrong) = (kept(true), kept(false));
            let (p, r) = (right as f64 / (right + wrong).max(1) as f64, right as f64 / all.max(1) as f64);
            println!("  {least:5.1}  P {p:.3}  R {r:.3}  F1 {:.3}", if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 });
        }
    }
}
