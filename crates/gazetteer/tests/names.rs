//! Names as reports write them, and the places they must lead to.

use marsad_gazetteer::{Candidate, Gazetteer, Likeness, Match, PlaceRef};
use marsad_text::Words;
use proptest::prelude::*;
use std::sync::LazyLock;

fn ids(candidates: impl IntoIterator<Item = Candidate>) -> Vec<String> {
    let gazetteer = Gazetteer::embedded();
    candidates.into_iter().map(|c| gazetteer.place(c.place).id.to_string()).collect()
}

fn matches(text: &str, i: usize) -> Vec<(Match, Vec<String>)> {
    let (gazetteer, words, mut out) = (Gazetteer::embedded(), Words::of(text), Vec::new());
    gazetteer.matches_at(&words, i, &mut out);
    out.into_iter().map(|m| (m, ids(gazetteer.candidates(&m)))).collect()
}

const HAJIN: &str = "geonames:174506";
const ABU_KAMAL: &str = "geonames:174448";
const DEIR_EZ_ZOR: &str = "geonames:170794";
const HASAKAH: &str = "geonames:173811";
const SUSAH: &str = "geonames:172415";

#[test]
fn every_spelling_in_words_leads_to_the_place() {
    for (id, names) in [
        (HAJIN, &["Hajin", "Hajeen", "هجين", "هَجين"][..]),
        (
            ABU_KAMAL,
            &["Albukamal", "Albu Kamal", "ALBu- Kamal", "Al-Bukamal", "Abu Kamal", "البوكمال", "أبو كمال", "ابو كمال", "البو كمال"],
        ),
        (DEIR_EZ_ZOR, &["Deir ez-Zor", "Deir Ezzor", "Deir al-Zour", "Dayr az-Zawr", "Dayr az Zawr", "دير الزور", "ديرالزور"]),
        (HASAKAH, &["Hasakah", "al-Hasakah", "Hasaka", "Al Hassakeh", "الحسكة", "الحسكه"]),
        (SUSAH, &["al-Susah", "As Susah", "السوسة", "Susah", "Sousse"]),
        ("marsad:sy-al-shafah", &["Sha'fah", "Sha’fah", "al-Shafah", "الشعفة", "الشعفه"]),
        ("marsad:sy-al-baghuz", &["Baghuz", "Baghouz", "al-Baghouz", "Bagouz", "الباغوز"]),
        ("marsad:sy-t2-pumping-station", &["T2", "T-2", "محطة T2", "T2 station"]),
        ("marsad:sy-tiyas-air-base", &["T4", "مطار التيفور"]),
        ("marsad:sy-al-umar-oil-field", &["al-Omar oil field", "Omar field", "حقل العمر"]),
        ("marsad:sy-idlib-countryside", &["ريف إدلب", "ريف ادلب"]),
        ("geonames:166716", &["Yarmouk", "Yarmouk camp", "مخيم اليرموك", "al-Yarmouk"]),
        ("geonames:6252001", &["US", "U.S.", "USA", "الولايات المتحدة", "الولايات المتحدة الأمريكية", "أميركا"]),
        ("geonames:163843", &["Syria", "سوريا", "سورية"]),
    ] {
        for name in names {
            let found = Gazetteer::embedded().lookup_exact(name);
            assert!(ids(found).contains(&id.to_owned()), "{name} does not lead to {id}");
        }
    }
}

#[test]
fn other_spellings_lead_there_by_sound() {
    for (id, names) in [
        (HAJIN, &["Hajjeen", "Hejeen", "Hajine"][..]),
        ("marsad:sy-al-shafah", &["Shaafah", "Shafa", "Shaafeh", "Shaafa"]),
        ("marsad:sy-al-baghuz", &["Bagoz", "Baghooz", "Baaghuz"]),
        (DEIR_EZ_ZOR, &["Dair Ezzour", "Deyr az-Zur", "Dayr al Zoor", "Deir Azzour"]),
        (HASAKAH, &["Hassaka", "Hasaqa", "Al-Hasake", "Alhasakah"]),
        (ABU_KAMAL, &["Al-Bou Kamal", "Albou Kamal", "Boukamaal"]),
        ("marsad:sy-al-sukkariyah", &["Sukkaria", "Sukariyya"]),
        ("geonames:173480", &["Mayadine", "Miyadin", "al-Mayadeen"]),
        ("geonames:167357", &["Menbej", "Manbej"]),
    ] {
        for name in names {
            let found = Gazetteer::embedded().lookup_translit(name);
            assert!(ids(found).contains(&id.to_owned()), "{name} does not sound like {id}");
        }
    }
}

#[test]
fn homonyms_come_out_together() {
    for (name, countries) in [("Sousse", &["SY", "TN"][..]), ("سوسة", &["SY", "TN"]), ("Hama", &["SY", "JP"]), ("Tripoli", &["LY", "LB"])]
    {
        let gazetteer = Gazetteer::embedded();
        let found: Vec<_> = gazetteer.lookup_exact(name).into_iter().filter_map(|c| gazetteer.place(c.place).country).collect();
        for country in countries {
            assert!(found.contains(country), "{name}: {country} is not among {found:?}");
        }
    }
}

#[test]
fn an_arabic_article_tells_homonyms_apart() {
    let gazetteer = Gazetteer::embedded();
    for (text, tunisian) in [("السوسة", false), ("سوسة", true)] {
        let (words, mut out) = (Words::of(text), Vec::new());
        gazetteer.matches_at(&words, 0, &mut out);
        let agreeing: Vec<_> = out.iter().flat_map(|m| gazetteer.candidates(m).filter(|c| c.agrees(m))).collect();
        assert_eq!(ids(agreeing).contains(&"geonames:2464915".to_owned()), tunisian, "{text}");
    }
    // The first letters of ألان are no article, whatever folding makes of them.
    assert!(matches("أن", 0).is_empty());
    assert!(ids(gazetteer.lookup_exact("المانيا")).contains(&"geonames:2921044".to_owned()));
}

