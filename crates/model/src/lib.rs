//! The nouns of Marsad, spelled as its public contract spells them.
//!
//! Every stage hands the next one values of these types. They know nothing of files, languages, databases or clocks.
//!
//! **Invariants.** Offsets are UTF-8 byte spans into one report's readable text, which never changes; they become code
//! points with the quoted words only when a record leaves the house ([`Quote`]). Ids are hashes of what was given,
//! never of what was derived, so better rules keep them. Serialised field names are those of the contract.

mod claim;
mod event;
mod event_type;
mod id;
mod lineage;
mod mention;
mod report;
mod span;
mod time;
mod version;

pub use claim::*;
pub use event::*;
pub use event_type::{EventType, UnknownEventType};
pub use id::*;
pub use lineage::*;
pub use mention::*;
pub use report::*;
pub use span::{CodePoints, Quote, Span};
pub use time::*;
pub use version::*;
