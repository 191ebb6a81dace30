//! What lies in files becomes records; what cannot be read is set aside and stops nothing.

mod desk;

use flate2::{Compression, write::GzEncoder};
use marsad_read::{Body, Intake, Limits, Record, SetAside, records, records_within, reopen};
use std::io::Write;

fn all(path: &str, bytes: &[u8]) -> Vec<Result<Record, SetAside>> {
    records(&Intake { path, bytes, sidecar: None }).collect()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all bytes")
}

#[test]
fn files_by_their_names() {
    let text = "هطل الثلج على القرى.".as_bytes();
    for (path, bytes, kind) in [
        ("a.txt", text.to_vec(), "text"),
        ("dir/A.TXT", text.to_vec(), "text"),
        ("a.txt.gz", packed(text), "text"),
        ("a.html", text.to_vec(), "html"),
        ("a.htm.gz", packed(text), "html"),
    ] {
        let record = desk::record(path, &bytes, None);
        assert_eq!((record.body.kind(), record.body.content().as_bytes()), (kind, text), "{path}");
        assert_eq!(record.sealed, bytes, "{path}: the bytes are kept as they came");
        assert_eq!(record.sha256, marsad_model::sha256_hex(&bytes));
    }
}

#[test]
fn what_cannot_be_read_is_set_aside_with_its_reason() {
    for (path, bytes, reason) in [
        ("a.pdf", &b"x"[..], "does not end in"),
        ("noname", b"x", "does not end in"),
        ("a.txt", b"  \n ", "no text"),
        ("a.txt", b"", "no text"),
        ("a.txt.gz", b"no gzip", "inflated"),
        ("a.txt.meta.json", b"{}", "sidecar"),
        ("a.jsonl", b"{\"key\":1}", "neither"),
        ("a.jsonl", b"{\"text\":\"\"}", "empty"),
        ("a.jsonl", b"{\"text\":7}", "no string"),
        ("a.jsonl", b"[1]", "no JSON object"),
        ("a.jsonl", b"{\"text\":", "no JSON"),
        ("a.jsonl", b"{\"text\":\"\xff\"}", "UTF-8"),
        ("a.jsonl.gz", b"no gzip", "inflated"),
    ] {
        match &all(path, bytes)[..] {
            [Err(aside)] => assert!(aside.reason.contains(reason) && aside.path == path, "{path}: {aside:?}"),
            other => panic!("{path}: {other:?}"),
        }
    }
}

#[test]
fn a_bad_line_stops_nothing() {
    let lines = b"\xEF\xBB\xBF{\"text\":\"one\",\"key\":\"a\"}\r\n\n{bad\n{\"html\":\"<p>two\",\"key\":2}";
    for (path, bytes) in [("a.jsonl", lines.to_vec()), ("a.ndjson.gz", packed(lines))] {
        let all = all(path, &bytes);
        let keys: Vec<_> = all.iter().map(|r| r.as_ref().map(|r| (r.key.clone(), r.line)).map_err(|a| a.line)).collect();
        assert_eq!(keys, [Ok((Some("a".to_owned()), Some(1))), Err(Some(3)), Ok((Some("2".to_owned()), Some(4)))], "{path}");
        let last = all[2].as_ref().unwrap();
        assert_eq!(last.sealed, b"{\"html\":\"<p>two\",\"key\":2}", "the line as sent, without its end");
        assert_eq!(last.capture.container.as_deref(), Some(path));
    }
}

#[test]
fn a_file_cut_short_gives_what_was_whole() {
    // Text that packs badly, so that half of the file holds many whole lines.
    let line = |i: u32| format!("{{\"text\":\"{}\"}}\n", marsad_model::sha256_hex(&i.to_be_bytes()));
    let lines: String = (0..4000).map(line).collect();
    let whole = packed(lines.as_bytes());
    let all = all("a.jsonl.gz", &whole[..whole.len() / 2]);
    assert!(all.len() > 100 && all[..all.len() - 1].iter().all(Result::is_ok) && all[all.len() - 1].is_err());
}

#[test]
fn what_inflates_without_end_is_set_aside() {
    let limits = Limits { record: 1000, container: 5000, ..Limits::default() };
    let read = |path, bytes: &[u8]| records_within(&Intake { path, bytes, sidecar: None }, limits).collect::<Vec<_>>();
    let blanks = packed(&vec![b' '; 100_000]);
    for path in ["a.txt.gz", "a.jsonl.gz"] {
        let all = read(path, &blanks);
        assert!(all.len() == 1 && all[0].as_ref().is_err_and(|a| a.reason.contains("longer")), "{path}: {all:?}");
    }
    let long_line = [b"{\"text\":\"".to_vec(), vec![b'a'; 2000], b"\"}\n{\"text\":\"b\"}\n".to_vec()].concat();
    let all = read("a.jsonl", &long_line);
    assert!(all.len() == 2 && all[0].is_err() && all[1].is_ok());
}

