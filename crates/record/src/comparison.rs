//! The two kinds of bytes that a ledger keeps for the pipeline.

use crate::RecordError;
use marsad_analyse::Analysis;
use marsad_decision::{ClaimRuling, Letter, ReportState};
use marsad_ledger::{Ledger, StoredReport};
use marsad_model::{Claim, ClaimId, ClaimTime, Direction, Gone, Lineage, OriginId, Published, Relation, ReportId, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What comparing found out about one report.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Comparison {
    /// Its origin.
    pub origin: Option<OriginId>,
    /// The report at the same address that it is a later version of.
    #[serde(default)]
    pub version_of: Option<ReportId>,
    /// That it is gone from its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<Gone>,
    /// Its ties to others.
    pub lineage: Vec<Lineage<Span>>,
    /// A date it got from a report that it copies or translates.
    pub published: Option<Published>,
    /// Times of its claims that such a date resolved.
    pub times: BTreeMap<ClaimId, ClaimTime<Span>>,
    /// What people ruled on its claims.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rulings: BTreeMap<ClaimId, ClaimRuling>,
    /// Where it is in the day's work, by a person's ruling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<ReportState>,
    /// How far its source is to be relied on, by a person's ruling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reliability: Option<Letter>,
}

impl Comparison {
    /// The report that this one copies; of several the one whose tie comes first.
    pub fn copies(&self) -> Option<&ReportId> {
        self.lineage.iter().find(|tie| tie.relation == Relation::Copy && tie.direction == Direction::From).map(|tie| &tie.to)
    }

    /// The reports whose texts its record points into.
    pub fn linked(&self) -> impl Iterator<Item = &ReportId> {
        self.lineage.iter().map(|tie| &tie.to).chain(&self.version_of)
    }
}

/// The analysis that the ledger holds of a report.
pub fn analysis(stored: &StoredReport) -> Result<Analysis, RecordError> {
    serde_json::from_slice(&stored.analysis).map_err(|source| RecordError::Stored {
        what: "analysis",
        report: stored.report.id.clone(),
        source,
    })
}

/// What comparing found out about a report; nothing where it has not been compared.
pub fn comparison(ledger: &Ledger, id: &ReportId) -> Result<Comparison, RecordError> {
    match ledger.comparison(id)? {
        Some(bytes) => {
            serde_json::from_slice(&bytes).map_err(|source| RecordError::Stored { what: "comparison", report: id.clone(), source })
        }
        None => Ok(Comparison::default()),
    }
}

/// What a report says: as read, with the times that comparing resolved and with what people ruled laid over.
pub fn ruled_claims(ledger: &Ledger, stored: &StoredReport) -> Result<Vec<Claim<Span>>, RecordError> {
    let mut compared = comparison(ledger, &stored.report.id)?;
    let mut claims = analysis(stored)?.claims;
    for claim in &mut claims {
        claim.time = compared.times.remove(&claim.id).or(claim.time.take());
        if let Some(ruling) = compared.rulings.get(&claim.id) {
            marsad_decision::apply(claim, ruling);
        }
    }
    Ok(claims)
}
