//! `marsad export`: the ledger as records, one JSON object a line, sorted by id.
//!
//! Every span is checked on its way out: it must quote the readable text, whose hash stands beside it, and the original
//! must still have the hash under which it was sealed. A record that fails is an error, never a record.

use crate::progress;
use anyhow::{Context, Result, bail};
use marsad_decision::{Publish, Rulings};
use marsad_ledger::{Ledger, StoredReport};
use marsad_model::{ActorRole, CodePoints, EventId, MentionKind, PersonDetails, PersonStatus, Quote, Report, ReportId, Span, sha256_hex};
use marsad_record::{
    Bench, ClaimRecord, LedgerRecord, MentionRecord, SetAsideRecord, VictimRecord, comparison, mention_record, report_record, texts_of_ties,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

/// One file of records in the making; it takes its name only when whole, so that a killed export leaves no half file.
struct Lines {
    out: BufWriter<File>,
    folder: std::path::PathBuf,
    name: &'static str,
    count: u64,
}

impl Lines {
    fn create(folder: &Path, name: &'static str) -> Result<Self> {
        let path = folder.join(format!("{name}.part"));
        let file = File::create(&path).with_context(|| format!("writing {}", path.display()))?;
        Ok(Self { out: BufWriter::new(file), folder: folder.to_owned(), name, count: 0 })
    }

    fn push(&mut self, record: &impl Serialize) -> Result<()> {
        serde_json::to_writer(&mut self.out, record)?;
        self.out.write_all(b"\n").with_context(|| format!("writing {}", self.name))?;
        self.count += 1;
        Ok(())
    }

    fn finish(mut self) -> Result<u64> {
        self.out.flush().with_context(|| format!("writing {}", self.name))?;
        let part = self.folder.join(format!("{}.part", self.name));
        fs::rename(&part, self.folder.join(self.name)).with_context(|| format!("naming {}", self.name))?;
        Ok(self.count)
    }
}

/// Write all records of a ledger into a folder.
pub fn export(ledger: &Ledger, out: &Path) -> Result<LedgerRecord> {
    let snapshot = ledger.snapshot()?;
    fs::create_dir_all(out).with_context(|| format!("making the folder {}", out.display()))?;
    let counts = ledger.counts()?;
    let bar = progress::bar("exporting", counts.reports);
    let texts = linked_texts(ledger)?;
    let mut reports = Lines::create(out, "reports.jsonl")?;
    let mut mentions: Vec<MentionRecord> = Vec::new();
    let mut claims: Vec<ClaimRecord> = Vec::new();
    let mut seen = Seen::default();
    for stored in ledger.reports() {
        let stored = stored?;
        one(ledger, &stored, &texts, &mut reports, &mut mentions, &mut claims)
            .with_context(|| format!("exporting the report {}", stored.report.id))?;
        seen.note(&stored.report);
        bar.inc(1);
    }
    claims.sort_by(|a, b| a.claim.id.cmp(&b.claim.id));
    let bench = Bench::whole(ledger)?;
    write_all(out, "victims.jsonl", &victims(&claims, &mentions, &Marks { rulings: bench.rulings(), bench: &bench }))?;
    write_all(out, "decisions.jsonl", &bench.records())?;
    let reports = reports.finish()?;
    let mentions = write_all(out, "mentions.jsonl", &mentions)?;
    let claims = write_all(out, "claims.jsonl", &claims)?;
    let mut events = Lines::create(out, "events.jsonl")?;
    ledger.each_event::<anyhow::Error>(|event| events.push(&event))?;
    let events = events.finish()?;
    let aside: Vec<SetAsideRecord> = ledger.set_aside()?.into_iter().map(SetAsideRecord::from).collect();
    let set_aside = write_all(out, "set_aside.jsonl", &aside)?;
    let version = ledger.version()?;
    let record = LedgerRecord {
        program: version.as_ref().map(|v| v.program.clone()).unwrap_or_default(),
        knowledge: version.map(|v| v.knowledge).unwrap_or_default(),
        reports,
        mentions,
        claims,
        events,
        set_aside,
        published: seen.first.zip(seen.last).map(|(a, b)| [a, b]),
        sources: seen.sources.into_iter().collect(),
    };
    let path = out.join("ledger.json");
    fs::write(&path, serde_json::to_string_pretty(&record)? + "\n").with_context(|| format!("writing {}", path.display()))?;
    drop(snapshot);
    bar.finish_and_clear();
    Ok(record)
}

/// The persons whom claims of an event name as harmed, once for each event and name: one person under
/// two spellings in a report has one name.
fn victims(claims: &[ClaimRecord], mentions: &[MentionRecord], marks: &Marks<'_>) -> Vec<VictimRecord> {
    let persons: BTreeMap<(&ReportId, &Quote), Option<&PersonDetails>> =
        mentions.iter().filter(|m| m.kind == MentionKind::Person).map(|m| ((&m.report, &m.span), m.person.as_ref())).collect();
    let mut found: BTreeMap<(EventId, String), VictimRecord> = BTreeMap::new();
    for ClaimRecord { event, claim, .. } in claims {
        let Some(event) = event else { continue };
        for actor in &claim.actors {
            let harmed = matches!(actor.role, ActorRole::Target | ActorRole::Affected | ActorRole::Detainee);
            let Some(said) = persons.get(&(&claim.report, &actor.span)).filter(|_| harmed && actor.id.is_none()) else { continue };
            let said = said.cloned().unwrap_or_default();
            let Some(harm) = said.harm.or_else(|| claim.casualties.first().map(|c| c.harm)) else { continue };
            let told = claim.casualties.iter().find(|c| c.harm == harm && c.part_of.is_none());
            let status = said.status.or_else(|| told.map(|c| c.status)).unwrap_or(PersonStatus::Unknown);
            let victim = found.entry((event.clone(), actor.name.clone())).or_insert_with(|| VictimRecord {
                event: event.clone(),
                name_as_written: actor.span.text.clone(),
                age: said.age,
                sex: said.sex,
                kin: said.kin,
                harm,
                status,
                claims: Vec::new(),
                publish: Publish::Full,
            });
            // Of one person's namings the one that keeps most back holds: each must be ruled on.
            victim.publish = victim.publish.min(marks.of(&claim.report, &actor.span));
            if !victim.claims.contains(&claim.id) {
                victim.claims.push(claim.id.clone());
            }
        }
    }
    found.into_values().collect()
}

/// How a name is marked: by the last ruling that touches it where it stands.
struct Marks<'b> {
    bench: &'b Bench,
    rulings: Rulings,
}

