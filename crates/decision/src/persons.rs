//! Which names people found to be of one harmed person.

use marsad_model::{ReportId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Persons who bear several names, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Persons {
    /// By report where each name stands, with whose it is.
    at: BTreeMap<ReportId, Vec<(Span, usize)>>,
    /// Where each one's names stand.
    namings: BTreeMap<usize, BTreeSet<(ReportId, Span)>>,
}

impl Persons {
    /// The persons whose names these rulings put together. A name that shares a letter with another is the same one: who is the
    /// same as a person by one ruling and as another by the next is one with both.
    pub(crate) fn of(rulings: Vec<Vec<(ReportId, Span)>>) -> Self {
        let mut persons: Vec<BTreeSet<(ReportId, Span)>> = Vec::new();
        for names in rulings {
            let mut person: BTreeSet<_> = names.into_iter().collect();
            // What a person takes in may touch the names of one more.
            while let Some(at) = persons.iter().position(|other| touch(other, &person)) {
                person.extend(persons.swap_remove(at));
            }
            persons.push(person);
        }
        // By their first names, so that their order is not that of the rulings.
        persons.sort();
        let mut found = Self::default();
        for (number, person) in persons.into_iter().enumerate() {
            for (report, span) in &person {
                found.at.entry(report.clone()).or_default().push((*span, number));
            }
            found.namings.insert(number, person);
        }
        found
    }

    /// Whose the name is that stands here, where it was put together with another.
    pub fn bearer(&self, report: &ReportId, name: Span) -> Option<usize> {
        self.at.get(report)?.iter().find(|(span, _)| span.overlaps(name)).map(|(_, person)| *person)
    }

    /// The persons of whom a report has a name that was put together with another.
    pub fn named_in(&self, report: &ReportId) -> BTreeSet<usize> {
        self.at.get(report).into_iter().flatten().map(|(_, person)| *person).collect()
    }

    /// Where the names of a person stand that were put together.
    pub fn namings(&self, person: usize) -> impl Iterator<Item = &(ReportId, Span)> {
        self.namings.get(&person).into_iter().flatten()
    }
}

fn touch(a: &BTreeSet<(ReportId, Span)>, b: &BTreeSet<(ReportId, Span)>) -> bool {
    a.iter().any(|(report, span)| b.iter().any(|(other, name)| report == other && span.overlaps(*name)))
}
