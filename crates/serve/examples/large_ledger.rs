//! Makes a large ledger of invented reports, to measure the server with: `large_ledger FOLDER EVENTS`.
//!
//! Each event is told by one report, every tenth by a second one that differs on the dead. Places and actors are known ones, taken
//! in turn; nothing in it happened. It is written through the ledger's own doors, without being read or compared, which for so
//! many would take long and is not what is measured.

use marsad::run::{Engine, known};
use marsad_gazetteer::PlaceKind;
use marsad_ledger::{
    Collation, EventDetail, FoundEvent, Intake, Ledger, LedgerError, NewReport, PlacedClaim, ReportLine, Seal, SearchWords,
};
use marsad_model::{Capture, ClaimId, Event, EventId, Language, OriginId, Report, ReportId, Source, SourceKind, Span};
use marsad_search::Terms;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const NOW: &str = "2026-01-02T03:04:05Z";
const BATCH: usize = 2_000;
const TYPES: &[(&str, &str)] =
    &[("explosion.shelling", "shelling"), ("explosion.air_strike", "air strike"), ("battle.clash", "clash"), ("custody.arrest", "arrest")];
const SOURCES: usize = 40;

struct Told {
    report: Report,
    claim: Value,
    id: ClaimId,
}

/// Days are spread over ten years.
fn day(n: usize) -> String {
    format!("{}-{:02}-{:02}", 2031 + n / 336 % 10, n / 28 % 12 + 1, n % 28 + 1)
}

fn tell(n: usize, voice: usize, place: &Value, actor: &(String, String), dead: usize) -> Told {
    let (kind, word) = TYPES[n % TYPES.len()];
    let name = place["name"].as_str().unwrap_or("");
    let text = format!(
        "{} forces carried out an {word} near {name} on {}, killing {dead} people, residents told correspondent {n}-{voice}. The market \
         was empty at that hour. In another town, a meeting on water and bread went on until the evening and ended without a result.",
        actor.1,
        day(n)
    );
    let base = Report::of_text(Language::English, &text);
    let source = format!("Invented Outlet {}", (n + voice * 7) % SOURCES);
    let report = Report {
        id: ReportId::of(&[&n.to_be_bytes(), &voice.to_be_bytes()]),
        source: Source { id: None, name: Some(source), kind: SourceKind::Outlet, family: None },
        title: Some(format!("{word} near {name}")),
        published: serde_json::from_value(json!({ "start": day(n), "end": day(n), "precision": "day", "basis": "given" })).ok(),
        ..base
    };
    let at = |words: &str| text.find(words).map_or(Span::new(0, 0), |start| Span::new(start, start + words.len()));
    let (trigger, sentence) = (at(word), Span::new(0, text.find(". The").map_or(0, |end| end + 1)));
    let id = ClaimId::at(&report.id, trigger);
    let claim = json!({
        "id": id, "report": report.id, "access": "own", "type": kind, "level": "act", "status": "current", "trigger": trigger,
        "confidence": 0.9, "modality": "asserted", "polarity": "positive",
        "actors": [{ "role": "initiator", "id": actor.0, "name": actor.1, "span": at(&actor.1) }],
        "places": [{ "role": "where", "id": place["id"], "name": name, "lat": place["lat"], "lon": place["lon"], "radius_m": 1000,
            "precision": "near", "span": at(name) }],
        "time": { "start": day(n), "end": day(n), "precision": "day", "basis": "explicit", "span": at(&day(n)) },
        "casualties": [{ "harm": "killed", "status": "unknown", "group": null, "affiliation": null, "min": dead, "max": dead,
            "count": "exact", "scope": "event", "part_of": null, "span": at("people") }],
        "means": [], "attribution": [{ "kind": "witness", "name": "residents", "span": at("residents") }], "cause": null, "outcome": null,
        "intent": null, "evidence": sentence, "because": ["invented"]
    });
    Told { report, claim, id }
}

