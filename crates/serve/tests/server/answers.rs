//! What the page is told of the example reports.

use crate::asking::{ENGINE, EXAMPLES, NOW, ask, examples, get, id, load, options, read, wait};
use axum::http::{Method, StatusCode};
use marsad_serve::{Scope, Tokens, router};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Read;

fn ids(list: &Value) -> Vec<String> {
    list["items"].as_array().unwrap().iter().map(|item| id(&item["id"]).to_owned()).collect()
}

#[test]
fn events_are_filtered_sorted_and_paged_and_every_page_knows_the_total() {
    wait(async {
        let server = examples();
        let all = read(&server, "/api/v1/events?limit=500").await;
        let total = all["total"].as_u64().unwrap();
        assert!(total > 10 && all["next"].is_null());
        for sort in ["time", "-time", "harm", "-harm", "origins", "-origins"] {
            let (mut seen, mut cursor) = (Vec::new(), String::new());
            loop {
                let page = read(&server, &format!("/api/v1/events?sort={sort}&limit=4&cursor={cursor}")).await;
                assert_eq!(page["total"].as_u64().unwrap(), total);
                seen.extend(ids(&page));
                match page["next"].as_str() {
                    Some(next) => next.clone_into(&mut cursor),
                    None => break,
                }
            }
            assert_eq!(seen, ids(&read(&server, &format!("/api/v1/events?sort={sort}&limit=500")).await), "{sort}");
            assert_eq!(seen.iter().collect::<BTreeSet<_>>().len() as u64, total, "{sort}");
        }
        let passes = |filter: &'static str| {
            let server = server.clone();
            async move { read(&server, &format!("/api/v1/events?limit=500&{filter}")).await }
        };
        for item in passes("type=explosion").await["items"].as_array().unwrap() {
            assert!(id(&item["type"]).starts_with("explosion."));
        }
        for item in passes("disputed=true").await["items"].as_array().unwrap() {
            assert!(!item["disagreements"].as_array().unwrap().is_empty());
        }
        for item in passes("from=2031-06-01&to=2031-06-30").await["items"].as_array().unwrap() {
            assert!(id(&item["time"]["start"]) <= "2031-06-30" && id(&item["time"]["end"]) >= "2031-06-01");
        }
        for (filter, least) in [
            ("actor=marsad:sdf", 2),
            ("actor=%D9%82%D9%88%D8%A7%D8%AA%20%D8%B3%D9%88%D8%B1%D9%8A%D8%A7", 2), // قوات سوريا, a part of the Arabic name
            ("place=Dhiban", 1),
            ("country=SY", 8),
            ("harm=killed", 2),
            ("min_origins=2", 1),
            ("language=ar", 3),
            ("bbox=40,34,41,36", 2),
            ("q=mortar", 1),
            ("q=%D8%A7%D9%84%D9%87%D8%A7%D9%88%D9%86", 1), // الهاون
        ] {
            let found = passes(filter).await["total"].as_u64().unwrap();
            assert!(found >= least && found < total, "{filter}: {found} of {total}");
        }
        assert_eq!(passes("country=FR").await["total"], 0);
        // A filter and its opposite make up the whole.
        let (yes, no) = (passes("disputed=true").await, passes("disputed=false").await);
        assert_eq!(yes["total"].as_u64().unwrap() + no["total"].as_u64().unwrap(), total);
    });
}

#[test]
fn counts_are_of_the_events_that_pass_the_same_filter() {
    wait(async {
        let server = examples();
        for filter in ["", "type=explosion", "language=ar", "q=killed"] {
            let (list, counts) =
                (read(&server, &format!("/api/v1/events?{filter}")).await, read(&server, &format!("/api/v1/events/counts?{filter}")).await);
            let sum = |name: &str| counts[name].as_array().unwrap().iter().map(|row| row["count"].as_u64().unwrap()).sum::<u64>();
            assert_eq!(list["total"], counts["total"], "{filter}");
            assert_eq!(sum("type"), counts["total"].as_u64().unwrap());
            assert_eq!(sum("month") + counts["untimed"].as_u64().unwrap(), counts["total"].as_u64().unwrap());
            assert_eq!(sum("place") + counts["unplaced"].as_u64().unwrap(), counts["total"].as_u64().unwrap());
        }
        // Whatever is counted can be asked for, and is as many.
        let counts = read(&server, "/api/v1/events/counts").await;
        for (name, rows) in [("type", &counts["type"]), ("country", &counts["country"])] {
            for row in rows.as_array().unwrap() {
                let asked = read(&server, &format!("/api/v1/events?{name}={}", id(&row["value"]))).await;
                assert_eq!(asked["total"], row["count"], "{row}");
            }
        }
    });
}

