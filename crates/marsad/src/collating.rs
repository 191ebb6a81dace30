//! Collating the ledger: its reports out, what comparing them found in.

use crate::progress;
use crate::run::Engine;
use crate::world::KnownWorld;
use anyhow::Result;
use marsad_collate::Analysed;
use marsad_ledger::{Collation, Ledger, PlacedClaim, Writer};
use marsad_model::{Published, ReportId};
use marsad_record::{Analysis, Comparison, analysis};
use std::collections::BTreeMap;

/// Compare all reports of the ledger and keep what is found.
pub fn collate(engine: &Engine, writer: &mut Writer) -> Result<()> {
    let bar = progress::bar("comparing", 2);
    let analysed = load(engine, writer)?;
    bar.inc(1);
    let world = KnownWorld { gazetteer: engine.gazetteer, actors: &engine.analyser.knowledge().actors };
    let found = marsad_collate::collate(&analysed, &world, &engine.rules);
    bar.inc(1);
    writer.replace_collation(&stored(&analysed, found)?)?;
    bar.finish_and_clear();
    Ok(())
}

fn load(engine: &Engine, ledger: &Ledger) -> Result<Vec<Analysed>> {
    let mut analysed = Vec::new();
    for report in ledger.reports() {
        let report = report?;
        let Analysis { mentions, claims } = analysis(&report)?;
        let side = report.report.source.id.as_deref().and_then(|id| engine.reader.sources().get(id)?.side.clone());
        analysed.push(Analysed { report: report.report, side, claims, mentions });
    }
    Ok(analysed)
}

/// Which report is a later version of which: another text at the same address, of a later date. Where no date tells the
/// later one, nothing is said.
fn versions(analysed: &[Analysed]) -> BTreeMap<ReportId, ReportId> {
    let mut at: BTreeMap<&str, Vec<(&Published, &Analysed)>> = BTreeMap::new();
    for a in analysed {
        if let (Some(url), Some(day)) = (&a.report.url, a.report.updated.as_ref().or(a.report.published.as_ref())) {
            at.entry(url).or_default().push((day, a));
        }
    }
    let mut versions = BTreeMap::new();
    for mut reports in at.into_values() {
        reports.sort_by(|(a, x), (b, y)| (a.start, &a.start_time, &x.report.id).cmp(&(b.start, &b.start_time, &y.report.id)));
        for pair in reports.windows(2) {
            let ((a, earlier), (b, later)) = (pair[0], pair[1]);
            let told = (a.start, &a.start_time) < (b.start, &b.start_time) && earlier.report.text_sha256 != later.report.text_sha256;
            if told {
                versions.insert(later.report.id.clone(), earlier.report.id.clone());
            }
        }
    }
    versions
}

fn stored(analysed: &[Analysed], mut found: marsad_collate::Collation) -> Result<Collation> {
    let mut claims: Vec<PlacedClaim> = Vec::new();
    let mut reports: Vec<(ReportId, Vec<u8>)> = Vec::new();
    let versions = versions(analysed);
    for a in analysed {
        let mut times = BTreeMap::new();
        for c in &a.claims {
            claims.push(PlacedClaim {
                id: c.id.clone(),
                report: a.report.id.clone(),
                event: found.claim_event.get(&c.id).cloned(),
                origin: found.claim_origin.get(&c.id).cloned(),
            });
            if let Some(time) = found.times.remove(&c.id) {
                times.insert(c.id.clone(), time);
            }
        }
        let comparison = Comparison {
            origin: found.report_origin.get(&a.report.id).cloned(),
            version_of: versions.get(&a.report.id).cloned(),
            lineage: found.lineage.remove(&a.report.id).unwrap_or_default(),
            published: found.published.remove(&a.report.id),
            times,
        };
        reports.push((a.report.id.clone(), serde_json::to_vec(&comparison)?));
    }
    claims.sort();
    claims.dedup_by(|a, b| a.id == b.id);
    Ok(Collation { events: found.events, claims, reports })
}
