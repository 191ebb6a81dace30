//! What is told when a request cannot be answered (RFC 9457).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use marsad_ledger::LedgerError;
use marsad_record::RecordError;
use serde::Serialize;

/// Why a request is not answered, as `application/problem+json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Problem {
    #[serde(serialize_with = "as_number")]
    pub(crate) status: StatusCode,
    /// What sort of trouble, always the same words for the same sort.
    pub(crate) title: &'static str,
    /// What exactly, and what to do about it.
    pub(crate) detail: String,
    /// The parameter that is at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parameter: Option<String>,
    /// The decision that stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) decision: Option<Box<serde_json::Value>>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's own way
fn as_number<S: serde::Serializer>(status: &StatusCode, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_u16(status.as_u16())
}

impl Problem {
    pub(crate) fn new(status: StatusCode, title: &'static str, detail: impl Into<String>) -> Self {
        Self { status, title, detail: detail.into(), parameter: None, decision: None }
    }

    /// A parameter's value cannot be used.
    pub(crate) fn parameter(name: &str, detail: impl Into<String>) -> Self {
        let parameter = Some(name.chars().take(64).collect());
        Self { parameter, ..Self::new(StatusCode::BAD_REQUEST, "Bad parameter", detail) }
    }

    /// Somebody ruled on the same thing, which whoever rules now has not seen.
    pub(crate) fn decided(last: serde_json::Value) -> Self {
        let why = "somebody ruled on this meanwhile; look at the ruling, and name it under `seen` to rule after it";
        Self { decision: Some(Box::new(last)), ..Self::new(StatusCode::CONFLICT, "Decided meanwhile", why) }
    }

    /// There is no such thing.
    pub(crate) fn missing(what: &str, id: &str) -> Self {
        let shown: String = id.chars().take(80).collect();
        Self::new(StatusCode::NOT_FOUND, "Not found", format!("this ledger has no {what} `{shown}`"))
    }
}

impl From<LedgerError> for Problem {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::NoOriginal { .. } => Self::new(StatusCode::NOT_FOUND, "Not found", error.to_string()),
            LedgerError::OtherMark { .. } => Self::parameter("since", format!("{error}; an export without it tells the mark of today")),
            LedgerError::Locked { .. } => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "Ledger busy", "the ledger is being replaced; ask again in a moment")
            }
            LedgerError::OriginalChanged { .. } => Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "Seal broken",
                "the sealed bytes are not those that were sealed; `marsad verify` tells more",
            ),
            // Paths of the machine are no business of whoever asks.
            _ => Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "Ledger unreadable",
                "the ledger could not be read; `marsad verify` tells more",
            ),
        }
    }
}

impl From<RecordError> for Problem {
    fn from(error: RecordError) -> Self {
        match error {
            RecordError::Ledger(error) => error.into(),
            other => Self::new(StatusCode::INTERNAL_SERVER_ERROR, "Record unreadable", other.to_string()),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"Marsad\""));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}
