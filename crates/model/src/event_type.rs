//! The event types of the contract.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Every `class.kind` of the contract, in its order; `other` exists in each class.
const TYPES: &[(&str, &[&str])] = &[
    ("battle", &["clash", "offensive", "raid", "infiltration", "territory_gain", "withdrawal", "other"]),
    (
        "explosion",
        &[
            "air_strike",
            "drone_strike",
            "shelling",
            "air_or_artillery",
            "naval",
            "bombing",
            "mine",
            "remnant",
            "chemical",
            "interception",
            "other",
        ],
    ),
    (
        "civilians",
        &[
            "attack",
            "targeted_killing",
            "crossfire",
            "celebratory_fire",
            "border_shooting",
            "abduction",
            "sexual_violence",
            "recruitment",
            "other",
        ],
    ),
    ("communal", &["clash", "other"]),
    ("execution", &["execution", "other"]),
    ("custody", &["arrest", "escape", "release", "surrender", "torture", "death", "other"]),
    ("protest", &["protest", "riot", "force_used", "other"]),
    (
        "politics",
        &[
            "negotiation",
            "agreement",
            "mediation",
            "allegiance",
            "demand",
            "threat",
            "statement",
            "responsibility_claim",
            "responsibility_denial",
            "other",
        ],
    ),
    ("movement", &["deployment", "displacement", "evacuation", "return", "other"]),
    ("siege", &["imposed", "eased", "lifted", "siege", "other"]),
    ("aid", &["delivered", "blocked", "attacked", "other"]),
    ("property", &["destruction", "demolition", "arson", "looting", "seizure", "other"]),
    ("remains", &["found", "other"]),
    ("control", &["holds", "other"]),
];

/// What kind of happening (or, for `control`, state) a claim speaks of: a class and a kind of the contract.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventType {
    class: u8,
    kind: u8,
}

/// The text names no event type of the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownEventType(pub String);

impl std::fmt::Display for UnknownEventType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` is no event type of the contract", self.0)
    }
}

impl std::error::Error for UnknownEventType {}

impl EventType {
    /// Every type, in the contract's order.
    pub fn all() -> impl Iterator<Item = Self> {
        TYPES
            .iter()
            .enumerate()
            .flat_map(|(class, (_, kinds))| (0..kinds.len()).map(move |kind| Self { class: class as u8, kind: kind as u8 }))
    }

    /// The class, such as `battle`.
    pub fn class(self) -> &'static str {
        TYPES[usize::from(self.class)].0
    }

    /// The kind, such as `clash`.
    pub fn kind(self) -> &'static str {
        TYPES[usize::from(self.class)].1[usize::from(self.kind)]
    }

    /// Is this a state (who holds what), which never makes an event?
    pub fn is_state(self) -> bool {
        self.class() == "control"
    }
}

impl std::str::FromStr for EventType {
    type Err = UnknownEventType;

    fn from_str(text: &str) -> Result<Self, UnknownEventType> {
        Self::all()
            .find(|t| text.strip_prefix(t.class()).and_then(|rest| rest.strip_prefix('.')) == Some(t.kind()))
            .ok_or_else(|| UnknownEventType(text.to_owned()))
    }
}

impl std::fmt::Display for EventType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.class(), self.kind())
    }
}

impl std::fmt::Debug for EventType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for EventType {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EventType {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_what_it_says() {
        for t in EventType::all() {
            assert_eq!(t.to_string().parse::<EventType>().unwrap(), t);
        }
        assert!("battle.picnic".parse::<EventType>().is_err());
        assert!("battle".parse::<EventType>().is_err());
    }
}
