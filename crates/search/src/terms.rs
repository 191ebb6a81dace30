//! The words of a text in the forms in which they are found.

use crate::ask::{Asked, Part};
use marsad_knowledge::{Files, KnowledgeError, clitics};
use marsad_model::{Language, Span};
use marsad_text::{Clitics, WordKind, Words, is_arabic_letter};
use rust_stemmers::{Algorithm, Stemmer};

/// Characters that an excerpt shows at most.
const EXCERPT: usize = 240;
/// Words before the first hit that an excerpt begins with.
const BEFORE: usize = 8;

/// Makes words of texts and of what is asked for.
pub struct Terms {
    clitics: Clitics,
    english: Stemmer,
}

/// A piece of a text, and whether what was asked for stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The words.
    pub text: String,
    /// Is it a hit?
    pub hit: bool,
}

impl Terms {
    /// Load what must be known of the languages.
    pub fn load(files: &Files) -> Result<Self, KnowledgeError> {
        Ok(Self { clitics: clitics(files, Language::Arabic.code())?, english: Stemmer::create(Algorithm::English) })
    }

    /// A text's words in their order, and what is left of them without clitics and endings. Both parted by blanks.
    pub fn of(&self, text: &str) -> (String, String) {
        let words = Words::of(text);
        let (mut plain, mut stems) = (String::with_capacity(text.len()), String::with_capacity(text.len()));
        for i in 0..words.len() {
            let Some(word) = searched(&words, i) else { continue };
            append(&mut plain, word);
            for stem in self.stems(words[i].span.of(text), word) {
                append(&mut stems, &stem);
            }
        }
        (plain, stems)
    }

    /// What is asked for; `None` where it holds no word.
    pub fn asked(&self, question: &str) -> Option<Asked> {
        let mut parts = Vec::new();
        // Every second piece between quotation marks stands inside them.
        for (i, piece) in question.split(['"', '“', '”', '«', '»']).enumerate() {
            let words = Words::of(piece);
            let found: Vec<(usize, &str)> = (0..words.len()).filter_map(|w| Some((w, searched(&words, w)?))).collect();
            if i % 2 == 1 && found.len() > 1 {
                parts.push(Part::Phrase(found.into_iter().map(|(_, word)| word.to_owned()).collect()));
            } else {
                parts.extend(found.into_iter().map(|(w, word)| Part::Word(self.sought(words[w].span.of(piece), word))));
            }
        }
        Asked::of(parts)
    }

    /// The stretches of a text at which what is asked for stands, in their order.
    pub fn hits(&self, text: &str, asked: &Asked) -> Vec<Span> {
        let words = Words::of(text);
        let kept: Vec<usize> = (0..words.len()).filter(|&i| searched(&words, i).is_some()).collect();
        let mut hits = Vec::new();
        for (at, &i) in kept.iter().enumerate() {
            let word = words.folded(i);
            if asked.words().any(|sought| sought.iter().any(|s| s == word)) || {
                let stems = self.stems(words[i].span.of(text), word);
                asked.words().any(|sought| sought.iter().any(|s| stems.contains(s)))
            } {
                hits.push(words[i].span);
            }
            for phrase in asked.phrases() {
                let stands = kept.get(at..at + phrase.len()).filter(|there| there.iter().zip(phrase).all(|(&w, p)| words.folded(w) == p));
                if let Some(&last) = stands.and_then(<[usize]>::last) {
                    hits.push(words[i].span.to(words[last].span));
                }
            }
        }
        joined(hits)
    }

    /// A text cut at its hits.
    pub fn marked(&self, text: &str, asked: &Asked) -> Vec<Segment> {
        cut(text, Span::new(0, text.len()), &self.hits(text, asked))
    }

    /// A stretch of a text around the first hit, or its beginning where it has none, cut at the hits.
    pub fn excerpt(&self, text: &str, asked: &Asked) -> Vec<Segment> {
        let hits = self.hits(text, asked);
        let words = Words::of(text);
        let first = hits.first().map_or(0, |hit| words.at_byte(hit.start));
        let start = words.get(first.saturating_sub(BEFORE)).map_or(0, |w| w.span.start as usize);
        let length = text.get(start..).unwrap_or("").char_indices().nth(EXCERPT).map_or(text.len() - start, |(at, _)| at);
        let mut segments = cut(text, Span::new(start, start + length), &hits);
        if start > 0 {
            segments.insert(0, Segment { text: "… ".to_owned(), hit: false });
        }
        if start + length < text.len() {
            segments.push(Segment { text: "…".to_owned(), hit: false });
        }
        segments
    }

    /// What is left of a folded word, each once, without the word itself.
    fn stems(&self, written: &str, folded: &str) -> Vec<String> {
        let mut stems: Vec<String> = if folded.chars().next().is_some_and(is_arabic_letter) {
            let forms = self.clitics.forms_of(written, folded);
            forms.iter().flat_map(|form| self.with_bare(&form.core)).collect()
        } else {
            vec![self.english.stem(folded).into_owned()]
        };
        stems.retain(|stem| stem != folded && !stem.is_empty());
        stems.sort();
        stems.dedup();
        stems
    }

