//! People rule over HTTP: what waits, what was ruled, and who must have seen what.

use crate::asking::{Answered, ENGINE, NOW, ask, get, id, load, options, read, wait};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use marsad_ledger::Ledger;
use marsad_serve::{Scope, Tokens, router};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tower::ServiceExt;

const STORY: &str = "Gunmen attacked a checkpoint in Hajin on 3 May 2030 and killed two soldiers. \
    Warplanes bombed a market in Idlib on 4 May 2030, killing three civilians, a doctor said.";

/// A ledger of its own, with a server over it.
fn desk() -> (TempDir, PathBuf, Router) {
    let dir = tempfile::tempdir().unwrap();
    let ledger = dir.path().join("ledger");
    std::fs::write(dir.path().join("a.txt"), STORY).unwrap();
    marsad::run::run(&ENGINE, &[dir.path().join("a.txt")], &ledger, NOW).unwrap();
    let server = router(&options(ledger.clone(), "127.0.0.1:0"), load()).unwrap();
    (dir, ledger, server)
}

async fn send(server: &Router, body: &str, headers: &[(&str, &str)]) -> Answered {
    let mut request = Request::builder().method(Method::POST).uri("/api/v1/decisions").header("host", "localhost:8750");
    if !headers.iter().any(|(name, _)| *name == "content-type") {
        request = request.header("content-type", "application/json");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = server.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    Answered { status: parts.status, headers: parts.headers, bytes: to_bytes(body, usize::MAX).await.unwrap().to_vec() }
}

fn draft(by: &str, seen: &[&Value], rule: &Value) -> String {
    json!({ "by": by, "why": "looked at the footage", "seen": seen, "rule": rule }).to_string()
}

fn held(ledger: &Path) -> u64 {
    Ledger::open_read(ledger).unwrap().decision_count().unwrap()
}

#[test]
fn the_least_certain_come_first_and_who_is_ruled_on_waits_no_longer() {
    let (_dir, ledger, server) = desk();
    wait(async {
        let queue = read(&server, "/api/v1/queue").await;
        let sure: Vec<f64> = queue["items"].as_array().unwrap().iter().map(|i| i["claim"]["confidence"].as_f64().unwrap()).collect();
        assert!(sure.len() >= 2 && sure.is_sorted(), "{sure:?}");
        let first = queue["items"][0]["claim"]["id"].clone();
        let answer = send(&server, &draft("Rana", &[], &json!({ "ruling": "accept", "claims": [first] })), &[]).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.json());
        let decided = answer.json();
        assert_eq!((id(&decided["standing"]), id(&decided["by"])), ("stands", "Rana"));
        let waiting = read(&server, "/api/v1/queue").await;
        assert!(waiting["items"].as_array().unwrap().iter().all(|i| i["claim"]["id"] != first), "{waiting:#}");
        let all = read(&server, &format!("/api/v1/decisions?claim={}", id(&first))).await;
        assert_eq!((&all["items"][0]["id"], &all["total"]), (&decided["id"], &json!(1)));
        assert_eq!(held(&ledger), 1);
        assert_eq!(Ledger::open_read(&ledger).unwrap().verify_custody().unwrap().faults, []);
    });
}

#[test]
fn a_page_goes_on_where_the_one_before_ended_whatever_was_ruled_on_meanwhile() {
    let (_dir, ledger, server) = desk();
    wait(async {
        let ids = |page: &Value| page["items"].as_array().unwrap().iter().map(|i| i["claim"]["id"].clone()).collect::<Vec<_>>();
        let all = ids(&read(&server, "/api/v1/queue").await);
        let first = read(&server, "/api/v1/queue?limit=1").await;
        let answer = send(&server, &draft("Rana", &[], &json!({ "ruling": "accept", "claims": [all[0]] })), &[]).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.json());
        marsad::run::lay_over(&ENGINE, &ledger, NOW).unwrap();
        let rest = read(&server, &format!("/api/v1/queue?limit=100&cursor={}", id(&first["next"]))).await;
        assert_eq!((ids(&rest), &rest["next"]), (all[1..].to_vec(), &Value::Null));
        assert_eq!(get(&server, "/api/v1/queue?cursor=1").await.status, StatusCode::BAD_REQUEST);
    });
}

