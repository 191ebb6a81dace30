//! An export in which names are held back: a search of all its files finds none of them, in whatever spelling they came.

use crate::desk::{Desk, examples};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The victims of an example, each of their words that is no particle.
const WORDS: [&str; 8] = ["سليم", "الباسط", "الزعرور", "هناء", "الملقي", "وسيم", "رضوان", "الشماط"];

/// Reports that name the same victims as hostilely as can be.
fn hostile(desk: &Desk) {
    let arabic = "قتلت ليـــان الشمّاط في الغارة على سراقب، وقال جارها إن وَسِيم وسَلِيم الزُّعرور قتلا معها ليل 17 كانون الثاني 2031.\n\
        وكتب آخر: ل.ي.ا.ن و و س ي م و ﻭﺳﻴﻢ ﺍﻟﺰﻋﺮﻭﺭ و#وسيم_سليم_الزعرور، وحزن الحي لليان ولوسيم وعلى الشماطين.\n\
        الصور عند @layan_shammat وعلى https://posts.example/%D9%84%D9%8A%D8%A7%D9%86/1 وعلى t.me/zarour_wasim ورضوانالشماط.\n\
        تقرير مثال مختلق.";
    let english = "The names of the dead of the air strike on Saraqib on 17 January 2031 were read out: Layan al-Shammat, aged 4, and \
        RADWAN AL-SHAMMAT, aged 58. Neighbours of Layan Shammat mourned.\n\nInvented example report.";
    let lines = [
        json!({"key": "layan-shammat-1", "url": "https://posts.example/%D9%84%D9%8A%D8%A7%D9%86-%D8%A7%D9%84%D8%B4%D9%85%D8%A7%D8%B7",
            "title": "ليـان الشماط ووسيم", "source": "شبكة المثال", "published": "2031-01-18", "text": arabic}),
        json!({"key": "k2", "title": "Layan al-Shammat, four", "source": "Example Network", "published": "2031-01-19", "text": english}),
    ];
    desk.put("in/رضوان-الشماط.jsonl", lines.map(|l| l.to_string()).join("\n"));
    for entry in fs::read_dir(examples()).unwrap() {
        let entry = entry.unwrap();
        desk.put(&format!("in/{}", entry.file_name().to_str().unwrap()), fs::read(entry.path()).unwrap());
    }
    assert_eq!(desk.run(&desk.at("in"), "L").status, 0);
}

/// Every file of a folder, with its name.
fn all(folder: &Path) -> Vec<(String, String)> {
    let files = fs::read_dir(folder).unwrap().map(Result::unwrap);
    files.map(|e| (e.file_name().into_string().unwrap(), String::from_utf8(fs::read(e.path()).unwrap()).unwrap())).collect()
}

