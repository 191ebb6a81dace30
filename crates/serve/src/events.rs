//! Events: the list in its three forms, the counts, the dossier.

use crate::answer::{
    Actor, AttributeValues, Bare, Count, Counts, Dossier, DossierEvent, EventItem, Events, NamedCount, Place, PlaceCandidate, PlaceCount,
    ShortAgreement, ShortDisagreement, ShortGrade, Victims,
};
use crate::app::{App, answer, json, written};
use crate::features;
use crate::index::Numbers;
use crate::known::Known;
use crate::negotiate::{Form, best};
use crate::pool::Reader;
use crate::problem::Problem;
use crate::query::{EventQuery, FILTER, Id, PAGING, Paging, Parameters};
use crate::reports::{Gathered, edges_among};
use crate::standing::Wanted;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use marsad_ledger::EventPage;
use marsad_model::{Candidate, Event, EventId, EventPlace, SupportedValue};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Most actors and places that counts name.
const ACTORS: usize = 200;
const PLACES: usize = 5_000;

/// The page of events that a filter asks for.
pub(crate) async fn list(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let parameters = Parameters::read(uri.query(), &[FILTER, PAGING].concat())?;
    let (query, paging) = (EventQuery::read(&parameters)?, Paging::read(&parameters)?);
    let form = best(&headers, Form::ALL).ok_or_else(|| {
        let forms: Vec<&str> = Form::ALL.iter().map(|form| form.media_type()).collect();
        Problem::new(StatusCode::NOT_ACCEPTABLE, "Not acceptable", format!("events are given as {}", forms.join(", ")))
    })?;
    answer(&app, &uri, &headers, form.media_type(), Wanted::Standing, move |reader| match form {
        Form::Json => written(&page_of(reader, &query, &paging)?),
        Form::GeoJson => written(&features::features(&page_of(reader, &query, &paging)?)),
        Form::Csv => csv(reader, &query, &paging),
    })
    .await
}

/// A page of events as lines of the table that is exported.
fn csv(reader: &Reader<'_>, query: &EventQuery, paging: &Paging) -> Result<Vec<u8>, Problem> {
    let words = in_words(reader, query)?;
    let mut table = marsad_export::header(marsad_export::EVENTS);
    for id in reader.index()?.find(query, words.as_ref(), paging).ids {
        if let Some(event) = reader.ledger.event(&EventId::from(id))? {
            table += &marsad_export::csv_line(&marsad_export::event_cells(&event, &reader.known.world));
        }
    }
    Ok(table.into_bytes())
}

fn page_of(reader: &Reader<'_>, query: &EventQuery, paging: &Paging) -> Result<Events, Problem> {
    let words = in_words(reader, query)?;
    let found = reader.index()?.find(query, words.as_ref(), paging);
    let mut items = Vec::with_capacity(found.ids.len());
    for id in found.ids {
        if let Some(event) = reader.ledger.event_page(&EventId::from(id))? {
            items.push(item(reader.known, event));
        }
    }
    Ok(Events { items, next: found.next.map(|cursor| cursor.to_string()), total: found.total })
}

/// The numbers of the events in which the query's words stand; `None` where it has none.
pub(crate) fn in_words(reader: &Reader<'_>, query: &EventQuery) -> Result<Option<Numbers>, Problem> {
    let Some(words) = &query.words else { return Ok(None) };
    let asked = reader.known.terms.asked(words).ok_or_else(|| Problem::parameter("q", "holds no word"))?;
    Ok(Some(reader.ledger.events_with(&asked.to_string())?.into_iter().collect()))
}

/// How the events that pass a filter spread.
pub(crate) async fn counts(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let query = EventQuery::read(&Parameters::read(uri.query(), FILTER)?)?;
    json(&app, &uri, &headers, move |reader| {
        let words = in_words(reader, &query)?;
        let (index, known) = (reader.index()?, reader.known);
        let tally = index.tally(&query, words.as_ref());
        let count = |(value, count): (&str, u64)| Count { value: value.to_owned(), count };
        Ok(Counts {
            total: tally.total,
            by_type: tally.types.into_iter().map(count).collect(),
            actor: tally
                .actors
                .into_iter()
                .take(ACTORS)
                .map(|(actor, count)| NamedCount {
                    value: actor.id.clone().unwrap_or_else(|| actor.name.clone()),
                    label: known.actor(actor.id.as_deref()),
                    id: actor.id.clone(),
                    name: actor.name.clone(),
                    count,
                })
                .collect(),
            place: tally
                .places
                .into_iter()
                .take(PLACES)
                .map(|(entry, count)| PlaceCount {
                    value: entry.place.id.clone().unwrap_or_else(|| entry.place.name.clone()),
                    label: known.place(entry.place.id.as_deref()),
                    country: entry.country.map(str::to_owned),
                    place: entry.place.clone(),
                    count,
                })
                .collect(),
            month: tally.months.into_iter().map(|(value, count)| Count { value, count }).collect(),
            country: tally.countries.into_iter().map(count).collect(),
            untimed: tally.untimed,
            unplaced: tally.unplaced,
        })
    })
    .await
}

/// All that is known of one event.
pub(crate) async fn dossier(State(app): State<Arc<App>>, Id(id): Id, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    Parameters::read(uri.query(), &[])?;
    json(&app, &uri, &headers, move |reader| dossier_of(reader, &id)).await
}

