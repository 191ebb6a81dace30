//! A report that is withdrawn is gone from every file of the ledger, and comes back by no way.

use crate::desk::{Desk, examples};
use serde_json::Value;
use std::fs;
use std::path::Path;

const PAGE: &str = "<html lang=en><head><title>Zebulon Quarrister hurt at Hajin</title>\
    <meta property='article:published_time' content='2031-10-17T10:00:00Z'></head><body><article>\
    <h1>Zebulon Quarrister hurt at Hajin</h1><p>An air strike wounded Zebulon Quarrister and killed two of his cousins in Hajin on \
    Thursday, his brother told us by the walnut press.</p><p>The walnut press stayed closed until the evening.</p></article></body></html>";

const GONE: [&str; 5] = ["Quarrister", "walnut press", "hurt at Hajin", "walnut", "quarrister"];

fn holding(folder: &Path, words: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            holding(&path, words, found);
        } else if fs::read(&path).unwrap().windows(words.len()).any(|w| w == words.as_bytes()) {
            found.push(format!("{words} in {}", path.display()));
        }
    }
}

fn found(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for words in GONE {
        holding(folder, words, &mut found);
    }
    found
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    std::str::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_withdrawn_report_is_in_no_file_of_the_ledger_and_comes_in_no_more() {
    let desk = Desk::new();
    desk.put("in/quarrister.html", PAGE);
    assert!(desk.run(&examples(), "ledger").status < 2);
    assert_eq!(desk.run(&desk.at("in"), "ledger").status, 0);
    let before = desk.export("ledger");
    let claim =
        lines(&before["claims.jsonl"]).into_iter().find(|c| c["evidence"]["text"].as_str().unwrap().contains("Quarrister")).unwrap();
    let (claim, report) = (claim["id"].as_str().unwrap().to_owned(), claim["report"].as_str().unwrap().to_owned());
    let accepted = desk.ask(&["review", "--ledger", "ledger", "accept", &claim, "--by", "Huda", "--why", "his walnut press is known"]);
    assert_eq!(accepted.status, 0, "{}", accepted.err);
    assert!(!found(&desk.at("ledger")).is_empty());

    let withdraw = |name: &str| desk.ask(&["review", "--ledger", "ledger", "withdraw", name, "--by", "Huda", "--ground", "a family asked"]);
    let answer = withdraw(&report);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert!(answer.out.contains("1 decision") && answer.out.contains("quarrister.html"), "{}", answer.out);
    assert_eq!(found(&desk.at("ledger")), Vec::<String>::new());
    let verified = desk.ask(&["verify", "--ledger", "ledger"]);
    assert_eq!(verified.status, 0, "{}", verified.out);

    // What is left: the tombstone. What is found anew: all but what it told.
    let after = desk.export("ledger");
    assert!(lines(&after["events.jsonl"]).len() < lines(&before["events.jsonl"]).len());
    let decisions = lines(&after["decisions.jsonl"]);
    assert!(decisions.iter().all(|d| d["why"] != "his walnut press is known"));
    let stone = decisions.iter().find(|d| d["ruling"] == "withdraw").unwrap();
    assert_eq!((stone["report"].as_str(), stone["why"].as_str()), (Some(report.as_str()), Some("a family asked")));
    let asked = desk.ask(&["lineage", "--ledger", "ledger", &report]);
    assert!(asked.status == 2 && asked.err.contains("a family asked"), "{asked:?}");

    // It cannot be undone, and neither the same file nor the same decision brings it back.
    let undone = desk.ask(&["review", "--ledger", "ledger", "undo", stone["id"].as_str().unwrap(), "--by", "Huda", "--why", "no"]);
    assert!(undone.status == 2 && undone.err.contains("cannot be undone"), "{undone:?}");
    assert_eq!(withdraw(&report).status, 2);
    let again = desk.run(&desk.at("in"), "ledger");
    assert!(again.status > 0 && again.out.contains("a family asked") && again.out.contains("quarrister.html"), "{again:?}");
    desk.put("decisions.jsonl", &before["decisions.jsonl"]);
    assert_eq!(desk.ask(&["review", "--ledger", "ledger", "replay", "decisions.jsonl"]).status, 0);
    assert_eq!(found(&desk.at("ledger")), Vec::<String>::new());
    assert!(desk.export("ledger") == after);
}
