//! Pages that are no report: walls (log in, consent, pay, prove that you are human), errors, shells of posts, menus.
//!
//! In: what would be read as the report. Out: what it is instead, and by which words. Knowledge lists what such pages
//! print. A text is a wall where hardly anything is left of it without those words; where a sentence of its own is left,
//! it is a report, however much of a frame stands around it.

use crate::cues::ARABIC;
use crate::front;
use crate::shape::words_in;
use marsad_knowledge::{Files, clitics};
use marsad_model::Source;
use marsad_table::{Table, TableError};
use marsad_text::{Lexicon, WordKind, Words, is_arabic_letter};
use rustc_hash::FxHashSet;

/// What stands at an address in place of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoReportKind {
    /// Who wants to read must log in.
    LogIn,
    /// Who wants to read must accept something.
    Consent,
    /// The page is gone, or the server failed.
    Error,
    /// Who wants to read must prove to be human, or run scripts.
    Challenge,
    /// Who wants to read must pay.
    Paywall,
    /// The frame of a post without the post.
    Shell,
    /// A menu and nothing else.
    Menu,
    /// Headlines of many reports.
    Front,
    /// Pictures and nothing said of them.
    Gallery,
}

impl NoReportKind {
    /// The kind's name in exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::LogIn => "log_in",
            Self::Consent => "consent",
            Self::Error => "error",
            Self::Challenge => "challenge",
            Self::Paywall => "paywall",
            Self::Shell => "shell",
            Self::Menu => "menu",
            Self::Front => "front",
            Self::Gallery => "gallery",
        }
    }

    fn told(self) -> &'static str {
        match self {
            Self::LogIn => "a log-in wall",
            Self::Consent => "a notice that asks for consent",
            Self::Error => "an error page",
            Self::Challenge => "a check for robots or scripts",
            Self::Paywall => "a paywall",
            Self::Shell => "the frame of a post without the post",
            Self::Menu => "a menu",
            Self::Front => "a list of headlines",
            Self::Gallery => "a gallery of pictures",
        }
    }
}

/// Why there is no report of a record that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoReport {
    /// What stands there instead.
    pub kind: NoReportKind,
    /// By what that is known.
    pub because: String,
    /// Where it was published.
    pub url: Option<String>,
    /// The title that was given or that the page has.
    pub title: Option<String>,
    /// The publisher, where knowledge lists it: what it published is to be captured by hand.
    pub publisher: Option<String>,
}

impl NoReport {
    pub(crate) fn of(found: (NoReportKind, String), url: Option<String>, title: Option<String>, source: &Source) -> Self {
        let publisher = source.id.is_some().then(|| source.name.clone()).flatten();
        Self { kind: found.0, because: found.1, url, title, publisher }
    }

    /// The reason in plain words.
    pub fn reason(&self) -> String {
        format!("{}, no report ({})", self.kind.told(), self.because)
    }
}

/// What a phrase belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phrase {
    /// Such a page, and no other.
    Of(NoReportKind),
    /// The frame around any page.
    Chrome,
}

/// The phrases of all languages.
#[derive(Debug)]
pub(crate) struct Walls(Lexicon<Phrase>);

/// Walls are short; what is longer is not looked at.
const LONGEST: usize = 8_000;
/// So many different words that are no wall's may be left of one: names, a slogan.
const LEFT: usize = 6;
/// Of a post's frame, where the shortest post is a few words, so many.
const LEFT_OF_SHELL: usize = 2;
/// A menu has at least so many words, and no other.
const LEAST_MENU: usize = 8;
/// A line is a wall's where so many percent of its words are.
const LINE_PERCENT: usize = 30;

impl Walls {
    pub(crate) fn load(files: &Files) -> Result<Self, TableError> {
        let mut phrases = Lexicon::new(clitics(files, ARABIC)?);
        for (_, path, text) in files.of_languages("walls.tsv") {
            for row in Table::read(path, text, &["form", "kind", "basis", "example"])?.rows() {
                let phrase = match row.need("kind")? {
                    "login" => Phrase::Of(NoReportKind::LogIn),
                    "consent" => Phrase::Of(NoReportKind::Consent),
                    "error" => Phrase::Of(NoReportKind::Error),
                    "challenge" => Phrase::Of(NoReportKind::Challenge),
                    "paywall" => Phrase::Of(NoReportKind::Paywall),
                    "shell" => Phrase::Of(NoReportKind::Shell),
                    "chrome" => Phrase::Chrome,
                    other => return Err(row.error(format!("`{other}` is no kind of wall"))),
                };
                row.need("basis")?;
                row.need("example")?;
                phrases.insert(row.need("form")?, phrase);
            }
        }
        Ok(Self(phrases))
    }

