//! The persons whom claims of an event name as harmed.

use marsad_decision::{Publish, Rulings, Value};
use marsad_model::{ActorRole, Claim, CodePoints, EventId, MentionKind, PersonDetails, PersonStatus, Quote, ReportId, Span};
use marsad_record::{Bench, ClaimRecord, MentionRecord, NamingRecord, VictimRecord};
use std::collections::{BTreeMap, BTreeSet};

/// What is said of the persons whom reports name, by report and where the name stands.
#[derive(Debug, Default)]
pub(crate) struct Persons(BTreeMap<ReportId, BTreeMap<Quote, PersonDetails>>);

impl Persons {
    pub(crate) fn note(&mut self, mention: &MentionRecord) {
        if mention.kind == MentionKind::Person {
            self.0.entry(mention.report.clone()).or_default().insert(mention.span.clone(), mention.person.clone().unwrap_or_default());
        }
    }

    fn of(&self, report: &ReportId, span: &Quote) -> Option<&PersonDetails> {
        self.0.get(report)?.get(span)
    }
}

/// Who is meant: the bearer of a name, or a person of whom somebody ruled which names are theirs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Named(String),
    Ruled(usize),
}

/// One naming of a person as harmed, as a record that has this naming alone.
struct Naming {
    name: String,
    ruled: Option<usize>,
    record: VictimRecord,
}

/// Once for each event and person: whom a report names in two spellings has one name, and names that somebody ruled to be of
/// one person are told together, with every place in reports that leave where they stand.
pub(crate) fn victims(claims: &[ClaimRecord], persons: &Persons, bench: &Bench, leaves: &dyn Fn(&ReportId) -> bool) -> Vec<VictimRecord> {
    let names = Names { rulings: bench.rulings(), bench };
    let namings: Vec<Naming> = claims.iter().flat_map(|claim| namings(claim, persons, &names)).collect();
    let ruled = ruled_in(&namings);
    let mut found: BTreeMap<(EventId, Who), VictimRecord> = BTreeMap::new();
    for Naming { name, ruled: own, record } in namings {
        // A name that is of one ruled person in this event is so wherever the event has it.
        let only = || ruled.get(&(record.event.clone(), name.clone())).filter(|all| all.len() == 1).and_then(|all| all.first().copied());
        let who = own.or_else(only).map_or_else(|| Who::Named(name.clone()), Who::Ruled);
        let key = (record.event.clone(), who);
        match found.get_mut(&key) {
            Some(known) => add(known, record, matches!(key.1, Who::Ruled(_))),
            None => drop(found.insert(key, record)),
        }
    }
    let mut least: BTreeMap<usize, Publish> = BTreeMap::new();
    for ((_, who), victim) in &mut found {
        if let Who::Ruled(person) = who {
            let mark = least.entry(*person).or_insert(Publish::Full);
            *mark = (*mark).min(victim.publish).min(names.told(*person, victim, leaves));
        }
    }
    let told = found.into_iter().map(|((_, who), mut victim)| {
        if let Who::Ruled(person) = who {
            // Of all events and reports that name the person, the one that keeps most back holds.
            victim.publish = least.get(&person).copied().unwrap_or(Publish::Withheld);
        }
        victim.namings = victim.namings.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        victim.names = victim.namings.iter().map(|naming| naming.span.text.clone()).collect::<BTreeSet<_>>().into_iter().collect();
        victim
    });
    told.collect()
}

/// The ruled persons who bear a name in an event.
fn ruled_in(namings: &[Naming]) -> BTreeMap<(EventId, String), BTreeSet<usize>> {
    let mut ruled: BTreeMap<(EventId, String), BTreeSet<usize>> = BTreeMap::new();
    for naming in namings {
        if let Some(person) = naming.ruled {
            ruled.entry((naming.record.event.clone(), naming.name.clone())).or_default().insert(person);
        }
    }
    ruled
}

/// The persons whom a claim names as harmed.
fn namings(record: &ClaimRecord, persons: &Persons, names: &Names<'_>) -> Vec<Naming> {
    let (claim, Some(event)) = (&record.claim, &record.event) else { return Vec::new() };
    let harmed = |role| matches!(role, ActorRole::Target | ActorRole::Affected | ActorRole::Detainee);
    let naming = |actor: &marsad_model::ClaimActor<Quote>| {
        let said = persons.of(&claim.report, &actor.span).filter(|_| harmed(actor.role) && actor.id.is_none())?;
        let at = names.span(&claim.report, &actor.span);
        let record = victim(event, claim, &actor.span, said, names.mark(&claim.report, at), names.rules_status(claim))?;
        let ruled = at.and_then(|at| names.rulings.persons.bearer(&claim.report, at));
        Some(Naming { name: actor.name.clone(), ruled, record })
    };
    claim.actors.iter().filter_map(naming).collect()
}

