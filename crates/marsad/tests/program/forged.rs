//! A bundle whose manifests were made anew after it was changed: what does not hold together in it is named, and what does
//! has another manifest than the one that its maker told.

use crate::bundling::{bundle, files, ledger};
use crate::desk::{Desk, copy_folder};
use marsad_model::sha256_hex;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Write the manifests anew, as a forger would.
pub(crate) fn reseal(bag: &Path) {
    let manifest = |name: &str, is_meant: &dyn Fn(&str) -> bool| {
        let mut lines: Vec<(String, String)> = Vec::new();
        for file in files(bag) {
            let path = file.strip_prefix(bag).unwrap().to_str().unwrap().to_owned();
            if is_meant(&path) {
                lines.push((path, sha256_hex(&fs::read(&file).unwrap())));
            }
        }
        lines.sort();
        fs::write(bag.join(name), lines.iter().map(|(path, hash)| format!("{hash}  {path}\n")).collect::<String>()).unwrap();
    };
    manifest("manifest-sha256.txt", &|path| path.starts_with("data/"));
    manifest("tagmanifest-sha256.txt", &|path| !path.starts_with("data/") && path != "tagmanifest-sha256.txt");
}

/// Change the lines of a file.
fn change(bag: &Path, name: &str, with: impl Fn(&mut Vec<String>)) {
    let path = bag.join(name);
    let mut lines: Vec<String> = fs::read_to_string(&path).unwrap().lines().map(str::to_owned).collect();
    let before = lines.clone();
    with(&mut lines);
    assert!(lines != before, "{name} is to be changed");
    fs::write(path, lines.iter().map(|line| format!("{line}\n")).collect::<String>()).unwrap();
}

/// Change the first record of a file of lines.
fn first(bag: &Path, name: &str, with: impl Fn(&mut Value)) {
    change(bag, name, |lines| {
        let mut record: Value = serde_json::from_str(&lines[0]).unwrap();
        let before = record.clone();
        with(&mut record);
        assert!(record != before, "the first record of {name} is to be changed");
        lines[0] = record.to_string();
    });
}

/// Change the first event of which a day and somebody who has a part in it are told.
fn dated(bag: &Path, with: impl Fn(&mut Value)) {
    change(bag, EVENTS, |lines| {
        let told = |line: &&mut String| {
            let event: Value = serde_json::from_str(line).unwrap();
            event["time"]["start"].is_string() && !event["actors"].as_array().unwrap().is_empty()
        };
        let line = lines.iter_mut().find(told).unwrap();
        let mut event: Value = serde_json::from_str(line).unwrap();
        with(&mut event);
        *line = event.to_string();
    });
}

const EVENTS: &str = "data/records/events.jsonl";
const CLAIMS: &str = "data/records/claims.jsonl";
const REPORTS: &str = "data/records/reports.jsonl";

/// What a forger does to a bag.
type Forge = fn(&Path);

/// A ledger of the examples with rulings, one report withdrawn and one left alone, and a bundle of it. Gives the manifest's hash.
fn bagged(desk: &Desk) -> String {
    let events = ledger(desk);
    let claims = fs::read_to_string(desk.at("ledger.export/claims.jsonl")).unwrap();
    let claim_of = |event: &Value| -> Value {
        claims.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()).find(|c| c["id"] == event["claims"][0]).unwrap()
    };
    let ask = |words: &[&str]| {
        let answer = desk.ask(&[&["review", "--ledger", "ledger"], words, &["--by", "Huda"]].concat());
        assert_eq!(answer.status, 0, "{}", answer.err);
    };
    let gone = claim_of(&events[0])["report"].as_str().unwrap().to_owned();
    ask(&["withdraw", &gone, "--ground", "a family asked"]);
    let edited = claim_of(events.iter().find(|e| e["reports"] == 2).unwrap());
    ask(&["edit", edited["id"].as_str().unwrap(), "killed=3", "--why", "counted again"]);
    let out = desk.ask(&["export", "--ledger", "ledger", "--bundle", "--out", "whole"]);
    assert_eq!(out.status, 0, "{}", out.err);
    let manifest = out.out.lines().find_map(|line| line.strip_prefix("manifest ")).unwrap().to_owned();
    let checked = desk.ask(&["verify", "whole"]);
    assert!(checked.status == 0 && checked.out.contains(&format!("manifest {manifest}\n")), "{checked:?}");
    bundle(desk, "whole.zip", &[]);
    assert!(desk.ask(&["verify", "whole.zip"]).out.contains(&format!("manifest {manifest}\n")));
    manifest
}

