//! Annotated texts: documents with the names that people marked, from the sets that a shipped model may learn from.

use crate::archive;
use crate::ecb;
use crate::part::held;
use anyhow::{Context, Result};
use marsad_model::Language;
use marsad_tagger::Kind;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A marked stretch of a text, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
}

/// A document of the train part.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) set: &'static str,
    pub(crate) id: String,
    pub(crate) language: Language,
    pub(crate) text: String,
    pub(crate) marks: Vec<Mark>,
    /// Only places were marked: of the other words it is known that they are no place, no more.
    pub(crate) places_only: bool,
    /// Stretches in which it is not known what is a name.
    pub(crate) unknown: Vec<(usize, usize)>,
}

/// Sentences to one document of a token file, as the scorers cut them.
const SENTENCES: usize = 20;

/// All documents that a model of a language may learn from.
pub(crate) fn documents(gold: &Path, language: Language) -> Result<Vec<Document>> {
    let mut out = Vec::new();
    if language == Language::Arabic {
        out.extend(tokens("newsfane", &[(None, archive::text(&gold.join("newsfane/newsfane.txt.gz"))?)], newsfane));
        let wojood = ["train", "val"].map(|f| archive::text(&gold.join(format!("wojood_sample/{f}.txt.gz"))));
        out.extend(tokens("wojood_sample", &wojood.into_iter().map(|t| Ok((None, t?))).collect::<Result<Vec<_>>>()?, wojood_tag));
        let articles = archive::members(&gold.join("aqmar/articles.tar.gz"))?;
        out.extend(tokens("aqmar", &articles.into_iter().map(|(n, t)| (Some(n), t)).collect::<Vec<_>>(), aqmar));
        out.extend(idrisi(&gold.join("idrisi_ar"))?);
    } else {
        out.extend(re3d(&gold.join("re3d"))?);
        out.extend(ecb::documents(&gold.join("ecbplus"))?);
    }
    Ok(out)
}

#[allow(clippy::unnecessary_wraps)] // as the other sets have it
fn newsfane(tag: &str) -> Option<Kind> {
    Some(match tag {
        "Politician" | "Athlete" | "Artist" | "Other_PER" | "Scientist" | "Religious_PER" | "Lawyer" | "Businessperson" | "Engineer"
        | "Police" => Kind::Person,
        "Government" | "Non-Governmental" | "Commercial" | "Educational" | "Media" | "Religious_ORG" | "Sports" | "Medical-Science"
        | "Entertainment" => Kind::Organisation,
        "Nation"
        | "Population-Center"
        | "State-or-Province"
        | "County-or-District"
        | "Continent"
        | "GPE-Cluster"
        | "Land-Region-Natural"
        | "Water-Body"
        | "Building-Grounds"
        | "Path"
        | "Airport" => Kind::Place,
        _ => Kind::Other,
    })
}

fn wojood_tag(tag: &str) -> Option<Kind> {
    Some(match tag {
        "PERS" => Kind::Person,
        "ORG" => Kind::Organisation,
        "GPE" | "LOC" | "FAC" => Kind::Place,
        "NORP" | "EVENT" | "LANGUAGE" | "LAW" | "PRODUCT" => Kind::Other,
        _ => return None,
    })
}

#[allow(clippy::unnecessary_wraps)] // as the other sets have it
fn aqmar(tag: &str) -> Option<Kind> {
    Some(match tag {
        "PER" => Kind::Person,
        "ORG" => Kind::Organisation,
        "LOC" => Kind::Place,
        _ => Kind::Other,
    })
}

/// A token with its tags.
type Token = (String, Vec<String>);

/// The documents of token files; a file that has a name is one, of the others so many sentences are one.
fn tokens(set: &'static str, files: &[(Option<String>, String)], kind_of: fn(&str) -> Option<Kind>) -> Vec<Document> {
    let mut out = Vec::new();
    for (article, text) in files {
        for (n, sentences) in sentences(text).chunks(SENTENCES).enumerate() {
            let id = article.clone().unwrap_or_else(|| n.to_string());
            if !held(&id) {
                out.push(written(set, &id, sentences, kind_of, false));
                if sentences.iter().flatten().any(lone_letter) {
                    out.push(written(set, &id, sentences, kind_of, true));
                }
            }
        }
    }
    out
}

