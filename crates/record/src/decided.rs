//! The decisions that a ledger holds, and what they come to in it now.

use crate::record::{DecisionRecord, LostRecord};
use crate::{RecordError, analysis};
use marsad_decision::{Decision, Reading, Rulings, Standing, Subject, subjects};
use marsad_ledger::{Ledger, NewDecision, StoredReport};
use marsad_model::{Claim, ReportId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Every decision of a ledger, in the order in which they were made.
pub fn decisions(ledger: &Ledger) -> Result<Vec<Decision>, RecordError> {
    ledger.decisions()?.iter().map(|body| Ok(Decision::read(body)?)).collect()
}

/// A decision in the form in which the ledger takes it.
pub fn new_decision(decision: &Decision) -> Result<NewDecision, RecordError> {
    let body = serde_json::to_string(decision).map_err(marsad_decision::BadDecision::from)?;
    Ok(NewDecision { id: decision.id.clone(), body, reports: decision.ruling.reports().cloned().collect() })
}

/// Reports as they are read now, with the decisions that speak of them.
#[derive(Debug, Default)]
pub struct Bench {
    reports: BTreeMap<ReportId, (StoredReport, Vec<Claim<Span>>)>,
    /// The decisions, in the order in which they were made.
    pub decisions: Vec<Decision>,
}

impl Bench {
    /// All decisions of a ledger and the reports that they speak of.
    pub fn whole(ledger: &Ledger) -> Result<Self, RecordError> {
        let decisions = decisions(ledger)?;
        let mut bench = Self { reports: BTreeMap::new(), decisions };
        let named: BTreeSet<ReportId> = bench.decisions.iter().flat_map(|d| d.ruling.reports().cloned()).collect();
        bench.load(ledger, named)?;
        Ok(bench)
    }

    /// The decisions that may touch a ruling on these reports, and the reports that they speak of.
    pub fn on<'r>(ledger: &Ledger, reports: impl IntoIterator<Item = &'r ReportId>) -> Result<Self, RecordError> {
        let named: BTreeSet<ReportId> = reports.into_iter().cloned().collect();
        let mut bench = Self::whole(ledger)?;
        bench.load(ledger, named)?;
        Ok(bench)
    }

    fn load(&mut self, ledger: &Ledger, reports: BTreeSet<ReportId>) -> Result<(), RecordError> {
        for id in reports {
            if !self.reports.contains_key(&id)
                && let Some(stored) = ledger.report(&id)?
            {
                let claims = analysis(&stored)?.claims;
                self.reports.insert(id, (stored, claims));
            }
        }
        Ok(())
    }

    /// The reports' texts and claims.
    pub fn readings(&self) -> BTreeMap<&ReportId, Reading<'_>> {
        self.reports.iter().map(|(id, (stored, claims))| (id, Reading { text: &stored.report.text, claims })).collect()
    }

    /// A report with its claims as they were read.
    pub fn report(&self, id: &ReportId) -> Option<(&StoredReport, &[Claim<Span>])> {
        self.reports.get(id).map(|(stored, claims)| (stored, claims.as_slice()))
    }

    /// What the decisions come to.
    pub fn rulings(&self) -> Rulings {
        Rulings::resolve(&self.decisions, &self.readings())
    }

    /// What a decision speaks of.
    pub fn subjects(&self, decision: &Decision) -> BTreeSet<Subject> {
        subjects(&decision.ruling, &self.readings(), &|id| self.decisions.iter().find(|d| d.id == *id))
    }

    /// The decisions as records, each with how it stands.
    pub fn records(&self) -> Vec<DecisionRecord> {
        let rulings = self.rulings();
        let record = |decision: &Decision| DecisionRecord {
            decision: decision.clone(),
            standing: rulings.standing.get(&decision.id).cloned().unwrap_or(Standing::Stands),
            lost: rulings
                .lost
                .iter()
                .filter(|(id, _, _)| *id == decision.id)
                .map(|(_, anchor, because)| LostRecord { anchor: anchor.clone(), because: *because })
                .collect(),
        };
        self.decisions.iter().map(record).collect()
    }
}
