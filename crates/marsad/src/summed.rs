//! What an event comes to with all that leaves the house with it: where that is another than it was, the event changed, and an
//! export since then has it.
//!
//! Where a report is in the day's work and what a second person coded change nothing of an event. Nor do mentions that no claim
//! uses, or how many sources are loaded.

use anyhow::Result;
use marsad_collate::Analysed;
use marsad_decision::Rulings;
use marsad_model::{ClaimId, Event, EventId, OriginId, ReportId, sha256_hex};
use marsad_record::Comparison;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What claims and reports come to, each by itself.
#[derive(Default)]
pub(crate) struct Summed {
    /// Of each claim the place of its report, and its hash.
    claims: FxHashMap<ClaimId, (usize, String)>,
    /// Reports with their hashes, in the order of their ids, as they are taken.
    reports: Vec<(ReportId, String)>,
    /// Room to write out what is hashed: there is much of it.
    room: Vec<u8>,
}

/// The hash of a value as it is written out.
fn hash(room: &mut Vec<u8>, value: &impl Serialize) -> Result<String> {
    room.clear();
    serde_json::to_writer(&mut *room, value)?;
    Ok(sha256_hex(room))
}

impl Summed {
    /// Take a report, the next by its id, with what comparing found of it; `origins` are those of claims.
    pub(crate) fn take(
        &mut self,
        a: &Analysed,
        compared: &Comparison,
        origins: &FxHashMap<ClaimId, OriginId>,
        rulings: &Rulings,
    ) -> Result<()> {
        let r = &a.report;
        let mut names: Vec<Value> = rulings.publish.get(&r.id).into_iter().flatten().map(|(_, publish, by)| json!((publish, by))).collect();
        // Whoever bears a name of another report as well is told with what was ruled there.
        for person in rulings.persons.named_in(&r.id) {
            let other = |(report, span): &(ReportId, _)| json!((report, span, rulings.publish_of(report, *span)));
            names.extend(rulings.persons.namings(person).map(other));
        }
        let about = (&r.url, &r.text_sha256, r.kind, &r.account, &r.source, r.language, &r.title, &r.byline, &r.published, &r.updated);
        let Comparison { origin, version_of, gone, lineage, published, reliability, times, rulings, state: _ } = compared;
        let found = (origin, version_of, gone, lineage, published, reliability);
        let at = self.reports.len();
        self.reports.push((r.id.clone(), hash(&mut self.room, &(about, found, names))?));
        for claim in &a.claims {
            let whole = (claim, times.get(&claim.id), rulings.get(&claim.id), origins.get(&claim.id));
            self.claims.insert(claim.id.clone(), (at, hash(&mut self.room, &whole)?));
        }
        Ok(())
    }

    /// What these events come to.
    pub(crate) fn of(&self, events: &[Event]) -> Result<Vec<(EventId, String)>> {
        events.par_iter().map_init(Vec::new, |room, event| Ok((event.id.clone(), self.one(event, room)?))).collect()
    }

    fn one(&self, event: &Event, room: &mut Vec<u8>) -> Result<String> {
        let told: Vec<&(usize, String)> = event.claims.iter().filter_map(|id| self.claims.get(id)).collect();
        let claims: Vec<(&ReportId, &String)> = told.iter().filter_map(|(at, sum)| Some((&self.reports.get(*at)?.0, sum))).collect();
        let reports: BTreeSet<usize> = told.iter().map(|(at, _)| *at).collect();
        let reports: Vec<Option<&String>> = reports.into_iter().map(|at| self.reports.get(at).map(|(_, sum)| sum)).collect();
        hash(room, &(event, claims, reports))
    }
}
