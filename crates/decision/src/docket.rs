//! Going through decisions in the order in which they were made: what each speaks of is found again, and of several on one
//! thing the last holds.

use crate::anchor::{Anchor, Part};
use crate::decision::{Decision, Publish, Ruling};
use crate::links;
use crate::persons::Persons;
use crate::rulings::{Edited, Reading, RuledVictim, Rulings, SecondCoding, Verdict};
use crate::standing::{Loose, Standing};
use crate::value::{HarmedValue, Value};
use marsad_model::{ClaimId, DecisionId, ReportId, Span};
use std::collections::{BTreeMap, BTreeSet};

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
    Victim(ClaimId, Span),
}

/// What is found while going through the decisions.
struct Docket<'r, 'a> {
    readings: &'r BTreeMap<&'a ReportId, Reading<'a>>,
    rulings: Rulings,
    /// Names that are of one person, ruling by ruling.
    names: Vec<Vec<(ReportId, Span)>>,
    holds: BTreeMap<Slot, usize>,
    /// The slots that each decision took.
    took: BTreeMap<usize, Vec<Slot>>,
}

/// What these decisions come to.
pub(crate) fn gone_through<'a>(decisions: &[Decision], readings: &BTreeMap<&'a ReportId, Reading<'a>>) -> Rulings {
    let undone = undone(decisions);
    let mut docket = Docket { readings, rulings: Rulings::default(), names: Vec::new(), holds: BTreeMap::new(), took: BTreeMap::new() };
    let mut links = Vec::new();
    for (n, decision) in decisions.iter().enumerate() {
        match undone.get(&n) {
            Some(by) => drop(docket.rulings.standing.insert(decision.id.clone(), Standing::Undone { by: by.clone() })),
            None => docket.enter(n, decision, decisions, &mut links),
        }
    }
    docket.settle(decisions);
    let Docket { mut rulings, names, .. } = docket;
    rulings.persons = Persons::of(names);
    links::settle(links, &mut rulings);
    rulings
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
            Ruling::Publish { victim, also, publish } => self.publish(n, id, std::iter::once(victim).chain(also), *publish),
            Ruling::Victim { claim, victim, harmed } => self.victim(n, decision, (claim, victim), harmed.as_ref()),
            Ruling::SamePerson { names } => self.same_person(id, names),
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
            Ruling::Withdraw { .. } | Ruling::WithdrawUnread { .. } => {}
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

    /// A name is marked wherever it is found; the decision is loose where it is found nowhere.
    fn publish<'d>(&mut self, n: usize, id: &DecisionId, names: impl Iterator<Item = &'d Anchor>, publish: Publish) {
        let (mut found, mut why) = (false, Loose::NoWords);
        for name in names {
            match self.words(name) {
                Ok(span) => {
                    self.name(n, &name.report, span, (publish, id));
                    found = true;
                }
                Err(loose) => {
                    why = loose;
                    self.rulings.lost.push((id.clone(), name.clone(), loose));
                }
            }
        }
        self.lose_if(!found, id, why);
    }

    /// Of rulings on whether a claim tells of harm to who is named here the last holds, also where it quotes more or fewer words
    /// of the name.
    fn victim(&mut self, n: usize, decision: &Decision, (claim, name): (&Anchor, &Anchor), harmed: Option<&HarmedValue>) {
        let span = match self.words(name) {
            Ok(span) => span,
            Err(why) => return self.lose(&decision.id, name, why),
        };
        for claim in self.claims(decision, std::slice::from_ref(claim)) {
            for (slot, holder) in &mut self.holds {
                if matches!(slot, Slot::Victim(c, earlier) if *c == claim && span.overlaps(*earlier)) {
                    *holder = n;
                }
            }
            self.take(n, Slot::Victim(claim.clone(), span));
            let ruled = self.rulings.victims.entry(claim).or_default();
            ruled.retain(|earlier| !earlier.name.overlaps(span));
            ruled.push(RuledVictim { name: span, harmed: harmed.cloned(), decision: decision.id.clone() });
        }
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

    /// Names that are found are of one person, though others of the ruling are not; one alone is nobody's other name.
    fn same_person(&mut self, id: &DecisionId, names: &[Anchor]) {
        let mut found = BTreeSet::new();
        let mut why = Loose::NoWords;
        for name in names {
            match self.words(name) {
                Ok(span) => drop(found.insert((name.report.clone(), span))),
                Err(loose) => {
                    why = loose;
                    self.rulings.lost.push((id.clone(), name.clone(), loose));
                }
            }
        }
        self.lose_if(found.len() < 2, id, why);
        if found.len() > 1 {
            self.names.push(found.into_iter().collect());
        }
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
