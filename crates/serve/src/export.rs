//! The events of a filter as a file to take away, in the formats of `marsad export`.

use crate::app::{App, answer};
use crate::events::in_words;
use crate::pool::Reader;
use crate::problem::Problem;
use crate::query::{EventQuery, FILTER, Paging, Parameters};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::Response;
use marsad_export::{ExportError, Folder, Format, Record, Records};
use marsad_model::EventId;
use marsad_redact::{Salt, Salted, TOLD, told};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// The parameters beside the filter's.
pub(crate) const EXPORT: &[&str] = &["format", "file", "redact"];

/// One file of an export; without a name the one that holds the events.
pub(crate) async fn export(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let parameters = Parameters::read(uri.query(), &[FILTER, EXPORT].concat())?;
    let query = EventQuery::read(&parameters)?;
    let names = || Format::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ");
    let format = parameters.parsed("format", &format!("one of {}", names()), Format::named)?;
    let format = format.ok_or_else(|| Problem::parameter("format", format!("must be named: one of {}", names())))?;
    let redact = parameters.yes("redact")?.unwrap_or(false);
    let told = redact.then_some(TOLD);
    let of_format = |name: &str| format.files().iter().copied().chain(told).find(|file| *file == name);
    let file = parameters.parsed("file", &format!("one of {}", format.files().join(", ")), of_format)?.unwrap_or(format.events_file());
    let form = if file.ends_with(".txt") || file == TOLD { "text/plain; charset=utf-8" } else { format.media_type() };
    // Another salt gives another file under the same address.
    let salt = redact.then(|| app.salt.clone());
    let asked = format!("{uri} {}", salt.as_ref().map(|(salt, _)| salt.id("")).unwrap_or_default());
    let made = answer(&app, &asked, &headers, form, move |reader| match salt {
        Some(salt) => held_back(reader, &query, format, file, &salt),
        None => made(reader, &query, format, file),
    });
    let mut response = made.await?;
    let prefix = if redact && file != TOLD { "redacted-" } else { "" };
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"{prefix}{file}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

fn made(reader: &Reader<'_>, query: &EventQuery, format: Format, file: &'static str) -> Result<Vec<u8>, Problem> {
    let mut kept = OneFile::of(file);
    let mut writer = format.writer(&reader.known.world, &mut kept)?;
    let records = records(reader, query)?;
    let mut take = |record: Record| writer.take(&record);
    // Some files are made of the events alone; nothing else is looked at for them.
    let summary =
        if file == format.events_file() && !format.needs_reports() { records.events_alone(&mut take) } else { records.each(&mut take) };
    writer.finish(&summary?)?;
    Ok(kept.taken())
}

/// The same without the names that are held back.
fn held_back(
    reader: &Reader<'_>,
    query: &EventQuery,
    format: Format,
    file: &'static str,
    (salt, salted): &(Salt, Salted),
) -> Result<Vec<u8>, Problem> {
    let mut kept = OneFile::of(file);
    let mut writer = format.writer(&reader.known.world, &mut kept)?;
    let summary = reader.known.redactor.each(&records(reader, query)?, salt, &mut |record| writer.take(&record))?;
    writer.finish(&summary)?;
    Ok(if file == TOLD { told(&summary.redacted.unwrap_or_default(), *salted).into_bytes() } else { kept.taken() })
}

fn records<'r>(reader: &'r Reader<'_>, query: &EventQuery) -> Result<Records<'r>, Problem> {
    if *query == EventQuery::default() {
        return Ok(Records::whole(reader.ledger));
    }
    let words = in_words(reader, query)?;
    let found = reader.index()?.find(query, words.as_ref(), &Paging::all());
    Ok(Records::of_events(reader.ledger, found.ids.into_iter().map(EventId).collect::<BTreeSet<_>>())?)
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
