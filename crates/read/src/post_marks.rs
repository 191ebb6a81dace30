//! What only a network prints around a post: the line that names it, bars of buttons, counts, the age of answers. In what was
//! saved of a page these stand glued to the post's words, so they are looked for letter by letter.

use crate::cues::folded_words;
use marsad_knowledge::Files;
use marsad_table::{Table, TableError};

/// In all languages that people set their networks to.
const POSTS: &str = "world/posts.tsv";
/// Stands for the account's name in a form.
const NAME: &str = "{name}";
/// Stands for a number.
const NUMBER: &str = "{number}";
/// The line that names a post, and its headings, are among so many lines.
const LINES: usize = 12;
/// A name that is shown has so many bytes at most.
pub(crate) const LONGEST_NAME: usize = 160;

/// The forms of one kind.
pub(crate) fn forms(files: &Files, kind: &str) -> Result<Vec<String>, TableError> {
    let text = files.get(POSTS);
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let table = Table::read(POSTS, text, &["language", "form", "kind", "basis", "example"])?;
    let mut found = Vec::new();
    for row in table.rows() {
        let of = row.need("kind")?;
        if !KINDS.contains(&of) {
            return Err(row.error(format!("`{of}` is none of {}", KINDS.join(", "))));
        }
        row.need("basis")?;
        row.need("example")?;
        if of == kind {
            found.push(row.need("form")?.to_owned());
        }
    }
    Ok(found)
}

const KINDS: [&str; 11] = ["audience", "over", "heading", "badge", "start", "end", "bar", "after_time", "count", "more", "age"];

/// The marks of all languages.
#[derive(Debug, Default)]
pub(crate) struct PostMarks {
    /// Around the account's name, in the line that names the post.
    over: Vec<(String, String)>,
    headings: Vec<Vec<String>>,
    bars: Vec<String>,
    badges: Vec<String>,
    after_time: Vec<String>,
    /// Before and behind the number.
    counts: Vec<(String, String)>,
    more: Vec<String>,
    ages: Vec<String>,
}

impl PostMarks {
    pub(crate) fn load(files: &Files) -> Result<Self, TableError> {
        let around = |kind: &str, slot: &str| -> Result<Vec<(String, String)>, TableError> {
            let parted = |form: String| form.split_once(slot).map(|(before, behind)| (before.to_owned(), behind.to_owned()));
            Ok(forms(files, kind)?.into_iter().filter_map(parted).collect())
        };
        Ok(Self {
            over: around("over", NAME)?,
            headings: forms(files, "heading")?.iter().map(|form| folded_words(form)).collect(),
            bars: forms(files, "bar")?,
            badges: forms(files, "badge")?,
            after_time: forms(files, "after_time")?,
            counts: around("count", NUMBER)?,
            more: forms(files, "more")?,
            ages: forms(files, "age")?,
        })
    }

    /// Behind the line that names the post: what stands above it is the page's own title.
    pub(crate) fn behind_name(&self, text: &str) -> Option<usize> {
        let names = |line: &str| {
            let line = line.trim();
            let length = |(before, behind): &(String, String)| line.len().checked_sub(before.len() + behind.len());
            self.over.iter().any(|form| {
                length(form).is_some_and(|n| n > 0 && n <= LONGEST_NAME) && line.starts_with(&form.0) && line.ends_with(&form.1)
            })
        };
        let mut at = 0;
        text.split_inclusive('\n').take(LINES).find_map(|line| {
            at += line.len();
            names(line).then_some(at)
        })
    }

    /// Behind the headings of the page, and how many there are.
    pub(crate) fn behind_headings(&self, text: &str) -> (usize, usize) {
        let (mut at, mut end, mut found) = (0, 0, 0);
        for line in text.split_inclusive('\n').take(LINES) {
            at += line.len();
            if line.trim().is_empty() {
                continue;
            }
            if !self.headings.contains(&folded_words(line)) {
                break;
            }
            (end, found) = (at, found + 1);
        }
        (end, found)
    }

    /// Where a bar of buttons or the sum of reactions begins.
    pub(crate) fn bar(&self, text: &str) -> Option<usize> {
        let counted = |bar: &String, at: usize| {
            !bar.ends_with(':') || text.get(at + bar.len()..).is_some_and(|rest| rest.trim_start().starts_with(char::is_numeric))
        };
        self.bars.iter().filter_map(|bar| text.match_indices(bar.as_str()).map(|(at, _)| at).find(|&at| counted(bar, at))).min()
    }

    /// Does it go on as a network goes on behind the time under a post?
    pub(crate) fn goes_on_after_time(&self, rest: &str) -> bool {
        let number = |c: char| c.is_numeric() || c.is_whitespace() || matches!(c, '.' | ',');
        let (rest, short) = (rest.trim_start_matches(number), |c: char| matches!(c, 'K' | 'M'));
        let thousands = rest.trim_start_matches(short).trim_start();
        self.after_time.iter().any(|form| rest.starts_with(form.as_str()) || thousands.starts_with(form.as_str()))
    }

