//! Lineage inside a language: same texts, near copies, excerpts, rewrites, updates; and walls, which are none of these.

use crate::Outlet;
use crate::corpus::{Corpus, Entry, near};
use crate::hash;
use crate::passage;
use crate::rules::{Copies, Rules};
use crate::shingle::{self, Shingles};
use crate::tie::{Tie, published_first};
use marsad_model::{MentionKind, Relation, Span, address_key};
use marsad_text::{WordKind, Words};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Every tie between texts of one language, and the reports whose text is a wall.
pub(crate) fn ties(corpus: &Corpus<'_>, mut shingles: Vec<Shingles>, rules: &Rules) -> (Vec<Tie>, BTreeSet<usize>) {
    let rules = &rules.copies;
    let groups = same_texts(&shingles);
    let walls: BTreeSet<usize> = groups.iter().filter(|g| is_wall(corpus, g, rules)).flatten().copied().collect();
    let groups: Vec<Vec<usize>> = groups.into_iter().filter(|g| !walls.contains(&g[0])).collect();
    take_furniture_out(corpus, &groups, &walls, &mut shingles, rules);

    let mut ties = Vec::new();
    for group in &groups {
        let telling = says_something(corpus, group[0], rules);
        for (a, b) in pairs_within(group, rules.clique).into_iter().filter(|&(a, b)| telling || of_one_address(corpus, a, b)) {
            ties.push(same_words(corpus, a, b));
        }
    }
    let texts: Vec<&Shingles> = groups.iter().map(|g| &shingles[g[0]]).collect();
    let mut proposed = shingle::propose(&texts, rules);
    proposed.extend(same_address(corpus, &groups));
    proposed.sort_unstable();
    proposed.dedup();
    let found = proposed.into_par_iter().flat_map_iter(|(g, h)| {
        let (first, second) = (&groups[g], &groups[h]);
        let tie = compare(corpus, &shingles, first[0], second[0], rules);
        tie.map_or_else(Vec::new, |tie| spread(corpus, first, second, &tie, rules))
    });
    ties.extend(found.collect::<Vec<_>>());
    (ties, walls)
}

