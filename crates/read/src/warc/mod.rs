//! Web archives (WARC, and WET with the text of pages): each page, text or feed that a crawler got is a record.

mod frames;
mod header;
mod response;

pub(crate) use frames::MAGIC;
pub(crate) use header::content_type;

use crate::feed::{self, XmlFeed};
use crate::intake::{Place, is_binary};
use crate::json::JsonRecords;
use crate::limits::{Limits, too_long};
use crate::stream::{Packing, Stream};
use crate::unpacked::Unpacked;
use crate::{Body, Given, Record, SetAside, charset};
use frames::{Frame, Frames};
use header::Fields;
use marsad_model::{DateBasis, Gone, sha256_hex};
use response::Response;
use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::Cursor;

/// How such a record came in.
pub(crate) const BY: &str = "warc";

/// The records of an archive that may be reports.
pub(crate) struct WarcRecords<'a> {
    path: String,
    container: String,
    frames: Frames<'a>,
    limits: Limits,
    /// What one record of the archive held, if that was a feed.
    ready: VecDeque<Result<Record, SetAside>>,
}

impl<'a> WarcRecords<'a> {
    /// The archive `container`, which lies in the file `path` or is that file.
    pub(crate) fn new(path: &str, container: &str, stream: Stream<'a>, limits: Limits) -> Self {
        let frames = Frames::new(stream, limits);
        Self { path: path.to_owned(), container: container.to_owned(), frames, limits, ready: VecDeque::new() }
    }

    fn take(&mut self, frame: &Frame) {
        let place = Place { path: &self.path, container: Some(&self.container), offset: Some(frame.offset) };
        if let Some((url, gone)) = gone(&frame.head, &frame.block) {
            let aside = place
                .aside(Some(&frame.block), &format!("nothing stands at {url} any more: the server answered with status {}", gone.status));
            self.ready.push_back(Err(SetAside { gone: Some(Box::new((url, gone))), ..aside }));
            return;
        }
        let Some(found) = payload(&frame.head, &frame.block, self.limits) else { return };
        let aside = |reason: &str| Err(place.aside(Some(&frame.block), reason));
        match found {
            _ if frame.over => self.ready.push_back(Err(place.aside(None, &too_long(self.limits.record)))),
            Err(reason) => self.ready.push_back(aside(&reason)),
            Ok(payload) => match payload.content {
                Content::Page | Content::Text => match record(&place, &frame.head, &frame.block, &payload) {
                    Ok(Some(record)) => self.ready.push_back(Ok(record)),
                    Ok(None) => {}
                    Err(reason) => self.ready.push_back(aside(&reason)),
                },
                Content::Feed | Content::Json => self.ready.extend(entries(&place, payload, self.limits)),
            },
        }
    }
}

impl Iterator for WarcRecords<'_> {
    type Item = Result<Record, SetAside>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            match self.frames.next()? {
                Ok(frame) => self.take(&frame),
                Err(broken) => {
                    let place = Place { path: &self.path, container: Some(&self.container), offset: Some(broken.offset) };
                    return Some(Err(place.aside(None, &broken.reason)));
                }
            }
        }
    }
}

/// The record of a block that was sealed, with its header.
pub(crate) fn reopen(place: &Place, head: &[u8], block: &[u8], limits: Limits) -> Result<Record, String> {
    let head = String::from_utf8_lossy(head);
    let payload = payload(&head, block, limits).unwrap_or_else(|| Err(NO_PAGE.to_owned()))?;
    record(place, &head, block, &payload)?.ok_or_else(|| NO_PAGE.to_owned())
}

const NO_PAGE: &str = "it holds no page and no text";

/// What sort of thing a record's payload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Page,
    Text,
    Feed,
    Json,
}

/// What a record of the archive holds.
struct Payload<'b> {
    content: Content,
    bytes: Cow<'b, [u8]>,
    charset: Option<String>,
    url: Option<String>,
    at: Option<String>,
    notes: Vec<String>,
}

/// The payload of a record; `None` where it is nothing that could be a report, such as a request, a picture or a move to
/// another address.
fn payload<'b>(head: &str, block: &'b [u8], limits: Limits) -> Option<Result<Payload<'b>, String>> {
    let fields = Fields::of(head);
    let url = target(&fields);
    let typed = fields.get("Content-Type").map(content_type);
    let mut found = Payload {
        content: Content::Page,
        bytes: Cow::Borrowed(block),
        charset: None,
        at: fields.get("WARC-Date").map(str::to_owned),
        notes: fields.get("WARC-Truncated").map(|why| format!("warc: the crawler cut it short ({why})")).into_iter().collect(),
        url,
    };
    if found.url.as_deref().is_some_and(is_for_robots) {
        return None;
    }
    match fields.get("WARC-Type")?.to_ascii_lowercase().as_str() {
        "response" => {
            let web = typed.as_ref().is_none_or(|(mime, _)| mime == "application/http");
            let Some(response) = Response::of(block).filter(|_| web) else {
                let http = web && found.url.as_deref().is_some_and(|u| u.starts_with("http"));
                return http.then(|| Err("its block is no answer of a web server".to_owned()));
            };
            let fields = response.fields();
            let typed = fields.get("Content-Type").map(content_type);
            found.content = content_of(typed.as_ref().map(|(mime, _)| mime.as_str()), || response.payload(limits).ok())?;
            found.charset = typed.and_then(|(_, charset)| charset.map(str::to_owned));
            match response.status {
                200..300 => {}
                400.. if found.content == Content::Page => {
                    return Some(Err(format!("the server answered with status {}; capture it again if it matters", response.status)));
                }
                _ => return None,
            }
            match response.payload(limits) {
                Ok(bytes) => found.bytes = bytes,
                Err(reason) => return Some(Err(reason)),
            }
        }
        "resource" | "conversion" => {
            found.content = content_of(typed.as_ref().map(|(mime, _)| mime.as_str()), || Some(Cow::Borrowed(block)))?;
            found.charset = typed.and_then(|(_, charset)| charset.map(str::to_owned));
        }
        _ => return None,
    }
    (!found.bytes.trim_ascii().is_empty()).then_some(Ok(found))
}

