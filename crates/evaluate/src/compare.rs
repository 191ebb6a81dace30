//! A row and an event, field by field.
//!
//! Date: right where both share a day and the event is told no more vaguely than `vague_days` or the row itself. Place: right
//! where names or ids are the same, where the row's place holds the event's, or where both points lie within `within_km` and
//! what the row's own code allows; an area of ours that holds theirs is too vague to be judged. Type: right where the row's
//! word stands for ours; `other` and what leaves the type open count as unknown. Parties: right where both are one actor or
//! one is part of the other; actors of ours that no list knows ("gunmen") are neither right nor wrong. Numbers: right where
//! both ranges share a number. Means: right where one of ours is one of theirs.
//! What a row leaves empty is not judged; what it says in words that nothing explains is `not_judged`.

use crate::fold::key;
use crate::known::Known;
use crate::ours::{Ours, Told};
use crate::shape::{Matching, Shape, Sides};
use crate::theirs::{Coded, Range, TheirActor, TheirPlace, Theirs, is_area};
use jiff::civil::Date;
use marsad_model::{EventActor, Harm};
use serde::Serialize;

/// What a field of ours is worth beside theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Both say the same.
    Right,
    /// They differ.
    Wrong,
    /// Ours is silent, or too vague to say.
    Unknown,
    /// Nothing tells what theirs means.
    NotJudged,
}

impl Verdict {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Wrong => "wrong",
            Self::Unknown => "unknown",
            Self::NotJudged => "not judged",
        }
    }
}

/// The fields that are judged, in the order in which they are shown.
pub const JUDGED: &[&str] = &["date", "place", "type", "initiator", "target", "deaths", "injuries", "means"];

/// One field of a row beside an event's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldVerdict {
    /// Which.
    pub field: &'static str,
    /// What the row says.
    pub theirs: String,
    /// What the event says.
    pub ours: Option<String>,
    /// How they stand.
    pub verdict: Verdict,
}

/// How far two days or places are from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nearness {
    Same,
    Near,
    Far,
    /// Beyond all that an error explains.
    Apart,
    /// Ours holds theirs and is too vague to tell.
    Wider,
    Unknown,
}

pub(crate) struct Judge<'k> {
    pub(crate) known: &'k Known<'k>,
    pub(crate) rules: &'k Matching,
    pub(crate) shape: &'k Shape,
}