fn records(desk: &Desk, folder: &str, name: &str) -> Vec<Value> {
    let text = fs::read_to_string(desk.at(folder).join(name)).unwrap();
    text.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn no_name_that_is_held_back_stands_in_any_file() {
    let desk = Desk::new();
    hostile(&desk);
    let told = desk.ask(&["export", "--ledger", "L", "--out", "R", "--redact"]);
    assert_eq!(told.status, 0, "{}", told.err);
    assert_eq!(desk.ask(&["export", "--ledger", "L", "--out", "E"]).status, 0);
    let whole: String = all(&desk.at("E")).into_iter().map(|(_, text)| text).collect();
    assert!(WORDS.iter().all(|w| whole.contains(w)), "the test looks for what is there otherwise");
    let letters = |text: &str| marsad_text::fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let joined = ["ليان الشماط", "وسيم سليم", "سليم الزعرور", "وسيم الزعرور", "رضوان الشماط", "هناء الملقي", "عبد الباسط", "ﻭﺳﻴﻢ ﺍﻟﺰﻋﺮﻭﺭ"];
    for (name, text) in all(&desk.at("R")) {
        let folded = marsad_text::fold(&text);
        for word in WORDS.iter().chain(&["ليان", "لشماط"]) {
            assert!(!text.contains(word) && !folded.contains(&marsad_text::fold(word)), "{word} stands in {name}");
        }
        let squeezed = letters(&text);
        for full in joined {
            assert!(!squeezed.contains(&letters(full)), "{full} stands in {name}");
        }
        for other in ["ل.ي.ا.ن", "و س ي م", "%D9", "@layan", "posts.example", "t.me", "in/", ".jsonl.meta"] {
            assert!(!text.contains(other), "{other} stands in {name}");
        }
        for latin in ["shammat", "radwan", "layanal", "layan al", "zarour"] {
            assert!(!folded.contains(latin), "{latin} stands in {name}");
        }
    }
}

#[test]
fn spans_quote_the_text_that_leaves_and_ids_lead_from_one_record_to_the_other() {
    let desk = Desk::new();
    hostile(&desk);
    assert_eq!(desk.ask(&["export", "--ledger", "L", "--out", "R", "--redact"]).status, 0);
    assert_eq!(desk.ask(&["export", "--ledger", "L", "--out", "E"]).status, 0);
    let texts: std::collections::BTreeMap<String, Vec<char>> = records(&desk, "R", "reports.jsonl")
        .iter()
        .map(|r| (r["id"].as_str().unwrap().to_owned(), r["text"].as_str().unwrap().chars().collect()))
        .collect();
    let mut quoted = 0;
    let mut check = |value: &Value, report: &str| {
        each_quote(value, &mut |quote| {
            let (start, end) = (quote["start"].as_u64().unwrap() as usize, quote["end"].as_u64().unwrap() as usize);
            assert_eq!(texts[report][start..end].iter().collect::<String>(), quote["text"].as_str().unwrap());
            quoted += 1;
        });
    };
    for name in ["mentions.jsonl", "claims.jsonl"] {
        for r in &records(&desk, "R", name) {
            check(r, r["report"].as_str().unwrap());
        }
    }
    for report in records(&desk, "R", "reports.jsonl") {
        for tie in report["lineage"].as_array().unwrap() {
            for pair in tie["spans"].as_array().unwrap() {
                check(&pair["here"], report["id"].as_str().unwrap());
                check(&pair["there"], tie["to"].as_str().unwrap());
            }
        }
    }
    assert!(quoted > 300, "{quoted}");
    // As many of each as otherwise, none under its id, and no id leads nowhere.
    let ids = |folder: &str, name: &str| -> Vec<String> {
        records(&desk, folder, name).iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect()
    };
    for name in ["reports.jsonl", "claims.jsonl", "events.jsonl"] {
        let (held, open) = (ids("R", name), ids("E", name));
        assert!(held.len() == open.len() && held.is_sorted() && held.iter().all(|id| !open.contains(id)), "{name}");
    }
    let (claims, events) = (ids("R", "claims.jsonl"), records(&desk, "R", "events.jsonl"));
    assert!(events.iter().flat_map(|e| e["claims"].as_array().unwrap()).all(|c| claims.iter().any(|id| c == id)));
    let masked: Vec<Value> = records(&desk, "R", "claims.jsonl").into_iter().filter(|c| c["masked"] == true).collect();
    assert!(!masked.is_empty() && masked.iter().all(|c| c.to_string().contains('█')));
}

fn each_quote(value: &Value, see: &mut impl FnMut(&Value)) {
    match value {
        Value::Object(fields) if fields.len() == 3 && fields.get("start").is_some_and(Value::is_u64) => see(value),
        Value::Object(fields) => fields.values().for_each(|v| each_quote(v, see)),
        Value::Array(items) => items.iter().for_each(|v| each_quote(v, see)),
        _ => {}
    }
}

#[test]
fn the_salt_decides_the_ids_and_a_folder_with_names_is_refused() {
    let desk = Desk::new();
    desk.run(&examples(), "L");
    desk.put("salt", "0123456789abcdef0123");
    desk.put("other", "another salt, long enough");
    desk.put("short", "short");
    let export = |out: &str, more: &[&str]| desk.ask(&[&["export", "--ledger", "L", "--out", out, "--redact"], more].concat());
    for (out, more) in
        [("a", &[][..]), ("b", &[]), ("c", &["--salt-file", "salt"]), ("d", &["--salt-file", "salt"]), ("e", &["--salt-file", "other"])]
    {
        assert_eq!(export(out, more).status, 0);
    }
    let sorted = |folder: &str| {
        let mut files = all(&desk.at(folder));
        files.sort();
        files
    };
    assert!(sorted("a") == sorted("b") && sorted("c") == sorted("d"));
    assert!(sorted("a") != sorted("c") && sorted("c") != sorted("e"));
    assert_eq!(export("f", &["--salt-file", "short"]).status, 2);
    assert_eq!(export("a", &[]).status, 0, "an earlier export that holds names back may be written over");
    assert_eq!(desk.ask(&["export", "--ledger", "L", "--out", "open"]).status, 0);
    let refused = export("open", &[]);
    assert!(refused.status == 2 && refused.err.contains("names may stand"), "{}", refused.err);
    let ledger: Value = serde_json::from_str(&fs::read_to_string(desk.at("a/ledger.json")).unwrap()).unwrap();
    assert_eq!(ledger["redacted"]["victims_withheld"], 5);
    assert!(fs::read_to_string(desk.at("a/REDACTED.md")).unwrap().contains("cannot be promised"));
}

#[test]
fn what_holds_names_and_what_holds_none_never_lie_in_one_folder() {
    let desk = Desk::new();
    desk.run(&examples(), "L");
    let export = |out: &str, more: &[&str]| desk.ask(&[&["export", "--ledger", "L", "--out", out], more].concat());
    assert_eq!(export("R", &["--redact"]).status, 0);
    let before = all(&desk.at("R"));
    let refused = export("R", &["--format", "csv"]);
    assert!(refused.status == 2 && refused.err.contains("REDACTED.md"), "{}", refused.err);
    assert!(all(&desk.at("R")) == before, "nothing was written");
    assert_eq!(export("R", &["--redact", "--format", "csv"]).status, 0, "another format without names may lie beside it");
    // A file of anyone else's, and a note that is no longer true.
    desk.put("R/names.txt", "x");
    let refused = export("R", &["--redact"]);
    assert!(refused.status == 2 && refused.err.contains("names.txt"), "{}", refused.err);
    assert_eq!(export("E", &[]).status, 0);
    fs::copy(desk.at("R/REDACTED.md"), desk.at("E/REDACTED.md")).unwrap();
    assert_eq!(export("E", &["--redact"]).status, 2);
    fs::create_dir(desk.at("empty")).unwrap();
    assert_eq!(export("empty", &["--redact"]).status, 0);
}

#[test]
fn a_person_who_was_released_is_named_and_initials_stand_where_a_person_ruled_so() {
    let desk = Desk::new();
    desk.run(&examples(), "L");
    let victims = |folder: &str| -> Vec<String> {
        let names = records(&desk, folder, "victims.jsonl");
        names.iter().map(|v| v["name_as_written"].as_str().unwrap().to_owned()).collect()
    };
    desk.ask(&["export", "--ledger", "L", "--out", "E"]);
    let report = records(&desk, "E", "victims.jsonl")[0]["claims"][0].as_str().unwrap().to_owned();
    for (name, publish) in [("هناء الملقي", "full"), ("رضوان الشماط", "initials")] {
        let ruled =
            desk.ask(&["review", "publish", &report, name, publish, "--ledger", "L", "--by", "Ada", "--why", "asked for by the family"]);
        assert_eq!(ruled.status, 0, "{}{}", ruled.out, ruled.err);
    }
    assert_eq!(desk.ask(&["export", "--ledger", "L", "--out", "R", "--redact"]).status, 0);
    let shown = victims("R");
    assert!(shown.contains(&"هناء الملقي".to_owned()) && shown.contains(&"ر. ش.".to_owned()), "{shown:?}");
    let text: String = all(&desk.at("R")).into_iter().map(|(_, text)| text).collect();
    assert!(!text.contains("رضوان") && !text.contains("الشماط") && !text.contains("Ada"), "nor who ruled");
}

/// Victims of an invented list, whose words are no everyday words.
const VICTIMS: [&str; 6] = ["رضوان الشماط", "هيثم القلموني", "مروان العبجي", "سهيل الدندشي", "كرم الزعرور", "نجوى الهلباوي"];

/// Draws numbers: the same ones each time.
struct Draw(u64);

impl Draw {
    fn of(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    /// A word of a victim's name, as some text may write it.
    fn word(&mut self) -> String {
        let name = VICTIMS[self.of(VICTIMS.len())];
        let word = name.split(' ').nth(self.of(2)).unwrap();
        let between = |mark: &str| word.chars().map(|c| c.to_string()).collect::<Vec<_>>().join(mark);
        match self.of(11) {
            0 => format!("و{word}"),
            1 => format!("ل{}", word.strip_prefix("ال").map_or(word.to_owned(), |bare| format!("ل{bare}"))),
            2 => format!("{}ًا", word.strip_prefix("ال").unwrap_or(word)),
            3 => between("ـ"),
            4 => format!("\u{202b}{}\u{202c}", between("\u{200f}")),
            5 => format!("#الشهيد_{word}_سراقب"),
            6 => format!("#كلنا{word}"),
            7 => format!("أبو{}", word.strip_prefix("ال").unwrap_or(word)),
            8 => word.replace('ك', "ڪ").replace('ه', "ھ"),
            9 => between("."),
            _ => word.to_owned(),
        }
    }

    /// A report in which such words stand wherever there is room for words.
    fn report(&mut self, at: usize) -> Value {
        let words: Vec<String> = (0..6).map(|_| self.word()).collect();
        let text = format!(
            "قال {} إن الحي حزن بعد الغارة على سراقب يوم 17 كانون الثاني 2031، وبكى {} عند الباب. وكتبت {} على الجدار ثم مضى ({}).\n\n\
             انظر https://posts.example/{}/1 و@{}_x.\n\nتقرير مثال مختلق.",
            words[0], words[1], words[2], words[3], words[4], words[5]
        );
        json!({"key": format!("{}-{at}", words[0]), "title": format!("في وداع {}", words[1]), "byline": words[2], "source": "شبكة المثال",
            "url": format!("https://posts.example/{}/{at}", words[3]), "published": "2031-01-18", "text": text})
    }
}

/// The list in which the reader finds the victims, and reports that speak of them.
pub(crate) fn mourned(desk: &Desk) {
    let listed: String = VICTIMS.iter().enumerate().map(|(at, name)| format!("- {name}، {} عاما.\n", 30 + at)).collect();
    let list = format!(
        "أسماء ضحايا الغارة على سراقب\n\nنشرت لجنة الحي في سراقب بريف إدلب أسماء من قتلوا في غارة جوية أصابت مبنى ليل 17 كانون الثاني 2031:\n\n\
         {listed}\nتقرير مثال مختلق."
    );
    let mut draw = Draw(8);
    let lines = std::iter::once(json!({"key": "list", "source": "شبكة المثال", "published": "2031-01-18", "text": list}));
    let lines = lines.chain((0..40).map(|at| draw.report(at))).map(|line| line.to_string()).collect::<Vec<_>>().join("\n");
    desk.put("in/mourned.jsonl", lines);
    assert_eq!(desk.run(&desk.at("in"), "L").status, 0);
}

/// The bytes of all files of a folder, by name, with what is packed in them.
fn each_byte(folder: &Path, see: &mut impl FnMut(&str, &[u8])) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
        if path.is_dir() {
            each_byte(&path, see);
            continue;
        }
        let mut bytes = fs::read(path).unwrap();
        for at in (0..bytes.len()).filter(|&at| bytes[at..].starts_with(&[0x1f, 0x8b, 8])).collect::<Vec<_>>() {
            let mut page = Vec::new();
            let _ = std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&bytes[at..]), &mut page);
            bytes.extend(page);
        }
        see(&name, &bytes);
    }
}

