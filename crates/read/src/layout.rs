//! Layout: which lines of a text are the report, which its title and byline, and which belong to the page around it.
//!
//! In: lines, from a plain text or from the main part of a page. Out: the lines that are kept, in their order. Where
//! nothing tells, a line is kept: a lost sentence is worse than a button's label.

use crate::cues::{Cues, folded_words};
use crate::date;
use crate::date_line::{DateLines, DateOf, Told};
use crate::shape::{Shape, is_blank, units};
use marsad_knowledge::{Furniture, FurnitureAction};
use marsad_model::Published;
use marsad_text::{Script, script_of};
use std::ops::Range;

/// A text taken apart.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    /// The bound that a dated tag gives.
    pub(crate) tag: Option<Published>,
    /// The day that a line between headline and text gives.
    pub(crate) published: Option<Told>,
    /// The day of change that such a line gives.
    pub(crate) updated: Option<Told>,
    /// The day that a network prints over a post.
    pub(crate) over_post: Option<Told>,
    pub(crate) text: String,
    pub(crate) notes: Vec<String>,
}

/// What becomes of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fate {
    Kept,
    Title,
    /// Cut, and why.
    Cut(String),
}

struct Unit<'t> {
    lines: Range<usize>,
    text: String,
    shape: Shape,
    fate: Fate,
    first_line: &'t str,
}

/// Fewer words than this are a post or a single message, whatever its line breaks: nothing is taken from it.
const LEAST_WORDS: usize = 50;
/// A headline stands above at least so many words.
const LEAST_BODY: usize = 40;
/// Longer lines are paragraphs, whatever words are in them.
const LONGEST_FURNITURE: usize = 80;
/// The longest lines that can be a date and nothing else.
const LONGEST_DATE: usize = 16;
/// The line under a headline has at least so many words.
const LEAST_LEAD: usize = 8;
/// What stands in another script at an end of the text is a notice from so many letters on,
const LEAST_NOTICE: usize = 4;
/// and where it holds at most this share of all letters; where it holds more, it may be a translation.
const NOTICE_PERCENT: usize = 30;

/// Name, title and date stand in so many lines over a post.
const LINES_OVER_POST: usize = 8;

/// What laying out needs to know.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'k> {
    pub(crate) cues: &'k Cues,
    pub(crate) dates: &'k DateLines,
    pub(crate) furniture: &'k Furniture,
}

/// Takes a text apart. `title` is what the sender or the page says.
pub(crate) fn lay_out(content: &str, title: Option<&str>, known: Known) -> Layout {
    let lines: Vec<&str> = content.split('\n').map(|l| l.strip_suffix('\r').unwrap_or(l)).collect();
    let mut sheet = Sheet { units: read_units(&lines), notes: Vec::new() };
    let mut layout = Layout { title: title.map(str::to_owned), ..Layout::default() };
    let words: usize = sheet.units.iter().map(|u| u.shape.words).sum();
    if sheet.units.len() > 1 && (words >= LEAST_WORDS || title.is_some()) {
        layout.over_post = sheet.over_post(known.dates);
        (layout.published, layout.updated) = sheet.cut_dates(known.dates);
        sheet.cut_furniture(known.furniture);
        layout.tag = sheet.cut_tags();
        sheet.cut_notices();
        layout.byline = sheet.cut_byline(known.cues);
        match title {
            Some(title) => sheet.cut_title(title),
            None if words >= LEAST_WORDS => layout.title = sheet.find_title(),
            None => {}
        }
        sheet.cut_wordless();
    }
    if sheet.units.iter().all(|u| u.fate != Fate::Kept) {
        // Everything looked like furniture: then nothing is, and the text stands as it came.
        sheet.units.iter_mut().for_each(|u| u.fate = Fate::Kept);
        sheet.notes.push("text: every line looked like furniture, so all were kept".to_owned());
        layout.title = title.map(str::to_owned);
    }
    layout.text = sheet.text(content, &lines);
    layout.notes = sheet.notes();
    layout
}

