//! Reports: one to be read, its sealed bytes, its ties, its claims; and what was set aside.

use crate::answer::{
    Aside, Blind, Count, Edge, Hit, HitEvent, Hits, LineageGraph, Piece, ReportHead, ReportPage, Reports, Sealed, SourceItem, Sources,
};
use crate::app::{App, json};
use crate::decisions::labels;
use crate::known::Known;
use crate::pool::Reader;
use crate::problem::Problem;
use crate::query::{Id, Parameters};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use marsad_ledger::{ReportFilter, SourceLine};
use marsad_model::{ClaimId, CodePoints, Direction, Report, ReportId};
use marsad_record::{ClaimRecord, MentionRecord, ReportRecord, SetAsideRecord};
use marsad_search::Segment;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// Most reports that a graph of ties shows.
const NODES: usize = 200;
/// What the list of reports can be asked for.
pub(crate) const REPORTS: &[&str] = &["source", "language", "from", "to", "cursor", "limit"];
/// What a search can be asked for.
pub(crate) const SEARCH: &[&str] = &["q", "cursor", "limit"];
/// What the list of things set aside can be asked for.
pub(crate) const ASIDE_BY: &[&str] = &["kind", "by_hand", "cursor", "limit"];
/// Most items set aside on a page.
const ASIDE: usize = 200;

/// A report with its claims and mentions, as records.
pub(crate) struct Gathered {
    pub(crate) record: ReportRecord,
    pub(crate) claims: Vec<ClaimRecord>,
    mentions: Vec<MentionRecord>,
}

impl Gathered {
    pub(crate) fn read(reader: &Reader<'_>, id: &ReportId) -> Result<Option<Self>, Problem> {
        let Some(stored) = reader.ledger.report(id)? else { return Ok(None) };
        let mut compared = marsad_record::comparison(reader.ledger, id)?;
        let analysis = marsad_record::analysis(&stored)?;
        let points = CodePoints::new(&stored.report.text);
        let mut mentions = Vec::with_capacity(analysis.mentions.len());
        for mention in &analysis.mentions {
            mentions.push(marsad_record::mention_record(id, mention.clone(), &points)?);
        }
        let claims = marsad_record::claims(reader.ledger, id, analysis, &mut compared, &points)?;
        let texts = marsad_record::texts_of_ties(reader.ledger, &compared)?;
        let record = marsad_record::report_record(&stored, compared, &points, &texts)?;
        Ok(Some(Self { record, claims, mentions }))
    }

    pub(crate) fn head(&self, known: &Known) -> ReportHead {
        let r = &self.record;
        ReportHead {
            id: r.id.clone(),
            source_label: known.source(r.source.id.as_deref()),
            source: r.source.clone(),
            kind: r.kind,
            direction: direction(&r.language),
            language: r.language.clone(),
            title: r.title.clone(),
            url: r.url.clone(),
            published: r.published.clone(),
            sha256: r.sha256.clone(),
            text_sha256: r.text_sha256.clone(),
            origin: r.origin.clone(),
            version_of: r.version_of.clone(),
        }
    }

    fn edges(&self) -> impl Iterator<Item = Edge> + '_ {
        self.record.lineage.iter().map(|tie| Edge { report: self.record.id.clone(), tie: tie.clone() })
    }
}

fn direction(language: &str) -> &'static str {
    if language == "ar" { "rtl" } else { "ltr" }
}

/// The ties among these reports. Both ends may tell of one tie: then it is told from the one that descends, or where nothing
/// tells which that is, from the one whose id is smaller.
pub(crate) fn edges_among(reports: &[Gathered]) -> Vec<Edge> {
    let ids: BTreeSet<&ReportId> = reports.iter().map(|r| &r.record.id).collect();
    let mut edges: BTreeMap<(ReportId, ReportId), Edge> = BTreeMap::new();
    for edge in reports.iter().flat_map(Gathered::edges).filter(|edge| ids.contains(&edge.tie.to)) {
        let (a, b) = (edge.report.clone().min(edge.tie.to.clone()), edge.report.clone().max(edge.tie.to.clone()));
        let better = |kept: &Edge| edge.tie.direction == Direction::From && kept.tie.direction != Direction::From;
        match edges.get(&(a.clone(), b.clone())) {
            Some(kept) if !better(kept) => {}
            _ => drop(edges.insert((a, b), edge)),
        }
    }
    edges.into_values().collect()
}

