//! Fetching: kept as it came, read from there, never twice, and never from this machine unless that is asked for.

use crate::bundling::files;
use crate::desk::Desk;
use crate::flipped::every_flip_is_named;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const REPORT: &str = "<html lang=en><head><title>Shelling in Raqqa</title><meta property='article:published_time' content='2031-10-17T10:00:00Z'></head>\
    <body><article><h1>Shelling in Raqqa</h1><p>Three civilians were killed on Thursday when a shell hit a bakery in Raqqa, a doctor at the hospital said.</p>\
    <p>Nobody has said yet who fired it, and the road to the bakery stayed closed until the evening.</p></article></body></html>";

const WALL: &str = "<html><head><title>Log in</title></head><body><h1>Log in</h1><p>You must log in to continue.</p><form>\
    <input name='user'><input type='password'><button>Log in</button></form></body></html>";

/// A site with a feed, a list that is no text, a wall, and a page, which is another once this says one, and gone once it says two.
pub(crate) fn site(state: Arc<AtomicUsize>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut line in listener.incoming().flatten() {
            let (mut reader, mut head) = (BufReader::new(line.try_clone().unwrap()), String::new());
            while reader.read_line(&mut head).is_ok_and(|n| n > 2) {}
            let feed = format!(
                "<rss><channel><title>Hill Post</title><item><title>Shelling in Raqqa</title><link>http://127.0.0.1:{port}/page</link>\
                <description>Three civilians were killed on Thursday when a shell hit a bakery in Raqqa.</description></item></channel></rss>"
            );
            let changed = REPORT
                .replace("Three civilians", "Four civilians")
                .replace("<p>Nobody has said yet who fired it", "<p>The hospital asked for blood.</p><p>Nobody has said yet who fired it");
            let (status, mime, body) = match head.split(' ').nth(1).unwrap_or("") {
                "/list.pdf" | "/again.pdf" => ("200 OK", "application/pdf", "%PDF-1.7 the list of Quarrister"),
                "/wall" | "/wall?of=fetch" => ("200 OK", "text/html", WALL),
                "/feed" => ("200 OK", "application/rss+xml", feed.as_str()),
                "/page" | "/page?from=feed" if state.load(Ordering::SeqCst) == 0 => ("200 OK", "text/html", REPORT),
                "/page" if state.load(Ordering::SeqCst) == 1 => ("200 OK", "text/html", changed.as_str()),
                "/page" => ("410 Gone", "text/html", "<html><body>Gone</body></html>"),
                _ => ("404 Not Found", "text/plain", ""),
            };
            let answer =
                format!("HTTP/1.1 {status}\r\nContent-Type: {mime}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
            let _ = line.write_all(answer.as_bytes());
        }
    });
    port
}

#[test]
fn a_feed_is_fetched_kept_and_read() {
    let state = Arc::new(AtomicUsize::new(0));
    let port = site(state.clone());
    let (desk, page) = (Desk::new(), format!("http://127.0.0.1:{port}/page"));
    desk.put("feeds.txt", format!("# ours\nhttp://127.0.0.1:{port}/feed\n"));
    let fetch = |more: &[&str]| desk.ask(&[&["fetch", "--ledger", "ledger", "--pace", "0"], more].concat());

    let refused = fetch(&["--feeds", "feeds.txt"]);
    assert_eq!(refused.status, 2, "{refused:?}");
    assert!(refused.out.contains("--private allows it"), "{refused:?}");

    let first = fetch(&["--private", "--feeds", "feeds.txt"]);
    assert_eq!(first.status, 0, "{first:?}");
    assert!(first.out.contains(&format!("{page}  new")), "{first:?}");
    let export = desk.export("ledger");
    let reports = String::from_utf8(export["reports.jsonl"].clone()).unwrap();
    let report = reports.lines().find(|l| l.contains("Nobody has said")).unwrap();
    assert!(report.contains(&page) && report.contains(".warc.gz") && report.contains("\"2031-10-17\""), "{report}");
    assert!(String::from_utf8(export["claims.jsonl"].clone()).unwrap().lines().count() > 0);
    // The feed's entry calls its source otherwise than the page does, and yet they are one voice.
    let events = String::from_utf8(export["events.jsonl"].clone()).unwrap();
    let supports: Vec<serde_json::Value> =
        events.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["support"].clone()).collect();
    assert!(!supports.is_empty());
    for support in supports {
        assert_eq!(support["independent"].as_u64().unwrap() + support["untraced"].as_u64().unwrap(), 1, "{support}");
    }

    // What is known is not fetched again from a feed; what is named is, and what is gone is told as such.
    let again = fetch(&["--private", "--feeds", "feeds.txt"]);
    assert!(again.out.contains("/feed  unchanged") && !again.out.contains("/page"), "{again:?}");
    assert!(fetch(&["--private", &page]).out.contains("/page  unchanged"));
    state.store(2, Ordering::SeqCst);
    assert!(fetch(&["--private", &page]).out.contains("/page  gone (410)"));
    let visits = std::fs::read_to_string(desk.at("ledger/fetched/visits.jsonl")).unwrap();
    assert!(visits.lines().last().unwrap().contains("\"status\":410"), "{visits}");
    assert_eq!(desk.ask(&["verify", "--ledger", "ledger"]).status, 0);
}

