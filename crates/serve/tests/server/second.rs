//! A second person codes without seeing what the first ruled.

use crate::asking::{Answered, ENGINE, NOW, ask, id, load, options};
use crate::shapes::assert_shape;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use marsad_serve::{Scope, Tokens, router};
use serde_json::{Value, json};
use tower::ServiceExt;

const STORY: &str = "Gunmen attacked a checkpoint in Hajin on 3 May 2030 and killed two soldiers. \
    Warplanes bombed a market in Idlib on 4 May 2030, killing three civilians, a doctor said.";

async fn send(server: &Router, token: &str, by: &str, rule: &Value) -> Answered {
    let body = json!({ "by": by, "why": "read it", "rule": rule }).to_string();
    let request = Request::builder().method(Method::POST).uri("/api/v1/decisions").header("content-type", "application/json");
    let request = request.header("authorization", format!("Bearer {token}")).body(Body::from(body)).unwrap();
    let response = server.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    Answered { status: parts.status, headers: parts.headers, bytes: to_bytes(body, usize::MAX).await.unwrap().to_vec() }
}

#[test]
fn a_second_coder_sees_no_ruling_and_the_two_are_compared_by_field() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = dir.path().join("ledger");
    std::fs::write(dir.path().join("a.txt"), STORY).unwrap();
    marsad::run::run(&ENGINE, &[dir.path().join("a.txt")], &ledger, NOW).unwrap();
    let tokens = Tokens::of(&ledger);
    let first = tokens.add("first", &[Scope::Read, Scope::Decide]).unwrap();
    let second = tokens.add("second", &[Scope::Second]).unwrap();
    let server = router(&options(ledger.clone(), "0.0.0.0:0"), load()).unwrap();
    crate::asking::wait(async {
        let get =
            async |token: &str, address: &str| ask(&server, Method::GET, address, &[("authorization", &format!("Bearer {token}"))]).await;
        let queue = get(&first, "/api/v1/queue").await.json();
        let claims: Vec<Value> = queue["items"].as_array().unwrap().iter().map(|i| i["claim"].clone()).collect();
        let claim = claims.iter().find(|c| id(&c["evidence"]["text"]).contains("Warplanes")).unwrap();
        let report = id(&claim["report"]).to_owned();
        let blind = format!("/api/v1/second?report={report}");
        let before = get(&second, &blind).await;
        assert_eq!(before.status, StatusCode::OK, "{}", before.json());

        // The first corrects the count and accepts the rest.
        let count =
            |n: u32| json!({ "attribute": "casualties", "value": [{ "harm": "killed", "status": "civilian", "min": n, "max": n }] });
        let mut edit = count(5);
        (edit["ruling"], edit["claim"]) = (json!("edit"), claim["id"].clone());
        assert_eq!(send(&server, &first, "Rana", &edit).await.status, StatusCode::CREATED);
        marsad::run::lay_over(&ENGINE, &ledger, NOW).unwrap();
        let after = get(&second, &blind).await.json();
        assert_eq!(after, before.json(), "nothing of it shows");
        assert!(!after.to_string().contains("Rana") && id(&after["text"]).contains("three civilians"));
        for address in ["/api/v1/decisions", "/api/v1/events", "/api/v1/inbox", "/api/v1/agreement", "/api/v1/queue"] {
            assert_eq!(get(&second, address).await.status, StatusCode::FORBIDDEN, "{address}");
        }
        assert_eq!(get(&second, &format!("/api/v1/reports/{report}")).await.status, StatusCode::FORBIDDEN);

        let coding = |values: Value| json!({ "ruling": "second", "claim": claim["id"], "verdict": "accepted", "values": values });
        let ruled = json!({ "ruling": "reject", "claims": [claim["id"]] });
        assert_eq!(send(&server, &second, "Omar", &ruled).await.status, StatusCode::FORBIDDEN, "it rules on nothing");
        assert_eq!(send(&server, &second, "rana ", &coding(json!([]))).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(send(&server, &second, "Omar", &coding(json!([count(3), count(4)]))).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let given = send(&server, &second, "Omar", &coding(json!([count(3)]))).await;
        assert_eq!(given.status, StatusCode::CREATED, "{}", given.json());
        marsad::run::lay_over(&ENGINE, &ledger, NOW).unwrap();
        let held = get(&first, &format!("/api/v1/claims/{}", id(&claim["id"]))).await.json();
        assert_eq!(held["casualties"][0]["min"], 5, "a second coding changes nothing");

        let found = get(&first, "/api/v1/agreement").await.json();
        let field = |name: &str| found["fields"].as_array().unwrap().iter().find(|f| f["field"] == name).unwrap().clone();
        assert_eq!((&found["coded"], &found["items"][0]["second"]), (&json!(1), &json!("Omar")));
        assert_eq!((&field("casualties")["different"], &field("casualties")["share"]), (&json!(1), &json!(0.0)));
        assert_eq!((&field("type")["same"], &field("verdict")["same"], &field("type")["kappa"]), (&json!(1), &json!(1), &Value::Null));
        let local = router(&options(ledger.clone(), "127.0.0.1:0"), load()).unwrap();
        assert_shape(&local, "CoderAgreement", &found).await;
        assert_shape(&local, "Blind", &after).await;
    });
}
