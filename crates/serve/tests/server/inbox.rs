//! What comes in at the desk, and where each report is in the day's work.

use crate::asking::{Answered, ENGINE, NOW, ask, id, load, options, read, wait};
use crate::shapes::assert_shape;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use marsad_ledger::Ledger;
use marsad_serve::{Options, Scope, TakeIn, Tokens, router};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

const STORY: &str = "Gunmen attacked a checkpoint in Hajin on 3 May 2030 and killed two soldiers, a commander said on Friday. \
    They came before dawn in three pick-ups, cut the road to the river and left before reinforcements came from the town.";

/// A ledger of a report and its copy in another source, behind a server that takes in.
fn desk(listen: &str) -> (TempDir, PathBuf, Options) {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, input) = (dir.path().join("ledger"), dir.path().join("in.jsonl"));
    let line = |source: &str, day: &str| json!({ "text": STORY, "source": source, "published": day }).to_string();
    std::fs::write(&input, format!("{}\n{}\n", line("Nahr Agency", "2030-05-04"), line("Hadath Post", "2030-05-06"))).unwrap();
    marsad::run::run(&ENGINE, &[input], &ledger, NOW).unwrap();
    let options = Options { take_in: Some(taking(&ledger)), ..options(ledger.clone(), listen) };
    (dir, ledger, options)
}

fn taking(ledger: &Path) -> TakeIn {
    let ledger = ledger.to_owned();
    TakeIn(Arc::new(move |offered| {
        marsad::taking::take(&ENGINE, &ledger, offered, &marsad_fetch::Options::default(), &|| "2026-01-03T00:00:00Z".to_owned())
    }))
}

async fn post(server: &Router, address: &str, form: &str, body: impl Into<Body>, token: Option<&str>) -> Answered {
    let mut request = Request::builder().method(Method::POST).uri(address).header("host", "localhost:8750").header("content-type", form);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let response = server.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    Answered { status: parts.status, headers: parts.headers, bytes: to_bytes(body, usize::MAX).await.unwrap().to_vec() }
}

async fn ruled(server: &Router, by: &str, seen: &Value, rule: Value) -> Answered {
    let body = json!({ "by": by, "why": "read it", "seen": seen, "rule": rule }).to_string();
    post(server, "/api/v1/decisions", "application/json", body, None).await
}

fn count(inbox: &Value, state: &str) -> u64 {
    inbox["states"].as_array().unwrap().iter().find(|s| s["value"] == state).unwrap()["count"].as_u64().unwrap()
}

#[test]
fn a_copy_is_proposed_as_a_duplicate_and_people_rule_the_rest() {
    let (_dir, _ledger, options) = desk("127.0.0.1:0");
    let server = router(&options, load()).unwrap();
    wait(async {
        let inbox = read(&server, "/api/v1/inbox").await;
        assert_shape(&server, "Inbox", &inbox).await;
        assert_eq!((count(&inbox, "new"), count(&inbox, "duplicate")), (1, 1), "{inbox:#}");
        let new = read(&server, "/api/v1/inbox?state=new").await["items"][0].clone();
        let copy = read(&server, "/api/v1/inbox?state=duplicate").await["items"][0].clone();
        assert_eq!((&copy["desk"]["copies"], &copy["desk"]["proposed"]), (&new["desk"]["id"], &json!(true)));
        assert_eq!((&new["desk"]["at"], &new["desk"]["by"]), (&json!(NOW), &Value::Null));

        let put = |state: &str| json!({ "ruling": "state", "report": new["desk"]["id"], "state": state });
        let first = ruled(&server, "Rana", &json!([]), put("relevant")).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.json());
        let now = read(&server, "/api/v1/inbox?state=relevant").await["items"][0]["desk"].clone();
        assert_eq!((id(&now["by"]), &now["proposed"], &now["seen"]), ("Rana", &json!(false), &json!([first.json()["id"]])));
        // Whoever comes second is told what the first ruled.
        let second = ruled(&server, "Omar", &json!([]), put("not_relevant")).await;
        assert_eq!((second.status, id(&second.json()["decision"]["by"])), (StatusCode::CONFLICT, "Rana"));
        assert_eq!(ruled(&server, "Omar", &now["seen"], put("coded")).await.status, StatusCode::CREATED);
        let coded = read(&server, "/api/v1/inbox?state=coded").await["items"][0]["desk"].clone();
        let undo = json!({ "ruling": "undo", "undoes": coded["seen"][1] });
        assert_eq!(ruled(&server, "Omar", &coded["seen"], undo).await.status, StatusCode::CREATED);
        let back = read(&server, "/api/v1/inbox?state=relevant").await["items"][0]["desk"].clone();
        assert_eq!((id(&back["by"]), back["seen"].as_array().unwrap().len()), ("Rana", 3));
        let bad = crate::asking::get(&server, "/api/v1/inbox?state=lost").await;
        assert_eq!((bad.status, bad.json()["parameter"].clone()), (StatusCode::BAD_REQUEST, json!("state")));
    });
}

