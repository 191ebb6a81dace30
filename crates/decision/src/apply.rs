//! A claim with what was ruled on it laid over what was read.

use crate::rulings::ClaimRuling;
use crate::value::{ActorValue, CasualtiesValue, MeansValue, PlaceValue, TimeValue, Value};
use marsad_model::{
    Casualties, Claim, ClaimActor, ClaimPlace, ClaimTime, Count, CountScope, DecisionId, Means, PlaceRole, Span, TimeBasis,
};

/// Lay the values that were ruled over a claim. A value keeps the words of the one it stands for: the same one as read, or
/// the only one whose place it takes alone; any other is carried by the sentence.
pub fn apply(claim: &mut Claim<Span>, ruling: &ClaimRuling) {
    for edited in &ruling.edits {
        put(claim, &edited.value);
    }
}

/// Each value that was ruled, with the one that was read of the claim and the decision.
pub fn edited_parts(read: &Claim<Span>, ruling: &ClaimRuling) -> Vec<(Value, Value, DecisionId)> {
    ruling.edits.iter().map(|e| (Value::of(read, &e.value), e.value.clone(), e.decision.clone())).collect()
}

impl Value {
    /// The value that a claim has in the attribute of this one.
    pub fn of(claim: &Claim<Span>, like: &Self) -> Self {
        match like {
            Self::Type(_) => Self::Type(claim.event_type),
            Self::Level(_) => Self::Level(claim.level),
            Self::Status(_) => Self::Status(claim.status),
            Self::Modality(_) => Self::Modality(claim.modality),
            Self::Polarity(_) => Self::Polarity(claim.polarity),
            Self::Intent(_) => Self::Intent(claim.intent),
            Self::Actors(_) => {
                Self::Actors(claim.actors.iter().map(|a| ActorValue { role: a.role, id: a.id.clone(), name: a.name.clone() }).collect())
            }
            Self::Places(_) => Self::Places(claim.places_where().map(place_value).collect()),
            Self::Time(_) => Self::Time(claim.time.as_ref().and_then(time_value)),
            Self::Casualties(_) => Self::Casualties(
                claim
                    .casualties
                    .iter()
                    .map(|c| CasualtiesValue { harm: c.harm, status: c.status, group: c.group, min: c.min, max: c.max })
                    .collect(),
            ),
            Self::Means(_) => Self::Means(claim.means.iter().map(|m| MeansValue { kind: m.kind, count: m.count }).collect()),
        }
    }
}

fn place_value(p: &ClaimPlace<Span>) -> PlaceValue {
    PlaceValue { id: p.id.clone(), name: p.name.clone(), lat: p.lat, lon: p.lon, radius_m: p.radius_m, precision: p.precision }
}

fn time_value(t: &ClaimTime<Span>) -> Option<TimeValue> {
    Some(TimeValue { start: t.start?, end: t.end, precision: t.precision })
}

fn put(claim: &mut Claim<Span>, value: &Value) {
    let sentence = claim.evidence;
    match value {
        Value::Type(v) => claim.event_type = *v,
        Value::Level(v) => claim.level = *v,
        Value::Status(v) => claim.status = *v,
        Value::Modality(v) => claim.modality = *v,
        Value::Polarity(v) => claim.polarity = *v,
        Value::Intent(v) => claim.intent = *v,
        Value::Actors(actors) => claim.actors = actors.iter().map(|a| actor(a, actors, &claim.actors, sentence)).collect(),
        Value::Places(places) => {
            let ruled: Vec<_> = places.iter().map(|p| place(p, places.len(), &claim.places, sentence)).collect();
            claim.places.retain(|p| p.role != PlaceRole::Where);
            claim.places.splice(0..0, ruled);
        }
        Value::Time(time) => claim.time = time.as_ref().map(|t| when(t, claim.time.as_ref(), sentence)),
        Value::Casualties(all) => claim.casualties = all.iter().map(|c| harm(c, all, &claim.casualties, sentence)).collect(),
        Value::Means(all) => {
            let words = |v: &MeansValue| {
                let same = claim.means.iter().find(|m| m.kind == v.kind);
                same.or_else(|| only(claim.means.iter()).filter(|_| all.len() == 1))
            };
            let ruled = all.iter().map(|v| {
                let (span, carried) = words(v).map_or((sentence, true), |m| (m.span, m.carried));
                Means { kind: v.kind, count: v.count, span, carried }
            });
            claim.means = ruled.collect();
        }
    }
}

