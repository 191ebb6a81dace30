//! Dates spread along lineage, once: a copy or translation of a dated report was told on that report's day.

use crate::corpus::Corpus;
use crate::disjoint::Disjoint;
use crate::tie::Tie;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday as CivilWeekday};
use marsad_model::{ClaimId, ClaimTime, DateBasis, Published, Relative, Span, TimePrecision, Weekday};
use std::collections::BTreeMap;
use std::sync::Arc;

/// When each report was published, as given or as its kin shows, and what that resolves.
#[derive(Debug, Default)]
pub(crate) struct Dates {
    /// By the report's place in the corpus.
    pub(crate) published: Vec<Option<Arc<Published>>>,
    /// Places of the reports whose date comes from another.
    pub(crate) spread: Vec<usize>,
    /// Times that such a date resolved.
    pub(crate) times: BTreeMap<ClaimId, ClaimTime<Span>>,
}

impl Dates {
    pub(crate) fn spread(corpus: &Corpus<'_>, ties: &[Tie]) -> Self {
        let mut sets = Disjoint::new(corpus.len());
        for tie in ties.iter().filter(|t| t.shares_words()) {
            sets.join(tie.a, tie.b);
        }
        let mut dates = Self { published: corpus.entries.iter().map(|e| e.analysed.report.published.clone()).collect(), ..Self::default() };
        for members in sets.sets().into_iter().filter(|m| m.len() > 1) {
            // The words count their days from the first telling.
            let Some(first) =
                members.iter().filter_map(|&i| dates.published[i].clone().filter(|p| p.day().is_some())).min_by_key(|p| p.start)
            else {
                continue;
            };
            for &i in &members {
                let open = match &corpus.get(i).report.published {
                    None => true,
                    // A bound says "not before"; a day that respects it is better.
                    Some(own) => own.end.is_none() && own.start <= first.start,
                };
                if open {
                    dates.published[i] =
                        Some(Arc::new(Published { basis: DateBasis::Sibling, start_time: None, ..Published::clone(&first) }));
                    dates.spread.push(i);
                }
            }
        }
        dates.spread.sort_unstable();
        dates.resolve(corpus);
        dates
    }

    fn resolve(&mut self, corpus: &Corpus<'_>) {
        for &i in &self.spread {
            let Some(told) = self.published[i].as_deref().and_then(Published::day) else { continue };
            for claim in &corpus.get(i).claims {
                let Some(time) = claim.time.as_deref().filter(|t| t.start.is_none()) else { continue };
                if let Some(day) = time.relative.and_then(|r| day_of(r, told)) {
                    let precision = if time.precision > TimePrecision::Day { TimePrecision::Day } else { time.precision };
                    self.times.insert(claim.id.clone(), ClaimTime { start: Some(day), end: Some(day), precision, ..time.clone() });
                }
            }
        }
    }
}

/// The day that is meant when this is said on that day. A weekday that is named settles what a count of days leaves
/// open, for counting is where translators slip; without a count it is the last such day, today included.
fn day_of(relative: Relative, told: Date) -> Option<Date> {
    let counted = relative.days.and_then(|d| told.checked_add(i64::from(d).days()).ok());
    let Some(named) = relative.weekday else { return counted };
    let back = |from: Date| (0..7).filter_map(|d: i64| from.checked_sub(d.days()).ok()).find(|d| d.weekday() == civil(named));
    match counted {
        Some(day) if day.weekday() == civil(named) => Some(day),
        Some(day) if day > told => (0..7).filter_map(|d: i64| told.checked_add(d.days()).ok()).find(|d| d.weekday() == civil(named)),
        _ => back(told),
    }
}

fn civil(day: Weekday) -> CivilWeekday {
    match day {
        Weekday::Monday => CivilWeekday::Monday,
        Weekday::Tuesday => CivilWeekday::Tuesday,
        Weekday::Wednesday => CivilWeekday::Wednesday,
        Weekday::Thursday => CivilWeekday::Thursday,
        Weekday::Friday => CivilWeekday::Friday,
        Weekday::Saturday => CivilWeekday::Saturday,
        Weekday::Sunday => CivilWeekday::Sunday,
    }
}
