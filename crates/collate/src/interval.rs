//! Undated reports are placed by what they share with dated ones: whoever tells of a happening wrote after it, and before what
//! was taken from the report was published.
//!
//! This is told and goes nowhere: no event is found by it.

use crate::corpus::Corpus;
use crate::dates::Dates;
use crate::event::Head;
use crate::facet::Facet;
use crate::tie::Tie;
use jiff::civil::Date;
use marsad_model::{DateBasis, Published, ReportId, TimePrecision};
use std::collections::BTreeMap;

/// Events whose days are not known more closely than this place nothing.
const MOST_DAYS: i32 = 2;

/// When undated reports were published, as an interval with its reasons.
pub(crate) fn all(
    corpus: &Corpus<'_>,
    dates: &Dates,
    ties: &[Tie],
    facets: &[Facet<'_>],
    heads: &[Head<'_>],
) -> BTreeMap<ReportId, Published> {
    let mut first: BTreeMap<usize, (Date, &Head<'_>)> = BTreeMap::new();
    for head in heads {
        let entries = || head.group.iter().map(|&f| facets[f].entry);
        let alone = entries().all(|i| Some(i) == entries().next());
        let Some(day) = day(head).filter(|_| !alone) else { continue };
        for i in entries().filter(|&i| dates.published[i].is_none()) {
            let known = first.entry(i).or_insert((day, head));
            if day > known.0 {
                *known = (day, head);
            }
        }
    }
    let mut last: BTreeMap<usize, (Date, usize)> = BTreeMap::new();
    for tie in ties.iter().filter(|t| t.is_one_telling()) {
        let Some(later) = tie.later else { continue };
        let earlier = if later == tie.a { tie.b } else { tie.a };
        if let Some(day) = dates.published[later].as_deref().and_then(Published::day) {
            let known = last.entry(earlier).or_insert((day, later));
            *known = (*known).min((day, later));
        }
    }
    let placed = first.into_iter().map(|(i, (start, event))| {
        let end = last.get(&i).filter(|(day, _)| *day > start);
        let mut because = vec![format!("it tells of {}, which was on {start} as others tell", event.id)];
        because.extend(end.map(|(day, by)| format!("{} has it from this report and was published on {day}", corpus.get(*by).report.id)));
        let published = Published {
            start,
            end: end.map(|(day, _)| *day),
            start_time: None,
            precision: TimePrecision::Day,
            basis: DateBasis::Inferred,
            because,
        };
        (corpus.get(i).report.id.clone(), published)
    });
    placed.collect()
}

/// The first day of an event that is known to the day.
fn day(event: &Head<'_>) -> Option<Date> {
    let time = event.time.as_ref().filter(|t| t.precision <= TimePrecision::Day)?;
    let (start, end) = (time.start?, time.end?);
    ((end - start).get_days() <= MOST_DAYS).then_some(start)
}
