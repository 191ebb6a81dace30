//! What people ruled holds: over what was read, through other knowledge, on another ledger.

use crate::desk::{Desk, Records, data, examples};
use serde_json::Value;
use std::fs;

const SIGNED: [&str; 4] = ["--by", "Rana", "--why", "looked at the footage"];

/// Rule on a ledger, and give the decision's id.
fn rule(desk: &Desk, ledger: &str, words: &[&str]) -> String {
    let answer = desk.ask(&[&["review", "--ledger", ledger], words, &SIGNED].concat());
    assert_eq!(answer.status, 0, "{words:?}: {}", answer.err);
    answer.out.lines().next().unwrap().to_owned()
}

fn lines(export: &crate::desk::Export, name: &str) -> Vec<Value> {
    let text = std::str::from_utf8(&export[name]).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_else(|| panic!("no {field} in {value:#}"))
}

/// A ledger of the examples.
fn ledger() -> (Desk, Records) {
    let desk = Desk::new();
    assert!(desk.run(&examples(), "ledger").status < 2);
    let records = Records::of(&desk.export("ledger"));
    (desk, records)
}

fn claim<'r>(records: &'r Records, id: &str) -> &'r Value {
    records.claims.iter().find(|c| c["id"] == id).unwrap()
}

/// The event with most claims, and these.
fn busiest(records: &Records) -> (String, Vec<String>) {
    let event = records.events.iter().max_by_key(|e| e["claims"].as_array().unwrap().len()).unwrap();
    let claims = event["claims"].as_array().unwrap().iter().map(|c| c.as_str().unwrap().to_owned()).collect();
    (text(event, "id").to_owned(), claims)
}

#[test]
fn a_rejected_claim_leaves_its_event_and_stays_in_the_claims_with_its_ruling() {
    let (desk, before) = ledger();
    let (event, claims) = busiest(&before);
    let decision = rule(&desk, "ledger", &["reject", &claims[0]]);
    let after = Records::of(&desk.export("ledger"));
    let rejected = claim(&after, &claims[0]);
    assert_eq!((&rejected["event"], &rejected["ruling"]["verdict"]), (&Value::Null, &Value::from("rejected")));
    assert_eq!(rejected["ruling"]["decision"], *decision);
    assert!(after.events.iter().all(|e| !e["claims"].as_array().unwrap().contains(&Value::from(claims[0].as_str()))));
    assert!(claim(&after, &claims[1])["event"].is_string());
    // Taken back, all is as it was, but for the decisions.
    rule(&desk, "ledger", &["undo", &decision]);
    let undone = Records::of(&desk.export("ledger"));
    assert_eq!((undone.events, undone.claims), (before.events, before.claims), "of {event}");
}

#[test]
fn a_corrected_value_is_the_events_and_what_was_read_stands_beside_it() {
    let (desk, before) = ledger();
    let read = before.claims.iter().find(|c| c["event"].is_string() && !c["casualties"].as_array().unwrap().is_empty()).unwrap();
    let id = text(read, "id");
    rule(&desk, "ledger", &["edit", id, "killed=41-43", "time=2031-02-03"]);
    let after = Records::of(&desk.export("ledger"));
    let ruled = claim(&after, id);
    let killed = |c: &Value| c["casualties"].as_array().unwrap().iter().find(|c| c["harm"] == "killed").cloned().unwrap();
    assert_eq!((&killed(ruled)["min"], &killed(ruled)["max"]), (&Value::from(41), &Value::from(43)));
    assert_eq!(text(&ruled["time"], "basis"), "decided");
    let decided = ruled["decided"].as_array().unwrap().iter().find(|d| d["attribute"] == "casualties").unwrap();
    assert_eq!(decided["basis"], "decided");
    let was: Vec<&Value> = decided["read"].as_array().unwrap().iter().map(|c| &c["min"]).collect();
    assert_eq!(was, read["casualties"].as_array().unwrap().iter().map(|c| &c["min"]).collect::<Vec<_>>());
    let event = after.events.iter().find(|e| e["id"] == ruled["event"]).unwrap();
    assert_eq!(event["time"]["start"], "2031-02-03");
    let history = desk.ask(&["review", "--ledger", "ledger", "history", id]).out;
    assert!(history.contains("- casualties") && history.contains("+ casualties") && history.contains("looked at the footage"), "{history}");
}

