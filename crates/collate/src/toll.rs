//! Harm: numbers that can both hold agree; a later, higher toll of the same voice supersedes; all others differ.

use crate::case::{Case, Value, group};
use crate::facet::Facet;
use marsad_model::{Attribute, Casualties, CountScope, DisagreementRelation as How, Harm, PersonStatus, Span};

#[derive(Clone, Copy)]
struct Toll {
    least: u32,
    most: u32,
    so_far: bool,
}

/// One disagreement or agreement a kind of harm.
pub(crate) fn casualties(case: &mut Case<'_>) {
    for &harm in Harm::ALL {
        for combatants in [false, true] {
            let told: Vec<(&Facet<'_>, Toll)> =
                case.affirming.iter().copied().filter_map(|f| Some((f, toll(f, harm, combatants)?))).collect();
            let groups = group(told.clone(), |a, b| a.least <= b.most && b.least <= a.most);
            let who = if combatants { " (combatants)" } else { "" };
            let values: Vec<Value<'_>> = groups
                .into_iter()
                .map(|g| {
                    let least = g.iter().map(|(_, t)| t.least).max().unwrap_or(0);
                    let most = g.iter().map(|(_, t)| t.most).min().unwrap_or(u32::MAX);
                    Value { label: format!("{} {}{who}", number(least, most), word(harm)), by: g.into_iter().map(|(f, _)| f).collect() }
                })
                .collect();
            let how = if values.len() > 1 && case.is_translation_error(&values) {
                How::TranslationError
            } else if grows(case, &told) {
                How::Superseded
            } else {
                How::Differs
            };
            case.put(Attribute::Casualties, &values, how);
        }
    }
}

/// The claim's total for this harm; parts of a total, and groups of people, are no totals.
fn toll(facet: &Facet<'_>, harm: Harm, combatants: bool) -> Option<Toll> {
    let counts = |c: &&Casualties<Span>| {
        c.harm == harm
            && c.part_of.is_none()
            && c.group.is_none()
            && c.scope != CountScope::Period
            && (c.status == PersonStatus::Combatant) == combatants
            && (c.min.is_some() || c.max.is_some())
    };
    let largest = facet.claim.casualties.iter().filter(counts).max_by_key(|c| (c.min, c.max))?;
    Some(Toll { least: largest.min.unwrap_or(0), most: largest.max.unwrap_or(u32::MAX), so_far: largest.scope == CountScope::TollSoFar })
}

/// Is every number that differs from another the later and higher one, by the same voice or as a toll so far, or corrected?
fn grows(case: &Case<'_>, told: &[(&Facet<'_>, Toll)]) -> bool {
    let mut any = false;
    for (n, (f, x)) in told.iter().enumerate() {
        for (g, y) in &told[n + 1..] {
            if x.least <= y.most && y.least <= x.most {
                continue;
            }
            if case.scene.corrected(f.entry, g.entry) {
                any = true;
                continue;
            }
            let day = |f: &Facet<'_>| case.scene.published(f.entry);
            let (Some(a), Some(b)) = (day(f), day(g)) else { return false };
            let same_voice = case.scene.origins.voice_of(&f.claim.id) == case.scene.origins.voice_of(&g.claim.id);
            let rises = a < b && x.most < y.least || b < a && y.most < x.least;
            if !rises || !(same_voice || x.so_far || y.so_far) {
                return false;
            }
            any = true;
        }
    }
    any
}

/// Were those who suffered civilians or fighters? Only stated words count.
pub(crate) fn status(case: &mut Case<'_>) {
    let told = case.affirming.iter().copied().filter_map(|f| {
        let mut stated: Vec<PersonStatus> = f.claim.casualties.iter().map(|c| c.status).filter(|s| *s != PersonStatus::Unknown).collect();
        stated.sort_unstable();
        stated.dedup();
        (!stated.is_empty()).then_some((f, stated))
    });
    let groups = group(told, |a, b| a.iter().any(|s| b.contains(s)));
    let values: Vec<Value<'_>> = groups
        .into_iter()
        .map(|g| {
            let mut labels: Vec<&str> = g.iter().flat_map(|(_, s)| s.iter().map(|s| status_word(*s))).collect();
            labels.sort_unstable();
            labels.dedup();
            Value { label: labels.join(", "), by: g.iter().map(|(f, _)| *f).collect() }
        })
        .collect();
    case.put(Attribute::Status, &values, How::Differs);
}

fn number(least: u32, most: u32) -> String {
    match (least, most) {
        (l, u32::MAX) => format!("at least {l}"),
        (l, m) if l >= m => m.to_string(),
        (l, m) => format!("{l}–{m}"),
    }
}

fn status_word(status: PersonStatus) -> &'static str {
    match status {
        PersonStatus::Civilian => "civilian",
        PersonStatus::Combatant => "combatant",
        PersonStatus::HorsDeCombat => "hors_de_combat",
        PersonStatus::Unknown => "unknown",
    }
}

fn word(harm: Harm) -> &'static str {
    match harm {
        Harm::Killed => "killed",
        Harm::Injured => "injured",
        Harm::Captured => "captured",
        Harm::Detained => "detained",
        Harm::Missing => "missing",
        Harm::Displaced => "displaced",
        Harm::Surrendered => "surrendered",
        Harm::Tortured => "tortured",
        Harm::SexualViolence => "sexual_violence",
    }
}
