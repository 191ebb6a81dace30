//! Connections that read the ledger, and how what is answered with is kept up with it.
//!
//! When events were found anew, they are read beside the readers. Whoever asks meanwhile what was asked before is given the answer
//! that stood, for a moment; whoever asks something else waits. No answer is made of the ledger as it is now before that stands,
//! so that nobody who saw a later state sees an earlier one. Who changed the ledger through this server is never given what stood
//! before.

use crate::index::Index;
use crate::known::Known;
use crate::problem::Problem;
use crate::standing::{Answer, Question, Standing, Wanted};
use marsad_ledger::{Ledger, LedgerError, State};
use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Instant, timeout_at};

/// Readers at a time. More would only wait for the same cores.
const READERS: usize = 8;
/// How long is waited for what stands next before what stood is given: in a small ledger it is there sooner.
const BRIEF: Duration = Duration::from_millis(50);
/// What stood is given no longer than this after the ledger was seen to have changed, lest a fault go unseen.
const STOOD: Duration = Duration::from_secs(5);

/// A few connections to one ledger, handed out in turn.
pub(crate) struct Pool {
    dir: PathBuf,
    known: Arc<Known>,
    spare: Mutex<Vec<Ledger>>,
    seats: Semaphore,
    standing: watch::Sender<Option<Arc<Standing>>>,
    /// One at a time reads events anew.
    turn: Arc<Semaphore>,
    /// Which count of changes stood when it was first seen to be behind the ledger, and when that was.
    behind: Mutex<Option<(u64, Instant)>>,
    /// The ledger's count of changes when it was last changed through this server.
    own: AtomicU64,
    /// Does somebody look at the ledger again and again? Where nobody does, only an answer of the ledger as it is now does.
    watched: AtomicBool,
}

/// A ledger at one moment.
pub(crate) struct Reader<'l> {
    pub(crate) ledger: &'l Ledger,
    pub(crate) state: State,
    pub(crate) known: &'l Known,
    pool: &'l Pool,
    index: OnceCell<Arc<Index>>,
}

/// The state of the ledger that an answer is of, and the answer, where whoever asks does not have it.
pub(crate) type Given = (State, Option<Arc<Answer>>);

/// What came of asking without waiting.
enum Tried {
    Given(Given),
    /// Events were found anew, and what was found does not stand yet.
    Behind,
    /// Something later stands already.
    Passed,
}

impl Reader<'_> {
    /// The index of the events as this reader sees them.
    pub(crate) fn index(&self) -> Result<Arc<Index>, LedgerError> {
        if let Some(index) = self.index.get() {
            return Ok(Arc::clone(index));
        }
        let standing = self.pool.standing();
        let index = match standing.as_ref().map(|standing| &standing.index) {
            Some(index) if index.is_of(&self.state) => Arc::clone(index),
            earlier => {
                let renewed = earlier.map(|earlier| earlier.renewed(self.ledger, &self.state, self.known)).transpose()?.flatten();
                Arc::new(renewed.map_or_else(|| Index::read(self.ledger, &self.state, self.known), Ok)?)
            }
        };
        Ok(Arc::clone(self.index.get_or_init(|| index)))
    }

    /// What this reader sees stands from now on, unless something later stands already. Where events were found anew, what is asked
    /// often is answered first.
    pub(crate) fn stand(&self) -> Result<(), Problem> {
        let before = self.pool.standing();
        if before.as_ref().is_some_and(|before| before.state == self.state || before.is_after(&self.state)) {
            return Ok(());
        }
        let new = Standing::new(self.state.clone(), self.index()?);
        for question in before.filter(|before| !Arc::ptr_eq(&before.index, &new.index)).iter().flat_map(|before| before.asked_often()) {
            // Whoever asks it next is told what is wrong.
            let _ = new.answer(self, &question);
        }
        self.pool.standing.send_if_modified(|standing| {
            let passed = standing.as_ref().is_some_and(|standing| standing.is_after(&self.state));
            if !passed {
                *standing = Some(Arc::new(new));
            }
            !passed
        });
        Ok(())
    }

    fn answer(&self, question: &Question) -> Result<Tried, Problem> {
        match self.pool.standing() {
            Some(standing) if standing.state == self.state => {
                let has = (question.has)(&self.state);
                let answer = if has { None } else { Some(standing.answer(self, question)?) };
                Ok(Tried::Given((self.state.clone(), answer)))
            }
            Some(standing) if standing.is_after(&self.state) => Ok(Tried::Passed),
            _ => Ok(Tried::Behind),
        }
    }
}

