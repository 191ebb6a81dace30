//! The day's work in the terminal: where each report stands, who put it there, and what is to be captured by hand.

use crate::desk::{Answer, Desk};
use serde_json::Value;
use std::collections::BTreeMap;

const STORY: &str = "Gunmen attacked a checkpoint in Hajin on 3 May 2031 and killed two soldiers, a commander said on Friday.\n\n\
    The commander said that the men came on motorcycles from the desert, fired for ten minutes and left before help arrived from the town.";

fn inbox(desk: &Desk, more: &[&str]) -> Answer {
    let answer = desk.ask(&[&["review", "inbox", "--ledger", "ledger"], more].concat());
    assert_eq!(answer.status, 0, "{}", answer.err);
    answer
}

/// How many are in each state, as the last line tells.
fn counts(answer: &Answer) -> BTreeMap<String, u32> {
    let last = answer.out.lines().last().unwrap();
    let one = |part: &str| part.split_once(' ').map(|(n, state)| (state.to_owned(), n.parse().unwrap())).unwrap();
    last.split(", ").map(one).collect()
}

fn lay(desk: &Desk) {
    let put = |name: &str, source: &str, text: &str, day: u32| {
        desk.put(&format!("in/{name}.txt"), text);
        desk.put(
            &format!("in/{name}.txt.meta.json"),
            format!(r#"{{"source": "{source}", "published": "2031-05-0{day}", "title": "{name}"}}"#),
        );
    };
    put("first", "Rafid News", STORY, 4);
    put("second", "Qarah Valley Radio", STORY, 5);
    put("other", "Rafid News", "Police arrested four people in Baghdad on 6 May 2031, a lawyer said.", 7);
    desk.put(
        "in/wall.html",
        "<html><head><title>Log in</title></head><body><h1>Log in</h1><p>You must log in to continue.</p><form><input name=\"user\"><input type=\"password\"><button>Log in</button></form></body></html>",
    );
    desk.put("in/wall.html.meta.json", r#"{"url": "https://www.reuters.com/invented"}"#);
    assert!(desk.run(&desk.at("in"), "ledger").status < 2);
}

fn id(desk: &Desk, title: &str) -> String {
    let reports: Vec<Value> = {
        let export = desk.export("ledger");
        std::str::from_utf8(&export["reports.jsonl"]).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    reports.iter().find(|r| r["title"] == title).unwrap()["id"].as_str().unwrap().to_owned()
}

#[test]
fn each_report_is_told_with_its_state_and_who_put_it_there() {
    let desk = Desk::new();
    lay(&desk);
    let all = inbox(&desk, &[]);
    let known = |pairs: &[(&str, u32)]| -> BTreeMap<String, u32> { pairs.iter().map(|(s, n)| ((*s).to_owned(), *n)).collect() };
    assert_eq!(counts(&all), known(&[("new", 2), ("duplicate", 1), ("capture_by_hand", 1)]), "{}", all.out);
    let copies = inbox(&desk, &["--state", "duplicate"]);
    assert!(copies.out.contains("duplicate, proposed") && copies.out.contains("copies r:"), "{}", copies.out);
    assert!(copies.out.contains("second") && !copies.out.contains("other"), "the later one copies: {}", copies.out);
    let walls = inbox(&desk, &["--state", "capture_by_hand"]);
    assert!(walls.out.contains("reuters.com/invented"), "{}", walls.out);

    let other = id(&desk, "other");
    let state =
        |state: &str, by: &str, why: &str| desk.ask(&["review", "state", &other, state, "--by", by, "--why", why, "--ledger", "ledger"]);
    assert_eq!(state("not_relevant", "Omar", "no harm to anyone").status, 0);
    assert_eq!(state("relevant", "Rana", "arrests are recorded too").status, 0);
    let relevant = inbox(&desk, &["--state", "relevant"]);
    assert!(relevant.out.contains("other") && relevant.out.contains("Rana") && relevant.out.contains("arrests are recorded too"));
    assert!(!relevant.out.contains("proposed") && !relevant.out.contains("Omar"), "{}", relevant.out);
    assert_eq!(counts(&inbox(&desk, &[]))["new"], 1);
    let history = desk.ask(&["review", "history", &other, "--ledger", "ledger"]);
    let at = |words: &str| history.out.find(words).unwrap_or_else(|| panic!("{words} in {}", history.out));
    assert!(at("not_relevant") < at("overruled by") && at("overruled by") < at("arrests are recorded too"));

    let one = inbox(&desk, &["--limit", "1"]);
    assert_eq!(one.out.lines().filter(|line| line.starts_with("r:")).count(), 1, "{}", one.out);
    let unknown = desk.ask(&["review", "inbox", "--state", "lost", "--ledger", "ledger"]);
    assert!(unknown.status == 2 && unknown.err.contains("`lost` is no state") && unknown.err.contains("second_review"), "{}", unknown.err);
}
