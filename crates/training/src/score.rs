//! Scores of the tagger by itself, on documents that it has not learnt from.

use crate::fit::{Tuning, example};
use crate::gold::Document;
use crate::part::fold;
use marsad_analyse::Analyser;
use marsad_tagger::{Example, Kind, Label, Lists, train};
use std::collections::BTreeMap;

/// What was said and right, asked and found.
#[derive(Default, Clone, Copy)]
struct Tally {
    said: usize,
    right: usize,
    asked: usize,
    found: usize,
}

impl Tally {
    fn show(self, label: &str) {
        let share = |a: usize, b: usize| if b == 0 { 0.0 } else { a as f64 / b as f64 };
        let (p, r) = (share(self.right, self.said), share(self.found, self.asked));
        let f = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        println!("{label:34} P {p:.3}  R {r:.3}  F1 {f:.3}  n {}", self.asked);
    }
}

/// Learn from all folds but one and score that one, for each; overlap of spans by kind, set by set.
pub(crate) fn cross_validate(
    analyser: &Analyser,
    documents: &[Document],
    lists: &Lists,
    folds: u32,
    without: Option<&str>,
    tuning: &Tuning,
) {
    let examples: Vec<(&Document, Example)> = documents.iter().filter_map(|d| Some((d, example(analyser, d)?))).collect();
    let mut tallies: BTreeMap<(&str, &str), Tally> = BTreeMap::new();
    let mut rest: Vec<(u32, &Document, Example)> = examples.into_iter().map(|(d, e)| (fold(&d.id, folds), d, e)).collect();
    for n in 0..folds {
        let asked = |f: u32, d: &Document| without.map_or(f == n, |set| d.set == set);
        let (tested, learnt): (Vec<_>, Vec<_>) = rest.into_iter().partition(|(f, d, _)| asked(*f, d));
        let (meta, examples): (Vec<_>, Vec<_>) = learnt.into_iter().map(|(f, d, e)| ((f, d), e)).unzip();
        let model = train(&examples, lists.clone(), "", &tuning.settings());
        for (_, document, example) in &tested {
            let tagging = model.tag(&example.words, example.sentences.iter().cloned(), &example.clues, tuning.lean);
            let ours: Vec<_> = tagging.names.iter().map(|n| (n.kind, n.first, n.last)).collect();
            tally(document.set, &ours, &gold(example), document.places_only, &mut tallies);
        }
        println!("fold {n}: {} features", model.len());
        rest = tested;
        rest.extend(meta.into_iter().zip(examples).map(|((f, d), e)| (f, d, e)));
    }
    for ((set, kind), tally) in &tallies {
        tally.show(&format!("{set} {kind}"));
    }
}

type Span = (Kind, usize, usize);

/// The names of an example.
fn gold(example: &Example) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let kinds = [Kind::Person, Kind::Organisation, Kind::Place, Kind::Other];
    for (i, set) in example.labels.iter().enumerate() {
        for kind in kinds {
            if *set == Label::of(kind, false).only() && out.last().is_some_and(|o| o.0 == kind && o.2 + 1 == i) {
                if let Some(last) = out.last_mut() {
                    last.2 = i;
                }
            } else if *set == Label::of(kind, true).only() {
                out.push((kind, i, i));
            }
        }
    }
    out
}

fn tally<'s>(set: &'s str, ours: &[Span], gold: &[Span], places_only: bool, tallies: &mut BTreeMap<(&'s str, &'s str), Tally>) {
    let meets = |a: &Span, b: &Span| a.1 <= b.2 && b.1 <= a.2;
    for (kind, name) in [(Kind::Person, "person"), (Kind::Organisation, "organisation"), (Kind::Place, "place")] {
        if places_only && kind != Kind::Place {
            continue;
        }
        let mut t = Tally::default();
        for o in ours.iter().filter(|o| o.0 == kind) {
            let right = gold.iter().any(|g| g.0 == kind && meets(g, o));
            // A people's name is neither asked for nor held against the tagger.
            if right || !gold.iter().any(|g| g.0 == Kind::Other && kind == Kind::Organisation && meets(g, o)) {
                t.said += 1;
                t.right += usize::from(right);
            }
        }
        for g in gold.iter().filter(|g| g.0 == kind) {
            t.asked += 1;
            t.found += usize::from(ours.iter().any(|o| o.0 == kind && meets(g, o)));
        }
        for key in [(set, name), (set, "~micro")] {
            let all = tallies.entry(key).or_default();
            all.said += t.said;
            all.right += t.right;
            all.asked += t.asked;
            all.found += t.found;
        }
    }
}