/// A report for a second coder: its claims as they were read, in no event, without anything that people ruled.
pub(crate) fn blind(reader: &Reader<'_>, id: &ReportId) -> Result<Option<Blind>, Problem> {
    let Some((head, report)) = head_of(reader, id)? else { return Ok(None) };
    let Some(stored) = reader.ledger.report(id)? else { return Ok(None) };
    let mut compared = marsad_record::comparison(reader.ledger, id)?;
    compared.rulings.clear();
    let points = CodePoints::new(&report.text);
    let mut claims = marsad_record::claims(reader.ledger, id, marsad_record::analysis(&stored)?, &mut compared, &points)?;
    for claim in &mut claims {
        (claim.event, claim.origin) = (None, None);
    }
    let labels = labels(reader.known, &claims);
    Ok(Some(Blind { report: head, claims, labels, text: report.text.clone() }))
}

/// A report's whole id, from an id or the beginning of one, a key or a path.
fn known_report(reader: &Reader<'_>, id: &str) -> Result<ReportId, Problem> {
    reader.ledger.report(&ReportId::from(id))?.map(|stored| stored.report.id).ok_or_else(|| Problem::missing("report", id))
}

/// The head of a report for a list.
pub(crate) fn head_of(reader: &Reader<'_>, id: &ReportId) -> Result<Option<(ReportHead, Report)>, Problem> {
    let Some(stored) = reader.ledger.report(id)? else { return Ok(None) };
    let compared = marsad_record::comparison(reader.ledger, id)?;
    let sha256 = stored.sha256().map(str::to_owned);
    let r = stored.report;
    let head = ReportHead {
        id: r.id.clone(),
        source_label: reader.known.source(r.source.id.as_deref()),
        source: r.source.clone(),
        kind: r.kind,
        language: r.language.code().to_owned(),
        direction: direction(r.language.code()),
        title: r.title.clone(),
        url: r.url.clone(),
        published: r.published.clone().or(compared.published),
        sha256,
        text_sha256: r.text_sha256.clone(),
        origin: compared.origin,
        version_of: compared.version_of,
    };
    Ok(Some((head, r)))
}

/// A page of reports.
pub(crate) async fn list(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let p = Parameters::read(uri.query(), REPORTS)?;
    let day = |name| Ok::<_, Problem>(p.day(name)?.map(|day| day.to_string()));
    let filter = ReportFilter {
        source: p.own("source"),
        language: p.own("language"),
        from: day("from")?,
        to: day("to")?,
        after: p.parsed("cursor", "the `next` of an earlier page", |value| {
            value.split_once('~').map(|(day, id)| (day.to_owned(), id.to_owned()))
        })?,
        limit: p.limit()?,
    };
    json(&app, &uri, &headers, move |reader| {
        let (found, total) = reader.ledger.list_reports(&filter)?;
        let next = found.last().filter(|_| found.len() == filter.limit).map(|last| format!("{}~{}", last.day, last.id));
        let mut items = Vec::with_capacity(found.len());
        for one in found {
            items.extend(head_of(reader, &one.id)?.map(|(head, _)| head));
        }
        Ok(Reports { items, next, total })
    })
    .await
}

/// The reports in which words stand.
pub(crate) async fn search(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let p = Parameters::read(uri.query(), SEARCH)?;
    let words = p.own("q").ok_or_else(|| Problem::parameter("q", "says what to search for, and is missing"))?;
    let skip = p.parsed("cursor", "the `next` of an earlier page", |value| value.parse::<u32>().ok())?.unwrap_or(0);
    let limit = p.limit()?;
    json(&app, &uri, &headers, move |reader| {
        let terms = &reader.known.terms;
        let asked = terms.asked(&words).ok_or_else(|| Problem::parameter("q", "holds no word"))?;
        let (found, total) = reader.ledger.reports_with(&asked.to_string(), u64::from(skip), limit)?;
        let end = u64::from(skip) + found.len() as u64;
        let pieces = |segments: Vec<Segment>| segments.into_iter().map(|s| Piece { text: s.text, hit: s.hit }).collect();
        let mut items = Vec::with_capacity(found.len());
        for id in found {
            let Some((head, report)) = head_of(reader, &id)? else { continue };
            let events = reader.ledger.events_of(&id)?.into_iter().map(|(id, event_type)| HitEvent { id, event_type });
            items.push(Hit {
                title: report.title.as_deref().map(|title| pieces(terms.marked(title, &asked))).unwrap_or_default(),
                text: pieces(terms.excerpt(&report.text, &asked)),
                events: events.collect(),
                report: head,
            });
        }
        Ok(Hits { items, next: (end < total).then(|| end.to_string()), total })
    })
    .await
}

