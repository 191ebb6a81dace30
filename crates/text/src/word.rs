//! Words: stretches of letters or digits, and single marks between them, each with its folded form.

use crate::fold::{TATWEEL, fold_into, is_apostrophe, is_arabic_letter, is_break, is_ignorable};
use marsad_model::Span;

/// What a word is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    /// Letters (perhaps with digits after them: `T2`).
    Letters,
    /// Digits (perhaps with Latin letters after them: `4th`).
    Number,
    /// One mark: punctuation or a symbol.
    Mark,
    /// An English possessive `'s`.
    Possessive,
}

/// How the Latin letters of a word are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// No Latin letter, or none with case.
    None,
    /// `front`
    Lower,
    /// `Front`
    Title,
    /// `ISIS`, `SDF`; one capital letter alone is a title.
    Upper,
}

/// One word.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// Where it stands in the text.
    pub span: Span,
    /// What it is made of.
    pub kind: WordKind,
    /// How it is written.
    pub case: Case,
    /// Is there a blank (or the text's start) before it?
    pub space_before: bool,
    /// Is there a line's end before it?
    pub newline_before: bool,
    folded: (u32, u32),
}

/// The words of a text, with their folded forms in one store.
#[derive(Debug, Default)]
#[allow(clippy::struct_field_names)] // the words are what it holds
pub struct Words {
    words: Vec<Word>,
    folded: String,
    cased: bool,
}

impl std::ops::Deref for Words {
    type Target = [Word];
    fn deref(&self) -> &[Word] {
        &self.words
    }
}

impl Words {
    /// Cut a text into words.
    pub fn of(text: &str) -> Self {
        let mut words = Self { words: Vec::with_capacity(text.len() / 5), folded: String::with_capacity(text.len()), cased: false };
        let (mut at, mut space, mut newline) = (0, true, true);
        while let Some(c) = rest(text, at).chars().next() {
            if c.is_whitespace() || is_ignorable(c) {
                space |= c.is_whitespace();
                newline |= c == '\n';
                at += c.len_utf8();
                continue;
            }
            let (length, kind) = word_at(rest(text, at), space);
            words.push(text, Span::new(at, at + length), kind, space, newline);
            at += length;
            (space, newline) = (false, false);
        }
        words
    }

    fn push(&mut self, text: &str, span: Span, kind: WordKind, space_before: bool, newline_before: bool) {
        let from = self.folded.len();
        let written = span.of(text);
        match kind {
            WordKind::Number => fold_number(written, &mut self.folded),
            // An abbreviation with dots is the same as one without: U.S., أ.ف.ب; so is a word that was broken up.
            WordKind::Letters => written.split(is_break).for_each(|part| fold_into(part, &mut self.folded)),
            WordKind::Mark => self.folded.push_str(written),
            WordKind::Possessive => self.folded.push_str("'s"),
        }
        let folded = (from as u32, self.folded.len() as u32);
        let case = case_of(written);
        self.cased |= matches!(case, Case::Title | Case::Upper);
        self.words.push(Word { span, kind, case, space_before, newline_before, folded });
    }

    /// Does the text use capitals? Where it does, a name without one is none.
    pub fn cased(&self) -> bool {
        self.cased
    }

    /// The folded form of the i-th word; empty past the end.
    pub fn folded(&self, i: usize) -> &str {
        self.words.get(i).and_then(|w| self.folded.get(w.folded.0 as usize..w.folded.1 as usize)).unwrap_or("")
    }

    /// From the first to the last (included) of these words.
    pub fn span(&self, first: usize, last: usize) -> Span {
        match (self.words.get(first), self.words.get(last)) {
            (Some(a), Some(b)) => a.span.to(b.span),
            _ => Span::new(0, 0),
        }
    }

    /// The index of the first word that starts at or after this byte.
    pub fn at_byte(&self, byte: u32) -> usize {
        self.words.partition_point(|w| w.span.start < byte)
    }
}

fn rest(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or("")
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '٠'..='٩' | '۰'..='۹')
}

/// Is it alphabetic? Most letters of a text are of two ranges, and need no look into Unicode's tables.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || ('\u{0620}'..='\u{064A}').contains(&c) || !c.is_ascii() && c.is_alphabetic()
}

/// Length in bytes and kind of the word at the start of some text that starts with neither blank nor ignorable mark.
fn word_at(text: &str, space_before: bool) -> (usize, WordKind) {
    let first = text.chars().next().unwrap_or(' ');
    if is_digit(first) {
        (number_len(text), WordKind::Number)
    } else if is_letter(first) {
        (dotted_len(text).or_else(|| spelled_len(text)).unwrap_or_else(|| letters_len(text)), WordKind::Letters)
    } else if is_apostrophe(first) && !space_before && possessive(text) {
        (first.len_utf8() + 1, WordKind::Possessive)
    } else if is_apostrophe(first) && space_before && text.chars().nth(1).is_some_and(char::is_alphabetic) && first != '\'' && first != '‘'
    {
        // An initial ayn: ʿAyn al-ʿArab. Plain quotes may open a quotation, so they stay marks.
        (first.len_utf8() + letters_len(rest(text, first.len_utf8())), WordKind::Letters)
    } else {
        (first.len_utf8(), WordKind::Mark)
    }
}

