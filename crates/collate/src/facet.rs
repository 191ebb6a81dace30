//! What a claim offers for the question whether another is of the same happening: time, places, parties, numbers.

use crate::dates::Dates;
use crate::rules::Rules;
use crate::ruling::Rulings;
use crate::{Analysed, Claimed, Mentioned, Place, corpus::Corpus, hash};
use jiff::ToSpan;
use jiff::civil::Date;
use marsad_model::ActorRole::{self, Accused, Affected, Detainee, Initiator, Party, Target};
use marsad_model::{
    CountScope, EventType, Level, MeansKind, MentionKind, Modality, PartOfDay, PlacePrecision, Polarity, Relative, Status, TimeBasis,
    TimePrecision,
};
use marsad_name::Skeletons;
use rayon::prelude::*;

/// A claim that makes an event, with its features in comparable form.
#[derive(Debug)]
pub(crate) struct Facet<'a> {
    pub(crate) claim: &'a Claimed,
    /// The report's place in the corpus.
    pub(crate) entry: usize,
    pub(crate) time: Option<Days>,
    pub(crate) relative: Option<Relative>,
    pub(crate) part: Option<PartOfDay>,
    pub(crate) places: Box<[Where<'a>]>,
    pub(crate) initiators: Box<[&'a str]>,
    pub(crate) targets: Box<[&'a str]>,
    /// Everyone who fights or suffers in it, sorted.
    pub(crate) parties: Box<[&'a str]>,
    pub(crate) means: Box<[MeansKind]>,
    /// Whose voice the report is.
    pub(crate) voice: Option<&'a str>,
    /// Does it count several acts?
    pub(crate) several: bool,
    /// Does it only add up whom a long stretch of time cost?
    pub(crate) tally: bool,
    pub(crate) context: Context<'a>,
}

/// What the report names near the claim.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    /// Ids of places, sorted.
    pub(crate) places: Box<[&'a str]>,
    /// What persons that no list knows may be called in either writing, as sorted hashes, one list a person.
    pub(crate) persons: Box<[Box<[u64]>]>,
}

impl<'a> Context<'a> {
    fn of(claim: &Claimed, mentions: &'a [Mentioned], rules: &Rules) -> Self {
        let reach = rules.events.context_letters;
        let near = |m: &&Mentioned| {
            m.span.start <= claim.trigger.end.saturating_add(reach) && claim.trigger.start <= m.span.end.saturating_add(reach)
        };
        let (mut places, mut persons) = (Vec::new(), Vec::new());
        for mention in mentions.iter().filter(near) {
            match (mention.kind, mention.id(), mention.name()) {
                (MentionKind::Place, Some(id), _) => places.push(id),
                // A name of one word is borne by too many.
                (MentionKind::Person, None, Some(name)) if name.split_whitespace().nth(1).is_some() => {
                    let mut keys: Vec<u64> = rules.spelling.skeletons().names(name).iter().map(|n| hash::of_bytes(n.as_bytes())).collect();
                    keys.sort_unstable();
                    persons.push(keys.into_boxed_slice());
                }
                _ => {}
            }
        }
        places.sort_unstable();
        places.dedup();
        persons.sort_unstable();
        persons.dedup();
        Self { places: places.into_boxed_slice(), persons: persons.into_boxed_slice() }
    }

    /// How many persons both name.
    pub(crate) fn shared_persons(&self, other: &Self) -> usize {
        let one = |a: &[u64], b: &[u64]| a.iter().any(|k| b.binary_search(k).is_ok());
        self.persons.iter().filter(|a| other.persons.iter().any(|b| one(a, b))).count()
    }

    pub(crate) fn names_place(&self, id: &str) -> bool {
        self.places.binary_search(&id).is_ok()
    }
}

/// The days on which a happening may have been, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Days {
    pub(crate) first: Date,
    pub(crate) last: Date,
    pub(crate) basis: Basis,
}

/// How the days are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Basis {
    /// The report says the day.
    Day,
    /// The report says a longer stretch.
    Wide,
    /// Only the report's own date bounds it.
    Published,
}

/// A place where it happened.
#[derive(Debug)]
pub(crate) struct Where<'a> {
    pub(crate) place: &'a Place,
    /// Hashes of what the name may be in either writing, for places that no gazetteer knows.
    pub(crate) names: Box<[u64]>,
}