/// Reports with the same words in the same order; those without words are in no group.
fn same_texts(shingles: &[Shingles]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<(usize, u64), Vec<usize>> = BTreeMap::new();
    for (i, s) in shingles.iter().enumerate().filter(|(_, s)| !s.is_empty()) {
        groups.entry((s.order.len(), s.whole())).or_default().push(i);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
    groups.sort();
    groups
}

/// A few tags, or a formula of mourning, are written by many who know nothing of each other.
fn says_something(corpus: &Corpus<'_>, i: usize, rules: &Copies) -> bool {
    let entry = &corpus.entries[i];
    let mut words = entry.analysed.report.text.split_whitespace();
    let own = words.any(|word| !word.starts_with('#') && word.contains(char::is_alphabetic));
    own && (entry.tells() || entry.length >= rules.whole_words)
}

/// Were both found at one address?
fn of_one_address(corpus: &Corpus<'_>, a: usize, b: usize) -> bool {
    let url = |i: usize| corpus.get(i).report.url.as_deref().map(address_key);
    url(a).is_some() && url(a) == url(b)
}

/// A log-in wall or a menu stands at many addresses and tells nothing; or it stands under stories of different months.
/// A text that its own titles speak of is a story, even if no claim was read in it.
fn is_wall(corpus: &Corpus<'_>, group: &[usize], rules: &Copies) -> bool {
    if group.len() < rules.wall_reports {
        return false;
    }
    let reports = || group.iter().map(|&i| &corpus.get(i).report);
    let urls: BTreeSet<&str> = reports().filter_map(|r| r.url.as_deref()).collect();
    let titles: BTreeSet<String> = reports().filter_map(|r| r.title.as_deref()).map(marsad_text::fold).collect();
    if urls.len().max(titles.len()) < rules.wall_reports {
        return false;
    }
    if group.iter().any(|&i| corpus.entries[i].tells()) {
        let mut days: Vec<_> = reports().filter_map(|r| r.published.as_ref()?.day()).collect();
        days.sort_unstable();
        let apart = days.windows(2).filter(|w| (w[1] - w[0]).get_days() > rules.wall_days).count();
        // A menu may hold headlines, and so claims; then its titles are many and speak of something else.
        return apart + 1 >= rules.wall_reports || titles.len() >= rules.wall_reports && !titles_speak(corpus, group);
    }
    !titles_speak(corpus, group)
}

/// Do at least half of the reports have a title that their text speaks of?
fn titles_speak(corpus: &Corpus<'_>, group: &[usize]) -> bool {
    group.iter().filter(|&&i| title_speaks(&corpus.entries[i])).count() * 2 >= group.len()
}

/// Do most words of the title stand in the text?
fn title_speaks(entry: &Entry<'_>) -> bool {
    let title = Words::of(entry.analysed.report.title.as_deref().unwrap_or(""));
    let wording = entry.wording();
    let text: FxHashSet<&str> = wording.tokens.iter().map(|&i| wording.words.folded(i as usize)).collect();
    let telling: Vec<usize> = (0..title.len())
        .filter(|&i| title[i].kind == WordKind::Letters && title.folded(i).chars().count() > 3 || title[i].kind == WordKind::Number)
        .collect();
    let found = telling.iter().filter(|&&i| text.contains(title.folded(i))).count();
    telling.len() >= 2 && found * 2 >= telling.len()
}

/// A site's own furniture and the words of walls count for nothing in the comparison of other texts.
fn take_furniture_out(corpus: &Corpus<'_>, groups: &[Vec<usize>], walls: &BTreeSet<usize>, shingles: &mut [Shingles], rules: &Copies) {
    let mut of_walls: FxHashSet<u64> = FxHashSet::default();
    for &i in walls {
        of_walls.extend(shingles[i].set().iter());
    }
    let sources: Vec<Option<&str>> = groups.iter().map(|g| corpus.entries[g[0]].voice.as_deref()).collect();
    let texts: Vec<&Shingles> = groups.iter().map(|g| &shingles[g[0]]).collect();
    let furniture = shingle::furniture(&texts, &sources, rules);
    for (group, source) in groups.iter().zip(sources) {
        for &i in group {
            if !of_walls.is_empty() {
                shingles[i].without(&of_walls);
            }
            if let Some(common) = source.and_then(|s| furniture.get(s)) {
                shingles[i].without(common);
            }
        }
    }
}

/// Each with each while there are few; else each with the first.
fn pairs_within(group: &[usize], clique: usize) -> Vec<(usize, usize)> {
    if group.len() > clique {
        return group[1..].iter().map(|&b| (group[0], b)).collect();
    }
    (0..group.len()).flat_map(|i| (i + 1..group.len()).map(move |j| (group[i], group[j]))).collect()
}

/// Pairs of groups that have an address in common: versions of one page.
fn same_address(corpus: &Corpus<'_>, groups: &[Vec<usize>]) -> Vec<(usize, usize)> {
    let mut by_url: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (g, group) in groups.iter().enumerate() {
        for url in group.iter().filter_map(|&i| corpus.get(i).report.url.as_deref().map(address_key)) {
            by_url.entry(url).or_default().push(g);
        }
    }
    by_url
        .into_values()
        .flat_map(|gs| gs.windows(2).map(|w| (w[0].min(w[1]), w[0].max(w[1]))).collect::<Vec<_>>())
        .filter(|(g, h)| g != h)
        .collect()
}

fn same_words(corpus: &Corpus<'_>, a: usize, b: usize) -> Tie {
    let whole = |i: usize| Span::new(0, corpus.get(i).report.text.len());
    Tie {
        a,
        b,
        relation: Relation::Copy,
        passage: false,
        later: None,
        confidence: 1.0,
        spans: vec![(whole(a), whole(b))],
        because: vec!["the words are the same".to_owned()],
    }
}

/// What ties two different texts of one language, if anything.
fn compare(corpus: &Corpus<'_>, shingles: &[Shingles], a: usize, b: usize, rules: &Copies) -> Option<Tie> {
    let (x, y) = (&shingles[a], &shingles[b]);
    let (ours, theirs) = (x.set(), y.set());
    let shared = ours.shared(&theirs);
    // Most that are proposed share too little, whatever of them was the other's furniture.
    let least = ours.len().saturating_sub(y.out.len()).min(theirs.len().saturating_sub(x.out.len()));
    let (first, second) = (&corpus.entries[a], &corpus.entries[b]);
    // What one voice says twice is one voice's anyway.
    let others = first.voice.is_none() || first.voice != second.voice;
    let long_enough = shared + rules.shingle_words > rules.excerpt_words;
    let common = || {
        (long_enough && others && passage::may_be(first, second, rules)).then(|| passage::tie((a, b), (first, second), (x, y), rules))?
    };
    let bars = [rules.rewrite_containment, rules.copy_jaccard, rules.containment, rules.cut_containment];
    if (shared as f64) < bars.into_iter().fold(1.0, f64::min) * least as f64 {
        return common();
    }
    let (here, there) = (ours.beside(y), theirs.beside(x));
    let (smaller, larger) = (here.min(there), here.max(there));
    if smaller == 0 || shared == 0 {
        return None;
    }
    let containment = shared as f64 / smaller as f64;
    let jaccard = shared as f64 / (here + there - shared) as f64;
    let cut = containment >= rules.cut_containment && is_cut(first, second, rules);
    // A whole text that stands in another needs fewer words than a part of one.
    let least = if containment >= rules.formula { rules.whole_words } else { rules.excerpt_words };
    let long_enough = cut || shared + rules.shingle_words > least;
    let contained = cut || containment >= rules.containment;
    let relation = if jaccard >= rules.copy_jaccard && (long_enough || contained)
        || contained && smaller as f64 >= larger as f64 * rules.copy_length
    {
        Relation::Copy
    } else if contained && long_enough {
        Relation::Excerpt
    } else if containment >= rules.rewrite_containment && shared >= rules.rewrite_shingles {
        Relation::Rewrite
    } else {
        return common();
    };
    let runs = x.runs(y, rules.shingle_words, rules.run_words.min(smaller + rules.shingle_words - 1));
    let spans = shingle::spans(&first.wording(), &second.wording(), &runs);
    let told = cut || holds_what_is_told(first, second, &spans, relation) && !differ_in_days(first, second, &spans);
    if containment < rules.formula && !(told && days_fit(first, second, relation, rules)) {
        return if relation == Relation::Rewrite { common() } else { None };
    }
    let mut tie = Tie {
        a,
        b,
        relation,
        passage: false,
        later: None,
        confidence: hundredths(containment.max(jaccard)),
        spans: longest(spans, rules.most_spans),
        because: vec![format!("{:.0} % of the shorter text stands word for word in the other", containment * 100.0)],
    };
    if same_source(first, second) && relation != Relation::Rewrite && larger as f64 >= smaller as f64 * rules.update_growth {
        tie.relation = Relation::Update;
        tie.later = Some(if ours.len() > theirs.len() { a } else { b });
        tie.because.push("the same source tells more".to_owned());
    } else if same_source(first, second) && relation == Relation::Copy {
        match rise(first, second, &tie.spans) {
            Some(Ordering::Greater) => {
                tie.relation = Relation::Update;
                tie.because.push("the same source puts a higher number in the place of another".to_owned());
            }
            Some(Ordering::Less) => {
                tie.relation = Relation::Correction;
                tie.because.push("the same source puts a lower number in the place of another".to_owned());
            }
            _ => {}
        }
    }
    Some(tie)
}

/// Has the shorter text no word that the longer one and its title lack? Then sentences were cut out of it. A form that was filled
/// in twice has other places and numbers each time.
fn is_cut(a: &Entry<'_>, b: &Entry<'_>, rules: &Copies) -> bool {
    let (short, long) = if a.length <= b.length { (a, b) } else { (b, a) };
    // What is no more than a page's name and its tags tells nothing.
    let least = if short.tells() { rules.whole_words } else { rules.excerpt_words };
    if short.length < least {
        return false;
    }
    let (short, long) = (short.wording(), long.wording());
    let title = Words::of(long.analysed.report.title.as_deref().unwrap_or(""));
    let mut known: FxHashSet<u64> = (0..title.len()).map(|i| hash::of_bytes(title.folded(i).as_bytes())).collect();
    known.extend((0..long.tokens.len()).map(|i| long.token_hash(i)));
    (0..short.tokens.len()).all(|i| known.contains(&short.token_hash(i)))
}

/// Words that are shared months apart are background or a formula, unless the whole text is. A source that tells some of
/// it in the same words on another day has a form for such news: it does not rewrite itself.
fn days_fit(a: &Entry<'_>, b: &Entry<'_>, relation: Relation, rules: &Copies) -> bool {
    let day = |e: &Entry<'_>| e.analysed.report.published.as_deref().and_then(marsad_model::Published::day);
    let most = if relation == Relation::Rewrite && same_source(a, b) { rules.own_days } else { rules.most_days };
    day(a).zip(day(b)).is_none_or(|(x, y)| (x - y).get_days().abs() <= most)
}

/// Does each tell of days, outside the words that both share, that the other does not? Then the shared words are a form
/// that was filled in twice.
fn differ_in_days(a: &Entry<'_>, b: &Entry<'_>, spans: &[(Span, Span)]) -> bool {
    let outside = |at: &Span, there: bool| spans.iter().all(|s| !(if there { s.1 } else { s.0 }).contains(*at));
    let days = |e: &Entry<'_>, there: bool| -> Vec<_> { e.days().into_iter().filter(|d| outside(&d.1, there)).map(|d| d.0).collect() };
    let (ours, theirs) = (days(a, false), days(b, true));
    !ours.is_empty() && !theirs.is_empty() && !near(&ours, &theirs)
}

/// One telling shares what is told: the first happening of one of the two stands in the shared words, and some happening
/// of each; or, where a first sentence was dropped and a headline left out, most happenings of both. A rewrite shares what
/// both begin with. A menu, a paragraph of background, or the formula in which a monitor condemns each strike does not make
/// one.
fn holds_what_is_told(a: &Entry<'_>, b: &Entry<'_>, spans: &[(Span, Span)], relation: Relation) -> bool {
    if relation != Relation::Rewrite && !(a.tells() && b.tells()) {
        return true;
    }
    let (ours, theirs) = (Held::of(a, spans, false), Held::of(b, spans, true));
    if relation == Relation::Rewrite {
        return ours.first && theirs.first;
    }
    (ours.first || theirs.first) && ours.some && theirs.some || ours.most && theirs.most
}

/// How the number that the later of two tellings of one source has outside the shared words compares with the earlier's;
/// `None` where either has none or both have the same, or where nothing tells which is the later.
fn rise(a: &Entry<'_>, b: &Entry<'_>, spans: &[(Span, Span)]) -> Option<Ordering> {
    let own = |e: &Entry<'_>, there: bool| {
        let outside = |at: Span| !spans.iter().any(|s| if there { s.1 } else { s.0 }.contains(at));
        let told = e.analysed.mentions.iter().filter(|m| m.kind == MentionKind::Quantity && outside(m.span));
        told.filter_map(|m| m.value()?.split('/').next()?.parse::<u32>().ok()).max()
    };
    let (ours, theirs) = (own(a, false)?, own(b, true)?);
    let first = published_first(&a.analysed.report, &b.analysed.report)?;
    let order = if first { theirs.cmp(&ours) } else { ours.cmp(&theirs) };
    (order != Ordering::Equal).then_some(order)
}

