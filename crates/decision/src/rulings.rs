//! What decisions come to in a ledger as it is read now.

use crate::anchor::{Anchor, Part};
use crate::decision::{Decision, Letter, Publish, ReportState, RuledGrade, RuledOrigin, RuledTie, Ruling};
use crate::links;
use crate::value::Value;
use marsad_model::{Claim, ClaimId, DecisionId, EventId, ReportId, Span};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A report as it is read now.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// Its readable text.
    pub text: &'a str,
    /// What it says.
    pub claims: &'a [Claim<Span>],
}

/// Was a claim read rightly?
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the words explain themselves
pub enum Verdict {
    Accepted,
    Rejected,
}

/// A value that was ruled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edited {
    /// The decision.
    pub decision: DecisionId,
    /// The value.
    #[serde(flatten)]
    pub value: Value,
}

/// What was ruled on one claim.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ClaimRuling {
    /// Whether it was read rightly, and by which decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<(Verdict, DecisionId)>,
    /// Values that were ruled, each attribute at most once, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<Edited>,
}

impl ClaimRuling {
    /// Does the claim belong to no event any more?
    pub fn is_rejected(&self) -> bool {
        matches!(self.verdict, Some((Verdict::Rejected, _)))
    }

    /// Was it accepted or rejected?
    pub fn is_settled(&self) -> bool {
        self.verdict.is_some()
    }
}

/// What a second person found who did not know what others ruled.
#[derive(Debug, Clone, PartialEq)]
pub struct SecondCoding {
    /// Was the claim read rightly?
    pub verdict: Verdict,
    /// Values that are others than were read.
    pub values: Vec<Value>,
    /// The decision.
    pub decision: DecisionId,
}

/// How a decision stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum Standing {
    /// It holds.
    Stands,
    /// A later one on the same thing goes before it.
    Overruled {
        /// Which. Not written as `by`: in a record that is who ruled.
        #[serde(rename = "overruled_by")]
        by: DecisionId,
    },
    /// It was taken back.
    Undone {
        /// By which.
        #[serde(rename = "undone_by")]
        by: DecisionId,
    },
    /// What it was ruled on is no longer found.
    Loose {
        /// Why.
        because: Loose,
    },
}

/// Why what a decision was ruled on is not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loose {
    /// The ledger has no such report.
    NoReport,
    /// The words do not stand in the report any more.
    NoWords,
    /// No claim, or no person, is read from these words now.
    NoClaim,
    /// There is no such earlier decision.
    NoDecision,
}

/// Two claims that people put together or apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The one with the smaller id.
    pub a: ClaimId,
    /// The other.
    pub b: ClaimId,
    /// The decision.
    pub decision: DecisionId,
}

/// What holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rulings {
    /// By claim.
    pub claims: BTreeMap<ClaimId, ClaimRuling>,
    /// Claims of one happening.
    pub must_link: Vec<Link>,
    /// Claims of two happenings.
    pub cannot_link: Vec<Link>,
    /// Whose telling reports are; of a dependent one the report that it has it from.
    pub origins: BTreeMap<ReportId, (RuledOrigin, Option<ReportId>, DecisionId)>,
    /// Ties between reports, by the two.
    pub ties: BTreeMap<(ReportId, ReportId), (RuledTie, DecisionId)>,
    /// Names of harmed persons: by report where each stands, in the order of the decisions.
    pub publish: BTreeMap<ReportId, Vec<(Span, Publish, DecisionId)>>,
    /// Sources, by id or name.
    pub reliability: BTreeMap<String, (Letter, DecisionId)>,
    /// Second codings of claims, by who coded: the last of each.
    pub seconds: BTreeMap<ClaimId, BTreeMap<String, SecondCoding>>,
    /// Where reports are in the day's work.
    pub states: BTreeMap<ReportId, (ReportState, DecisionId)>,
    /// How each decision stands.
    pub standing: BTreeMap<DecisionId, Standing>,
    /// Anchors that are not found, with their decisions: of a decision on many claims some may be.
    pub lost: Vec<(DecisionId, Anchor, Loose)>,
    /// Grades, in the order of their decisions.
    grades: Vec<(RuledGrade, DecisionId, BTreeSet<ClaimId>)>,
}

