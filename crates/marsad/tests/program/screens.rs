//! What people see on the examples, kept as text. A screen that changed is shown as a difference to be judged by eye:
//! `INSTA_UPDATE=always cargo test -p marsad --test program screens` takes the new ones over.

use crate::desk::{Desk, examples};
use insta::assert_snapshot;

/// A desk with a ledger of the examples, and what the run said.
fn ledger() -> (Desk, String) {
    let desk = Desk::new();
    let answer = desk.run(&examples(), "example-ledger");
    assert!(answer.status < 2, "{}", answer.err);
    (desk, answer.out)
}

/// A screen without what differs from desk to desk, its direction marks made visible.
fn shown(screen: &str) -> String {
    let visible = screen.replace('\u{2068}', "[").replace('\u{2069}', "]");
    let hashes = |word: &str| word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit());
    visible
        .lines()
        .map(|line| line.split(' ').map(|word| if hashes(word) { "(sha256)" } else { word }).collect::<Vec<_>>().join(" ") + "\n")
        .collect()
}

/// No line is wider than a terminal, whatever script it is in.
fn assert_fits(screen: &str) {
    for line in screen.lines() {
        let plain = line.replace(['\u{2068}', '\u{2069}'], "");
        let width = unicode_width::UnicodeWidthStr::width(plain.as_str());
        assert!(width <= 80, "{width} columns: {line}");
    }
}

#[test]
fn summary_of_a_run() {
    let (_, screen) = ledger();
    assert_snapshot!(shown(&screen));
}

#[test]
fn list_of_events() {
    let (desk, _) = ledger();
    let screen = desk.ask(&["events", "--ledger", "example-ledger"]).out;
    assert_fits(&screen);
    assert_snapshot!(shown(&screen));
}

#[test]
fn list_of_disputed_events() {
    let (desk, _) = ledger();
    assert_snapshot!(shown(&desk.ask(&["events", "--ledger", "example-ledger", "--disputed"]).out));
}

/// The event that most voices tell of, as the summary itself proposes it.
#[test]
fn dossier_of_the_most_voiced_event() {
    let (desk, summary) = ledger();
    let line = summary.lines().find(|l| l.contains("marsad show")).expect("the summary proposes an event");
    let id = line.split_whitespace().find(|w| w.starts_with("e:")).unwrap();
    let answer = desk.ask(&["show", id, "--ledger", "example-ledger"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert_snapshot!(shown(&answer.out));
}

#[test]
fn explanation_of_an_arabic_report() {
    let answer = Desk::new().ask(&["explain", examples().join("contradiction-second-ar.txt").to_str().unwrap()]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert_snapshot!(shown(&answer.out));
}

#[test]
fn an_event_that_is_not_there() {
    let (desk, _) = ledger();
    let answer = desk.ask(&["show", "e:none", "--ledger", "example-ledger"]);
    assert_eq!(answer.status, 2);
    assert_eq!(answer.err, "error: no event of this ledger is called `e:none`; `marsad events` lists them\n");
}
