//! When: the time that belongs to each claim.

use crate::draft::Draft;
use crate::harm::is_sum;
use crate::item::{Item, Mark};
use crate::passage::Passage;
use crate::telling::lend_time;
use jiff::civil::Date;
use marsad_expression::{Resolved, TimeKind, resolve_all};
use marsad_knowledge::{Saying, Slot};
use marsad_model::{ClaimTime, CountScope, Modality, Published, Relative, Span, Status, TimeBasis, TimePrecision};

/// Crossing another happening costs as much as this many items: its time is likelier its own.
const CROSSING: usize = 8;
/// A range longer than this many days says in what period a thing happened, not when.
const LONGEST_RANGE: i32 = 45;

/// What happened in so many days may be one happening; a sum over more is a sum.
const LONGEST_SINGLE: i32 = 7;

/// Give each draft the nearest time of its sentence; failing that, the report's own date bounds it.
pub(crate) fn tell(passage: &Passage, published: Option<&Published>, drafts: &mut [Draft]) {
    let anchor = published.and_then(Published::day);
    let resolved: Vec<Resolved> = resolve_all(&passage.times, anchor);
    for i in 0..drafts.len() {
        let (before, rest) = drafts.split_at_mut(i);
        let draft = &mut rest[0];
        draft.time = nearest(passage, draft, &resolved).map(|t| claim_time(&resolved[t], passage.times[t].span));
        // "several attacks since last autumn": a sum of what happened, not a happening.
        let open = draft.time.as_ref().is_some_and(|t| t.start.is_some() && t.end.is_none() && t.precision > TimePrecision::Day);
        if open {
            draft.status = Status::Background;
        }
        // "340 were killed in 2019", "since January": a sum over many happenings.
        if open || summed(passage, draft, &resolved) {
            draft.casualties.iter_mut().for_each(|c| c.scope = CountScope::Period);
        }
        for c in draft.casualties.iter_mut().filter(|c| c.scope == CountScope::TollSoFar) {
            if since(passage, c.span, &resolved) {
                c.scope = CountScope::Period;
            }
        }
        // "Between January and March 62 were killed"; "In 2022, five of them were seized" is history.
        if let Some(t) = stretch(passage, draft, &resolved) {
            draft.time = Some(claim_time(&resolved[t], passage.times[t].span));
            let over = |day: Date| resolved[t].end.is_some_and(|end| (day - end).get_days() > LONGEST_RANGE);
            if anchor.is_some_and(over) {
                draft.status = Status::Background;
            }
        }
        // A war's toll happened on no day.
        if is_sum(passage, draft) {
            draft.status = Status::Background;
            draft.casualties.iter_mut().for_each(|c| c.scope = CountScope::Period);
        } else if draft.time.is_none() {
            draft.time = anchor.map(by_publication);
        }
        if let Some(told) = draft.telling.and_then(|told| before.iter().find(|d| (d.sentence, d.at) == told)) {
            lend_time(told, draft);
        }
    }
}

/// Items between the words for a toll, its number and since when it counts.
const TOLL: usize = 8;

/// "Which brings the toll since 7 October to 52,310": a sum of all that happened since then.
fn since(passage: &Passage, number: Span, resolved: &[Resolved]) -> bool {
    let Some(row) = passage.rows.iter().find(|row| row.iter().any(|i| i.span.overlaps(number))) else { return false };
    let at = row.iter().position(|i| i.span.overlaps(number)).unwrap_or(0);
    let opens = |i: &Item| i.time.is_some_and(|t| resolved[t].kind == TimeKind::Since);
    row[at.saturating_sub(TOLL)..row.len().min(at + TOLL)].iter().any(opens)
}

/// Older than this many days, what a report tells beside news is history.
const NEWS: i32 = 180;

/// "In August 2023, clashes between the same groups killed 55": what lies long before what else the report tells of is background.
pub(crate) fn set_back(published: Option<&Published>, drafts: &mut [Draft]) {
    let Some(day) = published.and_then(Published::day) else { return };
    let old = |d: &Draft| {
        let told = d.time.as_ref().filter(|t| t.span.is_some()).and_then(|t| t.end);
        told.is_some_and(|end| (day - end).get_days() > NEWS)
    };
    let news = drafts.iter().any(|d| d.is_violent() && d.status == Status::Current && !old(d));
    for draft in drafts.iter_mut().filter(|d| news && d.is_violent() && old(d)) {
        draft.status = Status::Background;
    }
}

/// Is the nearest time of the sentence a stretch of weeks or more, over which a number sums up?
fn summed(passage: &Passage, draft: &Draft, resolved: &[Resolved]) -> bool {
    let row = &passage.rows[draft.sentence];
    let times = row.iter().enumerate().filter_map(|(j, item)| Some((j.abs_diff(draft.at), item.time?)));
    times.min().is_some_and(|(_, t)| {
        let r = &resolved[t];
        let long = r.start.zip(r.end).is_some_and(|(a, b)| (b - a).get_days() > LONGEST_SINGLE);
        matches!(r.kind, TimeKind::Point | TimeKind::Range) && (long || r.precision > TimePrecision::Week)
    })
}