    /// The post without the numbers of answers, the length of a film and the button for the rest that are glued to its end.
    pub(crate) fn without_tail<'t>(&self, post: &'t str) -> &'t str {
        let mut post = post.trim_end();
        while let Some(shorter) = self.without_count(post) {
            post = shorter;
        }
        let more = self.more.iter().find(|form| post.ends_with(form.as_str()));
        more.map_or(post, |form| post.get(..post.len() - form.len()).unwrap_or(post))
    }

    fn without_count<'t>(&self, post: &'t str) -> Option<&'t str> {
        self.counts.iter().find_map(|(before, behind)| {
            let counted = post.strip_suffix(behind.as_str())?;
            let rest = counted.trim_end_matches(|c: char| c.is_numeric() || matches!(c, '.' | ',' | ':' | 'K' | 'M'));
            // A full stop before it is the post's.
            let number = counted.get(rest.len()..)?.trim_start_matches(|c: char| !c.is_numeric());
            let rest = counted.get(..counted.len() - number.len())?;
            // A number that stands by itself may be the last word of the post.
            let glued = !rest.ends_with(char::is_whitespace) || rest.ends_with('\n');
            let rest = rest.strip_suffix(before.as_str())?;
            (!number.is_empty() && glued && rest.contains(char::is_alphabetic)).then(|| rest.trim_end())
        })
    }

    /// The words without what is said of the account behind its name.
    pub(crate) fn without_badge<'t>(&self, text: &'t str) -> &'t str {
        let text = text.trim_end();
        let cut = self.badges.iter().find_map(|badge| text.strip_suffix(badge.as_str()));
        cut.map_or(text, str::trim_end)
    }

    /// Is it answers alone? Each ends with its age, which is glued to the name of who answers next.
    pub(crate) fn is_answers(&self, text: &str) -> bool {
        self.ages.iter().any(|unit| {
            text.match_indices(unit.as_str()).any(|(at, _)| {
                let figures = text.get(..at).unwrap_or("").trim_end_matches(|c: char| c.is_ascii_digit());
                let number = at - figures.len();
                let next = text.get(at + unit.len()..).and_then(|rest| rest.chars().next());
                let ends = next.is_none_or(|c| c == '\n' || c.is_alphanumeric() && !c.is_ascii_lowercase());
                (1..=2).contains(&number) && ends
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_stands_in_its_example() {
        let files = Files::embedded();
        let marks = PostMarks::load(&files).unwrap();
        for row in Table::read(POSTS, files.get(POSTS), &[]).unwrap().rows() {
            let (form, example) = (row.get("form"), row.get("example"));
            let found = match row.get("kind") {
                "over" => marks.behind_name(example) == Some(example.len()),
                "heading" => marks.behind_headings(example) == (example.len(), 1),
                "bar" => marks.bar(example).is_some(),
                "badge" => marks.without_badge(example).len() < example.len(),
                "more" | "count" => marks.without_tail(example).len() < example.len(),
                "after_time" => example.split_once("2031").is_some_and(|(_, rest)| marks.goes_on_after_time(rest)),
                "age" => marks.is_answers(example),
                _ => example.contains(form),
            };
            assert!(found, "{POSTS}:{}", row.line());
        }
    }

    #[test]
    fn what_is_glued_to_the_end_of_a_post() {
        let marks = PostMarks::load(&Files::embedded()).unwrap();
        for (post, expected) in [
            ("Snow on the hill#snow3 comments", "Snow on the hill#snow"),
            ("Snow on the hill0:35271 views", "Snow on the hill"),
            ("Snow on the hill12 comments4 shares", "Snow on the hill"),
            ("Snow on the hill... See more", "Snow on the hill"),
            ("The mayor answered 40 comments", "The mayor answered 40 comments"),
            ("ثلج على التل١٢ تعليقا", "ثلج على التل"),
            ("Snow on the hill.3.2K comments", "Snow on the hill."),
            ("3 comments", "3 comments"),
        ] {
            assert_eq!(marks.without_tail(post), expected, "{post}");
        }
    }

    #[test]
    fn answers_and_what_only_looks_like_them() {
        let marks = PostMarks::load(&Files::embedded()).unwrap();
        for (text, expected) in [
            ("God bless you1yOmar Salehوين الطريق21wLina Haddad", true),
            ("الله يحميكم 1y", true),
            ("A belt of 5m was cleared, and 3d prints were shown", false),
            ("In 2031y nothing", false),
            ("40mm of rain", false),
        ] {
            assert_eq!(marks.is_answers(text), expected, "{text}");
        }
    }
}