/// The only one; `None` where there are several: then none of them is what was replaced.
fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    all.next().filter(|_| all.next().is_none())
}

fn actor(v: &ActorValue, ruled: &[ActorValue], read: &[ClaimActor<Span>], sentence: Span) -> ClaimActor<Span> {
    let one = |a: &&ClaimActor<Span>| if v.id.is_some() { a.id == v.id } else { a.name == v.name };
    let replaced = || only(read.iter().filter(|a| a.role == v.role)).filter(|_| only(ruled.iter().filter(|a| a.role == v.role)).is_some());
    let words = read.iter().find(one).or_else(replaced);
    let (span, carried) = words.map_or((sentence, true), |a| (a.span, a.carried));
    ClaimActor { role: v.role, id: v.id.clone(), name: v.name.clone(), span, carried }
}

fn place(v: &PlaceValue, ruled: usize, read: &[ClaimPlace<Span>], sentence: Span) -> ClaimPlace<Span> {
    let sites = || read.iter().filter(|p| p.role == PlaceRole::Where);
    let same = sites().find(|p| if v.id.is_some() { p.id == v.id } else { p.name == v.name });
    let words = same.or_else(|| only(sites()).filter(|_| ruled == 1));
    let (span, carried) = words.map_or((sentence, true), |p| (p.span, p.carried));
    ClaimPlace {
        role: PlaceRole::Where,
        id: v.id.clone(),
        name: v.name.clone(),
        lat: v.lat,
        lon: v.lon,
        radius_m: v.radius_m,
        precision: v.precision,
        candidates: Vec::new(),
        span,
        carried,
    }
}

fn when(v: &TimeValue, read: Option<&ClaimTime<Span>>, sentence: Span) -> ClaimTime<Span> {
    let words = read.and_then(|t| Some((t.span?, t.carried)));
    let (span, carried) = words.unwrap_or((sentence, true));
    ClaimTime {
        start: Some(v.start),
        end: v.end,
        start_time: None,
        end_time: None,
        precision: v.precision,
        basis: TimeBasis::Decided,
        relative: None,
        span: Some(span),
        carried,
    }
}

fn harm(v: &CasualtiesValue, ruled: &[CasualtiesValue], read: &[Casualties<Span>], sentence: Span) -> Casualties<Span> {
    let replaced = || only(read.iter().filter(|c| c.harm == v.harm)).filter(|_| only(ruled.iter().filter(|c| c.harm == v.harm)).is_some());
    let words = read.iter().find(|c| c.harm == v.harm && c.group == v.group).or_else(replaced);
    let (span, carried) = words.map_or((sentence, true), |c| (c.span, c.carried));
    let count = match (v.min, v.max) {
        (None, None) => Count::NotStated,
        (Some(a), Some(b)) if a == b => Count::Exact,
        (Some(_), None) => Count::AtLeast,
        (None, Some(_)) => Count::AtMost,
        (Some(_), Some(_)) => Count::About,
    };
    Casualties {
        harm: v.harm,
        status: v.status,
        group: v.group,
        affiliation: words.and_then(|c| c.affiliation.clone()),
        min: v.min,
        max: v.max,
        count,
        scope: words.map_or(CountScope::Event, |c| c.scope),
        part_of: None,
        span,
        carried,
    }
}