    /// A word, and the same without its ending of number or gender.
    fn with_bare(&self, core: &str) -> impl Iterator<Item = String> {
        [Some(core), self.clitics.without_ending(core)].into_iter().flatten().map(str::to_owned)
    }

    /// The forms under which an asked-for word is looked for: as it is, without its article, without its ending. Other
    /// clitics are left on it: who asks for «بلدة» does not ask for what is left without its first letter.
    fn sought(&self, written: &str, folded: &str) -> Vec<String> {
        let mut sought = vec![folded.to_owned()];
        if folded.chars().next().is_some_and(is_arabic_letter) {
            let forms = self.clitics.forms_of(written, folded);
            let article = forms.iter().filter(|form| form.article || form.core == folded);
            sought.extend(article.flat_map(|form| self.with_bare(&form.core)));
        } else {
            sought.push(self.english.stem(folded).into_owned());
        }
        sought.retain(|word| !word.is_empty());
        sought.sort();
        sought.dedup();
        sought
    }
}

/// The folded word, where it is one that is searched by: letters or digits.
fn searched(words: &Words, i: usize) -> Option<&str> {
    let kind = words.get(i)?.kind;
    Some(words.folded(i)).filter(|word| matches!(kind, WordKind::Letters | WordKind::Number) && !word.is_empty())
}

fn append(stream: &mut String, word: &str) {
    if !stream.is_empty() {
        stream.push(' ');
    }
    stream.push_str(word);
}

/// Stretches that touch become one.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if last.overlaps(span) => *last = last.to(span),
            _ => out.push(span),
        }
    }
    out
}

fn cut(text: &str, within: Span, hits: &[Span]) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut at = within.start;
    let mut push = |from: u32, to: u32, hit: bool| {
        let text = Span { start: from, end: to }.of(text);
        if from < to && !text.is_empty() {
            segments.push(Segment { text: text.to_owned(), hit });
        }
    };
    for hit in hits.iter().filter(|hit| within.contains(**hit)) {
        push(at, hit.start, false);
        push(hit.start, hit.end, true);
        at = hit.end;
    }
    push(at, within.end, false);
    segments
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn terms() -> Terms {
        Terms::load(&Files::embedded()).unwrap()
    }

    fn marks(text: &str, question: &str) -> Vec<String> {
        let terms = terms();
        terms.asked(question).map(|asked| terms.hits(text, &asked)).unwrap_or_default().iter().map(|h| h.of(text).to_owned()).collect()
    }

    #[test]
    fn a_word_is_found_in_its_forms() {
        for (text, question, expected) in [
            ("قصفت بالمدفعية حيّا", "مدفعية", &["بالمدفعية"][..]),
            ("قصفت بالمدفعية حيّا", "المدفعيه", &["بالمدفعية"]),
            ("سقط قـ.ـتـ.ـلى في مسجد", "قتلى", &["قـ.ـتـ.ـلى"]),
            ("اندلعت اشتباكات، والاشتباك الأخير أعنفها", "اشتباك", &["اشتباكات", "والاشتباك"]),
            ("انتهى الاشتباك", "وإشتباكات", &[]),
            ("انتهى الاشتباك بين المسلحين", "إشتباكات مسلحين", &["الاشتباك", "المسلحين"]),
            ("غادر مسلحان", "المسلحون", &["مسلحان"]),
            ("Two strikes struck a striking town", "strike", &["strikes", "striking"]),
            ("Shelling of Hajin", "shelled", &["Shelling"]),
            ("وصل ولده أمس", "بلدة", &[]),
            ("the air strike and a strike by air", "\"air strike\"", &["air strike"]),
            ("", "x", &[]),
            ("a text", "… ! ?", &[]),
        ] {
            assert_eq!(marks(text, question), expected, "{text} / {question}");
        }
    }

    #[test]
    fn an_excerpt_begins_shortly_before_the_hit() {
        let terms = terms();
        let text = format!("{} the bridge fell. {}", "one two ".repeat(80), "more words ".repeat(80));
        let excerpt = terms.excerpt(&text, &terms.asked("bridge").unwrap());
        assert_eq!(excerpt[0].text, "… ");
        assert_eq!(excerpt.iter().filter(|s| s.hit).map(|s| s.text.as_str()).collect::<Vec<_>>(), ["bridge"]);
        assert!(excerpt.iter().map(|s| s.text.chars().count()).sum::<usize>() <= EXCERPT + 3);
    }

    proptest! {
        #[test]
        fn marked_pieces_make_up_the_text(text in "[a-zء-ي ً\"'.\n]{0,80}", question in "[a-zء-ي \"*^():-]{0,20}") {
            let terms = terms();
            if let Some(asked) = terms.asked(&question) {
                let pieces: String = terms.marked(&text, &asked).into_iter().map(|s| s.text).collect();
                prop_assert_eq!(pieces, text);
            }
        }

        #[test]
        fn what_the_database_is_asked_holds_quoted_words_alone(question in "\\PC{0,60}") {
            if let Some(asked) = terms().asked(&question) {
                let bare: String = asked.to_string().split('"').step_by(2).collect();
                prop_assert!(bare.split_whitespace().all(|w| matches!(w, "(" | ")" | "OR" | "AND" | "words" | ":")), "{bare}");
            }
        }
    }
}
