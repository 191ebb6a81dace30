//! What is found anew takes the place of what was found before, and only of what differs: nothing shows which way it came.

use crate::collated::event;
use crate::sample::{Found, NOW, batch, new, replace, writer};
use marsad_ledger::{EventDetail, PlacedClaim, ReportLine, SearchWords, Writer};
use marsad_model::{Event, EventId, OriginId};
use proptest::prelude::*;
use std::path::Path;

/// A partition of some claims into events, as numbers: of each claim its event, and how the event is told.
fn collation(of: &[(u32, u32)], sources: u64) -> Found {
    let mut groups: std::collections::BTreeMap<u32, Vec<(u32, u32)>> = std::collections::BTreeMap::new();
    for (claim, &(group, day)) in (0..).zip(of) {
        if group > 0 {
            groups.entry(group).or_default().push((claim, day));
        }
    }
    let mut found = Found { sources, ..Found::default() };
    for told in groups.values() {
        let claims: Vec<u32> = told.iter().map(|t| t.0).collect();
        let day = format!("2018-05-0{}", told[0].1);
        let mut event = event(&claims, "battle.clash", Some(&day), (told[0].1 > 2).then_some("Hajin"));
        event.grade.because = vec![format!("of {} loaded", marsad_model::Grade::LOADED)];
        found.claims.extend(event.claims.iter().map(|claim| PlacedClaim {
            id: claim.clone(),
            report: new(told[0].0 % 4).report.id,
            event: Some(event.id.clone()),
            origin: (told[0].1 > 1).then(|| OriginId::of(&[day.as_bytes()])),
            confidence: Some(told[0].1 * 100),
            settled: told[0].1 == 3,
        }));
        found.sums.push((event.id.clone(), marsad_model::sha256_hex(&serde_json::to_vec(&event).unwrap())));
        found.events.push(event);
    }
    found.events.sort_by(|a, b| a.id.cmp(&b.id));
    found.claims.sort();
    for (n, &(group, day)) in (0..4).zip(of) {
        let report = new(n).report;
        found.reports.push((report.id.clone(), format!("{group} {day}").into_bytes()));
        let day = (day > 1).then(|| format!("2030-01-0{day}").parse().unwrap());
        found.lines.push(ReportLine { report: report.id, source: report.source, language: "ar".to_owned(), day, copies: None });
    }
    found
}

/// Words that hang on the event alone.
fn detail(event: &Event) -> EventDetail {
    let words = event.time.as_ref().map(|t| format!("{:?}", t.start)).unwrap_or_default();
    let words = format!("day{}", words.chars().filter(char::is_ascii_digit).collect::<String>());
    EventDetail { languages: vec!["ar".to_owned()], candidates: Vec::new(), words: SearchWords { words, stems: "stem".to_owned() } }
}

/// Every row of what was found, without the events' numbers; and what each word finds.
fn rows(writer: &Writer, dir: &Path) -> Vec<String> {
    let db = rusqlite::Connection::open(dir.join("marsad.db")).unwrap();
    let mut out = Vec::new();
    for table in ["event_body", "event", "event_alias", "event_actor", "claim", "comparison", "report_line"] {
        let mut statement = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let row = |row: &rusqlite::Row<'_>| {
            let told = |(i, name): (usize, &String)| match name.as_str() {
                "n" => String::new(),
                _ => format!("{:?}", row.get_ref(i).unwrap()),
            };
            Ok(format!("{table} {}", names.iter().enumerate().map(told).collect::<Vec<_>>().join(" ")))
        };
        out.extend(statement.query_map([], row).unwrap().map(Result::unwrap));
    }
    let mut numbers: Vec<(u32, String)> = Vec::new();
    writer.each_event_row(|row| numbers.push((row.n.unwrap(), row.id))).unwrap();
    for day in 1..4 {
        for n in writer.events_with(&format!("\"day2018050{day}\"")).unwrap() {
            let event = numbers.iter().find(|(number, _)| *number == n).expect("a number that is found is an event's");
            out.push(format!("day {day} {}", event.1));
        }
    }
    numbers.sort();
    assert!(numbers.windows(2).all(|w| w[0].0 < w[1].0), "two events of one number");
    out.push(format!("{} sources", writer.sources_loaded().unwrap()));
    out.sort();
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_ledger_that_was_renewed_often_is_as_one_that_was_made_at_once(
        steps in prop::collection::vec((prop::collection::vec((0u32..5, 1u32..4), 4..12), 1u64..4), 2..6),
    ) {
        let (often, once) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (mut a, mut b) = (writer(often.path()), writer(once.path()));
        a.add(&batch(0..4), &[], NOW).unwrap();
        b.add(&batch(0..4), &[], NOW).unwrap();
        for (of, sources) in &steps {
            replace(&mut a, &collation(of, *sources), detail).unwrap();
        }
        let (of, sources) = steps.last().unwrap();
        replace(&mut b, &collation(of, *sources), detail).unwrap();
        prop_assert_eq!(rows(&a, often.path()), rows(&b, once.path()));
    }
}

#[test]
fn what_is_found_as_before_is_not_entered_again_and_the_count_of_sources_is_told_on_reading() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    let first = collation(&[(1, 1), (1, 1), (2, 2), (3, 3)], 2);
    replace(&mut writer, &first, detail).unwrap();
    let asked = std::cell::RefCell::new(Vec::new());
    let note = |event: &Event| {
        asked.borrow_mut().push(event.id.clone());
        detail(event)
    };
    replace(&mut writer, &Found { sources: 3, ..first.clone() }, note).unwrap();
    assert_eq!(*asked.borrow(), [] as [EventId; 0]);
    let told = writer.event(&first.events[0].id).unwrap().unwrap();
    assert_eq!(told.grade.because, ["of 3 sources loaded"]);

    // One event's day is told otherwise; the others stay.
    let second = collation(&[(1, 1), (1, 1), (2, 3), (3, 3)], 1);
    replace(&mut writer, &second, note).unwrap();
    let changed: Vec<EventId> = second.events.iter().filter(|e| !first.events.contains(e)).map(|e| e.id.clone()).collect();
    assert_eq!((changed.len(), &*asked.borrow()), (1, &changed));
    assert_eq!(writer.event_page(&first.events[0].id).unwrap().unwrap().event.grade.because, ["of 1 source loaded"]);
}
