//! Words of a report that a decision rests on, and how they are found again.

use marsad_model::{Claim, ReportId, Span};
use serde::{Deserialize, Serialize};

/// How many code points before and after the words are kept.
const CONTEXT: usize = 32;

/// One part in so many of what stood around the words must stand around them still.
const LEAST: usize = 4;

/// What of a claim was ruled on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the contract's own words
pub enum Part {
    /// The claim itself: that the report says so.
    Claim,
    Type,
    Level,
    Status,
    Modality,
    Polarity,
    Actors,
    Places,
    Time,
    Casualties,
    Means,
    Intent,
    /// A person whom it names as harmed.
    Victim,
}

/// Words of a report: a text quote selector of the W3C's Web Annotation model, with the report and what of the claim that
/// they tell was ruled on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Anchor {
    /// The report.
    pub report: ReportId,
    /// What was ruled on.
    pub attribute: Part,
    /// The words: for a claim those that speak of its happening.
    pub exact: String,
    /// What stood before them.
    pub prefix: String,
    /// What stood after them.
    pub suffix: String,
    /// Where they stood, in code points: of equals, the nearest is meant.
    pub start: u32,
}

impl Anchor {
    /// The anchor of a stretch of a report's text; `None` where the span does not fit it.
    pub fn of(report: &ReportId, text: &str, span: Span, attribute: Part) -> Option<Self> {
        let (before, exact, after) =
            (text.get(..span.start as usize)?, text.get(span.start as usize..span.end as usize)?, text.get(span.end as usize..)?);
        let mut prefix: Vec<char> = before.chars().rev().take(CONTEXT).collect();
        prefix.reverse();
        Some(Self {
            report: report.clone(),
            attribute,
            exact: exact.to_owned(),
            prefix: prefix.into_iter().collect(),
            suffix: after.chars().take(CONTEXT).collect(),
            start: before.chars().count() as u32,
        })
    }

    /// The anchor of a claim, on the words that speak of its happening.
    pub fn of_claim(claim: &Claim<Span>, text: &str, attribute: Part) -> Option<Self> {
        Self::of(&claim.report, text, claim.trigger, attribute)
    }

    /// Where the words stand in this text. Blanks and line ends count alike. Of several places that at which most of what
    /// stood around them stands too, then the nearest to where they stood; `None` where not even a quarter of it does:
    /// then the same words speak of something else.
    pub fn find(&self, text: &str) -> Option<Span> {
        let text_points = Squeezed::of(text);
        let [exact, prefix, suffix] = [&self.exact, &self.prefix, &self.suffix].map(|words| Squeezed::of(words).points);
        let words = trimmed(&exact);
        if words.is_empty() {
            return None;
        }
        let (prefix, suffix) = (trimmed(&prefix), trimmed(&suffix));
        let all = &text_points.points;
        let near = |at: usize| text_points.starts.get(at).map_or(usize::MAX, |start| start.abs_diff(self.start as usize));
        let best = (0..=all.len().checked_sub(words.len())?)
            .filter(|&at| all.get(at..at + words.len()) == Some(words))
            .map(|at| (at, agreeing(all, at, at + words.len(), prefix, suffix)))
            .max_by_key(|&(at, agrees)| (agrees, std::cmp::Reverse(near(at))));
        let (at, _) = best.filter(|(_, agrees)| agrees * LEAST >= prefix.len() + suffix.len())?;
        Some(text_points.span(at, at + words.len()))
    }

    /// The claim that these words speak of, among those of the report as it is read now: the one whose trigger stands on
    /// them; else the one whose trigger shares most with them; else the only one that has them in its evidence.
    pub fn claim<'c>(&self, text: &str, claims: &'c [Claim<Span>]) -> Option<&'c Claim<Span>> {
        let span = self.find(text)?;
        if let Some(same) = claims.iter().find(|c| c.trigger == span) {
            return Some(same);
        }
        let shared = |c: &Claim<Span>| c.trigger.end.min(span.end).saturating_sub(c.trigger.start.max(span.start));
        let touching = claims.iter().filter(|c| shared(c) > 0);
        if let Some(most) = touching.max_by(|a, b| shared(a).cmp(&shared(b)).then(b.id.cmp(&a.id))) {
            return Some(most);
        }
        let tells = |c: &&Claim<Span>| std::iter::once(&c.evidence).chain(&c.more_evidence).any(|e| e.contains(span));
        let mut telling = claims.iter().filter(tells);
        telling.next().filter(|_| telling.next().is_none())
    }
}

/// How many code points around the words agree, counted from the words outwards.
fn agreeing(all: &[char], from: usize, to: usize, prefix: &[char], suffix: &[char]) -> usize {
    // Blanks at the words' own ends were trimmed off; they stand between words and context.
    let (before, after) = all.split_at(from.min(all.len()));
    let after = after.get(to - from..).unwrap_or(&[]);
    let before = before.strip_suffix(&[' ']).unwrap_or(before);
    let after = after.strip_prefix(&[' ']).unwrap_or(after);
    let same = |a: &mut dyn Iterator<Item = &char>, b: &mut dyn Iterator<Item = &char>| a.zip(b).take_while(|(x, y)| x == y).count();
    same(&mut before.iter().rev(), &mut prefix.iter().rev()) + same(&mut after.iter(), &mut suffix.iter())
}

fn trimmed(points: &[char]) -> &[char] {
    let points = points.strip_prefix(&[' ']).unwrap_or(points);
    points.strip_suffix(&[' ']).unwrap_or(points)
}

/// A text with each run of blanks as one, and where its code points stand in the text.
struct Squeezed {
    points: Vec<char>,
    /// The code point of the text at which each starts.
    starts: Vec<usize>,
    /// The byte at which each starts, and the text's end.
    bytes: Vec<usize>,
    ends: Vec<usize>,
}

impl Squeezed {
    fn of(text: &str) -> Self {
        let mut squeezed = Self { points: Vec::new(), starts: Vec::new(), bytes: Vec::new(), ends: Vec::new() };
        for (start, (at, c)) in text.char_indices().enumerate() {
            let blank = c.is_whitespace();
            if blank && squeezed.points.last() == Some(&' ') {
                continue;
            }
            squeezed.points.push(if blank { ' ' } else { c });
            squeezed.starts.push(start);
            squeezed.bytes.push(at);
            squeezed.ends.push(at + c.len_utf8());
        }
        squeezed
    }

    fn span(&self, from: usize, to: usize) -> Span {
        let start = self.bytes.get(from).copied().unwrap_or(0);
        let end = to.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(start);
        Span::new(start, end)
    }
}
