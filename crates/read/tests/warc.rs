//! Web archives: what a crawler got is read, what is broken costs itself only.

mod archive;
mod desk;

use archive::{all, all_within, answer, gzip, in_sips, nth, page, reasons, urls, warc, zip, zstd};
use marsad_read::{Body, Limits, reopen};

fn http(status: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    warc("response", "https://hill.example/a", "application/http;msgtype=response", &answer(status, fields, body))
}

#[test]
fn what_is_a_page_or_text_is_read_and_nothing_else() {
    let snow = "<html><body><p>Snow fell on the hills.</p></body></html>".as_bytes();
    let html = "Content-Type: text/html";
    for (record, read, aside) in [
        (http("200 OK", html, snow), 1, None),
        (http("200", "content-type:text/html", snow), 1, None),
        (http("200 OK", "Content-Type: application/xhtml+xml", snow), 1, None),
        (http("200 OK", "Content-Type: text/plain", b"Snow fell."), 1, None),
        (http("200 OK", "Server: none", snow), 1, None),
        (http("200 OK", "Server: none", b"\x00\x01\x02"), 0, None),
        (http("200 OK", "Content-Type: image/png", b"\x89PNG"), 0, None),
        (http("200 OK", "Content-Type: application/json", b"{\"a\":[1]}"), 0, None),
        (http("200 OK", "Content-Type: text/xml", b"<urlset><url>a</url></urlset>"), 0, None),
        (http("200 OK", html, b" "), 0, None),
        (http("302 Found", html, snow), 0, None),
        (http("404 Not Found", html, snow), 0, Some("404")),
        (http("503 Busy", "Content-Type: image/png", snow), 0, None),
        (warc("response", "https://hill.example/a", "application/http", b"no answer"), 0, Some("no answer")),
        (warc("response", "dns:hill.example", "text/dns", b"20310518070000 hill.example"), 0, None),
        (
            warc("response", "https://hill.example/robots.txt", "application/http", &answer("200 OK", "Content-Type: text/plain", b"x")),
            0,
            None,
        ),
        (warc("conversion", "https://hill.example/a", "text/plain", "هطل الثلج.".as_bytes()), 1, None),
        (warc("resource", "https://hill.example/a", "text/html", snow), 1, None),
        (warc("warcinfo", "a", "application/warc-fields", b"software: none"), 0, None),
        (warc("request", "https://hill.example/a", "application/http", b"GET / HTTP/1.1\r\n\r\n"), 0, None),
        (warc("revisit", "https://hill.example/a", "application/http", &answer("200 OK", html, b"")), 0, None),
        (warc("metadata", "https://hill.example/a", "text/plain", b"via: b"), 0, None),
        (http("200 OK", "Content-Type: text/plain", &[0, 1, 2, 3, 0xff].repeat(40)), 0, Some("no text")),
    ] {
        let items = all("a.warc", &record);
        let shown = String::from_utf8_lossy(&record);
        assert_eq!(items.iter().filter(|i| i.is_ok()).count(), read, "{shown}: {items:?}");
        match (aside, &reasons(&items)[..]) {
            (None, []) => {}
            (Some(part), [reason]) => assert!(reason.contains(part) && reason.contains("byte 0"), "{shown}: {reason}"),
            (_, other) => panic!("{shown}: {other:?}"),
        }
    }
}

