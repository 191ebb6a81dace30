//! Places: a name in a text becomes candidates, a candidate a point with its accuracy and what it lies in.
//!
//! In: folded words of a text. Out: [`Match`]es, each with the places that bear the name. Nothing here decides which of
//! them is meant: that takes the whole report. The lists under `knowledge/gazetteer` are compiled into the program and
//! opened in place, so that start-up reads a header and no more.
//!
//! A user's own lists are compiled into the same form and lie over the program's, matched by the same code.
//!
//! **Invariants.** No file, network or clock. The same lists give the same bytes, and a lookup the same order. No lookup
//! fails or panics, whatever the words. No name of a place, article or letter rule stands in code: all are data.

mod add;
mod compile;
mod compiled;
mod distance;
mod dump;
mod gazetteer;
mod layer;
mod layout;
mod pcodes;
mod place;
mod scan;
mod source;
mod spelling;
mod unzip;

pub use add::{AddError, Added, add};
pub use distance::distance_km;
pub use gazetteer::{Gazetteer, Location};
pub use place::{Candidate, Place, PlaceId, PlaceKind, PlaceRef, Seat};
pub use scan::{Likeness, Match};
