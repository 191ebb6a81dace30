//! Who did what to whom in invented sentences of both languages (`roles.tsv`): what is found, and what is not found yet.

#![allow(clippy::unwrap_used)] // a test ends where something is not as it should be

use marsad_analyse::Analyser;
use marsad_knowledge::Files;
use marsad_model::{ActorRole, Language, Report};

/// Without a word of war in the report a sentence is not believed to tell of any.
fn before(language: Language) -> &'static str {
    match language {
        Language::Arabic => "قاتل الجنود في هذه المحافظة منذ الربيع.\n\n",
        _ => "Guerrillas and soldiers have fought in this province since the spring.\n\n",
    }
}

fn role(word: &str) -> ActorRole {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).unwrap()
}

/// The roles of a cell, `role words` between bars.
fn cell(cell: &str) -> Vec<(ActorRole, String)> {
    let parts = cell.split(" | ").filter(|p| !p.is_empty());
    parts.map(|p| p.split_once(' ').map(|(r, words)| (role(r), words.to_lowercase())).unwrap()).collect()
}

#[test]
fn roles_are_as_the_table_has_them() {
    let analyser = Analyser::new(&Files::embedded()).unwrap();
    let mut wrong = Vec::new();
    for line in include_str!("roles.tsv").lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let language = if cells[0] == "ar" { Language::Arabic } else { Language::English };
        let lead = before(language);
        let text = format!("{lead}{}", cells[1]);
        let claims = analyser.analyse(&Report::of_text(language, &text)).claims;
        let told = claims.iter().filter(|c| c.trigger.start as usize >= lead.len());
        let roles: Vec<(ActorRole, String)> = told.flat_map(|c| &c.actors).map(|a| (a.role, a.name.to_lowercase())).collect();
        let found = |(r, words): &(ActorRole, String)| roles.iter().any(|(role, name)| role == r && name.contains(words));
        wrong.extend(cell(cells[2]).iter().filter(|p| !found(p)).map(|p| format!("{}: no {p:?} in {roles:?}", cells[1])));
        wrong.extend(cell(cells[3]).iter().filter(|p| found(p)).map(|p| format!("{}: {p:?} is open no more", cells[1])));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
