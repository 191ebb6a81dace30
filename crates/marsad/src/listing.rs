//! Lists for the terminal: a run's summary, events, what was set aside, what was verified.

use crate::archives::Checked;
use crate::export::Exported;
use crate::run::Outcome;
use crate::table::{Style, isolate, row, wrapped};
use anyhow::Result;
use marsad_ledger::{EventFilter, Ledger, SetAside, Verification};
use marsad_model::{ActorRole, Event, EventCasualties, Harm, Stance, TimePrecision};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Events shown after a run; `marsad events` shows all.
const AFTER_RUN: usize = 20;
/// Lines of set-aside items shown after a run; all stand in `set_aside.jsonl`.
const ASIDE_SHOWN: usize = 10;

/// What a run did and what the ledger now says.
pub fn summary(ledger: &Ledger, outcome: &Outcome, at: &Path, style: Style) -> Result<String> {
    let (counts, mut out) = (ledger.counts()?, String::new());
    let known = if outcome.known > 0 { format!(", {} known already", outcome.known) } else { String::new() };
    writeln!(
        out,
        "{} new{known}; the ledger holds {} and {}.",
        many(outcome.added.reports, "report"),
        many(counts.reports, "report"),
        many(counts.events, "event")
    )?;
    if counts.events > 0 {
        out.push('\n');
        out.push_str(&event_table(ledger, &EventFilter { limit: Some(AFTER_RUN as u32), ..EventFilter::default() }, style)?);
        if counts.events > AFTER_RUN as u64 {
            writeln!(out, "… and {} more: marsad events --ledger {}", counts.events - AFTER_RUN as u64, at.display())?;
        }
        if let Some(shown) = ledger.most_told()? {
            writeln!(out, "\nWho says so, and on what they differ: marsad show {} --ledger {}", short(shown.as_str()), at.display())?;
        }
    }
    out.push_str(&aside(&outcome.set_aside, at, style)?);
    Ok(out)
}

/// The kind of what could not be read at all.
const UNREADABLE: &str = "unreadable";

fn kind_aside(item: &SetAside) -> &str {
    item.kind.as_deref().unwrap_or(UNREADABLE)
}

/// What could not be read, and why.
fn aside(items: &[SetAside], at: &Path, style: Style) -> Result<String> {
    let mut out = String::new();
    if items.is_empty() {
        return Ok(out);
    }
    writeln!(out, "\n{}", style.strong(&format!("{} set aside", many(items.len() as u64, "item"))))?;
    if items.iter().any(|i| i.kind.is_some()) {
        let mut kinds = BTreeMap::<&str, usize>::new();
        for item in items {
            *kinds.entry(kind_aside(item)).or_default() += 1;
        }
        let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        let by_hand = items.iter().filter(|i| i.by_hand.is_some()).count();
        let hand = if by_hand > 0 { format!("; to be captured by hand: {by_hand}") } else { String::new() };
        out.push_str(&wrapped(&format!("{}{hand}", kinds.join(", ")), "  ", style.width));
    }
    for item in items.iter().take(ASIDE_SHOWN) {
        out.push_str(&one_aside(item, style));
    }
    if items.len() > ASIDE_SHOWN {
        writeln!(out, "  … and {} more: marsad aside --ledger {}", items.len() - ASIDE_SHOWN, at.display())?;
    }
    Ok(out)
}

fn one_aside(item: &SetAside, style: Style) -> String {
    let line = item.line.map(|l| format!(", line {l}")).unwrap_or_default();
    let by_hand = item.by_hand.as_ref().map(|publisher| format!("; to be captured by hand: {publisher}")).unwrap_or_default();
    let url = item.by_hand.as_ref().and(item.url.as_ref()).map(|url| format!(", {url}")).unwrap_or_default();
    let sealed = item.sha256.as_ref().filter(|_| item.sealed).map(|sha256| format!("; sealed: {}", short(sha256))).unwrap_or_default();
    wrapped(&format!("{}{line}: {}{by_hand}{url}{sealed}", item.path, item.reason), "  ", style.width)
}

/// What was set aside in all runs: of one kind, or only what is to be captured by hand.
pub fn set_aside(ledger: &Ledger, by_hand: bool, kind: Option<&str>, style: Style) -> Result<String> {
    let items = ledger.set_aside()?;
    let fits = |i: &&SetAside| (!by_hand || i.by_hand.is_some()) && kind.is_none_or(|k| k == kind_aside(i));
    let out: String = items.iter().filter(fits).map(|item| one_aside(item, style)).collect();
    Ok(if out.is_empty() { "Nothing of that sort was set aside.\n".to_owned() } else { out })
}

