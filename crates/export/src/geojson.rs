//! Events as a collection of points, as RFC 7946 has it.

use crate::table::{Cell, EVENTS, event_cells};
use crate::{ExportError, Folder, Out, Record, World, Writer};
use marsad_model::{Event, PlacePrecision};
use marsad_record::LedgerRecord;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// An event as a feature: the table's cells are its properties. Longitude stands first. Where the place is not resolved, or
/// only a region or a country is known, there is no geometry: a point in the middle of a region is no place where anything
/// happened. Nothing is moved.
pub(crate) fn feature(event: &Event, world: &World) -> Value {
    let spot = event.place.as_ref().filter(|p| !matches!(p.precision, PlacePrecision::Region | PlacePrecision::Country));
    let at = spot.and_then(|p| p.lat.zip(p.lon)).filter(|(lat, lon)| lat.is_finite() && lon.is_finite());
    let geometry = at.map(|(lat, lon)| json!({ "type": "Point", "coordinates": [lon, lat] }));
    let cells = EVENTS.iter().zip(event_cells(event, world));
    let properties: Map<String, Value> =
        cells.filter(|(column, _)| column.name != "id").map(|(column, cell)| (column.name.to_owned(), Cell::value(&cell))).collect();
    json!({ "type": "Feature", "id": event.id, "geometry": geometry, "properties": properties })
}

/// The collection in the making, a feature a line.
pub(crate) struct Features {
    world: Arc<World>,
    out: Out,
    any: bool,
}

impl Features {
    pub(crate) fn create(world: Arc<World>, folder: &mut dyn Folder) -> Result<Self, ExportError> {
        let mut out = Out::create(folder, "events.geojson")?;
        out.put(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
        Ok(Self { world, out, any: false })
    }
}

impl Writer for Features {
    fn take(&mut self, record: &Record) -> Result<(), ExportError> {
        let Record::Event(event) = record else { return Ok(()) };
        self.out.put(if self.any { b",\n" } else { b"\n" })?;
        self.any = true;
        self.out.put(&serde_json::to_vec(&feature(event, &self.world))?)
    }

    fn finish(mut self: Box<Self>, _: &LedgerRecord) -> Result<(), ExportError> {
        self.out.put(b"\n]}\n")?;
        self.out.finish()
    }
}
