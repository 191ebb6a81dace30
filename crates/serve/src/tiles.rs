//! A user's own map: a file of tiles (PMTiles), of which the page asks for stretches.

use crate::app::App;
use crate::problem::Problem;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// With what a file of tiles begins: its name and the version that the page can read.
const BEGINS: &[u8] = b"PMTiles\x03";
/// Bytes of a stretch at most. A page asks for far less at once; it is told what it got.
const MOST: u64 = 8 << 20;

/// A file of tiles that was looked at.
#[derive(Debug)]
pub(crate) struct Tiles {
    path: PathBuf,
}

impl Tiles {
    /// Look whether the file is what it is given as.
    pub(crate) fn open(path: &Path) -> std::io::Result<Self> {
        let mut begins = [0; BEGINS.len()];
        File::open(path)?.read_exact(&mut begins)?;
        if begins != BEGINS {
            return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, "it is no PMTiles file of version 3"));
        }
        Ok(Self { path: path.to_owned() })
    }

    /// The stretch that a `Range` asks for, with where it begins and how long the whole is; `None` where it lies outside.
    fn stretch(&self, (first, last): (u64, u64)) -> std::io::Result<(Vec<u8>, Option<u64>, u64)> {
        let mut file = File::open(&self.path)?;
        let whole = file.metadata()?.len();
        if first >= whole || last < first {
            return Ok((Vec::new(), None, whole));
        }
        let length = (last - first).saturating_add(1).min(whole - first).min(MOST);
        file.seek(SeekFrom::Start(first))?;
        let mut bytes = Vec::new();
        file.take(length).read_to_end(&mut bytes)?;
        Ok((bytes, Some(first), whole))
    }
}

/// The first and the last byte that a `Range` names. Of several stretches, and of one told from the end, none is served.
fn asked(headers: &HeaderMap) -> Option<(u64, u64)> {
    let (first, last) = headers.get(header::RANGE)?.to_str().ok()?.strip_prefix("bytes=")?.split_once('-')?;
    let number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten();
    Some((number(first)?, if last.is_empty() { u64::MAX } else { number(last)? }))
}

/// A stretch of the file.
pub(crate) async fn tiles(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    let missing = || Problem::new(StatusCode::NOT_FOUND, "Not found", "no tiles were given; `--tiles FILE` gives some");
    if app.tiles.is_none() {
        return Err(missing());
    }
    let wrong = "ask for one stretch of the tiles (`Range: bytes=FIRST-LAST`)";
    let range = asked(&headers).ok_or_else(|| Problem::new(StatusCode::RANGE_NOT_SATISFIABLE, "Bad range", wrong))?;
    let read = tokio::task::spawn_blocking(move || app.tiles.as_ref().map(|tiles| tiles.stretch(range))).await;
    let unreadable = || Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "Tiles unreadable", "the file of tiles could not be read");
    let (bytes, from, whole) = read.map_err(|_| unreadable())?.ok_or_else(missing)?.map_err(|_| unreadable())?;
    let told = match from {
        Some(from) => format!("bytes {from}-{}/{whole}", from + (bytes.len() as u64).saturating_sub(1)),
        None => format!("bytes */{whole}"),
    };
    let status = if from.is_some() { StatusCode::PARTIAL_CONTENT } else { StatusCode::RANGE_NOT_SATISFIABLE };
    let mut response = (status, Body::from(bytes)).into_response();
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/vnd.pmtiles"));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    out.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Ok(told) = HeaderValue::from_str(&told) {
        out.insert(header::CONTENT_RANGE, told);
    }
    Ok(response)
}
