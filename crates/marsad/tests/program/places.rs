//! Places: names that several places bear, points reckoned from others, and a country that a user adds.

use crate::desk::{Desk, Records};
use serde_json::{Value, json};

/// The mentions of each text, in order, by the text's number.
fn mentions(texts: &[&str]) -> (Records, Vec<Vec<Value>>) {
    let desk = Desk::new();
    let line = |(i, text): (usize, &&str)| json!({"key": i.to_string(), "text": text}).to_string();
    desk.put("reports.jsonl", texts.iter().enumerate().map(line).collect::<Vec<_>>().join("\n"));
    let records = desk.records(&desk.at("reports.jsonl"));
    let of = |i: usize| {
        let report = records.reports.iter().find(|r| r["key"].as_str() == Some(i.to_string().as_str())).unwrap();
        let mut own: Vec<Value> = records.mentions.iter().filter(|m| m["report"] == report["id"]).cloned().collect();
        own.sort_by_key(|m| m["span"]["start"].as_u64());
        own
    };
    let all = (0..texts.len()).map(of).collect();
    (records, all)
}

const CONFUSED: [(&str, &str, &str); 19] = [
    ("Clashes broke out in Tripoli, Lebanon, on Sunday. Two soldiers were wounded near Sidon.", "Tripoli", "geonames:266826"),
    ("Clashes broke out in Tripoli on Sunday. Libyan officials in Misrata said the port was shut.", "Tripoli", "geonames:2210247"),
    ("Militants attacked a village near Sousse on Friday, said people in Hajin and Deir ez-Zor.", "Sousse", "geonames:172415"),
    ("Gunmen opened fire in Sousse. Tunisian police said the attacker came from Tunis.", "Sousse", "geonames:2464915"),
    ("Shelling hit Hama and Idlib on Monday, a monitor said.", "Hama", "geonames:170017"),
    ("A ferry left Hama for Tokyo, said the mayor of Yokohama in Japan.", "Hama", "geonames:1854028"),
    ("اندلعت اشتباكات في طرابلس يوم الأحد، وأصيب جنديان قرب صيدا وبيروت.", "طرابلس", "geonames:266826"),
    ("اندلعت اشتباكات في طرابلس يوم الأحد، وقال مسؤولون في مصراتة وبنغازي في ليبيا إن المطار أغلق.", "طرابلس", "geonames:2210247"),
    ("قتل مدنيان في قصف على الحسكة والقامشلي يوم الأحد.", "الحسكة", "geonames:173811"),
    ("قتل مدنيان في قصف على الحصن في ريف حمص يوم الأحد.", "الحصن", "marsad:sy-al-hisn"),
    ("شن التنظيم هجوما على السوسة قرب هجين في ريف دير الزور.", "السوسة", "geonames:172415"),
    ("أطلق مسلح النار في سوسة، وقالت الشرطة التونسية إنه هرب.", "سوسة", "geonames:2464915"),
    ("The bridge in Paris, Texas, was closed to lorries.", "Paris", "geonames:4717560"),
    ("Trains between London and Paris were late, French officials said.", "Paris", "geonames:2988507"),
    ("Two men from Springfield were held in Columbus, Ohio, after a chase through Dayton.", "Springfield", "geonames:4525353"),
    ("Two men from Springfield were held in Chicago after a chase through Peoria, Illinois.", "Springfield", "geonames:4250542"),
    ("Farmers in Atlanta, Savannah and Augusta said Georgia had too little rain.", "Georgia", "geonames:4197000"),
    ("Rain fell in Jordan, Minn., and in Minneapolis.", "Jordan", "geonames:5032106"),
    ("Rain fell in a field near Peoria, Ill. on Sunday.", "Ill.", "geonames:4896861"),
];