/// Something that the last ruling on it decides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    Verdict(ClaimId),
    Edit(ClaimId, Part),
    Origin(ReportId),
    Tie(ReportId, ReportId),
    Publish(ReportId, Span),
    Source(String),
    State(ReportId),
    Second(ClaimId, String),
}

/// What is found while going through the decisions.
struct Docket<'r, 'a> {
    readings: &'r BTreeMap<&'a ReportId, Reading<'a>>,
    rulings: Rulings,
    holds: BTreeMap<Slot, usize>,
    /// The slots that each decision took.
    took: BTreeMap<usize, Vec<Slot>>,
}

impl Rulings {
    /// What these decisions, in the order in which they were made, come to. `readings` holds the reports that they speak of,
    /// as far as the ledger has them.
    pub fn resolve<'a>(decisions: &[Decision], readings: &BTreeMap<&'a ReportId, Reading<'a>>) -> Self {
        let undone = undone(decisions);
        let mut docket = Docket { readings, rulings: Self::default(), holds: BTreeMap::new(), took: BTreeMap::new() };
        let mut links = Vec::new();
        for (n, decision) in decisions.iter().enumerate() {
            match undone.get(&n) {
                Some(by) => drop(docket.rulings.standing.insert(decision.id.clone(), Standing::Undone { by: by.clone() })),
                None => docket.enter(n, decision, decisions, &mut links),
            }
        }
        docket.settle(decisions);
        let Docket { mut rulings, .. } = docket;
        links::settle(links, &mut rulings);
        rulings
    }

    /// The grades that people gave these events: each ruling is on the event that holds most of its claims, and of several
    /// on one event the last holds.
    pub fn grades(&self, event_of: &BTreeMap<ClaimId, EventId>) -> BTreeMap<EventId, (RuledGrade, DecisionId)> {
        let mut grades = BTreeMap::new();
        for (grade, decision, claims) in &self.grades {
            let mut counts: BTreeMap<&EventId, usize> = BTreeMap::new();
            for event in claims.iter().filter_map(|c| event_of.get(c)) {
                *counts.entry(event).or_default() += 1;
            }
            if let Some((event, _)) = counts.iter().rev().max_by_key(|(_, count)| **count) {
                grades.insert((*event).clone(), (*grade, decision.clone()));
            }
        }
        grades
    }

    /// How the name that stands here is marked: by the last ruling on words that share a letter with it. What nobody ruled
    /// on is withheld.
    pub fn publish_of(&self, report: &ReportId, name: Span) -> Publish {
        let ruled = self.publish.get(report).into_iter().flatten().rev();
        ruled.filter(|(span, ..)| span.overlaps(name)).map(|(_, publish, _)| *publish).next().unwrap_or(Publish::Withheld)
    }
}

/// Which decisions are taken back, and by which. The last ones are looked at first, so that an undo may itself be undone.
pub(crate) fn undone(decisions: &[Decision]) -> BTreeMap<usize, DecisionId> {
    let at: BTreeMap<&DecisionId, usize> = decisions.iter().enumerate().map(|(n, d)| (&d.id, n)).collect();
    let mut undone = BTreeMap::new();
    for (n, decision) in decisions.iter().enumerate().rev() {
        if let Ruling::Undo { undoes } = &decision.ruling
            && !undone.contains_key(&n)
            && let Some(&target) = at.get(undoes).filter(|target| **target < n)
        {
            undone.insert(target, decision.id.clone());
        }
    }
    undone
}

