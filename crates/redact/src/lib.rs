//! How do records leave the house without the names that are held back?
//!
//! In: the records that [`Records`] hands out. Out: the same records, for any [`Writer`](marsad_export::Writer), in which no
//! such name stands: `names` says whose, `needle` and `finder` in what spellings they are found, `masked` what stands in
//! their place, `walk` that every string of every record is looked through, `places` what is told by its district and
//! `salt` how ids are changed. What leads to the reports themselves is left out: addresses, accounts, keys, paths, hashes of
//! originals and decisions, which hold words of reports and names of those who ruled.
//!
//! **Invariants.** Pure: the salt is handed in, and with the same one the same ledger gives the same records. A span quotes
//! the text that leaves, whose hash stands beside it. What cannot be put back into the shape of its record is an error,
//! never a record. What is promised, and what is not, stands in [`told`].
//!
//! Records are walked through three times, and those that leave are in memory until all are known, since their new ids sort
//! otherwise than the old ones.

mod affixes;
mod finder;
mod masked;
mod names;
mod needle;
mod places;
mod refuge;
mod salt;
mod told;
#[cfg(test)]
mod varied;
mod walk;
mod words;

pub use masked::MASK;
pub use salt::Salt;
pub use told::{Salted, TOLD, told};

use finder::Finder;
use marsad_export::{ExportError, Record, Records};
use marsad_gazetteer::Gazetteer;
use marsad_knowledge::Files;
use marsad_model::{Attribute, Event, EventId, ReportId, sha256_hex};
use marsad_name::Names;
use marsad_record::{ClaimRecord, LedgerRecord, RedactionRecord, ReportRecord, VictimRecord};
use marsad_table::TableError;
use masked::Masks;
use names::{Gathered, is_personal};
use places::Coarse;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use walk::Walk;
use words::Words;

/// What finding names needs to know.
pub struct Redactor<'k> {
    words: Words,
    names: Names,
    gazetteer: &'k Gazetteer,
}

impl<'k> Redactor<'k> {
    /// Load it.
    pub fn load(files: &Files, gazetteer: &'k Gazetteer) -> Result<Self, TableError> {
        let names = Names::load(files.get("world/spelling.tsv"), files.get("world/letters.tsv"))?;
        Ok(Self { words: Words::load(files)?, names, gazetteer })
    }

    fn coarse(&self) -> Coarse<'_> {
        Coarse { gazetteer: self.gazetteer, words: &self.words }
    }

    /// Hand out every record with names held back, in the order of the new ids. What comes back sums them up. Whose names are
    /// held back the whole ledger tells, also where only a part of it leaves.
    pub fn each(
        &self,
        records: &Records<'_>,
        salt: &Salt,
        visit: &mut dyn FnMut(Record) -> Result<(), ExportError>,
    ) -> Result<LedgerRecord, ExportError> {
        let mut gathered = Gathered::default();
        let coarse = self.coarse();
        records.whole_ledger().each(&mut |record| {
            gathered.note(&record, &|id, name| coarse.is_shelter(id, name));
            if let Record::Claim(claim) = &record
                && tells_of_refuge(&self.words, claim)
            {
                gathered.refuge(claim);
            }
            Ok(())
        })?;
        gathered.settle();
        let (needles, held, mut counts) = gathered.needles(&self.words);
        let finder = Finder::new(needles, &held, &self.names, &self.words);
        let mut masks: BTreeMap<ReportId, Masks> = BTreeMap::new();
        records.each(&mut |record| {
            if let Record::Report(report) = record {
                let text: Vec<char> = report.text.chars().collect();
                let found = finder.find(&text);
                counts.masks += found.masks.len();
                counts.addresses += found.links;
                masks.insert(report.id, found.masks);
            }
            Ok(())
        })?;
        let mut leaving = Leaving {
            walk: Walk::new(&finder, self.coarse(), salt, &masks),
            gathered: &gathered,
            counts,
            records: Vec::new(),
            sources: BTreeSet::new(),
            refuges: BTreeSet::new(),
        };
        let summary = records.each(&mut |record| leaving.take(record))?;
        let (records, mut summary) = leaving.finish(summary);
        records.into_iter().try_for_each(visit)?;
        summary.redacted.get_or_insert_default();
        Ok(summary)
    }
}

/// Records on their way out.
struct Leaving<'r> {
    walk: Walk<'r>,
    gathered: &'r Gathered,
    counts: RedactionRecord,
    records: Vec<Record>,
    sources: BTreeSet<String>,
    /// Events of which a claim tells by words of where people live, shelter or are cared for.
    refuges: BTreeSet<EventId>,
}

