use super::{id, run, tie};
use crate::fixtures::Analysed;
use crate::fixtures::{Fill, Valley, day, report};
use crate::{Rulings, Signal, World};
use marsad_model::{AttributionKind, DateBasis, Direction, MentionKind, Relation, Weekday};

const STORY: &str = "Fighting broke out near the old mill on Tuesday morning, people from two villages said. \
    Smoke rose over the orchards until noon and the road to the market was closed by sandbags. \
    A nurse at the clinic counted nine wounded, two of them children who had been picking olives. \
    By evening the shelling had stopped and families began to walk back along the canal. \
    The council asked both sides to let the harvest go on.";

fn cut(text: &str, leave_out: usize) -> String {
    text.split(". ").enumerate().filter(|(n, _)| *n != leave_out).map(|(_, s)| s).collect::<Vec<_>>().join(". ")
}

#[test]
fn same_words_are_a_copy_and_the_later_descends() {
    let reports = [report("a", "One", STORY).on("2020-05-02").done(), report("b", "Two", STORY).on("2020-05-03").done()];
    let found = run(&reports);
    let here = tie(&found, "b", "a").unwrap();
    assert_eq!((here.relation, here.direction), (Relation::Copy, Direction::From));
    assert_eq!(tie(&found, "a", "b").unwrap().direction, Direction::To);
    assert_eq!(found.report_origin[&id("a")], found.report_origin[&id("b")]);
}

#[test]
fn a_sentence_less_is_still_a_copy_and_what_is_shared_is_shown() {
    for n in 0..5 {
        let reports = [report("a", "One", STORY).done(), report("b", "Two", &cut(STORY, n)).done()];
        let found = run(&reports);
        let here = tie(&found, "a", "b").unwrap();
        assert_eq!((here.relation, here.direction), (Relation::Copy, Direction::Unknown), "without sentence {n}");
        for s in &here.spans {
            let words = |t: &str| t.split_whitespace().map(|w| w.trim_matches(['.', ',']).to_owned()).collect::<Vec<_>>();
            assert_eq!(words(s.here.of(&reports[0].report.text)), words(s.there.of(&reports[1].report.text)));
        }
        assert!(!here.spans.is_empty());
    }
}

#[test]
fn a_sentence_taken_into_a_short_post_is_an_excerpt_but_a_phrase_is_not() {
    let post = |words: &str| format!("Breaking now {words}");
    let sentence = "a nurse at the clinic by the canal counted nine wounded children who had been picking olives since noon";
    let ended = format!(
        "{sentence}. Their mothers were told to wait outside. The doctor came at three with two orderlies and a lamp. \
        Nobody in the yard knew who had fired, and the road to the market stayed shut until the evening."
    );
    let found = run(&[report("a", "One", &ended).done(), report("b", "Two", &post(sentence)).done()]);
    assert_eq!(tie(&found, "b", "a").unwrap().relation, Relation::Excerpt);
    let phrase = sentence.split(" who").next().unwrap();
    let found = run(&[report("a", "One", &ended).done(), report("b", "Two", &post(phrase)).done()]);
    assert!(tie(&found, "b", "a").is_none());
}

#[test]
fn a_short_part_of_a_long_text_is_an_excerpt_and_of_a_roundup_not_its_origin() {
    let other = "The harbour authority opened a second pier after years of delay and many quarrels about money. ".to_owned()
        + "Fishermen were told to register their boats before the winter, which most of them had done already last spring. "
        + "In the capital a committee looked at bread prices again and found them higher than anywhere along the coast. "
        + "Schools in the south stay closed for another week because of the floods that took the bridge at the ford. "
        + "The orchestra played to a full house and promised to come back when the hall has a roof that keeps rain out.";
    let part = cut(&cut(STORY, 4), 3);
    let long = format!("{part} {other}");
    let reports = [report("part", "One", &part).done(), report("long", "Two", &long).done()];
    let found = run(&reports);
    assert_eq!(tie(&found, "part", "long").unwrap().relation, Relation::Excerpt);
    assert_eq!(found.report_origin[&id("part")], found.report_origin[&id("long")]);
    let roundup = format!("{long} {}", (0..90).map(|n| format!("Item{n} was told elsewhere{n} again")).collect::<Vec<_>>().join(". "));
    let reports = [report("part", "One", &part).done(), report("long", "Two", &roundup).done()];
    let found = run(&reports);
    assert_eq!(tie(&found, "part", "long").unwrap().relation, Relation::Excerpt);
    assert_ne!(found.report_origin[&id("part")], found.report_origin[&id("long")]);
}