#[test]
fn who_rules_second_without_having_seen_the_first_is_told_it_and_nothing_is_overwritten() {
    let (_dir, ledger, server) = desk();
    wait(async {
        let claim = read(&server, "/api/v1/queue").await["items"][0]["claim"].clone();
        let edit = |by: &str, seen: &[&Value], min: u32| {
            let value = json!([{ "harm": "killed", "min": min, "max": min }]);
            draft(by, seen, &json!({ "ruling": "edit", "claim": claim["id"], "attribute": "casualties", "value": value }))
        };
        let first = send(&server, &edit("Rana", &[], 5), &[]).await.json();
        let second = send(&server, &edit("Omar", &[], 6), &[]).await;
        assert_eq!((second.status, second.header("content-type")), (StatusCode::CONFLICT, "application/problem+json"));
        let told = second.json();
        assert_eq!((&told["decision"]["id"], id(&told["decision"]["by"])), (&first["id"], "Rana"));
        assert_eq!(told["decision"]["value"][0]["min"], 5);
        assert_eq!(held(&ledger), 1);
        // Another ruling on the same claim has to have seen it too; on another claim it need not.
        let reject = json!({ "ruling": "reject", "claims": [claim["id"]] });
        assert_eq!(send(&server, &draft("Omar", &[], &reject), &[]).await.status, StatusCode::CONFLICT);
        let other = read(&server, "/api/v1/queue").await["items"][1]["claim"]["id"].clone();
        let accept = json!({ "ruling": "accept", "claims": [other] });
        assert_eq!(send(&server, &draft("Omar", &[], &accept), &[]).await.status, StatusCode::CREATED);
        let seen = send(&server, &edit("Omar", &[&first["id"]], 6), &[]).await;
        assert_eq!(seen.status, StatusCode::CREATED, "{}", seen.json());
        let seen = seen.json();
        assert_eq!(
            (&seen["changes"][0]["before"]["value"][0]["min"], &seen["changes"][0]["after"]["value"][0]["min"]),
            (&json!(5), &json!(6))
        );
        // Taking back is a ruling on the same thing.
        let undo = json!({ "ruling": "undo", "undoes": seen["id"] });
        assert_eq!(send(&server, &draft("Rana", &[&first["id"]], &undo), &[]).await.status, StatusCode::CONFLICT);
        assert_eq!(send(&server, &draft("Rana", &[&seen["id"]], &undo), &[]).await.status, StatusCode::CREATED);
    });
}

#[test]
fn of_many_at_once_one_is_first_and_all_others_are_told() {
    let (_dir, ledger, server) = desk();
    wait(async {
        let claim = read(&server, "/api/v1/queue").await["items"][0]["claim"]["id"].clone();
        let at_once = (0..12).map(|n| {
            let (server, claim) = (server.clone(), claim.clone());
            tokio::spawn(async move {
                let body = draft(&format!("coder {n}"), &[], &json!({ "ruling": "reject", "claims": [claim] }));
                send(&server, &body, &[]).await.status
            })
        });
        let mut first = 0;
        for status in at_once.collect::<Vec<_>>() {
            let status = status.await.unwrap();
            assert!([StatusCode::CREATED, StatusCode::CONFLICT].contains(&status), "{status}");
            first += u32::from(status == StatusCode::CREATED);
        }
        assert_eq!((first, held(&ledger)), (1, 1));
    });
}

#[test]
fn every_ruling_can_be_sent_with_ids_and_is_as_described() {
    let (_dir, _ledger, server) = desk();
    wait(async {
        let queue = read(&server, "/api/v1/queue").await;
        let (one, two) = (&queue["items"][0]["claim"], &queue["items"][1]["claim"]);
        let report = &one["report"];
        let place = json!({ "name": "the bridge", "lat": 34.5, "lon": 40.9, "precision": "exact" });
        let names = [one, two].map(|c| json!({ "claim": c["id"], "name": c["actors"][0]["name"] }));
        let rules = [
            json!({ "ruling": "merge", "events": [one["event"], two["event"]] }),
            json!({ "ruling": "split", "claims": [one["id"]], "from": [two["id"]] }),
            json!({ "ruling": "place", "claim": one["id"], "place": place }),
            json!({ "ruling": "grade", "events": [one["event"]], "grade": "confirmed" }),
            json!({ "ruling": "origin", "report": report, "origin": "independent" }),
            json!({ "ruling": "state", "report": report, "state": "coded" }),
            json!({ "ruling": "reliability", "source": "x", "letter": "B" }),
            json!({ "ruling": "publish", "victim": { "claim": one["id"], "name": one["actors"][0]["name"] }, "publish": "initials" }),
            json!({ "ruling": "same_person", "names": names }),
            json!({
                "ruling": "victim",
                "claim": one["id"],
                "victim": { "claim": one["id"], "name": one["actors"][0]["name"] },
                "harmed": { "harm": "injured", "status": "civilian", "age": 30, "sex": "female" }
            }),
        ];
        let mut seen: Vec<Value> = Vec::new();
        for rule in &rules {
            let answer = send(&server, &draft("Rana", &seen.iter().collect::<Vec<_>>(), rule), &[]).await;
            assert_eq!(answer.status, StatusCode::CREATED, "{rule}: {}", answer.json());
            seen.push(answer.json()["id"].clone());
        }
        let all = read(&server, "/api/v1/decisions").await;
        assert_eq!(all["total"], rules.len());
        crate::shapes::assert_shape(&server, "Decisions", &all).await;
        crate::shapes::assert_shape(&server, "Queue", &read(&server, "/api/v1/queue").await).await;
        let problem = send(&server, &draft("Omar", &[], &rules[2]), &[]).await.json();
        crate::shapes::assert_shape(&server, "Problem", &problem).await;
        let (claims, on) = (read(&server, &format!("/api/v1/claims/{}", id(&one["id"]))).await, "/api/v1/events");
        let harmed = read(&server, &format!("{on}/{}/victims", id(&claims["event"]))).await;
        crate::shapes::assert_shape(&server, "Victims", &harmed).await;
        let ruled = harmed["items"].as_array().unwrap().iter().find(|v| v["age"] == 30);
        assert_eq!(ruled.map(|v| (&v["harm"], &v["sex"], &v["publish"])), Some((&json!("injured"), &json!("female"), &json!("withheld"))));
        let event = format!("/api/v1/decisions?event={}", id(&one["event"]));
        assert!(read(&server, &event).await["total"].as_u64().unwrap() >= 4);
    });
}

