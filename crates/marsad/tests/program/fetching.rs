//! Fetching: kept as it came, read from there, never twice, and never from this machine unless that is asked for.

use crate::desk::Desk;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const REPORT: &str = "<html lang=en><head><title>Shelling in Raqqa</title><meta property='article:published_time' content='2031-10-17T10:00:00Z'></head>\
    <body><article><h1>Shelling in Raqqa</h1><p>Three civilians were killed on Thursday when a shell hit a bakery in Raqqa, a doctor at the hospital said.</p>\
    <p>Nobody has said yet who fired it, and the road to the bakery stayed closed until the evening.</p></article></body></html>";

/// A site with a feed and a page, which is gone once this says so.
fn site(gone: Arc<AtomicUsize>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut line in listener.incoming().flatten() {
            let (mut reader, mut head) = (BufReader::new(line.try_clone().unwrap()), String::new());
            while reader.read_line(&mut head).is_ok_and(|n| n > 2) {}
            let feed = format!(
                "<rss><channel><title>Hill Post</title><item><title>Shelling in Raqqa</title><link>http://127.0.0.1:{port}/page</link></item></channel></rss>"
            );
            let (status, mime, body) = match head.split(' ').nth(1).unwrap_or("") {
                "/feed" => ("200 OK", "application/rss+xml", feed.as_str()),
                "/page" if gone.load(Ordering::SeqCst) == 0 => ("200 OK", "text/html", REPORT),
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
    let gone = Arc::new(AtomicUsize::new(0));
    let port = site(gone.clone());
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
    let report = reports.lines().find(|l| l.contains("hit a bakery")).unwrap();
    assert!(report.contains(&page) && report.contains(".warc.gz") && report.contains("\"2031-10-17\""), "{report}");
    assert!(String::from_utf8(export["claims.jsonl"].clone()).unwrap().lines().count() > 0);

    // What is known is not fetched again from a feed; what is named is, and what is gone is told as such.
    let again = fetch(&["--private", "--feeds", "feeds.txt"]);
    assert!(again.out.contains("/feed  unchanged") && !again.out.contains("/page"), "{again:?}");
    assert!(fetch(&["--private", &page]).out.contains("/page  unchanged"));
    gone.store(1, Ordering::SeqCst);
    assert!(fetch(&["--private", &page]).out.contains("/page  gone (410)"));
    let visits = std::fs::read_to_string(desk.at("ledger/fetched/visits.jsonl")).unwrap();
    assert!(visits.lines().last().unwrap().contains("\"status\":410"), "{visits}");
    assert_eq!(desk.ask(&["verify", "--ledger", "ledger"]).status, 0);
}
