//! A ruling as whoever asks sends it: with the ids of claims and events as they are now, from which its anchors are made.

use crate::problem::Problem;
use axum::http::StatusCode;
use marsad_decision::{Anchor, Part, Ruling, namings};
use marsad_ledger::{Ledger, StoredReport};
use marsad_model::{Claim, ClaimId, DecisionId, EventId, Span};
use marsad_record::analysis;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// So many claims are enough to know an event again by.
const GRADED: usize = 24;

/// What is sent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Draft {
    /// Who rules.
    pub(crate) by: String,
    /// Why.
    pub(crate) why: String,
    /// The decisions on the same thing that whoever rules has seen.
    #[serde(default)]
    pub(crate) seen: Vec<DecisionId>,
    /// A ruling, in which a claim's id may stand for its anchor.
    pub(crate) rule: Value,
}

impl Draft {
    /// The ruling with its anchors.
    pub(crate) fn ruling(&self, ledger: &Ledger) -> Result<Ruling, Problem> {
        let mut rule = self.rule.clone();
        let Some(fields) = rule.as_object_mut() else { return Err(unclear("`rule` is no object")) };
        let kind = fields.get("ruling").and_then(Value::as_str).unwrap_or("").to_owned();
        let events = match fields.remove("events") {
            Some(events) => event_claims(ledger, &events)?,
            None => BTreeSet::new(),
        };
        let (mut named, mut also): (BTreeSet<ClaimId>, Vec<Anchor>) = Default::default();
        for (name, value) in fields.iter_mut() {
            match name.as_str() {
                "claims" | "from" => {
                    for one in value.as_array_mut().into_iter().flatten() {
                        named.extend(one.as_str().map(ClaimId::from));
                        anchored(ledger, one, Part::Claim)?;
                    }
                }
                "victim" => also = person(ledger, value)?,
                "names" => value.as_array_mut().into_iter().flatten().try_for_each(|name| person(ledger, name).map(drop))?,
                _ => {}
            }
        }
        if kind == "publish" && !also.is_empty() {
            fields.entry("also").or_insert_with(|| serde_json::json!(also));
        }
        let usual = if matches!(kind.as_str(), "second" | "victim") { "claim" } else { "places" };
        let part = fields.get("attribute").cloned().unwrap_or_else(|| Value::String(usual.to_owned()));
        if let Some(claim) = fields.get_mut("claim") {
            anchored(ledger, claim, serde_json::from_value(part).map_err(|e| unclear(&e.to_string()))?)?;
        }
        let rest: Vec<&ClaimId> = events.difference(&named).collect();
        if !rest.is_empty() {
            let many = if kind == "grade" { GRADED } else { usize::MAX };
            let anchors = rest.into_iter().take(many).map(|id| claim_anchor(ledger, id, Part::Claim).map(|a| serde_json::json!(a)));
            let anchors = anchors.collect::<Result<Vec<Value>, Problem>>()?;
            let list = fields.entry(if kind == "split" { "from" } else { "claims" }).or_insert_with(|| Value::Array(Vec::new()));
            list.as_array_mut().into_iter().for_each(|list| list.extend(anchors.iter().cloned()));
        }
        serde_json::from_value(rule).map_err(|e| unclear(&e.to_string()))
    }
}

fn unclear(why: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "No decision", why)
}

fn event_claims(ledger: &Ledger, events: &Value) -> Result<BTreeSet<ClaimId>, Problem> {
    let mut claims = BTreeSet::new();
    for id in events.as_array().into_iter().flatten().filter_map(Value::as_str) {
        let event = ledger.event(&EventId::from(id))?.ok_or_else(|| Problem::missing("event", id))?;
        claims.extend(event.claims);
    }
    Ok(claims)
}

/// Put a claim's anchor in the place of its id.
fn anchored(ledger: &Ledger, value: &mut Value, part: Part) -> Result<(), Problem> {
    if let Some(id) = value.as_str() {
        *value = serde_json::json!(claim_anchor(ledger, &ClaimId::from(id), part)?);
    }
    Ok(())
}

fn claim_anchor(ledger: &Ledger, id: &ClaimId, part: Part) -> Result<Anchor, Problem> {
    let (stored, claim) = claim(ledger, id)?;
    Anchor::of_claim(&claim, &stored.report.text, part).ok_or_else(|| Problem::missing("claim", id.as_str()))
}

fn claim(ledger: &Ledger, id: &ClaimId) -> Result<(StoredReport, Claim<Span>), Problem> {
    let missing = || Problem::missing("claim", id.as_str());
    let placed = ledger.claim(id)?.ok_or_else(missing)?;
    let stored = ledger.report(&placed.report)?.ok_or_else(missing)?;
    let claim = analysis(&stored)?.claims.into_iter().find(|c| c.id == *id).ok_or_else(missing)?;
    Ok((stored, claim))
}

/// Put the anchor of a person's name in the place of `{"claim":…,"name":…}`; given back are those of its other places in the claim.
fn person(ledger: &Ledger, value: &mut Value) -> Result<Vec<Anchor>, Problem> {
    let (Some(id), Some(name)) = (value["claim"].as_str(), value["name"].as_str()) else { return Ok(Vec::new()) };
    let (stored, claim) = claim(ledger, &ClaimId::from(id))?;
    let mut places = namings(&claim, &stored.report.text, name).into_iter();
    *value = serde_json::json!(places.next().ok_or_else(|| unclear("the claim's report does not have this name"))?);
    Ok(places.collect())
}
