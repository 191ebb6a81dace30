//! Names in all the ways in which texts write them: none is left, and what is no name stays.

use crate::finder::Finder;
use crate::names::Gathered;
use crate::words::Words;
use marsad_knowledge::Files;
use marsad_name::Names;
use proptest::prelude::*;
use std::sync::OnceLock;

/// Looks for the names of these victims.
fn finder(victims: &[&str]) -> Finder<'static> {
    static KNOWN: OnceLock<(Names, Words)> = OnceLock::new();
    let (names, words) = KNOWN.get_or_init(|| {
        let files = Files::embedded();
        let words = Words::load(&files).unwrap();
        let names = Names::load(files.get("world/spelling.tsv"), files.get("world/letters.tsv")).unwrap();
        (names, words)
    });
    let mut gathered = Gathered::default();
    for name in victims {
        gathered.person(name, true);
    }
    let (needles, held, _) = gathered.needles(words);
    Finder::new(needles, &held, names, words)
}

fn shown(victims: &[&str], text: &str) -> String {
    let text: Vec<char> = text.chars().collect();
    finder(victims).find(&text).masks.show(&text, 0, text.len())
}

#[test]
fn a_name_is_masked_with_what_is_written_together_with_it() {
    for (victim, text, expected) in [
        // The reader took the conjunction for a letter of the name.
        ("وفاطمة الزعرور", "بكت فاطمة طويلا", "بكت ███ طويلا"),
        ("لفاطمة الزعرور", "بكت فاطمة طويلا", "بكت ███ طويلا"),
        ("وعمر الزعرور", "بكى عمر على القبر", "بكى ███ على القبر"),
        // The accusative.
        ("خالد الزعرور", "رأينا خالدًا هناك", "رأينا ███ هناك"),
        ("خالد الزعرور", "رأينا خالداً هناك", "رأينا ███ هناك"),
        ("كرم الزعرور", "رأينا كرمًا هناك", "رأينا ███ هناك"),
        ("كرمًا الزعرور", "جاء كرم صباحا", "جاء ███ صباحا"),
        // A plural, a possessive.
        ("Radwan Shammat", "the Shammats mourned", "the ███ mourned"),
        ("Radwan Shammat", "the Shammats\u{2019} sons", "the ███\u{2019} sons"),
        ("Khalid\u{2019}s", "Khalid was there", "███ was there"),
        ("Khalid's", "KHALID was there", "███ was there"),
        ("the Shammats", "Shammat was there", "███ was there"),
        // "Father of", written together.
        ("أبو كرم الزعرور", "جاء أبوكرم صباحا", "جاء ███ صباحا"),
        ("أبو كرم الزعرور", "وأبوكرم هناك", "و███ هناك"),
        ("أبوكرم", "جاء كرم صباحا", "جاء ███ صباحا"),
        ("Abu Karam Shammat", "with Abukaram there", "with ███ there"),
        // Letters that look like others.
        ("كرم الزعرور", "جاء ڪرم صباحا", "جاء ███ صباحا"),
        ("مها الكريم", "جاءت الڪریم و مھا", "جاءت ███ و ███"),
        ("Radwan Shammat", "Rаdwаn wept", "███ wept"),
        // In a tag, without any sign of where it begins.
        ("رضوان الشماط", "انشروا #كلنارضوانمعا هنا", "انشروا ███ هنا"),
        ("Radwan Shammat", "see #justiceforradwannow", "see ███"),
    ] {
        assert_eq!(shown(&[victim], text), expected, "{victim}");
    }
}

#[test]
fn names_of_where_people_live_shelter_or_are_cared_for_are_masked() {
    for (text, expected) in [
        ("An air strike hit Noor Clinic in Saraqib", "An air strike hit ███ Clinic in Saraqib"),
        ("the Qarmuti House was hit", "the ███ House was hit"),
        ("gunmen at Al-Hol camp", "gunmen at ███ camp"),
        ("قصفت الطائرة مشفى الرازي في سراقب", "قصفت الطائرة مشفى ███ في سراقب"),
        ("أصابت منزل القرموطي في سراقب", "أصابت منزل ███ في سراقب"),
        ("وعلى مخيم الجلومة", "وعلى مخيم ███"),
        ("a house at 35.864213, 36.805127 near Saraqib", "a house at ███ near Saraqib"),
        ("في 35٫864213 / 36٫805127 قرب", "في ███ قرب"),
        ("35°51'51\"N, 36°48'18\"E", "███E"),
        ("the house was hit at 3.5 km, 12.25 dollars each", "the house was hit at 3.5 km, 12.25 dollars each"),
        ("البيت في سراقب", "البيت في سراقب"),
    ] {
        assert_eq!(shown(&[], text), expected);
    }
}