#[test]
fn a_short_report_with_talk_below_it_is_one_origin_with_it() {
    let part = cut(&cut(STORY, 4), 3);
    let talk = (0..90).map(|n| format!("Name{n} says that it is sad{n} indeed")).collect::<Vec<_>>().join(". ");
    let long = format!("{part} {talk}");
    for (told, one) in [(vec!["Fighting"], true), (vec!["Fighting", "sad7", "sad12"], false)] {
        let told = told.into_iter().fold(report("long", "Two", &long), |r, t| r.claim("battle.clash", t, |_| {}));
        let reports = [report("part", "One", &part).claim("battle.clash", "Fighting", |_| {}).done(), told.done()];
        let found = run(&reports);
        assert_eq!(tie(&found, "part", "long").unwrap().relation, Relation::Excerpt);
        assert_eq!(found.report_origin[&id("part")] == found.report_origin[&id("long")], one);
    }
}

#[test]
fn a_form_filled_in_twice_is_no_copy() {
    let (_, tail) = STORY.split_once("said. ").unwrap();
    let filled = |key: &str, what: &str, date: &str| {
        let text = format!("A missile hit {what} outside the town. {tail}");
        let told = report(key, "One", &text).claim("explosion.shelling", "wounded", |_| {}).claim("battle.clash", "shelling", |_| {});
        told.claim("explosion.shelling", what, |c| {
            c.dated(date);
        })
    };
    let first = filled("a", "barns", "2020-01-02").done();
    for (date, one) in [("2020-01-03", true), ("2020-01-09", false)] {
        let found = run(&[first.clone(), filled("b", "tanks", date).done()]);
        assert_eq!(tie(&found, "a", "b").is_some(), one, "{date}");
    }
}

#[test]
fn a_source_does_not_rewrite_itself_days_later() {
    let (shared, _) = STORY.split_once("A nurse").unwrap();
    let tale = |key: &str, source: &str, day: &str, word: &str| {
        let own = (0..40).map(|n| format!("{word}{n}")).collect::<Vec<_>>().join(" ");
        let told = report(key, source, &format!("{shared}{own}")).with(|r| r.report.source.id = Some(source.to_owned()));
        told.on(day).claim("battle.clash", "Fighting", |_| {}).done()
    };
    let first = tale("a", "One", "2020-05-02", "so");
    for (source, day, one) in [("One", "2020-05-03", true), ("One", "2020-05-06", false), ("Two", "2020-05-06", true)] {
        let found = run(&[first.clone(), tale("b", source, day, "thus")]);
        assert_eq!(tie(&found, "a", "b").map(|t| t.relation), one.then_some(Relation::Rewrite), "{source} {day}");
    }
}

#[test]
fn the_same_source_that_tells_more_updates() {
    let more = format!("{STORY} Later in the night two more wounded were brought in from the fields across the river by boat.");
    let reports = [
        report("a", "One", STORY).with(|r| r.report.url = Some("https://one.example/1".into())).done(),
        report("b", "One", &more).with(|r| r.report.url = Some("https://one.example/1".into())).done(),
    ];
    let here = run(&reports);
    let here = tie(&here, "b", "a").unwrap();
    assert_eq!((here.relation, here.direction), (Relation::Update, Direction::From));
}

