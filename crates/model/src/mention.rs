//! Spans that name or count something.

use serde::{Deserialize, Serialize};

/// What a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MentionKind {
    /// A party that knowledge lists: group, force, state, body that acts.
    Actor,
    /// A human being.
    Person,
    /// Any other named body.
    Organisation,
    /// A place.
    Place,
    /// A time expression.
    Time,
    /// A number with what it counts.
    Quantity,
    /// A means of attack.
    Weapon,
}

/// One of several things a name may mean, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Candidate {
    /// Its id.
    pub id: String,
    /// Why it is (still) possible.
    pub because: String,
}

/// A span that names an actor, a person, an organisation, a place, a time, a quantity or a weapon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention<S> {
    /// What it names.
    pub kind: MentionKind,
    /// The words.
    pub span: S,
    /// Knowledge's or the gazetteer's id; null where nothing decides.
    pub id: Option<String>,
    /// Why this id and no other ("named in the report's dateline", "lies in Deir ez-Zor, named beside it"); without an id, why it is taken
    /// for a name ("tagger 0.93").
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub because: Option<String>,
    /// What came second, and what spoke for it; null where nothing else was possible.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub second: Option<Candidate>,
    /// For a place that no list has: what holds it or lies beside it, as far as the report tells, and why.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub within: Option<Candidate>,
    /// English name where known, else the words.
    pub name: String,
    /// Latitude in degrees (WGS 84), for places.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lat: Option<f64>,
    /// Longitude in degrees.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lon: Option<f64>,
    /// ISO 3166 alpha-2, on places and on actors that are a state or named by a nationality.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub country: Option<String>,
    /// What else it may be.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub candidates: Vec<Candidate>,
    /// TIMEX3-like for times, the number for quantities.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<String>,
}

impl<S> Mention<S> {
    /// The same mention with its span in other terms.
    pub fn map<T>(self, f: impl FnOnce(S) -> T) -> Mention<T> {
        Mention {
            kind: self.kind,
            span: f(self.span),
            id: self.id,
            because: self.because,
            second: self.second,
            within: self.within,
            name: self.name,
            lat: self.lat,
            lon: self.lon,
            country: self.country,
            candidates: self.candidates,
            value: self.value,
        }
    }
}
