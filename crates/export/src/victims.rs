//! The persons whom claims of an event name as harmed.

use marsad_decision::{Publish, Rulings};
use marsad_model::{ActorRole, EventId, MentionKind, PersonDetails, PersonStatus, Quote, ReportId, Span};
use marsad_record::{Bench, ClaimRecord, MentionRecord, VictimRecord};
use std::collections::BTreeMap;

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

/// Once for each event and name: one person under two spellings in a report has one name.
pub(crate) fn victims(claims: &[ClaimRecord], persons: &Persons, bench: &Bench) -> Vec<VictimRecord> {
    let marks = Marks { rulings: bench.rulings(), bench };
    let mut found: BTreeMap<(EventId, String), VictimRecord> = BTreeMap::new();
    for ClaimRecord { event, claim, .. } in claims {
        let Some(event) = event else { continue };
        for actor in &claim.actors {
            let harmed = matches!(actor.role, ActorRole::Target | ActorRole::Affected | ActorRole::Detainee);
            let Some(said) = persons.of(&claim.report, &actor.span).filter(|_| harmed && actor.id.is_none()) else { continue };
            let Some(harm) = said.harm.or_else(|| claim.casualties.first().map(|c| c.harm)) else { continue };
            let told = claim.casualties.iter().find(|c| c.harm == harm && c.part_of.is_none());
            let status = said.status.or_else(|| told.map(|c| c.status)).unwrap_or(PersonStatus::Unknown);
            let victim = found.entry((event.clone(), actor.name.clone())).or_insert_with(|| VictimRecord {
                event: event.clone(),
                name_as_written: actor.span.text.clone(),
                age: said.age,
                sex: said.sex,
                kin: said.kin.clone(),
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