#[test]
fn matches_in_a_text() {
    for (text, i, last, id) in [
        ("fighting in Deir ez-Zor today", 2, 5, DEIR_EZ_ZOR),
        ("fighting in Deir Ezzor today", 2, 3, DEIR_EZ_ZOR),
        ("near ALBu- Kamal at night", 1, 3, ABU_KAMAL),
        ("in al-Bukamal, at night", 1, 3, ABU_KAMAL),
        ("قصف على ريف دير الزور الشرقي", 2, 5, "marsad:sy-eastern-deir-ez-zor-countryside"),
        ("في دير الزور", 1, 2, DEIR_EZ_ZOR),
        ("the T-4 air base", 1, 5, "marsad:sy-tiyas-air-base"),
        ("Ra's al-'Ayn fell", 0, 5, "geonames:165509"),
    ] {
        let found = matches(text, i);
        let (first, places) = found.first().unwrap_or_else(|| panic!("{text}: nothing found"));
        assert_eq!((first.first, first.last, first.likeness), (i, last, Likeness::Words), "{text}: {found:?}");
        assert!(places.contains(&id.to_owned()), "{text}: {places:?}");
    }
}

#[test]
fn what_is_no_part_of_a_name_stays_out() {
    // English words that look like articles, and marks other than hyphens.
    assert!(matches("as Hama fell", 0).iter().all(|(m, _)| m.last == 0));
    assert!(matches("Martin's farm", 0).iter().all(|(m, _)| m.last == 0));
    assert!(matches("Deir, Zor", 0).iter().all(|(m, _)| m.last == 0));
    assert!(matches("في دير. الزور", 1).iter().all(|(m, _)| m.last == 1));
    // Shorter names inside a longer one come after it.
    let lasts: Vec<_> = matches("Deir ez-Zor countryside", 0).iter().map(|(m, _)| m.last).collect();
    assert!(lasts.is_sorted_by(|a, b| a >= b) && lasts.len() >= 2, "{lasts:?}");
}

#[test]
fn a_first_word_can_be_read_without_its_clitics() {
    let (gazetteer, words, mut out) = (Gazetteer::embedded(), Words::of("وبالشعفة"), Vec::new());
    gazetteer.matches_from(&words, 0, "شعفه", true, &mut out);
    assert_eq!(out.iter().map(|m| m.with_article).collect::<Vec<_>>(), [true]);
    assert!(ids(gazetteer.candidates(&out[0])).contains(&"marsad:sy-al-shafah".to_owned()));
}

#[test]
fn sounds_are_matched_in_a_text() {
    let (gazetteer, words, mut out) = (Gazetteer::embedded(), Words::of("clashes in Dair al-Zoor on Sunday"), Vec::new());
    gazetteer.similar_at(&words, 2, &mut out);
    let found = out.iter().find(|m| m.last == 5).expect("the whole name is found");
    assert!(ids(gazetteer.candidates(found)).contains(&DEIR_EZ_ZOR.to_owned()));
    gazetteer.similar_at(&words, 1, &mut out);
    assert!(out.is_empty(), "a short word sounds like nothing: {out:?}");
}

#[test]
fn every_name_given_for_a_place_finds_it() {
    let gazetteer = Gazetteer::embedded();
    let table =
        marsad_table::Table::read("names.tsv", include_str!("../../../knowledge/gazetteer/names.tsv"), &["id", "name", "example"]).unwrap();
    for row in table.rows() {
        let (name, example) = (row.get("name"), row.get("example"));
        assert!(example.contains(name), "{name}: its example lacks it");
        let words = Words::of(example);
        let mut out = Vec::new();
        let found = (0..words.len()).any(|i| {
            gazetteer.matches_at(&words, i, &mut out);
            out.iter().any(|m| ids(gazetteer.candidates(m)).contains(&row.get("id").to_owned()))
        });
        assert!(found, "{name} is not found in its example «{example}»");
    }
}

static PLACES: LazyLock<Vec<PlaceRef>> = LazyLock::new(|| Gazetteer::embedded().places().map(|p| p.at).collect());

proptest! {
    #[test]
    fn no_text_makes_a_lookup_fail(text in "\\PC{0,40}") {
        let (gazetteer, words, mut out) = (Gazetteer::embedded(), Words::of(&text), Vec::new());
        for i in 0..=words.len() {
            gazetteer.matches_at(&words, i, &mut out);
            prop_assert!(out.iter().all(|m| m.first == i && m.last < words.len()));
            gazetteer.similar_at(&words, i, &mut out);
            prop_assert!(out.iter().all(|m| m.first == i && m.last < words.len()));
        }
        let _ = (gazetteer.lookup_exact(&text), gazetteer.lookup_translit(&text), gazetteer.get(&text));
    }

    #[test]
    fn a_listed_name_finds_its_place(at in 0usize..240_000) {
        let gazetteer = Gazetteer::embedded();
        let place = gazetteer.place(PLACES[at % PLACES.len()]);
        // Villages whose name is a letter or two are not looked for.
        for name in [Some(place.name_en), place.name_ar].into_iter().flatten().filter(|name| name.chars().count() > 4) {
            let found = gazetteer.lookup_exact(name);
            prop_assert!(found.iter().any(|c| c.place == place.at && !c.alternate), "{}", name);
        }
        prop_assert_eq!(gazetteer.get(&place.id.to_string()), Some(place));
    }
}
