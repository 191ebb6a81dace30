//! Events and lineage: found by any id that leads to them, and gone when they are found no more.

use crate::sample::{Found, NOW, batch, came, new, replace, writer};
use marsad_ledger::{EventDetail, EventFilter, Ledger, LedgerError, PlacedClaim, ReportFilter, ReportLine, SearchWords, SetAside};
use marsad_model::{ClaimId, Event, EventId, OriginId, ReportId};

fn claim(n: u32) -> ClaimId {
    ClaimId::of(&[&n.to_be_bytes()])
}

fn unplaced(id: &ClaimId, report: &ReportId) -> PlacedClaim {
    PlacedClaim { id: id.clone(), report: report.clone(), event: None, origin: None, confidence: Some(500), settled: false }
}

pub(crate) fn event(claims: &[u32], event_type: &str, start: Option<&str>, place: Option<&str>) -> Event {
    let mut claims: Vec<ClaimId> = claims.iter().map(|&n| claim(n)).collect();
    claims.sort();
    let time = start.map(|day| serde_json::json!({ "start": day, "end": day, "precision": "day" }));
    let place =
        place.map(|name| serde_json::json!({ "id": "x:1", "name": name, "lat": 35.0, "lon": 40, "radius_m": null, "precision": "near" }));
    serde_json::from_value(serde_json::json!({
        "id": EventId::from_claim(&claims[0]), "type": event_type, "level": "incident", "part_of": null, "summary": "قصف",
        "time": time, "place": place, "actors": [{ "role": "initiator", "id": null, "name": "Blue" }, { "role": "target", "id": "a:red", "name": "Red" }],
        "casualties": [], "means": [], "reports": claims.len(), "origins": claims.len(), "support": { "independent": 1, "untraced": 0 },
        "agreed": [], "disagreements": [], "positions": [],
        "grade": { "occurrence": "single", "contested": [], "airwars": "weak", "because": [] }, "claims": claims
    }))
    .unwrap()
}

fn collation() -> Found {
    let events = vec![
        event(&[1, 2, 3], "battle.clash", Some("2018-05-04"), Some("Hajin")),
        event(&[4], "explosion.shelling", Some("2018-05-02"), None),
        event(&[5, 6], "explosion.air_strike", None, Some("Bahra")),
    ];
    let report = new(1).report.id;
    let mut claims: Vec<PlacedClaim> = events
        .iter()
        .flat_map(|e| e.claims.iter().map(move |c| (c, e)))
        .map(|(c, e)| PlacedClaim { event: Some(e.id.clone()), ..unplaced(c, &report) })
        .collect();
    claims.push(PlacedClaim { origin: Some(OriginId::of(&[b"x"])), ..unplaced(&claim(7), &new(2).report.id) });
    claims.sort();
    Found { events, claims, reports: vec![(report, b"lineage".to_vec())], ..Found::default() }
}

#[test]
fn what_was_found_is_there_until_something_is_added_and_goes_when_replaced() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    assert!(!writer.needs_collation().unwrap());
    writer.add(&batch(0..5), &[], NOW).unwrap();
    assert!(writer.needs_collation().unwrap());
    let collation = collation();
    for _ in 0..2 {
        replace(&mut writer, &collation, |_| EventDetail::default()).unwrap();
        assert!(!writer.needs_collation().unwrap());
    }
    writer.add(&batch(0..5), &[], NOW).unwrap();
    assert!(!writer.needs_collation().unwrap());
    writer.add(&[came(1, "other.txt", None)], &[], NOW).unwrap();
    assert!(writer.needs_collation().unwrap());

    let counts = writer.counts().unwrap();
    assert_eq!((counts.events, counts.claims), (3, 7));
    let mut events = Vec::new();
    writer
        .each_event(|e| {
            events.push(e);
            Ok::<_, LedgerError>(())
        })
        .unwrap();
    let mut expected = collation.events.clone();
    expected.sort_by(|a, b| a.id.cmp(&b.id));
    assert_eq!(events, expected);
    assert_eq!(writer.comparison(&new(1).report.id).unwrap().as_deref(), Some(&b"lineage"[..]));
    assert_eq!(writer.claims_of(&new(2).report.id).unwrap().len(), 1);
    assert_eq!(writer.claim(&claim(7)).unwrap().unwrap().origin, Some(OriginId::of(&[b"x"])));

    replace(&mut writer, &Found::default(), |_| EventDetail::default()).unwrap();
    let counts = writer.counts().unwrap();
    assert_eq!((counts.events, counts.claims), (0, 0));
    assert_eq!(writer.find_event(expected[0].id.as_str()).unwrap(), None);
}