#[test]
fn a_dossier_leads_from_each_value_to_its_sentence_and_on_to_the_sealed_bytes() {
    wait(async {
        let server = examples();
        let event = read(&server, "/api/v1/events?disputed=true&limit=1").await["items"][0].clone();
        let dossier = read(&server, &format!("/api/v1/events/{}", id(&event["id"]))).await;
        assert_eq!(dossier["event"]["id"], event["id"]);
        let sources = dossier["sources_loaded"].as_u64().unwrap();
        assert!(dossier.to_string().contains(&format!("of {sources} sources loaded")), "what the grade rests on is counted one way");
        assert_eq!(dossier["attributes"][0]["relation"], "excludes");
        let claims = dossier["claims"].as_array().unwrap();
        for value in dossier["attributes"].as_array().unwrap().iter().flat_map(|a| a["values"].as_array().unwrap()) {
            for claim in value["claims"].as_array().unwrap() {
                assert!(claims.iter().any(|c| c["id"] == *claim), "{claim}");
            }
        }
        for claim in claims {
            let page = read(&server, &format!("/api/v1/reports/{}", id(&claim["report"]))).await;
            let text: Vec<char> = id(&page["report"]["text"]).chars().collect();
            let at = |n: &str| claim["evidence"][n].as_u64().unwrap() as usize;
            assert_eq!(text[at("start")..at("end")].iter().collect::<String>(), id(&claim["evidence"]["text"]));
            assert_eq!(read(&server, &format!("/api/v1/claims/{}", id(&claim["id"]))).await, *claim);
            let original = get(&server, &format!("/api/v1/reports/{}/original", id(&claim["report"]))).await;
            assert_eq!(marsad_model::sha256_hex(&original.bytes), id(&page["report"]["sha256"]));
        }
    });
}

#[test]
fn a_translation_is_tied_to_what_it_translates_and_each_tie_is_told_once() {
    wait(async {
        let server = examples();
        let reports = read(&server, "/api/v1/reports?limit=500").await;
        let mut relations = BTreeSet::new();
        for report in reports["items"].as_array().unwrap() {
            let graph = read(&server, &format!("/api/v1/reports/{}/lineage", id(&report["id"]))).await;
            assert_eq!(graph["nodes"][0]["id"], report["id"]);
            let nodes: BTreeSet<&str> = graph["nodes"].as_array().unwrap().iter().map(|node| id(&node["id"])).collect();
            let mut pairs = BTreeSet::new();
            for edge in graph["edges"].as_array().unwrap() {
                let (a, b) = (id(&edge["report"]), id(&edge["to"]));
                assert!(nodes.contains(a) && nodes.contains(b));
                assert!(pairs.insert((a.min(b), a.max(b))));
                relations.insert(id(&edge["relation"]).to_owned());
            }
        }
        assert!(relations.contains("translation") && relations.len() > 1, "{relations:?}");
    });
}

#[test]
fn words_are_found_in_both_languages_and_marked_where_they_stand() {
    wait(async {
        let server = examples();
        for (asked, hit) in
            [("shelled", "shell"), ("%D8%A7%D9%84%D9%87%D8%A7%D9%88%D9%86", "هاون"), ("%22sheep%20market%22", "sheep market")]
        {
            let found = read(&server, &format!("/api/v1/search?q={asked}")).await;
            assert!(found["total"].as_u64().unwrap() >= 1, "{asked}");
            for item in found["items"].as_array().unwrap() {
                let pieces = [&item["title"], &item["text"]].into_iter().flat_map(|list| list.as_array().unwrap().iter());
                let marked: Vec<&str> = pieces.filter(|p| p["hit"] == true).map(|p| id(&p["text"])).collect();
                assert!(!marked.is_empty() && marked.iter().all(|m| m.to_lowercase().contains(hit)), "{asked}: {marked:?}");
                let page = read(&server, &format!("/api/v1/reports/{}?q={asked}", id(&item["report"]["id"]))).await;
                assert!(!page["hits"].as_array().unwrap().is_empty() || !item["title"].as_array().unwrap().is_empty());
            }
        }
        assert_eq!(read(&server, "/api/v1/search?q=zzzzqq").await["total"], 0);
    });
}

