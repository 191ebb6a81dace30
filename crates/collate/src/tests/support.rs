use super::{event, id, run};
use crate::fixtures::Analysed;
use crate::fixtures::{Fill, report};
use marsad_model::{ActorRole, AirwarsGrade, Attribute, AttributionKind, Harm, OccurrenceGrade, PersonStatus, SourceKind, Stance};

/// A report of one strike on the upper village.
fn strike(key: &str, source: &str, text: &str) -> Analysed {
    let said = text.split(' ').next().unwrap().to_owned();
    report(key, source, text)
        .on("2020-05-02")
        .claim("explosion.air_strike", &said, |c| {
            c.at("upper").dated("2020-05-01").by(ActorRole::Initiator, "red").harmed(Harm::Killed, PersonStatus::Civilian, 4, Some(4));
        })
        .done()
}

#[test]
fn ten_copies_are_one_origin() {
    let text = "Jets bombed the upper village late on Friday and four people of one family were killed in their house near the well.";
    let mut reports: Vec<Analysed> = (0..10).map(|n| strike(&format!("r{n}"), &format!("Outlet {n}"), text)).collect();
    reports[0].claims[0].own();
    let found = run(&reports);
    let told = event(&found, &reports[0], 0);
    assert_eq!((told.reports, told.origins, told.support.independent, told.support.untraced), (10, 1, 1, 0));
    assert_eq!(told.grade.occurrence, OccurrenceGrade::Single);
}

#[test]
fn untraced_never_raises_a_grade_and_own_access_does() {
    let texts = [
        "Planes struck the upper village and four died.",
        "Warplanes hit upper on Friday; dead are four.",
        "Bombs killed a family of four, say neighbours.",
    ];
    let mut reports: Vec<Analysed> = texts.iter().enumerate().map(|(n, t)| strike(&format!("r{n}"), &format!("Outlet {n}"), t)).collect();
    for (own, grade, airwars) in [
        (0, OccurrenceGrade::Untraced, AirwarsGrade::Weak),
        (1, OccurrenceGrade::Single, AirwarsGrade::Weak),
        (2, OccurrenceGrade::Multiple, AirwarsGrade::Fair),
    ] {
        for r in &mut reports[..own] {
            r.claims[0].own();
        }
        let found = run(&reports);
        let told = event(&found, &reports[0], 0);
        assert_eq!((told.reports, told.support.independent, told.support.untraced), (3, own as u32, 3 - own as u32));
        assert_eq!((told.grade.occurrence, told.grade.airwars), (grade, airwars));
    }
}

#[test]
fn one_family_one_side_one_account_and_one_quoted_body_are_one_voice() {
    type Change = fn(&mut Analysed);
    let cases: [(&str, Change, u32); 6] = [
        ("strangers", |_| {}, 2),
        ("a family", |r| r.report.source.family = Some("house".into()), 1),
        ("an address", |r| r.report.url = Some("https://hillpost.example/snow?utm_source=feed".into()), 1),
        ("a side", |r| r.side = Some("blue".into()), 1),
        (
            "a quoted body",
            |r| {
                r.claims[0].says(AttributionKind::Organisation, None, "Valley Observatory");
            },
            1,
        ),
        (
            "nobody in particular",
            |r| {
                r.claims[0].says(AttributionKind::UnnamedSource, None, "a resident");
            },
            2,
        ),
    ];
    for (what, change, origins) in cases {
        let mut reports = [strike("a", "One", "Planes struck the upper village."), strike("b", "Two", "Bombs fell on upper.")];
        reports.iter_mut().for_each(change);
        let found = run(&reports);
        let told = event(&found, &reports[0], 0);
        assert_eq!((told.reports, told.origins), (2, origins), "{what}");
    }
}