#[test]
fn what_a_payload_was_packed_in_is_undone() {
    let text = "Snow fell on the hills. ".repeat(9);
    let body = text.as_bytes();
    let chunked = |bytes: &[u8]| [format!("{:x};a=b\r\n", bytes.len()).as_bytes(), bytes, b"\r\n0\r\n\r\n"].concat();
    let torn = format!("{:x}\r\n{text}", body.len() + 50);
    let plain = "Content-Type: text/plain";
    for (fields, sent) in [
        ("Content-Encoding: gzip", gzip(body)),
        ("Content-Encoding: x-gzip", gzip(body)),
        ("Content-Encoding: deflate", archive::deflate(body)),
        ("Content-Encoding: gzip, gzip", gzip(&gzip(body))),
        ("Content-Encoding: gzip", body.to_vec()),
        ("Content-Encoding: br", body.to_vec()),
        ("Content-Encoding: identity", body.to_vec()),
        ("Transfer-Encoding: chunked", chunked(body)),
        ("Transfer-Encoding: chunked", [format!("{:X}\r\n", body.len()).as_bytes(), body, b"\r\n0\r\n"].concat()),
        ("Transfer-Encoding: chunked", torn.into_bytes()),
        ("Transfer-Encoding: chunked", body.to_vec()),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", chunked(&gzip(body))),
    ] {
        let items = all("a.warc", &http("200 OK", &format!("{plain}\r\n{fields}"), &sent));
        let [Ok(record)] = &items[..] else { panic!("{fields}: {items:?}") };
        assert_eq!(record.body, Body::Text(text.clone()), "{fields}");
    }
    let four = (0..4).fold(body.to_vec(), |inner, _| gzip(&inner));
    for (fields, sent, reason) in [
        ("Content-Encoding: br", vec![0, 1, 2, 3], "`br`"),
        ("Content-Encoding: gzip", gzip(body)[..40].to_vec(), "cut short"),
        ("Content-Encoding: gzip,gzip,gzip,gzip", four, "4 times over"),
    ] {
        let items = all("a.warc", &http("200 OK", &format!("{plain}\r\n{fields}"), &sent));
        assert!(matches!(&items[..], [Err(a)] if a.reason.contains(reason)), "{fields}: {items:?}");
    }
}

#[test]
fn a_record_keeps_its_address_its_time_its_place_and_its_own_bytes() {
    let arabic = "هطل الثلج الكثيف على القرى الجبلية في الشمال";
    let (win, ..) = encoding_rs::WINDOWS_1256.encode(arabic);
    let block = answer("200 OK", "Content-Type: text/html; Charset=\"windows-1256\"", &win);
    let first = nth(0);
    let bytes = [first.clone(), warc("response", "<https://hill.example/a>", "application/http", &block)].concat();
    let items = all("d/a.warc", &bytes);
    let record = items[1].as_ref().unwrap();
    assert_eq!(record.charset, "windows-1256 (sent as such)");
    assert_eq!(record.body.content(), arabic);
    assert_eq!(record.sealed, block, "the block as it lies there, with what the server sent");
    assert_eq!(record.given.url.as_deref(), Some("https://hill.example/a"));
    assert_eq!(record.given.retrieved.as_deref(), Some("2031-05-18T07:00:00Z"));
    let c = &record.capture;
    assert_eq!((c.by.as_str(), c.container.as_deref(), c.record_offset), ("warc", Some("d/a.warc"), Some(first.len() as u64)));
    assert_eq!(c.at.as_deref(), Some("2031-05-18T07:00:00Z"));
    let report = desk::read(record);
    assert_eq!(report.published, None, "when it was fetched is not when it was published");
}

#[test]
fn the_same_page_fetched_again_is_the_same_report() {
    let fetched = |date: &str| http("200 OK", &format!("Date: {date}\r\nContent-Type: text/html"), b"<p>Snow fell on the hills.");
    let items = all("a.warc", &[fetched("Sat"), fetched("Sun")].concat());
    let [Ok(a), Ok(b)] = &items[..] else { panic!("{items:?}") };
    assert_eq!(a.id, b.id);
    assert_ne!(a.sha256, b.sha256, "each capture keeps its own bytes");
}

/// The archive with its members packed each by itself, and where each begins.
fn members(pack: impl Fn(&[u8]) -> Vec<u8>, count: usize) -> (Vec<u8>, Vec<usize>) {
    let (mut all, mut at) = (Vec::new(), Vec::new());
    for n in 0..count {
        at.push(all.len());
        all.extend(pack(&nth(n)));
    }
    (all, at)
}

