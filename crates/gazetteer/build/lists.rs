//! Reads the project's lists of places, their names and what is put right in them.

use crate::layout::{KINDS, SEATS};
use crate::source::{Name, Source};
use flate2::read::GzDecoder;
use marsad_table::{Row, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::{fs, io::Read, path::Path};

/// All places: GeoNames' by number, then the project's own by id.
pub(crate) fn read(folder: &Path) -> Result<Vec<Source>, String> {
    let mut packed = Vec::new();
    let file = folder.join("geonames.tsv.gz");
    let bytes = fs::read(&file).map_err(|e| format!("{}: {e}; run scripts/make_gazetteer.py", file.display()))?;
    GzDecoder::new(bytes.as_slice()).read_to_end(&mut packed).map_err(|e| format!("{}: {e}", file.display()))?;
    let geonames = String::from_utf8(packed).map_err(|e| format!("{}: {e}", file.display()))?;
    let supplement = text(&folder.join("supplement.tsv"))?;
    let names = text(&folder.join("names.tsv"))?;
    let mut places = rows("gazetteer/geonames.tsv.gz", &geonames, true)?;
    places.extend(rows("gazetteer/supplement.tsv", &supplement, false)?);
    correct(&mut places, &text(&folder.join("corrections.tsv"))?)?;
    places.sort_by(|a, b| (a.number().is_none(), a.number(), &a.id).cmp(&(b.number().is_none(), b.number(), &b.id)));
    check_ids(&places)?;
    add_names(&mut places, &names)?;
    Ok(places)
}

fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn rows(file: &str, text: &str, alternate: bool) -> Result<Vec<Source>, String> {
    let columns = ["id", "kind", "name_en", "name_ar", "names", "lat", "lon", "accuracy_km", "container", "country"];
    let table = Table::read(file, text, &columns).map_err(|e| e.to_string())?;
    table.rows().map(|row| place(&row, alternate)).collect()
}

fn place(row: &Row, alternate: bool) -> Result<Source, String> {
    let fault = |e: marsad_table::TableError| e.to_string();
    let kind = row.need("kind").map_err(fault)?;
    let point = row.parse("lat").map_err(fault)?.zip(row.parse("lon").map_err(fault)?);
    if point.is_some_and(|(lat, lon): (f64, f64)| !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon)) {
        return Err(row.error("the point is not on Earth").to_string());
    }
    let mut names: Vec<Name> = [row.get("name_en"), row.get("name_ar")]
        .into_iter()
        .filter(|n| !n.is_empty())
        .map(|n| Name { text: n.to_owned(), alternate: false })
        .collect();
    names.extend(row.list("names").map(|n| Name { text: n.to_owned(), alternate }));
    Ok(Source {
        id: row.need("id").map_err(fault)?.to_owned(),
        kind: KINDS.iter().position(|k| *k == kind).ok_or_else(|| row.error(format!("no kind of place is called `{kind}`")).to_string())?
            as u8,
        name_en: row.need("name_en").map_err(fault)?.to_owned(),
        name_ar: row.get("name_ar").to_owned(),
        names,
        point,
        accuracy_km: row.parse("accuracy_km").map_err(fault)?.unwrap_or(0),
        country: row.get("country").to_owned(),
        container: row.some("container").map(str::to_owned),
        population: row.parse("population").map_err(fault)?.unwrap_or(0),
        seat: SEATS.iter().position(|s| *s == row.get("seat")).unwrap_or(0) as u8,
    })
}

/// Ids stand once, containers are there, and no place lies in itself, however far up.
fn check_ids(places: &[Source]) -> Result<(), String> {
    let containers: BTreeMap<&str, Option<&str>> = places.iter().map(|p| (p.id.as_str(), p.container.as_deref())).collect();
    if containers.len() != places.len() {
        let twice = places.windows(2).find(|pair| pair[0].id == pair[1].id).map_or("", |pair| &pair[0].id);
        return Err(format!("gazetteer: {twice} stands twice"));
    }
    for place in places {
        let (mut seen, mut at) = (BTreeSet::new(), Some(place.id.as_str()));
        while let Some(id) = at {
            if !seen.insert(id) {
                return Err(format!("gazetteer: {} lies in itself", place.id));
            }
            at = *containers.get(id).ok_or_else(|| format!("gazetteer: {} lies in {id}, which is not listed", place.id))?;
        }
    }
    Ok(())
}

/// Put places where they lie that GeoNames files elsewhere.
fn correct(places: &mut [Source], text: &str) -> Result<(), String> {
    let table =
        Table::read("gazetteer/corrections.tsv", text, &["id", "container", "country", "basis", "note"]).map_err(|e| e.to_string())?;
    for row in table.rows() {
        let id = row.need("id").map_err(|e| e.to_string())?;
        let place = places.iter_mut().find(|p| p.id == id).ok_or_else(|| row.error(format!("{id} is not listed")).to_string())?;
        place.container = row.some("container").map(str::to_owned);
        row.get("country").clone_into(&mut place.country);
    }
    Ok(())
}

fn add_names(places: &mut [Source], text: &str) -> Result<(), String> {
    let table = Table::read("gazetteer/names.tsv", text, &["id", "language", "name", "basis"]).map_err(|e| e.to_string())?;
    let at: BTreeMap<String, usize> = places.iter().enumerate().map(|(i, p)| (p.id.clone(), i)).collect();
    for row in table.rows() {
        let id = row.need("id").map_err(|e| e.to_string())?;
        let &i = at.get(id).ok_or_else(|| row.error(format!("{id} is not listed")).to_string())?;
        places[i].names.push(Name { text: row.need("name").map_err(|e| e.to_string())?.to_owned(), alternate: false });
    }
    Ok(())
}
