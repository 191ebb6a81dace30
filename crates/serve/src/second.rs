//! Second coding: what a second coder is shown, and how far two people agree.
//!
//! A token of the scope `second` alone is answered nothing but this view, and may give second codings and nothing else: to whoever
//! asks with it the server shows no ruling. It cannot keep from ruling's sight who has another token, sits at the machine
//! itself, or reads the ledger's files.

use crate::app::{App, json};
use crate::problem::Problem;
use crate::query::Parameters;
use crate::reports;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use marsad_model::ReportId;
use marsad_record::Bench;
use std::sync::Arc;

/// What the view for a second coder can be asked for.
pub(crate) const SECOND: &[&str] = &["report"];

/// A report for a second coder.
pub(crate) async fn blind(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let parameters = Parameters::read(uri.query(), SECOND)?;
    let id = parameters.own("report").ok_or_else(|| Problem::parameter("report", "says which report is to be coded, and is missing"))?;
    json(&app, &uri, &headers, move |reader| {
        reports::blind(reader, &ReportId::from(id.as_str()))?.ok_or_else(|| Problem::missing("report", &id))
    })
    .await
}

/// How far second coders agree with those who ruled first.
pub(crate) async fn agreement(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    Parameters::read(uri.query(), &[])?;
    json(&app, &uri, &headers, |reader| Ok(Bench::whole(reader.ledger)?.agreement())).await
}
