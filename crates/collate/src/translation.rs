//! Lineage across languages: two anchor sequences are aligned sentence by sentence, and the alignment decides.

use crate::World;
use crate::anchor::{Anchor, Anchored, Signature, is_detail};
use crate::copies::hundredths;
use crate::corpus::Corpus;
use crate::hash;
use crate::rules::{Rules, Translations};
use crate::tie::Tie;
use marsad_model::{Relation, Span};
use marsad_text::Script;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Every tie between texts in Latin and texts in Arabic letters. `texts` are reports with different words.
pub(crate) fn ties(corpus: &Corpus<'_>, texts: &[usize], world: &dyn World, rules: &Rules) -> Vec<Tie> {
    let signatures: BTreeMap<usize, Signature> = texts
        .iter()
        .map(|&i| (i, Signature::of(&corpus.entries[i], world, &rules.translations, &rules.skeletons)))
        .filter(|(_, s)| s.script != Script::Other)
        .collect();
    let mut ties = Vec::new();
    for (a, b) in propose(corpus, &signatures, &rules.translations) {
        let alignment = Alignment::of(&signatures[&a], &signatures[&b], &rules.translations);
        if let Some(tie) = alignment.decide(&rules.translations) {
            ties.push(Tie { a, b, ..tie }.ordered());
        }
    }
    ties
}

/// Pairs (Latin, Arabic) that share enough rare anchors to be aligned.
fn propose(corpus: &Corpus<'_>, signatures: &BTreeMap<usize, Signature>, rules: &Translations) -> Vec<(usize, usize)> {
    let mut postings: FxHashMap<u64, Vec<(usize, f64)>> = FxHashMap::default();
    for (&i, signature) in signatures.iter().filter(|(_, s)| s.script == Script::Latin) {
        for (key, weight) in proposing(signature) {
            postings.entry(key).or_default().push((i, weight));
        }
    }
    let mut pairs = Vec::new();
    let mut scores: BTreeMap<usize, f64> = BTreeMap::new();
    for (&j, signature) in signatures.iter().filter(|(_, s)| s.script == Script::Arabic) {
        scores.clear();
        let mut keys: Vec<u64> = proposing(signature).into_keys().collect();
        keys.extend(signature.sentences.iter().flat_map(|s| &s.keys));
        keys.sort_unstable();
        keys.dedup();
        for list in keys.iter().filter_map(|k| postings.get(k)).filter(|l| l.len() <= rules.longest_posting) {
            let rarity = 1.0 / (1.0 + (list.len() as f64).ln());
            for &(i, weight) in list {
                *scores.entry(i).or_default() += weight * rarity;
            }
        }
        let mut best: Vec<(f64, usize)> = scores
            .iter()
            .map(|(&i, &s)| (s, i))
            .filter(|&(s, i)| s >= rules.propose_weight && days_fit(corpus, i, j, rules.most_days))
            .collect();
        best.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        pairs.extend(best.into_iter().take(rules.proposals).map(|(_, i)| (i, j)));
    }
    pairs.sort_unstable();
    pairs
}

/// Keys that can propose a pair: each sure anchor's, and every two language-free ones of a sentence together, since in
/// the reports of one war each alone is common.
fn proposing(signature: &Signature) -> FxHashMap<u64, f64> {
    let mut keys: FxHashMap<u64, f64> = FxHashMap::default();
    for sentence in &signature.sentences {
        keys.extend(sentence.sure.iter().flat_map(|a| a.keys.iter().copied()));
        for (n, x) in sentence.free.iter().take(12).enumerate() {
            keys.extend(sentence.free.iter().take(12).skip(n + 1).map(|y| (hash::join(x.0, y.0), (x.1 + y.1) / 2.0)));
        }
    }
    keys
}

fn days_fit(corpus: &Corpus<'_>, i: usize, j: usize, most: i32) -> bool {
    let day = |i: usize| corpus.get(i).report.published.as_ref().and_then(marsad_model::Published::day);
    match (day(i), day(j)) {
        (Some(x), Some(y)) => (x - y).get_days().abs() <= most,
        _ => true,
    }
}