/// The events that pass a filter.
pub fn events(ledger: &Ledger, filter: &EventFilter, style: Style) -> Result<String> {
    let table = event_table(ledger, filter, style)?;
    Ok(if table.is_empty() { "No event fits.\n".to_owned() } else { table })
}

fn event_table(ledger: &Ledger, filter: &EventFilter, style: Style) -> Result<String> {
    let (mut out, mut of_parties) = (String::new(), false);
    for line in ledger.list_events(filter)? {
        let Some(event) = ledger.event(&line.id)? else { continue };
        if out.is_empty() {
            let head = columns(["EVENT", "WHEN", "WHERE", "WHAT", "WHO", "DEAD", "HURT", "VOICES"], style);
            writeln!(out, "{}", style.strong(&head))?;
        }
        let disputed = if event.disagreements.is_empty() { "" } else { " ≠" };
        let voices = format!("{}{disputed}", voices(&event));
        let (dead, hurt) = (range(&event, Harm::Killed), range(&event, Harm::Injured));
        let cells = [short(event.id.as_str()), &when(&event), &place(&event), &kind(&event), &who(&event), &dead, &hurt, &voices];
        writeln!(out, "{}", columns(cells, style))?;
        of_parties |= of_parties_only(&event);
    }
    if !out.is_empty() {
        out.push_str(&style.faint("VOICES: origins, after the slash those with own access; ≠ reports differ.\n"));
    }
    if of_parties {
        out.push_str(&style.faint("0/0: only a party to it says so, or denies it.\n"));
    }
    Ok(out)
}

fn columns(cells: [&str; 8], style: Style) -> String {
    let spare = style.width.saturating_sub(80);
    let widths = [8, 14, 11 + spare / 4, 12, 12 + spare / 2, 5 + spare / 8, 5 + spare / 8, 6];
    let cells: Vec<(&str, usize)> = cells.into_iter().zip(widths).collect();
    row(&cells)
}

/// Enough of an id to name it.
pub fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}

/// "1 report", "2 reports".
pub fn many(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// When, as finely as it is known: a day, `2031-03-13/14` for neighbouring days, `2031-03-30/+5d` for more.
pub fn when(event: &Event) -> String {
    let Some(time) = &event.time else { return "?".to_owned() };
    match (time.start, time.end) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(_)) if time.precision == TimePrecision::Year => a.year().to_string(),
        (Some(a), Some(_)) if time.precision == TimePrecision::Month => a.strftime("%Y-%m").to_string(),
        (Some(a), Some(b)) if (a.year(), a.month()) == (b.year(), b.month()) => format!("{a}/{:02}", b.day()),
        (Some(a), Some(b)) => format!("{a}/+{}d", (b - a).get_days()),
        (Some(a), None) => format!("{a}…"),
        (None, Some(b)) => format!("…{b}"),
        (None, None) => "?".to_owned(),
    }
}

/// Where.
pub fn place(event: &Event) -> String {
    event.place.as_ref().map_or_else(|| "?".to_owned(), |p| p.name.clone())
}

/// Do only parties to it speak of it, with what they say of their own deeds?
pub fn of_parties_only(event: &Event) -> bool {
    event.origins == 0 && !event.positions.is_empty()
}

/// What, in words for a person; `no clash` where those who speak of it say that none was, `denied …` where only parties
/// speak of it, and all of them deny that it was.
pub fn kind(event: &Event) -> String {
    let kind = event.event_type.kind();
    let kind = if kind == "other" { event.event_type.class() } else { kind }.replace('_', " ");
    let none = event.did_not_happen();
    let denied = of_parties_only(event) && event.positions.iter().all(|p| p.stance == Stance::DeniesStrike);
    match (none, denied) {
        (true, _) => format!("no {kind}"),
        (false, true) => format!("denied {kind}"),
        (false, false) => kind,
    }
}

/// Who did it to whom.
pub fn who(event: &Event) -> String {
    let names = |roles: &[ActorRole]| {
        let mut names: Vec<&str> = event.actors.iter().filter(|a| roles.contains(&a.role)).map(|a| a.name.as_str()).collect();
        names.dedup();
        names.join(", ")
    };
    let did = names(&[ActorRole::Initiator, ActorRole::Accused, ActorRole::Controller, ActorRole::Mediator]);
    let suffered = names(&[ActorRole::Target, ActorRole::Affected, ActorRole::Detainee]);
    let parties = names(&[ActorRole::Party]);
    match (did.is_empty(), suffered.is_empty(), parties.is_empty()) {
        (true, true, true) => "?".to_owned(),
        (true, _, false) => parties.replace(", ", " – "),
        (true, false, _) => format!("? → {suffered}"),
        (false, true, _) => did,
        (false, false, _) => format!("{did} → {suffered}"),
    }
}

