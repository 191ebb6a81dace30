//! A page with its elements weighed: how much prose, text and links each holds, and which are no part of a report.

use super::article::{LINKED, LITTLE, SHORT};
use super::hints::Named;
use super::tree::{At, Block, Says, Tree};

/// An element with this share of the page's prose is the report, whatever its class is called.
const TOO_MUCH_TO_DROP: usize = 45;
/// An element with this share of the page's prose is the page itself.
const NEARLY_ALL: usize = 90;
/// What is only doubted is kept for so many characters of prose, where hardly any are links.
const ENOUGH_AGAINST_DOUBT: usize = 200;
/// A table is one of data if so many of its rows have more than one cell.
const LEAST_ROWS: usize = 2;
/// Longer cells are what a page is laid out in.
const LONGEST_CELL: usize = 200;

/// The page with its elements weighed.
pub(super) struct Survey<'t> {
    pub(super) tree: &'t Tree,
    pub(super) dropped: Vec<bool>,
    /// Characters of prose in each element.
    pub(super) prose: Vec<usize>,
    /// Characters of all text in each element, and of links.
    pub(super) chars: Vec<usize>,
    pub(super) links: Vec<usize>,
    /// Characters of items of lists, other than prose, that no link is in.
    listed: Vec<usize>,
    /// Is the element a table of data, or in one?
    pub(super) data: Vec<bool>,
}

pub(super) fn is_prose(block: &Block) -> bool {
    if block.link_percent() >= LINKED {
        return false;
    }
    let shape = block.shape;
    block.chars >= 80 || shape.is_paragraph() || block.chars >= SHORT && (shape.stopped || shape.called)
}

impl<'t> Survey<'t> {
    pub(super) fn of(tree: &'t Tree, hints: bool) -> Self {
        let count = tree.elements.len();
        let zeros = || vec![0; count];
        let mut survey =
            Self { tree, dropped: vec![false; count], prose: zeros(), chars: zeros(), links: zeros(), listed: zeros(), data: tables(tree) };
        survey.weigh();
        let total = survey.prose.first().copied().unwrap_or(0);
        let quotes = holding(tree, |at| tree.elements[at].tag == "blockquote");
        let set = holding(tree, |at| matches!(tree.elements[at].tag.as_str(), "table" | "blockquote" | "pre"));
        let bodies = bodies(tree, &survey);
        for at in 0..count {
            let element = &tree.elements[at];
            let share = |percent: usize| survey.prose[at] * 100 > total * percent;
            // Next to what is called the body, nothing else is taken for it against its own name.
            let rescued = || share(TOO_MUCH_TO_DROP) && bodies.iter().all(|&body| tree.is_within(body, at) || tree.is_within(at, body));
            let unwanted = match element.says {
                // In a table of data a row is called after what it tells of.
                Says::Name(named) if survey.data[at] && is_of_table(&element.tag) && !matches!(named, Named::Never | Named::Comments) => {
                    false
                }
                // Some outlets hide what is for subscribers in the page that they send to everybody.
                Says::Hidden => !(share(TOO_MUCH_TO_DROP) && survey.is_good_prose(at)),
                Says::UnwantedTag if element.tag == "figure" => !set[at] && !share(TOO_MUCH_TO_DROP),
                Says::UnwantedTag => !rescued(),
                Says::Name(Named::Unwanted | Named::About | Named::Teaser) => hints && element.tag != "blockquote" && !rescued(),
                Says::Name(Named::Doubtful) => hints && !share(TOO_MUCH_TO_DROP) && !survey.speaks_for_itself(at),
                Says::Name(Named::Embed) => hints && !quotes[at] && !share(TOO_MUCH_TO_DROP),
                Says::Name(Named::Never) => hints && !survey.is_page(at),
                Says::Name(Named::Comments) => !survey.is_page(at),
                Says::Comment | Says::SiteDrop => true,
                _ => false,
            };
            survey.dropped[at] = element.parent.is_some_and(|p| survey.dropped[p]) || unwanted;
        }
        survey.weigh();
        survey
    }

    /// Is it the page's outermost element? Even a name of what is no report may stand there, to say that a notice was seen.
    fn is_page(&self, at: At) -> bool {
        let (total, prose) = (self.prose.first().copied().unwrap_or(0), self.prose[at]);
        let has_headline = || self.tree.elements[at..self.tree.elements[at].end].iter().any(|e| e.tag == "h1");
        prose * 100 > total * NEARLY_ALL && (total - prose < LITTLE || has_headline())
    }

    /// Is it prose that nothing but the name of its element speaks against?
    fn speaks_for_itself(&self, at: At) -> bool {
        self.prose[at] >= ENOUGH_AGAINST_DOUBT && self.links[at] * 100 < self.chars[at] * 10
    }