impl Pool {
    pub(crate) fn open(dir: &Path, known: Arc<Known>) -> Result<Self, LedgerError> {
        let first = Ledger::open_read(dir)?;
        Ok(Self {
            dir: dir.to_owned(),
            known,
            spare: Mutex::new(vec![first]),
            seats: Semaphore::new(READERS),
            standing: watch::Sender::new(None),
            turn: Arc::new(Semaphore::new(1)),
            behind: Mutex::new(None),
            own: AtomicU64::new(0),
            watched: AtomicBool::new(false),
        })
    }

    /// The answer to a question.
    pub(crate) async fn answer(self: &Arc<Self>, question: Question) -> Result<Given, Problem> {
        let question = Arc::new(question);
        let mut stands = self.standing.subscribe();
        let tried = self.answer_now(&question).await?;
        if let Tried::Given(given) = tried {
            return Ok(given);
        }
        if matches!(tried, Tried::Behind) && question.wanted == Wanted::Standing && self.watched.load(Ordering::Relaxed) {
            let since = self.behind_since();
            self.keep_up();
            if timeout_at(since + BRIEF, stands.changed()).await.is_ok() {
                if let Tried::Given(given) = self.answer_now(&question).await? {
                    return Ok(given);
                }
            } else if let Some(given) = self.stood(&question).filter(|_| since.elapsed() < STOOD) {
                return Ok(given);
            }
        }
        self.at_present(move |reader| match reader.answer(&question)? {
            Tried::Given(given) => Ok(given),
            // Something else than events changed since this moment began.
            Tried::Behind | Tried::Passed => Ok((reader.state.clone(), Some(Arc::new(Answer::of((question.make)(reader)?))))),
        })
        .await
    }

    async fn answer_now(self: &Arc<Self>, question: &Arc<Question>) -> Result<Tried, Problem> {
        let question = Arc::clone(question);
        self.read(move |reader| {
            // To keep up with anything else than events costs nothing.
            if reader.pool.standing().is_some_and(|standing| standing.index.is_of(&reader.state)) {
                reader.stand()?;
            }
            reader.answer(&question)
        })
        .await
    }

    /// The answer that stands, where that is one; not for a ledger that was changed through this server since.
    fn stood(&self, question: &Question) -> Option<Given> {
        let standing = self.standing().filter(|standing| standing.state.changes >= self.own.load(Ordering::Acquire))?;
        let has = (question.has)(&standing.state);
        let answer = if has { None } else { Some(standing.given(&question.asked)?) };
        Some((standing.state.clone(), answer))
    }

    /// Begin to read anew what stands, unless somebody does.
    fn keep_up(self: &Arc<Self>) {
        if let Ok(turn) = Arc::clone(&self.turn).try_acquire_owned() {
            let pool = Arc::clone(self);
            tokio::spawn(async move { pool.stand_and_read(turn, |_| Ok(())).await });
        }
    }

    /// Read something of the ledger as it is now, which stands before it is read.
    pub(crate) async fn at_present<T: Send + 'static>(
        self: &Arc<Self>,
        read: impl FnOnce(&Reader<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = Arc::clone(&self.turn).acquire_owned().await.map_err(closed)?;
        self.stand_and_read(turn, read).await
    }

    async fn stand_and_read<T: Send + 'static>(
        self: &Arc<Self>,
        turn: OwnedSemaphorePermit,
        read: impl FnOnce(&Reader<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.read(move |reader| {
            reader.stand()?;
            drop(turn);
            read(reader)
        })
        .await
    }

    /// Somebody looks at the ledger again and again from now on.
    pub(crate) fn is_watched(&self) {
        self.watched.store(true, Ordering::Relaxed);
    }

    /// Whoever asks from now on is given nothing that stood before this moment: the ledger was changed through this server.
    pub(crate) async fn changed(self: &Arc<Self>) -> Result<(), Problem> {
        self.read(|reader| {
            reader.pool.own.fetch_max(reader.state.changes, Ordering::AcqRel);
            Ok(())
        })
        .await
    }

    fn standing(&self) -> Option<Arc<Standing>> {
        self.standing.borrow().clone()
    }

    /// Since when what stands is known to be behind the ledger.
    fn behind_since(&self) -> Instant {
        let stands = self.standing().map_or(0, |standing| standing.state.changes);
        let mut behind = self.behind.lock().unwrap_or_else(PoisonError::into_inner);
        match *behind {
            Some((stood, since)) if stood == stands => since,
            _ => {
                let now = Instant::now();
                *behind = Some((stands, now));
                now
            }
        }
    }

    /// Read something of one moment of the ledger, beside the threads that answer.
    pub(crate) async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        read: impl FnOnce(&Reader<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
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
            read(&Reader { ledger: &ledger, state, known: &self.known, pool: self, index: OnceCell::new() })
        };
        spare().push(ledger);
        answer
    }
}

