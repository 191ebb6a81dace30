//! Collating the ledger: its reports out, what comparing them found in.

use crate::decided::{Decided, Ties};
use crate::progress;
use crate::run::Engine;
use crate::summed::{Summed, Sums};
use crate::versions::{Addresses, Captured, Captures};
use crate::world::KnownWorld;
use anyhow::{Context, Result, ensure};
use marsad_collate::{Analysed, Claimed, Names, PlaceCandidate};
use marsad_decision::ClaimRuling;
use marsad_ledger::{Collation, EventDetail, FoundEvent, Ledger, PlacedClaim, ReportLine, SearchWords, Writer};
use marsad_model::{Candidate, ClaimId, Event, EventId, Lineage, Published, Report, ReportId, Span};
use marsad_record::{Analysis, Comparison};
use marsad_search::Terms;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Compare all reports of the ledger and keep what is found.
pub fn collate(engine: &Engine, writer: &mut Writer) -> Result<()> {
    let bar = progress::bar("comparing", 2);
    let names = Names::default();
    let analysed = load(engine, writer, &names)?;
    let addresses = Addresses::of(&analysed, &captures(writer)?, &writer.gone()?);
    let decided = Decided::of(writer)?;
    bar.inc(1);
    let world = KnownWorld { gazetteer: engine.gazetteer, actors: &engine.analyser.knowledge().actors };
    let rulings = decided.before_comparing(&names);
    marsad_collate::collate(&analysed, &world, &engine.rules, &rulings, |found| {
        bar.inc(1);
        writer.enter_words(|report| words(&engine.terms, [report.title.as_deref().unwrap_or(""), &report.text]))?;
        Keeping { engine, analysed: &analysed, addresses, decided: &decided }.keep(found, writer)
    })?;
    bar.finish_and_clear();
    Ok(())
}

/// Reports whose analyses are read from the ledger's bytes together.
const BATCH: usize = 1024;