#[test]
fn a_collation_that_cannot_be_entered_leaves_the_old_one() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    let mut collation = collation();
    replace(&mut writer, &collation, |_| EventDetail::default()).unwrap();
    collation.events.push(collation.events[0].clone());
    assert!(replace(&mut writer, &collation, |_| EventDetail::default()).is_err());
    assert_eq!(writer.counts().unwrap().events, 3);
}

#[test]
fn any_id_made_from_a_claim_leads_to_its_event() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    let collation = collation();
    replace(&mut writer, &collation, |_| EventDetail::default()).unwrap();
    for event in &collation.events {
        for claim in &event.claims {
            let id = EventId::from_claim(claim);
            assert_eq!(writer.event(&id).unwrap().as_ref(), Some(event));
            for name in [id.as_str(), &id.as_str()[2..], &id.as_str()[..14], &id.as_str()[2..14]] {
                assert_eq!(writer.find_event(name).unwrap().as_ref(), Some(&event.id), "{name}");
            }
        }
    }
    assert!(matches!(writer.find_event("e:"), Ok(None)));
    assert_eq!(writer.find_event("e:0123456789").unwrap(), None);
    assert_eq!(writer.event(&EventId::from_claim(&claim(7))).unwrap(), None);
}

#[test]
fn events_are_listed_by_day_and_filtered() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    replace(&mut writer, &collation(), |_| EventDetail::default()).unwrap();
    drop(writer);
    let ledger = Ledger::open_read(dir.path()).unwrap();
    let list = |filter: EventFilter| -> Vec<String> { ledger.list_events(&filter).unwrap().into_iter().map(|e| e.event_type).collect() };
    let all = ["explosion.shelling", "battle.clash", "explosion.air_strike"];
    let some = |s: &str| Some(s.to_owned());
    assert_eq!(list(EventFilter::default()), all);
    assert_eq!(list(EventFilter { event_type: some("explosion"), ..Default::default() }), [all[0], all[2]]);
    assert_eq!(list(EventFilter { event_type: some("battle.clash"), ..Default::default() }), [all[1]]);
    assert_eq!(list(EventFilter { event_type: some("battle.c"), ..Default::default() }), [""; 0]);
    assert_eq!(list(EventFilter { from: some("2018-05-03"), ..Default::default() }), [all[1]]);
    assert_eq!(list(EventFilter { to: some("2018-05-03"), ..Default::default() }), [all[0]]);
    assert_eq!(list(EventFilter { place: some("hajin"), ..Default::default() }), [all[1]]);
    assert_eq!(list(EventFilter { place: some("x:1"), ..Default::default() }), [all[1], all[2]]);
    assert_eq!(list(EventFilter { actor: some("a:red"), origins: Some(2), ..Default::default() }), [all[1], all[2]]);
    assert_eq!(list(EventFilter { actor: some("blue"), skip: 1, limit: Some(1), ..Default::default() }), [all[1]]);
    assert_eq!(list(EventFilter { actor: some(""), ..Default::default() }), [""; 0]);
    assert_eq!(list(EventFilter { disputed: true, ..Default::default() }), [""; 0]);
    let line = ledger.list_events(&EventFilter { place: some("Hajin"), ..Default::default() }).unwrap().remove(0);
    assert_eq!(
        (line.start.as_deref(), line.lat, line.lon, line.reports, line.independent),
        (Some("2018-05-04"), Some(35.0), Some(40.0), 3, 1)
    );
}

