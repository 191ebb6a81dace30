//! Sentences and paragraphs.

use crate::{Case, WordKind, Words};
use marsad_model::Span;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands, without blanks at its ends.
    pub span: Span,
    /// Its words.
    pub words: Range<usize>,
    /// The number of its paragraph, from 0.
    pub paragraph: usize,
}

/// Longest evidence the contract allows is 600 code points; a "sentence" beyond this many words is cut at the next comma.
const LONGEST: usize = 90;
/// Where no comma comes either, it is cut here: work on a sentence grows with the square of its length.
const CUT: usize = 2 * LONGEST;

/// Cut a text into sentences. `abbreviations` are folded words after which a full stop ends nothing.
///
/// A line's end ends the sentence, unless the text is hard-wrapped (as old wire copy is): then only a blank line does.
pub fn sentences(text: &str, words: &Words, abbreviations: &FxHashSet<String>) -> Vec<Sentence> {
    let wrapped = hard_wrapped(text);
    let (mut out, mut from, mut paragraph) = (Vec::new(), 0, 0);
    let mut i = 0;
    while i < words.len() {
        if i > 0 && words[i].newline_before && (!wrapped || blank_line(text, words, i)) {
            close(words, from..i, paragraph, &mut out);
            from = i;
            paragraph += 1;
        }
        if ends(words, i, abbreviations) || i - from > LONGEST && is_comma(words.folded(i)) || i - from > CUT {
            let mut last = i;
            while words.get(last + 1).is_some_and(|w| w.kind == WordKind::Mark && !w.space_before && closes(words.folded(last + 1))) {
                last += 1;
            }
            close(words, from..last + 1, paragraph, &mut out);
            from = last + 1;
            i = last;
        }
        i += 1;
    }
    close(words, from..words.len(), paragraph, &mut out);
    out
}

fn close(words: &Words, range: Range<usize>, paragraph: usize, out: &mut Vec<Sentence>) {
    if range.clone().any(|i| words[i].kind != WordKind::Mark) {
        out.push(Sentence { span: words.span(range.start, range.end - 1), words: range, paragraph });
    }
}

fn ends(words: &Words, i: usize, abbreviations: &FxHashSet<String>) -> bool {
    match words.folded(i) {
        "!" | "?" | "؟" | "…" | "۔" => true,
        "." => {
            let before = i.checked_sub(1).map_or("", |b| words.folded(b));
            let initial = i > 0 && words[i - 1].case == Case::Title && before.len() == 1;
            let next = words.get(i + 1);
            let goes_on = next.is_some_and(|n| {
                !n.newline_before && (n.case == Case::Lower && latin(words.folded(i + 1)) && n.space_before && text_is_cased(words))
            });
            // No blank after the stop: a decimal or an address, unless a new sentence starts with a capital or in Arabic.
            let glued = next.is_some_and(|n| !n.space_before && n.kind == WordKind::Number);
            !(initial || goes_on || glued || abbreviations.contains(before))
        }
        _ => false,
    }
}

fn latin(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Does the text use capitals at all? Lower-cased wire copy does not.
fn text_is_cased(words: &Words) -> bool {
    words.iter().take(200).any(|w| matches!(w.case, Case::Title | Case::Upper))
}

fn closes(mark: &str) -> bool {
    matches!(mark, "\"" | "”" | "»" | "’" | "'" | ")" | "]" | "." | "…" | "!" | "?" | "؟")
}

fn is_comma(mark: &str) -> bool {
    matches!(mark, "," | "،" | ";" | "؛")
}

fn blank_line(text: &str, words: &Words, i: usize) -> bool {
    let gap = Span { start: words[i - 1].span.end, end: words[i].span.start };
    gap.of(text).matches('\n').count() > 1
}

/// Do most lines break off in mid-sentence at about the same length?
fn hard_wrapped(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    if lines.len() < 5 {
        return false;
    }
    let broken = lines
        .iter()
        .filter(|l| (45..=95).contains(&l.chars().count()) && !l.ends_with(['.', '!', '?', '؟', ':', '"', '”', '»', '…']))
        .count();
    broken * 10 > lines.len() * 6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let abbreviations = ["gen", "د"].into_iter().map(str::to_owned).collect();
        sentences(text, &Words::of(text), &abbreviations).iter().map(|s| s.span.of(text)).collect()
    }

    #[test]
    fn sentences_as_a_reader_cuts_them() {
        for (text, expected) in [
            ("One fell. Two rose.", vec!["One fell.", "Two rose."]),
            ("Gen. A. Karim of the U.S. spoke at 3.30 p.m. on Friday.", vec!["Gen. A. Karim of the U.S. spoke at 3.30 p.m. on Friday."]),
            ("وقال د. سامر إن القصف توقف. وعاد الهدوء!", vec!["وقال د. سامر إن القصف توقف.", "وعاد الهدوء!"]),
            ("عنوان\nنص الخبر", vec!["عنوان", "نص الخبر"]),
            ("He said: “It stopped.” They left.", vec!["He said: “It stopped.”", "They left."]),
        ] {
            assert_eq!(cut(text), expected);
        }
    }

    #[test]
    fn hard_wrapped_lines_are_one_sentence() {
        let line = "the committee met in the old town hall and spoke of the harvest which";
        let text = [line; 6].join("\n") + "\nwas good.";
        assert_eq!(cut(&text).len(), 1);
    }
}