#[test]
fn a_file_is_sealed_and_read_at_once_and_a_bad_one_is_set_aside_with_its_reason() {
    let (_dir, ledger, options) = desk("127.0.0.1:0");
    let server = router(&options, load()).unwrap();
    wait(async {
        let text = "Shelling hit the town of Gharanij on 8 September 2031 and killed four people, a witness said.";
        let sent = |name: &'static str, bytes: Vec<u8>| {
            let server = server.clone();
            async move { post(&server, &format!("/api/v1/intake?name={name}"), "application/octet-stream", bytes, None).await }
        };
        let taken = sent("..%2Fseen.txt", text.into()).await;
        assert_eq!(taken.status, StatusCode::CREATED, "{}", taken.json());
        let taken = taken.json();
        assert_shape(&server, "Taken", &taken).await;
        let report = id(&taken["reports"][0]).to_owned();
        let original = ask(&server, Method::GET, &format!("/api/v1/reports/{report}/original"), &[]).await;
        assert_eq!(original.bytes, text.as_bytes());
        assert_eq!(read(&server, &format!("/api/v1/reports/{report}")).await["sealed"][0]["path"], "seen.txt");
        assert_eq!(read(&server, "/api/v1/inbox").await["items"][0]["desk"]["id"], json!(report), "what came in last stands first");
        let again = sent("seen.txt", text.into()).await.json();
        assert_eq!((&again["known"], &again["reports"]), (&json!(1), &json!([report])));
        // Another name makes the same bytes no other report; who handed it in first stays told.
        let renamed = post(&server, "/api/v1/intake?name=other.txt&by=Rana", "application/octet-stream", text, None).await.json();
        assert_eq!((&renamed["known"], &renamed["reports"]), (&json!(1), &json!([report])));
        post(&server, "/api/v1/intake?name=other.txt&by=Omar", "application/octet-stream", text, None).await;
        let line = read(&server, "/api/v1/inbox").await["items"][0]["desk"].clone();
        assert_eq!((&line["id"], &line["handed_in_by"], &line["by"]), (&json!(report), &json!("Rana"), &Value::Null));
        let bad = sent("cut.jsonl", b"{\"text\": \"cut off\n".to_vec()).await;
        assert_eq!(bad.status, StatusCode::CREATED);
        let aside = bad.json()["set_aside"][0].clone();
        assert!(!id(&aside["reason"]).is_empty() && aside["sealed"] == true, "{aside}");
        assert_shape(&server, "Taken", &bad.json()).await;
        let address = format!("/api/v1/aside/{}/original", id(&aside["sha256"]));
        assert_eq!(ask(&server, Method::GET, &address, &[]).await.bytes, b"{\"text\": \"cut off\n");
        // A report's bytes are given out by its id, and no start of a hash is one.
        let of_report =
            format!("/api/v1/aside/{}/original", id(&read(&server, &format!("/api/v1/reports/{report}")).await["report"]["sha256"]));
        assert_eq!(ask(&server, Method::GET, &of_report, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(ask(&server, Method::GET, &address.replace("/original", "0/original"), &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(read(&server, "/api/v1/aside").await["items"][0]["path"], "cut.jsonl");
        let long = sent("long.txt", vec![b'x'; (32 << 20) + 1]).await;
        assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(sent("", text.into()).await.status, StatusCode::BAD_REQUEST);
        marsad::run::lay_over(&ENGINE, &ledger, NOW).unwrap();
        let opened = Ledger::open_read(&ledger).unwrap();
        assert_eq!(opened.verify_custody().unwrap().faults, []);
        assert!(!opened.needs_collation().unwrap());
    });
}

#[test]
fn pages_of_the_inbox_hold_each_report_once_whatever_comes_in_meanwhile() {
    let (_dir, _ledger, options) = desk("127.0.0.1:0");
    let server = router(&options, load()).unwrap();
    wait(async {
        let wall = "<html><head><title>Log in</title></head><body><h1>Log in</h1><p>You must log in to continue.</p>\
            <form><input name=user><input type=password><button>Log in</button></form></body></html>";
        let sent = |name: String, text: String| {
            let server = server.clone();
            async move { post(&server, &format!("/api/v1/intake?name={name}"), "application/octet-stream", text, None).await.json() }
        };
        for n in 0..5 {
            sent(format!("{n}.txt"), format!("Shelling hit the town of Gharanij on {} May 2031 and killed {n} people.", n + 1)).await;
        }
        sent("wall.html".to_owned(), wall.to_owned()).await;
        for asked in ["", "&state=new", "&state=duplicate", "&state=capture_by_hand"] {
            let whole = read(&server, &format!("/api/v1/inbox?limit=100{asked}")).await;
            let ids = |page: &Value| page["items"].as_array().unwrap().iter().map(|i| i["desk"]["id"].clone()).collect::<Vec<_>>();
            assert_eq!((&whole["next"], whole["total"].as_u64().unwrap()), (&Value::Null, ids(&whole).len() as u64), "{asked}");
            let (mut found, mut next) = (Vec::new(), Some(String::new()));
            while let Some(cursor) = next {
                let page = read(&server, &format!("/api/v1/inbox?limit=2{asked}{cursor}")).await;
                assert!(!ids(&page).is_empty() || found.is_empty(), "no page is empty but the only one");
                found.extend(ids(&page));
                next = page["next"].as_str().map(|mark| format!("&cursor={mark}"));
                // What comes in now stands before all that was shown.
                if asked.is_empty() && found.len() == 2 {
                    sent("late.txt".to_owned(), "Snow fell on the town of Gharanij on 9 May 2031.".to_owned()).await;
                }
            }
            assert_eq!(found, ids(&whole), "{asked}");
        }
        assert_eq!(crate::asking::get(&server, "/api/v1/inbox?cursor=2").await.status, StatusCode::BAD_REQUEST);
    });
}

#[test]
fn a_link_into_a_private_network_is_refused_and_only_who_may_decide_hands_in() {
    let (_dir, ledger, options) = desk("0.0.0.0:0");
    let tokens = Tokens::of(&ledger);
    let (reads, decides) = (tokens.add("r", &[Scope::Read]).unwrap(), tokens.add("d", &[Scope::Decide]).unwrap());
    let server = router(&options, load()).unwrap();
    wait(async {
        for url in ["http://127.0.0.1:9/x", "http://10.0.0.1/x", "http://[::1]/x", "file:///etc/passwd"] {
            let link = json!({ "url": url }).to_string();
            let refused = post(&server, "/api/v1/intake", "application/json", link, Some(&decides)).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{url}: {}", refused.json());
            assert!(id(&refused.json()["detail"]).contains("not fetched"), "{}", refused.json());
        }
        for (token, status) in [(Some(&reads), StatusCode::FORBIDDEN), (None, StatusCode::UNAUTHORIZED)] {
            let token = token.map(String::as_str);
            let file = post(&server, "/api/v1/intake?name=a.txt", "application/octet-stream", "Snow fell.", token).await;
            assert_eq!(file.status, status);
        }
        let none = router(&Options { take_in: None, ..options.clone() }, load()).unwrap();
        let file = post(&none, "/api/v1/intake?name=a.txt", "application/octet-stream", "Snow fell.", Some(&decides)).await;
        assert_eq!(file.status, StatusCode::NOT_IMPLEMENTED);
        assert_eq!(Ledger::open_read(&ledger).unwrap().counts().unwrap().reports, 2);
    });
}
