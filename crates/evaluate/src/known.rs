//! Names of places and actors looked up in what is known.

use crate::fold::key;
use marsad_gazetteer::{Gazetteer, PlaceRef};
use marsad_knowledge::Actors;
use marsad_model::{EventType, MeansKind};
use std::collections::{BTreeMap, BTreeSet};

/// Static knowledge behind an evaluation.
pub struct Known<'k> {
    pub(crate) gazetteer: &'k Gazetteer,
    pub(crate) actors: &'k Actors,
    names: BTreeMap<String, BTreeSet<String>>,
}

impl<'k> Known<'k> {
    /// Index the names of actors.
    pub fn new(gazetteer: &'k Gazetteer, actors: &'k Actors) -> Self {
        let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let listed = actors.names.iter().filter_map(|n| Some((n.name.as_str(), actors.list.get(n.actor as usize)?.id.as_str())));
        let labels = actors.list.iter().flat_map(|a| [(a.name_en.as_str(), a.id.as_str()), (a.name_ar.as_str(), a.id.as_str())]);
        for (name, id) in listed.chain(labels) {
            names.entry(key(name)).or_default().insert(id.to_owned());
        }
        Self { gazetteer, actors, names }
    }

    /// The actors that are called so, in any of their names.
    pub(crate) fn actor_ids(&self, name: &str) -> Option<BTreeSet<String>> {
        self.names.get(&key(name)).cloned()
    }

    /// The places that bear this name, by its letters, else by its sounds.
    pub(crate) fn places(&self, name: &str) -> Vec<PlaceRef> {
        let exact = self.gazetteer.lookup_exact(name);
        let found = if exact.is_empty() { self.gazetteer.lookup_translit(name) } else { exact };
        found.into_iter().filter(|c| !c.abbreviation).map(|c| c.place).collect()
    }
}

/// Is this a word of ours already?
pub(crate) fn is_ours(field: &str, value: &str) -> bool {
    match field {
        "type" => value.parse::<EventType>().is_ok() || EventType::all().any(|t| t.class() == value),
        _ => MeansKind::ALL.iter().any(|m| means_word(*m) == value),
    }
}

/// A kind of means in the contract's word.
pub(crate) fn means_word(kind: MeansKind) -> String {
    serde_json::to_value(kind).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}
