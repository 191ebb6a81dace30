//! How many were harmed, of whom, and who by name: short sentences in both languages with what must be read from them.

#![allow(clippy::unwrap_used)] // a test ends where something is not as it should be

use marsad_analyse::{Analyser, Analysis};
use marsad_knowledge::Files;
use marsad_model::{Casualties, Count, CountScope, Language, MentionKind, Report, Span};
use std::sync::LazyLock;

static ANALYSER: LazyLock<Analyser> = LazyLock::new(|| Analyser::new(&Files::embedded()).unwrap());

fn read(text: &str) -> Analysis {
    let arabic = text.chars().any(|c| ('\u{0621}'..='\u{064A}').contains(&c));
    let language = if arabic { Language::Arabic } else { Language::English };
    ANALYSER.analyse(&Report::of_text(language, text))
}

/// A casualty in short: `killed 5`, `killed 2 of 0` for a part of the first, `injured 20+`, `killed ?`.
fn short(c: &Casualties<Span>) -> String {
    let harm = serde_json::to_value(c.harm).unwrap();
    let number = match (c.min, c.max, c.count) {
        (None, None, Count::Vague) => "many".to_owned(),
        (None, None, _) => "?".to_owned(),
        (Some(a), None, _) => format!("{a}+"),
        (None, Some(b), _) => format!("-{b}"),
        (Some(a), Some(b), _) if a == b => a.to_string(),
        (Some(a), Some(b), _) => format!("{a}-{b}"),
    };
    let part = c.part_of.map_or_else(String::new, |p| format!(" of {p}"));
    let scope = match c.scope {
        CountScope::Event => "",
        CountScope::TollSoFar => " so far",
        CountScope::Period => " in all",
    };
    format!("{} {number}{part}{scope}", harm.as_str().unwrap())
}

