//! An evidence bundle in which names are held back: a search of it finds none of them, and it is a bag that anyone can check.

use crate::bundling::files;
use crate::desk::{Answer, Desk, copy_folder};
use crate::forged::reseal;
use crate::redacted::{REFUGES, mourned, refuges, words_left};
use serde_json::Value;
use std::fs;

/// Ask for a bundle without names of the ledger `L`.
fn bundle(desk: &Desk, out: &str, more: &[&str]) -> Answer {
    desk.ask(&[&["export", "--ledger", "L", "--bundle", "--redact", "--out", out], more].concat())
}

/// Two rulings that name people, of which one withdraws a report.
fn ruled(desk: &Desk) {
    assert_eq!(desk.ask(&["export", "--ledger", "L", "--out", "E"]).status, 0);
    let text = fs::read_to_string(desk.at("E/claims.jsonl")).unwrap();
    let claims: Vec<Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let review = |words: &[&str]| {
        let ruled = desk.ask(&[&["review", "--ledger", "L"], words, &["--by", "هيثم القلموني"]].concat());
        assert_eq!(ruled.status, 0, "{}", ruled.err);
    };
    let listed = claims.iter().find(|c| c["evidence"]["text"].as_str().unwrap().contains("لجنة")).unwrap();
    review(&["accept", listed["id"].as_str().unwrap(), "--why", "قال مروان العبجي إنه صحيح"]);
    let gone = claims.iter().find(|c| c["report"] != listed["report"]).unwrap();
    review(&["withdraw", gone["report"].as_str().unwrap(), "--ground", "طلبت أسرة كرم الزعرور"]);
}

#[test]
fn no_word_of_a_name_is_left_in_a_bundle_folder_or_zip_and_it_is_a_bag_that_holds_together() {
    let desk = Desk::new();
    mourned(&desk);
    ruled(&desk);
    desk.put("salt", "a salt of enough letters");
    let told = bundle(&desk, "R", &["--salt-file", "salt"]);
    assert_eq!(told.status, 0, "{}", told.err);
    assert!(
        told.out.contains("REDACTED.md says what was done") && told.out.contains("originals and the custody log are left out"),
        "{}",
        told.out
    );
    assert_eq!(bundle(&desk, "R.zip", &["--salt-file", "salt"]).status, 0);
    assert_eq!(desk.ask(&["export", "--ledger", "L", "--bundle", "--out", "whole"]).status, 0);
    assert!(words_left(&desk.at("whole")).len() > 20, "the test looks for what is there otherwise");
    assert_eq!(words_left(&desk.at("R")), Vec::<String>::new());
    fs::create_dir(desk.at("zipped")).unwrap();
    fs::copy(desk.at("R.zip"), desk.at("zipped/R.zip")).unwrap();
    assert_eq!(words_left(&desk.at("zipped")), Vec::<String>::new(), "what is stored in a zip stands there as it is");
    // Nor what leads to the reports: their ids, hashes, addresses, who ruled.
    let ids = |folder: &str, file: &str| -> Vec<String> {
        let text = fs::read_to_string(desk.at(folder).join(file)).unwrap();
        text.lines()
            .map(|l| serde_json::from_str::<Value>(l).unwrap())
            .flat_map(|r| [r["id"].clone(), r["sha256"].clone()])
            .filter_map(|id| id.as_str().map(str::to_owned))
            .collect()
    };
    let open = ids("whole", "data/records/reports.jsonl");
    let log = fs::read_to_string(desk.at("whole/data/custody.jsonl")).unwrap();
    let newest: Value = serde_json::from_str(log.lines().last().unwrap()).unwrap();
    for path in files(&desk.at("R")) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(open.iter().all(|id| !text.contains(id)), "{}", path.display());
        assert!(!text.contains("posts.example") && !text.contains("mourned"), "{}", path.display());
        assert!(!path.starts_with(desk.at("R/data/originals")) && !path.ends_with("custody.jsonl") && !path.ends_with("bound.jsonl"));
    }
    let told: Value = serde_json::from_str(&fs::read_to_string(desk.at("R/data/custody.json")).unwrap()).unwrap();
    assert_eq!((&told["seq"], &told["hash"]), (&newest["seq"], &newest["hash"]), "its keeper can show of which ledger it is");
    assert_eq!(fs::read_to_string(desk.at("R/data/withdrawn.jsonl")).unwrap().lines().count(), 1);
    assert_eq!(fs::read_to_string(desk.at("R/data/records/decisions.jsonl")).unwrap(), "");
    let page = fs::read_to_string(desk.at("R/data/index.html")).unwrap();
    assert!(page.contains("Names are held back") && page.contains("href=\"REDACTED.md\"") && page.contains("الأصول"), "the page says so");
    // Checked without ledger and salt.
    fs::remove_dir_all(desk.at("L")).unwrap();
    for name in ["R", "R.zip"] {
        let verified = desk.ask(&["verify", name]);
        assert!(
            verified.status == 0 && verified.out.contains(" 0 faults") && verified.out.contains("note: names are held back"),
            "{}",
            verified.out
        );
    }
}

