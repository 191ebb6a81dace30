//! Reading: bytes of a file become [`Record`]s, and a record becomes a `Report`: readable text, title, source, date,
//! language, and notes on what was seen and decided.
//!
//! In: bytes with their path, and knowledge. Out: records or reasons why there is none; reports, or what stands in their place
//! (a log-in wall, an error page, a list of headlines). No file, clock or
//! network is touched here.
//!
//! **Invariants.** A record's id depends on what was given, never on what is derived. The readable text is made of the
//! body's own lines, in their order, none altered. What the sender says goes before what the page says, and that before
//! what is concluded. Where nothing tells, the value is null. No input makes reading panic.

mod charset;
mod cues;
mod date;
mod date_figures;
mod date_line;
mod feed;
mod front;
mod given;
mod intake;
mod json;
mod language;
mod layout;
mod limits;
mod lines;
mod own_day;
mod page;
mod passed_on;
mod post;
mod post_marks;
mod printed;
mod publisher;
mod reader;
mod record;
mod shape;
mod stream;
mod telegram;
mod unpacked;
mod wacz;
mod wall;
mod warc;

pub use intake::{Intake, Records, SIDECAR_SUFFIX, is_sidecar, records, records_within, reopen, stream_records};
pub use limits::Limits;
pub use reader::{Reader, ReaderError};
pub use record::{Body, Given, Record, SetAside};
pub use stream::Input;
pub use wall::{NoReport, NoReportKind};
