//! Whatever comes in as an archive, reading ends in records and reasons.

mod archive;
mod desk;

use archive::{all_within, gzip, nth, zip, zstd};
use marsad_read::Limits;
use proptest::prelude::*;

const NAMES: [&str; 10] =
    ["a.warc", "a.warc.gz", "a.warc.zst", "a.wacz", "a.xml", "a.json", "a.json.gz", "a.jsonl.zst", "a.txt.zst", "a.rss.gz"];

const SMALL: Limits = Limits { record: 20_000, container: 200_000, feed: 50_000, growth: 100, nesting: 2 };

/// Read it all; what was read is read as a report too.
fn read(name: &str, bytes: &[u8]) -> usize {
    let items = all_within(name, bytes, SMALL);
    for record in items.iter().flatten() {
        let _ = desk::READER.read(record);
        let again = marsad_read::reopen(
            &record.path,
            &record.capture.by,
            record.line,
            &record.sealed,
            record.beside.as_deref(),
            marsad_read::Limits::default(),
        );
        assert_eq!(again.map(|r| r.id), Ok(record.id.clone()));
    }
    items.len()
}

fn sound(name: &str) -> Vec<u8> {
    let plain: Vec<u8> = (0..4).flat_map(nth).collect();
    let members: Vec<u8> = (0..4).flat_map(|n| gzip(&nth(n))).collect();
    let feed = "<rss><channel><title>a</title><item><title>b</title><description>c &amp; d</description></item><item/></channel></rss>";
    let chats = "{\"chats\":{\"list\":[{\"id\":1,\"type\":\"a\",\"messages\":[{\"id\":2,\"type\":\"message\",\"text\":[\"b\",{\"text\":\"c\"}]}]}]}}";
    match name {
        "a.warc" => plain,
        "a.warc.gz" => members,
        "a.warc.zst" => (0..4).flat_map(|n| zstd(&nth(n))).collect(),
        "a.wacz" => zip(&[("archive/a.warc.gz", &members, false), ("b.warc", &plain, true)]),
        "a.xml" => feed.into(),
        "a.rss.gz" => gzip(feed.as_bytes()),
        "a.json" => chats.into(),
        "a.json.gz" => gzip(chats.as_bytes()),
        "a.jsonl.zst" => zstd(b"{\"text\":\"snow\"}\n{\"text\":\"more snow\"}\n"),
        _ => zstd(b"Snow fell on the hills."),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_are_read_or_set_aside(bytes in proptest::collection::vec(any::<u8>(), 0..600), name in 0usize..NAMES.len()) {
        read(NAMES[name], &bytes);
    }

    /// Sound archives with some bytes changed, taken out or doubled.
    #[test]
    fn any_damage_is_survived(name in 0usize..NAMES.len(), changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0usize..40, 0u8..3), 0..6)) {
        let mut bytes = sound(NAMES[name]);
        for (at, byte, length, how) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            let end = (at + length).min(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => drop(bytes.drain(at..end)),
                _ => {
                    let again = bytes[at..end].to_vec();
                    bytes.splice(at..at, again);
                }
            }
        }
        read(NAMES[name], &bytes);
    }

    #[test]
    fn any_marks_are_a_feed(parts in proptest::collection::vec(prop_oneof![
        Just("<item>".to_owned()), Just("</item>".to_owned()), Just("<![CDATA[".to_owned()), Just("]]>".to_owned()), Just("<!--".to_owned()),
        Just("<title>".to_owned()), Just("</title>".to_owned()), Just("<link href=\"".to_owned()), Just("\"/>".to_owned()), Just("&#x".to_owned()),
        Just("<!DOCTYPE a [".to_owned()), Just("<content type='xhtml'>".to_owned()), Just("</content>".to_owned()), "\\PC{0,12}",
    ], 0..30)) {
        read("a.xml", format!("<rss><channel>{}", parts.concat()).as_bytes());
    }

    #[test]
    fn any_values_are_an_export(parts in proptest::collection::vec(prop_oneof![
        Just("{".to_owned()), Just("}".to_owned()), Just("[".to_owned()), Just("]".to_owned()), Just("\"messages\":[".to_owned()), Just(",".to_owned()),
        Just("\"list\":[".to_owned()), Just("\"text\":".to_owned()), Just("\"a\"".to_owned()), Just("\\\"".to_owned()), "\\PC{0,6}",
    ], 0..40)) {
        read("a.json", format!("{{\"id\":1,\"type\":\"a\",\"messages\":[{}", parts.concat()).as_bytes());
    }
}

#[test]
fn sound_archives_are_sound() {
    for (name, count) in NAMES.iter().zip([4, 4, 4, 8, 1, 1, 1, 2, 1, 1]) {
        assert_eq!(read(name, &sound(name)), count, "{name}");
    }
}
