//! `marsad show`: all that is known of one event, for a person who must decide what to believe.

use crate::listing::{harm, kind, many, of_parties_only, place, short, when, who};
use crate::table::{Style, isolate, wrapped};
use anyhow::{Result, anyhow, bail};
use marsad_decision::Publish;
use marsad_export::Records;
use marsad_ledger::Ledger;
use marsad_model::{
    AirwarsGrade, Claim, ClaimId, Event, EventId, OccurrenceGrade, PersonStatus, Polarity, Published, Report, Span, Support,
};
use marsad_record::{Bench, comparison, ruled_claims};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What a claim is shown with.
struct Told {
    claim: Claim<Span>,
    report: Report,
}

/// The dossier of the event that this id, or the start of one, leads to.
pub fn dossier(ledger: &Ledger, name: &str, style: Style) -> Result<String> {
    let Some(id) = ledger.find_event(name)? else {
        return Err(no_event(ledger, name)?);
    };
    let Some(event) = ledger.event(&id)? else { bail!("the event {id} is no longer in this ledger") };
    let told = told(ledger, &event)?;
    let mut out = String::new();
    head(&event, style, &mut out)?;
    agreed(&event, &told, style, &mut out)?;
    disputed(&event, &told, style, &mut out)?;
    positions(&event, &told, style, &mut out)?;
    named(ledger, &event, style, &mut out)?;
    voices(ledger, &event, &told, style, &mut out)?;
    Ok(out)
}

/// Why no event is called so: it may have been that of a claim that was rejected.
pub(crate) fn no_event(ledger: &Ledger, name: &str) -> Result<anyhow::Error> {
    let start = name.strip_prefix("e:").unwrap_or(name);
    let rulings = Bench::whole(ledger)?.rulings().claims;
    for (claim, _) in rulings.iter().filter(|(_, ruling)| ruling.is_rejected()) {
        if !start.is_empty() && EventId::from_claim(claim).as_str().trim_start_matches("e:").starts_with(start) {
            return Ok(anyhow!("`{name}` is no event any more: its claim {claim} was rejected; marsad review history {claim}"));
        }
    }
    Ok(anyhow!("no event of this ledger is called `{name}`; `marsad events` lists them"))
}

/// Why there is no such report.
pub(crate) fn no_report(ledger: &Ledger, name: &str) -> Result<anyhow::Error> {
    Ok(match ledger.find_withdrawn(name)? {
        Some(stone) => anyhow!("`{name}` was withdrawn on {} by {}: {}", stone.at, stone.by, stone.ground),
        None => anyhow!("no report of this ledger is called `{name}`"),
    })
}

/// Whom its claims name as harmed.
fn named(ledger: &Ledger, event: &Event, style: Style, out: &mut String) -> Result<()> {
    let victims = Records::of_events(ledger, BTreeSet::from([event.id.clone()]))?.victims()?;
    if !victims.is_empty() {
        writeln!(out, "\n{}", style.strong("Named as harmed"))?;
    }
    for victim in victims {
        let told = [
            Some(words(victim.harm)),
            (victim.status != PersonStatus::Unknown).then(|| words(victim.status)),
            victim.age.map(|age| many(u64::from(age), "year")),
            victim.sex.map(words),
            victim.kin.map(|kin| isolate(&kin)),
            (victim.publish != Publish::Withheld).then(|| format!("name to be published: {}", words(victim.publish))),
        ];
        let names = victim.names.iter().map(|name| isolate(name)).collect::<Vec<_>>().join(" = ");
        let line = format!("{names}: {}", told.into_iter().flatten().collect::<Vec<_>>().join(", "));
        out.push_str(&listed(&line, "  - ", style));
    }
    Ok(())
}

/// A word of the contract's lists, as a person reads it.
pub(crate) fn words(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| Some(v.as_str()?.replace('_', " "))).unwrap_or_default()
}

