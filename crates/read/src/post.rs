//! Posts: where the words of one begin and end in what was saved of its page.
//!
//! A network prints name, day and audience over a post, counts, buttons and what others answered under it. Where the page was
//! saved as plain text all of that may run into one line with the post itself, so it is found by what the network prints and
//! not by lines. The words between are left as they are.

use crate::cues::folded_words;
use crate::date_line::{DateLines, Told};
use crate::post_marks::{LONGEST_NAME, PostMarks, forms};
use marsad_knowledge::{Files, Furniture};
use marsad_table::TableError;

/// What networks print around a post, in all languages.
#[derive(Debug, Default)]
pub(crate) struct PostFrames {
    /// Who may read it: stands right before the post.
    audiences: Vec<String>,
    /// What stands right after the post.
    ends: Vec<String>,
    /// A line that stands right before each post where a page has many.
    starts: Vec<Vec<String>>,
    marks: PostMarks,
}

/// The post in what was saved of its page.
#[derive(Debug, Default)]
pub(crate) struct Framed<'t> {
    pub(crate) text: &'t str,
    /// The post that it passes on, where its words run into those of who passed it on.
    pub(crate) passed_on: Option<&'t str>,
    /// The time that the network prints under it.
    pub(crate) under: Option<Told>,
    /// The network's frame is there, and no word of the post in it: what there is instead.
    pub(crate) bare: Option<&'static str>,
    pub(crate) notes: Vec<&'static str>,
}

/// What stands over a post is no longer than this, in bytes: the page's title, a name, a day.
const LONGEST_HEAD: usize = 900;
/// Of a title that has the post's words, so many tell which of several posts it is.
const TELLING: usize = 8;
/// A preview that is repeated in full has so many words at least.
const LEAST_PREVIEW: usize = 4;

impl PostFrames {
    pub(crate) fn load(files: &Files) -> Result<Self, TableError> {
        let marks = PostMarks::load(files)?;
        let mut ends = forms(files, "end")?;
        ends.extend(forms(files, "bar")?);
        let starts = forms(files, "start")?.iter().map(|form| folded_words(form)).collect();
        Ok(Self { audiences: forms(files, "audience")?, ends, starts, marks })
    }

