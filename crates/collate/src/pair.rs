//! One pair of claims: what speaks for one happening, what against, and what forbids it.
//!
//! The score depends on the two claims and static knowledge alone. What is unknown is compatible and earns nothing.

use crate::World;
use crate::facet::{Basis, Facet, Where};
use crate::rules::{Events, Rules};
use crate::toll;
use marsad_model::{Casualties, EventType, Harm, Level, MeansKind, PlacePrecision, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Scores pairs of claims.
pub(crate) struct Judge<'a> {
    world: &'a dyn World,
    events: &'a Events,
    types: FxHashMap<(EventType, EventType), f64>,
    /// Claims that stand in aligned passages of one telling.
    siblings: FxHashSet<(usize, usize)>,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(world: &'a dyn World, rules: &'a Rules) -> Self {
        Self { world, events: &rules.events, types: compatible_types(&rules.events), siblings: FxHashSet::default() }
    }

    pub(crate) fn with_siblings(mut self, pairs: &[(usize, usize)]) -> Self {
        self.siblings = pairs.iter().copied().collect();
        self
    }

    /// What two types earn; `None` where they cannot be told of one happening.
    pub(crate) fn types(&self, a: EventType, b: EventType) -> Option<f64> {
        if a == b {
            return Some(self.events.weight.same_kind);
        }
        if let Some(&w) = self.types.get(&(a.min(b), a.max(b))) {
            return Some(w);
        }
        let open = a.kind() == "other" || b.kind() == "other";
        (a.class() == b.class() && open).then_some(self.events.weight.same_class)
    }

    /// How much speaks for one happening; `None` where something forbids it.
    pub(crate) fn score(&self, i: usize, a: &Facet<'_>, j: usize, b: &Facet<'_>) -> Option<f64> {
        let weight = &self.events.weight;
        let sibling = self.siblings.contains(&(i.min(j), i.max(j)));
        if a.entry == b.entry && a.is_answer() == b.is_answer() && !sibling {
            return None; // within one report, analysis has already joined what is one
        }
        let mut score = self.types(a.event_type(), b.event_type())?;
        if sibling {
            // One telling: what differs now is a slip of the translator's, or ours.
            let relative = if a.relative.is_some() && a.relative == b.relative { weight.same_relative } else { 0.0 };
            let rest = self.place(a, b).unwrap_or(0.0).max(0.0) + self.time(a, b).unwrap_or(0.0).max(0.0);
            return Some(score + weight.sibling + relative + rest);
        }
        // A tally of a month is none of the month's happenings; and who names one day in one report and another in the next
        // tells of two.
        if a.tally != b.tally || a.voice.is_some() && a.voice == b.voice && other_days(a, b) {
            return None;
        }
        score += self.place(a, b)?;
        score += self.time(a, b)?;
        let actors = self.actors(a, b)?;
        score += actors;
        // Without a day, one attacker at one place tells little: it may have struck there every week. Two sides that
        // fought there are more.
        let undated = [a, b].iter().filter(|f| f.time.is_none()).count() as f64;
        if !is_fight(a) || actors < weight.same_pair {
            score += undated * weight.undated;
        }
        score += self.numbers(a, b);
        score += self.context(a, b);
        score += self.means(a, b);
        if a.is_at_other_time(b) && toll::agree(a, b) == Some(false) {
            score += weight.other_time_and_toll;
        }
        if is_sum(a, b) || is_sum(b, a) {
            score += weight.sum_and_part;
        }
        if (a.level() == Level::Episode) != (b.level() == Level::Episode) {
            score += weight.other_level;
        }
        Some(score)
    }

    /// The best that any two of their places say; forbidden only where every two of them are different settlements.
    fn place(&self, a: &Facet<'_>, b: &Facet<'_>) -> Option<f64> {
        if a.places.is_empty() || b.places.is_empty() {
            return Some(0.0);
        }
        let each = a.places.iter().flat_map(|x| b.places.iter().map(move |y| self.places(x, y)));
        let best = each.max_by(|x, y| x.unwrap_or(f64::MIN).total_cmp(&y.unwrap_or(f64::MIN))).flatten();
        let named = |of: &Facet<'_>, by: &Facet<'_>| of.places.iter().filter_map(Where::id).any(|id| by.context.names_place(id));
        best.or_else(|| (named(a, b) && named(b, a)).then_some(self.events.weight.place_named_by_both))
    }

    /// Persons and places that both reports name beside what they tell of.
    fn context(&self, a: &Facet<'_>, b: &Facet<'_>) -> f64 {
        let weight = &self.events.weight;
        let persons = weight.named_person * a.context.shared_persons(&b.context) as f64;
        // Where both say that it was there, the place is counted already.
        let told = |id: &str| [a, b].iter().all(|f| f.places.iter().any(|w| w.id() == Some(id)));
        let shared = a.context.places.iter().filter(|id| b.context.names_place(id) && !told(id));
        let places: f64 = shared.map(|id| weight.named_place * self.world.place_weight(id)).sum();
        persons.min(weight.most_named_persons) + places.min(weight.most_named_places)
    }

    fn places(&self, a: &Where<'_>, b: &Where<'_>) -> Option<f64> {
        let weight = &self.events.weight;
        let (Some(x), Some(y)) = (a.id(), b.id()) else {
            let names = a.names.iter().any(|n| b.names.contains(n));
            let candidate = |of: &Where<'_>, id: Option<&str>| id.is_some_and(|id| of.place.candidates.iter().any(|c| *c.id == *id));
            let shared = a.place.candidates.iter().any(|c| candidate(b, Some(&*c.id)));
            return Some(if names {
                weight.same_name
            } else if shared || candidate(a, b.id()) || candidate(b, a.id()) {
                weight.near_place
            } else {
                0.0
            });
        };
        if x == y {
            return Some(weight.same_place * self.world.place_weight(x));
        }
        let holds = if self.world.contains(x, y) {
            Some(a)
        } else if self.world.contains(y, x) {
            Some(b)
        } else {
            None
        };
        if let Some(container) = holds {
            return Some(if container.is_fine() { weight.place_in_settlement } else { weight.place_in_region });
        }
        let apart = self.world.distance_km(x, y);
        if !a.is_fine() || !b.is_fine() {
            // Two provinces are two places; a province that is not known to hold a town may hold it nevertheless, unless
            // the town is far from its middle.
            let same_size = a.place.precision == b.place.precision;
            let far =
                apart.is_some_and(|km| km > self.events.region_km) && a.place.precision.max(b.place.precision) < PlacePrecision::Country;
            return if same_size || far { None } else { Some(0.0) };
        }
        let loose = |w: &Where<'_>| {
            if w.place.precision == PlacePrecision::Near { f64::from(w.place.radius_m.unwrap_or(5000)) / 1000.0 } else { 0.0 }
        };
        let slack = self.events.near_km + loose(a) + loose(b);
        apart.filter(|km| *km <= slack).map(|_| weight.near_place)
    }

    fn time(&self, a: &Facet<'_>, b: &Facet<'_>) -> Option<f64> {
        let weight = &self.events.weight;
        let (Some(x), Some(y)) = (a.time, b.time) else {
            // A weekday that is named holds even where the date is unknown.
            return match a.weekdays_apart(b) {
                Some(0) => Some(weight.same_weekday),
                Some(days) if days > self.events.tolerance_days => None,
                _ => Some(0.0),
            };
        };
        let apart = x.apart(y);
        if apart > self.events.tolerance_days {
            return None;
        }
        Some(match x.basis.max(y.basis) {
            Basis::Day if apart == 0 && a.is_at_other_time(b) => weight.same_day + weight.other_part_of_day,
            Basis::Day if apart == 0 => weight.same_day,
            Basis::Day => weight.next_day,
            Basis::Published if x.basis != Basis::Wide && y.basis != Basis::Wide => {
                let between = (x.last - y.last).get_days().unsigned_abs() as usize;
                weight.published_day.get(between).copied().unwrap_or(0.0)
            }
            _ if apart == 0 => weight.wide_time,
            _ => 0.0,
        })
    }

    fn actors(&self, a: &Facet<'_>, b: &Facet<'_>) -> Option<f64> {
        let weight = &self.events.weight;
        let related = |x: &[&str], y: &[&str]| x.iter().any(|p| y.iter().any(|q| self.world.related(p, q)));
        let differ = |x: &[&str], y: &[&str]| !x.is_empty() && !y.is_empty() && !related(x, y);
        let directed = |f: &Facet<'_>| f.event_type().class() == "battle" && f.event_type().kind() != "clash";
        let mut score = 0.0;
        // Who fires in the one is fired at by another in the other: fire and the answer to it.
        let turned = |x: &Facet<'_>, y: &Facet<'_>| differ(&x.initiators, &y.initiators) && related(&x.initiators, &y.targets);
        if a.event_type().class() == "explosion" && (turned(a, b) || turned(b, a)) && !a.is_answer() && !b.is_answer() {
            return None;
        }
        if differ(&a.initiators, &b.initiators) && !a.is_answer() && !b.is_answer() {
            // An attack and the other side's counter-attack are two; a strike with two suspects is one, and contested.
            if directed(a) && directed(b) {
                return None;
            }
            score += weight.other_initiator;
        }
        if differ(&a.targets, &b.targets) {
            if directed(a) && directed(b) {
                return None;
            }
            score += weight.other_parties;
        }
        let covered = |x: &[&str], y: &[&str]| x.iter().all(|p| y.iter().any(|q| self.world.related(p, q)));
        if !a.parties.is_empty() && !b.parties.is_empty() {
            let all = covered(&a.parties, &b.parties) && covered(&b.parties, &a.parties);
            let fight = is_fight(a);
            score += if all && (a.parties.len() > 1 || fight) {
                weight.same_pair
            } else if related(&a.parties, &b.parties) {
                weight.same_actor
            } else if score < 0.0 {
                0.0
            } else {
                weight.other_parties
            };
            // Two fights that share one side only are fought against different enemies.
            if fight
                && a.parties.len() > 1
                && b.parties.len() > 1
                && !all
                && !covered(&a.parties, &b.parties)
                && !covered(&b.parties, &a.parties)
            {
                score += weight.other_parties;
            }
        }
        Some(score)
    }

    fn means(&self, a: &Facet<'_>, b: &Facet<'_>) -> f64 {
        let any = |same: &dyn Fn(MeansKind, MeansKind) -> bool| a.means.iter().any(|m| b.means.iter().any(|n| same(*m, *n)));
        if a.means.is_empty() || b.means.is_empty() {
            0.0
        } else if any(&|m, n| m == n) {
            self.events.weight.same_means
        } else if any(&|m, n| self.events.is_one_means(m, n)) {
            0.0
        } else {
            self.events.weight.other_means
        }
    }

    /// Exact numbers of the same harm that agree tell much, for they vary; that they differ tells little.
    fn numbers(&self, a: &Facet<'_>, b: &Facet<'_>) -> f64 {
        let mut best: BTreeMap<Harm, f64> = BTreeMap::new();
        for x in &a.claim.casualties {
            for y in b.claim.casualties.iter().filter(|y| y.harm == x.harm && y.group == x.group) {
                let Some(agree) = overlap(x, y) else { continue };
                let large = x.min.unwrap_or(0).min(y.min.unwrap_or(0)) >= 3;
                let value = match (agree, large) {
                    (true, true) => self.events.weight.same_number,
                    (true, false) => self.events.weight.same_number / 2.0,
                    (false, _) => self.events.weight.other_number,
                };
                let of_harm = best.entry(x.harm).or_insert(value);
                *of_harm = of_harm.max(value);
            }
        }
        best.values().sum()
    }
}