fn told(ledger: &Ledger, event: &Event) -> Result<BTreeMap<ClaimId, Told>> {
    let mut told = BTreeMap::new();
    for id in &event.claims {
        let Some(placed) = ledger.claim(id)? else { continue };
        let Some(stored) = ledger.report(&placed.report)? else { continue };
        if let Some(claim) = ruled_claims(ledger, &stored)?.into_iter().find(|c| c.id == *id) {
            told.insert(id.clone(), Told { claim, report: stored.report });
        }
    }
    Ok(told)
}

fn head(event: &Event, style: Style, out: &mut String) -> Result<()> {
    let parties = if of_parties_only(event) { " (only a party to it says so)" } else { "" };
    let title = format!("{}{parties} · {} · {}", kind(event), place(event), when(event));
    writeln!(out, "{}", style.strong(&isolate(&title)))?;
    let part = event.part_of.as_ref().map_or_else(String::new, |whole| format!(" · part of {}", short(whole.as_str())));
    writeln!(
        out,
        "{}  {}  {}",
        event.id,
        event.event_type,
        style.faint(&format!("{}{part}", format!("{:?}", event.level).to_lowercase()))
    )?;
    writeln!(out, "who: {}   harm: {}", isolate(&who(event)), harm(event))?;
    out.push_str(&wrapped(&event.summary, "  ", style.width));
    writeln!(out, "\n{}", style.strong(&format!("Rests on {}", support(event.support))))?;
    let rests = format!(
        "{} from {}; {}; {}: {}",
        many(u64::from(event.reports), "report"),
        many(u64::from(event.origins), "origin"),
        occurrence(event.grade.occurrence),
        graded(event.grade.airwars),
        format!("{:?}", event.grade.airwars).to_lowercase()
    );
    out.push_str(&wrapped(&rests, "  ", style.width));
    for because in &event.grade.because {
        out.push_str(&listed(because, "  - ", style));
    }
    Ok(())
}

/// Wrapped text whose first line has a mark and whose others are indented as far.
pub(crate) fn listed(text: &str, mark: &str, style: Style) -> String {
    let blank = " ".repeat(mark.chars().count());
    wrapped(text, &blank, style.width).replacen(&blank, mark, 1)
}

/// These two grades are people's alone.
fn graded(grade: AirwarsGrade) -> &'static str {
    match grade {
        AirwarsGrade::Confirmed | AirwarsGrade::Discounted => "graded by a person",
        _ => "suggested grade",
    }
}

/// What the number of origins means for the question whether it happened at all.
fn occurrence(grade: OccurrenceGrade) -> &'static str {
    match grade {
        OccurrenceGrade::Single => "one origin with access of its own says that it happened",
        OccurrenceGrade::Multiple => "several origins with access of their own say that it happened",
        OccurrenceGrade::Untraced => "nobody with access of their own says that it happened",
    }
}

fn support(s: Support) -> String {
    let untraced =
        if s.untraced == 0 { String::new() } else { format!("{}{} untraced", if s.independent > 0 { " and " } else { "" }, s.untraced) };
    let independent = if s.independent == 0 { String::new() } else { format!("{} independent", s.independent) };
    let all = format!("{independent}{untraced}");
    if all.is_empty() {
        "no origin".to_owned()
    } else {
        format!("{all} {}", if s.independent + s.untraced == 1 { "origin" } else { "origins" })
    }
}

fn agreed(event: &Event, told: &BTreeMap<ClaimId, Told>, style: Style, out: &mut String) -> Result<()> {
    if event.agreed.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", style.strong("Agreed"))?;
    for a in &event.agreed {
        let name = format!("{:?}", a.attribute).to_lowercase();
        writeln!(
            out,
            "  {name}: {}  {}",
            isolate(&a.value.value),
            style.faint(&format!("({}, {})", support(a.value.support), sources(&a.value.claims, told)))
        )?;
    }
    Ok(())
}

fn disputed(event: &Event, told: &BTreeMap<ClaimId, Told>, style: Style, out: &mut String) -> Result<()> {
    if event.disagreements.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", style.strong("Disputed"))?;
    for d in &event.disagreements {
        writeln!(out, "  {}: {}", format!("{:?}", d.attribute).to_lowercase(), relation(&format!("{:?}", d.relation)))?;
        for v in &d.values {
            out.push_str(&listed(&v.value, "    · ", style));
            writeln!(out, "      {}", style.faint(&format!("{}, {}", support(v.support), sources(&v.claims, told))))?;
        }
    }
    Ok(())
}

