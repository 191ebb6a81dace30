//! Judged texts: candidates for claims, and whether people saw a happening of that sort there.

use crate::archive;
use crate::part::held;
use anyhow::{Context, Result};
use marsad_analyse::{Analyser, Candidate};
use marsad_knowledge::{Ballot, Files};
use marsad_model::{ActorRole, ClaimActor, Language, Modality, Polarity, Published, Report, Span, Status};
use marsad_table::Table;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A text's candidates of one sort, of which at least one is right, or none.
#[derive(Debug)]
pub(crate) struct Example {
    pub(crate) set: &'static str,
    pub(crate) document: String,
    pub(crate) ballot: Ballot,
    /// People saw such a happening.
    pub(crate) yes: bool,
    /// How much it counts.
    pub(crate) weight: f64,
    /// The features of each candidate.
    pub(crate) candidates: Vec<Vec<String>>,
    /// What the rest of its report adds to each, in log odds.
    pub(crate) context: Vec<f64>,
}

impl Example {
    /// What of a candidate's features is learnt from.
    pub(crate) fn taught<'c>(&self, candidate: &'c [String]) -> impl Iterator<Item = &'c String> {
        let row = self.set == ROWS;
        candidate.iter().filter(move |f| !row || OF_ROWS.contains(&f.split(':').next().unwrap_or(f)))
    }
}

/// All judged texts of a language: those of the sets, and the sentences that stand beside knowledge's own triggers.
pub(crate) fn examples(analyser: &Analyser, files: &Files, gold: &Path, language: Language) -> Result<Vec<Example>> {
    let mut out = rows(analyser, files, language)?;
    out.extend(lessons(analyser, language)?);
    if language == Language::Arabic {
        out.extend(arabic(analyser, &gold.join("arabic_event_gsr"))?);
    } else {
        out.extend(muc(analyser, &gold.join("muc34"))?);
        out.extend(plover(analyser, &gold.join("plover_gsr"))?);
    }
    Ok(out)
}

/// The name under which the sentences beside triggers are told of.
pub(crate) const ROWS: &str = "triggers";

/// How much such a sentence counts. Chosen by cross-validation: more of them make the judged texts be judged worse.
const ROW: f64 = 0.1;
/// How much a short item counts.
const LESSON: f64 = 1.0;
/// What is learnt of them: that a sentence is short and says little is nothing against it. Their words are only ours.
const OF_ROWS: [&str; 6] = ["always", "length", "bare", "vague", "field", "mishap"];

/// The sentences beside triggers: in one the word tells of a happening, in the other it means something else. The rows
/// of one word are one document, so that cross-validation has never seen the word it is asked about.
fn rows(analyser: &Analyser, files: &Files, language: Language) -> Result<Vec<Example>> {
    let name = format!("{}/triggers.tsv", language.code());
    let table = Table::read(&name, files.get(&name), &["lemma", "example", "counter"])?;
    let mut out = Vec::new();
    for row in table.rows() {
        for (column, yes) in [("example", true), ("counter", false)] {
            let Some(sentence) = row.some(column) else { continue };
            let candidates = analyser.candidates(&report(language, sentence, None));
            for ballot in Ballot::ALL {
                let (candidates, context) = of_sort(&candidates, ballot);
                if !candidates.is_empty() {
                    out.push(Example { set: ROWS, document: row.get("lemma").to_owned(), ballot, yes, weight: ROW, candidates, context });
                }
            }
        }
    }
    Ok(out)
}

/// The name under which short items of our own are told of.
pub(crate) const LESSONS: &str = "lessons";

/// Short items of our own: in most, words of war are figures of speech, or harm is nobody's doing.
const ITEMS: [(Language, &str); 2] =
    [(Language::Arabic, include_str!("../../../lessons/ar.tsv")), (Language::English, include_str!("../../../lessons/en.tsv"))];

/// The class of an item that tells of no happening of ours.
const NONE: &str = "none";

