//! Ledgers made of reports, and servers over them.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use marsad::run::{Engine, known, run};
use marsad_serve::{Known, Options, router};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;
use tower::ServiceExt;

pub(crate) const NOW: &str = "2026-01-02T03:04:05Z";

pub(crate) static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::load(None).unwrap());

/// The ledger of the reports under `examples/`.
pub(crate) static EXAMPLES: LazyLock<TempDir> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    run(&ENGINE, &[examples], &dir.path().join("ledger"), NOW).unwrap();
    dir
});

pub(crate) fn options(ledger: PathBuf, listen: &str) -> Options {
    Options { ledger, listen: listen.parse().unwrap(), page: None, tiles: None, renew: None, take_in: None }
}

pub(crate) fn load() -> Known {
    let (files, gazetteer) = known(None).unwrap();
    Known::load(&files, gazetteer).unwrap()
}

/// A server over the examples.
pub(crate) fn examples() -> Router {
    router(&options(EXAMPLES.path().join("ledger"), "127.0.0.1:0"), load()).unwrap()
}

pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answered {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&self.bytes)))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub(crate) async fn ask(server: &Router, method: Method, address: &str, headers: &[(&str, &str)]) -> Answered {
    let mut request = Request::builder().method(method).uri(address);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "localhost:8750");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = server.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answered { status: parts.status, headers: parts.headers, bytes }
}

pub(crate) async fn get(server: &Router, address: &str) -> Answered {
    ask(server, Method::GET, address, &[]).await
}

/// The answer, which must be JSON and no problem.
pub(crate) async fn read(server: &Router, address: &str) -> Value {
    let answered = get(server, address).await;
    assert_eq!(answered.status, StatusCode::OK, "{address}: {}", String::from_utf8_lossy(&answered.bytes));
    answered.json()
}

/// Run something that waits.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(future)
}

/// An id as it stands in an address.
pub(crate) fn id(value: &Value) -> &str {
    value.as_str().unwrap()
}