#[test]
fn a_place_a_grade_a_state_and_a_reliability_are_what_a_person_says() {
    let (desk, before) = ledger();
    let (event, claims) = busiest(&before);
    let report = text(claim(&before, &claims[0]), "report");
    rule(&desk, "ledger", &["place", &claims[0], "34.5,40.9", "--name", "the old mill"]);
    rule(&desk, "ledger", &["grade", &event, "confirmed"]);
    rule(&desk, "ledger", &["state", report, "second_review"]);
    let source = text(&before.reports.iter().find(|r| r["id"] == report).unwrap()["source"], "name").to_owned();
    rule(&desk, "ledger", &["reliability", &source, "b"]);
    let after = Records::of(&desk.export("ledger"));
    let place = claim(&after, &claims[0])["places"].as_array().unwrap().iter().find(|p| p["role"] == "where").unwrap();
    assert_eq!((&place["name"], &place["lat"]), (&Value::from("the old mill"), &Value::from(34.5)));
    let grade =
        |id: &str| after.events.iter().find(|e| e["claims"].as_array().unwrap().contains(&Value::from(id))).unwrap()["grade"].clone();
    assert_eq!(text(&grade(&claims[1]), "airwars"), "confirmed");
    assert!(before.events.iter().all(|e| !["confirmed", "discounted"].contains(&text(&e["grade"], "airwars"))));
    let report = after.reports.iter().find(|r| r["id"] == report).unwrap();
    assert_eq!((text(report, "state"), text(report, "reliability")), ("second_review", "B"));
}

#[test]
fn what_is_unclear_is_refused_and_nothing_is_decided() {
    let (desk, before) = ledger();
    let (event, claims) = busiest(&before);
    let refused: [&[&str]; 9] = [
        &["accept", "c:ffffffffffff"],
        &["edit", &claims[0], "killed=many"],
        &["edit", &claims[0], "colour=blue"],
        &["edit", &event, "killed=3"],
        &["place", &claims[0], "No Such Place At All"],
        &["place", &claims[0], "95,40"],
        &["grade", &event, "fair"],
        &["origin", "clash-original-ar.txt", "dependent"],
        &["split", &event, &event],
    ];
    for words in refused {
        let answer = desk.ask(&[&["review", "--ledger", "ledger"], words, &SIGNED].concat());
        assert_eq!(answer.status, 2, "{words:?}: {}", answer.out);
    }
    assert_eq!(lines(&desk.export("ledger"), "decisions.jsonl"), [] as [Value; 0]);
}

#[test]
fn every_decision_stands_when_the_ledger_is_read_again_with_other_knowledge() {
    let (desk, before) = ledger();
    let (event, claims) = busiest(&before);
    rule(&desk, "ledger", &["accept", &claims[0]]);
    rule(&desk, "ledger", &["edit", &claims[1], "killed=41"]);
    rule(&desk, "ledger", &["grade", &event, "discounted"]);
    let others: Vec<&str> = before.events.iter().filter(|e| e["id"] != *event).map(|e| e["claims"][0].as_str().unwrap()).collect();
    rule(&desk, "ledger", &["reject", others[0]]);
    rule(&desk, "ledger", &["merge", others[1], others[2]]);
    let decided = desk.export("ledger");
    desk.put_other_knowledge("own");
    desk.put("more/one.txt", "Invented. Nothing happened in the village on Tuesday.");
    let answer = desk.ask(&["--knowledge", "own", "run", "more", "--ledger", "ledger"]);
    assert!(answer.status < 2, "{}", answer.err);
    let reread = desk.export("ledger");
    let version = |export: &crate::desk::Export| serde_json::from_slice::<Value>(&export["ledger.json"]).unwrap()["knowledge"].clone();
    assert_ne!(version(&decided), version(&reread), "it is other knowledge");
    let (then, now) = (lines(&decided, "decisions.jsonl"), lines(&reread, "decisions.jsonl"));
    assert_eq!(then.len(), 5);
    assert_eq!(then, now);
    assert!(now.iter().all(|d| d["standing"] == "stands"), "{now:#?}");
    let records = Records::of(&reread);
    assert_eq!(claim(&records, others[0])["event"], Value::Null);
    assert_eq!(claim(&records, others[1])["event"], claim(&records, others[2])["event"]);
    assert_eq!(desk.ask(&["verify", "--ledger", "ledger"]).status, 0);
}

