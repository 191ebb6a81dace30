//! The shapes in which others count events: ACLED, UCDP GED, PLOVER. Each asks for what Marsad does not know and has no
//! place for what it does know; what is lost is written beside each file, and what is not known stays empty wherever the
//! shape allows it.

mod acled;
mod case;
mod ged;
mod losses;
mod plover;
mod shape;
mod told;

pub(crate) use acled::Acled;
pub use acled::COLUMNS as ACLED_COLUMNS;
pub use ged::COLUMNS as GED_COLUMNS;
pub(crate) use ged::Ged;
pub(crate) use plover::Plover;
pub(crate) use shape::Coded;
