//! Lineage across languages: two anchor sequences are aligned sentence by sentence, and the alignment decides.

use crate::World;
use crate::alignment::Alignment;
use crate::anchor::{Signature, Sounds, is_detail, script};
use crate::copies::hundredths;
use crate::corpus::{Corpus, Entry, near};
use crate::hash;
use crate::rules::{Bar, Rules, Through, Translations};
use crate::tie::Tie;
use marsad_model::{Relation, Span};
use marsad_text::Script;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Every tie between texts in Latin and texts in Arabic letters. `texts` are reports with different words.
pub(crate) fn ties(corpus: &Corpus<'_>, texts: &[usize], world: &dyn World, rules: &Rules) -> Vec<Tie> {
    let written = |i: usize| script(&corpus.get(i).report.text, rules.translations.other_script);
    let of_script: Vec<Script> = texts.par_iter().map(|&i| written(i)).collect();
    let all_in = |script: Script| -> Vec<usize> { texts.iter().zip(&of_script).filter(|(_, s)| **s == script).map(|(&i, _)| i).collect() };
    let signer = Signer { corpus, world, rules };
    let latin: FxHashMap<usize, Signature> =
        signer.each(&all_in(Script::Latin), Script::Latin, |i, signature| [(i, signature)]).into_iter().collect();
    let postings = Postings::of(&latin, rules.translations.longest_posting);
    // Those of the other script are many more words' sounds, and are needed one at a time.
    let tied = |j: usize, y: Signature| {
        let best = postings.best(corpus, (j, &y), &rules.translations);
        let ties = best.into_iter().filter_map(|i| Some(((i, j), signer.tie((i, latin.get(&i)?), (j, &y))?)));
        ties.collect::<Vec<_>>()
    };
    let mut found = signer.each(&all_in(Script::Arabic), Script::Arabic, tied);
    found.sort_unstable_by_key(|(pair, _)| *pair);
    found.into_iter().map(|(_, tie)| tie).collect()
}

/// Makes signatures and ties of them.
struct Signer<'a> {
    corpus: &'a Corpus<'a>,
    world: &'a dyn World,
    rules: &'a Rules,
}

impl Signer<'_> {
    /// What is made of the signature of each of these texts.
    fn each<T: Send, I: IntoIterator<Item = T>>(
        &self,
        texts: &[usize],
        script: Script,
        make: impl Fn(usize, Signature) -> I + Sync,
    ) -> Vec<T> {
        // The longer the stretch, the more words were sounded out before; a few for each thread keep all busy.
        let stretch = (texts.len() / (4 * rayon::current_num_threads())).max(LEAST_TEXTS);
        let of_stretch = |texts: &[usize]| -> Vec<T> {
            let sounds = Sounds::new(self.rules.spelling.skeletons(), &self.rules.dictionary);
            let sign = |i: usize| Signature::of(&self.corpus.entries[i], script, self.world, &self.rules.translations, &sounds);
            texts.iter().flat_map(|&i| make(i, sign(i))).collect()
        };
        texts.par_chunks(stretch).flat_map_iter(of_stretch).collect()
    }

    /// The tie of a text in Latin and one in Arabic letters, if they are one telling.
    fn tie(&self, (a, x): (usize, &Signature), (b, y): (usize, &Signature)) -> Option<Tie> {
        let (corpus, rules) = (self.corpus, &self.rules.translations);
        if !is_worth_aligning(x, y, rules) || differ_in_days(corpus, a, b) {
            return None;
        }
        let alignment = Alignment::of(x, y, rules);
        let one = is_one_telling(&corpus.entries[a], &corpus.entries[b], &alignment, rules);
        let said = |i: usize| &*corpus.get(i).report.text;
        let one = one || self.world.signal().and_then(|s| s.likeness(said(a), said(b))).is_some_and(|l| l >= rules.signal);
        one.then(|| Tie { a, b, ..tie(&alignment, rules) }.ordered())
    }
}