/// The best local alignment of two signatures: groups of one to three sentences on either side.
#[derive(Debug)]
pub(crate) struct Alignment {
    pub(crate) steps: Vec<Step>,
    /// Weight of matched anchors, repeated ones counted little.
    pub(crate) weight: f64,
    /// Of that, the weight of details.
    pub(crate) details: f64,
    /// Different anchors that match.
    pub(crate) kinds: usize,
    /// Share of the anchors of the aligned stretch that match.
    pub(crate) coverage: f64,
    /// Share of each text's sure anchors that match, the longer text's as far as the shorter one can reach, multiplied:
    /// a translation leaves few out on either side, another account of the same happening has its own.
    pub(crate) share: f64,
    /// Steps with a matched anchor.
    pub(crate) anchored: usize,
}

/// Aligned sentences.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) here: Span,
    pub(crate) there: Span,
    matched: Vec<(u64, f64)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Move {
    Stop,
    Match(u8, u8),
    SkipHere,
    SkipThere,
}

/// One to three sentences against one to three, but never several against several.
const SHAPES: [(usize, usize); 5] = [(1, 1), (1, 2), (2, 1), (1, 3), (3, 1)];

impl Alignment {
    /// Smith and Waterman's local alignment with affine gaps, over sentences.
    pub(crate) fn of(x: &Signature, y: &Signature, rules: &Translations) -> Self {
        let (n, m) = (x.sentences.len(), y.sentences.len());
        let at = |i: usize, j: usize| i * (m + 1) + j;
        let mut best = vec![(0.0f64, Move::Stop); (n + 1) * (m + 1)];
        // Score of the best alignment that ends here with sentences skipped on one side or the other.
        let mut skip = vec![(f64::MIN, f64::MIN); (n + 1) * (m + 1)];
        let mut top = (0.0, 0, 0);
        for i in 0..=n {
            for j in 0..=m {
                let mut cell = (0.0, Move::Stop);
                for (h, t) in SHAPES {
                    if i >= h && j >= t {
                        let before = best[at(i - h, j - t)].0;
                        let score = before + similarity(&x.sentences[i - h..i], &y.sentences[j - t..j], rules);
                        if score > cell.0 {
                            cell = (score, Move::Match(h as u8, t as u8));
                        }
                    }
                }
                let gap = |from: (f64, Move), open: f64| (from.0 - rules.gap_open).max(open - rules.gap_extend);
                let here = if i > 0 { gap(best[at(i - 1, j)], skip[at(i - 1, j)].0) } else { f64::MIN };
                let there = if j > 0 { gap(best[at(i, j - 1)], skip[at(i, j - 1)].1) } else { f64::MIN };
                skip[at(i, j)] = (here, there);
                if here > cell.0 {
                    cell = (here, Move::SkipHere);
                }
                if there > cell.0 {
                    cell = (there, Move::SkipThere);
                }
                best[at(i, j)] = cell;
                if cell.0 > top.0 {
                    top = (cell.0, i, j);
                }
            }
        }
        let mut steps = Vec::new();
        let (mut i, mut j) = (top.1, top.2);
        loop {
            match best[at(i, j)].1 {
                Move::Stop => break,
                Move::SkipHere => i -= 1,
                Move::SkipThere => j -= 1,
                Move::Match(h, t) => {
                    let (h, t) = (usize::from(h), usize::from(t));
                    steps.push((i - h..i, j - t..j));
                    (i, j) = (i - h, j - t);
                }
            }
        }
        steps.reverse();
        Self::weigh(x, y, steps, rules)
    }

