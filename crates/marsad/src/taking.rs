//! What somebody at the desk hands in, a link or a file: sealed and read as by `marsad fetch` and `marsad run`.

use crate::fetch::{self, Request};
use crate::input::InputFile;
use crate::review::is_locked;
use crate::run::{self, Engine, Outcome};
use anyhow::{Context, Result};
use marsad_fetch::Options;
use marsad_ledger::{Ledger, Writer};
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
    let taken = match what {
        Offered::File { name, bytes } => {
            let records = marsad_read::stream_records(&name, Cursor::new(bytes), None, engine.reader.limits());
            entered(engine, &mut writer, ledger, records, &now()).map_err(fault)?
        }
        Offered::Link(url) => {
            let request = Request { urls: vec![url], feeds: None, options: options.clone() };
            let harvest = fetch::fetch(&request, ledger, now, &mut |_| Ok(())).map_err(fault)?;
            let told = harvest.fetched.first().map(|one| fetch::told(one).trim().to_owned()).unwrap_or_default();
            if !harvest.fetched.iter().any(fetch::is_there) {
                return Err(NotTaken::Refused(told));
            }
            let taken = harvest.archive.map_or(Ok(Taken::default()), |archive| {
                let file = InputFile::named(&archive).with_context(|| format!("reading {}", archive.display()))?;
                let records = file.records(engine.reader.limits(), |_| ())?;
                entered(engine, &mut writer, ledger, records, &now())
            });
            Taken { fetched: Some(told), ..taken.map_err(fault)? }
        }
    };
    if let Some(by) = by.filter(|_| !taken.reports.is_empty()) {
        Ledger::note_handed_in(ledger, &by, taken.reports.iter().cloned().collect(), &now()).map_err(|e| fault(e.into()))?;
    }
    Ok(taken)
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

fn entered(engine: &Engine, writer: &mut Writer, ledger: &Path, records: Records<'_>, now: &str) -> Result<Taken> {
    let (mut outcome, mut hashes) = (Outcome::default(), BTreeSet::new());
    let records = records.inspect(|record| {
        if let Ok(record) = record {
            hashes.insert(record.sha256.clone());
        }
    });
    run::read(engine, writer, records, now, &mut outcome)?;
    crate::withdrawal::clear_refused(ledger, &outcome.set_aside, now)?;
    let mut reports = BTreeSet::new();
    for hash in &hashes {
        reports.extend(writer.reports_of(hash)?);
    }
    Ok(Taken {
        known: (reports.len() as u64).saturating_sub(outcome.added.reports),
        reports: reports.into_iter().collect(),
        set_aside: outcome.set_aside.into_iter().map(Into::into).collect(),
        fetched: None,
    })
}