#[test]
fn names_that_several_places_bear_are_told_apart_by_the_report() {
    let (_, found) = mentions(&CONFUSED.map(|c| c.0));
    for ((text, name, id), mentions) in CONFUSED.iter().zip(found) {
        let mention = mentions.iter().find(|m| m["span"]["text"] == *name).unwrap_or_else(|| panic!("{name} is not found in {text}"));
        assert_eq!(mention["id"], *id, "{text}: {mention:#}");
    }
}

#[test]
fn a_choice_says_why_and_what_came_second() {
    let desk = Desk::new();
    desk.put("one.txt", CONFUSED[12].0);
    let answer = desk.ask(&["explain", &desk.at("one.txt").display().to_string()]);
    let line = answer.out.lines().find(|l| l.contains("Paris = geonames:4717560")).unwrap_or_else(|| panic!("{}", answer.out));
    assert!(line.contains("(lies in Texas, named right after it)") && line.contains("second: geonames:"), "{line}");
}

#[test]
fn what_nothing_decides_stays_open() {
    let (_, found) = mentions(&["A fire broke out in Springfield on Sunday.", "A shell hit the village of Qarn Khayalan in Syria."]);
    let open = &found[0].iter().find(|m| m["span"]["text"] == "Springfield").unwrap();
    assert!(open["id"].is_null() && open.get("lat").is_none(), "{open:#}");
    assert!(open["candidates"].as_array().unwrap().len() > 10, "{open:#}");
    let unlisted = found[1].iter().find(|m| m["kind"] == "place" && m["span"]["text"] == "Qarn Khayalan");
    assert!(unlisted.is_some_and(|m| m["id"].is_null() && m["within"]["id"] == "geonames:163843"), "{:#?}", found[1]);
}

