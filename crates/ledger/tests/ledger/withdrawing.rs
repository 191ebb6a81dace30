//! What is withdrawn is in none of the ledger's files any more; its tombstone is, and the log still holds.

use crate::sample::{NOW, all, batch, bytes, came, copy, new, version, writer};
use marsad_ledger::{Expected, Ledger, LedgerError, NewDecision, Reading, Tombstone, Withdrawal, Withdrawn, Writer};
use marsad_model::{DecisionId, ReportId};
use std::collections::BTreeSet;
use std::path::Path;

const LATER: &str = "2026-02-03T04:05:06Z";

fn decision(id: &str, says: &str, reports: &[&ReportId]) -> NewDecision {
    NewDecision { id: DecisionId::from(format!("d:{id}")), body: says.to_owned(), reports: reports.iter().map(|r| (*r).clone()).collect() }
}

fn withdrawal(report: &ReportId) -> Withdrawal {
    let decision = decision("ff", "withdrawn", &[report]);
    Withdrawal {
        what: Withdrawn::Report(report.clone()),
        by: "Huda".to_owned(),
        ground: "a family asked".to_owned(),
        decision,
        also: BTreeSet::new(),
    }
}

/// A ledger of thirty reports, one of which tells what must go, and two decisions, one of which quotes it.
fn filled(dir: &Path) -> ReportId {
    let mut writer = writer(dir);
    writer.add(&batch(0..30), &[], NOW).unwrap();
    let mut secret = came(100, "the-house-of-salim.txt", Some("salim"));
    "Salim of the mill was led away.".clone_into(&mut secret.report.text);
    secret.report.title = Some("Salim led away".to_owned());
    secret.intake.given = Some("{\"title\":\"Salim led away\"}".to_owned());
    secret.analysis = b"Salim".to_vec();
    writer.add(&[secret.clone(), came(100, "again.txt", None)], &[], NOW).unwrap();
    let (id, other) = (secret.report.id, new(3).report.id);
    drop(writer);
    for one in [decision("01", "accept: Salim of the mill", &[&id]), decision("02", "accept: a bridge", &[&other])] {
        Ledger::decide(dir, &[one], Expected::Any, NOW).unwrap();
    }
    id
}

fn holds(dir: &Path, words: &[u8]) -> bool {
    let mut open = vec![dir.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(path).unwrap().map(|e| e.unwrap().path()));
        } else if std::fs::read(&path).unwrap().windows(words.len()).any(|w| w == words) {
            return true;
        }
    }
    false
}

fn assert_gone(dir: &Path, id: &ReportId) {
    for words in ["Salim", "house-of", "again.txt", "رقم 100"] {
        assert!(!holds(dir, words.as_bytes()), "{words}");
    }
    let ledger = Ledger::open_read(dir).unwrap();
    assert!(!ledger.has_unfinished_withdrawal().unwrap());
    assert!(ledger.report(id).unwrap().is_none() && all(&ledger).len() == 30);
    assert_eq!(ledger.verify_custody().unwrap().faults, []);
    assert_eq!(ledger.verify_rows().unwrap().faults, []);
    assert_eq!(ledger.verify_originals(|_| ()).unwrap().faults, []);
    assert!(ledger.each_custody(|_| ()).is_ok());
    for n in 0..30 {
        assert_eq!(ledger.original(&new(n).intake.sha256).unwrap(), bytes(n));
    }
    assert_eq!(ledger.decisions().unwrap(), ["accept: a bridge", "withdrawn"]);
    let stone: Tombstone = ledger.withdrawn(id).unwrap().unwrap();
    assert_eq!((stone.at.as_str(), stone.by.as_str(), stone.ground.as_str()), (LATER, "Huda", "a family asked"));
    assert_eq!(stone.originals, BTreeSet::from([came(100, "", None).intake.sha256]));
    assert_eq!(stone.decisions, BTreeSet::from([DecisionId::from("d:01")]));
    assert!(matches!(ledger.original(stone.originals.first().unwrap()), Err(LedgerError::Withdrawn { .. })));
}

fn withdraw(dir: &Path, id: &ReportId) -> Writer {
    let mut writer = writer(dir);
    writer.withdraw(&withdrawal(id), LATER).unwrap();
    writer
}