/// Does the first count several acts, and more harmed by them than the second by its one?
fn is_sum(sum: &Facet<'_>, one: &Facet<'_>) -> bool {
    sum.several && !one.several && toll::exceeds(sum, one)
}

/// Do both say the day, and say another?
fn other_days(a: &Facet<'_>, b: &Facet<'_>) -> bool {
    let stated = |f: &Facet<'_>| f.time.filter(|t| t.basis == Basis::Day);
    stated(a).zip(stated(b)).is_some_and(|(x, y)| x.apart(y) > 0)
}

fn is_fight(facet: &Facet<'_>) -> bool {
    matches!(facet.event_type().class(), "battle" | "communal")
}

/// Can both numbers hold? `None` where one of them is not told.
pub(crate) fn overlap(x: &Casualties<Span>, y: &Casualties<Span>) -> Option<bool> {
    let range = |c: &Casualties<Span>| (c.min.is_some() || c.max.is_some()).then(|| (c.min.unwrap_or(0), c.max.unwrap_or(u32::MAX)));
    let (x, y) = (range(x)?, range(y)?);
    Some(x.0 <= y.1 && y.0 <= x.1)
}

fn compatible_types(events: &Events) -> FxHashMap<(EventType, EventType), f64> {
    let matching = |pattern: &str| -> Vec<EventType> {
        let class = pattern.strip_suffix(".*");
        EventType::all().filter(|t| class.map_or_else(|| t.to_string() == pattern, |c| t.class() == c)).collect()
    };
    let mut types = FxHashMap::default();
    for rule in &events.compatible {
        for a in matching(&rule.a) {
            for b in matching(&rule.b) {
                // The rule written first wins, so that a closer one may stand before a general one.
                types.entry((a.min(b), a.max(b))).or_insert(rule.weight);
            }
        }
    }
    types
}
