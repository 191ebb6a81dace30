//! What is known of actors, places and sources beside what the ledger holds of them: their names in both languages.

use crate::answer::Label;
use marsad_export::World;
use marsad_gazetteer::Gazetteer;
use marsad_knowledge::{Files, KnowledgeError, Sources};
use marsad_redact::Redactor;
use marsad_search::Terms;
use std::sync::Arc;

/// Knowledge as far as the page needs it.
pub struct Known {
    pub(crate) world: Arc<World>,
    sources: Sources,
    pub(crate) terms: Terms,
    pub(crate) redactor: Redactor<'static>,
}

impl Known {
    /// Load it from the knowledge files and a gazetteer.
    pub fn load(files: &Files, gazetteer: &'static Gazetteer) -> Result<Self, KnowledgeError> {
        Ok(Self {
            world: Arc::new(World::load(files, gazetteer)?),
            sources: Sources::load(files)?,
            terms: Terms::load(files)?,
            redactor: Redactor::load(files, gazetteer)?,
        })
    }

    /// The names of an actor.
    pub(crate) fn actor(&self, id: Option<&str>) -> Option<Label> {
        let actor = self.world.actors.get(id?)?;
        Some(Label { en: Some(actor.name_en.clone()), ar: Some(actor.name_ar.clone()) })
    }

    /// The names of a place.
    pub(crate) fn place(&self, id: Option<&str>) -> Option<Label> {
        let place = self.world.gazetteer.get(id?)?;
        Some(Label { en: Some(place.name_en.to_owned()), ar: place.name_ar.map(str::to_owned) })
    }

    /// The names of the division that a place lies in, where it is not that division itself.
    pub(crate) fn division(&self, place: &str) -> Option<Label> {
        let place = self.world.gazetteer.get(place)?;
        let division = self.world.gazetteer.admin1(place.at).filter(|division| division.at != place.at)?;
        Some(Label { en: Some(division.name_en.to_owned()), ar: division.name_ar.map(str::to_owned) })
    }

    /// Where a place lies: latitude and longitude.
    pub(crate) fn point(&self, place: &str) -> Option<(f64, f64)> {
        self.world.gazetteer.get(place)?.point
    }

    /// The country that a place lies in, by its ISO 3166 code.
    pub(crate) fn country(&self, place: Option<&str>) -> Option<&'static str> {
        self.world.gazetteer.get(place?)?.country
    }

    /// The ids of what a place lies in.
    pub(crate) fn containers(&self, place: Option<&str>) -> Vec<String> {
        let Some(place) = place.and_then(|id| self.world.gazetteer.get(id)) else { return Vec::new() };
        self.world.gazetteer.containers(place.at).map(|c| c.id.to_string()).collect()
    }

    /// The names of a source.
    pub(crate) fn source(&self, id: Option<&str>) -> Option<Label> {
        let source = self.sources.get(id?)?;
        Some(Label { en: Some(source.name_en.clone()), ar: source.name_ar.clone() })
    }
}
