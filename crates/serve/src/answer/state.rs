//! What the ledger holds: sources, what was set aside, its state.

use super::{Count, Label};
use marsad_ledger::SourceLine;
use marsad_record::SetAsideRecord;
use serde::Serialize;

/// `GET /sources`: who published the reports.
#[derive(Debug, Serialize)]
pub struct Sources {
    /// The sources, those with most reports first.
    pub items: Vec<SourceItem>,
    /// How many there are.
    pub total: u64,
}

/// A source and what the ledger has of it.
#[derive(Debug, Serialize)]
pub struct SourceItem {
    /// What the ledger has of it.
    #[serde(flatten)]
    pub line: SourceLine,
    /// Its names.
    pub label: Option<Label>,
}

/// `GET /aside`: what was set aside.
#[derive(Debug, Serialize)]
pub struct Aside {
    /// What could not be read, and walls, menus and error pages that stood in a report's place. Where `by_hand` is not null, the
    /// report is to be captured by hand.
    pub items: Vec<SetAsideRecord>,
    /// What to give as `cursor` for the next page.
    pub next: Option<String>,
    /// How many there are.
    pub total: u64,
    /// How many are to be captured by hand.
    pub by_hand: u64,
    /// How many of each kind; `unreadable` where the item has none.
    pub kinds: Vec<Count>,
}

/// `GET /status`: what the ledger holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The program that serves.
    pub program: &'static str,
    /// The program that read the reports.
    pub read_by: Option<String>,
    /// The knowledge it did so with.
    pub knowledge: Option<String>,
    /// Sealed originals.
    pub originals: u64,
    /// Reports.
    pub reports: u64,
    /// Claims.
    pub claims: u64,
    /// Events.
    pub events: u64,
    /// Things set aside.
    pub set_aside: u64,
    /// Was something read or decided since the reports were last compared? Then events are those of before.
    pub stale: bool,
    /// The newest entry of the custody log: of a run, or of decisions.
    pub last_run: Option<LastRun>,
    /// Another after every change: what `ETag`s are made of.
    pub state: String,
    /// Which of the page's packages the program carries; without them the page draws a simpler map and takes the reader's own
    /// fonts.
    pub page: PageParts,
}

/// The newest entry of the custody log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LastRun {
    /// When (RFC 3339).
    pub at: String,
    /// What was done.
    pub what: String,
    /// The entry's hash, which covers all before it.
    pub hash: String,
}

/// What the page brings with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PageParts {
    /// The drawing map and its Arabic shaping.
    pub map: bool,
    /// Borders and coasts.
    pub borders: bool,
    /// Its own fonts.
    pub fonts: bool,
    /// Tiles of the user's own, of which `GET /tiles` has stretches.
    pub tiles: bool,
}
