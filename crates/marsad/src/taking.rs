//! What somebody at the desk hands in, a link or a file: sealed and read as by `marsad fetch` and `marsad run`.

use crate::fetch::{self, Request};
use crate::input::InputFile;
use crate::review::is_locked;
use crate::run::{self, Engine, Outcome};
use crate::withdrawal;
use anyhow::{Context, Result};
use marsad_fetch::Options;
use marsad_ledger::{Intake, Ledger, Seal, SetAside, Writer};
use marsad_model::{Capture, ReportId};
use marsad_read::Records;
use marsad_serve::answer::Taken;
use marsad_serve::{NotTaken, Offer, Offered};
use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::Path;
use std::time::{Duration, Instant};

/// So long is waited for a run or for another's finding of events.
const PATIENCE: Duration = Duration::from_secs(20);
/// After so long is tried again.
const PAUSE: Duration = Duration::from_millis(100);

/// Take in what is offered. Events are not found anew here. `now` tells the time (RFC 3339); links are fetched by `options`.
pub fn take(
    engine: &Engine,
    ledger: &Path,
    Offer { what, by }: Offer,
    options: &Options,
    now: &dyn Fn() -> String,
) -> Result<Taken, NotTaken> {
    let mut writer = opened(engine, ledger, now)?;
    let fault = |error: anyhow::Error| NotTaken::Fault(format!("{error:#}"));
    if writer.needs_rereading().map_err(|e| fault(e.into()))? {
        return Err(NotTaken::Refused("the ledger was read with another program or other knowledge: `marsad run` once more".to_owned()));
    }
    let (entered, fetched) = match what {
        Offered::File { name, bytes } => {
            let records = marsad_read::stream_records(&name, Cursor::new(&bytes), None, engine.reader.limits());
            let entered = entered(engine, &mut writer, ledger, records, &now()).map_err(fault)?;
            (sealed_unread(&mut writer, entered, Whole { name: &name, url: None, bytes: &bytes }, &now()).map_err(fault)?, None)
        }
        Offered::Link(url) => {
            let request = Request { urls: vec![url.clone()], feeds: None, options: options.clone() };
            let harvest = fetch::fetch(&request, ledger, now, &mut |_| Ok(())).map_err(fault)?;
            let told = harvest.fetched.first().map(|one| fetch::told(one).trim().to_owned()).unwrap_or_default();
            if !harvest.fetched.iter().any(fetch::is_there) {
                return Err(NotTaken::Refused(told));
            }
            let entered = harvest.archive.map_or(Ok(Entered::default()), |archive| {
                let file = InputFile::named(&archive).with_context(|| format!("reading {}", archive.display()))?;
                let records = file.records(engine.reader.limits(), |_| ())?;
                entered(engine, &mut writer, ledger, records, &now())
            });
            let name = url.split(['?', '#']).next().and_then(|path| path.trim_end_matches('/').rsplit('/').next()).unwrap_or_default();
            let whole = Whole { name, url: Some(&url), bytes: &harvest.body };
            (entered.and_then(|entered| sealed_unread(&mut writer, entered, whole, &now())).map_err(fault)?, Some(told))
        }
    };
    let Entered { reports, known, set_aside } = entered;
    let unread: BTreeSet<String> = set_aside.iter().filter(|one| one.sealed).filter_map(|one| one.sha256.clone()).collect();
    if let Some(by) = by.filter(|_| !reports.is_empty() || !unread.is_empty()) {
        Ledger::note_handed_in(ledger, &by, reports.clone(), unread, &now()).map_err(|e| fault(e.into()))?;
    }
    Ok(Taken { reports: reports.into_iter().collect(), known, set_aside: set_aside.into_iter().map(Into::into).collect(), fetched })
}

/// What came in as a whole: a file, or what stood at an address.
#[derive(Clone, Copy)]
struct Whole<'w> {
    name: &'w str,
    url: Option<&'w str>,
    bytes: &'w [u8],
}

/// What nothing could be read of is sealed all the same: it may be a scan that shows what no report tells. A record that is no
/// report, a wall, was sealed when it was read; where there was none, the whole is. Gives what to say of it.
fn sealed_unread(writer: &mut Writer, mut entered: Entered, whole: Whole<'_>, now: &str) -> Result<Entered> {
    let told = &mut entered.set_aside;
    if !entered.reports.is_empty() || whole.bytes.is_empty() || told.iter().any(withdrawal::is_refused) {
        return Ok(entered);
    }
    if told.iter().any(|item| item.sealed) {
        return Ok(entered);
    }
    let seal = Seal::of(whole.bytes);
    let (path, sha256) = (whole.name.to_owned(), seal.sha256().to_owned());
    let of_all = told.iter().position(|item| item.sha256.as_ref() == Some(&sha256)).map(|at| told.remove(at));
    let item = of_all.unwrap_or_else(|| SetAside {
        path: path.clone(),
        reason: "nothing in it could be read".to_owned(),
        sha256: Some(sha256.clone()),
        url: whole.url.map(str::to_owned),
        ..SetAside::default()
    });
    if let Some(stone) = writer.withdrawn_original(&sha256)? {
        told.insert(0, withdrawal::refused(&path, None, &sha256, &stone));
        withdrawal::clear_again(writer.dir(), &sha256, now)?;
        return Ok(entered);
    }
    let given = whole.url.map(|url| serde_json::json!({ "url": url }).to_string());
    writer.seal_unread(&Intake { path, key: None, sha256, given, capture: Capture::of_file(None) }, &seal, &item, now)?;
    told.insert(0, SetAside { sealed: true, ..item });
    Ok(entered)
}

/// The ledger for adding, once whoever holds it has done.
fn opened(engine: &Engine, ledger: &Path, now: &dyn Fn() -> String) -> Result<Writer, NotTaken> {
    let begun = Instant::now();
    loop {
        match run::open(engine, ledger, &now()) {
            Ok(writer) => return Ok(writer),
            Err(error) if is_locked(&error) && begun.elapsed() < PATIENCE => std::thread::sleep(PAUSE),
            Err(error) if is_locked(&error) => return Err(NotTaken::Busy),
            Err(error) => return Err(NotTaken::Fault(format!("{error:#}"))),
        }
    }
}

/// What came in.
#[derive(Default)]
struct Entered {
    reports: BTreeSet<ReportId>,
    /// How many of the reports were there before.
    known: u64,
    set_aside: Vec<SetAside>,
}

fn entered(engine: &Engine, writer: &mut Writer, ledger: &Path, records: Records<'_>, now: &str) -> Result<Entered> {
    let (mut outcome, mut hashes) = (Outcome::default(), BTreeSet::new());
    let records = records.inspect(|record| {
        if let Ok(record) = record {
            hashes.insert(record.sha256.clone());
        }
    });
    run::read(engine, writer, records, now, &mut outcome)?;
    withdrawal::clear_refused(ledger, &outcome.set_aside, now)?;
    let mut reports = BTreeSet::new();
    for hash in &hashes {
        reports.extend(writer.reports_of(hash)?);
    }
    let known = (reports.len() as u64).saturating_sub(outcome.added.reports);
    Ok(Entered { reports, known, set_aside: outcome.set_aside })
}
