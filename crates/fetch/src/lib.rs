//! Fetching: what lies at an address, asked for politely, and kept as it came before anything is read of it.
//!
//! In: addresses, options, a clock, and what is remembered of earlier visits. Out: a WARC with each answer (redirects and
//! refusals too), and what became of each address. Nothing is read here; that is for the reader of archives.
//!
//! **Invariants.** No connection is made to an address of this machine or of a private network unless it is allowed: that is
//! looked at after a name was resolved, for the very addresses that are then connected to, and again at each redirect. A
//! site's `robots.txt` is asked first and obeyed. No host is asked more often than its pace allows. No answer is read past
//! its limit of bytes or time. No input makes it panic.

mod address;
mod archive;
mod clock;
mod fetcher;
mod robots;
mod seen;
mod url;
mod web;

pub use address::is_public;
pub use archive::{Archive, empty_members, members_of};
pub use clock::{Clock, SystemClock};
pub use fetcher::{Fetched, Fetcher, Outcome};
pub use robots::Robots;
pub use seen::{Seen, Visit};
pub use web::{FetchError, Options};
