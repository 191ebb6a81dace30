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
    /// Endings of number and gender, the longest first.
    endings: Vec<String>,
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

/// Letters that must be left when a clitic without the article, or a pronoun, is taken off: shorter words lose too much.
const LEFT: usize = 3;
/// Letters that must be left after the article.
const LEFT_AFTER_ARTICLE: usize = 3;

/// Most words have no more readings than this.
const FORMS: usize = 6;

impl Clitics {
    /// The clitics of a language. `kind` is `conjunction`, `preposition`, `article`, `fused`, `enclitic`, `ending` or
    /// `feminine` (two letters: before a pronoun, and alone); other kinds are left to whoever knows them.
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
                "feminine" => clitics.feminine = form.chars().next().zip(form.chars().nth(1)),
                _ => {}
            }
        }
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

    /// Every reading of a word as it is written: a final ta marbuta, though it folds to the same letter, is no pronoun.
    pub fn forms_of(&self, written: &str, folded: &str) -> Vec<Form> {
        let mut forms = self.forms(folded);
        if self.feminine.is_some_and(|(_, closed)| folded.ends_with(closed) && !written.ends_with(closed)) {
            forms.retain(|f| f.after == 0);
        }
        forms
    }

    /// Every reading of a folded word, the whole word first, those with fewer clitics off before those with more.
    pub fn forms(&self, folded: &str) -> Vec<Form> {
        let mut forms = Vec::with_capacity(FORMS);
        forms.push(Form { core: folded.into(), before: 0, article: false, preposition: None, conjunction: false, after: 0 });
        self.with_article(folded, 0, None, false, &mut forms);
        self.prepositions_off(folded, 0, false, &mut forms);
        for c in &self.conjunctions {
            let Some(core) = folded.strip_prefix(c.as_str()).filter(|core| long(core, LEFT)) else { continue };
            let before = letters(c);
            forms.push(Form { core: core.into(), before, article: false, preposition: None, conjunction: true, after: 0 });
            self.with_article(core, before, None, true, &mut forms);
            self.prepositions_off(core, before, true, &mut forms);
        }
        self.enclitics_off(&mut forms);
        forms
    }

    fn with_article(&self, rest: &str, before: u8, preposition: Option<char>, conjunction: bool, forms: &mut Vec<Form>) {
        if let Some(core) = self.without_article(rest) {
            forms.push(Form { core: core.into(), before, article: true, preposition, conjunction, after: 0 });
        }
    }

    fn prepositions_off(&self, rest: &str, before: u8, conjunction: bool, forms: &mut Vec<Form>) {
        for p in &self.fused {
            if let Some(core) = rest.strip_prefix(p.as_str()).filter(|core| long(core, LEFT - 1)) {
                // One letter of the fused pair is the preposition; the other is what is left of the article.
                forms.push(Form {
                    core: core.into(),
                    before: before + 1,
                    article: true,
                    preposition: p.chars().next(),
                    conjunction,
                    after: 0,
                });
            }
        }
        for p in &self.prepositions {
            if let Some(core) = rest.strip_prefix(p.as_str()).filter(|core| long(core, LEFT)) {
                let (preposition, before) = (p.chars().next(), before + letters(p));
                forms.push(Form { core: core.into(), before, article: false, preposition, conjunction, after: 0 });
                self.with_article(core, before, preposition, conjunction, forms);
            }
        }
    }

    fn enclitics_off(&self, forms: &mut Vec<Form>) {
        for i in 0..forms.len() {
            // A word has an article or a pronoun, never both.
            if forms[i].article {
                continue;
            }
            for e in &self.enclitics {
                let form = forms[i].clone();
                let Some(core) = form.core.strip_suffix(e.as_str()).filter(|core| long(core, LEFT)) else { continue };
                let after = letters(e);
                if let Some((open, closed)) = self.feminine
                    && let Some(stem) = core.strip_suffix(open)
                {
                    forms.push(Form { core: format_smolstr!("{stem}{closed}"), after, ..form.clone() });
                }
                forms.push(Form { core: core.into(), after, ..form });
                break;
            }
        }
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
