//! What people decided is added one after the other, never changed, and the custody log tells of it.

use crate::sample::{Found, NOW, batch, copy, new, replace, version, writer};
use marsad_ledger::{EventDetail, Expected, Fault, Ledger, LedgerError, NewDecision};
use marsad_model::DecisionId;
use std::collections::BTreeSet;
use std::path::Path;

pub(crate) fn decision(n: u32) -> NewDecision {
    NewDecision {
        id: DecisionId::of(&[&n.to_be_bytes()]),
        body: format!("{{\"n\":{n}}}"),
        reports: BTreeSet::from([new(n % 3).report.id, new(n % 2).report.id]),
    }
}

fn decide(dir: &Path, numbers: std::ops::Range<u32>, expected: Expected) -> Option<u64> {
    Ledger::decide(dir, &numbers.map(decision).collect::<Vec<_>>(), expected, NOW).unwrap()
}

fn database(dir: &Path, statements: &str) -> rusqlite::Result<()> {
    rusqlite::Connection::open(dir.join("marsad.db")).unwrap().execute_batch(statements)
}

#[test]
fn decisions_are_there_in_their_order_each_once() {
    let dir = tempfile::tempdir().unwrap();
    writer(dir.path()).add(&batch(0..3), &[], NOW).unwrap();
    assert_eq!(decide(dir.path(), 0..3, Expected::Any), Some(3));
    assert_eq!(decide(dir.path(), 1..5, Expected::Any), Some(2));
    assert_eq!(decide(dir.path(), 0..5, Expected::Any), Some(0));
    let ledger = Ledger::open_read(dir.path()).unwrap();
    assert_eq!(ledger.decisions().unwrap(), (0..5).map(|n| decision(n).body).collect::<Vec<_>>());
    assert_eq!(ledger.decisions_on(&BTreeSet::from([new(2).report.id])).unwrap(), [decision(2).body]);
    assert_eq!(ledger.decision(&decision(4).id).unwrap(), Some(decision(4).body));
    assert_eq!(ledger.find_decision(&decision(4).id.as_str()[..10]).unwrap(), Some(decision(4).id));
    assert_eq!(ledger.decisions_since_collation().unwrap().len(), 5);
    // An entry for what was new, none for what was known.
    assert_eq!(ledger.verify_custody().unwrap().checked, 4);
    assert_eq!(ledger.verify_custody().unwrap().faults, []);
}

#[test]
fn who_expects_another_number_of_decisions_adds_nothing() {
    let dir = tempfile::tempdir().unwrap();
    drop(writer(dir.path()));
    assert_eq!(decide(dir.path(), 0..2, Expected::Count(0)), Some(2));
    assert_eq!(decide(dir.path(), 2..3, Expected::Count(0)), None);
    assert_eq!(Ledger::open_read(dir.path()).unwrap().decision_count().unwrap(), 2);
    assert_eq!(decide(dir.path(), 2..3, Expected::Count(2)), Some(1));
}

#[test]
fn people_decide_while_a_run_holds_the_ledger_and_events_are_then_found_anew() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    writer.add(&batch(0..3), &[], NOW).unwrap();
    replace(&mut writer, &Found::default(), |_| EventDetail::default()).unwrap();
    assert!(!writer.needs_collation().unwrap());
    assert_eq!(decide(dir.path(), 0..1, Expected::Any), Some(1));
    assert!(writer.needs_collation().unwrap());
    // What was compared without it does not pass for compared with it.
    replace(&mut writer, &Found::default(), |_| EventDetail::default()).unwrap();
    assert!(writer.needs_collation().unwrap());
    replace(&mut writer, &Found { decisions: 1, ..Found::default() }, |_| EventDetail::default()).unwrap();
    assert!(!writer.needs_collation().unwrap());
    writer.add(&batch(3..5), &[], NOW).unwrap();
    assert_eq!(writer.verify_custody().unwrap().faults, []);
}

#[test]
fn a_decision_cannot_be_changed_or_taken_out() {
    let dir = tempfile::tempdir().unwrap();
    drop(writer(dir.path()));
    decide(dir.path(), 0..2, Expected::Any);
    for statement in [
        "DELETE FROM decision",
        "UPDATE decision SET body = '{}'",
        "UPDATE decision SET id = 'd:1' WHERE n = 1",
        "UPDATE decision SET n = 9 WHERE n = 1",
    ] {
        assert!(database(dir.path(), statement).is_err(), "{statement}");
    }
    assert_eq!(Ledger::open_read(dir.path()).unwrap().decision_count().unwrap(), 2);
}

#[test]
fn whoever_gets_round_that_is_named() {
    let whole = tempfile::tempdir().unwrap();
    drop(writer(whole.path()));
    decide(whole.path(), 0..2, Expected::Any);
    decide(whole.path(), 2..4, Expected::Any);
    let off = "PRAGMA foreign_keys = OFF; DROP TRIGGER decision_stays; DROP TRIGGER decision_is_kept; DELETE FROM decision_report;";
    let tampered = [
        ("UPDATE decision SET body = replace(body, '1', '7') WHERE n = 2", 2),
        ("UPDATE decision SET id = 'd:0' WHERE n = 3", 3),
        ("UPDATE decision SET seq = 2 WHERE n = 3", 2),
        ("DELETE FROM decision WHERE n = 4", 3),
        ("INSERT INTO decision (id, body, sha256, seq) VALUES ('d:0', '{}', 'x', 9)", 9),
        ("UPDATE custody SET detail = replace(detail, '2', '1') WHERE seq = 2", 2),
    ];
    for (statement, seq) in tampered {
        let dir = tempfile::tempdir().unwrap();
        copy(whole.path(), dir.path());
        database(dir.path(), &format!("{off} {statement}")).unwrap();
        let faults = Ledger::open_read(dir.path()).unwrap().verify_custody().unwrap().faults;
        assert!(matches!(faults.first(), Some(Fault::Custody { seq: named, .. }) if *named == seq), "{statement}: {faults:?}");
    }
}

#[test]
fn nothing_is_decided_where_there_is_no_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let nowhere = dir.path().join("nowhere");
    assert!(matches!(Ledger::decide(&nowhere, &[decision(1)], Expected::Any, NOW), Err(LedgerError::NoLedger { .. })));
    assert!(!nowhere.exists());
    assert_eq!(Ledger::create_or_open(&nowhere, &version(), NOW).unwrap().decisions().unwrap(), [""; 0]);
}
