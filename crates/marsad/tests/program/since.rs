//! An export since another holds what changed, tells of what is no more, and each export is in the custody log.

use crate::desk::{Answer, Desk, Export, examples};
use marsad_ledger::Ledger;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

fn lines(export: &Export, name: &str) -> Vec<Value> {
    std::str::from_utf8(&export[name]).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn ids(export: &Export) -> BTreeSet<String> {
    lines(export, "events.jsonl").iter().map(|event| event["id"].as_str().unwrap().to_owned()).collect()
}

fn files(desk: &Desk, folder: &str) -> Export {
    let entries = fs::read_dir(desk.at(folder)).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

/// What the summary says that a later export is to be asked with.
fn cursor(answer: &Answer) -> String {
    assert_eq!(answer.status, 0, "{}", answer.err);
    let line = answer.out.lines().find_map(|line| line.strip_prefix("cursor ")).unwrap();
    line.split(' ').next().unwrap().to_owned()
}

fn since(desk: &Desk, mark: &str, out: &str, more: &[&str]) -> Answer {
    desk.ask(&[&["export", "--ledger", "ledger", "--out", out, "--since", mark], more].concat())
}

#[test]
fn only_what_changed_is_exported_and_what_is_gone_is_told() {
    let desk = Desk::new();
    desk.run(&examples(), "ledger");
    let first = cursor(&desk.ask(&["export", "--ledger", "ledger", "--out", "whole"]));
    let whole = files(&desk, "whole");
    let nothing = since(&desk, &first, "nothing", &[]);
    assert_eq!(cursor(&nothing), first, "finding the same again sets no mark: {}", nothing.out);
    assert_eq!((ids(&files(&desk, "nothing")).len(), lines(&files(&desk, "nothing"), "gone.jsonl").len()), (0, 0));
    desk.run(&examples(), "ledger");
    assert_eq!(cursor(&since(&desk, &first, "again", &[])), first, "nor does a run that adds nothing");

    // One more report, one value corrected, two events joined.
    desk.put("more/new.txt", "Gunmen attacked a checkpoint in Hajin on 3 May 2030 and killed two soldiers, a commander said.");
    desk.run(&desk.at("more"), "ledger");
    let singles: Vec<Value> = lines(&whole, "events.jsonl").into_iter().filter(|e| e["claims"].as_array().unwrap().len() == 1).collect();
    let of = |event: &Value| (event["id"].as_str().unwrap().to_owned(), event["claims"][0].as_str().unwrap().to_owned());
    let [(edited, claim), (one, _), (two, _)] = [&singles[0], &singles[1], &singles[2]].map(of);
    let signed = ["--by", "Rana", "--why", "looked at it", "--ledger", "ledger"];
    for ruling in [&["review", "edit", &claim, "killed=41"][..], &["review", "merge", &one, &two]] {
        let answer = desk.ask(&[ruling, &signed].concat());
        assert_eq!(answer.status, 0, "{}", answer.err);
    }
    let answer = since(&desk, &first, "changed", &["--format", "jsonl,csv,acled"]);
    let second = cursor(&answer);
    let changed = files(&desk, "changed");
    let held = ids(&changed);
    assert!(held.contains(&edited) && held.contains(&one) != held.contains(&two) && held.len() >= 3, "{held:?}");
    assert!(held.len() < ids(&whole).len() / 2, "what did not change is not there: {held:?}");
    let gone = lines(&changed, "gone.jsonl");
    let merged = gone.iter().find(|g| g["id"] == one.as_str() || g["id"] == two.as_str()).unwrap();
    assert_eq!(merged["why"], "merged");
    assert!(held.contains(merged["now"].as_str().unwrap()));
    let summary: Value = serde_json::from_slice(&changed["ledger.json"]).unwrap();
    assert_eq!(summary["since"], serde_json::json!({ "cursor": first, "next": second, "gone": gone.len() }));
    assert!(answer.out.contains(&format!("changed since {first}: {}", held.len())), "{}", answer.out);
    let claims = lines(&changed, "claims.jsonl");
    assert!(claims.iter().all(|c| held.contains(c["event"].as_str().unwrap())) && !claims.is_empty());

    // Rejecting the only claim ends an event; it is told, and only since then.
    assert_eq!(desk.ask(&[&["review", "reject", &claim][..], &signed].concat()).status, 0);
    let last = files(&desk, {
        cursor(&since(&desk, &second, "last", &[]));
        "last"
    });
    assert_eq!(lines(&last, "gone.jsonl"), [serde_json::json!({ "id": edited, "why": "ended", "now": null })]);
    assert!(!ids(&last).contains(&edited));

    // Under a salt the ids are others in both files, and the same ones.
    assert_eq!(since(&desk, &second, "held", &["--redact"]).status, 0);
    let redacted = lines(&files(&desk, "held"), "gone.jsonl");
    assert!(redacted.len() == 1 && redacted[0]["id"] != edited.as_str());
    assert_eq!(desk.ask(&["export", "--ledger", "ledger", "--out", "all-held", "--redact"]).status, 0);
    assert!(ids(&files(&desk, "all-held")).is_superset(&ids(&files(&desk, "held"))));
}

#[test]
fn a_cursor_of_another_ledger_and_a_folder_in_use_are_refused() {
    let desk = Desk::new();
    desk.run(&examples(), "ledger");
    let mark = cursor(&desk.ask(&["export", "--ledger", "ledger", "--out", "whole"]));
    let other = since(&desk, "7-0123456789ab", "other", &[]);
    assert!(other.status == 2 && other.err.contains("no mark of this ledger") && !desk.at("other").exists(), "{}", other.err);
    assert_eq!(since(&desk, "yesterday", "other", &[]).status, 2);
    let used = since(&desk, &mark, "whole", &[]);
    assert!(used.status == 2 && used.err.contains("not empty"), "{}", used.err);
    assert_eq!(since(&desk, &mark, "part", &[]).status, 0);
    let over = desk.ask(&["export", "--ledger", "ledger", "--out", "part"]);
    assert!(over.status == 2 && over.err.contains("gone.jsonl"), "{}", over.err);
}

#[test]
fn every_export_is_in_the_custody_log_with_the_hash_of_each_file() {
    let desk = Desk::new();
    desk.run(&examples(), "ledger");
    cursor(&desk.ask(&["export", "--ledger", "ledger", "--out", "out", "--format", "csv,geojson"]));
    cursor(&desk.ask(&["export", "--ledger", "ledger", "--out", "held", "--redact"]));
    let mut log = Vec::new();
    Ledger::open_read(&desk.at("ledger")).unwrap().each_custody(|entry| log.push(entry)).unwrap();
    let told: Vec<Value> = log.iter().filter(|e| e.what == "exported").map(|e| serde_json::from_str(&e.detail).unwrap()).collect();
    assert_eq!(told.len(), 2);
    for (told, folder, redacted) in [(&told[0], "out", false), (&told[1], "held", true)] {
        assert_eq!(told["redacted"], redacted);
        let hashes: Export = files(&desk, folder);
        assert_eq!(told["files"].as_object().unwrap().len(), hashes.len());
        for (name, bytes) in hashes {
            assert_eq!(told["files"][&name], marsad_model::sha256_hex(&bytes), "{name}");
        }
    }
    let verified = desk.ask(&["verify", "--ledger", "ledger"]);
    assert_eq!(verified.status, 0, "{}", verified.out);
}
