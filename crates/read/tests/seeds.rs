//! The five reports that the project was given to start from. They lie beside the checkout and are no part of it.

mod desk;

use marsad_model::Language;
use std::path::Path;

/// File, beginning of the title, language, source, bound of its date, ends of its text, words that must be gone.
type Expected<'e> = (&'e str, &'e str, Language, Option<&'e str>, Option<&'e str>, &'e [&'e str], &'e [&'e str]);

#[test]
fn the_five_reports() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: there is no folder of seeds beside the checkout");
        return;
    };
    let mut paths: Vec<_> = entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    paths.sort();
    let expected: [Expected; 5] = [
        (
            "000",
            "East of Deir Ezzor",
            Language::English,
            Some("Euphrates Post"),
            None,
            &["After weeks of", "the AL-KAM field."],
            &["Privacy", "تعليقاً", "الكوكيز"],
        ),
        ("001", "شرق دير الزور", Language::Arabic, Some("Euphrates Post"), None, &["بعد مرور", "حقل الكم."], &["تعليق", "مهنية", "119"]),
        ("002", "Syria, Isis", Language::English, None, None, &["The execution of 7", "internal contrasts."], &["skip to", "Back To"]),
        (
            "003",
            "استمرار المعارك",
            Language::Arabic,
            None,
            None,
            &["تتواصل المعارك", "العراق وسوريا."],
            &["Read", "المالكي", "القوى الكبرى"],
        ),
        (
            "004",
            "اشتباكات بين",
            Language::Arabic,
            Some("Step News Agency"),
            Some("2018-11-23"),
            &["دارت اشتباكات", "ميليشيا “قسد”."],
            &["مقالات", "زر الذهاب", "ISIS2311", "الشأن السوري"],
        ),
    ];
    for (path, (name, title, language, source, bound, ends, gone)) in paths.iter().zip(expected) {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        assert!(file.starts_with(name));
        let bytes = std::fs::read(path).unwrap();
        let report = desk::read(&desk::record(&file, &bytes, None));
        let told = format!("{name}: {:#?}", report.notes);
        assert!(report.title.as_deref().is_some_and(|t| t.starts_with(title)), "{told}");
        assert!(!report.text.contains(report.title.as_deref().unwrap_or("")), "{told}");
        assert_eq!((report.language, report.source.name.as_deref()), (language, source), "{told}");
        let published = report.published.map(|p| (p.start.to_string(), p.end));
        assert_eq!(published, bound.map(|b| (b.to_owned(), None)), "{told}");
        assert!(report.text.starts_with(ends[0]) && report.text.ends_with(ends[1]), "{told}");
        assert!(gone.iter().all(|g| !report.text.contains(g)), "{told}");
    }
}
