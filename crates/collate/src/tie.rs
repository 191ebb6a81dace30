//! A tie between two reports, before it is told from each one's side.

use crate::corpus::Corpus;
use jiff::Timestamp;
use marsad_model::{Aligned, Direction, Lineage, Published, Relation, ReportId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A tie of two reports by their place in the corpus, the smaller first.
#[derive(Debug, Clone)]
pub(crate) struct Tie {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) relation: Relation,
    /// Is only a passage common to the two, while each tells of other things too?
    pub(crate) passage: bool,
    /// Which of the two descends from the other, where that is known.
    pub(crate) later: Option<usize>,
    pub(crate) confidence: f64,
    pub(crate) spans: Vec<(Span, Span)>,
    pub(crate) because: Vec<String>,
}

impl Tie {
    /// The same tie with the smaller report first.
    pub(crate) fn ordered(mut self) -> Self {
        if self.a > self.b {
            std::mem::swap(&mut self.a, &mut self.b);
            for s in &mut self.spans {
                *s = (s.1, s.0);
            }
            self.spans.sort_unstable();
        }
        self
    }

    /// Are both ends one telling? A quotation ties one claim, not the whole report.
    pub(crate) fn is_one_telling(&self) -> bool {
        self.relation != Relation::Quotes
    }

    /// Do both ends tell in the same words (in whatever language), so that "yesterday" means one day in both?
    pub(crate) fn shares_words(&self) -> bool {
        matches!(self.relation, Relation::Copy | Relation::Excerpt | Relation::Translation) && !self.passage
    }
}

/// Set the direction of every tie that dates, addresses or scripts decide.
pub(crate) fn direct(corpus: &Corpus<'_>, ties: &mut [Tie]) {
    for tie in ties.iter_mut().filter(|t| t.relation != Relation::Quotes) {
        let (a, b) = (corpus.get(tie.a), corpus.get(tie.b));
        if let Some(a_first) = published_first(&a.report, &b.report) {
            tie.later = Some(if a_first { tie.b } else { tie.a });
            tie.because.push("it was published later".to_owned());
        } else if let Some(from) = names_source(a, b).map(|a_names| if a_names { tie.a } else { tie.b }) {
            tie.later = Some(from);
            tie.because.push("it names the other's source".to_owned());
        }
    }
    part_siblings(ties);
}

/// Two that both have it from a third need not have it from each other: the agency's own update is no translation of what
/// was translated from its first story, though it came later.
fn part_siblings(ties: &mut [Tie]) {
    let descends = |t: &Tie| t.later.map(|later| (later, if later == t.a { t.b } else { t.a }));
    let held = |t: &&Tie| t.is_one_telling() && !t.passage;
    let from: BTreeSet<(usize, usize)> = ties.iter().filter(held).filter_map(descends).collect();
    let within: BTreeSet<(usize, usize)> =
        ties.iter().filter(held).filter(|t| t.relation != Relation::Translation).filter_map(descends).collect();
    for tie in ties.iter_mut().filter(|t| t.relation == Relation::Translation) {
        let Some((later, earlier)) = descends(tie) else { continue };
        let mut firsts = within.range((later, 0)..=(later, usize::MAX)).map(|(_, first)| *first);
        if firsts.any(|first| from.contains(&(earlier, first))) {
            tie.later = None;
            tie.because.pop();
            tie.because.push("both have it from a third".to_owned());
        }
    }
}

/// Was the first surely published before the second? `None` where the dates do not tell.
pub(crate) fn published_first(a: &crate::Reported, b: &crate::Reported) -> Option<bool> {
    let (a, b) = (a.published.as_deref()?, b.published.as_deref()?);
    before(a, b)
}

/// Is the first time surely before the second? Hours count where both are told with their offset.
pub(crate) fn before(a: &Published, b: &Published) -> Option<bool> {
    let instant = |p: &Published| format!("{}T{}", p.start, p.start_time.as_ref()?).parse::<Timestamp>().ok();
    if let Some((x, y)) = instant(a).zip(instant(b)) {
        return (x != y).then_some(x < y);
    }
    match (a.end, b.end) {
        (Some(end), _) if end < b.start => Some(true),
        (_, Some(end)) if end < a.start => Some(false),
        _ => None,
    }
}

/// Does exactly one of the two attribute what it tells to the other's source?
fn names_source(a: &crate::Analysed, b: &crate::Analysed) -> Option<bool> {
    let names = |x: &crate::Analysed, y: &crate::Analysed| {
        !same_outlet(x, y) && x.claims.iter().flat_map(|c| &c.attribution).any(|w| is_source(w.id.as_deref(), &w.name, &y.report.source))
    };
    match (names(a, b), names(b, a)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

fn same_outlet(a: &crate::Analysed, b: &crate::Analysed) -> bool {
    let (a, b) = (&a.report.source, &b.report.source);
    a.id.is_some() && a.id == b.id || a.name.is_some() && a.name == b.name || a.family.is_some() && a.family == b.family
}

/// Is this the source that an attribution names?
pub(crate) fn is_source(id: Option<&str>, name: &str, source: &crate::Outlet) -> bool {
    match (id, source.id.as_deref()) {
        (Some(a), Some(b)) => a == b,
        _ => source.name.as_ref().is_some_and(|n| !n.trim().is_empty() && marsad_text::fold(n) == marsad_text::fold(name)),
    }
}

/// Each report's ties, told from its own side, the surest first.
pub(crate) fn told(corpus: &Corpus<'_>, ties: &[Tie]) -> BTreeMap<ReportId, Vec<Lineage<Span>>> {
    let mut out: BTreeMap<ReportId, Vec<Lineage<Span>>> = BTreeMap::new();
    for tie in ties {
        for (here, there, swap) in [(tie.a, tie.b, false), (tie.b, tie.a, true)] {
            let direction = match tie.later {
                Some(later) if later == here => Direction::From,
                Some(_) => Direction::To,
                None => Direction::Unknown,
            };
            let mut spans: Vec<Aligned<Span>> =
                tie.spans.iter().map(|&(a, b)| if swap { Aligned { here: b, there: a } } else { Aligned { here: a, there: b } }).collect();
            spans.sort_unstable();
            out.entry(corpus.get(here).report.id.clone()).or_default().push(Lineage {
                to: corpus.get(there).report.id.clone(),
                relation: tie.relation,
                direction,
                confidence: tie.confidence,
                spans,
                because: tie.because.clone(),
            });
        }
    }
    for list in out.values_mut() {
        list.sort_by(|x, y| x.to.cmp(&y.to).then(x.relation.cmp(&y.relation)));
    }
    out
}
