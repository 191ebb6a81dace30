//! Fronts: pages that list many reports by their headlines.

use crate::cues::folded_words;
use crate::shape::Shape;
use crate::wall::NoReportKind;
use marsad_text::script_of;
use rustc_hash::FxHashSet;

/// A front has at least so many headlines.
const LEAST_HEADLINES: usize = 8;
/// Headlines hold at least so many percent of a front's words.
const HEADLINE_PERCENT: usize = 80;
/// The usual headline of news has so many words at least; rows of names have fewer.
const LEAST_WORDS: usize = 5;
/// A headline of the page's own shares so many percent of its words with the text under it.
const SHARED_PERCENT: usize = 35;

/// A list of headlines and nothing else. Where the page's headline is told, no report of its own may stand under it: then
/// its words are not repeated (`whole` is the text before anything was cut). Where none is told, a list may be a report's own (a roundup): nothing is sure.
pub(crate) fn of_text(text: &str, whole: &str, title: Option<&str>) -> Option<(NoReportKind, String)> {
    let title = folded_words(title?);
    if title.len() < 2 {
        return None;
    }
    let (mut headlines, mut in_headlines, mut words) = (FxHashSet::default(), 0, 0);
    let mut script = None;
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        let shape = Shape::of(line);
        if shape.is_paragraph() || shape.stopped && shape.words > 3 {
            return None;
        }
        // What stands in other letters is a choice of languages.
        if *script.get_or_insert(shape.script) != script_of(line) {
            continue;
        }
        words += shape.words;
        if shape.words >= LEAST_WORDS && shape.is_headline() {
            headlines.insert(line.trim());
            in_headlines += shape.words;
        }
    }
    let own: FxHashSet<&String> = title.iter().filter(|w| w.chars().count() > 2).collect();
    // A headline that stands among the others is one of them; one that the text takes up is the report's.
    let best_line = whole.lines().map(folded_words).map(|line| own.iter().filter(|w| line.contains(w)).count()).max().unwrap_or(0);
    let shared = best_line * 100 >= own.len().max(1) * SHARED_PERCENT;
    let headlines = headlines.len();
    let listed = headlines >= LEAST_HEADLINES && in_headlines * 100 >= words * HEADLINE_PERCENT;
    (listed && !shared).then(|| (NoReportKind::Front, format!("{headlines} headlines, no paragraph, and nothing on its title")))
}
