//! Collating the ledger: its reports out, what comparing them found in.

use crate::decided::Decided;
use crate::progress;
use crate::run::Engine;
use crate::summed::Summed;
use crate::versions::{Addresses, Captured, Captures};
use crate::world::KnownWorld;
use anyhow::{Context, Result};
use marsad_collate::{Analysed, Mentioned};
use marsad_decision::ClaimRuling;
use marsad_ledger::{Collation, EventDetail, Ledger, PlacedClaim, ReportLine, SearchWords, Writer};
use marsad_model::{Claim, ClaimId, Event, EventId, Report, ReportId, Span};
use marsad_record::{Analysis, Comparison};
use marsad_search::Terms;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Compare all reports of the ledger and keep what is found.
pub fn collate(engine: &Engine, writer: &mut Writer) -> Result<()> {
    let bar = progress::bar("comparing", 2);
    let analysed = load(engine, writer)?;
    let addresses = Addresses::of(&analysed, &captures(writer)?, &writer.gone()?);
    let decided = Decided::of(writer, &analysed)?;
    bar.inc(1);
    let world = KnownWorld { gazetteer: engine.gazetteer, actors: &engine.analyser.knowledge().actors };
    let mut found = marsad_collate::collate(&analysed, &world, &engine.rules, &decided.before_comparing(&analysed));
    decided.after_comparing(&mut found);
    bar.inc(1);
    writer.enter_words(|report| words(&engine.terms, [report.title.as_deref().unwrap_or(""), &report.text]))?;
    let told = Told::of(&analysed);
    writer.replace_collation(&stored(&analysed, &addresses, found, &decided)?, |event| told.detail(engine, event))?;
    bar.finish_and_clear();
    Ok(())
}

/// Reports whose analyses are read from the ledger's bytes together.
const BATCH: usize = 1024;

/// All reports as comparing asks for them. How they came in is not among it: that is asked for by itself, of the few that say when.
fn load(engine: &Engine, ledger: &Ledger) -> Result<Vec<Analysed>> {
    let (mut analysed, mut waiting) = (Vec::new(), Vec::new());
    let parties = Parties::of(engine);
    let read = |waiting: &mut Vec<Stored>| {
        std::mem::take(waiting).into_par_iter().map(|stored| read_back(engine, &parties, &stored)).collect::<Result<Vec<_>>>()
    };
    ledger.each_page_of_analyses::<anyhow::Error>(|page| {
        waiting.extend(page);
        if waiting.len() >= BATCH {
            analysed.extend(read(&mut waiting)?);
        }
        Ok(())
    })?;
    analysed.extend(read(&mut waiting)?);
    Ok(analysed)
}

/// Parties by what knowledge calls them: a report whose source bears just that name is that party's own word.
struct Parties(FxHashMap<String, String>);

impl Parties {
    fn of(engine: &Engine) -> Self {
        let actors = &engine.analyser.knowledge().actors;
        // A country's name tells of a place as often.
        let bodies = actors.list.iter().filter(|a| a.kind.acts() && a.kind.is_body());
        let mut parties = FxHashMap::default();
        for (name, id) in bodies.flat_map(|a| [(&a.name_en, &a.id), (&a.name_ar, &a.id)]) {
            parties.entry(marsad_text::fold(name)).or_insert_with(|| id.clone());
        }
        Self(parties)
    }

    fn called(&self, name: &str) -> Option<String> {
        self.0.get(&marsad_text::fold(name.trim())).cloned()
    }
}

/// A report's id, itself, and its analysis, as the ledger has them.
type Stored = (ReportId, String, Vec<u8>);

fn read_back(engine: &Engine, parties: &Parties, (id, report, analysis): &Stored) -> Result<Analysed> {
    let broken = || format!("what the ledger has of {id} cannot be read");
    let report: Report = serde_json::from_str(report).with_context(broken)?;
    let Analysis { mentions, mut claims } = serde_json::from_slice(analysis).with_context(broken)?;
    let side = match report.source.id.as_deref() {
        Some(id) => engine.reader.sources().get(id).and_then(|source| source.side.clone()),
        None => report.source.name.as_deref().and_then(|name| parties.called(name)),
    };
    let mut mentions: Vec<Mentioned> = mentions.into_iter().map(Mentioned::from).collect();
    mentions.shrink_to_fit();
    claims.shrink_to_fit();
    Ok(Analysed { report, side, claims, mentions })
}

fn captures(ledger: &Ledger) -> Result<Captures> {
    let times = ledger.captured_times()?;
    let each = times.chunk_by(|a, b| a.0 == b.0).filter_map(|of| {
        let (report, _) = of.first()?;
        Some((report.clone(), Captured::of(of.iter().map(|(_, at)| at.as_str()))?))
    });
    Ok(each.collect())
}

