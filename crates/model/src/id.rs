//! Ids: short hashes with a letter that says of what.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// SHA-256 of bytes, in lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Every row, claim and event is hashed in each run, so the digits are set down one by one rather than formatted.
fn hex(bytes: &[u8]) -> String {
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

macro_rules! id {
    ($name:ident, $letter:literal, $doc:literal) => {
        #[doc = $doc]
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id of what these parts make up.
            pub fn of(parts: &[&[u8]]) -> Self {
                Self(format!(concat!($letter, ":{}"), hash_parts(parts)))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(ReportId, "r", "A report: the hash of its own bytes with source, URL and date *as given*.");
id!(ClaimId, "c", "A claim: its report and its trigger's span, never its type, actor or place, so that better rules keep ids.");
id!(EventId, "e", "An event: the hash of its smallest claim id.");
id!(OriginId, "o", "An origin: the hash of the first telling's own id.");
id!(DecisionId, "d", "A decision: the hash of what was ruled, with who, when and why.");

impl ClaimId {
    /// The id of the claim whose trigger stands here.
    pub fn at(report: &ReportId, trigger: crate::Span) -> Self {
        Self::of(&[report.0.as_bytes(), &trigger.start.to_be_bytes(), &trigger.end.to_be_bytes()])
    }
}

impl EventId {
    /// The id an event has when this is its smallest claim.
    pub fn from_claim(smallest: &ClaimId) -> Self {
        Self::of(&[smallest.0.as_bytes()])
    }
}
