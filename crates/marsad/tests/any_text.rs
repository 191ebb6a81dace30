//! Whatever a text says, analysing it ends, and what it finds lies within the text, on the borders of its characters.

#![allow(clippy::unwrap_used)] // a test ends where something is not as it should be

use marsad_analyse::Analyser;
use marsad_knowledge::Files;
use marsad_model::{Claim, CodePoints, DateBasis, Language, Mention, Published, Report, Source, SourceKind, Span};
use proptest::prelude::*;
use proptest::sample::select;
use std::path::Path;
use std::sync::LazyLock;

static ANALYSER: LazyLock<Analyser> = LazyLock::new(|| Analyser::new(&Files::embedded()).unwrap());

/// Words and marks of the examples, and of phrases in which one word leans on the next.
static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let mut words: Vec<String> = files
        .iter()
        .filter(|f| f.extension().is_some_and(|e| e == "txt"))
        .flat_map(|f| std::fs::read_to_string(f).unwrap().split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let more = [
        "\n\n",
        ".",
        "،",
        "؟",
        "\"",
        "«",
        "»",
        "(",
        ")",
        "–",
        "…",
        "'s",
        "’s",
        "و",
        "ال",
        "\u{200f}",
        "\u{0640}",
        "\u{064b}",
        "1",
        "١٢٬٥٠٠",
        "0",
        "99999999999999999999",
        "-3",
        "31/02/2031",
        "29 February",
        "30 شباط",
        "between 7 and",
        "no",
        "not",
        "denied",
        "نفى",
        "لم",
        "at least",
        "ما لا يقل عن",
        "dozens",
        "عشرات",
        "half a",
        "of the",
        "who",
        "الذي",
        "said that",
        "وقال إن",
        "according to",
        "بحسب",
        "yesterday",
        "أمس",
        "if",
        "إذا",
        "الآن",
        "U.S.",
        "أ.ف.ب",
        "😀",
        "e\u{301}",
        "ﷺ",
        "ﻻ",
        "مقتل و",
        "killed and",
    ];
    words.extend(more.map(str::to_owned));
    words.sort();
    words.dedup();
    words
});

fn report(language: Language, text: &str, dated: bool, title: Option<String>) -> Report {
    let day = jiff::civil::date(2031, 3, 14);
    let name = text.split_whitespace().next().map(str::to_owned);
    Report {
        source: Source { id: None, name, kind: SourceKind::Unknown, family: None },
        title,
        published: dated.then_some(Published {
            start: day,
            end: Some(day),
            start_time: None,
            precision: marsad_model::TimePrecision::Day,
            basis: DateBasis::Given,
            because: Vec::new(),
        }),
        ..Report::of_text(language, text)
    }
}

/// Every span of a claim, by the model's own walk over them.
fn spans(claim: Claim<Span>) -> Vec<Span> {
    let mut spans = Vec::new();
    let walked: Result<Claim<Span>, ()> = claim.try_map(&mut |span| {
        spans.push(span);
        Ok(span)
    });
    walked.unwrap();
    spans
}

/// How many claims it found, all in order.
fn check(report: &Report) -> Result<usize, TestCaseError> {
    let found = ANALYSER.analyse(report);
    let points = CodePoints::new(&report.text);
    let fits = |span: Span| points.quote(span).is_some_and(|q| !q.text.is_empty());
    for Mention { span, .. } in &found.mentions {
        prop_assert!(fits(*span), "a mention at {span:?}");
    }
    let order: Vec<Span> = found.mentions.iter().map(|m| m.span).collect();
    prop_assert!(order.is_sorted_by_key(|s| s.start), "mentions out of order");
    let count = found.claims.len();
    for claim in found.claims {
        let (id, trigger, evidence) = (claim.id.clone(), claim.trigger, claim.evidence);
        prop_assert!(evidence.contains(trigger), "{id}: {trigger:?} is not in {evidence:?}");
        for c in &claim.casualties {
            prop_assert!(c.min.zip(c.max).is_none_or(|(a, b)| a <= b), "{id}: {c:?}");
            prop_assert!(c.part_of.is_none_or(|total| (total as usize) < claim.casualties.len()), "{id}: {c:?}");
        }
        if let Some(time) = &claim.time {
            prop_assert!(time.start.zip(time.end).is_none_or(|(a, b)| a <= b), "{id}: {time:?}");
        }
        for span in spans(claim) {
            prop_assert!(fits(span), "{id}: {span:?}");
        }
    }
    Ok(count)
}

fn any_language() -> impl Strategy<Value = Language> {
    select(vec![Language::Arabic, Language::English, Language::Other])
}

/// Words of real sentences in any order, glued or set apart as it comes.
fn shuffled(most: usize) -> impl Strategy<Value = String> {
    let piece = (select(WORDS.as_slice()), prop_oneof![8 => Just(" "), 1 => Just(""), 1 => Just("\n"), 1 => Just(". ")]);
    proptest::collection::vec(piece, 0..most).prop_map(|pieces| pieces.into_iter().map(|(word, after)| format!("{word}{after}")).collect())
}

/// More for a long search: `PROPTEST_CASES=100000 cargo test`.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(400)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn any_characters_are_analysed(text in "\\PC{0,200}", language in any_language(), dated: bool) {
        check(&report(language, &text, dated, None))?;
    }

    /// Control characters, lone marks, every plane.
    #[test]
    fn any_code_points_are_analysed(text in proptest::collection::vec(any::<char>(), 0..200), language in any_language()) {
        check(&report(language, &text.into_iter().collect::<String>(), true, None))?;
    }

    #[test]
    fn shuffled_sentences_are_analysed(text in shuffled(60), language in any_language(), dated: bool, title in proptest::option::of(shuffled(8))) {
        check(&report(language, &text, dated, title))?;
    }

    /// One reading, one answer.
    #[test]
    fn analysing_twice_gives_the_same(text in shuffled(40), language in any_language()) {
        let report = report(language, &text, true, None);
        prop_assert_eq!(ANALYSER.analyse(&report), ANALYSER.analyse(&report));
    }
}

/// The words of an endless sentence cost what they cost, not the square of it: this ends.
#[test]
fn a_sentence_without_end_is_analysed() {
    for (language, words) in [(Language::English, "shells killed three men in Manbij and "), (Language::Arabic, "قتل ثلاثة رجال في منبج و ")]
    {
        assert!(check(&report(language, &words.repeat(400), true, None)).unwrap() > 0);
    }
}