#[test]
fn the_same_events_come_as_a_map_layer_and_as_a_table() {
    wait(async {
        let server = examples();
        let list = read(&server, "/api/v1/events?limit=500").await;
        let geo = ask(&server, Method::GET, "/api/v1/events?limit=500", &[("accept", "application/geo+json")]).await;
        assert_eq!(geo.header("content-type"), "application/geo+json");
        let features = geo.json();
        assert_eq!(features["features"].as_array().unwrap().len(), ids(&list).len());
        for (feature, item) in features["features"].as_array().unwrap().iter().zip(list["items"].as_array().unwrap()) {
            assert_eq!(feature["id"], item["id"]);
            assert_eq!(feature["geometry"]["coordinates"][0], item["place"]["lon"]);
        }
        let csv = ask(&server, Method::GET, "/api/v1/events?limit=500", &[("accept", "text/csv;q=0.9, text/html")]).await;
        assert_eq!(csv.header("content-type"), "text/csv");
        assert_eq!(String::from_utf8(csv.bytes).unwrap().matches("\r\n").count(), ids(&list).len() + 1);
        let none = ask(&server, Method::GET, "/api/v1/events", &[("accept", "image/png")]).await;
        assert_eq!((none.status, none.header("content-type")), (StatusCode::NOT_ACCEPTABLE, "application/problem+json"));
        // The three are three: what one of them is called must not be taken for another.
        let plain = get(&server, "/api/v1/events?limit=500").await;
        assert_ne!(plain.header("etag"), geo.header("etag"));
    });
}

#[test]
fn the_events_of_a_filter_are_exported_in_every_format() {
    wait(async {
        let server = examples();
        let total = read(&server, "/api/v1/events?type=explosion&limit=500").await["total"].as_u64().unwrap() as usize;
        assert!(total > 1);
        let file = |format: &str, more: &str| format!("/api/v1/export?type=explosion&format={format}{more}");
        let lines = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().lines().count();
        for (format, media_type, head) in
            [("csv", "text/csv", 1), ("jsonl", "application/jsonl", 0), ("acled", "text/csv", 1), ("plover", "application/jsonl", 0)]
        {
            let answered = get(&server, &file(format, "")).await;
            assert_eq!(answered.header("content-type"), media_type);
            assert!(answered.header("content-disposition").starts_with("attachment; filename="));
            assert_eq!(lines(answered.bytes), total + head, "{format}");
        }
        let map = get(&server, &file("geojson", "")).await.json();
        assert_eq!(map["features"].as_array().unwrap().len(), total);
        let parquet = get(&server, &file("parquet", "&file=claims.parquet")).await.bytes;
        assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"));
        let losses = get(&server, &file("ged", "&file=ged.losses.txt")).await;
        assert_eq!(losses.header("content-type"), "text/plain; charset=utf-8");
        for wrong in ["/api/v1/export", "/api/v1/export?format=xls", "/api/v1/export?format=csv&file=../../etc/passwd"] {
            assert_eq!(get(&server, wrong).await.status, StatusCode::BAD_REQUEST, "{wrong}");
        }
    });
}

