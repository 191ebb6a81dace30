//! Ids: short hashes with a letter that says of what.

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

/// SHA-256 of bytes, in lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&sha256(bytes))
}

/// SHA-256 of bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Bytes in lower-case hexadecimal. Every row, claim and event is hashed in each run, so the digits are set down one by one rather
/// than formatted.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(if half < 10 { b'0' + half } else { b'a' + half - 10 });
    let mut digits = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        digits.push(digit(byte >> 4));
        digits.push(digit(byte & 15));
    }
    digits
}

/// A hash of parts: each is preceded by its length, so that no two lists of parts run into one another.
fn hash_parts(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    // 96 bits: a collision among a hundred million reports is less likely than one in a million million.
    hex(&hasher.finalize()[..12])
}

/// Bytes of an id that is made here: a letter, a colon and 24 digits.
const OWN: usize = 26;

/// The letters of an id. A ledger's claims have several each, and all are held while they are compared: those that are made here
/// stand in place, which takes half the room of a text of their own.
#[derive(Clone, PartialEq, Eq)]
enum Letters {
    Few(u8, [u8; OWN]),
    Many(Box<str>),
}

impl Letters {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Few(length, bytes) => bytes.get(..usize::from(*length)).unwrap_or(bytes),
            Self::Many(text) => text.as_bytes(),
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Few(..) => std::str::from_utf8(self.bytes()).unwrap_or(""),
            Self::Many(text) => text,
        }
    }
}

impl From<&str> for Letters {
    fn from(text: &str) -> Self {
        let mut bytes = [0; OWN];
        match bytes.get_mut(..text.len()) {
            Some(few) => {
                few.copy_from_slice(text.as_bytes());
                Self::Few(text.len() as u8, bytes)
            }
            None => Self::Many(text.into()),
        }
    }
}

macro_rules! id {
    ($name:ident, $letter:literal, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(Letters);

        impl $name {
            /// The id of the hash of these parts; none runs into the next.
            pub fn of(parts: &[&[u8]]) -> Self {
                Self::from(format!(concat!($letter, ":{}"), hash_parts(parts)))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                self.0.text()
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(Letters::from(text))
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(Letters::from(text.as_str()))
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                self.0.bytes().cmp(other.0.bytes())
            }
        }

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.0.bytes().hash(state);
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.as_str()).finish()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Read(PhantomData))
            }
        }
    };
}

/// Reads an id from its text, which need not be kept for that.
struct Read<I>(PhantomData<I>);

impl<I: for<'t> From<&'t str>> Visitor<'_> for Read<I> {
    type Value = I;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<I, E> {
        Ok(I::from(text))
    }
}

id!(ReportId, "r", "A report: the hash of its own bytes with source, URL and date *as given*.");
id!(ClaimId, "c", "A claim: its report and its trigger's span, never its type, actor or place, so that better rules keep ids.");
id!(EventId, "e", "An event: the hash of its smallest claim id.");
id!(OriginId, "o", "An origin: the hash of the first telling's own id.");
id!(DecisionId, "d", "A decision: the hash of what was ruled, with who, when and why.");

impl ClaimId {
    /// The id of the claim whose trigger stands here.
    pub fn at(report: &ReportId, trigger: crate::Span) -> Self {
        Self::of(&[report.0.bytes(), &trigger.start.to_be_bytes(), &trigger.end.to_be_bytes()])
    }
}

impl EventId {
    /// The id an event has when this is its smallest claim.
    pub fn from_claim(smallest: &ClaimId) -> Self {
        Self::of(&[smallest.0.bytes()])
    }
}
