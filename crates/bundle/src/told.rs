//! Do the records of a bag quote its reports, and does each lead to the others that it names?

use crate::values::{self, Values};
use marsad_model::{ClaimId, Event, EventId, ReportId, Span, sha256_hex};
use marsad_record::{ClaimRecord, ReportRecord, VictimRecord};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What of a claim an event can be held to.
struct Claimed {
    report: ReportId,
    event: Option<EventId>,
    evidence: Vec<String>,
    values: Values,
    /// Does its event name it?
    is_named: bool,
}

/// What was read of a bag so far.
#[derive(Default)]
pub(crate) struct Told {
    /// Names are held back: ids are salted, and originals may be left out.
    held: bool,
    texts: BTreeMap<String, String>,
    /// The text that was asked for last, as code points: a report's records follow one another.
    open: (String, Vec<char>),
    claims: BTreeMap<ClaimId, Claimed>,
    events: BTreeSet<EventId>,
}

impl Told {
    pub(crate) fn new(held: bool) -> Self {
        Self { held, ..Self::default() }
    }

    /// A report must have the text whose hash it has, and be read from an original that is there.
    pub(crate) fn report(&mut self, report: &ReportRecord, kept: &BTreeSet<String>, gone: &BTreeSet<String>, faults: &mut Vec<String>) {
        let id = &report.id;
        if sha256_hex(report.text.as_bytes()) != report.text_sha256 {
            faults.push(format!("{id}: its readable text is not the one that was read"));
        }
        let original = report.sha256.as_deref().unwrap_or("");
        let is_left_out = self.held && kept.is_empty() && original.is_empty();
        if gone.contains(original) {
            faults.push(format!("{id}: it was withdrawn"));
        } else if !is_left_out && !kept.contains(original) {
            faults.push(format!("{id}: its original {original} is not in the bundle"));
        }
        self.texts.insert(report.id.to_string(), report.text.clone());
    }

    /// The text of a report as code points, if the bag has the report.
    fn text(&mut self, report: &str) -> Option<&[char]> {
        if self.open.0 != report {
            self.open = (report.to_owned(), self.texts.get(report)?.chars().collect());
        }
        Some(&self.open.1)
    }

    /// Every span of a record must quote its report. Gives how many there are.
    pub(crate) fn spans(&mut self, record: &Value, faults: &mut Vec<String>) -> u64 {
        let report = record["report"].as_str().unwrap_or("");
        let who = record["id"].as_str().unwrap_or(report);
        let mut found = 0;
        match self.text(report) {
            Some(text) => spans(record, text, who, &mut found, faults),
            None => faults.push(format!("{who}: its report {report} is not in the bundle")),
        }
        found
    }

    /// A claim's id is that of its report and its trigger.
    pub(crate) fn claim(&mut self, record: &ClaimRecord, faults: &mut Vec<String>) {
        let claim = &record.claim;
        let (start, end) = (claim.trigger.start as usize, claim.trigger.end as usize);
        let bytes = |letters: &[char]| letters.iter().map(|c| c.len_utf8()).sum::<usize>();
        let trigger = self.text(claim.report.as_str()).and_then(|text| Some(Span::new(bytes(text.get(..start)?), bytes(text.get(..end)?))));
        if !self.held && trigger.is_some_and(|span| ClaimId::at(&claim.report, span) != claim.id) {
            faults.push(format!("{}: its id is not that of its words", claim.id));
        }
        let evidence = std::iter::once(&claim.evidence).chain(&claim.more_evidence).map(|quote| quote.text.clone()).collect();
        let values = Values::of(claim);
        let claimed = Claimed { report: claim.report.clone(), event: record.event.clone(), evidence, values, is_named: false };
        if self.claims.insert(claim.id.clone(), claimed).is_some() {
            faults.push(format!("{}: it is there twice", claim.id));
        }
    }