impl Leaving<'_> {
    fn take(&mut self, record: Record) -> Result<(), ExportError> {
        let record = match record {
            Record::Report(report) => Record::Report(Box::new(self.report(*report)?)),
            Record::Mention(mention) => {
                let report = mention.report.clone();
                self.walk.all_coarse = self.gathered.is_of_refuge(&report, mention.span.start, mention.span.end);
                let mention = self.walked(&*mention, Some(&report))?;
                self.walk.all_coarse = false;
                Record::Mention(Box::new(mention))
            }
            Record::Claim(claim) => {
                let report = claim.claim.report.clone();
                let masks = self.walk.masks.get(&report);
                self.walk.all_coarse = tells_of_refuge(self.walk.coarse.words, &claim);
                if self.walk.all_coarse {
                    self.refuges.extend(claim.event.clone());
                }
                let evidence = std::iter::once(&claim.claim.evidence).chain(&claim.claim.more_evidence);
                let mut touched = evidence.filter(|e| masks.is_none_or(|m| m.touch(e.start as usize, e.end as usize)));
                let masked = touched.next().is_some();
                let mut claim: marsad_record::ClaimRecord = self.walked(&*claim, Some(&report))?;
                self.walk.all_coarse = false;
                claim.masked = masked;
                self.counts.claims_masked += usize::from(masked);
                Record::Claim(Box::new(claim))
            }
            Record::Victim(victim) => {
                let mut victim: VictimRecord = self.walked(&*victim, None)?;
                // In the order of the new ids, and each mask once.
                victim.namings.sort();
                victim.names.sort();
                victim.names.dedup();
                Record::Victim(Box::new(victim))
            }
            Record::Event(event) => {
                self.walk.all_coarse = self.refuges.contains(&event.id);
                let mut event = self.walked::<Event>(&event, None)?;
                if std::mem::take(&mut self.walk.all_coarse) {
                    told_coarsely(&mut event);
                }
                Record::Event(Box::new(event))
            }
            Record::SetAside(mut item) => {
                item.path = self.walk.salt.id(&format!("p:{}", item.path));
                (item.url, item.sha256) = (None, None);
                Record::SetAside(Box::new(self.walked(&*item, None)?))
            }
            Record::Decision(_) => {
                self.counts.decisions_left_out += 1;
                return Ok(());
            }
        };
        self.records.push(record);
        Ok(())
    }

    /// The record after a walk through all its strings.
    fn walked<T: Serialize + DeserializeOwned>(&mut self, record: &T, report: Option<&ReportId>) -> Result<T, ExportError> {
        let mut value = serde_json::to_value(record)?;
        self.walk.value(&mut value, report);
        Ok(serde_json::from_value(value)?)
    }

    fn report(&mut self, mut report: ReportRecord) -> Result<ReportRecord, ExportError> {
        let id = report.id.clone();
        let text: Vec<char> = std::mem::take(&mut report.text).chars().collect();
        let addresses = [report.url.is_some(), report.account.is_some()];
        self.counts.addresses += addresses.into_iter().filter(|a| *a).count();
        if is_personal(&report) {
            (report.source.id, report.source.name, report.source.family) = (None, None, None);
        }
        (report.key, report.path, report.url, report.sha256, report.account, report.byline) = (None, None, None, None, None, None);
        (report.keys, report.paths) = (Vec::new(), Vec::new());
        for capture in &mut report.captures {
            (capture.container, capture.record_offset) = (None, None);
        }
        report.captures.sort();
        report.captures.dedup();
        let title = report.title.clone();
        let mut value = serde_json::to_value(&report)?;
        self.walk.value(&mut value, Some(&id));
        let mut report: ReportRecord = serde_json::from_value(value)?;
        let hidden = self.walk.masks.get(&id);
        report.text = hidden.map(|m| m.show(&text, 0, text.len())).unwrap_or_default();
        report.text_sha256 = sha256_hex(report.text.as_bytes());
        report.masked = report.title != title || hidden.is_none_or(|m| !m.is_empty());
        self.counts.reports_masked += usize::from(report.masked);
        self.sources.extend(report.source.name.clone());
        Ok(report)
    }

    fn finish(self, summary: LedgerRecord) -> (Vec<Record>, LedgerRecord) {
        let Self { walk, mut counts, mut records, sources, .. } = self;
        counts.places_coarsened = walk.counts.places;
        counts.addresses += walk.counts.addresses;
        // A report is followed by its mentions, in the order in which they stand in it.
        records.sort_by_cached_key(order);
        (records, LedgerRecord { sources: sources.into_iter().collect(), redacted: Some(counts), ..summary })
    }
}

/// Do the words of a claim speak of where people live, shelter or are cared for?
fn tells_of_refuge(words: &Words, claim: &ClaimRecord) -> bool {
    let claim = &claim.claim;
    std::iter::once(&claim.evidence).chain(&claim.more_evidence).any(|quote| refuge::is_told(words, &quote.text))
}

/// What an event's reports agree and differ on as to its place are words, which are told as its place is.
fn told_coarsely(event: &mut Event) {
    let place = event.place.as_ref().map_or_else(|| MASK.to_owned(), |place| place.name.clone());
    for agreed in event.agreed.iter_mut().filter(|agreed| agreed.attribute == Attribute::Place) {
        agreed.value.value.clone_from(&place);
    }
    for differing in event.disagreements.iter_mut().filter(|d| d.attribute == Attribute::Place) {
        differing.values.iter_mut().for_each(|value| MASK.clone_into(&mut value.value));
    }
}

/// The order in which records leave.
fn order(record: &Record) -> (u8, String, u8) {
    match record {
        Record::Report(r) => (0, r.id.to_string(), 0),
        Record::Mention(m) => (0, m.report.to_string(), 1),
        Record::Claim(c) => (1, c.claim.id.to_string(), 0),
        Record::Victim(v) => (2, format!("{} {}", v.event, json!(v)), 0),
        Record::Decision(d) => (3, d.decision.id.to_string(), 0),
        Record::Event(e) => (4, e.id.to_string(), 0),
        Record::SetAside(s) => (5, s.path.clone(), 0),
    }
}
