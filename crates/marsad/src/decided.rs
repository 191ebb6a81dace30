//! What people ruled, handed to comparing, and laid over what comparing found.

use anyhow::Result;
use marsad_collate::{Analysed, Claimed, Names};
use marsad_decision::{ClaimRuling, Letter, Link, Reading, RuledGrade, Rulings};
use marsad_ledger::Ledger;
use marsad_model::{AirwarsGrade, Claim, ClaimId, DecisionId, Direction, Event, EventId, Lineage, Relation, ReportId, Source, Span};
use marsad_record::{analysis, decisions};
use std::collections::{BTreeMap, BTreeSet};

/// Ties by the report from whose side they are told.
pub(crate) type Ties = BTreeMap<ReportId, Vec<Lineage<Span>>>;

/// The decisions of a ledger as they stand in it now.
pub(crate) struct Decided {
    /// What they come to.
    pub(crate) rulings: Rulings,
    /// Claims that were ruled on, as they were corrected; `None` for those that were rejected.
    claims: BTreeMap<ClaimId, Option<Claim<Span>>>,
    /// How many there are.
    pub(crate) count: u64,
}

impl Decided {
    pub(crate) fn of(ledger: &Ledger) -> Result<Self> {
        let count = ledger.decision_count()?;
        let decisions = decisions(ledger)?;
        let named: BTreeSet<&ReportId> = decisions.iter().flat_map(|d| d.ruling.reports()).collect();
        let mut ruled_on = Vec::new();
        for id in named {
            if let Some(stored) = ledger.report(id)? {
                let claims = analysis(&stored)?.claims;
                ruled_on.push((stored.report, claims));
            }
        }
        let readings = ruled_on.iter().map(|(report, claims)| (&report.id, Reading { text: &report.text, claims })).collect();
        let rulings = Rulings::resolve(&decisions, &readings);
        let claims = ruled_on.iter().flat_map(|(_, claims)| claims);
        let claims = claims.filter_map(|claim| Some((claim.id.clone(), ruled(claim, rulings.claims.get(&claim.id)?)))).collect();
        Ok(Self { rulings, claims, count })
    }

    /// What comparing must know of them.
    pub(crate) fn before_comparing(&self, names: &Names) -> marsad_collate::Rulings {
        let Rulings { must_link, cannot_link, origins, ties, .. } = &self.rulings;
        let pairs = |links: &[Link]| links.iter().map(|l| (l.a.clone(), l.b.clone())).collect();
        let mut rulings = marsad_collate::Rulings { must_link: pairs(must_link), cannot_link: pairs(cannot_link), ..Default::default() };
        let ruled = self.claims.iter().map(|(id, claim)| (id.clone(), claim.as_ref().map(|claim| Claimed::new(claim, names))));
        rulings.claims = ruled.collect();
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

    /// Lay over the ties that comparing found those that people marked.
    pub(crate) fn mark_ties(&self, found: &mut Ties) {
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

    /// The grades that people gave events, by what says of a claim which is its event.
    pub(crate) fn grades<'e>(&self, event_of: impl Fn(&ClaimId) -> Option<&'e EventId>) -> Grades {
        Grades(self.rulings.grades(event_of))
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

/// The grades that people gave events.
pub(crate) struct Grades(BTreeMap<EventId, (RuledGrade, DecisionId)>);

impl Grades {
    /// Lay over what comparing found of an event the grade that a person gave it.
    pub(crate) fn lay_over(&self, event: &mut Event) {
        if let Some((grade, decision)) = self.0.get(&event.id) {
            event.grade.airwars = AirwarsGrade::from(*grade);
            event.grade.because.push(format!("graded by a person's decision, {decision}"));
        }
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
fn mark(found: &mut Ties, here: &ReportId, to: &ReportId, relation: Option<Relation>, direction: Direction, decision: &DecisionId) {
    let ties = found.entry(here.clone()).or_default();
    let spans = ties.iter().find(|t| t.to == *to).map(|t| t.spans.clone()).unwrap_or_default();
    ties.retain(|t| t.to != *to);
    if let Some(relation) = relation {
        let because = vec![format!("marked by a person's decision, {decision}")];
        ties.push(Lineage { to: to.clone(), relation, direction, confidence: 1.0, spans, because });
        ties.sort_by(|a, b| a.to.cmp(&b.to));
    }
    if ties.is_empty() {
        found.remove(here);
    }
}