impl Marks<'_> {
    fn of(&self, report: &ReportId, name: &Quote) -> Publish {
        let text = self.bench.report(report).map(|(stored, _)| stored.report.text.as_str());
        let start = text.and_then(|text| text.char_indices().nth(name.start as usize)).map(|(at, _)| at);
        start.map_or(Publish::Withheld, |at| self.rulings.publish_of(report, Span::new(at, at + name.text.len())))
    }
}

/// What `ledger.json` sums up.
#[derive(Default)]
struct Seen {
    first: Option<String>,
    last: Option<String>,
    sources: BTreeSet<String>,
}

impl Seen {
    fn note(&mut self, report: &Report) {
        self.sources.extend(report.source.name.clone());
        if let Some(day) = report.published.as_ref().map(|p| p.start.to_string()) {
            if self.first.as_ref().is_none_or(|f| day < *f) {
                self.first = Some(day.clone());
            }
            if self.last.as_ref().is_none_or(|l| day > *l) {
                self.last = Some(day);
            }
        }
    }
}

fn write_all(out: &Path, name: &'static str, records: &[impl Serialize]) -> Result<u64> {
    let mut lines = Lines::create(out, name)?;
    for record in records {
        lines.push(record)?;
    }
    lines.finish()
}

/// The texts that ties between reports point into.
fn linked_texts(ledger: &Ledger) -> Result<BTreeMap<ReportId, String>> {
    let mut texts = BTreeMap::new();
    for stored in ledger.reports() {
        let report = stored?.report;
        texts.extend(texts_of_ties(ledger, &comparison(ledger, &report.id)?)?);
    }
    Ok(texts)
}

fn one(
    ledger: &Ledger,
    stored: &StoredReport,
    texts: &BTreeMap<ReportId, String>,
    reports: &mut Lines,
    mentions: &mut Vec<MentionRecord>,
    claims: &mut Vec<ClaimRecord>,
) -> Result<()> {
    let report = &stored.report;
    if sha256_hex(report.text.as_bytes()) != report.text_sha256 {
        bail!("its readable text is not the one that was read; `marsad verify` tells more");
    }
    if let Some(sha256) = stored.sha256() {
        ledger.original(sha256).context("its original")?;
    }
    let analysis = marsad_record::analysis(stored)?;
    let mut compared = comparison(ledger, &report.id)?;
    let points = CodePoints::new(&report.text);
    for m in &analysis.mentions {
        mentions.push(mention_record(&report.id, m.clone(), &points)?);
    }
    claims.extend(marsad_record::claims(ledger, &report.id, analysis, &mut compared, &points)?);
    reports.push(&report_record(stored, compared, &points, texts)?)
}