/// The short items. In one that tells of a happening, nothing is learnt of candidates of another class.
fn lessons(analyser: &Analyser, language: Language) -> Result<Vec<Example>> {
    let mut out = Vec::new();
    for (_, table) in ITEMS.iter().filter(|(l, _)| *l == language) {
        for row in Table::read(language.code(), table, &["class", "text"])?.rows() {
            let (class, text) = (row.get("class"), row.get("text"));
            let mut candidates = analyser.candidates(&report(language, text, None));
            candidates.retain(|c| class == NONE || c.claim.event_type.class() == class);
            for ballot in Ballot::ALL {
                let (candidates, context) = of_sort(&candidates, ballot);
                if !candidates.is_empty() {
                    let document = text.to_owned();
                    out.push(Example { set: LESSONS, document, ballot, yes: class != NONE, weight: LESSON, candidates, context });
                }
            }
        }
    }
    Ok(out)
}

/// A report of which nothing is known but its text and, it may be, its day.
pub(crate) fn report(language: Language, text: &str, published: Option<Published>) -> Report {
    Report { published, ..Report::of_text(language, text) }
}

/// Would the claim be told as something that happened?
fn asserted(candidate: &Candidate) -> bool {
    let claim = &candidate.claim;
    matches!(claim.modality, Modality::Asserted | Modality::Alleged)
        && claim.polarity == Polarity::Positive
        && claim.status == Status::Current
}

/// The candidates of a sort that would be told as something that happened, and what the rest of the report adds to each.
fn of_sort(candidates: &[Candidate], ballot: Ballot) -> (Vec<Vec<String>>, Vec<f64>) {
    candidates.iter().filter(|c| c.ballot == ballot && asserted(c)).map(|c| (c.features.clone(), context(c))).unzip()
}

fn context(candidate: &Candidate) -> f64 {
    f64::from(candidate.context) / 1000.0
}

fn lines(path: &Path) -> Result<Vec<Value>> {
    let text = archive::text(path)?;
    text.lines().map(|l| serde_json::from_str(l).with_context(|| format!("reading {}", path.display()))).collect()
}

fn string<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or("")
}

/// Sentences judged for assault and for protest; an ambiguous judgement is none.
fn arabic(analyser: &Analyser, folder: &Path) -> Result<Vec<Example>> {
    let mut texts: BTreeMap<String, (String, BTreeMap<usize, BTreeSet<String>>)> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    for (ballot, event) in [(Ballot::Violence, "assault"), (Ballot::Protest, "protest")] {
        for row in lines(&folder.join(format!("{event}_sentences.jsonl.gz")))? {
            let text = string(&row, "text").to_owned();
            let known = texts.entry(text.clone()).or_insert_with(|| {
                order.push(text);
                (string(&row, "id").to_owned(), BTreeMap::new())
            });
            known.1.entry(ballot as usize).or_default().insert(string(&row, "label").to_owned());
        }
    }
    let mut out = Vec::new();
    for text in &order {
        let Some((id, labels)) = texts.get(text) else { continue };
        // As the scorers cut: a document is the id without its sentence's number.
        let document = id.rsplit_once('-').map_or(id.as_str(), |(d, _)| d);
        if held(document) {
            continue;
        }
        let candidates = analyser.candidates(&report(Language::Arabic, text, day(id)));
        for ballot in Ballot::ALL {
            let Some(labels) = labels.get(&(ballot as usize)).filter(|l| !l.contains("ambiguous")) else { continue };
            let (candidates, context) = of_sort(&candidates, ballot);
            out.push(Example {
                set: "arabic_event_gsr",
                document: document.to_owned(),
                ballot,
                yes: labels.contains("yes"),
                weight: 1.0,
                candidates,
                context,
            });
        }
    }
    Ok(out)
}

/// The day in an id such as `AAW_ARB_20080110.0033-4`.
fn day(id: &str) -> Option<Published> {
    let digits = id.split('_').find_map(|part| part.split_once('.').map(|(d, _)| d).filter(|d| d.len() == 8))?;
    let day = format!("{}-{}-{}", digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?);
    serde_json::from_value(serde_json::json!({"start": day, "end": day, "precision": "day", "basis": "given"})).ok()
}

/// How much it counts that people who coded a report's incidents did not code this one: they mostly left out what was told of
/// as known, long past or in general.
const PASSED_OVER: f64 = 0.15;

