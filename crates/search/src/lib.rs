//! How is a text found again by its words, however they are written?
//!
//! A text becomes two streams: its words as they are folded, in their order, and beside them what is left of each when
//! clitics (Arabic) or endings (English) are off. Words that a post has broken up are mended by folding. What is asked for is
//! folded in the same way, and each word of it is looked for in both streams; a stretch in quotation marks in the first alone.
//!
//! **Invariants.** A text is found, and marked where it was found, by one and the same rule. Whatever is asked, what the
//! database is given holds quoted words and nothing else.

mod ask;
mod terms;

pub use ask::Asked;
pub use terms::{Segment, Terms};