    /// Count characters, from the inside out; what is dropped counts nothing.
    fn weigh(&mut self) {
        for list in [&mut self.prose, &mut self.chars, &mut self.links, &mut self.listed] {
            list.fill(0);
        }
        for block in self.tree.blocks.iter().filter(|b| !self.dropped[b.element]) {
            let chars = block.chars;
            self.chars[block.element] += chars;
            self.links[block.element] += block.linked;
            if is_prose(block) {
                self.prose[block.element] += chars - block.linked.min(chars);
            } else if block.linked == 0 && matches!(self.tree.elements[block.element].tag.as_str(), "li" | "dt" | "dd") {
                self.listed[block.element] += chars;
            }
        }
        // A child is always listed after its parent.
        for at in (1..self.tree.elements.len()).rev() {
            if let Some(parent) = self.tree.elements[at].parent {
                self.prose[parent] += self.prose[at];
                self.chars[parent] += self.chars[at];
                self.links[parent] += self.links[at];
                self.listed[parent] += self.listed[at];
            }
        }
    }

    pub(super) fn is_kept(&self, block: &Block) -> bool {
        !self.dropped[block.element]
    }

    /// Is it part of what readers say?
    pub(super) fn is_comment(&self, element: At) -> bool {
        let says = |at: At| matches!(self.tree.elements[at].says, Says::Comment | Says::Name(Named::Comments));
        self.dropped[element] && self.tree.up(element).any(says)
    }

    /// The name for which the element is dropped: that of the outermost dropped one around it.
    pub(super) fn dropped_by(&self, element: At) -> Option<Named> {
        let outermost = self.tree.up(element).take_while(|&at| self.dropped[at]).last()?;
        match self.tree.elements[outermost].says {
            Says::Name(named) => Some(named),
            _ => None,
        }
    }

    /// Is it prose, or prose with lists that lead nowhere?
    pub(super) fn is_good_text(&self, at: At) -> bool {
        let few_links = self.links[at] * 100 < self.chars[at] * 20;
        few_links && self.prose[at] >= 80 && (self.prose[at] + self.listed[at]) * 100 >= self.chars[at] * 70
    }

    pub(super) fn is_good_prose(&self, at: At) -> bool {
        let few_links = self.links[at] * 100 < self.chars[at] * 20;
        few_links && self.prose[at] >= 80 && self.prose[at] * 100 >= self.chars[at] * 70
    }
}

fn is_of_table(tag: &str) -> bool {
    matches!(tag, "tbody" | "thead" | "tfoot" | "tr" | "td" | "th")
}

/// Elements that are called the report's body and hold text enough for one, prose or not, in nothing that is called otherwise.
fn bodies(tree: &Tree, survey: &Survey) -> Vec<At> {
    let is_other = |at: At| match tree.elements[at].says {
        Says::Name(named) => !matches!(named, Named::Nothing | Named::Body | Named::Lead),
        says => !matches!(says, Says::Microdata | Says::SiteBody),
    };
    let is_body = |at: At| matches!(tree.elements[at].says, Says::Microdata | Says::SiteBody | Says::Name(Named::Body));
    let is_filled = |at: At| survey.chars[at].saturating_sub(survey.links[at]) >= LITTLE;
    (0..tree.elements.len()).filter(|&at| is_body(at) && is_filled(at) && !tree.up(at).any(is_other)).collect()
}

/// For each element, does it hold one of these?
fn holding(tree: &Tree, which: impl Fn(At) -> bool) -> Vec<bool> {
    let mut holds: Vec<bool> = (0..tree.elements.len()).map(which).collect();
    for at in (1..holds.len()).rev() {
        if let Some(parent) = tree.elements[at].parent.filter(|_| holds[at]) {
            holds[parent] = true;
        }
    }
    holds
}

/// Tables of data and what is in them: rows of several short cells, and no other table inside.
fn tables(tree: &Tree) -> Vec<bool> {
    let mut data = vec![false; tree.elements.len()];
    let is_cell = |at: At| matches!(tree.elements[at].tag.as_str(), "td" | "th");
    for table in (0..data.len()).filter(|&at| tree.elements[at].tag == "table") {
        let inside = table + 1..tree.elements[table].end;
        if inside.clone().any(|at| tree.elements[at].tag == "table") {
            continue;
        }
        let cells = |row: At| (row + 1..tree.elements[row].end).filter(|&at| is_cell(at)).count();
        let rows = inside.clone().filter(|&at| tree.elements[at].tag == "tr" && cells(at) > 1).count();
        if rows >= LEAST_ROWS {
            data[table..inside.end].fill(true);
        }
    }
    let long = tree.blocks.iter().filter(|b| b.chars > LONGEST_CELL && data[b.element]);
    let laid_out: Vec<At> = long.filter_map(|b| tree.up(b.element).find(|&at| tree.elements[at].tag == "table")).collect();
    for table in laid_out {
        data[table..tree.elements[table].end].fill(false);
    }
    data
}
