use super::{event, run};
use crate::fixtures::Analysed;
use crate::fixtures::{Fill, day, report};
use marsad_model::*;

type Tell = fn(&mut Claim<Span>);

/// Two reports in other words, each with one claim.
fn two(kinds: [&str; 2], tell: [Tell; 2]) -> [Analysed; 2] {
    let texts = ["Alpha was told by one.", "Beta came from the second."];
    let one = |n: usize| report(["a", "b"][n], ["One", "Two"][n], texts[n]).claim(kinds[n], ["Alpha", "Beta"][n], |c| tell[n](c)).done();
    [one(0), one(1)]
}

#[test]
#[allow(clippy::too_many_lines)] // a table
fn one_happening_or_two() {
    let cases: &[(&str, [&str; 2], [Tell; 2], bool)] = &[
        (
            "same kind, place and day",
            ["battle.clash"; 2],
            [
                |c| {
                    c.at("upper").dated("2020-05-01");
                },
                |c| {
                    c.at("upper").dated("2020-05-01");
                },
            ],
            true,
        ),
        (
            "other village",
            ["battle.clash"; 2],
            [
                |c| {
                    c.at("upper").dated("2020-05-01");
                },
                |c| {
                    c.at("lower").dated("2020-05-01");
                },
            ],
            false,
        ),
        (
            "other day",
            ["battle.clash"; 2],
            [
                |c| {
                    c.at("upper").dated("2020-05-01");
                },
                |c| {
                    c.at("upper").dated("2020-05-04");
                },
            ],
            false,
        ),
        (
            "a quarter and its town",
            ["explosion.air_strike"; 2],
            [
                |c| {
                    c.at("upper").dated("2020-05-01");
                },
                |c| {
                    c.at("upper-quarter").dated("2020-05-01");
                },
            ],
            true,
        ),
        (
            "strike left open",
            ["explosion.air_strike", "explosion.air_or_artillery"],
            [
                |c| {
                    c.at("upper").dated("2020-05-01");
                },
                |c| {
                    c.at("upper").dated("2020-05-01");
                },
            ],
            true,
        ),
        (
            "car bombs and an assault",
            ["explosion.bombing", "battle.offensive"],
            [
                |c| {
                    c.at("upper").dated("2020-05-01");
                },
                |c| {
                    c.at("upper").dated("2020-05-01");
                },
            ],
            false,
        ),
        (
            "attack and counter-attack",
            ["battle.offensive"; 2],
            [
                |c| {
                    c.at("upper").dated("2020-05-01").by(ActorRole::Initiator, "red");
                },
                |c| {
                    c.at("upper").dated("2020-05-01").by(ActorRole::Initiator, "blue");
                },
            ],
            false,
        ),
        (
            "undated, same place alone",
            ["explosion.air_strike"; 2],
            [
                |c| {
                    c.at("upper");
                },
                |c| {
                    c.at("upper");
                },
            ],
            false,
        ),
        (
            "undated, same place and sides",
            ["battle.clash"; 2],
            [
                |c| {
                    c.at("upper").by(ActorRole::Party, "red").by(ActorRole::Party, "blue");
                },
                |c| {
                    c.at("upper").by(ActorRole::Party, "blue").by(ActorRole::Party, "red-guard");
                },
            ],
            true,
        ),
        (
            "undated, inside one group",
            ["battle.clash"; 2],
            [
                |c| {
                    c.at("upper").by(ActorRole::Party, "red");
                },
                |c| {
                    c.at("upper").by(ActorRole::Party, "red");
                },
            ],
            true,
        ),
        (
            "undated, another enemy",
            ["battle.clash"; 2],
            [
                |c| {
                    c.at("upper").by(ActorRole::Party, "red").by(ActorRole::Party, "blue");
                },
                |c| {
                    c.at("upper").by(ActorRole::Party, "red").by(ActorRole::Party, "green");
                },
            ],
            false,
        ),
        (
            "night that belongs to two days",
            ["explosion.air_strike"; 2],
            [
                |c| {
                    c.at("upper").dated("2020-05-01").harmed(Harm::Killed, PersonStatus::Civilian, 5, Some(5));
                },
                |c| {
                    c.at("upper").dated("2020-05-02").harmed(Harm::Killed, PersonStatus::Civilian, 5, Some(5));
                },
            ],
            true,
        ),
        (
            "no place, same day and sides",
            ["battle.clash"; 2],
            [
                |c| {
                    c.dated("2020-05-01").by(ActorRole::Party, "red");
                },
                |c| {
                    c.at("valley").dated("2020-05-02").by(ActorRole::Party, "blue");
                },
            ],
            false,
        ),
        (
            "a name that no gazetteer knows, in two scripts",
            ["battle.clash"; 2],
            [
                |c| {
                    c.at("x").dated("2020-05-01");
                    c.places[0].id = None;
                    c.places[0].name = "Mardabin".into();
                    c.places[0].precision = PlacePrecision::Settlement;
                },
                |c| {
                    c.at("x").dated("2020-05-01");
                    c.places[0].id = None;
                    c.places[0].name = "مردابين".into();
                    c.places[0].precision = PlacePrecision::Settlement;
                },
            ],
            true,
        ),
    ];
    for (what, kinds, tell, same) in cases {
        let reports = two(*kinds, *tell);
        let found = run(&reports);
        let together = event(&found, &reports[0], 0).id == event(&found, &reports[1], 0).id;
        assert_eq!(together, *same, "{what}");
    }
}

