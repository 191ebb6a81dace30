//! The columns of each table. A name that was given out is never given to something else.

use super::Kind::{Day, Int, Real, Text};
use super::{Cell, Column, Kind, spelt};
use crate::World;
use crate::toll::Toll;
use jiff::civil::Date;
use marsad_model::{ActorRole, ClaimPlace, Event, EventPlace, EventTime, Harm, Quote};
use marsad_record::{ClaimRecord, ReportRecord, VictimRecord};

const fn column<R>(name: &'static str, kind: Kind, of: fn(&R, &World) -> Cell) -> Column<R> {
    Column { name, kind, of }
}

fn time(event: &Event, pick: fn(&EventTime) -> Option<Date>) -> Cell {
    Cell::day(event.time.as_ref().and_then(pick))
}

fn place<T>(event: &Event, pick: impl Fn(&EventPlace) -> T) -> Option<T> {
    event.place.as_ref().map(pick)
}

fn low(event: &Event, harm: Harm) -> Cell {
    Cell::int(Toll::of(event, harm).low)
}

fn high(event: &Event, harm: Harm) -> Cell {
    Cell::int(Toll::of(event, harm).high)
}

/// The table of events.
pub const EVENTS: &[Column<Event>] = &[
    column("id", Text, |e, _| Cell::Text(e.id.to_string())),
    column("type", Text, |e, _| Cell::Text(e.event_type.to_string())),
    column("level", Text, |e, _| Cell::word(&e.level)),
    column("start", Day, |e, _| time(e, |t| t.start)),
    column("end", Day, |e, _| time(e, |t| t.end)),
    column("time_precision", Text, |e, _| Cell::text(e.time.as_ref().map(|t| spelt(&t.precision)))),
    column("place_id", Text, |e, _| Cell::text(place(e, |p| p.id.clone()).flatten())),
    column("place", Text, |e, _| Cell::text(place(e, |p| p.name.clone()))),
    column("country", Text, |e, w| Cell::text(place(e, |p| w.country(p)).flatten())),
    column("lat", Real, |e, _| Cell::real(place(e, |p| p.lat).flatten())),
    column("lon", Real, |e, _| Cell::real(place(e, |p| p.lon).flatten())),
    column("radius_m", Int, |e, _| Cell::int(place(e, |p| p.radius_m).flatten())),
    column("place_precision", Text, |e, _| Cell::text(place(e, |p| spelt(&p.precision)))),
    column("actors", Text, |e, _| Cell::list(e.actors.iter().map(|a| format!("{}: {}", spelt(&a.role), a.name)))),
    column("killed_min", Int, |e, _| low(e, Harm::Killed)),
    column("killed_max", Int, |e, _| high(e, Harm::Killed)),
    column("injured_min", Int, |e, _| low(e, Harm::Injured)),
    column("injured_max", Int, |e, _| high(e, Harm::Injured)),
    column("reports", Int, |e, _| Cell::int(Some(e.reports))),
    // Where only parties speak of it there is no origin; one of the reports stands for them all the same.
    column("copies", Int, |e, _| Cell::int(Some(e.reports.saturating_sub(e.origins.max(1))))),
    column("origins", Int, |e, _| Cell::int(Some(e.origins))),
    column("independent", Int, |e, _| Cell::int(Some(e.support.independent))),
    column("untraced", Int, |e, _| Cell::int(Some(e.support.untraced))),
    column("grade", Text, |e, _| Cell::word(&e.grade.airwars)),
    column("disputed", Text, |e, _| Cell::list(e.disagreements.iter().map(|d| spelt(&d.attribute)))),
    column("summary", Text, |e, _| Cell::Text(e.summary.clone())),
    column("part_of", Text, |e, _| Cell::text(e.part_of.as_ref().map(ToString::to_string))),
    column("means", Text, |e, _| Cell::list(e.means.iter().map(|m| spelt(&m.kind)))),
    column("casualties", Text, |e, _| Cell::json(&e.casualties)),
    column("positions", Text, |e, _| Cell::json(&e.positions)),
    column("agreed", Text, |e, _| Cell::json(&e.agreed)),
    column("disagreements", Text, |e, _| Cell::json(&e.disagreements)),
    column("claims", Text, |e, _| Cell::list(e.claims.iter().map(ToString::to_string))),
];

/// An event's cells, in the order of [`EVENTS`].
pub fn event_cells(event: &Event, world: &World) -> Vec<Cell> {
    EVENTS.iter().map(|column| (column.of)(event, world)).collect()
}

fn actors(record: &ClaimRecord, roles: &[ActorRole]) -> Cell {
    Cell::list(record.claim.actors.iter().filter(|a| roles.contains(&a.role)).map(|a| a.name.clone()))
}

fn site(record: &ClaimRecord) -> Option<&ClaimPlace<Quote>> {
    record.claim.places_where().next()
}

fn least(record: &ClaimRecord, harm: Harm) -> Cell {
    Cell::int(record.claim.casualties.iter().filter(|c| c.harm == harm).filter_map(|c| c.min).max())
}