#[test]
fn packed_as_archives_are_packed() {
    let plain: Vec<u8> = (0..6).flat_map(nth).collect();
    let ids = |path: &str, bytes: &[u8]| -> Vec<_> { all(path, bytes).into_iter().map(|i| i.unwrap().id).collect() };
    let expected = ids("a.warc", &plain);
    assert_eq!(expected.len(), 6);
    for (path, bytes) in [
        ("a.warc.gz", members(gzip, 6).0),
        ("a.warc.zst", members(zstd, 6).0),
        ("a.warc.gz", gzip(&plain)),
        ("a.warc.zst", zstd(&plain)),
        // In blocks that know nothing of records.
        ("a.warc.gz", plain.chunks(700).flat_map(gzip).collect()),
        ("a.warc.zst", plain.chunks(700).flat_map(zstd).collect()),
        // Named otherwise than it is.
        ("a.warc", members(gzip, 6).0),
        ("a.warc.gz", plain.clone()),
        ("a.wet.gz", members(gzip, 6).0),
        // With what may lie between and after members.
        ("a.warc.gz", [members(gzip, 6).0, vec![0; 600]].concat()),
        ("a.warc.zst", [vec![0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3], members(zstd, 6).0].concat()),
    ] {
        assert_eq!(ids(path, &bytes), expected, "{path}, {} bytes", bytes.len());
        let sips: Vec<_> = in_sips(path, &bytes).into_iter().map(|i| i.unwrap().id).collect();
        assert_eq!(sips, expected, "{path} a few bytes at a time");
    }
}

#[test]
fn a_record_is_found_again_at_its_offset() {
    type Pack = fn(&[u8]) -> Vec<u8>;
    for (path, pack) in [("a.warc", <[u8]>::to_vec as Pack), ("a.warc.gz", gzip), ("a.warc.zst", zstd)] {
        let (bytes, at) = members(pack, 5);
        for (item, at) in all(path, &bytes).iter().zip(at) {
            let record = item.as_ref().unwrap();
            assert_eq!(record.capture.record_offset, Some(at as u64), "{path}");
            let again = all(path, &bytes[at..]);
            assert_eq!(again[0].as_ref().unwrap().sealed, record.sealed, "{path}");
        }
    }
}

#[test]
fn cut_short_anywhere_it_gives_what_is_whole() {
    type Pack = fn(&[u8]) -> Vec<u8>;
    for (path, pack) in [("a.warc", <[u8]>::to_vec as Pack), ("a.warc.gz", gzip), ("a.warc.zst", zstd)] {
        let (bytes, at) = members(pack, 5);
        for cut in (0..bytes.len()).step_by(100) {
            let items = all(path, &bytes[..cut]);
            let whole = at.iter().skip(1).filter(|&&a| a <= cut).count();
            let expected: Vec<String> = (0..whole).map(|n| format!("https://hill.example/{n}")).collect();
            // The blank lines after the last record may be missing: it is whole all the same.
            let mut found = urls(&items);
            if path == "a.warc" && found.len() > whole {
                found.pop();
                assert!(at[whole + 1] - cut <= 4, "{path} cut at {cut}");
            }
            assert_eq!(found, expected, "{path} cut at {cut}");
            let torn = !at.contains(&cut) && items.iter().filter(|i| i.is_ok()).count() == whole;
            assert_eq!(reasons(&items).len(), usize::from(torn), "{path} cut at {cut}: {:?}", reasons(&items));
        }
    }
}

