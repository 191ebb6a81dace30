//! The shapes of the API's answers. Field names are the contract's wherever the contract has a name for a thing; what is
//! added to its records is said here.

use marsad_decision::Value;
use marsad_ledger::SourceLine;
use marsad_model::{
    AirwarsGrade, Attribute, Candidate, ClaimId, DecisionId, DisagreementRelation, Event, EventActor, EventCasualties, EventId, EventMeans,
    EventPlace, EventTime, EventType, Level, Lineage, OccurrenceGrade, Published, Quote, ReportId, ReportKind, Source, Support,
};
use marsad_record::{ClaimRecord, DecisionRecord, MentionRecord, ReportRecord, SetAsideRecord};
use serde::Serialize;

/// A name that knowledge has, in both languages; a name that comes from a report alone has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    /// In English, or in Latin letters.
    pub en: Option<String>,
    /// In Arabic.
    pub ar: Option<String>,
}

/// `GET /events`: a page of events.
#[derive(Debug, Serialize)]
pub struct Events {
    /// The events, in the order asked for (`sort`; latest first where nothing is asked), undated ones last.
    pub items: Vec<EventItem>,
    /// What to give as `cursor` for the next page; null on the last.
    pub next: Option<String>,
    /// How many events pass the filter, on all pages.
    pub total: u64,
}

/// An event as a line of a table or a place on a map: its record without its claims, and what was counted.
#[derive(Debug, Serialize)]
pub struct EventItem {
    /// The event's id; `GET /events/{id}` has its dossier.
    pub id: EventId,
    /// `class.kind`.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// How large.
    pub level: Level,
    /// The sentence that tells it best, in a report's own words.
    pub summary: String,
    /// When; null where nothing tells.
    pub time: Option<EventTime>,
    /// Where; null where nothing tells.
    pub place: Option<Place>,
    /// The parties.
    pub actors: Vec<Actor>,
    /// The harm.
    pub casualties: Vec<EventCasualties>,
    /// With what.
    pub means: Vec<EventMeans>,
    /// How many reports speak of it.
    pub reports: u32,
    /// How many of these reports are folded into the others: their telling descends from another's.
    pub copies: u32,
    /// From how many origins they come.
    pub origins: u32,
    /// The origins behind it, by access.
    pub support: Support,
    /// What it rests on, in short.
    pub grade: ShortGrade,
    /// What all agree on, without support and claims.
    pub agreed: Vec<ShortAgreement>,
    /// On what its reports differ, without support and claims.
    pub disagreements: Vec<ShortDisagreement>,
    /// The languages of the reports that speak of it.
    pub languages: Vec<String>,
}

/// An event's place with its names and what else it may be.
#[derive(Debug, Serialize)]
pub struct Place {
    /// As in the event's record: `id`, `name`, `lat`, `lon`, `radius_m`, `precision`.
    #[serde(flatten)]
    pub place: EventPlace,
    /// Its names.
    pub label: Option<Label>,
    /// The country it lies in (ISO 3166 alpha-2).
    pub country: Option<String>,
    /// The places that the name may mean, where nothing decides.
    pub candidates: Vec<PlaceCandidate>,
}

/// One of several places that a name may mean.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceCandidate {
    /// Its id, and why it is possible.
    #[serde(flatten)]
    pub candidate: Candidate,
    /// Its names.
    pub label: Option<Label>,
    /// Latitude in degrees.
    pub lat: Option<f64>,
    /// Longitude in degrees.
    pub lon: Option<f64>,
}

/// An actor with its names.
#[derive(Debug, Serialize)]
pub struct Actor {
    /// As in the event's record: `role`, `id`, `name`.
    #[serde(flatten)]
    pub actor: EventActor,
    /// Its names.
    pub label: Option<Label>,
}

/// An event's grade without its reasons.
#[derive(Debug, Serialize)]
pub struct ShortGrade {
    /// How many origins say that it happened.
    pub occurrence: OccurrenceGrade,
    /// On what they differ.
    pub contested: Vec<Attribute>,
    /// A suggestion in Airwars' terms.
    pub airwars: AirwarsGrade,
}

