//! Server and exports are killed in the middle of decisions: what was said to be decided stands, and nothing half done bears the
//! name of a whole.

use crate::bundling::files;
use crate::deciding::{Server, assert_held, decisions};
use crate::desk::{Desk, examples, program};
use crate::flipped::Chance;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Decisions over all rounds; in each, exports are made meanwhile until all is killed.
const DECISIONS: usize = 200;
const ROUNDS: usize = 4;

/// An export under way, and where it goes.
struct Leaving {
    child: Child,
    out: String,
}

impl Leaving {
    fn start(desk: &Desk, out: String, how: &[&str]) -> Self {
        let mut command = program();
        command.current_dir(desk.at("")).args(["export", "--ledger", "ledger", "--out", &out]).args(how);
        Self { child: command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap(), out }
    }

    /// Kill it; was it at work still?
    fn kill(&mut self) -> bool {
        let at_work = self.child.try_wait().unwrap().is_none();
        let _ = self.child.kill();
        let ended = self.child.wait().unwrap();
        assert!(at_work || ended.success(), "{}: {ended}", self.out);
        at_work
    }
}

fn start_all(desk: &Desk, round: usize) -> Vec<Leaving> {
    let forms: [(&str, &[&str]); 3] = [("tables", &["--format", "jsonl,csv,geojson"]), ("bag", &["--bundle"]), ("bag.zip", &["--bundle"])];
    forms.into_iter().map(|(end, how)| Leaving::start(desk, format!("out-{round}-{end}"), how)).collect()
}

/// Each file that does not say by its name that it is a part is whole.
fn assert_whole(desk: &Desk, out: &str, was_killed: bool) {
    let at = desk.at(out);
    assert!(at.exists() || was_killed, "{out} is there");
    if out.contains("bag") {
        if at.exists() {
            let verified = desk.ask(&["verify", out]);
            assert_eq!(verified.status, 0, "{out}: {}{}", verified.out, verified.err);
        }
        return;
    }
    for file in if at.exists() { files(&at) } else { Vec::new() } {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let whole = fs::read_to_string(&file).unwrap_or_default();
        match Path::new(&name).extension().and_then(|e| e.to_str()).unwrap() {
            "part" => assert!(was_killed, "{name}"),
            "jsonl" => {
                assert!(whole.is_empty() || whole.ends_with('\n'), "{name}");
                whole.lines().for_each(|line| assert!(serde_json::from_str::<Value>(line).is_ok(), "{name}: {line}"));
            }
            "csv" => assert!(whole.ends_with('\n'), "{name}"),
            "json" | "geojson" => assert!(serde_json::from_str::<Value>(&whole).is_ok(), "{name}"),
            _ => {}
        }
    }
}

#[test]
fn a_server_and_exports_killed_in_the_middle_of_decisions_lose_none_and_leave_nothing_half_done() {
    let desk = Desk::new();
    assert!(desk.run(&examples(), "ledger").status < 2);
    let mut chance = Chance(11);
    let mut server = Server::start(&desk);
    let (_, queue) = server.ask("GET", "/api/v1/queue", "").unwrap();
    let claims: Vec<String> = queue["items"].as_array().unwrap().iter().map(|i| i["claim"]["id"].as_str().unwrap().to_owned()).collect();
    let mut last = vec![None; claims.len()];
    let mut told: Vec<String> = Vec::new();
    let mut killed_at_work = 0;
    for round in 0..ROUNDS {
        let leaving = start_all(&desk, round);
        // An export of so little takes a machine no tenth of a second; the server has decisions to make for longer.
        let soon = Duration::from_millis(10 + 10 * round as u64 + chance.below(30) as u64);
        let later = Duration::from_millis(100 + 300 * round as u64 + chance.below(300) as u64);
        let pid = server.child.id();
        let killer = std::thread::spawn(move || {
            std::thread::sleep(soon);
            let killed = leaving.into_iter().map(|mut one| (one.kill(), one.out)).collect::<Vec<_>>();
            std::thread::sleep(later);
            let _ = Command::new("kill").args(["-9", &pid.to_string()]).status();
            killed
        });
        let until = DECISIONS * (round + 1) / ROUNDS;
        while told.len() < until
            && let Some(id) = server.decide(told.len(), &claims, &mut last)
        {
            told.push(id);
        }
        for (was_killed, out) in killer.join().unwrap() {
            killed_at_work += usize::from(was_killed);
            assert_whole(&desk, &out, was_killed);
        }
        drop(server);
        let verified = desk.ask(&["verify", "--ledger", "ledger"]);
        assert_eq!(verified.status, 0, "{}{}", verified.out, verified.err);
        assert_held(&desk, &mut told, &mut last);
        server = Server::start(&desk);
    }
    while told.len() < DECISIONS {
        told.push(server.decide(told.len(), &claims, &mut last).expect("nobody kills it any more"));
    }
    drop(server);
    assert!(killed_at_work > 0, "some export was killed at its work");
    // What leaves undisturbed has every decision, in the order in which they were made.
    let mut whole = Leaving::start(&desk, "last.zip".to_owned(), &["--bundle"]);
    assert!(whole.child.wait().unwrap().success());
    assert_whole(&desk, "last.zip", false);
    assert_eq!(
        decisions(&desk).iter().map(|d| d["id"].as_str().unwrap()).collect::<Vec<_>>(),
        told.iter().map(String::as_str).collect::<Vec<_>>()
    );
    assert_eq!(desk.ask(&["verify", "--ledger", "ledger"]).status, 0);
}
