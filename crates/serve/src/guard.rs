//! Who may ask, and what every answer says to the browser.

use crate::app::App;
use crate::problem::Problem;
use crate::token::Scope;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Scripts, styles and fonts of our own and nothing else: no inline code, no third party, no frame, no plug-in, no form that
/// leads elsewhere. `blob:` is for the workers that the map makes.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
    connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Said with every answer, whatever it is.
const ALWAYS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
];

/// Check where a request is addressed to, let it through, and say to the browser what it may do with the answer.
pub(crate) async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let checked = check_host(&app, request.headers(), request.uri().host())
        .and_then(|()| check_origin(&request))
        .and_then(|()| check_token(&app, &request));
    let mut response = match checked {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    response
}

/// On loopback, a name other than loopback's in `Host` means that some site had its own name lead here, to read with the
/// reader's browser what is served to this machine alone.
fn check_host(app: &App, headers: &HeaderMap, in_uri: Option<&str>) -> Result<(), Problem> {
    if !app.loopback {
        return Ok(());
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).or(in_uri).unwrap_or("");
    if is_loopback(host) {
        return Ok(());
    }
    let why = "this server answers to localhost alone; `--listen` and a token open it to others";
    Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, "Wrong host", why))
}

/// Only the page itself decides with a reader's browser, no other site that the browser is on.
fn check_origin(request: &Request) -> Result<(), Problem> {
    let (headers, uri) = (request.headers(), request.uri());
    if is_reading(request.method()) {
        return Ok(());
    }
    let text = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let host = text(&header::HOST).or(uri.host()).unwrap_or("");
    let own =
        text(&header::ORIGIN).is_none_or(|origin| origin.split_once("://").is_some_and(|(_, origin)| origin.eq_ignore_ascii_case(host)));
    let fetched = text(&HeaderName::from_static("sec-fetch-site")).is_none_or(|site| matches!(site, "same-origin" | "none"));
    if own && fetched {
        return Ok(());
    }
    Err(Problem::new(StatusCode::FORBIDDEN, "Other site", "another site may not decide"))
}

fn is_reading(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whoever asks the API from elsewhere shows a token. The page's own files hold nothing of the ledger: they are open, so that
/// the page can ask for the token.
fn check_token(app: &App, request: &Request) -> Result<(), Problem> {
    if app.loopback || !request.uri().path().starts_with("/api/") {
        return Ok(());
    }
    let scope = if is_reading(request.method()) { Scope::Read } else { Scope::Decide };
    let shown = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(shown_token);
    match shown {
        Some(token) if app.tokens.allows(token, scope) => Ok(()),
        Some(token) if Scope::ALL.iter().any(|other| app.tokens.allows(token, *other)) => {
            Err(Problem::new(StatusCode::FORBIDDEN, "Out of scope", format!("this token does not allow to {scope}")))
        }
        _ => Err(Problem::new(StatusCode::UNAUTHORIZED, "Token needed", "show a token of this ledger; `marsad token add` makes one")),
    }
}

/// The token in an `Authorization` header. Only a bearer's is taken: a browser sends no such header of itself, so that no other
/// site can make it ask with the reader's token.
fn shown_token(value: &str) -> Option<&str> {
    let (scheme, rest) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| rest.trim())
}

/// Is this `Host` one of loopback's own names, with whatever port?
fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(""),
        None => host.split(':').next().unwrap_or(""),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_loopbacks_own_names_are_loopback() {
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1:8750", "127.9.9.9", "[::1]:8750", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["", "evil.example", "localhost.evil.example:8750", "127.0.0.1.evil.example", "10.0.0.1", "[fe80::1]", "[", "0.0.0.0:1"]
        {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn only_a_bearers_token_is_taken() {
        assert_eq!(shown_token("Bearer marsad_1"), Some("marsad_1"));
        for other in ["Basic eDptYXJzYWRfMQ==", "Digest x", "marsad_1", ""] {
            assert_eq!(shown_token(other), None);
        }
    }

    proptest! {
        #[test]
        fn any_header_is_read_without_a_fault(value in "\\PC{0,60}") {
            let _ = (shown_token(&value), is_loopback(&value));
        }
    }
}
