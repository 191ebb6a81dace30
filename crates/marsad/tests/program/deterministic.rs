//! Yours: the same reports give the same records, byte for byte, however they come in.

use crate::desk::{Desk, Export, copy_folder, examples};
use crate::reports::lines;
use std::path::PathBuf;

/// A folder of the examples and of generated reports, twelve of which stand in one file.
fn lay_out(desk: &Desk, folder: &str, arrange: impl Fn(&mut Vec<PathBuf>), shuffle: impl Fn(&mut Vec<String>)) {
    copy_folder(&examples(), &desk.at(folder), arrange);
    let mut reports = lines(0..12);
    shuffle(&mut reports);
    desk.put(&format!("{folder}/more/lines.jsonl"), reports.join("\n") + "\n");
}

fn assert_same(a: &Export, b: &Export) {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, bytes) in a {
        let other = &b[name];
        let first = bytes.split(|&c| c == b'\n').zip(other.split(|&c| c == b'\n')).find(|(x, y)| x != y);
        let told = first.map(|(x, y)| (String::from_utf8_lossy(x), String::from_utf8_lossy(y)));
        assert!(bytes == other, "{name} differs, first in {told:#?}");
    }
}

fn plain(desk: &Desk) -> Export {
    lay_out(desk, "plain", |_| {}, |_| {});
    assert!(desk.run(&desk.at("plain"), "plain-ledger").status < 2);
    let export = desk.export("plain-ledger");
    assert!(export["events.jsonl"].len() > 10_000 && export["claims.jsonl"].len() > 10_000);
    export
}

#[test]
fn the_order_of_files_and_lines_does_not_matter() {
    let desk = Desk::new();
    let whole = plain(&desk);
    lay_out(
        &desk,
        "shuffled",
        |files| files.reverse(),
        |lines| {
            lines.reverse();
            lines.swap(2, 7);
        },
    );
    assert!(desk.run(&desk.at("shuffled"), "shuffled-ledger").status < 2);
    assert_same(&whole, &desk.export("shuffled-ledger"));
    // Named one by one, last first: the paths are then the files' own names, so only whole folders compare.
    lay_out(&desk, "again/inner", |_| {}, |_| {});
    assert!(desk.ask(&["run", "again/inner", "again/inner", "--ledger", "twice-named"]).status < 2);
    assert_same(&whole, &desk.export("twice-named"));
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let desk = Desk::new();
    let whole = plain(&desk);
    for threads in ["1", "2", "5"] {
        let ledger = format!("ledger-{threads}");
        assert!(desk.ask(&["run", "plain", "--ledger", &ledger, "--threads", threads]).status < 2);
        assert_same(&whole, &desk.export(&ledger));
    }
}

#[test]
fn a_second_run_adds_nothing() {
    let desk = Desk::new();
    let whole = plain(&desk);
    let answer = desk.run(&desk.at("plain"), "plain-ledger");
    assert!(answer.out.starts_with("0 reports new"), "{}", answer.out);
    assert_same(&whole, &desk.export("plain-ledger"));
}

#[test]
fn any_steps_come_to_the_same_as_one() {
    let desk = Desk::new();
    let whole = plain(&desk);
    for (steps, seed) in [(2, 0), (5, 7), (4, 23)] {
        let ledger = format!("steps-{seed}");
        for step in 0..steps {
            let folder = format!("step-{seed}-{step}");
            // The first time every second one; else as it falls.
            let is_in = |at: usize| if seed == 0 { at % steps } else { (at * seed + at / 3 * 5) % steps } == step;
            lay_out(
                &desk,
                &folder,
                |files| keep(files, is_in),
                |lines| {
                    let mut at = 0..;
                    lines.retain(|_| at.next().is_some_and(is_in));
                },
            );
            assert!(desk.run(&desk.at(&folder), &ledger).status < 2);
        }
        assert_same(&whole, &desk.export(&ledger));
    }
}

/// Leave out the files that are not in; a sidecar stays with its report.
fn keep(files: &mut Vec<PathBuf>, is_in: impl Fn(usize) -> bool) {
    let mut reports: Vec<PathBuf> = files.iter().filter(|f| !f.to_string_lossy().ends_with(".meta.json")).cloned().collect();
    let mut at = 0..;
    reports.retain(|_| at.next().is_some_and(&is_in));
    files.retain(|f| reports.iter().any(|r| f.to_string_lossy().starts_with(&*r.to_string_lossy())));
}

/// The records do not tell when they were made: two ledgers of different days export alike.
#[test]
fn the_clock_leaves_no_trace() {
    let desk = Desk::new();
    let whole = plain(&desk);
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert!(desk.run(&desk.at("plain"), "later-ledger").status < 2);
    assert_same(&whole, &desk.export("later-ledger"));
}
