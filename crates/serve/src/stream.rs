//! Server-sent events: the ledger has changed.

use crate::app::{App, status_of};
use crate::problem::Problem;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

/// How often the ledger is looked at for whoever listens.
const EVERY: Duration = Duration::from_secs(1);

/// A `ledger` with the status at once, then one whenever the ledger has changed.
pub(crate) async fn stream(State(app): State<Arc<App>>) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let changes = stream::unfold((app, None::<String>), |(app, seen)| async move {
        loop {
            if seen.is_some() {
                tokio::time::sleep(EVERY).await;
            }
            let parts = app.page.parts();
            let Ok(status) = app.pool.read(move |reader| status_of(reader, parts)).await else { continue };
            if seen.as_ref() == Some(&status.state) {
                continue;
            }
            let event = Event::default().event("ledger").id(status.state.clone());
            let event = event.json_data(&status).unwrap_or_default();
            return Some((Ok(event), (app, Some(status.state))));
        }
    });
    Ok(Sse::new(changes).keep_alive(KeepAlive::default()))
}