#[test]
fn who_is_blamed_is_contested_and_both_are_shown() {
    let mut reports = [strike("a", "One", "Planes struck the upper village."), strike("b", "Two", "Bombs fell on upper.")];
    reports[1].claims[0].actors[0].id = Some("blue".into());
    reports[1].claims[0].actors[0].name = "blue".into();
    let found = run(&reports);
    let told = event(&found, &reports[0], 0);
    assert_eq!(told.reports, 2);
    assert_eq!((told.grade.contested.as_slice(), told.grade.airwars), ([Attribute::Initiator].as_slice(), AirwarsGrade::Contested));
    let blame = told.disagreements.iter().find(|d| d.attribute == Attribute::Initiator).unwrap();
    assert_eq!(blame.values.iter().map(|v| (v.value.as_str(), v.support.untraced)).collect::<Vec<_>>().len(), 2);
}

#[test]
fn what_the_accused_says_is_a_position_and_supports_nothing() {
    let mut reports = [strike("a", "One", "Planes struck the upper village."), strike("b", "Two", "Red spokesman denies it.")];
    reports[1].claims[0].says(AttributionKind::Official, Some("red"), "red");
    reports[1].claims[0].modality = marsad_model::Modality::Denied;
    reports[1].claims[0].casualties.clear();
    let found = run(&reports);
    let told = event(&found, &reports[0], 0);
    assert_eq!((told.reports, told.origins), (2, 1));
    assert_eq!(told.positions.iter().map(|p| (p.actor.as_str(), p.stance)).collect::<Vec<_>>(), [("red", Stance::DeniesStrike)]);
    assert!(told.disagreements.is_empty(), "{:?}", told.disagreements);
    assert!(!told.grade.because.iter().any(|b| b.starts_with("copies")), "{:?}", told.grade.because);
}

#[test]
fn two_speakers_of_one_report_tell_of_one_event_and_differ() {
    let text = "Red announced two dead in upper. The ministry put the toll at four.";
    let two = |carried: bool| {
        let reports = [report("a", "One", text)
            .on("2020-05-02")
            .claim("explosion.air_strike", "announced", |c| {
                c.at("upper").dated("2020-05-01").harmed(Harm::Killed, PersonStatus::Unknown, 2, Some(2));
                c.says(AttributionKind::Organisation, Some("red"), "red");
            })
            .claim("explosion.air_strike", "toll", |c| {
                c.at("upper").dated("2020-05-01").harmed(Harm::Killed, PersonStatus::Unknown, 4, Some(4));
                c.says(AttributionKind::Organisation, None, "ministry");
                if carried {
                    (c.places[0].span, c.places[0].carried) = (crate::fixtures::span(text, "announced"), true);
                }
            })
            .done()];
        let found = run(&reports);
        let told = event(&found, &reports[0], 0);
        (told.claims.len(), told.disagreements.iter().map(|d| d.attribute).collect::<Vec<_>>())
    };
    assert_eq!(two(true), (2, vec![Attribute::Casualties]));
    // What each says in its own words are two strikes on one village.
    assert_eq!(two(false), (1, Vec::new()));
}

#[test]
fn a_third_voice_that_says_it_did_not_happen_is_a_disagreement() {
    let mut reports =
        [strike("a", "One", "Planes struck the upper village."), strike("b", "Two", "Nothing of the sort was seen in upper.")];
    reports[1].claims[0].polarity = marsad_model::Polarity::Negative;
    reports[1].claims[0].casualties.clear();
    let found = run(&reports);
    let told = event(&found, &reports[0], 0);
    assert_eq!(told.grade.contested, [Attribute::Occurrence]);
    assert_eq!(told.origins, 1);
}

#[test]
fn copies_of_a_correspondent_are_one_origin_whatever_is_asked_first() {
    let text = "Our correspondent saw planes over upper, where four people died when a house fell in on Friday near noon.";
    let mut reports = [strike("a", "One", text), strike("b", "Two", text)];
    for r in &mut reports {
        r.claims[0].own();
    }
    let found = run(&reports);
    assert_eq!(found.report_origin[&id("a")], found.report_origin[&id("b")]);
    assert_eq!(event(&found, &reports[0], 0).support.independent, 1);
}

