//! The formats of an export: what stands in one stands in the others.

use crate::desk::{Desk, Export, examples};
use serde_json::Value;
use std::fs;

fn exported(desk: &Desk, formats: &str, out: &str) -> Export {
    let answer = desk.ask(&["export", "--ledger", "ledger", "--out", out, "--format", formats]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    let entries = fs::read_dir(desk.at(out)).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

fn objects(export: &Export, name: &str) -> Vec<Value> {
    std::str::from_utf8(&export[name]).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The rows of a table, without the header's, each cell by its column.
fn rows(export: &Export, name: &str) -> Vec<Vec<(String, String)>> {
    let mut rows = cells(std::str::from_utf8(&export[name]).unwrap());
    let header = rows.remove(0);
    rows.into_iter().map(|row| header.iter().cloned().zip(row).collect()).collect()
}

fn cells(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut inside) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if inside && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => inside = !inside,
            ',' if !inside => row.push(std::mem::take(&mut cell)),
            '\r' if !inside => {}
            '\n' if !inside => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    rows
}

fn sum(rows: &[Vec<(String, String)>], column: &str) -> u64 {
    let cell = |row: &Vec<(String, String)>| row.iter().find(|(name, _)| name == column).unwrap().1.parse::<u64>().unwrap_or(0);
    rows.iter().map(cell).sum()
}

/// Do all who speak of it say that it did not happen? No row in the shapes of others stands for that.
fn denied(event: &Value) -> bool {
    event["agreed"].as_array().unwrap().iter().any(|a| a["attribute"] == "occurrence" && a["value"] == "did not happen")
}

#[test]
fn every_format_holds_the_same_events() {
    let desk = Desk::new();
    desk.run(&examples(), "ledger");
    let export = exported(&desk, "jsonl,csv,parquet,geojson,acled,ged,plover", "out");
    let events = objects(&export, "events.jsonl");
    assert!(events.len() > 10);
    for (table, records) in [("events", &events), ("claims", &objects(&export, "claims.jsonl"))] {
        assert_eq!(rows(&export, &format!("{table}.csv")).len(), records.len());
    }
    assert_eq!(rows(&export, "reports.csv").len(), objects(&export, "reports.jsonl").len());
    assert_eq!(rows(&export, "victims.csv").len(), objects(&export, "victims.jsonl").len());
    let killed = sum(&rows(&export, "events.csv"), "killed_min");
    assert!(killed > 0);
    assert_eq!(sum(&rows(&export, "acled.csv"), "fatalities"), killed);
    assert_eq!(sum(&rows(&export, "ged.csv"), "best"), killed);
    let parts = ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"];
    assert_eq!(parts.map(|part| sum(&rows(&export, "ged.csv"), part)).iter().sum::<u64>(), killed);
    let dead = objects(&export, "plover.jsonl").iter().filter_map(|e| e["size"]["dead"].as_u64()).sum::<u64>();
    assert_eq!(dead, killed);
    let happened = events.iter().filter(|event| !denied(event)).count();
    assert_eq!(rows(&export, "acled.csv").len(), happened);
}

#[test]
fn points_have_longitude_first_and_no_point_stands_for_a_region() {
    let desk = Desk::new();
    desk.run(&examples(), "ledger");
    let export = exported(&desk, "geojson,jsonl", "out");
    let map: Value = serde_json::from_slice(&export["events.geojson"]).unwrap();
    let events = objects(&export, "events.jsonl");
    let features = map["features"].as_array().unwrap();
    assert_eq!(features.len(), events.len());
    let mut points = 0;
    for (feature, event) in features.iter().zip(&events) {
        assert_eq!(feature["id"], event["id"]);
        let coarse = matches!(event["place"]["precision"].as_str(), Some("region" | "country"));
        if coarse || event["place"]["lat"].is_null() {
            assert!(feature["geometry"].is_null(), "{feature}");
            continue;
        }
        points += 1;
        let at = feature["geometry"]["coordinates"].as_array().unwrap();
        assert_eq!((&at[0], &at[1]), (&event["place"]["lon"], &event["place"]["lat"]));
        assert_eq!(feature["properties"]["place_precision"], event["place"]["precision"]);
    }
    assert!(points > 0 && points < features.len(), "the examples hold both");
}

#[test]
fn what_is_not_known_says_so_in_every_row_and_beside_the_file() {
    let desk = Desk::new();
    desk.run(&examples(), "ledger");
    let export = exported(&desk, "acled,csv", "out");
    let known = rows(&export, "events.csv");
    let mut unknown = 0;
    let cell = |row: &[(String, String)], name: &str| row.iter().find(|(n, _)| n == name).unwrap().1.clone();
    for row in &rows(&export, "acled.csv") {
        let tags = cell(row, "tags");
        let event = known.iter().find(|event| tags.contains(&format!("marsad={}", cell(event, "id")))).unwrap();
        let tagged = cell(row, "tags").contains("fatalities=unknown");
        assert_eq!(tagged, cell(event, "killed_min").is_empty());
        unknown += u64::from(tagged);
        assert!(cell(row, "event_id_cnty").is_empty() && cell(row, "timestamp").is_empty(), "no id of ACLED's is made up");
    }
    let losses = std::str::from_utf8(&export["acled.losses.txt"]).unwrap();
    assert!(losses.contains(&format!("{unknown} × no number of dead is told")), "{losses}");
}

#[test]
fn the_same_ledger_gives_the_same_bytes_and_jsonl_is_what_is_written_without_a_word() {
    let desk = Desk::new();
    desk.run(&examples(), "ledger");
    let all = "parquet,csv,geojson,acled,ged,plover,jsonl";
    let (first, second) = (exported(&desk, all, "first"), exported(&desk, all, "second"));
    assert_eq!(first, second);
    let plain = desk.export("ledger");
    assert_eq!(plain.keys().filter(|name| name.ends_with(".jsonl")).count(), 7);
    for (name, bytes) in &plain {
        assert_eq!(first[name], *bytes, "{name}");
    }
    let answer = desk.ask(&["export", "--ledger", "ledger", "--out", "third", "--format", "xls"]);
    assert_eq!(answer.status, 2, "{}", answer.err);
    assert!(answer.err.contains("parquet"), "the formats that there are: {}", answer.err);
}

#[test]
fn what_did_not_happen_is_no_row_in_the_shapes_of_others() {
    let desk = Desk::new();
    desk.run(&examples(), "ledger");
    let export = exported(&desk, "jsonl,acled,ged,plover", "out");
    let denied: Vec<String> =
        objects(&export, "events.jsonl").iter().filter(|e| denied(e)).map(|e| e["id"].as_str().unwrap().to_owned()).collect();
    assert!(!denied.is_empty(), "the examples tell of a clash that was not");
    for (file, losses) in [("acled.csv", "acled.losses.txt"), ("ged.csv", "ged.losses.txt"), ("plover.jsonl", "plover.losses.txt")] {
        let text = String::from_utf8_lossy(&export[file]);
        assert!(denied.iter().all(|id| !text.contains(id.as_str())), "{file}");
        let told = String::from_utf8_lossy(&export[losses]);
        assert!(told.contains(&format!("{} × all who speak of it say that it did not happen", denied.len())), "{told}");
    }
}
