//! An act is part of an incident, never one blob with it; undated reports are placed as an interval.

use super::{event, id, run};
use crate::fixtures::Analysed;
use crate::fixtures::{Building, Fill, day, report, span};
use marsad_model::{DateBasis, Level, MentionKind, Relation};

/// A number that stands in the text.
fn number(told: Building, words: &str, value: &str) -> Building {
    let at = span(&told.0.report.text, words);
    told.mention(MentionKind::Quantity, words, "").with(|a| {
        a.mentions.retain(|m| m.kind != MentionKind::Quantity || m.value.is_some() || m.span == at);
        for m in a.mentions.iter_mut().filter(|m| m.span == at) {
            (m.id, m.value) = (None, Some(value.into()));
        }
    })
}

const NIGHT: &str = "Four air strikes hit Upper during the night. The last strike flattened the bakery.";

fn night(place: &str, date: &str) -> Analysed {
    let told = report("night", "One", NIGHT).claim("explosion.air_strike", "air strikes", |c| {
        c.at("upper").dated("2020-05-01");
        c.level = Level::Act;
    });
    let told = told.claim("explosion.air_strike", "flattened", |c| {
        c.at(place).dated(date);
        c.level = Level::Act;
    });
    number(told, "Four", "4").done()
}

#[test]
fn a_strike_is_part_of_the_strikes_of_one_night() {
    for (place, date, is_part) in [
        ("upper", "2020-05-01", true),
        ("upper-quarter", "2020-05-01", true),
        ("lower", "2020-05-01", false),
        ("upper", "2020-05-04", false),
    ] {
        let told = night(place, date);
        let found = run(std::slice::from_ref(&told));
        let (whole, part) = (event(&found, &told, 0), event(&found, &told, 1));
        assert_eq!((whole.level, part.level), (Level::Incident, Level::Act));
        assert_eq!(part.part_of == Some(whole.id.clone()), is_part, "{place} {date}");
        assert_eq!(whole.part_of, None);
    }
}

#[test]
fn a_number_of_people_counts_no_acts() {
    let told = report("a", "One", "Four air strikes").claim("explosion.air_strike", "air strikes", |c| {
        c.at("upper");
        c.level = Level::Act;
    });
    let mut told = number(told, "Four", "4").done();
    assert_eq!(event(&run(std::slice::from_ref(&told)), &told, 0).level, Level::Incident);
    told.claims[0].harmed(marsad_model::Harm::Killed, marsad_model::PersonStatus::Civilian, 4, Some(4));
    told.claims[0].casualties[0].span = span(&told.report.text, "Four");
    assert_eq!(event(&run(std::slice::from_ref(&told)), &told, 0).level, Level::Act);
}

#[test]
fn an_undated_report_is_placed_between_what_it_tells_of_and_what_was_taken_from_it() {
    let strike = |key: &str, source: &str, text: &str| {
        report(key, source, text).claim("explosion.air_strike", "hit", |c| {
            c.at("upper");
        })
    };
    let dated = |key: &str| {
        strike(key, key, &format!("Alpha{key} hit with Beta, Gamma and Delta.")).with(|a| {
            a.claims[0].dated("2020-05-01").by(marsad_model::ActorRole::Initiator, "red");
            a.claims[0].harmed(marsad_model::Harm::Killed, marsad_model::PersonStatus::Civilian, 7, Some(7));
        })
    };
    let undated = strike("u", "Two", "It hit again.").with(|a| {
        a.claims[0].by(marsad_model::ActorRole::Initiator, "red");
        a.claims[0].harmed(marsad_model::Harm::Killed, marsad_model::PersonStatus::Civilian, 7, Some(7));
    });
    let reports = [dated("a").on("2020-05-02").done(), undated.done()];
    let found = run(&reports);
    assert_eq!(found.claim_event[&reports[0].claims[0].id], found.claim_event[&reports[1].claims[0].id]);
    let placed = &found.published[&id("u")];
    assert_eq!((placed.start, placed.end, placed.basis), (day("2020-05-01"), None, DateBasis::Inferred));
    assert!(!placed.because.is_empty());
    assert!(!found.published.contains_key(&id("a")));
}

#[test]
fn a_lower_number_in_the_same_words_is_a_correction_and_a_higher_one_an_update() {
    let tale = |key: &str, number_of: &str, value: &str, on: &str| {
        let tail = "people were brought to the hospital of Upper after shells had fallen on the market before noon, said a nurse \
            who had counted them herself at the gate while the road to the river was still closed to all cars and carts.";
        let told = report(key, "One", &format!("{number_of} {tail}")).on(on);
        number(told, number_of, value).with(|a| a.report.source.id = Some("one".to_owned())).done()
    };
    let first = tale("a", "Nine", "9", "2020-05-02");
    for (words, value, on, expected) in [
        ("Seven", "7", "2020-05-03", Relation::Correction),
        ("Twelve", "12", "2020-05-03", Relation::Update),
        ("Seven", "7", "2020-05-02", Relation::Copy),
    ] {
        let found = run(&[first.clone(), tale("b", words, value, on)]);
        assert_eq!(super::tie(&found, "a", "b").map(|t| t.relation), Some(expected), "{words}");
    }
}
