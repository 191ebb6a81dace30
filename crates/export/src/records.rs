//! A walk through all that a ledger gives out.

use crate::ExportError;
use crate::victims::{Persons, victims};
use marsad_ledger::{Ledger, StoredReport};
use marsad_model::{CodePoints, Event, EventId, Mention, ReportId, Span, sha256_hex};
use marsad_record::{
    Bench, ClaimRecord, DecisionRecord, LedgerRecord, MentionRecord, ReportRecord, SetAsideRecord, VictimRecord, comparison,
    mention_record, report_record, texts_of_ties,
};
use std::collections::BTreeSet;

/// One record on its way out.
#[derive(Debug)]
#[allow(missing_docs)] // the records explain themselves
pub enum Record {
    Report(Box<ReportRecord>),
    Mention(Box<MentionRecord>),
    Claim(Box<ClaimRecord>),
    Victim(Box<VictimRecord>),
    Decision(Box<DecisionRecord>),
    Event(Box<Event>),
    SetAside(Box<SetAsideRecord>),
}

/// What a ledger gives out: all of it, or what belongs to some events. Hold a [`Snapshot`](marsad_ledger::Snapshot)
/// meanwhile, so that all of it is of one moment.
#[derive(Debug)]
pub struct Records<'l> {
    ledger: &'l Ledger,
    chosen: Option<Chosen>,
}

#[derive(Debug)]
struct Chosen {
    events: BTreeSet<EventId>,
    reports: BTreeSet<ReportId>,
}

impl<'l> Records<'l> {
    /// All that a ledger holds.
    pub fn whole(ledger: &'l Ledger) -> Self {
        Self { ledger, chosen: None }
    }

    /// These events with their claims and victims, and the reports that speak of them with all that is mentioned there and
    /// was decided on them. What was set aside belongs to no event.
    pub fn of_events(ledger: &'l Ledger, events: BTreeSet<EventId>) -> Result<Self, ExportError> {
        let mut reports = BTreeSet::new();
        for id in &events {
            for claim in ledger.event(id)?.into_iter().flat_map(|event| event.claims) {
                reports.extend(ledger.claim(&claim)?.map(|placed| placed.report));
            }
        }
        Ok(Self { ledger, chosen: Some(Chosen { events, reports }) })
    }

    /// All that the ledger holds of which these are a part.
    #[must_use]
    pub fn whole_ledger(&self) -> Self {
        Self::whole(self.ledger)
    }

    /// How many reports there are to walk through.
    pub fn reports(&self) -> Result<u64, ExportError> {
        Ok(match &self.chosen {
            Some(chosen) => chosen.reports.len() as u64,
            None => self.ledger.counts()?.reports,
        })
    }

    /// Hand out every record: the reports in the order of their ids, each followed by its mentions; then all claims, victims,
    /// decisions, events and what was set aside. What comes back sums them up.
    pub fn each(&self, visit: &mut dyn FnMut(Record) -> Result<(), ExportError>) -> Result<LedgerRecord, ExportError> {
        let mut summary = Summary::default();
        let mut gathered = Gathered::default();
        self.readings(&mut gathered, &mut |record| summary.pass(record, visit))?;
        let bench = self.bench()?;
        let victims = self.named(&gathered)?;
        let mut pass = |record| summary.pass(record, visit);
        std::mem::take(&mut gathered.claims).into_iter().try_for_each(|claim| pass(Record::Claim(Box::new(claim))))?;
        victims.into_iter().try_for_each(|victim| pass(Record::Victim(Box::new(victim))))?;
        bench.records().into_iter().try_for_each(|decision| pass(Record::Decision(Box::new(decision))))?;
        self.events(&mut |event| pass(Record::Event(Box::new(event))))?;
        if self.chosen.is_none() {
            let aside = self.ledger.set_aside()?.into_iter().map(SetAsideRecord::from);
            aside.into_iter().try_for_each(|item| pass(Record::SetAside(Box::new(item))))?;
        }
        self.summed(summary, gathered)
    }

    /// Hand out the events alone.
    pub fn events_alone(&self, visit: &mut dyn FnMut(Record) -> Result<(), ExportError>) -> Result<LedgerRecord, ExportError> {
        let mut summary = Summary::default();
        self.events(&mut |event| summary.pass(Record::Event(Box::new(event)), visit))?;
        self.summed(summary, Gathered::default())
    }

    fn summed(&self, summary: Summary, gathered: Gathered) -> Result<LedgerRecord, ExportError> {
        let (program, knowledge) = self.ledger.version()?.map(|v| (v.program, v.knowledge)).unwrap_or_default();
        let Summary { reports, mentions, claims, events, set_aside } = summary;
        let published = gathered.days.first().cloned().zip(gathered.days.last().cloned()).map(|(first, last)| [first, last]);
        let sources = gathered.sources.into_iter().collect();
        Ok(LedgerRecord {
            program,
            knowledge,
            reports,
            mentions,
            claims,
            events,
            set_aside,
            published,
            sources,
            since: None,
            redacted: None,
        })
    }

