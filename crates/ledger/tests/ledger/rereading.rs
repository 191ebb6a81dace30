//! A ledger is of one version; another reads all originals again, all or nothing.

use crate::sample::{NOW, all, assert_holds, batch, bytes, came, flip_last, new, report, version, writer};
use marsad_ledger::{Ledger, LedgerError, Original, Reading, SetAside, Version, Writer};
use std::path::Path;

fn newer(dir: &Path) -> Writer {
    Ledger::create_or_open(dir, &Version { program: "2".to_owned(), knowledge: "a".to_owned() }, NOW).unwrap()
}

fn read(original: &Original) -> Vec<Reading> {
    let read = |i: &marsad_ledger::Intake| Reading {
        report: report(&original.bytes),
        intake: marsad_ledger::Intake { key: Some(format!("k{}", original.bytes.len())), ..i.clone() },
        analysis: b"read anew".to_vec(),
    };
    original.intakes.iter().map(read).collect()
}

#[test]
fn another_version_reads_everything_again_before_it_adds() {
    let dir = tempfile::tempdir().unwrap();
    {
        let mut old = writer(dir.path());
        assert!(!old.needs_rereading().unwrap());
        old.add(&batch(0..25), &[], NOW).unwrap();
        old.add(&[came(3, "again.txt", None)], &[], NOW).unwrap();
    }
    let mut new = newer(dir.path());
    assert!(new.needs_rereading().unwrap());
    assert!(matches!(new.add(&batch(25..26), &[], NOW), Err(LedgerError::OtherVersion { .. })));
    let mut sizes = Vec::new();
    let added = new
        .reread(10, NOW, |originals| {
            sizes.push(originals.len());
            Ok::<_, LedgerError>((originals.iter().flat_map(read).collect(), vec![]))
        })
        .unwrap();
    assert_eq!((sizes, added.reports, added.intakes), (vec![10, 10, 5], 25, 26));
    assert!(!new.needs_rereading().unwrap() && new.needs_collation().unwrap());
    new.add(&batch(25..30), &[], NOW).unwrap();
    let stored = new.report(&report(&bytes(3)).id).unwrap().unwrap();
    assert_eq!((stored.paths(), &stored.analysis[..]), (vec!["again.txt", "posts.jsonl"], &b"read anew"[..]));
    drop(new);
    assert_holds(dir.path(), 0..30);
    assert_eq!(Ledger::open_read(dir.path()).unwrap().newest_custody().unwrap().unwrap().what, "sealed");
}

#[test]
fn rereading_that_fails_leaves_all_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let before = {
        let mut old = writer(dir.path());
        old.add(&batch(0..25), &[], NOW).unwrap();
        all(&old)
    };
    let mut new = newer(dir.path());
    let mut handed_out = 0;
    let failed = new.reread(10, NOW, |originals| {
        handed_out += originals.len();
        if handed_out < 20 {
            Ok((originals.iter().flat_map(read).collect(), vec![]))
        } else {
            Err(LedgerError::NoOriginal { sha256: "invented".to_owned() })
        }
    });
    assert!(failed.is_err());
    assert!(new.needs_rereading().unwrap());
    assert_eq!(all(&new), before);
    assert_eq!(new.version().unwrap(), Some(version()));
    drop(new);
    flip_last(dir.path());
    let mut new = newer(dir.path());
    let failed = new.reread(10, NOW, |originals| Ok::<_, LedgerError>((originals.iter().flat_map(read).collect(), vec![])));
    assert!(matches!(failed, Err(LedgerError::OriginalChanged { .. })));
    assert_eq!(all(&new), before);
}

#[test]
fn an_original_that_the_new_reader_cannot_read_is_set_aside_and_handed_out_again_later() {
    let dir = tempfile::tempdir().unwrap();
    let unsealed = SetAside {
        path: "x.bin".to_owned(),
        line: None,
        reason: "not text".to_owned(),
        sha256: Some("ff".to_owned()),
        ..SetAside::default()
    };
    writer(dir.path()).add(&batch(0..2), std::slice::from_ref(&unsealed), NOW).unwrap();
    let mut new = newer(dir.path());
    let bad = new_aside(1);
    new.reread(1, NOW, |originals| {
        let (good, rest): (Vec<_>, Vec<_>) = originals.iter().partition(|o| o.bytes != bytes(1));
        Ok::<_, LedgerError>((good.into_iter().flat_map(read).collect(), rest.iter().map(|_| bad.clone()).collect()))
    })
    .unwrap();
    let bad = SetAside { sealed: true, ..bad };
    assert_eq!(new.set_aside().unwrap(), [bad, unsealed.clone()]);
    assert_eq!(new.counts().unwrap().reports, 1);
    drop(new);
    let mut old = writer(dir.path());
    assert!(old.needs_rereading().unwrap());
    old.reread(9, NOW, |originals| Ok::<_, LedgerError>((originals.iter().flat_map(read).collect(), vec![]))).unwrap();
    assert_eq!(old.set_aside().unwrap(), [unsealed]);
    drop(old);
    assert_holds(dir.path(), 0..2);
}

fn new_aside(n: u32) -> SetAside {
    SetAside {
        path: "posts.jsonl".to_owned(),
        line: Some(1),
        reason: "no text".to_owned(),
        sha256: Some(new(n).intake.sha256),
        ..SetAside::default()
    }
}

#[test]
fn a_ledger_with_nothing_in_it_takes_the_version_of_the_run() {
    let dir = tempfile::tempdir().unwrap();
    drop(writer(dir.path()));
    let mut new = newer(dir.path());
    assert!(!new.needs_rereading().unwrap());
    new.add(&batch(0..1), &[], NOW).unwrap();
    assert_eq!(new.version().unwrap().unwrap().program, "2");
}