#[test]
fn other_stories_are_not_tied() {
    let other = "A court in the capital heard the case of the bakers who had closed their shops in protest at the price of flour. \
        The judge put off the hearing until after the feast and let all of them go home on bail. Lawyers said that was wise.";
    let reports = [report("a", "One", STORY).done(), report("b", "Two", other).done()];
    assert!(run(&reports).lineage.is_empty());
}

#[test]
fn a_wall_ties_nothing_but_a_story_is_tied() {
    let wall = "Log in or sign up to see posts, photos and more from people you may know on this site.";
    let titles = ["Shells fall on the upper village", "Market reopens", "Two arrested at the bridge"];
    let walls: Vec<Analysed> = titles.iter().enumerate().map(|(n, t)| report(&format!("w{n}"), "Site", wall).title(t).done()).collect();
    let found = run(&walls);
    assert!(found.lineage.is_empty());
    assert_ne!(found.report_origin[&id("w0")], found.report_origin[&id("w1")]);
    let titles = ["Fighting near the old mill", "Smoke over the orchards near the mill", "Nurse counted nine wounded"];
    let copies: Vec<Analysed> =
        titles.iter().enumerate().map(|(n, t)| report(&format!("s{n}"), &format!("Outlet {n}"), STORY).title(t).done()).collect();
    let found = run(&copies);
    assert_eq!(found.report_origin[&id("s0")], found.report_origin[&id("s2")]);
}

const ENGLISH: &str = "The Larkspur brigade entered Mardabin on the fourth day, its spokesman Yousef Kanbar told reporters in Derkush.\n\
    He said that 143 men of the Fahran battalion had laid down their arms.\n\
    Hospitals in Salqarin received 27 wounded, the physician Nadira Tawfiq said.\n\
    A convoy of 18 trucks from the Meridian fund waited at the Bab Zarqun crossing.\n\
    Talks between Kanbar and the elders of Mardabin broke down over 3,500 hectares of land.";
const ARABIC: &str = "دخل لواء لاركسبور مردابين في اليوم الرابع، بحسب ما قال المتحدث باسمه يوسف كنبار للصحفيين في دركوش.\n\
    وقال إن 143 رجلاً من كتيبة فهران ألقوا سلاحهم.\n\
    واستقبلت مستشفيات سلقارين 27 جريحاً، كما قالت الطبيبة نديرة توفيق.\n\
    وانتظرت قافلة من 18 شاحنة تابعة لصندوق مريديان عند معبر باب زرقون.\n\
    وانهارت المحادثات بين كنبار ووجهاء مردابين بسبب 3500 هكتار من الأراضي.";
/// Another outlet's account of the same day: the same sides and places, other details.
const ANOTHER: &str = "شهدت مردابين يوم أمس انسحاب المقاتلين من الأحياء الغربية بعد معارك طويلة.\n\
    وتحدث سكان عن نزوح عشرات العائلات نحو دركوش سيراً على الأقدام.\n\
    وذكر شهود أن الأسواق أغلقت أبوابها وأن الكهرباء انقطعت عن معظم المنازل.\n\
    ولم تعرف حصيلة الضحايا حتى ساعة إعداد هذا التقرير.";

#[test]
fn a_translation_is_tied_and_its_sentences_are_shown() {
    let reports = [report("en", "One", ENGLISH).on("2020-05-03").done(), report("ar", "Two", ARABIC).on("2020-05-02").done()];
    let found = run(&reports);
    let here = tie(&found, "en", "ar").unwrap();
    assert_eq!((here.relation, here.direction), (Relation::Translation, Direction::From));
    assert!(here.spans.len() >= 4);
    let second = here.spans.iter().find(|s| s.here.of(ENGLISH).contains("143")).unwrap();
    assert!(second.there.of(ARABIC).contains("143"));
}

#[test]
fn another_account_of_the_same_day_is_no_translation() {
    let reports = [report("en", "One", ENGLISH).done(), report("ar", "Two", ANOTHER).done()];
    assert!(run(&reports).lineage.is_empty());
}

