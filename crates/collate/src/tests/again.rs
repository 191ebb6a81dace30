//! What is struck again, answered or added up is more than one happening.

use super::run;
use crate::fixtures::Analysed;
use crate::fixtures::{Fill, report};
use marsad_model::*;

fn told(key: &str, kind: &str, tell: impl FnOnce(&mut Claim<Span>)) -> Analysed {
    report(key, key, &format!("Alpha{key} told.")).claim(kind, "told", tell).done()
}

fn killed(c: &mut Claim<Span>, n: u32) {
    c.harmed(Harm::Killed, PersonStatus::Unknown, n, Some(n));
}

#[test]
fn a_village_that_is_struck_on_two_days_is_struck_twice() {
    let strike = |key: &str, day: Option<&str>, n: Option<u32>| {
        let on = report(key, key, &format!("Alpha{key} told.")).on("2020-05-03");
        on.claim("explosion.air_strike", "told", |c| {
            c.at("upper").by(ActorRole::Initiator, "red");
            if let Some(day) = day {
                c.dated(day);
            }
            if let Some(n) = n {
                killed(c, n);
            }
        })
        .done()
    };
    let (first, second) = (strike("a", Some("2020-05-01"), Some(4)), strike("b", Some("2020-05-02"), Some(2)));
    let cases = [
        ("other tolls", vec![first.clone(), second.clone()], 2),
        ("one toll: a night", vec![first.clone(), strike("b", Some("2020-05-02"), Some(4))], 1),
        ("a third names no day, and has the toll of one", vec![first.clone(), second.clone(), strike("c", None, Some(2))], 2),
        ("a third names neither", vec![first, second, strike("c", None, None)], 2),
    ];
    for (what, reports, events) in cases {
        assert_eq!(run(&reports).events.len(), events, "{what}");
    }
}

#[test]
fn two_strikes_of_one_day_at_other_hours_and_with_other_tolls_are_two() {
    use PartOfDay::{Dawn, Evening};
    let strike = |key: &str, part: PartOfDay, n: Option<u32>| {
        told(key, "explosion.air_strike", |c| {
            c.at("upper").by(ActorRole::Initiator, "red").dated("2020-05-01");
            c.time.as_mut().unwrap().relative = Some(Relative { days: Some(0), weekday: None, part: Some(part) });
            if let Some(n) = n {
                killed(c, n);
            }
        })
    };
    assert_eq!(run(&[strike("a", Dawn, Some(8)), strike("b", Evening, Some(4))]).events.len(), 2);
    assert_eq!(run(&[strike("a", Dawn, Some(8)), strike("b", Evening, Some(8))]).events.len(), 1);
    assert_eq!(run(&[strike("a", Dawn, Some(8)), strike("b", Evening, None)]).events.len(), 1);
}

#[test]
fn fire_and_the_answer_to_it_are_two() {
    let shelling = |key: &str, by: &str, at: &str| {
        told(key, "explosion.shelling", |c| {
            c.at("upper").dated("2020-05-01").by(ActorRole::Initiator, by).by(ActorRole::Target, at);
        })
    };
    assert_eq!(run(&[shelling("a", "red", "blue"), shelling("b", "blue", "red")]).events.len(), 2);
    assert_eq!(run(&[shelling("a", "red", "blue"), shelling("b", "red-guard", "blue")]).events.len(), 1);
    // Who is blamed by one and by another: one, and contested.
    assert_eq!(run(&[shelling("a", "red", "market"), shelling("b", "blue", "market")]).events.len(), 1);
}

#[test]
fn a_tally_of_a_month_is_none_of_its_happenings() {
    let mine = told("a", "explosion.mine", |c| {
        c.at("upper").dated("2020-05-03");
        killed(c, 3);
    });
    let month = |key: &str, scope: CountScope| {
        told(key, "explosion.mine", |c| {
            c.at("upper").dated("2020-05-01");
            let time = c.time.as_mut().unwrap();
            (time.end, time.precision) = (Some(crate::fixtures::day("2020-05-31")), TimePrecision::Month);
            c.means.push(Means { kind: MeansKind::Mine, count: None, span: c.trigger, carried: false });
            killed(c, 3);
            c.casualties[0].scope = scope;
        })
    };
    assert_eq!(run(&[mine.clone(), month("b", CountScope::Period)]).events.len(), 2);
    assert_eq!(run(&[mine, month("b", CountScope::Event)]).events.len(), 1);
}

#[test]
fn a_drone_s_strike_is_a_strike_from_the_air_to_who_leaves_it_open() {
    let strike = |key: &str, kind: &str, means: MeansKind| {
        told(key, kind, |c| {
            c.at("upper").dated("2020-05-01");
            c.means.push(Means { kind: means, count: None, span: c.trigger, carried: false });
        })
    };
    let drone = strike("a", "explosion.drone_strike", MeansKind::Drone);
    let found = run(&[drone, strike("b", "explosion.air_or_artillery", MeansKind::AirDropped)]);
    assert_eq!(found.events.len(), 1);
    assert!(found.events[0].disagreements.is_empty(), "{:?}", found.events[0].disagreements);
}

#[test]
fn one_voice_that_names_one_day_and_then_another_tells_of_two() {
    let strike = |key: &str, source: &str, day: &str, harm: Harm| {
        let on = report(key, source, &format!("Alpha{key} told.")).on("2020-05-03");
        on.claim("explosion.air_strike", "told", |c| {
            c.at("upper").by(ActorRole::Initiator, "red").dated(day).harmed(harm, PersonStatus::Civilian, 1, Some(1));
        })
        .done()
    };
    let (first, second) = (strike("a", "One", "2020-05-01", Harm::Injured), strike("b", "One", "2020-05-02", Harm::Killed));
    assert_eq!(run(&[first.clone(), second.clone()]).events.len(), 2);
    // Nor do others, who tell of the one and of the other, make one of them.
    let others = [strike("c", "Two", "2020-05-01", Harm::Injured), strike("d", "Three", "2020-05-02", Harm::Killed)];
    assert_eq!(run(&[vec![first, second], others.to_vec()].concat()).events.len(), 2);
    assert_eq!(run(&others).events.len(), 1, "two voices may count a night from either day");
}

#[test]
fn the_bombs_of_a_day_are_none_of_them_but_a_number_of_bombs_may_be_told_as_one() {
    let bombing = |key: &str, text: &str, bombs: Option<&str>, n: u32| {
        let told = report(key, key, text).claim("explosion.bombing", "bomb", |c| {
            c.at("upper").dated("2020-05-01");
            killed(c, n);
        });
        let counted = bombs.into_iter().fold(told, |r, words| r.mention(MentionKind::Quantity, words, words));
        counted.with(|r| r.mentions.iter_mut().for_each(|m| m.value = Some("2".into()))).done()
    };
    let two = |n| bombing("a", "Two car bombs fell.", Some("Two"), n);
    let one = |n| bombing("b", "A car bomb went off.", None, n);
    assert_eq!(run(&[two(10), one(3)]).events.len(), 2);
    assert_eq!(run(&[two(10), one(10)]).events.len(), 1);
}
