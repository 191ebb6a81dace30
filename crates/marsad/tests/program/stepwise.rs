//! However a ledger came to be, in steps, with what people ruled between them, with a report withdrawn and a run killed: it is
//! to the byte what comes out when everything in it is read, compared and written anew.

use crate::desk::{Desk, Export, Records, copy_folder, examples};
use crate::killed::{Moment, kill_at};
use crate::reports::lines;
use serde_json::Value;
use std::path::PathBuf;

/// How many generated reports stand beside the examples.
const GENERATED: usize = 24;

/// How a ledger comes to be: in so many steps, which step an item falls into, and when the run of the second is killed.
struct Way {
    steps: usize,
    stride: usize,
    killed: Moment,
}

const WAYS: [Way; 3] = [
    Way { steps: 2, stride: 1, killed: Moment::Start },
    Way { steps: 3, stride: 5, killed: Moment::Sealed(1, 5) },
    Way { steps: 4, stride: 7, killed: Moment::Sealed(1, 60) },
];

/// What comes in at a step: each file with what belongs to it, and the generated reports in files of their own.
fn lay_out(desk: &Desk, way: &Way, step: usize) {
    let falls_in = |at: usize| (at * way.stride + at / 4) % way.steps == step;
    let keep = |files: &mut Vec<PathBuf>| {
        let mut at = 0..;
        let reports: Vec<String> = files.iter().map(|f| f.to_string_lossy().into_owned()).filter(|f| !f.ends_with(".meta.json")).collect();
        let kept: Vec<String> = reports.into_iter().filter(|_| at.next().is_some_and(falls_in)).collect();
        files.retain(|f| kept.iter().any(|report| f.to_string_lossy().starts_with(report)));
    };
    let _ = std::fs::remove_dir_all(desk.at("in"));
    copy_folder(&examples(), &desk.at("in"), keep);
    for (at, line) in lines(0..GENERATED).into_iter().enumerate().filter(|(at, _)| falls_in(*at)) {
        desk.put(&format!("in/generated/{at}.jsonl"), line + "\n");
    }
}

fn review(desk: &Desk, words: &[&str]) {
    let answer = desk.ask(&[&["review", "--ledger", "ledger"], words, &["--by", "Rana", "--why", "looked at the footage"]].concat());
    assert_eq!(answer.status, 0, "{words:?}: {}", answer.err);
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_else(|| panic!("no {field} in {value:#}"))
}

/// Rule on what there is: part an event, join two, reject a claim, and part a telling from what it was tied to.
fn rule(desk: &Desk) {
    let records = Records::of(&desk.export("ledger"));
    let claims =
        |event: &Value| -> Vec<String> { event["claims"].as_array().unwrap().iter().map(|c| c.as_str().unwrap().to_owned()).collect() };
    let busiest = records.events.iter().max_by_key(|e| claims(e).len()).unwrap();
    let others: Vec<&Value> = records.events.iter().filter(|e| e["id"] != busiest["id"]).collect();
    assert!(claims(busiest).len() > 1 && others.len() > 3);
    review(desk, &["split", text(busiest, "id"), &claims(busiest)[0]]);
    review(desk, &["merge", &claims(others[0])[0], &claims(others[1])[0]]);
    review(desk, &["reject", &claims(others[2])[0]]);
    review(desk, &["origin", text(tied(&records).unwrap_or(&records.reports[0]), "id"), "independent"]);
}

/// A report that has ties, if there is one.
fn tied(records: &Records) -> Option<&Value> {
    records.reports.iter().find(|r| r["lineage"].as_array().is_some_and(|ties| !ties.is_empty()))
}

/// Let everything be read, compared and written anew, by way of other knowledge.
fn rebuilt(desk: &Desk) -> Export {
    copy_folder(&desk.at("ledger"), &desk.at("again"), |_| {});
    let once = desk.ask(&["--knowledge", "own", "run", "in", "--ledger", "again"]);
    assert!(once.status < 2, "{}", once.err);
    let other = desk.export("again");
    let back = desk.ask(&["run", "in", "--ledger", "again"]);
    assert!(back.status < 2, "{}", back.err);
    let export = desk.export("again");
    assert_ne!(other["ledger.json"], export["ledger.json"], "other knowledge was in between");
    export
}

#[test]
fn what_grew_in_steps_is_what_a_full_rebuild_finds() {
    for way in &WAYS {
        let desk = Desk::new();
        desk.put_other_knowledge("own");
        for step in 0..way.steps {
            lay_out(&desk, way, step);
            if step == 1 {
                kill_at(&desk, "ledger", way.killed);
            }
            assert!(desk.run(&desk.at("in"), "ledger").status < 2);
            if step + 2 == way.steps {
                rule(&desk);
            }
        }
        let before = desk.export("ledger");
        let records = Records::of(&before);
        let withdrawn = text(tied(&records).unwrap(), "id");
        let answer = desk.ask(&["review", "--ledger", "ledger", "withdraw", withdrawn, "--by", "Huda", "--ground", "a family asked"]);
        assert_eq!(answer.status, 0, "{}", answer.err);
        let grown = desk.export("ledger");
        assert_ne!(before["reports.jsonl"], grown["reports.jsonl"]);
        let again = rebuilt(&desk);
        assert_eq!(grown.keys().collect::<Vec<_>>(), again.keys().collect::<Vec<_>>());
        for (name, bytes) in &grown {
            assert!(*bytes == again[name], "{name} differs in {} steps", way.steps);
        }
        assert_eq!(desk.ask(&["verify", "--ledger", "ledger"]).status, 0);
    }
}