fn relation(name: &str) -> &'static str {
    match name {
        "Excludes" => "they cannot both be so",
        "Superseded" => "a later telling changes an earlier one",
        "Unordered" => "one may be later than the other; nothing tells",
        "TranslationError" => "a translation got it wrong",
        _ => "they differ",
    }
}

fn positions(event: &Event, told: &BTreeMap<ClaimId, Told>, style: Style, out: &mut String) -> Result<()> {
    if event.positions.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", style.strong("What the parties say (never counted as support)"))?;
    for p in &event.positions {
        let source = sources(std::slice::from_ref(&p.claim), told);
        writeln!(out, "  {}: {} ({source})", isolate(&p.actor), format!("{:?}", p.stance).to_lowercase())?;
    }
    Ok(())
}

/// The sources behind claims, each once.
fn sources(claims: &[ClaimId], told: &BTreeMap<ClaimId, Told>) -> String {
    let mut names: Vec<String> = claims.iter().filter_map(|c| told.get(c)).map(|t| isolate(&source_name(&t.report))).collect();
    names.sort();
    names.dedup();
    names.join(", ")
}

pub(crate) fn source_name(report: &Report) -> String {
    report.source.name.clone().unwrap_or_else(|| "unknown source".to_owned())
}

/// Whose words: each claim with its sentence, who says so, and from which report, with the hash of what was sealed.
fn voices(ledger: &Ledger, event: &Event, told: &BTreeMap<ClaimId, Told>, style: Style, out: &mut String) -> Result<()> {
    writeln!(out, "\n{}", style.strong("In whose words"))?;
    for id in &event.claims {
        let Some(Told { claim, report }) = told.get(id) else { continue };
        let stored = ledger.report(&report.id)?;
        let compared = comparison(ledger, &report.id)?;
        let dated = report.published.as_ref().or(compared.published.as_ref()).map_or_else(|| "undated".to_owned(), published);
        writeln!(out, "  {} · {dated} · {} · {}", isolate(&source_name(report)), report.language.code(), short(report.id.as_str()))?;
        out.push_str(&wrapped(&format!("“{}”", claim.evidence.of(&report.text)), "    ", style.width));
        let voice: Vec<String> = claim.attribution.iter().map(|a| isolate(&a.name)).collect();
        let voice = if voice.is_empty() { "no source named".to_owned() } else { format!("according to: {}", voice.join(" ← ")) };
        let mut how = format!("{voice}; {}", format!("{:?}", claim.modality).to_lowercase());
        if claim.polarity == Polarity::Negative {
            how.push_str(", that it did not happen");
        }
        writeln!(out, "    {}", style.faint(&format!("{how}; access {}", format!("{:?}", claim.access).to_lowercase())))?;
        for tie in compared.lineage {
            let relation = format!("{:?}", tie.relation).to_lowercase();
            writeln!(
                out,
                "    {}",
                style.faint(
                    &format!("{relation} ({:?}, {:.2}) of {}", tie.direction, tie.confidence, short(tie.to.as_str())).to_lowercase()
                )
            )?;
        }
        if let Some(sha256) = stored.as_ref().and_then(|s| s.sha256()) {
            let path = stored.as_ref().and_then(|s| s.paths().first().map(|p| (*p).to_owned())).unwrap_or_default();
            writeln!(out, "    {}", style.faint(&format!("{path}  sealed {}", sha256.get(..16).unwrap_or(sha256))))?;
        }
    }
    Ok(())
}

/// A date, or the bound that is known.
pub(crate) fn published(p: &Published) -> String {
    match p.end {
        Some(end) if end == p.start => p.start.to_string(),
        Some(end) => format!("{}–{end}", p.start),
        None => format!("not before {}", p.start),
    }
}