impl Where<'_> {
    pub(crate) fn id(&self) -> Option<&str> {
        self.place.id.as_deref()
    }

    /// A place one can stand in, not a region.
    pub(crate) fn is_fine(&self) -> bool {
        self.place.precision <= PlacePrecision::Near
    }
}

impl<'a> Facet<'a> {
    pub(crate) fn of(
        claim: &'a Claimed,
        mentions: &'a [Mentioned],
        (entry, voice): (usize, Option<&'a str>),
        dates: &'a Dates,
        rules: &Rules,
    ) -> Self {
        let decided = claim.time.as_deref().filter(|t| t.basis == TimeBasis::Decided);
        let written = decided.or_else(|| dates.times.get(&claim.id)).or(claim.time.as_deref());
        let published = dates.published.get(entry).and_then(Option::as_deref).and_then(marsad_model::Published::day);
        let bounded = |day: Date| Days {
            first: day.checked_sub(i64::from(rules.events.published_days).days()).unwrap_or(day),
            last: day,
            basis: Basis::Published,
        };
        let time = match written {
            Some(t) if t.basis == TimeBasis::Published => t.end.or(t.start).map(bounded),
            Some(t) if t.start.is_some() => t.start.map(|start| days(start, t.end, t.precision, published)),
            // A time that is told but cannot be told in days is no ground to take the report's own day.
            Some(t) if t.relative.is_some_and(|r| r.days.is_some() || r.weekday.is_some()) => None,
            _ => published.map(bounded),
        };
        let ids = |roles: &[ActorRole]| -> Box<[&'a str]> {
            let mut ids: Vec<&str> = claim.actors.iter().filter(|a| roles.contains(&a.role)).filter_map(|a| a.id.as_deref()).collect();
            ids.sort_unstable();
            ids.dedup();
            ids.into_boxed_slice()
        };
        let mut means: Vec<MeansKind> = claim.means.iter().map(|m| m.kind).filter(|k| *k != MeansKind::Other).collect();
        means.sort_unstable();
        means.dedup();
        Self {
            claim,
            entry,
            time,
            relative: written.and_then(|t| t.relative),
            part: written.and_then(|t| t.relative).and_then(|r| r.part),
            places: claim.places_where().map(|place| Where { place, names: name_keys(place, rules.spelling.skeletons()) }).collect(),
            initiators: ids(&[Initiator, Accused]),
            targets: ids(&[Target]),
            parties: ids(&[Initiator, Accused, Target, Party, Affected, Detainee]),
            means: means.into_boxed_slice(),
            voice,
            tally: time.is_some_and(|t| t.basis == Basis::Wide) && is_tally(claim),
            several: counts_several(claim, mentions, rules.events.counted_letters),
            context: Context::of(claim, mentions, rules),
        }
    }

    pub(crate) fn event_type(&self) -> EventType {
        self.claim.event_type
    }

    pub(crate) fn level(&self) -> Level {
        crate::part::level(self.claim.level, self.several)
    }

    /// Do both say when it was, and is that not the same time: another day, or another part of one day? Neighbouring parts
    /// (dawn and morning) may be one.
    pub(crate) fn is_at_other_time(&self, other: &Self) -> bool {
        let stated = |f: &Self| f.time.filter(|t| t.basis == Basis::Day);
        let Some((x, y)) = stated(self).zip(stated(other)) else { return false };
        let parts = self.part.zip(other.part);
        x.apart(y) > 0 || parts.is_some_and(|(a, b)| (a as i32 - b as i32).rem_euclid(6).min((b as i32 - a as i32).rem_euclid(6)) > 1)
    }

    /// By how many days of the week the two are apart, where each names one or is of a known day; Sunday and Monday are
    /// neighbours.
    pub(crate) fn weekdays_apart(&self, other: &Self) -> Option<i32> {
        let between = (self.weekday()? - other.weekday()?).rem_euclid(7);
        Some(between.min(7 - between))
    }

    /// The day of the week, from Monday as 0: of the day itself, else as named.
    fn weekday(&self) -> Option<i32> {
        let known = self.time.filter(|t| t.basis == Basis::Day && t.first == t.last);
        known.map(|t| i32::from(t.first.weekday().to_monday_zero_offset())).or_else(|| Some(self.relative?.weekday? as i32))
    }

    /// Says that it did not happen, or rejects another's word.
    pub(crate) fn denies(&self) -> bool {
        self.claim.modality == Modality::Denied || self.claim.polarity == Polarity::Negative
    }

    /// Speaks of who did something else, which is why it may stand beside that in one report.
    pub(crate) fn is_answer(&self) -> bool {
        self.denies() || self.event_type().class() == "politics" && self.event_type().kind().starts_with("responsibility")
    }
}

/// Are all the numbers those of a stretch of time?
fn is_tally(claim: &Claimed) -> bool {
    !claim.casualties.is_empty() && claim.casualties.iter().all(|c| c.scope == CountScope::Period)
}

/// Does a number of two or more stand just before the trigger that counts nobody and nothing else?
fn counts_several(claim: &Claimed, mentions: &[Mentioned], reach: u32) -> bool {
    let counts = |m: &&Mentioned| {
        m.kind == MentionKind::Quantity
            && m.span.end <= claim.trigger.start
            && claim.trigger.start - m.span.end <= reach
            && m.value().and_then(|v| v.split('/').next()?.parse::<u32>().ok()).is_some_and(|n| n >= 2)
    };
    mentions.iter().filter(counts).any(|m| {
        let between = m.span.to(claim.trigger);
        let harmed = claim.casualties.iter().any(|c| between.overlaps(c.span) && c.span != claim.trigger);
        !harmed && !claim.actors.iter().any(|a| between.overlaps(a.span) && a.span != claim.trigger)
    })
}

fn days(first: Date, last: Option<Date>, precision: TimePrecision, published: Option<Date>) -> Days {
    // "Since Thursday" runs up to the day of telling, or, where that is unknown, for some days.
    let last = last.or_else(|| published.filter(|p| *p >= first)).or_else(|| first.checked_add(7.days()).ok()).unwrap_or(first).max(first);
    let basis = if precision <= TimePrecision::Day && (last - first).get_days() <= 2 { Basis::Day } else { Basis::Wide };
    Days { first, last, basis }
}

impl Days {
    /// By how many days the two are apart; 0 where they overlap.
    pub(crate) fn apart(self, other: Self) -> i32 {
        let gap = |a: Self, b: Self| (b.first - a.last).get_days();
        gap(self, other).max(gap(other, self)).max(0)
    }
}

fn name_keys(place: &Place, skeletons: &Skeletons) -> Box<[u64]> {
    if place.id.is_some() {
        return Box::default();
    }
    skeletons.names(&place.name).iter().map(|n| hash::of_bytes(n.as_bytes())).collect()
}

/// Every claim that makes an event, as people corrected it, in the order of reports, then of their ids.
pub(crate) fn all<'a>(corpus: &'a Corpus<'_>, dates: &'a Dates, rules: &Rules, rulings: &'a Rulings) -> Vec<Facet<'a>> {
    let mut facets: Vec<Facet<'a>> = (0..corpus.len())
        .into_par_iter()
        .flat_map_iter(|i| {
            let analysed: &'a Analysed = corpus.get(i);
            let ruled = analysed.claims.iter().filter_map(|c| rulings.ruled(c));
            ruled.filter(|c| c.makes_event() && c.status == Status::Current).map(move |c| (i, analysed, c))
        })
        .map(|(i, analysed, c)| Facet::of(c, &analysed.mentions, (i, corpus.entries[i].voice.as_deref()), dates, rules))
        .collect();
    facets.sort_by(|a, b| a.claim.id.cmp(&b.claim.id));
    facets.dedup_by(|a, b| a.claim.id == b.claim.id);
    facets
}
