//! What is and what is not a ledger, who may write, and ledgers made by older programs.

use crate::decisions::decision;
use crate::sample::{NOW, all, assert_holds, batch, new, pack, version, writer};
use marsad_ledger::{Expected, Ledger, LedgerError};
use std::fs;
use std::path::Path;

fn database(dir: &Path, statements: &str) {
    rusqlite::Connection::open(dir.join("marsad.db")).unwrap().execute_batch(statements).unwrap();
}

/// Both ways of opening refuse; the messages and hints say enough.
fn refused(dir: &Path, words: &str) {
    for error in [Ledger::create_or_open(dir, &version(), NOW).unwrap_err(), Ledger::open_read(dir).unwrap_err()] {
        assert!(error.to_string().contains(words), "{error}");
        assert!(error.hint().is_some());
    }
}

#[test]
fn a_second_run_is_refused_and_readers_are_not() {
    let dir = tempfile::tempdir().unwrap();
    let mut first = writer(dir.path());
    let error = Ledger::create_or_open(dir.path(), &version(), NOW).unwrap_err();
    assert!(matches!(error, LedgerError::Locked { .. }));
    first.add(&batch(0..3), &[], NOW).unwrap();
    assert_holds(dir.path(), 0..3);
    drop(first);
    writer(dir.path()).add(&batch(0..4), &[], NOW).unwrap();
    assert_holds(dir.path(), 0..4);
}

#[test]
fn a_left_over_lock_file_holds_nobody_up() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("marsad.lock"), "left over").unwrap();
    writer(dir.path()).add(&batch(0..1), &[], NOW).unwrap();
    assert_holds(dir.path(), 0..1);
}

#[test]
fn nothing_is_no_ledger_to_read_and_a_new_one_to_write() {
    let dir = tempfile::tempdir().unwrap();
    let new = dir.path().join("a/b/ledger");
    assert!(matches!(Ledger::open_read(&new), Err(LedgerError::NoLedger { .. })));
    drop(writer(&new));
    assert_eq!(all(&Ledger::open_read(&new).unwrap()), []);
    // Begun and not finished.
    let begun = dir.path().join("begun");
    fs::create_dir_all(begun.join("originals")).unwrap();
    fs::write(begun.join("marsad.lock"), "").unwrap();
    fs::write(begun.join("marsad.db"), "").unwrap();
    assert!(matches!(Ledger::open_read(&begun), Err(LedgerError::NoLedger { .. })));
    writer(&begun).add(&batch(0..1), &[], NOW).unwrap();
    assert_holds(&begun, 0..1);
}

#[test]
fn what_is_no_ledger_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("notes.txt"), "mine").unwrap();
    let error = Ledger::create_or_open(dir.path(), &version(), NOW).unwrap_err();
    assert!(error.to_string().contains("notes.txt"), "{error}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);

    let error = Ledger::create_or_open(&dir.path().join("notes.txt"), &version(), NOW).unwrap_err();
    assert!(matches!(error, LedgerError::NotALedger { .. }));
    let error = Ledger::create_or_open(&dir.path().join("notes.txt/ledger"), &version(), NOW).unwrap_err();
    assert!(matches!(error, LedgerError::Io { .. }), "{error}");

    let text = dir.path().join("text");
    fs::create_dir(&text).unwrap();
    fs::write(text.join("marsad.db"), "not a database at all, but long enough to have a head".repeat(30)).unwrap();
    refused(&text, "is not a ledger");

    let other = dir.path().join("other");
    fs::create_dir(&other).unwrap();
    database(&other, "CREATE TABLE contacts (name TEXT)");
    refused(&other, "another program");
}

#[test]
fn a_ledger_of_a_newer_program_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    drop(writer(dir.path()));
    database(dir.path(), "PRAGMA user_version = 999");
    refused(dir.path(), "schema 999");
}

#[test]
fn a_stored_record_that_cannot_be_read_is_an_error_that_names_it() {
    let dir = tempfile::tempdir().unwrap();
    writer(dir.path()).add(&batch(0..3), &[], NOW).unwrap();
    let id = new(1).report.id;
    database(dir.path(), &format!("UPDATE report SET body = '{{' WHERE id = '{id}'"));
    let ledger = Ledger::open_read(dir.path()).unwrap();
    let errors: Vec<String> = ledger.reports().filter_map(Result::err).map(|e| e.to_string()).collect();
    assert_eq!(errors.len(), 1);
    assert!(errors[0].contains(id.as_str()), "{errors:?}");
}

/// A ledger as a released schema wrote it, laid out in a folder: twelve records, one of them by two paths, one set aside. It
/// must open for ever, with whatever steps come after.
fn kept(schema: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ledgers").join(schema);
    fs::create_dir(dir.path().join("originals")).unwrap();
    fs::copy(old.join("pack-000001.pack"), pack(dir.path())).unwrap();
    database(dir.path(), &fs::read_to_string(old.join("marsad.sql")).unwrap());

    assert_holds(dir.path(), 0..12);
    let ledger = Ledger::open_read(dir.path()).unwrap();
    assert_eq!(ledger.version().unwrap(), Some(version()));
    assert_eq!(ledger.set_aside().unwrap().len(), 1);
    assert_eq!(ledger.find_report("post-3").unwrap(), Some(new(3).report.id));
    let stored = ledger.report(&new(3).report.id).unwrap().unwrap();
    assert_eq!((stored.paths(), &stored.report), (vec!["again.txt", "posts.jsonl"], &new(3).report));
    dir
}

/// It can be added to.
fn grows(dir: &Path) {
    let mut writer = writer(dir);
    assert!(!writer.needs_rereading().unwrap());
    writer.add(&batch(0..20), &[], NOW).unwrap();
    drop(writer);
    assert_holds(dir, 0..20);
}

#[test]
fn a_ledger_of_schema_1_opens() {
    let dir = kept("schema-1");
    let ledger = Ledger::open_read(dir.path()).unwrap();
    assert_eq!(ledger.list_events(&marsad_ledger::EventFilter::default()).unwrap().len(), 1);
    assert_eq!(ledger.decisions().unwrap(), [""; 0]);
    drop(ledger);
    grows(dir.path());
}

/// With words to search by, three events, three decisions that were laid over them and one that was not.
#[test]
fn a_ledger_of_schema_4_opens_with_what_was_decided() {
    let dir = kept("schema-4");
    let ledger = Ledger::open_read(dir.path()).unwrap();
    assert_eq!(ledger.list_events(&marsad_ledger::EventFilter::default()).unwrap().len(), 3);
    assert_eq!(ledger.decisions().unwrap(), (0..4).map(|n| decision(n).body).collect::<Vec<_>>());
    assert_eq!(ledger.decisions_since_collation().unwrap(), [decision(3).body]);
    assert_eq!(ledger.count_unsettled().unwrap(), 6);
    assert_eq!(ledger.reports_with("\"3\"", 0, 10).unwrap().1, 1);
    drop(ledger);
    assert_eq!(Ledger::decide(dir.path(), &[decision(4)], Expected::Count(4), NOW).unwrap(), Some(1));
    grows(dir.path());
}