/// Whom the claims of an event name as harmed.
pub(crate) async fn victims(State(app): State<Arc<App>>, Id(id): Id, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    Parameters::read(uri.query(), &[])?;
    json(&app, &uri, &headers, move |reader| {
        let id = EventId::from(id.as_str());
        let event = reader.ledger.event(&id)?.ok_or_else(|| Problem::missing("event", id.as_str()))?;
        let items = marsad_export::Records::of_events(reader.ledger, BTreeSet::from([event.id]))?.victims()?;
        Ok(Victims { items })
    })
    .await
}

fn dossier_of(reader: &Reader<'_>, id: &str) -> Result<Dossier, Problem> {
    let EventPage { event, candidates, .. } = reader.ledger.event_page(&EventId::from(id))?.ok_or_else(|| Problem::missing("event", id))?;
    let wanted: BTreeSet<_> = event.claims.iter().cloned().collect();
    let mut reports = BTreeSet::new();
    for claim in &event.claims {
        reports.extend(reader.ledger.claim(claim)?.map(|placed| placed.report));
    }
    let (mut claims, mut heads, mut gathered) = (Vec::new(), Vec::new(), Vec::new());
    for report in &reports {
        let Some(one) = Gathered::read(reader, report)? else { continue };
        claims.extend(one.claims.iter().filter(|c| wanted.contains(&c.claim.id)).cloned());
        heads.push(one.head(reader.known));
        gathered.push(one);
    }
    claims.sort_by(|a, b| a.claim.id.cmp(&b.claim.id));
    let lineage = edges_among(&gathered);
    let open: BTreeSet<Candidate> = claims.iter().flat_map(|c| &c.claim.places).flat_map(|p| p.candidates.iter().cloned()).collect();
    Ok(Dossier {
        attributes: attributes(&event),
        candidates: open.into_iter().map(|c| candidate_of(reader.known, c)).collect(),
        sources_loaded: reader.ledger.sources_loaded()?,
        event: dossier_event(reader.known, event, candidates, heads.iter().map(|h| h.language.clone()).collect()),
        claims,
        reports: heads,
        lineage,
    })
}

fn attributes(event: &Event) -> Vec<AttributeValues> {
    let mut all: Vec<AttributeValues> = event
        .disagreements
        .iter()
        .map(|d| AttributeValues { attribute: d.attribute, relation: Some(d.relation), values: d.values.clone() })
        .collect();
    for agreed in &event.agreed {
        let value: SupportedValue = agreed.value.clone();
        match all.iter_mut().find(|a| a.attribute == agreed.attribute && a.relation.is_none()) {
            Some(attribute) => attribute.values.push(value),
            None => all.push(AttributeValues { attribute: agreed.attribute, relation: None, values: vec![value] }),
        }
    }
    all
}

fn dossier_event(known: &Known, mut event: Event, candidates: Vec<Candidate>, languages: BTreeSet<String>) -> DossierEvent {
    let (place, actors) = (event.place.take(), std::mem::take(&mut event.actors));
    DossierEvent {
        place: place.map(|p| place_of(known, p, candidates)),
        actors: actors.into_iter().map(|a| actor_of(known, a)).collect(),
        copies: copies(&event),
        languages: languages.into_iter().collect(),
        event: Bare(event),
    }
}

fn place_of(known: &Known, place: EventPlace, candidates: Vec<Candidate>) -> Place {
    let id = place.id.as_deref();
    Place {
        label: known.place(id),
        country: known.country(id).map(str::to_owned),
        candidates: candidates.into_iter().map(|c| candidate_of(known, c)).collect(),
        place,
    }
}

fn candidate_of(known: &Known, candidate: Candidate) -> PlaceCandidate {
    let id = candidate.id.as_str();
    let (lat, lon) = known.point(id).unzip();
    PlaceCandidate {
        label: known.place(Some(id)),
        within: known.division(id),
        country: known.country(Some(id)).map(str::to_owned),
        lat,
        lon,
        candidate,
    }
}

/// How many of an event's reports are folded into others. Where only parties speak of it there is no origin; one of the reports
/// stands for them all the same.
fn copies(event: &Event) -> u32 {
    event.reports.saturating_sub(event.origins.max(1))
}

fn actor_of(known: &Known, actor: marsad_model::EventActor) -> Actor {
    Actor { label: known.actor(actor.id.as_deref()), actor }
}

fn item(known: &Known, EventPage { event, languages, candidates }: EventPage) -> EventItem {
    EventItem {
        copies: copies(&event),
        id: event.id,
        event_type: event.event_type,
        level: event.level,
        summary: event.summary,
        time: event.time,
        place: event.place.map(|p| place_of(known, p, candidates)),
        actors: event.actors.into_iter().map(|a| actor_of(known, a)).collect(),
        casualties: event.casualties,
        means: event.means,
        reports: event.reports,
        origins: event.origins,
        support: event.support,
        grade: ShortGrade { occurrence: event.grade.occurrence, contested: event.grade.contested, airwars: event.grade.airwars },
        agreed: event.agreed.into_iter().map(|a| ShortAgreement { attribute: a.attribute, value: a.value.value }).collect(),
        disagreements: event
            .disagreements
            .into_iter()
            .map(|d| ShortDisagreement {
                attribute: d.attribute,
                relation: d.relation,
                values: d.values.into_iter().map(|v| v.value).collect(),
            })
            .collect(),
        languages,
    }
}
