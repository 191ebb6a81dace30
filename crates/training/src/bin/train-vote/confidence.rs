//! What a sum is worth: how many claims with such a sum are right, counted on texts that were not learnt from.

use crate::gold::Example;

/// A step rests on so much weight of judged texts at least.
const LEAST: f64 = 20.0;

/// Texts whose sums lie beside each other, taken together.
struct Step {
    from: f64,
    right: f64,
    all: f64,
}

impl Step {
    /// The share that is right; one more of each kind is counted than was seen, so that few texts are never sure.
    fn share(&self) -> f64 {
        (self.right + 1.0) / (self.all + 2.0)
    }
}

/// The steps by which the share of right claims rises with the sum: neighbours that do not rise are taken together.
/// In thousandths and in hundredths.
pub(crate) fn steps(unseen: &[(&Example, f64)]) -> Vec<(i32, u32)> {
    let mut sums: Vec<(f64, bool, f64)> =
        unseen.iter().filter(|(e, _)| !e.candidates.is_empty()).map(|(e, sum)| (*sum, e.yes, e.weight)).collect();
    sums.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut steps: Vec<Step> = Vec::new();
    for (from, yes, weight) in sums {
        let right = if yes { weight } else { 0.0 };
        match steps.last_mut() {
            Some(last) if last.all < LEAST || last.from >= from => {
                last.right += right;
                last.all += weight;
            }
            _ => steps.push(Step { from, right, all: weight }),
        }
        while let [.., before, last] = steps.as_mut_slice()
            && last.all >= LEAST
            && before.share() >= last.share()
        {
            before.right += last.right;
            before.all += last.all;
            steps.pop();
        }
    }
    // What is left over at the top is too little to stand alone.
    if let [.., before, last] = steps.as_mut_slice()
        && last.all < LEAST
    {
        before.right += last.right;
        before.all += last.all;
        steps.pop();
    }
    steps.iter().map(|s| ((s.from * 1000.0).round() as i32, (s.share() * 100.0).floor() as u32)).collect()
}
