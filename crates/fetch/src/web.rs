//! One question to one server, and its answer.

use crate::address::is_public;
use crate::seen::Visit;
use crate::url::Url;
use std::io::Read;
use std::net::IpAddr;
use std::time::Duration;
use ureq::http::{Response, StatusCode, Uri};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};

/// How to fetch.
#[derive(Debug, Clone)]
pub struct Options {
    /// What the program calls itself to servers.
    pub agent: String,
    /// A proxy (`http://`, `socks4://`, `socks5://` …) that all connections go through.
    pub proxy: Option<String>,
    /// Certificates (PEM) of the authorities that are believed, in place of those that are known to all: for a network whose own
    /// authority signs what passes through it.
    pub ca: Option<Vec<u8>>,
    /// May addresses of this machine and of private networks be fetched?
    pub private: bool,
    /// The longest body, as it is sent.
    pub longest: usize,
    /// The most time for one answer.
    pub patience: Duration,
    /// The least time between two questions to one host.
    pub pace: Duration,
    /// How often a question is asked again when a server is busy or does not answer.
    pub retries: u32,
    /// How many redirects are followed.
    pub redirects: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            agent: concat!("marsad/", env!("CARGO_PKG_VERSION")).to_owned(),
            proxy: None,
            ca: None,
            private: false,
            longest: 32 << 20,
            patience: Duration::from_mins(1),
            pace: Duration::from_secs(2),
            retries: 3,
            redirects: 8,
        }
    }
}

/// Why nothing can be fetched at all.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The proxy's address is none.
    #[error("`{0}` is no proxy's address; write it as http://host:port or socks5://host:port")]
    Proxy(String),
    /// What is named as certificates holds none.
    #[error("no certificate can be read of what was named as the authority's: {0}")]
    Certificates(String),
    /// What was fetched or seen cannot be written down.
    #[error("what was fetched cannot be kept: {0}")]
    Keep(#[from] std::io::Error),
}

/// What a server answered.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    /// Status line and header as they are kept.
    pub(crate) head: Vec<u8>,
    pub(crate) body: Vec<u8>,
    pub(crate) truncated: Option<&'static str>,
    pub(crate) location: Option<String>,
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
    /// For how many seconds, or until when, the server wants to be left alone.
    pub(crate) retry_after: Option<String>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unanswered {
    /// The address is of this machine or a private network.
    Private,
    /// It may work another time.
    Failed(String),
}

/// Asks servers.
#[derive(Debug)]
pub(crate) struct Web {
    agent: Agent,
    private: bool,
    longest: usize,
}

/// Finds the addresses of a name, and hands on none that are not of the open network. What is handed on is connected to, so
/// that a name cannot lead elsewhere between the look and the connection.
#[derive(Debug)]
struct Guard {
    names: DefaultResolver,
    private: bool,
    proxy: Option<(String, u16)>,
}

/// What the guard says; the agent hands it through.
const PRIVATE: &str = "an address of this machine or of a private network";

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &ureq::config::Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        let is_proxy = self.proxy.as_ref().is_some_and(|(host, port)| uri.host() == Some(host) && uri.port_u16() == Some(*port));
        // One private address among others is enough: somebody plays with the name.
        if self.private || is_proxy || found.iter().all(|a| is_public(a.ip())) {
            return Ok(found);
        }
        Err(ureq::Error::Io(std::io::Error::new(std::io::ErrorKind::PermissionDenied, PRIVATE)))
    }
}

impl Web {
    pub(crate) fn new(options: &Options) -> Result<Self, FetchError> {
        let bad = |written: &str| FetchError::Proxy(written.to_owned());
        let proxy = options.proxy.as_deref().map(|p| ureq::Proxy::new(p).map_err(|_| bad(p))).transpose()?;
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(options.agent.as_str())
            .accept("text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5")
            .accept_encoding("gzip")
            .max_response_header_size(LONGEST_HEAD)
            .max_idle_connections(0)
            .timeout_global(Some(options.patience))
            .proxy(proxy.clone())
            .tls_config(TlsConfig::builder().root_certs(believed(options.ca.as_deref())?).build())
            .build();
        let guard =
            Guard { names: DefaultResolver::default(), private: options.private, proxy: proxy.map(|p| (p.host().to_owned(), p.port())) };
        Ok(Self {
            agent: Agent::with_parts(config, DefaultConnector::default(), guard),
            private: options.private,
            longest: options.longest,
        })
    }

