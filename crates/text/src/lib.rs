//! Reading letters: a text becomes folded words with their spans, clitics, sentences, and hits of a lexicon.
//!
//! In: a report's readable text, which never changes. Out: [`Words`] and [`Sentence`]s that point into it, and
//! [`Lexicon`] hits over them.
//!
//! **Invariants.** No stage alters the text: folding makes a copy of each word, and the word keeps the span it was
//! folded from. This crate knows scripts, not languages: which clitics, abbreviations and phrases there are is handed in.

mod clitic;
mod fold;
mod lexicon;
mod script;
mod sentence;
mod word;

pub use clitic::{Clitics, Form, Reading};
pub use fold::{fold, fold_into, is_apostrophe, is_arabic_letter, is_ignorable};
pub use lexicon::{Hit, Lexicon};
pub use script::{Script, script_of};
pub use sentence::{Sentence, sentences};
pub use word::{Case, Word, WordKind, Words};