#[test]
fn a_broken_record_costs_itself_only() {
    let three = || (nth(0), nth(1), nth(2));
    let with = |record: &[u8], from: &str, to: &str| {
        let text = String::from_utf8(record.to_vec()).unwrap();
        assert!(text.contains(from));
        text.replacen(from, to, 1).into_bytes()
    };
    let (a, b, c) = three();
    let length = |record: &[u8]| {
        let text = String::from_utf8(record.to_vec()).unwrap();
        let line = text.lines().find(|l| l.starts_with("Content-Length")).unwrap().to_owned();
        (line.clone(), line.rsplit(' ').next().unwrap().parse::<usize>().unwrap())
    };
    let (line, was) = length(&b);
    let said = |n: usize| with(&b, &line, &format!("Content-Length: {n}"));
    let both = ["https://hill.example/0", "https://hill.example/2"];
    for (what, middle, read, told) in [
        ("garbage", b"\x00\xffgarbage without end\r\n".repeat(9), &both[..], "belong to no record"),
        ("too short a length", said(was - 30), &both, "Content-Length"),
        ("too long a length", said(was + 90), &both, "Content-Length"),
        ("far too long a length", said(40 << 20), &both, "Content-Length"),
        ("a length beyond all", said(usize::MAX), &both, "Content-Length"),
        ("no length", with(&b, &line, "Content-Breadth: 7"), &both, "no Content-Length"),
        ("a length that is none", with(&b, &line, "Content-Length: -1"), &both, "no Content-Length"),
        ("a record torn in its block", b[..b.len() / 2].to_vec(), &both, "Content-Length"),
        ("a record torn in its header", b[..40].to_vec(), &["https://hill.example/0"], ""),
    ] {
        let items = all("a.warc", &[a.clone(), middle, c.clone()].concat());
        assert!(urls(&items).starts_with(read) || what.contains("header"), "{what}: {items:?}");
        assert!(urls(&items).contains(&"https://hill.example/0"), "{what}");
        assert!(reasons(&items).iter().all(|r| r.contains(told)) && reasons(&items).len() <= 1, "{what}: {:?}", reasons(&items));
        assert!(!reasons(&items).is_empty() || what.contains("header"), "{what}");
    }
}

#[test]
fn a_damaged_member_costs_itself_only() {
    type Pack = fn(&[u8]) -> Vec<u8>;
    for (path, pack) in [("a.warc.gz", gzip as Pack), ("a.warc.zst", zstd)] {
        let (bytes, at) = members(pack, 5);
        let expected: Vec<String> = [0, 1, 3, 4].map(|n| format!("https://hill.example/{n}")).to_vec();
        for damage in (at[2]..at[3]).step_by(37) {
            let mut bytes = bytes.clone();
            bytes[damage] ^= 0x55;
            let items = all(path, &bytes);
            let found: Vec<&str> = urls(&items).into_iter().filter(|u| !u.ends_with("/2")).collect();
            assert_eq!(found, expected, "{path} damaged at {damage} ({} in the member): {:?}", damage - at[2], reasons(&items));
            let read = urls(&items).len() == 5;
            assert_eq!(reasons(&items).is_empty(), read, "{path} damaged at {damage}: {:?}", reasons(&items));
        }
        // A member torn off, the next one right behind it.
        let torn = [&bytes[..at[2] + (at[3] - at[2]) / 2], &bytes[at[3]..]].concat();
        let items = all(path, &torn);
        assert_eq!(urls(&items), expected, "{path} torn: {:?}", reasons(&items));
        assert_eq!(reasons(&items).len(), 1, "{path}: {:?}", reasons(&items));
    }
}

#[test]
fn what_is_too_much_is_set_aside_and_passed_over() {
    let limits = Limits { record: 4000, ..Limits::default() };
    let long = page("https://hill.example/long", &"<p>Snow fell on the hills.</p>".repeat(400));
    let film =
        warc("response", "https://hill.example/film", "application/http", &answer("200 OK", "Content-Type: video/mp4", &vec![7; 90_000]));
    let plain = [nth(0), long.clone(), film.clone(), nth(1)];
    for (path, bytes) in [
        ("a.warc", plain.concat()),
        ("a.warc.gz", plain.iter().flat_map(|r| gzip(r)).collect()),
        ("a.warc.zst", plain.iter().flat_map(|r| zstd(r)).collect()),
    ] {
        let items = all_within(path, &bytes, limits);
        assert_eq!(urls(&items), ["https://hill.example/0", "https://hill.example/1"], "{path}: {items:?}");
        assert!(matches!(reasons(&items)[..], [reason] if reason.contains("longer than 4000")), "{path}: {:?}", reasons(&items));
    }
    // A payload that inflates beyond the limit.
    let bomb = http("200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip", &gzip(&vec![b' '; 1 << 20]));
    let items = all_within("a.warc", &[bomb, nth(1)].concat(), limits);
    assert_eq!((urls(&items), reasons(&items).len()), (vec!["https://hill.example/1"], 1), "{items:?}");
    // A member that inflates beyond all measure: the rest of it is not even looked at.
    let trap = gzip(&[warc("response", "https://hill.example/a", "application/http", b"")[..150].to_vec(), vec![b'\n'; 1 << 20]].concat());
    let items = all_within("a.warc.gz", &[gzip(&nth(0)), trap, gzip(&nth(1))].concat(), Limits { growth: 20, ..limits });
    assert_eq!(urls(&items), ["https://hill.example/0", "https://hill.example/1"], "{items:?}");
    assert!(reasons(&items).iter().any(|r| r.contains("more than 20 times")), "{:?}", reasons(&items));
    let items = all_within("a.warc", &(0..9).flat_map(nth).collect::<Vec<u8>>(), Limits { container: 3000, ..limits });
    assert!(reasons(&items).last().is_some_and(|r| r.contains("longer than 3000")), "{items:?}");
}