#[test]
fn what_is_no_decision_is_refused_and_no_other_site_decides() {
    let (_dir, ledger, server) = desk();
    wait(async {
        let claim = read(&server, "/api/v1/queue").await["items"][0]["claim"]["id"].clone();
        let good = draft("Rana", &[], &json!({ "ruling": "accept", "claims": [claim] }));
        for (body, status) in [
            ("", 400),
            ("{", 400),
            ("[]", 400),
            (&*good.replace("Rana", " "), 422),
            (&*good.replace("accept", "adore"), 422),
            (&*good.replace("c:", "c:0"), 404),
            (&*draft("Rana", &[], &json!({ "ruling": "accept", "claims": [] })), 422),
            (&*draft("Rana", &[], &json!({ "ruling": "undo", "undoes": "d:1" })), 404),
            (&*draft("Rana", &[], &json!({ "ruling": "same_person", "names": [{ "claim": claim, "name": "nobody" }] })), 422),
            (&*draft("Rana", &[], &json!({ "ruling": "same_person", "names": [] })), 422),
            (&*draft("Rana", &[], &json!([1])), 422),
            (&*good.replace("\"why\"", "\"y\""), 400),
        ] {
            let answer = send(&server, body, &[]).await;
            assert_eq!((answer.status.as_u16(), answer.header("content-type")), (status, "application/problem+json"), "{body}");
        }
        let long = format!("{good}{}", " ".repeat(2 << 20));
        assert_eq!(send(&server, &long, &[]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
        let foreign: [&[(&str, &str)]; 4] = [
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
            &[("sec-fetch-site", "cross-site")],
            &[("origin", "http://localhost:9999")],
        ];
        for headers in foreign {
            assert_eq!(send(&server, &good, headers).await.status, StatusCode::FORBIDDEN, "{headers:?}");
        }
        assert_eq!(send(&server, &good, &[("content-type", "text/plain")]).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(ask(&server, Method::DELETE, "/api/v1/decisions", &[]).await.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(held(&ledger), 0);
        let own = [("origin", "http://localhost:8750"), ("sec-fetch-site", "same-origin")];
        assert_eq!(send(&server, &good, &own).await.status, StatusCode::CREATED);
    });
}

#[test]
fn from_elsewhere_the_scope_to_decide_is_needed() {
    let (_dir, ledger, _) = desk();
    let tokens = Tokens::of(&ledger);
    let (reader, decider) = (tokens.add("reader", &[Scope::Read]).unwrap(), tokens.add("desk", Scope::ALL).unwrap());
    let server = router(&options(ledger.clone(), "0.0.0.0:0"), load()).unwrap();
    wait(async {
        let body = draft("Rana", &[], &json!({ "ruling": "reliability", "source": "x", "letter": "C" }));
        assert_eq!(send(&server, &body, &[]).await.status, StatusCode::UNAUTHORIZED);
        let with = |token: &str| format!("Bearer {token}");
        assert_eq!(send(&server, &body, &[("authorization", &with(&reader))]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(held(&ledger), 0);
        assert_eq!(send(&server, &body, &[("authorization", &with(&decider))]).await.status, StatusCode::CREATED);
        assert_eq!(get(&server, "/api/v1/decisions").await.status, StatusCode::UNAUTHORIZED);
    });
}
