//! All that is known of one event.

use super::{Actor, Edge, Place, PlaceCandidate, ReportHead};
use marsad_model::{Attribute, DisagreementRelation, Event};
use marsad_record::{ClaimRecord, VictimRecord};
use serde::Serialize;

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
    /// The places that names in these claims may mean where nothing decides, each once.
    pub candidates: Vec<PlaceCandidate>,
    /// Of how many loaded sources the grade can speak.
    pub sources_loaded: u64,
}

/// `GET /events/{id}/victims`: whom its claims name as harmed, as exported: as they were read, save for what people ruled on them.
#[derive(Debug, Serialize)]
pub struct Victims {
    /// Each person once, whoever names them.
    pub items: Vec<VictimRecord>,
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