impl Docket<'_, '_> {
    fn enter(&mut self, n: usize, decision: &Decision, decisions: &[Decision], links: &mut Vec<links::Ruled>) {
        let id = &decision.id;
        self.rulings.standing.insert(id.clone(), Standing::Stands);
        match &decision.ruling {
            Ruling::Accept { claims } | Ruling::Reject { claims } => {
                for claim in self.claims(decision, claims) {
                    self.take(n, Slot::Verdict(claim));
                }
            }
            Ruling::Edit { claim, value } => self.edit(n, decision, claim, value.part()),
            Ruling::Place { claim, .. } => self.edit(n, decision, claim, Part::Places),
            Ruling::Merge { claims } => {
                let claims = self.claims(decision, claims);
                self.lose_if(claims.len() < 2, id, Loose::NoClaim);
                links.push(links::Ruled { decision: id.clone(), claims, from: None });
            }
            Ruling::Split { claims, from } => {
                let (claims, from) = (self.claims(decision, claims), self.claims(decision, from));
                self.lose_if(claims.is_empty() || from.is_empty(), id, Loose::NoClaim);
                links.push(links::Ruled { decision: id.clone(), claims, from: Some(from) });
            }
            Ruling::Origin { report, on, .. } => {
                let known = std::iter::once(report).chain(on).all(|r| self.readings.contains_key(r));
                self.take_if(known, n, id, Slot::Origin(report.clone()));
            }
            Ruling::Lineage { report, to, .. } => {
                let known = self.readings.contains_key(report) && self.readings.contains_key(to);
                self.take_if(known, n, id, Slot::Tie(report.clone().min(to.clone()), report.clone().max(to.clone())));
            }
            Ruling::Publish { victim, publish } => match self.words(victim) {
                Ok(span) => self.name(n, &victim.report, span, (*publish, id)),
                Err(why) => self.lose(id, victim, why),
            },
            Ruling::Reliability { source, .. } => self.take(n, Slot::Source(source.clone())),
            Ruling::Grade { claims, grade } => {
                let claims = self.claims(decision, claims);
                self.rulings.grades.push((*grade, id.clone(), claims));
            }
            Ruling::Second { claim, .. } => {
                for claim in self.claims(decision, std::slice::from_ref(claim)) {
                    self.take(n, Slot::Second(claim, decision.by.clone()));
                }
            }
            Ruling::State { report, .. } => {
                self.take_if(self.readings.contains_key(report), n, id, Slot::State(report.clone()));
            }
            // It stands whatever the ledger holds: that there is no such report is what it ruled.
            Ruling::Withdraw { .. } => {}
            Ruling::Undo { undoes } => {
                let known = decisions.iter().take(n).any(|d| d.id == *undoes);
                self.lose_if(!known, id, Loose::NoDecision);
            }
        }
    }

    fn edit(&mut self, n: usize, decision: &Decision, claim: &Anchor, part: Part) {
        for claim in self.claims(decision, std::slice::from_ref(claim)) {
            self.take(n, Slot::Edit(claim, part));
        }
    }

    fn take(&mut self, n: usize, slot: Slot) {
        self.holds.insert(slot.clone(), n);
        self.took.entry(n).or_default().push(slot);
    }

    /// A ruling on reports that are not all there holds nothing, and so overrules nothing.
    fn take_if(&mut self, known: bool, n: usize, id: &DecisionId, slot: Slot) {
        if known {
            self.take(n, slot);
        }
        self.lose_if(!known, id, Loose::NoReport);
    }

    /// A ruling on a name goes before earlier ones on no more than the same words.
    fn name(&mut self, n: usize, report: &ReportId, span: Span, (publish, id): (Publish, &DecisionId)) {
        for (slot, holder) in &mut self.holds {
            if matches!(slot, Slot::Publish(r, earlier) if r == report && span.contains(*earlier)) {
                *holder = n;
            }
        }
        self.take(n, Slot::Publish(report.clone(), span));
        self.rulings.publish.entry(report.clone()).or_default().push((span, publish, id.clone()));
    }

    fn words(&self, anchor: &Anchor) -> Result<Span, Loose> {
        let reading = self.readings.get(&anchor.report).ok_or(Loose::NoReport)?;
        anchor.find(reading.text).ok_or(Loose::NoWords)
    }

