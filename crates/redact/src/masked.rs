//! A text with stretches held back, and where its other code points came to stand.
//!
//! A mask has the same length whatever it hides, so that the length of a name does not leave either. Offsets are therefore
//! counted anew: a point before a masked stretch moves by what the masks before it took or gave, one inside it goes to the
//! mask's beginning or end.

use std::ops::Range;

/// What stands for what is held back.
pub const MASK: &str = "███";

/// A stretch of code points and what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hidden {
    pub(crate) at: Range<usize>,
    pub(crate) shown: String,
}

/// The hidden stretches of one text, in their order, none touching another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Masks(Vec<Hidden>);

impl Masks {
    /// Stretches that overlap become one, and so do those with nothing but blanks and hyphens between: how many words a name
    /// has is nobody's business.
    pub(crate) fn of(text: &[char], mut found: Vec<Hidden>) -> Self {
        found.sort_by(|a, b| a.at.start.cmp(&b.at.start).then(b.at.end.cmp(&a.at.end)));
        let mut out: Vec<Hidden> = Vec::new();
        for next in found.into_iter().filter(|f| !f.at.is_empty()) {
            let Some(last) = out.last_mut() else {
                out.push(next);
                continue;
            };
            let between = text.get(last.at.end..next.at.start).unwrap_or_default();
            let adjoins = next.at.start <= last.at.end || between.iter().all(|c| matches!(c, ' ' | '-' | '_' | '\u{a0}' | '\u{2011}'));
            if !adjoins {
                out.push(next);
            } else if next.at.end > last.at.end || next.at == last.at && next.shown == MASK {
                last.at.end = last.at.end.max(next.at.end);
                MASK.clone_into(&mut last.shown);
            }
        }
        Self(out)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Does a mask lie in this stretch of the text as it was?
    pub(crate) fn touch(&self, start: usize, end: usize) -> bool {
        self.0.iter().any(|h| h.at.start < end && start < h.at.end)
    }

    /// Where a point of the text as it was stands now: for a point inside a mask, the mask's end where `after`, else its beginning.
    pub(crate) fn moved(&self, point: usize, after: bool) -> usize {
        let (mut gone, mut come) = (0, 0);
        for hidden in &self.0 {
            if hidden.at.start >= point {
                break;
            }
            let shown = hidden.shown.chars().count();
            if point < hidden.at.end {
                let begin = hidden.at.start - gone + come;
                return if after { begin + shown } else { begin };
            }
            gone += hidden.at.len();
            come += shown;
        }
        point - gone + come
    }

    /// The words of a stretch from `start` to `end` of the text, with the masks in it whole.
    pub(crate) fn quoted(&self, words: &[char], start: usize, end: usize) -> String {
        let (mut out, mut at) = (String::new(), start);
        let piece = |from: usize, to: usize| words.get(from.max(start) - start..to.max(start) - start).unwrap_or_default();
        for hidden in self.0.iter().filter(|h| h.at.start < end && start < h.at.end) {
            out.extend(piece(at, hidden.at.start));
            out.push_str(&hidden.shown);
            at = hidden.at.end;
        }
        out.extend(piece(at, end));
        out
    }

    /// A stretch of the text, `start` to `end` as it was, with the masks in it whole.
    pub(crate) fn show(&self, text: &[char], start: usize, end: usize) -> String {
        self.quoted(text.get(start..end).unwrap_or_default(), start, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_moved_stretch_quotes_the_masked_text(
            text in "[a-zء-ي \n-]{0,60}", cuts in prop::collection::vec((0usize..60, 1usize..9), 0..6), a in 0usize..61, b in 0usize..61,
        ) {
            let chars: Vec<char> = text.chars().collect();
            let found = cuts.iter().map(|&(s, l)| Hidden { at: s.min(chars.len())..(s + l).min(chars.len()), shown: MASK.to_owned() });
            let masks = Masks::of(&chars, found.collect());
            let (start, end) = (a.min(b).min(chars.len()), a.max(b).min(chars.len()));
            let whole: Vec<char> = masks.show(&chars, 0, chars.len()).chars().collect();
            prop_assume!(start < end);
            let there: String = whole[masks.moved(start, false)..masks.moved(end, true)].iter().collect();
            prop_assert_eq!(there, masks.show(&chars, start, end));
            for (s, l) in cuts {
                prop_assert!(s >= chars.len() || masks.touch(s, s + l));
            }
        }
    }
}