#[test]
fn the_same_content_and_salt_give_the_same_bytes() {
    let desk = Desk::new();
    mourned(&desk);
    for (name, salt) in [("one", "a salt of enough letters"), ("two", "another one of that many")] {
        desk.put(name, salt);
    }
    for (out, salt) in [("a.zip", "one"), ("b.zip", "one"), ("c.zip", "two")] {
        assert_eq!(bundle(&desk, out, &["--salt-file", salt]).status, 0);
    }
    let bytes = |name: &str| fs::read(desk.at(name)).unwrap();
    assert!(bytes("a.zip") == bytes("b.zip") && bytes("a.zip") != bytes("c.zip"));
    // A part of it: no id of a claim, event or report is that of the whole ledger.
    assert_eq!(desk.ask(&["export", "--ledger", "L", "--out", "E"]).status, 0);
    let events = fs::read_to_string(desk.at("E/events.jsonl")).unwrap();
    let event: Value = serde_json::from_str(events.lines().next().unwrap()).unwrap();
    let id = event["id"].as_str().unwrap();
    assert_eq!(bundle(&desk, "part", &["--event", id]).status, 0);
    assert_eq!(fs::read_to_string(desk.at("part/data/records/events.jsonl")).unwrap().lines().count(), 1);
    assert!(files(&desk.at("part")).iter().all(|path| !fs::read_to_string(path).unwrap().contains(id)));
    assert_eq!(words_left(&desk.at("part")), Vec::<String>::new());
    assert_eq!(desk.ask(&["verify", "part"]).status, 0);
}

#[test]
fn originals_are_in_it_only_where_they_were_asked_for_twice_and_that_is_said() {
    let desk = Desk::new();
    mourned(&desk);
    let once = bundle(&desk, "once", &["--originals"]);
    assert!(once.status == 2 && once.err.contains("--names-in-originals"), "{}", once.err);
    assert!(!desk.at("once").exists());
    for wrong in [&["--originals", "--names-in-originals"][..], &["--redact", "--names-in-originals"]] {
        let refused = desk.ask(&[&["export", "--ledger", "L", "--out", "wrong"], wrong].concat());
        assert_eq!(refused.status, 2, "{}", refused.err);
    }
    let twice = bundle(&desk, "twice", &["--originals", "--names-in-originals"]);
    assert!(twice.status == 0 && twice.out.contains("EVERY NAME STANDS IN THE ORIGINALS"), "{}{}", twice.out, twice.err);
    let note = fs::read_to_string(desk.at("twice/data/REDACTED.md")).unwrap();
    assert!(note.contains("**Every name stands in the originals, and 41 of them"), "{note}");
    let page = fs::read_to_string(desk.at("twice/data/index.html")).unwrap();
    assert!(page.contains("every name stands in them") && page.contains("كل الأسماء") && page.contains("originals/"));
    // All but the originals is without names, and each report leads to its own.
    let left = words_left(&desk.at("twice"));
    assert!(!left.is_empty() && left.iter().all(|l| l.rsplit(' ').next().is_some_and(|name| name.len() == 64)), "{left:?}");
    let reports = fs::read_to_string(desk.at("twice/data/records/reports.jsonl")).unwrap();
    for report in reports.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()) {
        assert!(desk.at("twice/data/originals").join(report["sha256"].as_str().unwrap()).is_file());
    }
    let verified = desk.ask(&["verify", "twice"]);
    assert_eq!(verified.status, 0, "{}", verified.out);
}