#[test]
fn names_are_held_back_in_every_format_where_that_is_asked_for() {
    wait(async {
        let server = examples();
        let file = |format: &str, more: &str| format!("/api/v1/export?format={format}{more}");
        let names = ["رضوان", "الشماط", "هناء", "الزعرور"];
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let open = text(get(&server, &file("jsonl", "&file=reports.jsonl")).await.bytes);
        assert!(names.iter().all(|name| open.contains(name)), "the test looks for what is there otherwise");
        for (format, name) in [
            ("jsonl", "reports.jsonl"),
            ("jsonl", "claims.jsonl"),
            ("jsonl", "victims.jsonl"),
            ("jsonl", "events.jsonl"),
            ("csv", "reports.csv"),
            ("geojson", "events.geojson"),
            ("acled", "acled.csv"),
            ("ged", "ged.csv"),
            ("plover", "plover.jsonl"),
        ] {
            let answered = get(&server, &file(format, &format!("&redact=1&file={name}"))).await;
            assert_eq!(answered.header("content-disposition"), format!("attachment; filename=\"redacted-{name}\""));
            let held = text(answered.bytes);
            assert!(held.len() > 100 && names.iter().all(|n| !held.contains(n)), "{name}");
        }
        let told = text(get(&server, &file("jsonl", "&redact=1&file=REDACTED.md")).await.bytes);
        assert!(told.contains("drawn when the server was started"), "{told}");
        assert_eq!(get(&server, &file("jsonl", "&file=REDACTED.md")).await.status, StatusCode::BAD_REQUEST, "nothing was held back");
        // Names that only another report tells are held back in what is chosen, too.
        let chosen = text(get(&server, "/api/v1/export?type=explosion&format=jsonl&redact=1&file=reports.jsonl").await.bytes);
        assert!(names.iter().all(|n| !chosen.contains(n)));
    });
}

#[test]
fn the_salt_is_the_servers_and_decides_the_ids() {
    wait(async {
        let (address, kept) = ("/api/v1/export?format=jsonl&redact=1", marsad_redact::Salt::of(b"0123456789abcdef0123"));
        let served = |salt: Option<marsad_redact::Salt>| {
            let options = marsad_serve::Options { salt, ..options(EXAMPLES.path().join("ledger"), "127.0.0.1:0") };
            router(&options, load()).unwrap()
        };
        let (first, again) = (get(&served(kept.clone()), address).await, get(&served(kept.clone()), address).await);
        assert!(first.header("etag") == again.header("etag") && first.bytes == again.bytes);
        let (one, other) = (get(&served(None), address).await, get(&served(None), address).await);
        assert!(one.header("etag") != other.header("etag") && one.bytes != other.bytes && one.bytes != first.bytes);
        let told = get(&served(kept), &format!("{address}&file=REDACTED.md")).await;
        assert!(String::from_utf8(told.bytes).unwrap().contains("kept with the ledger's owner"));
    });
}

#[test]
fn what_is_packed_comes_out_as_what_is_sent_plain() {
    wait(async {
        let server = examples();
        for address in ["/", "/js/page.js", "/css/page.css", "/words/ar.json", "/api/v1/events?limit=100", "/api/v1/events/counts"] {
            let plain = get(&server, address).await;
            assert_eq!(plain.header("content-encoding"), "", "{address}");
            for accepted in ["gzip, br", "br;q=1, gzip;q=0.5"] {
                let packed = ask(&server, Method::GET, address, &[("accept-encoding", accepted)]).await;
                assert_eq!(packed.header("content-encoding"), "gzip", "{address}");
                assert!(packed.header("vary").contains("accept-encoding"), "{address}");
                assert!(packed.bytes.len() < plain.bytes.len(), "{address}");
                let mut unpacked = Vec::new();
                flate2::read::GzDecoder::new(packed.bytes.as_slice()).read_to_end(&mut unpacked).unwrap();
                assert!(unpacked == plain.bytes, "{address}");
            }
            let refused = ask(&server, Method::GET, address, &[("accept-encoding", "gzip;q=0")]).await;
            assert!(refused.bytes == plain.bytes, "{address}");
        }
    });
}

#[test]
fn an_answer_is_sent_again_only_when_the_ledger_has_changed() {
    wait(async {
        let dir = tempfile::tempdir().unwrap();
        let (ledger, input) = (dir.path().join("ledger"), dir.path().join("in"));
        std::fs::create_dir(&input).unwrap();
        std::fs::write(input.join("a.txt"), "Gunmen attacked a checkpoint in Hajin on 3 May 2030 and killed two soldiers.").unwrap();
        marsad::run::run(&ENGINE, std::slice::from_ref(&input), &ledger, NOW).unwrap();
        let server = router(&options(ledger.clone(), "127.0.0.1:0"), load()).unwrap();
        let addresses = ["/api/v1/events", "/api/v1/events/counts", "/api/v1/status", "/api/v1/reports", "/api/v1/search?q=soldiers"];
        let mut tags = Vec::new();
        for address in addresses {
            let first = get(&server, address).await;
            let tag = first.header("etag").to_owned();
            let again = ask(&server, Method::GET, address, &[("if-none-match", &tag)]).await;
            assert_eq!((again.status, again.bytes.len(), again.header("etag")), (StatusCode::NOT_MODIFIED, 0, tag.as_str()), "{address}");
            tags.push(tag);
        }
        std::fs::write(input.join("b.txt"), "An air strike hit a school in Idlib on 4 May 2030. Three children died.").unwrap();
        marsad::run::run(&ENGINE, &[input], &ledger, NOW).unwrap();
        for (address, tag) in addresses.iter().zip(tags) {
            let answered = ask(&server, Method::GET, address, &[("if-none-match", &tag)]).await;
            assert_eq!(answered.status, StatusCode::OK, "{address}");
        }
        assert_eq!(read(&server, "/api/v1/reports").await["total"], 2);
        assert_eq!(read(&server, "/api/v1/events?q=school").await["total"], 1);
    });
}

