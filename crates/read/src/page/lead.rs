//! The lead: what stands between a report's headline and its body, often in an element that is called something else.

use super::belongs::is_cross_reference;
use super::hints::Named;
use super::metadata::Metadata;
use super::survey::Survey;
use super::tree::Tree;
use crate::cues::folded_words;

/// A lead is looked for so many blocks before the body.
const NEAR: usize = 40;
/// A lead that stands under no headline stands so near to the body.
const CLOSE: usize = 20;
/// The words with which a page's description of itself begins are a block's where so many are the same.
const SAME_WORDS: usize = 8;

/// Put the lead before the body, where it is not there yet.
pub(super) fn add_lead(survey: &Survey, said: &Metadata, found: &mut Vec<usize>) {
    let tree = survey.tree;
    let title = said.title.as_deref().map(folded_words).filter(|title| title.len() > 2);
    let is_title = |b: usize| tag(tree, b) == "h1" || title.as_ref().is_some_and(|title| folded_words(&tree.blocks[b].text) == *title);
    let Some(&first) = found.iter().find(|&&b| !is_title(b)) else { return };
    let before = first.saturating_sub(NEAR)..first;
    let is_heading = |b: usize| matches!(tag(tree, b), "h2" | "h3" | "h4");
    let highest = before.clone().rfind(|&b| tag(tree, b) == "h1");
    let headline = highest.or_else(|| before.clone().rfind(|&b| is_heading(b) && is_title(b)));
    let described = said.description.as_deref().map(folded_words).filter(|words| words.len() >= SAME_WORDS);
    let is_described = |b: usize| described.as_ref().is_some_and(|words| begins_alike(&tree.blocks[b].text, words));
    let there = found.iter().any(|&b| is_described(b));
    let leads: Vec<usize> = before
        .filter(|&b| {
            let below = headline.is_some_and(|h| h < b);
            is_lead(survey, b, headline, b + CLOSE >= first) || !there && below && is_described(b) && is_telling(survey, b)
        })
        .collect();
    found.extend(leads);
    found.sort_unstable();
    found.dedup();
}

fn tag(tree: &Tree, block: usize) -> &str {
    tree.elements[tree.blocks[block].element].tag.as_str()
}

/// Is it a sentence under the headline, or one that is called a lead and stands near the body?
fn is_lead(survey: &Survey, at: usize, headline: Option<usize>, near: bool) -> bool {
    let (tree, block) = (survey.tree, &survey.tree.blocks[at]);
    let shape = block.shape;
    let named = |named: Named| tree.up(block.element).take(3).any(|e| tree.elements[e].says == super::tree::Says::Name(named));
    let below = headline.is_some_and(|h| h < at);
    // Right under the headline, a lead may be a heading and lack its full stop.
    let under = headline.is_some_and(|h| h + 1 == at) && (matches!(tag(tree, at), "h2" | "h3" | "h4") || named(Named::Lead));
    let sentence = shape.is_paragraph() || (shape.stopped || shape.called) && shape.words > 5 || under && shape.words > 7;
    let kept = survey.is_kept(block) || below && named(Named::Teaser) && survey.dropped_by(block.element) == Some(Named::Teaser);
    kept && block.link_percent() < 20 && sentence && (named(Named::Lead) && near || below) && !is_cross_reference(block)
}

/// May it be part of a report, whatever the element is called that it stands in?
fn is_telling(survey: &Survey, at: usize) -> bool {
    let block = &survey.tree.blocks[at];
    let never = matches!(survey.dropped_by(block.element), Some(Named::Never | Named::Comments));
    !never && !survey.tree.elements[block.element].hidden && block.link_percent() < 20 && tag(survey.tree, at) != "figcaption"
}

/// Does a text begin with the words with which the description begins?
fn begins_alike(text: &str, described: &[String]) -> bool {
    // Most blocks are told apart by their length alone.
    text.len() >= SAME_WORDS * 2 && folded_words(text).get(..SAME_WORDS).is_some_and(|words| described.starts_with(words))
}
