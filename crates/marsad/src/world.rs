//! The world as collating asks for it: places of the gazetteer, actors of knowledge.

use marsad_collate::World;
use marsad_gazetteer::{Gazetteer, Kind};
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
        match (self.gazetteer.find(container), self.gazetteer.find(place)) {
            (Some(a), Some(b)) => self.gazetteer.contains(a, b),
            _ => false,
        }
    }

    fn distance_km(&self, a: &str, b: &str) -> Option<f64> {
        self.gazetteer.distance_km(self.gazetteer.find(a)?, self.gazetteer.find(b)?)
    }

    fn accuracy_km(&self, place: &str) -> f64 {
        self.gazetteer.find(place).map_or(0.0, |id| f64::from(self.gazetteer.place(id).accuracy_km))
    }

    fn place_weight(&self, place: &str) -> f64 {
        let Some(id) = self.gazetteer.find(place) else { return 1.0 };
        let place = self.gazetteer.place(id);
        match place.kind {
            Kind::Country => 0.1,
            Kind::Region | Kind::Water => 0.25,
            Kind::Admin1 => 0.3,
            Kind::Admin2 => 0.5,
            // A capital is named in every second report, a village in those on one event.
            _ => (1.2 - f64::from(place.population.max(1)).log10() / 10.0).clamp(0.4, 1.0),
        }
    }

    fn containers(&self, place: &str) -> Vec<String> {
        let Some(id) = self.gazetteer.find(place) else { return Vec::new() };
        self.gazetteer.containers(id).map(|c| self.gazetteer.place(c).id.to_owned()).collect()
    }

    fn part_of(&self, actor: &str, whole: &str) -> bool {
        self.actors.part_of(actor, whole)
    }

    fn allied(&self, a: &str, b: &str) -> bool {
        self.actors.allied(a, b)
    }
}