/// A value on which all agree.
#[derive(Debug, Serialize)]
pub struct ShortAgreement {
    /// Of which attribute.
    pub attribute: Attribute,
    /// The value.
    pub value: String,
}

/// An attribute on which reports differ.
#[derive(Debug, Serialize)]
pub struct ShortDisagreement {
    /// Which.
    pub attribute: Attribute,
    /// How they differ.
    pub relation: DisagreementRelation,
    /// The values.
    pub values: Vec<String>,
}

/// `GET /events/counts`: how the events that pass a filter spread. Each list is sorted, most events first, months in their
/// order.
#[derive(Debug, Serialize)]
pub struct Counts {
    /// How many events pass the filter.
    pub total: u64,
    /// By type.
    #[serde(rename = "type")]
    pub by_type: Vec<Count>,
    /// By actor, in whatever role; at most 200.
    pub actor: Vec<NamedCount>,
    /// By place, with where it is drawn; at most 5000.
    pub place: Vec<PlaceCount>,
    /// By month of the first day (`2031-06`).
    pub month: Vec<Count>,
    /// By country (ISO 3166 alpha-2).
    pub country: Vec<Count>,
    /// Events of which no time is known.
    pub untimed: u64,
    /// Events of which no place is known.
    pub unplaced: u64,
}

/// A value and how many events have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The value; it can be given to the filter of the same name.
    pub value: String,
    /// How many events.
    pub count: u64,
}

/// An actor and how many events it is in.
#[derive(Debug, Serialize)]
pub struct NamedCount {
    /// Its id, or else its name: what the filter takes.
    pub value: String,
    /// Its id, where knowledge lists it.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Its names.
    pub label: Option<Label>,
    /// How many events.
    pub count: u64,
}

/// A place and how many events are there.
#[derive(Debug, Serialize)]
pub struct PlaceCount {
    /// Its id, or else its name: what the filter takes.
    pub value: String,
    /// How many events.
    pub count: u64,
    /// The place, as it stands in its events. Events that tell one place at other precision stand apart.
    #[serde(flatten)]
    pub place: EventPlace,
    /// Its names.
    pub label: Option<Label>,
    /// The country it lies in.
    pub country: Option<String>,
}

/// `GET /events/{id}`: all that is known of one event.
#[derive(Debug, Serialize)]
pub struct Dossier {
    /// The event's record as exported, with `label` beside names that knowledge has.
    pub event: DossierEvent,
    /// Attribute by attribute, those in dispute first: the values, each with its support and the claims that give it.
    pub attributes: Vec<AttributeValues>,
    /// Its claims, as exported: each value with its span and words. Spans count code points of the report's readable text.
    pub claims: Vec<ClaimRecord>,
    /// The reports that these claims stand in, without their texts.
    pub reports: Vec<ReportHead>,
    /// The ties among these reports, each once.
    pub lineage: Vec<Edge>,
    /// Of how many loaded sources the grade can speak.
    pub sources_loaded: u64,
}

/// An event's record with names beside place and actors.
#[derive(Debug, Serialize)]
pub struct DossierEvent {
    /// The record; `place` and `actors` are given below.
    #[serde(flatten)]
    pub event: Bare,
    /// Where.
    pub place: Option<Place>,
    /// Who.
    pub actors: Vec<Actor>,
    /// How many of its reports are folded into the others.
    pub copies: u32,
    /// The languages of its reports.
    pub languages: Vec<String>,
}

/// An event's record without its place and actors.
#[derive(Debug)]
pub struct Bare(pub Event);

impl Serialize for Bare {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut value = serde_json::to_value(&self.0).map_err(serde::ser::Error::custom)?;
        if let Some(fields) = value.as_object_mut() {
            fields.remove("place");
            fields.remove("actors");
        }
        value.serialize(s)
    }
}

/// An attribute and the values that claims give it.
#[derive(Debug, Serialize)]
pub struct AttributeValues {
    /// Which.
    pub attribute: Attribute,
    /// How the values differ; null where all agree.
    pub relation: Option<DisagreementRelation>,
    /// The values.
    pub values: Vec<marsad_model::SupportedValue>,
}

