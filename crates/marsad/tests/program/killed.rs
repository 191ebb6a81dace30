//! Killed at any moment, the next run carries on; nothing is lost and nothing doubled.

use crate::desk::{Desk, Export, program};
use crate::reports::lines;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

/// Reports of the run that is killed; several batches of the program's.
const MANY: usize = 600;

/// When to kill a run.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Moment {
    /// As soon as it was started.
    Start,
    /// When the ledger's folder is there.
    Folder,
    /// When so many bytes of originals are sealed, and this long after.
    Sealed(u64, u64),
}

pub(crate) fn sealed(ledger: &Path) -> u64 {
    let files = fs::read_dir(ledger.join("originals")).into_iter().flatten().flatten();
    files.filter_map(|f| f.metadata().ok()).map(|m| m.len()).sum()
}

fn lay_out(desk: &Desk) {
    let reports = lines(0..MANY);
    for (at, part) in reports.chunks(MANY / 3).enumerate() {
        desk.put(&format!("in/part-{at}.jsonl"), part.join("\n") + "\n");
    }
}

/// Start a run and kill it at its moment; was it still running?
pub(crate) fn kill_at(desk: &Desk, ledger: &str, moment: Moment) -> bool {
    let at = desk.at(ledger);
    let before = sealed(&at);
    let mut child = program()
        .args(["run", desk.at("in").to_str().unwrap(), "--ledger", at.to_str().unwrap()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let come = || match moment {
        Moment::Start => true,
        Moment::Folder => at.join("marsad.lock").exists(),
        Moment::Sealed(bytes, _) => sealed(&at) >= before.max(bytes),
    };
    while child.try_wait().unwrap().is_none() && !come() {
        std::thread::sleep(Duration::from_millis(1));
    }
    if let Moment::Sealed(_, after) = moment {
        std::thread::sleep(Duration::from_millis(after));
    }
    let running = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    running
}

pub(crate) fn finish(desk: &Desk, ledger: &str) -> Export {
    let answer = desk.run(&desk.at("in"), ledger);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert_eq!(desk.ask(&["verify", "--ledger", ledger]).status, 0);
    desk.export(ledger)
}

#[test]
fn a_killed_run_is_carried_on() {
    let desk = Desk::new();
    lay_out(&desk);
    let whole = finish(&desk, "undisturbed");
    let all = sealed(&desk.at("undisturbed"));
    let moments = [
        Moment::Start,
        Moment::Folder,
        Moment::Sealed(1, 0),
        Moment::Sealed(1, 20),
        Moment::Sealed(all / 2, 0),
        Moment::Sealed(all, 0),
        Moment::Sealed(all, 30),
        Moment::Sealed(all, 120),
    ];
    let mut running = 0;
    for (at, moment) in moments.into_iter().enumerate() {
        let ledger = format!("killed-{at}");
        running += usize::from(kill_at(&desk, &ledger, moment));
        assert!(finish(&desk, &ledger) == whole, "killed at {moment:?}, the ledger is another one");
    }
    // One ledger that is killed at all these moments, one after the other.
    for moment in moments {
        running += usize::from(kill_at(&desk, "unlucky", moment));
    }
    assert!(finish(&desk, "unlucky") == whole, "killed again and again, the ledger is another one");
    assert!(running >= moments.len(), "only {running} runs were still running when they were killed");
}
