//! What is fetched is kept as it came, and nobody is asked who does not want it, or too often.

mod server;

use marsad_fetch::{Options, Outcome, Seen};
use marsad_read::{Intake, records};
use server::{Server, fetch, fetcher, good, local};

const PAGE: &str = "<html><head><title>Snow closes the hill road</title></head><body><p>The hill road stayed closed on Monday after a night of heavy snow, and the plough did not come until noon.</p></body></html>";

#[test]
fn what_is_fetched_is_read_from_the_archive() {
    let server = Server::start(|path, _, _, out| match path {
        "/old" => good(out, "301 Moved Permanently", "Location: new?a=b#c\r\n", b""),
        "/new?a=b" => good(out, "200 OK", "Content-Type: text/html; charset=utf-8\r\nX-Name: \u{e9}\u{ff}\r\n", PAGE.as_bytes()),
        _ => good(out, "404 Not Found", "", b""),
    });
    let (fetched, archive) = fetch(&server, local(), "/old");
    assert_eq!((fetched.outcome, fetched.led_to), (Outcome::New, vec![server.url("/new?a=b")]));
    assert_eq!(fetched.body, PAGE.as_bytes());
    let read: Vec<_> = records(&Intake { path: "a.warc.gz", bytes: &archive, sidecar: None }).flatten().collect();
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].given.url.as_deref(), Some(server.url("/new?a=b").as_str()));
    assert!(read[0].capture.at.as_deref().is_some_and(|at| at.starts_with("2031-05-18T07:00:")));
    // The redirect is kept, too.
    let mut whole = String::new();
    std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(archive.as_slice()), &mut whole).unwrap();
    assert_eq!(whole.matches("WARC-Type: response").count(), 2);
    assert!(whole.contains("HTTP/1.1 301 Moved Permanently\r\n") && whole.contains("location: new?a=b#c"));
}

#[test]
fn later_visits_tell_what_became_of_a_page() {
    let server = Server::start(|path, head, before, out| match (path, before) {
        ("/a", 0) => good(out, "200 OK", "ETag: \"one\"\r\nLast-Modified: Sat, 17 May 2031 10:00:00 GMT\r\n", b"one"),
        ("/a", 1) if head.to_lowercase().contains("if-none-match: \"one\"") && head.contains("17 May 2031") => {
            good(out, "304 Not Modified", "", b"")
        }
        ("/a", 2) => good(out, "200 OK", "ETag: \"two\"\r\n", b"two"),
        ("/a", 3) => good(out, "200 OK", "", b"two"),
        ("/a", 4 | 5) => good(out, "410 Gone", "", b""),
        // Of what is gone nothing is known, so nothing is said of it.
        ("/a", 6) if !head.to_lowercase().contains("if-none-match") => good(out, "200 OK", "", b"two"),
        _ => good(out, "404 Not Found", "", b""),
    });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("seen.jsonl");
    let visit = || {
        let (mut fetcher, _) = fetcher(local(), Seen::open(&file).unwrap());
        fetcher.fetch(&server.url("/a")).unwrap().outcome
    };
    let outcomes: Vec<Outcome> = (0..7).map(|_| visit()).collect();
    let gone = Outcome::Gone(410);
    assert_eq!(outcomes, [Outcome::New, Outcome::Unchanged, Outcome::Changed, Outcome::Unchanged, gone.clone(), gone, Outcome::Changed]);
    // A line that was cut off costs itself only.
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, &bytes[..bytes.len() - 5]).unwrap();
    let seen = Seen::open(&file).unwrap();
    assert!(seen.get(&server.url("/a")).is_some_and(|v| v.gone.is_some()));
    let (mut again, _) = fetcher(local(), seen);
    assert_eq!(again.fetch(&server.url("/a")).unwrap().outcome, Outcome::Gone(404));
    assert_eq!(Seen::open(&file).unwrap().get(&server.url("/a")).map(|v| v.status), Some(404));
    // What never was there is not gone.
    assert_eq!(again.fetch(&server.url("/b")).unwrap().outcome, Outcome::Refused(404));
}

#[test]
fn robots_are_asked_once_and_obeyed() {
    let server = Server::start(|path, _, _, out| match path {
        "/robots.txt" => good(out, "200 OK", "", b"User-agent: *\nDisallow: /private\nCrawl-delay: 9"),
        "/leads" => good(out, "302 Found", "Location: /private/a\r\n", b""),
        _ => good(out, "200 OK", "", b"page"),
    });
    let (mut fetcher, clock) = fetcher(local(), Seen::default());
    let mut fetch = |path: &str| fetcher.fetch(&server.url(path)).unwrap().outcome;
    assert_eq!(
        (fetch("/a"), fetch("/private/a"), fetch("/leads"), fetch("/b")),
        (Outcome::New, Outcome::Robots, Outcome::Robots, Outcome::New)
    );
    assert_eq!((server.times("/robots.txt"), server.times("/private/a")), (1, 0));
    // The pace of the options before the site's rules are known, and then the site's.
    assert_eq!(*clock.waits.borrow(), [2, 9, 9]);
}

#[test]
fn a_site_that_cannot_tell_its_rules_is_left_alone() {
    let server = Server::start(|path, _, _, out| match path {
        "/robots.txt" => good(out, "500 Internal Server Error", "", b""),
        _ => good(out, "200 OK", "", b"page"),
    });
    let (fetched, _) = fetch(&server, local(), "/a");
    assert!(matches!(fetched.outcome, Outcome::Failed(why) if why.contains("robots.txt")));
    assert_eq!(server.times("/a"), 0);
}

#[test]
fn a_busy_server_is_given_the_time_it_asks_for() {
    let server = Server::start(|path, _, before, out| match (path, before) {
        ("/soon", 0) => good(out, "429 Too Many Requests", "Retry-After: 7\r\n", b""),
        ("/failing", 0 | 1) => good(out, "503 Service Unavailable", "", b""),
        ("/later", _) => good(out, "503 Service Unavailable", "Retry-After: Sun, 18 May 2031 07:00:00 GMT\r\n", b""),
        ("/much_later", _) => good(out, "429 Too Many Requests", "Retry-After: 86400\r\n", b""),
        ("/never", _) => good(out, "502 Bad Gateway", "Retry-After: 0\r\n", b""),
        ("/silent", _) => Ok(()),
        ("/soon" | "/failing", _) => good(out, "200 OK", "", b"page"),
        _ => good(out, "404 Not Found", "", b""),
    });
    let options = Options { retries: 3, ..local() };
    let outcome = |path: &str| fetch(&server, options.clone(), path).0.outcome;
    assert_eq!((outcome("/soon"), server.times("/soon")), (Outcome::New, 2));
    assert_eq!((outcome("/failing"), server.times("/failing")), (Outcome::New, 3));
    assert_eq!((outcome("/later"), server.times("/later")), (Outcome::Refused(503), 1));
    assert_eq!((outcome("/much_later"), server.times("/much_later")), (Outcome::Refused(429), 1));
    assert_eq!((outcome("/never"), server.times("/never")), (Outcome::Refused(502), 4));
    assert!(matches!(outcome("/silent"), Outcome::Failed(_)) && server.times("/silent") == 4);
    let (mut waiting, clock) = fetcher(options.clone(), Seen::default());
    waiting.fetch(&server.url("/never")).unwrap();
    assert!(clock.waits.borrow().iter().sum::<u64>() >= 8, "{:?}", clock.waits);
}
