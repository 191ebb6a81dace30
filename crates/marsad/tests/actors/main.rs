//! Who is meant: short invented reports, and the actors that must and must not be found in them (`reports.tsv`).
//!
//! What a report must hold stands in the last column, its parts between `|`:
//! `words = id` (a mention), `words ? id, id` (a mention that nothing decides, with these candidates in any order),
//! `words < id` (what came second), `- id` or `- words` (no mention of that actor, none of these words),
//! `role: words` or `role: words = id` (somebody in a claim).

#![allow(clippy::unwrap_used, clippy::expect_used)] // a test ends where something is not as it should be

use marsad_analyse::{Analyser, Analysis};
use marsad_knowledge::{Files, Knowledge};
use marsad_model::{Language, Mention, MentionKind, Published, Report, Span};
use marsad_table::Table;
use std::collections::BTreeSet;

const REPORTS: &str = include_str!("reports.tsv");

fn report(language: Language, published: Option<&str>, text: &str) -> Report {
    let published = published.map(|day| {
        serde_json::from_value::<Published>(serde_json::json!({
            "start": day, "end": day, "start_time": null, "precision": "day", "basis": "given"
        }))
        .expect("a day")
    });
    Report { published, ..Report::of_text(language, text) }
}

fn ids(list: &str) -> BTreeSet<String> {
    list.split(',').map(|id| format!("marsad:{}", id.trim())).collect()
}

/// Does the analysis hold what one part of a row asks for?
fn holds(part: &str, text: &str, found: &Analysis) -> bool {
    let named = |words: &str| -> Vec<&Mention<Span>> {
        let party = |m: &&Mention<Span>| matches!(m.kind, MentionKind::Actor | MentionKind::Person | MentionKind::Organisation);
        found.mentions.iter().filter(party).filter(|m| m.span.of(text) == words).collect()
    };
    let roles = ["initiator", "target", "party", "detainee"];
    if let Some(gone) = part.strip_prefix("- ") {
        return found.mentions.iter().all(|m| m.id.as_deref() != Some(&format!("marsad:{gone}")) && m.span.of(text) != gone);
    }
    if let Some((role, what)) = part.split_once(": ").filter(|(role, _)| roles.contains(role)) {
        let (words, id) = what.split_once(" = ").map_or((what, None), |(w, id)| (w, Some(format!("marsad:{id}"))));
        let mut actors = found.claims.iter().flat_map(|c| &c.actors);
        return actors.any(|a| {
            let as_role = serde_json::to_value(a.role).unwrap();
            as_role == role && a.span.of(text) == words && (id.is_none() || a.id == id)
        });
    }
    if let Some((words, id)) = part.split_once(" = ") {
        let id = format!("marsad:{id}");
        return named(words).iter().any(|m| m.id.as_deref() == Some(&id) && m.because.is_some());
    }
    if let Some((words, candidates)) = part.split_once(" ? ") {
        let open =
            |m: &&Mention<Span>| m.id.is_none() && m.candidates.iter().map(|c| c.id.clone()).collect::<BTreeSet<_>>() == ids(candidates);
        return named(words).iter().any(open);
    }
    if let Some((words, id)) = part.split_once(" < ") {
        return named(words).iter().any(|m| m.second.as_ref().is_some_and(|s| s.id == format!("marsad:{id}")));
    }
    panic!("`{part}` asks for nothing")
}

#[test]
fn every_report_names_whom_it_should() {
    let analyser = Analyser::new(&Files::embedded()).unwrap();
    let table = Table::read("reports.tsv", REPORTS, &["language", "published", "text", "holds"]).unwrap();
    let (mut faults, mut asked) = (Vec::new(), 0);
    for row in table.rows() {
        let language = if row.get("language") == "ar" { Language::Arabic } else { Language::English };
        let text = row.need("text").unwrap();
        let found = analyser.analyse(&report(language, row.some("published"), text));
        for part in row.list("holds") {
            asked += 1;
            if !holds(part, text, &found) {
                let says: Vec<String> =
                    found.mentions.iter().map(|m| format!("{}={}", m.span.of(text), m.id.as_deref().unwrap_or("?"))).collect();
                faults.push(format!("line {}: no `{part}` in: {text}\n    {}", row.line(), says.join("; ")));
            }
        }
    }
    assert!(asked > 100, "{asked} are too few to tell");
    assert!(faults.is_empty(), "{} of {asked}:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn codes_of_other_projects_follow_from_the_kind() {
    let knowledge = Knowledge::load(&Files::embedded()).unwrap();
    let actors = &knowledge.actors;
    for (id, sector, inter) in [
        ("marsad:sdf", "REB", Some(2)),
        ("marsad:rapid-support-forces", "REB", Some(2)),
        ("marsad:hezbollah", "PRM", Some(8)),
        ("marsad:sudanese-army", "MIL", Some(1)),
        ("marsad:saudi-led-coalition", "IMG", Some(8)),
        ("marsad:popular-mobilization-forces", "PRM", Some(3)),
        ("marsad:united-nations", "IGO", Some(8)),
        ("marsad:knesset", "GOV", Some(1)),
        ("marsad:white-helmets", "NGO", Some(7)),
        ("marsad:israeli-settlers", "PRM", Some(4)),
        ("marsad:islah-yemen", "PTY", None),
    ] {
        let actor = actors.get(id).unwrap();
        assert_eq!((actors.sector(actor), actors.inter(actor)), (Some(sector), inter), "{id}");
    }
    let without: Vec<&str> = actors.list.iter().filter(|a| actors.sector(a).is_none()).map(|a| a.id.as_str()).collect();
    assert!(without.is_empty(), "no sector: {without:?}");
}

#[test]
fn every_state_has_names_and_nationality_in_both_scripts() {
    let knowledge = Knowledge::load(&Files::embedded()).unwrap();
    let states = knowledge.actors.list.iter().filter(|a| a.kind == marsad_knowledge::ActorKind::State);
    let countries: BTreeSet<&str> = states.clone().filter_map(|a| a.country.as_deref()).collect();
    assert!(countries.len() >= 196, "{} states", countries.len());
    for state in states {
        assert!(state.country.is_some(), "{} has no code", state.id);
        let latin = |name: &str| name.chars().any(|c| c.is_ascii_alphabetic());
        let names: Vec<&str> = knowledge
            .actors
            .names
            .iter()
            .filter(|n| knowledge.actors.list[n.actor as usize].id == state.id)
            .map(|n| n.name.as_str())
            .collect();
        assert!(names.iter().any(|n| latin(n)) && names.iter().any(|n| !latin(n)), "{}: {names:?}", state.id);
    }
}