#[test]
fn accounts_that_share_places_and_sides_alone_are_no_translation() {
    let english = "Fighters of the red guard and of the blue league clashed in Upper and Lower on Friday.\nThe red guard said it held the bridge at Mill.\nThe blue league shelled Upper again.";
    let arabic = "دارت اشتباكات بين الحرس الأحمر والرابطة الزرقاء في العليا.\nوسمعت انفجارات في السفلى مساء.\nوأرسلت الرابطة الزرقاء تعزيزات من الطاحونة بعد أن سيطر الحرس الأحمر على الجسر.";
    let mut en = report("en", "One", english);
    for (words, id) in [("red guard", "red-guard"), ("blue league", "blue")] {
        en = en.mention(MentionKind::Actor, words, id);
    }
    for (words, id) in [("Upper", "upper"), ("Lower", "lower"), ("Mill", "mill")] {
        en = en.mention(MentionKind::Place, words, id);
    }
    let mut ar = report("ar", "Two", arabic);
    for (words, id) in [("الحرس الأحمر", "red-guard"), ("الرابطة الزرقاء", "blue")] {
        ar = ar.mention(MentionKind::Actor, words, id);
    }
    for (words, id) in [("العليا", "upper"), ("السفلى", "lower"), ("الطاحونة", "mill")] {
        ar = ar.mention(MentionKind::Place, words, id);
    }
    assert!(run(&[en.done(), ar.done()]).lineage.is_empty());
}

#[test]
fn a_date_spreads_to_copies_and_resolves_what_was_said() {
    let undated = report("b", "Two", STORY).claim("battle.clash", "Fighting", |c| {
        c.at("mill").said(None, Some(Weekday::Tuesday));
    });
    let reports = [report("a", "One", STORY).on("2020-05-07").done(), undated.done()];
    let found = run(&reports);
    let published = &found.published[&id("b")];
    assert_eq!((published.start, published.basis), (day("2020-05-07"), DateBasis::Sibling));
    assert!(!found.published.contains_key(&id("a")));
    // 7 May 2020 was a Thursday.
    assert_eq!(found.times[&reports[1].claims[0].id].start, Some(day("2020-05-05")));
}

#[test]
fn a_report_that_names_a_loaded_source_quotes_it() {
    let first = report("a", "Valley Wire", "Shells fell on the upper village before dawn.").on("2020-05-02");
    let first = first.claim("explosion.shelling", "Shells fell", |c| {
        c.at("upper").own();
    });
    let second = report("b", "Two", "According to Valley Wire, the upper village was shelled.").on("2020-05-02");
    let second = second.claim("explosion.shelling", "shelled", |c| {
        c.at("upper").says(AttributionKind::Outlet, None, "Valley Wire");
    });
    let reports = [first.done(), second.done()];
    let found = run(&reports);
    let here = tie(&found, "b", "a").unwrap();
    assert_eq!((here.relation, here.direction), (Relation::Quotes, Direction::From));
    assert_ne!(found.report_origin[&id("a")], found.report_origin[&id("b")]);
    assert_eq!(found.claim_origin[&reports[0].claims[0].id], found.claim_origin[&reports[1].claims[0].id]);
}

/// A signal that takes any two texts for one.
struct Sure;

impl Signal for Sure {
    fn likeness(&self, _: &str, _: &str) -> Option<f64> {
        Some(1.0)
    }
}

/// The valley with that signal.
struct Heard;

impl World for Heard {
    fn contains(&self, container: &str, place: &str) -> bool {
        Valley.contains(container, place)
    }

    fn distance_km(&self, a: &str, b: &str) -> Option<f64> {
        Valley.distance_km(a, b)
    }

    fn accuracy_km(&self, place: &str) -> f64 {
        Valley.accuracy_km(place)
    }

    fn place_weight(&self, place: &str) -> f64 {
        Valley.place_weight(place)
    }

    fn part_of(&self, actor: &str, whole: &str) -> bool {
        Valley.part_of(actor, whole)
    }

