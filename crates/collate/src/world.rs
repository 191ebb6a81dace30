//! What collating asks of static knowledge: how places lie and how actors belong together.

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

    /// Is one the other, or a part of it?
    fn related(&self, a: &str, b: &str) -> bool {
        a == b || self.part_of(a, b) || self.part_of(b, a)
    }
}
