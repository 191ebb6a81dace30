//! A page of events for maps, as GeoJSON.

use crate::answer::{EventItem, Events};
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
