//! What an expression of time means, before anyone knows the day of telling.

use crate::{Resolved, TimeKind};
use jiff::civil::Date;
use marsad_model::{TimeBasis, TimePrecision};

/// What an expression of time means, before anyone knows the day of telling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeMeaning {}

impl TimeMeaning {
    pub(crate) fn resolve(&self, _anchor: Option<Date>) -> Resolved {
        Resolved {
            value: String::new(),
            start: None,
            end: None,
            start_time: None,
            end_time: None,
            precision: TimePrecision::Day,
            basis: TimeBasis::Relative,
            relative: None,
            kind: TimeKind::Vague,
        }
    }
}