/// The words by which these texts are found.
fn words<'t>(terms: &Terms, texts: impl IntoIterator<Item = &'t str>) -> SearchWords {
    // A line's end parts them, so that no phrase runs from one into the next.
    let whole = texts.into_iter().collect::<Vec<_>>().join("\n");
    let (words, stems) = terms.of(&whole);
    SearchWords { words, stems }
}

/// All claims with the reports that make them.
struct Told<'a>(FxHashMap<&'a ClaimId, (&'a Analysed, &'a Claim<Span>)>);

impl<'a> Told<'a> {
    fn of(analysed: &'a [Analysed]) -> Self {
        Self(analysed.iter().flat_map(|a| a.claims.iter().map(move |claim| (&claim.id, (a, claim)))).collect())
    }

    /// What lists and searches need of an event beside its record: in what languages it is told, what its place may also be,
    /// and the words of the sentences that tell of it, with the names that knowledge has for place and actors.
    fn detail(&self, engine: &Engine, event: &Event) -> EventDetail {
        let (mut languages, mut candidates, mut sentences) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for &(a, claim) in event.claims.iter().filter_map(|id| self.0.get(id)) {
            languages.insert(a.report.language.code().to_owned());
            candidates.extend(claim.places_where().filter(|p| p.id.is_none()).flat_map(|p| p.candidates.iter().cloned()));
            sentences.extend(std::iter::once(&claim.evidence).chain(&claim.more_evidence).map(|span| span.of(&a.report.text)));
        }
        let actors = &engine.analyser.knowledge().actors;
        let known = event.place.as_ref().and_then(|p| engine.gazetteer.get(p.id.as_deref()?));
        let mut names: Vec<&str> = event.place.iter().map(|p| p.name.as_str()).collect();
        names.extend(known.iter().flat_map(|p| std::iter::once(p.name_en).chain(p.name_ar)));
        for actor in &event.actors {
            names.push(&actor.name);
            names.extend(actor.id.as_deref().and_then(|id| actors.get(id)).into_iter().flat_map(|a| [a.name_en.as_str(), &a.name_ar]));
        }
        EventDetail {
            languages: languages.into_iter().collect(),
            candidates: if known.is_some() { Vec::new() } else { candidates.into_iter().collect() },
            words: words(&engine.terms, sentences.into_iter().chain(names)),
        }
    }
}

fn stored(analysed: &[Analysed], addresses: &Addresses, mut found: marsad_collate::Collation, decided: &Decided) -> Result<Collation> {
    let mut claims: Vec<PlacedClaim> = Vec::new();
    let mut reports: Vec<(ReportId, Vec<u8>)> = Vec::new();
    let mut lines: Vec<ReportLine> = Vec::new();
    let mut summed = Summed::default();
    let placed: FxHashMap<&ClaimId, &EventId> = found.claim_event.iter().collect();
    for a in analysed {
        let mut times = BTreeMap::new();
        for c in &a.claims {
            claims.push(PlacedClaim {
                id: c.id.clone(),
                report: a.report.id.clone(),
                event: placed.get(&c.id).map(|id| (*id).clone()),
                origin: found.claim_origin.get(&c.id).cloned(),
                confidence: Some((c.confidence * 1000.0).round() as u32),
                settled: decided.rulings.claims.get(&c.id).is_some_and(ClaimRuling::is_settled),
            });
            if let Some(time) = found.times.remove(&c.id) {
                times.insert(c.id.clone(), time);
            }
        }
        let comparison = Comparison {
            origin: found.report_origin.get(&a.report.id).cloned(),
            version_of: addresses.version_of.get(&a.report.id).cloned(),
            gone: addresses.gone.get(&a.report.id).cloned(),
            lineage: found.lineage.remove(&a.report.id).unwrap_or_default(),
            published: found.published.remove(&a.report.id),
            times,
            rulings: decided.on_claims(a),
            state: decided.rulings.states.get(&a.report.id).map(|(state, _)| *state),
            reliability: decided.reliability(&a.report.source),
        };
        summed.take(a, &comparison, &found.claim_origin, &decided.rulings)?;
        lines.push(ReportLine {
            report: a.report.id.clone(),
            source: a.report.source.clone(),
            language: a.report.language.code().to_owned(),
            day: a.report.published.as_ref().or(comparison.published.as_ref()).map(|published| published.start),
            copies: comparison.copies().cloned(),
        });
        reports.push((a.report.id.clone(), serde_json::to_vec(&comparison)?));
    }
    claims.sort();
    claims.dedup_by(|a, b| a.id == b.id);
    let (sums, sources) = (summed.of(&found.events)?, found.sources as u64);
    Ok(Collation { events: found.events, sums, claims, reports, lines, sources, decisions: decided.count })
}