/// All reports as comparing asks for them. How they came in is not among it: that is asked for by itself, of the few that say when.
fn load(engine: &Engine, ledger: &Ledger, names: &Names) -> Result<Vec<Analysed>> {
    let (mut analysed, mut waiting) = (Vec::new(), Vec::new());
    let parties = Parties::of(engine);
    let read = |waiting: &mut Vec<Stored>| {
        std::mem::take(waiting).into_par_iter().map(|stored| read_back(engine, &parties, &stored, names)).collect::<Result<Vec<_>>>()
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

fn read_back(engine: &Engine, parties: &Parties, (id, report, analysis): &Stored, names: &Names) -> Result<Analysed> {
    let broken = || format!("what the ledger has of {id} cannot be read");
    let report: Report = serde_json::from_str(report).with_context(broken)?;
    let Analysis { mentions, claims } = serde_json::from_slice(analysis).with_context(broken)?;
    let side = match report.source.id.as_deref() {
        Some(id) => engine.reader.sources().get(id).and_then(|source| source.side.clone()),
        None => report.source.name.as_deref().and_then(|name| parties.called(name)),
    };
    Ok(Analysed::new(report, side.as_deref(), &claims, &mentions, names))
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

fn candidate(candidate: &PlaceCandidate) -> Candidate {
    Candidate { id: candidate.id.to_string(), because: candidate.because.to_string() }
}

/// All claims with the reports that make them.
struct Told<'a>(FxHashMap<&'a ClaimId, (&'a Analysed, &'a Claimed)>);

impl<'a> Told<'a> {
    /// Those of these reports.
    fn of(analysed: impl Iterator<Item = &'a Analysed>) -> Self {
        Self(analysed.flat_map(|a| a.claims.iter().map(move |claim| (&claim.id, (a, claim)))).collect())
    }

    /// What lists and searches need of an event beside its record: in what languages it is told, what its place may also be,
    /// and the words of the sentences that tell of it, with the names that knowledge has for place and actors.
    fn detail(&self, engine: &Engine, event: &Event) -> EventDetail {
        let (mut languages, mut candidates, mut sentences) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for &(a, claim) in event.claims.iter().filter_map(|id| self.0.get(id)) {
            languages.insert(a.report.language.code().to_owned());
            candidates.extend(claim.places_where().filter(|p| p.id.is_none()).flat_map(|p| &p.candidates).map(candidate));
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

/// What is needed to keep what comparing found.
struct Keeping<'a> {
    engine: &'a Engine,
    analysed: &'a [Analysed],
    addresses: Addresses,
    decided: &'a Decided,
}

impl Keeping<'_> {
    fn keep(&self, mut found: marsad_collate::Collation<'_>, writer: &mut Writer) -> Result<()> {
        let mut lineage = std::mem::take(&mut found.lineage);
        self.decided.mark_ties(&mut lineage);
        let published = std::mem::take(&mut found.published);
        let placed: FxHashMap<&ClaimId, &EventId> = found.events.of_claims().collect();
        let grades = self.decided.grades(|claim| placed.get(claim).copied());
        let (mut collation, summed) = self.of_reports(writer, &found, (lineage, published), &placed)?;
        drop(placed);
        let events = &found.events;
        let event = |n: usize| {
            let mut event = events.get(n)?;
            grades.lay_over(&mut event);
            Some(event)
        };
        // Each is set down to be summed up, and once more where it must be written: together they would take more room than the
        // reports.
        let sum = |room: &mut Vec<u8>, n: usize| {
            let event = event(n).with_context(|| format!("event {n} of {} has no claims", events.len()))?;
            Ok((summed.of(&event, room)?, event.id))
        };
        let sums = (0..events.len()).into_par_iter().map_init(Vec::new, sum).collect::<Result<Vec<_>>>()?;
        collation.events = sums.into_iter().map(|(sum, id)| (id, Some(sum))).collect();
        drop(summed);
        writer.replace_collation(&collation, |ids| {
            let whole: Vec<Event> = ids.par_iter().filter_map(|id| event(events.find(id)?)).collect();
            Ok::<_, anyhow::Error>(self.whole(whole, &collation.claims))
        })
    }

    /// These events with what lists and searches need of them.
    fn whole(&self, events: Vec<Event>, placed: &[PlacedClaim]) -> Vec<FoundEvent> {
        let report_of = |claim: &ClaimId| Some(&placed[placed.binary_search_by(|p| p.id.cmp(claim)).ok()?].report);
        let reports: BTreeSet<&ReportId> = events.iter().flat_map(|e| &e.claims).filter_map(report_of).collect();
        let at = |id: &ReportId| self.analysed.binary_search_by(|a| a.report.id.cmp(id)).ok();
        let told = Told::of(reports.into_iter().filter_map(at).map(|n| &self.analysed[n]));
        let details: Vec<EventDetail> = events.par_iter().map(|event| told.detail(self.engine, event)).collect();
        events.into_iter().zip(details).map(|(event, detail)| FoundEvent { event, detail }).collect()
    }

    /// What is kept of reports and claims, and what they come to.
    fn of_reports(
        &self,
        ledger: &Ledger,
        found: &marsad_collate::Collation<'_>,
        (mut lineage, mut published): (Ties, BTreeMap<ReportId, Published>),
        placed: &FxHashMap<&ClaimId, &EventId>,
    ) -> Result<(Collation, Summed<'_>)> {
        let (reports, claims) = (self.analysed.len(), self.analysed.iter().map(|a| a.claims.len()).sum());
        let mut kept = Collation {
            sources: found.sources as u64,
            decisions: self.decided.count,
            reports: Vec::with_capacity(reports),
            lines: Vec::with_capacity(reports),
            claims: Vec::with_capacity(claims),
            ..Collation::default()
        };
        let mut summed = Summed::new(self.analysed);
        let mut rest = self.analysed;
        ledger.each_page_of_analyses::<anyhow::Error>(|page| {
            let (these, others) = rest.split_at_checked(page.len()).context("the ledger has reports that were not compared")?;
            rest = others;
            let compared = these.iter().map(|a| (a, lineage.remove(&a.report.id).unwrap_or_default(), published.remove(&a.report.id)));
            let compared: Vec<_> = page.iter().zip(compared).collect();
            let of_one =
                |room: &mut Vec<u8>, (stored, (a, lineage, published))| self.of_report(stored, a, (lineage, published), found, room);
            let told: Vec<_> = compared.into_par_iter().map_init(Vec::new, of_one).collect::<Result<_>>()?;
            for (line, comparison, sums) in told {
                kept.reports.push((line.report.clone(), comparison));
                kept.lines.push(line);
                summed.take(sums);
            }
            kept.claims.extend(these.iter().flat_map(|a| a.claims.iter().map(|claim| self.place(a, claim, found, placed))));
            Ok(())
        })?;
        kept.claims.sort_unstable();
        kept.claims.dedup_by(|a, b| a.id == b.id);
        Ok((kept, summed))
    }

    /// What is kept of a report, and what it comes to.
    fn of_report(
        &self,
        (id, report, analysis): &Stored,
        a: &Analysed,
        (lineage, published): (Vec<Lineage<Span>>, Option<Published>),
        found: &marsad_collate::Collation<'_>,
        room: &mut Vec<u8>,
    ) -> Result<(ReportLine, Vec<u8>, Sums)> {
        let broken = || format!("what the ledger has of {id} cannot be read");
        ensure!(*id == a.report.id, "the ledger's reports are not those that were compared");
        let report: Report = serde_json::from_str(report).with_context(broken)?;
        let (decided, addresses) = (self.decided, &self.addresses);
        let comparison = Comparison {
            origin: found.report_origin(id).cloned(),
            version_of: addresses.version_of.get(id).cloned(),
            gone: addresses.gone.get(id).cloned(),
            lineage,
            published,
            times: a.claims.iter().filter_map(|c| Some((c.id.clone(), found.times.get(&c.id)?.clone()))).collect(),
            rulings: decided.on_claims(a),
            state: decided.rulings.states.get(id).map(|(state, _)| *state),
            reliability: decided.reliability(&report.source),
        };
        let sums = Sums::of((&report, analysis, a), &comparison, |claim| found.claim_origin(claim), &decided.rulings, room)
            .with_context(broken)?;
        let line = ReportLine {
            report: id.clone(),
            language: report.language.code().to_owned(),
            day: report.published.as_ref().or(comparison.published.as_ref()).map(|published| published.start),
            copies: comparison.copies().cloned(),
            source: report.source,
        };
        Ok((line, serde_json::to_vec(&comparison)?, sums))
    }

    /// What is kept of a claim.
    fn place(
        &self,
        a: &Analysed,
        claim: &Claimed,
        found: &marsad_collate::Collation<'_>,
        placed: &FxHashMap<&ClaimId, &EventId>,
    ) -> PlacedClaim {
        PlacedClaim {
            id: claim.id.clone(),
            report: a.report.id.clone(),
            event: placed.get(&claim.id).map(|id| (*id).clone()),
            origin: found.claim_origin(&claim.id).cloned(),
            confidence: Some((claim.confidence * 1000.0).round() as u32),
            settled: self.decided.rulings.claims.get(&claim.id).is_some_and(ClaimRuling::is_settled),
        }
    }
}
