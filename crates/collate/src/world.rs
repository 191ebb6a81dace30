//! What collating asks of static knowledge: how places lie and how actors belong together.

/// One more signal for whether two texts of different languages are one telling, such as a sentence encoder's. None is needed.
pub trait Signal: Sync {
    /// How like the two texts are in what they say, 0 to 1; `None` where it cannot tell. It must be the same for the same texts.
    fn likeness(&self, here: &str, there: &str) -> Option<f64>;
}

/// Places and actors as knowledge has them. Answers never depend on what reports were loaded.
pub trait World: Sync {
    /// Does the first place hold the second (a town its quarter, a district its town)?
    fn contains(&self, container: &str, place: &str) -> bool;

    /// Great-circle distance of two places' points; `None` where one has no point.
    fn distance_km(&self, a: &str, b: &str) -> Option<f64>;

    /// Within how many kilometres the place's point is right.
    fn accuracy_km(&self, place: &str) -> f64;

    /// How much it tells that two texts name this place: 1 for a village, about 0.1 for a country.
    fn place_weight(&self, place: &str) -> f64;

    /// The places that hold this one, smallest first; a country need not be among them.
    fn containers(&self, place: &str) -> Vec<String> {
        let _ = place;
        Vec::new()
    }

    /// Is the first actor the second, or a part of it?
    fn part_of(&self, actor: &str, whole: &str) -> bool;

    /// Do the two fight on one side, without either being a part of the other?
    fn allied(&self, a: &str, b: &str) -> bool {
        let _ = (a, b);
        false
    }

    /// A further signal for translations, where there is one.
    fn signal(&self) -> Option<&dyn Signal> {
        None
    }

    /// Is one the other, or a part of it?
    fn related(&self, a: &str, b: &str) -> bool {
        a == b || self.part_of(a, b) || self.part_of(b, a)
    }
}
