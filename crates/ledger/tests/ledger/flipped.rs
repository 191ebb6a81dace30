//! A flipped bit of the database is named, or it is one that nothing is kept in.

use crate::sample::{NOW, batch, writer};
use marsad_ledger::{Expected, Ledger, LedgerError, NewDecision, SearchWords};
use marsad_model::DecisionId;
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::path::Path;

/// Every row of every table as it reads, and what the words of reports find; nothing where it cannot be read. What has no part in
/// it are bytes of the file that hold nothing: free pages, the gaps within pages, and what SQLite notes for itself in the
/// head, as its own version.
fn as_read(dir: &Path) -> Option<String> {
    let db = Connection::open(dir.join("marsad.db")).ok()?;
    let query = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let mut read = db.prepare(query).ok()?;
    let tables = read.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).ok()?.collect::<Result<Vec<(String, String)>, _>>().ok()?;
    let mut out = format!("{tables:?}");
    for (table, _) in tables.iter().filter(|(_, sql)| !sql.contains("VIRTUAL")) {
        let mut rows = db.prepare(&format!("SELECT * FROM \"{table}\" NOT INDEXED")).ok()?;
        let columns = rows.column_count();
        let told = rows.query_map([], |row| (0..columns).map(|n| row.get::<_, rusqlite::types::Value>(n)).collect::<Result<Vec<_>, _>>());
        out.push_str(&format!("{table} {:?}", told.ok()?.collect::<Result<Vec<_>, _>>().ok()?));
    }
    drop(read);
    drop(db);
    let found = Ledger::open_read(dir).ok()?.reports_with("word", 0, 99).ok()?;
    Some(format!("{out} {found:?}"))
}

fn is_named(dir: &Path) -> bool {
    let checks =
        Ledger::open_read(dir).and_then(|l| Ok([l.verify_custody()?, l.verify_originals(|_| ())?, l.verify_texts()?, l.verify_rows()?]));
    checks.is_err() || checks.is_ok_and(|all| all.iter().any(|found| !found.faults.is_empty()))
}

/// Flip one bit of the database so often. Gives how often that was named, and how often nothing that is read was another.
fn flips(times: usize) -> (usize, usize) {
    let dir = tempfile::tempdir().unwrap();
    let mut filled = writer(dir.path());
    for start in (0..30).step_by(10) {
        filled.add(&batch(start..start + 10), &[], NOW).unwrap();
    }
    let words = |_: &marsad_model::Report| SearchWords { words: "a word".to_owned(), stems: "word".to_owned() };
    filled.enter_words(words).unwrap();
    drop(filled);
    for n in 0..5 {
        let decision = NewDecision { id: DecisionId::from(format!("d:{n}")), body: format!("accept {n}"), reports: BTreeSet::new() };
        Ledger::decide(dir.path(), &[decision], Expected::Any, NOW).unwrap();
    }
    let file = dir.path().join("marsad.db");
    let (whole, read) = (std::fs::read(&file).unwrap(), as_read(dir.path()).unwrap());
    let (mut named, mut same, mut seed) = (0, 0, 7_u64);
    for _ in 0..times {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = (seed >> 20) as usize % whole.len();
        let mut changed = whole.clone();
        changed[at] ^= 1 << (seed >> 60 & 7);
        std::fs::write(&file, changed).unwrap();
        if is_named(dir.path()) {
            named += 1;
        } else {
            assert!(as_read(dir.path()).as_deref() == Some(read.as_str()), "byte {at} is another, and nothing names it");
            same += 1;
        }
        std::fs::write(&file, &whole).unwrap();
    }
    (named, same)
}

#[test]
fn a_flipped_bit_of_the_database_is_named_or_changes_nothing_that_is_read() {
    let (named, same) = flips(60);
    assert!(named > 0, "{named} named, {same} without effect");
}

#[test]
#[ignore = "a thousand flips take a while; run it with --ignored --nocapture"]
fn a_thousand_flipped_bits_of_the_database() {
    println!("{:?} named, and without effect on what is read", flips(1_000));
}

/// What each way of adding and taking out leaves behind has the sum that its rows give.
#[test]
fn a_row_changed_by_a_hand_that_knows_no_sums_is_named_by_its_table() {
    let dir = tempfile::tempdir().unwrap();
    writer(dir.path()).add(&batch(0..10), &[], NOW).unwrap();
    let check = || Ledger::open_read(dir.path()).and_then(|l| l.verify_rows()).map(|found| found.faults);
    assert_eq!(check().unwrap(), []);
    let sql = |statements: &str| Connection::open(dir.path().join("marsad.db")).unwrap().execute_batch(statements).unwrap();
    for (change, back, named) in [
        ("UPDATE report_unsearched SET n = n + 100", "UPDATE report_unsearched SET n = n - 100", "report_unsearched"),
        ("INSERT INTO meta VALUES ('more', '')", "DELETE FROM meta WHERE name = 'more'", "meta"),
        ("UPDATE reading SET key = 'a' || key", "UPDATE reading SET key = substr(key, 2)", "reading"),
        ("DROP INDEX claim_report", "CREATE INDEX claim_report ON claim (report)", "sqlite_schema"),
        ("INSERT INTO row_sum VALUES ('none', '0')", "DELETE FROM row_sum WHERE name = 'none'", "none"),
    ] {
        sql(change);
        let faults = check().unwrap();
        assert!(faults.iter().any(|fault| fault.to_string().contains(named)), "{change}: {faults:?}");
        sql(back);
        assert_eq!(check().unwrap(), [], "{back}");
    }
}

/// A change that was not carried through leaves no trace in the sums of the next.
#[test]
fn what_was_taken_back_is_in_no_sum() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    writer.add(&batch(0..3), &[], NOW).unwrap();
    let failed = writer.reread::<LedgerError>(8, NOW, |_| Err(LedgerError::NoReport { id: "r:none".to_owned() }));
    assert!(failed.is_err());
    writer.add(&batch(3..6), &[], NOW).unwrap();
    assert_eq!(writer.verify_rows().unwrap().faults, []);
}
