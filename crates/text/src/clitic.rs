//! What Arabic writes together with a word: conjunctions, prepositions and the article before it, pronouns after it.
//!
//! A word such as «وبالمدفعية» may be read whole or with up to three clitics off. Nothing here decides which reading is
//! right: every one that leaves enough letters is a [`Form`], and the lexicon knows which of them is a word.

use crate::fold::written_len;
use marsad_model::Span;
use smol_str::{SmolStr, format_smolstr};

/// The clitics of a language, as its knowledge lists them (folded).
#[derive(Debug, Default, Clone)]
pub struct Clitics {
    conjunctions: Vec<String>,
    prepositions: Vec<String>,
    article: String,
    /// Preposition and article run together: «لل».
    fused: Vec<String>,
    enclitics: Vec<String>,
    /// What a final ta marbuta (folded) is before an enclitic, and what it is alone: «ت», «ه».
    feminine: Option<(char, char)>,
    /// Words shorter than others that may be left after a conjunction: «وفي».
    short: Vec<String>,
    /// Endings of number and gender, the longest first.
    endings: Vec<String>,
    /// Second bytes of words that can begin with a clitic: the first is the same for many letters of a script.
    openings: Bytes,
    /// Last bytes of words that can end with one.
    closings: Bytes,
}

/// One way to read a written word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The word without its clitics, folded.
    pub core: SmolStr,
    /// Folded letters before the core, the article not among them.
    pub before: u8,
    /// Is the article on?
    pub article: bool,
    /// A preposition is on, with this first letter (folded).
    pub preposition: Option<char>,
    /// A conjunction is on.
    pub conjunction: bool,
    /// Folded letters of the pronoun after the core.
    pub after: u8,
}

/// One way to read a written word, as [`Form`] keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading<'w> {
    /// The word without its clitics, folded.
    pub core: &'w str,
    /// Folded letters before the core, the article not among them.
    pub before: u8,
    /// Is the article on?
    pub article: bool,
    /// A preposition is on, with this first letter (folded).
    pub preposition: Option<char>,
    /// A conjunction is on.
    pub conjunction: bool,
    /// Folded letters of the pronoun after the core.
    pub after: u8,
}

/// Letters that must be left when a clitic without the article, or a pronoun, is taken off: shorter words lose too much.
const LEFT: usize = 3;
/// Letters that must be left after the article.
const LEFT_AFTER_ARTICLE: usize = 3;

/// So many words that end in the letter that is a pronoun, and none in ta marbuta, are no accident.
const CARELESS: usize = 3;

/// Most words have no more readings than this.
const FORMS: usize = 6;