#[test]
fn what_was_changed_in_it_is_named_though_the_manifests_were_made_anew() {
    let desk = Desk::new();
    mourned(&desk);
    ruled(&desk);
    assert_eq!(bundle(&desk, "R", &[]).status, 0);
    let edit = |name: &str, from: &str, to: &str| {
        let path = desk.at("F").join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{name}: {from}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    };
    let forgeries: [(&str, &dyn Fn()); 8] = [
        ("REDACTED.md: it is not what is told", &|| edit("data/REDACTED.md", "masks in texts | ", "masks in texts | 1")),
        ("REDACTED.md: it is not what is told", &|| edit("data/records/ledger.json", "\"masks\": ", "\"masks\": 1")),
        ("data/index.html: it is not the page", &|| edit("data/index.html", "<h2>", "<h2>x")),
        ("data/index.html: it is not the page", &|| edit("data/withdrawn.jsonl", "\"at\":\"2", "\"at\":\"3")),
        ("bag-info.txt: it does not tell of", &|| edit("data/custody.json", "\"seq\":", "\"seq\":1")),
        ("does not quote its report", &|| edit("data/records/claims.jsonl", "\"text\":\"", "\"text\":\"x")),
        ("its readable text is not", &|| edit("data/records/reports.jsonl", "\"text\":\"", "\"text\":\"x")),
        ("data/originals: it holds 1 originals", &|| {
            fs::create_dir(desk.at("F/data/originals")).unwrap();
            fs::write(desk.at("F/data/originals").join(marsad_model::sha256_hex(b"x")), "x").unwrap();
        }),
    ];
    for (named, forge) in forgeries {
        copy_folder(&desk.at("R"), &desk.at("F"), |_| ());
        forge();
        reseal(&desk.at("F"));
        let verified = desk.ask(&["verify", "F"]);
        assert!(verified.status == 1 && verified.out.contains(named), "{named}: {}", verified.out);
        fs::remove_dir_all(desk.at("F")).unwrap();
    }
}

#[test]
fn homes_clinics_shelters_and_camps_are_told_by_their_district_in_a_bundle_too() {
    let desk = Desk::new();
    refuges(&desk);
    assert_eq!(bundle(&desk, "R", &[]).status, 0);
    for path in files(&desk.at("R")) {
        let text = fs::read_to_string(&path).unwrap();
        for word in REFUGES.iter().flat_map(|(_, words)| *words) {
            assert!(!text.contains(word), "{word} in {}", path.display());
        }
    }
    assert_eq!(desk.ask(&["verify", "R"]).status, 0);
}

#[test]
fn who_stands_beside_harm_is_held_back_however_they_are_named() {
    let desk = Desk::new();
    let table = fs::read_to_string(crate::desk::data("named.tsv")).unwrap();
    let rows: Vec<(&str, &str)> = table.lines().filter(|l| !l.starts_with('#')).skip(1).filter_map(|l| l.split_once('\t')).collect();
    let lines: String = rows
        .iter()
        .enumerate()
        .map(|(n, (_, text))| {
            format!("{}\n", serde_json::json!({ "key": n, "source": "Nahr Wire", "published": "2031-05-20", "text": text }))
        })
        .collect();
    desk.put("in.jsonl", lines);
    assert!(desk.run(&desk.at("in.jsonl"), "L").status < 2);
    assert_eq!(desk.ask(&["export", "--ledger", "L", "--redact", "--out", "R"]).status, 0);
    let out: String = files(&desk.at("R")).iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    // What is held back for one name would hide that another was not seen: no two share a word.
    let mut words: Vec<&str> = rows.iter().flat_map(|(name, _)| name.split(' ')).collect();
    words.retain(|word| !["Abu"].contains(word));
    let all = words.len();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), all);
    let left: Vec<&str> = words.into_iter().filter(|word| out.contains(word)).collect();
    assert_eq!(left, Vec::<&str>::new());
}
