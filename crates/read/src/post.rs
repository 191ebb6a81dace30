//! Posts: where the words of one begin and end in what was saved of its page.
//!
//! A network prints name, day and audience over a post, counts, buttons and what others answered under it. Where the page was
//! saved as plain text all of that may run into one line with the post itself, so it is found by what the network prints and
//! not by lines. The words between are left as they are.

use crate::cues::folded_words;
use crate::date_line::{DateLines, Told};
use marsad_knowledge::{Files, Furniture};
use marsad_table::{Table, TableError};

/// What networks print around a post, in all languages.
#[derive(Debug, Default)]
pub(crate) struct PostFrames {
    /// Who may read it: stands right before the post.
    audiences: Vec<String>,
    /// What stands right after the post.
    ends: Vec<String>,
    /// A line that stands right before each post where a page has many.
    starts: Vec<Vec<String>>,
}

/// The post in what was saved of its page.
#[derive(Debug, Default)]
pub(crate) struct Framed<'t> {
    pub(crate) text: &'t str,
    /// The post that it passes on, where its words run into those of who passed it on.
    pub(crate) passed_on: Option<&'t str>,
    /// The time that the network prints under it.
    pub(crate) under: Option<Told>,
    pub(crate) notes: Vec<&'static str>,
}

/// What stands over a post is no longer than this, in bytes: the page's title, a name, a day.
const LONGEST_HEAD: usize = 900;
/// A name that is shown before an account's has so many bytes at most.
const LONGEST_NAME: usize = 160;
/// Of a title that has the post's words, so many tell which of several posts it is.
const TELLING: usize = 8;
/// A preview that is repeated in full has so many words at least.
const LEAST_PREVIEW: usize = 4;

impl PostFrames {
    pub(crate) fn load(files: &Files) -> Result<Self, TableError> {
        let mut frames = Self::default();
        for (_, path, text) in files.of_languages("reading.tsv") {
            for row in Table::read(path, text, &["form", "kind"])?.rows() {
                let form = row.need("form")?;
                match row.need("kind")? {
                    "audience" => frames.audiences.push(form.to_owned()),
                    "post_end" => frames.ends.push(form.to_owned()),
                    "post_start" => frames.starts.push(folded_words(form)),
                    _ => {}
                }
            }
        }
        Ok(frames)
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
        if !on_network && !is_copied(content, dates) {
            return framed;
        }
        if let Some(one) = self.of_many(content, title, furniture) {
            framed.keep(one, "the posts around it");
        }
        let timed = dates.under_post(framed.text).is_some();
        if let Some(head) = self.head(framed.text, title, handle.filter(|_| timed)) {
            framed.keep(framed.text.get(head..).unwrap_or(""), "what the network prints over the post");
        }
        if let Some((end, told)) = self.end(framed.text, dates) {
            framed.keep(framed.text.get(..end).unwrap_or(""), "what the network prints under the post, and answers to it");
            framed.under = told;
        }
        if let Some((head, _)) = dates.head_of_post(framed.text) {
            let (own, other) = (framed.text.get(..head.start).unwrap_or(""), framed.text.get(head.end..).unwrap_or(""));
            framed.passed_on = Some(other.trim()).filter(|other| other.contains(char::is_alphanumeric));
            framed.keep(own, "what the network prints over a post that was passed on");
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
            (Some(at), Some((time, told))) => Some((at.min(time), Some(told))),
            (None, Some((time, told))) => Some((time, Some(told))),
            (Some(at), None) => Some((at, None)),
            (None, None) => None,
        }
    }

    /// Of a page that has many posts, each behind a line that says so, the one that the title quotes.
    fn of_many<'t>(&self, content: &'t str, title: Option<&str>, furniture: &Furniture) -> Option<&'t str> {
        let mut begun: Vec<usize> = Vec::new();
        let mut at = 0;
        for line in content.split_inclusive('\n') {
            at += line.len();
            if self.starts.contains(&folded_words(line)) {
                begun.push(at);
            }
        }
        let said = folded_words(title?);
        let told = |post: &str| {
            let words = folded_words(post);
            let first = words.get(..words.len().min(TELLING)).unwrap_or(&[]);
            !first.is_empty() && said.windows(first.len()).any(|w| w == first)
        };
        let ends = begun.iter().skip(1).copied().chain([content.len()]);
        let posts = begun.iter().zip(ends).filter_map(|(&from, to)| content.get(from..to));
        let mut posts = posts.map(|post| before_counts(post, furniture));
        posts.find(|post| told(post)).filter(|_| begun.len() > 1)
    }
}

impl<'t> Framed<'t> {
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

/// Shorter names may be any word's beginning.
const LEAST_NAME: usize = 3;
/// Was a text that came without its address copied from a network's page? Then the head of a post stands over it, or an account
/// before and a time behind it.
fn is_copied(text: &str, dates: &DateLines) -> bool {
    let headed = dates.head_of_post(text).is_some_and(|(head, _)| head.end <= LONGEST_HEAD);
    headed
        || dates.under_post(text).is_some_and(|(time, _)| text.get(..time).and_then(|t| t.find('@')).is_some_and(|at| at <= LONGEST_NAME))
}

/// Accounts have so many letters at most where they are glued to what follows.
const LONGEST_HANDLE: usize = 15;

/// What follows a beginning that was cut off with dots, where it says the same and goes on.
fn after_preview(text: &str) -> Option<&str> {
    let (at, dots) = ["...\n", "…\n"].iter().filter_map(|dots| text.find(dots).map(|at| (at, dots.len()))).min()?;
    let (preview, whole) = (folded_words(text.get(..at)?), text.get(at + dots..)?);
    let words = folded_words(whole);
    (preview.len() >= LEAST_PREVIEW && words.starts_with(&preview)).then(|| whole.trim_start())
}
