//! What one report says happened or holds.

use crate::{Candidate, ClaimId, ClaimTime, EventType, ReportId};
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs)] // the contract's own words
        pub enum $name { $($variant),+ }

        impl $name {
            /// Every value, in the contract's order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
        }
    };
}
pub(crate) use words;

words! {
    /// How large a thing is told: one strike, one night's strikes, one campaign.
    Level { Act, Incident, Episode }
}
words! {
    /// Is it news or history?
    Status { Current, Background }
}
words! {
    /// Has the report seen or asked for itself, or does it pass on?
    Access { Own, Relayed, Unknown }
}
words! {
    /// How sure the source says it is.
    Modality { Asserted, Alleged, Denied, Predicted, Proposed, Threatened, Asked, Conditional }
}
words! {
    /// Does the source say that it did, or that it did not happen?
    Polarity { Positive, Negative }
}
words! {
    /// What an actor is in a happening.
    ActorRole { Initiator, Target, Party, Mediator, Supporter, Affected, Detainee, Controller, Accused, Speaker }
}
words! {
    /// What a place is in a happening.
    PlaceRole { Where, Launch, Origin, Destination, Hometown, Mentioned }
}
words! {
    /// How finely a place is told.
    PlacePrecision { Exact, Settlement, Near, District, Region, Country }
}
words! {
    /// What was suffered.
    Harm { Killed, Injured, Captured, Detained, Missing, Displaced, Surrendered, Tortured, SexualViolence }
}
words! {
    /// What those who suffered were, only as stated: a word of honour decides nothing.
    PersonStatus { Civilian, Combatant, HorsDeCombat, Unknown }
}
words! {
    /// Of what sort those who suffered were.
    PeopleGroup { Men, Women, Boys, Girls, Children, Elderly }
}
words! {
    /// How a number is told.
    Count { Exact, AtLeast, AtMost, About, Vague, NotStated }
}
words! {
    /// What a number covers.
    CountScope { Event, TollSoFar, Period }
}
words! {
    /// With what.
    MeansKind {
        SmallArms, Artillery, Mortar, Rocket, Missile, AirDropped, Drone, Tank, VehicleBomb, SuicideVest, Ied, Mine,
        Grenade, Chemical, Incendiary, Cluster, Knife, Fire, Other,
    }
}

impl MeansKind {
    /// Does it blow up, or burst into flames?
    pub fn explodes(self) -> bool {
        !matches!(self, Self::SmallArms | Self::Knife | Self::Fire | Self::Other)
    }
}

words! {
    /// Who says so.
    AttributionKind {
        Outlet, Correspondent, Organisation, NamedPerson, UnnamedSource, Official, Witness, Hospital, Family, SocialMedia,
    }
}
words! {
    /// How it ended, or that it did not.
    OutcomeKind { Ongoing, Ended, Failed, Repelled, Succeeded }
}
words! {
    /// Was the harm meant?
    Intent { Deliberate, Mistaken, Indiscriminate }
}

/// An actor in its role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClaimActor<S> {
    /// What it is in the happening.
    pub role: ActorRole,
    /// Knowledge's id; null for those it does not list.
    pub id: Option<String>,
    /// English name where known, else the words.
    pub name: String,
    /// The words.
    pub span: S,
    /// The words stand for something said elsewhere in the report.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub carried: bool,
}

/// A place in its role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClaimPlace<S> {
    /// What it is in the happening.
    pub role: PlaceRole,
    /// The gazetteer's id; null where nothing decides or nothing is known.
    pub id: Option<String>,
    /// English name where known, else the words.
    pub name: String,
    /// Latitude in degrees; null where no point is known.
    pub lat: Option<f64>,
    /// Longitude in degrees.
    pub lon: Option<f64>,
    /// Within how many metres of the point.
    pub radius_m: Option<u32>,
    /// How finely it is told.
    pub precision: PlacePrecision,
    /// What else it may be.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub candidates: Vec<Candidate>,
    /// The words.
    pub span: S,
    /// The words stand elsewhere in the report and hold here too.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub carried: bool,
}

/// Harm to people, as counted or not counted by the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Casualties<S> {
    /// What was suffered.
    pub harm: Harm,
    /// What they were, only as stated.
    pub status: PersonStatus,
    /// Of what sort, where stated.
    pub group: Option<PeopleGroup>,
    /// On whose side, as knowledge's id or in the report's words.
    pub affiliation: Option<String>,
    /// Lowest number; null = not stated, 0 only where someone stated none.
    pub min: Option<u32>,
    /// Highest number; null with a `min` = at least.
    pub max: Option<u32>,
    /// How the number is told.
    pub count: Count,
    /// What it covers.
    pub scope: CountScope,
    /// Index of the total that includes this one.
    pub part_of: Option<u32>,
    /// The words.
    pub span: S,
    /// The words stand elsewhere in the report and hold here too.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub carried: bool,
}

/// With what it was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Means<S> {
    /// What sort.
    pub kind: MeansKind,
    /// How many, where told.
    pub count: Option<u32>,
    /// The words.
    pub span: S,
    /// The words stand elsewhere in the report and hold here too.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub carried: bool,
}

/// One link of the chain of who says so, nearest the reader first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attribution<S> {
    /// What sort of voice.
    pub kind: AttributionKind,
    /// Knowledge's id of an actor or source, where it lists one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub id: Option<String>,
    /// Its name, or the words for it.
    pub name: String,
    /// The words.
    pub span: S,
    /// The words stand elsewhere in the report and hold here too.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub carried: bool,
}

