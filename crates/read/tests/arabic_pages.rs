//! Arabic pages in the structures that outlets, themes and saved posts really have, with their furniture. All that they tell
//! is invented.
//!
//! A case is a file `arabic_pages/*.page`: lines of `published:` (a day, or `unknown` where the page does not tell it for
//! certain), `updated:`, `charset:` or `url:`, the page, and under `=== text` what its report is.
//! `{3}` stands for the third line of `paragraphs.txt` on both sides. What is asked is the score that the public sets of pages
//! are measured by: runs of four words shared with the text, precision and recall averaged over pages.

mod desk;

use marsad_read::{Intake, records};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What the public set of article bodies is asked for.
const LEAST_F1: f64 = 0.965;
/// No page may be lost for the sake of the mean.
const LEAST_OF_A_PAGE: f64 = 0.8;

struct Case {
    name: String,
    path: &'static str,
    bytes: Vec<u8>,
    sidecar: Option<String>,
    text: String,
    published: Option<String>,
    updated: Option<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/arabic_pages")
}

fn cases() -> Vec<Case> {
    let paragraphs = std::fs::read_to_string(folder().join("paragraphs.txt")).expect("the paragraphs are there");
    let filled = |text: &str| paragraphs.lines().enumerate().fold(text.to_owned(), |t, (i, p)| t.replace(&format!("{{{}}}", i + 1), p));
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder()).expect("the folder is there").flatten().map(|e| e.path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "page"));
    files.sort();
    files.iter().map(|file| case(file, filled)).collect()
}

fn case(file: &Path, filled: impl Fn(&str) -> String) -> Case {
    let content = std::fs::read_to_string(file).expect("a case can be read");
    let (mut page, text) = content.split_once("\n=== text\n").expect("a case says what its text is");
    let (mut charset, mut url) = (encoding_rs::UTF_8, None);
    let (mut published, mut updated) = (None, None);
    while let Some((key, rest)) = page.split_once(": ").filter(|(key, _)| matches!(*key, "published" | "updated" | "charset" | "url")) {
        let (value, rest) = rest.split_once('\n').expect("a page follows");
        match key {
            "charset" => charset = encoding_rs::Encoding::for_label(value.as_bytes()).expect("a charset"),
            "published" => published = Some(value.to_owned()),
            "updated" => updated = Some(value.to_owned()),
            _ => url = Some(value),
        }
        page = rest;
    }
    Case {
        name: file.file_stem().and_then(|n| n.to_str()).unwrap_or("").to_owned(),
        path: "a.html",
        bytes: charset.encode(&filled(page)).0.into_owned(),
        sidecar: url.map(|url| format!("{{\"url\":\"{url}\"}}")),
        text: filled(text).trim().to_owned(),
        published: Some(published.expect("a case says its day")).filter(|day| day != "unknown"),
        updated,
    }
}

/// How often each run of four words stands in a text.
fn runs(text: &str) -> BTreeMap<Vec<&str>, usize> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let mut runs = BTreeMap::new();
    for run in words.windows(words.len().clamp(1, 4)) {
        *runs.entry(run.to_vec()).or_default() += 1;
    }
    runs
}

/// Precision and recall.
fn score(expected: &str, found: &str) -> (f64, f64) {
    let (expected, found) = (runs(expected), runs(found));
    let shared: usize = expected.iter().map(|(run, n)| found.get(run).map_or(0, |m| *n.min(m))).sum();
    let share = |of: &BTreeMap<_, usize>| shared as f64 / of.values().sum::<usize>().max(1) as f64;
    (share(&found), share(&expected))
}

fn f1((precision, recall): (f64, f64)) -> f64 {
    2.0 * precision * recall / (precision + recall).max(f64::EPSILON)
}

#[test]
fn arabic_pages_are_read_as_well_as_the_public_sets_ask() {
    let cases = cases();
    assert!(cases.len() >= 40, "{} cases", cases.len());
    let (mut precision, mut recall, mut poor) = (0.0, 0.0, Vec::new());
    for case in &cases {
        let intake = Intake { path: case.path, bytes: &case.bytes, sidecar: case.sidecar.as_deref().map(str::as_bytes) };
        let record = records(&intake).next().expect("a record").expect("a page that can be read");
        let (text, notes) = match desk::READER.read(&record) {
            Ok(report) => (report.text, report.notes),
            Err(none) => (String::new(), vec![none.reason().clone()]),
        };
        let (p, r) = score(&case.text, &text);
        println!("{:40} P {p:.3} R {r:.3} F1 {:.3}", case.name, f1((p, r)));
        precision += p;
        recall += r;
        if f1((p, r)) < LEAST_OF_A_PAGE {
            poor.push(format!("{}: {text}\n{notes:#?}", case.name));
        }
    }
    let mean = f1((precision / cases.len() as f64, recall / cases.len() as f64));
    println!("{:40} P {:.3} R {:.3} F1 {mean:.3}", "all", precision / cases.len() as f64, recall / cases.len() as f64);
    assert!(poor.is_empty(), "{}", poor.join("\n\n"));
    assert!(mean >= LEAST_F1, "F1 {mean:.3}");
}

/// What other people say under a report, and what leads to other reports, is in none of them.
#[test]
fn comments_and_other_headlines_stay_out() {
    for case in cases() {
        let intake = Intake { path: case.path, bytes: &case.bytes, sidecar: case.sidecar.as_deref().map(str::as_bytes) };
        let Some(Ok(record)) = records(&intake).next() else { panic!("{} cannot be read", case.name) };
        let text = desk::READER.read(&record).map(|r| r.text).unwrap_or_default();
        for never in [
            "يعطيكم العافية",
            "الله يحميكم",
            "كان سليم جارنا",
            "ليش ما حدا",
            "كل سنة نفس القصة",
            "قد يعجبك",
            "ملفات تعريف الارتباط",
            "اترك تعليق",
        ] {
            assert!(!text.contains(never), "{}: {never}", case.name);
        }
    }
}

/// A page's day is the one that it tells, or none: never another.
#[test]
fn days_are_those_that_the_pages_tell() {
    let (mut right, mut unknown, mut off) = (0, 0, Vec::new());
    for case in cases() {
        let intake = Intake { path: case.path, bytes: &case.bytes, sidecar: case.sidecar.as_deref().map(str::as_bytes) };
        let Some(Ok(record)) = records(&intake).next() else { panic!("{} cannot be read", case.name) };
        let report = desk::READER.read(&record).expect("a report");
        let day = |p: &Option<marsad_model::Published>| p.as_ref().and_then(marsad_model::Published::day).map(|d| d.to_string());
        let (published, updated) = (day(&report.published), day(&report.updated));
        if published == case.published && updated == case.updated {
            *if published.is_some() { &mut right } else { &mut unknown } += 1;
        } else {
            off.push(format!("{}: {published:?} {updated:?}, not {:?} {:?}\n{:#?}", case.name, case.published, case.updated, report.notes));
        }
    }
    println!("{right} days right, {unknown} pages that tell none, {} others", off.len());
    assert!(off.is_empty(), "{}", off.join("\n\n"));
}
