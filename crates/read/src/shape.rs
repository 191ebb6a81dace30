//! The shape of a line: what can be said of it without knowing its words.

use marsad_text::{Script, is_ignorable, script_of};

/// What a line looks like.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Words, as [`words_in`] counts them.
    pub(crate) words: usize,
    /// Letters of any script.
    pub(crate) letters: usize,
    /// Ends as a sentence does: with a full stop, or one inside closing marks.
    pub(crate) stopped: bool,
    /// Ends with a comma or an opening mark: something goes on.
    pub(crate) broken: bool,
    /// Ends as a question or a call does; headlines may, too.
    pub(crate) called: bool,
    pub(crate) script: Script,
}

/// A line of so many words is a paragraph, even without a full stop.
const PARAGRAPH: usize = 28;
/// A line that ends with a full stop is a paragraph from so many words on.
const STOPPED_PARAGRAPH: usize = 8;
/// The longest headlines of news pages.
const LONGEST_HEADLINE: usize = 36;
/// A rubric (Politics, World news) stands in so many words at most.
const LONGEST_LABEL: usize = 3;

impl Shape {
    pub(crate) fn of(line: &str) -> Self {
        let closing =
            |c: char| c.is_whitespace() || is_ignorable(c) || matches!(c, '"' | '”' | '“' | '»' | '’' | '\'' | ')' | ']' | '*' | '_');
        let bare = line.trim_end_matches(closing);
        Self {
            words: words_in(line),
            letters: line.chars().filter(|c| c.is_alphabetic()).count(),
            stopped: bare.ends_with(['.', '۔', ';', '؛', ':', '。', '．', '।', '॥', '።', '։']) && !bare.ends_with("..."),
            broken: bare.trim_end().ends_with([',', '،', '(', '[', '-', '–', '—']),
            called: bare.ends_with(['!', '?', '؟', '…', '！', '？']) || bare.ends_with("..."),
            script: script_of(line),
        }
    }

    /// Is it part of a report's body for certain?
    pub(crate) fn is_paragraph(&self) -> bool {
        self.words >= PARAGRAPH || self.words >= STOPPED_PARAGRAPH && (self.stopped || self.called && self.words >= 2 * STOPPED_PARAGRAPH)
    }

    /// Could it be a headline?
    pub(crate) fn is_headline(&self) -> bool {
        !self.stopped && !self.broken && self.words > LONGEST_LABEL && self.words <= LONGEST_HEADLINE && self.letters > 8
    }

    /// Could it be the name of a rubric?
    pub(crate) fn is_label(&self) -> bool {
        !self.stopped && !self.called && self.words <= LONGEST_LABEL && self.letters > 0
    }

    /// No letters: a share count, a row of dashes, a page number.
    pub(crate) fn is_wordless(&self) -> bool {
        self.letters == 0
    }
}

/// Stretches between blanks that hold a letter or digit; where a script has no blanks, so many as its letters make on the
/// average.
pub(crate) fn words_in(line: &str) -> usize {
    let of = |stretch: &str| {
        let unparted = stretch.chars().filter(|&c| is_unparted(c)).count();
        unparted.div_ceil(LETTERS_OF_A_WORD).max(usize::from(stretch.contains(char::is_alphanumeric)))
    };
    line.split_whitespace().map(of).sum()
}

/// In Chinese and Japanese two letters make a word; in the scripts of the south-east, which have vowels too, somewhat more.
const LETTERS_OF_A_WORD: usize = 2;

/// Is it of a script that sets no blanks between words: Thai, Lao, Burmese, Khmer, kana, the signs of Chinese?
fn is_unparted(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FA1F}')
        && c.is_alphabetic()
}

/// The stretches that a reader takes for one line: each line by itself, or, in text that was wrapped at a fixed width
/// (as old wire copy is), all lines between two blank ones.
pub(crate) fn units(lines: &[&str]) -> Vec<std::ops::Range<usize>> {
    let full: Vec<usize> = (0..lines.len()).filter(|&i| !is_blank(lines[i])).collect();
    if !wrapped(&full.iter().map(|&i| lines[i]).collect::<Vec<_>>()) {
        return full.into_iter().map(|i| i..i + 1).collect();
    }
    let mut units: Vec<std::ops::Range<usize>> = Vec::new();
    for i in full {
        match units.last_mut() {
            Some(unit) if unit.end == i => unit.end = i + 1,
            _ => units.push(i..i + 1),
        }
    }
    units
}

pub(crate) fn is_blank(line: &str) -> bool {
    line.chars().all(|c| c.is_whitespace() || is_ignorable(c))
}

/// Do most lines break off in mid-sentence at about the same length?
fn wrapped(lines: &[&str]) -> bool {
    let broken = |l: &&&str| {
        let length = l.trim().chars().count();
        (45..=100).contains(&length) && !l.trim().ends_with(['.', '!', '?', '؟', ':', '"', '”', '»', '…'])
    };
    lines.len() >= 5 && lines.iter().filter(broken).count() * 10 > lines.len() * 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_and_without_blanks() {
        for (line, words, stopped) in [
            ("Snow fell on the hill road.", 6, true),
            ("ثلج على طريق التل - 12", 5, false),
            ("雪落在山路上。", 3, true),
            ("谷中的市场今天早上没有开门，因为道路被雪封住了", 11, false),
            ("পাহাড়ের পথে বরফ পড়েছে।", 4, true),
            ("- | -", 0, false),
        ] {
            let shape = Shape::of(line);
            assert_eq!((shape.words, shape.stopped), (words, stopped), "{line}");
        }
    }
}
