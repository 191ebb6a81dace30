//! What people ruled holds before every score.

use super::Found;
use super::{event, id};
use crate::Rulings;
use crate::fixtures::Analysed;
use crate::fixtures::{Fill, Valley, report};
use marsad_model::{ActorRole, ClaimId, Harm, OccurrenceGrade, PersonStatus};

const COPY: &str = "Jets bombed the upper village late on Friday and four people of one family were killed in their house near the well.";

fn strike(key: &str, text: &str, place: &str, date: &str) -> Analysed {
    let said = text.split(' ').next().unwrap().to_owned();
    report(key, &format!("Outlet {key}"), text)
        .on("2020-05-09")
        .claim("explosion.air_strike", &said, |c| {
            c.at(place).dated(date).by(ActorRole::Initiator, "red").harmed(Harm::Killed, PersonStatus::Civilian, 4, Some(4));
        })
        .done()
}

/// Two accounts of a strike on the upper village, two of one on the mill three days later.
fn accounts() -> Vec<Analysed> {
    vec![
        strike("a", "Planes struck the upper village and four died.", "upper", "2020-05-01"),
        strike("b", "Warplanes hit upper on Friday; dead are four.", "upper", "2020-05-01"),
        strike("c", "Bombers attacked the mill, neighbours say.", "mill", "2020-05-04"),
        strike("d", "Rockets from a plane burned down the old mill.", "mill", "2020-05-04"),
    ]
}

fn run(reports: &[Analysed], rulings: &Rulings) -> Found {
    super::run_in(reports, &Valley, rulings)
}

fn claim(report: &Analysed) -> ClaimId {
    report.claims[0].id.clone()
}

/// Which of the reports share an event with the first, as letters.
fn with_first(found: &Found, reports: &[Analysed]) -> String {
    let first = &found.claim_event[&claim(&reports[0])];
    reports.iter().zip("abcdefgh".chars()).filter(|(r, _)| found.claim_event[&claim(r)] == *first).map(|(_, c)| c).collect()
}

type Pairs<'a> = &'a [(usize, usize)];

#[test]
fn a_merge_brings_together_what_no_score_would_and_a_split_parts_what_every_score_joins() {
    let reports = accounts();
    let pair = |a: usize, b: usize| (claim(&reports[a]), claim(&reports[b]));
    let cases: [(Pairs<'_>, Pairs<'_>, &str); 6] = [
        (&[], &[], "ab"),
        (&[(0, 2)], &[], "abcd"),
        (&[(2, 0)], &[], "abcd"),
        (&[], &[(0, 1)], "a"),
        (&[], &[(1, 0)], "a"),
        (&[(0, 2)], &[(0, 1)], "acd"),
    ];
    for (one, two, together) in cases {
        let rulings = Rulings {
            must_link: one.iter().map(|p| pair(p.0, p.1)).collect(),
            cannot_link: two.iter().map(|p| pair(p.0, p.1)).collect(),
            ..Rulings::default()
        };
        let found = run(&reports, &rulings);
        assert_eq!(with_first(&found, &reports), together, "{one:?} {two:?}");
        let mut turned = reports.clone();
        turned.reverse();
        assert_eq!(found, run(&turned, &rulings));
    }
}

#[test]
fn of_rulings_that_contradict_one_another_the_split_holds() {
    let reports = accounts();
    let pair = |a: usize, b: usize| (claim(&reports[a]), claim(&reports[b]));
    let rulings = Rulings { must_link: [pair(0, 2), pair(2, 3)].into(), cannot_link: [pair(3, 0)].into(), ..Rulings::default() };
    let found = run(&reports, &rulings);
    let of = |n: usize| &found.claim_event[&claim(&reports[n])];
    assert_ne!(of(0), of(3));
    assert!(of(2) == of(0) || of(2) == of(3), "one of the two merges still holds");
}

#[test]
fn a_ruling_on_claims_that_are_not_loaded_waits() {
    let reports = accounts();
    let rulings = Rulings {
        must_link: [(claim(&reports[0]), ClaimId::from("c:elsewhere"))].into(),
        cannot_link: [(claim(&reports[1]), ClaimId::from("c:elsewhere"))].into(),
        independent: [id("elsewhere")].into(),
        depends: [(id("a"), id("elsewhere"))].into(),
        ..Rulings::default()
    };
    assert_eq!(run(&reports, &rulings), run(&reports, &Rulings::default()));
}

#[test]
fn a_report_ruled_independent_counts_though_its_words_are_another_s_and_has_access() {
    let reports = vec![strike("a", COPY, "upper", "2020-05-01"), strike("b", COPY, "upper", "2020-05-01")];
    let plain = event(&run(&reports, &Rulings::default()), &reports[0], 0).clone();
    assert_eq!((plain.origins, plain.grade.occurrence), (1, OccurrenceGrade::Untraced));
    let found = run(&reports, &Rulings { independent: [id("b")].into(), ..Rulings::default() });
    let told = event(&found, &reports[0], 0);
    assert_eq!((told.support.independent, told.support.untraced, told.grade.occurrence), (1, 1, OccurrenceGrade::Single));
    assert!(told.grade.because.iter().any(|b| b.contains("people ruled")), "{:?}", told.grade.because);
    assert_eq!(found.lineage, run(&reports, &Rulings::default()).lineage, "what is found stays, for people to see");
}

#[test]
fn a_report_ruled_to_depend_on_another_is_no_voice_of_its_own() {
    let reports = accounts();
    assert_eq!(event(&run(&reports, &Rulings::default()), &reports[0], 0).origins, 2);
    for independent in [vec![], vec![id("b")]] {
        let rulings =
            Rulings { depends: [(id("b"), id("a"))].into(), independent: independent.into_iter().collect(), ..Rulings::default() };
        let found = run(&reports, &rulings);
        let told = event(&found, &reports[0], 0);
        assert_eq!((told.origins, told.reports, told.grade.occurrence), (1, 2, OccurrenceGrade::Untraced));
        assert_eq!(found.report_origin[&id("a")], found.report_origin[&id("b")]);
    }
}

#[test]
fn a_rejected_claim_is_of_no_event_and_its_access_stands_behind_nothing() {
    let reports = accounts();
    let rejected = Rulings { claims: [(claim(&reports[0]), None)].into(), ..Rulings::default() };
    let (before, after) = (run(&reports, &Rulings::default()), run(&reports, &rejected));
    assert!(before.claim_event.contains_key(&claim(&reports[0])) && !after.claim_event.contains_key(&claim(&reports[0])));
    assert_eq!(after.events.len(), before.events.len(), "the other account of the strike stays");
    assert_eq!(after.lineage, before.lineage, "lineage looks at what is written");
}

#[test]
fn a_corrected_claim_goes_where_its_correction_leads() {
    let reports = accounts();
    let mut corrected = reports[0].claims[0].clone();
    corrected.places.clone_from(&reports[2].claims[0].places);
    corrected.time = reports[2].claims[0].time.clone();
    let rulings = Rulings {
        claims: [(corrected.id.clone(), Some(crate::Claimed::new(&corrected, &crate::Names::default())))].into(),
        ..Rulings::default()
    };
    assert_eq!(with_first(&run(&reports, &rulings), &reports), "acd");
}
