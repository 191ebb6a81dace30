//! Connections that read the ledger, and the index that goes with what they read.

use crate::index::Index;
use crate::known::Known;
use crate::problem::Problem;
use marsad_ledger::{Ledger, LedgerError, State};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// Readers at a time. More would only wait for the same cores.
const READERS: usize = 8;

/// A few connections to one ledger, handed out in turn.
pub(crate) struct Pool {
    dir: PathBuf,
    known: Arc<Known>,
    spare: Mutex<Vec<Ledger>>,
    seats: Semaphore,
    index: Mutex<Option<Arc<Index>>>,
}

/// A ledger at one moment.
pub(crate) struct Reader<'l> {
    pub(crate) ledger: &'l Ledger,
    pub(crate) state: State,
    pub(crate) known: &'l Known,
    pool: &'l Pool,
}

impl Reader<'_> {
    /// The index of the events as this reader sees them.
    pub(crate) fn index(&self) -> Result<Arc<Index>, LedgerError> {
        // Whoever comes first makes it anew; the others wait for that rather than make it too.
        let mut kept = self.pool.index.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.as_ref() {
            Some(index) if index.is_of(&self.state) => Ok(Arc::clone(index)),
            _ => {
                let index = Arc::new(Index::read(self.ledger, &self.state, self.known)?);
                *kept = Some(Arc::clone(&index));
                Ok(index)
            }
        }
    }
}

impl Pool {
    pub(crate) fn open(dir: &Path, known: Arc<Known>) -> Result<Self, LedgerError> {
        let first = Ledger::open_read(dir)?;
        let seats = Semaphore::new(READERS);
        Ok(Self { dir: dir.to_owned(), known, spare: Mutex::new(vec![first]), seats, index: Mutex::new(None) })
    }

    /// Read something of one moment of the ledger, beside the threads that answer.
    pub(crate) async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        read: impl FnOnce(&Reader<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let closed = |_| Problem::from(LedgerError::Locked { path: PathBuf::new() });
        let pool = Arc::clone(self);
        let _seat = self.seats.acquire().await.map_err(closed)?;
        let done = tokio::task::spawn_blocking(move || pool.read_here(read)).await;
        done.unwrap_or_else(|_| {
            let status = axum::http::StatusCode::INTERNAL_SERVER_ERROR;
            Err(Problem::new(status, "Fault", "the request met a fault of the program; the ledger is untouched"))
        })
    }

    fn read_here<T>(&self, read: impl FnOnce(&Reader<'_>) -> Result<T, Problem>) -> Result<T, Problem> {
        let spare = || self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = spare().pop();
        let ledger = match kept {
            Some(ledger) => ledger,
            None => Ledger::open_read(&self.dir)?,
        };
        let answer = {
            let _moment = ledger.snapshot()?;
            let state = ledger.state()?;
            read(&Reader { ledger: &ledger, state, known: &self.known, pool: self })
        };
        spare().push(ledger);
        answer
    }
}