impl Clitics {
    /// The clitics of a language. `kind` is `conjunction`, `preposition`, `article`, `fused`, `enclitic`, `ending`, `short` (a
    /// word of two letters that a conjunction may stand before) or `feminine` (two letters: before a pronoun, and alone); other kinds are left to whoever knows them.
    pub fn new<'a>(rows: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut clitics = Self::default();
        for (kind, form) in rows {
            match kind {
                "conjunction" => clitics.conjunctions.push(form.to_owned()),
                "preposition" => clitics.prepositions.push(form.to_owned()),
                "article" => form.clone_into(&mut clitics.article),
                "fused" => clitics.fused.push(form.to_owned()),
                "enclitic" => clitics.enclitics.push(form.to_owned()),
                "ending" => clitics.endings.push(form.to_owned()),
                "short" => clitics.short.push(form.to_owned()),
                "feminine" => clitics.feminine = form.chars().next().zip(form.chars().nth(1)),
                _ => {}
            }
        }
        let Self { conjunctions, prepositions, fused, article, enclitics, .. } = &clitics;
        let (mut openings, mut closings) = (Bytes::default(), Bytes::default());
        for form in conjunctions.iter().chain(prepositions).chain(fused).chain([article]) {
            match form.as_bytes() {
                [_, second, ..] => openings.insert(Some(second)),
                [_] => openings = Bytes([u64::MAX; 4]),
                [] => {}
            }
        }
        for enclitic in enclitics {
            closings.insert(enclitic.as_bytes().last());
        }
        (clitics.openings, clitics.closings) = (openings, closings);
        clitics.enclitics.sort_by_key(|e| std::cmp::Reverse(e.len()));
        clitics.endings.sort_by_key(|e| std::cmp::Reverse(e.len()));
        clitics
    }

    /// The word without its article, where it has one and enough is left.
    pub fn without_article<'w>(&self, folded: &'w str) -> Option<&'w str> {
        if self.article.is_empty() {
            return None;
        }
        folded.strip_prefix(self.article.as_str()).filter(|core| long(core, LEFT_AFTER_ARTICLE))
    }

    /// The word without its longest ending of number or gender, where enough is left: «اشتباكات» is «اشتباك». What is left need be
    /// no word; it serves to find a word again, not to read it.
    pub fn without_ending<'w>(&self, folded: &'w str) -> Option<&'w str> {
        self.endings.iter().find_map(|e| folded.strip_suffix(e.as_str()).filter(|core| long(core, LEFT)))
    }

    /// Does the word end in the letter that is a pronoun, but is carelessly written for a ta marbuta, too?
    pub fn may_be_pronoun(&self, written: &str) -> bool {
        self.feminine.is_some_and(|(_, closed)| written.ends_with(closed))
    }

    /// Is the ta marbuta written as such in a text? Then the letter that others write for it is a pronoun. A text that has
    /// none, and many words that end in that letter, is careless.
    pub fn is_careful(&self, text: &str) -> bool {
        let Some((_, closed)) = self.feminine else { return true };
        let (mut folded, mut instead) = (String::new(), 0);
        for last in text.split(|c: char| !c.is_alphabetic()).filter_map(|word| word.chars().next_back()) {
            folded.clear();
            crate::fold_into(last.encode_utf8(&mut [0; 4]), &mut folded);
            if last != closed && folded.ends_with(closed) {
                return true;
            }
            instead += usize::from(last == closed);
        }
        instead < CARELESS
    }

    /// Every reading of a word as it is written: a final ta marbuta, though it folds to the same letter, is no pronoun.
    pub fn forms_of(&self, written: &str, folded: &str) -> Vec<Form> {
        let mut forms = Vec::with_capacity(FORMS);
        self.each_of(written, folded, |reading| forms.push(reading.form()));
        forms
    }

    /// Every reading of a folded word, the whole word first, those with fewer clitics off before those with more.
    pub fn forms(&self, folded: &str) -> Vec<Form> {
        let mut forms = Vec::with_capacity(FORMS);
        self.each_before(folded, &mut |reading| forms.push(reading.form()));
        self.each_after(folded, &mut |reading| forms.push(reading.form()));
        forms
    }

    /// The readings of [`Clitics::forms_of`], one by one: most are of no word that anyone knows.
    pub fn each_of(&self, written: &str, folded: &str, mut see: impl FnMut(Reading<'_>)) {
        self.each_before(folded, &mut see);
        if self.feminine.is_none_or(|(_, closed)| !folded.ends_with(closed) || written.ends_with(closed)) {
            self.each_after(folded, &mut see);
        }
    }

    /// The readings that take nothing off the word's end.
    pub fn each_before<'w>(&self, folded: &'w str, see: &mut impl FnMut(Reading<'w>)) {
        let whole = Reading { core: folded, before: 0, article: false, preposition: None, conjunction: false, after: 0 };
        see(whole);
        if !self.openings.has(folded.as_bytes().get(1)) {
            return;
        }
        self.with_article(whole, see);
        self.prepositions_off(whole, see);
        for c in &self.conjunctions {
            let enough = |core: &&str| long(core, LEFT) || self.short.iter().any(|s| s == core);
            let Some(core) = folded.strip_prefix(c.as_str()).filter(enough) else { continue };
            let rest = Reading { core, before: letters(c), conjunction: true, ..whole };
            see(rest);
            self.with_article(rest, see);
            self.prepositions_off(rest, see);
        }
    }

    fn with_article<'w>(&self, rest: Reading<'w>, see: &mut impl FnMut(Reading<'w>)) {
        if let Some(core) = self.without_article(rest.core) {
            see(Reading { core, article: true, ..rest });
        }
    }

    fn prepositions_off<'w>(&self, rest: Reading<'w>, see: &mut impl FnMut(Reading<'w>)) {
        for p in &self.fused {
            if let Some(core) = rest.core.strip_prefix(p.as_str()).filter(|core| long(core, LEFT - 1)) {
                // One letter of the fused pair is the preposition; the other is what is left of the article.
                see(Reading { core, before: rest.before + 1, article: true, preposition: p.chars().next(), ..rest });
            }
        }
        for p in &self.prepositions {
            if let Some(core) = rest.core.strip_prefix(p.as_str()).filter(|core| long(core, LEFT)) {
                let off = Reading { core, before: rest.before + letters(p), preposition: p.chars().next(), ..rest };
                see(off);
                self.with_article(off, see);
            }
        }
    }

    /// The readings that take a pronoun off the word's end.
    fn each_after(&self, folded: &str, see: &mut impl FnMut(Reading<'_>)) {
        if !self.closings.has(folded.as_bytes().last()) {
            return;
        }
        // A word has an article or a pronoun, never both.
        self.each_before(folded, &mut |reading| {
            if !reading.article {
                self.enclitic_off(reading, see);
            }
        });
    }

    fn enclitic_off(&self, reading: Reading<'_>, see: &mut impl FnMut(Reading<'_>)) {
        let off = |e: &String| reading.core.strip_suffix(e.as_str()).filter(|core| long(core, LEFT)).map(|core| (core, letters(e)));
        let Some((core, after)) = self.enclitics.iter().find_map(off) else { return };
        if let Some((open, closed)) = self.feminine
            && let Some(stem) = core.strip_suffix(open)
        {
            see(Reading { core: &format_smolstr!("{stem}{closed}"), after, ..reading });
        }
        see(Reading { core, after, ..reading });
    }
}

