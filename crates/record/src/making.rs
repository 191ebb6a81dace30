//! Reports, mentions and claims of the ledger as records.

use crate::record::{ClaimRecord, DecidedRecord, MentionRecord, ReportRecord, VerdictRecord};
use crate::{Comparison, RecordError, changes};
use marsad_analyse::Analysis;
use marsad_decision::{ClaimRuling, Value, edited_parts};
use marsad_ledger::{Ledger, StoredReport};
use marsad_model::{Aligned, Change, Claim, CodePoints, DecisionId, Lineage, Mention, Quote, ReportId, Span, TimeBasis};
use std::collections::BTreeMap;

fn quote(points: &CodePoints, span: Span, of: &str) -> Result<Quote, RecordError> {
    points.quote(span).ok_or_else(|| RecordError::Span { start: span.start, end: span.end, of: of.to_owned() })
}

/// A claim with its words.
pub fn quoted(claim: Claim<Span>, points: &CodePoints) -> Result<Claim<Quote>, RecordError> {
    let id = claim.id.clone();
    claim.try_map(&mut |span| quote(points, span, id.as_str()))
}

/// The claims of a report, with their events and origins, and with the times that comparing resolved.
pub fn claims(
    ledger: &Ledger,
    report: &ReportId,
    analysis: Analysis,
    compared: &mut Comparison,
    points: &CodePoints,
) -> Result<Vec<ClaimRecord>, RecordError> {
    let placed: BTreeMap<_, _> = ledger.claims_of(report)?.into_iter().map(|p| (p.id.clone(), p)).collect();
    let record = |mut claim: Claim<Span>| {
        if let Some(time) = compared.times.remove(&claim.id) {
            claim.time = Some(time);
        }
        let placed = placed.get(&claim.id);
        let ruled = compared.rulings.remove(&claim.id).unwrap_or_default();
        let decided = decided_records(&claim, &ruled);
        marsad_decision::apply(&mut claim, &ruled);
        Ok(ClaimRecord {
            event: placed.and_then(|p| p.event.clone()),
            origin: placed.and_then(|p| p.origin.clone()),
            claim: quoted(claim, points)?,
            ruling: ruled.verdict.map(|(verdict, decision)| VerdictRecord { verdict, decision }),
            decided,
            masked: false,
        })
    };
    analysis.claims.into_iter().map(record).collect()
}

/// Each value that was ruled, beside the one that was read.
fn decided_records(read: &Claim<Span>, ruled: &ClaimRuling) -> Vec<DecidedRecord> {
    let record = |(read, value, decision): (Value, Value, DecisionId)| {
        let read = serde_json::to_value(read).ok().and_then(|mut v| v.get_mut("value").map(serde_json::Value::take)).unwrap_or_default();
        DecidedRecord { value, read, basis: TimeBasis::Decided, decision }
    };
    edited_parts(read, ruled).into_iter().map(record).collect()
}

/// A mention with its words.
pub fn mention_record(report: &ReportId, m: Mention<Span>, points: &CodePoints) -> Result<MentionRecord, RecordError> {
    Ok(MentionRecord {
        report: report.clone(),
        kind: m.kind,
        span: quote(points, m.span, report.as_str())?,
        id: m.id,
        within: m.within,
        name: m.name,
        lat: m.lat,
        lon: m.lon,
        country: m.country,
        candidates: m.candidates,
        value: m.value,
        person: m.person,
    })
}

/// The texts that the ties of a report point into.
pub fn texts_of_ties(ledger: &Ledger, compared: &Comparison) -> Result<BTreeMap<ReportId, String>, RecordError> {
    let mut texts = BTreeMap::new();
    for to in compared.linked() {
        if !texts.contains_key(to)
            && let Some(other) = ledger.report(to)?
        {
            texts.insert(to.clone(), other.report.text);
        }
    }
    Ok(texts)
}

/// A report with its ties; `texts` holds the texts that these point into.
pub fn report_record(
    stored: &StoredReport,
    compared: Comparison,
    points: &CodePoints,
    texts: &BTreeMap<ReportId, String>,
) -> Result<ReportRecord, RecordError> {
    let report = stored.report.clone();
    let strings = |items: Vec<&str>| -> Vec<String> { items.into_iter().map(str::to_owned).collect() };
    let (keys, paths) = (strings(stored.keys()), strings(stored.paths()));
    let mut captures: Vec<_> = stored.intakes.iter().map(|i| i.capture.clone()).collect();
    captures.sort();
    captures.dedup();
    let mut lineage = Vec::new();
    for tie in compared.lineage {
        let Some(there) = texts.get(&tie.to) else { return Err(RecordError::NoTie { report: report.id, to: tie.to }) };
        let there = CodePoints::new(there);
        let spans = tie
            .spans
            .iter()
            .map(|a| Ok(Aligned { here: quote(points, a.here, report.id.as_str())?, there: quote(&there, a.there, tie.to.as_str())? }));
        let spans = spans.collect::<Result<Vec<_>, RecordError>>()?;
        lineage.push(Lineage {
            to: tie.to,
            relation: tie.relation,
            direction: tie.direction,
            confidence: tie.confidence,
            spans,
            because: tie.because,
        });
    }
    let mut changed = Vec::new();
    if let Some(earlier) = compared.version_of.as_ref().and_then(|earlier| texts.get(earlier)) {
        let there = CodePoints::new(earlier);
        for change in changes(earlier, &report.text) {
            let side = |points: &CodePoints, span: Option<Span>| span.map(|s| quote(points, s, report.id.as_str())).transpose();
            changed.push(Change { what: change.what, here: side(points, change.here)?, there: side(&there, change.there)? });
        }
    }
    Ok(ReportRecord {
        id: report.id,
        key: keys.first().cloned(),
        keys,
        path: paths.first().cloned(),
        paths,
        url: report.url,
        sha256: stored.sha256().map(str::to_owned),
        text_sha256: report.text_sha256,
        kind: report.kind,
        account: report.account,
        source: report.source,
        language: report.language.code().to_owned(),
        title: report.title,
        byline: report.byline,
        published: report.published.or(compared.published),
        updated: report.updated,
        text: report.text,
        origin: compared.origin,
        version_of: compared.version_of,
        changes: changed,
        gone: compared.gone,
        captures,
        lineage,
        state: compared.state,
        reliability: compared.reliability,
        masked: false,
    })
}
