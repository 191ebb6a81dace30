//! Matching: one to one, and the same whatever the order of events.

use super::*;
use marsad_gazetteer::Gazetteer;
use marsad_knowledge::{Actors, Files};
use serde_json::json;

fn event(id: &str, day: &str, place: &str, kind: &str, killed: u32) -> Event {
    let body = json!({
        "id": id, "type": kind, "level": "act", "part_of": null, "summary": "",
        "time": {"start": day, "end": day, "precision": "day"},
        "place": {"id": null, "name": place, "lat": null, "lon": null, "radius_m": null, "precision": "settlement"},
        "actors": [], "means": [], "reports": 1, "origins": 1, "support": {"independent": 0, "untraced": 1},
        "casualties": [{"harm": "killed", "status": "unknown", "group": null, "affiliation": null, "min": killed, "max": killed,
            "count": "exact", "scope": "event"}],
        "agreed": [], "disagreements": [], "positions": [], "claims": [],
        "grade": {"occurrence": "single", "contested": [], "airwars": "weak", "because": []},
    });
    serde_json::from_value(body).unwrap()
}

fn found(table: &str, events: &[Event]) -> Evaluation {
    let files = Files::embedded();
    let (shapes, actors) = (Shapes::load(&files).unwrap(), Actors::load(&files, |_, _, _, _| {}).unwrap());
    evaluate(table.as_bytes(), &Told::default(), events, &shapes, &Known::new(Gazetteer::embedded(), &actors)).unwrap()
}

fn pairs(found: &Evaluation) -> Vec<(u64, String)> {
    found.matched().map(|l| (l.line.unwrap(), l.event.clone().unwrap().to_string())).collect()
}

#[test]
fn the_pair_that_more_speaks_for_is_taken_and_equal_ones_go_by_id() {
    // Two strikes on one day in one town: the number of the dead tells which row is which.
    let table = "date,place,type,deaths\n2031-05-01,Nowhere Hill,air strike,9\n2031-05-01,Nowhere Hill,air strike,2\n";
    let mut events = vec![
        event("e:1", "2031-05-01", "Nowhere Hill", "explosion.air_strike", 2),
        event("e:2", "2031-05-01", "Nowhere Hill", "explosion.air_strike", 9),
    ];
    let expected = [(2, "e:2".to_owned()), (3, "e:1".to_owned())];
    assert_eq!(pairs(&found(table, &events)), expected);
    events.reverse();
    assert_eq!(pairs(&found(table, &events)), expected);
    // Nothing tells them apart: the earlier row has the smaller id.
    let same: Vec<Event> = ["e:9", "e:3"].map(|id| event(id, "2031-05-01", "Nowhere Hill", "explosion.air_strike", 2)).into();
    assert_eq!(pairs(&found("date,place\n2031-05-01,Nowhere Hill\n", &same)), [(2, "e:3".to_owned())]);
}

#[test]
fn what_is_far_in_day_and_place_is_another_event() {
    let one = [event("e:1", "2031-05-01", "Nowhere Hill", "explosion.air_strike", 2)];
    assert_eq!(pairs(&found("date,place,type,deaths\n2031-05-02,Nowhere Hill,air strike,2\n", &one)).len(), 1);
    // A week off: only where type and number speak for it, and then the date is wrong.
    let late = found("date,place,type,deaths\n2031-05-08,Nowhere Hill,air strike,3\n", &one);
    assert!(pairs(&late).is_empty());
    // A month off, or another place, is no error of one field.
    assert!(pairs(&found("date,place,type,deaths\n2031-06-08,Nowhere Hill,air strike,2\n", &one)).is_empty());
    assert!(pairs(&found("date,place\n2031-05-01,Somewhere Else\n", &one)).is_empty());
    assert_eq!(found("date,place\n2031-05-01,Somewhere Else\n", &one).only_ours().count(), 1);
}

#[test]
fn tables_with_other_marks_and_broken_rows_are_told_of() {
    let one = [event("e:1", "2031-05-01", "Nowhere Hill", "explosion.air_strike", 2)];
    for table in [
        "date;place;deaths\n2031-05-01;Nowhere Hill;2\n",
        "\u{feff}Date\tPlace\tDeaths\n01 May 2031\tnowhere hill\t2\n",
        "date,place,deaths\n٢٠٣١-٠٥-٠١,Nowhere Hill,٢\n",
        "date,place,deaths\n۲۰۳۱-۰۵-۰۱,Nowhere Hill,۲٫0\n",
    ] {
        let found = found(table, &one);
        assert_eq!(found.counts["deaths"], Count { right: 1, ..Count::default() }, "{table}");
    }
    let files = Files::embedded();
    let (shapes, actors) = (Shapes::load(&files).unwrap(), Actors::load(&files, |_, _, _, _| {}).unwrap());
    let known = Known::new(Gazetteer::embedded(), &actors);
    let fault = |table: &[u8]| evaluate(table, &Told::default(), &one, &shapes, &known).unwrap_err().to_string();
    assert!(fault(b"date,place,deaths\n2031-05-01,X,many\n").contains("line 2: `many` in `deaths`"));
    assert!(fault(b"date,place\n05/01/2031,X\n").contains("line 2"));
    assert!(fault(b"place\nX\n").contains("--map date=COLUMN"));
    assert!(fault(b"date,place\n\xff\xfe,X\n").contains("reading the table"));
    for bytes in [&b""[..], b"\n\n", b"date,place\n", b"\xff"] {
        let _ = evaluate(bytes, &Told::default(), &one, &shapes, &known);
    }
}
