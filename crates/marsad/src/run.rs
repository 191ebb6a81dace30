//! `marsad run`: inputs into the ledger.

use crate::input;
use crate::{collating, fetch, own_knowledge, progress, withdrawal};
use anyhow::{Context, Result};
use marsad_analyse::Analyser;
use marsad_collate::Rules;
use marsad_gazetteer::Gazetteer;
use marsad_knowledge::Files;
use marsad_ledger::{Added, Intake, Ledger, NewReport, Original, Reading, Seal, SetAside, Version, Writer};
use marsad_read::{NoReport, Reader, Record};
use marsad_search::Terms;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// Records read and analysed at a time: enough to keep every core busy, few enough to lose little when killed.
const BATCH: usize = 256;
/// A batch of so many bytes is full, however few its records.
const BATCH_BYTES: usize = 64 << 20;

/// All that a run needs to know.
pub struct Engine {
    /// Reads records.
    pub reader: Reader,
    /// Analyses reports.
    pub analyser: Analyser,
    /// Places: the program's own and those that a user added.
    pub gazetteer: &'static Gazetteer,
    /// How reports are compared.
    pub rules: Rules,
    /// Which program and knowledge this is.
    pub version: Version,
    /// Makes the words by which reports and events are found.
    pub terms: Terms,
}

fn rules(files: &Files) -> Result<Rules> {
    let [collation, spelling, words] = ["collation.toml", "spelling.tsv", "word_pairs.tsv"].map(|name| files.get(&format!("world/{name}")));
    let clitics = marsad_knowledge::clitics(files, marsad_model::Language::Arabic.code())?;
    Ok(Rules::read(collation, spelling, words, clitics)?)
}

impl Engine {
    /// Load knowledge, and all that reads and analyses with it.
    pub fn load(knowledge: Option<&Path>) -> Result<Self> {
        let (files, gazetteer) = known(knowledge)?;
        Ok(Self {
            reader: Reader::new(&files).context("loading what reading needs")?,
            analyser: Analyser::with(&files, gazetteer).context("loading what analysis needs")?,
            gazetteer,
            rules: rules(&files).context("loading the rules of comparing")?,
            version: version(&files),
            terms: Terms::load(&files).context("loading what searching needs")?,
        })
    }

    /// Read and analyse one record, or say what stands there in place of a report.
    fn read(&self, record: &Record) -> Result<(marsad_model::Report, Vec<u8>), Box<SetAside>> {
        let report = self.reader.read(record).map_err(|none| Box::new(no_report(record, none)))?;
        let analysis = self.analyser.analyse(&report);
        let bytes = serde_json::to_vec(&analysis).unwrap_or_default();
        Ok((report, bytes))
    }
}

/// Which program this is, with this knowledge.
pub fn version(files: &Files) -> Version {
    Version { program: env!("CARGO_PKG_VERSION").to_owned(), knowledge: files.version() }
}

/// Load what is known: the program's own, with a user's folder over it: the one that is named, else the one where a user's
/// knowledge is kept, if there is such a folder.
pub fn known(knowledge: Option<&Path>) -> Result<(Files, &'static Gazetteer)> {
    let folder = knowledge.map(Path::to_owned).or_else(|| own_knowledge::folder().filter(|f| f.is_dir()));
    let (mut files, mut lists) = (Files::embedded(), Vec::new());
    if let Some(folder) = folder {
        files = Files::with_folder(&folder)?;
        lists = own_knowledge::lists(&folder)?;
    }
    // A list's name holds its digest, so that other places make another version of knowledge.
    for (name, _) in &lists {
        files.insert(&format!("{}/{name}", own_knowledge::GAZETTEER), "");
    }
    let gazetteer = Gazetteer::with(lists.into_iter().map(|(_, bytes)| bytes).collect()).with_context(
        || "a list of places was compiled by another version of Marsad: add it again with `marsad knowledge add-gazetteer`",
    )?;
    Ok((files, gazetteer))
}

/// What a run did.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What was added.
    pub added: Added,
    /// Records that were in the ledger already.
    pub known: u64,
    /// What could not be read in this run.
    pub set_aside: Vec<SetAside>,
}

/// What becomes of the bytes of a record that is no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unread {
    /// It is listed; whoever named the input has them.
    Listed,
    /// They are sealed too: a person handed it in, or had it fetched.
    Sealed,
}

impl Unread {
    /// What was fetched lies in the ledger's own folder, where nobody but the ledger keeps it.
    fn of(inputs: &[PathBuf], ledger: &Path) -> Self {
        let fetched = ledger.join(fetch::FOLDER);
        if inputs.iter().all(|input| input.parent() == Some(&fetched)) { Self::Sealed } else { Self::Listed }
    }
}

