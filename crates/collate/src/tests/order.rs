use super::run;
use crate::corpus::Corpus;
use crate::dates::Dates;
use crate::fixtures::Analysed;
use crate::fixtures::{Fill, Valley, report, rules};
use crate::pair::Judge;
use crate::{Names, Rulings, block, facet};
use marsad_model::{ActorRole, Harm, PersonStatus};
use proptest::prelude::*;

const WORDS: &[&str] = &["shells", "fell", "upper", "village", "night", "four", "people", "house", "road", "council", "smoke", "river"];
const PLACES: &[&str] = &["upper", "lower", "mill", "upper-quarter", "valley"];
const KINDS: &[&str] = &["explosion.air_strike", "explosion.shelling", "battle.clash", "battle.offensive", "civilians.attack"];

prop_compose! {
    fn any_report()(
        key in 0u32..60, source in 0usize..5, words in prop::collection::vec(0usize..WORDS.len(), 4..16), dated in 0usize..4,
        place in 0usize..PLACES.len(), kind in 0usize..KINDS.len(), actor in 0usize..3, killed in 0u32..4, own in any::<bool>(),
    ) -> Analysed {
        let text = words.iter().map(|&w| WORDS[w]).collect::<Vec<_>>().join(" ");
        let mut built = report(&format!("k{key}"), &format!("Source {source}"), &text);
        if dated > 0 {
            built = built.on(&format!("2020-05-0{dated}"));
        }
        built.claim(KINDS[kind], WORDS[words[0]], |c| {
            c.at(PLACES[place]);
            if actor > 0 {
                c.by(ActorRole::Initiator, ["red", "blue"][actor - 1]);
            }
            if killed > 0 {
                c.harmed(Harm::Killed, PersonStatus::Civilian, killed, Some(killed));
            }
            if own {
                c.own();
            }
        }).done()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_order_of_the_reports_does_not_matter(mut reports in prop::collection::vec(any_report(), 1..24), seed in any::<u64>()) {
        reports.sort_by(|a, b| a.report.id.cmp(&b.report.id));
        reports.dedup_by(|a, b| a.report.id == b.report.id);
        let first = run(&reports);
        let mut shuffled = reports.clone();
        shuffled.sort_by_key(|r| crate::hash::join(seed, crate::hash::of_bytes(r.report.id.as_str().as_bytes())));
        prop_assert_eq!(&first, &run(&shuffled));
        shuffled.extend(reports.iter().take(3).cloned());
        prop_assert_eq!(&first, &run(&shuffled));
    }

    #[test]
    fn no_two_claims_that_could_be_one_happening_are_left_unseen(reports in prop::collection::vec(any_report(), 1..24)) {
        let (rules, rulings) = (rules(), Rulings::default());
        let names = Names::default();
        let reports: Vec<_> = reports.iter().map(|report| report.asked(&names)).collect();
        let (corpus, _) = Corpus::new(&reports, |_| ());
        let dates = Dates::spread(&corpus, &[]);
        let facets = facet::all(&corpus, &dates, &rules, &rulings);
        let seen = block::candidates(&facets, &Valley, &rules);
        let judge = Judge::new(&Valley, &rules);
        for i in 0..facets.len() {
            for j in i + 1..facets.len() {
                let score = judge.score(i, &facets[i], j, &facets[j]);
                prop_assert!(seen.contains(&(i as u32, j as u32)) || score.is_none_or(|s| s < rules.events.link), "{i} {j} {score:?}");
            }
        }
    }

    #[test]
    fn support_never_exceeds_reports_and_every_claim_has_its_event(reports in prop::collection::vec(any_report(), 1..24)) {
        let found = run(&reports);
        for event in &found.events {
            prop_assert!(event.origins <= event.reports);
            prop_assert_eq!(event.origins, event.support.independent + event.support.untraced);
            prop_assert!(event.claims.iter().all(|c| found.claim_event[c] == event.id));
            for d in &event.disagreements {
                prop_assert!(d.values.len() > 1);
            }
        }
        for ties in found.lineage.values() {
            for tie in ties {
                prop_assert!((0.0..=1.0).contains(&tie.confidence) && !tie.because.is_empty());
            }
        }
    }
}