    /// The words of the post. `handle` is its account as the address has it; of several posts on a page the one is taken whose
    /// words the title has.
    pub(crate) fn post<'t>(
        &self,
        content: &'t str,
        title: Option<&str>,
        handle: Option<&str>,
        (dates, furniture): (&DateLines, &Furniture),
        on_network: bool,
    ) -> Framed<'t> {
        let mut framed = Framed { text: content, ..Framed::default() };
        if !on_network && !self.is_copied(content, dates) {
            return framed;
        }
        if let Some(one) = self.of_many(content, title, furniture) {
            framed.cut(one, "the posts around it");
        }
        let named = self.marks.behind_name(framed.text);
        if let Some(at) = named {
            framed.cut(framed.text.get(at..).unwrap_or(""), "what the network prints over the post");
        } else {
            let (at, _) = self.marks.behind_headings(framed.text);
            framed.text = framed.text.get(at..).unwrap_or("").trim_start();
        }
        let timed = dates.under_post(framed.text).is_some();
        let head = self.head(framed.text, title, handle.filter(|_| timed));
        let head = head.or_else(|| behind_glued_account(framed.text).filter(|_| !on_network));
        if let Some(head) = head {
            framed.cut(framed.text.get(head..).unwrap_or(""), "what the network prints over the post");
        }
        if let Some((end, told)) = self.end(framed.text, dates) {
            framed.cut(framed.text.get(..end).unwrap_or(""), "what the network prints under the post, and answers to it");
            framed.text = self.marks.without_tail(framed.text);
            framed.under = told;
        } else if named.is_some() && head.is_none() && self.marks.is_answers(framed.text) {
            framed.cut("", "answers to a post that is not there");
        }
        if let Some((head, _)) = dates.head_of_post(framed.text) {
            let (own, other) = (framed.text.get(..head.start).unwrap_or(""), framed.text.get(head.end..).unwrap_or(""));
            framed.passed_on = Some(other.trim()).filter(|other| other.contains(char::is_alphanumeric));
            framed.keep(self.marks.without_badge(own), "what the network prints over a post that was passed on");
        }
        if let Some(whole) = after_preview(framed.text) {
            framed.keep(whole, "the beginning of the post, which follows in full");
        }
        framed
    }

    /// Where the post begins: behind its audience, or behind its account.
    fn head(&self, text: &str, title: Option<&str>, handle: Option<&str>) -> Option<usize> {
        let audience = self.audiences.iter().filter_map(|a| text.find(a.as_str()).map(|at| at + a.len())).min();
        audience.filter(|&at| at <= LONGEST_HEAD).or_else(|| behind_account(text, title, handle))
    }

    /// Where the post ends, and the time that stands there.
    fn end(&self, text: &str, dates: &DateLines) -> Option<(usize, Option<Told>)> {
        let phrase = self.ends.iter().filter_map(|end| text.find(end.as_str())).min();
        match (phrase, dates.under_post(text)) {
            (Some(at), Some((time, told))) => Some((at.min(time.start), Some(told))),
            (None, Some((time, told))) => Some((time.start, Some(told))),
            (Some(at), None) => Some((at, None)),
            (None, None) => None,
        }
    }

    /// Of a page that has many posts, each behind a line that says so, the one that the title quotes; where it quotes none, the
    /// one whose reactions are counted as only those of a page's own post are.
    fn of_many<'t>(&self, content: &'t str, title: Option<&str>, furniture: &Furniture) -> Option<&'t str> {
        let begun = self.begun(content);
        let said = title.map(folded_words).unwrap_or_default();
        let told = |post: &str| {
            let words = folded_words(post);
            let first = words.get(..words.len().min(TELLING)).unwrap_or(&[]);
            !first.is_empty() && said.windows(first.len()).any(|w| w == first)
        };
        let ends = begun.iter().skip(1).copied().chain([content.len()]);
        let posts: Vec<&str> = begun.iter().zip(ends).filter_map(|(&from, to)| content.get(from..to)).collect();
        let words = |post: &&'t str| before_counts(post, furniture);
        if let Some(quoted) = posts.iter().map(words).find(|post| told(post)) {
            return Some(quoted).filter(|_| begun.len() > 1);
        }
        let mut own = posts.iter().filter(|post| {
            let behind = post.get(words(post).len()..).unwrap_or("").trim_start();
            behind.starts_with(char::is_numeric) && self.marks.goes_on_after_time(behind)
        });
        own.next().filter(|_| own.next().is_none()).map(words)
    }

    /// Behind each line that stands right before a post.
    fn begun(&self, content: &str) -> Vec<usize> {
        let mut at = 0;
        let behind = content.split_inclusive('\n').filter_map(|line| {
            at += line.len();
            self.starts.contains(&folded_words(line)).then_some(at)
        });
        behind.collect()
    }
}

impl<'t> Framed<'t> {
    /// Take the part, and if it has no words, say that there are none.
    fn cut(&mut self, part: &'t str, what: &'static str) {
        self.text = part.trim();
        self.notes.push(what);
        if !self.text.contains(char::is_alphanumeric) {
            self.bare = self.bare.or(Some("a network's frame, and no word of the post in it"));
        }
    }

    /// Take the part, unless nothing would be left.
    fn keep(&mut self, part: &'t str, what: &'static str) {
        if part.contains(char::is_alphanumeric) {
            self.text = part.trim();
            self.notes.push(what);
        }
    }
}

/// A post without the counts under it and what follows them.
fn before_counts<'t>(post: &'t str, furniture: &Furniture) -> &'t str {
    let mut end = 0;
    for line in post.split_inclusive('\n') {
        let counts = line.bytes().any(|b| b.is_ascii_digit()) && furniture.of_line(line).is_some_and(|rule| rule.form.contains('{'));
        if counts && end > 0 {
            break;
        }
        end += line.len();
    }
    post.get(..end).unwrap_or(post)
}