/// Is this the `'s` of a possessive, with nothing of the word after it?
fn possessive(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_apostrophe) && matches!(chars.next(), Some('s' | 'S')) && !chars.next().is_some_and(char::is_alphanumeric)
}

/// Letters, with marks and apostrophes inside; a change between Arabic and another script ends the word.
fn letters_len(text: &str) -> usize {
    let arabic = text.chars().next().is_some_and(is_arabic_letter);
    let (mut end, mut last) = (0, ' ');
    for (at, c) in text.char_indices() {
        if at < end {
            continue; // inside a break
        }
        let inside = if is_ignorable(c) {
            true // vowel marks count as alphabetic, and belong to no script of their own
        } else if is_letter(c) {
            is_arabic_letter(c) == arabic
        } else if is_digit(c) {
            !arabic
        } else if is_apostrophe(c) {
            let after = rest(text, at + c.len_utf8());
            !arabic && after.chars().next().is_some_and(char::is_alphabetic) && !possessive(rest(text, at))
        } else {
            false
        };
        if inside {
            end = at + c.len_utf8();
            last = c;
        } else if arabic && last == TATWEEL {
            let Some(length) = break_len(rest(text, at)) else { break };
            end = at + length;
        } else {
            break;
        }
    }
    end
}

/// Length of a break inside a word: posts put marks and blanks between drawn-out letters, so that no program finds the
/// word («قـ.ـتلى»). Both sides are drawn out; nobody else writes so.
fn break_len(text: &str) -> Option<usize> {
    const MOST: usize = 3;
    let (at, _) = text.char_indices().take(MOST + 1).find(|(_, c)| !is_break(*c))?;
    let mut after = rest(text, at).chars();
    let drawn = after.next() == Some(TATWEEL) && after.find(|c| !is_ignorable(*c)).is_some_and(is_arabic_letter);
    (at > 0 && drawn).then_some(at)
}

/// Length of a word whose letters stand one by one, so that no program finds it («د ا عـ ـش»): single letters with one blank
/// between them, at least four, or at least two before the drawn-out rest. Fewer may be words or initials.
fn spelled_len(text: &str) -> Option<usize> {
    const LEAST: usize = 4;
    const LEAST_BEFORE_DRAWN: usize = 2;
    let (mut end, mut letters) = (0, 0);
    loop {
        let piece = rest(text, end);
        let first = piece.chars().next().filter(|&c| is_arabic_letter(c) && !is_ignorable(c))?;
        let length = letters_len(piece);
        // «د ا ع ش و قسد»: standing alone after a whole word, it is "and" in every language of the script.
        if first == 'و' && letters >= LEAST && length == first.len_utf8() {
            return text.get(..end).map(|t| t.trim_end().len());
        }
        if length > first.len_utf8() {
            let drawn = letters >= LEAST_BEFORE_DRAWN && piece.get(..length)?.contains(TATWEEL);
            // Without the blank after the last letter.
            let bare = || text.get(..end).map_or(0, |t| t.trim_end().len());
            return if drawn { Some(end + length) } else { (letters >= LEAST).then(bare) };
        }
        (end, letters) = (end + length, letters + 1);
        let mut after = rest(text, end).chars();
        let goes_on = matches!(after.next(), Some(' ' | '\u{a0}')) && after.next().is_some_and(|c| is_arabic_letter(c) && !is_ignorable(c));
        if !goes_on {
            return (letters >= LEAST).then_some(end);
        }
        end += rest(text, end).chars().next()?.len_utf8();
    }
}

/// An abbreviation of single letters with dots (U.S., p.m., أ.ف.ب); its length, the last dot included.
fn dotted_len(text: &str) -> Option<usize> {
    let (mut end, mut pairs) = (0, 0);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !is_letter(c) {
            break;
        }
        match chars.peek() {
            Some(&(dot, '.')) => {
                chars.next();
                pairs += 1;
                end = dot + 1;
            }
            Some(&(_, next)) if next.is_alphanumeric() || is_ignorable(next) => break,
            _ => {
                end = at + c.len_utf8();
                break;
            }
        }
    }
    (pairs >= 2 || pairs == 1 && text.get(..end).is_some_and(|t| !t.ends_with('.'))).then_some(end)
}

