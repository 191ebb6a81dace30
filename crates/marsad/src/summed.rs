//! What an event comes to with all that leaves the house with it: where that is another than it was, the event changed, and an
//! export since then has it.
//!
//! Where a report is in the day's work and what a second person coded change nothing of an event. Nor do mentions that no claim
//! uses, or how many sources are loaded.

use anyhow::Result;
use marsad_collate::{Analysed, Claimed};
use marsad_decision::Rulings;
use marsad_model::{ClaimId, Event, OriginId, Report, ReportId, hex, sha256};
use marsad_record::Comparison;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// SHA-256. Every claim's is held, so it stands as bytes.
type Hash = [u8; 32];

/// What claims and reports come to, each by itself.
pub(crate) struct Summed<'a> {
    analysed: &'a [Analysed],
    /// Of each claim the place of its report, and its hash.
    claims: FxHashMap<&'a ClaimId, (u32, Hash)>,
    /// The hashes of reports, in their order.
    reports: Vec<Hash>,
}

/// What a report and its claims come to.
pub(crate) struct Sums {
    report: Hash,
    claims: Vec<Hash>,
}

/// What the ledger has of a report's claims, as it was written.
#[derive(Deserialize)]
struct Written<'w> {
    #[serde(borrow)]
    claims: Vec<&'w RawValue>,
}

/// The hash of a value as it is written out.
fn hash(room: &mut Vec<u8>, value: &impl Serialize) -> Result<Hash> {
    room.clear();
    serde_json::to_writer(&mut *room, value)?;
    Ok(sha256(room))
}

impl Sums {
    /// What a report comes to with what comparing found of it, and its claims as its analysis has them; `origins` are those of claims.
    pub(crate) fn of<'o>(
        (r, analysis, a): (&Report, &[u8], &Analysed),
        compared: &Comparison,
        origins: impl Fn(&ClaimId) -> Option<&'o OriginId>,
        rulings: &Rulings,
        room: &mut Vec<u8>,
    ) -> Result<Self> {
        let mut names: Vec<Value> = rulings.publish.get(&r.id).into_iter().flatten().map(|(_, publish, by)| json!((publish, by))).collect();
        // Whoever bears a name of another report as well is told with what was ruled there.
        for person in rulings.persons.named_in(&r.id) {
            let other = |(report, span): &(ReportId, _)| json!((report, span, rulings.publish_of(report, *span)));
            names.extend(rulings.persons.namings(person).map(other));
        }
        let about = (&r.url, &r.text_sha256, r.kind, &r.account, &r.source, r.language, &r.title, &r.byline, &r.published, &r.updated);
        let Comparison { origin, version_of, gone, lineage, published, reliability, times, rulings, state: _ } = compared;
        let found = (origin, version_of, gone, lineage, published, reliability);
        let report = hash(room, &(about, found, names))?;
        // A claim is hashed as it was written, so that it need not be read and written out again.
        let Written { claims } = serde_json::from_slice(analysis)?;
        let of_claim = |(written, claim): (&RawValue, &Claimed)| {
            hash(room, &(written, times.get(&claim.id), rulings.get(&claim.id), origins(&claim.id)))
        };
        Ok(Self { report, claims: claims.into_iter().zip(&a.claims).map(of_claim).collect::<Result<_>>()? })
    }
}

impl<'a> Summed<'a> {
    /// Of these reports, none of them taken yet.
    pub(crate) fn new(analysed: &'a [Analysed]) -> Self {
        Self { analysed, claims: FxHashMap::default(), reports: Vec::with_capacity(analysed.len()) }
    }

    /// Take what the next report comes to.
    pub(crate) fn take(&mut self, sums: Sums) {
        let at = self.reports.len();
        let claims = self.analysed.get(at).into_iter().flat_map(|a| &a.claims);
        self.claims.extend(claims.zip(sums.claims).map(|(claim, sum)| (&claim.id, (at as u32, sum))));
        self.reports.push(sums.report);
    }

    /// What an event comes to. `room` is for what is hashed.
    pub(crate) fn of(&self, event: &Event, room: &mut Vec<u8>) -> Result<String> {
        let told: Vec<&(u32, Hash)> = event.claims.iter().filter_map(|id| self.claims.get(id)).collect();
        let claims = told.iter().filter_map(|(at, sum)| Some((&self.analysed.get(*at as usize)?.report.id, hex(sum))));
        let claims: Vec<(&ReportId, String)> = claims.collect();
        let reports: BTreeSet<u32> = told.iter().map(|(at, _)| *at).collect();
        let reports: Vec<Option<String>> = reports.into_iter().map(|at| self.reports.get(at as usize).map(|sum| hex(sum))).collect();
        hash(room, &(event, claims, reports)).map(|sum| hex(&sum))
    }
}
