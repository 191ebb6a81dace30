//! The server: what it is started with, its addresses, and how an answer is made.

use crate::answer::{LastRun, PageParts, Status};
use crate::known::Known;
use crate::negotiate::{has_already, takes_gzip};
use crate::page::Page;
use crate::pool::{Pool, Reader};
use crate::problem::Problem;
use crate::standing::{Question, Wanted};
use crate::taking::{self, TakeIn};
use crate::tiles::Tiles;
use crate::token::Tokens;
use crate::{bundle, decisions, events, export, guard, inbox, reports, second, socket, stream, tiles};
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use marsad_ledger::LedgerError;
use marsad_model::sha256_hex;
use marsad_redact::{Salt, Salted};
use serde::Serialize;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

/// What a server is started with.
#[derive(Debug, Clone)]
pub struct Options {
    /// The ledger's folder.
    pub ledger: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// A folder to take the page's files from, in place of those that the program carries.
    pub page: Option<PathBuf>,
    /// A file of tiles (PMTiles) for the map.
    pub tiles: Option<PathBuf>,
    /// The salt of ids in exports that hold names back; without it, one is drawn.
    pub salt: Option<Salt>,
    /// Finds events anew when somebody decided; without it, the next run does.
    pub renew: Option<Renew>,
    /// Takes in what somebody hands in; without it nothing is.
    pub take_in: Option<TakeIn>,
}

/// What finds events anew with all that was decided; false where that has to wait, as while a run is at work.
#[derive(Clone)]
pub struct Renew(pub Arc<dyn Fn() -> bool + Send + Sync>);

impl std::fmt::Debug for Renew {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Renew")
    }
}

/// A server could not be started or was stopped by a fault.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The ledger cannot be opened.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The address cannot be listened at.
    #[error("listening at {at} failed: {source}")]
    Listen {
        /// The address.
        at: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// Others than this machine could reach it, and nothing would tell them from its owner.
    #[error(
        "{at} can be reached from elsewhere, which needs a token: make one with `marsad token add NAME --ledger DIR`, or listen at 127.0.0.1"
    )]
    Open {
        /// The address.
        at: SocketAddr,
    },
    /// The tiles cannot be used.
    #[error("reading the tiles {}: {source}", path.display())]
    Tiles {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: std::io::Error,
    },
    /// The network gave way.
    #[error("serving failed: {0}")]
    Serve(#[from] std::io::Error),
}

/// All that answers need.
pub(crate) struct App {
    pub(crate) pool: Arc<Pool>,
    pub(crate) page: Page,
    pub(crate) loopback: bool,
    pub(crate) tokens: Tokens,
    pub(crate) tiles: Option<Tiles>,
    /// The ledger's state as it was last looked at; none before the first look.
    pub(crate) news: watch::Sender<Option<Arc<Status>>>,
    pub(crate) ledger: PathBuf,
    pub(crate) take_in: Option<TakeIn>,
    /// Told after every decision, and when something came in.
    pub(crate) decided: Notify,
    /// The salt of ids in exports that hold names back, never told to anyone, and what may be told of it.
    pub(crate) salt: (Salt, Salted),
}

impl App {
    /// What the page can draw with.
    pub(crate) fn parts(&self) -> PageParts {
        PageParts { tiles: self.tiles.is_some(), ..self.page.parts() }
    }
}

/// Most bytes of a decision.
pub(crate) const DECISION: usize = 1 << 20;

/// All addresses of the API, each with what answers there.
fn addresses() -> Router<Arc<App>> {
    Router::new()
        .route("/events", get(events::list))
        .route("/events/counts", get(events::counts))
        .route("/events/{id}", get(events::dossier))
        .route("/events/{id}/victims", get(events::victims))
        .route("/export", get(export::export))
        .route("/bundle", post(bundle::bundle))
        .route("/reports", get(reports::list))
        .route("/reports/{id}", get(reports::report))
        .route("/reports/{id}/original", get(reports::original))
        .route("/aside/{id}/original", get(reports::unread))
        .route("/reports/{id}/lineage", get(reports::lineage))
        .route("/claims/{id}", get(reports::claim))
        .route("/search", get(reports::search))
        .route("/sources", get(reports::sources))
        .route("/aside", get(reports::aside))
        .route("/decisions", get(decisions::list).post(decisions::decide).layer(DefaultBodyLimit::max(DECISION)))
        .route("/inbox", get(inbox::list))
        .route("/intake", post(taking::take).layer(DefaultBodyLimit::max(taking::FILE)))
        .route("/second", get(second::blind))
        .route("/agreement", get(second::agreement))
        .route("/queue", get(decisions::queue))
        .route("/status", get(status))
        .route("/stream", get(stream::stream))
        .route("/tiles", get(tiles::tiles))
        .route("/openapi.json", get(openapi))
}