#[test]
fn the_id_is_of_what_was_given_never_of_key_path_or_time_of_retrieval() {
    let id = |path, line: &str| desk::record(path, line.as_bytes(), None).id;
    let base = id("a.jsonl", r#"{"text":"snow","source":"Hill Post"}"#);
    for same in [
        r#"{"key":5,"source":"Hill Post","text":"snow"}"#,
        r#"{"text":"snow","source":" Hill Post ","retrieved":"2031-05-17T00:00:00Z","url":null}"#,
        r#"{"text":"sno\u0077","source":"Hill Post","byline":"Lina"}"#,
    ] {
        assert_eq!(id("b.jsonl", same), base, "{same}");
    }
    for other in [
        r#"{"text":"snow","source":"Valley Post"}"#,
        r#"{"text":"snow.","source":"Hill Post"}"#,
        r#"{"html":"snow","source":"Hill Post"}"#,
        r#"{"text":"snow","url":"Hill Post"}"#,
        r#"{"text":"snow","source":"Hill Post","published":"2031-05-17"}"#,
        r#"{"text":"snow","source":"Hill Post","title":"snow"}"#,
        r#"{"text":"snow","source":"Hill Post","language":"en"}"#,
    ] {
        assert_ne!(id("a.jsonl", other), base, "{other}");
    }
}

#[test]
fn a_sidecar_tells_of_its_file() {
    let sidecar =
        br#"{"key":"k1","url":"https://hill.example/1","source":"Hill Post","published":"2031-05-17","retrieved":"2031-05-18T07:00:00Z"}"#;
    let record = desk::record("a.txt", b"Snow fell on the hills.", Some(sidecar));
    assert_eq!((record.key.as_deref(), record.given.source.as_deref()), (Some("k1"), Some("Hill Post")));
    assert_eq!(record.capture.at.as_deref(), Some("2031-05-18T07:00:00Z"));
    let bad: Vec<_> = records(&Intake { path: "a.txt", bytes: b"Snow.", sidecar: Some(b"{") }).collect();
    assert!(matches!(&bad[..], [Err(aside)] if aside.reason.contains(".meta.json")));
}

#[test]
fn sealed_bytes_open_to_the_same_record() {
    let sidecar = br#"{"source":"Hill Post"}"#;
    let page = packed(b"<p>Snow fell on the hills.");
    for record in [desk::record("d/a.html.gz", &page, Some(sidecar)), desk::record("d/a.jsonl", br#"{"text":"Snow fell.","key":7}"#, None)]
    {
        let again =
            reopen(&record.path, &record.capture.by, record.line, &record.sealed, record.beside.as_deref(), marsad_read::Limits::default());
        assert_eq!(again.as_ref(), Ok(&record));
    }
}

#[test]
fn charsets() {
    let arabic = "هطل الثلج الكثيف على القرى الجبلية في الشمال وأغلقت الطرق أمام السيارات حتى المساء";
    let (win, _, _) = encoding_rs::WINDOWS_1256.encode(arabic);
    let (iso, _, _) = encoding_rs::ISO_8859_6.encode(arabic);
    let declared = [b"<html><head><meta charset=\"windows-1256\"></head><body><p>".to_vec(), win.to_vec()].concat();
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(arabic.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let bare: Vec<u8> = arabic.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let lying = format!("<meta charset=windows-1252><p>{arabic}").into_bytes();
    for (path, bytes, charset) in [
        ("a.txt", arabic.as_bytes().to_vec(), "utf-8 (valid)"),
        ("a.txt", [b"\xEF\xBB\xBF".to_vec(), arabic.as_bytes().to_vec()].concat(), "utf-8 (byte order mark)"),
        ("a.txt", win.to_vec(), "windows-1256 (detected)"),
        ("a.txt", iso.to_vec(), "iso-8859-6 (detected)"),
        ("a.html", declared, "windows-1256 (declared)"),
        ("a.html", lying, "utf-8 (valid, against its declaration)"),
        ("a.txt", utf16, "utf-16le (byte order mark)"),
        ("a.txt", bare, "utf-16le (every other byte is zero or six)"),
    ] {
        let record = desk::record(path, &bytes, None);
        assert_eq!(record.charset, charset);
        assert!(record.body.content().contains(arabic), "{charset}");
    }
    // A page that was put together of parts, one of them in another charset.
    let mixed =
        [format!("<html><body><p>{arabic}</p>\n<div>").into_bytes(), win.to_vec(), format!("</div><p>{arabic}</p>").into_bytes()].concat();
    let record = desk::record("a.html", &mixed, None);
    assert_eq!((record.charset.as_str(), record.body.content().matches(arabic).count()), ("utf-8 (mixed with windows-1256)", 3));
    // What was read in a wrong charset before it was saved.
    for wrong in [encoding_rs::WINDOWS_1252, encoding_rs::WINDOWS_1256] {
        let misread = wrong.decode_without_bom_handling(arabic.as_bytes()).0;
        let record = desk::record("a.txt", format!("Snow\n{misread}\n").as_bytes(), None);
        assert_eq!(record.body.content(), format!("Snow\n{arabic}\n"), "{}", record.charset);
    }
    assert!(matches!(desk::record("a.txt", b"caf\xe9 on the hill", None).body, Body::Text(t) if t.contains("café")));
}
