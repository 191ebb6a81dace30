//! Connections that read the ledger, and the index that goes with what they read.

use crate::index::Index;
use crate::known::Known;
use crate::problem::Problem;
use marsad_ledger::{Ledger, LedgerError, State};
use std::collections::HashMap;
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
    kept: Mutex<Kept>,
}

/// Bytes of answers that are kept at most. Many ask for the same first view.
const KEPT: usize = 32 << 20;

/// Answers to what was asked of the ledger as it stands. When it has changed, or when they become too many, all are let go.
#[derive(Default)]
struct Kept {
    state: Option<State>,
    answers: HashMap<String, Arc<Awaited>>,
    bytes: usize,
}

/// One answer, as soon as whoever asked first has made it; those who ask the same meanwhile wait for that.
type Awaited = Mutex<Option<Arc<Vec<u8>>>>;

/// A ledger at one moment.
pub(crate) struct Reader<'l> {
    pub(crate) ledger: &'l Ledger,
    pub(crate) state: State,
    pub(crate) known: &'l Known,
    pool: &'l Pool,
}

impl Reader<'_> {
    /// The answer that was given to the same question of the ledger as it stands, or else the one that is made now.
    pub(crate) fn once(&self, question: &str, make: impl FnOnce() -> Result<Vec<u8>, Problem>) -> Result<Arc<Vec<u8>>, Problem> {
        let kept = || self.pool.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept().place(&self.state, question);
        // After a change of the ledger everybody asks the same at once: it is made once, not by each of them.
        let mut answer = place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = &*answer {
            return Ok(Arc::clone(answer));
        }
        let made = Arc::new(make()?);
        if kept().weigh(&self.state, made.len()) {
            *answer = Some(Arc::clone(&made));
        }
        Ok(made)
    }

    /// The index of the events as this reader sees them.
    pub(crate) fn index(&self) -> Result<Arc<Index>, LedgerError> {
        // Whoever comes first makes it anew; the others wait for that rather than make it too.
        let mut kept = self.pool.index.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.as_ref() {
            Some(index) if index.is_of(&self.state) => Ok(Arc::clone(index)),
            _ => {
                let renewed = match kept.as_ref() {
                    Some(earlier) => earlier.renewed(self.ledger, &self.state, self.known)?,
                    None => None,
                };
                let index = match renewed {
                    Some(index) => Arc::new(index),
                    None => Arc::new(Index::read(self.ledger, &self.state, self.known)?),
                };
                *kept = Some(Arc::clone(&index));
                Ok(index)
            }
        }
    }
}

impl Kept {
    /// Where the answer to a question stands or will stand.
    fn place(&mut self, state: &State, question: &str) -> Arc<Awaited> {
        if self.state.as_ref() != Some(state) || self.bytes > KEPT {
            *self = Self { state: Some(state.clone()), ..Self::default() };
        }
        if let Some(place) = self.answers.get(question) {
            return Arc::clone(place);
        }
        self.bytes += question.len();
        Arc::clone(self.answers.entry(question.to_owned()).or_default())
    }

    /// Is an answer of so many bytes kept? One that is very long is not, nor one whose state has passed.
    fn weigh(&mut self, state: &State, bytes: usize) -> bool {
        let keeps = self.state.as_ref() == Some(state) && bytes <= KEPT / 8;
        if keeps {
            self.bytes += bytes;
        }
        keeps
    }
}

impl Pool {
    pub(crate) fn open(dir: &Path, known: Arc<Known>) -> Result<Self, LedgerError> {
        let first = Ledger::open_read(dir)?;
        let seats = Semaphore::new(READERS);
        Ok(Self { dir: dir.to_owned(), known, spare: Mutex::new(vec![first]), seats, index: Mutex::new(None), kept: Mutex::default() })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn state(changes: u64) -> State {
        State { changes, collations: 1, custody: String::new() }
    }

    #[test]
    fn one_question_has_one_place_until_the_ledger_changes() {
        let mut kept = Kept::default();
        let first = kept.place(&state(1), "events");
        assert!(Arc::ptr_eq(&first, &kept.place(&state(1), "events")));
        assert!(!Arc::ptr_eq(&first, &kept.place(&state(1), "counts")));
        assert!(kept.weigh(&state(1), 100));
        assert!(!Arc::ptr_eq(&first, &kept.place(&state(2), "events")), "the ledger has changed");
        assert!(!kept.weigh(&state(1), 100), "an answer of a state that has passed is not kept");
        assert!(!kept.weigh(&state(2), KEPT), "too long");
    }

    #[test]
    fn all_are_let_go_when_they_become_too_many() {
        let mut kept = Kept::default();
        let first = kept.place(&state(1), "events");
        for n in 0..9 {
            kept.place(&state(1), &format!("other {n}"));
            assert!(kept.weigh(&state(1), KEPT / 8));
        }
        assert!(!Arc::ptr_eq(&first, &kept.place(&state(1), "events")));
        assert!(kept.bytes < KEPT);
    }
}
