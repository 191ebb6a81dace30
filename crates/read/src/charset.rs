//! Which charset a file's bytes are in: its mark, the word of who sent it, its own word, its shape, in this order.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};

/// How far into a page its charset may be declared (browsers look at the first 1,024 bytes; old pages put it later).
const DECLARED_WITHIN: usize = 4096;

/// The characters of some bytes, and the charset with how it was told. `sent` is what a web server said of them.
pub(crate) fn decode(bytes: &[u8], page: bool, sent: Option<&str>) -> (String, String) {
    let name = |encoding: &'static Encoding| encoding.name().to_ascii_lowercase();
    if let Some((text, other)) = mixed(bytes) {
        return (text, format!("utf-8 (mixed with {})", name(other)));
    }
    let (encoding, how) = encoding_of(bytes, page, sent);
    let (text, _, faulty) = encoding.decode(bytes);
    if let Some((mended, wrong)) = misread(&text) {
        return (mended, format!("{} ({how}, after it was read as {})", name(encoding), name(wrong)));
    }
    let remark = if faulty { ", with bytes that are none of its characters" } else { "" };
    (text.into_owned(), format!("{} ({how}{remark})", name(encoding)))
}

/// A text of which some stretches are in another charset has so many characters of UTF-8 at least that are no ASCII, and so
/// many bytes that are none of it; fewer are damage.
const LEAST_OF_EACH: usize = 12;

/// UTF-8 with stretches in another charset, as pages are that were put together of parts: each stretch between line ends or tags
/// is read by itself.
fn mixed(bytes: &[u8]) -> Option<(String, &'static Encoding)> {
    let (mut characters, mut others) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        characters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        others += chunk.invalid().len();
    }
    if characters < LEAST_OF_EACH || others < LEAST_OF_EACH {
        return None;
    }
    let stretches = || bytes.split_inclusive(|b| matches!(b, b'\n' | b'<' | b'>'));
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    let mut valid = 0;
    for stretch in stretches() {
        match std::str::from_utf8(stretch) {
            Ok(text) => valid += text.chars().filter(|c| !c.is_ascii()).count(),
            Err(_) => drop(detector.feed(stretch, false)),
        }
    }
    // In a text of another charset, stretches that are valid by chance are few.
    if valid < LEAST_OF_EACH || valid * 2 < characters {
        return None;
    }
    detector.feed(b"", true);
    let other = detector.guess(None, chardetng::Utf8Detection::Deny);
    let mut text = String::with_capacity(bytes.len());
    for stretch in stretches() {
        match std::str::from_utf8(stretch) {
            Ok(valid) => text.push_str(valid),
            Err(_) => text.push_str(&other.decode_without_bom_handling(stretch).0),
        }
    }
    Some((text, other))
}

/// So many characters tell whether a text was misread.
const SAMPLE: usize = 4_000;

/// Arabic that was written in UTF-8, read in an older charset and written down so: its lines as they were. Every other letter of
/// such a text is one of two.
fn misread(text: &str) -> Option<(String, &'static Encoding)> {
    let sample = || text.chars().filter(|c| !c.is_ascii()).take(SAMPLE);
    let all = sample().count();
    for (wrong, leads) in [(WINDOWS_1252, ['Ø', 'Ù']), (WINDOWS_1256, ['ط', 'ظ'])] {
        let led = sample().filter(|c| leads.contains(c)).count();
        if led < LEAST_OF_EACH || led * 3 < all {
            continue;
        }
        let mut mended = String::with_capacity(text.len());
        let mut changed = 0;
        for line in text.split_inclusive('\n') {
            let (bytes, _, lost) = wrong.encode(line);
            match std::str::from_utf8(&bytes) {
                Ok(before) if !lost && before.len() < line.len() => {
                    changed += line.len();
                    mended.push_str(before);
                }
                _ => mended.push_str(line),
            }
        }
        if changed > 0 {
            return Some((mended, wrong));
        }
    }
    None
}

fn encoding_of(bytes: &[u8], page: bool, sent: Option<&str>) -> (&'static Encoding, &'static str) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, "byte order mark");
    }
    if let Some(encoding) = sixteen_bits(bytes) {
        return (encoding, "every other byte is zero or six");
    }
    let valid = std::str::from_utf8(bytes).is_ok();
    let sent = sent.and_then(|label| Encoding::for_label(label.as_bytes())).map(|encoding| (encoding, "sent as such"));
    if let Some((encoding, how)) = sent.or_else(|| declared(bytes).filter(|_| page).map(|encoding| (encoding, "declared"))) {
        // Pages that were saved by a browser or crawler are often UTF-8 under an older declaration.
        return if valid && !bytes.is_ascii() && encoding != UTF_8 { (UTF_8, "valid, against its declaration") } else { (encoding, how) };
    }
    if valid {
        return (UTF_8, "valid");
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    (detector.guess(None, chardetng::Utf8Detection::Allow), "detected")
}

/// UTF-16 without its mark: Latin text has a zero in every other byte, Arabic text a six.
fn sixteen_bits(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(512))?;
    if sample.len() < 8 {
        return None;
    }
    let high = |from: usize| sample.iter().skip(from).step_by(2).filter(|b| matches!(b, 0 | 6)).count() * 10 > sample.len() / 2 * 9;
    match (high(0), high(1)) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// The charset that a page's own head names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(DECLARED_WITHIN))?.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = find(head.get(from..)?, b"charset=") {
        let rest = head.get(from + at + b"charset=".len()..)?;
        let label: Vec<u8> = rest
            .iter()
            .copied()
            .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
            .take_while(|b| b.is_ascii_alphanumeric() || b"-_:.".contains(b))
            .collect();
        // A page cannot say in UTF-16 that it is in UTF-16: such a word is an error, as browsers treat it.
        match Encoding::for_label(&label) {
            Some(encoding) if encoding == UTF_16BE || encoding == UTF_16LE => return Some(UTF_8),
            Some(encoding) => return Some(encoding),
            None => from += at + b"charset=".len(),
        }
    }
    None
}

fn find(within: &[u8], what: &[u8]) -> Option<usize> {
    within.windows(what.len()).position(|w| w == what)
}
