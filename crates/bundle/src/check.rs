//! Does what is in a bag hold together: log, originals, records, words?

use crate::bag::{self, INFO, Sum};
use crate::held::{self, Gone, Newest, Originals};
use crate::remade::Remade;
use crate::told::Told;
use crate::verify::Checked;
use marsad_decision::Decision;
use marsad_ledger::{CustodyEntry, Tombstone, Version};
use marsad_model::{Event, sha256_hex};
use marsad_record::{ClaimRecord, MentionRecord, RedactionRecord, ReportRecord, VictimRecord};
use marsad_redact::TOLD;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Rows that an entry of the log binds.
#[derive(serde::Deserialize)]
struct Bound {
    seq: u64,
    rows: Vec<String>,
}

/// What `ledger.json` says of the records.
#[derive(serde::Deserialize)]
struct Summary {
    program: String,
    knowledge: String,
    reports: u64,
    mentions: u64,
    claims: u64,
    events: u64,
    set_aside: u64,
    redacted: Option<RedactionRecord>,
}

/// What the records are held against.
struct Ground {
    /// The hashes of the originals that are there.
    kept: BTreeSet<String>,
    /// Those of originals that were withdrawn.
    destroyed: BTreeSet<String>,
    gone: Vec<Gone>,
    /// The rows that the log binds.
    rows: BTreeSet<String>,
    newest: Newest,
}

/// The payload of a bag.
pub(crate) struct Contents<'s> {
    data: PathBuf,
    folder: PathBuf,
    sums: &'s BTreeMap<String, Sum>,
}

impl<'s> Contents<'s> {
    pub(crate) fn of(folder: &Path, sums: &'s BTreeMap<String, Sum>) -> Self {
        Self { data: folder.join("data"), folder: folder.to_owned(), sums }
    }

    /// Check all, the log first: everything else hangs on it.
    pub(crate) fn check(&self, found: &mut Checked) {
        let summary = std::fs::read(self.data.join("records/ledger.json")).ok();
        let summary = summary.and_then(|bytes| serde_json::from_slice::<Summary>(&bytes).ok());
        let redacted = summary.as_ref().and_then(|summary| summary.redacted.clone());
        let ground = match &redacted {
            Some(redacted) => self.held_back(redacted, found),
            None => self.sealed(found),
        };
        let mut told = Told::new(redacted.is_some());
        let mut page = Remade::begin(redacted.as_ref().map(Originals::of));
        let mut count = Count::default();
        self.each("records/reports.jsonl", &mut found.faults, |report: ReportRecord, faults| {
            count.reports += 1;
            told.report(&report, &ground.kept, &ground.destroyed, faults);
            page.report(report);
        });
        let mut spans = 0;
        self.each("records/mentions.jsonl", &mut found.faults, |record: Value, faults| {
            count.mentions += 1;
            faults.extend(serde_json::from_value::<MentionRecord>(record.clone()).err().map(|e| format!("a mention cannot be read: {e}")));
            spans += told.spans(&record, faults);
        });
        self.each("records/claims.jsonl", &mut found.faults, |record: Value, faults| {
            count.claims += 1;
            spans += told.spans(&record, faults);
            match serde_json::from_value::<ClaimRecord>(record) {
                Ok(claim) => {
                    told.claim(&claim, faults);
                    page.claim(claim);
                }
                Err(error) => faults.push(format!("a claim cannot be read: {error}")),
            }
        });
        found.spans += spans;
        self.each("records/victims.jsonl", &mut found.faults, |victim: VictimRecord, faults| {
            told.victim(&victim, faults);
            page.victim(victim);
        });
        self.decisions(&ground.rows, found);
        self.each("records/events.jsonl", &mut found.faults, |event: Event, faults| {
            count.events += 1;
            told.event(&event, faults);
            page.event(event);
        });
        told.without_event(&mut found.faults);
        self.each("records/set_aside.jsonl", &mut found.faults, |item: Value, faults| {
            count.set_aside += 1;
            if let Some(sha256) = item["sha256"].as_str().filter(|sha256| item["sealed"] == true && !ground.kept.contains(*sha256)) {
                faults.push(format!("set_aside.jsonl: the original {sha256} that it tells of is not there"));
            }
        });
        match summary {
            Some(summary) => self.summary(summary, &count, page, &ground, found),
            None => found.faults.push("data/records/ledger.json: it cannot be read".to_owned()),
        }
    }

    /// Log, tombstones and originals of a bag with all names.
    fn sealed(&self, found: &mut Checked) -> Ground {
        let log: Vec<CustodyEntry> = self.lines("custody.jsonl", &mut found.faults);
        let bound: Vec<Bound> = self.lines("bound.jsonl", &mut found.faults);
        let stones: Vec<Tombstone> = self.lines("withdrawn.jsonl", &mut found.faults);
        found.entries = log.len() as u64;
        chain(&log, &bound, &mut found.faults);
        withdrawn(&log, &stones, &mut found.faults);
        let rows: BTreeSet<String> = bound.into_iter().flat_map(|b| b.rows).collect();
        Ground {
            kept: self.originals(Some(&rows), found),
            destroyed: stones.iter().flat_map(|stone| stone.originals.iter().cloned()).collect(),
            gone: stones.iter().map(Gone::of).collect(),
            rows,
            newest: log.last().map(Newest::of).unwrap_or_default(),
        }
    }

