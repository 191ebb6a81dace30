//! The vote: a small learnt model weighs how likely a claim in the making tells of a real happening of its sort.
//!
//! The rules find what words can say; where they are blind (a figure of speech, old news retold, a general statement)
//! the vote decides by all that stands around the trigger. Each feature is a template and a value, has a weight in
//! `vote.tsv`, and the sum must reach what `world/vote.toml` asks.

mod setting;
pub(crate) mod sight;
mod sign;

use crate::draft::Draft;
use crate::item::Item;
use crate::passage::Passage;
use marsad_knowledge::{Ballot, FieldWord, feature};
use marsad_model::Report;
use std::collections::BTreeSet;
use std::fmt;

/// Features of a common sentence, about.
const SEEN: usize = 192;

/// The feature that every draft has: how common happenings are where words of war stand.
const ALWAYS: &str = "always";
/// Features that are shown to a person.
const REASONS: usize = 6;

/// The drafts of a report, and what of its other sentences counts for each.
pub(crate) struct House<'h, 'k, 't> {
    passage: &'h Passage<'k, 't>,
    /// Sentences that tell of violence with an armed party, a weapon or people hurt, in order.
    fighting: Vec<usize>,
    /// Different words of other walks of life in the report, up to three.
    fields: &'static str,
    /// The plainest sign of war in the report.
    sign: sign::Sign,
    /// It is known where it was published, or it has a title: it is no sentence torn from a report.
    published: bool,
}

/// How a draft was voted on, in thousandths.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Vote {
    sum: i32,
    /// The sum from which on the claim is told as it is.
    asked: i32,
    /// The sum from which on it is a claim at all.
    heard: i32,
    /// Of a hundred claims with such a sum, those that were right; where somebody judged.
    right: Option<u32>,
}

impl Vote {
    /// How sure a claim with this vote is, where that has been measured.
    pub(crate) fn confidence(self) -> Option<f64> {
        self.right.map(|r| f64::from(r) / 100.0)
    }

    /// Is it worth a claim, if only one of background?
    pub(crate) fn is_heard(self) -> bool {
        self.sum >= self.heard
    }

    /// Does the claim stand as it is told?
    pub(crate) fn stands(self) -> bool {
        self.sum >= self.asked
    }
}

impl fmt::Display for Vote {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "vote {:+.1}, {:+.1} asked", f64::from(self.sum) / 1000.0, f64::from(self.asked) / 1000.0)
    }
}

/// Which sort of claim a draft is.
pub(crate) fn ballot(draft: &Draft) -> Ballot {
    match draft.event_type.map_or(("", ""), |t| (t.class(), t.kind())) {
        ("battle", "withdrawal") => Ballot::Other,
        ("battle" | "communal" | "explosion" | "civilians" | "execution", _) | ("custody", "torture" | "death") => Ballot::Violence,
        ("protest", _) => Ballot::Protest,
        _ => Ballot::Other,
    }
}

impl<'h, 'k, 't> House<'h, 'k, 't> {
    /// The house for the drafts of a report.
    pub(crate) fn of(passage: &'h Passage<'k, 't>, report: &Report, drafts: &[Draft]) -> Self {
        let mut fighting: Vec<usize> = drafts.iter().filter(|d| ballot(d) == Ballot::Violence && tells(d)).map(|d| d.sentence).collect();
        fighting.sort_unstable();
        fighting.dedup();
        let item_word = |i: &Item| Some((passage.words.folded(i.first), sight::field(i).filter(|w| !w.field.is_mishap())?.points()));
        let words: BTreeSet<(&str, usize)> = passage.rows.iter().flatten().filter_map(item_word).collect();
        let fields = match words.iter().map(|(_, points)| points).sum::<usize>() / FieldWord::SURE {
            0 | 1 => "",
            2 => "2",
            _ => "3",
        };
        let published = report.url.is_some() || report.title.is_some() || report.source.name.is_some();
        Self { passage, fighting, fields, sign: sign::of_report(passage, drafts), published }
    }

    /// Vote on a draft.
    pub(crate) fn vote(&self, draft: &Draft) -> Vote {
        let (ballot, votes) = (ballot(draft), &self.passage.language.votes);
        let mut seen: Vec<u64> = Vec::with_capacity(SEEN);
        self.see(draft, &mut |template, value| seen.push(feature(template, value)));
        seen.sort_unstable();
        seen.dedup();
        let learnt: i32 = seen.iter().map(|f| votes.weight(ballot, *f)).sum();
        let (asked, heard) = votes.asked(ballot);
        let sum = learnt + self.context(draft);
        Vote { sum, asked, heard, right: votes.right(ballot, sum) }
    }

    /// What the rest of the report adds to the vote on a draft, in thousandths.
    pub(crate) fn context(&self, draft: &Draft) -> i32 {
        // That there is fighting makes no protest likelier.
        if ballot(draft) == Ballot::Protest {
            return 0;
        }
        let others = self.fighting.iter().filter(|s| **s != draft.sentence).count();
        self.passage.language.votes.context(self.published, self.passage.sentences.len(), others)
    }

    /// The features of a draft, by name, each once.
    pub(crate) fn features(&self, draft: &Draft) -> Vec<String> {
        let mut out = Vec::new();
        self.see(draft, &mut |template, value| {
            out.push(if value.is_empty() { template.to_owned() } else { format!("{template}:{value}") });
        });
        out.sort();
        out.dedup();
        out
    }

    /// The vote on a draft and what weighed most, for a person to read.
    pub(crate) fn reasons(&self, draft: &Draft) -> String {
        let (ballot, votes) = (ballot(draft), &self.passage.language.votes);
        let mut weighed: Vec<(i32, String)> =
            self.features(draft).into_iter().map(|f| (votes.weight(ballot, feature(&f, "")), f)).collect();
        weighed.sort_by_key(|(w, _)| std::cmp::Reverse(w.abs()));
        let most = weighed.iter().filter(|(w, f)| *w != 0 && f != ALWAYS).take(REASONS);
        let most: Vec<String> = most.map(|(w, f)| format!("{f} {:+.1}", f64::from(*w) / 1000.0)).collect();
        let vote = self.vote(draft);
        let fate = if vote.stands() {
            "stands"
        } else if vote.is_heard() {
            "background"
        } else {
            "dropped"
        };
        let kind = draft.event_type.map_or_else(String::new, |t| t.to_string());
        format!("{kind} “{}” {fate}: {vote}: {}", draft.span.of(self.passage.text), most.join(", "))
    }

    fn see(&self, draft: &Draft, take: &mut sight::Take) {
        take(ALWAYS, "");
        sight::of_sentence(self.passage, draft.sentence, take);
        sight::of_draft(self.passage, draft, self.sign, take);
        setting::of_draft(self.passage, draft, take);
        if !self.fields.is_empty() {
            take("report field", self.fields);
        }
    }
}

/// Does a draft say more than a word of violence: who bears arms, with what, or who was hurt?
fn tells(draft: &Draft) -> bool {
    draft.actors.iter().any(|a| a.id.is_some()) || !draft.means.is_empty() || !draft.casualties.is_empty()
}