/// A report without its text.
#[derive(Debug, Clone, Serialize)]
pub struct ReportHead {
    /// Its id; `GET /reports/{id}` has its text.
    pub id: ReportId,
    /// Who published it.
    pub source: Source,
    /// The source's names.
    pub source_label: Option<Label>,
    /// What sort of item.
    pub kind: ReportKind,
    /// Its language: `ar`, `en` or `und`.
    pub language: String,
    /// How its text runs: `rtl` or `ltr`.
    pub direction: &'static str,
    /// Its title.
    pub title: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was published, and how that is known.
    pub published: Option<Published>,
    /// SHA-256 of the sealed bytes.
    pub sha256: Option<String>,
    /// SHA-256 of the readable text.
    pub text_sha256: String,
    /// The telling that it descends from.
    pub origin: Option<marsad_model::OriginId>,
    /// The earlier version at the same address.
    pub version_of: Option<ReportId>,
}

/// A tie between two reports, told from the one that descends.
#[derive(Debug, Clone, Serialize)]
pub struct Edge {
    /// From which report this is told; its stretches are `here`.
    pub report: ReportId,
    /// As in the report's record: `to`, `relation`, `direction` (`from`: this report descends from `to`), `confidence`, `spans`
    /// (each `here` and `there`, in code points with their words), `because`.
    #[serde(flatten)]
    pub tie: Lineage<Quote>,
}

/// `GET /reports/{id}`: a report to be read, with all that was read of it.
#[derive(Debug, Serialize)]
pub struct ReportPage {
    /// Its record as exported.
    pub report: ReportRecord,
    /// The source's names.
    pub source_label: Option<Label>,
    /// How its text runs: `rtl` or `ltr`.
    pub direction: &'static str,
    /// What it says, in the order of the text.
    pub claims: Vec<ClaimRecord>,
    /// What it names, in the order of the text; spans count code points of the text.
    pub mentions: Vec<MentionRecord>,
    /// How it was sealed.
    pub sealed: Vec<Sealed>,
    /// The stretches at which the words of `?q=` stand, in code points of the text; empty where nothing was asked.
    pub hits: Vec<Quote>,
}

/// One way in which a report came in.
#[derive(Debug, Serialize)]
pub struct Sealed {
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// Where they lay, relative to the input that was named.
    pub path: String,
    /// When they were sealed (RFC 3339).
    pub sealed_at: String,
}

/// `GET /reports`: a page of reports.
#[derive(Debug, Serialize)]
pub struct Reports {
    /// The reports, the latest first, undated ones last.
    pub items: Vec<ReportHead>,
    /// What to give as `cursor` for the next page; null on the last.
    pub next: Option<String>,
    /// How many reports pass the filter.
    pub total: u64,
}

/// `GET /search`: the reports in which words stand.
#[derive(Debug, Serialize)]
pub struct Hits {
    /// The reports, those that are most about the words first.
    pub items: Vec<Hit>,
    /// What to give as `cursor` for the next page; null on the last.
    pub next: Option<String>,
    /// How many reports there are.
    pub total: u64,
}

/// A report in which words stand.
#[derive(Debug, Serialize)]
pub struct Hit {
    /// The report.
    pub report: ReportHead,
    /// Its title, cut where the words stand; empty where it has none.
    pub title: Vec<Piece>,
    /// A stretch of its text around the first hit, cut where the words stand.
    pub text: Vec<Piece>,
    /// The events that it speaks of.
    pub events: Vec<EventId>,
}

/// A piece of a text.
#[derive(Debug, Serialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Do the words that were asked for stand here?
    pub hit: bool,
}

/// `GET /sources`: who published the reports.
#[derive(Debug, Serialize)]
pub struct Sources {
    /// The sources, those with most reports first.
    pub items: Vec<SourceItem>,
    /// How many there are.
    pub total: u64,
}

