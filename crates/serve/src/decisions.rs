//! What people ruled: the queue of what is least certain, the decisions, and taking a new one.

use crate::answer::{ChangeItem, DecisionItem, Decisions, IdLabel, Label, Queue, QueueItem};
use crate::app::{App, json, written};
use crate::draft::Draft;
use crate::guard::Allowed;
use crate::known::Known;
use crate::pool::Reader;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::reports::Gathered;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{Extensions, HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use marsad_decision::{Decision, Ruling};
use marsad_ledger::{Expected, Ledger, PlacedClaim};
use marsad_model::{ClaimId, DecisionId, ReportId};
use marsad_record::{Bench, ClaimRecord, DecisionRecord, decision, new_decision};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the list of decisions can be asked for.
pub(crate) const DECISIONS: &[&str] = &["claim", "event", "report", "cursor", "limit"];
/// What the queue can be asked for.
pub(crate) const QUEUE: &[&str] = &["cursor", "limit"];
/// So often is tried anew when somebody else's decision came between.
const TRIES: usize = 20;

/// Claims that nobody ruled on, the least certain first.
pub(crate) async fn queue(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let parameters = Parameters::read(uri.query(), QUEUE)?;
    let after = parameters.parsed("cursor", NEXT, after)?;
    let limit = parameters.limit()?;
    json(&app, &uri, &headers, move |reader| {
        // What was ruled on since events were found last is no longer waiting.
        let settled = Bench::since_collation(reader.ledger)?.rulings().claims;
        let mut page = reader.ledger.unsettled_claims(after.as_ref(), limit as u64 + 1)?;
        let more = page.len() > limit;
        page.truncate(limit);
        let next = page.last().filter(|_| more).map(|c| format!("{}-{}", c.confidence.unwrap_or(0), c.id));
        let waiting = page.into_iter().filter(|c| !settled.get(&c.id).is_some_and(marsad_decision::ClaimRuling::is_settled));
        let items = items(reader, waiting.collect())?;
        Ok(Queue { items, next, total: reader.ledger.count_unsettled()? })
    })
    .await
}

const NEXT: &str = "the `next` of an earlier page";

/// The last claim of the page before. A place in the order, not a count: what was ruled on meanwhile waits no longer, and
/// with a count as many others would be passed over.
fn after(cursor: &str) -> Option<(u32, ClaimId)> {
    let (confidence, id) = cursor.split_once('-')?;
    Some((confidence.parse().ok()?, ClaimId::from(id)))
}

/// The claims with their reports and with the decisions on them, in the same order.
fn items(reader: &Reader<'_>, placed: Vec<PlacedClaim>) -> Result<Vec<QueueItem>, Problem> {
    let reports: BTreeSet<ReportId> = placed.iter().map(|c| c.report.clone()).collect();
    let mut gathered: BTreeMap<&ReportId, Gathered> = BTreeMap::new();
    for id in &reports {
        gathered.extend(Gathered::read(reader, id)?.map(|one| (id, one)));
    }
    let bench = Bench::on(reader.ledger, reports.clone())?;
    let mut seen: BTreeMap<ClaimId, Vec<DecisionId>> = BTreeMap::new();
    for decision in &bench.decisions {
        for claim in bench.claims_of(decision) {
            seen.entry(claim).or_default().push(decision.id.clone());
        }
    }
    let item = |placed: PlacedClaim| {
        let one = gathered.get(&placed.report)?;
        let claim = one.claims.iter().find(|c| c.claim.id == placed.id)?.clone();
        let labels = labels(reader.known, std::slice::from_ref(&claim));
        Some(QueueItem { report: one.head(reader.known), seen: seen.remove(&placed.id).unwrap_or_default(), labels, claim })
    };
    Ok(placed.into_iter().filter_map(item).collect())
}

/// The names that knowledge has of the actors and places of claims.
pub(crate) fn labels(known: &Known, records: &[ClaimRecord]) -> Vec<IdLabel> {
    let actors = records.iter().flat_map(|r| &r.claim.actors).filter_map(|a| Some((a.id.clone()?, known.actor(a.id.as_deref())?)));
    let places = records.iter().flat_map(|r| &r.claim.places).filter_map(|p| Some((p.id.clone()?, known.place(p.id.as_deref())?)));
    let all: BTreeMap<String, Label> = actors.chain(places).collect();
    all.into_iter().map(|(id, label)| IdLabel { id, label }).collect()
}

/// The decisions on a claim, an event or a report, or all, in the order in which they were made.
pub(crate) async fn list(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let parameters = Parameters::read(uri.query(), DECISIONS)?;
    let skip: usize = parameters.parsed("cursor", NEXT, |value| value.parse().ok())?.unwrap_or(0);
    let limit = parameters.limit()?;
    json(&app, &uri, &headers, move |reader| {
        let (bench, claims) = asked(reader, &parameters)?;
        let on = |record: &DecisionRecord| claims.as_ref().is_none_or(|claims| !bench.claims_of(&record.decision).is_disjoint(claims));
        let records: Vec<DecisionRecord> = bench.records().into_iter().filter(on).collect();
        let total = records.len();
        let page: Vec<DecisionItem> = records.into_iter().skip(skip).take(limit).map(|record| item(&bench, record)).collect();
        let end = skip.saturating_add(page.len());
        Ok(Decisions { items: page, next: (end < total).then(|| end.to_string()), total: total as u64 })
    })
    .await
}

fn item(bench: &Bench, record: DecisionRecord) -> DecisionItem {
    let changes = bench.changes(&record.decision).into_iter();
    let changes = changes.map(|c| ChangeItem { claim: c.claim, before: c.before, after: c.after }).collect();
    DecisionItem { record, changes }
}

/// The decisions that are asked for, and of which claims, where some are meant.
fn asked(reader: &Reader<'_>, parameters: &Parameters) -> Result<(Bench, Option<BTreeSet<ClaimId>>), Problem> {
    let ledger = reader.ledger;
    if let Some(id) = parameters.get("report") {
        return Ok((Bench::on(ledger, BTreeSet::from([ReportId::from(id)]))?, None));
    }
    let claims: Option<BTreeSet<ClaimId>> = match (parameters.get("claim"), parameters.get("event")) {
        (Some(claim), _) => Some(BTreeSet::from([ClaimId::from(claim)])),
        (None, Some(event)) => {
            let found = ledger.event(&marsad_model::EventId::from(event))?.ok_or_else(|| Problem::missing("event", event))?;
            Some(found.claims.into_iter().collect())
        }
        (None, None) => None,
    };
    let Some(claims) = claims else { return Ok((Bench::whole(ledger)?, None)) };
    let mut reports = BTreeSet::new();
    for claim in &claims {
        reports.extend(ledger.claim(claim)?.map(|placed| placed.report));
    }
    Ok((Bench::on(ledger, reports)?, Some(claims)))
}

/// Take a decision. Whoever has not seen the last one on the same thing is told it, and nothing is decided.
pub(crate) async fn decide(
    State(app): State<Arc<App>>,
    extensions: Extensions,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let form = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    if !form.starts_with("application/json") {
        let why = "a decision is sent as application/json";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Wrong form", why));
    }
    let draft: Draft = serde_json::from_slice(&body).map_err(|e| Problem::new(StatusCode::BAD_REQUEST, "No decision", e.to_string()))?;
    if extensions.get() == Some(&Allowed::SecondCoding) && draft.rule["ruling"] != "second" {
        return Err(Problem::new(StatusCode::FORBIDDEN, "Out of scope", "this token allows to give second codings alone"));
    }
    let now = jiff::Timestamp::now().round(jiff::Unit::Millisecond).unwrap_or_default().to_string();
    let dir = app.ledger.clone();
    let taken = app.pool.read(move |_| take(&dir, &draft, &now)).await?;
    app.pool.changed().await?;
    app.decided.notify_one();
    let location = format!("/api/v1/decisions#{}", taken.record.decision.id);
    let headers = [(header::CONTENT_TYPE, "application/json".to_owned()), (header::LOCATION, location)];
    Ok((StatusCode::CREATED, headers, written(&taken)?).into_response())
}

/// Make a decision of the draft and add it, if whoever rules has seen the last one on the same thing.
fn take(dir: &std::path::Path, draft: &Draft, now: &str) -> Result<DecisionItem, Problem> {
    let ledger = Ledger::open_read(dir)?;
    for _ in 0..TRIES {
        let count = ledger.decision_count()?;
        let ruling = draft.ruling(&ledger)?;
        let new = Decision::new(now, &draft.by, &draft.why, ruling)
            .map_err(|e| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "No decision", e.to_string()))?;
        // Destroying bytes needs the ledger to itself, and is no matter of one request.
        if matches!(new.ruling, Ruling::Withdraw { .. } | Ruling::WithdrawUnread { .. }) {
            let why = "a report is withdrawn with `marsad review withdraw`, where the ledger lies";
            return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "No decision", why));
        }
        if let Ruling::Undo { undoes } = &new.ruling
            && decision(&ledger, undoes)?.is_none()
        {
            return Err(Problem::missing("decision", undoes.as_str()));
        }
        let bench = Bench::around(&ledger, &new.ruling)?;
        if let Ruling::Second { claim, .. } = &new.ruling {
            let found = bench.readings().get(&claim.report).and_then(|r| claim.claim(r.text, r.claims)).map(|c| c.id.clone());
            if found.is_some_and(|id| bench.has_ruled(&id, &new.by)) {
                let why = "whoever ruled on a claim first cannot code it a second time";
                return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "No decision", why));
            }
        }
        if let Some(last) = bench.last_on(&new.ruling).filter(|last| !draft.seen.contains(&last.id)) {
            let last = bench.records().into_iter().find(|r| r.decision.id == last.id).map(|record| item(&bench, record));
            return Err(Problem::decided(last.and_then(|last| serde_json::to_value(last).ok()).unwrap_or_default()));
        }
        let entry = new_decision(&new, &|id| decision(&ledger, id))?;
        // Between looking and adding another may have decided: then it is looked at again.
        if Ledger::decide(dir, std::slice::from_ref(&entry), Expected::Count(count), now)?.is_some() {
            let bench = Bench::around(&ledger, &new.ruling)?;
            let record = bench.records().into_iter().find(|r| r.decision.id == new.id);
            return record.map(|record| item(&bench, record)).ok_or_else(|| Problem::missing("decision", new.id.as_str()));
        }
    }
    Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "Ledger busy", "too many decide at once; try again"))
}
