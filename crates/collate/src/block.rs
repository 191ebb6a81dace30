//! Which pairs of claims are worth a look: those that share a key of place and day, of parties and day, or, where no day
//! is known, of place alone. Every claim has several keys, so that none is lost for want of one attribute.

use crate::World;
use crate::facet::{Basis, Facet, Where};
use crate::hash;
use crate::rules::Rules;
use jiff::ToSpan;
use jiff::civil::Date;
use marsad_model::PlacePrecision;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Days of a stretch that are listed one by one; longer stretches meet others by their months.
const LISTED_DAYS: i32 = 8;

/// Facets whose keys are made together.
const STRETCH: usize = 4096;

/// Facets that share a key.
struct Block {
    /// Those of which the key tells something, in their order.
    at: Vec<u32>,
    /// Those that the key merely holds: they were at a known spot inside it.
    under: Vec<u32>,
}

/// Pairs (smaller first, sorted) of facets that share a key. Two that were at known spots which a region holds do not meet there:
/// either the spots are one, and then they meet at it, or they are two places.
pub(crate) fn candidates(facets: &[Facet<'_>], world: &dyn World, rules: &Rules) -> Vec<(u32, u32)> {
    let groups = ClassGroups::of(rules);
    let keys = |facet: &Facet<'_>| Keys::of(facet, groups.get(facet.event_type().class()), world, rules);
    // A stretch at a time, so that no more keys wait than that has.
    let each = || facets.chunks(STRETCH).flat_map(|facets| facets.par_iter().map(keys).collect::<Vec<_>>()).zip(0u32..);
    let (mut days, mut places) = (Shared::of(facets.len()), Shared::of(facets.len()));
    for (keys, _) in each() {
        for under in [false, true] {
            keys.each_day(under, |key| days.announce(key, under));
            keys.each_place(under, |key| places.announce(key, under));
        }
    }
    for (keys, n) in each() {
        for under in [false, true] {
            keys.each_day(under, |key| days.enter(key, under, n));
            keys.each_place(under, |key| places.enter(key, under, n));
        }
    }
    let mut pairs = Vec::new();
    days.each_block(|block| block.pair(facets, rules, &mut pairs));
    places.each_block(|block| block.pair_undated(facets, rules, &mut pairs));
    let mut persons: Vec<(u64, u32)> =
        facets.iter().zip(0u32..).flat_map(|(f, n)| f.context.persons.iter().flatten().map(move |person| (*person, n))).collect();
    persons.sort_unstable();
    // A name that many bear, or that is in the news every day, proposes nothing.
    for block in persons.chunk_by(|a, b| a.0 == b.0).filter(|b| b.len() <= rules.events.block_window) {
        each_two(&block.iter().map(|b| b.1).collect::<Vec<_>>(), &mut pairs);
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Facets by keys that they share. Most keys are of one facet alone, so that each is announced before any is entered.
struct Shared {
    /// By a part of the key: did one that tells something announce it, and another, and one that it merely holds?
    once: Vec<u64>,
    twice: Vec<u64>,
    held: Vec<u64>,
    /// Keys, whether they merely hold the facet, and the facet.
    entered: Vec<(u64, bool, u32)>,
}

/// A claim has some hundred keys; so many bits a claim tell most of them apart, and a key that is entered in vain does no harm.
const BITS: usize = 256;
/// And no more than so many in all.
const MOST_BITS: usize = 1 << 26;

impl Shared {
    /// For so many facets.
    fn of(facets: usize) -> Self {
        let words = (facets * BITS).clamp(64, MOST_BITS).next_power_of_two() / 64;
        Self { once: vec![0; words], twice: vec![0; words], held: vec![0; words], entered: Vec::new() }
    }

    fn announce(&mut self, key: u64, under: bool) {
        let (at, bit) = self.place(key);
        if under {
            self.held[at] |= bit;
        } else {
            self.twice[at] |= self.once[at] & bit;
            self.once[at] |= bit;
        }
    }

    fn enter(&mut self, key: u64, under: bool, facet: u32) {
        let (at, bit) = self.place(key);
        let met = if under { self.once[at] } else { self.twice[at] | self.held[at] };
        if met & bit != 0 {
            self.entered.push((key, under, facet));
        }
    }

    fn place(&self, key: u64) -> (usize, u64) {
        ((key / 64) as usize & (self.once.len() - 1), 1 << (key % 64))
    }

    /// Each block in which two may meet.
    fn each_block(mut self, mut visit: impl FnMut(&Block)) {
        self.entered.sort_unstable();
        for entered in self.entered.chunk_by(|a, b| a.0 == b.0).filter(|e| e.len() > 1 && !e[0].1) {
            let (at, under) = entered.split_at(entered.partition_point(|e| !e.1));
            let facets = |of: &[(u64, bool, u32)]| of.iter().map(|e| e.2).collect();
            visit(&Block { at: facets(at), under: facets(under) });
        }
    }
}

fn each_two(block: &[u32], pairs: &mut Vec<(u32, u32)>) {
    for (k, &i) in block.iter().enumerate() {
        pairs.extend(block[k + 1..].iter().map(|&j| (i, j)));
    }
}

fn each_with(some: &[u32], others: &[u32], pairs: &mut Vec<(u32, u32)>) {
    for &i in some {
        pairs.extend(others.iter().map(|&j| (i.min(j), i.max(j))));
    }
}

impl Block {
    fn pair(&self, facets: &[Facet<'_>], rules: &Rules, pairs: &mut Vec<(u32, u32)>) {
        if self.at.len() + self.under.len() <= rules.events.largest_block {
            each_two(&self.at, pairs);
            each_with(&self.at, &self.under, pairs);
            return;
        }
        let all = self.at.iter().chain(&self.under).copied().collect();
        in_window(facets, all, rules.events.block_window, pairs);
    }

    /// Claims of no known day meet each other and the dated ones at their place. Where very much happened at a place, an
    /// undated claim could be of any of it: then they only meet each other.
    fn pair_undated(&self, facets: &[Facet<'_>], rules: &Rules, pairs: &mut Vec<(u32, u32)>) {
        let (dated, undated): (Vec<u32>, Vec<u32>) = self.at.iter().partition(|&&n| facets[n as usize].time.is_some());
        if undated.len() > rules.events.largest_block {
            in_window(facets, undated, rules.events.block_window, pairs);
            return;
        }
        each_two(&undated, pairs);
        // Those that a place merely holds have a day.
        if dated.len() + self.under.len() <= rules.events.block_window {
            each_with(&undated, &dated, pairs);
            each_with(&undated, &self.under, pairs);
        }
    }
}

/// In a block too large to compare each with each, each is compared with the next ones by type and time.
fn in_window(facets: &[Facet<'_>], mut block: Vec<u32>, window: usize, pairs: &mut Vec<(u32, u32)>) {
    block.sort_by_key(|&n| {
        let f = &facets[n as usize];
        (f.event_type(), f.time.map(|t| (t.last, t.first)), n)
    });
    for (k, &i) in block.iter().enumerate() {
        pairs.extend(block[k + 1..].iter().take(window).map(|&j| (i.min(j), i.max(j))));
    }
}

/// What stands for where it happened.
#[derive(Default)]
struct Places {
    /// The places themselves, what they may be, their names, their grid cells.
    at: Vec<u64>,
    /// What holds them, where each is a known spot, on a known day.
    under: Vec<u64>,
}

impl Places {
    fn of(facet: &Facet<'_>, world: &dyn World, rules: &Rules) -> Self {
        let mut places = Self::default();
        // What was in a region, near a place, or at one of which only the name is known may have been anywhere in what holds it;
        // and what is of no day meets by places alone.
        let spot = |p: &Where<'_>| p.id().is_some() && p.place.precision < PlacePrecision::Near;
        let known = facet.time.is_some() && facet.places.iter().all(spot);
        for place in &facet.places {
            if let Some(id) = place.id() {
                places.at.push(key("place", id));
                let holds = if known { &mut places.under } else { &mut places.at };
                holds.extend(world.containers(id).iter().take(3).map(|c| key("place", c)));
            }
            places.at.extend(place.place.candidates.iter().take(8).map(|c| key("place", &c.id)));
            places.at.extend(place.names.iter().map(|n| hash::join(*n, 11)));
            if let (Some(lat), Some(lon), true) = (place.place.lat, place.place.lon, place.is_fine()) {
                cells(lat, lon, rules.events.cell_degrees, &mut places.at);
            }
        }
        places.sort();
        places
    }

    fn sort(&mut self) {
        self.at.sort_unstable();
        self.at.dedup();
        self.under.sort_unstable();
        self.under.dedup();
        self.under.retain(|key| self.at.binary_search(key).is_err());
    }
}

/// All keys of a claim.
struct Keys {
    /// Of its class.
    group: u64,
    /// Where it was.
    places: Places,
    /// Class and day, for each day on which it may have been.
    days: Vec<u64>,
    /// What is a key beside a day: where it was or, as it is named beside it, may have been; and its parties.
    beside: Places,
}

impl Keys {
    fn of(facet: &Facet<'_>, group: u64, world: &dyn World, rules: &Rules) -> Self {
        let places = Places::of(facet, world, rules);
        let days: Vec<u64> = times(facet, rules).into_iter().map(|time| hash::join(group, time)).collect();
        let mut beside = Places::default();
        if !days.is_empty() {
            // What is named beside it may be where another report says it was.
            beside.at = facet.context.places.iter().map(|id| key("place", id)).chain(places.at.iter().copied()).collect();
            beside.under.clone_from(&places.under);
            if !facet.parties.is_empty() {
                beside.at.push(facet.parties.iter().fold(29, |h, p| hash::join(h, hash::of_bytes(p.as_bytes()))));
                if facet.parties.len() <= 3 {
                    beside.at.extend(facet.parties.iter().map(|p| key("actor", p)));
                }
            }
            beside.sort();
        }
        Self { group, places, days, beside }
    }

    /// Each place.
    fn each_place(&self, under: bool, mut take: impl FnMut(u64)) {
        let places = if under { &self.places.under } else { &self.places.at };
        for place in places {
            take(hash::join(self.group, *place));
        }
    }

    /// Each day with each key beside it.
    fn each_day(&self, under: bool, mut take: impl FnMut(u64)) {
        let beside = if under { &self.beside.under } else { &self.beside.at };
        for day in &self.days {
            for key in beside {
                take(hash::join(*day, *key));
            }
        }
    }
}

fn key(kind: &str, value: &str) -> u64 {
    hash::join(hash::of_bytes(kind.as_bytes()), hash::of_bytes(value.as_bytes()))
}

/// Four grids, shifted by half a cell: two points within half a cell share a cell of one of them.
fn cells(lat: f64, lon: f64, side: f64, out: &mut Vec<u64>) {
    for (n, (dy, dx)) in [(0.0, 0.0), (0.0, 0.5), (0.5, 0.0), (0.5, 0.5)].into_iter().enumerate() {
        let (y, x) = ((lat / side + dy).floor() as i64, (lon / side + dx).floor() as i64);
        out.push(hash::join(hash::join(n as u64 + 101, y as u64), x as u64));
    }
}

/// One key a day, with the days that tolerance adds; the months of a long stretch too. Each once.
fn times(facet: &Facet<'_>, rules: &Rules) -> Vec<u64> {
    let Some(days) = facet.time else { return Vec::new() };
    let tolerance = if days.basis == Basis::Published { 0 } else { rules.events.tolerance_days };
    let month = |d: Date| hash::join(13, (i64::from(d.year()) * 12 + i64::from(d.month())) as u64);
    // Those that know only the month meet each other there; with the days they meet in the stretch's first days.
    let mut keys = if days.basis == Basis::Wide { vec![month(days.first), month(days.last)] } else { Vec::new() };
    let length = (days.last - days.first).get_days() + tolerance;
    for d in 0..=length.min(LISTED_DAYS) {
        if let Ok(day) = days.first.checked_add(i64::from(d).days()) {
            keys.push(hash::join(17, (i64::from(day.year()) * 400 + i64::from(day.day_of_year())) as u64));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Classes that some rule makes compatible are one group.
struct ClassGroups(FxHashMap<String, u64>);

impl ClassGroups {
    fn of(rules: &Rules) -> Self {
        let class = |name: &str| name.split('.').next().unwrap_or("").to_owned();
        let mut groups: FxHashMap<String, String> = FxHashMap::default();
        for rule in &rules.events.compatible {
            let (a, b) = (class(&rule.a), class(&rule.b));
            let (x, y) = (groups.get(&a).unwrap_or(&a).clone(), groups.get(&b).unwrap_or(&b).clone());
            let (keep, drop) = (x.clone().min(y.clone()), x.max(y));
            for of in groups.values_mut().filter(|g| **g == drop) {
                of.clone_from(&keep);
            }
            groups.insert(a, keep.clone());
            groups.insert(b, keep);
        }
        Self(groups.into_iter().map(|(c, g)| (c, hash::of_bytes(g.as_bytes()))).collect())
    }

    fn get(&self, class: &str) -> u64 {
        self.0.get(class).copied().unwrap_or_else(|| hash::of_bytes(class.as_bytes()))
    }
}