/// So many texts at least are signed in a row, which share what is known of their words' sounds.
const LEAST_TEXTS: usize = 1024;

/// What the alignment must reach. Reports of one fight share its places, sides and means, and so nearly half of what they
/// name; a translation shares nearly all, or many details, which no two accounts have in common.
fn bar<'r>(a: &Entry<'_>, b: &Entry<'_>, alignment: &Alignment, rules: &'r Translations) -> Option<&'r Bar> {
    let both_tell = a.tells() && b.tells();
    if both_tell && is_settled(alignment, rules) {
        return Some(&rules.untold);
    }
    tells_the_same(a, b, alignment, rules).then_some(if both_tell { &rules.told } else { &rules.untold })
}

/// Do so many details match that no two accounts have them in common?
fn is_settled(found: &Alignment, rules: &Translations) -> bool {
    found.details * found.share >= rules.shared_details && found.anchored >= rules.told.sentences
}

/// Could an alignment reach the bar at all? Most proposed pairs could not, and this is much cheaper than to align them.
fn is_worth_aligning(x: &Signature, y: &Signature, rules: &Translations) -> bool {
    let mut keys = x.reachable(y);
    keys.extend(y.reachable(x));
    let again = 1.0 / (1.0 - rules.repeated.min(0.9));
    let details: f64 = keys.iter().filter(|k| is_detail(*k.0)).map(|k| k.1).sum();
    let whole: f64 = keys.values().sum();
    let own_words = details * again >= rules.least_details || keys.len() >= rules.many_kinds;
    let by_anchors = keys.len() >= rules.untold.kinds.min(rules.through.kinds)
        && whole * again >= rules.untold.weight.min(rules.through.weight)
        && own_words;
    by_anchors || keys.len() >= rules.words.kinds && x.answered(y) >= rules.words.reach
}

/// Texts in Latin letters by the keys that can propose them.
struct Postings {
    /// Where in `listed` the texts of a key begin, and how many there are.
    at: FxHashMap<u64, (u32, u32)>,
    listed: Vec<(u32, f64)>,
}

impl Postings {
    /// A key that more texts than `longest` have proposes nothing.
    fn of(signatures: &FxHashMap<usize, Signature>, longest: usize) -> Self {
        let of_one = |(&i, signature): (&usize, &Signature)| {
            proposing(signature).into_iter().map(move |(key, weight)| (key, i as u32, weight)).collect::<Vec<_>>()
        };
        let mut keyed: Vec<(u64, u32, f64)> = signatures.par_iter().flat_map_iter(of_one).collect();
        keyed.par_sort_unstable_by_key(|k| (k.0, k.1));
        let mut at = FxHashMap::default();
        let mut listed = Vec::with_capacity(keyed.len());
        for list in keyed.chunk_by(|a, b| a.0 == b.0).filter(|l| l.len() <= longest) {
            at.insert(list[0].0, (listed.len() as u32, list.len() as u32));
            listed.extend(list.iter().map(|k| (k.1, k.2)));
        }
        Self { at, listed }
    }

    fn get(&self, key: u64) -> Option<&[(u32, f64)]> {
        let &(from, length) = self.at.get(&key)?;
        self.listed.get(from as usize..from as usize + length as usize)
    }

    /// The texts that share enough rare anchors with this one to be aligned.
    fn best(&self, corpus: &Corpus<'_>, (j, signature): (usize, &Signature), rules: &Translations) -> Vec<usize> {
        let mut scores: FxHashMap<usize, f64> = FxHashMap::default();
        let mut keys: Vec<u64> = proposing(signature).into_keys().collect();
        keys.extend(signature.sentences.iter().flat_map(|s| &s.keys));
        keys.sort_unstable();
        keys.dedup();
        for list in keys.iter().filter_map(|k| self.get(*k)) {
            let rarity = 1.0 / (1.0 + (list.len() as f64).ln());
            for &(i, weight) in list {
                *scores.entry(i as usize).or_default() += weight * rarity;
            }
        }
        let mut best: Vec<(f64, usize)> = scores
            .iter()
            .map(|(&i, &s)| (s, i))
            .filter(|&(s, i)| s >= rules.propose_weight && days_fit(corpus, i, j, rules.most_days))
            .collect();
        best.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        best.into_iter().take(rules.proposals).map(|(_, i)| i).collect()
    }
}

