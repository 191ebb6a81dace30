//! Names that several places bear, where nothing decides.

use crate::asking::{ENGINE, NOW, id, load, options, read, wait};
use marsad_serve::router;

#[test]
fn an_open_name_is_told_with_the_places_it_may_mean_and_where_they_lie() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, input) = (dir.path().join("ledger"), dir.path().join("in"));
    std::fs::create_dir(&input).unwrap();
    std::fs::write(input.join("a.txt"), "Gunmen killed two guards at a depot in Springfield on 3 May 2030, residents said.").unwrap();
    marsad::run::run(&ENGINE, &[input], &ledger, NOW).unwrap();
    wait(async {
        let server = router(&options(ledger, "127.0.0.1:0"), load()).unwrap();
        let events = read(&server, "/api/v1/events?harm=killed").await;
        let place = &events["items"][0]["place"];
        assert!(place["id"].is_null() && place["lat"].is_null(), "{events:#}");
        assert_eq!(place["name"], "Springfield");
        let candidates = place["candidates"].as_array().unwrap();
        assert!(candidates.len() > 5, "{place:#}");
        let illinois = candidates.iter().find(|c| c["within"]["en"] == "Illinois").unwrap();
        assert_eq!((&illinois["country"], &illinois["label"]["en"]), (&"US".into(), &"Springfield".into()), "{illinois:#}");
        assert!((illinois["lat"].as_f64().unwrap() - 39.8).abs() < 0.1);
        let dossier = read(&server, &format!("/api/v1/events/{}", id(&events["items"][0]["id"]))).await;
        assert_eq!(dossier["event"]["place"]["candidates"], place["candidates"]);
        let told = &dossier["claims"][0]["places"][0];
        assert!(told["id"].is_null() && !told["candidates"].as_array().unwrap().is_empty(), "{told:#}");
        assert_eq!(dossier["candidates"], place["candidates"], "each candidate of a claim can be named");
        // What may lie anywhere is drawn nowhere.
        let counts = read(&server, "/api/v1/events/counts?harm=killed").await;
        assert!(counts["place"][0]["lat"].is_null());
    });
}
