//! A report that is withdrawn is gone from every file of the ledger, and comes back by no way.

use crate::desk::{Answer, Desk, examples};
use crate::fetching::site;
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

/// The only report of a ledger that has these words.
fn report_with(desk: &Desk, words: &str) -> String {
    let reports = lines(&desk.export("ledger")["reports.jsonl"]);
    let mut found = reports.iter().filter(|r| r["text"].as_str().unwrap().contains(words));
    let id = found.next().unwrap()["id"].as_str().unwrap().to_owned();
    assert!(found.next().is_none());
    id
}

fn withdraw(desk: &Desk, name: &str) -> Answer {
    desk.ask(&["review", "--ledger", "ledger", "withdraw", name, "--by", "Huda", "--ground", "a family asked"])
}

#[test]
fn a_withdrawn_text_comes_in_no_more_in_other_bytes() {
    let desk = Desk::new();
    desk.put("in/quarrister.html", PAGE);
    assert!(desk.run(&examples(), "ledger").status < 2);
    assert_eq!(desk.run(&desk.at("in"), "ledger").status, 0);
    let report = report_with(&desk, "walnut");
    let text = lines(&desk.export("ledger")["reports.jsonl"]).into_iter().find(|r| r["id"] == report.as_str()).unwrap();
    // A copy that came in before stays until it is named itself, and a run that meets it again does not lose it.
    desk.put("copy/copy.html", PAGE.replace("<head>", "<head><meta name=a content=b>"));
    assert_eq!(desk.run(&desk.at("copy"), "ledger").status, 0);
    assert_eq!(withdraw(&desk, &report).status, 0);
    desk.put("copy/copy.html.meta.json", "{\"key\":\"2\"}");
    assert_eq!(desk.run(&desk.at("copy"), "ledger").status, 0);
    assert_eq!(withdraw(&desk, &report_with(&desk, "walnut")).status, 0);
    assert_eq!(found(&desk.at("ledger")), Vec::<String>::new());
    let after = desk.export("ledger");
    let line = serde_json::json!({"text": text["text"].as_str().unwrap().replace(' ', "  "), "source": "Another", "key": "1"});
    for (name, bytes) in [
        ("page.html", PAGE.replace("<body>", "<body><!-- of another day -->")),
        ("line.jsonl", line.to_string()),
        ("upper.txt", text["text"].as_str().unwrap().to_uppercase()),
    ] {
        desk.put(&format!("again/{name}"), bytes);
    }
    let again = desk.run(&desk.at("again"), "ledger");
    assert!(again.status == 2 || again.status == 1, "{again:?}");
    for name in ["page.html", "line.jsonl", "upper.txt"] {
        assert!(again.out.contains(&format!("{name}: withdrawn on ")), "{name}: {}", again.out);
    }
    assert_eq!(found(&desk.at("ledger")), Vec::<String>::new());
    assert!(desk.export("ledger") == after);
    // Another text by the same hand does come in.
    desk.put("other/other.txt", "A flood closed the road to the orchard near Hajin on Monday, and nobody was hurt, a farmer told us.");
    assert_eq!(desk.run(&desk.at("other"), "ledger").status, 0);
    assert_eq!(desk.ask(&["verify", "--ledger", "ledger"]).status, 0);
}

#[test]
fn a_withdrawn_page_leaves_the_ledgers_own_archives_and_does_not_come_back_with_another_fetch() {
    let state = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let port = site(state);
    let desk = Desk::new();
    let fetch =
        |path: &str| desk.ask(&["fetch", "--ledger", "ledger", "--pace", "0", "--private", &format!("http://127.0.0.1:{port}{path}")]);
    let in_archives = || {
        let archives = fs::read_dir(desk.at("ledger/fetched")).unwrap().map(|e| e.unwrap().path());
        let packed = archives.filter(|path| path.extension().is_some_and(|e| e == "gz"));
        let holds = |path: std::path::PathBuf| {
            let mut whole = Vec::new();
            std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(&fs::read(path).unwrap()[..]), &mut whole).unwrap();
            String::from_utf8_lossy(&whole).contains("stayed closed until the evening")
        };
        packed.filter(|path| holds(path.clone())).count()
    };
    assert_eq!(fetch("/page").status, 0);
    assert_eq!(in_archives(), 1);
    let answer = withdraw(&desk, &report_with(&desk, "stayed closed"));
    assert!(answer.status == 0 && answer.out.contains("Emptied of it: fetched/"), "{answer:?}");
    assert!(!answer.out.contains("what it was read from"), "{}", answer.out);
    assert_eq!(in_archives(), 0);
    // The same address is not asked again; the same page under another is refused, and its bytes are not kept.
    assert!(fetch("/page").out.contains("what was there was withdrawn"));
    let other = fetch("/page?from=feed");
    assert!(other.out.split_whitespace().collect::<Vec<_>>().join(" ").contains("a family asked"), "{other:?}");
    assert_eq!(in_archives(), 0);
    assert_eq!(desk.ask(&["verify", "--ledger", "ledger"]).status, 0);
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

    let withdraw = |name: &str| withdraw(&desk, name);
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

    // On another ledger the decision destroys nothing by itself, and says so.
    assert!(desk.run(&desk.at("in"), "second").status <= 1);
    desk.put("decisions.jsonl", &after["decisions.jsonl"]);
    let replayed = desk.ask(&["review", "--ledger", "second", "replay", "decisions.jsonl"]);
    assert!(replayed.out.contains(&format!("NOT DONE HERE: Huda withdrew {report} (a family asked)")), "{replayed:?}");
}
