//! How fast one core analyses, in words a second: the example reports of a language as one text, once and many times over.
//!
//! The longer text must not be slower by the word: an analysis that compares everything with everything would show here.

#![allow(clippy::unwrap_used)] // a bench ends where something is not as it should be

use divan::counter::ItemsCount;
use marsad_analyse::Analyser;
use marsad_knowledge::Files;
use marsad_model::{Language, Report};
use marsad_read::{Intake, Reader, records};
use std::path::Path;
use std::sync::LazyLock;

static ANALYSER: LazyLock<Analyser> = LazyLock::new(|| Analyser::new(&Files::embedded()).unwrap());

fn main() {
    divan::main();
}

/// The examples of a language.
fn examples(language: Language) -> Vec<Report> {
    let reader = Reader::new(&Files::embedded()).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let mut reports = Vec::new();
    for file in files {
        let (name, bytes) = (file.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&file).unwrap());
        let read = records(&Intake { path: &name, bytes: &bytes, sidecar: None }).flatten().filter_map(|r| reader.read(&r).ok());
        reports.extend(read.filter(|r| r.language == language));
    }
    reports
}

fn bench(bencher: divan::Bencher, language: Language, times: usize) {
    let examples = examples(language);
    let once: Vec<&str> = examples.iter().map(|r| r.text.as_str()).collect();
    let mut report = examples[0].clone();
    report.text = vec![once.join("\n\n"); times].join("\n\n");
    let words = report.text.split_whitespace().count();
    assert!(!ANALYSER.analyse(&report).claims.is_empty());
    bencher.counter(ItemsCount::new(words)).bench(|| ANALYSER.analyse(&report));
}

#[divan::bench(args = [1, 10])]
fn words_english(bencher: divan::Bencher, times: usize) {
    bench(bencher, Language::English, times);
}

#[divan::bench(args = [1, 10])]
fn words_arabic(bencher: divan::Bencher, times: usize) {
    bench(bencher, Language::Arabic, times);
}