/// The server as a service, without a socket.
pub fn router(options: &Options, known: Known) -> Result<Router, ServeError> {
    Ok(routed(&opened(options, known)?))
}

fn opened(options: &Options, known: Known) -> Result<Arc<App>, ServeError> {
    let at = options.listen;
    let tokens = Tokens::of(&options.ledger);
    if !at.ip().is_loopback() && tokens.list()?.is_empty() {
        return Err(ServeError::Open { at });
    }
    let open = |path: &PathBuf| Tiles::open(path).map_err(|source| ServeError::Tiles { path: path.clone(), source });
    Ok(Arc::new(App {
        tiles: options.tiles.as_ref().map(open).transpose()?,
        news: watch::Sender::new(None),
        tokens,
        ledger: options.ledger.clone(),
        take_in: options.take_in.clone(),
        decided: Notify::new(),
        salt: match &options.salt {
            Some(salt) => (salt.clone(), Salted::Kept),
            None => (drawn()?, Salted::Fresh),
        },
        pool: Arc::new(Pool::open(&options.ledger, Arc::new(known))?),
        page: options.page.clone().map_or(Page::Carried, Page::Folder),
        loopback: at.ip().is_loopback(),
    }))
}

/// A new salt.
fn drawn() -> Result<Salt, ServeError> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| std::io::Error::other(error.to_string()))?;
    Salt::of(&bytes).ok_or_else(|| std::io::Error::other("a salt is too short").into())
}

fn routed(app: &Arc<App>) -> Router {
    let guard = axum::middleware::from_fn_with_state(Arc::clone(app), guard::guard);
    Router::new()
        .nest("/api/v1", addresses().fallback(no_address).method_not_allowed_fallback(no_method))
        .fallback(page)
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(guard)
        .with_state(Arc::clone(app))
}

/// Listen and answer until the process is told to stop. `listening` is told the address once it is taken.
pub fn serve(options: &Options, known: Known, listening: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let app = opened(options, known)?;
    let router = routed(&app);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let at = options.listen;
        let listener = tokio::net::TcpListener::bind(at).await.map_err(|source| ServeError::Listen { at, source })?;
        tokio::spawn(stream::watch(Arc::clone(&app)));
        if let Some(renew) = options.renew.clone() {
            tokio::spawn(renewing(Arc::clone(&app), renew));
        }
        listening(listener.local_addr()?);
        socket::answer_all(listener, router, socket::Patience::USUAL, stopped()).await;
        Ok(())
    })
}

/// After so long is tried again what had to wait; each time that it has to wait once more, after twice as long.
const SOON: Duration = Duration::from_secs(1);
/// But never later than this.
const LATE: Duration = Duration::from_mins(1);

/// Find events anew at the start, where a server before this one was stopped between a decision and that, and after every
/// decision; those that come meanwhile are laid over together. What has to wait is tried again until all are laid over, by
/// this or by whatever it waited for.
async fn renewing(app: Arc<App>, renew: Renew) {
    let mut waiting = is_behind(&app).await;
    let mut pause = SOON;
    loop {
        if !waiting {
            app.decided.notified().await;
        }
        let renew = renew.clone();
        if tokio::task::spawn_blocking(move || (renew.0)()).await.unwrap_or(false) {
            (waiting, pause) = (false, SOON);
        } else {
            let _ = tokio::time::timeout(pause, app.decided.notified()).await;
            pause = (pause * 2).min(LATE);
            waiting = is_behind(&app).await;
        }
    }
}

/// Were decisions made that are not laid over yet, or did something come in that was not compared?
async fn is_behind(app: &Arc<App>) -> bool {
    app.pool.read(|reader| Ok(reader.ledger.needs_collation()?)).await.unwrap_or(false)
}

async fn stopped() {
    // Where the signal cannot be waited for, the process is ended the hard way; nothing is lost by that.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

async fn page(State(app): State<Arc<App>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return no_method(method, uri).await;
    }
    let reads = matches!(app.page, Page::Folder(_));
    let answer = move || app.page.answer(uri.path(), uri.query(), &headers).unwrap_or_else(IntoResponse::into_response);
    // A folder's files are read from the disk.
    if !reads {
        return answer();
    }
    tokio::task::spawn_blocking(answer).await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

async fn no_address() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "Not found", "the API has no such address; /api/v1/openapi.json describes it")
}

