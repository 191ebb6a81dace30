//! What ships in `knowledge/`, `examples/` and these tests is the project's own: nowhere eight words in a row, folded, that a
//! seed report or a text kept for measuring has too. Where those texts are not at hand the test says so and ends.

use crate::gold;
use marsad_knowledge::Files;
use marsad_text::{fold_into, is_ignorable};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

/// So many words in a row are no accident.
const ROW: usize = 8;

/// Hashes of a text's words, each with its place.
fn words(text: &str) -> Vec<(u64, usize)> {
    let (mut words, mut folded) = (Vec::with_capacity(text.len() / 6), String::new());
    let mut start = 0;
    let mut push = |written: &str, at: usize| {
        folded.clear();
        fold_into(written, &mut folded);
        if folded.contains(char::is_alphanumeric) {
            words.push((fnv(folded.as_bytes()), at));
        }
    };
    for (at, c) in text.char_indices() {
        // As people count words: what a hyphen or an apostrophe joins is one.
        if !(c.is_alphanumeric() || is_ignorable(c) || matches!(c, '\'' | '’' | '-')) {
            if start < at {
                push(text.get(start..at).unwrap_or(""), start);
            }
            start = at + c.len_utf8();
        }
    }
    push(text.get(start..).unwrap_or(""), start);
    words
}

fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// Each row of words: its hash and where it starts. The hash is rolled: a long text is read once.
fn rows(words: &[(u64, usize)]) -> impl Iterator<Item = (u64, usize)> {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    let leaving = BASE.wrapping_pow(ROW as u32);
    let mut hash = 0u64;
    (0..words.len()).filter_map(move |i| {
        hash = hash.wrapping_mul(BASE).wrapping_add(words[i].0);
        if i >= ROW {
            hash = hash.wrapping_sub(words[i - ROW].0.wrapping_mul(leaving));
        }
        (i + 1 >= ROW).then(|| (hash, words[i + 1 - ROW].1))
    })
}

/// A folder of the project.
fn project(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

/// Everything of our own: where it stands, and its words. Cells and list items are pieces of their own.
fn ours() -> Vec<(String, String)> {
    let mut pieces = Vec::new();
    let mut add = |at: &str, text: &str| {
        for (line, content) in text.lines().enumerate() {
            pieces.extend(content.split(['\t', '|', '"']).map(|piece| (format!("{at}:{}", line + 1), piece.to_owned())));
        }
    };
    let files = Files::embedded();
    files.iter().for_each(|(path, text)| add(path, text));
    for entry in fs::read_dir(project("knowledge/gazetteer")).unwrap().flatten() {
        // The registry's list is not ours to have written, and holds names only.
        if entry.path().extension().is_some_and(|e| e == "tsv") {
            add(&entry.path().display().to_string(), &fs::read_to_string(entry.path()).unwrap());
        }
    }
    for folder in ["examples", "crates/marsad/tests/data", "crates/marsad/tests/reports"] {
        texts_of(&project(folder), &mut add);
    }
    pieces
}

/// The reports of a folder, whole: line ends are no borders there.
fn texts_of(folder: &Path, add: &mut impl FnMut(&str, &str)) {
    for path in fs::read_dir(folder).unwrap().flatten().map(|e| e.path()) {
        if path.is_dir() {
            texts_of(&path, add);
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        // The one page in an old charset would read as gaps; its kin are all UTF-8.
        let text = String::from_utf8(bytes).unwrap_or_else(|e| encoding_1256(e.as_bytes()));
        add(&path.display().to_string(), &gold::without_markup(&text).replace('\n', " "));
    }
}

/// A page in windows-1256, through the program's own reader.
fn encoding_1256(bytes: &[u8]) -> String {
    let reader = marsad_read::Reader::new(&Files::embedded()).unwrap();
    let intake = marsad_read::Intake { path: "page.html", bytes, sidecar: None };
    marsad_read::records(&intake).flatten().filter_map(|r| reader.read(&r).ok()).map(|r| r.text).collect()
}

/// The rows of words that both have, with where they stand in ours.
fn shared_rows(ours: &[(String, String)], theirs: impl Fn(&mut dyn FnMut(&str))) -> BTreeSet<String> {
    let index = index(ours);
    let mut found = BTreeSet::new();
    theirs(&mut |text| look(&index, ours, text, &mut found));
    found
}

/// Where each row of words stands in ours: which piece, and at which byte.
type Index = HashMap<u64, (usize, usize)>;

fn index(ours: &[(String, String)]) -> Index {
    let piece = |(i, (_, text)): (usize, &(String, String))| rows(&words(text)).map(move |(hash, at)| (hash, (i, at))).collect::<Vec<_>>();
    ours.iter().enumerate().flat_map(piece).collect()
}

fn look(index: &Index, ours: &[(String, String)], text: &str, found: &mut BTreeSet<String>) {
    for (hash, _) in rows(&words(text)) {
        if let Some(&(piece, at)) = index.get(&hash) {
            let (place, words) = &ours[piece];
            let row: Vec<&str> = words.get(at..).unwrap_or("").split_whitespace().take(ROW).collect();
            found.insert(format!("{place}: {}", row.join(" ")));
        }
    }
}

#[test]
fn nothing_is_lifted_from_a_seed_or_a_gold_text() {
    let files = gold::files();
    if files.is_empty() {
        println!("skipped: {} is not here, so there is nothing to compare with", gold::shared().display());
        return;
    }
    let ours = ours();
    let index = index(&ours);
    assert!(index.len() > 5_000, "only {} rows of words: knowledge was not read", index.len());
    let read = |file: &PathBuf| {
        let (mut found, mut length) = (BTreeSet::new(), 0);
        gold::texts(file, &mut |text| {
            length += text.len();
            look(&index, &ours, text, &mut found);
        });
        (found.into_iter().map(|f| format!("{f}   [{}]", file.display())).collect::<Vec<_>>(), length)
    };
    let (found, length) = files.par_iter().map(read).reduce(Default::default, |mut a, b| {
        a.0.extend(b.0);
        (a.0, a.1 + b.1)
    });
    assert!(length > 20_000_000, "only {length} bytes of text: the sets were not read");
    assert!(found.is_empty(), "{} rows of {ROW} words stand in texts of others:\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_lifted_sentence_would_be_found() {
    let ours = [("a.tsv:1".to_owned(), "The lorry that carried flour reached the bakery after dark and left".to_owned())];
    let lifted = "News: “the LORRY, that carried flour reached the bakery, after dark”.";
    assert_eq!(shared_rows(&ours, |take| take(lifted)).len(), 3);
    assert!(
        shared_rows(&ours, |take| take("The lorry that carried flour reached the bakery"))
            .contains("a.tsv:1: The lorry that carried flour reached the bakery")
    );
    assert!(shared_rows(&ours, |take| take("the lorry that carried flour reached the mill after dark and left")).is_empty());
    let arabic = [("b.tsv:1".to_owned(), "وصلت الشاحنة التي تحمل الطحين إلى المخبز بعد الغروب".to_owned())];
    assert_eq!(shared_rows(&arabic, |take| take("وصلت الشاحنةُ التي تحمل الطحين الى المخبز بعد الغروب")).len(), 2);
}