/// Who published the reports.
pub(crate) async fn sources(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    Parameters::read(uri.query(), &[])?;
    json(&app, &uri, &headers, move |reader| {
        let index = reader.index()?;
        let item = |line: &SourceLine| SourceItem { label: reader.known.source(line.id.as_deref()), line: line.clone() };
        let items: Vec<SourceItem> = index.sources(reader.ledger)?.iter().map(item).collect();
        Ok(Sources { total: items.len() as u64, items })
    })
    .await
}

/// A report to be read.
pub(crate) async fn report(State(app): State<Arc<App>>, Id(id): Id, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let words = Parameters::read(uri.query(), &["q"])?.own("q");
    json(&app, &uri, &headers, move |reader| {
        let one = Gathered::read(reader, &ReportId::from(id.as_str()))?.ok_or_else(|| Problem::missing("report", &id))?;
        let sealings = reader.ledger.sealings(&one.record.id)?;
        let sealed = sealings.into_iter().map(|(intake, at)| Sealed { sha256: intake.sha256, path: intake.path, sealed_at: at }).collect();
        let terms = &reader.known.terms;
        let asked = words.as_deref().and_then(|words| terms.asked(words));
        let spans = asked.map(|asked| terms.hits(&one.record.text, &asked)).unwrap_or_default();
        let points = CodePoints::new(&one.record.text);
        let hits = spans.into_iter().filter_map(|span| points.quote(span)).collect();
        Ok(ReportPage {
            hits,
            source_label: reader.known.source(one.record.source.id.as_deref()),
            direction: direction(&one.record.language),
            report: one.record,
            claims: one.claims,
            mentions: one.mentions,
            sealed,
        })
    })
    .await
}

/// No script, no style, no frame, and a place of its own: whatever a browser makes of the bytes, it can do nothing.
const SEALED_POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// The sealed bytes of a report, to be kept, never to be shown as what they claim to be.
pub(crate) async fn original(State(app): State<Arc<App>>, Id(id): Id, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    Parameters::read(uri.query(), &[])?;
    let (sha256, bytes) = app
        .pool
        .read(move |reader| {
            let id = known_report(reader, &id)?;
            let stored = reader.ledger.report(&id)?.ok_or_else(|| Problem::missing("report", id.as_str()))?;
            let sha256 = stored.sha256().ok_or_else(|| Problem::missing("original of the report", id.as_str()))?.to_owned();
            let bytes = reader.ledger.original(&sha256)?;
            Ok((sha256, bytes))
        })
        .await?;
    Ok(sealed_bytes(&headers, &sha256, bytes))
}

/// The sealed bytes of which nothing could be read, by their hash.
pub(crate) async fn unread(State(app): State<Arc<App>>, Id(id): Id, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    Parameters::read(uri.query(), &[])?;
    let (sha256, bytes) = app
        .pool
        .read(move |reader| {
            let is_whole = id.len() == 64 && reader.ledger.unread(&id)?.contains(&id);
            let sha256 = is_whole.then_some(id.clone()).ok_or_else(|| Problem::missing("sealed bytes of which nothing was read", &id))?;
            Ok((reader.ledger.original(&sha256)?, sha256))
        })
        .await
        .map(|(bytes, sha256)| (sha256, bytes))?;
    Ok(sealed_bytes(&headers, &sha256, bytes))
}

