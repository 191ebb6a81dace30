//! A ledger beside tables that people coded: which rows it has, and what is right in them.

use crate::desk::{Desk, data, examples};
use serde_json::Value;
use std::collections::BTreeMap;

fn compared(desk: &Desk, table: &str, more: &[&str]) -> (String, Vec<Value>) {
    let table = data("coded").join(table);
    let told = desk.ask(&[&["evaluate", table.to_str().unwrap(), "--ledger", "L", "--out", "o.jsonl"], more].concat());
    assert_eq!(told.status, 0, "{}", told.err);
    let written = std::fs::read_to_string(desk.at("o.jsonl")).unwrap();
    (told.out, written.lines().map(|l| serde_json::from_str(l).unwrap()).collect())
}

/// The verdicts of a row by field.
fn verdicts(lines: &[Value], id: &str) -> BTreeMap<String, String> {
    let row = lines.iter().find(|l| l["id"] == id).unwrap();
    let fields = row["fields"].as_array().unwrap();
    fields.iter().map(|f| (f["field"].as_str().unwrap().to_owned(), f["verdict"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn each_row_of_a_known_shape_is_found_and_judged_field_by_field() {
    let desk = Desk::new();
    desk.run(&examples(), "L");
    let (told, lines) = compared(&desk, "acled.csv", &[]);
    assert!(told.starts_with("Read as acled"), "{told}");
    assert!(told.contains("4 rows of 5 found"), "{told}");
    let clash = verdicts(&lines, "TST1");
    assert!(["date", "place", "type", "initiator", "target", "deaths"].iter().all(|f| clash[*f] == "right"), "{clash:?}");
    // Seven in the table, two to five in the reports; a day off; a place told as its countryside; a party that nothing explains.
    assert_eq!(verdicts(&lines, "TST3")["deaths"], "wrong");
    assert_eq!(verdicts(&lines, "TST5")["date"], "wrong");
    assert_eq!(verdicts(&lines, "TST2")["place"], "unknown");
    assert_eq!(verdicts(&lines, "TST2")["initiator"], "not_judged");
    // A 0 that says no more than that no death is told is no value.
    assert!(!verdicts(&lines, "TST5").contains_key("deaths"));
    let alone = lines.iter().find(|l| l["id"] == "TST4").unwrap();
    assert!(alone["event"].is_null() && told.contains("TST4"), "{told}");
    for line in &lines {
        let Some(event) = line["event"].as_str() else { continue };
        assert_eq!(desk.ask(&["show", event, "--ledger", "L"]).status, 0, "{event}");
    }
    let events: Vec<&str> = lines.iter().filter_map(|l| l["event"].as_str()).collect();
    let once: std::collections::BTreeSet<&&str> = events.iter().collect();
    assert_eq!(once.len(), events.len(), "an event is in one row at most");
}

#[test]
fn a_table_of_ones_own_is_read_by_the_columns_that_are_named() {
    let desk = Desk::new();
    desk.run(&examples(), "L");
    let table = data("coded").join("own.csv");
    let ask = |more: &[&str]| desk.ask(&[&["evaluate", table.to_str().unwrap(), "--ledger", "L"], more].concat());
    let unnamed = ask(&[]);
    assert_eq!(unnamed.status, 2);
    assert!(unnamed.err.contains("--map date=COLUMN") && unnamed.err.contains("Tag"), "{}", unnamed.err);
    let wrong = ask(&["--map", "day=Tag"]);
    assert!(wrong.status == 2 && wrong.err.contains("`day` is no field"), "{}", wrong.err);
    let columns = ["id=Nr", "date=Tag", "place=Ort", "deaths=Tote", "injuries=Verletzte", "means=Waffe"];
    let mut more: Vec<&str> = columns.iter().flat_map(|c| ["--map", c]).collect();
    let undated = ask(&more);
    assert!(undated.status == 2 && undated.err.contains("line 2") && undated.err.contains("--date-format"), "{}", undated.err);
    more.extend(["--date-format", "%d/%m/%Y"]);
    let (_, lines) = compared(&desk, "own.csv", &more);
    for id in ["1", "2"] {
        let judged = verdicts(&lines, id);
        assert!(judged.len() >= 4 && judged.values().all(|v| v == "right"), "{id}: {judged:?}");
    }
    // A place that nobody knows, on a day on which something else happened elsewhere.
    assert!(lines.iter().any(|l| l["id"] == "3" && l["event"].is_null()));
    let again = compared(&desk, "own.csv", &more);
    assert_eq!(again.1, lines);
}
