//! Versions of what stands at one address: what changed, and that it is gone.

use serde::{Deserialize, Serialize};

/// What happened to a paragraph between two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// The later version has it, the earlier has not.
    Added,
    /// The earlier version has it, the later has not.
    Removed,
    /// Both have it, in words that differ in part.
    Changed,
}

/// A paragraph in which two versions differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change<S> {
    /// What happened to it.
    pub what: ChangeKind,
    /// The paragraph in the later version.
    pub here: Option<S>,
    /// The paragraph in the earlier version.
    pub there: Option<S>,
}

/// What stood at an address was looked for again and is not there any more.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Gone {
    /// When that was seen (RFC 3339), as the capture says.
    pub at: Option<String>,
    /// What the server answered.
    pub status: u16,
}

/// An address without what does not tell one page from another: how it is carried, what follows it up, and where on the page it
/// leads. Two addresses that are the same in this are one.
pub fn address_key(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or("");
    let (path, asked) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = path.split_once('/').unwrap_or((path, ""));
    let host = host.to_ascii_lowercase();
    let mut key = format!("{}/{}", host.strip_prefix("www.").unwrap_or(&host), path.trim_end_matches('/'));
    let tells = |part: &&str| !part.is_empty() && !FOLLOWS.iter().any(|f| part.starts_with(f));
    for (i, part) in asked.split('&').filter(tells).enumerate() {
        key.push(if i == 0 { '?' } else { '&' });
        key.push_str(part);
    }
    key
}

/// Does an address lead to something below its host?
pub fn leads_below(key: &str) -> bool {
    key.split_once('/').is_some_and(|(_, path)| !path.is_empty())
}

/// Parts of an address by which senders follow up who came from where.
const FOLLOWS: [&str; 4] = ["utm_", "fbclid=", "gclid=", "igshid="];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_has_one_key() {
        for url in [
            "https://hillpost.example/2031/snow",
            "http://www.hillpost.example/2031/snow/",
            "https://HillPost.example/2031/snow?utm_source=feed&utm_medium=rss#comments",
        ] {
            assert_eq!(address_key(url), "hillpost.example/2031/snow", "{url}");
        }
        assert_eq!(address_key("https://hillpost.example/?p=7&utm_source=x"), "hillpost.example/?p=7");
        assert_ne!(address_key("https://hillpost.example/?p=7"), address_key("https://hillpost.example/?p=8"));
        assert!(!leads_below(&address_key("https://hillpost.example/")) && leads_below("hillpost.example/?p=7"));
    }
}
