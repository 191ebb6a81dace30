//! Passages that reports have in common, hours of one day, and what descends from a third.

use super::{event, id, run, tie};
use crate::fixtures::Analysed;
use crate::fixtures::{Fill, report};
use marsad_model::*;

const SENTENCE: &str = "Two rockets struck a queue for bread in the upper village on Tuesday morning, killing six people and \
    wounding fourteen, a rescue worker who had come from the mill told the agency at the gate.";
const STORY: &str = "They had been fired from behind the orchards, he said, where trucks had been seen since the day before. \
    A doctor counted the wounded twice, since some of them had been carried home by their brothers before he came. \
    The oven had been hit once before in the spring and was opened again with money that the neighbours had given.";
const ELSEWHERE: &str = "Ministers talked through the night about herring and came to no end of it. In the port the tram drivers went back to work. \
    Oil fell for the third week. A court adjourned because its roof leaked. The governor opened a bridge that nobody had asked for. \
    Heavy rain closed two schools by the sea. The draw for the cup will be held on Saturday.";

fn telling(key: &str, source: &str, text: &str, on: &str, time: Option<&str>) -> Analysed {
    let told = report(key, source, text).on(on).claim("explosion.shelling", "struck", |c| {
        c.at("upper").own().harmed(Harm::Killed, PersonStatus::Unknown, 6, Some(6));
    });
    told.with(|r| r.report.published.as_mut().unwrap().start_time = time.map(str::to_owned)).done()
}

#[test]
fn the_agency_s_sentence_in_a_roundup_is_the_agency_s_and_no_voice_of_its_own() {
    let agency = telling("agency", "Agency", &format!("{SENTENCE} {STORY}"), "2020-05-02", None);
    let roundup = |tail: &str| {
        let text = format!("{ELSEWHERE} {SENTENCE} {tail}");
        let mut roundup = telling("roundup", "Digest", &text, "2020-05-03", None);
        let talks = report("roundup", "Digest", &text).claim("politics.negotiation", "talked", |_| {}).done().claims.remove(0);
        roundup.claims.push(talks);
        roundup
    };
    let digest = roundup("The orchestra played to a full house.");
    let found = run(&[agency.clone(), digest.clone()]);
    let taken = tie(&found, "roundup", "agency").unwrap();
    assert_eq!((taken.relation, taken.direction), (Relation::Excerpt, Direction::From));
    assert_eq!(event(&found, &agency, 0).support, Support { independent: 1, untraced: 0 });
    // What else it tells is not the agency's, nor was it there.
    assert_ne!(found.report_origin[&id("roundup")], found.report_origin[&id("agency")]);
    assert_eq!(event(&found, &digest, 1).support, Support { independent: 0, untraced: 1 });
    // Without a day, or months later, it may be a list of other stories or background.
    for on in [None, Some("2020-09-03")] {
        let mut late = digest.clone();
        late.report.published = on.and_then(|on| report("late", "Late", "Late.").on(on).done().report.published);
        assert!(tie(&run(&[agency.clone(), late]), "roundup", "agency").is_none(), "{on:?}");
    }
    // Another roundup of the same sentence leads to the same telling.
    let mut second = roundup("A lighthouse was painted white again after all those years of rust and rain.");
    second.report.id = id("second");
    second.report.source.name = Some("Weekly".to_owned());
    second.report.url = None;
    for (n, c) in second.claims.iter_mut().enumerate() {
        c.report = id("second");
        c.id = ClaimId::at(&c.report, Span::new(n, n + 1));
    }
    let found = run(&[agency.clone(), digest, second]);
    assert_eq!(event(&found, &agency, 0).support, Support { independent: 1, untraced: 0 });
}

#[test]
fn a_formula_that_says_not_how_many_is_no_passage() {
    let formula = "The network condemns that the road to the well was struck and calls on all who hold arms to keep away from wells";
    let condemned = |key: &str, source: &str, own: &str| {
        let told = report(key, source, &format!("{own} {formula}.")).on("2020-05-02").claim("explosion.shelling", "struck", |_| {});
        told.done()
    };
    let found = run(&[condemned("a", "One", STORY), condemned("b", "Two", ELSEWHERE)]);
    assert!(tie(&found, "a", "b").is_none());
}

#[test]
fn of_two_reports_of_one_day_the_hours_tell_which_was_first() {
    let text = format!("{SENTENCE} {STORY}");
    let direction = |first: Option<&str>, second: Option<&str>| {
        let reports = [telling("a", "One", &text, "2020-05-02", first), telling("b", "Two", &text, "2020-05-02", second)];
        tie(&run(&reports), "b", "a").unwrap().direction
    };
    for (first, second, expected) in [
        (Some("11:00+03:00"), Some("15:00+03:00"), Direction::From),
        (Some("11:00+03:00"), Some("08:30Z"), Direction::From),
        (Some("11:00+03:00"), Some("07:30Z"), Direction::To),
        (Some("11:00+03:00"), None, Direction::Unknown),
        (Some("11:00"), Some("15:00+03:00"), Direction::Unknown),
    ] {
        assert_eq!(direction(first, second), expected, "{first:?} {second:?}");
    }
}

#[test]
fn the_same_outlet_s_higher_toll_is_an_update_and_no_translation_of_what_was_translated_before() {
    let english = |killed: &str| {
        format!(
            "On Thursday Yousef Kanbar saw clashes in Mardabin, and {killed} men of the Fahran battalion died.\n\
            The physician Nadira Tawfiq counted 27 wounded in Salqarin.\nKanbar blamed the Meridian fund in Derkush."
        )
    };
    let arabic = "شاهد يوسف كنبار اشتباكات في مردابين يوم الخميس، وقتل 143 رجلاً من كتيبة فهران.\nوأحصت الطبيبة نديرة توفيق 27 جريحاً في سلقارين.\nوألقى كنبار باللوم على صندوق مريديان في دركوش.";
    let first = english("143");
    let agency = report("first", "Agency", &first).on("2020-05-01").claim("battle.clash", "clashes", |_| {});
    let later = english("150");
    let update = report("later", "Agency", &later).on("2020-05-03").claim("battle.clash", "clashes", |_| {});
    let translation = report("ar", "Two", arabic).on("2020-05-02").claim("battle.clash", "اشتباكات", |_| {});
    let counted = |b: crate::fixtures::Building, words: &str| {
        b.mention(MentionKind::Quantity, words, words).with(|r| {
            for m in &mut r.mentions {
                (m.value, m.id) = (m.id.take(), None);
            }
        })
    };
    let found = run(&[counted(agency, "143").done(), counted(update, "150").done(), translation.done()]);
    let updates = tie(&found, "later", "first").unwrap();
    assert_eq!((updates.relation, updates.direction), (Relation::Update, Direction::From));
    assert_eq!(tie(&found, "ar", "first").unwrap().direction, Direction::From);
    assert_eq!(tie(&found, "later", "ar").unwrap().direction, Direction::Unknown);
}
