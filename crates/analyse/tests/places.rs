//! Where it was, and whence it came, in invented sentences of both languages (`places.tsv`): the places of each sentence's one
//! claim, all of them.

#![allow(clippy::unwrap_used)] // a test ends where something is not as it should be

use marsad_analyse::Analyser;
use marsad_knowledge::Files;
use marsad_model::{ClaimPlace, Language, Report, Span};

/// Degrees that a point may be off: some ten kilometres.
const NEAR: f64 = 0.1;

/// Does a cell's part, `role name` or `role name latitude longitude`, tell of this place?
fn tells(part: &str, place: &ClaimPlace<Span>) -> bool {
    let role = serde_json::to_value(place.role).unwrap();
    let Some(rest) = part.strip_prefix(role.as_str().unwrap()).and_then(|r| r.trim().strip_prefix(place.name.as_str())) else {
        return false;
    };
    let point: Vec<f64> = rest.split_whitespace().map(|n| n.parse().unwrap()).collect();
    let near = |told: f64, found: Option<f64>| found.is_some_and(|f| (f - told).abs() <= NEAR);
    match point[..] {
        [lat, lon] => near(lat, place.lat) && near(lon, place.lon),
        _ => rest.is_empty(),
    }
}

#[test]
fn places_are_as_the_table_has_them() {
    let analyser = Analyser::new(&Files::embedded()).unwrap();
    let mut wrong = Vec::new();
    for line in include_str!("places.tsv").lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let language = if cells[0] == "ar" { Language::Arabic } else { Language::English };
        let claims = analyser.analyse(&Report::of_text(language, cells[1])).claims;
        let places: Vec<&ClaimPlace<Span>> = claims.iter().flat_map(|c| &c.places).collect();
        let wanted: Vec<&str> = cells[2].split(" | ").collect();
        let all = wanted.iter().all(|w| places.iter().any(|p| tells(w, p))) && places.iter().all(|p| wanted.iter().any(|w| tells(w, p)));
        if claims.len() != 1 || !all {
            let found: Vec<_> = places.iter().map(|p| (p.role, &p.name, p.lat, p.lon)).collect();
            wrong.push(format!("{}: {} claims, {found:?}", cells[1], claims.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
