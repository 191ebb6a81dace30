//! The main text of a page.

use super::belongs::{belongs, drop_heads_of_links, is_cross_reference, points_elsewhere};
use super::hints::Named;
use super::survey::{Survey, is_prose};
use super::tree::{At, Says, Tree};
use crate::cues::folded_words;

/// Finds the blocks of a page that are its report.
pub(crate) trait ArticleExtractor {
    /// Indices of the report's blocks, in their order. `json_body` is the report's text as the page's JSON-LD has it.
    fn article(&self, tree: &Tree, json_body: Option<&str>) -> Vec<usize>;
}

/// Scores elements by the prose that they hold, as Readability and its kin do, and lets class names and JSON-LD vote.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct ByDensity;

/// Takes every block: for markup that is nothing but report.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Everything;

impl ArticleExtractor for Everything {
    fn article(&self, tree: &Tree, _: Option<&str>) -> Vec<usize> {
        (0..tree.blocks.len()).collect()
    }
}

/// Shorter blocks are labels, unless they are sentences.
pub(super) const SHORT: usize = 25;
/// A block of more links than this is a list of links.
pub(super) const LINKED: usize = 50;
/// An element whose class speaks of the body is believed from this share of the page's prose on.
const ENOUGH_FOR_BODY: usize = 35;
/// A wider element is taken for the report if it holds so many percent of the prose that the narrower ones hold.
const WORTH_WIDENING: usize = 115;
/// A result below so many characters is doubted.
pub(super) const LITTLE: usize = 250;

impl ArticleExtractor for ByDensity {
    fn article(&self, tree: &Tree, json_body: Option<&str>) -> Vec<usize> {
        let careful = Survey::of(tree, true);
        if let Some(found) = json_body.and_then(|body| by_json(&careful, body)) {
            return found;
        }
        let found = careful.report();
        let length = |found: &[usize]| found.iter().map(|&b| tree.blocks[b].chars).sum::<usize>();
        if length(&found) >= LITTLE {
            return found;
        }
        // Too little: the class names may have lied.
        let bold = Survey::of(tree, false);
        let second = bold.report();
        let found = if length(&second) > 2 * length(&found) { second } else { found };
        if found.is_empty() { bold.all_prose() } else { found }
    }
}

/// The blocks whose words stand in the text that JSON-LD gives, where that text is long and the blocks are most of it.
fn by_json(survey: &Survey, body: &str) -> Option<Vec<usize>> {
    let tree = survey.tree;
    let body = folded_words(&super::metadata::plain(body)).join(" ");
    if body.chars().count() < LITTLE {
        return None;
    }
    let body = format!(" {body} ");
    let mut covered = 0;
    let stands: Vec<bool> = tree
        .blocks
        .iter()
        .map(|block| {
            let words = folded_words(&block.text).join(" ");
            let stands = !words.is_empty() && body.contains(&format!(" {words} "));
            covered += if stands && block.chars >= SHORT { words.chars().count() + 1 } else { 0 };
            stands
        })
        .collect();
    let length = body.chars().count();
    if covered * 10 < length * 8 || covered * 10 > length * 13 {
        return None;
    }
    // A short line may stand in the body by chance; what is quoted or in a table is often left out of it.
    let sure: Vec<usize> =
        (0..stands.len()).filter(|&b| stands[b] && tree.blocks[b].chars >= SHORT && !points_elsewhere(&tree.blocks[b])).collect();
    let within = *sure.first()?..*sure.last()?;
    let mut holders: Vec<At> = sure.iter().filter_map(|&b| tree.elements[tree.blocks[b].element].parent).collect();
    holders.sort_unstable();
    let set_in = |b: usize| {
        let element = tree.blocks[b].element;
        let listed = matches!(tree.elements[element].tag.as_str(), "li" | "dt" | "dd" | "h2" | "h3" | "h4")
            && tree.blocks[b].linked == 0
            && tree.up(element).skip(1).take(2).any(|at| holders.binary_search(&at).is_ok());
        listed || survey.data[element] || tree.up(element).any(|at| tree.elements[at].tag == "blockquote")
    };
    let mut found: Vec<usize> = (0..stands.len())
        .filter(|&b| sure.binary_search(&b).is_ok() || within.contains(&b) && (stands[b] || set_in(b)) && belongs(survey, b))
        .collect();
    survey.add_lead(&mut found);
    Some(found)
}

