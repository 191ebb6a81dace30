//! A changed byte or row is named.

use crate::sample::{NOW, batch, bytes, flip, flip_last, new, pack, writer};
use marsad_ledger::{Fault, Ledger, LedgerError, Remainder};
use std::path::Path;

fn filled() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    for start in (0..30).step_by(10) {
        writer.add(&batch(start..start + 10), &[], NOW).unwrap();
    }
    dir
}

fn sql(dir: &Path, statements: &str) {
    rusqlite::Connection::open(dir.join("marsad.db")).unwrap().execute_batch(statements).unwrap();
}

#[test]
fn the_log_tells_what_was_done() {
    let dir = filled();
    let ledger = Ledger::open_read(dir.path()).unwrap();
    let mut told = Vec::new();
    ledger.each_custody(|e| told.push((e.seq, e.what, e.at))).unwrap();
    let expected = [(1, "began"), (2, "sealed"), (3, "sealed"), (4, "sealed")];
    assert_eq!(told, expected.map(|(seq, what)| (seq, what.to_owned(), NOW.to_owned())));
    let found = ledger.verify_custody().unwrap();
    assert_eq!((found.checked, found.faults), (4, vec![]));
    let mut seen = 0;
    let found = ledger.verify_originals(|n| seen = n).unwrap();
    assert_eq!((found.checked, found.faults, seen), (30, vec![], 30));
}

#[test]
fn a_changed_byte_of_an_original_is_named() {
    let dir = filled();
    flip_last(dir.path());
    let changed = new(29).intake.sha256;
    let ledger = Ledger::open_read(dir.path()).unwrap();
    assert!(matches!(ledger.original(&changed), Err(LedgerError::OriginalChanged { pack: 1, .. })));
    let faults = ledger.verify_originals(|_| ()).unwrap().faults;
    assert!(
        matches!(&faults[..], [Fault::Original { sha256, paths, .. }] if *sha256 == changed && *paths == ["posts.jsonl"]),
        "{faults:?}"
    );
    assert!(faults[0].to_string().contains("posts.jsonl"));
}

#[test]
fn every_changed_byte_of_a_pack_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    writer(dir.path()).add(&batch(0..2), &[], NOW).unwrap();
    let ledger = Ledger::open_read(dir.path()).unwrap();
    let whole = std::fs::read(pack(dir.path())).unwrap();
    for at in 0..whole.len() {
        flip(&pack(dir.path()), at);
        let faults = ledger.verify_originals(|_| ()).unwrap().faults;
        assert!(!faults.is_empty(), "byte {at}");
        // zlib has bits that mean nothing: then the bytes as they came are the same, and can still be had.
        let same = (0..2).all(|n| ledger.original(&new(n).intake.sha256).is_ok_and(|b| b == bytes(n)));
        assert!(!same || at >= 96, "byte {at}");
        std::fs::write(pack(dir.path()), &whole).unwrap();
    }
}

#[test]
fn whatever_is_changed_in_the_log_or_in_what_it_tells_of_is_named() {
    for (change, entry) in [
        ("UPDATE custody SET at = '2020-01-01T00:00:00Z' WHERE seq = 3", 3),
        ("UPDATE custody SET what = 'began' WHERE seq = 3", 3),
        ("UPDATE custody SET hash = previous WHERE seq = 2", 2),
        ("UPDATE intake SET sealed_at = '2020-01-01T00:00:00Z' WHERE n = 15", 3),
        ("UPDATE intake SET path = 'other' WHERE n = 15", 3),
        ("UPDATE intake SET given = '{}' WHERE n = 15", 3),
        ("UPDATE intake SET seq = 4 WHERE n = 15", 3),
        ("PRAGMA foreign_keys = OFF; DELETE FROM intake WHERE n = 25", 4),
        ("PRAGMA foreign_keys = OFF; DELETE FROM original WHERE n = 25", 4),
        ("PRAGMA foreign_keys = OFF; DELETE FROM custody WHERE seq = 3", 4),
        ("PRAGMA foreign_keys = OFF; DELETE FROM custody WHERE seq = 4", 4),
        ("INSERT INTO original (sha256, pack, start, stored, length, seq) VALUES ('x', 1, 9, 9, 9, 1)", 1),
        ("INSERT INTO original (sha256, pack, start, stored, length, seq) VALUES ('x', 1, 9, 9, 9, 2)", 2),
    ] {
        let dir = filled();
        sql(dir.path(), change);
        let faults = Ledger::open_read(dir.path()).unwrap().verify_custody().unwrap().faults;
        assert!(matches!(faults.first(), Some(Fault::Custody { seq, .. }) if *seq == entry), "{change}: {faults:?}");
    }
}

#[test]
fn an_entry_written_anew_no_longer_leads_to_the_next() {
    let dir = filled();
    let ledger = Ledger::open_read(dir.path()).unwrap();
    let mut entries = Vec::new();
    ledger.each_custody(|e| entries.push(e)).unwrap();
    let forged =
        marsad_model::sha256_hex(serde_json::json!([1, "2020-01-01T00:00:00Z", "began", entries[0].detail, ""]).to_string().as_bytes());
    sql(dir.path(), &format!("UPDATE custody SET at = '2020-01-01T00:00:00Z', hash = '{forged}' WHERE seq = 1"));
    let faults = ledger.verify_custody().unwrap().faults;
    assert!(matches!(&faults[..], [Fault::Custody { seq: 2, .. }]), "{faults:?}");
}

#[test]
fn a_changed_text_is_named_by_its_report() {
    let dir = filled();
    let ledger = Ledger::open_read(dir.path()).unwrap();
    let found = ledger.verify_texts().unwrap();
    assert_eq!((found.checked, found.faults), (30, vec![]));
    let changed = |n: u32| new(n).report.id;
    sql(dir.path(), &format!("UPDATE report SET body = replace(body, 'قذيفة', 'قذيفتان') WHERE id = '{}'", changed(7)));
    let faults = ledger.verify_texts().unwrap().faults;
    assert!(matches!(&faults[..], [Fault::Text { report, .. }] if *report == changed(7)), "{faults:?}");
    sql(dir.path(), &format!("UPDATE report SET body = '{{' WHERE id = '{}'", changed(8)));
    let text = "(SELECT body FROM report WHERE id = ";
    sql(dir.path(), &format!("UPDATE report SET body = {text}'{}') WHERE id = '{}'", changed(10), changed(9)));
    let mut named: Vec<_> = [7, 8, 9].map(changed).to_vec();
    named.sort();
    let faults = ledger.verify_texts().unwrap().faults;
    assert_eq!(
        faults.iter().filter_map(|f| if let Fault::Text { report, .. } = f { Some(report.clone()) } else { None }).collect::<Vec<_>>(),
        named
    );
    assert_eq!(ledger.verify_custody().unwrap().faults, []);
}

#[test]
fn what_a_killed_run_left_is_told_and_is_no_fault() {
    let dir = filled();
    let ledger = Ledger::open_read(dir.path()).unwrap();
    assert_eq!(ledger.remainders().unwrap(), []);
    let mut whole = std::fs::read(pack(dir.path())).unwrap();
    whole.extend([7; 11]);
    std::fs::write(pack(dir.path()), &whole).unwrap();
    assert_eq!(ledger.remainders().unwrap(), [Remainder { pack: 1, bytes: 11 }]);
    assert_eq!(ledger.verify_originals(|_| ()).unwrap().faults, []);
}
