//! The persons whom claims of an event name as harmed.

use marsad_decision::{Publish, RuledVictim, Rulings, Value};
use marsad_model::{ActorRole, Claim, CodePoints, EventId, Harm, MentionKind, PersonDetails, PersonStatus, Quote, ReportId, Span};
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

/// The persons whom a claim names as harmed: as they were read, save for those on whom somebody ruled.
fn namings(record: &ClaimRecord, persons: &Persons, names: &Names<'_>) -> Vec<Naming> {
    let (claim, Some(event)) = (&record.claim, &record.event) else { return Vec::new() };
    let ruled = names.rulings.victims.get(&claim.id).map_or(&[][..], Vec::as_slice);
    let harmed = |role| matches!(role, ActorRole::Target | ActorRole::Affected | ActorRole::Detainee);
    let naming = |name: &str, span: &Quote, said: &PersonDetails| {
        let at = names.span(&claim.report, span);
        let record = victim(event, claim, span, said, names.mark(&claim.report, at))?;
        let ruled = at.and_then(|at| names.rulings.persons.bearer(&claim.report, at));
        Some(Naming { name: name.to_owned(), ruled, record })
    };
    let read = |actor: &marsad_model::ClaimActor<Quote>| {
        let said = persons.of(&claim.report, &actor.span).filter(|_| harmed(actor.role) && actor.id.is_none())?;
        let at = names.span(&claim.report, &actor.span);
        if ruled.iter().any(|one| at.is_some_and(|at| at.overlaps(one.name))) {
            return None;
        }
        naming(&actor.name, &actor.span, &names.counted(claim, said))
    };
    let by_ruling = |one: &RuledVictim| {
        let (value, span) = (one.harmed.as_ref()?, names.quote(&claim.report, one.name)?);
        // The name of one whom the reader had seen too is the one that it was given there, so that two spellings stay one person.
        let seen = claim.actors.iter().find(|a| names.span(&claim.report, &a.span).is_some_and(|at| at.overlaps(one.name)));
        let said = seen.and_then(|actor| persons.of(&claim.report, &actor.span)).cloned().unwrap_or_default();
        let said = PersonDetails {
            age: value.age.or(said.age),
            sex: value.sex.or(said.sex),
            kin: said.kin,
            harm: Some(value.harm),
            status: Some(value.status),
        };
        naming(seen.map_or(span.text.as_str(), |actor| &actor.name), &span, &said)
    };
    claim.actors.iter().filter_map(read).chain(ruled.iter().filter_map(by_ruling)).collect()
}

fn victim(event: &EventId, claim: &Claim<Quote>, span: &Quote, said: &PersonDetails, publish: Publish) -> Option<VictimRecord> {
    let harm = said.harm.or_else(|| claim.casualties.first().map(|c| c.harm))?;
    Some(VictimRecord {
        event: event.clone(),
        name_as_written: span.text.clone(),
        names: Vec::new(),
        namings: vec![NamingRecord { report: claim.report.clone(), span: span.clone() }],
        age: said.age,
        sex: said.sex,
        kin: said.kin.clone(),
        harm,
        status: said.status.or_else(|| told(claim, harm)).unwrap_or(PersonStatus::Unknown),
        claims: vec![claim.id.clone()],
        publish,
    })
}

/// What a claim says of those who suffered this.
fn told(claim: &Claim<Quote>, harm: Harm) -> Option<PersonStatus> {
    claim.casualties.iter().find(|c| c.harm == harm && c.part_of.is_none()).map(|c| c.status)
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
    /// What a claim says of one whom it names as harmed: where a person ruled who they were whom it counts, that goes before what
    /// the reader made of the words.
    fn counted(&self, claim: &Claim<Quote>, said: &PersonDetails) -> PersonDetails {
        let edits = self.rulings.claims.get(&claim.id).map_or(&[][..], |ruling| &ruling.edits);
        let ruled = edits.iter().any(|edit| matches!(edit.value, Value::Casualties(_)));
        let harm = said.harm.or_else(|| claim.casualties.first().map(|c| c.harm));
        let known = harm.filter(|_| ruled).and_then(|harm| told(claim, harm)).filter(|status| *status != PersonStatus::Unknown);
        PersonDetails { status: known.or(said.status), ..said.clone() }
    }

    fn quote(&self, report: &ReportId, name: Span) -> Option<Quote> {
        CodePoints::new(self.text(report)?).quote(name)
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