    /// Ask for an address; of a page seen before only what is new.
    pub(crate) fn ask(&self, url: &Url, seen: Option<&Visit>) -> Result<Answered, Unanswered> {
        // Behind a proxy it is the proxy that resolves names, but what is written as an address is known here.
        let literal = url.host.parse::<IpAddr>().is_ok_and(|ip| !is_public(ip));
        if !self.private && (literal || url.host == "localhost" || url.host.ends_with(".localhost")) {
            return Err(Unanswered::Private);
        }
        let mut request = self.agent.get(&url.whole);
        let known = seen.filter(|s| s.gone.is_none() && s.sha256.is_some());
        if let Some(etag) = known.and_then(|s| s.etag.as_deref()) {
            request = request.header("If-None-Match", etag);
        }
        if let Some(date) = known.and_then(|s| s.last_modified.as_deref()) {
            request = request.header("If-Modified-Since", date);
        }
        let answer = request.call().map_err(|error| unanswered(&error))?;
        self.take(answer)
    }

    fn take(&self, answer: Response<Body>) -> Result<Answered, Unanswered> {
        let (parts, body) = answer.into_parts();
        let told = |name: &str| parts.headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        // Addresses in other letters are sent as bytes.
        let location = parts.headers.get("Location").map(|v| String::from_utf8_lossy(v.as_bytes()).into_owned());
        let (location, etag, last_modified, retry_after) = (location, told("ETag"), told("Last-Modified"), told("Retry-After"));
        let head = head(parts.status, &parts.headers);
        let mut bytes = Vec::new();
        let read = body.into_reader().take(self.longest as u64 + 1).read_to_end(&mut bytes);
        if let Err(error) = read {
            let told = error.get_ref().map_or_else(|| error.to_string(), ToString::to_string);
            return Err(Unanswered::Failed(format!("the answer broke off after {} bytes: {told}", bytes.len())));
        }
        let truncated = (bytes.len() > self.longest).then_some("length");
        bytes.truncate(self.longest);
        Ok(Answered { status: parts.status.as_u16(), head, body: bytes, truncated, location, etag, last_modified, retry_after })
    }
}

/// The authorities whose word for a server's name is taken.
fn believed(ca: Option<&[u8]>) -> Result<RootCerts, FetchError> {
    let Some(pem) = ca else { return Ok(RootCerts::WebPki) };
    let mut certificates = Vec::new();
    for item in parse_pem(pem) {
        match item {
            Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
            Ok(_) => {}
            Err(error) => return Err(FetchError::Certificates(error.to_string())),
        }
    }
    if certificates.is_empty() {
        return Err(FetchError::Certificates("it holds none".to_owned()));
    }
    Ok(RootCerts::new_with_certs(&certificates))
}

/// Longer headers are no page's.
const LONGEST_HEAD: usize = 64 << 10;

/// Status line and header, each field as it came. How the body was cut for the way is left out: it is kept whole.
fn head(status: StatusCode, fields: &ureq::http::HeaderMap) -> Vec<u8> {
    let reason = status.canonical_reason().unwrap_or("");
    let mut head = format!("HTTP/1.1 {} {reason}\r\n", status.as_u16()).into_bytes();
    for (name, value) in fields.iter().filter(|(name, _)| name.as_str() != "transfer-encoding") {
        head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    head.extend(b"\r\n");
    head
}

fn unanswered(error: &ureq::Error) -> Unanswered {
    match error {
        ureq::Error::Io(io) if io.kind() == std::io::ErrorKind::PermissionDenied && io.to_string() == PRIVATE => Unanswered::Private,
        other => Unanswered::Failed(other.to_string()),
    }
}