    fn weigh(x: &Signature, y: &Signature, steps: Vec<(std::ops::Range<usize>, std::ops::Range<usize>)>, rules: &Translations) -> Self {
        let mut seen: FxHashMap<u64, i32> = FxHashMap::default();
        let (mut weight, mut details, mut sums, mut all_sum, mut anchored) = (0.0, 0.0, (0.0, 0.0), 0.0, 0);
        let mut out = Vec::new();
        for (i, j) in steps {
            let (h, t) = (&x.sentences[i.clone()], &y.sentences[j.clone()]);
            let (mut matched, a) = matches(h, t);
            let (back, b) = matches(t, h);
            sums = (sums.0 + a.0, sums.1 + b.0);
            all_sum += a.1 + b.1;
            matched.extend(back);
            matched.sort_by(|p, q| p.0.cmp(&q.0).then(q.1.total_cmp(&p.1)));
            matched.dedup_by_key(|k| k.0);
            anchored += usize::from(!matched.is_empty());
            for &(key, w) in &matched {
                let times = seen.entry(key).or_default();
                let counted = w * rules.repeated.powi((*times).min(4));
                weight += counted;
                details += if is_detail(key) { counted } else { 0.0 };
                *times += 1;
            }
            let span = |s: &[Anchored]| s.iter().map(|s| s.span).reduce(Span::to).unwrap_or(Span::new(0, 0));
            out.push(Step { here: span(h), there: span(t), matched });
        }
        let reach = y.chars() as f64 / x.chars().max(1) as f64;
        let share = |matched: f64, signature: &Signature, reach: f64| match signature.weight() {
            0.0 => rules.silent_share,
            whole => (matched / whole / reach.clamp(0.01, 1.0)).min(1.0),
        };
        Self {
            steps: out,
            weight,
            details,
            kinds: seen.len(),
            coverage: if all_sum > 0.0 { (sums.0 + sums.1) / all_sum } else { 0.0 },
            share: share(sums.0, x, reach) * share(sums.1, y, 1.0 / reach.max(0.01)),
            anchored,
        }
    }

    /// Is this one telling? The tie's ends are left for the caller to fill in.
    fn decide(&self, rules: &Translations) -> Option<Tie> {
        let enough = self.weight >= rules.least_weight && self.kinds >= rules.least_kinds && self.anchored >= rules.least_sentences;
        let thick = self.share >= rules.least_share && self.weight * self.share >= rules.least_shared_weight;
        // Places and sides alone are shared by all who tell of one fight, unless they are very many.
        let own_words = self.details >= rules.least_details || self.kinds >= rules.many_kinds && self.share >= rules.many_share;
        if !enough || !thick || !own_words || self.coverage < rules.least_coverage {
            return None;
        }
        let confidence = 0.5 + 0.5 * (self.coverage - rules.least_coverage) / (rules.sure_coverage - rules.least_coverage);
        Some(Tie {
            a: 0,
            b: 0,
            relation: Relation::Translation,
            later: None,
            confidence: hundredths(confidence.min(0.99)),
            spans: self.steps.iter().filter(|s| !s.matched.is_empty()).map(|s| (s.here, s.there)).collect(),
            because: vec![format!(
                "{} sentences in the same order share {} names, places, numbers or other anchors: {:.0} % of those that stand in them",
                self.anchored,
                self.kinds,
                self.coverage * 100.0
            )],
        })
    }
}

/// What sentences of one side have that those of the other answer to: the keys with weights; matched and whole weight.
fn matches(x: &[Anchored], y: &[Anchored]) -> (Vec<(u64, f64)>, (f64, f64)) {
    let (mut found, mut matched, mut all) = (Vec::new(), 0.0, 0.0);
    let answers = |key: u64| y.iter().any(|s| s.keys.binary_search(&key).is_ok());
    for anchor in x.iter().flat_map(|s| &s.sure) {
        let whole = Anchor::weight(anchor);
        let hit = anchor.keys.iter().filter(|k| answers(k.0)).max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some(&(key, weight)) = hit {
            found.push((key, weight));
            matched += whole;
        }
        all += whole;
    }
    (found, (matched, all))
}

/// How well sentences fit each other: matched anchors, less those without counterpart, and the fit of their lengths.
fn similarity(x: &[Anchored], y: &[Anchored], rules: &Translations) -> f64 {
    let (_, (a, all_a)) = matches(x, y);
    let (_, (b, all_b)) = matches(y, x);
    let chars = |s: &[Anchored]| s.iter().map(|s| s.chars).sum::<usize>().max(1) as f64;
    let stray = ((chars(y) / chars(x) / rules.length_ratio).ln() / rules.length_spread).abs();
    let length = rules.length_weight * (1.0 - stray).max(-2.0);
    a.max(b) - rules.unmatched * (all_a - a + all_b - b) + length
}