impl Reading<'_> {
    /// The same, to be kept.
    pub fn form(&self) -> Form {
        let Self { core, before, article, preposition, conjunction, after } = *self;
        Form { core: core.into(), before, article, preposition, conjunction, after }
    }
}

/// A set of bytes.
#[derive(Debug, Default, Clone, Copy)]
struct Bytes([u64; 4]);

impl Bytes {
    fn insert(&mut self, byte: Option<&u8>) {
        if let Some(&byte) = byte {
            self.0[usize::from(byte) / 64] |= 1 << (byte % 64);
        }
    }

    fn has(self, byte: Option<&u8>) -> bool {
        byte.is_some_and(|&byte| self.0[usize::from(byte) / 64] >> (byte % 64) & 1 == 1)
    }
}

impl Form {
    /// Where the form's core (with its article) stands, given the written word's span.
    pub fn span(&self, text: &str, word: Span) -> Span {
        let written = word.of(text);
        let from = written_len(written, usize::from(self.before)).min(written.len());
        let start = if self.before == 0 { word.start } else { word.start + from as u32 };
        if self.after == 0 {
            return Span { start, end: word.end };
        }
        let folded = crate::fold(written).chars().count();
        let keep = written_len(written, folded.saturating_sub(usize::from(self.after)));
        Span { start, end: (word.start + keep as u32).max(start) }
    }
}

fn letters(s: &str) -> u8 {
    s.chars().count() as u8
}

fn long(s: &str, least: usize) -> bool {
    s.chars().nth(least - 1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn arabic() -> Clitics {
        Clitics::new([
            ("conjunction", "و"),
            ("conjunction", "ف"),
            ("preposition", "ب"),
            ("preposition", "ل"),
            ("preposition", "ك"),
            ("article", "ال"),
            ("fused", "لل"),
            ("enclitic", "ها"),
            ("enclitic", "هم"),
            ("enclitic", "ه"),
            ("feminine", "ته"),
        ])
    }

    #[test]
    fn the_right_reading_is_among_the_forms() {
        for (word, core) in [
            ("وبالمدفعيه", "مدفعيه"),
            ("للتحالف", "تحالف"),
            ("وقال", "قال"),
            ("هجومهم", "هجوم"),
            ("مدينتها", "مدينه"),
            ("وللمدنيين", "مدنيين"),
            ("وقسد", "قسد"),
        ] {
            assert!(arabic().forms(word).iter().any(|f| f.core == core), "{word}: {:?}", arabic().forms(word));
        }
    }

    #[test]
    fn a_short_word_keeps_its_letters() {
        assert_eq!(arabic().forms("ولد").len(), 1);
        assert!(arabic().without_article("الله").is_none());
    }

    #[test]
    fn the_span_leaves_the_clitics_out() {
        for (written, core, expected) in [("وَبِالمدفعية", "مدفعيه", "المدفعية"), ("للتحالف", "تحالف", "لتحالف"), ("هجومِهم", "هجوم", "هجومِ")]
        {
            let folded = crate::fold(written);
            let form = arabic().forms(&folded).into_iter().find(|f| f.core == core).unwrap();
            assert_eq!(form.span(written, Span::new(0, written.len())).of(written), expected);
        }
    }

    proptest! {
        #[test]
        fn every_form_stands_inside_its_word(written in "[ء-يًٌ]{1,14}") {
            let whole = Span::new(0, written.len());
            for form in arabic().forms(&crate::fold(&written)) {
                let span = form.span(&written, whole);
                prop_assert!(whole.contains(span) && written.get(span.start as usize..span.end as usize).is_some());
            }
        }
    }
}