/// A year or another long stretch that stands nearer than any day, with no other happening between.
fn stretch(passage: &Passage, draft: &Draft, resolved: &[Resolved]) -> Option<usize> {
    let row = &passage.rows[draft.sentence];
    let told = |t: usize| matches!(resolved[t].kind, TimeKind::Point | TimeKind::Range) && resolved[t].start.is_some();
    let times = row.iter().enumerate().skip(dateline(passage, draft.sentence));
    let beside = times.filter_map(|(j, item)| Some((distance(row, draft.at, j), j, item.time.filter(|t| told(*t))?)));
    let (_, j, t) = beside.min()?;
    let long = resolved[t].start.zip(resolved[t].end).is_some_and(|(a, b)| (b - a).get_days() > LONGEST_RANGE);
    (long && !crosses(passage, row, draft.at, j)).then_some(t)
}

/// Does another happening stand between? "Killed and injured between January and March" are of one.
fn crosses(passage: &Passage, row: &[Item], at: usize, time: usize) -> bool {
    let tells = |t: u32| passage.language.triggers[t as usize].event_type.is_some();
    let happens = |i: &Item| i.party.is_none() && i.triggers().any(|(t, _)| tells(t));
    row.get(time.min(at) + 1..time.max(at)).unwrap_or(&[]).iter().any(happens)
}

/// Items between, each happening on the way counting for several, and so does "that": «قال مصدر، السبت، إنهم اختطفوا…» is said on Saturday.
fn distance(row: &[Item], at: usize, time: usize) -> usize {
    let (from, to) = (time.min(at), time.max(at));
    let crosses = |i: &&Item| i.is_trigger() && i.party.is_none() || i.is_marker(Slot::That);
    let crossed = row.get(from + 1..to).unwrap_or(&[]).iter().filter(crosses).count();
    to - from + crossed * CROSSING
}

fn nearest(passage: &Passage, draft: &Draft, resolved: &[Resolved]) -> Option<usize> {
    let row = &passage.rows[draft.sentence];
    let usable = |t: usize| {
        let r = &resolved[t];
        // "at eight in the evening" says no day.
        let no_day = r.precision <= TimePrecision::Day && r.relative.is_some_and(|x: Relative| x.days.is_none() && x.weekday.is_none());
        let told = !no_day && (r.start.is_some() || r.relative.is_some());
        let long = r.start.zip(r.end).is_some_and(|(a, b)| (b - a).get_days() > LONGEST_RANGE);
        matches!(r.kind, TimeKind::Point | TimeKind::Range | TimeKind::Since) && told && !long
    };
    let head = dateline(passage, draft.sentence);
    // "The army denied on Saturday that it had bombed the market": on that day it denied it.
    let denied = |j: usize| {
        draft.modality == Modality::Denied && j < draft.at && row[j..draft.at].iter().any(|i| i.is_marker(Slot::That)) && said_then(row, j)
    };
    // "Two days after an attack that killed dozens, warplanes bombed the town on Friday": that day is not the attack's.
    let under = opened_by(passage, row, draft.at);
    let main_clause = |j: usize| {
        under && j > draft.at && row[draft.at..j].iter().any(|i| i.mark == Some(Mark::Comma)) && crosses(passage, row, draft.at, j)
    };
    row.iter()
        .enumerate()
        .skip(head)
        .filter(|(j, _)| !denied(*j) && !main_clause(*j))
        .filter_map(|(j, item)| item.time.filter(|t| usable(*t)).map(|t| (distance(row, draft.at, j), t)))
        .min()
        .map(|(_, t)| t)
}

/// Does a word that opens a clause govern it: "after a chemical attack"?
fn opened_by(passage: &Passage, row: &[Item], at: usize) -> bool {
    let before = row[..at].iter().rev().find(|i| !(i.is_marker(Slot::Article) || i.means().is_some() || i.party.is_some()));
    before.is_some_and(|b| passage.language.grammar.openers.iter().any(|o| passage.words.folded(b.last) == o))
}

/// Items between a verb of saying and when it was said.
const SAID: usize = 2;

/// Does a verb of saying stand right before this time?
fn said_then(row: &[Item], time: usize) -> bool {
    row[time.saturating_sub(SAID)..time].iter().any(|i| matches!(i.saying(), Some(Saying::Cue(..))))
}

/// Items of a dateline's dash.
const DATELINE: usize = 14;

/// Where the text proper begins in a text's first sentence: after the dash of a dateline that names a place or a day.
/// The day there is the day of writing.
fn dateline(passage: &Passage, sentence: usize) -> usize {
    let row = &passage.rows[sentence];
    let dash = row.iter().take(DATELINE).rposition(|i| i.mark == Some(Mark::Stop));
    let names = |to: usize| row[..to].iter().any(|i| i.time.is_some()) && !row[..to].iter().any(Item::is_trigger);
    dash.filter(|to| sentence == 0 && names(*to)).map_or(0, |to| to + 1)
}

fn claim_time(r: &Resolved, span: Span) -> ClaimTime<Span> {
    ClaimTime {
        start: r.start,
        end: r.end.or(if r.kind == TimeKind::Since { None } else { r.start }),
        start_time: r.start_time.clone(),
        end_time: r.end_time.clone(),
        precision: r.precision,
        basis: r.basis,
        relative: r.relative.filter(|x| *x != Relative::default()),
        span: Some(span),
        carried: false,
    }
}

/// News tells what happened on its own day or the day before.
fn by_publication(day: Date) -> ClaimTime<Span> {
    ClaimTime {
        start: Some(day.yesterday().unwrap_or(day)),
        end: Some(day),
        start_time: None,
        end_time: None,
        precision: TimePrecision::Day,
        basis: TimeBasis::Published,
        relative: None,
        span: None,
        carried: false,
    }
}
