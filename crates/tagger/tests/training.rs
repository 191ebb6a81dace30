//! The tagger learns from a few invented sentences, and the same sentences give the same bytes.

#![allow(clippy::unwrap_used)] // a test ends where something is not as it should be

use marsad_tagger::{Clue, Example, Habit, Kind, Label, Listed, Lists, Model, Settings, fingerprint, train};
use marsad_text::Words;

const SETTINGS: Settings = Settings { rounds: 20, rate: 0.1, decay: 0.0005, least: 1, floor: 0.0, unmet: 0.0 };

/// A sentence in which names stand in brackets that say their kind: `{p …}`, `{o …}`, `{l …}`.
fn example(marked: &str) -> Example {
    let (mut text, mut spans, mut open) = (String::new(), Vec::new(), None);
    for part in marked.split(' ') {
        let kind = match part {
            "{p" => Some(Kind::Person),
            "{o" => Some(Kind::Organisation),
            "{l" => Some(Kind::Place),
            _ => None,
        };
        if let Some(kind) = kind {
            open = Some((kind, text.len()));
        } else if part == "}" {
            let (kind, start) = open.take().unwrap();
            spans.push((kind, start, text.len()));
        } else {
            text.push_str(part);
            text.push(' ');
        }
    }
    let words = Words::of(&text);
    let mut labels = vec![Label::OUTSIDE.only(); words.len()];
    for (kind, start, end) in spans {
        let inside: Vec<usize> = (0..words.len()).filter(|w| (start..end).contains(&(words[*w].span.start as usize))).collect();
        for w in &inside {
            labels[*w] = Label::of(kind, *w == inside[0]).only();
        }
    }
    let whole = 0..words.len();
    let (sentences, clues) = (vec![whole], vec![Clue::default(); words.len()]);
    Example { words, sentences, clues, labels, weight: 1.0 }
}

fn examples() -> Vec<Example> {
    [
        "Minister {p Samir Nouri } spoke in {l Bosra } on Monday",
        "Minister {p Adil Halabi } was seen in {l Karm } today",
        "General {p Rami Nouri } left {l Bosra } at night",
        "the {o Nour Brigade } shelled the road to {l Karm }",
        "the {o Sabah Brigade } denied it",
        "nobody spoke of the road on Monday",
        "الوزير {p سمير نوري } تحدث في {l بصرى } صباحا",
        "الوزير {p عادل حلبي } غادر إلى {l الكرم } مساء",
        "أعلن {o لواء النور } ذلك في {l الكرم }",
    ]
    .map(example)
    .into()
}

fn names(model: &Model, text: &str) -> Vec<(Kind, String)> {
    let words = Words::of(text);
    let whole = 0..words.len();
    let tagging = model.tag(&words, [whole], &vec![Clue::default(); words.len()], 0.0);
    tagging.names.iter().map(|n| (n.kind, words.span(n.first, n.last).of(text).to_owned())).collect()
}

#[test]
fn names_never_seen_are_told_by_what_stands_around_them() {
    let model = train(&examples(), Lists::default(), "none", &SETTINGS);
    let expected = vec![(Kind::Person, "Tarik Sabbagh".to_owned()), (Kind::Place, "Darin".to_owned())];
    assert_eq!(names(&model, "Minister Tarik Sabbagh spoke in Darin on Monday"), expected);
    assert_eq!(names(&model, "the Fajr Brigade denied it"), [(Kind::Organisation, "Fajr Brigade".to_owned())]);
    assert_eq!(names(&model, "nobody spoke of the road"), []);
    let expected = [(Kind::Person, "طارق صباغ".to_owned()), (Kind::Place, "دارين".to_owned())];
    assert_eq!(names(&model, "الوزير طارق صباغ تحدث في دارين صباحا"), expected);
}

#[test]
fn what_is_written_tags_as_what_was_trained() {
    let model = train(&examples(), Lists::default(), "none", &SETTINGS);
    let again = Model::read(&model.write()).unwrap();
    for text in ["Minister Tarik Sabbagh spoke in Darin on Monday", "the Fajr Brigade shelled Karm"] {
        assert_eq!(names(&model, text), names(&again, text));
    }
}

#[test]
fn the_same_examples_give_the_same_bytes_and_others_give_others() {
    let one = train(&examples(), Lists::default(), "none", &SETTINGS).write();
    assert_eq!(one, train(&examples(), Lists::default(), "none", &SETTINGS).write());
    assert_ne!(one, train(&examples()[1..], Lists::default(), "none", &SETTINGS).write());
}

#[test]
fn where_nobody_said_what_a_word_is_nothing_is_learnt_of_it() {
    let mut unsure = examples();
    for label in unsure.iter_mut().flat_map(|e| e.labels.iter_mut()) {
        *label = u8::MAX;
    }
    let model = train(&unsure, Lists::default(), "none", &SETTINGS);
    let words = Words::of("Minister Tarik Sabbagh spoke");
    let whole = 0..words.len();
    let tagging = model.tag(&words, [whole], &[], 0.0);
    let shares: Vec<f32> = (0..words.len()).map(|w| tagging.share(w, Kind::Person)).collect();
    assert!(shares.iter().all(|s| *s < 0.5), "{shares:?}");
}

#[test]
fn a_word_that_no_example_had_is_told_from_a_name_by_what_texts_do_with_it() {
    // Both stand where a name may stand; only one bears the article elsewhere.
    let (noun, name) = (Habit::of(5e3, 0.5, 0.3), Habit::of(5e3, 0.0, 0.0));
    let nouns = ["صحفي", "طبيب", "تاجر", "جندي"].map(|w| (w, noun));
    let listed = nouns.into_iter().chain(["سمير", "عادل", "نبيل", "رامي"].map(|w| (w, name)));
    let lists: Lists = listed.map(|(word, habit)| (fingerprint(word), Listed { habit, ..Listed::default() })).collect();
    let met = ["قال {p سمير } أمس", "قال {p عادل } أمس", "قال {p نبيل } أمس", "قال صحفي أمس", "قال طبيب أمس", "قال تاجر أمس"].map(example);
    let settings = Settings { unmet: 0.5, ..SETTINGS };
    let known = Model::read(&train(&met, lists, "none", &settings).write()).unwrap();
    assert_eq!(names(&known, "قال رامي أمس"), [(Kind::Person, "رامي".to_owned())]);
    assert_eq!(names(&known, "قال جندي أمس"), []);
}
