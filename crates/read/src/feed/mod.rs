//! Feeds: RSS, Atom and JSON Feed. Each entry is a record; its sealed bytes are its element as it stands in the feed.

mod entry;
mod xml;

pub(crate) use entry::Entry;

use crate::intake::Place;
use crate::warc::content_type;
use crate::{Body, Given, Record, SetAside};
use encoding_rs::{Encoding, UTF_8};
use marsad_model::{DateBasis, sha256_hex};
use serde::{Deserialize, Serialize};
use xml::{Token, Tokens, local};

/// How such a record came in.
pub(crate) const BY: &str = "feed";

/// What a feed says of all its entries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// What the feed calls itself.
    #[serde(default)]
    pub(crate) site: Option<String>,
    /// The address of its site.
    #[serde(default)]
    pub(crate) home: Option<String>,
    /// The language of its entries.
    #[serde(default)]
    pub(crate) language: Option<String>,
    /// The charset of its bytes.
    #[serde(default)]
    pub(crate) charset: Option<String>,
    /// When it was fetched.
    #[serde(default)]
    pub(crate) retrieved: Option<String>,
}

/// The entries of an RSS or Atom feed.
pub(crate) struct XmlFeed {
    path: String,
    container: Option<String>,
    offset: Option<u64>,
    bytes: Vec<u8>,
    head: Head,
    at: usize,
}

impl XmlFeed {
    /// A feed's bytes; given back with the reason where they are no feed.
    pub(crate) fn new(bytes: Vec<u8>, place: Place, retrieved: Option<String>, sent: Option<&str>) -> Result<Self, (Vec<u8>, String)> {
        let charset = match charset_of(&bytes, sent) {
            Ok(charset) => charset,
            Err(reason) => return Err((bytes, reason)),
        };
        let Some((head, at)) = head_of(&bytes, charset) else {
            return Err((bytes, "it is neither an RSS nor an Atom feed".to_owned()));
        };
        let charset = (charset != UTF_8).then(|| charset.name().to_ascii_lowercase());
        Ok(Self {
            path: place.path.to_owned(),
            container: place.container.map(str::to_owned),
            offset: place.offset,
            head: Head { charset, retrieved, ..head },
            bytes,
            at,
        })
    }

    /// Where the next entry lies, or begins to lie and does not end.
    fn next_entry(&mut self) -> Option<(std::ops::Range<usize>, bool)> {
        let mut tokens = Tokens::from(&self.bytes, self.at);
        let (from, name) = tokens.find_map(|(range, token)| match token {
            Token::Open { name, empty: false, .. } if is_entry(name) => Some((range.start, name)),
            _ => None,
        })?;
        for (range, token) in tokens {
            match token {
                Token::Close { name: closed } if closed == name => return Some((from..range.end, true)),
                Token::Open { name: next, .. } if next == name => return Some((from..range.start, false)),
                _ => {}
            }
        }
        Some((from..self.bytes.len(), false))
    }
}

impl Iterator for XmlFeed {
    type Item = Result<Record, SetAside>;

    fn next(&mut self) -> Option<Self::Item> {
        let Some((range, whole)) = self.next_entry() else {
            self.at = self.bytes.len();
            return None;
        };
        self.at = range.end;
        let place = Place { path: &self.path, container: self.container.as_deref(), offset: self.offset };
        let sealed = self.bytes.get(range.clone()).unwrap_or(&[]);
        let read = if whole { self.head.read(&place, sealed) } else { Err("it has no end".to_owned()) };
        Some(read.map_err(|reason| place.aside(Some(sealed), &format!("the entry at byte {} of the feed: {reason}", range.start))))
    }
}

/// The record of an entry that was sealed, with the head of its feed.
pub(crate) fn reopen(place: &Place, head: &[u8], sealed: &[u8]) -> Result<Record, String> {
    let head: Head = serde_json::from_slice(head).map_err(|e| format!("the head of its feed cannot be read: {e}"))?;
    head.read(place, sealed)
}