#[test]
fn what_changed_at_an_address_and_that_it_is_gone_is_told() {
    let state = Arc::new(AtomicUsize::new(0));
    let page = format!("http://127.0.0.1:{}/page", site(state.clone()));
    let desk = Desk::new();
    let fetch = || desk.ask(&["fetch", "--ledger", "ledger", "--pace", "0", "--private", &page]);
    let reports = || -> Vec<serde_json::Value> {
        let export = desk.export("ledger");
        let lines = String::from_utf8(export["reports.jsonl"].clone()).unwrap();
        lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
    };
    let later = |reports: &[serde_json::Value]| reports.iter().find(|r| !r["version_of"].is_null()).cloned().unwrap();
    assert_eq!(fetch().status, 0);
    // A capture tells to the second which of two came first.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    state.store(1, Ordering::SeqCst);
    assert!(fetch().out.contains("/page  changed"));
    let now = reports();
    let then = later(&now);
    assert_eq!(now.len(), 2);
    let earlier = now.iter().find(|r| r["id"] == then["version_of"]).unwrap();
    assert_eq!(earlier["origin"], then["origin"], "a version is no second voice");
    let changes: Vec<String> = then["changes"].as_array().unwrap().iter().map(|c| format!("{} {}", c["what"], c["here"]["text"])).collect();
    assert_eq!(changes.len(), 2, "{changes:?}");
    assert!(
        changes[0].starts_with("\"changed\" \"Four civilians") && changes[1] == "\"added\" \"The hospital asked for blood.\"",
        "{changes:?}"
    );
    assert!(now.iter().all(|r| r.get("gone").is_none()));

    std::thread::sleep(std::time::Duration::from_millis(1100));
    state.store(2, Ordering::SeqCst);
    assert!(fetch().out.contains("/page  gone (410)"));
    let gone = reports();
    assert!(gone.len() == 2 && gone.iter().all(|r| r["gone"]["status"] == 410 && r["gone"]["at"].is_string()), "{gone:?}");
    let told = desk.ask(&["lineage", then["id"].as_str().unwrap(), "--ledger", "ledger"]).out;
    assert!(told.contains("gone from its address: the server answered with status 410"), "{told}");
    assert!(told.contains("~ was: “Three civilians") && told.contains("+ “The hospital asked for blood.”"), "{told}");
}

#[test]
fn what_was_fetched_is_sealed_and_a_flipped_bit_of_it_is_named() {
    let state = Arc::new(AtomicUsize::new(0));
    let page = format!("http://127.0.0.1:{}/page", site(state.clone()));
    let desk = Desk::new();
    let fetch = || desk.ask(&["fetch", "--ledger", "ledger", "--pace", "0", "--private", &page]);
    let verify = || desk.ask(&["verify", "--ledger", "ledger"]);
    assert_eq!(fetch().status, 0);
    state.store(1, Ordering::SeqCst);
    assert_eq!(fetch().status, 0);
    let whole = verify();
    assert!(whole.status == 0 && whole.out.contains("3 files of what was fetched checked, 0 faults"), "{}", whole.out);
    let lying = files(&desk.at("ledger/fetched"));
    assert_eq!(lying.len(), 3, "{lying:?}");
    assert_eq!(every_flip_is_named(&desk, &lying, 60, &["verify", "--ledger", "ledger"], &|| false), 60);
    // What is gone, what nobody noted, and what a fetch that was killed leaves.
    let archive = &lying[0];
    let bytes = std::fs::read(archive).unwrap();
    std::fs::remove_file(archive).unwrap();
    assert!(verify().out.contains("it is not there"));
    std::fs::write(archive, bytes).unwrap();
    desk.put("ledger/fetched/other.warc.gz", "x");
    let visits = desk.at("ledger/fetched/visits.jsonl");
    std::fs::OpenOptions::new().append(true).open(&visits).unwrap().write_all(b"{\"url\":").unwrap();
    let more = verify();
    assert_eq!(more.status, 0, "{}", more.out);
    assert!(more.out.contains("note: no entry of the custody log tells of fetched/other.warc.gz"), "{}", more.out);
    assert!(more.out.contains("note: fetched/visits.jsonl ends with 7 bytes"), "{}", more.out);
}
