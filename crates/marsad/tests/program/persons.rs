//! One person under several names, in two spellings and by another name: what people put together is one record, and is withheld as long as one of the names is.

use crate::desk::{Desk, Export};
use serde_json::Value;
use std::fs;
use std::path::Path;

const SIGNED: [&str; 4] = ["--by", "Rana", "--why", "the family says so"];
const NAMES: [&str; 3] = ["رضوان الشماط", "رضوان شماط", "Hamid Qarnasi"];
const WORDS: [&str; 4] = ["رضوان", "شماط", "Hamid", "Qarnasi"];

fn rule(desk: &Desk, ledger: &str, words: &[&str]) -> String {
    let answer = desk.ask(&[&["review", "--ledger", ledger], words, &SIGNED].concat());
    assert_eq!(answer.status, 0, "{words:?}: {}", answer.err);
    answer.out.lines().next().unwrap().to_owned()
}

fn lines(export: &Export, name: &str) -> Vec<Value> {
    std::str::from_utf8(&export[name]).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Two Arabic reports of one strike, and an English one that knows of another.
fn lay(desk: &Desk) {
    desk.put("in/a.txt", "قصفت الطائرات سوقا في إدلب في 4 أيار 2030 فقتل الطفل رضوان الشماط والطفلة سلمى صالح.");
    desk.put("in/b.txt", "قال شهود إن الطائرات قصفت سوقا في إدلب في 4 أيار 2030 فقتل الطفل رضوان شماط ودمر محلان.");
    desk.put(
        "in/c.txt",
        "Shelling of a house in the town of Saraqib on 1 June 2030 killed Hamid Qarnasi, 34, a teacher, his brother said.",
    );
}

fn ledger() -> (Desk, Vec<String>) {
    let desk = Desk::new();
    lay(&desk);
    assert!(desk.run(&desk.at("in"), "ledger").status < 2);
    let namings = NAMES.iter().map(|name| format!("{}={name}", claim_of(&desk, "ledger", name))).collect();
    (desk, namings)
}

fn victims(desk: &Desk, ledger: &str) -> Vec<Value> {
    lines(&desk.export(ledger), "victims.jsonl")
}

fn claim_of(desk: &Desk, ledger: &str, name: &str) -> String {
    let found = victims(desk, ledger).into_iter().find(|v| v["name_as_written"] == name).unwrap_or_else(|| panic!("nobody is {name}"));
    found["claims"][0].as_str().unwrap().to_owned()
}

fn joined(desk: &Desk, namings: &[String]) -> String {
    let words: Vec<&str> = std::iter::once("same-person").chain(namings.iter().map(String::as_str)).collect();
    rule(desk, "ledger", &words)
}

fn publish(desk: &Desk, naming: &str, how: &str) {
    let (claim, name) = naming.split_once('=').unwrap();
    rule(desk, "ledger", &["publish", claim, name, how]);
}

#[test]
fn a_dossier_to_print_is_of_the_events_that_are_named_and_holds_names_back_where_asked() {
    let (desk, _) = ledger();
    let event =
        victims(&desk, "ledger").iter().find(|v| v["name_as_written"] == "Hamid Qarnasi").unwrap()["event"].as_str().unwrap().to_owned();
    let dossier = |out: &str, more: &[&str]| {
        let words = ["export", "--ledger", "ledger", "--format", "dossier", "--event", &event, "--out", out];
        let answer = desk.ask(&[&words, more].concat());
        assert_eq!(answer.status, 0, "{}", answer.err);
        fs::read_to_string(desk.at(out).join("dossier.html")).unwrap()
    };
    let plain = dossier("plain", &[]);
    for told in ["Hamid Qarnasi", "Saraqib", "قتل", "nothing is held back", "34"] {
        assert!(plain.contains(told), "{told}: {plain}");
    }
    assert!(!plain.contains("رضوان"), "another event's");
    let held = dossier("held", &["--redact"]);
    assert!(held.contains("REDACTED.md") && held.contains("███"), "{held}");
    assert!(holding(&desk.at("held")).is_empty());
    let none = desk.ask(&["export", "--ledger", "ledger", "--event", "e:nothing", "--out", "none"]);
    assert_eq!(none.status, 2);
}

#[test]
fn a_second_coder_is_shown_what_was_read_and_nothing_that_was_ruled() {
    let (desk, _) = ledger();
    let claim = claim_of(&desk, "ledger", "Hamid Qarnasi");
    let report =
        victims(&desk, "ledger").into_iter().find(|v| v["name_as_written"] == "Hamid Qarnasi").unwrap()["namings"][0]["report"].clone();
    rule(&desk, "ledger", &["edit", &claim, "killed:combatant=2", "time=2030-07-09"]);
    let shown = desk.ask(&["review", "--ledger", "ledger", "blind", report.as_str().unwrap()]).out;
    for told in ["killed 1", "on 2030-06-01", "Saraqib", "Hamid Qarnasi"] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    assert!(!shown.contains("combatant") && !shown.contains("2030-07-09"), "{shown}");
}

/// The records of the person who bears several names.
fn person(desk: &Desk, ledger: &str) -> Vec<Value> {
    victims(desk, ledger).into_iter().filter(|v| v["names"].as_array().unwrap().len() > 1).collect()
}

fn sorted(names: &[&str]) -> Value {
    let mut names = names.to_vec();
    names.sort_unstable();
    serde_json::json!(names)
}

#[test]
fn names_that_are_of_one_person_are_one_record_with_every_place_where_they_stand() {
    let (desk, namings) = ledger();
    let before = victims(&desk, "ledger");
    assert_eq!(before.len(), 4, "{before:#?}");
    assert!(before.iter().all(|v| v["names"].as_array().unwrap().len() == 1 && v["namings"].as_array().unwrap().len() == 1));
    assert_eq!(
        desk.ask(&[&["review", "--ledger", "ledger", "same-person", &namings[0]], &SIGNED[..]].concat()).status,
        2,
        "one is not two"
    );
    let told = desk.ask(&["export", "--ledger", "ledger", "--out", "before"]).out;
    let cursor = told.lines().find_map(|line| line.strip_prefix("cursor ")).unwrap().split(' ').next().unwrap().to_owned();
    let decision = joined(&desk, &namings);
    assert_eq!(desk.ask(&["export", "--ledger", "ledger", "--out", "since", "--since", &cursor]).status, 0);
    let changed = fs::read_to_string(desk.at("since/events.jsonl")).unwrap();
    let (of, export) = (person(&desk, "ledger"), desk.export("ledger"));
    assert!(of.iter().all(|v| changed.contains(&format!("\"id\":{}", v["event"]))), "both events have changed: {changed}");
    assert_eq!(of.len(), 2, "one for each event: {of:#?}");
    let strike = of.iter().find(|v| v["claims"].as_array().unwrap().len() == 2).unwrap();
    assert_eq!(victims(&desk, "ledger").len(), 3, "and the girl is nobody's other name");
    for victim in &of {
        assert_eq!(victim["names"], sorted(&NAMES));
        assert_eq!(victim["namings"].as_array().unwrap().len(), 3);
        for naming in victim["namings"].as_array().unwrap() {
            let report = lines(&export, "reports.jsonl").into_iter().find(|r| r["id"] == naming["report"]).unwrap();
            let points: Vec<char> = report["text"].as_str().unwrap().chars().collect();
            let at = |side: &str| naming["span"][side].as_u64().unwrap() as usize;
            assert_eq!(points[at("start")..at("end")].iter().collect::<String>(), naming["span"]["text"].as_str().unwrap());
        }
    }
    assert!(NAMES[..2].contains(&strike["name_as_written"].as_str().unwrap()));
    // Tables tell the same.
    assert_eq!(desk.ask(&["export", "--ledger", "ledger", "--out", "csv", "--format", "csv"]).status, 0);
    let table = fs::read_to_string(desk.at("csv/victims.csv")).unwrap();
    assert_eq!(table.lines().filter(|row| NAMES.iter().all(|name| row.contains(name))).count(), 2, "{table}");
    // What was put together is taken apart again.
    rule(&desk, "ledger", &["undo", &decision]);
    assert_eq!(victims(&desk, "ledger"), before);
}

#[test]
fn one_person_is_withheld_in_every_spelling_until_each_is_released() {
    let (desk, namings) = ledger();
    publish(&desk, &namings[0], "full");
    publish(&desk, &namings[1], "full");
    let marks = || person(&desk, "ledger").iter().map(|v| v["publish"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let left = |folder: &str| {
        let files = fs::read_dir(desk.at(folder)).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap());
        let text: String = files.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect();
        WORDS.iter().filter(|word| text.contains(*word)).map(|word| (*word).to_owned()).collect::<Vec<_>>()
    };
    let redacted = |out: &str| {
        let answer = desk.ask(&["export", "--ledger", "ledger", "--out", out, "--redact", "--format", "jsonl,csv,geojson"]);
        assert_eq!(answer.status, 0, "{}", answer.err);
        left(out)
    };
    assert!(redacted("apart").contains(&"رضوان".to_owned()), "both Arabic namings were released");
    joined(&desk, &namings);
    assert_eq!(marks(), ["withheld", "withheld"], "the third was not");
    assert_eq!(redacted("one"), Vec::<String>::new());
    let answer = desk.ask(&["export", "--ledger", "ledger", "--bundle", "--redact", "--out", "bag"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert_eq!(desk.ask(&["verify", "bag"]).status, 0);
    assert_eq!(holding(&desk.at("bag")), Vec::<String>::new());
    publish(&desk, &namings[2], "initials");
    assert_eq!(marks(), ["initials", "initials"], "what keeps most back holds for all");
    publish(&desk, &namings[2], "full");
    assert_eq!(marks(), ["full", "full"]);
    assert_eq!(redacted("released"), WORDS);
}

fn holding(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(holding(&path));
        } else {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            found.extend(WORDS.iter().filter(|word| text.contains(*word)).map(|word| format!("{word} in {}", path.display())));
        }
    }
    found
}

#[test]
fn it_stands_through_other_knowledge_on_another_ledger_and_in_a_bundle() {
    let (desk, namings) = ledger();
    joined(&desk, &namings);
    let then = person(&desk, "ledger");
    let answer = desk.ask(&["export", "--ledger", "ledger", "--bundle", "--out", "bag"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert_eq!(desk.ask(&["verify", "bag"]).status, 0);

    assert_eq!(desk.ask(&["review", "--ledger", "ledger", "export", "decisions.jsonl"]).status, 0);
    assert!(desk.run(&desk.at("in"), "second").status < 2);
    assert_eq!(desk.ask(&["review", "--ledger", "second", "replay", "decisions.jsonl"]).status, 0);
    assert_eq!(person(&desk, "second"), then);

    desk.put_other_knowledge("own");
    desk.put("more/one.txt", "Invented. Nothing happened in the village on Tuesday.");
    let answer = desk.ask(&["--knowledge", "own", "run", "more", "--ledger", "ledger"]);
    assert!(answer.status < 2, "{}", answer.err);
    assert_eq!(person(&desk, "ledger"), then);
    let decisions = lines(&desk.export("ledger"), "decisions.jsonl");
    assert_eq!((&decisions[0]["ruling"], &decisions[0]["standing"]), (&"same_person".into(), &"stands".into()));

    // A naming that is withdrawn takes its words along, and the ruling with it.
    let english = then[0]["namings"].as_array().unwrap().iter().find(|n| n["span"]["text"] == NAMES[2]).unwrap()["report"].clone();
    let withdrawn =
        desk.ask(&["review", "withdraw", english.as_str().unwrap(), "--ground", "at risk", "--by", "Ada", "--ledger", "ledger"]);
    assert_eq!(withdrawn.status, 0, "{}", withdrawn.err);
    assert!(holding(&desk.at("ledger")).iter().all(|found| !found.contains("Qarnasi")), "{:?}", holding(&desk.at("ledger")));
    assert_eq!(desk.ask(&["verify", "--ledger", "ledger"]).status, 0);
}

#[test]
fn whom_the_reader_missed_or_took_for_one_can_be_ruled_and_is_held_back_like_the_others() {
    let (desk, _) = ledger();
    let claim = claim_of(&desk, "ledger", "Hamid Qarnasi");
    let told = |ledger: &str| -> Vec<(String, String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
        let here = |v: &Value| v["claims"].as_array().unwrap().contains(&claim.as_str().into());
        let all = victims(&desk, ledger).into_iter().filter(here);
        all.map(|v| (text(&v["name_as_written"]), text(&v["harm"]), text(&v["status"]))).collect()
    };
    let of = |name: &str, harm: &str, status: &str| (name.to_owned(), harm.to_owned(), status.to_owned());
    rule(&desk, "ledger", &["victim", &claim, "his brother", "injured", "--status", "civilian", "--age", "30"]);
    rule(&desk, "ledger", &["victim", &claim, "Hamid Qarnasi", "killed", "--status", "hors_de_combat"]);
    let both = [of("Hamid Qarnasi", "killed", "hors_de_combat"), of("his brother", "injured", "civilian")];
    assert_eq!(told("ledger"), both);
    let event = victims(&desk, "ledger").iter().find(|v| v["age"] == 30).unwrap()["event"].as_str().unwrap().to_owned();
    let shown = desk.ask(&["show", "--ledger", "ledger", &event]);
    assert!(shown.out.contains("Hamid Qarnasi: killed, hors de combat, 34 years"), "{}", shown.out);
    assert!(shown.out.contains("his brother: injured, civilian, 30 years"), "{}", shown.out);

    let history = desk.ask(&["review", "--ledger", "ledger", "history", &claim]).out;
    assert!(history.contains("harm injured") && history.contains("victim: his brother"), "{history}");

    // It stands through another reading, and on another ledger.
    desk.put_other_knowledge("own");
    desk.put("more/one.txt", "Invented. Nothing happened in the village on Tuesday.");
    assert!(desk.ask(&["--knowledge", "own", "run", "more", "--ledger", "ledger"]).status < 2);
    assert_eq!(told("ledger"), both);
    assert_eq!(desk.ask(&["review", "--ledger", "ledger", "export", "decisions.jsonl"]).status, 0);
    assert!(desk.run(&desk.at("in"), "second").status < 2);
    assert_eq!(desk.ask(&["review", "--ledger", "second", "replay", "decisions.jsonl"]).status, 0);
    assert_eq!(told("second"), both);

    let answer = desk.ask(&["export", "--ledger", "ledger", "--out", "held", "--redact"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert!(holding(&desk.at("held")).is_empty());
    let text = fs::read_to_string(desk.at("held").join("reports.jsonl")).unwrap();
    assert!(!text.contains("his brother"), "{text}");

    // Nobody of this name was harmed: the person leaves the list, and the name is held back all the same.
    rule(&desk, "ledger", &["victim", &claim, "Hamid Qarnasi", "none"]);
    assert!(victims(&desk, "ledger").iter().all(|v| v["name_as_written"] != "Hamid Qarnasi"));
    assert_eq!(desk.ask(&["export", "--ledger", "ledger", "--out", "still", "--redact"]).status, 0);
    assert!(holding(&desk.at("still")).is_empty());

    let refused = |words: &[&str]| desk.ask(&[&["review", "--ledger", "ledger", "victim", &claim], words, SIGNED.as_slice()].concat());
    for words in [["Nobody Atall", "killed"], ["Hamid Qarnasi", "vexed"]] {
        assert_eq!(refused(&words).status, 2, "{words:?}");
    }
}

#[test]
fn who_a_harmed_person_was_can_be_ruled() {
    let (desk, _) = ledger();
    let status = || victims(&desk, "ledger").into_iter().find(|v| v["name_as_written"] == "Hamid Qarnasi").unwrap()["status"].clone();
    assert_ne!(status(), "combatant");
    let claim = claim_of(&desk, "ledger", "Hamid Qarnasi");
    rule(&desk, "ledger", &["edit", &claim, "killed:combatant=1"]);
    assert_eq!(status(), "combatant");
    let refused = desk.ask(&[&["review", "--ledger", "ledger", "edit", &claim, "killed:soldierly=1"], SIGNED.as_slice()].concat());
    assert!(refused.status == 2 && refused.err.contains("neither a group of people nor a status"), "{refused:?}");
}
