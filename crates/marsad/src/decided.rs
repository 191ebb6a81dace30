//! What people ruled, laid over what was read before it is compared, and over what comparing found.

use anyhow::Result;
use marsad_collate::{Analysed, Collation};
use marsad_decision::{ClaimRuling, Letter, Reading, Rulings};
use marsad_ledger::Ledger;
use marsad_model::{AirwarsGrade, ClaimId, Source};
use marsad_record::decisions;
use std::collections::BTreeMap;

/// The decisions of a ledger as they stand in it now.
pub(crate) struct Decided {
    /// What they come to.
    pub(crate) rulings: Rulings,
    /// How many there are.
    pub(crate) count: u64,
}

impl Decided {
    pub(crate) fn of(ledger: &Ledger, analysed: &[Analysed]) -> Result<Self> {
        let count = ledger.decision_count()?;
        let decisions = decisions(ledger)?;
        let readings: BTreeMap<_, _> = match decisions.is_empty() {
            true => BTreeMap::new(),
            false => analysed.iter().map(|a| (&a.report.id, Reading { text: &a.report.text, claims: &a.claims })).collect(),
        };
        Ok(Self { rulings: Rulings::resolve(&decisions, &readings), count })
    }

    /// The reports with their claims as ruled; what was rejected is not there.
    pub(crate) fn laid_over(&self, analysed: &[Analysed]) -> Vec<Analysed> {
        let mut ruled = analysed.to_vec();
        for claims in ruled.iter_mut().map(|a| &mut a.claims) {
            claims.retain(|c| !self.rulings.claims.get(&c.id).is_some_and(ClaimRuling::is_rejected));
            for claim in claims {
                if let Some(ruling) = self.rulings.claims.get(&claim.id) {
                    marsad_decision::apply(claim, ruling);
                }
            }
        }
        ruled
    }

    /// Give events the grades that people gave them.
    pub(crate) fn grade(&self, found: &mut Collation) {
        let mut grades = self.rulings.grades(&found.claim_event);
        for event in &mut found.events {
            if let Some((grade, decision)) = grades.remove(&event.id) {
                event.grade.airwars = AirwarsGrade::from(grade);
                event.grade.because.push(format!("graded by a person's decision, {decision}"));
            }
        }
    }

    /// What was ruled on the claims of a report.
    pub(crate) fn on_claims(&self, analysed: &Analysed) -> BTreeMap<ClaimId, ClaimRuling> {
        analysed.claims.iter().filter_map(|c| Some((c.id.clone(), self.rulings.claims.get(&c.id)?.clone()))).collect()
    }

    /// How far a source is to be relied on.
    pub(crate) fn reliability(&self, source: &Source) -> Option<Letter> {
        let by = |name: &Option<String>| self.rulings.reliability.get(name.as_deref()?).map(|(letter, _)| *letter);
        by(&source.id).or_else(|| by(&source.name))
    }
}