/// Sealed bytes as an answer.
fn sealed_bytes(headers: &HeaderMap, sha256: &str, bytes: Vec<u8>) -> Response {
    let etag = format!("\"{sha256}\"");
    let readable = std::str::from_utf8(&bytes).is_ok_and(|text| !text.contains('\0'));
    let mut response = if crate::negotiate::has_already(headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(bytes).into_response()
    };
    let media_type = if readable { "text/plain; charset=utf-8" } else { "application/octet-stream" };
    let out = response.headers_mut();
    let short = sha256.get(..16).unwrap_or(sha256);
    let told = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{short}.{}\"", if readable { "txt" } else { "bin" })),
        (header::CONTENT_SECURITY_POLICY, SEALED_POLICY.to_owned()),
        (header::ETAG, etag),
        (header::CACHE_CONTROL, "private, max-age=31536000, immutable".to_owned()),
    ];
    for (name, value) in told {
        if let Ok(value) = HeaderValue::from_str(&value) {
            out.insert(name, value);
        }
    }
    response
}

/// The reports that one is tied to.
pub(crate) async fn lineage(State(app): State<Arc<App>>, Id(id): Id, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    Parameters::read(uri.query(), &[])?;
    json(&app, &uri, &headers, move |reader| graph(reader, &id)).await
}

fn graph(reader: &Reader<'_>, id: &str) -> Result<LineageGraph, Problem> {
    let first = known_report(reader, id)?;
    let mut waiting = VecDeque::from([first.clone()]);
    let mut seen = BTreeSet::from([first]);
    let (mut gathered, mut truncated) = (Vec::new(), false);
    while let Some(id) = waiting.pop_front() {
        let Some(one) = Gathered::read(reader, &id)? else { continue };
        for tie in &one.record.lineage {
            if seen.contains(&tie.to) {
                continue;
            }
            if seen.len() >= NODES {
                truncated = true;
                continue;
            }
            seen.insert(tie.to.clone());
            waiting.push_back(tie.to.clone());
        }
        gathered.push(one);
    }
    let nodes = gathered.iter().map(|one| one.head(reader.known)).collect();
    Ok(LineageGraph { nodes, edges: edges_among(&gathered), truncated })
}

/// A claim's record.
pub(crate) async fn claim(State(app): State<Arc<App>>, Id(id): Id, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    Parameters::read(uri.query(), &[])?;
    json(&app, &uri, &headers, move |reader| {
        let missing = || Problem::missing("claim", &id);
        let placed = reader.ledger.claim(&ClaimId::from(id.as_str()))?.ok_or_else(missing)?;
        let one = Gathered::read(reader, &placed.report)?.ok_or_else(missing)?;
        one.claims.into_iter().find(|c| c.claim.id.as_str() == id).ok_or_else(missing)
    })
    .await
}

/// What was set aside.
pub(crate) async fn aside(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let parameters = Parameters::read(uri.query(), ASIDE_BY)?;
    let (kind, by_hand) = (parameters.own("kind"), parameters.yes("by_hand")?);
    let skip: usize = parameters.parsed("cursor", "the `next` of an earlier page", |value| value.parse().ok())?.unwrap_or(0);
    let limit = if parameters.get("limit").is_some() { parameters.limit()? } else { ASIDE };
    json(&app, &uri, &headers, move |reader| {
        let all = reader.ledger.set_aside()?;
        let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
        for item in &all {
            *kinds.entry(item.kind.clone().unwrap_or_else(|| UNREADABLE.to_owned())).or_default() += 1;
        }
        let to_capture = all.iter().filter(|item| item.by_hand.is_some()).count() as u64;
        let fits = |item: &marsad_ledger::SetAside| {
            kind.as_deref().is_none_or(|kind| item.kind.as_deref().unwrap_or(UNREADABLE) == kind)
                && by_hand.is_none_or(|wanted| item.by_hand.is_some() == wanted)
        };
        let fitting: Vec<_> = all.into_iter().filter(fits).collect();
        let total = fitting.len();
        let items: Vec<SetAsideRecord> = fitting.into_iter().skip(skip).take(limit).map(SetAsideRecord::from).collect();
        let end = skip.saturating_add(items.len());
        Ok(Aside {
            items,
            next: (end < total).then(|| end.to_string()),
            total: total as u64,
            by_hand: to_capture,
            kinds: kinds.into_iter().map(|(value, count)| Count { value, count }).collect(),
        })
    })
    .await
}

/// The kind of what could not be read at all.
const UNREADABLE: &str = "unreadable";