    /// What this text is if it is no report. `names` are the names of who posted it: they say nothing.
    pub(crate) fn of_text(&self, text: &str, whole: &str, title: Option<&str>, names: &[&str]) -> Option<(NoReportKind, String)> {
        if text.len() <= LONGEST
            && let Some(found) = self.of_words(text, names)
        {
            return Some(found);
        }
        front::of_text(text, whole, title)
    }

    fn of_words(&self, text: &str, names: &[&str]) -> Option<(NoReportKind, String)> {
        let mut tally = Tally::default();
        for line in text.lines() {
            self.count(&parted(line), &mut tally);
        }
        for name in names {
            for word in crate::cues::folded_words(name) {
                tally.left.remove(&word);
            }
        }
        let left = tally.left.len();
        if tally.words == 0 {
            return None;
        }
        let strongest = tally.found.iter().enumerate().filter(|(_, n)| **n > 0).max_by_key(|(at, n)| (**n, std::cmp::Reverse(*at)));
        let because = |what: &str| format!("{} of its {} words are {what}", tally.words - tally.left_words.min(tally.words), tally.words);
        match strongest {
            Some((at, _)) => {
                let kind = KINDS[at];
                let allowed = if kind == NoReportKind::Shell { LEFT_OF_SHELL } else { LEFT };
                let most = tally.left_words * 3 <= tally.words;
                (left <= allowed && most).then(|| (kind, because(&format!("such a page's, `{}` among them", tally.first[at]))))
            }
            None => (left == 0 && tally.words >= LEAST_MENU).then(|| (NoReportKind::Menu, because("a frame's"))),
        }
    }

    fn count(&self, line: &str, tally: &mut Tally) {
        let words = Words::of(line);
        let told: Vec<usize> = (0..words.len()).filter(|&i| matches!(words[i].kind, WordKind::Letters)).collect();
        let mut covered = vec![false; words.len()];
        let mut strong = 0;
        let mut at = 0;
        while at < words.len() {
            let Some(hit) = self.0.at(line, &words, at).into_iter().max_by_key(|hit| hit.last) else {
                at += 1;
                continue;
            };
            covered[at..=hit.last].fill(true);
            if let Some(Phrase::Of(kind)) = hit.values.first() {
                let place = KINDS.iter().position(|k| k == kind).unwrap_or(0);
                tally.found[place] += hit.last + 1 - at;
                if tally.first[place].is_empty() {
                    words.span(at, hit.last).of(line).clone_into(&mut tally.first[place]);
                }
                if *kind != NoReportKind::Shell {
                    strong += hit.last + 1 - at;
                }
            }
            at = hit.last + 1;
        }
        tally.words += told.len();
        let whole = strong * 100 >= told.len() * LINE_PERCENT && strong > 1;
        if whole {
            return;
        }
        for i in told.into_iter().filter(|&i| !covered[i]) {
            tally.left_words += 1;
            tally.left.insert(words.folded(i).to_owned());
        }
    }
}

/// The kinds that have phrases of their own, the one that says most first.
const KINDS: [NoReportKind; 6] =
    [NoReportKind::Error, NoReportKind::Challenge, NoReportKind::Paywall, NoReportKind::LogIn, NoReportKind::Consent, NoReportKind::Shell];

#[derive(Debug, Default)]
struct Tally {
    words: usize,
    /// Words of phrases of each kind, and the first such phrase.
    found: [usize; KINDS.len()],
    first: [String; KINDS.len()],
    left_words: usize,
    left: FxHashSet<String>,
}

/// The line with blanks where a page that lost them had a new label: a capital after a small letter, another script.
fn parted(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 16);
    let mut last: Option<char> = None;
    for c in line.chars() {
        if let Some(before) = last
            && before.is_alphabetic()
            && c.is_alphabetic()
            && (before.is_lowercase() && c.is_uppercase() || is_arabic_letter(before) != is_arabic_letter(c))
        {
            out.push(' ');
        }
        out.push(c);
        last = Some(c);
    }
    out
}

/// Pictures without words: a page with many of them and hardly a line.
pub(crate) fn gallery(pictures: usize, text: &str) -> Option<(NoReportKind, String)> {
    const LEAST: usize = 6;
    const MOST_WORDS: usize = 12;
    let told = words_in(text) > MOST_WORDS;
    (pictures >= LEAST && !told).then(|| (NoReportKind::Gallery, format!("{pictures} pictures and hardly a word")))
}