/// Read the inputs into the ledger and collate. `now` is the time for the custody log (RFC 3339).
pub fn run(engine: &Engine, inputs: &[PathBuf], ledger: &Path, now: &str) -> Result<Outcome> {
    let mut writer = open(engine, ledger, now)?;
    if writer.needs_rereading()? {
        reread(engine, &mut writer, now)?;
    }
    let (files, unwalked) = input::walk(inputs);
    let mut outcome = Outcome::default();
    outcome.set_aside.extend(unwalked.into_iter().map(|u| SetAside { path: u.path, reason: u.reason, ..SetAside::default() }));
    writer.add(&[], &outcome.set_aside, now)?;
    let run = Run { engine, unread: Unread::of(inputs, ledger), now };
    let bar = progress::bytes("reading", files.iter().map(|f| f.length).sum());
    let mut batch = Batch::default();
    for file in &files {
        let records = match file.records(engine.reader.limits(), |bytes| bar.inc(bytes)) {
            Ok(records) => records,
            Err(error) => {
                batch.push(Err(SetAside { path: file.path.clone(), reason: input::told(&error), ..SetAside::default() }));
                continue;
            }
        };
        run.gather(&mut writer, records, &mut batch, &mut outcome)?;
    }
    run.enter(&mut writer, &mut batch, &mut outcome)?;
    bar.finish_and_clear();
    withdrawal::clear_refused(ledger, &outcome.set_aside, now)?;
    if writer.needs_collation()? {
        collating::collate(engine, &mut writer)?;
    }
    Ok(outcome)
}

/// Read what was handed in into the ledger; what of it is no report is sealed all the same. Events are not found anew.
pub(crate) fn read(
    engine: &Engine,
    writer: &mut Writer,
    records: impl Iterator<Item = Result<Record, marsad_read::SetAside>>,
    now: &str,
    outcome: &mut Outcome,
) -> Result<()> {
    let (run, mut batch) = (Run { engine, unread: Unread::Sealed, now }, Batch::default());
    run.gather(writer, records, &mut batch, outcome)?;
    run.enter(writer, &mut batch, outcome)
}

/// Bring a ledger to where what is known now and what was decided by now leads: read its originals again if they were read
/// with other knowledge, and compare again if anything changed. `now` is the time for the custody log (RFC 3339).
pub fn renew(engine: &Engine, ledger: &Path, now: &str) -> Result<()> {
    let mut writer = open(engine, ledger, now)?;
    if writer.needs_rereading()? {
        reread(engine, &mut writer, now)?;
    }
    if writer.needs_collation()? {
        collating::collate(engine, &mut writer)?;
    }
    Ok(())
}

/// Lay over what was decided, in a ledger that was read with what is known now; another is left for the next run.
pub fn lay_over(engine: &Engine, ledger: &Path, now: &str) -> Result<()> {
    let mut writer = open(engine, ledger, now)?;
    if !writer.needs_rereading()? && writer.needs_collation()? {
        collating::collate(engine, &mut writer)?;
    }
    Ok(())
}

/// Open a ledger for adding; what a withdrawal that was stopped left undone is done first.
pub(crate) fn open(engine: &Engine, ledger: &Path, now: &str) -> Result<Writer> {
    let mut writer = Ledger::create_or_open(ledger, &engine.version, now)?;
    if writer.has_unfinished_withdrawal()? {
        withdrawal::destroy(&mut writer, now)?;
    }
    Ok(writer)
}

/// A record, or why there is none.
type Item = Result<Record, SetAside>;

/// Records that are read together. A container is never held whole: its records are entered batch by batch.
#[derive(Default)]
struct Batch {
    items: Vec<Item>,
    bytes: usize,
}

impl Batch {
    fn push(&mut self, item: Item) {
        self.bytes += item.as_ref().map_or(0, |record| record.sealed.len() + record.body.content().len());
        self.items.push(item);
    }

    fn is_full(&self) -> bool {
        self.items.len() >= BATCH || self.bytes >= BATCH_BYTES
    }

    fn take(&mut self) -> Vec<Item> {
        self.bytes = 0;
        std::mem::take(&mut self.items)
    }
}

fn set_aside(s: marsad_read::SetAside) -> SetAside {
    let (url, gone) = s.gone.map(|gone| *gone).unzip();
    let kind = gone.as_ref().map(|_| GONE.to_owned());
    let line = s.line.map(|l| l as u64);
    SetAside { path: s.path, line, reason: s.reason, sha256: s.sha256, kind, url, gone, ..SetAside::default() }
}

/// The kind of what is not there any more.
const GONE: &str = "gone";

/// A record that could be read and is no report.
fn no_report(record: &Record, none: NoReport) -> SetAside {
    SetAside {
        path: record.path.clone(),
        line: record.line.map(|l| l as u64),
        reason: none.reason(),
        sha256: Some(record.sha256.clone()),
        kind: Some(none.kind.name().to_owned()),
        url: none.url,
        gone: None,
        by_hand: none.publisher,
        sealed: false,
    }
}

/// How a record came in.
fn intake(record: &Record) -> Intake {
    Intake {
        path: record.path.clone(),
        key: record.key.clone(),
        sha256: record.sha256.clone(),
        given: record.beside.as_ref().map(|s| String::from_utf8_lossy(s).into_owned()),
        capture: record.capture.clone(),
    }
}

