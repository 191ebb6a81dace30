//! Reports and questions that mean harm.

use crate::asking::{ENGINE, NOW, ask, examples, get, id, load, options, read, wait};
use axum::http::{Method, StatusCode};
use marsad_serve::router;
use proptest::prelude::*;
use std::sync::LazyLock;

#[test]
fn whatever_a_report_holds_is_sent_as_text_that_no_browser_runs() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, input) = (dir.path().join("ledger"), dir.path().join("in"));
    std::fs::create_dir(&input).unwrap();
    let told = "Gunmen attacked a checkpoint in Hajin on 3 May 2030 and killed two soldiers.";
    let script =
        format!("<html><body><script>alert(1)</script><svg onload=alert(2)><img src=x onerror=alert(3)><p>{told}</p></svg></body></html>");
    std::fs::write(input.join("script.html"), script).unwrap();
    std::fs::write(input.join("bidi.txt"), format!("\u{202e}\u{2066}{told}\u{200f} <script>alert(4)</script>")).unwrap();
    std::fs::write(input.join("nul.txt"), format!("{told}\0 and \0\0 more")).unwrap();
    std::fs::write(input.join("long.txt"), format!("{told} <b>{}</b>", "x".repeat(10 << 20))).unwrap();
    std::fs::write(input.join("formula.txt"), "=cmd|' /C calc'!A0 was killed in Hajin on 3 May 2030 by gunmen.").unwrap();
    marsad::run::run(&ENGINE, &[input], &ledger, NOW).unwrap();
    wait(async {
        let server = router(&options(ledger, "127.0.0.1:0"), load()).unwrap();
        let reports = read(&server, "/api/v1/reports").await;
        assert!(reports["total"].as_u64().unwrap() >= 4, "{reports}");
        let mut addresses = vec!["/api/v1/events".to_owned(), "/api/v1/search?q=soldiers".to_owned(), "/api/v1/aside".to_owned()];
        for report in reports["items"].as_array().unwrap() {
            let report = id(&report["id"]);
            addresses.extend([format!("/api/v1/reports/{report}"), format!("/api/v1/reports/{report}/original")]);
        }
        for address in addresses {
            let answered = get(&server, &address).await;
            assert_eq!(answered.status, StatusCode::OK, "{address}");
            assert_eq!(answered.header("x-content-type-options"), "nosniff");
            let media_type = answered.header("content-type");
            assert!(["application/json", "text/plain; charset=utf-8", "application/octet-stream"].contains(&media_type), "{media_type}");
            let policy = answered.header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
            if address.ends_with("original") {
                assert!(answered.header("content-disposition").starts_with("attachment") && policy.contains("sandbox"));
            }
        }
        let csv = ask(&server, Method::GET, "/api/v1/events", &[("accept", "text/csv")]).await;
        for line in String::from_utf8(csv.bytes).unwrap().lines() {
            assert!(!line.contains(",=") && !line.contains(",\"="), "{line}");
        }
    });
}

#[test]
fn a_name_that_was_led_here_by_others_is_not_answered() {
    wait(async {
        let server = examples();
        for host in ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io:8750", ""] {
            let answered = ask(&server, Method::GET, "/api/v1/events", &[("host", host)]).await;
            assert_eq!(answered.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
            assert!(!String::from_utf8_lossy(&answered.bytes).contains("e:"));
        }
    });
}

#[test]
fn what_is_wrong_with_a_question_is_told() {
    wait(async {
        let server = examples();
        for (query, parameter) in [
            ("type=battle.picnic", "type"),
            ("from=2031-02-30", "from"),
            ("from=2031-03-01&to=2031-02-01", "to"),
            ("bbox=1,2,3", "bbox"),
            ("bbox=NaN,0,0,0", "bbox"),
            ("bbox=0,10,0,-10", "bbox"),
            ("limit=0", "limit"),
            ("limit=501", "limit"),
            ("sort=-", "sort"),
            ("cursor=1", "cursor"),
            ("cursor=1~e:%27%20OR%201", "cursor"),
            ("country=XYZ", "country"),
            ("country=%C3%A9%C3%A9", "country"),
            ("harm=annoyed", "harm"),
            ("min_origins=-1", "min_origins"),
            ("disputed=maybe", "disputed"),
            ("language=tlh", "language"),
            ("q=%00", "q"),
            ("q=%ff", "q"),
            ("q=***", "q"),
            ("type=battle&type=siege", "type"),
            ("typ=battle", "typ"),
        ] {
            let answered = get(&server, &format!("/api/v1/events?{query}")).await;
            assert_eq!(
                (answered.status, answered.header("content-type")),
                (StatusCode::BAD_REQUEST, "application/problem+json"),
                "{query}"
            );
            assert_eq!(answered.json()["parameter"], parameter, "{query}");
        }
        let long = get(&server, &format!("/api/v1/events?q={}", "x".repeat(2_000))).await;
        assert_eq!(long.status, StatusCode::BAD_REQUEST);
        for q in
            ["%22", "a%22b", "NEAR(a%20b)", "words%3Aa", "a%20OR%20b", "%28a", "a*", "%27%3B%20DROP%20TABLE%20event%3B--", "%E2%80%AEa"]
        {
            let answered = get(&server, &format!("/api/v1/events?q={q}")).await;
            assert!(answered.status == StatusCode::OK || answered.json()["detail"] == "holds no word", "{q}");
            let answered = get(&server, &format!("/api/v1/search?q={q}")).await;
            assert!(answered.status == StatusCode::OK || answered.json()["detail"] == "holds no word", "{q}");
        }
        assert!(read(&server, "/api/v1/status").await["events"].as_u64().unwrap() > 10);
    });
}

static SERVER: LazyLock<axum::Router> = LazyLock::new(examples);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_question_is_answered_or_refused_and_never_breaks(
        path in prop::sample::select(vec!["events", "events/counts", "reports", "search", "aside", "sources", "status"]),
        pairs in prop::collection::vec((
            prop::sample::select(vec!["type", "actor", "place", "country", "from", "to", "harm", "min_origins", "disputed", "language",
                "q", "bbox", "sort", "cursor", "limit", "source", "kind", "by_hand", "x"]),
            prop_oneof![
                "\\PC{0,12}", "[0-9,.:~e-]{0,14}", "[\"'*()%;ء-ي ]{0,10}",
                prop::sample::select(vec!["true", "2031-06-01", "battle", "killed", "SY", "ar", "-time", "40,30,50,40"]).prop_map(str::to_owned),
            ],
        ), 0..4),
    ) {
        let query: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
        let answered = wait(get(&SERVER, &format!("/api/v1/{path}?{query}")));
        prop_assert!(matches!(answered.status, StatusCode::OK | StatusCode::BAD_REQUEST), "{} {query}", answered.status);
    }

    #[test]
    fn any_address_is_answered_or_refused(address in "(/api/v1)?/(events|reports|claims)?/?[a-z0-9.:%/~-]{0,24}") {
        if address.parse::<axum::http::Uri>().is_ok() {
            let answered = wait(get(&SERVER, &address));
            prop_assert!(answered.status.as_u16() < 500, "{} {address}", answered.status);
        }
    }
}
