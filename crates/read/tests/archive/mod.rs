//! Invented archives, built in memory: what crawlers and collectors write, well-formed or not.

#![allow(dead_code)] // each test uses its part

use flate2::{Compression, write::DeflateEncoder, write::GzEncoder};
use marsad_read::{Input, Intake, Limits, Record, SetAside, records_within, stream_records};
use std::io::{Cursor, Write};

/// One record of an archive: its header's fields and its block.
pub(crate) fn warc(kind: &str, url: &str, mime: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-05-18T07:00:00Z\r\nContent-Type: {mime}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// What a web server answers.
pub(crate) fn answer(status: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {status}\r\n{fields}\r\n\r\n").as_bytes(), body].concat()
}

/// A page as a crawler stores it.
pub(crate) fn page(url: &str, html: &str) -> Vec<u8> {
    warc(
        "response",
        url,
        "application/http; msgtype=response",
        &answer("200 OK", "Content-Type: text/html; charset=utf-8", html.as_bytes()),
    )
}

/// The n-th page of an archive: no other is like it, and it packs badly.
pub(crate) fn nth(n: usize) -> Vec<u8> {
    let filler: String = (0..12).map(|i| marsad_model::sha256_hex(&[n as u8, i])).collect::<Vec<_>>().join(" ");
    page(&format!("https://hill.example/{n}"), &format!("<html><body><p>Snow fell on hill {n}. {filler}</p></body></html>"))
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all bytes")
}

pub(crate) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all bytes")
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// A zip file of these members: name, and bytes as they are or deflated.
pub(crate) fn zip(members: &[(&str, &[u8], bool)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes, packed) in members {
        let stored = if *packed { deflate(bytes) } else { bytes.to_vec() };
        let at = out.len() as u32;
        let method: u16 = if *packed { 8 } else { 0 };
        let mut fields = Vec::new();
        for number in [20u16, 0, method, 0, 0] {
            fields.extend(number.to_le_bytes());
        }
        for number in [0u32, stored.len() as u32, bytes.len() as u32] {
            fields.extend(number.to_le_bytes());
        }
        fields.extend((name.len() as u16).to_le_bytes());
        fields.extend(0u16.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&fields);
        out.extend(name.as_bytes());
        out.extend(&stored);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (at, count) = (out.len() as u32, members.len() as u16);
    let length = directory.len() as u32;
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

pub(crate) type Item = Result<Record, SetAside>;

pub(crate) fn all(path: &str, bytes: &[u8]) -> Vec<Item> {
    all_within(path, bytes, Limits::default())
}

pub(crate) fn all_within(path: &str, bytes: &[u8], limits: Limits) -> Vec<Item> {
    records_within(&Intake { path, bytes, sidecar: None }, limits).collect()
}

/// The same, fetched a few bytes at a time.
pub(crate) fn in_sips(path: &str, bytes: &[u8]) -> Vec<Item> {
    let sips: Box<dyn Input> = Box::new(std::io::BufReader::with_capacity(7, Cursor::new(bytes.to_vec())));
    stream_records(path, sips, None, Limits::default()).collect()
}

/// The addresses of what was read.
pub(crate) fn urls(items: &[Item]) -> Vec<&str> {
    items.iter().flatten().filter_map(|r| r.given.url.as_deref()).collect()
}

/// Why the rest was not.
pub(crate) fn reasons(items: &[Item]) -> Vec<&str> {
    items.iter().filter_map(|i| i.as_ref().err()).map(|a| a.reason.as_str()).collect()
}