/// `ruled`: a person ruled who was harmed by what the claim tells, which goes before what the reader made of the words.
fn victim(
    event: &EventId,
    claim: &Claim<Quote>,
    span: &Quote,
    said: &PersonDetails,
    publish: Publish,
    ruled: bool,
) -> Option<VictimRecord> {
    let harm = said.harm.or_else(|| claim.casualties.first().map(|c| c.harm))?;
    let told = claim.casualties.iter().find(|c| c.harm == harm && c.part_of.is_none()).map(|c| c.status);
    let known = told.filter(|status| *status != PersonStatus::Unknown);
    let (first, second) = if ruled { (known, said.status.or(told)) } else { (said.status, told) };
    Some(VictimRecord {
        event: event.clone(),
        name_as_written: span.text.clone(),
        names: Vec::new(),
        namings: vec![NamingRecord { report: claim.report.clone(), span: span.clone() }],
        age: said.age,
        sex: said.sex,
        kin: said.kin.clone(),
        harm,
        status: first.or(second).unwrap_or(PersonStatus::Unknown),
        claims: vec![claim.id.clone()],
        publish,
    })
}

/// One more naming of a person. Where names were put together by a person, what one report leaves open another may tell, and
/// what they tell differently is not known.
fn add(known: &mut VictimRecord, more: VictimRecord, ruled: bool) {
    // Of one person's namings the one that keeps most back holds: each must be ruled on.
    known.publish = known.publish.min(more.publish);
    known.namings.extend(more.namings);
    known.claims.extend(more.claims.into_iter().filter(|claim| !known.claims.contains(claim)).collect::<Vec<_>>());
    if ruled {
        known.age = either(known.age, more.age);
        known.sex = either(known.sex, more.sex);
        known.kin = known.kin.take().or(more.kin);
        known.harm = known.harm.min(more.harm);
        let status = |status| Some(status).filter(|status| *status != PersonStatus::Unknown);
        known.status = either(status(known.status), status(more.status)).unwrap_or(PersonStatus::Unknown);
    }
}

fn either<T: PartialEq>(a: Option<T>, b: Option<T>) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a).filter(|a| *a == b),
        (a, b) => a.or(b),
    }
}

/// What was ruled on names.
struct Names<'b> {
    bench: &'b Bench,
    rulings: Rulings,
}

impl Names<'_> {
    /// Did a person rule on those whom a claim tells of as harmed?
    fn rules_status(&self, claim: &Claim<Quote>) -> bool {
        let edits = self.rulings.claims.get(&claim.id).map_or(&[][..], |ruling| &ruling.edits);
        edits.iter().any(|edit| matches!(edit.value, Value::Casualties(_)))
    }

    fn text(&self, report: &ReportId) -> Option<&str> {
        self.bench.report(report).map(|(stored, _)| stored.report.text.as_str())
    }

    /// Where a name stands, in bytes; `None` in a report on which nobody ruled.
    fn span(&self, report: &ReportId, name: &Quote) -> Option<Span> {
        let (at, _) = self.text(report)?.char_indices().nth(name.start as usize)?;
        Some(Span::new(at, at + name.text.len()))
    }

    /// How a name is marked: by the last ruling that touches it where it stands.
    fn mark(&self, report: &ReportId, at: Option<Span>) -> Publish {
        at.map_or(Publish::Withheld, |at| self.rulings.publish_of(report, at))
    }

    /// Tell also where those names of a person stand that a ruling put together, in whatever part they play there. Gives what
    /// keeps most back of them: who is a witness in one report is none the less so in another.
    fn told(&self, person: usize, victim: &mut VictimRecord, leaves: &dyn Fn(&ReportId) -> bool) -> Publish {
        let mut least = Publish::Full;
        for (report, span) in self.rulings.persons.namings(person) {
            least = least.min(self.rulings.publish_of(report, *span));
            let quote = self.text(report).filter(|_| leaves(report)).and_then(|text| CodePoints::new(text).quote(*span));
            victim.namings.extend(quote.map(|span| NamingRecord { report: report.clone(), span }));
        }
        least
    }
}
