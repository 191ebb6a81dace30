//! Other sites' pages in the reader's browser, and tokens that are taken off.

use crate::asking::{EXAMPLES, ask, examples, get, load, options};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use futures_util::StreamExt;
use marsad_serve::{Scope, Tokens, router};
use std::io::Write;
use std::time::Duration;
use tower::ServiceExt;

#[test]
fn a_page_of_another_site_is_answered_nothing_on_loopback() {
    crate::asking::wait(async {
        let server = examples();
        let strangers: &[&[(&str, &str)]] = &[
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
            &[("origin", "http://localhost:3000")],
            &[("origin", "http://localhost:8750.evil.example")],
            &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")],
            &[("sec-fetch-site", "same-site"), ("sec-fetch-mode", "cors")],
            &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")],
        ];
        for headers in strangers {
            for address in ["/api/v1/events", "/api/v1/stream", "/api/v1/nothing"] {
                let answered = ask(&server, Method::GET, address, headers).await;
                assert_eq!(answered.status, StatusCode::FORBIDDEN, "{address} {headers:?}");
                assert!(!String::from_utf8_lossy(&answered.bytes).contains("e:"));
                assert_eq!(answered.header("access-control-allow-origin"), "");
            }
            let asked_first = ask(&server, Method::OPTIONS, "/api/v1/events", headers).await;
            assert_eq!(asked_first.header("access-control-allow-origin"), "", "{headers:?}");
        }
        let post = ask(&server, Method::POST, "/api/v1/events", &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]).await;
        assert_eq!(post.status, StatusCode::FORBIDDEN);
        let own: &[&[(&str, &str)]] = &[
            &[],
            &[("origin", "http://localhost:8750"), ("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors")],
            &[("sec-fetch-site", "none"), ("sec-fetch-mode", "navigate")],
            &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")],
        ];
        for headers in own {
            assert_eq!(ask(&server, Method::GET, "/api/v1/events", headers).await.status, StatusCode::OK, "{headers:?}");
        }
        assert_eq!(ask(&server, Method::GET, "/", &[("sec-fetch-site", "cross-site")]).await.status, StatusCode::OK);
    });
}

#[test]
fn who_listens_hears_no_more_once_the_token_is_taken_off() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = dir.path().join("ledger");
    copy(&EXAMPLES.path().join("ledger"), &ledger);
    let tokens = Tokens::of(&ledger);
    let token = tokens.add("reader", &[Scope::Read]).unwrap();
    crate::asking::wait(async {
        let server = router(&options(ledger, "0.0.0.0:0"), load()).unwrap();
        let request = Request::builder().uri("/api/v1/stream").header("host", "x").header("authorization", format!("Bearer {token}"));
        let answered = server.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answered.status(), StatusCode::OK);
        let mut said = answered.into_body().into_data_stream();
        assert!(tokio::time::timeout(Duration::from_millis(200), said.next()).await.is_err(), "it stays open");
        assert!(tokens.remove("reader").unwrap());
        assert!(tokio::time::timeout(Duration::from_secs(20), said.next()).await.unwrap().is_none(), "it ends");
    });
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let there = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &there);
        } else {
            std::fs::copy(entry.path(), there).unwrap();
        }
    }
}

#[test]
fn tiles_are_given_by_the_stretch_and_nothing_but_tiles() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("own.pmtiles");
    let bytes: Vec<u8> = b"PMTiles\x03".iter().copied().chain((0..200).map(|n| n as u8)).collect();
    std::fs::File::create(&file).unwrap().write_all(&bytes).unwrap();
    let with =
        |tiles: Option<std::path::PathBuf>| marsad_serve::Options { tiles, ..options(EXAMPLES.path().join("ledger"), "127.0.0.1:0") };
    let other = dir.path().join("other.pmtiles");
    std::fs::write(&other, "no tiles at all, but long enough").unwrap();
    assert!(router(&with(Some(other)), load()).is_err());
    assert!(router(&with(Some(dir.path().join("none"))), load()).is_err());
    crate::asking::wait(async {
        let server = router(&with(Some(file)), load()).unwrap();
        assert_eq!(get(&server, "/api/v1/status").await.json()["page"]["tiles"], true);
        for (range, told, expected) in [
            ("bytes=0-7", "bytes 0-7/208", Some(&bytes[..8])),
            ("bytes=200-999", "bytes 200-207/208", Some(&bytes[200..])),
            ("bytes=8-", "bytes 8-207/208", Some(&bytes[8..])),
            ("bytes=208-300", "bytes */208", None),
            ("bytes=9-3", "bytes */208", None),
            ("bytes=-5", "", None),
            ("bytes=0-1,4-5", "", None),
            ("bytes=+1-5", "", None),
            ("bytes=99999999999999999999-", "", None),
            ("lines=0-1", "", None),
        ] {
            let answered = ask(&server, Method::GET, "/api/v1/tiles", &[("range", range), ("accept-encoding", "gzip")]).await;
            let status = if expected.is_some() { StatusCode::PARTIAL_CONTENT } else { StatusCode::RANGE_NOT_SATISFIABLE };
            assert_eq!((answered.status, answered.header("content-range")), (status, told), "{range}");
            if let Some(expected) = expected {
                assert_eq!(answered.header("content-encoding"), "", "{range}");
                assert_eq!(answered.bytes, expected, "{range}");
            }
        }
        assert_eq!(get(&server, "/api/v1/tiles").await.status, StatusCode::RANGE_NOT_SATISFIABLE);
        let without = examples();
        assert_eq!(ask(&without, Method::GET, "/api/v1/tiles", &[("range", "bytes=0-7")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(get(&without, "/api/v1/status").await.json()["page"]["tiles"], false);
    });
}
