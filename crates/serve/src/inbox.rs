//! The inbox: every report with where it is in the day's work, and what is to be captured by hand.

use crate::answer::{Count, Inbox, InboxItem};
use crate::app::{App, json};
use crate::problem::Problem;
use crate::query::Parameters;
use crate::reports::head_of;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use marsad_decision::ReportState;
use marsad_record::{DeskMark, SetAsideRecord, desk};
use std::sync::Arc;

/// What the inbox can be asked for.
pub(crate) const INBOX: &[&str] = &["state", "cursor", "limit"];

/// A page of the inbox.
pub(crate) async fn list(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let parameters = Parameters::read(uri.query(), INBOX)?;
    let wanted = parameters.parsed("state", "a state of the inbox, such as `new`", state)?;
    let from = parameters.parsed("cursor", "the `next` of an earlier page", mark)?;
    let limit = parameters.limit()?;
    json(&app, &uri, &headers, move |reader| {
        let walls = reader.ledger.set_aside()?.into_iter().filter(|s| s.by_hand.is_some());
        let walls: Vec<SetAsideRecord> = walls.map(SetAsideRecord::from).collect();
        let passed = if let Some(Mark::Walls(passed)) = from { Some(passed) } else { None };
        let from = from.and_then(|from| if let Mark::Desk(mark) = from { Some(mark) } else { None });
        // Behind the reports are the walls: of the reports nothing is asked any more, but how many are in which state.
        let mut page = desk(reader.ledger, wanted, from, if passed.is_some() { 0 } else { limit })?;
        *page.states.entry(ReportState::CaptureByHand).or_default() += walls.len() as u64;
        let count = |state: ReportState| page.states.get(&state).copied().unwrap_or(0);
        let states = ReportState::ALL.iter().map(|s| Count { value: s.word(), count: count(*s) }).collect();
        let total = wanted.map_or_else(|| page.states.values().sum(), count);
        let mut next = page.next.filter(|_| passed.is_none()).map(Mark::Desk);
        let mut items = Vec::new();
        for line in page.lines {
            items.push(InboxItem { report: head_of(reader, &line.id)?.map(|(head, _)| head), desk: Some(line), aside: None });
        }
        // What stands behind a wall is no report yet: it comes after those that are.
        if next.is_none() && wanted.is_none_or(|wanted| wanted == ReportState::CaptureByHand) {
            let passed = passed.unwrap_or(0);
            let end = passed.saturating_add(limit - items.len()).min(walls.len());
            next = Some(Mark::Walls(end)).filter(|_| end < walls.len());
            let shown = walls.into_iter().take(end).skip(passed);
            items.extend(shown.map(|aside| InboxItem { report: None, desk: None, aside: Some(aside) }));
        }
        Ok(Inbox { items, next: next.as_ref().map(ToString::to_string), total, states })
    })
    .await
}

/// Where a page ended: among the reports, or among the walls behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Desk(DeskMark),
    Walls(usize),
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Desk(DeskMark::Before(place)) => write!(f, "before-{place}"),
            Self::Desk(DeskMark::Gone(passed)) => write!(f, "gone-{passed}"),
            Self::Walls(passed) => write!(f, "walls-{passed}"),
        }
    }
}

fn mark(word: &str) -> Option<Mark> {
    let (sort, number) = word.split_once('-')?;
    match sort {
        "before" => number.parse().ok().map(DeskMark::Before).map(Mark::Desk),
        "gone" => number.parse().ok().map(DeskMark::Gone).map(Mark::Desk),
        "walls" => number.parse().ok().map(Mark::Walls),
        _ => None,
    }
}

fn state(word: &str) -> Option<ReportState> {
    ReportState::ALL.iter().copied().find(|state| state.word() == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_as_it_was_written_and_nothing_else_is_one() {
        for written in [Mark::Desk(DeskMark::Before(7)), Mark::Desk(DeskMark::Gone(0)), Mark::Walls(3)] {
            assert_eq!(mark(&written.to_string()), Some(written));
        }
        assert!(["", "7", "before", "before-x", "walls--1", "lost-1"].iter().all(|word| mark(word).is_none()));
    }
}
