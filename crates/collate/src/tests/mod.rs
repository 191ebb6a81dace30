//! The promises of collating, each as a table of small cases.

mod again;
mod context;
mod events;
mod levels;
mod lineage;
mod order;
mod passages;
mod rulings;
mod support;
mod tolls;

use crate::fixtures::{Valley, rules};
use crate::{Analysed, Collation, Rulings, collate};
use marsad_model::{ClaimId, Event, Lineage, ReportId, Span};

/// Collate in the valley.
fn run(reports: &[Analysed]) -> Collation {
    collate(reports, &Valley, &rules(), &Rulings::default())
}

fn id(key: &str) -> ReportId {
    ReportId::of(&[key.as_bytes()])
}

/// The tie from one report to another.
fn tie<'c>(found: &'c Collation, from: &str, to: &str) -> Option<&'c Lineage<Span>> {
    found.lineage.get(&id(from))?.iter().find(|l| l.to == id(to))
}

/// The event of a report's n-th claim.
fn event<'c>(found: &'c Collation, report: &Analysed, n: usize) -> &'c Event {
    let claim: &ClaimId = &report.claims[n].id;
    let event = &found.claim_event[claim];
    found.events.iter().find(|e| e.id == *event).unwrap()
}
