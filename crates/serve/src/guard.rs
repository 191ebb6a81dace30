//! Who may ask, and what every answer says to the browser.

use crate::app::{App, DECISION};
use crate::problem::Problem;
use crate::taking::FILE;
use crate::token::Scope;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;

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

/// How long an answer may take to begin.
const LONGEST: Duration = Duration::from_mins(1);

/// How long a request's body may take to arrive.
const ARRIVES: Duration = Duration::from_secs(30);

/// The request with the whole of its body; refused where that does not come, or is too much.
async fn received(request: Request, patience: Duration) -> Result<Request, Problem> {
    let (head, body) = request.into_parts();
    let (most, what) = if head.uri.path().ends_with("/intake") { (FILE, "a file") } else { (DECISION, "a decision") };
    match tokio::time::timeout(patience, to_bytes(body, most)).await {
        Ok(Ok(body)) => Ok(Request::from_parts(head, Body::from(body))),
        Ok(Err(_)) => Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "Too large", format!("{what} is shorter, and whole"))),
        Err(_) => Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "Too slow", "what was sent did not arrive in time; send it again")),
    }
}

/// What whoever asks may do, as far as the address alone does not tell. It goes with the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Allowed {
    /// All that the address offers.
    All,
    /// To give second codings alone.
    SecondCoding,
}

/// Check where a request is addressed to, let it through, and say to the browser what it may do with the answer.
pub(crate) async fn guard(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let of_api = request.uri().path().starts_with("/api/");
    let checked = check_host(&app, request.headers(), request.uri().host())
        .and_then(|()| check_origin(&app, request.method(), request.headers(), of_api))
        .and_then(
            |()| if of_api { check_token(&app, request.method(), request.uri().path(), request.headers()) } else { Ok(Allowed::All) },
        );
    if let Ok(allowed) = checked {
        request.extensions_mut().insert(allowed);
    }
    let mut response = match checked {
        // A decision is not left half way; but it is begun only when all of it is there.
        Ok(_) if !is_reading(request.method()) => match received(request, ARRIVES).await {
            Ok(request) => next.run(request).await,
            Err(problem) => problem.into_response(),
        },
        Ok(_) => match tokio::time::timeout(LONGEST, next.run(request)).await {
            Ok(response) => response,
            Err(_) => Problem::new(StatusCode::SERVICE_UNAVAILABLE, "Too long", "the answer took too long; ask for less").into_response(),
        },
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

/// Nothing but the browser tells the reader's own page from any other that is open beside it. It says who asks: on loopback
/// another site's page is answered nothing, whatever it could have made of it; and it decides nowhere. A link from elsewhere may
/// still lead here.
fn check_origin(app: &App, method: &Method, headers: &HeaderMap, of_api: bool) -> Result<(), Problem> {
    if is_reading(method) && !(app.loopback && of_api) {
        return Ok(());
    }
    let told = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let of_page = |origin: &str| {
        let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        host.zip(told("host")).is_some_and(|(origin, host)| origin.eq_ignore_ascii_case(host))
    };
    let leads = matches!(*method, Method::GET | Method::HEAD) && told("sec-fetch-mode") == Some("navigate");
    let stranger = told("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) && !leads;
    if stranger || told("origin").is_some_and(|origin| !of_page(origin)) {
        let why = "this server answers to its own page alone, and to programs that name no other";
        return Err(Problem::new(StatusCode::FORBIDDEN, "Wrong origin", why));
    }
    Ok(())
}

fn is_reading(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whoever asks the API from elsewhere shows a token. The page's own files hold nothing of the ledger: they are open, so that
/// the page can ask for the token.
pub(crate) fn check_token(app: &App, method: &Method, path: &str, headers: &HeaderMap) -> Result<Allowed, Problem> {
    if app.loopback {
        return Ok(Allowed::All);
    }
    let scope = if is_reading(method) { Scope::Read } else { Scope::Decide };
    let coded = matches!((is_reading(method), path), (true, "/api/v1/second") | (false, "/api/v1/decisions"));
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(shown_token);
    match shown {
        Some(token) if app.tokens.allows(token, scope) => Ok(Allowed::All),
        Some(token) if coded && app.tokens.allows(token, Scope::Second) => Ok(Allowed::SecondCoding),
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
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']').unwrap_or(("", "")),
        None => host.find(':').map_or((host, ""), |at| host.split_at(at)),
    };
    if !(port.is_empty() || port.strip_prefix(':').is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()))) {
        return false;
    }
    name.eq_ignore_ascii_case("localhost") || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use futures_util::stream;
    use proptest::prelude::*;

    #[test]
    fn only_loopbacks_own_names_are_loopback() {
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1:8750", "127.9.9.9", "[::1]:8750", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example:8750",
            "127.0.0.1.evil.example",
            "10.0.0.1",
            "[fe80::1]",
            "[",
            "0.0.0.0:1",
            "localhost:80.evil.example",
            "[::1].evil.example",
            "localhost@evil.example",
            "::1",
        ] {
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

    #[test]
    fn a_body_that_does_not_arrive_is_not_waited_for() {
        let sent = |body: Body| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
            let received = runtime.block_on(received(Request::new(body), Duration::from_millis(50)));
            received
                .map(|request| runtime.block_on(to_bytes(request.into_body(), DECISION)).unwrap())
                .map_err(|p| p.into_response().status())
        };
        let endless = stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_millis(5)).await;
            Some((Ok::<_, std::io::Error>("x"), ()))
        });
        assert_eq!(sent(Body::from_stream(endless)), Err(StatusCode::REQUEST_TIMEOUT));
        assert_eq!(sent(Body::from(vec![b'x'; DECISION + 1])), Err(StatusCode::PAYLOAD_TOO_LARGE));
        assert_eq!(sent(Body::from("whole")).unwrap(), "whole");
    }

    proptest! {
        #[test]
        fn any_header_is_read_without_a_fault(value in "\\PC{0,60}") {
            let _ = (shown_token(&value), is_loopback(&value));
        }
    }
}