fn same(x: Option<&str>, y: Option<&str>) -> bool {
    x.is_some() && x == y
}

fn same_source(a: &Entry<'_>, b: &Entry<'_>) -> bool {
    let (a, b) = (&a.analysed.report, &b.analysed.report);
    // Most outlets are known by their names alone.
    let called = |s: &Outlet| s.name.as_deref().filter(|_| s.id.is_none()).map(|n| marsad_text::fold(n.trim())).filter(|n| !n.is_empty());
    same(a.url.as_deref(), b.url.as_deref())
        || same(a.source.id.as_deref(), b.source.id.as_deref())
        || a.account.is_some() && a.account == b.account
        || same(called(&a.source).as_deref(), called(&b.source).as_deref())
}

/// Which happenings of a report stand in words that another shares.
struct Held {
    first: bool,
    some: bool,
    most: bool,
}

impl Held {
    fn of(e: &Entry<'_>, spans: &[(Span, Span)], there: bool) -> Self {
        let mut triggers: Vec<Span> = e.analysed.claims.iter().filter(|c| c.makes_event()).map(|c| c.trigger).collect();
        triggers.sort_unstable();
        let held: Vec<bool> = triggers.iter().map(|t| spans.iter().any(|s| if there { s.1 } else { s.0 }.contains(*t))).collect();
        let count = held.iter().filter(|h| **h).count();
        Self { first: held.first() == Some(&true), some: count > 0, most: 2 * count > held.len() }
    }
}