/// Behind the account's name, which is glued to the shown name before it and perhaps to the post after it.
fn behind_account(text: &str, title: Option<&str>, handle: Option<&str>) -> Option<usize> {
    let at = text.find('@').filter(|&at| at <= LONGEST_HEAD)?;
    let line = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let shown = text.get(line..at)?.trim();
    let rest = text.get(at + 1..)?;
    let run = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    let named = rest.get(..run)?;
    if let Some(handle) = handle
        && named.get(..handle.len()).is_some_and(|start| start.eq_ignore_ascii_case(handle))
        && shown.len() <= LONGEST_NAME
    {
        return Some(at + 1 + handle.len());
    }
    // An account that goes by another name now: what is shown before it is the name in the title.
    let (name, quoted) = title?.split_once(['"', '“'])?;
    // A label may be glued to the name's front.
    let known =
        shown.char_indices().any(|(at, _)| shown.get(at..).is_some_and(|s| s.len() >= LEAST_NAME && name.trim_start().starts_with(s)));
    if !known || run > LONGEST_HANDLE {
        return None;
    }
    let first = quoted.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    let glued = if first.is_empty() { 0 } else { named.strip_suffix(first).map_or(0, |_| first.len()) };
    Some(at + 1 + run - glued)
}

/// Behind an account whose address is not known: it is glued to the name before it and to the post behind it. Where small
/// letters turn to a capital the post begins, unless other letters or a mark end the account.
fn behind_glued_account(text: &str) -> Option<usize> {
    let at = text.find('@').filter(|&at| at <= LONGEST_NAME)?;
    let shown = text.get(..at)?;
    let rest = text.get(at + 1..)?;
    let run = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    if run == 0 || shown.contains('\n') || !shown.ends_with(|c: char| !c.is_whitespace()) {
        return None;
    }
    let ended = rest.get(run..)?.starts_with(|c: char| c == '\n' || c == '#' || !c.is_ascii() && !c.is_whitespace());
    if ended && run <= LONGEST_HANDLE {
        return Some(at + 1 + run);
    }
    let letters = rest.as_bytes();
    let turns = |&i: &usize| letters[i].is_ascii_uppercase() && (letters[i - 1].is_ascii_lowercase() || letters[i - 1].is_ascii_digit());
    (1..run.min(LONGEST_HANDLE + 1)).rfind(turns).map(|i| at + 1 + i)
}

impl PostFrames {
    /// Was a text that came without its address copied from a network's page? Then it has what only such a page prints: the head
    /// of a post, the line that names it, a bar of buttons, an account before and a time behind it, a count behind the time, or
    /// many posts.
    fn is_copied(&self, text: &str, dates: &DateLines) -> bool {
        let headed = || dates.head_of_post(text).is_some_and(|(head, _)| head.end <= LONGEST_HEAD);
        if self.marks.bar(text).is_some() || self.marks.behind_name(text).is_some() || headed() {
            return true;
        }
        let (at, headings) = self.marks.behind_headings(text);
        let account = || text.get(at..).and_then(|t| t.find('@')).is_some_and(|at| at <= LONGEST_NAME);
        match dates.under_post(text) {
            Some((time, _)) => {
                let counted = text.get(time.end..).is_some_and(|rest| self.marks.goes_on_after_time(rest));
                counted || headings > 0 || text.get(..time.start).and_then(|t| t.find('@')).is_some_and(|at| at <= LONGEST_NAME)
            }
            None => headings > 1 && account() || self.begun(text).len() > 1,
        }
    }
}

/// Shorter names may be any word's beginning.
const LEAST_NAME: usize = 3;
/// Accounts have so many letters at most where they are glued to what follows.
const LONGEST_HANDLE: usize = 15;

/// What follows a beginning that was cut off with dots, where it says the same and goes on.
fn after_preview(text: &str) -> Option<&str> {
    let (at, dots) = ["...\n", "…\n"].iter().filter_map(|dots| text.find(dots).map(|at| (at, dots.len()))).min()?;
    let (preview, whole) = (folded_words(text.get(..at)?), text.get(at + dots..)?);
    let words = folded_words(whole);
    (preview.len() >= LEAST_PREVIEW && words.starts_with(&preview)).then(|| whole.trim_start())
}