/// The table of claims.
pub(crate) const CLAIMS: &[Column<ClaimRecord>] = &[
    column("id", Text, |c, _| Cell::Text(c.claim.id.to_string())),
    column("report", Text, |c, _| Cell::Text(c.claim.report.to_string())),
    column("event", Text, |c, _| Cell::text(c.event.as_ref().map(ToString::to_string))),
    column("origin", Text, |c, _| Cell::text(c.origin.as_ref().map(ToString::to_string))),
    column("access", Text, |c, _| Cell::word(&c.claim.access)),
    column("type", Text, |c, _| Cell::Text(c.claim.event_type.to_string())),
    column("level", Text, |c, _| Cell::word(&c.claim.level)),
    column("status", Text, |c, _| Cell::word(&c.claim.status)),
    column("modality", Text, |c, _| Cell::word(&c.claim.modality)),
    column("polarity", Text, |c, _| Cell::word(&c.claim.polarity)),
    column("confidence", Real, |c, _| Cell::real(Some(c.claim.confidence))),
    column("initiators", Text, |c, _| actors(c, &[ActorRole::Initiator])),
    column("targets", Text, |c, _| actors(c, &[ActorRole::Target, ActorRole::Affected, ActorRole::Detainee])),
    column("accused", Text, |c, _| actors(c, &[ActorRole::Accused])),
    column("start", Day, |c, _| Cell::day(c.claim.time.as_ref().and_then(|t| t.start))),
    column("end", Day, |c, _| Cell::day(c.claim.time.as_ref().and_then(|t| t.end))),
    column("time_precision", Text, |c, _| Cell::text(c.claim.time.as_ref().map(|t| spelt(&t.precision)))),
    column("place_id", Text, |c, _| Cell::text(site(c).and_then(|p| p.id.clone()))),
    column("place", Text, |c, _| Cell::text(site(c).map(|p| p.name.clone()))),
    column("lat", Real, |c, _| Cell::real(site(c).and_then(|p| p.lat))),
    column("lon", Real, |c, _| Cell::real(site(c).and_then(|p| p.lon))),
    column("place_precision", Text, |c, _| Cell::text(site(c).map(|p| spelt(&p.precision)))),
    column("killed_min", Int, |c, _| least(c, Harm::Killed)),
    column("injured_min", Int, |c, _| least(c, Harm::Injured)),
    column("trigger", Text, |c, _| Cell::Text(c.claim.trigger.text.clone())),
    column("trigger_start", Int, |c, _| Cell::int(Some(c.claim.trigger.start))),
    column("trigger_end", Int, |c, _| Cell::int(Some(c.claim.trigger.end))),
    column("evidence", Text, |c, _| Cell::Text(c.claim.evidence.text.clone())),
    column("evidence_start", Int, |c, _| Cell::int(Some(c.claim.evidence.start))),
    column("evidence_end", Int, |c, _| Cell::int(Some(c.claim.evidence.end))),
    column("attribution", Text, |c, _| Cell::list(c.claim.attribution.iter().map(|a| a.name.clone()))),
    column("actors", Text, |c, _| Cell::json(&c.claim.actors)),
    column("places", Text, |c, _| Cell::json(&c.claim.places)),
    column("time", Text, |c, _| Cell::json(&c.claim.time)),
    column("casualties", Text, |c, _| Cell::json(&c.claim.casualties)),
    column("means", Text, |c, _| Cell::json(&c.claim.means)),
    column("ruling", Text, |c, _| Cell::json(&c.ruling)),
];

/// The table of victims.
pub(crate) const VICTIMS: &[Column<VictimRecord>] = &[
    column("event", Text, |v, _| Cell::Text(v.event.to_string())),
    column("name_as_written", Text, |v, _| Cell::Text(v.name_as_written.clone())),
    column("age", Int, |v, _| Cell::int(v.age)),
    column("sex", Text, |v, _| Cell::text(v.sex.as_ref().map(spelt))),
    column("kin", Text, |v, _| Cell::text(v.kin.clone())),
    column("harm", Text, |v, _| Cell::word(&v.harm)),
    column("status", Text, |v, _| Cell::word(&v.status)),
    column("publish", Text, |v, _| Cell::word(&v.publish)),
    column("claims", Text, |v, _| Cell::list(v.claims.iter().map(ToString::to_string))),
    column("names", Text, |v, _| Cell::list(v.names.iter().cloned())),
    column("namings", Text, |v, _| Cell::json(&v.namings)),
];

/// The table of reports.
pub(crate) const REPORTS: &[Column<ReportRecord>] = &[
    column("id", Text, |r, _| Cell::Text(r.id.to_string())),
    column("key", Text, |r, _| Cell::text(r.key.clone())),
    column("path", Text, |r, _| Cell::text(r.path.clone())),
    column("url", Text, |r, _| Cell::text(r.url.clone())),
    column("sha256", Text, |r, _| Cell::text(r.sha256.clone())),
    column("text_sha256", Text, |r, _| Cell::Text(r.text_sha256.clone())),
    column("kind", Text, |r, _| Cell::word(&r.kind)),
    column("source_id", Text, |r, _| Cell::text(r.source.id.clone())),
    column("source", Text, |r, _| Cell::text(r.source.name.clone())),
    column("source_kind", Text, |r, _| Cell::word(&r.source.kind)),
    column("source_family", Text, |r, _| Cell::text(r.source.family.clone())),
    column("language", Text, |r, _| Cell::Text(r.language.clone())),
    column("title", Text, |r, _| Cell::text(r.title.clone())),
    column("byline", Text, |r, _| Cell::text(r.byline.clone())),
    column("published", Day, |r, _| Cell::day(r.published.as_ref().map(|p| p.start))),
    column("published_end", Day, |r, _| Cell::day(r.published.as_ref().and_then(|p| p.end))),
    column("published_basis", Text, |r, _| Cell::text(r.published.as_ref().map(|p| spelt(&p.basis)))),
    column("origin", Text, |r, _| Cell::text(r.origin.as_ref().map(ToString::to_string))),
    column("version_of", Text, |r, _| Cell::text(r.version_of.as_ref().map(ToString::to_string))),
    column("state", Text, |r, _| Cell::text(r.state.as_ref().map(spelt))),
    column("lineage", Text, |r, _| Cell::json(&r.lineage)),
    column("captures", Text, |r, _| Cell::json(&r.captures)),
    column("text", Text, |r, _| Cell::Text(r.text.clone())),
];
