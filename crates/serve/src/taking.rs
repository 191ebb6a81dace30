//! Taking in: a link that was pasted, a file that was dropped. Each is sealed and read as by `marsad fetch` and `marsad run`.

use crate::answer::Taken;
use crate::app::{App, written};
use crate::problem::Problem;
use crate::query::Parameters;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::sync::Arc;

/// Most bytes of a file: as many as a record may have.
pub(crate) const FILE: usize = 32 << 20;
/// What a file can be sent with.
pub(crate) const TAKING: &[&str] = &["name", "by"];
/// Longest name of a file or of who hands it in, in characters.
const NAME: usize = 200;

/// What somebody hands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offered {
    /// An address of the web.
    Link(String),
    /// A file.
    File {
        /// Its name, without folders.
        name: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

/// What is handed in, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What.
    pub what: Offered,
    /// Who hands it in, where they say so.
    pub by: Option<String>,
}

/// Why nothing was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTaken {
    /// Something else is being entered; it may be offered again in a moment.
    Busy,
    /// What was offered is not taken; why, in words for a person.
    Refused(String),
    /// It could not be done; what went wrong.
    Fault(String),
}

/// Takes in what is offered.
#[derive(Clone)]
#[allow(clippy::type_complexity)] // told in full: it is what whoever embeds the server has to give
pub struct TakeIn(pub Arc<dyn Fn(Offer) -> Result<Taken, NotTaken> + Send + Sync>);

impl std::fmt::Debug for TakeIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TakeIn")
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Link {
    url: String,
    #[serde(default)]
    by: Option<String>,
}

/// Take a link or a file in.
pub(crate) async fn take(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let parameters = Parameters::read(uri.query(), TAKING)?;
    let form = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    let mut by = parameters.get("by").map(str::to_owned);
    let what = if form.starts_with("application/json") {
        let link: Link = serde_json::from_slice(&body).map_err(|e| Problem::new(StatusCode::BAD_REQUEST, "No link", e.to_string()))?;
        by = by.or(link.by);
        Offered::Link(link.url.trim().to_owned())
    } else if form.starts_with("application/octet-stream") {
        let name = parameters.get("name").and_then(own_name).ok_or_else(|| Problem::parameter("name", "is to be the file's name"))?;
        Offered::File { name, bytes: body.to_vec() }
    } else {
        let why = "a link is sent as application/json, {\"url\": …}, a file as application/octet-stream with ?name=";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Wrong form", why));
    };
    let by = by.map(|by| by.trim().chars().filter(|c| !c.is_control()).take(NAME).collect()).filter(|by: &String| !by.is_empty());
    let offered = Offer { what, by };
    let Some(take) = app.take_in.clone() else {
        return Err(Problem::new(StatusCode::NOT_IMPLEMENTED, "Not taken", "this server takes nothing in"));
    };
    let done = tokio::task::spawn_blocking(move || (take.0)(offered)).await;
    match done.unwrap_or_else(|_| Err(NotTaken::Fault("the program met a fault; the ledger is untouched".to_owned()))) {
        Ok(taken) => {
            app.pool.changed().await?;
            app.decided.notify_one();
            Ok((StatusCode::CREATED, [(header::CONTENT_TYPE, "application/json")], written(&taken)?).into_response())
        }
        Err(NotTaken::Busy) => {
            Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "Ledger busy", "a run is at work; offer it again when that has ended"))
        }
        Err(NotTaken::Refused(why)) => Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "Not taken", why)),
        Err(NotTaken::Fault(why)) => Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "Not taken", why)),
    }
}

/// A file's own name, whatever folders stand before it; `None` where nothing is left.
fn own_name(name: &str) -> Option<String> {
    let own = name.rsplit(['/', '\\']).next().unwrap_or("").trim().trim_start_matches('.');
    let own: String = own.chars().filter(|c| !c.is_control()).collect();
    // What a file is read as, its ending tells.
    let all = own.chars().count();
    let own: String = own.chars().skip(all.saturating_sub(NAME)).collect();
    (!own.is_empty()).then_some(own)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_name_leads_into_no_folder() {
        for (given, own) in
            [("a.txt", "a.txt"), ("../../etc/x.html", "x.html"), ("C:\\x\\y.jsonl", "y.jsonl"), (".hidden.txt", "hidden.txt")]
        {
            assert_eq!(own_name(given).as_deref(), Some(own));
        }
        for none in ["", "..", "a/", "...", "/"] {
            assert_eq!(own_name(none), None, "{none}");
        }
        assert!(own_name(&format!("{}.txt", "x".repeat(900))).unwrap().ends_with("xx.txt"));
    }
}