fn sentences(text: &str) -> Vec<Vec<Token>> {
    let mut out = vec![Vec::new()];
    for line in text.lines() {
        let line = line.replace(['\u{200e}', '\u{200f}', '\u{feff}'], "");
        let mut cells = line.split_whitespace().map(str::to_owned);
        match (cells.next(), cells.collect::<Vec<_>>()) {
            (None, _) => out.push(Vec::new()),
            (Some(token), tags) if !tags.is_empty() && token != "$#$" => {
                if let Some(last) = out.last_mut() {
                    last.push((token, tags));
                }
            }
            _ => {}
        }
    }
    out.retain(|s| !s.is_empty());
    out
}

/// A letter by itself outside a name: some corpora cut conjunctions and prepositions off the words that they are written with.
fn lone_letter((token, tags): &Token) -> bool {
    let mut letters = token.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none() && tags.iter().all(|t| t == "O")
}

/// The text of some sentences with its marks; `joined`: lone letters are written with the next word.
fn written(set: &'static str, id: &str, sentences: &[Vec<Token>], kind_of: fn(&str) -> Option<Kind>, joined: bool) -> Document {
    let (mut text, mut marks) = (String::new(), Vec::new());
    for sentence in sentences {
        let mut spans = Vec::new();
        for (i, (token, _)) in sentence.iter().enumerate() {
            let glued = joined && i > 0 && lone_letter(&sentence[i - 1]);
            if !text.is_empty() && !glued {
                text.push(if i == 0 { '\n' } else { ' ' });
            }
            spans.push((text.len(), text.len() + token.len()));
            text.push_str(token);
        }
        let found: Vec<_> = entities(sentence).into_iter().filter_map(|(tag, a, z)| Some((kind_of(&tag)?, a, z))).collect();
        // The outermost counts; what is no person, body or place gives way to them.
        let inside = |k: Kind, a: usize, z: usize| {
            found.iter().any(|o| {
                (o.0 == Kind::Other) <= (k == Kind::Other) && (o.1, o.2) != (a, z) && o.1 <= a && z <= o.2
                    || k == Kind::Other && o.0 != Kind::Other && o.1 <= z && a <= o.2
            })
        };
        for (kind, a, z) in &found {
            if !inside(*kind, *a, *z) {
                marks.push(Mark { start: spans[*a].0, end: spans[*z].1, kind: *kind });
            }
        }
    }
    Document { set, id: id.to_owned(), language: Language::Arabic, text, marks, places_only: false, unknown: Vec::new() }
}

/// Tag, first and last token of the entities of a sentence, which may be nested.
fn entities(sentence: &[Token]) -> Vec<(String, usize, usize)> {
    let mut done: Vec<(String, usize, usize)> = Vec::new();
    let mut open: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, (_, tags)) in sentence.iter().enumerate() {
        for (tag, running) in &mut open {
            running.truncate(tags.iter().filter(|t| t.strip_prefix("I-") == Some(tag)).count());
            for entity in running.iter() {
                done[*entity].2 = i;
            }
        }
        for tag in tags.iter().filter_map(|t| t.strip_prefix("B-")) {
            open.entry(tag).or_default().push(done.len());
            done.push((tag.to_owned(), i, i));
        }
    }
    done
}

#[derive(Deserialize)]
struct Tweet {
    #[serde(rename = "tweet_id")]
    id: String,
    text: String,
    location_mentions: Vec<Location>,
}

#[derive(Deserialize)]
struct Location {
    #[serde(alias = "startIdx")]
    start_offset: usize,
    #[serde(alias = "endIdx")]
    end_offset: usize,
}

/// Tweets with their places; those whose text also stands in the held part under another id are left out.
fn idrisi(folder: &Path) -> Result<Vec<Document>> {
    let mut tweets: Vec<Tweet> = Vec::new();
    for file in ["disambiguation", "recognition"] {
        tweets.extend(lines(&folder.join(format!("{file}.jsonl.gz")))?);
    }
    let kept_out: BTreeSet<String> = tweets.iter().filter(|t| held(&t.id)).map(|t| t.text.clone()).collect();
    let mut seen = BTreeSet::new();
    tweets.retain(|t| !held(&t.id) && !kept_out.contains(&t.text) && seen.insert(t.text.clone()));
    Ok(tweets
        .into_iter()
        .map(|t| {
            let place = |m: &Location| mark(&t.text, m.start_offset, m.end_offset, Kind::Place);
            let marks = t.location_mentions.iter().filter_map(place).collect();
            Document { set: "idrisi_ar", id: t.id, language: Language::Arabic, marks, text: t.text, places_only: true, unknown: Vec::new() }
        })
        .collect())
}

