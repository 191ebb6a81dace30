//! What is asked for, as the database's full text takes it.

use std::fmt;

/// Words that a question may have; what comes after is passed over.
const MOST: usize = 16;

/// One thing that must stand in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// A word, in any of these forms.
    Word(Vec<String>),
    /// These words, one after the other.
    Phrase(Vec<String>),
}

/// What is asked for: all its parts must stand in a text. Written out, it is a question in the language of SQLite's FTS5 over
/// the columns `words` and `stems`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    parts: Vec<Part>,
}

impl Asked {
    pub(crate) fn of(mut parts: Vec<Part>) -> Option<Self> {
        parts.truncate(MOST);
        (!parts.is_empty()).then_some(Self { parts })
    }

    pub(crate) fn words(&self) -> impl Iterator<Item = &[String]> {
        self.parts.iter().filter_map(|part| match part {
            Part::Word(forms) => Some(forms.as_slice()),
            Part::Phrase(_) => None,
        })
    }

    pub(crate) fn phrases(&self) -> impl Iterator<Item = &[String]> {
        self.parts.iter().filter_map(|part| match part {
            Part::Phrase(words) => Some(words.as_slice()),
            Part::Word(_) => None,
        })
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, part) in self.parts.iter().enumerate() {
            if i > 0 {
                f.write_str(" AND ")?;
            }
            match part {
                Part::Word(forms) => {
                    let forms: Vec<String> = forms.iter().map(|form| quoted(form)).collect();
                    write!(f, "( {} )", forms.join(" OR "))?;
                }
                Part::Phrase(words) => write!(f, "words : {}", quoted(&words.join(" ")))?,
            }
        }
        Ok(())
    }
}

/// A word as FTS5 takes it for nothing but a word.
fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('"', " "))
}