#[test]
fn what_only_looks_like_a_part_of_a_name_stays() {
    for (victims, text) in [
        // A name's own first letter is no conjunction where another bears it as a father's name.
        (&["وسيم الزعرور", "هناء وسيم"][..], "سيم بعيد"),
        (&["رضا الشماط"], "رضيع صغير"),
        (&["سارة الشماط"], "سار في الطريق"),
        (&["Abbas Shammat"], "an abbey, a shaman"),
    ] {
        assert_eq!(shown(victims, text), text);
    }
}

#[test]
fn a_long_tag_takes_no_longer_than_its_letters() {
    let tag = format!("#{}", "رضوا".repeat(50_000));
    let began = std::time::Instant::now();
    assert_eq!(shown(&["رضوان الشماط"], &tag), tag);
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}

const NAMES: [&str; 8] =
    ["رضوان الشماط", "خالد الزعرور", "كرم الملقي", "فاطمة العبود", "وسيم الهلالي", "Layan Shammat", "Khalid Zarour", "Radwan Malqi"];

/// One way to write a word of a name.
fn varied(word: &str, how: &[u8]) -> String {
    let arabic = word.chars().any(marsad_text::is_arabic_letter);
    let between = |mark: &str| word.chars().map(|c| c.to_string()).collect::<Vec<_>>().join(mark);
    how.iter().fold(word.to_owned(), |word, how| match (how, arabic) {
        (0, true) => format!("و{word}"),
        (1, true) => format!("بال{}", word.trim_start_matches("ال")),
        (2, true) if !word.ends_with('ي') && !word.ends_with('ة') => format!("{word}ًا"),
        (3, true) => between("ـ"),
        (4, true) => between("\u{200f}"),
        (5, true) => format!("#{word}"),
        (6, true) => format!("#الشهيد_{word}_غدا"),
        (7, true) => format!("أبو{word}"),
        (8, true) => word.replace('ك', "ڪ"),
        (0, false) => word.to_uppercase(),
        (1, false) => format!("{word}s"),
        (2, false) => format!("{word}\u{2019}s"),
        (3, false) => word.replace('a', "а"),
        (4, false) => format!("\u{202a}{word}\u{202c}"),
        (5, false) => format!("#{word}_2031"),
        (6, false) => word.to_lowercase(),
        (7, false) => format!("al-{word}"),
        (8, false) => between("\u{ad}"),
        _ => word,
    })
}

proptest! {
    #[test]
    fn no_varied_word_of_a_name_is_left(
        places in prop::collection::vec((0usize..NAMES.len(), 0usize..2, prop::collection::vec(0u8..10, 0..2), 0usize..3), 1..12),
    ) {
        static FINDER: OnceLock<Finder<'static>> = OnceLock::new();
        let finder = FINDER.get_or_init(|| finder(&NAMES));
        let mut text = String::new();
        for (name, part, how, glue) in &places {
            let word = NAMES[*name].split(' ').nth(*part).unwrap();
            text += [" ثم ", "، then ", "\n(\""][*glue];
            text += &varied(word, how);
            text += [" ", ".", "\")"][*glue];
        }
        let chars: Vec<char> = text.chars().collect();
        let shown = finder.find(&chars).masks.show(&chars, 0, chars.len());
        let left: String = marsad_text::fold(&shown).chars().map(|c| if c == 'а' { 'a' } else if c == 'ڪ' { 'ك' } else { c }).collect();
        for part in NAMES.iter().flat_map(|n| n.split(' ')) {
            let part = marsad_text::fold(part.trim_start_matches("ال"));
            prop_assert!(!left.contains(&part), "{part} is left of {text:?}: {shown:?}");
        }
    }
}