async fn no_method(method: Method, uri: Uri) -> Response {
    let mut response = if method == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "Method not allowed",
            "this is read (GET, HEAD); decisions, what is handed in and what is asked to be bundled alone are sent (POST)",
        )
        .into_response()
    };
    let allowed = match uri.path().rsplit('/').next() {
        Some("decisions") => "GET, HEAD, POST, OPTIONS",
        Some("intake" | "bundle") => "POST, OPTIONS",
        _ => "GET, HEAD, OPTIONS",
    };
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
    response
}

async fn status(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let parts = app.parts();
    json(&app, &uri, &headers, move |reader| status_of(reader, parts)).await
}

async fn openapi() -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")];
    (headers, crate::openapi::description().to_string()).into_response()
}

/// What the ledger holds.
pub(crate) fn status_of(reader: &Reader<'_>, page: crate::answer::PageParts) -> Result<Status, Problem> {
    let (counts, version) = (reader.ledger.counts()?, reader.ledger.version()?);
    let last_run = reader.ledger.last_change()?.map(|entry| LastRun { at: entry.at, what: entry.what, hash: entry.hash });
    Ok(Status {
        program: env!("CARGO_PKG_VERSION"),
        read_by: version.as_ref().map(|v| v.program.clone()),
        knowledge: version.map(|v| v.knowledge),
        originals: counts.originals,
        reports: counts.reports,
        claims: counts.claims,
        events: counts.events,
        set_aside: counts.set_aside,
        stale: reader.ledger.needs_collation()?,
        last_run,
        state: state_word(&reader.state),
        page,
    })
}

/// The ledger's state as a short word.
pub(crate) fn state_word(state: &marsad_ledger::State) -> String {
    let whole = format!("{}/{}/{}/{}", state.changes, state.collations, state.custody, env!("CARGO_PKG_VERSION"));
    sha256_hex(whole.as_bytes()).chars().take(16).collect()
}

/// Answer with JSON.
pub(crate) async fn json<T: Serialize>(
    app: &Arc<App>,
    uri: &Uri,
    headers: &HeaderMap,
    make: impl Fn(&Reader<'_>) -> Result<T, Problem> + Send + Sync + 'static,
) -> Result<Response, Problem> {
    answer(app, uri, headers, "application/json", Wanted::Standing, move |reader| written(&make(reader)?)).await
}

/// A value as JSON.
pub(crate) fn written(value: &impl Serialize) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(value).map_err(|e| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "Record unreadable", e.to_string()))
}

/// Answer with what `make` makes of the ledger, unless whoever asks has it: then nothing is made.
pub(crate) async fn answer(
    app: &Arc<App>,
    asked: &impl std::fmt::Display,
    headers: &HeaderMap,
    form: &'static str,
    wanted: Wanted,
    make: impl Fn(&Reader<'_>) -> Result<Vec<u8>, Problem> + Send + Sync + 'static,
) -> Result<Response, Problem> {
    let (held, address) = (headers.clone(), format!("{asked} {form}"));
    let etag = |state: &marsad_ledger::State, address: &str| {
        let whole = format!("{} {address}", state_word(state));
        format!("W/\"{}\"", sha256_hex(whole.as_bytes()).get(..20).unwrap_or_default())
    };
    let has = {
        let address = address.clone();
        move |state: &_| has_already(&held, &etag(state, &address))
    };
    let packed = takes_gzip(headers);
    let question = Question { asked: address.clone(), wanted, packed, has: Box::new(has), make: Arc::new(make) };
    let (state, made) = app.pool.answer(question).await?;
    let mut response = match made {
        None => StatusCode::NOT_MODIFIED.into_response(),
        Some(made) => match made.packed().filter(|_| packed) {
            Some(gzip) => ([(header::CONTENT_TYPE, form), (header::CONTENT_ENCODING, "gzip")], gzip.to_vec()).into_response(),
            None => ([(header::CONTENT_TYPE, form)], made.plain().to_vec()).into_response(),
        },
    };
    let out = response.headers_mut();
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    out.insert(header::VARY, HeaderValue::from_static("accept, accept-encoding"));
    if let Ok(etag) = HeaderValue::from_str(&etag(&state, &address)) {
        out.insert(header::ETAG, etag);
    }
    Ok(response)
}
