//! Independent: origins are counted, not copies.

use crate::desk::{Desk, Records, data};
use serde_json::{Value, json};
use std::fs;

const OUTLETS: [&str; 10] = [
    "Cedar Gazette",
    "Harbour Post",
    "Upland Herald",
    "Salt Road News",
    "Orchard Daily",
    "Ferry Bulletin",
    "Kiln Street Times",
    "Mulberry Wire",
    "Old Bridge Journal",
    "Threshing Floor News",
];

fn told(name: &str) -> String {
    fs::read_to_string(data("one-story").join(name)).unwrap()
}

/// The story in ten outlets and its translation in an eleventh, as lines of one file.
fn ten_and_a_translation() -> String {
    let english = told("english.txt");
    let line = |at: usize, source: &str, language: &str, text: &str| json!({"source": source, "language": language, "published": format!("2031-09-{:02}", 10 + at / 4), "url": format!("https://{at}.example/story"), "text": text});
    let mut all: Vec<Value> = OUTLETS.iter().enumerate().map(|(at, source)| line(at, source, "en", &english)).collect();
    all.push(line(3, "جريدة النبع", "ar", &told("arabic.txt")));
    all.iter().map(|v| format!("{v}\n")).collect()
}

fn busiest(records: &Records) -> &Value {
    records.events.iter().max_by_key(|e| e["reports"].as_u64()).expect("the story tells of an event")
}

#[test]
fn ten_copies_and_a_translation_are_one_origin() {
    let desk = Desk::new();
    desk.put("in/story.jsonl", ten_and_a_translation());
    let records = desk.records(&desk.at("in"));
    assert_eq!(records.reports.len(), 11, "the same words in another outlet are another report");
    let event = busiest(&records);
    assert!(event["reports"].as_u64() >= Some(10), "{event:#}");
    assert_eq!(event["origins"], 1, "{event:#}");
    let support = &event["support"];
    assert_eq!(support["independent"].as_u64().unwrap() + support["untraced"].as_u64().unwrap(), 1, "{event:#}");
    let origins: std::collections::BTreeSet<&str> = records.reports.iter().filter_map(|r| r["origin"].as_str()).collect();
    assert_eq!(origins.len(), 1, "one telling, one origin");
}

#[test]
fn the_translation_joins_the_event_and_says_what_it_is() {
    let desk = Desk::new();
    desk.put("in/story.jsonl", ten_and_a_translation());
    let records = desk.records(&desk.at("in"));
    let arabic = records.reports.iter().find(|r| r["language"] == "ar").unwrap();
    let tie = arabic["lineage"].as_array().unwrap().iter().find(|t| t["relation"] == "translation");
    assert!(tie.is_some(), "{:#}", arabic["lineage"]);
    let event = busiest(&records);
    let joins = records.claims.iter().any(|c| c["report"] == arabic["id"] && c["event"] == event["id"]);
    assert!(joins, "no claim of the translation speaks of {event:#}");
}

/// Two who were there and tell it in their own words are two.
#[test]
fn two_tellings_of_their_own_are_two_origins() {
    let desk = Desk::new();
    desk.put("in/story.jsonl", ten_and_a_translation());
    let other = json!({"source": "Wells Valley Radio", "language": "en", "published": "2031-09-11", "text": told("another-voice.txt")});
    desk.put("in/voice.jsonl", format!("{other}\n"));
    let records = desk.records(&desk.at("in"));
    let event = busiest(&records);
    assert_eq!(event["reports"], 12, "{event:#}");
    assert_eq!(event["origins"], 2, "{event:#}");
}

#[test]
fn a_report_whose_source_is_a_party_by_name_is_that_party_s_word() {
    let desk = Desk::new();
    let line = |source: &str, text: &str| json!({"source": source, "language": "en", "published": "2031-05-07", "text": text});
    let wells = line(
        "Wells Valley Radio",
        "An Israeli air strike on a bakery in Nabatieh killed three people on Tuesday, a witness told our reporter.",
    );
    let army = line("Israel Defense Forces", "Israeli aircraft struck a weapons depot in Nabatieh on Tuesday.");
    desk.put("in/all.jsonl", format!("{wells}\n{army}\n"));
    let records = desk.records(&desk.at("in"));
    let event = busiest(&records);
    assert_eq!((event["reports"].as_u64(), event["origins"].as_u64()), (Some(2), Some(1)), "{event:#}");
    assert_eq!(event["positions"][0]["actor"], "marsad:idf", "{event:#}");
}