#[test]
fn what_does_not_hold_together_is_named_though_the_manifests_were_made_anew() {
    let desk = Desk::new();
    bagged(&desk);
    let forgeries: [(&str, Forge); 25] = [
        ("data/withdrawn.jsonl: it has not what", |b| change(b, "data/withdrawn.jsonl", Vec::clear)),
        ("data/withdrawn.jsonl: it has not what", |b| first(b, "data/withdrawn.jsonl", |r| r["ground"] = "none".into())),
        ("data/withdrawn.jsonl: it has not what", |b| first(b, "data/withdrawn.jsonl", |r| r["originals"] = Value::Array(vec![]))),
        ("data/withdrawn.jsonl: it has more", |b| change(b, "data/withdrawn.jsonl", |l| l.push(l[0].clone()))),
        ("bag-info.txt: it does not tell", |b| {
            change(b, "data/custody.jsonl", |l| l.truncate(l.len() - 1));
            change(b, "data/bound.jsonl", |l| l.truncate(l.len() - 1));
            change(b, "data/records/decisions.jsonl", |l| l.truncate(l.len() - 1));
        }),
        ("bag-info.txt: it does not tell", |b| change(b, "bag-info.txt", |l| l[1] = "Bagging-Date: 2020-01-01".to_owned())),
        ("is not in the bundle, or does not name it", |b| change(b, EVENTS, Vec::clear)),
        ("is not in the bundle, or does not name it", |b| change(b, EVENTS, |l| drop(l.remove(0)))),
        ("it is there twice", |b| change(b, EVENTS, |l| l.push(l[0].clone()))),
        ("its id is not that of its claims", |b| first(b, EVENTS, |r| r["id"] = "e:000000000000000000000000".into())),
        ("and no such claim names it", |b| {
            first(b, EVENTS, |r| r["claims"].as_array_mut().unwrap().push("c:ffffffffffffffffffffffff".into()));
        }),
        ("its claims are of", |b| first(b, EVENTS, |r| r["reports"] = 7.into())),
        ("its sentence is that of none of its claims", |b| first(b, EVENTS, |r| r["summary"] = "Nothing happened.".into())),
        ("its place is that of none of its claims", |b| first(b, EVENTS, |r| r["place"]["lat"] = 1.5.into())),
        ("its first day is that of none of its claims", |b| dated(b, |r| r["time"]["start"] = "2030-01-01".into())),
        ("whom none of its claims names so", |b| dated(b, |r| r["actors"][0]["name"] = "Another".into())),
        ("and no such claim names it", |b| first(b, CLAIMS, |r| r["event"] = Value::Null)),
        ("is not in the bundle, or does not name it", |b| first(b, CLAIMS, |r| r["event"] = "e:000000000000000000000000".into())),
        ("its id is not that of its words", |b| first(b, CLAIMS, |r| r["id"] = "c:000000000000000000000000".into())),
        ("index.html: it is not the page", |b| change(b, "data/index.html", |l| l.push("<p>more</p>".to_owned()))),
        ("index.html: it is not the page", |b| first(b, EVENTS, |r| r["support"]["independent"] = 9.into())),
        ("what it says hashes to", |b| first(b, "data/records/decisions.jsonl", |r| r["by"] = "Another".into())),
        ("there are not as many records", |b| change(b, "data/records/mentions.jsonl", |l| drop(l.pop()))),
        ("its readable text is not the one", |b| first(b, REPORTS, |r| r["text"] = "Nothing happened.".into())),
        ("more.txt: it is no file of a bundle", |b| fs::write(b.join("more.txt"), "more").unwrap()),
    ];
    for (at, (named, forge)) in forgeries.iter().enumerate() {
        let name = format!("forged-{at}");
        copy_folder(&desk.at("whole"), &desk.at(&name), |_| ());
        forge(&desk.at(&name));
        reseal(&desk.at(&name));
        let answer = desk.ask(&["verify", &name]);
        assert!(answer.status == 1 && answer.out.contains(named), "{at}: {named}: {}", answer.out);
        assert!(!answer.out.contains("manifest-sha256.txt"), "{at}: the manifests hold: {}", answer.out);
    }
}

#[test]
fn what_holds_together_and_was_changed_has_another_manifest() {
    let desk = Desk::new();
    let told = bagged(&desk);
    first(&desk.at("whole"), EVENTS, |r| r["grade"]["because"] = serde_json::json!(["a forger says so"]));
    reseal(&desk.at("whole"));
    let answer = desk.ask(&["verify", "whole"]);
    assert!(answer.out.contains("manifest ") && !answer.out.contains(&told), "{}", answer.out);
}

#[test]
fn nothing_that_lies_beside_a_bundle_is_cleared() {
    let desk = Desk::new();
    ledger(&desk);
    for name in ["out.part/mine.txt", "out.zip.part/mine.txt"] {
        desk.put(name, "mine");
    }
    desk.put("out.zip.zip.part", "mine");
    bundle(&desk, "out", &[]);
    bundle(&desk, "out.zip", &[]);
    for name in ["out.part/mine.txt", "out.zip.part/mine.txt", "out.zip.zip.part"] {
        assert_eq!(fs::read_to_string(desk.at(name)).unwrap(), "mine");
    }
    let mut left: Vec<String> = fs::read_dir(desk.at("")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    left.sort();
    assert_eq!(left, ["ledger", "ledger.export", "out", "out.part", "out.zip", "out.zip.part", "out.zip.zip.part"]);
}
