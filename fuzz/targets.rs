//! What each target does with the bytes it is handed: read them as a file of that kind, and each record as a report. The
//! same is done with the kept bytes by the tests of `crates/read`.

use marsad_knowledge::Files;
use marsad_read::{Intake, Limits, Reader, records_within};
use std::sync::LazyLock;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new(&Files::embedded()).expect("the embedded knowledge is sound"));

/// Small enough that what is too much is met often.
const LIMITS: Limits = Limits { record: 64 << 10, container: 1 << 20, feed: 256 << 10, growth: 200, nesting: 2 };

/// The names of files that a target reads its bytes as.
pub(crate) fn names(target: &str) -> &'static [&'static str] {
    match target {
        "html" => &["a.html"],
        "warc" => &["a.warc", "a.warc.gz", "a.warc.zst", "a.wacz"],
        "feed" => &["a.xml", "a.rss.gz", "a.json"],
        "telegram" => &["a.json", "a.json.gz"],
        _ => &["a.txt", "a.htm", "a.jsonl"],
    }
}

/// Read the bytes as each kind of file. Where a target reads several, the first byte says which.
pub(crate) fn run(target: &str, bytes: &[u8]) {
    let names = names(target);
    let (name, bytes) = match (names, bytes.split_first()) {
        ([only], _) => (*only, bytes),
        (_, Some((first, rest))) => (names[usize::from(*first) % names.len()], rest),
        (_, None) => return,
    };
    let intake = Intake { path: name, bytes, sidecar: None };
    for record in records_within(&intake, LIMITS).flatten() {
        let again = marsad_read::reopen(&record.path, &record.capture.by, record.line, &record.sealed, record.beside.as_deref(), LIMITS);
        assert_eq!(again.map(|r| r.id), Ok(record.id.clone()), "what is sealed reads as it was read");
        let _ = READER.read(&record);
    }
}
