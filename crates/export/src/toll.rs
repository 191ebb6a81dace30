//! How many an event harmed, as one lowest and one highest number.

use marsad_model::{Event, EventCasualties, Harm, PersonStatus};

/// The lowest and the highest number; nothing where no report tells one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Toll {
    pub(crate) low: Option<u32>,
    pub(crate) high: Option<u32>,
    /// Does a report speak of this harm at all?
    pub(crate) told: bool,
}

impl Toll {
    /// Groups may overlap, and voices may put the same people into different groups: the lowest number is that of the whole where
    /// a voice counts a whole of nobody in particular ("four dead", and another "at least seven civilians"), else that of the
    /// largest group alone, never a sum. The highest is the highest that anybody gives beside such a whole; without one that of
    /// all that belong to no side, else of all groups together; none where one of them has none.
    pub(crate) fn of(event: &Event, harm: Harm) -> Self {
        let rows: Vec<&EventCasualties> = event.casualties.iter().filter(|c| c.harm == harm).collect();
        let of_no_side = |c: &&&EventCasualties| c.group.is_none() && c.affiliation.is_none();
        let all = |rows: &[&EventCasualties], join: fn(u32, u32) -> u32| {
            rows.iter().map(|c| c.max).try_fold(0u32, |joined, max| Some(join(joined, max?))).filter(|_| !rows.is_empty())
        };
        let whole = rows.iter().filter(of_no_side).find(|c| c.status == PersonStatus::Unknown && c.min.is_some());
        let (low, high) = match whole {
            Some(whole) => (whole.min, all(&rows, u32::max)),
            None => {
                let sided: Vec<&EventCasualties> = rows.iter().filter(of_no_side).copied().collect();
                (rows.iter().filter_map(|c| c.min).max(), all(if sided.is_empty() { &rows } else { &sided }, u32::saturating_add))
            }
        };
        Self { low, high: high.map(|high| high.max(low.unwrap_or(0))), told: !rows.is_empty() }
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
    fn where_voices_differ_the_lowest_whole_and_the_highest_number_stand() {
        assert_eq!(toll(&[harmed(Unknown, Some(4), Some(4)), harmed(Civilian, Some(7), None)]), (Some(4), None));
        assert_eq!(toll(&[harmed(Unknown, Some(4), Some(5)), harmed(Civilian, Some(7), Some(7))]), (Some(4), Some(7)));
        assert_eq!(toll(&[harmed(Unknown, Some(12), Some(12)), harmed(Civilian, Some(7), Some(7))]), (Some(12), Some(12)));
        assert_eq!(toll(&[harmed(Unknown, None, None), harmed(Civilian, Some(7), Some(7))]), (Some(7), None));
    }

    #[test]
    fn what_is_not_told_stays_so() {
        assert_eq!(toll(&[]), (None, None));
        assert_eq!(toll(&[harmed(Unknown, None, None)]), (None, None));
        assert_eq!(toll(&[harmed(Unknown, Some(7), None)]), (Some(7), None), "at least seven");
        assert_eq!(toll(&[harmed(Unknown, Some(0), Some(0))]), (Some(0), Some(0)), "somebody said that nobody died");
    }
}
