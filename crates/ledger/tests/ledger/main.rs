//! The ledger seen from outside: adding, stopping, checking, reading again, listing.

#![allow(clippy::unwrap_used, clippy::string_slice)] // a test ends where something is not as it should be

mod adding;
mod changed;
mod collated;
mod crash;
mod decisions;
mod flipped;
mod opening;
mod renewed;
mod rereading;
mod sample;
mod verify;
mod withdrawing;