#[test]
fn what_is_withdrawn_is_in_no_file_and_the_log_still_holds() {
    let dir = tempfile::tempdir().unwrap();
    let id = filled(dir.path());
    assert!(holds(dir.path(), b"Salim of the mill") && holds(dir.path(), b"house-of"));
    let mut writer = withdraw(dir.path(), &id);
    writer.finish_withdrawal().unwrap();
    drop(writer);
    assert_gone(dir.path(), &id);

    // The same bytes and the same record come in no more, and nobody can rule on it.
    let mut writer = crate::sample::writer(dir.path());
    assert!(matches!(writer.add(&[came(100, "third.txt", None)], &[], LATER), Err(LedgerError::Withdrawn { .. })));
    assert!(matches!(writer.withdraw(&withdrawal(&id), LATER), Err(LedgerError::Withdrawn { .. })));
    writer.add(&[new(31)], &[], LATER).unwrap();
    drop(writer);
    let quoting = decision("03", "accept: Salim", &[&id]);
    assert_eq!(Ledger::decide(dir.path(), &[quoting], Expected::Any, LATER).unwrap(), Some(0));
    // Reading all again asks for what is there alone.
    let mut version = version();
    version.knowledge = "b".to_owned();
    let mut writer = Ledger::create_or_open(dir.path(), &version, LATER).unwrap();
    let mut asked = 0;
    let read = |o: marsad_ledger::Original| Reading {
        report: crate::sample::report(&o.bytes),
        intake: o.intakes[0].clone(),
        analysis: Vec::new(),
    };
    writer
        .reread::<LedgerError>(8, LATER, |originals| {
            asked += originals.len();
            Ok((originals.into_iter().map(read).collect(), Vec::new()))
        })
        .unwrap();
    assert_eq!(asked, 31);
    assert_eq!(writer.verify_custody().unwrap().faults, []);
    assert_eq!(writer.verify_rows().unwrap().faults, []);
}

#[test]
fn a_withdrawal_that_was_stopped_is_finished_at_the_next_opening() {
    let dir = tempfile::tempdir().unwrap();
    let id = filled(dir.path());
    drop(withdraw(dir.path(), &id));
    // The bytes are there still, and the ledger says so; what is left to do can be done as often as one likes.
    let ledger = Ledger::open_read(dir.path()).unwrap();
    assert!(ledger.has_unfinished_withdrawal().unwrap());
    assert_eq!(ledger.verify_originals(|_| ()).unwrap().faults, []);
    drop(ledger);
    let stopped = tempfile::tempdir().unwrap();
    copy(dir.path(), stopped.path());
    // Stopped in the middle of a record.
    let pack = crate::sample::pack(stopped.path());
    let mut whole = std::fs::read(&pack).unwrap();
    let length = whole.len();
    whole[length - 80..length - 40].fill(0);
    std::fs::write(&pack, whole).unwrap();
    for dir in [dir.path(), stopped.path()] {
        let mut writer = writer(dir);
        writer.finish_withdrawal().unwrap();
        drop(writer);
        assert_gone(dir, &id);
    }
}

#[test]
fn what_was_taken_out_without_a_withdrawal_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let id = filled(dir.path());
    withdraw(dir.path(), &id).finish_withdrawal().unwrap();
    for change in [
        "UPDATE decision SET body = NULL",
        "UPDATE original SET withdrawn = 1 WHERE n = 4",
        "UPDATE original SET withdrawn = NULL",
        "DELETE FROM withdrawn",
        "UPDATE decision SET withdrawn = (SELECT max(withdrawn) FROM decision), body = NULL",
    ] {
        let changed = tempfile::tempdir().unwrap();
        copy(dir.path(), changed.path());
        rusqlite::Connection::open(changed.path().join("marsad.db")).unwrap().execute_batch(change).unwrap();
        let ledger = Ledger::open_read(changed.path()).unwrap();
        assert!(!ledger.verify_custody().unwrap().faults.is_empty(), "{change}");
    }
    // Bytes that were put back are named too.
    let pack = crate::sample::pack(dir.path());
    let mut whole = std::fs::read(&pack).unwrap();
    *whole.last_mut().unwrap() = 7;
    std::fs::write(&pack, whole).unwrap();
    assert_eq!(Ledger::open_read(dir.path()).unwrap().verify_originals(|_| ()).unwrap().faults.len(), 1);
}
