//! An event in the terms that the shapes of others share: two sides, one day, one place, one code.

use crate::World;
use crate::toll::Toll;
use marsad_knowledge::{Actor, EventCode, PlaceCode, Precision, TimeCode, TimeWord};
use marsad_model::{ActorRole, Attribute, Event, EventActor, Harm, MeansKind, TimePrecision};

/// An event and what follows from it.
pub(crate) struct Case<'e> {
    pub(crate) event: &'e Event,
    pub(crate) world: &'e World,
    /// Who acts; where that is not told, who is accused of it, or one of the parties.
    pub(crate) first: Vec<&'e EventActor>,
    /// Against whom, and the other parties; whom knowledge lists comes first.
    pub(crate) second: Vec<&'e EventActor>,
    /// Does `first` stand on an accusation alone?
    pub(crate) accused: bool,
    /// Do reports differ on who acted? Then nobody is `first`.
    pub(crate) disputed: bool,
    pub(crate) code: Option<&'e EventCode>,
    pub(crate) killed: Toll,
    pub(crate) time_word: Option<TimeWord>,
    pub(crate) precision: Option<Precision>,
    pub(crate) country: Option<&'static str>,
}

/// A side's inter code for civilians.
const CIVILIANS: u8 = 7;

impl<'e> Case<'e> {
    pub(crate) fn of(event: &'e Event, world: &'e World) -> Self {
        let role = |roles: &[ActorRole]| -> Vec<&EventActor> { event.actors.iter().filter(|a| roles.contains(&a.role)).collect() };
        let parties = role(&[ActorRole::Party]);
        let (mut first, accused) = (role(&[ActorRole::Initiator]), role(&[ActorRole::Accused]));
        let is_accused = first.is_empty() && !accused.is_empty();
        if is_accused {
            first = accused;
        }
        let disputed = event.disagreements.iter().any(|d| d.attribute == Attribute::Initiator);
        if disputed {
            first.clear();
        }
        // Things that were hit stand among targets and affected as people do; only those whom knowledge lists are a side.
        let mut second: Vec<&EventActor> = role(&[ActorRole::Target, ActorRole::Affected]);
        second.retain(|a| a.id.is_some());
        second.extend(role(&[ActorRole::Detainee]));
        if first.is_empty() && !disputed {
            first.extend(parties.first());
            second.extend(parties.iter().skip(1));
        } else {
            second.extend(parties.iter());
        }
        for side in [&mut first, &mut second] {
            side.sort_by_key(|a| a.id.is_none());
            side.dedup_by(|a, b| a.name == b.name);
        }
        second.retain(|b| !first.iter().any(|a| a.id.is_some() && a.id == b.id || a.name == b.name));
        let means: Vec<MeansKind> = event.means.iter().map(|m| m.kind).collect();
        let initiator = first.first().filter(|_| !is_accused).and_then(|a| inter(world, a));
        Self {
            event,
            world,
            first,
            second,
            accused: is_accused && !disputed,
            disputed,
            code: world.codes.event(event.event_type, &means, initiator),
            killed: Toll::of(event, Harm::Killed),
            time_word: event.time.as_ref().and_then(time_word),
            precision: event.place.as_ref().map(|place| world.precision(place)),
            country: event.place.as_ref().and_then(|place| world.country(place)),
        }
    }

    pub(crate) fn place_code(&self) -> PlaceCode {
        self.precision.map(|precision| self.world.codes.place(precision)).unwrap_or_default()
    }

    pub(crate) fn time_code(&self) -> TimeCode {
        self.time_word.map(|word| self.world.codes.time(word)).unwrap_or_default()
    }

    /// Is it stated that civilians were aimed at?
    pub(crate) fn at_civilians(&self) -> bool {
        self.event.event_type.class() == "civilians" && !matches!(self.event.event_type.kind(), "crossfire" | "celebratory_fire")
    }

    /// The inter code of the first who acts.
    pub(crate) fn first_inter(&self) -> Option<u8> {
        inter(self.world, self.first.first()?)
    }

    /// The inter code of the other side. Whom civilians were aimed at says, the type says.
    pub(crate) fn second_inter(&self) -> Option<u8> {
        let known = self.second.first().and_then(|actor| inter(self.world, actor));
        known.or_else(|| self.at_civilians().then_some(CIVILIANS))
    }

    pub(crate) fn listed(&self, actor: &EventActor) -> Option<&'e Actor> {
        self.world.actor(actor.id.as_deref())
    }
}

fn inter(world: &World, actor: &EventActor) -> Option<u8> {
    world.actors.inter(world.actor(actor.id.as_deref())?)
}

/// How finely the day is known. A day that is told as one and stretches over several is several days.
fn time_word(time: &marsad_model::EventTime) -> Option<TimeWord> {
    let start = time.start?;
    let days = time.end.map(|end| (end - start).get_days() + 1);
    Some(match days {
        None => open(time.precision),
        Some(..=1) => TimeWord::Day,
        Some(2..=6) => TimeWord::Days,
        Some(7..=10) => TimeWord::Week,
        Some(11..=31) => TimeWord::Month,
        Some(_) => TimeWord::Year,
    })
}

/// Where the last day is open, the words of the report say how finely the first is told.
fn open(precision: TimePrecision) -> TimeWord {
    match precision {
        TimePrecision::Week => TimeWord::Week,
        TimePrecision::Month => TimeWord::Month,
        TimePrecision::Year => TimeWord::Year,
        _ => TimeWord::Day,
    }
}
