//! OCHA's tables of p-codes: CSV, one unit of the lowest level a line, with the units that hold it.
//!
//! Columns are told by their names, whatever their order: `ADM1_EN`, `ADM1_AR`, `ADM1_PCODE`, `ADM2_EN` …, and where there
//! is a point, a column each for latitude and longitude.

use crate::Gazetteer;
use crate::add::{AddError, Rows, kind, names};
use crate::place::PlaceKind;
use crate::source::Source;
use std::collections::BTreeMap;

/// The kinds of the levels below a country; what is deeper is a settlement.
const LEVELS: [&str; 3] = ["admin1", "admin2", "admin2"];
const LOWEST: &str = "settlement";
/// How far a unit may lie from the point that stands for it.
const ACCURACY_KM: [u16; 3] = [50, 30, 15];
const LOWEST_ACCURACY_KM: u16 = 2;
/// Names that columns of latitude and longitude have.
const LATITUDE: [&str; 5] = ["lat", "latitude", "latitude_y", "center_lat", "point_y"];
const LONGITUDE: [&str; 6] = ["lon", "long", "longitude", "longitude_x", "center_lon", "point_x"];

/// Where a level's code and names stand.
struct Level {
    code: usize,
    english: Option<usize>,
    arabic: Option<usize>,
}

pub(crate) fn is_table(text: &str) -> bool {
    let header = records(text).next().unwrap_or_default();
    column(&header, "adm1_pcode").is_some()
}

pub(crate) fn read(text: &str, gazetteer: &Gazetteer) -> Result<Rows, AddError> {
    let mut lines = records(text);
    let header = lines.next().unwrap_or_default();
    let levels: Vec<Level> = (1..10).map_while(|n| level(&header, n)).collect();
    let lat = LATITUDE.iter().find_map(|name| column(&header, name));
    let lon = LONGITUDE.iter().find_map(|name| column(&header, name));
    let mut places: BTreeMap<String, Source> = BTreeMap::new();
    for (line, record) in lines.enumerate() {
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).map_or("", |c| c.trim());
        let number = |at: Option<usize>| -> Result<Option<f64>, AddError> {
            let written = cell(at);
            let fault = || AddError::Row { line: line + 2, what: format!("`{written}` is no number of degrees") };
            if written.is_empty() { Ok(None) } else { written.parse().map(Some).map_err(|_| fault()) }
        };
        let point = number(lat)?.zip(number(lon)?);
        let (mut container, mut state): (Option<String>, Option<String>) = (None, None);
        for (depth, level) in levels.iter().enumerate() {
            let code = cell(Some(level.code));
            if code.is_empty() {
                break;
            }
            let last = depth + 1 == levels.len();
            let name = cell(level.english);
            let name = if name.is_empty() { cell(level.arabic) } else { name };
            // The codes of the lower levels need not begin with the country's.
            let state = state.get_or_insert_with(|| code.get(..2).unwrap_or("").to_uppercase());
            let id = known(gazetteer, state, name, depth).unwrap_or_else(|| format!("pcode:{code}"));
            let holder = container.replace(id.clone()).or_else(|| country(gazetteer, state));
            places.entry(id.clone()).or_insert_with(|| Source {
                id,
                kind: LEVELS.get(depth).copied().and_then(kind).or_else(|| kind(LOWEST)).unwrap_or_default(),
                name_en: name.to_owned(),
                name_ar: cell(level.arabic).to_owned(),
                names: names([name, cell(level.arabic)], std::iter::once(code)),
                point: point.filter(|_| last),
                accuracy_km: ACCURACY_KM.get(depth).copied().unwrap_or(LOWEST_ACCURACY_KM),
                country: state.clone(),
                container: holder,
                population: 0,
                seat: 0,
            });
        }
    }
    let mut places: Vec<Source> = places.into_values().collect();
    place_holders(&mut places);
    Ok((places, 0))
}

/// A unit of a level that has no points of its own stands in the middle of the units it holds.
fn place_holders(places: &mut [Source]) {
    for _ in 0..LEVELS.len() {
        let mut sums: BTreeMap<String, (f64, f64, f64)> = BTreeMap::new();
        for place in places.iter() {
            if let (Some(holder), Some((lat, lon))) = (&place.container, place.point) {
                let sum = sums.entry(holder.clone()).or_default();
                *sum = (sum.0 + lat, sum.1 + lon, sum.2 + 1.0);
            }
        }
        for place in places.iter_mut().filter(|p| p.point.is_none()) {
            place.point = sums.get(&place.id).map(|(lat, lon, n)| (lat / n, lon / n));
        }
    }
}

/// The id of a first-order division that the gazetteer has under this name.
fn known(gazetteer: &Gazetteer, country: &str, name: &str, depth: usize) -> Option<String> {
    let found = gazetteer.lookup_exact(name).into_iter().chain(gazetteer.lookup_translit(name)).map(|c| gazetteer.place(c.place));
    let same = |p: &crate::Place| p.kind == PlaceKind::Admin1 && p.country == Some(country);
    found.filter(|_| depth == 0).find(same).map(|p| p.id.to_string())
}

fn country(gazetteer: &Gazetteer, code: &str) -> Option<String> {
    let at = gazetteer.state(code)?;
    Some(gazetteer.place(at).id.to_string())
}

fn column(header: &[String], name: &str) -> Option<usize> {
    header.iter().position(|h| h.trim().eq_ignore_ascii_case(name))
}

fn level(header: &[String], n: usize) -> Option<Level> {
    let of = |what: &str| column(header, &format!("adm{n}_{what}"));
    Some(Level { code: of("pcode")?, english: of("en").or_else(|| of("name")), arabic: of("ar").or_else(|| of("name1")) })
}

/// The records of a CSV text: cells parted by commas, quoted where they hold commas, quotes or line ends.
fn records(text: &str) -> impl Iterator<Item = Vec<String>> + '_ {
    let mut rest = text.chars().peekable();
    std::iter::from_fn(move || {
        while rest.next_if(|c| matches!(c, '\r' | '\n')).is_some() {}
        rest.peek()?;
        let (mut record, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        while let Some(c) = rest.next() {
            match c {
                '"' if quoted && rest.next_if_eq(&'"').is_some() => cell.push('"'),
                '"' => quoted = !quoted,
                ',' if !quoted => record.push(std::mem::take(&mut cell)),
                '\n' if !quoted => break,
                '\r' if !quoted => {}
                _ => cell.push(c),
            }
        }
        record.push(cell);
        Some(record)
    })
}
