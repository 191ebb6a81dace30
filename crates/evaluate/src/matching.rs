//! Which row and which event are one.
//!
//! Each pair that the rules allow gets points for what agrees (see `[matching]` of `world/coded_tables.toml`). Day or place
//! may be unknown or far off, never both, and then more points are asked for. Pairs are taken greedily: most points first, of
//! equal ones the earlier row, then the smaller event id; each row and each event is taken once. Nothing else enters, so
//! that the same table and ledger give the same pairs.

use crate::compare::{Judge, Nearness, Verdict};
use crate::ours::{Ours, Told};
use crate::theirs::{Range, Theirs};
use jiff::ToSpan;
use jiff::civil::Date;
use marsad_model::Harm;
use std::collections::{BTreeMap, BTreeSet};

/// A row and an event by position, with their points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) row: usize,
    pub(crate) event: usize,
    pub(crate) points: i32,
}

/// Events in the order of their days, and those without any.
struct Calendar {
    by_day: BTreeMap<Date, Vec<usize>>,
    longest: i32,
    undated: Vec<usize>,
}

impl Calendar {
    fn of(events: &[Ours<'_>]) -> Self {
        let mut calendar = Self { by_day: BTreeMap::new(), longest: 0, undated: Vec::new() };
        for (at, event) in events.iter().enumerate() {
            match event.days {
                Some((from, to)) => {
                    calendar.by_day.entry(from).or_default().push(at);
                    calendar.longest = calendar.longest.max(from.until(to).map_or(0, |s| s.get_days()));
                }
                None => calendar.undated.push(at),
            }
        }
        calendar
    }

    /// The events that may lie within so many days of these.
    fn near(&self, (from, to): (Date, Date), days: i32) -> impl Iterator<Item = usize> + '_ {
        let (first, last) = (from.saturating_sub((days + self.longest).days()), to.saturating_add(days.days()));
        self.by_day.range(first..=last).flat_map(|(_, at)| at.iter().copied()).chain(self.undated.iter().copied())
    }
}

pub(crate) fn pairs(rows: &[Theirs], events: &[Ours<'_>], judge: &Judge<'_>) -> Vec<Pair> {
    let calendar = Calendar::of(events);
    let mut all: Vec<Pair> = Vec::new();
    for (row, theirs) in rows.iter().enumerate() {
        // A row without a day is beside every event: it must have a place.
        let beside: Vec<usize> = match theirs.days {
            Some(days) => calendar.near(days, judge.rules.far_days).collect(),
            None => (0..events.len()).collect(),
        };
        all.extend(beside.into_iter().filter_map(|event| Some(Pair { row, event, points: points(theirs, &events[event], judge)? })));
    }
    all.sort_by(|a, b| b.points.cmp(&a.points).then(a.row.cmp(&b.row)).then(events[a.event].event.id.cmp(&events[b.event].event.id)));
    let (mut rows_taken, mut events_taken) = (BTreeSet::new(), BTreeSet::new());
    all.retain(|pair| {
        let free = !rows_taken.contains(&pair.row) && !events_taken.contains(&pair.event);
        free && rows_taken.insert(pair.row) && events_taken.insert(pair.event)
    });
    all.sort_by_key(|pair| pair.row);
    all
}

/// What speaks for a pair; `None` where it is none.
fn points(theirs: &Theirs, ours: &Ours<'_>, judge: &Judge<'_>) -> Option<i32> {
    let rules = judge.rules;
    let (day, place) = (judge.days(theirs.days, ours.days), judge.place(theirs.place.as_ref(), ours));
    let bare = |n| matches!(n, Nearness::Unknown | Nearness::Far);
    if day == Nearness::Apart || place == Nearness::Apart || bare(day) && bare(place) {
        return None;
    }
    let of = |nearness, same, near, far| match nearness {
        Nearness::Same => same,
        Nearness::Near | Nearness::Wider => near,
        Nearness::Far => far,
        Nearness::Unknown | Nearness::Apart => 0,
    };
    let mut sum = of(day, rules.same_day, rules.near_day, rules.far_day) + of(place, rules.same_place, rules.near_place, rules.far_place);
    if let Some(kind) = &theirs.kind {
        sum += match judge.kind(kind, ours) {
            Verdict::Right => rules.same_type,
            Verdict::NotJudged => 0,
            Verdict::Unknown => rules.same_class,
            Verdict::Wrong if Judge::same_class(kind, ours) => rules.same_class,
            Verdict::Wrong => rules.other_class,
        };
    }
    for (actor, target) in [(&theirs.initiator, false), (&theirs.target, true)] {
        sum += match actor.as_ref().map(|a| judge.actor(a, ours, target)) {
            Some(Verdict::Right) => rules.same_actor,
            Some(Verdict::Wrong) => rules.other_actor,
            _ => 0,
        };
    }
    let meets = |number: Option<Range>, harm| match ours.harm(harm, judge.shape.civilians_only) {
        // That none died is said of most happenings.
        Told::Number(range) => number.is_some_and(|n| n.max != Some(0) && n.meets(range)),
        _ => false,
    };
    sum += if meets(theirs.deaths, Harm::Killed) { rules.same_deaths } else { 0 };
    sum += if meets(theirs.injuries, Harm::Injured) { rules.same_injuries } else { 0 };
    let least = if bare(day) || bare(place) { rules.least_without } else { rules.least };
    (sum >= least).then_some(sum)
}
