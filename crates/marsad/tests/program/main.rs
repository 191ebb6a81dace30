//! The program seen from outside, a test for each promise: what a user types, and what comes out.

#![allow(clippy::unwrap_used, clippy::string_slice)] // a test ends where something is not as it should be

mod archives;
mod bundling;
mod candid;
mod decided;
mod deciding;
mod desk;
mod deterministic;
mod evaluating;
mod exporting;
mod fetching;
mod finding;
mod flipped;
mod forged;
mod held_back;
mod inbox;
mod independent;
mod killed;
mod leaving;
mod persons;
mod places;
mod redacted;
#[path = "../reports/mod.rs"]
mod reports;
mod screens;
mod since;
mod status;
mod stepwise;
mod traceable;
mod unread;
mod withdrawing;