#[test]
fn reports_and_events_are_found_by_their_words_and_reports_are_listed_by_day() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    writer.add(&batch(0..4), &[], NOW).unwrap();
    // Stands for what the caller knows of words.
    let words = |text: &str| SearchWords { words: text.to_owned(), stems: "stem".to_owned() };
    writer.enter_words(|report| words(&report.text)).unwrap();
    let mut collation = collation();
    let detail = |_: &Event| EventDetail { languages: vec!["ar".to_owned()], candidates: Vec::new(), words: words("bridge") };
    let line = |n: u32, day: Option<&str>| ReportLine {
        report: new(n).report.id,
        source: new(n).report.source,
        language: "ar".to_owned(),
        day: day.map(|day| day.parse().unwrap()),
        copies: None,
    };
    collation.lines = vec![line(0, Some("2030-01-02")), line(1, None), line(2, Some("2030-01-03"))];
    replace(&mut writer, &collation, detail).unwrap();

    assert_eq!(writer.events_with("\"bridge\"").unwrap(), [0, 1, 2]);
    assert_eq!(writer.events_with("\"well\"").unwrap(), [0; 0]);
    let (found, total) = writer.reports_with("\"3\"", 0, 10).unwrap();
    assert_eq!((found, total), (vec![new(3).report.id], 1));
    assert_eq!(writer.reports_with("stems : \"stem\"", 1, 2).unwrap().1, 4);

    let list = |filter: &ReportFilter| writer.list_reports(filter).unwrap();
    let (page, total) = list(&ReportFilter { limit: 2, ..ReportFilter::default() });
    assert_eq!(page.iter().map(|found| found.id.clone()).collect::<Vec<_>>(), [new(2).report.id, new(0).report.id]);
    assert_eq!(total, 3);
    let after = page.last().map(|found| (found.day.clone(), found.id.to_string()));
    assert_eq!(list(&ReportFilter { after, limit: 2, ..ReportFilter::default() }).0[0].id, new(1).report.id);
    assert_eq!(list(&ReportFilter { to: Some("2030-01-02".to_owned()), limit: 9, ..ReportFilter::default() }).1, 1);
    assert_eq!(writer.sources().unwrap()[0].reports, 3);
    let mut rows = Vec::new();
    writer.each_event_row(|row| rows.push(row)).unwrap();
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| row.actors.len() == 2 && row.languages.as_deref() == Some("ar")));

    // What is found anew takes the place of all that was found before.
    replace(&mut writer, &Found::default(), |_| EventDetail::default()).unwrap();
    assert_eq!(writer.events_with("\"bridge\"").unwrap(), [0; 0]);
    assert_eq!(writer.reports_with("\"3\"", 0, 10).unwrap().1, 1);
}

#[test]
fn every_change_gives_the_ledger_another_state_and_reading_gives_none() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    let reader = Ledger::open_read(dir.path()).unwrap();
    let mut states = vec![reader.state().unwrap()];
    writer.add(&batch(0..2), &[], NOW).unwrap();
    states.push(reader.state().unwrap());
    writer.add(&batch(0..2), &[], NOW).unwrap();
    assert_eq!(reader.state().unwrap(), states[1], "nothing was new");
    writer.enter_words(|_| SearchWords::default()).unwrap();
    states.push(reader.state().unwrap());
    replace(&mut writer, &collation(), |_| EventDetail::default()).unwrap();
    states.push(reader.state().unwrap());
    let aside = SetAside { path: "x".to_owned(), reason: "broken".to_owned(), ..SetAside::default() };
    writer.add(&[], &[aside], NOW).unwrap();
    states.push(reader.state().unwrap());
    reader.counts().unwrap();
    assert_eq!(reader.state().unwrap(), states[4]);
    for (i, state) in states.iter().enumerate() {
        assert!(states[i + 1..].iter().all(|later| later != state && later.collations >= state.collations), "{states:?}");
    }
}
