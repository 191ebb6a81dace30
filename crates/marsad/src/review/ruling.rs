//! From what a person names to a ruling that is anchored on the words it speaks of.

use crate::dossier::{no_event, no_report};
use crate::review::arguments::{Harmed, ReviewCommand, Signed};
use crate::review::edit;
use crate::run::Engine;
use anyhow::{Context, Result, bail, ensure};
use marsad_decision::{Anchor, HarmedValue, Part, PlaceValue, RuledTie, Ruling, Standing};
use marsad_gazetteer::{Place, PlaceKind};
use marsad_ledger::{Ledger, Withdrawn};
use marsad_model::{Claim, ClaimId, DecisionId, Direction, EventId, Harm, PlacePrecision, Report, ReportId, Span};
use marsad_record::{Bench, analysis};
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

/// The rulings that a command makes.
pub(super) fn of<'c>(ledger: &Ledger, engine: &Engine, command: &'c ReviewCommand) -> Result<(Vec<Ruling>, &'c Signed)> {
    let desk = Desk { ledger };
    let one = |ruling| Ok::<_, anyhow::Error>(vec![ruling]);
    Ok(match command {
        ReviewCommand::Accept { claims, signed } => (one(Ruling::Accept { claims: desk.anchors(claims)? })?, signed),
        ReviewCommand::Reject { claims, signed } => (one(Ruling::Reject { claims: desk.anchors(claims)? })?, signed),
        ReviewCommand::Merge { claims, signed } => (one(Ruling::Merge { claims: desk.anchors(claims)? })?, signed),
        ReviewCommand::Origin { report, origin, on, signed } => {
            let on = on.as_deref().map(|on| desk.report(on)).transpose()?;
            (one(Ruling::Origin { report: desk.report(report)?, origin: word(origin)?, on })?, signed)
        }
        ReviewCommand::Split { event, claims, signed } => (one(desk.split(event, claims)?)?, signed),
        ReviewCommand::Edit { claim, values, signed } => {
            let (report, claim, read) = desk.claim(claim)?;
            let values = edit::values(values, &read, &engine.analyser.knowledge().actors)?;
            let edits = values.into_iter().map(|value| Ok(Ruling::Edit { claim: anchor(&report, &claim, value.part())?, value }));
            (edits.collect::<Result<_>>()?, signed)
        }
        ReviewCommand::Place { claim, place, name, signed } => {
            let (report, claim, _) = desk.claim(claim)?;
            let place = place_value(engine, place, name.as_deref())?;
            (one(Ruling::Place { claim: anchor(&report, &claim, Part::Places)?, place })?, signed)
        }
        ReviewCommand::Publish { claim, name, publish, signed } => {
            let (report, claim, _) = desk.claim(claim)?;
            let (victim, also) = naming(&report, &claim, name)?;
            (one(Ruling::Publish { victim, also, publish: word(publish)? })?, signed)
        }
        ReviewCommand::Victim { claim, name, harm, who, signed } => {
            let (report, claim, _) = desk.claim(claim)?;
            let (victim, _) = naming(&report, &claim, name)?;
            let harmed = if harm == NONE { None } else { Some(who.value(word(harm)?)?) };
            (one(Ruling::Victim { claim: anchor(&report, &claim, Part::Claim)?, victim, harmed })?, signed)
        }
        ReviewCommand::SamePerson { names, signed } => (one(Ruling::SamePerson { names: desk.names(names)? })?, signed),
        ReviewCommand::Lineage { report, from, relation, signed } => {
            let (report, to) = (desk.report(report)?, desk.report(from)?);
            ensure!(report != to, "a report does not descend from itself");
            let relation = if relation == NONE { None } else { Some(word(relation)?) };
            (one(Ruling::Lineage { report, to, tie: RuledTie { relation, direction: Direction::From } })?, signed)
        }
        ReviewCommand::Reliability { source, letter, signed } => {
            let letter = if letter == NONE { None } else { Some(word(&letter.to_uppercase())?) };
            (one(Ruling::Reliability { source: source.clone(), letter })?, signed)
        }
        ReviewCommand::Grade { event, grade, signed } => {
            let event = desk.event(event)?;
            let claims = desk.anchors_of(&desk.claims_of(&event)?.into_iter().take(GRADED).collect())?;
            (one(Ruling::Grade { claims, grade: word(grade)? })?, signed)
        }
        ReviewCommand::Second { claim, verdict, values, signed } => {
            let (report, claim, _) = desk.claim(claim)?;
            let values = edit::values(values, &claim, &engine.analyser.knowledge().actors)?;
            let ruling = Ruling::Second { claim: anchor(&report, &claim, Part::Claim)?, verdict: word(verdict)?, values };
            let bench = Bench::around(ledger, &ruling)?;
            ensure!(!bench.has_ruled(&claim.id, &signed.by), "{} ruled on this claim: another person is to code it", signed.by);
            (one(ruling)?, signed)
        }
        ReviewCommand::State { report, state, signed } => {
            (one(Ruling::State { report: desk.report(report)?, state: word(state)? })?, signed)
        }
        ReviewCommand::Undo { decision, signed } => (one(desk.undo(decision)?)?, signed),
        ReviewCommand::Withdraw { .. }
        | ReviewCommand::Inbox { .. }
        | ReviewCommand::Blind { .. }
        | ReviewCommand::Agreement
        | ReviewCommand::Loose
        | ReviewCommand::History { .. }
        | ReviewCommand::Export { .. }
        | ReviewCommand::Replay { .. } => {
            bail!("this rules nothing")
        }
    })
}

