//! Where two people coded the same claims, one not knowing what the other ruled: how far do they agree, field by field?
//!
//! Both began from what was read, so that they agree on whatever neither looked at: a share of values that are the same says
//! how far two people leave or correct the same things, not how far two would agree who began from the text alone.

use crate::apply::apply;
use crate::decision::Decision;
use crate::rulings::{ClaimRuling, Edited, Reading, Rulings, SecondCoding, Verdict};
use crate::value::Value;
use marsad_model::{Claim, ClaimId, DecisionId, ReportId, Span};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How two people's coding of a ledger's claims compares.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Agreement {
    /// How many codings by a second person have one by a first beside them.
    pub coded: u64,
    /// How many have none yet: nobody else ruled on the claim.
    pub single: u64,
    /// Field by field, in a fixed order.
    pub fields: Vec<FieldAgreement>,
    /// Coding by coding, in the order of claims.
    pub items: Vec<TwiceCoded>,
}

/// How far two people agree on one field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldAgreement {
    /// `verdict`, or an attribute of a claim.
    pub field: String,
    /// Same values.
    pub same: u64,
    /// Different values.
    pub different: u64,
    /// The part that is the same, 0 to 1.
    pub share: Option<f64>,
    /// Cohen's kappa: what is the same beyond chance. Of fields that take a word from a list alone; null where one word is all
    /// that either gave, as then nothing is beyond chance.
    pub kappa: Option<f64>,
}

/// One claim that two people coded.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TwiceCoded {
    /// The claim.
    pub claim: ClaimId,
    /// Its report.
    pub report: ReportId,
    /// Who ruled on it first.
    pub first: Vec<String>,
    /// Who coded it without knowing that.
    pub second: String,
    /// What each gave, field by field; values only where both accept the claim.
    pub fields: Vec<TwoValues>,
}

/// What two people gave in one field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TwoValues {
    /// The field.
    pub field: String,
    /// The first's.
    pub first: serde_json::Value,
    /// The second's.
    pub second: serde_json::Value,
    /// Are they the same?
    pub same: bool,
}

const VERDICT: &str = "verdict";
/// Fields that take one word of a list.
const WORDS: &[&str] = &[VERDICT, "type", "level", "status", "modality", "polarity", "intent"];
/// All, in the order in which they are told.
const FIELDS: &[&str] =
    &[VERDICT, "type", "level", "status", "modality", "polarity", "intent", "actors", "places", "time", "casualties", "means"];

/// Compare what second coders gave with what others ruled. The decisions are those that `rulings` come from.
#[must_use]
pub fn agreement(decisions: &[Decision], rulings: &Rulings, readings: &BTreeMap<&ReportId, Reading<'_>>) -> Agreement {
    let who: BTreeMap<&DecisionId, &str> = decisions.iter().map(|d| (&d.id, d.by.as_str())).collect();
    let read: BTreeMap<&ClaimId, &Claim<Span>> = readings.values().flat_map(|r| r.claims).map(|c| (&c.id, c)).collect();
    let mut found = Agreement::default();
    for (id, codings) in &rulings.seconds {
        let Some(claim) = read.get(id) else { continue };
        let first = rulings.claims.get(id);
        let coders = first.map(|first| coders(first, &who)).unwrap_or_default();
        for (by, coding) in codings {
            match first {
                Some(first) if !coders.is_empty() && !coders.iter().any(|name| same_name(name, by)) => {
                    found.coded += 1;
                    found.items.push(TwiceCoded {
                        claim: id.clone(),
                        report: claim.report.clone(),
                        first: coders.iter().map(|name| (*name).to_owned()).collect(),
                        second: by.clone(),
                        fields: compared(claim, first, coding),
                    });
                }
                _ => found.single += 1,
            }
        }
    }
    found.fields = FIELDS.iter().filter_map(|field| of_field(field, &found.items)).collect();
    found
}

/// Are these two names one person's, as far as spelling tells?
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// Who ruled on a claim.
fn coders<'d>(ruling: &ClaimRuling, who: &BTreeMap<&DecisionId, &'d str>) -> BTreeSet<&'d str> {
    let decisions = ruling.verdict.iter().map(|(_, id)| id).chain(ruling.edits.iter().map(|e| &e.decision));
    decisions.filter_map(|id| who.get(id).copied()).collect()
}

fn compared(read: &Claim<Span>, first: &ClaimRuling, second: &SecondCoding) -> Vec<TwoValues> {
    let verdicts = [first.verdict.as_ref().map_or(Verdict::Accepted, |(verdict, _)| *verdict), second.verdict];
    let mut fields = vec![two(VERDICT, verdicts.map(|v| serde_json::json!(v)))];
    if verdicts == [Verdict::Accepted; 2] {
        let edits = second.values.iter().map(|v| Edited { decision: second.decision.clone(), value: v.clone() }).collect();
        let (mut one, mut other) = (read.clone(), read.clone());
        apply(&mut one, first);
        apply(&mut other, &ClaimRuling { verdict: None, edits });
        for like in Value::each_of(read) {
            let [a, b] = [&one, &other].map(|claim| plain(&Value::of(claim, &like)));
            fields.push(two(&a.0, [a.1, b.1]));
        }
    }
    fields
}

fn two(field: &str, [first, second]: [serde_json::Value; 2]) -> TwoValues {
    TwoValues { field: field.to_owned(), same: first == second, first, second }
}

/// A value's attribute and what it says; the order of a list says nothing.
fn plain(value: &Value) -> (String, serde_json::Value) {
    let mut json = serde_json::to_value(value).unwrap_or_default();
    let attribute = json.get("attribute").and_then(|a| a.as_str()).unwrap_or("").to_owned();
    let mut said = json.get_mut("value").map(serde_json::Value::take).unwrap_or_default();
    if let Some(list) = said.as_array_mut() {
        list.sort_by_key(ToString::to_string);
    }
    (attribute, said)
}

fn of_field(field: &str, items: &[TwiceCoded]) -> Option<FieldAgreement> {
    let pairs: Vec<&TwoValues> = items.iter().flat_map(|item| &item.fields).filter(|two| two.field == field).collect();
    let all = pairs.len();
    let same = pairs.iter().filter(|two| two.same).count();
    let share = (all > 0).then(|| same as f64 / all as f64)?;
    let kappa = if WORDS.contains(&field) { kappa(&pairs, share) } else { None };
    Some(FieldAgreement { field: field.to_owned(), same: same as u64, different: (all - same) as u64, share: Some(share), kappa })
}

/// Cohen's kappa of what two people gave.
fn kappa(pairs: &[&TwoValues], share: f64) -> Option<f64> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for two in pairs {
        counts.entry(two.first.to_string()).or_default().0 += 1;
        counts.entry(two.second.to_string()).or_default().1 += 1;
    }
    let all = pairs.len();
    let chance: usize = counts.values().map(|(a, b)| a * b).sum();
    if chance == all * all {
        return None;
    }
    let chance = chance as f64 / (all * all) as f64;
    Some((share - chance) / (1.0 - chance))
}