/// Digits with separators between them (1,500 · 3.5 · ١٬٥٠٠) and Latin letters after them (4th).
fn number_len(text: &str) -> usize {
    let mut end = 0;
    let mut letters = false;
    let chars: Vec<(usize, char)> = text.char_indices().take(40).collect();
    for (i, &(at, c)) in chars.iter().enumerate() {
        let next_digit = chars.get(i + 1).is_some_and(|&(_, n)| is_digit(n));
        let inside = if is_digit(c) {
            !letters
        } else if matches!(c, ',' | '.' | '٬' | '٫' | '،') {
            !letters && next_digit && c != '،'
        } else if c.is_ascii_alphabetic() {
            letters = true;
            true
        } else {
            false
        };
        if !inside {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// A number's folded form: ASCII digits, thousands separators gone, `.` for the decimal mark.
fn fold_number(written: &str, out: &mut String) {
    let chars: Vec<char> = written.chars().collect();
    for (i, &c) in chars.iter().enumerate() {
        match c {
            ',' | '.' | '٬' | '٫' => {
                let digits = chars[i + 1..].iter().take_while(|&&d| is_digit(d)).count();
                if c == '٫' || c == '.' && digits != 3 || c == ',' && digits != 3 {
                    out.push('.');
                }
            }
            c => fold_into(c.encode_utf8(&mut [0; 4]), out),
        }
    }
}

fn case_of(written: &str) -> Case {
    if written.chars().all(|c| ('\u{0620}'..='\u{065F}').contains(&c)) {
        return Case::None;
    }
    let mut letters = written.chars().filter(|c| c.is_lowercase() || c.is_uppercase());
    let Some(first) = letters.next() else { return Case::None };
    let (mut upper, mut any) = (true, false);
    for c in letters {
        any = true;
        upper &= c.is_uppercase();
    }
    match (first.is_uppercase(), any && upper) {
        (true, true) => Case::Upper,
        (true, false) => Case::Title,
        _ => Case::Lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<String> {
        let words = Words::of(text);
        (0..words.len()).map(|i| words.folded(i).to_owned()).collect()
    }

    #[test]
    fn words_as_a_reader_cuts_them() {
        for (text, expected) in [
            ("Sha’fah, east of Deir ez-Zor", vec!["shafah", ",", "east", "of", "deir", "ez", "-", "zor"]),
            ("the SDF’s 4th car-bomb", vec!["the", "sdf", "'s", "4th", "car", "-", "bomb"]),
            ("U.S. jets at 3.30 p.m.", vec!["us", "jets", "at", "3.30", "pm"]),
            ("1,500 قتيل و٢٣ جريحاً", vec!["1500", "قتيل", "و", "23", "جريحا"]),
            ("“قسد”..وقيادي", vec!["“", "قسد", "”", ".", ".", "وقيادي"]),
            ("T2 and ISIS23112018", vec!["t2", "and", "isis23112018"]),
            ("(أ.ف.ب)", vec!["(", "افب", ")"]),
            ("سقط قـ.ـتـ.ـلى في مـسـجد.", vec!["سقط", "قتلي", "في", "مسجد", "."]),
            ("محاولة اغتـ ـيال، تسـ.ـتهدف", vec!["محاوله", "اغتيال", "،", "تستهدف"]),
            ("شـ،,ـهداء وعـــاجل", vec!["شهدا", "وعاجل"]),
            ("سنة 1445 هـ - وفي و لا هـ. ثم", vec!["سنه", "1445", "ه", "-", "وفي", "و", "لا", "ه", ".", "ثم"]),
            ("لـ «راديو» ـ ثم قال.وعاد", vec!["ل", "«", "راديو", "»", "ثم", "قال", ".", "وعاد"]),
            ("ﻗـ.ـﺘﻠﻰ \u{202B}د ا ع\u{202C}", vec!["قتلي", "د", "ا", "ع"]),
            ("هاجم د ا عـ ـش القرية", vec!["هاجم", "داعش", "القريه"]),
            ("ق ت ل ى في د ا ع ش.", vec!["قتلي", "في", "داعش", "."]),
            ("و لا و قـ.ـتلى د م", vec!["و", "لا", "و", "قتلي", "د", "م"]),
        ] {
            assert_eq!(cut(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn words_stand_in_order_and_lose_no_letter(text in "[a-zA-Z0-9ء-ي ً'’.,،\n\"-]{0,80}") {
            let words = Words::of(&text);
            let mut last = 0;
            for w in words.iter() {
                prop_assert!(w.span.start >= last && !w.span.is_empty());
                prop_assert!(text.get(w.span.start as usize..w.span.end as usize).is_some());
                last = w.span.end;
            }
            let letters = |s: &str| s.chars().filter(|&c| c.is_alphanumeric() && !is_ignorable(c)).count();
            prop_assert_eq!(words.iter().map(|w| letters(w.span.of(&text))).sum::<usize>(), letters(&text));
        }

        #[test]
        fn a_broken_word_is_one_word_over_the_whole(parts in prop::collection::vec("[بتسعفقكلم]{1,3}", 2..5), marks in "[ .،,*]{1,3}") {
            let broken = parts.join(&format!("ـ{marks}ـ"));
            let text = format!("قال {broken}. ثم");
            let words = Words::of(&text);
            prop_assert_eq!(words[1].span.of(&text), broken.as_str());
            prop_assert_eq!(words.folded(1), crate::fold(&parts.concat()));
        }

        #[test]
        fn any_text_can_be_cut(text in "\\PC{0,60}") {
            let words = Words::of(&text);
            for w in words.iter() {
                prop_assert!(text.get(w.span.start as usize..w.span.end as usize).is_some());
            }
        }
    }
}