impl Survey<'_> {
    /// The report's blocks.
    fn report(&self) -> Vec<usize> {
        let mut chosen = self.by_hint();
        if chosen.is_empty() {
            let Some(top) = self.densest() else { return Vec::new() };
            chosen = self.with_siblings(top);
            let wide = self.widened(top);
            let held: usize = chosen.iter().map(|&at| self.prose[at]).sum();
            if self.prose[wide] * 100 > held * WORTH_WIDENING {
                chosen = self.with_siblings(wide);
            }
        }
        let inside = |at: At| chosen.iter().any(|&c| self.tree.is_within(at, c));
        let mut found: Vec<usize> =
            (0..self.tree.blocks.len()).filter(|&b| inside(self.tree.blocks[b].element) && belongs(self, b)).collect();
        drop_heads_of_links(self, &mut found);
        self.add_lead(&mut found);
        found
    }

    /// Every block of prose on the page; on a page without any and with little text at all, that text.
    fn all_prose(&self) -> Vec<usize> {
        let kept = |which: fn(&super::tree::Block) -> bool| {
            let fits = |b: &usize| self.is_kept(&self.tree.blocks[*b]) && which(&self.tree.blocks[*b]);
            (0..self.tree.blocks.len()).filter(fits).collect::<Vec<usize>>()
        };
        let prose = kept(is_prose);
        let little = self.chars.first().is_some_and(|&chars| chars < 2 * LITTLE);
        if prose.is_empty() && little { kept(|b| b.link_percent() < LINKED) } else { prose }
    }

    /// The innermost elements that are called the body and hold enough prose to be it.
    fn by_hint(&self) -> Vec<At> {
        let total = self.prose.first().copied().unwrap_or(0);
        let says = |at: At, what: Says| self.tree.elements[at].says == what && !self.dropped[at];
        let microdata =
            (0..self.prose.len()).filter(|&at| says(at, Says::Microdata)).max_by_key(|&at| (self.prose[at], std::cmp::Reverse(at)));
        if let Some(at) = microdata.filter(|&at| self.prose[at] >= LITTLE) {
            return vec![at];
        }
        let by_site = |at: &At| says(*at, Says::SiteBody) && !self.tree.up(*at).skip(1).any(|up| says(up, Says::SiteBody));
        let by_site: Vec<At> = (0..self.prose.len()).filter(by_site).collect();
        if by_site.iter().map(|&at| self.prose[at]).sum::<usize>() >= LITTLE {
            return by_site;
        }
        let named: Vec<At> = (0..self.prose.len()).filter(|&at| says(at, Says::Name(Named::Body))).collect();
        let Some(most) = named.iter().map(|&at| self.prose[at]).max().filter(|&most| most > 0) else { return Vec::new() };
        let Some(best) = named.iter().copied().rfind(|&at| self.prose[at] * 100 >= most * 85) else { return Vec::new() };
        // Some pages cut the body into parts that lie side by side.
        let parent = self.tree.elements[best].parent;
        let parts: Vec<At> = named.into_iter().filter(|&at| self.tree.elements[at].parent == parent && self.prose[at] > 0).collect();
        let together: usize = parts.iter().map(|&at| self.prose[at]).sum();
        if together * 100 >= total * ENOUGH_FOR_BODY { parts } else { Vec::new() }
    }

    /// The element with the best score: prose counts most for the element right around it.
    fn densest(&self) -> Option<At> {
        let mut score = vec![0f64; self.tree.elements.len()];
        for block in self.tree.blocks.iter().filter(|b| self.is_kept(b) && is_prose(b)) {
            let commas = block.text.chars().filter(|c| matches!(c, ',' | '،')).count();
            let worth = (1.0 + commas.min(10) as f64 + (block.chars as f64 / 100.0).min(4.0))
                * (100 - block.link_percent().min(100)) as f64
                / 100.0;
            let holder = if is_container(&self.tree.elements[block.element].tag) {
                Some(block.element)
            } else {
                self.tree.elements[block.element].parent
            };
            for (level, at) in holder.into_iter().flat_map(|h| self.tree.up(h)).take(6).enumerate() {
                score[at] += worth
                    / if level == 0 {
                        1.0
                    } else if level == 1 {
                        1.5
                    } else {
                        level as f64 * 2.5
                    };
            }
        }
        let final_score = |at: At| {
            let element = &self.tree.elements[at];
            let links = self.links[at] as f64 / self.chars[at].max(1) as f64;
            let hint = if element.says == Says::Name(Named::Body) { 1.4 } else { 1.0 }
                * if matches!(element.tag.as_str(), "article" | "main") { 1.2 } else { 1.0 };
            score[at] * (1.0 - links.min(1.0)) * hint
        };
        (0..score.len()).filter(|&at| score[at] > 0.0).max_by(|&a, &b| final_score(a).total_cmp(&final_score(b)).then(b.cmp(&a)))
    }

    /// The outermost element around this one that still holds prose and hardly any links.
    fn widened(&self, top: At) -> At {
        let is_text = |at: &At| *at != 0 && self.links[*at] * 100 < self.chars[*at] * 15 && self.prose[*at] * 100 >= self.chars[*at] * 60;
        self.tree.up(top).skip(1).take_while(is_text).last().unwrap_or(top)
    }

    /// The element, and those beside it and beside what holds it that hold as good prose.
    fn with_siblings(&self, top: At) -> Vec<At> {
        let mut chosen = vec![top];
        let mut child = top;
        for parent in self.tree.up(top).skip(1).take(3) {
            // Nothing is beside the page itself.
            if parent == 0 {
                break;
            }
            let alone = chosen.len();
            for at in parent + 1..self.tree.elements[parent].end {
                let beside = self.tree.elements[at].parent == Some(parent) && at != child && !self.dropped[at];
                if beside && self.is_good_text(at) {
                    chosen.push(at);
                }
            }
            // What stands among its like is taken whole, with its heading.
            if chosen.len() > alone && self.is_good_text(child) {
                chosen.push(child);
            }
            child = parent;
        }
        chosen
    }

    /// A lead stands between the headline and the body, outside the body's element.
    fn add_lead(&self, found: &mut Vec<usize>) {
        const NEAR: usize = 40;
        // The headline may have been found already.
        let is_body = |b: &&usize| {
            let block = &self.tree.blocks[**b];
            (self.data[block.element] || is_prose(block)) && !self.tree.headings.contains(&block.text)
        };
        let Some(&first) = found.iter().find(is_body).or(found.first()) else { return };
        let before = first.saturating_sub(NEAR)..first;
        let tag = |b: usize| self.tree.elements[self.tree.blocks[b].element].tag.as_str();
        let headline = before.clone().rev().find(|&b| tag(b) == "h1");
        let is_named = |at: At, named: Named| self.tree.elements[at].says == Says::Name(named);
        let leads: Vec<usize> = before
            .filter(|&b| {
                let block = &self.tree.blocks[b];
                let shape = block.shape;
                let named = |named: Named| self.tree.up(block.element).take(3).any(|at| is_named(at, named));
                let (below, near) = (headline.is_some_and(|h| h < b), b + CLOSE >= first);
                // Right under the headline, a lead may be a heading and lack its full stop.
                let under = headline.is_some_and(|h| h + 1 == b) && (matches!(tag(b), "h2" | "h3" | "h4") || named(Named::Lead));
                let sentence = shape.is_paragraph() || (shape.stopped || shape.called) && shape.words > 5 || under && shape.words > 7;
                let teased = named(Named::Teaser) && self.dropped_by(block.element) == Some(Named::Teaser);
                let beside = teased && headline.is_none() && self.stands_beside(b, first);
                let kept = self.is_kept(block) || teased && (below || beside);
                let placed = named(Named::Lead) && near || below || beside;
                kept && block.link_percent() < 20 && sentence && placed && !is_cross_reference(block)
            })
            .collect();
        found.extend(leads);
        found.sort_unstable();
        found.dedup();
    }
}

impl Survey<'_> {
    /// Does the first block's element lie right beside the one that holds the second block, with nothing between the two?
    fn stands_beside(&self, block: usize, body: usize) -> bool {
        let element = |b: usize| self.tree.blocks[b].element;
        let holder = self.tree.up(element(block)).take_while(|&at| self.dropped[at]).last();
        let parent = holder.and_then(|at| self.tree.elements[at].parent);
        let within = |b: usize| holder.is_some_and(|at| self.tree.is_within(element(b), at));
        let beside = parent.is_some_and(|parent| self.tree.up(element(body)).skip(1).take(3).any(|at| at == parent));
        beside && (block..body).all(within)
    }
}

/// A lead that stands under no headline stands so near to the body.
const CLOSE: usize = 20;

fn is_container(tag: &str) -> bool {
    matches!(tag, "div" | "article" | "section" | "main" | "td" | "body" | "center" | "form" | "li" | "html")
}