const HARM: &[(&str, &[&str])] = &[
    (
        "Shelling killed five people, including two children, and wounded 12 others in Atarib on Friday.",
        &["killed 5", "killed 2 of 0", "injured 12"],
    ),
    ("At least 14 civilians, among them three women, were killed in air strikes on Dana.", &["killed 14+", "killed 3 of 0"]),
    ("Seven people, three of them children, died when a mine exploded near Dana.", &["killed 7", "killed 3 of 0"]),
    ("An air strike on a house in Dana killed a family of five.", &["killed 5"]),
    // How old somebody is counts nobody.
    ("A 12-year-old boy was killed by a mine near Dana.", &["killed 1"]),
    ("Two children aged 4 and 6 were killed by a mine near Dana.", &["killed 2"]),
    ("A mother and her three children, aged 3, 5 and 9, were killed in an air strike on Dana.", &["killed 3", "killed 1"]),
    ("A man aged 40 and 6 women were killed in an air strike on Dana.", &["killed 6", "killed 1"]),
    ("Shelling killed 12-year-old Adel Hamdan in Dana on Monday.", &["killed 1"]),
    ("A 45-year-old man was wounded in the shelling of Dana.", &["injured 1"]),
    ("A strike wounded a child in Dana.", &["injured 1"]),
    ("Artillery shelled the village of Dana and wounded a shepherd.", &["injured 1"]),
    ("Artillery fire wounded four people in Dana.", &["injured 4"]),
    ("A rocket attack on Dana on Friday wounded at least four people.", &["injured 4+"]),
    ("An air strike killed a police officer in Dana and wounded his son.", &["killed 1", "injured 1"]),
    ("Stray bullets wounded four people in Dana.", &["injured 4"]),
    ("A shell hit a school in Dana; no one was hurt.", &["injured 0"]),
    // That a figure was not given is no figure.
    ("The army said that it had struck a depot in Dana. It gave no casualty figures.", &[]),
    ("An air strike hit Dana, but the army did not give casualty figures.", &[]),
    ("أعلنت الجماعة استهداف سفينة شحن في البحر الأحمر بثلاثة صواريخ باليستية، مؤكدة أن الإصابة كانت دقيقة ومباشرة.", &[]),
    // Who he was and what he is called are one man.
    ("اغتال مسلحون القيادي السابق في الجبهة عدنان المسالمة أمام منزله في بلدة تل شهاب.", &["killed 1"]),
    ("خطفت عصابة مسلحة رجلا مسنا من قرية الحريسة.", &["captured 1"]),
    ("A shell hit a school in Dana and a pupil was hurt.", &["injured 1"]),
    ("قتل شهود في هجوم للجيش على تعز.", &["killed ?"]),
    ("Three wounded people were taken to hospital after shelling in Dana.", &["injured 3"]),
    ("The strike killed the head of the local council in Dana.", &["killed 1"]),
    ("أودى القصف بحياة ثلاثة مدنيين في الدانا.", &["killed 3"]),
    ("قتل خمسة مدنيين وأصيب آخرون في قصف على الدانا.", &["killed 5", "injured ?"]),
    ("قتل مدون في قصف على الدانا.", &["killed 1"]),
    ("أودى الهجوم على الحاجز بحياة قائد الشرطة في الدانا.", &["killed 1"]),
    ("اتهم الأهالي الحراس بالاستخفاف بحياة المدنيين بعد قصف الدانا.", &[]),
    ("قتل الطفل عادل حمدان البالغ من العمر 14 عاما في قصف مدفعي على بلدة الدانا.", &["killed 1"]),
    ("An air strike killed two families in Dana.", &["killed ?"]),
    ("5 killed, dozens wounded in car bomb in Azaz.", &["killed 5", "injured many"]),
    ("The death toll from the strike on Dana rose to 14.", &["killed 14 so far"]),
    ("The number of people killed in the bombing of Azaz has risen to 23, with 40 wounded.", &["killed 23 so far", "injured 40"]),
    ("There were no casualties in the shelling of Dana.", &["killed 0", "injured 0"]),
    ("No one was killed in the shelling of Dana.", &["killed 0"]),
    ("No casualties were reported in the shelling of Dana.", &[]),
    ("Ten people were killed or wounded in the shelling of Dana.", &["killed ?", "injured ?"]),
    ("More than 120 civilians have been killed in Idlib since January.", &["killed 120+ in all"]),
    ("In 2019, 340 civilians were killed in air strikes in Idlib.", &["killed 340 in all"]),
    ("Between 7 and 12 people were killed when rockets hit the market in Dana.", &["killed 7-12"]),
    ("A woman and her three children were killed in the strike on Dana.", &["killed 3", "killed 1"]),
    ("A car bomb exploded in Azaz, killing at least six and wounding over 20.", &["killed 6+", "injured 20+"]),
    ("The explosion near the army post left four dead and 15 injured.", &["killed 4", "injured 15"]),
    (
        "قتل ثلاثة مدنيين بينهم طفلان وامرأة وأصيب خمسة آخرون بقصف على منزل في الدانا.",
        &["killed 3", "killed 2 of 0", "killed 1 of 0", "injured 5"],
    ),
    ("قتل 3 مدنيين من أسرة واحدة جراء قصف على الدانا.", &["killed 3"]),
    ("إصابة شخصين بجروح في قصف مدفعي على الدانا.", &["injured 2"]),
    ("إصابتان بقصف روسي على الدانا.", &["injured 2"]),
    ("لقي نحو 300 شخص حتفهم في تفجيرات في بغداد.", &["killed 300"]),
    ("لقي طفلان مصرعهما بانفجار لغم قرب الدانا.", &["killed 2"]),
    ("استهدف القصف المدفعي بلدة تفتناز ما أسفر عن سقوط قتلى وجرحى.", &["killed ?", "injured ?"]),
    ("ارتفعت حصيلة قصف الدانا إلى 14 قتيلا و30 جريحا.", &["killed 14 so far", "injured 30"]),
    ("بلغ عدد القتلى 14 والجرحى 30 في قصف الدانا.", &["killed 14 so far", "injured 30 so far"]),
    ("قتل وجرح 20 شخصا في غارات على الدانا.", &["killed ?", "injured ?"]),
    ("لم ترد أنباء عن وقوع إصابات في القصف على الدانا.", &[]),
    (
        "خلف القصف على الدانا خمسة قتلى بينهم ثلاثة أطفال وامرأتان، وعشرات الجرحى.",
        &["killed 5", "killed 3 of 0", "killed 2 of 0", "injured many"],
    ),
    // Numbers that belong to names count nobody.
    ("Men of the 30th Brigade shelled Route 60 near Dana.", &[]),
    ("قصف اللواء 52 أطراف الدانا.", &[]),
];

/// A text, and whom its first number counts, as far as the words say.
const COUNTED: &[(&str, &str)] = &[
    ("قتل تسعة مدنيين على الأقل في قصف مدفعي على حلب يوم الخميس.", "killed 9+ civilian"),
    ("مقتل ثلاثة جنود على الأقل في كمين قرب تدمر.", "killed 3+ combatant"),
    ("قتل سبعة أشخاص على الأقل في غارة على سراقب.", "killed 7+ unknown"),
    ("At least nine civilians were killed by shelling in Dana.", "killed 9+ civilian"),
];

