//! One person under two spellings in one report: the later one goes by the name that the report gave first.

use crate::spelt::Spellings;
use marsad_model::{Claim, Mention, MentionKind, Span};
use marsad_name::Key;
use std::collections::BTreeMap;

/// Gives persons that no list has one name each, in mentions and in claims; their spans keep the words as written.
pub(crate) fn join(spellings: &Spellings, mentions: &mut [Mention<Span>], claims: &mut [Claim<Span>]) {
    let mut first: BTreeMap<String, Vec<(Key, String)>> = BTreeMap::new();
    let mut renamed: BTreeMap<Span, String> = BTreeMap::new();
    for mention in mentions.iter_mut().filter(|m| m.kind == MentionKind::Person && m.id.is_none()) {
        let Some((key, frame)) = spellings.key(&mention.name) else { continue };
        let known = first.entry(frame).or_default();
        match known.iter().find(|(k, _)| spellings.same(k, &key)) {
            Some((_, name)) if *name != mention.name => {
                mention.name.clone_from(name);
                renamed.insert(mention.span, name.clone());
            }
            Some(_) => {}
            None => known.push((key, mention.name.clone())),
        }
    }
    for actor in claims.iter_mut().flat_map(|c| &mut c.actors).filter(|a| a.id.is_none()) {
        if let Some(name) = renamed.get(&actor.span) {
            actor.name.clone_from(name);
        }
    }
}
