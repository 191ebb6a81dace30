//! Values that a person may put in the place of what was read.

use crate::anchor::Part;
use jiff::civil::Date;
use marsad_model::{
    ActorRole, EventType, Harm, Intent, Level, MeansKind, Modality, PeopleGroup, PersonStatus, PlacePrecision, Polarity, Sex, Status,
    TimePrecision,
};
use serde::{Deserialize, Serialize};

/// A claim's attribute with the value it has by a person's ruling. A list takes the place of the whole list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "attribute", content = "value", rename_all = "snake_case")]
#[allow(missing_docs)] // the contract's own words
pub enum Value {
    Type(EventType),
    Level(Level),
    Status(Status),
    Modality(Modality),
    Polarity(Polarity),
    Intent(Option<Intent>),
    Actors(Vec<ActorValue>),
    /// Where it happened; places in other roles stay as read.
    Places(Vec<PlaceValue>),
    Time(Option<TimeValue>),
    Casualties(Vec<CasualtiesValue>),
    Means(Vec<MeansValue>),
}

impl Value {
    /// Each attribute of a claim as it is there; lists and a time stand empty. For asking what another claim has in it.
    pub(crate) fn each_of(claim: &marsad_model::Claim<marsad_model::Span>) -> [Self; 11] {
        [
            Self::Type(claim.event_type),
            Self::Level(claim.level),
            Self::Status(claim.status),
            Self::Modality(claim.modality),
            Self::Polarity(claim.polarity),
            Self::Intent(claim.intent),
            Self::Actors(Vec::new()),
            Self::Places(Vec::new()),
            Self::Time(None),
            Self::Casualties(Vec::new()),
            Self::Means(Vec::new()),
        ]
    }

    /// Of what it is the value.
    pub fn part(&self) -> Part {
        match self {
            Self::Type(_) => Part::Type,
            Self::Level(_) => Part::Level,
            Self::Status(_) => Part::Status,
            Self::Modality(_) => Part::Modality,
            Self::Polarity(_) => Part::Polarity,
            Self::Intent(_) => Part::Intent,
            Self::Actors(_) => Part::Actors,
            Self::Places(_) => Part::Places,
            Self::Time(_) => Part::Time,
            Self::Casualties(_) => Part::Casualties,
            Self::Means(_) => Part::Means,
        }
    }
}

/// An actor in its role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorValue {
    /// What it is in the happening.
    pub role: ActorRole,
    /// Knowledge's id, where it lists one.
    #[serde(default)]
    pub id: Option<String>,
    /// Its name.
    pub name: String,
}

/// A place where it happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceValue {
    /// The gazetteer's id, where it has one.
    #[serde(default)]
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Latitude in degrees.
    #[serde(default)]
    pub lat: Option<f64>,
    /// Longitude in degrees.
    #[serde(default)]
    pub lon: Option<f64>,
    /// Within how many metres.
    #[serde(default)]
    pub radius_m: Option<u32>,
    /// How finely.
    pub precision: PlacePrecision,
}

/// The days on which it happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeValue {
    /// First day.
    pub start: Date,
    /// Last day; null means "since".
    #[serde(default)]
    pub end: Option<Date>,
    /// How finely.
    pub precision: TimePrecision,
}

/// Harm to people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CasualtiesValue {
    /// What was suffered.
    pub harm: Harm,
    /// What they were.
    #[serde(default = "unknown")]
    pub status: PersonStatus,
    /// Of what sort.
    #[serde(default)]
    pub group: Option<PeopleGroup>,
    /// Lowest number.
    #[serde(default)]
    pub min: Option<u32>,
    /// Highest number; null with a `min` = at least.
    #[serde(default)]
    pub max: Option<u32>,
}

/// What a named person suffered, and what they were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HarmedValue {
    /// What was suffered.
    pub harm: Harm,
    /// What they were.
    #[serde(default = "unknown")]
    pub status: PersonStatus,
    /// Age in whole years; null leaves it as the report tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<u32>,
    /// Sex; null leaves it as the report tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
}

fn unknown() -> PersonStatus {
    PersonStatus::Unknown
}

/// With what it was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeansValue {
    /// What sort.
    pub kind: MeansKind,
    /// How many, where told.
    #[serde(default)]
    pub count: Option<u32>,
}