/// Why it happened, as the report gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cause<S> {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: S,
    /// They stand elsewhere in the report and hold here too.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub carried: bool,
}

/// How it ended, as the report gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome<S> {
    /// How.
    pub kind: OutcomeKind,
    /// The words.
    pub span: S,
    /// They stand elsewhere in the report and hold here too.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub carried: bool,
}

/// What one report says happened or holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "S: Deserialize<'de>"))]
pub struct Claim<S> {
    /// Report and trigger span, hashed.
    pub id: ClaimId,
    /// The report that says it.
    pub report: ReportId,
    /// Own or relayed.
    pub access: Access,
    /// What happened.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// How large.
    pub level: Level,
    /// News or history.
    pub status: Status,
    /// The words that speak of the happening.
    pub trigger: S,
    /// How sure Marsad is to have read it right, 0 to 1.
    pub confidence: f64,
    /// How sure the source is.
    pub modality: Modality,
    /// That it did, or did not.
    pub polarity: Polarity,
    /// Who.
    pub actors: Vec<ClaimActor<S>>,
    /// Where.
    pub places: Vec<ClaimPlace<S>>,
    /// When; null where it cannot be told.
    pub time: Option<ClaimTime<S>>,
    /// With what harm.
    pub casualties: Vec<Casualties<S>>,
    /// With what.
    pub means: Vec<Means<S>>,
    /// Who says so.
    pub attribution: Vec<Attribution<S>>,
    /// Why.
    pub cause: Option<Cause<S>>,
    /// How it ended.
    pub outcome: Option<Outcome<S>>,
    /// Meant or not, where stated.
    pub intent: Option<Intent>,
    /// The sentence that holds the trigger.
    pub evidence: S,
    /// Where else the report says it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub more_evidence: Vec<S>,
    /// The frame that produced it, and what it rested on.
    pub because: Vec<String>,
}

impl<S> Claim<S> {
    /// The places where it happened.
    pub fn places_where(&self) -> impl Iterator<Item = &ClaimPlace<S>> {
        self.places.iter().filter(|p| p.role == PlaceRole::Where)
    }

    /// Can this claim join an event? States, background and what is only foretold, proposed, threatened, asked or
    /// conditional cannot; a denial joins the event that it denies.
    pub fn makes_event(&self) -> bool {
        !self.event_type.is_state()
            && self.status == Status::Current
            && matches!(self.modality, Modality::Asserted | Modality::Alleged | Modality::Denied)
    }

    /// The same claim with its spans in other terms; the first span that cannot be put so is the error.
    pub fn try_map<T, E>(self, f: &mut impl FnMut(S) -> Result<T, E>) -> Result<Claim<T>, E> {
        Ok(Claim {
            trigger: f(self.trigger)?,
            evidence: f(self.evidence)?,
            more_evidence: self.more_evidence.into_iter().map(&mut *f).collect::<Result<_, _>>()?,
            actors: each(self.actors, |a| Ok(ClaimActor { role: a.role, id: a.id, name: a.name, span: f(a.span)?, carried: a.carried }))?,
            places: each(self.places, |p| {
                Ok(ClaimPlace {
                    role: p.role,
                    id: p.id,
                    name: p.name,
                    lat: p.lat,
                    lon: p.lon,
                    radius_m: p.radius_m,
                    precision: p.precision,
                    candidates: p.candidates,
                    span: f(p.span)?,
                    carried: p.carried,
                })
            })?,
            time: self
                .time
                .map(|t| {
                    Ok(ClaimTime {
                        start: t.start,
                        end: t.end,
                        start_time: t.start_time,
                        end_time: t.end_time,
                        precision: t.precision,
                        basis: t.basis,
                        relative: t.relative,
                        span: t.span.map(&mut *f).transpose()?,
                        carried: t.carried,
                    })
                })
                .transpose()?,
            casualties: each(self.casualties, |c| {
                Ok(Casualties {
                    harm: c.harm,
                    status: c.status,
                    group: c.group,
                    affiliation: c.affiliation,
                    min: c.min,
                    max: c.max,
                    count: c.count,
                    scope: c.scope,
                    part_of: c.part_of,
                    span: f(c.span)?,
                    carried: c.carried,
                })
            })?,
            means: each(self.means, |m| Ok(Means { kind: m.kind, count: m.count, span: f(m.span)?, carried: m.carried }))?,
            attribution: each(self.attribution, |a| {
                Ok(Attribution { kind: a.kind, id: a.id, name: a.name, span: f(a.span)?, carried: a.carried })
            })?,
            cause: self.cause.map(|c| Ok(Cause { text: c.text, span: f(c.span)?, carried: c.carried })).transpose()?,
            outcome: self.outcome.map(|o| Ok(Outcome { kind: o.kind, span: f(o.span)?, carried: o.carried })).transpose()?,
            id: self.id,
            report: self.report,
            access: self.access,
            event_type: self.event_type,
            level: self.level,
            status: self.status,
            confidence: self.confidence,
            modality: self.modality,
            polarity: self.polarity,
            intent: self.intent,
            because: self.because,
        })
    }
}

fn each<A, B, E>(items: Vec<A>, f: impl FnMut(A) -> Result<B, E>) -> Result<Vec<B>, E> {
    items.into_iter().map(f).collect()
}
