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
use marsad_record::{DeskLine, SetAsideRecord, desk};
use std::sync::Arc;

/// What the inbox can be asked for.
pub(crate) const INBOX: &[&str] = &["state", "cursor", "limit"];

/// A page of the inbox.
pub(crate) async fn list(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let parameters = Parameters::read(uri.query(), INBOX)?;
    let wanted = parameters.parsed("state", "a state of the inbox, such as `new`", state)?;
    let skip: usize = parameters.parsed("cursor", "the `next` of an earlier page", |value| value.parse().ok())?.unwrap_or(0);
    let limit = parameters.limit()?;
    json(&app, &uri, &headers, move |reader| {
        let lines = desk(reader.ledger)?;
        let walls: Vec<SetAsideRecord> =
            reader.ledger.set_aside()?.into_iter().filter(|s| s.by_hand.is_some()).map(SetAsideRecord::from).collect();
        let count = |state: ReportState| {
            let ruled = lines.iter().filter(|line| line.state == state).count();
            ruled + if state == ReportState::CaptureByHand { walls.len() } else { 0 }
        };
        let states = ReportState::ALL.iter().map(|s| Count { value: s.word(), count: count(*s) as u64 }).collect();
        // What stands behind a wall is no report yet: it comes after those that are.
        let walls = walls.into_iter().filter(|_| wanted.is_none_or(|wanted| wanted == ReportState::CaptureByHand)).map(Entry::Wall);
        let lines = lines.into_iter().filter(|line| wanted.is_none_or(|wanted| wanted == line.state));
        let fitting: Vec<Entry> = lines.map(|line| Entry::Report(Box::new(line))).chain(walls).collect();
        let total = fitting.len();
        let mut items = Vec::new();
        for entry in fitting.into_iter().skip(skip).take(limit) {
            items.push(match entry {
                Entry::Report(line) => {
                    InboxItem { report: head_of(reader, &line.id)?.map(|(head, _)| head), desk: Some(*line), aside: None }
                }
                Entry::Wall(aside) => InboxItem { report: None, desk: None, aside: Some(aside) },
            });
        }
        let end = skip.saturating_add(items.len());
        Ok(Inbox { items, next: (end < total).then(|| end.to_string()), total: total as u64, states })
    })
    .await
}

enum Entry {
    Report(Box<DeskLine>),
    Wall(SetAsideRecord),
}

fn state(word: &str) -> Option<ReportState> {
    ReportState::ALL.iter().copied().find(|state| state.word() == word)
}