fn event(n: usize, told: &[Told], place: &Value, actor: &(String, String)) -> serde_json::Result<Event> {
    let mut claims: Vec<&ClaimId> = told.iter().map(|t| &t.id).collect();
    claims.sort();
    let support = json!({ "independent": told.len(), "untraced": 0 });
    let agreed = |attribute: &str, value: &str| json!({ "attribute": attribute, "value": value, "support": support, "claims": claims });
    let differ: Vec<Value> = told
        .iter()
        .map(|t| json!({ "value": format!("{} killed", t.claim["casualties"][0]["min"]), "support": { "independent": 1, "untraced": 0 }, "claims": [t.id] }))
        .collect();
    let disagreements =
        if told.len() > 1 { json!([{ "attribute": "casualties", "relation": "differs", "values": differ }]) } else { json!([]) };
    let dead: Vec<u64> = told.iter().filter_map(|t| t.claim["casualties"][0]["min"].as_u64()).collect();
    serde_json::from_value(json!({
        "id": EventId::from_claim(claims[0]), "type": TYPES[n % TYPES.len()].0, "level": "act", "part_of": null,
        "summary": told[0].report.text.split_inclusive('.').next().unwrap_or(""),
        "time": { "start": day(n), "end": day(n), "precision": "day" }, "place": place,
        "actors": [{ "role": "initiator", "id": actor.0, "name": actor.1 }],
        "casualties": [{ "harm": "killed", "status": "unknown", "group": null, "affiliation": null, "min": dead.iter().min(),
            "max": dead.iter().max(), "count": "exact", "scope": "event" }],
        "means": [], "reports": told.len(), "origins": told.len(), "support": support,
        "agreed": [agreed("occurrence", "happened"), agreed("time", &day(n)), agreed("place", place["name"].as_str().unwrap_or(""))],
        "disagreements": disagreements, "positions": [],
        "grade": { "occurrence": "single", "contested": [], "airwars": "fair", "because": ["invented"] }, "claims": claims
    }))
}

fn words(terms: &Terms, text: &str) -> SearchWords {
    let (words, stems) = terms.of(text);
    SearchWords { words, stems }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: large_ledger FOLDER EVENTS")?;
    let count: usize = arguments.next().ok_or("usage: large_ledger FOLDER EVENTS")?.parse()?;
    let (engine, (files, gazetteer)) = (Engine::load(None)?, known(None)?);
    let terms = Terms::load(&files)?;
    let places: Vec<Value> = gazetteer
        .places()
        .filter(|p| p.kind == PlaceKind::Settlement && matches!(p.country, Some("SY" | "IQ" | "YE" | "LB" | "SD")))
        .filter_map(|p| Some((p.point?, p)))
        .step_by(7)
        .take(20_000)
        .map(|((lat, lon), p)| json!({ "id": p.id.to_string(), "name": p.name_en, "lat": lat, "lon": lon, "radius_m": 1000, "precision": "near" }))
        .collect();
    let actors: Vec<(String, String)> = engine.analyser.knowledge().actors.list.iter().map(|a| (a.id.clone(), a.name_en.clone())).collect();
    let mut writer = Ledger::create_or_open(std::path::Path::new(&folder), &engine.version, NOW)?;
    let (mut batch, mut found, mut events) = (Vec::new(), Collation::default(), BTreeMap::new());
    for n in 0..count {
        let (place, actor) = (&places[n * 31 % places.len()], &actors[n * 17 % actors.len()]);
        let told: Vec<Told> = (0..=usize::from(n % 10 == 0)).map(|voice| tell(n, voice, place, actor, n % 9 + voice)).collect();
        let event = event(n, &told, place, actor)?;
        for Told { report, claim, id } in told {
            let origin = Some(OriginId::of(&[report.id.as_str().as_bytes()]));
            found.claims.push(PlacedClaim {
                id,
                report: report.id.clone(),
                event: Some(event.id.clone()),
                origin,
                confidence: Some(700),
                settled: false,
            });
            let day = report.published.as_ref().map(|p| p.start);
            let (id, source) = (report.id.clone(), report.source.clone());
            found.lines.push(ReportLine { report: id, source, language: "en".to_owned(), day, copies: None });
            let seal = Seal::of(report.text.as_bytes());
            let capture = Capture { at: None, by: "jsonl".to_owned(), container: None, record_offset: None };
            let intake = Intake { path: format!("invented-{n}.jsonl"), key: None, sha256: seal.sha256().to_owned(), given: None, capture };
            let analysis = serde_json::to_vec(&json!({ "mentions": [], "claims": [claim] }))?;
            batch.push(NewReport { report, intake, seal, analysis });
        }
        found.events.push((event.id.clone(), Some(n.to_string())));
        events.insert(event.id.clone(), event);
        if batch.len() >= BATCH || n + 1 == count {
            writer.add(&batch, &[], NOW)?;
            batch.clear();
        }
    }
    found.claims.sort();
    writer.enter_words(|report| words(&terms, &format!("{}\n{}", report.title.as_deref().unwrap_or(""), report.text)))?;
    writer.replace_collation(&found, |ids| {
        let whole = |event: &Event| FoundEvent {
            event: event.clone(),
            detail: EventDetail { languages: vec!["en".to_owned()], candidates: Vec::new(), words: words(&terms, &event.summary) },
        };
        Ok::<_, LedgerError>(ids.iter().filter_map(|id| events.get(id).map(whole)).collect())
    })?;
    Ok(())
}
