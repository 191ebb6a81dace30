//! The events of a filter as a file to take away, in the formats of `marsad export`.

use crate::app::{App, answer};
use crate::events::in_words;
use crate::pool::Reader;
use crate::problem::Problem;
use crate::query::{EventQuery, FILTER, Paging, Parameters};
use crate::standing::Wanted;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::Response;
use marsad_export::{ExportError, Folder, Format, GONE, Record, Records, Since};
use marsad_ledger::{Ledger, Mark};
use marsad_model::{EventId, sha256_hex};
use marsad_redact::{Salt, Salted, TOLD, told};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// The parameters beside the filter's.
pub(crate) const EXPORT: &[&str] = &["format", "file", "redact", "since"];

/// The header that tells the mark by which a later export gives what changed since this one.
const CURSOR: &str = "marsad-cursor";

/// What is asked for.
#[derive(Clone)]
struct Asked {
    query: EventQuery,
    format: Format,
    file: &'static str,
    since: Option<Mark>,
    /// The salt where names are held back. Another salt gives another file under the same address.
    salt: Option<(Salt, Salted)>,
}

/// One file of an export; without a name the one that holds the events.
pub(crate) async fn export(State(app): State<Arc<App>>, method: Method, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let asked = asked(&app, &uri)?;
    let salted = asked.salt.as_ref().map(|(salt, _)| salt.id("")).unwrap_or_default();
    let file = asked.file;
    let form = match file {
        GONE => Format::Jsonl.media_type(),
        _ if file.ends_with(".txt") || file == TOLD => "text/plain; charset=utf-8",
        _ => asked.format.media_type(),
    };
    // Looked up first: of what changes meanwhile, the next export tells once more rather than never.
    let mark = app.pool.read(|reader| Ok(reader.ledger.mark()?)).await?;
    let making = asked.clone();
    let made = answer(&app, &format!("{uri} {salted}"), &headers, form, Wanted::Present, move |reader| made(reader, &making)).await?;
    let mut response = noted(&app, &asked, made, &method).await?;
    let prefix = if asked.salt.is_some() && file != TOLD { "redacted-" } else { "" };
    let told = [
        (header::CONTENT_DISPOSITION, Some(format!("attachment; filename=\"{prefix}{file}\""))),
        (HeaderName::from_static(CURSOR), mark.map(|mark| mark.to_string())),
    ];
    for (name, value) in told {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

fn asked(app: &App, uri: &Uri) -> Result<Asked, Problem> {
    let parameters = Parameters::read(uri.query(), &[FILTER, EXPORT].concat())?;
    let query = EventQuery::read(&parameters)?;
    let names = || Format::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ");
    let format = parameters.parsed("format", &format!("one of {}", names()), Format::named)?;
    let format = format.ok_or_else(|| Problem::parameter("format", format!("must be named: one of {}", names())))?;
    let since = parameters.parsed("since", "a cursor that an export told, such as 3-0123456789ab", Mark::parse)?;
    let salt = parameters.yes("redact")?.unwrap_or(false).then(|| app.salt.clone());
    let more = salt.is_some().then_some(TOLD).into_iter().chain(since.is_some().then_some(GONE));
    let of_format = |name: &str| format.files().iter().copied().chain(more).find(|file| *file == name);
    let file = parameters.parsed("file", &format!("one of {}", format.files().join(", ")), of_format)?.unwrap_or(format.events_file());
    Ok(Asked { query, format, file, since, salt })
}

/// Note in the custody log that this file left the house; where nothing may be written, nothing is noted.
async fn noted(app: &Arc<App>, asked: &Asked, made: Response, method: &Method) -> Result<Response, Problem> {
    if made.status() != StatusCode::OK || *method != Method::GET {
        return Ok(made);
    }
    let (parts, body) = made.into_parts();
    let whole = |e: axum::Error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "Not exported", e.to_string());
    let bytes = to_bytes(body, usize::MAX).await.map_err(whole)?;
    let what = serde_json::json!({
        "files": { asked.file: sha256_hex(&bytes) }, "redacted": asked.salt.is_some(), "since": asked.since.as_ref().map(ToString::to_string),
        "filtered": asked.query != EventQuery::default()
    });
    let (dir, now) = (app.ledger.clone(), jiff::Timestamp::now().round(jiff::Unit::Second).unwrap_or_default().to_string());
    app.pool
        .read(move |_| match Ledger::note_export(&dir, &what, &now) {
            Err(error) if !error.is_unwritable() => Err(error.into()),
            _ => Ok(()),
        })
        .await?;
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

fn made(reader: &Reader<'_>, asked: &Asked) -> Result<Vec<u8>, Problem> {
    let mut kept = OneFile::of(asked.file);
    let (records, since) = records(reader, asked)?;
    if asked.file == GONE {
        let named = |id: &EventId| asked.salt.as_ref().map_or_else(|| id.clone(), |(salt, _)| EventId::from(salt.id(id.as_str())));
        since.map(|since| since.tell(&mut kept, &named)).transpose()?;
        return Ok(kept.taken());
    }
    let mut writer = asked.format.writer(&reader.known.world, &mut kept)?;
    let mut take = |record: Record| writer.take(&record);
    let summary = match &asked.salt {
        Some((salt, _)) => reader.known.redactor.each(&records, salt, &mut take)?,
        // Some files are made of the events alone; nothing else is looked at for them.
        None if asked.file == asked.format.events_file() && !asked.format.needs_reports() => records.events_alone(&mut take)?,
        None => records.each(&mut take)?,
    };
    writer.finish(&summary)?;
    Ok(match &asked.salt {
        Some((_, salted)) if asked.file == TOLD => told(&summary.redacted.unwrap_or_default(), *salted).into_bytes(),
        _ => kept.taken(),
    })
}

/// What leaves, and where only what changed does, what became of the rest.
fn records<'r>(reader: &'r Reader<'_>, asked: &Asked) -> Result<(Records<'r>, Option<Since>), Problem> {
    let fitting = if asked.query == EventQuery::default() {
        None
    } else {
        let words = in_words(reader, &asked.query)?;
        let found = reader.index()?.find(&asked.query, words.as_ref(), &Paging::all());
        Some(found.ids.into_iter().map(EventId::from).collect::<BTreeSet<_>>())
    };
    let since = asked.since.clone().map(|mark| Since::of(reader.ledger, mark)).transpose()?;
    let since = match &fitting {
        Some(fitting) => since.map(|since| since.among(fitting)),
        None => since,
    };
    let records = match since.as_ref().map(|since| since.changed().clone()).or(fitting) {
        Some(events) => Records::of_events(reader.ledger, events)?,
        None => Records::whole(reader.ledger),
    };
    Ok((records, since))
}

/// Keeps the file that is asked for and lets the others go.
struct OneFile {
    file: &'static str,
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl OneFile {
    fn of(file: &'static str) -> Self {
        Self { file, bytes: Arc::default() }
    }

    fn taken(self) -> Vec<u8> {
        let mut bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *bytes)
    }
}

impl Folder for OneFile {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn Write + Send>> {
        Ok(if name == self.file { Box::new(Kept(Arc::clone(&self.bytes))) } else { Box::new(io::sink()) })
    }
}

struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl From<ExportError> for Problem {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Ledger(error) => error.into(),
            ExportError::Record(error) => error.into(),
            ExportError::Report { source, .. } => (*source).into(),
            other => {
                let status = axum::http::StatusCode::INTERNAL_SERVER_ERROR;
                Self::new(status, "Not exported", other.to_string())
            }
        }
    }
}
