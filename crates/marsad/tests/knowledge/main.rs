//! Knowledge as data: its rows hold what they say, and its words are the project's own.

#![allow(clippy::unwrap_used)] // a test ends where something is not as it should be

mod examples;
mod gold;
mod own_words;