impl Head {
    /// An entry, read under this head.
    pub(crate) fn read(&self, place: &Place, sealed: &[u8]) -> Result<Record, String> {
        let charset = self.charset.as_deref().and_then(|c| Encoding::for_label(c.as_bytes())).unwrap_or(UTF_8);
        let entry = if sealed.starts_with(b"{") { Entry::of_json(sealed)? } else { Entry::of_xml(&charset.decode(sealed).0) };
        let body = entry.body.unwrap_or(Body::Text(String::new()));
        if body.content().trim().is_empty() && entry.title.is_none() {
            return Err("it has neither a title nor a text".to_owned());
        }
        let given = Given {
            url: entry.url.and_then(|url| self.address(&url)),
            title: entry.title,
            published: entry.published,
            updated: entry.updated,
            retrieved: self.retrieved.clone(),
            language: entry.language.or_else(|| self.language.clone()),
            byline: entry.byline,
            ..Given::default()
        };
        Ok(Record {
            id: Record::id_of(&body, body.content().as_bytes(), &given),
            sealed: sealed.to_vec(),
            sha256: sha256_hex(sealed),
            beside: serde_json::to_vec(self).ok(),
            path: place.path.to_owned(),
            line: None,
            key: entry.key,
            capture: place.capture(BY, self.retrieved.clone()),
            given,
            dated_by: DateBasis::Feed,
            site: entry.site.or_else(|| self.site.clone()),
            body,
            charset: format!("{} (feed)", charset.name().to_ascii_lowercase()),
            notes: Vec::new(),
        })
    }

    /// An address of an entry, which may be written from the root of its site.
    fn address(&self, written: &str) -> Option<String> {
        if written.contains("://") {
            return Some(written.to_owned());
        }
        let (scheme, rest) = self.home.as_deref()?.split_once("://")?;
        let host = rest.split('/').next()?;
        written.starts_with('/').then(|| format!("{scheme}://{host}{written}"))
    }
}

fn is_entry(name: &[u8]) -> bool {
    matches!(local(name), b"item" | b"entry")
}

/// The charset: by its mark, by the server's word, by its own. Marks are looked for in bytes, so it must hold ASCII as such.
fn charset_of(bytes: &[u8], sent: Option<&str>) -> Result<&'static Encoding, String> {
    let told = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let begun = bytes.get(..bytes.len().min(512)).unwrap_or(bytes);
    let declared = || {
        let line = String::from_utf8_lossy(begun.get(..xml::find(begun, b"?>")?)?).into_owned();
        Encoding::for_label(xml::attribute(line.split_once(' ')?.1, "encoding")?.as_bytes())
    };
    let sent = sent.and_then(|label| Encoding::for_label(label.as_bytes()));
    let encoding = told.or(sent).or_else(declared).unwrap_or(UTF_8);
    if !encoding.is_ascii_compatible() || begun.iter().take(4).any(|&b| b == 0) {
        return Err(format!("it is a feed in {}; save it as UTF-8", encoding.name()));
    }
    // Many a feed is UTF-8 under an older declaration.
    Ok(if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { encoding })
}

/// What a feed says before its first entry, and where that is; `None` where its root is that of no feed.
fn head_of(bytes: &[u8], charset: &'static Encoding) -> Option<(Head, usize)> {
    let mut head = Head::default();
    let mut open: Vec<&[u8]> = Vec::new();
    let mut root = false;
    for (range, token) in Tokens::from(bytes, 0) {
        match token {
            Token::Open { name, attributes, empty } => {
                root |= matches!(local(name), b"rss" | b"feed" | b"RDF");
                if !root {
                    return None;
                }
                if is_entry(name) {
                    return Some((head, range.start));
                }
                let attributes = charset.decode(attributes).0;
                if open.is_empty() && local(name) == b"feed" {
                    head.language = xml::attribute(&attributes, "xml:lang");
                }
                let own = is_of_feed(&open) && name == b"link";
                if own && xml::attribute(&attributes, "rel").is_none_or(|rel| rel == "alternate") {
                    head.home = head.home.or_else(|| xml::attribute(&attributes, "href"));
                }
                if !empty {
                    open.push(name);
                }
            }
            Token::Close { name } => {
                if let Some(at) = open.iter().rposition(|o| *o == name) {
                    open.truncate(at);
                }
            }
            Token::Text(text) | Token::Data(text) => {
                let Some((name, _)) = open.split_last().filter(|(_, above)| is_of_feed(above)) else { continue };
                let text = charset.decode(text).0;
                let text = if matches!(token, Token::Text(_)) { xml::unescaped(&text) } else { text.into_owned() };
                let field = match *name {
                    b"title" => &mut head.site,
                    b"link" => &mut head.home,
                    b"language" | b"dc:language" => &mut head.language,
                    _ => continue,
                };
                let text = text.trim();
                if field.is_none() && !text.is_empty() {
                    *field = Some(text.to_owned());
                }
            }
        }
    }
    root.then_some((head, bytes.len()))
}

/// Are these the marks around what a feed says of itself: its root, with the channel of RSS?
fn is_of_feed(open: &[&[u8]]) -> bool {
    match open {
        [root] => local(root) == b"feed",
        [_, channel] => local(channel) == b"channel",
        _ => false,
    }
}

/// Does this content type speak of HTML?
pub(crate) fn is_markup(kind: &str) -> bool {
    matches!(content_type(kind).0.as_str(), "html" | "xhtml" | "text/html" | "application/xhtml+xml")
}
