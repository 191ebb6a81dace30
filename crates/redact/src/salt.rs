//! Ids under a salt: whoever has the reports but not the salt cannot tell which record is of which.

use marsad_model::sha256_hex;

/// The hexadecimal digits of an id after its letter.
const DIGITS: usize = 24;
/// The letters before the colon of ids that are hashes of content.
const LETTERS: &[u8] = b"rceod";

/// A secret that ids are hashed with. The same salt gives the same ids.
#[derive(Clone)]
pub struct Salt(Vec<u8>);

impl std::fmt::Debug for Salt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Salt(…)")
    }
}

impl Salt {
    /// The least bytes of a salt: what is shorter can be guessed.
    pub const LEAST: usize = 16;

    /// A salt of these bytes; `None` where they are too few.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        (bytes.len() >= Self::LEAST).then(|| Self(bytes.to_vec()))
    }

    /// The id in place of this one, of the same form. As in HMAC, two rounds keep what was hashed from being gone on with.
    pub fn id(&self, id: &str) -> String {
        let inner = sha256_hex(&[b"inner", self.0.as_slice(), id.as_bytes()].concat());
        let outer = sha256_hex(&[b"outer", self.0.as_slice(), inner.as_bytes()].concat());
        let letter = id.split_once(':').map_or("x", |(letter, _)| letter);
        format!("{letter}:{}", outer.get(..DIGITS).unwrap_or(&outer))
    }

    /// The text with every id in it that is a hash of content put in the place of another.
    pub(crate) fn ids_in(&self, text: &str) -> Option<String> {
        let bytes = text.as_bytes();
        let (mut out, mut kept, mut at) = (String::new(), 0, 0);
        while at + DIGITS + 2 <= bytes.len() {
            let digits = &bytes[at + 2..at + 2 + DIGITS];
            let is_id = LETTERS.contains(&bytes[at]) && bytes[at + 1] == b':' && digits.iter().all(u8::is_ascii_hexdigit);
            if is_id && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric()) {
                let end = at + 2 + DIGITS;
                out.push_str(text.get(kept..at).unwrap_or(""));
                out.push_str(&self.id(text.get(at..end).unwrap_or("")));
                (kept, at) = (end, end);
            } else {
                at += 1;
            }
        }
        (kept > 0).then(|| out + text.get(kept..).unwrap_or(""))
    }
}
