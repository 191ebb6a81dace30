//! Harm: numbers that can both hold agree; a later, higher toll of the same voice supersedes; all others differ.

use crate::case::{Case, Value, group};
use crate::facet::Facet;
use marsad_model::{Attribute, Casualties, CountScope, DisagreementRelation as How, Harm, PeopleGroup, PersonStatus, Span};

#[derive(Clone, Copy)]
struct Toll {
    least: u32,
    most: u32,
    so_far: bool,
    /// Whom it counts, where that may not be all.
    part: Option<Part>,
}

/// A part of those who were harmed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Group(PeopleGroup),
    Civilians,
}

impl Toll {
    /// Can both hold? A part is no more than the whole; two different parts say nothing of each other.
    fn fits(&self, other: &Self) -> bool {
        match (self.part, other.part) {
            (a, b) if a == b => self.least <= other.most && other.least <= self.most,
            (Some(_), None) => self.least <= other.most,
            (None, Some(_)) => other.least <= self.most,
            _ => true,
        }
    }
}

type Told<'a> = Vec<(&'a Facet<'a>, Toll)>;

/// One disagreement or agreement a kind of harm.
pub(crate) fn casualties(case: &mut Case<'_>) {
    for &harm in Harm::ALL {
        for combatants in [false, true] {
            let told: Told<'_> = case.affirming.iter().copied().filter_map(|f| Some((f, toll(f, harm, combatants)?))).collect();
            // Who counts all goes first: what a part comes to then fits one of them, or none.
            let (parts, wholes): (Told<'_>, Told<'_>) = told.into_iter().partition(|(_, t)| t.part.is_some());
            let groups = group(wholes.into_iter().chain(parts), Toll::fits);
            let grown = grows(case, &groups);
            let values: Vec<Value<'_>> = groups
                .into_iter()
                .map(|g| Value { label: label(&g, harm, combatants), by: g.into_iter().map(|(f, _)| f).collect() })
                .collect();
            let how = if values.len() > 1 && case.is_translation_error(&values) {
                How::TranslationError
            } else if grown {
                How::Superseded
            } else {
                How::Differs
            };
            case.put(Attribute::Casualties, &values, how);
        }
    }
}

/// The number at which those that fit each other are one, and of whom.
fn label(told: &[(&Facet<'_>, Toll)], harm: Harm, combatants: bool) -> String {
    let least = told.iter().map(|(_, t)| t.least).max().unwrap_or(0);
    let first = told.first().and_then(|(_, t)| t.part);
    let of_one = told.iter().all(|(_, t)| t.part == first);
    let bounds = told.iter().filter(|(_, t)| of_one || t.part.is_none());
    let most = bounds.map(|(_, t)| t.most).min().unwrap_or(u32::MAX);
    let who = match first.filter(|_| of_one) {
        _ if combatants => " (combatants)".to_owned(),
        Some(Part::Group(group)) => format!(" ({})", format!("{group:?}").to_lowercase()),
        Some(Part::Civilians) => " (civilians)".to_owned(),
        None => String::new(),
    };
    format!("{} {}{who}", number(least, most), word(harm))
}

/// Do the two agree on how many were harmed? `None` where they count nothing in common.
pub(crate) fn agree(a: &Facet<'_>, b: &Facet<'_>) -> Option<bool> {
    let of_harm = Harm::ALL.iter().flat_map(|&harm| [false, true].map(|combatants| (harm, combatants)));
    let mut agrees = of_harm.filter_map(|(harm, combatants)| Some(toll(a, harm, combatants)?.fits(&toll(b, harm, combatants)?))).peekable();
    agrees.peek()?;
    Some(agrees.any(|fits| fits))
}

/// Does the first count more killed than the second?
pub(crate) fn exceeds(more: &Facet<'_>, fewer: &Facet<'_>) -> bool {
    let killed = |f: &Facet<'_>| toll(f, Harm::Killed, false);
    killed(more).zip(killed(fewer)).is_some_and(|(x, y)| x.part.is_none() && x.least > y.most)
}

/// The claim's total for this harm; parts of a total are none. Where only a group is counted ("two men were killed"), or
/// civilians beside fighters, that is no more than the total.
fn toll(facet: &Facet<'_>, harm: Harm, combatants: bool) -> Option<Toll> {
    let of_harm = || {
        facet
            .claim
            .casualties
            .iter()
            .filter(|c| c.harm == harm && c.part_of.is_none() && c.scope != CountScope::Period && (c.min.is_some() || c.max.is_some()))
    };
    let counts = || of_harm().filter(|c| (c.status == PersonStatus::Combatant) == combatants);
    let range = |c: &Casualties<Span>, part| Toll {
        least: c.min.unwrap_or(0),
        most: c.max.unwrap_or(u32::MAX),
        so_far: c.scope == CountScope::TollSoFar,
        part,
    };
    let at_least = |least: u32| Toll { least, most: u32::MAX, so_far: false, part: None };
    let largest = |grouped: bool| counts().filter(|c| c.group.is_some() == grouped).max_by_key(|c| (c.min, c.max));
    match (largest(false), largest(true)) {
        // More women than people: one of the two is no count of all.
        (Some(all), Some(some)) if all.max.is_some_and(|n| some.min.is_some_and(|m| m > n)) => some.min.map(at_least),
        (Some(all), _) => {
            let beside = !combatants && all.status == PersonStatus::Civilian && of_harm().any(|c| c.status == PersonStatus::Combatant);
            Some(range(all, beside.then_some(Part::Civilians)))
        }
        (None, Some(some)) if counts().count() == 1 => some.group.map(|g| range(some, Some(Part::Group(g)))),
        (None, Some(some)) => some.min.map(at_least),
        (None, None) => None,
    }
}

/// Is every number that differs from another the later and higher one, by the same voice or as a toll so far, or corrected?
/// What a voice said first counts: a copy that repeats the lower number next day takes nothing back.
fn grows(case: &Case<'_>, groups: &[Told<'_>]) -> bool {
    let apart = groups.iter().enumerate().flat_map(|(n, one)| groups[n + 1..].iter().map(move |other| (one, other)));
    let mut any = false;
    for (one, other) in apart {
        for ours in one {
            for theirs in other.iter().filter(|theirs| !ours.1.fits(&theirs.1)) {
                if !case.scene.corrected(ours.0.entry, theirs.0.entry) && !rises(case, (one, ours), (other, theirs)) {
                    return false;
                }
                any = true;
            }
        }
    }
    any
}

/// Is the higher of two numbers, each among those that say the same, the later word of one voice, or on a toll so far?
fn rises<'a>(case: &Case<'_>, ours: (&Told<'a>, &(&Facet<'_>, Toll)), theirs: (&Told<'a>, &(&Facet<'_>, Toll))) -> bool {
    let voice = |facet: &Facet<'_>| case.scene.origins.voice_of(&facet.claim.id).to_owned();
    let ((first, toll), (second, other)) = (ours.1, theirs.1);
    if voice(first) != voice(second) && !toll.so_far && !other.so_far {
        return false;
    }
    let by = |(told, (who, _)): (&Told<'a>, &(&Facet<'_>, Toll))| -> Vec<usize> {
        told.iter().filter(|(facet, _)| voice(facet) == voice(who)).map(|(facet, _)| facet.entry).collect()
    };
    let (lower, higher) = if toll.most < other.least { (by(ours), by(theirs)) } else { (by(theirs), by(ours)) };
    lower.iter().any(|&before| higher.iter().all(|&after| case.scene.first(before, after)))
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
