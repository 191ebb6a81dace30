//! Whatever comes in, reading ends in a report or a reason, and adds nothing of its own.

mod desk;

use desk::READER;
use marsad_read::{Intake, records};
use proptest::prelude::*;

const NAMES: [&str; 8] = ["a.txt", "a.html", "a.jsonl", "a.txt.gz", "a.jsonl.gz", "a.htm.gz", "a.bin", "a.txt.meta.json"];

/// Lines that are likely to meet a rule, and any others.
fn any_line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("Share".to_owned()),
        Just("3 Comments".to_owned()),
        Just("Read Next".to_owned()),
        Just("by Lina Haddad".to_owned()),
        Just("SNOW17052031".to_owned()),
        Just("17 May 2031".to_owned()),
        Just("مقالات ذات صلة".to_owned()),
        Just("119".to_owned()),
        Just("Snow closes the hill road for a third day".to_owned()),
        Just("The snow lay deep on the road, and the plough did not come until noon.".to_owned()),
        Just("وقال مراسلنا إن الطريق إلى القرية مغلق منذ الصباح، وإن المدارس لم تفتح أبوابها.".to_owned()),
        "\\PC{0,60}",
        "[ء-ي ]{0,80}[.]?",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_are_read_or_set_aside(bytes in proptest::collection::vec(any::<u8>(), 0..400), name in 0usize..NAMES.len(), sidecar in proptest::option::of("\\PC{0,40}")) {
        let intake = Intake { path: NAMES[name], bytes: &bytes, sidecar: sidecar.as_ref().map(String::as_bytes) };
        for record in records(&intake).flatten() {
            let _ = READER.read(&record);
        }
    }

    #[test]
    fn any_markup_is_read(parts in proptest::collection::vec(prop_oneof![
        "<[a-z]{1,6}>", "</[a-z]{1,6}>", Just("<div class=\"article-body\">".to_owned()), Just("<p>".to_owned()), Just("<br>".to_owned()),
        Just("<table><tr><td>".to_owned()), Just("<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\"".to_owned()),
        Just("</script>".to_owned()), Just("<meta property=\"og:title\" content=\"".to_owned()), Just("\">".to_owned()), "\\PC{0,30}",
    ], 0..40)) {
        let _ = desk::page(&format!("x{}", parts.concat()));
    }

    /// The readable text of a plain text is made of its own lines in their order.
    #[test]
    fn the_text_is_a_subsequence_of_the_lines(lines in proptest::collection::vec(any_line(), 1..30)) {
        let content = lines.join("\n");
        prop_assume!(!content.trim().is_empty());
        let report = desk::text(&content);
        let mut rest = content.split('\n').map(|l| l.strip_suffix('\r').unwrap_or(l));
        for line in report.text.split('\n').filter(|l| !l.is_empty()) {
            prop_assert!(rest.any(|given| given == line), "{line:?} of {:?}", report.text);
        }
    }

    /// Nothing that the reader was not given decides: the same record reads the same twice.
    #[test]
    fn reading_twice_is_the_same(lines in proptest::collection::vec(any_line(), 1..12)) {
        let content = format!("x{}", lines.join("\n"));
        prop_assert_eq!(desk::text(&content), desk::text(&content));
    }
}

#[test]
fn a_page_nested_very_deep_is_read() {
    let deep = format!("{}<p>Snow fell on the hills, and the road was closed until noon.</p>", "<div>".repeat(20_000));
    assert!(desk::page(&deep).text.contains("Snow fell"));
    assert!(desk::page(&format!("{}snow", "<b>".repeat(20_000))).text.contains("snow"));
}