#[test]
fn who_is_counted_is_told_with_the_number_whatever_stands_around_both() {
    for (text, expected) in COUNTED {
        let claims = read(text).claims;
        let first = claims.iter().flat_map(|c| &c.casualties).next().unwrap_or_else(|| panic!("{text}: nobody was harmed"));
        let status = serde_json::to_value(first.status).unwrap();
        assert_eq!(format!("{} {}", short(first), status.as_str().unwrap()), *expected, "{text}");
    }
}

#[test]
fn harm_is_read_as_told() {
    let mut wrong = Vec::new();
    for (text, expected) in HARM {
        let found: Vec<String> = read(text).claims.iter().flat_map(|c| &c.casualties).map(short).collect();
        if found != *expected {
            wrong.push(format!("{text}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// Name, age, sex, kin, harm of each person that a text names as harmed.
const VICTIMS: &[(&str, &[&str])] = &[
    (
        "قتل ثلاثة مدنيين في غارة على الدانا أمس.\n\n1- الطفل أحمد محمد الخالد 7 سنوات\n2- سليم عبد الباسط الزعرور، 41 عاما\n3- زوجته هناء الملقي، 36 عاما",
        &["أحمد محمد الخالد|7|male|-|killed", "سليم عبد الباسط الزعرور|41|-|-|killed", "هناء الملقي|36|female|زوجته|killed"],
    ),
    ("استشهاد الطفل أحمد محمد الخالد (7 سنوات) جراء قصف على بلدة النيرب.", &["أحمد محمد الخالد|7|male|-|killed"]),
    (
        "قصفت قوات النظام الدانا، وأصيب في القصف كل من سليم الأحمد (22 عاما)، وإبراهيم المحمد (43 عاما).",
        &["سليم الأحمد|22|-|-|injured", "إبراهيم المحمد|43|-|-|injured"],
    ),
    ("استشهد الشاب خالد محمود العلي متأثرا بجراحه جراء قصف على الدانا.", &["خالد محمود العلي|-|male|-|killed"]),
    (
        "Shelling killed three people in Dana on Friday.\n\nThe dead:\n\n1. Ahmad al-Khalid, 34\n2. His wife Fatima Darwish, 30\n3. Salim Nouri, 7",
        &["Ahmad al-Khalid|34|-|-|killed", "Fatima Darwish|30|female|His wife|killed", "Salim Nouri|7|-|-|killed"],
    ),
    (
        "An air strike on Dana killed Ahmad al-Khalid, 34, and his son Salim, 9.",
        &["Ahmad al-Khalid|34|-|-|killed", "Salim|9|male|his son|killed"],
    ),
    // A first name alone is one beside others with their ages; an age in brackets or between commas is of who stands before it.
    (
        "A strike killed three children, Anas (3), Hiba (5) and Omar (7), in Dana on Friday.",
        &["Anas|3|-|-|killed", "Hiba|5|-|-|killed", "Omar|7|-|-|killed"],
    ),
    (
        "Three children were killed in the strike on Dana: Anas, 3, Hiba, 5, and Omar, 7.",
        &["Anas|3|-|-|killed", "Hiba|5|-|-|killed", "Omar|7|-|-|killed"],
    ),
    (
        "استشهد ثلاثة أطفال في قصف على بنش، هم أنس (3 أعوام) وهبة (5 أعوام) وعمر (7 أعوام).",
        &["أنس|3|-|-|killed", "هبة|5|-|-|killed", "عمر|7|-|-|killed"],
    ),
    ("قتلت غارة على الدانا الأطفال أنس (3 أعوام) وهبة (5 أعوام) يوم الجمعة.", &["أنس|3|-|-|killed", "هبة|5|-|-|killed"]),
    (
        "قتل سمير حلبي (40 عاما) وزوجته سلمى ناصر وابنه أنس (3 أعوام) في قصف على سرمين.",
        &["سمير حلبي|40|-|-|killed", "سلمى ناصر|-|female|زوجته|killed", "أنس|3|male|ابنه|killed"],
    ),
    // What somebody does for a living parts no list.
    (
        "Shelling of a house in Saraqib killed Hamid Qarnasi, 34, a teacher, and his wife Salma Nasser, 29, a doctor said.",
        &["Hamid Qarnasi|34|-|-|killed", "Salma Nasser|29|female|his wife|killed"],
    ),
    // Kin of who was named, and of nobody named; what a relative says or does is no harm to them.
    ("An air strike on Dana killed Huda Saleh, her mother Rima and two neighbours.", &["Rima|-|female|her mother|killed"]),
    ("Gunmen shot dead Yusuf Tlass and wounded his cousin Bassel Orabi in Dana.", &["Bassel Orabi|-|-|his cousin|injured"]),
    ("اغتال مسلحون يوسف طلاس وأصابوا شقيقه باسل العرابي في الدانا.", &["باسل العرابي|-|male|شقيقه|injured"]),
    ("Gunmen killed Huda Saleh in Dana, her mother Rima said.", &[]),
    ("Shelling killed Huda Saleh in Dana and her mother Rima, who lives abroad, wept.", &[]),
    ("Mortar fire killed two men, 34 and 40 years old, in Sarmin.", &[]),
    // Towns with their tolls are nobody, whatever number stands behind them.
    ("Air strikes killed 24 people: Aleppo (12), Idlib (7) and Hama (5).", &[]),
    ("Strikes killed 24 civilians on Friday: Aleppo, 12, Idlib, 7, and Hama, 5.", &[]),
    ("قتل 24 مدنيا في قصف الطيران الجمعة: حلب (12)، إدلب (7)، حماة (5).", &[]),
    ("The strike killed nine people in Dana, 3 of them women, and 12 in Azaz, 5 of them children.", &[]),
    // Speakers and fighters of whom no harm is told are no victims; nor is a list without harm.
    ("The Ministry said that Samir Halabi, 50, condemned the attack on Dana.", &[]),
    ("حضر الاجتماع أمس:\n1- سليم عبد الباسط الزعرور، 41 عاما\n2- رضوان الشماط، 58 عاما", &[]),
];

#[test]
fn victims_are_read_by_name() {
    let mut wrong = Vec::new();
    for (text, expected) in VICTIMS {
        let found: Vec<String> = read(text)
            .mentions
            .iter()
            .filter_map(|m| Some((m, m.person.as_ref()?)))
            .map(|(m, p)| {
                let word = |v: serde_json::Value| v.as_str().unwrap_or("-").to_owned();
                let (sex, harm) = (word(serde_json::to_value(p.sex).unwrap()), word(serde_json::to_value(p.harm).unwrap()));
                let age = p.age.map_or_else(|| "-".to_owned(), |a| a.to_string());
                format!("{}|{age}|{sex}|{}|{harm}", m.span.of(text), p.kin.as_deref().unwrap_or("-"))
            })
            .collect();
        if found != *expected {
            wrong.push(format!("{text}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// Names that must not be missed: whoever bears them was harmed, or saw it. What else is harmed is nobody.
const NAMED: &[(&str, &[&str])] = &[
    ("أصيبت سميرة الجاسم بجروح في غارة على الدانا.", &["سميرة الجاسم"]),
    ("استشهدت سلوى الديب وأطفالها الثلاثة في قصف على اعزاز.", &["سلوى الديب"]),
    ("ومن بين القتلى يزن الكردي (9 أعوام) في القصف على الدانا.", &["يزن الكردي"]),
    ("وقال الشاهد حامد ثابت إنه رأى مسلحين يقتلون رجلين في منبج.", &["حامد ثابت"]),
    ("أصيبت سيارة إسعاف بأضرار في القصف.", &[]),
    ("The mother of Qasim Zreik told us he was taken at a checkpoint in Dana.", &["Qasim Zreik"]),
    ("A witness, Hamid Thabit, said he saw fighters shoot two men in Manbij.", &["Hamid Thabit"]),
    ("وقالت جارتهم سوسن نمر إن العائلة نزحت قبل سقوط القذيفة على اعزاز.", &["سوسن نمر"]),
    // A body is nobody's mother, and no witness.
    ("According to Northern Relief Committee, shelling killed three people in Dana.", &[]),
    // Without the article it is no witness, but "watch" or "he saw".
    ("شاهد بالفيديو آثار القصف على مدينة إدلب.", &[]),
    ("قتلت عشرات الأغنام في القصف على الدانا.", &[]),
];

#[test]
fn who_was_harmed_or_saw_it_is_found_by_name() {
    let persons = |text: &str| -> Vec<String> {
        let mentions = read(text).mentions.into_iter().filter(|m| m.kind == MentionKind::Person);
        mentions.map(|m| m.span.of(text).to_owned()).collect()
    };
    let wrong: Vec<_> = NAMED.iter().map(|(text, expected)| (text, persons(text), expected)).filter(|(_, a, b)| a != *b).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