    /// A victim is named by claims of its event, in these words, and wherever a naming says.
    pub(crate) fn victim(&mut self, victim: &VictimRecord, faults: &mut Vec<String>) {
        let name = &victim.name_as_written;
        let is_told = |claim: &ClaimId| self.claims.get(claim).is_some_and(|claimed| claimed.event.as_ref() == Some(&victim.event));
        let of_reports = victim.claims.iter().filter_map(|claim| self.claims.get(claim)).map(|claimed| claimed.report.as_str());
        let is_written = of_reports.filter_map(|report| self.texts.get(report)).any(|text| text.contains(name.as_str()));
        let is_told_all = victim.claims.iter().all(is_told);
        if !is_written || !is_told_all {
            faults.push(format!("data/records/victims.jsonl: no claim of {} writes the name `{name}`", victim.event));
        }
        for naming in &victim.namings {
            let span = &naming.span;
            let text = self.text(naming.report.as_str());
            let stretch = text.and_then(|text| text.get(span.start as usize..span.end as usize));
            if !stretch.is_some_and(|stretch| stretch.iter().copied().eq(span.text.chars())) || !victim.names.contains(&span.text) {
                faults.push(format!("data/records/victims.jsonl: {} does not write the name `{}` there", naming.report, span.text));
            }
        }
    }

    /// An event is what its claims make: it has the id of the smallest, names all that name it, and counts their reports.
    pub(crate) fn event(&mut self, event: &Event, faults: &mut Vec<String>) {
        let id = &event.id;
        let mut fault = |why: String| faults.push(format!("{id}: {why}"));
        if !self.events.insert(id.clone()) {
            fault("it is there twice".to_owned());
        }
        if !self.held && event.claims.iter().min().map(EventId::from_claim).as_ref() != Some(id) {
            fault("its id is not that of its claims".to_owned());
        }
        let mut reports = BTreeSet::new();
        let mut is_quoted = false;
        for claim in &event.claims {
            match self.claims.get_mut(claim).filter(|claimed| claimed.event.as_ref() == Some(id)) {
                Some(claimed) => {
                    claimed.is_named = true;
                    reports.insert(claimed.report.clone());
                    is_quoted |= claimed.evidence.contains(&event.summary);
                }
                None => fault(format!("it names {claim}, and no such claim names it")),
            }
        }
        if reports.len() != event.reports as usize {
            fault(format!("it counts {} reports, and its claims are of {}", event.reports, reports.len()));
        }
        if !is_quoted {
            fault("its sentence is that of none of its claims".to_owned());
        }
        let claims: Vec<&Values> = event.claims.iter().filter_map(|claim| self.claims.get(claim)).map(|claimed| &claimed.values).collect();
        // Where names are held back, an event may be told more coarsely than a claim of it.
        if !self.held {
            for why in values::unsaid(event, &claims) {
                fault(why.to_owned());
            }
        }
        let own: BTreeSet<&ClaimId> = event.claims.iter().collect();
        let values = event.disagreements.iter().flat_map(|d| &d.values).chain(event.agreed.iter().map(|a| &a.value));
        let named = values.flat_map(|value| &value.claims).chain(event.positions.iter().map(|p| &p.claim));
        for claim in named.filter(|claim| !own.contains(claim)).collect::<BTreeSet<_>>() {
            fault(format!("a value of it rests on {claim}, which is none of its claims"));
        }
    }

    /// Claims whose event is not there, or does not name them.
    pub(crate) fn without_event(&self, faults: &mut Vec<String>) {
        for (id, claimed) in &self.claims {
            if let Some(event) = claimed.event.as_ref().filter(|_| !claimed.is_named) {
                faults.push(format!("{id}: its event {event} is not in the bundle, or does not name it"));
            }
        }
    }
}

/// Every object that is a span, at any depth, must quote the text.
fn spans(value: &Value, text: &[char], who: &str, found: &mut u64, faults: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let (Some(start), Some(end), Some(words)) = (fields.get("start"), fields.get("end"), fields.get("text"))
                && let (Some(start), Some(end), Some(words)) = (start.as_u64(), end.as_u64(), words.as_str())
            {
                *found += 1;
                let stretch = usize::try_from(start).ok().zip(usize::try_from(end).ok()).and_then(|(s, e)| text.get(s..e));
                if !stretch.is_some_and(|stretch| stretch.iter().copied().eq(words.chars())) {
                    faults.push(format!("{who}: the span {start}..{end} does not quote its report"));
                }
            }
            fields.values().for_each(|field| spans(field, text, who, found, faults));
        }
        Value::Array(all) => all.iter().for_each(|one| spans(one, text, who, found, faults)),
        _ => {}
    }
}
