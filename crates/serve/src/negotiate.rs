//! In what form an answer is wanted, and whether whoever asks has it already.

use axum::http::{HeaderMap, header};

/// The forms in which lists of events are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Json,
    GeoJson,
    Csv,
}

impl Form {
    pub(crate) const ALL: &[Self] = &[Self::Json, Self::GeoJson, Self::Csv];

    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::GeoJson => "application/geo+json",
            Self::Csv => "text/csv",
        }
    }
}

/// Of the forms that there are, the one that `Accept` likes best; of equals the first. `None` where it takes none of them.
pub(crate) fn best(headers: &HeaderMap, forms: &[Form]) -> Option<Form> {
    let accept: Vec<&str> = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    if accept.is_empty() {
        return forms.first().copied();
    }
    let ranges: Vec<(&str, f32)> = accept.iter().flat_map(|line| line.split(',')).map(range).collect();
    // Of the ranges that fit a form, the most exact one speaks.
    let liking = |form: &Form| {
        let exactness = |range: &str| match range {
            r if r == form.media_type() => Some(2),
            "*/*" => Some(0),
            r => r.strip_suffix("/*").filter(|class| form.media_type().split('/').next() == Some(class)).map(|_| 1),
        };
        ranges.iter().filter_map(|(range, q)| Some((exactness(range)?, *q))).max_by_key(|(exact, _)| *exact).map_or(0.0, |(_, q)| q)
    };
    let mut chosen: Option<(Form, f32)> = None;
    for form in forms {
        let q = liking(form);
        if q > 0.0 && chosen.is_none_or(|(_, best)| q > best) {
            chosen = Some((*form, q));
        }
    }
    chosen.map(|(form, _)| form)
}

/// A range of media types and how much it is liked.
fn range(text: &str) -> (&str, f32) {
    let mut parts = text.split(';').map(str::trim);
    let range = parts.next().unwrap_or("");
    let q = parts.find_map(|p| p.strip_prefix("q=")).map_or(1.0, |q| q.parse().ok().filter(|q| (0.0..=1.0).contains(q)).unwrap_or(0.0));
    (range, q)
}

/// Is gzip taken?
pub(crate) fn takes_gzip(headers: &HeaderMap) -> bool {
    let told = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    told.flat_map(|line| line.split(',')).map(range).any(|(coding, q)| coding.eq_ignore_ascii_case("gzip") && q > 0.0)
}

/// Does `If-None-Match` name this tag? Tags are compared weakly, as they are to be here.
pub(crate) fn has_already(headers: &HeaderMap, etag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let named = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    named.flat_map(|line| line.split(',')).any(|tag| tag.trim() == "*" || bare(tag) == bare(etag))
}