    /// What stands in their place where names are held back. The log is with the ledger's keeper: what it would show is not checked,
    /// and that is told.
    fn held_back(&self, redacted: &RedactionRecord, found: &mut Checked) -> Ground {
        let gone = self.lines("withdrawn.jsonl", &mut found.faults);
        let newest: Vec<Newest> = self.lines("custody.json", &mut found.faults);
        if newest.len() != 1 {
            found.faults.push(format!("{}: it does not tell of one entry", held::NEWEST));
        }
        let kept = self.originals(None, found);
        if kept.len() != redacted.originals_with_names {
            let told = redacted.originals_with_names;
            found.faults.push(format!("data/originals: it holds {} originals, and ledger.json tells of {told}", kept.len()));
        }
        if !std::fs::read(self.data.join(TOLD)).is_ok_and(|text| held::is_told(&text, redacted)) {
            found.faults.push(format!("data/{TOLD}: it is not what is told of what was held back"));
        }
        found.notes.push(
            "names are held back in this bundle, its ids are salted, and the custody log is not in it: whether its records are those of \
             sealed reports only the ledger's keeper can show"
                .to_owned(),
        );
        Ground { kept, destroyed: BTreeSet::new(), gone, rows: BTreeSet::new(), newest: newest.into_iter().next().unwrap_or_default() }
    }

    /// Hand out the lines of a file of the payload, one by one; those that cannot be read are faults.
    fn each<T: DeserializeOwned>(&self, name: &str, faults: &mut Vec<String>, mut visit: impl FnMut(T, &mut Vec<String>)) {
        let mut lines = match File::open(self.data.join(name)) {
            Ok(file) => BufReader::new(file),
            Err(error) => return faults.push(format!("data/{name}: it cannot be read ({error})")),
        };
        let mut line = Vec::new();
        for n in 1.. {
            line.clear();
            match lines.read_until(b'\n', &mut line) {
                Ok(0) => return,
                Ok(_) => match serde_json::from_slice(&line) {
                    Ok(one) => visit(one, faults),
                    Err(error) => faults.push(format!("data/{name}, line {n}: {error}")),
                },
                Err(error) => return faults.push(format!("data/{name}: it cannot be read ({error})")),
            }
        }
    }

    fn lines<T: DeserializeOwned>(&self, name: &str, faults: &mut Vec<String>) -> Vec<T> {
        let mut all = Vec::new();
        self.each(name, faults, |one, _| all.push(one));
        all
    }

    /// Each original must be what its name says and, where the log's rows are there, what they sealed. Gives their hashes.
    fn originals(&self, rows: Option<&BTreeSet<String>>, found: &mut Checked) -> BTreeSet<String> {
        let sealed = rows.into_iter().flatten().filter_map(|row| {
            let mut words = row.strip_prefix("original ")?.split(' ');
            Some((words.next()?, words.next_back()?))
        });
        let sealed: BTreeMap<&str, &str> = sealed.collect();
        let mut kept = BTreeSet::new();
        for (path, sum) in self.sums {
            let Some(name) = path.strip_prefix("data/originals/") else { continue };
            found.originals += 1;
            if sum.sha256 != name {
                found.faults.push(format!("{path}: its bytes are not those that were sealed"));
            } else if rows.is_some() && sealed.get(name).is_none_or(|length| *length != sum.length.to_string()) {
                found.faults.push(format!("{path}: no entry of the custody log sealed it"));
            }
            kept.insert(name.to_owned());
        }
        kept
    }

    /// Each decision must be, word for word, the one whose hash the log has.
    fn decisions(&self, rows: &BTreeSet<String>, found: &mut Checked) {
        self.each("records/decisions.jsonl", &mut found.faults, |record: Value, faults| {
            let id = record["id"].as_str().unwrap_or("").to_owned();
            match Decision::read(&record.to_string()) {
                Err(why) => faults.push(format!("{id}: {why}")),
                Ok(decision) => {
                    let body = serde_json::to_string(&decision).unwrap_or_default();
                    if !rows.contains(format!("decision {id} {}", sha256_hex(body.as_bytes())).as_str()) {
                        faults.push(format!("{id}: no entry of the custody log tells of a decision in these words"));
                    }
                }
            }
        });
    }

    /// What is told of the records must be what they are: the numbers, the page, and what the bag says of itself.
    fn summary(&self, told: Summary, count: &Count, page: Remade, ground: &Ground, found: &mut Checked) {
        let Summary { program, knowledge, reports, mentions, claims, events, set_aside, .. } = told;
        if *count != (Count { reports, mentions, claims, events, set_aside }) {
            found.faults.push("data/records/ledger.json: there are not as many records as it tells of".to_owned());
        }
        if program != env!("CARGO_PKG_VERSION") {
            found.notes.push(format!("data/index.html: the program {program} made it; whether it shows these records is not checked"));
        } else if self.sums.get("data/index.html").is_none_or(|sum| sum.sha256 != page.sha256(&ground.gone)) {
            found.faults.push("data/index.html: it is not the page that is made of these records".to_owned());
        }
        let info = bag::info(self.sums, &Version { program, knowledge }.to_string(), &ground.newest);
        if std::fs::read(self.folder.join(INFO)).ok().as_deref() != Some(info.as_bytes()) {
            found.faults.push(format!("{INFO}: it does not tell of this log and these files"));
        }
    }
}

/// How many records there are.
#[derive(Default, PartialEq)]
struct Count {
    reports: u64,
    mentions: u64,
    claims: u64,
    events: u64,
    set_aside: u64,
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

/// The tombstones must be those that the log tells of, one for one.
fn withdrawn(log: &[CustodyEntry], stones: &[Tombstone], faults: &mut Vec<String>) {
    let mut found = stones.iter();
    for entry in log {
        let Some(told) = entry.tombstone() else { continue };
        if found.next() != Some(&told) {
            return faults.push(format!("data/withdrawn.jsonl: it has not what custody entry {} tells of", entry.seq));
        }
    }
    if found.next().is_some() {
        faults.push("data/withdrawn.jsonl: it has more than the custody log tells of".to_owned());
    }
}
