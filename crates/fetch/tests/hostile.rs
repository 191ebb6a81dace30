//! A server that misbehaves costs its own answer only, in bounded time and memory, and leads nobody to where it should not.

mod server;

use flate2::{Compression, write::GzEncoder};
use marsad_fetch::{Options, Outcome, Seen};
use marsad_read::{Intake, Limits, records_within};
use server::{Server, fetch, fetcher, good, local};
use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

fn bad(path: &str, _: &str, _: usize, out: &mut TcpStream) -> std::io::Result<()> {
    match path {
        "/endless" => {
            out.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")?;
            loop {
                out.write_all(&[b'a'; 1000])?;
            }
        }
        "/endless_header" => {
            out.write_all(b"HTTP/1.1 200 OK\r\n")?;
            loop {
                out.write_all(b"X-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n")?;
            }
        }
        "/drip" => {
            out.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")?;
            loop {
                out.write_all(b"a")?;
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        "/too_little" => out.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nshort"),
        "/too_much" => out.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nshort and more"),
        "/no_number" => out.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nshort"),
        "/bad_chunks" => out.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"),
        "/cut_chunks" => out.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc"),
        "/bytes" => out.write_all(b"HTTP/1.1 200 OK\r\nX-\xc3\xa9: a\r\nContent-Length: 1\r\n\r\na"),
        "/byte_values" => {
            out.write_all(b"HTTP/1.1 200 OK\r\nX-Name: \xe3\xff\x80\r\nETag: \"\xff\"\r\nContent-Length: 1\r\nConnection: close\r\n\r\na")
        }
        "/garbage" => out.write_all(&[0x16, 3, 1, 0, 0xff, 0, 13, 10, 13, 10]),
        "/self" => good(out, "302 Found", "Location: /self\r\n", b""),
        "/one" => good(out, "302 Found", "Location: /two\r\n", b""),
        "/two" => good(out, "302 Found", "Location: /one\r\n", b""),
        "/file" => good(out, "302 Found", "Location: file:///etc/passwd\r\n", b""),
        "/nowhere" => good(out, "302 Found", "", b""),
        "/bomb" => {
            let mut packed = GzEncoder::new(Vec::new(), Compression::best());
            packed
                .write_all(&vec![b' '; 20 << 20])
                .and_then(|()| packed.finish())
                .and_then(|body| good(out, "200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", &body))
        }
        path if path.starts_with("/far") => {
            let next = path.len();
            good(out, "302 Found", &format!("Location: /far{}\r\n", "r".repeat(next - 3)), b"")
        }
        _ => good(out, "404 Not Found", "", b""),
    }
}

#[test]
fn no_answer_takes_more_than_its_share() {
    let server = Server::start(bad);
    let start = Instant::now();
    let options = Options { patience: Duration::from_millis(800), ..local() };
    let outcome = |path: &str| fetch(&server, options.clone(), path).0.outcome;
    assert_eq!(outcome("/endless"), Outcome::TooLong);
    for path in ["/endless_header", "/drip", "/too_little", "/no_number", "/bad_chunks", "/cut_chunks", "/bytes", "/garbage"] {
        assert!(matches!(outcome(path), Outcome::Failed(_)), "{path}: {:?}", outcome(path));
    }
    for (path, body) in [("/too_much", "short"), ("/byte_values", "a")] {
        let (fetched, _) = fetch(&server, options.clone(), path);
        assert_eq!((fetched.outcome, fetched.body.as_slice()), (Outcome::New, body.as_bytes()), "{path}");
    }
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

#[test]
fn a_bomb_is_kept_packed_and_set_aside_when_it_is_read() {
    let (fetched, archive) = fetch(&Server::start(bad), local(), "/bomb");
    assert_eq!(fetched.outcome, Outcome::New);
    assert!(fetched.body.len() < 100_000);
    let limits = Limits { record: 1 << 20, ..Limits::default() };
    let read: Vec<_> = records_within(&Intake { path: "a.warc.gz", bytes: &archive, sidecar: None }, limits).collect();
    assert!(matches!(&read[..], [Err(aside)] if aside.reason.contains("longer than")), "{read:?}");
}

#[test]
fn redirects_end() {
    let server = Server::start(bad);
    for (path, outcome) in [
        ("/self", Outcome::Redirects),
        ("/one", Outcome::Redirects),
        ("/far", Outcome::Redirects),
        ("/file", Outcome::NoAddress),
        ("/nowhere", Outcome::Refused(302)),
    ] {
        assert_eq!(fetch(&server, local(), path).0.outcome, outcome, "{path}");
    }
}

#[test]
fn this_machine_and_private_networks_are_not_fetched() {
    let server = Server::start(|_, _, _, out| good(out, "200 OK", "", b"secret"));
    let options = Options { private: false, ..local() };
    let port = server.port;
    // The last ones are names to a parser of addresses, and this machine to whoever resolves them.
    for host in [
        "127.0.0.1",
        "localhost",
        "a.localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "10.0.0.1",
        "169.254.169.254",
        "2130706433",
        "127.1",
        "0x7f000001",
        "0",
    ] {
        let (mut fetcher, _) = fetcher(options.clone(), Seen::default());
        let fetched = fetcher.fetch(&format!("http://{host}:{port}/")).unwrap();
        assert!(matches!(fetched.outcome, Outcome::Private), "{host}: {:?}", fetched.outcome);
    }
    assert_eq!(server.times("/"), 0);
}

#[test]
fn a_redirect_leads_to_no_private_address() {
    let secret = Server::start(|_, _, _, out| good(out, "200 OK", "", b"secret"));
    let targets = [secret.url("/"), format!("http://localhost:{}/", secret.port)];
    let leading = targets.clone();
    // It stands for the open network, as the proxy through which all is asked for.
    let proxy = Server::start(move |path, _, _, out| match path {
        "/0" => good(out, "302 Found", &format!("Location: {}\r\n", leading[0]), b""),
        "/1" => good(out, "302 Found", &format!("Location: {}\r\n", leading[1]), b""),
        "/page" => good(out, "200 OK", "", b"page"),
        _ => good(out, "404 Not Found", "", b""),
    });
    let options = Options { private: false, proxy: Some(proxy.url("")), ..local() };
    let (mut fetcher, _) = fetcher(options, Seen::default());
    let mut fetch = |path: &str| fetcher.fetch(&format!("http://open.example{path}")).unwrap();
    assert_eq!(fetch("/page").outcome, Outcome::New);
    for (at, target) in targets.iter().enumerate() {
        let fetched = fetch(&format!("/{at}"));
        assert_eq!((fetched.outcome, fetched.led_to.as_slice()), (Outcome::Private, std::slice::from_ref(target)));
    }
    assert_eq!(secret.times("/"), 0);
}

#[test]
fn a_proxy_that_is_none_is_told() {
    let options = Options { proxy: Some("no proxy at all".to_owned()), ..local() };
    let error = marsad_fetch::Fetcher::new(options, server::FakeClock::default(), Seen::default(), marsad_fetch::Archive::new(Vec::new()));
    assert!(error.is_err_and(|e| e.to_string().contains("socks5://")));
}