#[test]
fn methods_and_heads_are_answered_as_they_should_be() {
    wait(async {
        let server = examples();
        let (head, whole) = (ask(&server, Method::HEAD, "/api/v1/status", &[]).await, get(&server, "/api/v1/status").await);
        assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
        assert_eq!(head.header("etag"), whole.header("etag"));
        let asked = ask(&server, Method::OPTIONS, "/api/v1/events", &[]).await;
        assert_eq!((asked.status, asked.header("allow")), (StatusCode::NO_CONTENT, "GET, HEAD, OPTIONS"));
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            let answered = ask(&server, method, "/api/v1/events", &[]).await;
            assert_eq!((answered.status, answered.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD, OPTIONS"));
        }
        for address in
            ["/api/v1/nothing", "/api/v1/events/e:000000000000000000000000", "/api/v1/reports/x", "/api/v1/reports/x/original", "/no.css"]
        {
            let answered = get(&server, address).await;
            assert_eq!(
                (answered.status, answered.header("content-type")),
                (StatusCode::NOT_FOUND, "application/problem+json"),
                "{address}"
            );
        }
        let packed = ask(&server, Method::GET, "/api/v1/events", &[("accept-encoding", "gzip")]).await;
        assert_eq!(packed.header("content-encoding"), "gzip");
    });
}

#[test]
fn from_elsewhere_a_token_opens_what_its_scope_allows_and_nothing_else() {
    wait(async {
        let dir = tempfile::tempdir().unwrap();
        let ledger = dir.path().join("ledger");
        let examples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/denial-en.txt");
        marsad::run::run(&ENGINE, &[examples], &ledger, NOW).unwrap();
        let open = options(ledger.clone(), "0.0.0.0:0");
        assert!(router(&open, load()).is_err(), "without any token nobody else is let in");
        let tokens = Tokens::of(&ledger);
        let (reader, decider) = (tokens.add("reader", &[Scope::Read]).unwrap(), tokens.add("decider", &[Scope::Decide]).unwrap());
        let server = router(&open, load()).unwrap();
        let with = |token: &str| format!("Bearer {token}");
        for address in ["/api/v1/status", "/api/v1/events", "/api/v1/openapi.json", "/api/v1/stream"] {
            let refused = get(&server, address).await;
            assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{address}");
            assert!(refused.header("www-authenticate").starts_with("Bearer"));
            let refused = ask(&server, Method::GET, address, &[("authorization", &with("marsad_0"))]).await;
            assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{address}");
            let refused = ask(&server, Method::GET, address, &[("authorization", &with(&decider))]).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{address}");
            assert!(!String::from_utf8_lossy(&refused.bytes).contains("ledger holds"));
        }
        // The page itself is open: it holds nothing, and asks for the token.
        assert_ne!(get(&server, "/").await.status, StatusCode::UNAUTHORIZED);
        let status = ask(&server, Method::GET, "/api/v1/status", &[("authorization", &with(&reader))]).await;
        assert_eq!(status.json()["reports"], 1);
        let refused = ask(&server, Method::POST, "/api/v1/events", &[("authorization", &with(&reader))]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        tokens.remove("reader").unwrap();
        let gone = ask(&server, Method::GET, "/api/v1/status", &[("authorization", &with(&reader))]).await;
        assert_eq!(gone.status, StatusCode::UNAUTHORIZED);
    });
}
