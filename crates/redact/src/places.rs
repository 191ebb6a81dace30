//! Buildings and camps are told by their district: a home, a clinic or a shelter can be hit again.

use crate::masked::MASK;
use crate::words::Words;
use marsad_gazetteer::{Gazetteer, Place, PlaceKind};
use serde_json::{Map, Value, json};

/// Puts places to their district.
#[derive(Debug)]
pub(crate) struct Coarse<'k> {
    pub(crate) gazetteer: &'k Gazetteer,
    pub(crate) words: &'k Words,
}

impl Coarse<'_> {
    /// Is this a building or camp, by what the gazetteer says of it, else by its words?
    pub(crate) fn is_shelter(&self, id: Option<&str>, name: &str) -> bool {
        match id.and_then(|id| self.gazetteer.get(id)) {
            Some(place) => matches!(place.kind, PlaceKind::Facility | PlaceKind::Camp),
            None => self.words.is_shelter(name),
        }
    }

    /// Is this record one of a place?
    fn is_place(fields: &Map<String, Value>) -> bool {
        let mention = fields.get("kind").and_then(Value::as_str) == Some("place") && fields.contains_key("span");
        mention || ["name", "lat", "lon", "precision"].iter().all(|field| fields.contains_key(*field))
    }

    /// Is this place of the gazetteer smaller than a district?
    fn is_small(&self, id: &str) -> bool {
        use PlaceKind::{Admin1, Admin2, Country, Region, Water};
        self.gazetteer.get(id).is_some_and(|place| !matches!(place.kind, Country | Admin1 | Admin2 | Region | Water))
    }

    /// Is a place that nothing tells apart from others of its name one of which more than the district could be told?
    fn is_narrow(fields: &Map<String, Value>) -> bool {
        let candidates = fields.get("candidates").and_then(Value::as_array).is_some_and(|all| !all.is_empty());
        candidates || matches!(fields.get("precision").and_then(Value::as_str), Some("exact" | "settlement" | "near"))
    }

    /// The district of a place, or its first-order division where no district is known.
    fn district(&self, id: &str) -> Option<Place<'static>> {
        let place = self.gazetteer.get(id)?;
        self.gazetteer.admin2(place.at).or_else(|| self.gazetteer.admin1(place.at))
    }

    /// The district in which all lie that a name may stand for, where it is one.
    fn shared_district(&self, fields: &Map<String, Value>) -> Option<Place<'static>> {
        let candidates = fields.get("candidates").and_then(Value::as_array)?;
        let mut districts = candidates.iter().map(|c| self.district(c.get("id").and_then(Value::as_str)?));
        let first = districts.next().flatten()?;
        districts.all(|other| other.is_some_and(|other| other.at == first.at)).then_some(first)
    }

    /// Puts the place to its district, where it is a building or camp, was pinned by a person or its words are `touched` by a
    /// mask; where `all` are to be, also a settlement. Says whether it did.
    pub(crate) fn coarsen(&self, fields: &mut Map<String, Value>, touched: bool, all: bool) -> bool {
        if !Self::is_place(fields) {
            return false;
        }
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let id = text(fields.get("id"));
        let name = text(fields.get("name")).unwrap_or_default();
        let words = fields.get("span").and_then(|s| text(s.get("text"))).unwrap_or_default();
        // Whoever pins a point on the map knows it to a few metres, and what stands there is in no list.
        let pinned = id.is_none() && fields.get("precision").and_then(Value::as_str) == Some("exact");
        let is = touched
            || pinned
            || [&name, &words].into_iter().any(|name| self.is_shelter(id.as_deref(), name))
            || all && id.as_deref().map_or_else(|| Self::is_narrow(fields), |id| self.is_small(id));
        if !is {
            return false;
        }
        let holder = id.or_else(|| fields.get("within").and_then(|w| text(w.get("id"))));
        let district = match holder {
            Some(id) => self.district(&id),
            None => self.shared_district(fields),
        };
        let (id, name, point) = match district {
            Some(d) => (json!(d.id.to_string()), d.name_en.to_owned(), d.point),
            None => (Value::Null, MASK.to_owned(), None),
        };
        let radius = district.filter(|d| d.point.is_some()).map(|d| u32::from(d.accuracy_km) * 1000);
        fields.insert("id".to_owned(), id);
        fields.insert("name".to_owned(), json!(name));
        fields.insert("lat".to_owned(), json!(point.map(|p| p.0)));
        fields.insert("lon".to_owned(), json!(point.map(|p| p.1)));
        fields.remove("within");
        if fields.contains_key("candidates") {
            fields.insert("candidates".to_owned(), json!([]));
        }
        if fields.contains_key("radius_m") {
            fields.insert("radius_m".to_owned(), json!(radius));
        }
        if fields.contains_key("precision") {
            let division = district.is_some_and(|d| d.kind == PlaceKind::Admin1);
            fields.insert("precision".to_owned(), json!(if division { "region" } else { "district" }));
        }
        true
    }
}