/// The address of a page that is not there, or not any more.
fn gone(head: &str, block: &[u8]) -> Option<(String, Gone)> {
    let fields = Fields::of(head);
    fields.get("WARC-Type").filter(|t| t.eq_ignore_ascii_case("response"))?;
    let response = Response::of(block).filter(|r| matches!(r.status, 404 | 410))?;
    // Pictures and scripts that are missing are nobody's report.
    let typed = response.fields().get("Content-Type").map(content_type);
    typed.is_none_or(|(mime, _)| matches!(mime.as_str(), "text/html" | "application/xhtml+xml" | "text/plain")).then_some(())?;
    let url = target(&fields).filter(|url| !is_for_robots(url))?;
    Some((url, Gone { at: fields.get("WARC-Date").map(str::to_owned), status: response.status }))
}

/// The address that a record is of.
fn target(fields: &Fields) -> Option<String> {
    fields.get("WARC-Target-URI").map(|u| u.trim_matches(['<', '>']).to_owned())
}

/// A site's word to crawlers is plain text, and no report.
fn is_for_robots(url: &str) -> bool {
    url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).is_some_and(|(_, path)| path == "robots.txt")
}

/// What a payload of this type is, or of none by its first bytes; `None` for what is never a report.
fn content_of<'b>(mime: Option<&str>, bytes: impl FnOnce() -> Option<Cow<'b, [u8]>>) -> Option<Content> {
    match mime {
        Some("text/html" | "application/xhtml+xml") => Some(Content::Page),
        Some("text/plain") => Some(Content::Text),
        Some("application/rss+xml" | "application/atom+xml" | "application/rdf+xml" | "application/xml" | "text/xml") => {
            Some(Content::Feed)
        }
        Some("application/json" | "application/feed+json") => Some(Content::Json),
        Some(_) => None,
        None => {
            let bytes = bytes()?;
            let begun = bytes.trim_ascii_start();
            let begun = begun.get(..begun.len().min(512))?.to_ascii_lowercase();
            let page = begun.starts_with(b"<!doctype html") || begun.windows(5).any(|w| w == b"<html");
            page.then_some(Content::Page)
        }
    }
}

/// The record of a page or text; `None` where it is empty once it is decoded.
fn record(place: &Place, head: &str, block: &[u8], payload: &Payload) -> Result<Option<Record>, String> {
    let page = payload.content == Content::Page;
    let (content, charset) = charset::decode(&payload.bytes, page, payload.charset.as_deref());
    if content.trim().is_empty() {
        return Ok(None);
    }
    if is_binary(&content) {
        return Err("its bytes are no text, whatever the server called them".to_owned());
    }
    let body = if page { Body::Html(content) } else { Body::Text(content) };
    let given = Given { url: payload.url.clone(), retrieved: payload.at.clone(), ..Given::default() };
    Ok(Some(Record {
        id: Record::id_of(&body, &payload.bytes, &given),
        sealed: block.to_vec(),
        sha256: sha256_hex(block),
        beside: Some(head.as_bytes().to_vec()),
        path: place.path.to_owned(),
        line: None,
        key: None,
        capture: place.capture(BY, payload.at.clone()),
        given,
        dated_by: DateBasis::Given,
        site: None,
        body,
        charset,
        notes: payload.notes.clone(),
    }))
}

/// The entries of a feed that a crawler got. Other XML and JSON is passed over.
fn entries(place: &Place, payload: Payload, limits: Limits) -> Vec<Result<Record, SetAside>> {
    let bytes = payload.bytes.into_owned();
    if payload.content == Content::Feed {
        return XmlFeed::new(bytes, *place, payload.at, payload.charset.as_deref()).map_or_else(|_| Vec::new(), Iterator::collect);
    }
    let reader = Unpacked::new(Box::new(Cursor::new(bytes)), Packing::None, limits);
    let mut items: Vec<_> = JsonRecords::of_web(place, reader, payload.at, limits).collect();
    items.retain(|item| item.as_ref().map_or(true, |record| record.capture.by == feed::BY));
    if items.iter().any(Result::is_ok) { items } else { Vec::new() }
}
