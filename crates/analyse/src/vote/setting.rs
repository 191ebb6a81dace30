//! Where a trigger stands, how many were hurt, and how long ago it was.

use super::sight::{Take, bucket, word};
use crate::draft::Draft;
use crate::passage::Passage;
use jiff::civil::Date;

/// Words before the trigger, without the next one, that say what is made of it: "responsibility for the … attack".
const BEFORE: usize = 4;

/// What is seen of a draft's setting.
pub(crate) fn of_draft(passage: &Passage, draft: &Draft, take: &mut Take) {
    let item = &passage.rows[draft.sentence][draft.at];
    take("form", passage.words.folded(item.first));
    let start = passage.sentences[draft.sentence].words.start;
    for i in start.max(item.first.saturating_sub(BEFORE))..item.first.saturating_sub(1) {
        word(passage, i, "near", take);
    }
    let most = draft.casualties.iter().filter_map(|c| c.max.or(c.min)).max();
    take("count", most.map_or("none", |n| bucket(usize::try_from(n).unwrap_or(usize::MAX), &[0, 1, 9, 49, 199])));
    if let Some(day) = passage.day {
        let told = draft.time.as_ref().filter(|t| t.span.is_some()).and_then(|t| t.end.or(t.start));
        take("ago", told.map_or("not told", |then| since(then, day)));
    }
}

fn since(then: Date, day: Date) -> &'static str {
    match (day - then).get_days() {
        ..0 => "ahead",
        0..=2 => "days",
        3..=10 => "a week",
        11..=45 => "a month",
        46..=400 => "a year",
        _ => "years",
    }
}
