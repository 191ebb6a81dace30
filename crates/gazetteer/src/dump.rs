//! GeoNames' dump of a country, or of all: one feature a line, 19 columns parted by tabs.

use crate::Gazetteer;
use crate::add::{AddError, Rows, kind, names};
use crate::place::PlaceKind;
use crate::source::Source;
use marsad_table::Table;
use marsad_text::is_arabic_letter;
use std::collections::BTreeMap;

const FEATURES: &str = include_str!("../../../knowledge/gazetteer/features.tsv");
const COLUMNS: usize = 19;
/// Names shorter than this, and those in capitals, are codes.
const NAME_LEAST: usize = 3;

/// Kind and accuracy by class and code.
type Features = BTreeMap<(String, String), (u8, u16)>;

pub(crate) fn is_dump(text: &str) -> bool {
    let first = text.lines().next().unwrap_or("");
    let cells: Vec<&str> = first.split('\t').collect();
    cells.len() == COLUMNS && cells[0].parse::<u32>().is_ok() && cells[4].parse::<f64>().is_ok()
}

pub(crate) fn read(text: &str, gazetteer: &Gazetteer) -> Result<Rows, AddError> {
    let features = features().map_err(AddError::Compile)?;
    let mut rows = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() != COLUMNS {
            return Err(AddError::Row { line: at + 1, what: format!("{} cells, not {COLUMNS}", cells.len()) });
        }
        rows.push(cells);
    }
    let divisions = divisions(&rows);
    let (mut places, mut left_out) = (Vec::new(), 0);
    for (at, cells) in rows.iter().enumerate() {
        let Some(&(kind, accuracy_km)) = feature(&features, cells[6], cells[7]) else {
            left_out += 1;
            continue;
        };
        let fault = |what: &str| AddError::Row { line: at + 1, what: format!("{what} is no number") };
        let (lat, lon): (f64, f64) = (cells[4].parse().map_err(|_| fault("latitude"))?, cells[5].parse().map_err(|_| fault("longitude"))?);
        if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
            return Err(AddError::Row { line: at + 1, what: "the point is not on Earth".to_owned() });
        }
        let number: u32 = cells[0].parse().map_err(|_| fault("GeoNames' id"))?;
        let others: Vec<&str> = cells[3].split(',').filter(|n| is_name(n)).collect();
        let name_ar = others.iter().find(|n| n.chars().any(is_arabic_letter)).copied().unwrap_or("");
        places.push(Source {
            id: format!("geonames:{number}"),
            kind,
            // GeoNames' own name may carry marks that no reader types; its plain form stands beside it.
            name_en: if cells[2].is_empty() { cells[1] } else { cells[2] }.to_owned(),
            name_ar: name_ar.to_owned(),
            names: names([cells[1], cells[2]], others.iter().copied()),
            point: Some((lat, lon)),
            accuracy_km,
            country: cells[8].to_owned(),
            container: container(cells, &divisions, gazetteer).filter(|id| *id != format!("geonames:{number}")),
            population: cells[14].parse().unwrap_or(0),
            seat: 0,
        });
    }
    Ok((places, left_out))
}

fn features() -> Result<Features, String> {
    let table =
        Table::read("gazetteer/features.tsv", FEATURES, &["class", "code", "kind", "accuracy_km", "basis"]).map_err(|e| e.to_string())?;
    let mut features = Features::new();
    for row in table.rows() {
        let word = row.get("kind");
        let kind = kind(word).ok_or_else(|| row.error(format!("no kind of place is called `{word}`")).to_string())?;
        let accuracy = row.parse("accuracy_km").map_err(|e| e.to_string())?.unwrap_or(1);
        features.insert((row.get("class").to_owned(), row.get("code").to_owned()), (kind, accuracy));
    }
    Ok(features)
}

/// The feature whose code is the longest beginning of this one.
fn feature<'f>(features: &'f Features, class: &str, code: &str) -> Option<&'f (u8, u16)> {
    (1..=code.len()).rev().find_map(|n| features.get(&(class.to_owned(), code.get(..n)?.to_owned())))
}

/// Can a text hold this name? In Arabic or Latin letters, no code.
fn is_name(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let readable =
        name.chars().filter(|c| c.is_alphabetic()).all(|c| is_arabic_letter(c) || c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c));
    let code = name.chars().all(|c| !c.is_lowercase() && !is_arabic_letter(c));
    letters >= NAME_LEAST && readable && !code
}

/// The dump's own divisions by their codes: country and first, or country, first and second.
fn divisions(rows: &[Vec<&str>]) -> BTreeMap<String, String> {
    let code = |cells: &Vec<&str>| match cells[7] {
        "ADM1" => Some(format!("{}.{}", cells[8], cells[10])),
        "ADM2" => Some(format!("{}.{}.{}", cells[8], cells[10], cells[11])),
        _ => None,
    };
    rows.iter().filter_map(|cells| Some((code(cells)?, format!("geonames:{}", cells[0])))).collect()
}

/// What holds a feature: its second-order division, the first-order one, the country, as far as each is known.
fn container(cells: &[&str], divisions: &BTreeMap<String, String>, gazetteer: &Gazetteer) -> Option<String> {
    let first = format!("{}.{}", cells[8], cells[10]);
    let second = format!("{first}.{}", cells[11]);
    let country = || gazetteer.state(cells[8]).map(|at| gazetteer.place(at).id.to_string());
    match cells[7] {
        code if code.starts_with("PCL") => None,
        "ADM1" => country(),
        "ADM2" => divisions.get(&first).cloned().or_else(country),
        _ => {
            let known = |id: &&String| gazetteer.get(id).is_none_or(|p| p.kind != PlaceKind::Country);
            divisions.get(&second).filter(known).or_else(|| divisions.get(&first)).cloned().or_else(country)
        }
    }
}