/// The words of the victims, wherever they stand in this folder.
pub(crate) fn words_left(folder: &Path) -> Vec<String> {
    let mut left = Vec::new();
    each_byte(folder, &mut |name, bytes| {
        let text = String::from_utf8_lossy(bytes);
        let plain: String = text
            .chars()
            .filter(|c| *c != '.')
            .map(|c| {
                if c == 'ڪ' {
                    'ك'
                } else if c == 'ھ' {
                    'ه'
                } else {
                    c
                }
            })
            .collect();
        let folded = marsad_text::fold(&plain);
        for word in VICTIMS.iter().flat_map(|name| name.split(' ')).map(|word| word.strip_prefix("ال").unwrap_or(word)) {
            if folded.contains(&marsad_text::fold(word)) || name.contains(word) {
                left.push(format!("{word} in {name}"));
            }
        }
    });
    left
}

const FORMATS: &str = "jsonl,csv,parquet,geojson,acled,ged,plover";

#[test]
fn no_word_of_a_name_is_left_in_any_format_however_it_was_written() {
    let desk = Desk::new();
    mourned(&desk);
    let export = |out: &str, more: &[&str]| desk.ask(&[&["export", "--ledger", "L", "--out", out], more].concat());
    assert_eq!(export("E", &["--format", FORMATS]).status, 0);
    let found: Vec<String> =
        records(&desk, "E", "victims.jsonl").iter().map(|v| v["name_as_written"].as_str().unwrap().to_owned()).collect();
    assert!(VICTIMS.iter().all(|name| found.iter().any(|f| f == name)), "the reader found {found:?}");
    assert!(words_left(&desk.at("E")).iter().any(|left| left.ends_with("reports.parquet")), "the test looks into what is packed");
    let told = export("R", &["--redact", "--format", FORMATS]);
    assert_eq!(told.status, 0, "{}", told.err);
    assert_eq!(words_left(&desk.at("R")), Vec::<String>::new());
}