#[test]
fn a_decision_follows_its_claim_when_better_rules_move_its_words_and_its_ids() {
    let (desk, before) = ledger();
    let shot = before.claims.iter().find(|c| c["trigger"]["text"] == "shot dead").unwrap();
    rule(&desk, "ledger", &["accept", text(shot, "id")]);
    rule(&desk, "ledger", &["edit", text(shot, "id"), "killed=4"]);
    // Without that phrase its first word alone tells of the happening.
    let triggers = Desk::knowledge_file("en/triggers.tsv");
    let others: String = triggers.lines().filter(|line| !line.starts_with("shoot dead\t")).map(|line| format!("{line}\n")).collect();
    desk.put("own/en/triggers.tsv", others);
    desk.put("more/one.txt", "Invented. Nothing happened in the village on Tuesday.");
    assert!(desk.ask(&["--knowledge", "own", "run", "more", "--ledger", "ledger"]).status < 2);
    let export = desk.export("ledger");
    assert!(lines(&export, "decisions.jsonl").iter().all(|d| d["standing"] == "stands"));
    let after = Records::of(&export);
    let moved = after.claims.iter().find(|c| c["report"] == shot["report"] && c["trigger"]["text"] == "shot").unwrap();
    assert_ne!((&moved["id"], &moved["event"]), (&shot["id"], &shot["event"]));
    assert_eq!(moved["ruling"]["verdict"], "accepted");
    assert!(moved["casualties"].as_array().unwrap().iter().any(|c| c["harm"] == "killed" && c["min"] == 4), "{moved:#}");
}

#[test]
fn claims_are_joined_and_parted_as_people_say() {
    let (desk, before) = ledger();
    let (event, claims) = busiest(&before);
    rule(&desk, "ledger", &["split", &event, &claims[0]]);
    let after = Records::of(&desk.export("ledger"));
    assert_ne!(claim(&after, &claims[0])["event"], claim(&after, &claims[1])["event"]);
    rule(&desk, "ledger", &["merge", &claims[0], &claims[1]]);
    let after = Records::of(&desk.export("ledger"));
    assert_eq!(claim(&after, &claims[0])["event"], claim(&after, &claims[1])["event"]);
}

#[test]
fn decisions_are_replayed_on_another_ledger_once_and_those_that_do_not_fit_are_named() {
    let (desk, before) = ledger();
    let (_, claims) = busiest(&before);
    rule(&desk, "ledger", &["reject", &claims[0]]);
    rule(&desk, "ledger", &["edit", &claims[1], "killed=41"]);
    assert_eq!(desk.ask(&["review", "--ledger", "ledger", "export", "decisions.jsonl"]).status, 0);

    assert!(desk.run(&examples(), "second").status < 2);
    let replay = |ledger: &str| desk.ask(&["review", "--ledger", ledger, "replay", "decisions.jsonl"]);
    let answer = replay("second");
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert!(replay("second").out.contains("2 known already"));
    let (first, second) = (desk.export("ledger"), desk.export("second"));
    for file in ["events.jsonl", "claims.jsonl", "decisions.jsonl"] {
        assert_eq!(first[file], second[file], "{file}");
    }

    assert!(desk.run(&data("one-story"), "other").status < 2);
    assert!(replay("other").out.contains("2 rest on words that this ledger lacks"));
    let other = lines(&desk.export("other"), "decisions.jsonl");
    assert!(other.iter().all(|d| d["standing"] == "loose" && d["because"] == "no_report"), "{other:#?}");
    assert!(desk.ask(&["review", "--ledger", "other", "loose"]).out.contains("NoReport"));

    let forged = fs::read_to_string(desk.at("decisions.jsonl")).unwrap().replace("Rana", "Dana");
    desk.put("decisions.jsonl", forged);
    assert_eq!(replay("other").status, 2);
}

