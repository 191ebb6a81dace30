//! How many an event harmed, as one lowest and one highest number.

use marsad_model::{Event, Harm};

/// The lowest and the highest number; nothing where no report tells one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Toll {
    pub(crate) low: Option<u32>,
    pub(crate) high: Option<u32>,
    /// Does a report speak of this harm at all?
    pub(crate) told: bool,
}

impl Toll {
    /// Groups may overlap, and voices may put the same people into different groups: the lowest number is that of the largest
    /// group alone, never a sum. The highest is that of the whole where a whole is told, else all groups together, and none
    /// where one of them has none.
    pub(crate) fn of(event: &Event, harm: Harm) -> Self {
        let rows: Vec<_> = event.casualties.iter().filter(|c| c.harm == harm).collect();
        let low = rows.iter().filter_map(|c| c.min).max();
        let whole = rows.iter().filter(|c| c.group.is_none() && c.affiliation.is_none());
        let whole: Vec<_> = whole.collect();
        let sum =
            |rows: &[&&marsad_model::EventCasualties]| rows.iter().map(|c| c.max).try_fold(0u32, |sum, max| Some(sum.saturating_add(max?)));
        let all: Vec<_> = rows.iter().collect();
        let high = if whole.is_empty() { sum(&all) } else { sum(&whole) };
        Self { low, high: high.filter(|_| !rows.is_empty()).map(|high| high.max(low.unwrap_or(0))), told: !rows.is_empty() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{event, harmed};
    use marsad_model::PersonStatus::{Civilian, Combatant, Unknown};

    fn toll(rows: &[marsad_model::EventCasualties]) -> (Option<u32>, Option<u32>) {
        let mut event = event("battle.clash");
        event.casualties = rows.to_vec();
        let toll = Toll::of(&event, Harm::Killed);
        (toll.low, toll.high)
    }

    #[test]
    fn groups_are_never_added_up_to_a_lowest_number() {
        assert_eq!(toll(&[harmed(Civilian, Some(3), Some(3)), harmed(Combatant, Some(5), Some(6))]), (Some(5), Some(9)));
        assert_eq!(toll(&[harmed(Unknown, Some(7), Some(7))]), (Some(7), Some(7)));
    }

    #[test]
    fn what_is_not_told_stays_so() {
        assert_eq!(toll(&[]), (None, None));
        assert_eq!(toll(&[harmed(Unknown, None, None)]), (None, None));
        assert_eq!(toll(&[harmed(Unknown, Some(7), None)]), (Some(7), None), "at least seven");
        assert_eq!(toll(&[harmed(Unknown, Some(0), Some(0))]), (Some(0), Some(0)), "somebody said that nobody died");
    }
}
