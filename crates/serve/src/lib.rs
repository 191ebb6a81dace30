//! A ledger over HTTP: the page at `/`, and the API that it reads under `/api/v1`.
//!
//! # What is answered
//!
//! Records are spelled as the contract spells them ([`marsad_record`]); lists wrap them as `{"items", "next", "total"}`. The
//! shapes of all answers are the types of [`answer`]; the description of the whole API in OpenAPI 3.1 is at
//! `/api/v1/openapi.json`.
//!
//! | address | answer |
//! | --- | --- |
//! | `GET /api/v1/events` | [`answer::Events`]; with `Accept: application/geo+json` or `text/csv` the same events as that |
//! | `GET /api/v1/events/counts` | [`answer::Counts`], of the events that pass the same filter |
//! | `GET /api/v1/events/{id}` | [`answer::Dossier`] |
//! | `GET /api/v1/events/{id}/victims` | [`answer::Victims`] |
//! | `GET /api/v1/reports` | [`answer::Reports`] |
//! | `GET /api/v1/reports/{id}` | [`answer::ReportPage`]; with `?q=` also where those words stand |
//! | `GET /api/v1/reports/{id}/original` | the sealed bytes, never to be rendered |
//! | `GET /api/v1/aside/{sha256}/original` | the same of what could not be read |
//! | `GET /api/v1/reports/{id}/lineage` | [`answer::LineageGraph`] |
//! | `GET /api/v1/claims/{id}` | a claim's record |
//! | `GET /api/v1/search?q=` | [`answer::Hits`] |
//! | `GET /api/v1/sources` | [`answer::Sources`] |
//! | `GET /api/v1/aside` | [`answer::Aside`] |
//! | `GET /api/v1/queue` | [`answer::Queue`]: claims that nobody ruled on, the least certain first |
//! | `GET /api/v1/inbox` | [`answer::Inbox`]: reports by where they are in the day's work |
//! | `POST /api/v1/intake` | [`answer::Taken`]: a link (`{"url":…}`) or a file (its bytes, `?name=`), sealed and read |
//! | `GET /api/v1/second?report=` | [`answer::Blind`]: a report's claims as read, for a second coder |
//! | `GET /api/v1/agreement` | [`marsad_decision::Agreement`]: how far second coders agree with the first |
//! | `GET /api/v1/decisions` | [`answer::Decisions`], of a claim, an event or a report, or all |
//! | `POST /api/v1/decisions` | [`answer::DecisionItem`]; a problem with the last ruling on the same thing where that was not seen |
//! | `GET /api/v1/status` | [`answer::Status`] |
//! | `GET /api/v1/stream` | server-sent events: `ledger` with a [`answer::Status`] whenever the ledger has changed |
//! | `GET /api/v1/tiles` | a stretch (`Range`) of the tiles that `--tiles` gives |
//!
//! Whatever is wrong with a request is told as a problem (RFC 9457, `application/problem+json`).
//!
//! # Invariants
//!
//! Nothing but decisions and what is handed in is written into the ledger, each whole and on the disk before it is answered. Each answer is of one moment of the ledger and its `ETag` names that moment: the
//! present one, or, while events that were found anew are read, for seconds at most the one before. Nobody who changed the ledger
//! through this server, heard of the change or saw it in another answer is given that. SQL stands
//! in `marsad-ledger` alone. No byte of a report is ever sent as something that a browser renders or runs. No request leads
//! out of the machine but that for a link that somebody who may decide hands in.

pub mod answer;
mod app;
mod bundle;
mod decisions;
mod draft;
mod events;
mod export;
mod features;
mod guard;
mod inbox;
mod index;
mod known;
mod negotiate;
mod openapi;
mod page;
mod pool;
mod problem;
mod query;
mod reports;
mod second;
mod socket;
mod standing;
mod stream;
mod taking;
mod tiles;
mod token;

pub use app::{Options, Renew, ServeError, router, serve};
pub use known::Known;
pub use page::carried;
pub use taking::{NotTaken, Offer, Offered, TakeIn};
pub use token::{Scope, TokenLine, Tokens};
