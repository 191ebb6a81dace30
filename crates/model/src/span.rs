//! Stretches of a report's readable text.

use serde::{Deserialize, Serialize};

/// A stretch of a report's readable text: UTF-8 byte offsets, `end` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span; the ends are put in order, so that no span is ever inside out.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start.min(end) as u32, end: start.max(end) as u32 }
    }

    /// The words themselves; empty where the span does not fit the text (then it belongs to another text).
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// From the start of the first to the end of the last.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Do the two share a byte?
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Does this one hold the other whole?
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A span as it leaves the house: Unicode code points and the words they quote, so that anyone can check it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Quote {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words.
    pub text: String,
}

/// Turns byte spans of one text into [`Quote`]s; built once per text, each look-up is a binary search and a short count.
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before every `STEP`-th byte (rounded to the character's start).
    marks: Vec<(u32, u32)>,
}

const STEP: usize = 256;

impl<'t> CodePoints<'t> {
    /// Index a text.
    pub fn new(text: &'t str) -> Self {
        let mut marks = vec![(0, 0)];
        let mut next = STEP;
        for (count, (byte, _)) in text.char_indices().enumerate() {
            if byte >= next {
                marks.push((byte as u32, count as u32));
                next = byte + STEP;
            }
        }
        Self { text, marks }
    }

    fn point(&self, byte: u32) -> Option<u32> {
        let at = self.marks.partition_point(|&(b, _)| b <= byte) - 1;
        let (from, count) = self.marks[at];
        Some(count + self.text.get(from as usize..byte as usize)?.chars().count() as u32)
    }

    /// The span with its words; `None` where it does not fit the text, which is an error to be told, never to be hidden.
    pub fn quote(&self, span: Span) -> Option<Quote> {
        let words = self.text.get(span.start as usize..span.end as usize)?;
        Some(Quote { start: self.point(span.start)?, end: self.point(span.end)?, text: words.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_quote_stands_where_its_code_points_say(text in "[a-zء-ي 😀\n]{0,900}", a in 0usize..900, b in 0usize..900) {
            let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            let span = Span::new(bytes[a % bytes.len()], bytes[b % bytes.len()]);
            let quote = CodePoints::new(&text).quote(span).unwrap();
            let chars: Vec<char> = text.chars().collect();
            let there: String = chars[quote.start as usize..quote.end as usize].iter().collect();
            prop_assert_eq!(&there, &quote.text);
            prop_assert_eq!(there, span.of(&text));
        }

        #[test]
        fn a_span_of_another_text_is_refused_not_mended(text in "[ء-ي]{0,20}", start in 0usize..99, len in 0usize..99) {
            let span = Span::new(start, start + len);
            let fits = text.is_char_boundary(start) && text.is_char_boundary(start + len);
            prop_assert_eq!(CodePoints::new(&text).quote(span).is_some(), fits);
        }
    }
}
