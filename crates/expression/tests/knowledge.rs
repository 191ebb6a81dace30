//! The project's own vocabulary and grammar, held to their examples and to the tables of cases beside this file.

#![allow(clippy::unwrap_used)] // a test that cannot be set up fails

use jiff::civil::Date;
use marsad_expression::{Expressions, Found};
use marsad_model::Count;
use marsad_table::Table;
use marsad_text::{Clitics, Words, fold, sentences};
use proptest::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

const LANGUAGES: [&str; 2] = ["ar", "en"];

static ARABIC: LazyLock<Expressions> = LazyLock::new(|| load("ar"));
static ENGLISH: LazyLock<Expressions> = LazyLock::new(|| load("en"));

fn language(name: &str) -> &'static Expressions {
    if name == "ar" { &ARABIC } else { &ENGLISH }
}

/// The expressions of a language, as the project knows them.
fn load(name: &str) -> Expressions {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge").join(name);
    let read = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
    let files = ["months.tsv", "weekdays.tsv", "numbers.tsv", "time.toml", "number.toml"].map(|f| (f, read(f)));
    // English writes nothing together with its words.
    let clitics = fs::read_to_string(folder.join("clitics.tsv")).unwrap_or_else(|_| "kind\tform\n".to_owned());
    let table = Table::read("clitics.tsv", &clitics, &["kind", "form"]).unwrap();
    let rows: Vec<(String, String)> = table.rows().map(|r| (r.get("kind").to_owned(), fold(r.get("form")))).collect();
    let clitics = Clitics::new(rows.iter().map(|(kind, form)| (kind.as_str(), form.as_str())));
    Expressions::load(clitics, |name| files.iter().find(|(f, _)| *f == name).map_or("", |(_, text)| text)).unwrap()
}

fn find(name: &str, text: &str) -> Found {
    let words = Words::of(text);
    language(name).find(text, &words, &sentences(text, &words, &["nov".to_owned()].into_iter().collect()))
}