/// Reports of where people live, are cared for or shelter, and what leads to each of these.
pub(crate) const REFUGES: [(&str, &[&str]); 11] = [
    ("Two people were killed when a shell hit the Qarmuti House in Saraqib on 3 March 2031, neighbours said.", &["Qarmuti"]),
    ("An air strike hit Noor Clinic in Maarrat al-Numan on 4 March 2031 and killed three nurses, a doctor said.", &["Noor"]),
    ("A mortar round hit the Amal Shelter in Idlib on 5 March 2031 and wounded four children, residents said.", &["Amal"]),
    ("Gunmen raided Al-Hol camp on 6 March 2031 and killed a guard, residents said.", &["Al-Hol"]),
    ("Shelling of the Rukban camp on 7 March 2031 killed two women, residents said.", &["Rukban"]),
    ("قصفت طائرة حربية مشفى السلام في معرة النعمان يوم 8 آذار 2031 فقتل ثلاثة ممرضين، بحسب طبيب.", &["السلام"]),
    ("قتلت قذيفة رجلين حين أصابت منزل القرموطي في سراقب يوم 9 آذار 2031، بحسب الجيران.", &["القرموطي"]),
    ("أصابت قذيفة ملجأ الأمل في إدلب يوم 10 آذار 2031 فجرح أربعة أطفال، بحسب السكان.", &["الأمل"]),
    ("داهم مسلحون مخيم الهول يوم 12 آذار 2031 وقتلوا حارسا، بحسب السكان.", &["الهول"]),
    ("استهدف قصف مستوصف النور في سرمدا يوم 13 آذار 2031 فقتل ممرض، بحسب طبيب.", &["النور"]),
    ("A drone hit a house at 35.864213, 36.805127 near Saraqib on 14 March 2031 and killed two people.", &["35.864213", "36.805127"]),
];

