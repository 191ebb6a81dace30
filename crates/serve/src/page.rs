//! The page's files: those that the program carries, or those of a folder while the page is worked on.

use crate::answer::PageParts;
use crate::negotiate::{has_already, takes_gzip};
use crate::problem::Problem;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use flate2::Compression;
use flate2::write::GzEncoder;
use marsad_model::sha256_hex;
use std::io::Write;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

/// Each file with the beginning of its hash.
static CARRIED: &[(&str, &str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// Where the page's files come from.
pub(crate) enum Page {
    /// They are part of the program.
    Carried,
    /// They lie in this folder and are read anew each time.
    Folder(PathBuf),
}

/// Which of the page's packages the program carries.
pub fn carried() -> PageParts {
    Page::Carried.parts()
}

struct File {
    bytes: Bytes,
    /// The same as gzip, where it is worth that.
    packed: Option<Bytes>,
    hash: String,
}

/// What the program carries as gzip, each file as soon as it is first asked for: to pack it anew for each reader takes longer than
/// to send it.
static PACKED: OnceLock<Vec<OnceLock<Vec<u8>>>> = OnceLock::new();

fn packed(at: usize, bytes: &[u8]) -> Option<&'static [u8]> {
    let all = PACKED.get_or_init(|| CARRIED.iter().map(|_| OnceLock::new()).collect());
    let pack = || {
        let mut packer = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::default());
        // Memory takes all that is written to it.
        let _ = packer.write_all(bytes);
        packer.finish().unwrap_or_default()
    };
    all.get(at).map(|place| place.get_or_init(pack).as_slice())
}

impl Page {
    fn file(&self, path: &str) -> Option<File> {
        match self {
            Self::Carried => {
                let at = CARRIED.binary_search_by(|(name, _, _)| (*name).cmp(path)).ok()?;
                let (name, hash, bytes) = CARRIED.get(at)?;
                let packed = if is_text(name) { packed(at, bytes).map(Bytes::from_static) } else { None };
                Some(File { bytes: Bytes::from_static(bytes), packed, hash: (*hash).to_owned() })
            }
            Self::Folder(folder) => {
                let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
                let hidden = path.split('/').any(|part| part.starts_with('.'));
                let bytes = (inside && !hidden).then(|| std::fs::read(folder.join(path)).ok())??;
                let hash = sha256_hex(&bytes).chars().take(16).collect();
                Some(File { bytes: bytes.into(), packed: None, hash })
            }
        }
    }

    /// What of its packages is there.
    pub(crate) fn parts(&self) -> PageParts {
        let has = |path: &str| match self {
            Self::Carried => CARRIED.binary_search_by(|(name, _, _)| (*name).cmp(path)).is_ok(),
            Self::Folder(folder) => folder.join(path).is_file(),
        };
        PageParts {
            map: has("vendor/maplibre/maplibre-gl.mjs"),
            borders: has("vendor/world/countries-50m.json"),
            tiles: false,
            fonts: has("vendor/fonts/noto-naskh-arabic-400.woff2"),
        }
    }

    /// The answer to a request for a file of the page. With `?v=` and its hash in the address a file may be kept for ever; any
    /// other is asked for again, and not sent again where it is the same.
    pub(crate) fn answer(&self, path: &str, query: Option<&str>, headers: &HeaderMap) -> Result<Response<Body>, Problem> {
        let path = path.trim_start_matches('/');
        let path = if path.is_empty() { "index.html" } else { path };
        let file = self.file(path).ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "Not found", "there is no such page or address"))?;
        let etag = format!("W/\"{}\"", file.hash);
        let kept = query.is_some_and(|q| q.split('&').any(|p| p.strip_prefix("v=") == Some(file.hash.as_str())));
        let cache = if kept { "public, max-age=31536000, immutable" } else { "no-cache" };
        let has = has_already(headers, &etag);
        let packed = file.packed.filter(|_| !has && takes_gzip(headers));
        let coding = packed.is_some().then_some("gzip");
        let mut answer = Response::new(if has { Body::empty() } else { Body::from(packed.unwrap_or(file.bytes)) });
        if has {
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let out = answer.headers_mut();
        out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(coding) = coding {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        out.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        if let Ok(etag) = HeaderValue::from_str(&etag) {
            out.insert(header::ETAG, etag);
        }
        Ok(answer)
    }
}

/// Is it smaller as gzip?
fn is_text(path: &str) -> bool {
    !matches!(path.rsplit_once('.').map(|(_, end)| end), Some("woff2" | "png" | "ico"))
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, end)| end) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("tsv") => "text/tab-separated-values; charset=utf-8",
        Some("txt") => "text/plain; charset=utf-8",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
