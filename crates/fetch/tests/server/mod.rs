//! A web server of one's own that answers as badly as a test wants, and a clock that does not keep anybody waiting.

#![allow(dead_code)] // each test uses its part

use marsad_fetch::{Archive, Clock, Fetched, Fetcher, Options, Seen};
use std::cell::{Cell, RefCell};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a server does with a question: its path, its header, how often this path was asked for before, and the line.
pub(crate) type Answer = dyn Fn(&str, &str, usize, &mut TcpStream) -> std::io::Result<()> + Send + Sync;

pub(crate) struct Server {
    pub(crate) port: u16,
    pub(crate) asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) fn start(answer: impl Fn(&str, &str, usize, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (answer, log): (Arc<Answer>, _) = (Arc::new(answer), asked.clone());
        std::thread::spawn(move || {
            for line in listener.incoming().flatten() {
                let (answer, log) = (answer.clone(), log.clone());
                std::thread::spawn(move || serve(line, &*answer, &log));
            }
        });
        Self { port, asked }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// How often a path was asked for.
    pub(crate) fn times(&self, path: &str) -> usize {
        self.asked.lock().expect("no test panics here").iter().filter(|p| *p == path).count()
    }
}

fn head(reader: &mut BufReader<TcpStream>) -> String {
    let mut head = String::new();
    while reader.read_line(&mut head).is_ok_and(|n| n > 2) {}
    head
}

fn serve(line: TcpStream, answer: &Answer, log: &Mutex<Vec<String>>) {
    let Ok(mut out) = line.try_clone() else { return };
    let mut reader = BufReader::new(line);
    let mut asked = head(&mut reader);
    // As a proxy: whatever is asked for through the line, this server answers.
    if asked.starts_with("CONNECT ") && out.write_all(b"HTTP/1.1 200 OK\r\n\r\n").is_ok() {
        asked = head(&mut reader);
    }
    let path = asked.split(' ').nth(1).unwrap_or("").to_owned();
    let before = {
        let mut log = log.lock().expect("no test panics here");
        let before = log.iter().filter(|p| **p == path).count();
        log.push(path.clone());
        before
    };
    let _ = answer(&path, &asked, before, &mut out);
}

/// An answer as it should be.
pub(crate) fn good(out: &mut TcpStream, status: &str, fields: &str, body: &[u8]) -> std::io::Result<()> {
    out.write_all(format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{fields}\r\n", body.len()).as_bytes())?;
    out.write_all(body)
}

/// A clock that moves when somebody waits.
#[derive(Debug, Clone, Default)]
pub(crate) struct FakeClock {
    now: Rc<Cell<Duration>>,
    pub(crate) waits: Rc<RefCell<Vec<u64>>>,
}

impl Clock for FakeClock {
    fn elapsed(&self) -> Duration {
        self.now.get()
    }

    fn stamp(&self) -> String {
        format!("2031-05-18T07:00:{:02}Z", self.now.get().as_secs() % 60)
    }

    fn wait(&self, time: Duration) {
        self.waits.borrow_mut().push(time.as_secs());
        self.now.set(self.now.get() + time);
    }
}

/// Options for a server on this machine.
pub(crate) fn local() -> Options {
    Options { private: true, retries: 0, patience: Duration::from_secs(5), longest: 100_000, ..Options::default() }
}

pub(crate) fn fetcher(options: Options, seen: Seen) -> (Fetcher<FakeClock, Vec<u8>>, FakeClock) {
    let clock = FakeClock::default();
    (Fetcher::new(options, clock.clone(), seen, Archive::new(Vec::new())).expect("the options are sound"), clock)
}

/// Fetch one address of a server.
pub(crate) fn fetch(server: &Server, options: Options, path: &str) -> (Fetched, Vec<u8>) {
    let (mut fetcher, _) = fetcher(options, Seen::default());
    let fetched = fetcher.fetch(&server.url(path)).expect("memory keeps all");
    (fetched, fetcher.into_archive().into_inner())
}
