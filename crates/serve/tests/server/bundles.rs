//! Evidence bundles to take away, and who may: what a token's scope does not allow leaks nothing.

use crate::asking::{ENGINE, EXAMPLES, NOW, ask, get, load, options, wait};
use axum::http::{Method, StatusCode};
use marsad_serve::{Scope, Tokens, router};
use serde_json::Value;
use std::path::{Path, PathBuf};

const NAMES: [&str; 4] = ["رضوان", "الشماط", "هناء", "الزعرور"];

/// A ledger of the examples that may be written to.
fn ledger(dir: &Path) -> PathBuf {
    let ledger = dir.join("ledger");
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    marsad::run::run(&ENGINE, &[examples], &ledger, NOW).unwrap();
    ledger
}

#[test]
fn a_bundle_is_taken_away_whole_or_with_names_held_back_and_noted_in_the_log() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = ledger(dir.path());
    wait(async {
        let server = router(&options(ledger.clone(), "127.0.0.1:0"), load()).unwrap();
        let post = async |query: &str| ask(&server, Method::POST, &format!("/api/v1/bundle{query}"), &[]).await;
        for (query, name, originals, redacted) in [
            ("", "marsad-bundle.zip", 17, false),
            ("?redact=true", "marsad-redacted-bundle.zip", 0, true),
            ("?redact=true&originals=true&names_in_originals=true", "marsad-redacted-bundle.zip", 17, true),
            ("?place=Al%20Busayrah&redact=true", "marsad-redacted-bundle.zip", 0, true),
        ] {
            let taken = post(query).await;
            assert_eq!(taken.status, StatusCode::OK, "{query}: {}", String::from_utf8_lossy(&taken.bytes));
            assert_eq!((taken.header("content-type"), taken.header("cache-control")), ("application/zip", "no-store"));
            assert_eq!(taken.header("content-disposition"), format!("attachment; filename=\"{name}\""));
            let zip = dir.path().join("taken.zip");
            std::fs::write(&zip, &taken.bytes).unwrap();
            let checked = marsad_bundle::verify(&zip).unwrap();
            assert_eq!(checked.faults, Vec::<String>::new(), "{query}");
            assert_eq!((checked.originals, checked.manifest.as_str()), (originals, taken.header("marsad-manifest")), "{query}");
            assert_eq!(checked.notes.len(), usize::from(redacted));
            if redacted && originals == 0 {
                let text = String::from_utf8_lossy(&taken.bytes);
                assert!(NAMES.iter().all(|name| !text.contains(name)), "{query}");
            }
        }
        let packed = ask(&server, Method::POST, "/api/v1/bundle?redact=true", &[("accept-encoding", "gzip")]).await;
        assert_eq!((packed.status, packed.header("content-encoding")), (StatusCode::OK, "gzip"));
        let (once, again) = (post("?redact=true").await, post("?redact=true").await);
        assert!(once.bytes == again.bytes, "the same content under the same salt");
        for (query, parameter) in [
            ("?redact=true&originals=true", "originals"),
            ("?redact=true&names_in_originals=true", "originals"),
            ("?originals=true", "redact"),
            ("?redact=maybe", "redact"),
            ("?fish=1", "fish"),
        ] {
            let refused = post(query).await;
            assert_eq!((refused.status, &refused.json()["parameter"]), (StatusCode::BAD_REQUEST, &Value::from(parameter)), "{query}");
        }
        let read = get(&server, "/api/v1/bundle").await;
        assert_eq!((read.status, read.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "POST, OPTIONS"));
    });
    let mut noted = Vec::new();
    let opened = marsad_ledger::Ledger::open_read(&ledger).unwrap();
    opened.each_custody(|entry| noted.extend((entry.what == "exported").then_some(entry.detail))).unwrap();
    assert_eq!(noted.len(), 7, "{noted:?}");
    assert_eq!(noted.iter().filter(|detail| detail.contains("\"redacted\":true")).count(), 6);
    assert_eq!(opened.verify_custody().unwrap().faults, []);
}