/// How records are read into a ledger.
struct Run<'r> {
    engine: &'r Engine,
    unread: Unread,
    /// The time for the custody log (RFC 3339).
    now: &'r str,
}

impl Run<'_> {
    /// Gather records into batches, and enter each that is full.
    fn gather(
        &self,
        writer: &mut Writer,
        records: impl Iterator<Item = Result<Record, marsad_read::SetAside>>,
        batch: &mut Batch,
        outcome: &mut Outcome,
    ) -> Result<()> {
        for record in records {
            batch.push(record.map_err(set_aside));
            if batch.is_full() {
                self.enter(writer, batch, outcome)?;
            }
        }
        Ok(())
    }

    /// Read a batch on all cores and enter it.
    fn enter(&self, writer: &mut Writer, batch: &mut Batch, outcome: &mut Outcome) -> Result<()> {
        let (mut aside, mut refused, mut new) = (Vec::new(), Vec::new(), Vec::new());
        for item in batch.take() {
            match item {
                Ok(record) => match writer.withdrawn_original(&record.sha256)? {
                    Some(stone) => refused.push(withdrawal::refused(&record.path, record.line, &record.sha256, &stone)),
                    None if writer.holds(&intake(&record))? => outcome.known += 1,
                    None => new.push(record),
                },
                Err(s) => match s.sha256.as_deref().map_or(Ok(None), |sha256| writer.withdrawn_original(sha256))? {
                    Some(stone) => refused.push(withdrawal::refused(&s.path, None, s.sha256.as_deref().unwrap_or_default(), &stone)),
                    None => aside.push(s),
                },
            }
        }
        let read: Vec<Result<NewReport, Box<SetAside>>> = new
            .par_iter()
            .map(|record| {
                let (report, analysis) = self.engine.read(record)?;
                Ok(NewReport { report, intake: intake(record), seal: Seal::of(&record.sealed), analysis })
            })
            .collect();
        let mut reports = Vec::with_capacity(read.len());
        for (record, result) in new.iter().zip(read) {
            match result {
                Ok(report) => match writer.refusal(&report)? {
                    Some(stone) => refused.push(withdrawal::refused(&report.intake.path, None, report.seal.sha256(), &stone)),
                    None => reports.push(report),
                },
                Err(s) => aside.push(self.unread(writer, record, *s, outcome)?),
            }
        }
        outcome.added += writer.add(&reports, &aside, self.now)?;
        outcome.set_aside.extend(aside);
        // Told once and kept nowhere: where it lay may say what was withdrawn.
        outcome.set_aside.extend(refused);
        Ok(())
    }

    /// A record that is no report.
    fn unread(&self, writer: &mut Writer, record: &Record, item: SetAside, outcome: &mut Outcome) -> Result<SetAside> {
        if self.unread == Unread::Listed {
            return Ok(item);
        }
        outcome.added += writer.seal_unread(&intake(record), &Seal::of(&record.sealed), &item, self.now)?;
        Ok(SetAside { sealed: true, ..item })
    }
}

/// Read every original again, because reader or knowledge is another than before.
fn reread(engine: &Engine, writer: &mut Writer, now: &str) -> Result<()> {
    let bar = progress::bar("re-reading", writer.counts()?.originals);
    writer.reread::<anyhow::Error>(BATCH, now, |originals| {
        bar.inc(originals.len() as u64);
        let read: Vec<Vec<Result<Reading, Box<SetAside>>>> = originals.par_iter().map(|o| read_original(engine, o)).collect();
        let (mut readings, mut aside) = (Vec::new(), Vec::new());
        for result in read.into_iter().flatten() {
            match result {
                Ok(reading) => readings.push(reading),
                Err(s) => aside.push(*s),
            }
        }
        Ok((readings, aside))
    })?;
    bar.finish_and_clear();
    Ok(())
}

fn read_original(engine: &Engine, original: &Original) -> Vec<Result<Reading, Box<SetAside>>> {
    let one = |i: &Intake| {
        let given = i.given.as_ref().map(String::as_bytes);
        let record = marsad_read::reopen(&i.path, &i.capture.by, None, &original.bytes, given, engine.reader.limits());
        let record = record.map_err(|s| Box::new(set_aside(s)))?;
        if record.sha256 != original.sha256 {
            // A reading must be of all the bytes that were sealed; this one would be of one of several records in them.
            let reason = "what it holds can be read now: hand it in again".to_owned();
            return Err(Box::new(SetAside { path: i.path.clone(), reason, ..SetAside::default() }));
        }
        let (report, analysis) = engine.read(&record)?;
        Ok(Reading { report, intake: Intake { key: record.key.clone(), ..i.clone() }, analysis })
    };
    let read: Vec<Result<Reading, Box<SetAside>>> = original.intakes.iter().map(one).collect();
    if read.iter().any(Result::is_ok) {
        return read;
    }
    // Of these bytes nothing is read: what is told of them is told under their hash, whatever in them could not be read.
    read.into_iter().map(|r| r.map_err(|s| Box::new(SetAside { sha256: Some(original.sha256.clone()), ..*s }))).collect()
}
