//! The decisions that a ledger holds, and what they come to in it now.

use crate::record::{DecisionRecord, LostRecord};
use crate::{RecordError, analysis};
use marsad_decision::{Decision, Reading, Ruling, Rulings, Standing, Subject, Value, apply, subjects};
use marsad_ledger::{Ledger, NewDecision, StoredReport};
use marsad_model::{Claim, ClaimId, DecisionId, ReportId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Every decision of a ledger, in the order in which they were made.
pub fn decisions(ledger: &Ledger) -> Result<Vec<Decision>, RecordError> {
    ledger.decisions()?.iter().map(|body| Ok(Decision::read(body)?)).collect()
}

/// A decision in the form in which the ledger takes it; `earlier` finds those that it may take back.
pub fn new_decision(
    decision: &Decision,
    earlier: &dyn Fn(&DecisionId) -> Result<Option<Decision>, RecordError>,
) -> Result<NewDecision, RecordError> {
    let body = serde_json::to_string(decision).map_err(marsad_decision::BadDecision::from)?;
    // What could not be read again would shut the whole ledger.
    Decision::read(&body)?;
    let mut reports: BTreeSet<ReportId> = decision.ruling.reports().cloned().collect();
    let mut ruling = decision.ruling.clone();
    while let Ruling::Undo { undoes } = &ruling {
        let Some(undone) = earlier(undoes)? else { break };
        if matches!(undone.ruling, Ruling::Withdraw { .. } | Ruling::WithdrawUnread { .. }) {
            return Err(RecordError::Withdrawn { decision: undone.id });
        }
        reports.extend(undone.ruling.reports().cloned());
        ruling = undone.ruling;
    }
    Ok(NewDecision { id: decision.id.clone(), body, reports })
}

/// The decision of this id that the ledger holds.
pub fn decision(ledger: &Ledger, id: &DecisionId) -> Result<Option<Decision>, RecordError> {
    ledger.decision(id)?.map(|body| Ok(Decision::read(&body)?)).transpose()
}

/// What a decision changed of a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The claim.
    pub claim: ClaimId,
    /// The value just before.
    pub before: Value,
    /// The value that it became.
    pub after: Value,
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
        Self::with(ledger, decisions(ledger)?, BTreeSet::new())
    }

    /// The decisions that speak of these reports, and all the reports that they speak of.
    pub fn on(ledger: &Ledger, reports: BTreeSet<ReportId>) -> Result<Self, RecordError> {
        let decisions = ledger.decisions_on(&reports)?;
        Self::with(ledger, decisions.iter().map(|body| Ok(Decision::read(body)?)).collect::<Result<_, RecordError>>()?, reports)
    }

    /// As [`on`](Self::on), with all that was ruled on the other names of persons whom these reports name.
    pub fn on_with_persons(ledger: &Ledger, mut reports: BTreeSet<ReportId>) -> Result<Self, RecordError> {
        loop {
            let bench = Self::on(ledger, reports.clone())?;
            let known = reports.len();
            let same = bench.decisions.iter().filter(|d| matches!(d.ruling, Ruling::SamePerson { .. }));
            reports.extend(same.flat_map(|d| d.ruling.reports().cloned()));
            if reports.len() == known {
                return Ok(bench);
            }
        }
    }

    /// The decisions that were made since events were found last.
    pub fn since_collation(ledger: &Ledger) -> Result<Self, RecordError> {
        let decisions = ledger.decisions_since_collation()?;
        let decisions = decisions.iter().map(|body| Ok(Decision::read(body)?)).collect::<Result<_, RecordError>>()?;
        Self::with(ledger, decisions, BTreeSet::new())
    }

    /// The decisions that a ruling may touch: those on the same reports; where it names none, all.
    pub fn around(ledger: &Ledger, ruling: &Ruling) -> Result<Self, RecordError> {
        let mut named: BTreeSet<ReportId> = ruling.reports().cloned().collect();
        if let Ruling::Undo { undoes } = ruling
            && let Some(undone) = decision(ledger, undoes)?
        {
            named.extend(new_decision(&undone, &|id| decision(ledger, id))?.reports);
        }
        if named.is_empty() { Self::with(ledger, decisions(ledger)?, named) } else { Self::on(ledger, named) }
    }

    fn with(ledger: &Ledger, decisions: Vec<Decision>, mut reports: BTreeSet<ReportId>) -> Result<Self, RecordError> {
        reports.extend(decisions.iter().flat_map(|d| d.ruling.reports().cloned()));
        let mut bench = Self { reports: BTreeMap::new(), decisions };
        bench.load(ledger, reports)?;
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

    /// Did somebody of this name accept, reject or correct the claim?
    pub fn has_ruled(&self, claim: &ClaimId, by: &str) -> bool {
        let rulings = self.rulings();
        let Some(ruling) = rulings.claims.get(claim) else { return false };
        let decisions: BTreeSet<&DecisionId> =
            ruling.verdict.iter().map(|(_, id)| id).chain(ruling.edits.iter().map(|e| &e.decision)).collect();
        self.decisions.iter().any(|d| decisions.contains(&d.id) && marsad_decision::same_name(&d.by, by))
    }

    /// How far second coders agree with those who ruled, field by field.
    pub fn agreement(&self) -> marsad_decision::Agreement {
        marsad_decision::agreement(&self.decisions, &self.rulings(), &self.readings())
    }

    /// What a ruling speaks of.
    pub fn subjects(&self, ruling: &Ruling) -> BTreeSet<Subject> {
        subjects(ruling, &self.readings(), &|id| self.decisions.iter().find(|d| d.id == *id))
    }

    /// The last decision on what this ruling speaks of: whoever rules must have seen it.
    pub fn last_on(&self, ruling: &Ruling) -> Option<&Decision> {
        let on = self.subjects(ruling);
        self.decisions.iter().rev().find(|d| !self.subjects(&d.ruling).is_disjoint(&on))
    }

    /// The claims that a decision speaks of.
    pub fn claims_of(&self, decision: &Decision) -> BTreeSet<ClaimId> {
        let claim = |subject| match subject {
            Subject::Claim(claim) => Some(claim),
            _ => None,
        };
        self.subjects(&decision.ruling).into_iter().filter_map(claim).collect()
    }

    /// What a decision changed, claim by claim: the value as it was just before, and as it became.
    pub fn changes(&self, decision: &Decision) -> Vec<Change> {
        let value = match &decision.ruling {
            Ruling::Edit { value, .. } => value.clone(),
            Ruling::Place { place, .. } => Value::Places(vec![place.clone()]),
            _ => return Vec::new(),
        };
        let earlier: Vec<Decision> = self.decisions.iter().take_while(|d| d.id != decision.id).cloned().collect();
        let readings = self.readings();
        let rulings = Rulings::resolve(&earlier, &readings);
        let on = self.claims_of(decision);
        let claims = readings.values().flat_map(|reading| reading.claims).filter(|c| on.contains(&c.id));
        let change = |read: &Claim<Span>| {
            let mut claim = read.clone();
            if let Some(ruling) = rulings.claims.get(&claim.id) {
                apply(&mut claim, ruling);
            }
            Change { claim: claim.id.clone(), before: Value::of(&claim, &value), after: value.clone() }
        };
        claims.map(change).collect()
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
