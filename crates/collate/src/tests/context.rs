//! What stands beside a claim speaks for one happening, or keeps two apart.

use super::{event, run, tie};
use crate::fixtures::Analysed;
use crate::fixtures::{Fill, report};
use marsad_model::*;

fn one_event(reports: &[Analysed; 2]) -> bool {
    let found = run(reports);
    event(&found, &reports[0], 0).id == event(&found, &reports[1], 0).id
}

/// A strike on a village, with these names of persons beside it.
fn strike(key: &str, text: &str, trigger: &str, persons: &[&str], change: fn(&mut Claim<Span>)) -> Analysed {
    let mut told = report(key, key, text).claim("explosion.air_strike", trigger, change);
    for name in persons {
        told = told.mention(MentionKind::Person, name, "").with(|a| a.mentions.iter_mut().for_each(|m| m.id = None));
    }
    told.done()
}

#[test]
fn a_victim_named_in_both_scripts_joins_undated_reports() {
    let english = |persons: &[&str]| {
        strike("a", "A strike killed Salim Haddad by the ford.", "strike", persons, |c| {
            c.at("upper");
        })
    };
    let arabic = strike("b", "غارة قتلت سليم حداد عند البيدر", "غارة", &["سليم حداد"], |c| {
        c.at("upper");
    });
    assert!(one_event(&[english(&["Salim Haddad"]), arabic.clone()]));
    assert!(!one_event(&[english(&[]), arabic.clone()]), "a village is struck again and again");
    assert!(!one_event(&[english(&["Salim"]), arabic]), "a name of one word is borne by too many");
}

#[test]
fn a_village_struck_two_days_running_was_struck_twice() {
    let on = |key: &str, day: fn(&mut Claim<Span>)| strike(key, &format!("The strike of {key} hit the mill."), "strike", &[], day);
    let first = on("a", |c| {
        c.at("upper").dated("2020-05-01");
    });
    let second = on("b", |c| {
        c.at("upper").dated("2020-05-02");
    });
    assert!(!one_event(&[first, second]));
}

#[test]
fn reports_that_each_name_the_others_place_may_have_meant_one() {
    let told = |key: &str, place: &'static str, named: &[&str]| {
        let text = format!("From {key}: a strike on the road from Upper to Lower.");
        let mut told = report(key, key, &text).claim("explosion.air_strike", "strike", move |c| {
            c.at(place).dated("2020-05-01").by(ActorRole::Initiator, "red");
        });
        for name in named {
            told = told.mention(MentionKind::Place, name, &name.to_lowercase());
        }
        told.done()
    };
    assert!(one_event(&[told("a", "upper", &["Upper", "Lower"]), told("b", "lower", &["Upper", "Lower"])]));
    assert!(!one_event(&[told("a", "upper", &["Upper"]), told("b", "lower", &["Lower"])]));
}

#[test]
fn a_copy_without_headline_and_first_sentence_is_a_copy() {
    let body = "Later the herd crossed the lower bridge and two riders fell at the clash near the well. \
        The elders counted nine carts on the road before the raid took the granary at dusk. \
        Nobody in the valley could say who had opened the sluice before the flood of that night came down.";
    let whole = format!("A skirmish broke out behind the chapel while the smith slept in his yard. {body}");
    let without = format!("Skirmish in the valley. {body}");
    let told = |key: &str, text: &str, first: &str| {
        let clash = |c: &mut Claim<Span>| {
            c.at("upper");
        };
        report(key, key, text)
            .claim("battle.clash", first, clash)
            .claim("battle.clash", "clash", clash)
            .claim("battle.raid", "raid", clash)
            .done()
    };
    let found = run(&[told("a", &whole, "skirmish"), told("b", &without, "Skirmish")]);
    assert_eq!(tie(&found, "a", "b").map(|t| t.relation), Some(Relation::Copy));
}
