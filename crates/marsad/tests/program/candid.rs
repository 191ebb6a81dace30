//! Candid: what is unknown stays unknown, what is disputed is shown as disputed.

use crate::desk::{Desk, Records, data, examples};
use serde_json::Value;

fn disagreement<'r>(records: &'r Records, attribute: &str) -> Option<&'r Value> {
    let all = records.events.iter().flat_map(|e| e["disagreements"].as_array().unwrap());
    all.into_iter().find(|d| d["attribute"] == attribute)
}

fn values(disagreement: &Value) -> String {
    let values: Vec<&str> = disagreement["values"].as_array().unwrap().iter().map(|v| v["value"].as_str().unwrap()).collect();
    values.join(" | ")
}

/// Two outlets count differently; neither number is taken away, and each stands with its own claims.
#[test]
fn two_counts_of_one_strike_are_a_disagreement() {
    for folder in ["two-counts-en", "two-counts-both"] {
        let records = Desk::new().records(&data(folder));
        let differs = disagreement(&records, "casualties").unwrap_or_else(|| panic!("{folder}: no dispute in {:#?}", records.events));
        let shown = values(differs);
        assert!(shown.contains('4') && shown.contains('9'), "{folder}: {shown}");
        for value in differs["values"].as_array().unwrap() {
            assert!(!value["claims"].as_array().unwrap().is_empty(), "{folder}: {value:#}");
        }
    }
}

#[test]
fn two_accused_of_one_shelling_are_a_disagreement() {
    let records = Desk::new().records(&data("two-accused"));
    let differs = disagreement(&records, "initiator").or_else(|| disagreement(&records, "actors"));
    let shown = values(differs.unwrap_or_else(|| panic!("no dispute in {:#?}", records.events)));
    assert!(shown.contains("Islamic State") && shown.contains("Syrian Democratic Forces"), "{shown}");
}

/// Every date in a record, wherever it is nested, except the day of the program's own making (there is none).
fn dates(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(s) if s.len() == 10 && s.parse::<jiff::civil::Date>().is_ok() => found.push(s.clone()),
        Value::Object(fields) => fields.values().for_each(|v| dates(v, found)),
        Value::Array(items) => items.iter().for_each(|v| dates(v, found)),
        _ => {}
    }
}

/// "Yesterday", "at dawn", "on Friday": in a report without a date they stay what they are.
#[test]
fn an_undated_report_gets_no_date() {
    let records = Desk::new().records(&data("undated"));
    assert_eq!(records.reports.len(), 2);
    assert!(records.claims.len() >= 2, "too few claims to tell: {:#?}", records.claims);
    let mut found = Vec::new();
    for r in &records.reports {
        assert!(r["published"].is_null(), "{:#}", r["published"]);
    }
    for v in records.claims.iter().chain(&records.events).chain(&records.mentions) {
        dates(v, &mut found);
    }
    assert_eq!(found, Vec::<String>::new(), "dates that nothing told");
    let relative = records.claims.iter().filter(|c| c["time"]["relative"].is_object()).count();
    assert!(relative >= 2, "what was told of the time is lost: {:#?}", records.claims);
}

#[test]
fn the_undated_example_gets_no_date() {
    let records = Desk::new().records(&examples().join("undated-ar.txt"));
    assert!(!records.claims.is_empty() && records.reports[0]["published"].is_null());
    let mut found = Vec::new();
    records.claims.iter().chain(&records.events).for_each(|v| dates(v, &mut found));
    assert_eq!(found, Vec::<String>::new());
}

/// A party that rejects what others tell of it: its word stands, as its word.
#[test]
fn a_denial_is_kept_as_one() {
    for path in ["english.txt", "arabic.txt"] {
        let records = Desk::new().records(&data("denial").join(path));
        let denied = records.claims.iter().any(|c| c["modality"] == "denied" || c["type"] == "politics.responsibility_denial");
        let position = records
            .events
            .iter()
            .flat_map(|e| e["positions"].as_array().unwrap())
            .any(|p| p["stance"].as_str().unwrap().starts_with("denies"));
        assert!(denied || position, "{path}: {:#?}", records.claims);
    }
}

/// "No reports of civilian victims" is neither nought nor harm.
#[test]
fn no_reports_of_victims_is_no_number() {
    let desk = Desk::new();
    desk.put("in/a.txt", "MANBIJ, 4 May 2031 - Shells fell on a quarry near Manbij at noon. There were no reports of civilian casualties.");
    desk.put("in/b.txt", "منبج - 4 أيار 2031\n\nسقطت قذائف على مقلع حجارة قرب منبج ظهر اليوم. ولم ترد أنباء عن ضحايا بين المدنيين.");
    for c in &desk.records(&desk.at("in")).claims {
        assert_eq!(c["casualties"].as_array().unwrap().len(), 0, "{c:#}");
    }
}

/// What is foretold has not happened.
#[test]
fn a_forecast_makes_no_event() {
    let desk = Desk::new();
    desk.put("in/a.txt", "MANBIJ, 4 May 2031 - A local official expects the Islamic State to attack Manbij before the end of the month.");
    let records = desk.records(&desk.at("in"));
    assert!(records.claims.iter().any(|c| c["modality"] == "predicted"), "{:#?}", records.claims);
    assert_eq!(records.events.len(), 0, "{:#?}", records.events);
}
