//! What is added is there once, whatever the order, and comes back as it was.

use crate::sample::{NOW, all, assert_holds, batch, came, new, writer};
use marsad_ledger::{Added, Intake, Ledger, LedgerError, SetAside};
use proptest::prelude::*;

fn aside(path: &str, line: Option<u64>, sha256: Option<&str>) -> SetAside {
    SetAside { path: path.to_owned(), line, reason: "not UTF-8".to_owned(), sha256: sha256.map(str::to_owned), ..SetAside::default() }
}

#[test]
fn adding_again_adds_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    let set_aside = [aside("a.bin", None, None), aside("posts.jsonl", Some(3), Some("00"))];
    let first = writer.add(&batch(0..20), &set_aside, NOW).unwrap();
    assert_eq!(first, Added { reports: 20, intakes: 20, set_aside: 2 });
    let entries = writer.newest_custody().unwrap();
    assert_eq!(writer.add(&batch(0..20), &set_aside, "2027-01-01T00:00:00Z").unwrap(), Added::default());
    assert_eq!(writer.newest_custody().unwrap(), entries);
    assert_eq!(writer.set_aside().unwrap(), set_aside);
    drop(writer);
    assert_holds(dir.path(), 0..20);
}

#[test]
fn a_known_report_under_another_path_or_key_gets_that_intake_only() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    let again = [came(1, "z.txt", None), came(1, "a.txt", None), came(1, "a.txt", Some("k2")), came(1, "a.txt", Some("k1"))];
    writer.add(&[again[0].clone()], &[], NOW).unwrap();
    assert!(!writer.holds(&again[2].intake).unwrap());
    assert_eq!(writer.add(&again, &[], NOW).unwrap(), Added { reports: 0, intakes: 3, set_aside: 0 });
    assert!(writer.holds(&again[2].intake).unwrap());
    let counts = writer.counts().unwrap();
    // The same bytes under the same path are one intake; its two keys are two readings.
    assert_eq!((counts.originals, counts.intakes, counts.reports), (1, 2, 1));
    let stored = writer.report(&again[0].report.id).unwrap().unwrap();
    assert_eq!((stored.keys(), stored.paths()), (vec!["k1", "k2"], vec!["a.txt", "z.txt"]));
    assert_eq!(stored.intakes.len(), 4);
    assert_eq!(stored.analysis, again[0].analysis);
    assert!(writer.sealings(&stored.report.id).unwrap().iter().all(|(_, at)| at == NOW));
}

#[test]
fn one_report_may_have_two_originals_and_one_original_two_reports() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    let (one, two) = (new(1), new(2));
    let mut other_bytes = two.clone();
    other_bytes.report = one.report.clone();
    let mut other_report = one.clone();
    other_report.report.id = format!("{}00", one.report.id).into();
    writer.add(&[one.clone(), other_bytes.clone(), other_report], &[], NOW).unwrap();
    let counts = writer.counts().unwrap();
    assert_eq!((counts.originals, counts.reports), (2, 2));
    let hashes: Vec<String> = writer.report(&one.report.id).unwrap().unwrap().intakes.into_iter().map(|i: Intake| i.sha256).collect();
    assert!(hashes.contains(&one.intake.sha256) && hashes.contains(&other_bytes.intake.sha256));
}

#[test]
fn bytes_that_are_not_those_named_are_not_sealed() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    let mut wrong = new(1);
    wrong.intake.sha256 = new(2).intake.sha256;
    assert!(matches!(writer.add(&[new(3), wrong], &[], NOW), Err(LedgerError::SealMismatch { .. })));
    assert_eq!(writer.counts().unwrap().originals, 0);
    // Nothing was begun, so the run goes on.
    writer.add(&batch(0..3), &[], NOW).unwrap();
}

#[test]
fn what_is_read_after_all_is_no_longer_set_aside_in_either_order() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    let (one, two) = (new(1), new(2));
    writer.add(&[], &[aside("posts.jsonl", Some(1), Some(&one.intake.sha256))], NOW).unwrap();
    writer.add(&[one, two.clone()], &[], NOW).unwrap();
    writer.add(&[], &[aside("posts.jsonl", Some(2), Some(&two.intake.sha256))], NOW).unwrap();
    assert_eq!(writer.set_aside().unwrap(), []);
}

#[test]
fn reports_are_found_by_id_key_path_and_beginning() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    writer.add(&batch(0..300), &[], NOW).unwrap();
    writer.add(&[came(7, "seven.txt", None)], &[], NOW).unwrap();
    let id = new(7).report.id;
    let (whole, start) = (id.as_str(), &id.as_str()[..12]);
    for name in [whole, &whole[2..], start, &start[2..], "post-7", "seven.txt"] {
        assert_eq!(writer.find_report(name).unwrap().as_ref(), Some(&id), "{name}");
    }
    for name in ["", "r:", "post-", "r:zz", "'", "سبعة", "r:\u{10ffff}"] {
        assert_eq!(writer.find_report(name).unwrap(), None, "{name}");
    }
    match writer.find_report("posts.jsonl") {
        Err(LedgerError::Ambiguous { candidates, .. }) => assert_eq!(candidates.len(), 10),
        other => panic!("{other:?}"),
    }
    assert!(matches!(writer.find_report(&whole[..3]), Err(LedgerError::Ambiguous { .. })));
}

#[test]
fn a_snapshot_holds_still_while_a_run_adds() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    writer.add(&batch(0..200), &[], NOW).unwrap();
    let reader = Ledger::open_read(dir.path()).unwrap();
    let snapshot = reader.snapshot().unwrap();
    let mut reports = reader.reports();
    let first = reports.next().unwrap().unwrap();
    writer.add(&batch(200..400), &[], NOW).unwrap();
    assert_eq!(1 + reports.count(), 200);
    assert_eq!(reader.counts().unwrap().reports, 200);
    drop(snapshot);
    assert_eq!(all(&reader).len(), 400);
    assert!(all(&reader).contains(&first));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Records with two readings under one id, several paths and keys: any order and any batches give the same.
    #[test]
    fn the_order_of_arrival_leaves_no_trace(order in Just((0..40u32).collect::<Vec<_>>()).prop_shuffle(), size in 1usize..15) {
        let came = |n: u32| {
            let mut new = came(n % 13, if n.is_multiple_of(2) { "a.jsonl" } else { "b.jsonl" }, Some(&format!("{}", n % 5)));
            if n.is_multiple_of(3) {
                new.report.title = Some("عنوان".to_owned());
                new.analysis = b"read with its title".to_vec();
            }
            new
        };
        let fill = |order: &[u32], size: usize| {
            let dir = tempfile::tempdir().unwrap();
            let mut writer = writer(dir.path());
            for part in order.chunks(size) {
                let batch: Vec<_> = part.iter().map(|&n| came(n)).collect();
                let asides: Vec<_> = part.iter().map(|&n| aside("c.jsonl", Some(u64::from(n) / 2), None)).collect();
                writer.add(&batch, &asides, NOW).unwrap();
            }
            (all(&writer), writer.set_aside().unwrap(), writer.counts().unwrap())
        };
        prop_assert_eq!(fill(&order, size), fill(&(0..40).collect::<Vec<_>>(), 7));
    }
}
