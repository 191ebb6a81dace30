//! One happening in the world, as the set of claims that speak of it.

use crate::claim::words;
use crate::{
    ActorRole, ClaimId, Count, CountScope, EventId, EventType, Harm, Level, MeansKind, PeopleGroup, PersonStatus, PlacePrecision,
    TimePrecision,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

words! {
    /// On what the claims of an event may differ.
    Attribute { Occurrence, Time, Place, Initiator, Actors, Casualties, Status, Means, Intent, Cause, Outcome }
}
words! {
    /// How values differ.
    DisagreementRelation { Excludes, Differs, Superseded, Unordered, TranslationError }
}
words! {
    /// What an accused or claiming party says.
    Stance { Claims, Accepts, DeniesStrike, DeniesHarm, BlamesOther, UnderReview }
}
words! {
    /// On how much the occurrence rests.
    OccurrenceGrade { Single, Multiple, Untraced }
}
words! {
    /// How an event stands in Airwars' terms. A program suggests the first three; the others are for people to rule.
    AirwarsGrade { Weak, Fair, Contested, Confirmed, Discounted }
}

/// How many origins stand behind a value; never a number of reports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Support {
    /// Origins with access of their own.
    pub independent: u32,
    /// Origins of which no copy was found, which proves nothing.
    pub untraced: u32,
}

/// A value, who stands behind it, and the claims that give it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SupportedValue {
    /// The value, for a person to read; its exact form stands in the claims.
    pub value: String,
    /// Origins behind it.
    pub support: Support,
    /// The claims that give it.
    pub claims: Vec<ClaimId>,
}

/// An attribute on which all claims that speak of it agree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// Which.
    pub attribute: Attribute,
    /// What they agree on.
    #[serde(flatten)]
    pub value: SupportedValue,
}

/// An attribute on which an event's claims differ. Shown, never averaged away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Disagreement {
    /// Which.
    pub attribute: Attribute,
    /// How they differ.
    pub relation: DisagreementRelation,
    /// The values, in time order where their reports are dated.
    pub values: Vec<SupportedValue>,
}

/// What a party to the event says itself. Never an origin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Who.
    pub actor: String,
    /// What it says.
    pub stance: Stance,
    /// Where it says so.
    pub claim: ClaimId,
}

/// What an event's standing rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Grade {
    /// How many origins say that it happened.
    pub occurrence: OccurrenceGrade,
    /// On what they differ.
    pub contested: Vec<Attribute>,
    /// A suggestion in Airwars' terms.
    pub airwars: AirwarsGrade,
    /// The reasons, in plain words.
    pub because: Vec<String>,
}

impl Grade {
    /// Stands in a reason for how many sources are loaded: that changes with every report, and an event does not.
    pub const LOADED: &str = "{sources}";

    /// Say how many sources are loaded.
    pub fn tell_loaded(&mut self, sources: u64) {
        let told = if sources == 1 { "1 source".to_owned() } else { format!("{sources} sources") };
        for reason in &mut self.because {
            *reason = reason.replace(Self::LOADED, &told);
        }
    }
}

/// An event's time, as far as its claims allow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventTime {
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// How finely.
    pub precision: TimePrecision,
}

/// An event's place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventPlace {
    /// The gazetteer's id.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Latitude in degrees.
    pub lat: Option<f64>,
    /// Longitude in degrees.
    pub lon: Option<f64>,
    /// Within how many metres.
    pub radius_m: Option<u32>,
    /// How finely it is told.
    pub precision: PlacePrecision,
}

/// An actor of an event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EventActor {
    /// What it is in the event.
    pub role: ActorRole,
    /// Knowledge's id.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
}

/// Harm over all claims of an event: the lowest minimum and the highest maximum, never a sum of overlapping groups.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EventCasualties {
    /// What was suffered.
    pub harm: Harm,
    /// By whom, as stated.
    pub status: PersonStatus,
    /// Of what sort.
    pub group: Option<PeopleGroup>,
    /// On whose side.
    pub affiliation: Option<String>,
    /// Lowest number that some origin gives.
    pub min: Option<u32>,
    /// Highest number that some origin gives.
    pub max: Option<u32>,
    /// How the number is told.
    pub count: Count,
    /// What it covers.
    pub scope: CountScope,
}

/// With what it was done, by any of the claims.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EventMeans {
    /// What sort.
    pub kind: MeansKind,
    /// How many, where told.
    pub count: Option<u32>,
}

/// One happening in the world.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The hash of its smallest claim id.
    pub id: EventId,
    /// What happened, as finely as its claims allow.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// How large.
    pub level: Level,
    /// The event that this one is a part of.
    pub part_of: Option<EventId>,
    /// The sentence that tells it best, in a report's own words.
    pub summary: String,
    /// When.
    pub time: Option<EventTime>,
    /// Where.
    pub place: Option<EventPlace>,
    /// Who.
    pub actors: Vec<EventActor>,
    /// With what harm.
    pub casualties: Vec<EventCasualties>,
    /// With what.
    pub means: Vec<EventMeans>,
    /// How many reports speak of it.
    pub reports: u32,
    /// From how many origins.
    pub origins: u32,
    /// Origins split by access.
    pub support: Support,
    /// What all agree on.
    pub agreed: Vec<Agreement>,
    /// What they differ on.
    pub disagreements: Vec<Disagreement>,
    /// What the parties say.
    pub positions: Vec<Position>,
    /// How it stands, and why.
    pub grade: Grade,
    /// Its claims, sorted.
    pub claims: Vec<ClaimId>,
}

/// The value of an occurrence that those who speak of it deny.
pub const DID_NOT_HAPPEN: &str = "did not happen";

impl Event {
    /// Do all who speak of it say that it did not happen?
    pub fn did_not_happen(&self) -> bool {
        self.agreed.iter().any(|a| a.attribute == Attribute::Occurrence && a.value.value == DID_NOT_HAPPEN)
    }
}
