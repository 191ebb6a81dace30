//! Which pairs of claims are worth a look: those that share a key of place and day, of parties and day, or, where no day
//! is known, of place alone. Every claim has several keys, so that none is lost for want of one attribute.

use crate::World;
use crate::facet::{Basis, Facet};
use crate::hash;
use crate::rules::Rules;
use jiff::ToSpan;
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Days of a stretch that are listed one by one; longer stretches meet others by their months.
const LISTED_DAYS: i32 = 8;

/// Facets whose keys are made together.
const STRETCH: usize = 4096;

/// Facets by a key that they share.
type Blocks = FxHashMap<u64, Vec<u32>>;

/// Pairs (smaller first, sorted) of facets that share a key.
pub(crate) fn candidates(facets: &[Facet<'_>], world: &dyn World, rules: &Rules) -> Vec<(usize, usize)> {
    let groups = ClassGroups::of(rules);
    let (mut by_day, mut by_place, mut by_person): (Blocks, Blocks, Blocks) = Default::default();
    let keys = |facet: &Facet<'_>| {
        let group = groups.get(facet.event_type().class());
        let places = places(facet, world, rules);
        // What is named beside it may be where another report says it was.
        let mut named: Vec<u64> = facet.context.places.iter().map(|id| key("place", id)).chain(places.iter().copied()).collect();
        named.sort_unstable();
        named.dedup();
        (day_keys(facet, group, &named, rules), places.into_iter().map(|place| hash::join(group, place)).collect::<Vec<_>>())
    };
    // A stretch at a time, so that no more keys wait than that has.
    let keyed = facets.chunks(STRETCH).flat_map(|facets| facets.par_iter().map(keys).collect::<Vec<_>>());
    for (n, (facet, (days, places))) in facets.iter().zip(keyed).enumerate() {
        for person in facet.context.persons.iter().flatten() {
            by_person.entry(*person).or_default().push(n as u32);
        }
        for key in days {
            by_day.entry(key).or_default().push(n as u32);
        }
        for place in places {
            by_place.entry(place).or_default().push(n as u32);
        }
    }
    let mut pairs = Vec::new();
    for block in by_day.into_values().filter(|b| b.len() > 1) {
        if block.len() <= rules.events.largest_block {
            for (k, &i) in block.iter().enumerate() {
                pairs.extend(block[k + 1..].iter().map(|&j| (i, j)));
            }
        } else {
            in_window(facets, block, rules.events.block_window, &mut pairs);
        }
    }
    for block in by_place.into_values() {
        with_undated(facets, &block, rules, &mut pairs);
    }
    // A name that many bear, or that is in the news every day, proposes nothing.
    for block in by_person.into_values().filter(|b| b.len() <= rules.events.block_window) {
        for (k, &i) in block.iter().enumerate() {
            pairs.extend(block[k + 1..].iter().map(|&j| (i, j)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().map(|(i, j)| (i as usize, j as usize)).collect()
}

/// Claims of no known day meet each other and the dated ones at their place. Where very much happened at a place, an
/// undated claim could be of any of it: then they only meet each other.
fn with_undated(facets: &[Facet<'_>], block: &[u32], rules: &Rules, pairs: &mut Vec<(u32, u32)>) {
    let (dated, undated): (Vec<u32>, Vec<u32>) = block.iter().partition(|&&n| facets[n as usize].time.is_some());
    if undated.len() > rules.events.largest_block {
        in_window(facets, undated, rules.events.block_window, pairs);
        return;
    }
    for (k, &i) in undated.iter().enumerate() {
        pairs.extend(undated[k + 1..].iter().map(|&j| (i, j)));
        if dated.len() <= rules.events.block_window {
            pairs.extend(dated.iter().map(|&j| (i.min(j), i.max(j))));
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

/// Everything that stands for where it happened: the place and what holds it, what it may be, its name, its grid cells.
fn places(facet: &Facet<'_>, world: &dyn World, rules: &Rules) -> Vec<u64> {
    let mut places: Vec<u64> = Vec::new();
    for place in &facet.places {
        if let Some(id) = place.id() {
            places.push(key("place", id));
            places.extend(world.containers(id).iter().take(3).map(|c| key("place", c)));
        }
        places.extend(place.place.candidates.iter().take(8).map(|c| key("place", &c.id)));
        places.extend(place.names.iter().map(|n| hash::join(*n, 11)));
        if let (Some(lat), Some(lon), true) = (place.place.lat, place.place.lon, place.is_fine()) {
            cells(lat, lon, rules.events.cell_degrees, &mut places);
        }
    }
    places.sort_unstable();
    places.dedup();
    places
}

/// Place and day, parties and day.
fn day_keys(facet: &Facet<'_>, group: u64, places: &[u64], rules: &Rules) -> Vec<u64> {
    let parties = facet.parties.iter().fold(29, |h, p| hash::join(h, hash::of_bytes(p.as_bytes())));
    let mut keys = Vec::new();
    for time in times(facet, rules) {
        let base = hash::join(group, time);
        keys.extend(places.iter().map(|p| hash::join(base, *p)));
        if !facet.parties.is_empty() {
            keys.push(hash::join(base, parties));
            if facet.parties.len() <= 3 {
                keys.extend(facet.parties.iter().map(|p| hash::join(base, key("actor", p))));
            }
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
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

/// One key a day, with the days that tolerance adds; the months of a long stretch too.
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
