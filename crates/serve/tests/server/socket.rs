//! The server over a real socket, beside a run that writes.

use crate::asking::{ENGINE, NOW, load, options};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;
use std::time::Duration;

fn connect(at: SocketAddr, path: &str) -> TcpStream {
    let mut stream = TcpStream::connect(at).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n").unwrap();
    stream
}

#[test]
fn a_reader_is_answered_while_a_run_writes_and_hears_of_it_when_it_is_done() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, input) = (dir.path().join("ledger"), dir.path().join("in"));
    std::fs::create_dir(&input).unwrap();
    std::fs::write(input.join("a.txt"), "Gunmen attacked a checkpoint in Hajin on 3 May 2030 and killed two soldiers.").unwrap();
    marsad::run::run(&ENGINE, std::slice::from_ref(&input), &ledger, NOW).unwrap();
    let (told, listening) = mpsc::channel();
    let options = options(ledger.clone(), "127.0.0.1:0");
    std::thread::spawn(move || marsad_serve::serve(&options, load(), |at| told.send(at).unwrap()));
    let at: SocketAddr = listening.recv_timeout(Duration::from_secs(60)).unwrap();

    let mut stream = BufReader::new(connect(at, "/api/v1/stream"));
    let mut next = |what: &str| loop {
        let mut line = String::new();
        assert!(stream.read_line(&mut line).unwrap() > 0, "the stream ended");
        if let Some(rest) = line.strip_prefix(what) {
            return rest.trim().to_owned();
        }
    };
    let reports = |data: &str| serde_json::from_str::<serde_json::Value>(data).unwrap()["reports"].as_u64().unwrap();
    assert_eq!(next("event:"), "ledger");
    assert_eq!(reports(&next("data:")), 1);

    std::fs::write(input.join("b.txt"), "An air strike hit a school in Idlib on 4 May 2030. Three children died.").unwrap();
    let writing = std::thread::spawn(move || marsad::run::run(&ENGINE, &[input], &ledger, NOW).unwrap());
    while !writing.is_finished() {
        let mut answer = String::new();
        connect(at, "/api/v1/events").read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    writing.join().unwrap();
    // Whatever was told on the way, the last word is the whole of it.
    while reports(&next("data:")) != 2 {}
}
