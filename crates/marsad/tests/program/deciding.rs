//! A server that is killed while people decide loses nothing that it said was decided, and leaves nothing half done.

use crate::desk::{Desk, examples, program};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

const ALL: usize = 200;

pub(crate) struct Server {
    pub(crate) child: Child,
    at: String,
}

impl Server {
    pub(crate) fn start(desk: &Desk) -> Self {
        let mut child = program()
            .current_dir(desk.at(""))
            .args(["serve", "--ledger", "ledger", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let at = line.trim().rsplit_once("http://").unwrap().1.to_owned();
        Self { child, at }
    }

    /// The status and the answer; `None` where the server is gone.
    pub(crate) fn ask(&self, method: &str, path: &str, body: &str) -> Option<(u16, Value)> {
        let mut stream = TcpStream::connect(&self.at).ok()?;
        stream.set_read_timeout(Some(Duration::from_mins(1))).ok()?;
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n",
            self.at
        );
        stream.write_all(format!("{head}{body}").as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some((status, serde_json::from_str(body).ok()?))
    }

    pub(crate) fn decide(&self, n: usize, claims: &[String], last: &mut [Option<Value>]) -> Option<String> {
        let which = n % claims.len();
        let value = json!([{ "harm": "killed", "min": n, "max": n }]);
        let rule = json!({ "ruling": "edit", "claim": claims[which], "attribute": "casualties", "value": value });
        let seen: Vec<&Value> = last[which].iter().collect();
        let body = json!({ "by": "Rana", "why": format!("count {n}"), "seen": seen, "rule": rule }).to_string();
        let (status, answer) = self.ask("POST", "/api/v1/decisions", &body)?;
        assert_eq!(status, 201, "{answer:#}");
        last[which] = Some(answer["id"].clone());
        Some(answer["id"].as_str().unwrap().to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Wait until all that was decided is laid over.
fn laid_over(server: &Server) {
    let until = Instant::now() + Duration::from_mins(1);
    loop {
        let (_, status) = server.ask("GET", "/api/v1/status", "").unwrap();
        if status["stale"] == false {
            break;
        }
        assert!(Instant::now() < until, "{status:#}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

pub(crate) fn decisions(desk: &Desk) -> Vec<Value> {
    let export = desk.export("ledger");
    let text = std::str::from_utf8(&export["decisions.jsonl"]).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// All that was said to be decided is there, and nothing else but the one that was being sent, which is told from now on too.
pub(crate) fn assert_held(desk: &Desk, told: &mut Vec<String>, last: &mut [Option<Value>]) {
    let held = decisions(desk);
    assert!(told.iter().all(|id| held.iter().any(|d| d["id"] == *id)), "what was said to be decided is there");
    assert!(held.len() <= told.len() + 1, "and but for the one that was being sent nothing else");
    for (n, decision) in held.iter().enumerate().skip(told.len()) {
        last[n % last.len()] = Some(decision["id"].clone());
        told.push(decision["id"].as_str().unwrap().to_owned());
    }
}

#[test]
fn a_server_killed_in_the_middle_of_two_hundred_decisions_loses_none_and_halves_none() {
    let desk = Desk::new();
    assert!(desk.run(&examples(), "ledger").status < 2);
    let mut server = Server::start(&desk);
    let (_, queue) = server.ask("GET", "/api/v1/queue", "").unwrap();
    let claims: Vec<String> = queue["items"].as_array().unwrap().iter().map(|i| i["claim"]["id"].as_str().unwrap().to_owned()).collect();
    let mut last = vec![None; claims.len()];
    let mut told: Vec<String> = Vec::new();
    // Killed from beside, at a moment that nobody chose, thrice.
    for _ in 0..3 {
        let before = told.len();
        let pid = server.child.id();
        let killer = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(700));
            let _ = std::process::Command::new("kill").args(["-9", &pid.to_string()]).status();
        });
        while let Some(id) = server.decide(told.len(), &claims, &mut last) {
            told.push(id);
            if told.len() >= ALL - 1 {
                break;
            }
        }
        killer.join().unwrap();
        assert!(told.len() > before, "some were decided before it was killed");
        drop(server);
        assert_eq!(desk.ask(&["verify", "--ledger", "ledger"]).status, 0);
        assert_held(&desk, &mut told, &mut last);
        server = Server::start(&desk);
    }
    while told.len() < ALL {
        let id = server.decide(told.len(), &claims, &mut last).expect("nobody kills it any more");
        told.push(id);
    }
    // Events show the last of them, found anew by the server itself.
    laid_over(&server);
    let newest = &claims[(ALL - 1) % claims.len()];
    let (_, claim) = server.ask("GET", &format!("/api/v1/claims/{newest}"), "").unwrap();
    assert_eq!(claim["casualties"][0]["min"], ALL - 1);
    drop(server);
    let held = decisions(&desk);
    assert_eq!(held.iter().map(|d| d["id"].as_str().unwrap()).collect::<Vec<_>>(), told.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(desk.ask(&["verify", "--ledger", "ledger"]).status, 0);
}

#[test]
fn a_decision_made_while_another_writes_is_laid_over_when_that_has_ended() {
    let desk = Desk::new();
    assert!(desk.run(&examples(), "ledger").status < 2);
    let server = Server::start(&desk);
    let (_, queue) = server.ask("GET", "/api/v1/queue", "").unwrap();
    let claim = queue["items"][0]["claim"]["id"].as_str().unwrap().to_owned();
    let lock = std::fs::OpenOptions::new().write(true).open(desk.at("ledger/marsad.lock")).unwrap();
    lock.lock().unwrap();
    server.decide(1, &[claim], &mut [None]).unwrap();
    std::thread::sleep(Duration::from_secs(3));
    let (_, status) = server.ask("GET", "/api/v1/status", "").unwrap();
    assert_eq!(status["stale"], true);
    drop(lock);
    laid_over(&server);
}