/// How many people came to this harm by what the sources state, from the lowest number to the highest: `5`, `2–5`, `3+`,
/// `some` where no number is told, `–` where no such harm is.
pub fn range(event: &Event, harm: Harm) -> String {
    // Groups among the dead are no lowest number of the dead, where the whole is told.
    let whole = event.casualties.iter().any(|c| c.harm == harm && c.group.is_none());
    let of = |c: &&EventCasualties| c.harm == harm && (c.group.is_none() || !whole);
    let low = event.casualties.iter().filter(of).filter_map(|c| c.min).min();
    let high = event.casualties.iter().filter(of).filter_map(|c| c.max).max();
    match (low, high) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a}–{b}"),
        (Some(a), None) => format!("{a}+"),
        (None, Some(b)) => format!("≤{b}"),
        (None, None) if event.casualties.iter().any(|c| c.harm == harm) => "some".to_owned(),
        (None, None) => "–".to_owned(),
    }
}

/// Harm in words.
pub fn harm(event: &Event) -> String {
    let told = [(Harm::Killed, "killed"), (Harm::Injured, "injured"), (Harm::Detained, "detained"), (Harm::Captured, "captured")];
    let told: Vec<String> = told
        .into_iter()
        .filter(|(harm, _)| event.casualties.iter().any(|c| c.harm == *harm))
        .map(|(harm, word)| format!("{} {word}", range(event, harm)))
        .collect();
    if told.is_empty() { "none told".to_owned() } else { told.join(", ") }
}

/// Origins, those with access of their own after the slash.
fn voices(event: &Event) -> String {
    format!("{}/{}", event.origins, event.support.independent)
}

/// What an export wrote.
pub fn exported(exported: &Exported, out: &Path) -> String {
    let record = &exported.record;
    let mut told = format!(
        "{}, {}, {}, {} and {} set aside written to {}\n",
        many(record.reports, "report"),
        many(record.mentions, "mention"),
        many(record.claims, "claim"),
        many(record.events, "event"),
        many(record.set_aside, "item"),
        isolate(&out.display().to_string())
    );
    if let Some(since) = &record.since {
        told.push_str(&format!("changed since {}: {}; gone, as gone.jsonl tells: {}\n", since.cursor, record.events, since.gone));
    }
    if record.redacted.is_none() {
        told.push_str("names and places are as they were written (--redact holds names back)\n");
    }
    if let Some(mark) = &exported.mark {
        told.push_str(&format!("cursor {mark} (what changes from now on: --since {mark})\n"));
    }
    if !exported.noted {
        told.push_str("note: the custody log does not tell of this export, as nothing may be written to the ledger\n");
    }
    told
}

/// What was verified, and each fault.
pub fn verified(what: &str, found: &Verification) -> String {
    let mut out = String::new();
    for fault in &found.faults {
        out.push_str(&format!("{fault}\n"));
    }
    out.push_str(&format!("{} {what} checked, {}\n", found.checked, many(found.faults.len() as u64, "fault")));
    out
}

/// What was found in the archives of what was fetched; nothing where there are none.
pub fn archives(found: &Checked) -> String {
    let mut out = String::new();
    found.faults.iter().for_each(|fault| out.push_str(&format!("{fault}\n")));
    found.notes.iter().for_each(|note| out.push_str(&format!("note: {note}\n")));
    if found.files > 0 {
        out.push_str(&format!("{} files of what was fetched checked, {}\n", found.files, many(found.faults.len() as u64, "fault")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use marsad_model::{ClaimId, Position};

    /// An event known from the words of its parties alone.
    fn told_by_parties(stances: &[Stance]) -> Event {
        let positions: Vec<Position> =
            stances.iter().map(|&stance| Position { actor: "red".to_owned(), stance, claim: ClaimId::from("c:1") }).collect();
        let event = serde_json::json!({
            "id": "e:1", "type": "explosion.bombing", "level": "act", "part_of": null, "summary": "", "time": null, "place": null,
            "actors": [], "casualties": [], "means": [], "reports": 1, "origins": 0, "support": {"independent": 0, "untraced": 0},
            "agreed": [], "disagreements": [], "positions": positions, "claims": [],
            "grade": {"occurrence": "untraced", "contested": [], "airwars": "weak", "because": []},
        });
        serde_json::from_value(event).unwrap()
    }

    #[test]
    fn denied_is_only_what_is_denied() {
        assert_eq!(kind(&told_by_parties(&[Stance::DeniesStrike])), "denied bombing");
        for stances in [&[Stance::Claims][..], &[Stance::Accepts], &[Stance::Claims, Stance::DeniesStrike], &[Stance::UnderReview]] {
            assert_eq!(kind(&told_by_parties(stances)), "bombing", "{stances:?}");
        }
    }
}