#[test]
fn copies_whose_attributions_were_read_differently_are_still_one_origin() {
    let text = "Planes struck the upper village at noon and four people of one house were killed, the council of the village said.";
    let mut reports = [strike("a", "One", text), strike("b", "Two", text), strike("c", "Three", text)];
    let named = ["Village Council", "Village Council", "Someone Else"];
    for n in 0..3 {
        for (r, name) in reports.iter_mut().zip(named).take(n + 1) {
            r.claims[0].attribution.clear();
            r.claims[0].says(AttributionKind::Organisation, None, name);
        }
        let found = run(&reports);
        assert_eq!(event(&found, &reports[0], 0).origins, 1, "{} attributed", n + 1);
    }
    let found = run(&reports);
    assert_ne!(found.claim_origin[&reports[0].claims[0].id], found.report_origin[&id("a")]);
}

#[test]
fn a_party_s_channel_that_denies_speaks_for_it_and_what_it_says_besides_is_its_word_too() {
    let kinds = [(SourceKind::PartyMedia, true), (SourceKind::Outlet, false)];
    for (kind, party) in kinds {
        let denial = report("b", "Two", "An officer denies it, and says that blue did it.")
            .on("2020-05-02")
            .with(|r| {
                r.side = Some("red".to_owned());
                r.report.source.id = Some("two".to_owned());
                r.report.source.kind = kind;
            })
            .claim("explosion.air_strike", "denies", |c| {
                c.at("upper").dated("2020-05-01").says(AttributionKind::Official, None, "An officer");
                c.modality = marsad_model::Modality::Denied;
            })
            .claim("explosion.shelling", "did", |c| {
                c.at("upper").dated("2020-05-01").by(ActorRole::Initiator, "blue").says(AttributionKind::Official, None, "An officer");
            })
            .done();
        let mut told = strike("a", "One", "Planes struck the upper village.");
        told.claims[0].actors.clear();
        let found = run(&[told.clone(), denial]);
        let told = event(&found, &told, 0);
        let stances: Vec<Stance> = told.positions.iter().map(|p| p.stance).collect();
        let expected = if party { vec![Stance::DeniesStrike, Stance::BlamesOther] } else { vec![] };
        assert_eq!(stances.iter().filter(|s| expected.contains(s)).count(), expected.len(), "{stances:?}");
        assert_eq!(told.grade.contested.contains(&Attribute::Occurrence), !party);
        assert_eq!(told.agreed.iter().any(|a| a.attribute == Attribute::Initiator), !party);
    }
}

#[test]
fn a_report_that_has_all_from_one_source_has_the_rest_from_it_too() {
    let quoting = |own: bool| {
        let text = "Planes struck upper, One reported. The strike came at noon.";
        let quoting = report("b", "Two", text).on("2020-05-02").claim("explosion.air_strike", "struck", |c| {
            c.at("upper").dated("2020-05-01").says(AttributionKind::Outlet, None, "One");
        });
        quoting.claim("explosion.shelling", "strike", |c| {
            c.at("upper").dated("2020-05-01");
            if own {
                c.own();
            }
        })
    };
    let shelled =
        report("c", "One", "Shells fell on the village near the river.").on("2020-05-02").claim("explosion.shelling", "fell", |c| {
            c.at("upper").dated("2020-05-01");
        });
    let shelled = shelled.done();
    for (own, origins) in [(false, 1), (true, 2)] {
        let found = run(&[shelled.clone(), quoting(own).done()]);
        let told = event(&found, &shelled, 0);
        assert_eq!((told.reports, told.origins), (2, origins), "own access: {own}");
    }
}

#[test]
fn a_source_that_is_quoted_in_the_other_writing_is_one_voice_with_its_own_report() {
    for (name, origins) in [("Furat Net", 1), ("Delta Times", 2)] {
        let mut reports = [strike("a", "فرات نت", "Planes struck the upper village."), strike("b", "Two", "Bombs fell on upper.")];
        reports[1].claims[0].says(AttributionKind::NamedPerson, None, name);
        let found = run(&reports);
        assert_eq!(event(&found, &reports[0], 0).origins, origins, "{name}");
    }
}
