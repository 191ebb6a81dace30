//! The contract's records as they stand, one JSON object a line.

use crate::{ExportError, Folder, Out, Record, Writer};
use marsad_record::LedgerRecord;

/// The files.
pub(crate) const FILES: &[&str] =
    &["reports.jsonl", "mentions.jsonl", "claims.jsonl", "victims.jsonl", "decisions.jsonl", "events.jsonl", "set_aside.jsonl"];

/// A file for each kind of record.
#[derive(Debug)]
pub(crate) struct Lines {
    reports: Out,
    mentions: Out,
    claims: Out,
    victims: Out,
    decisions: Out,
    events: Out,
    set_aside: Out,
}

impl Lines {
    pub(crate) fn create(folder: &mut dyn Folder) -> Result<Self, ExportError> {
        Ok(Self {
            reports: Out::create(folder, "reports.jsonl")?,
            mentions: Out::create(folder, "mentions.jsonl")?,
            claims: Out::create(folder, "claims.jsonl")?,
            victims: Out::create(folder, "victims.jsonl")?,
            decisions: Out::create(folder, "decisions.jsonl")?,
            events: Out::create(folder, "events.jsonl")?,
            set_aside: Out::create(folder, "set_aside.jsonl")?,
        })
    }
}

impl Writer for Lines {
    fn take(&mut self, record: &Record) -> Result<(), ExportError> {
        match record {
            Record::Report(report) => self.reports.line(report),
            Record::Mention(mention) => self.mentions.line(mention),
            Record::Claim(claim) => self.claims.line(claim),
            Record::Victim(victim) => self.victims.line(victim),
            Record::Decision(decision) => self.decisions.line(decision),
            Record::Event(event) => self.events.line(event),
            Record::SetAside(item) => self.set_aside.line(item),
        }
    }

    fn finish(self: Box<Self>, _: &LedgerRecord) -> Result<(), ExportError> {
        let Self { reports, mentions, claims, victims, decisions, events, set_aside } = *self;
        [reports, mentions, claims, victims, decisions, events, set_aside].into_iter().try_for_each(Out::finish)
    }
}
