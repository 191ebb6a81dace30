//! Traceable: every value quotes the words it was read from, and the words are those that were sealed.

use crate::desk::{Desk, Records, examples};
use marsad_ledger::Ledger;
use marsad_model::sha256_hex;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

/// The longest evidence, in code points.
const EVIDENCE: usize = 600;

/// Does this quote stand in the text where it says?
fn quotes(span: &Value, text: &[char]) -> bool {
    let at = |name: &str| usize::try_from(span[name].as_u64().unwrap()).unwrap();
    let (start, end) = (at("start"), at("end"));
    start < end && text.get(start..end).is_some_and(|words| words.iter().collect::<String>() == span["text"].as_str().unwrap())
}

/// Every quote inside a record, wherever it is nested.
fn spans<'v>(value: &'v Value, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(fields) => {
            if fields.get("start").is_some_and(Value::is_u64) && fields.contains_key("end") && fields.contains_key("text") {
                found.push(value);
            } else {
                fields.values().for_each(|v| spans(v, found));
            }
        }
        Value::Array(items) => items.iter().for_each(|v| spans(v, found)),
        _ => {}
    }
}

fn all_spans(value: &Value) -> Vec<&Value> {
    let mut found = Vec::new();
    spans(value, &mut found);
    found
}

fn texts(records: &Records) -> BTreeMap<String, Vec<char>> {
    let text = |r: &Value| (r["id"].as_str().unwrap().to_owned(), r["text"].as_str().unwrap().chars().collect());
    records.reports.iter().map(text).collect()
}

#[test]
fn every_span_of_mentions_and_claims_quotes_its_report() {
    let records = Desk::new().records(&examples());
    let texts = texts(&records);
    let (mut mentions, mut claims) = (0, 0);
    for m in &records.mentions {
        assert!(quotes(&m["span"], &texts[m["report"].as_str().unwrap()]), "{m:#}");
        mentions += 1;
    }
    for c in &records.claims {
        for span in all_spans(c) {
            assert!(quotes(span, &texts[c["report"].as_str().unwrap()]), "{span} in {c:#}");
            claims += 1;
        }
    }
    assert!(mentions > 50 && claims > 100, "{mentions} mentions and {claims} spans of claims are too few to tell");
}

#[test]
fn what_a_claim_holds_has_a_span_or_says_that_it_is_carried() {
    let records = Desk::new().records(&examples());
    for c in &records.claims {
        assert!(c["trigger"].is_object() && c["evidence"].is_object(), "{c:#}");
        for name in ["actors", "places", "casualties", "means", "attribution"] {
            for part in c[name].as_array().unwrap() {
                assert!(part["span"].is_object() || part["carried"] == true, "{name} of {c:#}");
            }
        }
        for name in ["time", "cause", "outcome"] {
            let part = &c[name];
            // A time that is only bounded by the report's own date rests on no words.
            let bounded = part["basis"] == "published";
            assert!(part.is_null() || part["span"].is_object() || part["carried"] == true || bounded, "{name} of {c:#}");
        }
    }
}

#[test]
fn evidence_holds_the_trigger_and_fits_a_glance() {
    let records = Desk::new().records(&examples());
    for c in &records.claims {
        let (evidence, trigger) = (&c["evidence"], &c["trigger"]);
        assert!(evidence["text"].as_str().unwrap().chars().count() <= EVIDENCE, "{c:#}");
        assert!(evidence["start"].as_u64() <= trigger["start"].as_u64() && trigger["end"].as_u64() <= evidence["end"].as_u64(), "{c:#}");
    }
}

/// A sentence that runs on for pages is still quoted within the limit.
#[test]
fn evidence_of_an_endless_sentence_is_cut() {
    let desk = Desk::new();
    let clause = "and the farmers of the valley went on counting their sheep, their wells and the trees that were left to them ";
    for (at, text) in [
        (0, format!("Three people were killed when shells fell on Manbij on Monday {}.", clause.repeat(12))),
        (1, format!("It was told {} that three people were killed when shells fell on Manbij on Monday.", clause.repeat(12))),
        (2, format!("قتل ثلاثة أشخاص بقصف مدفعي على منبج يوم الاثنين {}.", "وظل الفلاحون في الوادي يعدون أغنامهم وآبارهم ".repeat(20))),
    ] {
        desk.put(&format!("in/{at}.txt"), text);
    }
    let records = desk.records(&desk.at("in"));
    assert!(records.claims.len() >= 2, "too few claims to tell: {:#?}", records.claims);
    let texts = texts(&records);
    for c in &records.claims {
        assert!(c["evidence"]["text"].as_str().unwrap().chars().count() <= EVIDENCE, "{c:#}");
        assert!(all_spans(c).into_iter().all(|span| quotes(span, &texts[c["report"].as_str().unwrap()])), "{c:#}");
    }
}

#[test]
fn spans_of_lineage_quote_both_reports() {
    let records = Desk::new().records(&examples());
    let texts = texts(&records);
    let mut count = 0;
    for r in &records.reports {
        for tie in r["lineage"].as_array().unwrap() {
            for pair in tie["spans"].as_array().unwrap() {
                assert!(quotes(&pair["here"], &texts[r["id"].as_str().unwrap()]), "{pair:#}");
                assert!(quotes(&pair["there"], &texts[tie["to"].as_str().unwrap()]), "{pair:#}");
                count += 1;
            }
        }
    }
    assert!(count >= 4, "the examples hold a translation and a copy, yet only {count} stretches are aligned");
}

#[test]
fn hashes_are_those_of_the_words_and_of_the_sealed_original() {
    let desk = Desk::new();
    let records = desk.records(&examples());
    let ledger = Ledger::open_read(&desk.at("records-ledger")).unwrap();
    for r in &records.reports {
        assert_eq!(r["text_sha256"], sha256_hex(r["text"].as_str().unwrap().as_bytes()));
        let sha256 = r["sha256"].as_str().unwrap();
        let sealed = ledger.original(sha256).unwrap();
        assert_eq!(sha256, sha256_hex(&sealed));
        let file = fs::read(examples().join(r["path"].as_str().unwrap())).unwrap();
        // A report that shared a file was sealed as its line.
        let came = sealed == file || file.split(|&b| b == b'\n').any(|line| line == sealed);
        assert!(came, "what was sealed of {} is not what lies there", r["path"]);
    }
}

#[test]
fn an_original_that_was_changed_is_not_exported() {
    let desk = Desk::new();
    desk.run(&examples(), "ledger");
    let pack = fs::read_dir(desk.at("ledger/originals")).unwrap().next().unwrap().unwrap().path();
    let mut bytes = fs::read(&pack).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&pack, bytes).unwrap();
    let answer = desk.ask(&["export", "--ledger", "ledger", "--out", "out"]);
    assert_eq!(answer.status, 2, "{}", answer.out);
    assert!(!desk.at("out/reports.jsonl").exists());
    assert_eq!(desk.ask(&["verify", "--ledger", "ledger"]).status, 1);
}