    fn claim(&self, anchor: &Anchor) -> Result<ClaimId, Loose> {
        let reading = self.readings.get(&anchor.report).ok_or(Loose::NoReport)?;
        anchor.find(reading.text).ok_or(Loose::NoWords)?;
        anchor.claim(reading.text, reading.claims).map(|c| c.id.clone()).ok_or(Loose::NoClaim)
    }

    /// The claims that are found, each once; those that are not are noted. Where none is, the decision is loose.
    fn claims(&mut self, decision: &Decision, anchors: &[Anchor]) -> BTreeSet<ClaimId> {
        let mut found = BTreeSet::new();
        let mut why = None;
        for anchor in anchors {
            match self.claim(anchor) {
                Ok(claim) => drop(found.insert(claim)),
                Err(loose) => {
                    why = Some(loose);
                    self.rulings.lost.push((decision.id.clone(), anchor.clone(), loose));
                }
            }
        }
        if let Some(why) = why.filter(|_| found.is_empty()) {
            self.lose_if(true, &decision.id, why);
        }
        found
    }

    fn lose(&mut self, id: &DecisionId, anchor: &Anchor, because: Loose) {
        self.rulings.lost.push((id.clone(), anchor.clone(), because));
        self.lose_if(true, id, because);
    }

    fn lose_if(&mut self, lost: bool, id: &DecisionId, because: Loose) {
        let standing = self.rulings.standing.entry(id.clone()).or_insert(Standing::Stands);
        if lost && *standing == Standing::Stands {
            *standing = Standing::Loose { because };
        }
    }

    /// The last ruling on each thing holds; a decision that holds nothing any more is overruled.
    fn settle(&mut self, decisions: &[Decision]) {
        for (n, slots) in &self.took {
            let held = slots.iter().any(|slot| self.holds.get(slot) == Some(n));
            let by = slots.first().and_then(|slot| self.holds.get(slot)).and_then(|m| decisions.get(*m));
            if let (false, Some(by), Some(decision)) = (held, by, decisions.get(*n)) {
                self.rulings.standing.insert(decision.id.clone(), Standing::Overruled { by: by.id.clone() });
            }
        }
        for (slot, n) in std::mem::take(&mut self.holds) {
            if let Some(decision) = decisions.get(n) {
                self.rulings.hold(slot, decision);
            }
        }
    }
}

impl Rulings {
    fn hold(&mut self, slot: Slot, decision: &Decision) {
        let id = decision.id.clone();
        match (slot, &decision.ruling) {
            (Slot::Verdict(claim), Ruling::Accept { .. }) => self.claims.entry(claim).or_default().verdict = Some((Verdict::Accepted, id)),
            (Slot::Verdict(claim), Ruling::Reject { .. }) => self.claims.entry(claim).or_default().verdict = Some((Verdict::Rejected, id)),
            (Slot::Edit(claim, _), Ruling::Edit { value, .. }) => {
                self.claims.entry(claim).or_default().edits.push(Edited { decision: id, value: value.clone() });
            }
            (Slot::Edit(claim, _), Ruling::Place { place, .. }) => {
                let value = Value::Places(vec![place.clone()]);
                self.claims.entry(claim).or_default().edits.push(Edited { decision: id, value });
            }
            (Slot::Origin(report), Ruling::Origin { origin, on, .. }) => drop(self.origins.insert(report, (*origin, on.clone(), id))),
            (Slot::Tie(..), Ruling::Lineage { report, to, tie }) => {
                self.ties.insert((report.clone(), to.clone()), (*tie, id));
            }
            (Slot::Source(source), Ruling::Reliability { letter: Some(letter), .. }) => {
                self.reliability.insert(source, (*letter, id));
            }
            (Slot::Second(claim, by), Ruling::Second { verdict, values, .. }) => {
                let coding = SecondCoding { verdict: *verdict, values: values.clone(), decision: id };
                self.seconds.entry(claim).or_default().insert(by, coding);
            }
            (Slot::State(report), Ruling::State { state, .. }) => drop(self.states.insert(report, (*state, id))),
            _ => {}
        }
    }
}
