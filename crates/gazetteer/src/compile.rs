//! Writes places as records, names, lists and a map from keys (see `layout`).

use crate::layout::{
    ABBREVIATION, ALTERNATE, DEGREE, ELSEWHERE, FLAG_BITS, HEADER, MAGIC, NO_PLACE, NO_POINT, RECORD, SOUNDS, WITH_ARTICLE,
    WITHOUT_ARTICLE, WORDS,
};
use crate::source::Source;
use crate::spelling::{SPELLING, Spelling};
use marsad_text::is_arabic_letter;
use std::collections::BTreeMap;

pub(crate) fn compile(places: &[Source]) -> Result<Vec<u8>, String> {
    let spelling = Spelling::read(SPELLING).map_err(|e| e.to_string())?;
    let mut names = Names::new();
    let records = records(places, &mut names)?;
    let (lists, map) = index(places, &spelling)?;
    let mut out = Vec::with_capacity(HEADER + records.len() + names.bytes.len() + lists.len() + map.len());
    let from_geonames = places.iter().filter(|p| p.number().is_some()).count();
    let (at_names, at_lists) = (HEADER + records.len(), HEADER + records.len() + names.bytes.len());
    let at_map = at_lists + lists.len();
    out.extend(MAGIC);
    for number in [places.len(), from_geonames, at_names, at_lists, at_map, at_map + map.len()] {
        out.extend((number as u32).to_le_bytes());
    }
    for part in [records, names.bytes, lists, map] {
        out.extend(part);
    }
    Ok(out)
}

/// Names one after another, each once, each with its length before it.
struct Names {
    bytes: Vec<u8>,
    at: BTreeMap<String, u32>,
}

impl Names {
    /// The empty name stands first, at nought.
    fn new() -> Self {
        Self { bytes: vec![0, 0], at: BTreeMap::from([(String::new(), 0)]) }
    }

    fn put(&mut self, name: &str) -> Result<u32, String> {
        if let Some(&at) = self.at.get(name) {
            return Ok(at);
        }
        let length = u16::try_from(name.len()).map_err(|_| format!("gazetteer: the name {name:.40}… is too long"))?;
        let at = self.bytes.len() as u32;
        self.bytes.extend(length.to_le_bytes());
        self.bytes.extend(name.as_bytes());
        self.at.insert(name.to_owned(), at);
        Ok(at)
    }
}

fn records(places: &[Source], names: &mut Names) -> Result<Vec<u8>, String> {
    let at: BTreeMap<&str, u32> = places.iter().enumerate().map(|(i, p)| (p.id.as_str(), i as u32)).collect();
    let mut out = Vec::with_capacity(places.len() * RECORD);
    for place in places {
        let degrees = |value: f64| (value * DEGREE).round() as i32;
        let (lat, lon) = place.point.map_or((NO_POINT, NO_POINT), |(lat, lon)| (degrees(lat), degrees(lon)));
        let container = match place.container.as_deref() {
            None => NO_PLACE,
            // What another list has is named by its id.
            Some(id) => at.get(id).copied().map_or_else(|| names.put(id).map(|at| at | ELSEWHERE), Ok)?,
        };
        out.extend(place.number().map_or_else(|| names.put(&place.id), Ok)?.to_le_bytes());
        out.extend(names.put(&place.name_en)?.to_le_bytes());
        out.extend(names.put(&place.name_ar)?.to_le_bytes());
        out.extend(lat.to_le_bytes());
        out.extend(lon.to_le_bytes());
        out.extend(container.to_le_bytes());
        out.extend(place.population.to_le_bytes());
        out.extend(place.accuracy_km.to_le_bytes());
        let country = place.country.as_bytes();
        out.extend(if let [a, b] = country { [*a, *b] } else { [0, 0] });
        out.extend([place.kind, place.seat, 0, 0]);
    }
    Ok(out)
}

/// The lists of places and the map from keys to them. A place alone in its list stands in the map itself.
fn index(places: &[Source], spelling: &Spelling) -> Result<(Vec<u8>, Vec<u8>), String> {
    let mut keyed = keyed(places, spelling);
    keyed.sort_unstable();
    let mut lists = Vec::new();
    let mut map = fst::MapBuilder::memory();
    let mut at = 0;
    while let Some((key, _)) = keyed.get(at) {
        let end = at + keyed[at..].partition_point(|(k, _)| k == key);
        let entries = merged(keyed[at..end].iter().map(|&(_, entry)| entry));
        let value = if let [only] = entries.as_slice() {
            u64::from(*only) << 1 | 1
        } else {
            let start = lists.len() as u64;
            lists.extend((entries.len() as u32).to_le_bytes());
            lists.extend(entries.iter().flat_map(|entry| entry.to_le_bytes()));
            start << 1
        };
        map.insert(key, value).map_err(|e| format!("gazetteer: {e}"))?;
        at = end;
    }
    let map = map.into_inner().map_err(|e| format!("gazetteer: {e}"))?;
    Ok((lists, map))
}

/// A settlement with fewer people counts only under a name of so many letters: the world's villages called On, To or بي
/// are rarer than those words. Arabic writes no short vowels, so far from where Arabic is spoken a name needs more.
const SHORT: (usize, u32) = (3, 15_000);
const SHORT_ARABIC_FAR: (usize, u32) = (4, 100_000);

fn too_short(key: &str, place: &Source, near: bool) -> bool {
    if !place.is_settlement_of_geonames() {
        return false;
    }
    let far_arabic = !near && key.chars().any(is_arabic_letter);
    let (letters, people) = if far_arabic { SHORT_ARABIC_FAR } else { SHORT };
    place.population < people && key.chars().count() < letters
}

fn keyed(places: &[Source], spelling: &Spelling) -> Vec<(Vec<u8>, u32)> {
    let mut keyed = Vec::with_capacity(places.len() * 3);
    for (i, place) in places.iter().enumerate() {
        let near = spelling.varies_in(&place.country);
        for name in &place.names {
            let abbreviation = if name.text.ends_with('.') { ABBREVIATION } else { 0 };
            let entry = (i as u32) << FLAG_BITS | if name.alternate { ALTERNATE } else { 0 } | abbreviation;
            for key in spelling.word_keys(&name.text) {
                if too_short(&key.key, place, near) {
                    continue;
                }
                let with = if key.with_article { WITH_ARTICLE } else { 0 };
                let without = if key.without_article { WITHOUT_ARTICLE } else { 0 };
                keyed.push((prefixed(WORDS, &key.key), entry | with | without));
            }
            if near {
                let entry = entry | WITH_ARTICLE | WITHOUT_ARTICLE;
                keyed.extend(spelling.sound_keys(&name.text).iter().map(|key| (prefixed(SOUNDS, key), entry)));
            }
        }
    }
    keyed
}

fn prefixed(kind: u8, key: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(key.len() + 1);
    bytes.push(kind);
    bytes.extend(key.as_bytes());
    bytes
}

/// One entry a place: with an article if any of its names has one; vouched for, and no abbreviation, if any is so.
fn merged(entries: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut places = BTreeMap::<u32, u32>::new();
    for entry in entries {
        let flags = entry & ((1 << FLAG_BITS) - 1);
        let kept = places.entry(entry >> FLAG_BITS).or_insert(flags);
        let if_all = ALTERNATE | ABBREVIATION;
        *kept = (*kept | flags) & !if_all | (*kept & flags & if_all);
    }
    places.into_iter().map(|(place, flags)| place << FLAG_BITS | flags).collect()
}
