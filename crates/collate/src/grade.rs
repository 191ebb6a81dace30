//! How an event stands, and why: voices with access of their own, and what is contested.

use crate::case::Case;
use marsad_model::{AirwarsGrade, Attribute, DisagreementRelation, Grade, OccurrenceGrade, Support};
use std::collections::BTreeSet;

/// The grade of a reconciled event.
pub(crate) fn of(case: &Case<'_>, reports: u32, support: Support) -> Grade {
    let mut contested: Vec<Attribute> = case
        .disagreements
        .iter()
        .filter(|d| matches!(d.relation, DisagreementRelation::Excludes | DisagreementRelation::Differs))
        .map(|d| d.attribute)
        .collect();
    contested.sort_unstable();
    contested.dedup();
    let occurrence = match support.independent {
        0 => OccurrenceGrade::Untraced,
        1 => OccurrenceGrade::Single,
        _ => OccurrenceGrade::Multiple,
    };
    let rules = &case.scene.rules.grade;
    let airwars = if rules.contested.iter().any(|attribute| contested.contains(attribute)) {
        AirwarsGrade::Contested
    } else if support.independent >= rules.fair {
        AirwarsGrade::Fair
    } else {
        AirwarsGrade::Weak
    };
    Grade { occurrence, because: reasons(case, reports, support, &contested), contested, airwars }
}

fn reasons(case: &Case<'_>, reports: u32, support: Support, contested: &[Attribute]) -> Vec<String> {
    let origins = support.independent + support.untraced;
    let mut because = vec![format!(
        "{} from {}, of {} loaded: {} with access of its own, {} untraced",
        counted(reports, "report"),
        counted(origins, "origin"),
        Grade::LOADED,
        support.independent,
        support.untraced
    )];
    if origins == 0 {
        because.push("only a party to it says so".to_owned());
    } else if support.independent == 0 {
        because.push("no report shows access of its own; that no copy was found proves nothing".to_owned());
    }
    // A party's own word is a report and no voice: it is no copy for that.
    let affirming = case.affirming.iter().map(|f| f.entry).collect::<BTreeSet<_>>().len();
    if origins > 0 && affirming > origins as usize {
        because.push("copies, translations and one house's channels count once".to_owned());
    }
    let ruled: BTreeSet<&str> = case.claims.iter().filter_map(|f| case.scene.ruled.get(&f.entry).copied()).collect();
    because.extend(ruled.into_iter().map(str::to_owned));
    for attribute in contested {
        because.push(format!("the claims differ on the {}", format!("{attribute:?}").to_lowercase()));
    }
    if !case.positions.is_empty() {
        because.push("what the parties say of themselves is kept apart and supports nothing".to_owned());
    }
    because
}

fn counted(n: u32, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}