/// A ledger of these reports.
pub(crate) fn refuges(desk: &Desk) {
    let line = |(at, (text, _)): (usize, &(&str, &[&str]))| {
        json!({"key": at.to_string(), "source": "Example Network", "published": "2031-03-20", "text": text}).to_string()
    };
    desk.put("in/refuges.jsonl", REFUGES.iter().enumerate().map(line).collect::<Vec<_>>().join("\n"));
    assert_eq!(desk.run(&desk.at("in"), "L").status, 0);
}

#[test]
fn homes_clinics_shelters_and_camps_are_told_by_their_district_in_every_format() {
    let desk = Desk::new();
    refuges(&desk);
    let export = |out: &str, more: &[&str]| desk.ask(&[&["export", "--ledger", "L", "--out", out], more].concat());
    assert_eq!(export("E", &["--format", FORMATS]).status, 0);
    assert_eq!(export("R", &["--redact", "--format", FORMATS]).status, 0);
    let points = |folder: &str| -> Vec<(f64, f64)> {
        let places = records(&desk, folder, "claims.jsonl").into_iter().flat_map(|c| c["places"].as_array().unwrap().clone());
        places.filter_map(|p| p["lat"].as_f64().zip(p["lon"].as_f64())).collect()
    };
    let exact = points("E");
    assert!(exact.len() >= 9, "{exact:?}");
    assert!(points("R").iter().all(|point| !exact.contains(point)), "{:?}", points("R"));
    // Ids by which a place is found that is less than a district, also of those that a name may stand for.
    let places: Vec<Value> = records(&desk, "E", "claims.jsonl").iter().flat_map(|c| c["places"].as_array().unwrap().clone()).collect();
    let is_narrow = |place: &&Value| ["exact", "settlement", "near"].contains(&place["precision"].as_str().unwrap());
    let ids = |place: &Value| {
        let candidates = place["candidates"].as_array().into_iter().flatten().map(|candidate| candidate["id"].clone());
        candidates.chain([place["id"].clone()]).filter_map(|id| id.as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    let narrow: Vec<String> = places.iter().filter(is_narrow).flat_map(ids).collect();
    assert!(narrow.len() >= 9, "{narrow:?}");
    let holds = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|w| w == part);
    let mut found = 0;
    each_byte(&desk.at("E"), &mut |_, bytes| {
        found += exact.iter().filter(|(lat, _)| holds(bytes, &lat.to_le_bytes()) || holds(bytes, lat.to_string().as_bytes())).count();
    });
    assert!(found > 60, "the test looks for what is there otherwise: {found}");
    each_byte(&desk.at("R"), &mut |name, bytes| {
        let text = String::from_utf8_lossy(bytes);
        let numbers: Vec<&str> = text.split(|c: char| !(c.is_ascii_digit() || c == '.')).collect();
        for (lat, lon) in &exact {
            let stands = |point: &f64| {
                numbers.contains(&point.to_string().as_str()) || name.ends_with("parquet") && holds(bytes, &point.to_le_bytes())
            };
            assert!(!(stands(lat) && stands(lon)), "{lat}, {lon} in {name}");
        }
        for id in &narrow {
            assert!(!text.contains(&format!("{id}\"")) && !text.contains(&format!("{id},")), "{id} in {name}");
        }
        for word in REFUGES.iter().flat_map(|(_, words)| *words) {
            assert!(!text.contains(word), "{word} in {name}");
        }
    });
    let mut places: Vec<Value> = records(&desk, "R", "claims.jsonl").iter().flat_map(|c| c["places"].as_array().unwrap().clone()).collect();
    let events = records(&desk, "R", "events.jsonl");
    places.extend(events.iter().map(|e| e["place"].clone()).filter(|place| !place.is_null()));
    for place in &places {
        let coarse = ["district", "region"].contains(&place["precision"].as_str().unwrap());
        assert!(
            coarse && place["candidates"].as_array().is_none_or(Vec::is_empty) && place.get("within").is_none_or(Value::is_null),
            "{place}"
        );
        assert_eq!(place["lat"].is_null(), place["radius_m"].is_null(), "a point has its radius, and no point none: {place}");
    }
    // What reports agree on as to the place is told as the place is.
    for event in &events {
        for agreed in event["agreed"].as_array().unwrap().iter().filter(|a| a["attribute"] == "place") {
            assert_eq!(agreed["value"], event["place"]["name"], "{event}");
        }
    }
}

#[test]
fn a_pinned_place_a_telephone_number_and_a_source_that_is_a_person_do_not_leave() {
    let desk = Desk::new();
    let text = "Shelling by government forces hit Hajin on 3 May 2031 and killed two men. Call +963 944 555 123, \
        said Hamid Thabit, who carried the wounded. Hamid Thabit said that the aircraft came back.";
    let page = "<html><head><meta name=author content='Nimr Quarrister'></head><body><article><h1>Shelling of Hajin</h1>\
        <p>Shelling hit Hajin on 4 May 2031 and killed one man, and the market was shut until the evening, as it had been before.</p>\
        <p>This was seen by quarrister, who wrote it down in the town and sent it to us on the same day.</p></article></body></html>";
    desk.put("in/told.jsonl", json!({"key": "1", "source": "Hamid Thabit", "published": "2031-05-04", "text": text}).to_string());
    desk.put("in/page.html", page);
    assert_eq!(desk.run(&desk.at("in"), "L").status, 0);
    assert_eq!(desk.ask(&["export", "--ledger", "L", "--out", "before"]).status, 0);
    let claim = records(&desk, "before", "claims.jsonl").into_iter().find(|c| c["type"] == "explosion.shelling").unwrap();
    let claim = claim["id"].as_str().unwrap().to_owned();
    let point = "34.68912,40.83014";
    let why = ["--name", "Basatin 14", "--by", "Huda", "--why", "seen on a picture", "--ledger", "L"];
    let placed = desk.ask(&[&["review", "place", claim.as_str(), point], why.as_slice()].concat());
    assert_eq!(placed.status, 0, "{}", placed.err);
    assert!(desk.run(&desk.at("in"), "L").status < 2);
    let secrets = ["34.68912", "40.83014", "Basatin", "944 555", "Thabit", "Nimr", "Quarrister"];
    let left = |out: &str| {
        let mut found = Vec::new();
        each_byte(&desk.at(out), &mut |name, bytes| {
            let text = String::from_utf8_lossy(bytes);
            found.extend(secrets.iter().filter(|secret| text.contains(**secret)).map(|secret| format!("{secret} in {name}")));
        });
        found
    };
    assert_eq!(desk.ask(&["export", "--ledger", "L", "--out", "E", "--format", FORMATS]).status, 0);
    let whole = left("E");
    assert!(
        secrets.iter().all(|secret| whole.iter().any(|found| found.starts_with(secret))),
        "the test looks for what is there: {whole:?}"
    );
    assert_eq!(desk.ask(&["export", "--ledger", "L", "--out", "R", "--redact", "--format", FORMATS]).status, 0);
    assert_eq!(left("R"), Vec::<String>::new());
}
