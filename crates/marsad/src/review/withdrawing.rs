//! Withdrawing a report, for a family or a source at risk.

use crate::collating;
use crate::listing::{many, short};
use crate::review::renewed_before;
use crate::review::ruling::Desk;
use crate::run::{Engine, open};
use crate::withdrawal::destroy;
use anyhow::Result;
use marsad_decision::{Decision, Ruling};
use marsad_ledger::{Ledger, StoredReport, Tombstone, Withdrawal, Withdrawn};
use marsad_model::{DecisionId, ReportId};
use marsad_record::{comparison, decision, decisions, new_decision};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

/// What is said of a withdrawal.
pub(super) struct Words<'w> {
    pub(super) ground: &'w str,
    pub(super) by: &'w str,
}

/// Withdraw what a person names, find events anew without it, and say what went, and what tells the same and stays.
pub(super) fn withdraw(engine: &Engine, dir: &Path, name: &str, words: &Words<'_>, now: &str) -> Result<String> {
    renewed_before(engine, dir, now)?;
    let mut writer = open(engine, dir, now)?;
    let what = Desk { ledger: &writer }.withdrawn(name)?;
    let (kin, ruling) = match &what {
        Withdrawn::Report(report) => (Kin::of(&writer, report)?, Ruling::Withdraw { report: report.clone() }),
        Withdrawn::Unread(sha256) => (Kin::of_unread(&writer, sha256)?, Ruling::WithdrawUnread { original: sha256.clone() }),
    };
    let decision = Decision::new(now, words.by, words.ground, ruling)?;
    let asked = Withdrawal {
        what,
        by: decision.by.clone(),
        ground: decision.why.clone(),
        also: kin.on_its_source.clone(),
        decision: new_decision(&decision, &|id| self::decision(&writer, id))?,
    };
    let stone = writer.withdraw(&asked, now)?;
    let cleared = destroy(&mut writer, now)?;
    if writer.needs_collation()? {
        collating::collate(engine, &mut writer)?;
    }
    told(&stone, &kin, &cleared, name)
}

/// What is bound up with a report that goes.
#[derive(Default)]
struct Kin {
    /// Where its bytes lay when they were read.
    paths: Vec<String>,
    /// Other reports with its words: copies, translations, versions.
    tied: BTreeSet<ReportId>,
    /// Decisions that name its source, where it is the only report of that source.
    on_its_source: BTreeSet<DecisionId>,
}

impl Kin {
    fn of(ledger: &Ledger, id: &ReportId) -> Result<Self> {
        let mut kin = Self::default();
        let Some(stored) = ledger.report(id)? else { return Ok(kin) };
        kin.paths = stored.paths().into_iter().map(str::to_owned).collect();
        kin.tied.extend(comparison(ledger, id)?.linked().cloned());
        kin.on_its_source = on_its_source(ledger, &stored)?;
        Ok(kin)
    }

    /// Of bytes of which nothing was read.
    fn of_unread(ledger: &Ledger, sha256: &str) -> Result<Self> {
        let of_it = ledger.set_aside()?.into_iter().filter(|item| item.sha256.as_deref() == Some(sha256));
        Ok(Self { paths: of_it.map(|item| item.path).collect(), ..Self::default() })
    }
}

/// The rulings on the reliability of a report's source, where the ledger has no other report of that source: they name it.
fn on_its_source(ledger: &Ledger, stored: &StoredReport) -> Result<BTreeSet<DecisionId>> {
    let source = &stored.report.source;
    let others = ledger.sources()?.into_iter().filter(|line| line.name == source.name && line.reports > 1).count();
    let names = |word: &str| source.id.as_deref() == Some(word) || source.name.as_deref() == Some(word);
    let rates = |d: &Decision| matches!(&d.ruling, Ruling::Reliability { source, .. } if others == 0 && names(source));
    Ok(decisions(ledger)?.into_iter().filter(rates).map(|d| d.id).collect())
}

fn told(stone: &Tombstone, kin: &Kin, cleared: &BTreeSet<String>, name: &str) -> Result<String> {
    let mut out = String::new();
    let (reports, originals) = (many(stone.reports.len() as u64, "report"), many(stone.originals.len() as u64, "original"));
    writeln!(out, "Withdrawn: {reports}, {originals} destroyed; events are found anew.")?;
    for report in &stone.reports {
        writeln!(out, "  {report}")?;
    }
    if !stone.decisions.is_empty() {
        writeln!(out, "The words of {} went with it:", many(stone.decisions.len() as u64, "decision"))?;
        for decision in &stone.decisions {
            writeln!(out, "  {decision}")?;
        }
    }
    let staying: Vec<&str> = kin.tied.difference(&stone.reports).map(|r| short(r.as_str())).collect();
    if !staying.is_empty() {
        writeln!(out, "These have words of it and stay: {}.", staying.join(", "))?;
    }
    for archive in cleared {
        writeln!(out, "Emptied of it: fetched/{archive}, the ledger's own archive.")?;
    }
    let elsewhere: Vec<&str> = kin.paths.iter().map(String::as_str).filter(|path| !cleared.contains(*path)).collect();
    let from =
        if elsewhere.is_empty() { String::new() } else { format!("what it was read from (`{name}` came from {}), ", elsewhere.join(", ")) };
    writeln!(out, "Out of reach: {from}exports, bundles, backups and copies that were made before.")?;
    Ok(out)
}