#[test]
fn collections() {
    let inner: Vec<u8> = (0..3).flat_map(|n| gzip(&nth(n))).collect();
    let more = nth(3);
    let whole = zip(&[
        ("archive/a.warc.gz", &inner, false),
        ("indexes/index.cdx", b"x", true),
        ("archive/b.warc", &more, true),
        ("pages/pages.jsonl", b"{\"format\":\"json-pages-1.0\"}\n", true),
        ("deep.wacz", b"PK", false),
        ("datapackage.json", b"{}", false),
    ]);
    for items in [all("d/x.wacz", &whole), in_sips("d/x.wacz", &whole)] {
        assert_eq!(urls(&items), (0..4).map(|n| format!("https://hill.example/{n}")).collect::<Vec<_>>(), "{items:?}");
        assert!(matches!(reasons(&items)[..], [reason] if reason.contains("deep.wacz")), "{:?}", reasons(&items));
        let second = items.iter().flatten().nth(1).unwrap();
        assert_eq!(second.path, "d/x.wacz");
        assert_eq!(second.capture.container.as_deref(), Some("d/x.wacz/archive/a.warc.gz"));
        assert_eq!(second.capture.record_offset, Some(gzip(&nth(0)).len() as u64));
    }
    // Cut short, it has lost its directory; its records are found one by one.
    for cut in (1000..whole.len() - 1).step_by(100) {
        let items = all("x.wacz", &whole[..cut]);
        let whole_members = (1..=3).filter(|&n| 30 + 17 + (0..n).map(|m| gzip(&nth(m)).len()).sum::<usize>() <= cut).count();
        assert_eq!(urls(&items).len(), whole_members, "cut at {cut}: {items:?}");
        assert!(reasons(&items)[0].contains("directory"), "{:?}", reasons(&items));
    }
    for (bytes, reason) in [(zip(&[("a.txt", b"snow", false)]), "no web archive"), (b"no zip".to_vec(), "directory")] {
        let items = all("x.wacz", &bytes);
        assert!(matches!(reasons(&items)[..], [told] if told.contains(reason)), "{items:?}");
    }
    // A directory that promises more than there is.
    let mut long = zip(&[("a.warc", &more, false), ("b.warc", &more, false)]);
    let at = long.len() - 22 - 52 + 20;
    long[at..at + 4].copy_from_slice(&[0xff, 0xff, 0xff, 0x7f]);
    let items = all("x.wacz", &long);
    assert_eq!(urls(&items).len(), 1, "{items:?}");
    assert!(matches!(reasons(&items)[..], [reason] if reason.contains("longer than the file")), "{:?}", reasons(&items));
}

#[test]
fn sealed_records_open_to_the_same() {
    for item in all("a.warc.gz", &(0..3).flat_map(|n| gzip(&nth(n))).collect::<Vec<u8>>()) {
        let record = item.unwrap();
        let again =
            reopen(&record.path, &record.capture.by, None, &record.sealed, record.beside.as_deref(), marsad_read::Limits::default())
                .unwrap();
        assert_eq!(again.id, record.id);
        assert_eq!((&again.given, &again.body, &again.charset), (&record.given, &record.body, &record.charset));
        assert_eq!((&again.sealed, &again.beside), (&record.sealed, &record.beside));
    }
}
