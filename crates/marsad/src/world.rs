//! The world as collating asks for it: places of the gazetteer, actors of knowledge.

use marsad_collate::World;
use marsad_gazetteer::{Gazetteer, PlaceKind};
use marsad_knowledge::Actors;

/// Static knowledge behind [`World`].
pub struct KnownWorld<'k> {
    /// Places.
    pub gazetteer: &'static Gazetteer,
    /// Actors.
    pub actors: &'k Actors,
}

impl World for KnownWorld<'_> {
    fn contains(&self, container: &str, place: &str) -> bool {
        match (self.gazetteer.get(container), self.gazetteer.get(place)) {
            (Some(a), Some(b)) => self.gazetteer.covers(a.at, b.at),
            _ => false,
        }
    }

    fn distance_km(&self, a: &str, b: &str) -> Option<f64> {
        self.gazetteer.distance_km(self.gazetteer.get(a)?.at, self.gazetteer.get(b)?.at)
    }

    fn accuracy_km(&self, place: &str) -> f64 {
        self.gazetteer.get(place).map_or(0.0, |p| f64::from(p.accuracy_km))
    }

    fn place_weight(&self, place: &str) -> f64 {
        let Some(place) = self.gazetteer.get(place) else { return 1.0 };
        match place.kind {
            PlaceKind::Country => 0.1,
            PlaceKind::Region | PlaceKind::Water => 0.25,
            PlaceKind::Admin1 => 0.3,
            PlaceKind::Admin2 => 0.5,
            // A capital is named in every second report, a village in those on one event.
            _ => (1.2 - f64::from(place.population.max(1)).log10() / 10.0).clamp(0.4, 1.0),
        }
    }

    fn containers(&self, place: &str) -> Vec<String> {
        let Some(place) = self.gazetteer.get(place) else { return Vec::new() };
        self.gazetteer.containers(place.at).map(|c| c.id.to_string()).collect()
    }

    fn part_of(&self, actor: &str, whole: &str) -> bool {
        self.actors.part_of(actor, whole)
    }

    fn allied(&self, a: &str, b: &str) -> bool {
        self.actors.allied(a, b)
    }
}
