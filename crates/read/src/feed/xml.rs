//! The marks of an XML document, as they stand, one after the other.
//!
//! Feeds are often no XML in the strict sense, and one wrong mark must cost one entry only. So nothing is checked here:
//! marks are told from text, no more. Entities that a document declares itself are not expanded.

use std::ops::Range;

/// One mark, or the text between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'b> {
    Open {
        name: &'b [u8],
        attributes: &'b [u8],
        empty: bool,
    },
    Close {
        name: &'b [u8],
    },
    /// Text with its entities.
    Text(&'b [u8]),
    /// Text that stands for itself.
    Data(&'b [u8]),
}

/// The tokens of a document from some place on, with where they stand.
#[derive(Debug, Clone)]
pub(crate) struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

/// A tag is looked through so far for its end before its quotation marks are taken for unbalanced.
const LONGEST_TAG: usize = 64 << 10;

impl<'b> Tokens<'b> {
    pub(crate) fn from(bytes: &'b [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn rest(&self) -> &'b [u8] {
        self.bytes.get(self.at..).unwrap_or(&[])
    }

    /// What lies between here and the end mark; nothing is left where that is missing.
    fn until(&mut self, skip: usize, end: &[u8]) -> &'b [u8] {
        let from = self.at + skip;
        let rest = self.bytes.get(from..).unwrap_or(&[]);
        let found = find(rest, end);
        self.at = found.map_or(self.bytes.len(), |at| from + at + end.len());
        rest.get(..found.unwrap_or(rest.len())).unwrap_or(&[])
    }

    fn tag(&mut self) -> Token<'b> {
        let rest = self.rest();
        let length = tag_length(rest).unwrap_or(rest.len());
        self.at += length;
        let inside = rest.get(1..length.saturating_sub(1)).unwrap_or(&[]);
        if let Some(name) = inside.strip_prefix(b"/") {
            return Token::Close { name: name.trim_ascii() };
        }
        let empty = inside.ends_with(b"/");
        let inside = inside.strip_suffix(b"/").unwrap_or(inside);
        let end = inside.iter().position(u8::is_ascii_whitespace).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at_checked(end).unwrap_or((inside, &[]));
        Token::Open { name, attributes, empty }
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = (Range<usize>, Token<'b>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (from, rest) = (self.at, self.rest());
            let token = match rest {
                [] => return None,
                [b'<', b'!', b'[', b'C', b'D', b'A', b'T', b'A', b'[', ..] => Token::Data(self.until(9, b"]]>")),
                [b'<', b'!', b'-', b'-', ..] => {
                    self.until(4, b"-->");
                    continue;
                }
                [b'<', b'!', ..] => {
                    self.doctype();
                    continue;
                }
                [b'<', b'?', ..] => {
                    self.until(2, b"?>");
                    continue;
                }
                [b'<', c, ..] if c.is_ascii_alphabetic() || matches!(c, b'/' | b'_') => self.tag(),
                _ => {
                    let length = 1 + rest.iter().skip(1).position(|&b| b == b'<').unwrap_or(rest.len() - 1);
                    self.at += length;
                    Token::Text(rest.get(..length)?)
                }
            };
            return Some((from..self.at, token));
        }
    }
}

impl Tokens<'_> {
    /// A document type may declare things in brackets; none of them are of use here.
    fn doctype(&mut self) {
        let rest = self.rest();
        let end = rest.iter().position(|&b| b == b'>').unwrap_or(rest.len());
        if rest.get(..end).is_some_and(|head| head.contains(&b'[')) {
            self.until(2, b"]");
            self.until(0, b">");
        } else {
            self.at += (end + 1).min(rest.len());
        }
    }
}

fn tag_length(rest: &[u8]) -> Option<usize> {
    let mut quote = None;
    for (i, &byte) in rest.iter().enumerate().take(LONGEST_TAG) {
        match (quote, byte) {
            (None, b'>') => return Some(i + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    rest.iter().position(|&b| b == b'>').map(|i| i + 1)
}

/// Where these bytes stand.
pub(crate) fn find(within: &[u8], what: &[u8]) -> Option<usize> {
    let first = what.first()?;
    let mut from = 0;
    loop {
        let at = from + within.get(from..)?.iter().position(|b| b == first)?;
        if within.get(at..)?.starts_with(what) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// A name without its prefix.
pub(crate) fn local(name: &[u8]) -> &[u8] {
    name.iter().rposition(|&b| b == b':').and_then(|at| name.get(at + 1..)).unwrap_or(name)
}

/// The value of an attribute, its entities resolved.
pub(crate) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        let (before, after) = rest.split_once('=')?;
        let quote = after.trim_start().chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, left) = after.trim_start().get(1..)?.split_once(quote)?;
        if before.trim().eq_ignore_ascii_case(name) {
            return Some(unescaped(value));
        }
        rest = left;
    }
}

/// Text with the entities of XML resolved; what is none of them stays as it is written.
pub(crate) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let entity = after.char_indices().take(12).find(|(_, c)| *c == ';').and_then(|(end, _)| after.split_at_checked(end));
        match entity.and_then(|(name, left)| Some((resolved(name)?, left))) {
            Some((c, left)) => {
                out.push(c);
                rest = left.strip_prefix(';').unwrap_or(left);
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn resolved(name: &str) -> Option<char> {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match name.strip_prefix('#')? {
            hex if hex.starts_with(['x', 'X']) => number(hex.trim_start_matches(['x', 'X']), 16),
            digits => number(digits, 10),
        },
    }
}
