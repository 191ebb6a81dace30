//! What people ruled, handed to comparing, and laid over what comparing found.

use anyhow::Result;
use marsad_collate::{Analysed, Collation};
use marsad_decision::{ClaimRuling, Letter, Link, Reading, Rulings};
use marsad_ledger::Ledger;
use marsad_model::{AirwarsGrade, Claim, ClaimId, DecisionId, Direction, Lineage, Relation, ReportId, Source, Span};
use marsad_record::decisions;
use std::collections::{BTreeMap, BTreeSet};

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
        let named: BTreeSet<&ReportId> = decisions.iter().flat_map(|d| d.ruling.reports()).collect();
        let ruled_on = analysed.iter().filter(|a| named.contains(&a.report.id));
        let readings = ruled_on.map(|a| (&a.report.id, Reading { text: &a.report.text, claims: &a.claims })).collect();
        Ok(Self { rulings: Rulings::resolve(&decisions, &readings), count })
    }

    /// What comparing must know of them.
    pub(crate) fn before_comparing(&self, analysed: &[Analysed]) -> marsad_collate::Rulings {
        let Rulings { claims, must_link, cannot_link, origins, ties, .. } = &self.rulings;
        let pairs = |links: &[Link]| links.iter().map(|l| (l.a.clone(), l.b.clone())).collect();
        let mut rulings = marsad_collate::Rulings { must_link: pairs(must_link), cannot_link: pairs(cannot_link), ..Default::default() };
        for claim in analysed.iter().flat_map(|a| &a.claims) {
            if let Some(ruling) = claims.get(&claim.id) {
                rulings.claims.insert(claim.id.clone(), ruled(claim, ruling));
            }
        }
        for ((report, to), (tie, _)) in ties {
            match (tie.relation, tie.direction) {
                (None, _) => drop(rulings.unrelated.insert((report.clone().min(to.clone()), report.clone().max(to.clone())))),
                (Some(Relation::Quotes), _) | (Some(_), Direction::Unknown) => {}
                (Some(_), Direction::From) => drop(rulings.depends.insert((report.clone(), to.clone()))),
                (Some(_), Direction::To) => drop(rulings.depends.insert((to.clone(), report.clone()))),
            }
        }
        for (report, (_, on, _)) in origins {
            match on {
                Some(on) => drop(rulings.depends.insert((report.clone(), on.clone()))),
                None => drop(rulings.independent.insert(report.clone())),
            }
        }
        rulings
    }

    /// Lay over what comparing found what is for people alone: grades of events, and ties that they marked.
    pub(crate) fn after_comparing(&self, found: &mut Collation) {
        let mut grades = self.rulings.grades(&found.claim_event);
        for event in &mut found.events {
            if let Some((grade, decision)) = grades.remove(&event.id) {
                event.grade.airwars = AirwarsGrade::from(grade);
                event.grade.because.push(format!("graded by a person's decision, {decision}"));
            }
        }
        for ((report, to), (tie, decision)) in &self.rulings.ties {
            let other_way = match tie.direction {
                Direction::From => Direction::To,
                Direction::To => Direction::From,
                Direction::Unknown => Direction::Unknown,
            };
            mark(found, report, to, tie.relation, tie.direction, decision);
            mark(found, to, report, tie.relation, other_way, decision);
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

/// A claim as ruled; `None` where it was rejected.
fn ruled(claim: &Claim<Span>, ruling: &ClaimRuling) -> Option<Claim<Span>> {
    if ruling.is_rejected() {
        return None;
    }
    let mut claim = claim.clone();
    marsad_decision::apply(&mut claim, ruling);
    Some(claim)
}

/// Put a tie as a person marked it in the place of the one that was found; the stretches that were found stay with it.
fn mark(found: &mut Collation, here: &ReportId, to: &ReportId, relation: Option<Relation>, direction: Direction, decision: &DecisionId) {
    let ties = found.lineage.entry(here.clone()).or_default();
    let spans = ties.iter().find(|t| t.to == *to).map(|t| t.spans.clone()).unwrap_or_default();
    ties.retain(|t| t.to != *to);
    if let Some(relation) = relation {
        let because = vec![format!("marked by a person's decision, {decision}")];
        ties.push(Lineage { to: to.clone(), relation, direction, confidence: 1.0, spans, because });
        ties.sort_by(|a, b| a.to.cmp(&b.to));
    }
    if ties.is_empty() {
        found.lineage.remove(here);
    }
}