impl Harmed {
    fn value(&self, harm: Harm) -> Result<HarmedValue> {
        let sex = self.sex.as_deref().map(word).transpose()?;
        Ok(HarmedValue { harm, status: word(&self.status)?, age: self.age, sex })
    }
}

/// What takes a value away.
const NONE: &str = "none";

/// So many claims are enough to know an event again by.
const GRADED: usize = 24;

/// A word of one of the contract's lists.
fn word<T: DeserializeOwned>(word: &str) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).with_context(|| format!("`{word}` is none of the words for this"))
}

fn anchor(report: &Report, claim: &Claim<Span>, part: Part) -> Result<Anchor> {
    Anchor::of_claim(claim, &report.text, part).with_context(|| format!("the words of {} do not stand in its report", claim.id))
}

/// The anchors of a person's name, at each place where the claim has it; at least one.
fn naming(report: &Report, claim: &Claim<Span>, name: &str) -> Result<(Anchor, Vec<Anchor>)> {
    let mut places = marsad_decision::namings(claim, &report.text, name).into_iter();
    let named = || claim.actors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ");
    let first = places.next().with_context(|| format!("its report does not have the words `{name}`; the claim names: {}", named()))?;
    Ok((first, places.collect()))
}

/// Looks up what a person names.
pub(super) struct Desk<'l> {
    pub(super) ledger: &'l Ledger,
}

impl Desk<'_> {
    pub(super) fn event(&self, name: &str) -> Result<EventId> {
        self.ledger.find_event(name)?.map_or_else(|| Err(no_event(self.ledger, name)?), Ok)
    }

    /// What is to be withdrawn: a report, or sealed bytes of which nothing was read, by the start of their hash.
    pub(super) fn withdrawn(&self, name: &str) -> Result<Withdrawn> {
        match (self.ledger.find_report(name)?, self.ledger.find_unread(name)?) {
            (Some(report), _) => Ok(Withdrawn::Report(report)),
            (None, Some(original)) => Ok(Withdrawn::Unread(original)),
            (None, None) => Err(no_report(self.ledger, name)?),
        }
    }

    pub(super) fn report(&self, name: &str) -> Result<ReportId> {
        self.ledger.find_report(name)?.map_or_else(|| Err(no_report(self.ledger, name)?), Ok)
    }

    fn decision(&self, name: &str) -> Result<DecisionId> {
        self.ledger.find_decision(name)?.with_context(|| format!("no decision of this ledger is called `{name}`"))
    }

    /// Taking a decision back; what is taken back already needs no more.
    fn undo(&self, name: &str) -> Result<Ruling> {
        let undoes = self.decision(name)?;
        let ruling = Ruling::Undo { undoes: undoes.clone() };
        if let Some(Standing::Undone { by }) = Bench::around(self.ledger, &ruling)?.rulings().standing.get(&undoes) {
            bail!("{undoes} is undone already, by {by}");
        }
        Ok(ruling)
    }

    fn claims_of(&self, event: &EventId) -> Result<BTreeSet<ClaimId>> {
        Ok(self.ledger.event(event)?.map(|e| e.claims.into_iter().collect()).unwrap_or_default())
    }

    /// The claims that a claim's or an event's name means.
    pub(super) fn claims(&self, name: &str) -> Result<BTreeSet<ClaimId>> {
        if !name.starts_with("e:")
            && let Some(claim) = self.ledger.find_claim(name)?
        {
            return Ok(BTreeSet::from([claim]));
        }
        match self.ledger.find_event(name)? {
            Some(event) if !name.starts_with("c:") => self.claims_of(&event),
            _ if name.starts_with("e:") => Err(no_event(self.ledger, name)?),
            _ => bail!("no claim or event of this ledger is called `{name}`"),
        }
    }

    fn anchors(&self, names: &[String]) -> Result<Vec<Anchor>> {
        let mut claims = BTreeSet::new();
        for name in names {
            claims.extend(self.claims(name)?);
        }
        self.anchors_of(&claims)
    }

    fn anchors_of(&self, claims: &BTreeSet<ClaimId>) -> Result<Vec<Anchor>> {
        claims.iter().map(|id| self.read(id).and_then(|(report, claim, _)| anchor(&report, &claim, Part::Claim))).collect()
    }

    /// The anchors of names that are given as `CLAIM=NAME`.
    fn names(&self, names: &[String]) -> Result<Vec<Anchor>> {
        let one = |words: &String| {
            let (claim, name) = words.split_once('=').with_context(|| format!("`{words}` is not CLAIM=NAME"))?;
            let (report, claim, _) = self.claim(claim.trim())?;
            Ok(naming(&report, &claim, name)?.0)
        };
        names.iter().map(one).collect()
    }

    /// Those of the claims that leave the event, and those that stay.
    fn split(&self, event: &str, claims: &[String]) -> Result<Ruling> {
        let all = self.claims_of(&self.event(event)?)?;
        let mut leaving = BTreeSet::new();
        for name in claims {
            leaving.extend(self.claims(name)?);
        }
        if let Some(foreign) = leaving.iter().find(|c| !all.contains(*c)) {
            bail!("{foreign} is no claim of this event");
        }
        let staying: BTreeSet<ClaimId> = all.difference(&leaving).cloned().collect();
        ensure!(!staying.is_empty(), "no claim would stay in the event");
        Ok(Ruling::Split { claims: self.anchors_of(&leaving)?, from: self.anchors_of(&staying)? })
    }

    /// A claim's report, the claim as it was read, and as it is with what was ruled before.
    fn claim(&self, name: &str) -> Result<(Report, Claim<Span>, Claim<Span>)> {
        let mut claims = self.claims(name)?;
        match (claims.pop_first(), claims.is_empty()) {
            (Some(only), true) => self.read(&only),
            _ => bail!("`{name}` means several claims; name one of them"),
        }
    }

    fn read(&self, id: &ClaimId) -> Result<(Report, Claim<Span>, Claim<Span>)> {
        let placed = self.ledger.claim(id)?.with_context(|| format!("{id} is no longer in this ledger"))?;
        let stored = self.ledger.report(&placed.report)?.with_context(|| format!("{} is no longer in this ledger", placed.report))?;
        let claim = analysis(&stored)?.claims.into_iter().find(|c| c.id == *id);
        let claim = claim.with_context(|| format!("{id} is no longer read from its report"))?;
        let mut ruled = claim.clone();
        let mut compared = marsad_record::comparison(self.ledger, &placed.report)?;
        ruled.time = compared.times.remove(id).or(ruled.time);
        marsad_decision::apply(&mut ruled, &compared.rulings.remove(id).unwrap_or_default());
        Ok((stored.report, claim, ruled))
    }
}

