//! The best local alignment of two signatures: Smith and Waterman's, with affine gaps, over sentences.
//!
//! Within a sentence the order of anchors means little (Arabic puts the verb first); between sentences it means much.

use crate::anchor::{Anchor, Anchored, Signature, is_detail};
use crate::rules::Translations;
use marsad_model::Span;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What an alignment comes to.
#[derive(Debug)]
pub(crate) struct Alignment {
    pub(crate) steps: Vec<Step>,
    /// Weight of matched anchors, repeated ones counted little.
    pub(crate) weight: f64,
    /// Of that, the weight of details.
    pub(crate) details: f64,
    /// Different anchors that match.
    pub(crate) kinds: usize,
    /// Share of the anchors of the aligned sentences that match.
    pub(crate) coverage: f64,
    /// Share of each text's sure anchors that match, the longer text's as far as the shorter one can reach, multiplied:
    /// a translation leaves few out on either side, another account of the same happening has its own.
    pub(crate) share: f64,
    /// Steps with a matched anchor.
    pub(crate) anchored: usize,
    /// Share of the sentences of the text with fewer that the alignment runs through.
    pub(crate) through: f64,
    /// The same share of the text with more sentences,
    pub(crate) of_longer: f64,
    /// and whether that is the first one.
    pub(crate) first_is_longer: bool,
    /// Everyday words of the aligned sentences that stand in the other text too, and all such words.
    pub(crate) words: (usize, usize),
}

/// Aligned sentences.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) here: Span,
    pub(crate) there: Span,
    /// An anchor matches, not their lengths alone.
    pub(crate) anchored: bool,
}

/// Sentences of one text and those of the other that answer to them.
type Block = (Range<usize>, Range<usize>);

impl Alignment {
    /// Align two signatures.
    pub(crate) fn of(here: &Signature, there: &Signature, rules: &Translations) -> Self {
        let mut seen: FxHashMap<u64, i32> = FxHashMap::default();
        let (mut weight, mut details, mut ours_met, mut theirs_met, mut whole) = (0.0, 0.0, 0.0, 0.0, 0.0);
        let mut steps = Vec::new();
        let mut words = (0, 0);
        for (rows, columns) in Grid::fill(&here.sentences, &there.sentences, rules).path() {
            let (ours, theirs) = (&here.sentences[rows], &there.sentences[columns]);
            let (forth, back) = (Matches::of(ours, theirs), Matches::of(theirs, ours));
            ours_met += forth.matched;
            theirs_met += back.matched;
            whole += forth.whole + back.whole;
            let shared = shared_words(ours, theirs);
            words = (words.0 + shared.0, words.1 + shared.1);
            let mut keys = forth.keys;
            keys.extend(back.keys);
            keys.sort_by(|p, q| p.0.cmp(&q.0).then(q.1.total_cmp(&p.1)));
            keys.dedup_by_key(|k| k.0);
            for &(key, worth) in &keys {
                let times = seen.entry(key).or_default();
                let counted = worth * rules.repeated.powi((*times).min(4));
                weight += counted;
                details += if is_detail(key) { counted } else { 0.0 };
                *times += 1;
            }
            steps.push(Step { here: span(ours), there: span(theirs), anchored: !keys.is_empty() });
        }
        let reach = there.chars() as f64 / here.chars().max(1) as f64;
        let share = |matched: f64, signature: &Signature, reach: f64| {
            let all = signature.weight();
            if all > 0.0 { (matched / all / reach.clamp(0.01, 1.0)).min(1.0) } else { rules.silent_share }
        };
        Self {
            weight,
            details,
            kinds: seen.len(),
            coverage: if whole > 0.0 { (ours_met + theirs_met) / whole } else { 0.0 },
            share: share(ours_met, here, reach) * share(theirs_met, there, 1.0 / reach.max(0.01)),
            anchored: steps.iter().filter(|s| s.anchored).count(),
            through: steps.len() as f64 / here.sentences.len().min(there.sentences.len()).max(1) as f64,
            first_is_longer: here.sentences.len() > there.sentences.len(),
            of_longer: steps.len() as f64 / here.sentences.len().max(there.sentences.len()).max(1) as f64,
            steps,
            words,
        }
    }
}

/// How many everyday words of these sentences stand on the other side too, both ways, and how many there are.
fn shared_words(ours: &[Anchored], theirs: &[Anchored]) -> (usize, usize) {
    let one = |these: &[Anchored], those: &[Anchored]| {
        let (mut shared, mut all) = (0, 0);
        for sentence in these {
            for word in sentence.words.chunk_by(|x, y| x.0 == y.0) {
                all += 1;
                shared += usize::from(word.iter().any(|w| those.iter().any(|s| s.pairs.binary_search(&w.1).is_ok())));
            }
        }
        (shared, all)
    };
    let ((a, b), (c, d)) = (one(ours, theirs), one(theirs, ours));
    (a + c, b + d)
}

fn span(sentences: &[Anchored]) -> Span {
    sentences.iter().map(|s| s.span).reduce(Span::to).unwrap_or(Span::new(0, 0))
}

