//! The events of a filter as an evidence bundle to take away, with names held back or not. That it left is noted in the
//! ledger's log, which is why it is asked for by who may decide.

use crate::app::App;
use crate::events::in_words;
use crate::pool::Reader;
use crate::problem::Problem;
use crate::query::{EventQuery, FILTER, Paging, Parameters};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use marsad_bundle::{BundleError, Bundled, HeldBack, Originals, Wish};
use marsad_ledger::Ledger;
use marsad_model::EventId;
use std::fs::File;
use std::io::Read;
use std::sync::Arc;
use tempfile::TempDir;

/// The parameters beside the filter's.
pub(crate) const BUNDLE: &[&str] = &["redact", "originals", "names_in_originals"];

/// The header in which the hash of its manifest is told.
const MANIFEST: HeaderName = HeaderName::from_static("marsad-manifest");

/// Bytes that are handed out at a time.
const PIECE: usize = 1 << 18;

/// Which sort of bundle is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Whole,
    HeldBack(Originals),
}

impl Sort {
    /// Originals hold every name, so that they are put beside records without names only where that is asked for twice.
    fn read(parameters: &Parameters) -> Result<Self, Problem> {
        let yes = |name: &str| Ok::<_, Problem>(parameters.yes(name)?.unwrap_or(false));
        let (redact, originals, names) = (yes("redact")?, yes("originals")?, yes("names_in_originals")?);
        match (redact, originals, names) {
            (true, true, true) => Ok(Self::HeldBack(Originals::There)),
            (true, false, false) => Ok(Self::HeldBack(Originals::LeftOut)),
            (false, false, false) => Ok(Self::Whole),
            (false, ..) => Err(Problem::parameter("redact", "without it the originals are in a bundle anyway; ask for no more")),
            _ => {
                let why = "every name stands in the originals: ask for them twice, with `originals` and `names_in_originals`";
                Err(Problem::parameter("originals", why))
            }
        }
    }
}

/// A bundle as a zip.
pub(crate) async fn bundle(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Problem> {
    let parameters = Parameters::read(uri.query(), &[FILTER, BUNDLE].concat())?;
    let (query, sort) = (EventQuery::read(&parameters)?, Sort::read(&parameters)?);
    let making = Arc::clone(&app);
    let (bundled, folder, file) = app.pool.read(move |reader| made(&making, reader, &query, sort)).await?;
    let name = if sort == Sort::Whole { "marsad-bundle.zip" } else { "marsad-redacted-bundle.zip" };
    // The folder goes when the last piece is handed out, or nobody takes it any more.
    let pieces = stream::unfold((file, folder), |(mut file, folder)| async move {
        let read = tokio::task::spawn_blocking(move || {
            let mut piece = vec![0; PIECE];
            let read = file.read(&mut piece).map(|length| {
                piece.truncate(length);
                Bytes::from(piece)
            });
            (read, file)
        });
        match read.await {
            Ok((Ok(piece), _)) if piece.is_empty() => None,
            Ok((piece, file)) => Some((piece, (file, folder))),
            Err(_) => None,
        }
    });
    let mut response = Body::from_stream(pieces.fuse()).into_response();
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for (name, value) in [(header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")), (MANIFEST, bundled.manifest)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            out.insert(name, value);
        }
    }
    Ok(response)
}

fn made(app: &App, reader: &Reader<'_>, query: &EventQuery, sort: Sort) -> Result<(Bundled, TempDir, File), Problem> {
    let events = if *query == EventQuery::default() {
        None
    } else {
        let found = reader.index()?.find(query, in_words(reader, query)?.as_ref(), &Paging::all());
        Some(found.ids.into_iter().map(EventId::from).collect())
    };
    let (salt, salted) = &app.salt;
    let held_back = match sort {
        Sort::Whole => None,
        Sort::HeldBack(originals) => Some(HeldBack { redactor: &reader.known.redactor, salt, salted: *salted, originals }),
    };
    let mut private = tempfile::Builder::new();
    private.prefix("marsad-bundle-");
    #[cfg(unix)]
    private.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    let folder = private.tempdir().map_err(|_| unmade())?;
    let out = folder.path().join("bundle.zip");
    let now = jiff::Timestamp::now().round(jiff::Unit::Second).unwrap_or_default().to_string();
    // On a connection of its own: what is noted at its end must not wait for this reader.
    let ledger = Ledger::open_read(&app.ledger)?;
    let bundled = marsad_bundle::make(&ledger, &reader.known.world, &Wish { events, held_back }, &out, &now).map_err(refused)?;
    let file = File::open(&out).map_err(|_| unmade())?;
    Ok((bundled, folder, file))
}

fn unmade() -> Problem {
    Problem::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Not bundled",
        "there is no room for a bundle on this machine, or it may not be written",
    )
}

fn refused(error: BundleError) -> Problem {
    match error {
        BundleError::Export(error) => error.into(),
        BundleError::Ledger(error) => error.into(),
        error @ BundleError::TooLarge => Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "Not bundled", error.to_string()),
        // Paths of the machine are no business of whoever asks.
        _ => unmade(),
    }
}
