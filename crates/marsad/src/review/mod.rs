//! `marsad review`: what is least certain, and what people rule on it.
//!
//! A ruling is made of what a person names and of the ledger as it is read now, anchored on its words, added, and laid over:
//! events are found anew at once. Where a run is at work the decision stands and shows when that run ends.

mod agreement;
mod arguments;
mod edit;
mod exchange;
mod history;
mod inbox;
mod queue;
mod ruling;
mod withdrawing;

pub use arguments::{Harmed, ReviewArguments, ReviewCommand, Signed};

use crate::run::{Engine, renew};
use crate::table::Style;
use anyhow::{Context, Result, ensure};
use marsad_decision::{Decision, Ruling};
use marsad_ledger::{Expected, Ledger, LedgerError};
use marsad_record::{decision, new_decision};
use std::path::Path;

/// Do what was asked, and say what came of it. `engine` loads what is known, where that is needed; `now` is the time
/// (RFC 3339).
pub fn review(arguments: &ReviewArguments, engine: &dyn Fn() -> Result<Engine>, now: &str, style: Style) -> Result<String> {
    let dir = arguments.ledger.as_deref().context("name the ledger: --ledger DIR")?;
    let ledger = Ledger::open_read(dir)?;
    match &arguments.command {
        None => queue::queue(&ledger, arguments.limit, style),
        Some(ReviewCommand::Loose) => queue::loose(&ledger, style),
        Some(ReviewCommand::Agreement) => agreement::agreement(&ledger, style),
        Some(ReviewCommand::Blind { report }) => agreement::blind(&ledger, report, style),
        Some(ReviewCommand::Inbox { state }) => inbox::inbox(&ledger, state.as_deref(), arguments.limit, style),
        Some(ReviewCommand::History { of }) if of.starts_with("r:") => {
            inbox::history(&ledger, &ruling::Desk { ledger: &ledger }.report(of)?, style)
        }
        Some(ReviewCommand::History { of }) => history::history(&ledger, of, style),
        Some(ReviewCommand::Export { file }) => exchange::export(&ledger, file),
        Some(ReviewCommand::Replay { file }) => {
            let (told, added) = exchange::replay(&ledger, file, now)?;
            Ok(if added == 0 { told } else { format!("{told}{}", laid_over(&engine()?, dir, now)?) })
        }
        Some(ReviewCommand::Withdraw { report, ground, by }) => {
            let engine = engine()?;
            withdrawing::withdraw(&engine, dir, report, &withdrawing::Words { ground, by }, now)
        }
        Some(command) => {
            let engine = engine()?;
            renewed_before(&engine, dir, now)?;
            let (rulings, signed) = ruling::of(&Ledger::open_read(dir)?, &engine, command)?;
            decide(&Ledger::open_read(dir)?, &rulings, signed, now).and_then(|told| Ok(format!("{told}{}", laid_over(&engine, dir, now)?)))
        }
    }
}

/// What a person names must be looked up in a ledger that is as it will be.
fn renewed_before(engine: &Engine, dir: &Path, now: &str) -> Result<()> {
    match renew(engine, dir, now) {
        Err(error) if is_locked(&error) => Ok(()),
        renewed => renewed,
    }
}

fn decide(ledger: &Ledger, rulings: &[Ruling], signed: &Signed, now: &str) -> Result<String> {
    let decisions: Vec<Decision> =
        rulings.iter().map(|r| Decision::new(now, &signed.by, &signed.why, r.clone())).collect::<Result<_, _>>()?;
    let new = decisions.iter().map(|d| new_decision(d, &|id| decision(ledger, id))).collect::<Result<Vec<_>, _>>()?;
    let added = Ledger::decide(ledger.dir(), &new, Expected::Any, now)?.unwrap_or(0);
    ensure!(added > 0, "this was decided already");
    Ok(decisions.iter().map(|d| format!("{}\n", d.id)).collect())
}

/// Find events anew with all that was decided; a sentence where that has to wait.
fn laid_over(engine: &Engine, dir: &Path, now: &str) -> Result<&'static str> {
    match renew(engine, dir, now) {
        Err(error) if is_locked(&error) => Ok("A run is at work: events show this when it has ended.\n"),
        renewed => renewed.map(|()| ""),
    }
}

/// Is it that a run is at work?
#[must_use]
pub fn is_locked(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref::<LedgerError>(), Some(LedgerError::Locked { .. }))
}
