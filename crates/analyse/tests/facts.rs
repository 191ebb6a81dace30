//! What short invented reports come to, fact by fact (`facts.tsv`): what must be told of them, and what must not.
//!
//! A fact is `type KIND`, `ROLE NAME` (the name begins so), `place NAME` (where it was), `harm KIND NUMBER`, `means KIND`, `says NAME`,
//! `modality KIND`, `status KIND`, or `claims NUMBER`.

#![allow(clippy::unwrap_used)] // a test ends where something is not as it should be

use marsad_analyse::Analyser;
use marsad_knowledge::Files;
use marsad_model::{Casualties, Claim, Language, PlaceRole, Report, Span};

/// A value as the records spell it.
fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

fn harm(c: &Casualties<Span>) -> String {
    let number = match (c.min, c.max) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), None) => format!("{a}+"),
        _ => "?".to_owned(),
    };
    format!("harm {} {number}", word(c.harm))
}

/// All facts of a report's claims.
fn facts(claims: &[Claim<Span>]) -> Vec<String> {
    let mut out = vec![format!("claims {}", claims.len())];
    for claim in claims {
        out.push(format!("type {}", claim.event_type));
        out.push(format!("modality {}", word(claim.modality)));
        out.push(format!("status {}", word(claim.status)));
        out.extend(claim.actors.iter().map(|a| format!("{} {}", word(a.role), a.name)));
        out.extend(claim.places.iter().filter(|p| p.role == PlaceRole::Where).map(|p| format!("place {}", p.name)));
        out.extend(claim.casualties.iter().map(harm));
        out.extend(claim.means.iter().map(|m| format!("means {}", word(m.kind))));
        out.extend(claim.attribution.iter().map(|a| format!("says {}", a.name)));
    }
    out
}

/// Is the wanted fact among those found? Numbers and kinds are compared whole, names by how they begin.
fn holds(wanted: &str, found: &[String]) -> bool {
    let whole = ["type", "modality", "status", "harm", "means", "claims"].iter().any(|k| wanted.starts_with(&format!("{k} ")));
    found.iter().any(|f| if whole { f == wanted } else { f.starts_with(wanted) })
}

#[test]
fn facts_are_as_the_table_has_them() {
    let analyser = Analyser::new(&Files::embedded()).unwrap();
    let mut wrong = Vec::new();
    for line in include_str!("facts.tsv").lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let language = if cells[0] == "ar" { Language::Arabic } else { Language::English };
        let found = facts(&analyser.analyse(&Report::of_text(language, cells[1])).claims);
        let parts = |n: usize| cells[n].split(" | ").filter(|p| !p.is_empty());
        wrong.extend(parts(2).filter(|p| !holds(p, &found)).map(|p| format!("{}: no {p:?} in {found:?}", cells[1])));
        wrong.extend(parts(3).filter(|p| holds(p, &found)).map(|p| format!("{}: {p:?} in {found:?}", cells[1])));
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