    /// The victims alone: who keeps names back must know them before the first text leaves.
    pub fn victims(&self) -> Result<Vec<VictimRecord>, ExportError> {
        let mut gathered = Gathered::default();
        self.readings(&mut gathered, &mut |_| Ok(()))?;
        self.named(&gathered)
    }

    /// Of a person who is named in reports that do not leave as well, only what leaves is told.
    fn named(&self, gathered: &Gathered) -> Result<Vec<VictimRecord>, ExportError> {
        let bench = match &self.chosen {
            Some(chosen) => Bench::on_with_persons(self.ledger, chosen.reports.clone())?,
            None => Bench::whole(self.ledger)?,
        };
        let leaves = |report: &ReportId| self.chosen.as_ref().is_none_or(|chosen| chosen.reports.contains(report));
        Ok(victims(&gathered.claims, &gathered.persons, &bench, &leaves))
    }

    fn bench(&self) -> Result<Bench, ExportError> {
        Ok(match &self.chosen {
            Some(chosen) => Bench::on(self.ledger, chosen.reports.clone())?,
            None => Bench::whole(self.ledger)?,
        })
    }

    fn events(&self, visit: &mut dyn FnMut(Event) -> Result<(), ExportError>) -> Result<(), ExportError> {
        let Some(chosen) = &self.chosen else { return self.ledger.each_event(visit) };
        for id in &chosen.events {
            self.ledger.event(id)?.map(&mut *visit).transpose()?;
        }
        Ok(())
    }

    /// Hand out reports and mentions; what must wait until all are read is gathered.
    fn readings(&self, gathered: &mut Gathered, visit: Visit<'_>) -> Result<(), ExportError> {
        let mut one = |stored: &StoredReport| {
            self.one(stored, gathered, visit).map_err(|e| ExportError::Report { report: stored.report.id.clone(), source: Box::new(e) })
        };
        match &self.chosen {
            Some(chosen) => {
                for id in &chosen.reports {
                    self.ledger.report(id)?.as_ref().map(&mut one).transpose()?;
                }
            }
            None => {
                for stored in self.ledger.reports() {
                    one(&stored?)?;
                }
            }
        }
        gathered.claims.sort_by(|a, b| a.claim.id.cmp(&b.claim.id));
        Ok(())
    }

    fn one(&self, stored: &StoredReport, gathered: &mut Gathered, visit: Visit<'_>) -> Result<(), ExportError> {
        let report = &stored.report;
        if sha256_hex(report.text.as_bytes()) != report.text_sha256 {
            return Err(ExportError::Changed);
        }
        if let Some(sha256) = stored.sha256() {
            self.ledger.original(sha256)?;
        }
        let analysis = marsad_record::analysis(stored)?;
        let mut compared = comparison(self.ledger, &report.id)?;
        let points = CodePoints::new(&report.text);
        let mention = |mention: &Mention<Span>| mention_record(&report.id, mention.clone(), &points);
        let mentions = analysis.mentions.iter().map(mention).collect::<Result<Vec<_>, _>>()?;
        let claims = marsad_record::claims(self.ledger, &report.id, analysis, &mut compared, &points)?;
        gathered.claims.extend(claims.into_iter().filter(|claim| self.is_wanted(claim)));
        gathered.sources.extend(report.source.name.clone());
        gathered.days.extend(report.published.as_ref().map(|p| p.start.to_string()));
        let texts = texts_of_ties(self.ledger, &compared)?;
        visit(Record::Report(Box::new(report_record(stored, compared, &points, &texts)?)))?;
        for mention in mentions {
            gathered.persons.note(&mention);
            visit(Record::Mention(Box::new(mention)))?;
        }
        Ok(())
    }

    fn is_wanted(&self, claim: &ClaimRecord) -> bool {
        let of_one = |chosen: &Chosen| claim.event.as_ref().is_some_and(|event| chosen.events.contains(event));
        self.chosen.as_ref().is_none_or(of_one)
    }
}

type Visit<'v> = &'v mut dyn FnMut(Record) -> Result<(), ExportError>;

/// What must wait until all reports are read.
#[derive(Default)]
struct Gathered {
    claims: Vec<ClaimRecord>,
    persons: Persons,
    days: BTreeSet<String>,
    sources: BTreeSet<String>,
}

/// How much was handed out.
#[derive(Clone, Copy, Default)]
struct Summary {
    reports: u64,
    mentions: u64,
    claims: u64,
    events: u64,
    set_aside: u64,
}

impl Summary {
    fn pass(&mut self, record: Record, visit: Visit<'_>) -> Result<(), ExportError> {
        match &record {
            Record::Report(_) => self.reports += 1,
            Record::Mention(_) => self.mentions += 1,
            Record::Claim(_) => self.claims += 1,
            Record::Event(_) => self.events += 1,
            Record::SetAside(_) => self.set_aside += 1,
            Record::Victim(_) | Record::Decision(_) => {}
        }
        visit(record)
    }
}