/// A source and what the ledger has of it.
#[derive(Debug, Serialize)]
pub struct SourceItem {
    /// What the ledger has of it.
    #[serde(flatten)]
    pub line: SourceLine,
    /// Its names.
    pub label: Option<Label>,
}

/// `GET /reports/{id}/lineage`: the reports that one is tied to, directly or through others.
#[derive(Debug, Serialize)]
pub struct LineageGraph {
    /// The reports, the one asked for first.
    pub nodes: Vec<ReportHead>,
    /// The ties among them, each once.
    pub edges: Vec<Edge>,
    /// Are there more than could be shown?
    pub truncated: bool,
}

/// `GET /aside`: what was set aside.
#[derive(Debug, Serialize)]
pub struct Aside {
    /// What could not be read, and walls, menus and error pages that stood in a report's place. Where `by_hand` is not null, the
    /// report is to be captured by hand.
    pub items: Vec<SetAsideRecord>,
    /// What to give as `cursor` for the next page.
    pub next: Option<String>,
    /// How many there are.
    pub total: u64,
    /// How many are to be captured by hand.
    pub by_hand: u64,
    /// How many of each kind; `unreadable` where the item has none.
    pub kinds: Vec<Count>,
}

/// `GET /status`: what the ledger holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The program that serves.
    pub program: &'static str,
    /// The program that read the reports.
    pub read_by: Option<String>,
    /// The knowledge it did so with.
    pub knowledge: Option<String>,
    /// Sealed originals.
    pub originals: u64,
    /// Reports.
    pub reports: u64,
    /// Claims.
    pub claims: u64,
    /// Events.
    pub events: u64,
    /// Things set aside.
    pub set_aside: u64,
    /// Was something read since the reports were last compared? Then events are those of before.
    pub stale: bool,
    /// The newest entry of the custody log.
    pub last_run: Option<LastRun>,
    /// Another after every change: what `ETag`s are made of.
    pub state: String,
    /// Which of the page's packages the program carries; without them the page draws a simpler map and takes the reader's own
    /// fonts.
    pub page: PageParts,
}

/// The newest entry of the custody log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LastRun {
    /// When (RFC 3339).
    pub at: String,
    /// What was done.
    pub what: String,
    /// The entry's hash, which covers all before it.
    pub hash: String,
}

/// What the page brings with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PageParts {
    /// The drawing map and its Arabic shaping.
    pub map: bool,
    /// Borders and coasts.
    pub borders: bool,
    /// Its own fonts.
    pub fonts: bool,
}

/// `GET /queue`: claims that nobody ruled on, the least certain first.
#[derive(Debug, Serialize)]
pub struct Queue {
    /// The claims.
    pub items: Vec<QueueItem>,
    /// What to give as `cursor` for the next page; null on the last.
    pub next: Option<String>,
    /// How many waited when events were found last.
    pub total: u64,
}

/// A claim that waits.
#[derive(Debug, Serialize)]
pub struct QueueItem {
    /// Its record.
    pub claim: ClaimRecord,
    /// The report that makes it, without its text.
    pub report: ReportHead,
    /// The decisions on it so far: what to give as `seen`.
    pub seen: Vec<DecisionId>,
}

/// `GET /decisions`: what people ruled, in the order in which they did.
#[derive(Debug, Serialize)]
pub struct Decisions {
    /// The decisions.
    pub items: Vec<DecisionItem>,
    /// What to give as `cursor` for the next page; null on the last.
    pub next: Option<String>,
    /// How many there are on all pages.
    pub total: u64,
}

/// A decision, and what it changed.
#[derive(Debug, Serialize)]
pub struct DecisionItem {
    /// Its record, as exported.
    #[serde(flatten)]
    pub record: DecisionRecord,
    /// The values that it changed, as they were before it and as they became.
    pub changes: Vec<ChangeItem>,
}

/// A value that a decision changed.
#[derive(Debug, Serialize)]
pub struct ChangeItem {
    /// Of which claim.
    pub claim: ClaimId,
    /// As it was just before.
    pub before: Value,
    /// As it became.
    pub after: Value,
}