#[test]
fn the_decisions_of_an_export_are_replayed_whether_they_stand_or_not() {
    let (desk, before) = ledger();
    let (_, claims) = busiest(&before);
    rule(&desk, "ledger", &["accept", &claims[0]]);
    let reject = rule(&desk, "ledger", &["reject", &claims[0]]);
    let taken_back = rule(&desk, "ledger", &["reject", &claims[1]]);
    let undo = rule(&desk, "ledger", &["undo", &taken_back]);
    let export = desk.export("ledger");
    let decisions = lines(&export, "decisions.jsonl");
    assert!(decisions.iter().all(|d| d["by"] == "Rana"), "{decisions:#?}");
    assert_eq!((text(&decisions[0], "overruled_by"), text(&decisions[2], "undone_by")), (&*reject, &*undo));

    desk.put("exported.jsonl", &export["decisions.jsonl"]);
    assert!(desk.run(&examples(), "second").status < 2);
    let answer = desk.ask(&["review", "--ledger", "second", "replay", "exported.jsonl"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert_eq!(lines(&desk.export("second"), "decisions.jsonl"), decisions);
}

#[test]
fn a_name_is_marked_for_publishing_only_when_each_of_its_namings_is() {
    let desk = Desk::new();
    desk.put("in/a.txt", "قصفت الطائرات سوقا في إدلب في 4 أيار 2030 فقتل الطفل أحمد صالح والطفلة سلمى صالح.");
    desk.put("in/b.txt", "قال شهود إن الطائرات قصفت سوقا في إدلب في 4 أيار 2030 فقتل الطفل أحمد صالح ودمر محلان.");
    assert!(desk.run(&desk.at("in"), "ledger").status < 2);
    let victim = |name: &str| lines(&desk.export("ledger"), "victims.jsonl").into_iter().find(|v| v["name_as_written"] == name).unwrap();
    let claims: Vec<String> = victim("أحمد صالح")["claims"].as_array().unwrap().iter().map(|c| c.as_str().unwrap().to_owned()).collect();
    assert_eq!(claims.len(), 2, "both reports tell of one event");
    let publish = |claim: &str, how: &str| rule(&desk, "ledger", &["publish", claim, "أحمد صالح", how]);
    publish(&claims[0], "full");
    assert_eq!(victim("أحمد صالح")["publish"], "withheld");
    publish(&claims[1], "full");
    assert_eq!(victim("أحمد صالح")["publish"], "full");
    assert_eq!(victim("سلمى صالح")["publish"], "withheld");
    publish(&claims[0], "initials");
    assert_eq!(victim("أحمد صالح")["publish"], "initials");
}

#[test]
fn what_a_person_did_is_said_where_its_trace_is_looked_for() {
    let (desk, before) = ledger();
    let (event, _) = busiest(&before);
    rule(&desk, "ledger", &["grade", &event, "confirmed"]);
    let shown = desk.ask(&["show", &event, "--ledger", "ledger"]).out;
    assert!(shown.contains("graded by a person: confirmed") && !shown.contains("suggested grade"), "{shown}");

    let alone = before.events.iter().find(|e| e["claims"].as_array().unwrap().len() == 1).unwrap();
    let (event, claim) = (text(alone, "id"), alone["claims"][0].as_str().unwrap());
    let reject = rule(&desk, "ledger", &["reject", claim]);
    for asked in [&["show", event, "--ledger", "ledger"][..], &["review", "--ledger", "ledger", "history", event]] {
        let answer = desk.ask(asked);
        assert!(answer.status == 2 && answer.err.contains(claim) && answer.err.contains("rejected"), "{}", answer.err);
    }

    let undo = rule(&desk, "ledger", &["undo", &reject]);
    let again = desk.ask(&[&["review", "--ledger", "ledger", "undo", &reject], &SIGNED[..]].concat());
    assert!(again.status == 2 && again.err.contains(&undo), "{}", again.err);
}