#[test]
fn within_one_report_two_claims_stay_two() {
    let one = report("a", "One", "Alpha and Beta.")
        .claim("explosion.air_strike", "Alpha", |c| {
            c.at("upper").dated("2020-05-01");
        })
        .claim("explosion.air_strike", "Beta", |c| {
            c.at("upper").dated("2020-05-01");
        })
        .done();
    let found = run(std::slice::from_ref(&one));
    assert_eq!(found.events.len(), 2);
}

#[test]
fn posts_of_one_strike_meet_by_the_day_they_were_published() {
    let reports: Vec<Analysed> = [("a", "2020-05-02"), ("b", "2020-05-03"), ("c", "2020-05-20")]
        .into_iter()
        .map(|(key, on)| {
            report(key, key, &format!("Alpha{key} hit."))
                .on(on)
                .claim("explosion.air_strike", "hit", |c| {
                    c.at("upper");
                })
                .done()
        })
        .collect();
    let found = run(&reports);
    assert_eq!(event(&found, &reports[0], 0).id, event(&found, &reports[1], 0).id);
    assert_ne!(event(&found, &reports[0], 0).id, event(&found, &reports[2], 0).id);
    let time = event(&found, &reports[0], 0).time.clone().unwrap();
    assert_eq!((time.start, time.end), (Some(day("2020-05-01")), Some(day("2020-05-02"))));
}

#[test]
fn an_undated_claim_that_fits_two_days_joins_neither() {
    let tell = |key: &str, on: Option<&str>| {
        report(key, key, &format!("Alpha{key} clash."))
            .claim("battle.clash", "clash", |c| {
                c.at("upper").by(ActorRole::Party, "red").by(ActorRole::Party, "blue");
                if let Some(on) = on {
                    c.dated(on);
                }
            })
            .done()
    };
    let reports = [tell("a", Some("2020-05-01")), tell("b", Some("2020-06-01")), tell("c", None)];
    assert_eq!(run(&reports).events.len(), 3);
    assert_eq!(run(&[reports[0].clone(), reports[2].clone()]).events.len(), 1);
}

/// A disagreement's relation and number of values on an attribute.
fn differs(reports: &[Analysed], attribute: Attribute) -> Option<(DisagreementRelation, usize)> {
    let found = run(reports);
    let told = event(&found, &reports[0], 0);
    assert_eq!(told.reports, 2);
    told.disagreements.iter().find(|d| d.attribute == attribute).map(|d| (d.relation, d.values.len()))
}

#[test]
fn numbers_agree_differ_or_grow() {
    let killed = |c: &mut Claim<Span>, min, max| {
        c.at("upper").dated("2020-05-01").harmed(Harm::Killed, PersonStatus::Civilian, min, max);
    };
    let mut reports = two(["explosion.air_strike"; 2], [|_| {}, |_| {}]);
    for (first, second, same_source, expected) in [
        ((7, Some(7)), (5, None), false, None),
        ((7, Some(7)), (7, Some(12)), false, None),
        ((7, Some(7)), (9, Some(9)), false, Some((DisagreementRelation::Differs, 2))),
        ((7, Some(7)), (9, Some(9)), true, Some((DisagreementRelation::Superseded, 2))),
        ((9, Some(9)), (7, Some(7)), true, Some((DisagreementRelation::Differs, 2))),
    ] {
        for (n, (min, max)) in [first, second].into_iter().enumerate() {
            reports[n] = report(["a", "b"][n], if same_source { "One" } else { ["One", "Two"][n] }, ["Alpha told.", "Beta said."][n])
                .on(["2020-05-02", "2020-05-03"][n])
                .claim("explosion.air_strike", ["Alpha", "Beta"][n], |c| killed(c, min, max))
                .done();
        }
        assert_eq!(differs(&reports, Attribute::Casualties), expected, "{first:?} {second:?}");
    }
}

