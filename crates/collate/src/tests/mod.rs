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

use crate::fixtures::Analysed;
use crate::fixtures::{Valley, rules};
use crate::{Collation, Names, Rulings, World, collate};
use marsad_model::{ClaimId, ClaimTime, Event, EventId, Lineage, OriginId, Published, ReportId, Span};
use std::collections::BTreeMap;

/// All that a collation tells, set down.
#[derive(Debug, PartialEq)]
struct Found {
    lineage: BTreeMap<ReportId, Vec<Lineage<Span>>>,
    report_origin: BTreeMap<ReportId, OriginId>,
    claim_origin: BTreeMap<ClaimId, OriginId>,
    claim_event: BTreeMap<ClaimId, EventId>,
    events: Vec<Event>,
    published: BTreeMap<ReportId, Published>,
    times: BTreeMap<ClaimId, ClaimTime<Span>>,
    sources: usize,
}

impl Found {
    fn of(found: Collation<'_>, reports: &[crate::Analysed]) -> Self {
        let events = &found.events;
        let claims = reports.iter().flat_map(|r| &r.claims);
        Self {
            claim_origin: claims.filter_map(|c| Some((c.id.clone(), found.claim_origin(&c.id)?.clone()))).collect(),
            report_origin: reports.iter().filter_map(|r| Some((r.report.id.clone(), found.report_origin(&r.report.id)?.clone()))).collect(),
            claim_event: events.of_claims().map(|(claim, event)| (claim.clone(), event.clone())).collect(),
            events: (0..events.len()).filter_map(|n| events.get(n)).collect(),
            times: found.times.clone(),
            lineage: found.lineage,
            published: found.published,
            sources: found.sources,
        }
    }
}

/// Collate in such a world, with these rulings.
fn run_in(reports: &[Analysed], world: &dyn World, rulings: &Rulings) -> Found {
    let names = Names::default();
    let reports: Vec<_> = reports.iter().map(|report| report.asked(&names)).collect();
    collate(&reports, world, &rules(), rulings, |found| Found::of(found, &reports))
}

/// Collate in the valley.
fn run(reports: &[Analysed]) -> Found {
    run_in(reports, &Valley, &Rulings::default())
}

fn id(key: &str) -> ReportId {
    ReportId::of(&[key.as_bytes()])
}

/// The tie from one report to another.
fn tie<'c>(found: &'c Found, from: &str, to: &str) -> Option<&'c Lineage<Span>> {
    found.lineage.get(&id(from))?.iter().find(|l| l.to == id(to))
}

/// The event of a report's n-th claim.
fn event<'c>(found: &'c Found, report: &Analysed, n: usize) -> &'c Event {
    let claim: &ClaimId = &report.claims[n].id;
    let event = &found.claim_event[claim];
    found.events.iter().find(|e| e.id == *event).unwrap()
}
