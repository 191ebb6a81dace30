//! Stopped at any moment, the next run carries on; nothing is lost and nothing doubled.

use crate::sample::{NOW, all, assert_holds, batch, copy, flip_last, new, pack, version, writer};
use marsad_ledger::{Ledger, LedgerError};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const MANY: u32 = 120;

fn append(file: &Path, bytes: &[u8]) {
    OpenOptions::new().append(true).open(file).unwrap().write_all(bytes).unwrap();
}

/// The bytes of the records that a ledger would append for these originals.
fn records(range: std::ops::Range<u32>) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    writer(dir.path()).add(&batch(range), &[], NOW).unwrap();
    fs::read(pack(dir.path())).unwrap()
}

fn carry_on(dir: &Path) -> Vec<marsad_ledger::StoredReport> {
    let mut writer = writer(dir);
    for start in (0..MANY).step_by(10) {
        writer.add(&batch(start..start + 10), &[], NOW).unwrap();
    }
    assert_eq!(writer.counts().unwrap().originals, u64::from(MANY));
    let all = all(&writer);
    drop(writer);
    assert_holds(dir, 0..MANY);
    all
}

#[test]
fn a_copy_taken_between_any_two_batches_is_a_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let copies = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    for start in (0..MANY).step_by(20) {
        writer.add(&batch(start..start + 20), &[], NOW).unwrap();
        copy(dir.path(), &copies.path().join(start.to_string()));
    }
    let whole = all(&writer);
    for start in (0..MANY).step_by(20) {
        assert_eq!(carry_on(&copies.path().join(start.to_string())), whole);
    }
}

#[test]
fn originals_sealed_but_not_entered_are_kept_and_a_torn_one_is_cut() {
    let tail = records(10..20);
    for keep in [1, 50, 95, 96, 97, tail.len() / 2, tail.len() - 1, tail.len()] {
        let dir = tempfile::tempdir().unwrap();
        writer(dir.path()).add(&batch(0..10), &[], NOW).unwrap();
        append(&pack(dir.path()), &tail[..keep]);
        let reopened = writer(dir.path());
        let found = reopened.counts().unwrap().originals - 10;
        assert_eq!(found == 10, keep == tail.len());
        assert_eq!(reopened.counts().unwrap().reports, 10);
        assert_eq!(reopened.verify_custody().unwrap().faults, []);
        drop(reopened);
        carry_on(dir.path());
    }
}

#[test]
fn damaged_bytes_that_no_killed_run_leaves_are_never_cut() {
    let tail = records(10..20);
    let damaged = |from: usize, to: usize| {
        let mut tail = tail.clone();
        tail[from..to].fill(0);
        tail
    };
    // A hole in a record, a hole over a head, and a changed byte in the last one.
    for tail in [damaged(100, 110), damaged(10, 110), damaged(tail.len() - 9, tail.len() - 8)] {
        let dir = tempfile::tempdir().unwrap();
        writer(dir.path()).add(&batch(0..10), &[], NOW).unwrap();
        append(&pack(dir.path()), &tail);
        let before = fs::read(pack(dir.path())).unwrap();
        let reopened = writer(dir.path());
        assert_eq!(reopened.counts().unwrap().originals, 19);
        drop(reopened);
        carry_on(dir.path());
        assert!(fs::read(pack(dir.path())).unwrap().starts_with(&before));
    }
}

#[test]
fn nothing_is_cut_where_the_pack_is_not_the_one_that_was_written() {
    let dir = tempfile::tempdir().unwrap();
    writer(dir.path()).add(&batch(0..10), &[], NOW).unwrap();
    flip_last(dir.path());
    append(&pack(dir.path()), b"MSO1 torn");
    let length = fs::metadata(pack(dir.path())).unwrap().len();
    let error = Ledger::create_or_open(dir.path(), &version(), NOW).unwrap_err();
    assert!(matches!(&error, LedgerError::OriginalChanged { sha256, .. } if *sha256 == new(9).intake.sha256), "{error}");
    assert_eq!(fs::metadata(pack(dir.path())).unwrap().len(), length);
}

#[test]
fn a_pack_that_lost_originals_is_not_written_to() {
    let dir = tempfile::tempdir().unwrap();
    writer(dir.path()).add(&batch(0..10), &[], NOW).unwrap();
    let length = fs::metadata(pack(dir.path())).unwrap().len();
    OpenOptions::new().write(true).open(pack(dir.path())).unwrap().set_len(length - 1).unwrap();
    assert!(matches!(Ledger::create_or_open(dir.path(), &version(), NOW), Err(LedgerError::PackShort { .. })));
    fs::remove_file(pack(dir.path())).unwrap();
    assert!(matches!(Ledger::create_or_open(dir.path(), &version(), NOW), Err(LedgerError::PackShort { found: 0, .. })));
    // Reading goes on, and says what is missing.
    let ledger = Ledger::open_read(dir.path()).unwrap();
    assert_eq!(all(&ledger).len(), 10);
    assert_eq!(ledger.verify_originals(|_| ()).unwrap().faults.len(), 10);
}

#[test]
fn originals_outlive_their_database() {
    let dir = tempfile::tempdir().unwrap();
    writer(dir.path()).add(&batch(0..MANY), &[], NOW).unwrap();
    fs::remove_file(dir.path().join("marsad.db")).unwrap();
    let length = fs::metadata(pack(dir.path())).unwrap().len();
    assert_eq!(writer(dir.path()).counts().unwrap().originals, u64::from(MANY));
    carry_on(dir.path());
    assert_eq!(fs::metadata(pack(dir.path())).unwrap().len(), length);
}

#[test]
fn a_transaction_that_was_not_finished_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    writer(dir.path()).add(&batch(0..10), &[], NOW).unwrap();
    let copied = tempfile::tempdir().unwrap();
    let db = rusqlite::Connection::open(dir.path().join("marsad.db")).unwrap();
    // So little room in memory that unfinished pages reach the write-ahead file.
    db.execute_batch("PRAGMA cache_size = 1; BEGIN IMMEDIATE; DELETE FROM reading; DELETE FROM analysis; DELETE FROM report;").unwrap();
    db.execute("INSERT INTO set_aside (path, line, reason, sha256) VALUES ('x', 1, ?1, '')", ["y".repeat(500_000)]).unwrap();
    copy(dir.path(), copied.path());
    drop(db);
    assert!(fs::metadata(copied.path().join("marsad.db-wal")).unwrap().len() > 100_000);
    assert_holds(copied.path(), 0..10);
    carry_on(copied.path());
}

/// The test starts itself a second time, as the run that is killed.
#[test]
fn a_killed_run_is_carried_on() {
    const DIR: &str = "MARSAD_TEST_KILLED_RUN";
    if let Some(dir) = std::env::var_os(DIR) {
        let mut writer = writer(Path::new(&dir));
        for n in 0..MANY {
            writer.add(&[new(n)], &[], NOW).unwrap();
        }
        return;
    }
    let whole = {
        let dir = tempfile::tempdir().unwrap();
        carry_on(dir.path())
    };
    for part in 0..6 {
        let dir = tempfile::tempdir().unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crash::a_killed_run_is_carried_on"])
            .env(DIR, dir.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let far_enough = part * 2_500;
        while child.try_wait().unwrap().is_none() && fs::metadata(pack(dir.path())).map_or(0, |m| m.len()) <= far_enough {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(carry_on(dir.path()), whole);
    }
}
