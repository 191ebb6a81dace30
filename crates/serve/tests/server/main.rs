//! The server seen from outside: what is asked over HTTP, and what comes back.

#![allow(clippy::unwrap_used, clippy::string_slice)] // a test ends where something is not as it should be

mod answers;
mod asking;
mod bundles;
mod decisions;
mod homonyms;
mod hostile;
mod inbox;
mod renewed;
mod second;
mod shapes;
mod since;
mod socket;
mod strangers;