    fn signal(&self) -> Option<&dyn Signal> {
        Some(&Sure)
    }
}

#[test]
fn a_further_signal_settles_what_was_aligned_and_none_is_needed() {
    let cut = |text: &str| text.lines().take(3).collect::<Vec<_>>().join("\n");
    let reports = [report("en", "One", &cut(ENGLISH)).done(), report("ar", "Two", &cut(ARABIC)).done()];
    let other = [report("en", "One", STORY).done(), report("ar", "Two", ARABIC).done()];
    let heard = |reports: &[Analysed]| super::run_in(reports, &Heard, &Rulings::default());
    assert!(tie(&heard(&reports), "en", "ar").is_some());
    assert!(heard(&other).lineage.is_empty(), "what shares nothing is not even aligned");
}

#[test]
fn a_text_without_words_of_its_own_was_cut_from_the_other_wherever_its_news_stood() {
    let sentences: Vec<&str> = STORY.split(". ").collect();
    let whole = report("a", "One", STORY).claim("battle.clash", "Fighting", |_| {}).done();
    for (begins, trigger, one) in [("The council asked both sides", "council", true), ("A baker shouted at his cousins", "baker", false)] {
        let short = format!("{begins}. {}. {}.", sentences[1], sentences[2]);
        let found = run(&[whole.clone(), report("b", "Two", &short).claim("battle.clash", trigger, |_| {}).done()]);
        assert_eq!(tie(&found, "a", "b").is_some(), one, "{begins}");
    }
}

#[test]
fn tags_and_short_formulas_are_no_copies() {
    for (text, tied) in [
        ("#valley_watch #snow #the_hill_road_is_closed_by_the_storm_of_the_year_in_the_upper_and_the_lower_village", false),
        ("God have mercy on him and give his family patience", false),
        (STORY, true),
    ] {
        let two = [report("a", "One", text).done(), report("b", "Two", text).done()];
        assert_eq!(tie(&run(&two), "a", "b").is_some(), tied, "{text}");
        let versions = two.map(|mut r| {
            r.report.url = Some("https://hill.example/posts/1".to_owned());
            r
        });
        assert!(tie(&run(&versions), "a", "b").is_some(), "{text}");
    }
}

/// What an outlet tells beside the story: more sentences than the story has.
fn beside(count: usize) -> String {
    let of = ["market", "bakery", "school", "harbour", "clinic", "orchard", "station", "mill", "bridge", "well", "road", "hall"];
    of.iter().cycle().take(count).map(|what| format!("People at the {what} spoke of the weather and of the price of bread.\n")).collect()
}

#[test]
fn one_sentence_of_a_long_report_is_no_translation_of_a_post() {
    let post = "وصل 143 شخصا و2750 خروفا من بلدة كالدروفا إلى مخيم باريستان على متن 38 حافلة";
    let said = "As many as 143 people with 2750 sheep came from Kaldrova to the camp of Baristan in 38 buses.\n";
    for (others, tied) in [(1, true), (24, false)] {
        let english = format!("{}{said}", beside(others));
        let reports = [report("en", "One", &english).done(), report("ar", "Two", post).done()];
        assert_eq!(tie(&run(&reports), "en", "ar").is_some(), tied, "{others}");
    }
}

#[test]
fn a_text_that_tells_of_something_else_first_is_no_translation() {
    let shelled = "The red guard shelled the harbour at dawn.\n";
    for (before, behind, tied) in [(String::new(), beside(24), true), (format!("{shelled}{}", beside(23)), String::new(), false)] {
        let long = format!("{before}{ENGLISH}\n{behind}");
        let first = if before.is_empty() { "entered" } else { "shelled" };
        let en = report("en", "One", &long).claim("battle.clash", first, |_| ()).done();
        let ar = report("ar", "Two", ARABIC).claim("battle.clash", "دخل", |_| ()).done();
        assert_eq!(tie(&run(&[en, ar]), "en", "ar").is_some(), tied, "{before}");
    }
}