/// Keys that can propose a pair: each sure anchor's, and every two language-free ones of a sentence together, since in
/// the reports of one war each alone is common.
fn proposing(signature: &Signature) -> FxHashMap<u64, f64> {
    let mut keys: FxHashMap<u64, f64> = FxHashMap::default();
    for sentence in &signature.sentences {
        keys.extend(sentence.sure.iter().flat_map(|a| a.keys.iter().copied()));
        for (n, x) in sentence.free.iter().take(12).enumerate() {
            keys.extend(sentence.free.iter().take(12).skip(n + 1).map(|y| (hash::join(x.0, y.0), f64::midpoint(x.1, y.1))));
        }
    }
    keys
}

fn days_fit(corpus: &Corpus<'_>, i: usize, j: usize, most: i32) -> bool {
    let day = |i: usize| corpus.get(i).report.published.as_deref().and_then(marsad_model::Published::day);
    match (day(i), day(j)) {
        (Some(x), Some(y)) => (x - y).get_days().abs() <= most,
        _ => true,
    }
}

/// Do both name the days of which they tell, and none of them the same?
fn differ_in_days(corpus: &Corpus<'_>, a: usize, b: usize) -> bool {
    let days = |i: usize| -> Vec<_> { corpus.entries[i].days().into_iter().map(|d| d.0).collect() };
    let (ours, theirs) = (days(a), days(b));
    !ours.is_empty() && !theirs.is_empty() && !near(&ours, &theirs)
}

/// Where both texts tell of happenings, the aligned sentences tell of the same sort: each claim of the text that has fewer
/// finds its like in the sentence beside it, or enough of them do. Reports that share background share no such thing.
fn tells_the_same(a: &Entry<'_>, b: &Entry<'_>, alignment: &Alignment, rules: &Translations) -> bool {
    let classes = |e: &Entry<'_>, within: Option<Span>| -> Vec<&'static str> {
        let told = e.analysed.claims.iter().filter(|c| c.makes_event() && within.is_none_or(|w| w.contains(c.trigger)));
        told.map(|c| c.event_type.class()).collect()
    };
    let fewer = classes(a, None).len().min(classes(b, None).len());
    if fewer < rules.judged_claims {
        return true;
    }
    let mut alike = 0;
    for step in alignment.steps.iter().filter(|s| s.anchored) {
        let mut theirs = classes(b, Some(step.there));
        for class in classes(a, Some(step.here)) {
            if let Some(at) = theirs.iter().position(|t| *t == class) {
                theirs.swap_remove(at);
                alike += 1;
            }
        }
    }
    f64::from(alike) >= fewer as f64 * rules.alike_claims
}

