//! The signs of war in a report: without any, a word of war in it is seldom meant as one.

use super::sight::{bears_arms, is_armed};
use crate::draft::Draft;
use crate::item::Item;
use crate::passage::Passage;
use marsad_knowledge::{ActorKind, Refers};
use marsad_model::{MeansKind, PersonStatus};

/// The plainest sign of war that a report shows, plainest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sign {
    /// Nothing and nobody that has to do with war.
    None,
    /// A place that the gazetteer knows.
    Place,
    /// A state, or people by their nationality.
    State,
    /// People whom war makes or who watch it: civilians, as only war calls people, captives, the displaced, monitors; or a place that is held: a base.
    People,
    /// A weapon, or a word that is said of war alone.
    Weapon,
    /// People or a body who bear arms.
    Armed,
}

impl Sign {
    /// Its name among the features.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Place => "place",
            Self::State => "state",
            Self::People => "people",
            Self::Weapon => "weapon",
            Self::Armed => "armed",
        }
    }

    /// Does nothing in the report bear arms or name any?
    pub(crate) fn is_unarmed(self) -> bool {
        self < Self::People
    }
}

/// The plainest sign in a report and its drafts.
pub(crate) fn of_report(passage: &Passage, drafts: &[Draft]) -> Sign {
    let items = passage.rows.iter().flatten().filter_map(|item| of_item(passage, item));
    let plain = |d: &&Draft| {
        let trigger = &passage.language.triggers[d.trigger as usize];
        trigger.plain || names_weapon(trigger.means)
    };
    let words = drafts.iter().filter(plain).map(|_| Sign::Weapon);
    items.chain(words).max().unwrap_or(Sign::None)
}

/// Fire is no weapon before somebody sets it.
fn names_weapon(means: Option<MeansKind>) -> bool {
    means.is_some_and(|m| m != MeansKind::Fire)
}

fn of_item(passage: &Passage, item: &Item) -> Option<Sign> {
    if names_weapon(item.means().map(|m| m.kind)) {
        return Some(Sign::Weapon);
    }
    let noun = item.place_noun().map_or("", |n| passage.language.place_nouns[n as usize].kind.as_str());
    let place = if matches!(noun, "base" | "crossing") { Some(Sign::People) } else { item.place.is_some().then_some(Sign::Place) };
    let Some(party) = &item.party else { return place };
    let people = party.people.map(|p| &passage.language.people[p as usize]);
    let kind = people.map_or("", |p| p.kind.as_str());
    let fights = people.is_some_and(|p| p.status == PersonStatus::Combatant);
    let watches = party.actor.is_some_and(|a| {
        matches!(passage.knowledge.actors.list[a as usize].kind, ActorKind::Monitor | ActorKind::FirstResponder | ActorKind::Government)
    });
    let force = item.refers().is_some_and(|r| matches!(r, Refers::Group | Refers::Force | Refers::Coalition));
    if bears_arms(passage, party) || party.head || force || fights {
        Some(Sign::Armed)
    } else if watches || matches!(kind, "detainee" | "protester" | "noncombatant") {
        Some(Sign::People)
    } else if is_armed(passage, party) {
        Some(if party.actor.is_some() { Sign::State } else { Sign::Armed })
    } else {
        place
    }
}