/// Does a candidate name whom it befell, and none of them anything that people named?
fn passed_over(candidate: &Candidate, named: &[String]) -> bool {
    let target = |a: &&ClaimActor<Span>| a.role == ActorRole::Target;
    let mut targets = candidate.claim.actors.iter().filter(target).map(|a| a.name.to_lowercase()).peekable();
    targets.peek().is_some() && targets.all(|t| !named.iter().any(|n| n.contains(t.as_str()) || t.contains(n.as_str())))
}

/// Reports with the incidents that people found in them: a candidate is right where its evidence names what they named; in
/// a report without an incident none is.
fn muc(analyser: &Analyser, folder: &Path) -> Result<Vec<Example>> {
    let mut out = Vec::new();
    for split in ["dev", "test", "train"] {
        let path = folder.join(format!("templates_{split}.jsonl.gz"));
        if !path.is_file() {
            continue;
        }
        for row in lines(&path)? {
            let id = string(&row, "docid");
            if held(id) {
                continue;
            }
            let report = report(Language::English, string(&row, "doctext"), None);
            let mut named = Vec::new();
            strings(row.get("templates").unwrap_or(&Value::Null), "", &mut named);
            let incident = row.get("templates").and_then(Value::as_array).is_some_and(|t| !t.is_empty());
            // Fights between armed parties are no incidents to those who judged: nothing is learnt of them.
            let judged = |c: &&Candidate| c.ballot == Ballot::Violence && asserted(c) && c.claim.event_type.class() != "battle";
            for candidate in analyser.candidates(&report).iter().filter(judged) {
                let evidence = candidate.claim.evidence.of(&report.text).to_lowercase();
                let unnamed = incident && !named.iter().any(|n| evidence.contains(n.as_str()));
                if unnamed && !passed_over(candidate, &named) {
                    continue;
                }
                out.push(Example {
                    set: "muc34",
                    document: id.to_owned(),
                    ballot: Ballot::Violence,
                    yes: incident && !unnamed,
                    weight: if unnamed { PASSED_OVER } else { 0.5 },
                    candidates: vec![candidate.features.clone()],
                    context: vec![context(candidate)],
                });
            }
        }
    }
    Ok(out)
}

/// All strings in a value, lower case, but the type of an incident.
fn strings(value: &Value, key: &str, out: &mut Vec<String>) {
    match value {
        Value::String(s) if key != "incident_type" => out.push(s.to_lowercase()),
        Value::Array(list) => list.iter().for_each(|v| strings(v, key, out)),
        Value::Object(map) => map.iter().for_each(|(k, v)| strings(v, k, out)),
        _ => {}
    }
}

/// Roots of PLOVER, old names too, that are claims of a sort.
const ROOTS: [(Ballot, &[&str]); 2] = [(Ballot::Violence, &["ASSAULT", "FIGHT", "COERCE"]), (Ballot::Protest, &["PROTEST"])];

/// Sentences with the root of the event that people coded.
fn plover(analyser: &Analyser, folder: &Path) -> Result<Vec<Example>> {
    let mut roots: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
    for row in lines(&folder.join("records.jsonl.gz"))? {
        let text = string(&row, "text");
        if !text.is_empty() {
            let id = row.get("id").map_or_else(String::new, |v| v.as_str().map_or_else(|| v.to_string(), str::to_owned));
            roots.entry(text.to_owned()).or_insert_with(|| (id, BTreeSet::new())).1.insert(string(&row, "event").to_owned());
        }
    }
    let mut out = Vec::new();
    for (text, (id, roots)) in roots.into_iter().filter(|(_, (id, _))| !held(id)) {
        let candidates = analyser.candidates(&report(Language::English, &text, None));
        for (ballot, right) in ROOTS {
            let (candidates, context) = of_sort(&candidates, ballot);
            out.push(Example {
                set: "plover_gsr",
                document: id.clone(),
                ballot,
                yes: right.iter().any(|r| roots.contains(*r)),
                weight: 1.0,
                candidates,
                context,
            });
        }
    }
    Ok(out)
}
