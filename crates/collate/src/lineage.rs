//! Lineage as a whole: copies inside a language, translations across, quotations; and the direction of each.

use crate::World;
use crate::corpus::Corpus;
use crate::rules::Rules;
use crate::shingle::Shingles;
use crate::tie::{self, Tie};
use crate::{copies, quote, translation};
use marsad_model::Relation;
use std::collections::BTreeSet;

/// Every tie between two reports, sorted.
pub(crate) fn trace(corpus: &Corpus<'_>, shingles: Vec<Shingles>, world: &dyn World, rules: &Rules) -> Vec<Tie> {
    let (mut ties, walls) = copies::ties(corpus, shingles, rules);
    // Of reports with the same words, one is enough to find their translation; the tie of copies does the rest.
    let again: BTreeSet<usize> = ties.iter().filter(|t| t.relation == Relation::Copy && t.confidence >= 1.0).map(|t| t.b).collect();
    let texts: Vec<usize> = (0..corpus.len()).filter(|i| !walls.contains(i) && !again.contains(i)).collect();
    ties.extend(translation::ties(corpus, &texts, world, rules));
    tie::direct(corpus, &mut ties);
    let pairs: BTreeSet<(usize, usize)> = ties.iter().map(|t| (t.a, t.b)).collect();
    // A copy names its source too; that it quotes it adds nothing.
    ties.extend(quote::ties(corpus, rules).into_iter().filter(|t| !pairs.contains(&(t.a, t.b))));
    ties.sort_by_key(|t| (t.a, t.b, t.relation));
    ties
}