/// Half of this many metres is as near as a point given by hand to two decimals can be.
const POINT_RADIUS_M: u32 = 1_000;

/// A place by its id, its only name, or its point.
fn place_value(engine: &Engine, place: &str, name: Option<&str>) -> Result<PlaceValue> {
    if let Some((lat, lon)) = point(place) {
        ensure!((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon), "`{place}` is no point on the earth");
        let name = name.unwrap_or(place).to_owned();
        let (lat, lon, radius_m) = (Some(lat), Some(lon), Some(POINT_RADIUS_M));
        return Ok(PlaceValue { id: None, name, lat, lon, radius_m, precision: PlacePrecision::Exact });
    }
    if let Some(known) = engine.gazetteer.get(place) {
        return Ok(known_place(&known));
    }
    let found: Vec<Place<'_>> = engine.gazetteer.lookup_exact(place).into_iter().map(|c| engine.gazetteer.place(c.place)).collect();
    match found.as_slice() {
        [] => bail!("no place is called `{place}`; give its id or LATITUDE,LONGITUDE"),
        [only] => Ok(known_place(only)),
        several => {
            let ids: Vec<String> = several.iter().map(|p| format!("{} ({})", p.id, p.country.unwrap_or("?"))).collect();
            bail!("several places are called `{place}`: {}; give the id of the one", ids.join(", "))
        }
    }
}

fn point(text: &str) -> Option<(f64, f64)> {
    let (lat, lon) = text.split_once(',')?;
    Some((lat.trim().parse().ok()?, lon.trim().parse().ok()?))
}

fn known_place(place: &Place<'_>) -> PlaceValue {
    let precision = match place.kind {
        PlaceKind::Country => PlacePrecision::Country,
        PlaceKind::Region | PlaceKind::Water | PlaceKind::Admin1 => PlacePrecision::Region,
        PlaceKind::Admin2 => PlacePrecision::District,
        _ => PlacePrecision::Settlement,
    };
    PlaceValue {
        id: Some(place.id.to_string()),
        name: place.name_en.to_owned(),
        lat: place.point.map(|p| p.0),
        lon: place.point.map(|p| p.1),
        radius_m: Some(u32::from(place.accuracy_km) * 1_000).filter(|_| place.point.is_some()),
        precision,
    }
}