#[test]
fn a_fight_that_goes_on_and_one_that_ended() {
    let outcome = |kind| {
        move |c: &mut Claim<Span>| {
            c.at("upper").by(ActorRole::Party, "red");
            c.outcome = Some(Outcome { kind, span: c.trigger, carried: false });
        }
    };
    for (a, b, expected) in [
        (OutcomeKind::Ongoing, OutcomeKind::Ended, Some(DisagreementRelation::Unordered)),
        (OutcomeKind::Failed, OutcomeKind::Repelled, None),
        (OutcomeKind::Succeeded, OutcomeKind::Repelled, Some(DisagreementRelation::Excludes)),
    ] {
        let reports = [
            report("a", "One", "Alpha told.").claim("battle.clash", "Alpha", outcome(a)).done(),
            report("b", "Two", "Beta said.").claim("battle.clash", "Beta", outcome(b)).done(),
        ];
        assert_eq!(differs(&reports, Attribute::Outcome).map(|d| d.0), expected, "{a:?} {b:?}");
    }
}

#[test]
fn causes_of_two_tellings_that_name_other_things_differ() {
    let because = |words: &'static str| {
        move |key: &str, source: &str, text: &str| {
            report(key, source, text)
                .claim("battle.clash", "clash", |c| {
                    c.at("upper").by(ActorRole::Party, "red");
                    c.cause = Some(Cause { text: words.to_owned(), span: crate::fixtures::span(text, words), carried: false });
                })
                .done()
        }
    };
    let a = because("seven deserters had been shot")("a", "One", "The clash came after seven deserters had been shot.");
    let b = because("a quarrel over who should lead")("b", "Two", "A clash, and its ground was a quarrel over who should lead.");
    let c = because("deserters were shot")("c", "Three", "They clash since deserters were shot there.");
    assert_eq!(differs(&[a.clone(), b], Attribute::Cause), Some((DisagreementRelation::Differs, 2)));
    assert_eq!(differs(&[a, c], Attribute::Cause), None);
}

#[test]
fn a_day_mistaken_in_translation_is_told_as_such() {
    let english = "On Thursday Yousef Kanbar saw clashes in Mardabin, and 143 men of the Fahran battalion fled.\nThe physician Nadira Tawfiq counted 27 wounded in Salqarin.\nKanbar blamed the Meridian fund in Derkush.";
    let arabic = "شاهد يوسف كنبار اشتباكات في مردابين يوم الأربعاء، وهرب 143 رجلاً من كتيبة فهران.\nوأحصت الطبيبة نديرة توفيق 27 جريحاً في سلقارين.\nوألقى كنبار باللوم على صندوق مريديان في دركوش.";
    let en = report("en", "One", english).claim("battle.clash", "clashes", |c| {
        c.said(None, Some(Weekday::Thursday));
    });
    let ar = report("ar", "Two", arabic).claim("battle.clash", "اشتباكات", |c| {
        c.said(None, Some(Weekday::Wednesday));
    });
    assert_eq!(differs(&[en.done(), ar.done()], Attribute::Time), Some((DisagreementRelation::TranslationError, 2)));
}

#[test]
fn foretold_background_and_states_make_no_event() {
    let changes: [(&str, Tell); 4] = [
        ("battle.clash", |c| c.modality = Modality::Predicted),
        ("battle.clash", |c| c.status = Status::Background),
        ("battle.clash", |c| c.modality = Modality::Threatened),
        ("control.holds", |_| {}),
    ];
    for (kind, change) in changes {
        let one = report("a", "One", "Alpha told.")
            .claim(kind, "Alpha", |c| {
                c.at("upper");
                change(c);
            })
            .done();
        let found = run(&[one]);
        assert!(found.events.is_empty() && found.claim_event.is_empty());
        assert_eq!(found.claim_origin.len(), 1);
    }
}

#[test]
fn a_weekday_that_is_named_keeps_undated_strikes_apart() {
    let strike = |key: &str, day: Option<Weekday>, killed: u32| {
        report(key, key, &format!("Alpha{key} struck."))
            .claim("explosion.shelling", "struck", |c| {
                c.at("upper").by(ActorRole::Initiator, "red").harmed(Harm::Killed, PersonStatus::Civilian, killed, Some(killed));
                if day.is_some() {
                    c.said(None, day);
                }
            })
            .done()
    };
    for (what, a, b, events) in [
        ("other weekdays", strike("a", Some(Weekday::Monday), 5), strike("b", Some(Weekday::Thursday), 5), 2),
        ("neighbouring weekdays", strike("a", Some(Weekday::Monday), 5), strike("b", Some(Weekday::Tuesday), 5), 1),
        ("one weekday", strike("a", Some(Weekday::Monday), 1), strike("b", Some(Weekday::Monday), 1), 1),
        ("no day, a number in common", strike("a", None, 5), strike("b", None, 5), 1),
        ("no day, other numbers", strike("a", None, 5), strike("b", None, 9), 2),
    ] {
        assert_eq!(run(&[a, b]).events.len(), events, "{what}");
    }
}
