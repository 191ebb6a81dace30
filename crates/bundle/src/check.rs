//! Does what is in a bag hold together: log, originals, records, words?

use crate::verify::Checked;
use marsad_decision::Decision;
use marsad_ledger::{CustodyEntry, Tombstone};
use marsad_model::sha256_hex;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Rows that an entry of the log binds.
#[derive(serde::Deserialize)]
struct Bound {
    seq: u64,
    rows: Vec<String>,
}

/// The payload of a bag.
pub(crate) struct Contents {
    data: PathBuf,
}

/// The texts of the reports, by id, as code points.
type Texts = BTreeMap<String, Vec<char>>;

impl Contents {
    pub(crate) fn of(folder: &Path) -> Self {
        Self { data: folder.join("data") }
    }

    /// Check all, the log first: everything else hangs on it.
    pub(crate) fn check(&self, found: &mut Checked) {
        let log: Vec<CustodyEntry> = self.lines("custody.jsonl", &mut found.faults);
        let bound: Vec<Bound> = self.lines("bound.jsonl", &mut found.faults);
        let stones: Vec<Tombstone> = self.lines("withdrawn.jsonl", &mut found.faults);
        found.entries = log.len() as u64;
        chain(&log, &bound, &mut found.faults);
        let rows: BTreeSet<&str> = bound.iter().flat_map(|b| b.rows.iter().map(String::as_str)).collect();
        let sealed: BTreeSet<&str> = rows.iter().filter_map(|row| row.strip_prefix("original ")?.split(' ').next()).collect();
        let kept = self.originals(&sealed, found);
        let gone: BTreeSet<&str> = stones.iter().flat_map(|s| s.originals.iter().map(String::as_str)).collect();
        let texts = self.reports(&kept, &gone, found);
        self.words(&texts, found);
        self.decisions(&rows, found);
    }

    /// The lines of a file of the payload; those that cannot be read are faults.
    fn lines<T: DeserializeOwned>(&self, name: &str, faults: &mut Vec<String>) -> Vec<T> {
        let text = match std::fs::read_to_string(self.data.join(name)) {
            Ok(text) => text,
            Err(error) => {
                faults.push(format!("data/{name}: it cannot be read ({error})"));
                return Vec::new();
            }
        };
        let mut all = Vec::new();
        for (n, line) in text.lines().enumerate() {
            match serde_json::from_str(line) {
                Ok(one) => all.push(one),
                Err(error) => faults.push(format!("data/{name}, line {}: {error}", n + 1)),
            }
        }
        all
    }

    /// Each original must be what its name says and what the log sealed. Gives their hashes.
    fn originals(&self, sealed: &BTreeSet<&str>, found: &mut Checked) -> BTreeSet<String> {
        let mut kept = BTreeSet::new();
        let entries = std::fs::read_dir(self.data.join("originals")).into_iter().flatten().flatten();
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            found.originals += 1;
            let is_as_named = std::fs::read(entry.path()).is_ok_and(|bytes| sha256_hex(&bytes) == name);
            if !is_as_named {
                found.faults.push(format!("data/originals/{name}: its bytes are not those that were sealed"));
            } else if !sealed.contains(name.as_str()) {
                found.faults.push(format!("data/originals/{name}: no entry of the custody log sealed it"));
            }
            kept.insert(name);
        }
        kept
    }

    fn reports(&self, kept: &BTreeSet<String>, gone: &BTreeSet<&str>, found: &mut Checked) -> Texts {
        let mut texts = Texts::new();
        for report in self.lines::<Value>("records/reports.jsonl", &mut found.faults) {
            let word = |name: &str| report[name].as_str().unwrap_or("");
            let id = word("id").to_owned();
            if sha256_hex(word("text").as_bytes()) != word("text_sha256") {
                found.faults.push(format!("{id}: its readable text is not the one that was read"));
            }
            if gone.contains(word("sha256")) {
                found.faults.push(format!("{id}: it was withdrawn"));
            } else if !kept.contains(word("sha256")) {
                found.faults.push(format!("{id}: its original {} is not in the bundle", word("sha256")));
            }
            texts.insert(id, word("text").chars().collect());
        }
        texts
    }

    /// Every span must quote its report.
    fn words(&self, texts: &Texts, found: &mut Checked) {
        for name in ["records/mentions.jsonl", "records/claims.jsonl"] {
            for record in self.lines::<Value>(name, &mut found.faults) {
                let report = record["report"].as_str().unwrap_or("");
                let who = record["id"].as_str().unwrap_or(report);
                let Some(text) = texts.get(report) else {
                    found.faults.push(format!("{who}: its report {report} is not in the bundle"));
                    continue;
                };
                spans(&record, text, who, found);
            }
        }
    }

    fn decisions(&self, rows: &BTreeSet<&str>, found: &mut Checked) {
        let ruled: BTreeSet<&str> = rows.iter().filter_map(|row| row.strip_prefix("decision ")?.split(' ').next()).collect();
        for record in self.lines::<Value>("records/decisions.jsonl", &mut found.faults) {
            let id = record["id"].as_str().unwrap_or("").to_owned();
            match Decision::read(&record.to_string()) {
                Err(why) => found.faults.push(format!("{id}: {why}")),
                Ok(_) if !ruled.contains(id.as_str()) => found.faults.push(format!("{id}: no entry of the custody log tells of it")),
                Ok(_) => {}
            }
        }
    }
}

/// Each entry must follow from the one before it, and bind the rows that are told of it.
fn chain(log: &[CustodyEntry], bound: &[Bound], faults: &mut Vec<String>) {
    let mut before = None;
    for entry in log {
        faults.extend(entry.fault_after(before).map(|why| format!("custody entry {}: {why}", entry.seq)));
        before = Some(entry);
    }
    if log.is_empty() {
        faults.push("the custody log is empty".to_owned());
    }
    for Bound { seq, rows } in bound {
        let entry = log.iter().find(|entry| entry.seq == *seq);
        if !entry.is_some_and(|entry| entry.binds(rows)) {
            faults.push(format!("custody entry {seq}: the rows told of it are not those that it binds"));
        }
    }
}

/// Every object that is a span, at any depth, must quote the text.
fn spans(value: &Value, text: &[char], who: &str, found: &mut Checked) {
    match value {
        Value::Object(fields) => {
            if let (Some(start), Some(end), Some(words)) = (fields.get("start"), fields.get("end"), fields.get("text"))
                && let (Some(start), Some(end), Some(words)) = (start.as_u64(), end.as_u64(), words.as_str())
            {
                found.spans += 1;
                let stretch = usize::try_from(start).ok().zip(usize::try_from(end).ok()).and_then(|(s, e)| text.get(s..e));
                if !stretch.is_some_and(|stretch| stretch.iter().copied().eq(words.chars())) {
                    found.faults.push(format!("{who}: the span {start}..{end} does not quote its report"));
                }
            }
            fields.values().for_each(|field| spans(field, text, who, found));
        }
        Value::Array(all) => all.iter().for_each(|one| spans(one, text, who, found)),
        _ => {}
    }
}