fn closed(_: AcquireError) -> Problem {
    Problem::from(LedgerError::Locked { path: PathBuf::new() })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use marsad_gazetteer::Gazetteer;
    use marsad_knowledge::Files;
    use marsad_ledger::{Collation, LedgerError, Version};
    use tempfile::TempDir;

    /// Events are found anew in the ledger.
    fn collate(dir: &TempDir) {
        let version = Version { program: "1".to_owned(), knowledge: "1".to_owned() };
        let mut writer = Ledger::create_or_open(dir.path(), &version, "2026-01-02T03:04:05Z").unwrap();
        writer.replace_collation(&Collation::default(), |_| Ok::<_, LedgerError>(Vec::new())).unwrap();
    }

    /// How often events were found, as whoever reads the ledger sees it.
    fn asked(wanted: Wanted) -> Question {
        let make = |reader: &Reader<'_>| Ok(reader.state.collations.to_string().into_bytes());
        Question { asked: "how often".to_owned(), wanted, packed: false, has: Box::new(|_| false), make: Arc::new(make) }
    }

    async fn answer(pool: &Arc<Pool>, wanted: Wanted) -> String {
        let (state, answer) = pool.answer(asked(wanted)).await.map_err(|_| "a problem").unwrap();
        let answer = String::from_utf8(answer.unwrap().plain().to_vec()).unwrap();
        assert_eq!(answer, state.collations.to_string(), "an answer is of the state that it names");
        answer
    }

    /// A pool over a ledger whose events were found once, with a first answer; and then a second time, while nobody may read them
    /// anew.
    async fn behind(dir: &TempDir) -> (Arc<Pool>, OwnedSemaphorePermit) {
        collate(dir);
        let known = Known::load(&Files::embedded(), Gazetteer::embedded()).unwrap();
        let pool = Arc::new(Pool::open(dir.path(), Arc::new(known)).unwrap());
        pool.is_watched();
        assert_eq!(answer(&pool, Wanted::Standing).await, "1");
        let turn = Arc::clone(&pool.turn).acquire_owned().await.unwrap();
        collate(dir);
        (pool, turn)
    }

    fn wait(future: impl Future<Output = ()>) {
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(future);
    }

    #[test]
    fn what_stood_is_given_while_events_are_read_anew_and_never_after_what_came_later() {
        wait(async {
            let dir = tempfile::tempdir().unwrap();
            let (pool, turn) = behind(&dir).await;
            assert_eq!(answer(&pool, Wanted::Standing).await, "1");
            pool.stand_and_read(turn, |_| Ok(())).await.map_err(|_| "a problem").unwrap();
            assert_eq!(answer(&pool, Wanted::Standing).await, "2");
        });
    }

    #[test]
    fn who_wants_the_present_waits_for_it() {
        wait(async {
            let dir = tempfile::tempdir().unwrap();
            let (pool, turn) = behind(&dir).await;
            let waiting = tokio::spawn({
                let pool = Arc::clone(&pool);
                async move { answer(&pool, Wanted::Present).await }
            });
            assert_eq!(answer(&pool, Wanted::Standing).await, "1");
            drop(turn);
            assert_eq!(waiting.await.unwrap(), "2");
        });
    }

    #[test]
    fn who_changed_the_ledger_here_is_given_nothing_that_stood_before() {
        wait(async {
            let dir = tempfile::tempdir().unwrap();
            let (pool, turn) = behind(&dir).await;
            pool.changed().await.map_err(|_| "a problem").unwrap();
            let waiting = tokio::spawn({
                let pool = Arc::clone(&pool);
                async move { answer(&pool, Wanted::Standing).await }
            });
            // Longer than anybody waits before what stood is given.
            tokio::time::sleep(2 * BRIEF).await;
            drop(turn);
            assert_eq!(waiting.await.unwrap(), "2");
        });
    }

    #[test]
    fn what_was_never_asked_is_not_answered_before_its_ledger_stands() {
        wait(async {
            let dir = tempfile::tempdir().unwrap();
            let (pool, turn) = behind(&dir).await;
            let waiting = tokio::spawn({
                let pool = Arc::clone(&pool);
                async move {
                    pool.answer(Question { asked: "another".to_owned(), ..asked(Wanted::Standing) })
                        .await
                        .map(|given| given.0.collations)
                        .ok()
                }
            });
            assert_eq!(answer(&pool, Wanted::Standing).await, "1");
            drop(turn);
            assert_eq!(waiting.await.unwrap(), Some(2));
            assert_eq!(answer(&pool, Wanted::Standing).await, "2");
        });
    }

    #[test]
    fn where_nobody_watches_every_answer_is_of_the_ledger_as_it_is() {
        wait(async {
            let dir = tempfile::tempdir().unwrap();
            let (pool, turn) = behind(&dir).await;
            drop(turn);
            pool.watched.store(false, Ordering::Relaxed);
            assert_eq!(answer(&pool, Wanted::Standing).await, "2");
        });
    }
}
