//! A report that comes in an archive is the same report, and can be found again in it.

use crate::desk::{Desk, Records, examples};
use crate::killed::{Moment, finish, kill_at, sealed};
use crate::reports::lines;
use flate2::{Compression, write::GzEncoder};
use serde_json::Value;
use std::fs;
use std::io::{Read, Write};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A record of a web archive, packed by itself.
fn record(url: &str, mime: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 200 OK\r\nContent-Type: {mime}\r\n\r\n").as_bytes(), body].concat();
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-10-18T07:00:00Z\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    gzip(&[head.as_bytes(), &block, b"\r\n\r\n"].concat())
}

/// What a claim says, without the ids that hang on where its report came from.
fn said(records: &Records) -> Vec<String> {
    let mut all: Vec<String> = records
        .claims
        .iter()
        .map(|claim| {
            let mut claim = claim.clone();
            for id in ["id", "report", "event", "origin"] {
                claim[id] = Value::Null;
            }
            claim.to_string()
        })
        .collect();
    all.sort();
    all
}

#[test]
fn pages_in_an_archive_say_what_the_loose_pages_say() {
    let desk = Desk::new();
    let mut archive = Vec::new();
    let mut pages: Vec<_> = fs::read_dir(examples()).unwrap().map(|e| e.unwrap().path()).collect();
    pages.retain(|p| p.extension().is_some_and(|e| e == "html"));
    pages.sort();
    for page in &pages {
        let bytes = fs::read(page).unwrap();
        let name = page.file_name().unwrap().to_str().unwrap();
        desk.put(&format!("loose/{name}"), &bytes);
        archive.extend(record(&format!("https://archive.example/{name}"), "text/html", &bytes));
    }
    desk.put("in/pages.warc.gz", &archive);
    let loose = desk.records(&desk.at("loose"));
    assert_eq!(desk.run(&desk.at("in"), "archive").status, 0);
    let archived = Records::of(&desk.export("archive"));
    assert_eq!(archived.reports.len(), pages.len());
    assert!(!said(&loose).is_empty());
    assert_eq!(said(&archived), said(&loose));
    let bytes_at = |offset: u64| &archive[usize::try_from(offset).unwrap()..];
    for report in &archived.reports {
        let capture = &report["captures"][0];
        assert_eq!((capture["by"].as_str(), capture["container"].as_str()), (Some("warc"), Some("pages.warc.gz")));
        assert_eq!(capture["at"], "2031-10-18T07:00:00Z");
        let mut member = Vec::new();
        flate2::read::GzDecoder::new(bytes_at(capture["record_offset"].as_u64().unwrap())).read_to_end(&mut member).unwrap();
        let url = report["url"].as_str().unwrap();
        assert!(String::from_utf8_lossy(&member).contains(url), "{url} is not at the offset of its capture");
    }
    assert_eq!(desk.ask(&["verify", "--ledger", "archive"]).status, 0);
    let again = desk.run(&desk.at("in"), "archive");
    assert!(again.out.starts_with("0 reports new"), "{}", again.out);
    let explained = desk.ask(&["explain", "in/pages.warc.gz"]);
    assert!(explained.out.contains("in pages.warc.gz at byte 0"), "{}", explained.out);
}

#[test]
fn a_run_killed_inside_an_archive_is_carried_on() {
    const MANY: usize = 600;
    let desk = Desk::new();
    let text = |line: &String| serde_json::from_str::<Value>(line).unwrap()["text"].as_str().unwrap().to_owned();
    let archive: Vec<u8> = lines(0..MANY)
        .iter()
        .enumerate()
        .flat_map(|(n, line)| record(&format!("https://archive.example/{n}"), "text/plain; charset=utf-8", text(line).as_bytes()))
        .collect();
    desk.put("in/all.warc.gz", &archive);
    let whole = finish(&desk, "undisturbed");
    assert_eq!(Records::of(&whole).reports.len(), MANY);
    let all = sealed(&desk.at("undisturbed"));
    let mut running = 0;
    for (at, moment) in [Moment::Sealed(1, 0), Moment::Sealed(all / 2, 0), Moment::Sealed(all, 0)].into_iter().enumerate() {
        let ledger = format!("killed-{at}");
        running += usize::from(kill_at(&desk, &ledger, moment));
        assert!(finish(&desk, &ledger) == whole, "killed at {moment:?}, the ledger is another one");
    }
    assert!(running >= 2, "only {running} runs were still running when they were killed");
    // The same records in another file come in a second time; no report is doubled.
    desk.put("in/again.warc.gz", &archive);
    let answer = desk.run(&desk.at("in"), "undisturbed");
    assert!(answer.out.starts_with("0 reports new"), "{}", answer.out);
}

#[test]
fn what_is_torn_in_an_archive_is_told_with_its_place() {
    let desk = Desk::new();
    let good = record("https://archive.example/1", "text/plain", b"Two people were wounded when a shell fell on Manbij on 3 May 2031.");
    let torn = &good[..good.len() / 2];
    desk.put("in/a.warc.gz", [&good, torn].concat());
    let answer = desk.run(&desk.at("in"), "ledger");
    assert_eq!(answer.status, 1, "{}{}", answer.out, answer.err);
    let records = Records::of(&desk.export("ledger"));
    assert_eq!((records.reports.len(), records.set_aside.len()), (1, 1));
    let reason = records.set_aside[0]["reason"].as_str().unwrap();
    assert!(reason.contains(&format!("byte {}", good.len())), "{reason}");
}

#[test]
fn a_user_sets_how_much_is_read() {
    let desk = Desk::new();
    let long = "Two people were wounded when a shell fell on Manbij on 3 May 2031. ".repeat(40);
    desk.put("in/long.txt", &long);
    desk.put("in/long.warc.gz", record("https://archive.example/1", "text/plain", format!("{long} In an archive.").as_bytes()));
    desk.put("mine/world/limits.tsv", "limit\tvalue\nrecord\t1 KiB\n");
    let run = |more: &[&str]| desk.ask(&[&["run", "in", "--ledger", more[0]], &more[1..]].concat());
    assert_eq!(run(&["usual"]).status, 0);
    let answer = run(&["strict", "--knowledge", "mine"]);
    assert_eq!(answer.status, 2, "{}{}", answer.out, answer.err);
    let told = desk.ask(&["aside", "--ledger", "strict"]).out;
    assert!(told.contains("1024 bytes") && told.contains("long.txt") && told.contains("long.warc.gz"), "{told}");
    // What is sealed is read anew within the limits that hold now.
    assert_eq!(Records::of(&desk.export("usual")).reports.len(), 2);
    desk.put("wrong/world/limits.tsv", "limit\tvalue\nrecord\tmuch\n");
    let wrong = desk.ask(&["run", "in", "--ledger", "other", "--knowledge", "wrong"]);
    assert!(wrong.status == 2 && wrong.err.contains("world/limits.tsv:2"), "{}", wrong.err);
}