/// Is this one telling?
fn is_one_telling(a: &Entry<'_>, b: &Entry<'_>, found: &Alignment, rules: &Translations) -> bool {
    let both_tell = a.tells() && b.tells();
    if both_tell && found.through + found.share < rules.told_reach {
        return false; // a passage of both, as where one source is quoted in two stories
    }
    if both_tell && found.of_longer < rules.most && !begins_in(a, b, found) {
        return false; // the longer one tells of something else, and of this in passing
    }
    let (shared, words) = found.words;
    let other = words >= rules.words.judged && beyond_chance(shared, words, rules.words.chance) < rules.words.least;
    if both_tell && other && !is_settled(found, rules) {
        return false; // what is aligned says other things
    }
    if both_tell && runs_through(found, &rules.through_told, rules) && tells_the_same(a, b, found, rules) {
        return true;
    }
    if !both_tell && runs_through(found, &rules.through, rules) {
        return true;
    }
    if told_by_words(found, both_tell, rules) {
        return true;
    }
    let Some(bar) = bar(a, b, found, rules) else { return false };
    let enough = found.weight >= bar.weight && found.kinds >= bar.kinds && found.anchored >= bar.sentences;
    let thick = found.share >= rules.least_share && found.weight * found.share >= rules.least_shared_weight;
    // Places and sides alone are shared by all who tell of one fight, unless they are very many.
    let own_words = found.details >= rules.least_details || found.kinds >= rules.many_kinds && found.share >= rules.many_share;
    enough && thick && own_words && found.coverage >= bar.coverage
}

/// Is it one sentence of a text with many? It runs from end to end of a short post, whatever stands around its like.
fn is_one_of_many(found: &Alignment, rules: &Translations) -> bool {
    found.steps.len() < rules.untold.sentences && found.of_longer < rules.most
}

/// Does the first happening of which the longer text tells stand in the aligned sentences?
fn begins_in(a: &Entry<'_>, b: &Entry<'_>, found: &Alignment) -> bool {
    let first = |e: &Entry<'_>| e.analysed.claims.iter().filter(|c| c.makes_event()).map(|c| c.trigger).min();
    let here = found.first_is_longer;
    first(if here { a } else { b }).is_none_or(|t| found.steps.iter().any(|s| if here { s.here } else { s.there }.contains(t)))
}

/// Do the everyday words of the aligned sentences answer to each other far more often than chance has it, with some names or
/// numbers among them? Accounts of one fight share many words too, so more is asked of texts that both tell.
fn told_by_words(found: &Alignment, both_tell: bool, rules: &Translations) -> bool {
    let (shared, all) = found.words;
    let bar = if both_tell || is_one_of_many(found, rules) { &rules.words.told } else { &rules.words.untold };
    shared as f64 >= bar.share * all as f64
        && beyond_chance(shared, all, rules.words.chance) >= bar.excess
        && found.through >= bar.through
        && found.kinds >= rules.words.kinds
}

/// By how many standard deviations more words are shared than chance would have.
fn beyond_chance(shared: usize, all: usize, chance: f64) -> f64 {
    (shared as f64 - chance * all as f64) / (chance * (1.0 - chance) * all.max(1) as f64).sqrt()
}

/// A cut text has few anchors left to match. What makes up for them is that sentence upon sentence fits, from one end of
/// the shorter text to the other: what two texts have in common by chance, or by their subject, stands in a few places.
fn runs_through(found: &Alignment, bar: &Through, rules: &Translations) -> bool {
    found.through >= bar.sentences
        && !is_one_of_many(found, rules)
        && found.weight >= bar.weight
        && found.kinds >= bar.kinds
        && found.coverage >= bar.coverage
        && found.details >= rules.least_details
        && found.anchored as f64 * found.share >= bar.held
}

/// The tie that an alignment makes; its ends are left for the caller to fill in.
fn tie(found: &Alignment, rules: &Translations) -> Tie {
    let least = rules.through.coverage;
    let confidence = 0.5 + 0.5 * (found.coverage - least).max(0.0) / (rules.sure_coverage - least);
    Tie {
        a: 0,
        b: 0,
        relation: Relation::Translation,
        passage: false,
        later: None,
        confidence: hundredths(confidence.min(0.99)),
        spans: found.steps.iter().filter(|s| s.anchored).map(|s| (s.here, s.there)).collect(),
        because: vec![format!(
            "{} sentences in the same order share {} names, places, numbers or other anchors: {:.0} % of those that stand in them",
            found.anchored,
            found.kinds,
            found.coverage * 100.0
        )],
    }
}
