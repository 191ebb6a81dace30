//! What decisions come to in a ledger as it is read now.

use crate::anchor::Anchor;
use crate::decision::{Decision, Letter, Publish, ReportState, RuledGrade, RuledOrigin, RuledTie};
use crate::docket;
use crate::persons::Persons;
use crate::standing::{Loose, Standing};
use crate::value::{HarmedValue, Value};
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

/// Whether who is named in a claim's report was harmed by what it tells of.
#[derive(Debug, Clone, PartialEq)]
pub struct RuledVictim {
    /// Where the name stands, in bytes.
    pub name: Span,
    /// What was suffered, and by whom; `None`: nobody who is named here was harmed.
    pub harmed: Option<HarmedValue>,
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
    /// Who was harmed or not, claim by claim; no two of one claim share a letter.
    pub victims: BTreeMap<ClaimId, Vec<RuledVictim>>,
    /// Harmed persons who bear several names.
    pub persons: Persons,
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
    pub(crate) grades: Vec<(RuledGrade, DecisionId, BTreeSet<ClaimId>)>,
}

impl Rulings {
    /// What these decisions, in the order in which they were made, come to. `readings` holds the reports that they speak of,
    /// as far as the ledger has them.
    pub fn resolve<'a>(decisions: &[Decision], readings: &BTreeMap<&'a ReportId, Reading<'a>>) -> Self {
        docket::gone_through(decisions, readings)
    }

    /// The grades that people gave these events: each ruling is on the event that holds most of its claims, and of several
    /// on one event the last holds.
    pub fn grades<'e>(&self, event_of: impl Fn(&ClaimId) -> Option<&'e EventId>) -> BTreeMap<EventId, (RuledGrade, DecisionId)> {
        let mut grades = BTreeMap::new();
        for (grade, decision, claims) in &self.grades {
            let mut counts: BTreeMap<&EventId, usize> = BTreeMap::new();
            for event in claims.iter().filter_map(&event_of) {
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