/// A mark by code points.
fn mark(text: &str, start: usize, end: usize, kind: Kind) -> Option<Mark> {
    let byte = |n: usize| text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(n);
    Some(Mark { start: byte(start)?, end: byte(end)?, kind }).filter(|m| m.start < m.end)
}

fn lines<T: for<'d> Deserialize<'d>>(path: &Path) -> Result<Vec<T>> {
    let text = archive::text(path)?;
    text.lines()
        .filter(|l| !l.trim().is_empty())
        .map(|l| serde_json::from_str(l).with_context(|| format!("a line of {}", path.display())))
        .collect()
}

#[derive(Deserialize)]
struct Re3dText {
    #[serde(rename = "_id")]
    id: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Re3dEntity {
    document_id: String,
    begin: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    confidence: serde_json::Value,
}

/// The parts of re3d that may be learnt from: all but one, which is not licensed for every use.
const RE3D: [&str; 6] = [
    "Australian_Department_of_Foreign_Affairs",
    "CENTCOM",
    "Delegation_of_the_European_Union_to_Syria",
    "UK_Government",
    "US_State_Department",
    "Wikipedia",
];

fn re3d(folder: &Path) -> Result<Vec<Document>> {
    let mut out = Vec::new();
    for source in RE3D {
        let texts: Vec<Re3dText> = lines(&folder.join(source).join("documents.jsonl.gz"))?;
        let entities: Vec<Re3dEntity> = lines(&folder.join(source).join("entities.jsonl.gz"))?;
        for text in texts.into_iter().filter(|t| !held(&t.id)) {
            let sure = |e: &&Re3dEntity| e.confidence.as_f64().or_else(|| e.confidence.as_str()?.parse().ok()).unwrap_or(0.0) >= 0.5;
            let marks = entities.iter().filter(|e| e.document_id == text.id).filter(sure).filter_map(|e| {
                let kind = match e.kind.as_str() {
                    "Person" => Kind::Person,
                    "Organisation" => Kind::Organisation,
                    "Location" => Kind::Place,
                    "Nationality" => Kind::Other,
                    _ => return None,
                };
                mark(&text.text, e.begin, e.end, kind)
            });
            let mut marks: Vec<Mark> = marks.collect();
            marks.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
            out.push(Document {
                set: "re3d",
                id: text.id,
                language: Language::English,
                text: text.text,
                marks,
                places_only: false,
                unknown: Vec::new(),
            });
        }
    }
    Ok(out)
}

/// Names of persons in a script, each with how often it is borne.
pub(crate) fn names(gold: &Path, language: Language) -> Result<BTreeMap<String, u32>> {
    let mut out: BTreeMap<String, u32> = BTreeMap::new();
    // In English a longer list only makes persons of places that are called like one.
    let files = if language == Language::Arabic { &NAMES[..] } else { &NAMES[..1] };
    for (file, columns) in files {
        for row in archive::text(&gold.join("names_ar_en").join(file))?.lines() {
            let cells: Vec<&str> = row.split('\t').collect();
            let [Some(latin), Some(arabic)] = columns.map(|c| cells.get(c)) else { continue };
            if held(latin) {
                continue;
            }
            let name = if language == Language::Arabic { arabic.replace(' ', "") } else { (*latin).to_owned() };
            *out.entry(marsad_text::fold(&name)).or_default() += cells.get(2).and_then(|n| n.trim().parse().ok()).unwrap_or(1);
        }
    }
    Ok(out)
}

/// Files of names, each with its columns of Latin and of Arabic letters.
const NAMES: [(&str, [usize; 2]); 2] = [("wikidata_64.tsv.gz", [0, 1]), ("wikipedia_train.tsv.gz", [1, 0])];
