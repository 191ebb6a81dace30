//! What is known of the world beside the ledger: where places lie, what actors are, and what others call things.

use marsad_gazetteer::{Gazetteer, Place, PlaceKind};
use marsad_knowledge::{Actor, Actors, Codes, Files, KnowledgeError, Precision};
use marsad_model::{EventPlace, PlacePrecision};

/// Knowledge as far as the formats need it.
#[derive(Debug)]
pub struct World {
    /// Where places lie.
    pub gazetteer: &'static Gazetteer,
    /// What actors are.
    pub actors: Actors,
    /// What others call things.
    pub codes: Codes,
}

impl World {
    /// Load it from the knowledge files and a gazetteer.
    pub fn load(files: &Files, gazetteer: &'static Gazetteer) -> Result<Self, KnowledgeError> {
        Ok(Self { gazetteer, actors: Actors::load(files, |_, _, _, _| ())?, codes: Codes::load(files)? })
    }

    fn listed(&self, place: &EventPlace) -> Option<Place<'static>> {
        self.gazetteer.get(place.id.as_deref()?)
    }

    /// The country that a place lies in, by its ISO 3166 alpha-2 code.
    pub(crate) fn country(&self, place: &EventPlace) -> Option<&'static str> {
        self.listed(place)?.country
    }

    /// The names of country, first- and second-order division that a place lies in, as far as the lists tell.
    pub(crate) fn divisions(&self, place: &EventPlace) -> [Option<&'static str>; 3] {
        let Some(at) = self.listed(place).map(|place| place.at) else { return [None; 3] };
        [self.gazetteer.country(at), self.gazetteer.admin1(at), self.gazetteer.admin2(at)].map(|place| place.map(|p| p.name_en))
    }

    /// How finely a place is known; the gazetteer tells divisions from other regions.
    pub(crate) fn precision(&self, place: &EventPlace) -> Precision {
        match place.precision {
            PlacePrecision::Exact => Precision::Exact,
            PlacePrecision::Settlement => Precision::Settlement,
            PlacePrecision::Near => Precision::Near,
            PlacePrecision::District => Precision::District,
            PlacePrecision::Region if self.listed(place).is_some_and(|p| p.kind == PlaceKind::Admin1) => Precision::Province,
            PlacePrecision::Region => Precision::Region,
            PlacePrecision::Country => Precision::Country,
        }
    }

    /// An actor that knowledge lists.
    pub(crate) fn actor(&self, id: Option<&str>) -> Option<&Actor> {
        self.actors.get(id?)
    }
}