/// Each address that is described, with an id of the ledger where it needs one, and each way to ask it.
fn addresses(description: &Value, ids: &[(&str, String)]) -> Vec<(Method, String)> {
    let mut all = Vec::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        let id = ids.iter().find(|(part, _)| path.contains(part)).map_or("", |(_, id)| id);
        let query = match path.rsplit('/').next().unwrap() {
            "search" => "?q=killed".to_owned(),
            "second" => format!("?report={}", ids[1].1),
            "export" => "?format=jsonl".to_owned(),
            _ => String::new(),
        };
        for method in methods.as_object().unwrap().keys() {
            all.push((method.to_uppercase().parse().unwrap(), path.replace("{id}", id) + &query));
        }
    }
    all
}

#[test]
fn no_scope_opens_an_address_of_another_and_what_is_refused_tells_nothing_of_the_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = ledger(dir.path());
    let tokens = Tokens::of(&ledger);
    let scopes = [None, Some(Scope::Read), Some(Scope::Decide), Some(Scope::Second)];
    let shown: Vec<(Option<Scope>, String)> = scopes
        .into_iter()
        .map(|scope| (scope, scope.map_or("marsad_none".to_owned(), |scope| tokens.add(&scope.to_string(), &[scope]).unwrap())))
        .collect();
    wait(async {
        let own = router(&options(EXAMPLES.path().join("ledger"), "127.0.0.1:0"), load()).unwrap();
        let read = async |address: &str| get(&own, address).await.json();
        let event = read("/api/v1/events?limit=1").await["items"][0]["id"].as_str().unwrap().to_owned();
        let dossier = read(&format!("/api/v1/events/{event}")).await;
        let id = |value: &Value| value.as_str().unwrap().to_owned();
        let ids = [("/events/", event), ("/reports/", id(&dossier["reports"][0]["id"])), ("/claims/", id(&dossier["claims"][0]["id"]))];
        let source = id(&dossier["reports"][0]["source"]["name"]);
        let described = addresses(&read("/api/v1/openapi.json").await, &ids);
        assert!(described.len() >= 24 && described.iter().filter(|(method, _)| method == Method::POST).count() == 3, "{described:?}");
        let server = router(&options(ledger.clone(), "0.0.0.0:0"), load()).unwrap();
        let mut opened = 0;
        for (method, address) in &described {
            for (scope, token) in &shown {
                let path = address.split('?').next().unwrap();
                let allowed = match scope {
                    None => false,
                    Some(Scope::Read) => *method == Method::GET,
                    Some(Scope::Decide) => *method == Method::POST,
                    Some(Scope::Second) => {
                        *method == Method::GET && path.ends_with("/second") || *method == Method::POST && path.ends_with("/decisions")
                    }
                };
                // A stream does not end of itself.
                if allowed && path.ends_with("/stream") {
                    continue;
                }
                let answered = ask(&server, method.clone(), address, &[("authorization", &format!("Bearer {token}"))]).await;
                if allowed {
                    opened += 1;
                    assert!(![401, 403].contains(&answered.status.as_u16()), "{method} {address} {scope:?}: {}", answered.status);
                    continue;
                }
                let refused = if scope.is_none() { StatusCode::UNAUTHORIZED } else { StatusCode::FORBIDDEN };
                assert_eq!(answered.status, refused, "{method} {address} {scope:?}");
                let said = String::from_utf8_lossy(&answered.bytes);
                assert_eq!(answered.header("content-type"), "application/problem+json");
                assert!(said.len() < 300 && !said.contains(&source) && ids.iter().all(|(_, id)| !said.contains(id)), "{address}: {said}");
                assert!(
                    ["etag", "marsad-manifest", "content-disposition"].iter().all(|name| answered.header(name).is_empty()),
                    "{address}"
                );
            }
        }
        assert!(opened > 24, "{opened}");
    });
    let mut exported = 0;
    marsad_ledger::Ledger::open_read(&ledger).unwrap().each_custody(|entry| exported += usize::from(entry.what == "exported")).unwrap();
    assert_eq!(exported, 2, "one export and one bundle were let through, and none that was refused is noted");
}
