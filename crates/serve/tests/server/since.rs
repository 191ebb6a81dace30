//! What changed since an earlier export, and that each export is in the custody log.

use crate::asking::{ENGINE, NOW, ask, get, load, options, read, wait};
use axum::http::{Method, StatusCode};
use marsad_ledger::Ledger;
use marsad_serve::router;
use serde_json::Value;

const STORIES: [(&str, &str); 3] = [
    ("a.txt", "Gunmen attacked a checkpoint in Hajin on 3 May 2030 and killed two soldiers, a commander said."),
    ("b.txt", "An air strike hit a school in Idlib on 4 May 2030. Three children died, a doctor said."),
    ("c.txt", "Police arrested four people in Baghdad on 6 May 2030, a lawyer said."),
];

fn lines(bytes: &[u8]) -> Vec<Value> {
    std::str::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn what_changed_since_a_cursor_is_given_and_what_a_filter_lets_fall_is_told() {
    wait(async {
        let dir = tempfile::tempdir().unwrap();
        let (ledger, input) = (dir.path().join("ledger"), dir.path().join("in"));
        std::fs::create_dir(&input).unwrap();
        let lay = |n: usize| std::fs::write(input.join(STORIES[n].0), STORIES[n].1).unwrap();
        lay(0);
        marsad::run::run(&ENGINE, std::slice::from_ref(&input), &ledger, NOW).unwrap();
        let server = router(&options(ledger.clone(), "127.0.0.1:0"), load()).unwrap();
        let first = get(&server, "/api/v1/export?format=jsonl").await;
        let cursor = first.header("marsad-cursor").to_owned();
        let state = read(&server, "/api/v1/status").await["state"].clone();
        assert_eq!(lines(&first.bytes).len(), 1);
        let since = |cursor: &str, more: &str| format!("/api/v1/export?format=jsonl&since={cursor}{more}");
        let none = get(&server, &since(&cursor, "")).await;
        assert_eq!((lines(&none.bytes).len(), none.header("marsad-cursor")), (0, cursor.as_str()));

        lay(1);
        lay(2);
        marsad::run::run(&ENGINE, &[input], &ledger, NOW).unwrap();
        let changed = get(&server, &since(&cursor, "")).await;
        let events = lines(&changed.bytes);
        let types: Vec<&str> = events.iter().map(|e| e["type"].as_str().unwrap()).collect();
        assert!(types.len() == 2 && types.contains(&"custody.arrest") && types.contains(&"explosion.air_strike"), "{types:?}");
        assert_ne!(changed.header("marsad-cursor"), cursor);
        // A filter lets one of them pass; of the other is told that it changed.
        let arrests = lines(&get(&server, &since(&cursor, "&type=custody")).await.bytes);
        assert_eq!(arrests.len(), 1);
        let outside = get(&server, &since(&cursor, "&type=custody&file=gone.jsonl")).await;
        assert_eq!(outside.header("content-type"), "application/jsonl");
        let strike = events.iter().find(|e| e["type"] == "explosion.air_strike").unwrap();
        assert_eq!(lines(&outside.bytes), [serde_json::json!({ "id": strike["id"], "why": "outside", "now": null })]);
        for wrong in [since("yesterday", ""), since("7-0123456789ab", ""), "/api/v1/export?format=jsonl&file=gone.jsonl".to_owned()] {
            assert_eq!(get(&server, &wrong).await.status, StatusCode::BAD_REQUEST, "{wrong}");
        }

        // What left is noted, once for each time that it left, and changes nothing that is answered.
        let (head, again) = (since(&cursor, "&format=csv").replace("format=jsonl&", ""), since(&cursor, ""));
        ask(&server, Method::HEAD, &head, &[]).await;
        let tag = changed.header("etag").to_owned();
        assert_eq!(ask(&server, Method::GET, &again, &[("if-none-match", &tag)]).await.status, StatusCode::NOT_MODIFIED);
        let mut told: Vec<Value> = Vec::new();
        let opened = Ledger::open_read(&ledger).unwrap();
        opened.each_custody(|e| told.extend((e.what == "exported").then(|| serde_json::from_str(&e.detail).unwrap()))).unwrap();
        assert_eq!(told.len(), 5, "{told:#?}");
        assert_eq!(told[0]["files"]["events.jsonl"], marsad_model::sha256_hex(&first.bytes));
        assert_eq!((&told[2]["since"], &told[3]["filtered"]), (&Value::String(cursor), &Value::Bool(true)));
        assert_ne!(read(&server, "/api/v1/status").await["state"], state);
        let after = read(&server, "/api/v1/status").await;
        get(&server, "/api/v1/export?format=csv").await;
        assert_eq!(read(&server, "/api/v1/status").await, after);
    });
}
