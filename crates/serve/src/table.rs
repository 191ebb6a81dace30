//! A page of events for other programs: GeoJSON for maps, CSV for tables.

use crate::answer::{EventItem, Events};
use marsad_model::{EventCasualties, Harm};
use serde_json::{Value, json};

/// The events as a collection of points. One without a place that can be drawn has a null geometry; how exact the point is
/// stands beside it, and nothing is moved.
pub(crate) fn features(events: &Events) -> Value {
    let features: Vec<Value> = events.items.iter().map(feature).collect();
    json!({ "type": "FeatureCollection", "features": features, "next": events.next, "total": events.total })
}

fn feature(item: &EventItem) -> Value {
    let at = item.place.as_ref().and_then(|p| p.place.lat.zip(p.place.lon));
    let geometry = at.map(|(lat, lon)| json!({ "type": "Point", "coordinates": [lon, lat] }));
    let mut properties = serde_json::to_value(item).unwrap_or_default();
    if let Some(fields) = properties.as_object_mut() {
        fields.remove("id");
    }
    json!({ "type": "Feature", "id": item.id, "geometry": geometry, "properties": properties })
}

const COLUMNS: &[&str] = &[
    "id",
    "type",
    "level",
    "start",
    "end",
    "time_precision",
    "place_id",
    "place",
    "country",
    "lat",
    "lon",
    "radius_m",
    "place_precision",
    "actors",
    "killed_min",
    "killed_max",
    "injured_min",
    "injured_max",
    "reports",
    "copies",
    "origins",
    "independent",
    "untraced",
    "grade",
    "disputed",
    "summary",
];

/// The events as a table. A number that no report tells is an empty cell, never zero.
pub(crate) fn csv(events: &Events) -> String {
    let mut out = COLUMNS.join(",") + "\r\n";
    for item in &events.items {
        let cells: Vec<String> = row(item).iter().map(|cell| quoted(cell)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}

fn row(item: &EventItem) -> Vec<String> {
    let text = |value: Value| value.as_str().map_or_else(|| if value.is_null() { String::new() } else { value.to_string() }, str::to_owned);
    let spelt = |value: serde_json::Result<Value>| text(value.unwrap_or_default());
    let time = item.time.as_ref();
    let place = item.place.as_ref();
    let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    let (killed, injured) = (range(&item.casualties, Harm::Killed), range(&item.casualties, Harm::Injured));
    let actors: Vec<String> =
        item.actors.iter().map(|a| format!("{}: {}", spelt(serde_json::to_value(a.actor.role)), a.actor.name)).collect();
    let disputed: Vec<String> = item.disagreements.iter().map(|d| spelt(serde_json::to_value(d.attribute))).collect();
    vec![
        item.id.to_string(),
        item.event_type.to_string(),
        spelt(serde_json::to_value(item.level)),
        time.and_then(|t| t.start).map(|d| d.to_string()).unwrap_or_default(),
        time.and_then(|t| t.end).map(|d| d.to_string()).unwrap_or_default(),
        time.map(|t| spelt(serde_json::to_value(t.precision))).unwrap_or_default(),
        place.and_then(|p| p.place.id.clone()).unwrap_or_default(),
        place.map(|p| p.place.name.clone()).unwrap_or_default(),
        place.and_then(|p| p.country.clone()).unwrap_or_default(),
        number(place.and_then(|p| p.place.lat)),
        number(place.and_then(|p| p.place.lon)),
        place.and_then(|p| p.place.radius_m).map(|r| r.to_string()).unwrap_or_default(),
        place.map(|p| spelt(serde_json::to_value(p.place.precision))).unwrap_or_default(),
        actors.join("; "),
        killed.0,
        killed.1,
        injured.0,
        injured.1,
        item.reports.to_string(),
        item.copies.to_string(),
        item.origins.to_string(),
        item.support.independent.to_string(),
        item.support.untraced.to_string(),
        spelt(serde_json::to_value(item.grade.airwars)),
        disputed.join(" "),
        item.summary.clone(),
    ]
}

/// The lowest and the highest count of one harm.
fn range(casualties: &[EventCasualties], harm: Harm) -> (String, String) {
    let of = |pick: fn(&EventCasualties) -> Option<u32>| casualties.iter().filter(move |c| c.harm == harm).filter_map(pick);
    let text = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    (text(of(|c| c.min).max()), text(of(|c| c.max).max()))
}

/// A cell. One that a spreadsheet would run as a formula is made text by an apostrophe.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}
