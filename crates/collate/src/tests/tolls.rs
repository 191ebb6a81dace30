//! What numbers of those harmed come to: whole and part, first and later word, telling and translation.

use super::{event, run};
use crate::fixtures::Analysed;
use crate::fixtures::{Fill, report};
use marsad_model::*;

/// Whom a report counts: how many, as what, and of which group.
type Counted = (u32, PersonStatus, Option<PeopleGroup>);

/// What two count, and how that comes out.
type Row<'a> = (&'a str, &'a [Counted], &'a [Counted], Option<DisagreementRelation>, &'a [&'a str]);

fn strike(key: &str, source: &str, text: &str, on: &str, counted: &[Counted]) -> Analysed {
    let first = text.split(' ').next().unwrap().to_owned();
    report(key, source, text)
        .on(on)
        .claim("explosion.air_strike", &first, |c| {
            c.at("upper").dated("2020-05-01");
            for &(n, status, group) in counted {
                c.harmed(Harm::Killed, status, n, Some(n));
                c.casualties.last_mut().unwrap().group = group;
            }
        })
        .done()
}

/// How the tolls of the event relate, and the values; one value where they agree.
fn tolls(reports: &[Analysed]) -> (Option<DisagreementRelation>, Vec<String>) {
    let found = run(reports);
    let told = event(&found, &reports[0], 0);
    assert_eq!(told.reports as usize, reports.len());
    let differ = told.disagreements.iter().find(|d| d.attribute == Attribute::Casualties);
    let agreed = told.agreed.iter().filter(|a| a.attribute == Attribute::Casualties).map(|a| a.value.value.clone());
    match differ {
        Some(d) => (Some(d.relation), d.values.iter().map(|v| v.value.clone()).collect()),
        None => (None, agreed.collect()),
    }
}

#[test]
fn a_part_of_those_killed_is_no_other_number_than_all() {
    use PeopleGroup::{Children, Men, Women};
    use PersonStatus::{Civilian, Combatant, Unknown};
    let differs = Some(DisagreementRelation::Differs);
    let cases: &[Row<'_>] = &[
        ("all and men alone", &[(2, Unknown, None)], &[(2, Unknown, Some(Men))], None, &["2 killed"]),
        ("children among all", &[(8, Unknown, None)], &[(3, Unknown, Some(Children))], None, &["8 killed"]),
        ("more children than all", &[(2, Unknown, None)], &[(3, Unknown, Some(Children))], differs, &["2 killed", "3 killed (children)"]),
        ("men and men", &[(4, Unknown, Some(Men))], &[(5, Unknown, Some(Men))], differs, &["4 killed (men)", "5 killed (men)"]),
        ("groups are not summed", &[(1, Unknown, Some(Women)), (3, Unknown, Some(Children))], &[(4, Unknown, None)], None, &["4 killed"]),
        (
            "groups that exceed all",
            &[(1, Unknown, Some(Women)), (3, Unknown, Some(Children))],
            &[(2, Unknown, None)],
            differs,
            &["at least 3 killed", "2 killed"],
        ),
        (
            "civilians beside fighters",
            &[(2, Civilian, None), (5, Combatant, None)],
            &[(9, Unknown, None)],
            None,
            &["9 killed", "5 killed (combatants)"],
        ),
        ("civilians and civilians", &[(2, Civilian, None)], &[(9, Civilian, None)], differs, &["2 killed", "9 killed"]),
    ];
    for (what, ours, theirs, how, values) in cases {
        let one = strike("a", "One", "Jets struck the upper village.", "2020-05-02", ours);
        let other = strike("b", "Two", "Bombs fell there.", "2020-05-02", theirs);
        let (relation, found) = tolls(&[one, other]);
        assert_eq!((relation, found), (*how, values.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>()), "{what}");
    }
}

#[test]
fn who_repeats_the_first_toll_takes_back_no_later_one() {
    let text =
        "Jets struck the upper village near noon and killed people who had come to the well for water, the council of the village said";
    let killed = |n| [(n, PersonStatus::Unknown, None)];
    let first = strike("a", "One", &format!("{text}."), "2020-05-02", &killed(6));
    let copy = strike("b", "Two", &format!("{text} on Friday."), "2020-05-03", &killed(6));
    let update = strike("c", "One", &format!("{text} later."), "2020-05-03", &killed(9));
    assert_eq!(tolls(&[first.clone(), copy, update.clone()]).0, Some(DisagreementRelation::Superseded));
    let other = strike("d", "Three", "Bombs fell there.", "2020-05-03", &killed(4));
    assert_eq!(tolls(&[first, update, other]).0, Some(DisagreementRelation::Differs), "another voice differs");
}

#[test]
fn a_number_mistaken_in_translation_is_told_as_such_though_others_tell_of_it_too() {
    let english = "On Thursday Yousef Kanbar saw jets strike Mardabin, and 143 men of the Fahran battalion fled.\nThe physician Nadira Tawfiq counted 27 wounded in Salqarin.\nKanbar blamed the Meridian fund in Derkush.";
    let arabic = "شاهد يوسف كنبار طائرات تقصف مردابين يوم الخميس، وهرب 143 رجلاً من كتيبة فهران.\nوأحصت الطبيبة نديرة توفيق 27 جريحاً في سلقارين.\nوألقى كنبار باللوم على صندوق مريديان في دركوش.";
    let told = |key: &str, source: &str, text: &str, on: &str, trigger: &str, killed: u32| {
        let strike = report(key, source, text).on(on).claim("explosion.air_strike", trigger, |c| {
            c.at("upper").dated("2020-05-01").harmed(Harm::Killed, PersonStatus::Unknown, killed, Some(killed));
        });
        strike.done()
    };
    let original = told("en", "One", english, "2020-05-01", "strike", 2);
    let translation = told("ar", "Two", arabic, "2020-05-02", "تقصف", 12);
    let third = |killed| told("third", "Three", "Planes came over upper.", "2020-05-01", "came", killed);
    let relation = |killed| tolls(&[original.clone(), translation.clone(), third(killed)]).0;
    assert_eq!(relation(2), Some(DisagreementRelation::TranslationError));
    assert_eq!(relation(5), Some(DisagreementRelation::Differs));
}
