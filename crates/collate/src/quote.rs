//! Quotations: a report that names another loaded source has what it tells there from that source's report.

use crate::Claimed;
use crate::corpus::Corpus;
use crate::origin::named_teller;
use crate::rules::Rules;
use crate::tie::{Tie, is_source};
use marsad_model::{PlacePrecision, Relation, Span};
use std::collections::BTreeMap;

/// A source's name, a class of happening, a place.
type Fact<'a> = (String, &'a str, &'a str);

/// A tie for every report that attributes a claim to a source of which a report with the same happening is loaded.
pub(crate) fn ties(corpus: &Corpus<'_>, rules: &Rules) -> Vec<Tie> {
    let mut told: BTreeMap<Fact<'_>, Vec<(usize, Span)>> = BTreeMap::new();
    for (i, entry) in corpus.entries.iter().enumerate() {
        let source = &entry.analysed.report.source;
        let names =
            source.id.iter().map(|id| format!("id:{id}")).chain(source.name.iter().map(|n| format!("name:{}", marsad_text::fold(n))));
        for name in names {
            for claim in &entry.analysed.claims {
                for place in places(claim) {
                    told.entry((name.clone(), claim.event_type.class(), place)).or_default().push((i, claim.trigger));
                }
            }
        }
    }
    let mut found: BTreeMap<(usize, usize), Vec<(Span, Span)>> = BTreeMap::new();
    for (i, entry) in corpus.entries.iter().enumerate() {
        for claim in &entry.analysed.claims {
            let Some(named) = named_teller(claim).filter(|n| !is_source(n.id.as_deref(), &n.name, &entry.analysed.report.source)) else {
                continue;
            };
            let name = named.id.as_ref().map_or_else(|| format!("name:{}", marsad_text::fold(&named.name)), |id| format!("id:{id}"));
            let mut from: Vec<(i32, usize, Span)> = places(claim)
                .filter_map(|p| told.get(&(name.clone(), claim.event_type.class(), p)))
                .flatten()
                .filter(|(j, _)| *j != i)
                .filter_map(|&(j, span)| Some((days_before(corpus, i, j, rules.quotes.most_days)?, j, span)))
                .collect();
            from.sort_unstable();
            from.dedup_by_key(|f| f.1);
            for (_, j, span) in from.into_iter().take(rules.quotes.most) {
                found.entry((i, j)).or_default().push((claim.trigger, span));
            }
        }
    }
    found.into_iter().map(|((i, j), spans)| tie(i, j, spans)).collect()
}

fn places(claim: &Claimed) -> impl Iterator<Item = &str> {
    // A province is named by every report of the day; a village tells.
    claim.places_where().filter(|p| p.precision <= PlacePrecision::Near).filter_map(|p| p.id.as_deref())
}

/// By how many days the second was published before the first; `None` if it cannot be what is quoted, or nothing tells.
fn days_before(corpus: &Corpus<'_>, i: usize, j: usize, most: i32) -> Option<i32> {
    let day = |i: usize| corpus.get(i).report.published.as_deref().and_then(marsad_model::Published::day);
    let (here, there) = day(i).zip(day(j))?;
    let days = (here - there).get_days();
    (0..=most).contains(&days).then_some(days)
}

fn tie(i: usize, j: usize, mut spans: Vec<(Span, Span)>) -> Tie {
    spans.sort_unstable();
    spans.dedup();
    Tie {
        a: i,
        b: j,
        relation: Relation::Quotes,
        passage: false,
        later: Some(i),
        confidence: 0.7,
        spans,
        because: vec!["it names the other's source, which tells of the same sort of happening at the same place".to_owned()],
    }
    .ordered()
}
