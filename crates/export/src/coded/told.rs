//! By whom an event is told: what the files of others want to know of its reports.

use crate::Record;
use jiff::civil::Date;
use marsad_model::{ActorRole, Event, EventId, ReportId};
use std::collections::BTreeMap;

/// What is kept of a report.
#[derive(Debug, Clone, Default)]
pub(crate) struct Head {
    pub(crate) source: Option<String>,
    pub(crate) published: Option<Date>,
    pub(crate) title: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: String,
}

/// What is kept of a claim.
#[derive(Debug)]
struct Voice {
    report: ReportId,
    evidence: String,
    attribution: Vec<String>,
}

/// Reports and claims as they pass.
#[derive(Debug, Default)]
pub(crate) struct Told {
    reports: BTreeMap<ReportId, Head>,
    voices: BTreeMap<EventId, Vec<Voice>>,
}

impl Told {
    pub(crate) fn note(&mut self, record: &Record) {
        match record {
            Record::Report(report) => {
                let head = Head {
                    source: report.source.name.clone(),
                    published: report.published.as_ref().map(|p| p.start),
                    title: report.title.clone(),
                    url: report.url.clone(),
                    language: report.language.clone(),
                };
                self.reports.insert(report.id.clone(), head);
            }
            Record::Claim(record) => {
                let Some(event) = &record.event else { return };
                let claim = &record.claim;
                let speakers = claim.actors.iter().filter(|a| a.role == ActorRole::Speaker).map(|a| a.name.clone());
                let attribution = claim.attribution.iter().map(|a| a.name.clone()).chain(speakers).collect();
                let voice = Voice { report: claim.report.clone(), evidence: claim.evidence.text.clone(), attribution };
                self.voices.entry(event.clone()).or_default().push(voice);
            }
            _ => {}
        }
    }

    /// The reports that speak of an event, in the order of their days, then ids.
    pub(crate) fn reports(&self, event: &EventId) -> Vec<&Head> {
        let ids: std::collections::BTreeSet<&ReportId> = self.of(event).map(|voice| &voice.report).collect();
        let mut heads: Vec<&Head> = ids.into_iter().filter_map(|id| self.reports.get(id)).collect();
        heads.sort_by_key(|head| (head.published.is_none(), head.published));
        heads
    }

    /// The report whose sentence the event's summary is; else the first.
    pub(crate) fn main(&self, event: &Event) -> Option<&Head> {
        let own = self.of(&event.id).find(|voice| voice.evidence == event.summary).and_then(|voice| self.reports.get(&voice.report));
        own.or_else(|| self.reports(&event.id).first().copied())
    }

    /// Whom its reports name as saying so, each once, sorted.
    pub(crate) fn attributions(&self, event: &EventId) -> Vec<&str> {
        let mut names: Vec<&str> = self.of(event).flat_map(|voice| voice.attribution.iter().map(String::as_str)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn of(&self, event: &EventId) -> impl Iterator<Item = &Voice> {
        self.voices.get(event).into_iter().flatten()
    }
}

/// The names of the sources of these reports, each once, in their order.
pub(crate) fn sources<'h>(reports: &[&'h Head]) -> Vec<&'h str> {
    let mut names: Vec<&str> = Vec::new();
    for name in reports.iter().filter_map(|head| head.source.as_deref()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