fn read_units<'t>(lines: &[&'t str]) -> Vec<Unit<'t>> {
    units(lines)
        .into_iter()
        .map(|range| {
            let text = lines[range.clone()].join(" ");
            let shape = Shape::of(&text);
            Unit { first_line: lines[range.start], lines: range, text, shape, fate: Fate::Kept }
        })
        .collect()
}

struct Sheet<'t> {
    units: Vec<Unit<'t>>,
    notes: Vec<String>,
}

impl Sheet<'_> {
    fn kept(&self) -> Vec<usize> {
        (0..self.units.len()).filter(|&i| self.units[i].fate == Fate::Kept).collect()
    }

    /// The first and last unit that are body for certain.
    fn body(&self) -> Option<(usize, usize)> {
        let script = self.script();
        let is_body = |i: &usize| self.units[*i].shape.is_paragraph() && self.units[*i].shape.script == script;
        let kept = self.kept();
        Some((*kept.iter().find(|i| is_body(i))?, *kept.iter().rfind(|i| is_body(i))?))
    }

    /// The script of most of the kept letters.
    fn script(&self) -> Script {
        let letters = |script: Script| self.letters(|u| u.shape.script == script);
        [Script::Arabic, Script::Latin, Script::Other].into_iter().rev().max_by_key(|&s| letters(s)).unwrap_or(Script::Other)
    }

    fn letters(&self, which: impl Fn(&Unit) -> bool) -> usize {
        self.units.iter().filter(|u| u.fate == Fate::Kept && which(u)).map(|u| u.shape.letters).sum()
    }

    fn cut(&mut self, units: impl IntoIterator<Item = usize>, why: &str) {
        for i in units {
            if self.units[i].fate == Fate::Kept {
                self.units[i].fate = Fate::Cut(why.to_owned());
            }
        }
    }

    /// Words in the paragraphs of some units: what would be lost with them.
    fn weight(&self, units: Range<usize>) -> usize {
        self.units[units].iter().filter(|u| u.fate == Fate::Kept && u.shape.is_paragraph()).map(|u| u.shape.words).sum()
    }

    fn cut_furniture(&mut self, furniture: &Furniture) {
        for i in 0..self.units.len() {
            if self.units[i].fate != Fate::Kept {
                continue;
            }
            if self.units[i].shape.words > LONGEST_FURNITURE {
                continue;
            }
            let Some(rule) = furniture.of_line(&self.units[i].text) else { continue };
            let why = format!("`{}`", rule.form);
            let (before, after) = (self.weight(0..i), self.weight(i + 1..self.units.len()));
            self.cut([i], &why);
            match rule.action {
                // The next line is another report's headline, unless it is a paragraph of this one.
                FurnitureAction::DropNext => {
                    let next = (i + 1..self.units.len()).find(|&n| self.units[n].fate == Fate::Kept);
                    self.cut(next.filter(|&n| !self.units[n].shape.is_paragraph()), &why);
                }
                // A comment thread may be longer than the report, but the report comes first; a button that only
                // looks like the thread's head stands before most of it.
                FurnitureAction::CutAfter if before > 0 && (before * 2 >= after || before >= 2 * LEAST_WORDS) => {
                    self.cut(i + 1..self.units.len(), &why);
                }
                FurnitureAction::CutBefore if after > 2 * before => self.cut(0..i, &why),
                FurnitureAction::Drop | FurnitureAction::CutAfter | FurnitureAction::CutBefore => {}
            }
        }
    }

    fn cut_tags(&mut self) -> Option<Published> {
        let mut bound: Option<Published> = None;
        for i in self.kept() {
            if let Some(found) = date::in_tag(&self.units[i].text) {
                self.notes.push(format!("published: the tag `{}` gives a bound", self.units[i].text.trim()));
                self.cut([i], "a dated tag");
                bound = bound.filter(|b| b.start <= found.start).or(Some(found));
            }
        }
        bound
    }

    /// The date over a post stands in one of its first lines; further down stand those of comments.
    fn over_post(&self, dates: &DateLines) -> Option<Told> {
        self.units.iter().take(LINES_OVER_POST).find_map(|u| dates.over_post(&u.text))
    }

    /// Lines above or below the body that are a date and nothing else. Where several lines of the text are, they are
    /// the heads of a chronicle, unless they say what they are the date of.
    fn cut_dates(&mut self, dates: &DateLines) -> (Option<Told>, Option<Told>) {
        let Some((first, last)) = self.body() else { return (None, None) };
        let found: Vec<(usize, Told)> = self
            .kept()
            .into_iter()
            .filter(|&i| self.units[i].shape.words <= LONGEST_DATE)
            .filter_map(|i| dates.read(&self.units[i].text).map(|told| (i, told)))
            .collect();
        let unsaid = found.iter().filter(|(_, told)| told.of == DateOf::Unsaid).count();
        let (mut published, mut updated) = (None, None);
        for (at, told) in found {
            match told.of {
                DateOf::Unsaid if unsaid == 1 && at < first => published = published.or(Some(told)),
                DateOf::Publication if at < first || at > last => published = Some(told),
                DateOf::Change if at < first || at > last => updated = Some(told),
                _ => continue,
            }
            self.cut([at], "a date");
        }
        (published, updated)
    }

    /// Notices in another script than the text's, before or after its body.
    fn cut_notices(&mut self) {
        let Some((first, last)) = self.body() else { return };
        let script = self.script();
        // A formula or a name in other letters is no notice.
        let foreign = |u: &Unit| {
            u.shape.script != script && u.shape.letters >= LEAST_NOTICE && !u.text.split_whitespace().any(|w| script_of(w) == script)
        };
        let letters = self.letters(|u| u.shape.script == script);
        for ends in [0..first, last + 1..self.units.len()] {
            let units: Vec<usize> = ends.filter(|&i| foreign(&self.units[i]) && self.units[i].fate == Fate::Kept).collect();
            let share: usize = units.iter().map(|&i| self.units[i].shape.letters).sum();
            if share * 100 <= letters * NOTICE_PERCENT {
                self.cut(units, "in another script than the text");
            }
        }
    }

    fn cut_byline(&mut self, cues: &Cues) -> Option<String> {
        let (first, last) = self.body()?;
        let at = self.kept().into_iter().find(|&i| (i < first || i > last) && cues.byline(&self.units[i].text).is_some())?;
        let name = cues.byline(&self.units[at].text)?.to_owned();
        self.cut([at], "a byline");
        Some(name)
    }

    /// The title is known: its line goes, and what stands above it and is no paragraph.
    fn cut_title(&mut self, title: &str) {
        let key = folded_words(title);
        let same = |u: &Unit| {
            let words = folded_words(&u.text);
            // The page's title may carry the outlet's name after the headline.
            words == key || words.len() > 4 && key.starts_with(&words)
        };
        let body = self.body();
        let kept = self.kept();
        let Some(at) = kept.iter().copied().find(|&i| !key.is_empty() && same(&self.units[i])) else { return };
        // Of a post the title has the first words: where hardly any others are left, they are the text.
        let left: usize = kept.iter().filter(|&&i| i > at).map(|&i| self.units[i].shape.words).sum();
        if left < self.units[at].shape.words {
            return;
        }
        let (first, last) = body.unwrap_or((at, at));
        if at <= first {
            self.units[at].fate = Fate::Title;
            self.cut((0..at).filter(|&i| i < first), "above the title");
        } else if at > last {
            self.units[at].fate = Fate::Title;
        }
    }

    /// The headline above the body, or, in texts that were taken from a page in the wrong order, below it.
    fn find_title(&mut self) -> Option<String> {
        let (first, last) = self.body()?;
        let kept = self.kept();
        let head: Vec<usize> = kept.iter().copied().filter(|&i| i < first).collect();
        let at = match head.as_slice() {
            [] => self.title_below(last, &kept)?,
            head => self.title_above(head)?,
        };
        let title = self.units[at].text.trim().to_owned();
        let below = at > last;
        self.notes.push(format!("title: the headline that stands {} the text", if below { "below" } else { "above" }));
        self.units[at].fate = Fate::Title;
        if !below {
            self.cut(head.into_iter().take_while(|&i| i < at), "a label above the title");
        }
        Some(title)
    }

    fn title_above(&self, head: &[usize]) -> Option<usize> {
        let script = self.script();
        let fits = |i: usize| self.units[i].shape.is_headline() && self.units[i].shape.script == script;
        // What is no headline above it must be a label, else nothing here is sure.
        let at =
            head.iter().copied().find(|&i| !self.units[i].shape.is_label() && !self.units[i].shape.is_wordless()).filter(|&i| fits(i))?;
        let below: usize = self.kept().into_iter().filter(|&i| i > at).map(|i| self.units[i].shape.words).sum();
        let wrapped = self.units.iter().any(|u| u.lines.len() > 1);
        let one_line = self.units[at].lines.len() == 1 || !wrapped;
        // Under a headline stands a lead or a paragraph; in a list of sentences anything may follow.
        let next = self.kept().into_iter().find(|&i| i > at)?;
        let led = self.units[next].shape.is_paragraph() || self.units[next].shape.words >= LEAST_LEAD;
        (led && below >= LEAST_BODY && below > 2 * self.units[at].shape.words && one_line).then_some(at)
    }

    /// A headline below the text repeats the text's words; it is the only line there that is not furniture.
    fn title_below(&self, last: usize, kept: &[usize]) -> Option<usize> {
        let mut tail = kept.iter().copied().filter(|&i| i > last && !self.units[i].shape.is_wordless());
        let at = tail.next().filter(|&i| self.units[i].shape.is_headline())?;
        if tail.next().is_some() {
            return None;
        }
        // That the text comes from a page is shown by what was cut under it: share counts, comments.
        if !(at + 1..self.units.len()).any(|i| self.units[i].fate != Fate::Kept || self.units[i].shape.is_wordless()) {
            return None;
        }
        let body: Vec<String> = kept.iter().filter(|&&i| i <= last).flat_map(|&i| folded_words(&self.units[i].text)).collect();
        let words = folded_words(&self.units[at].text);
        let shared = words.iter().filter(|w| body.contains(w)).count();
        (shared * 2 >= words.len() && body.len() >= LEAST_WORDS).then_some(at)
    }

    /// Counts and rows of marks above and below the body. Inside it they may be part of a table.
    fn cut_wordless(&mut self) {
        let Some((first, last)) = self.body() else { return };
        // A year with which a text opens heads its first chapter.
        let heads = |i: usize| i == 0 && first == 1 && is_year(&self.units[i].text);
        let outside = |i: usize| (i < first || i > last) && !heads(i);
        let wordless: Vec<usize> = self.kept().into_iter().filter(|&i| outside(i) && self.units[i].shape.is_wordless()).collect();
        self.cut(wordless, "no letters");
    }

    /// The kept lines, a blank line between two where there was one; the whole text untouched where nothing was cut.
    fn text(&self, content: &str, lines: &[&str]) -> String {
        if self.units.iter().all(|u| u.fate == Fate::Kept) {
            return if content.contains('\r') { lines.join("\n") } else { content.to_owned() };
        }
        let mut text = String::with_capacity(content.len());
        let mut end: Option<usize> = None;
        for unit in self.units.iter().filter(|u| u.fate == Fate::Kept) {
            if let Some(end) = end {
                text.push('\n');
                if lines[end..unit.lines.start].iter().any(|l| is_blank(l)) {
                    text.push('\n');
                }
            }
            text.push_str(&lines[unit.lines.clone()].join("\n"));
            end = Some(unit.lines.end);
        }
        text
    }

    fn notes(self) -> Vec<String> {
        let mut notes = self.notes;
        for unit in self.units {
            if let Fate::Cut(why) = unit.fate {
                let start: String = unit.first_line.trim().chars().take(60).collect();
                notes.push(format!("cut: {start} ({why})"));
            }
        }
        notes
    }
}

/// Four digits that may be a year.
fn is_year(text: &str) -> bool {
    let text = text.trim();
    text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1000..=2100).contains(&year))
}
