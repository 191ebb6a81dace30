//! What did people rule, and what does it come to in a ledger as it is read now?
//!
//! A [`Decision`] says who ruled what, when and why. It is anchored on the words that it was ruled on ([`Anchor`]), not on
//! ids or offsets, so that it stands when better rules have moved them. [`Rulings::resolve`] finds its claims again and says
//! what holds: later rulings go before earlier ones, and an undo takes back what it names. [`apply`] lays rulings over a
//! claim as it was read, and keeps beside each value that was ruled the one that was read.
//!
//! **Invariants.** Pure: no clock, no file; who and when are handed in. A decision is never changed: its id is the hash of
//! what it says. What can no longer be anchored is told as such, never dropped and never put on what merely looks alike.

mod agreement;
mod anchor;
mod apply;
mod conflict;
mod decision;
mod desk;
mod docket;
mod links;
mod naming;
mod persons;
mod rulings;
mod standing;
mod value;

#[cfg(test)]
mod tests;

pub use agreement::{Agreement, FieldAgreement, TwiceCoded, TwoValues, agreement, same_name};
pub use anchor::{Anchor, Part};
pub use apply::{apply, edited_parts};
pub use conflict::{Subject, subjects};
pub use decision::{BadDecision, Decision, Letter, Publish, ReportState, RuledGrade, RuledOrigin, RuledTie, Ruling};
pub use desk::{DeskRulings, desk_rulings};
pub use naming::namings;
pub use persons::Persons;
pub use rulings::{ClaimRuling, Edited, Link, Reading, RuledVictim, Rulings, SecondCoding, Verdict};
pub use standing::{Loose, Standing};
pub use value::{ActorValue, CasualtiesValue, HarmedValue, MeansValue, PlaceValue, TimeValue, Value};
