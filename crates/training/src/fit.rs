//! Documents as the tagger sees them, and how it is trained.

use crate::gold::Document;
use clap::Args;
use marsad_analyse::Analyser;
use marsad_model::Report;
use marsad_tagger::{Clue, Example, Habit, Kind, Label, Listed, Lists, Settings, fingerprint};
use std::collections::BTreeMap;

/// What the training may be tuned by; the defaults were chosen by cross-validation on the train part.
#[derive(Args, Debug, Clone, Copy)]
pub(crate) struct Tuning {
    #[arg(long, default_value_t = 12)]
    rounds: usize,
    #[arg(long, default_value_t = 0.1)]
    rate: f32,
    #[arg(long, default_value_t = 0.0005)]
    decay: f32,
    #[arg(long, default_value_t = 2)]
    least: u32,
    #[arg(long, default_value_t = 0.1)]
    floor: f32,
    /// The share of words that are looked at each time as if they had never been met.
    #[arg(long, default_value_t = 0.3)]
    unmet: f32,
    /// What is added to what speaks for a name.
    #[arg(long, default_value_t = 0.0)]
    pub(crate) lean: f32,
}

impl Tuning {
    pub(crate) fn settings(&self) -> Settings {
        let Self { rounds, rate, decay, least, floor, unmet, .. } = *self;
        Settings { rounds, rate, decay, least, floor, unmet }
    }
}

/// A name borne so often is in the second list, the others in the first.
const OFTEN: u32 = 4;

/// What lists say of words, as the tagger looks it up.
pub(crate) fn lists(names: &BTreeMap<String, u32>, habits: &BTreeMap<String, Habit>) -> Lists {
    let names = names.iter().filter(|(n, _)| n.chars().count() > 1);
    let names = names.map(|(n, count)| (fingerprint(n), Listed { name: if *count >= OFTEN { 2 } else { 1 }, ..Listed::default() }));
    let habits = habits.iter().map(|(word, habit)| (fingerprint(word), Listed { habit: *habit, ..Listed::default() }));
    names.chain(habits).collect()
}

/// A document as an example to learn from.
pub(crate) fn example(analyser: &Analyser, document: &Document) -> Option<Example> {
    let sight = analyser.sight(&Report::of_text(document.language, &document.text))?;
    let otherwise = if document.places_only { Label::any_but(Kind::Place) } else { Label::OUTSIDE.only() };
    let mut labels = vec![otherwise; sight.words.len()];
    let common = |w: &usize| sight.clues[*w].has(Clue::STOP);
    for mark in &document.marks {
        let inside = |w: &usize| (sight.words[*w].span.start as usize) < mark.end && mark.start < sight.words[*w].span.end as usize;
        // "they", "its": a pronoun stands for a name and is none.
        if (0..sight.words.len()).filter(inside).all(|w| common(&w)) {
            continue;
        }
        let mut first = true;
        for (i, word) in sight.words.iter().enumerate() {
            if (word.span.start as usize) < mark.end && mark.start < word.span.end as usize {
                // Of marks that lie in one another the first and longest stays.
                if labels[i] == otherwise {
                    labels[i] = Label::of(mark.kind, first).only();
                    first = false;
                }
            }
        }
    }
    for (start, end) in &document.unknown {
        for (i, word) in sight.words.iter().enumerate() {
            if (word.span.start as usize) < *end && *start < word.span.end as usize && labels[i] == otherwise {
                labels[i] = u8::MAX;
            }
        }
    }
    Some(Example { words: sight.words, sentences: sight.sentences, clues: sight.clues, labels, weight: 1.0 })
}
