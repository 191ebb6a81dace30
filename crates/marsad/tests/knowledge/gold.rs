//! The texts that other people wrote and annotated, read for one question: do their words stand in what ships?

use flate2::read::GzDecoder;
use serde_json::Value;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Where the texts lie, for those who have them.
pub(crate) fn shared() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared")
}

/// All files that hold texts.
pub(crate) fn files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    list(&shared().join("gold"), &mut files);
    files.retain(|f| f.extension().is_some_and(|e| e == "gz" || e == "json"));
    list(&shared().join("seeds"), &mut files);
    files.sort();
    files
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { list(&path, files) } else { files.push(path) }
    }
}

/// Hand over each text of a file.
pub(crate) fn texts(file: &Path, take: &mut impl FnMut(&str)) {
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let bytes = fs::read(file).unwrap();
    let (inner, bytes) = match name.strip_suffix(".gz") {
        Some(inner) => (inner.to_owned(), inflated(&bytes)),
        None => (name, bytes),
    };
    if inner.ends_with(".tar") {
        // Only the word list of one set is a word a line; the other archives hold running text, marked up or not.
        let tokens = file.to_string_lossy().contains("aqmar");
        members(&bytes, &mut |member| if tokens { take(&first_columns(member)) } else { take(&without_markup(member)) });
    } else if inner.ends_with(".jsonl") {
        String::from_utf8_lossy(&bytes).lines().for_each(|line| strings(&serde_json::from_str(line).unwrap(), take));
    } else if inner.ends_with(".json") {
        strings(&serde_json::from_slice(&bytes).unwrap(), take);
    } else if inner.ends_with(".xml") {
        take(&without_markup(&String::from_utf8_lossy(&bytes)));
    } else if name_is_tokens(file) {
        take(&first_columns(&String::from_utf8_lossy(&bytes)));
    } else {
        take(&String::from_utf8_lossy(&bytes));
    }
}

/// Sets that come as a word and its label a line.
fn name_is_tokens(file: &Path) -> bool {
    file.to_string_lossy().ends_with(".txt.gz")
}

fn inflated(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut out).unwrap();
    out
}

/// The members of a tar archive: a head of 512 bytes with the length in octal digits, then the content in blocks of 512.
fn members(archive: &[u8], take: &mut impl FnMut(&str)) {
    let mut at = 0;
    // Empty blocks stand at its end.
    while let Some(head) = archive.get(at..at + 512).filter(|head| head.iter().any(|&b| b != 0)) {
        let digits: String = head[124..136].iter().map(|&b| char::from(b)).filter(|c| c.is_digit(8)).collect();
        let length = usize::from_str_radix(&digits, 8).unwrap_or(0);
        let content = at + 512;
        // A plain file has the type `0`, in old archives none.
        if matches!(head[156], b'0' | 0)
            && let Some(bytes) = archive.get(content..content + length)
        {
            take(&String::from_utf8_lossy(bytes));
        }
        at = content + length.div_ceil(512) * 512;
    }
}

fn strings(value: &Value, take: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => take(text),
        Value::Array(items) => items.iter().for_each(|v| strings(v, take)),
        Value::Object(fields) => fields.values().for_each(|v| strings(v, take)),
        _ => {}
    }
}

fn first_columns(text: &str) -> String {
    text.lines().filter_map(|line| line.split_whitespace().next()).collect::<Vec<_>>().join(" ")
}

/// A text without its tags, scripts and entities.
pub(crate) fn without_markup(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, from)) = rest.split_once('<') {
        push_without_entities(before, &mut out);
        rest = if let Some(inside) = from.strip_prefix("![CDATA[") {
            inside
        } else if let Some(end) =
            ["script", "style"].iter().find_map(|t| from.starts_with(t).then(|| from.split_once(&format!("</{t}"))).flatten())
        {
            end.1.split_once('>').map_or("", |(_, after)| after)
        } else {
            from.split_once('>').map_or("", |(_, after)| after)
        };
        out.push(' ');
    }
    push_without_entities(rest, &mut out);
    out
}

fn push_without_entities(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let entity = after
            .bytes()
            .take(10)
            .position(|b| b == b';')
            .filter(|&end| after.bytes().take(end).all(|b| b.is_ascii_alphanumeric() || b == b'#'));
        rest = entity.and_then(|end| after.get(end + 1..)).unwrap_or(after);
        out.push(' ');
    }
    out.push_str(rest);
}

#[test]
fn markup_is_taken_off() {
    assert_eq!(
        without_markup("a <b>b</b><script>x < y</script> c &amp; d<![CDATA[ e").split_whitespace().collect::<Vec<_>>(),
        ["a", "b", "c", "d", "e"]
    );
    assert_eq!(without_markup("f & g < h").split_whitespace().collect::<Vec<_>>(), ["f", "g"]);
}

#[test]
fn an_archive_is_taken_apart() {
    let mut archive = vec![0u8; 512];
    archive[124..135].copy_from_slice(b"00000000005");
    archive[156] = b'0';
    archive.extend(b"hello");
    archive.resize(2048, 0);
    let mut found = Vec::new();
    members(&archive, &mut |m| found.push(m.to_owned()));
    assert_eq!(found, ["hello"]);
}
