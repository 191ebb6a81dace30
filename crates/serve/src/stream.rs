//! Server-sent events: the ledger has changed.

use crate::answer::Status;
use crate::app::{App, state_word, status_of};
use crate::guard;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::{HeaderMap, Method};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

/// How often is looked whether the ledger has changed, once for all who listen.
const EVERY: Duration = Duration::from_millis(500);
/// How often is looked whether whoever listens still may.
const MAY: Duration = Duration::from_secs(5);

/// Looks at the ledger for as long as the server runs: reads its events before the first reader asks for them, and again as soon
/// as others are found; and tells all who listen.
pub(crate) async fn watch(app: Arc<App>) {
    app.pool.is_watched();
    loop {
        let (parts, known) = (app.parts(), app.news.borrow().as_ref().map(|status| status.state.clone()));
        // What is told of stands already: who asks again because of it is answered with that, or with what came later.
        let read = app.pool.at_present(move |reader| {
            let same = known.is_some_and(|state| state == state_word(&reader.state));
            // Of a large ledger this takes longest; nobody should wait for it.
            reader.index()?.sources(reader.ledger)?;
            Ok(if same { None } else { Some(status_of(reader, parts)?) })
        });
        // A ledger that cannot be read now is looked at again.
        if let Ok(Some(status)) = read.await {
            app.news.send_replace(Some(Arc::new(status)));
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// A `ledger` with the status at once, then one whenever the ledger has changed, for as long as the token allows it.
pub(crate) async fn stream(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let news = app.news.subscribe();
    let changes = stream::unfold((app, news, headers, None::<String>), |(app, mut news, headers, told)| async move {
        loop {
            if guard::check_token(&app, &Method::GET, "/api/v1/stream", &headers).is_err() {
                return None;
            }
            let status: Option<Arc<Status>> = news.borrow_and_update().clone();
            if let Some(status) = status.filter(|status| told.as_ref() != Some(&status.state)) {
                let event = Event::default().event("ledger").id(status.state.clone());
                let event = event.json_data(&*status).unwrap_or_default();
                return Some((Ok(event), (app, news, headers, Some(status.state.clone()))));
            }
            // An end of all news is the server's own end.
            if let Ok(Err(_)) = tokio::time::timeout(MAY, news.changed()).await {
                return None;
            }
        }
    });
    Ok(Sse::new(changes).keep_alive(KeepAlive::default()))
}