impl Judge<'_> {
    pub(crate) fn days(&self, theirs: Option<(Date, Date)>, ours: Option<(Date, Date)>) -> Nearness {
        let (Some(theirs), Some(ours)) = (theirs, ours) else { return Nearness::Unknown };
        let gap = match () {
            () if theirs.0 > ours.1 => days_between(ours.1, theirs.0),
            () if ours.0 > theirs.1 => days_between(theirs.1, ours.0),
            () => 0,
        };
        let length = days_between(ours.0, ours.1);
        match gap {
            0 if length <= self.rules.vague_days.max(days_between(theirs.0, theirs.1)) => Nearness::Same,
            0 => Nearness::Wider,
            gap if gap <= self.rules.days => Nearness::Near,
            gap if gap <= self.rules.far_days => Nearness::Far,
            _ => Nearness::Apart,
        }
    }

    pub(crate) fn place(&self, theirs: Option<&TheirPlace>, ours: &Ours<'_>) -> Nearness {
        let (Some(theirs), Some(named)) = (theirs, &ours.event.place) else { return Nearness::Unknown };
        let gazetteer = self.known.gazetteer;
        if ours.place.is_some_and(|at| theirs.places.contains(&at)) || key(&named.name) == key(&theirs.told) {
            return Nearness::Same;
        }
        if let Some(at) = ours.place {
            if theirs.places.iter().any(|holder| gazetteer.covers(*holder, at)) {
                return Nearness::Near;
            }
            if is_area(gazetteer.place(at).kind) {
                let accuracy = gazetteer.location(at).map_or(0.0, |l| f64::from(l.accuracy_km));
                let holds = theirs.places.iter().any(|place| gazetteer.covers(at, *place));
                let reaches = self.km(theirs, ours).is_some_and(|km| km <= accuracy + self.rules.within_km);
                return if holds || reaches { Nearness::Wider } else { Nearness::Apart };
            }
        }
        match self.km(theirs, ours).map(|km| (km - theirs.radius_km).max(0.0)) {
            None => Nearness::Unknown,
            Some(km) if km <= self.rules.near_km => Nearness::Same,
            Some(km) if km <= self.rules.within_km => Nearness::Near,
            Some(km) if km <= self.rules.far_km => Nearness::Far,
            Some(_) => Nearness::Apart,
        }
    }

    /// Kilometres between the row's point, else the nearest place of its name, and the event's.
    fn km(&self, theirs: &TheirPlace, ours: &Ours<'_>) -> Option<f64> {
        let point = ours.point?;
        let own = theirs.point.map(|p| marsad_gazetteer::distance_km(p, point));
        let listed = || theirs.places.iter().filter_map(|at| self.known.gazetteer.location(*at));
        own.or_else(|| listed().map(|l| marsad_gazetteer::distance_km(l.point, point)).min_by(f64::total_cmp))
    }

    pub(crate) fn kind(&self, theirs: &Coded, ours: &Ours<'_>) -> Verdict {
        let Some(meant) = &theirs.ours else { return Verdict::NotJudged };
        let (kind, whole) = (ours.event.event_type, ours.event.event_type.to_string());
        let open = self.rules.left_open.get(&whole);
        let same_class = || meant.iter().any(|m| class(m) == kind.class());
        match () {
            () if meant.iter().any(|m| *m == whole || m == kind.class()) => Verdict::Right,
            () if open.is_some_and(|open| meant.iter().any(|m| open.contains(m))) => Verdict::Unknown,
            () if kind.kind() == "other" && same_class() => Verdict::Unknown,
            () => Verdict::Wrong,
        }
    }

    pub(crate) fn same_class(theirs: &Coded, ours: &Ours<'_>) -> bool {
        theirs.ours.iter().flatten().any(|m| class(m) == ours.event.event_type.class())
    }

    pub(crate) fn actor(&self, theirs: &TheirActor, ours: &Ours<'_>, target: bool) -> Verdict {
        let either = self.shape.sides == Sides::Either;
        let there: Vec<&EventActor> = ours.actors(target).chain(ours.actors(!target).filter(|_| either)).collect();
        if theirs.civilians && ours.harms_civilians() {
            return Verdict::Right;
        }
        let one = |a: &str, b: &str| self.known.actors.part_of(a, b) || self.known.actors.part_of(b, a);
        let same = |a: &&EventActor| {
            a.id.as_deref().is_some_and(|id| theirs.ids.iter().any(|their| one(id, their))) || key(&a.name) == key(&theirs.told)
        };
        match () {
            () if there.iter().any(same) => Verdict::Right,
            () if theirs.ids.is_empty() && !theirs.civilians => Verdict::NotJudged,
            () if there.iter().all(|a| a.id.is_none()) => Verdict::Unknown,
            // Of parties in no order the other one may be the one that is told.
            () if theirs.civilians || (either && there.len() < 2) => Verdict::Unknown,
            () => Verdict::Wrong,
        }
    }

    /// None where a 0 of theirs says no more than that nothing is told, and ours tells nothing either.
    pub(crate) fn number(&self, theirs: Range, ours: Told) -> Option<Verdict> {
        let silent = self.shape.silent_zero && theirs == Range { min: 0, max: Some(0) };
        match ours {
            Told::Nothing if silent => None,
            Told::Nothing | Told::Some => Some(Verdict::Unknown),
            Told::Number(range) => Some(if range.meets(theirs) { Verdict::Right } else { Verdict::Wrong }),
        }
    }

    fn means(theirs: &Coded, ours: &Ours<'_>) -> Verdict {
        let Some(meant) = &theirs.ours else { return Verdict::NotJudged };
        match () {
            () if meant.iter().any(|m| ours.means.contains(m)) => Verdict::Right,
            () if ours.means.iter().all(|m| m == "other") => Verdict::Unknown,
            () => Verdict::Wrong,
        }
    }

    /// Every field that the row fills, judged.
    pub(crate) fn verdicts(&self, theirs: &Theirs, ours: &Ours<'_>) -> Vec<FieldVerdict> {
        let mut out = Vec::new();
        let mut push = |field: &'static str, theirs: String, ours: Option<String>, verdict| {
            out.push(FieldVerdict { field, theirs, ours, verdict });
        };
        if theirs.days.is_some() {
            push("date", theirs.date_told.clone(), ours.days_told(), of_nearness(self.days(theirs.days, ours.days), false));
        }
        if let Some(place) = &theirs.place {
            push("place", place.told.clone(), ours.place_told(), of_nearness(self.place(Some(place), ours), true));
        }
        if let Some(kind) = &theirs.kind {
            push("type", kind.told.clone(), Some(ours.event.event_type.to_string()), self.kind(kind, ours));
        }
        for (field, actor, target) in [("initiator", &theirs.initiator, false), ("target", &theirs.target, true)] {
            if let Some(actor) = actor {
                let mut names: Vec<&str> = ours.actors(target).map(|a| a.name.as_str()).collect();
                names.dedup();
                push(field, actor.told.clone(), some(names.join(", ")), self.actor(actor, ours, target));
            }
        }
        for (field, number, harm) in [("deaths", theirs.deaths, Harm::Killed), ("injuries", theirs.injuries, Harm::Injured)] {
            let told = ours.harm(harm, self.shape.civilians_only);
            if let Some((number, verdict)) = number.and_then(|n| Some((n, self.number(n, told)?))) {
                let shown = match told {
                    Told::Nothing => None,
                    Told::Some => Some("some".to_owned()),
                    Told::Number(range) => Some(range.told()),
                };
                push(field, number.told(), shown, verdict);
            }
        }
        if let Some(means) = &theirs.means {
            let ours_told = some(ours.means.iter().map(String::as_str).collect::<Vec<_>>().join(", "));
            push("means", means.told.clone(), ours_told, Self::means(means, ours));
        }
        out
    }
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|t| !t.is_empty())
}

fn class(of: &str) -> &str {
    of.split_once('.').map_or(of, |(class, _)| class)
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

fn of_nearness(nearness: Nearness, near_is_right: bool) -> Verdict {
    match nearness {
        Nearness::Same => Verdict::Right,
        Nearness::Near if near_is_right => Verdict::Right,
        Nearness::Near | Nearness::Far | Nearness::Apart => Verdict::Wrong,
        Nearness::Wider | Nearness::Unknown => Verdict::Unknown,
    }
}