fn cases<T: for<'d> Deserialize<'d>>(file: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(file);
    toml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// A form in the middle of a sentence.
fn sentence(name: &str, form: &str) -> String {
    if name == "ar" { format!("جرى الأمر {form} هناك") } else { format!("The council spoke of it {form} there") }
}

#[test]
fn every_example_comes_out() {
    for name in LANGUAGES {
        let list: Vec<String> = language(name).check().iter().map(|f| format!("{}: {}", f.place, f.what)).collect();
        assert!(list.is_empty(), "{name}: {} faults\n{}", list.len(), list.join("\n"));
    }
}

#[derive(Deserialize)]
struct TimeCases {
    at: Date,
    values: BTreeMap<String, Vec<String>>,
    none: None,
}

#[derive(Deserialize)]
struct None {
    texts: Vec<String>,
}

#[test]
fn times_have_their_values() {
    let mut wrong = Vec::new();
    for name in LANGUAGES {
        let cases: TimeCases = cases(&format!("{name}-time.toml"));
        for (value, forms) in &cases.values {
            for form in forms {
                let text = sentence(name, form);
                let found: Vec<(String, String)> =
                    find(name, &text).times.iter().map(|t| (t.span.of(&text).to_owned(), t.resolve(Some(cases.at)).value)).collect();
                if found != [(form.clone(), value.clone())] {
                    wrong.push(format!("{form}: expected {value}, found {found:?}"));
                }
            }
        }
        for text in &cases.none.texts {
            let found: Vec<&str> = find(name, text).times.iter().map(|t| t.span.of(text)).collect();
            if !found.is_empty() {
                wrong.push(format!("{text}: expected no time, found {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// A sentence as reports have it: each of its times and no other, with value and, where the table has it, interval.
#[test]
fn reports_tell_times() {
    let mut wrong = Vec::new();
    for name in LANGUAGES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cases/reports-{name}.tsv"));
        let text = fs::read_to_string(path).unwrap();
        let table = Table::read("reports.tsv", &text, &["sentence", "told", "span", "value", "interval"]).unwrap();
        let mut wanted: BTreeMap<(String, Date), Vec<[String; 3]>> = BTreeMap::new();
        for row in table.rows() {
            let told: Date = row.get("told").parse().unwrap();
            let times = wanted.entry((row.get("sentence").to_owned(), told)).or_default();
            if !row.get("span").is_empty() {
                times.push(["span", "value", "interval"].map(|c| row.get(c).to_owned()));
            }
        }
        assert!(wanted.len() >= 100, "{name}: {} sentences", wanted.len());
        for ((sentence, told), times) in &wanted {
            let found: Vec<[String; 3]> = find(name, sentence)
                .times
                .iter()
                .map(|t| {
                    let r = t.resolve(Some(*told));
                    let interval = r.start.zip(r.end).map_or_else(String::new, |(a, b)| format!("{a}..{b}"));
                    [t.span.of(sentence).to_owned(), r.value, interval]
                })
                .collect();
            let same = |f: &[String; 3], w: &[String; 3]| f[..2] == w[..2] && (w[2].is_empty() || f[2] == w[2]);
            if found.len() != times.len() || !found.iter().zip(times).all(|(f, w)| same(f, w)) {
                wrong.push(format!("{sentence} ({told}): expected {times:?}, found {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[derive(Deserialize)]
struct NumberCases {
    exact: BTreeMap<String, Vec<String>>,
    at_least: BTreeMap<String, Vec<String>>,
    about: BTreeMap<String, Vec<String>>,
    at_most: BTreeMap<String, Vec<String>>,
    vague: BTreeMap<String, Vec<String>>,
    none: None,
}

#[test]
fn numbers_have_their_values() {
    let mut wrong = Vec::new();
    for name in LANGUAGES {
        let cases: NumberCases = cases(&format!("{name}-number.toml"));
        let groups = [
            (Count::Exact, &cases.exact),
            (Count::AtLeast, &cases.at_least),
            (Count::About, &cases.about),
            (Count::AtMost, &cases.at_most),
            (Count::Vague, &cases.vague),
        ];
        for (count, (value, forms)) in groups.iter().flat_map(|(c, values)| values.iter().map(move |v| (*c, v))) {
            for form in forms {
                let text = sentence(name, form);
                let found: Vec<(Count, String)> = find(name, &text).numbers.iter().map(|n| (n.count, n.value.clone())).collect();
                if found != [(count, value.clone())] {
                    wrong.push(format!("{form}: expected {count:?} {value}, found {found:?}"));
                }
            }
        }
        for text in &cases.none.texts {
            let found: Vec<&str> = find(name, text).numbers.iter().map(|n| n.span.of(text)).collect();
            if !found.is_empty() {
                wrong.push(format!("{text}: expected no number, found {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_told_from_today_waits_for_the_day_of_telling() {
    let text = "شنت القوات أمس الجمعة هجوما";
    let found = find("ar", text);
    let undated = found.times[0].resolve(None);
    let relative = undated.relative.unwrap();
    assert_eq!((undated.start, relative.days), (None, Some(-1)));
    assert_eq!(relative.weekday, Some(marsad_model::Weekday::Friday));
    // The weekday contradicts this day of telling; the day counts, and both are kept.
    let dated = found.times[0].resolve("2018-11-23".parse().ok());
    assert_eq!((dated.value.as_str(), dated.relative), ("2018-11-22", Some(relative)));
}

#[test]
fn a_clitic_is_no_part_of_the_span() {
    for (text, span) in [("وقصفت بالأمس مواقع", "الأمس"), ("عاد وأمس كان باردا", "أمس"), ("في تموز وآب 2016 حر", "آب 2016")]
    {
        assert!(find("ar", text).times.iter().any(|t| t.span.of(text) == span), "{text}: {:?}", find("ar", text).times);
    }
}

/// Words that make and break expressions, so that random texts come near to real ones.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "أمس",
        "الجمعة",
        "و",
        "22",
        "تشرين",
        "الثاني",
        "بين",
        "منذ",
        "قبل",
        "الساعة",
        "الثالثة",
        "فجرا",
        "عام",
        "2018",
        "/",
        "-",
        "مئة",
        "ألف",
        "خمسة",
        "وعشرين",
        "هـ",
        "محرم",
        "May",
        "last",
        "Friday",
        "the",
        "of",
        "in",
        "at",
        "9",
        "pm",
        "a",
        "hundred",
        "and",
        "half",
        "million",
        "99999999999999999999",
        "0",
        ":",
        ".",
        ",",
        "31",
        "February",
        "week",
        "\n",
        "1e9",
        "٢٩",
        "99th",
        "century",
        "BC",
    ]);
    prop::collection::vec((piece, prop::sample::select(vec![" ", "", "  "])), 0..14)
        .prop_map(|parts| parts.iter().flat_map(|(piece, gap)| [*piece, *gap]).collect())
}

fn holds(name: &str, text: &str, at: Option<Date>) -> Result<(), TestCaseError> {
    let found = find(name, text);
    let (mut last_word, mut last_byte) = (None, 0);
    for time in &found.times {
        prop_assert!(text.get(time.span.start as usize..time.span.end as usize).is_some_and(|t| !t.is_empty()));
        prop_assert!(time.span.start >= last_byte && time.first <= time.last);
        prop_assert!(last_word.is_none_or(|l| time.first > l));
        (last_word, last_byte) = (Some(time.last), time.span.end);
        let resolved = time.resolve(at);
        prop_assert!(resolved.start.zip(resolved.end).is_none_or(|(a, b)| a <= b));
        time.resolve(None);
    }
    let mut last = 0;
    for number in &found.numbers {
        prop_assert!(text.get(number.span.start as usize..number.span.end as usize).is_some_and(|t| !t.is_empty()));
        prop_assert!(number.span.start >= last);
        prop_assert!(found.times.iter().all(|t| !t.span.overlaps(number.span)));
        last = number.span.end;
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,60}") {
        for name in LANGUAGES {
            holds(name, &text, "2018-11-23".parse().ok())?;
        }
    }

    #[test]
    fn any_row_of_expressions_is_read(text in pieces(), year in -9000i16..9000, day in 1i8..28) {
        for name in LANGUAGES {
            holds(name, &text, Date::new(year, 2, day).ok())?;
        }
    }
}

#[test]
fn a_tale_goes_on_from_its_own_dates() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/tales-en.tsv");
    let text = fs::read_to_string(path).unwrap();
    for row in Table::read("tales-en.tsv", &text, &["text", "span", "value", "why"]).unwrap().rows() {
        let (text, span) = (row.get("text"), row.get("span"));
        let found = find("en", text);
        let time = found.times.iter().find(|t| t.span.of(text) == span);
        let told = time.map(|t| t.resolve("2018-11-23".parse().ok()).value);
        assert_eq!(told.as_deref(), Some(row.get("value")), "{}: {span}: {text}", row.get("why"));
    }
}
