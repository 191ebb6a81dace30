//! Evidence that others can check: the same content gives the same bundle, and a changed byte is named.

use crate::desk::{Desk, copy_folder, examples};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut open, mut files) = (vec![folder.to_owned()], Vec::new());
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|e| e.unwrap().path()));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// A ledger of the examples with a decision.
pub(crate) fn ledger(desk: &Desk) -> Vec<Value> {
    assert!(desk.run(&examples(), "ledger").status < 2);
    let export = desk.export("ledger");
    let events: Vec<Value> =
        std::str::from_utf8(&export["events.jsonl"]).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let claim = events[0]["claims"][0].as_str().unwrap();
    assert_eq!(desk.ask(&["review", "--ledger", "ledger", "accept", claim, "--by", "Huda", "--why", "read"]).status, 0);
    events
}

pub(crate) fn bundle(desk: &Desk, out: &str, more: &[&str]) {
    let answer = desk.ask(&[&["export", "--ledger", "ledger", "--bundle", "--out", out], more].concat());
    assert_eq!(answer.status, 0, "{}", answer.err);
}

#[test]
fn the_same_content_gives_the_same_bundle_and_it_is_checked_without_the_ledger() {
    let desk = Desk::new();
    let events = ledger(&desk);
    bundle(&desk, "a.zip", &[]);
    bundle(&desk, "b.zip", &[]);
    assert!(fs::read(desk.at("a.zip")).unwrap() == fs::read(desk.at("b.zip")).unwrap());
    assert_eq!(desk.ask(&["export", "--ledger", "ledger", "--bundle", "--out", "a.zip"]).status, 2, "nothing is overwritten");
    // What left the house stands in the log, which still holds.
    let verified = desk.ask(&["verify", "--ledger", "ledger"]);
    assert!(verified.status == 0, "{}", verified.out);
    bundle(&desk, "whole", &[]);
    let log = fs::read_to_string(desk.at("whole/data/custody.jsonl")).unwrap();
    // Of exports those stand in it that something else followed: the records above were read before the decision.
    assert!(log.lines().filter(|entry| entry.contains("exported")).count() == 1, "{log}");
    assert!(log.lines().last().unwrap().contains("decided"), "{log}");
    let one = events[0]["id"].as_str().unwrap();
    bundle(&desk, "one", &["--event", one]);
    let told = fs::read_to_string(desk.at("one/data/records/events.jsonl")).unwrap();
    assert!(told.lines().count() == 1 && told.contains(one));
    fs::remove_dir_all(desk.at("ledger")).unwrap();
    for name in ["a.zip", "whole", "one"] {
        let answer = desk.ask(&["verify", name]);
        assert!(answer.status == 0 && answer.out.contains(" 0 faults"), "{}{}", answer.out, answer.err);
    }
    let page = fs::read_to_string(desk.at("one/data/index.html")).unwrap();
    assert!(page.contains(one) && page.contains("dir=\"rtl\"") && page.contains("originals/"));
    assert!(page.contains("dir=\"auto\"><p>") && !page.contains("dir=\"auto\"><bdi>"), "a direction is told by the words themselves");
    assert!(!page.contains("<script") && !page.contains("src=") && !page.contains("href=\"http"), "it asks nothing of anyone");
    let original = files(&desk.at("one/data/originals")).remove(0);
    fs::remove_file(original).unwrap();
    assert_eq!(desk.ask(&["verify", "one"]).status, 1);
}

#[test]
fn a_record_that_no_longer_quotes_its_report_is_named_though_every_hash_was_made_anew() {
    let desk = Desk::new();
    ledger(&desk);
    bundle(&desk, "whole", &[]);
    let path = desk.at("whole/data/records/claims.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    let first: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let words = first["trigger"]["text"].as_str().unwrap();
    fs::write(&path, text.replacen(&format!("\"text\":\"{words}\""), "\"text\":\"another\"", 1)).unwrap();
    let answer = desk.ask(&["verify", "whole"]);
    assert!(answer.out.contains("data/records/claims.jsonl: it is not the file whose hash"), "{}", answer.out);
    assert!(answer.out.contains("does not quote its report"), "{}", answer.out);
}

#[test]
fn a_withdrawn_report_stands_in_a_bundle_as_its_tombstone_alone() {
    let desk = Desk::new();
    let events = ledger(&desk);
    bundle(&desk, "before", &[]);
    let claims = fs::read_to_string(desk.at("before/data/records/claims.jsonl")).unwrap();
    let named = events[0]["claims"][0].as_str().unwrap();
    let claim: Value = claims.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()).find(|c| c["id"] == named).unwrap();
    let report = claim["report"].as_str().unwrap();
    let answer = desk.ask(&["review", "--ledger", "ledger", "withdraw", report, "--by", "Huda", "--ground", "a family asked"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    bundle(&desk, "after", &[]);
    let verified = desk.ask(&["verify", "after"]);
    assert_eq!(verified.status, 0, "{}", verified.out);
    let stones = fs::read_to_string(desk.at("after/data/withdrawn.jsonl")).unwrap();
    assert!(stones.contains(report) && stones.contains("a family asked"), "{stones}");
    let sentence = claim["evidence"]["text"].as_str().unwrap();
    for file in files(&desk.at("after")) {
        assert!(!String::from_utf8_lossy(&fs::read(&file).unwrap()).contains(sentence), "{}", file.display());
    }
    // The log tells that it went out before; nothing that was in it is in this bundle.
    assert!(fs::read_to_string(desk.at("after/data/custody.jsonl")).unwrap().contains("exported"));
    copy_folder(&desk.at("after"), &desk.at("copy"), |_| ());
    assert_eq!(desk.ask(&["verify", "copy"]).status, 0);
}