/// The longest stretches, in their order.
fn longest(mut spans: Vec<(Span, Span)>, most: usize) -> Vec<(Span, Span)> {
    spans.sort_by_key(|s| (std::cmp::Reverse(s.0.len()), *s));
    spans.truncate(most);
    spans.sort_unstable();
    spans
}

/// What ties two texts ties every pair of reports that have them, or, where there are many, the first of each.
fn spread(corpus: &Corpus<'_>, first: &[usize], second: &[usize], tie: &Tie, rules: &Copies) -> Vec<Tie> {
    let all = first.len() * second.len() <= rules.clique;
    let (first, second) = if all { (first, second) } else { (&first[..1], &second[..1]) };
    let mut out = Vec::new();
    for &a in first {
        for &b in second {
            let exact = |i: usize, of: usize| i == of || corpus.get(i).report.text == corpus.get(of).report.text;
            let mut tie = tie.clone();
            if !(exact(a, tie.a) && exact(b, tie.b)) {
                tie.spans.clear(); // same words, other blanks or marks: the offsets are not this text's
            }
            let later = tie.later.map(|l| if l == tie.a { a } else { b });
            out.push(Tie { a, b, later, ..tie }.ordered());
        }
    }
    out
}

/// Two decimals, so that a ledger's bytes do not hang on the last bit.
pub(crate) fn hundredths(x: f64) -> f64 {
    (x.clamp(0.0, 1.0) * 100.0).round() / 100.0
}
