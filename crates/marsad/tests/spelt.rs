//! Names of actors in spellings that no list has, told of in invented reports.

#![allow(clippy::unwrap_used)] // a test that cannot be set up fails

use marsad_analyse::Analyser;
use marsad_knowledge::Files;
use marsad_model::{Language, MentionKind, Report};
use std::sync::LazyLock;

static ANALYSER: LazyLock<Analyser> = LazyLock::new(|| Analyser::new(&Files::embedded()).unwrap());

/// The id, the words and the reason of each actor or person with an id.
fn named(language: Language, text: &str) -> Vec<(String, String, Option<String>)> {
    let mentions = ANALYSER.analyse(&Report::of_text(language, text)).mentions;
    let actors = mentions.into_iter().filter(|m| matches!(m.kind, MentionKind::Actor | MentionKind::Person));
    actors.filter_map(|m| Some((m.id?, m.span.of(text).to_owned(), m.because))).collect()
}

#[test]
fn an_actor_is_known_in_a_spelling_that_no_list_has() {
    for (language, text, id, words) in [
        (
            Language::English,
            "The mortars of Jabhatt Fath ash-Shaam shelled a mill on Sunday.",
            "marsad:jabhat-fatah-al-sham",
            "Jabhatt Fath ash-Shaam",
        ),
        (
            Language::English,
            "Farmers say Harakat Noureddinne al-Zenkki fighters took the bridge.",
            "marsad:zenki",
            "Harakat Noureddinne al-Zenkki",
        ),
    ] {
        let found = named(language, text);
        let hit = found.iter().find(|f| f.1 == words).unwrap_or_else(|| panic!("{text}: {found:?}"));
        assert_eq!(hit.0, id);
        assert!(hit.2.as_deref().is_some_and(|b| b.starts_with("spelled like")), "{hit:?}");
    }
}

#[test]
fn what_only_looks_like_an_actor_is_none() {
    for text in [
        "The Syrian Domestic Fairs opened on Monday.",
        "Players of Al Ahli Aden beat the Free Style Academy.",
        "The Hama Sports Centre and the Hamas Street School reopened.",
    ] {
        let found = named(Language::English, text);
        assert!(found.iter().all(|f| !f.2.as_deref().is_some_and(|b| b.starts_with("spelled like"))), "{text}: {found:?}");
    }
}

#[test]
fn a_person_in_two_spellings_is_one_person() {
    let text =
        "Dr Yousef Barakat Haddad came at dawn. Soldiers later shot Dr Yusuf Barakaat Haddad near Hajin. Dr Yazan Barakat Hamdan left.";
    let mentions = ANALYSER.analyse(&Report::of_text(Language::English, text)).mentions;
    let persons: Vec<(&str, &str)> =
        mentions.iter().filter(|m| m.kind == MentionKind::Person).map(|m| (m.span.of(text), m.name.as_str())).collect();
    assert!(persons.contains(&("Dr Yusuf Barakaat Haddad", "Dr Yousef Barakat Haddad")), "{persons:?}");
    assert!(persons.contains(&("Dr Yazan Barakat Hamdan", "Dr Yazan Barakat Hamdan")), "{persons:?}");
}