/// What sentences of one side have that those of the other answer to.
struct Matches {
    keys: Vec<(u64, f64)>,
    matched: f64,
    whole: f64,
}

impl Matches {
    fn of(ours: &[Anchored], theirs: &[Anchored]) -> Self {
        let mut found = Self { keys: Vec::new(), matched: 0.0, whole: 0.0 };
        let answers = |key: u64| theirs.iter().any(|s| s.keys.binary_search(&key).is_ok());
        for anchor in ours.iter().flat_map(|s| &s.sure) {
            let worth = Anchor::weight(anchor);
            if let Some(&key) = anchor.keys.iter().filter(|k| answers(k.0)).max_by(|p, q| p.1.total_cmp(&q.1)) {
                found.keys.push(key);
                found.matched += worth;
            }
            found.whole += worth;
        }
        found
    }
}

/// How well sentences fit each other: matched anchors, less those without counterpart, and the fit of their lengths.
fn similarity(ours: &[Anchored], theirs: &[Anchored], rules: &Translations) -> f64 {
    let (forth, back) = (Matches::of(ours, theirs), Matches::of(theirs, ours));
    let chars = |s: &[Anchored]| s.iter().map(|s| s.chars).sum::<usize>().max(1) as f64;
    let stray = ((chars(theirs) / chars(ours) / rules.length_ratio).ln() / rules.length_spread).abs();
    let unmatched = forth.whole - forth.matched + back.whole - back.matched;
    let (shared, words) = shared_words(ours, theirs);
    let beyond = rules.words.weight * (shared as f64 - rules.words.chance * words as f64);
    beyond + forth.matched.max(back.matched) - rules.unmatched * unmatched + rules.length_weight * (1.0 - stray).max(-2.0)
}

#[derive(Clone, Copy)]
enum Move {
    Stop,
    Match(usize, usize),
    SkipHere,
    SkipThere,
}

/// A cell of the grid: the best score of an alignment that ends here, and how it came; and the best that ends with
/// sentences skipped on one side or the other.
#[derive(Clone, Copy)]
struct Cell {
    score: f64,
    came: Move,
    skip_here: f64,
    skip_there: f64,
}

const EMPTY: Cell = Cell { score: 0.0, came: Move::Stop, skip_here: f64::MIN, skip_there: f64::MIN };

/// One to three sentences against one to three, but never several against several.
const SHAPES: [(usize, usize); 5] = [(1, 1), (1, 2), (2, 1), (1, 3), (3, 1)];

struct Grid {
    columns: usize,
    cells: Vec<Cell>,
    top: (usize, usize),
}

impl Grid {
    fn fill(ours: &[Anchored], theirs: &[Anchored], rules: &Translations) -> Self {
        let columns = theirs.len() + 1;
        let mut grid = Self { columns, cells: vec![EMPTY; (ours.len() + 1) * columns], top: (0, 0) };
        let mut best = 0.0;
        for row in 0..=ours.len() {
            for column in 0..columns {
                let cell = grid.cell(row, column, ours, theirs, rules);
                if cell.score > best {
                    (best, grid.top) = (cell.score, (row, column));
                }
                grid.cells[row * columns + column] = cell;
            }
        }
        grid
    }

    fn at(&self, row: usize, column: usize) -> Cell {
        self.cells[row * self.columns + column]
    }

    fn cell(&self, row: usize, column: usize, ours: &[Anchored], theirs: &[Anchored], rules: &Translations) -> Cell {
        let mut cell = EMPTY;
        for (down, right) in SHAPES {
            if row >= down && column >= right {
                let before = self.at(row - down, column - right).score;
                let score = before + similarity(&ours[row - down..row], &theirs[column - right..column], rules);
                if score > cell.score {
                    (cell.score, cell.came) = (score, Move::Match(down, right));
                }
            }
        }
        if row > 0 {
            let above = self.at(row - 1, column);
            cell.skip_here = (above.score - rules.gap_open).max(above.skip_here - rules.gap_extend);
        }
        if column > 0 {
            let left = self.at(row, column - 1);
            cell.skip_there = (left.score - rules.gap_open).max(left.skip_there - rules.gap_extend);
        }
        if cell.skip_here > cell.score {
            (cell.score, cell.came) = (cell.skip_here, Move::SkipHere);
        }
        if cell.skip_there > cell.score {
            (cell.score, cell.came) = (cell.skip_there, Move::SkipThere);
        }
        cell
    }

    /// The blocks of the best alignment, in order.
    fn path(&self) -> Vec<Block> {
        let (mut row, mut column) = self.top;
        let mut blocks = Vec::new();
        loop {
            match self.at(row, column).came {
                Move::Stop => break,
                Move::SkipHere => row -= 1,
                Move::SkipThere => column -= 1,
                Move::Match(down, right) => {
                    blocks.push((row - down..row, column - right..column));
                    (row, column) = (row - down, column - right);
                }
            }
        }
        blocks.reverse();
        blocks
    }
}