#[test]
fn persons_and_longer_names_are_no_places() {
    let (_, found) = mentions(&[
        "Syrian doctors in Hajin said David Kelly met Lincoln Brown. Kelly said he was glad.",
        "The mayor said the police and the college were shut. Police said so in Peoria, Ill.",
    ]);
    let places =
        |i: usize| found[i].iter().filter(|m| m["kind"] == "place").map(|m| m["span"]["text"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(places(0), ["Hajin"]);
    assert_eq!(places(1), ["Peoria", "Ill."]);
}

/// Degrees to kilometres, roughly, for points that lie near one another.
fn km(claim: &Value, lat: f64, lon: f64) -> f64 {
    let (a, b) = (claim["lat"].as_f64().unwrap(), claim["lon"].as_f64().unwrap());
    ((a - lat) * 111.2).hypot((b - lon) * 111.2 * lat.to_radians().cos())
}

#[test]
fn points_are_reckoned_from_others_and_say_how_coarsely() {
    let (records, _) = mentions(&[
        "A mine exploded 60 km south of Hasakah, killing two civilians.",
        "A mine exploded between Hajin and Al-Shafah, killing two civilians.",
        "قتل مدنيان في انفجار لغم على بعد 60 كيلومترا جنوب الحسكة.",
    ]);
    let place = |text: &str| {
        let of = |c: &&Value| c["evidence"]["text"].as_str().unwrap().starts_with(text);
        let claim = records.claims.iter().filter(of).find(|c| !c["places"].as_array().unwrap().is_empty());
        claim.unwrap_or_else(|| panic!("{text}: no place in {:#?}", records.claims))["places"][0].clone()
    };
    for text in ["A mine exploded 60", "قتل مدنيان"] {
        let place = place(text);
        // Hasakah lies at 36.5024, 40.7477.
        assert!(km(&place, 36.5024 - 60.0 / 111.2, 40.7477) < 1.0, "{place:#}");
        assert_eq!(place["radius_m"], 15_000, "{place:#}");
    }
    let middle = place("A mine exploded between");
    assert!(middle["radius_m"].as_u64().unwrap() >= 7_000 && middle["precision"] == "near", "{middle:#}");
}

/// A line of GeoNames' dump.
fn feature(id: u32, names: [&str; 2], alternates: &str, point: (f64, f64), code: [&str; 2], division: &str) -> String {
    let (lat, lon) = (point.0.to_string(), point.1.to_string());
    let id = id.to_string();
    let cells = [
        &id,
        names[0],
        names[1],
        alternates,
        &lat,
        &lon,
        code[0],
        code[1],
        "YE",
        "",
        division,
        "",
        "",
        "",
        "0",
        "",
        "",
        "Asia/Aden",
        "2020-01-01",
    ];
    cells.join("\t")
}

#[test]
fn a_user_adds_a_country_and_its_places_are_found() {
    let desk = Desk::new();
    let dump = [
        feature(90_000_001, ["Bilād al Maṯal", "Bilad al Mathal"], "محافظة بلاد المثل", (15.5, 44.5), ["A", "ADM1"], "99"),
        feature(90_000_003, ["Qarn al Khayāl", "Qarn al Khayal"], "قرن الخيال,QKH", (15.41, 44.61), ["P", "PPL"], "99"),
        feature(90_000_004, ["Sadd al Wahm", "Sadd al Wahm"], "سد الوهم", (15.42, 44.62), ["S", "DAM"], "99"),
        feature(90_000_005, ["Bi'r al Wahm", "Bi'r al Wahm"], "", (15.42, 44.62), ["H", "WLL"], "99"),
    ];
    desk.put("YE.txt", dump.join("\n"));
    let units = "\u{feff}ADM1_EN,ADM1_AR,ADM1_PCODE,ADM2_EN,ADM2_AR,ADM2_PCODE,ADM3_EN,ADM3_AR,ADM3_PCODE,ADM4_EN,ADM4_AR,ADM4_PCODE,\
                 LATITUDE_Y,LONGITUDE_X\nDeir-ez-Zor,دير الزور,SY09,Khayal,خيال,SY0999,\"Khayal, Centre\",مركز خيال,SY099900,\
                 Tell Khayalan,تل خيالان,C9999,35.1,40.5\n";
    desk.put("units.csv", units);
    desk.put("en.txt", "Shelling killed four civilians in the village of Qarn al-Khayal in Yemen, people said.\n");
    desk.put("ar.txt", "قصفت المدفعية قرية تل خيالان في ريف دير الزور وأدى القصف إلى مقتل ثلاثة مدنيين.\n");
    let knowledge = desk.at("own").display().to_string();
    for (list, told) in [("YE.txt", "3 places of YE"), ("units.csv", "4 places of SY")] {
        let answer = desk.ask(&["knowledge", "add-gazetteer", &desk.at(list).display().to_string(), "--knowledge", &knowledge]);
        assert!(answer.status == 0 && answer.out.contains(told), "{list}: {answer:#?}");
    }
    for (text, id) in [("en.txt", "geonames:90000003"), ("ar.txt", "pcode:C9999")] {
        let file = desk.at(text).display().to_string();
        let (without, with) = (desk.ask(&["explain", &file]), desk.ask(&["explain", &file, "--knowledge", &knowledge]));
        assert!(!without.out.contains(id), "{}", without.out);
        assert!(with.out.contains(id), "{}{}", with.out, with.err);
    }
    // Added again, a list takes its own place.
    desk.put("YE.txt", dump[..2].join("\n"));
    assert_eq!(desk.ask(&["knowledge", "add-gazetteer", &desk.at("YE.txt").display().to_string(), "--knowledge", &knowledge]).status, 0);
    assert_eq!(std::fs::read_dir(desk.at("own/gazetteer")).unwrap().count(), 2);
    // What is no list is refused and leaves nothing behind.
    let refused = desk.ask(&["knowledge", "add-gazetteer", &desk.at("en.txt").display().to_string(), "--knowledge", &knowledge]);
    assert!(refused.status == 2 && refused.err.contains("neither"), "{refused:#?}");
    assert_eq!(std::fs::read_dir(desk.at("own/gazetteer")).unwrap().count(), 2);
}
