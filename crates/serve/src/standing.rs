//! What is answered with: a state of the ledger, the index of its events, and the answers that were given at it.

use crate::index::Index;
use crate::pool::Reader;
use crate::problem::Problem;
use flate2::Compression;
use flate2::write::GzEncoder;
use marsad_ledger::State;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Bytes of answers that are kept at most. Many ask for the same first view.
const KEPT: usize = 32 << 20;
/// So many questions are asked again for the readers who will.
const ANEW: usize = 12;
/// An answer of fewer bytes fits into as few packets as its gzip.
const WORTH_PACKING: usize = 1 << 10;

/// Makes an answer of what a reader sees.
pub(crate) type Make = Arc<dyn Fn(&Reader<'_>) -> Result<Vec<u8>, Problem> + Send + Sync>;

/// Which answers do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// One of the ledger as it is now, or the one that stood before events were found anew.
    Standing,
    /// One of the ledger as it is now.
    Present,
}

/// What is asked.
pub(crate) struct Question {
    /// In words that no other question has.
    pub(crate) asked: String,
    pub(crate) wanted: Wanted,
    /// Is the answer taken packed?
    pub(crate) packed: bool,
    /// Does whoever asks have the answer of that state already?
    pub(crate) has: Box<dyn Fn(&State) -> bool + Send + Sync>,
    pub(crate) make: Make,
}

/// An answer, and the same packed once somebody takes it so.
pub(crate) struct Answer {
    plain: Vec<u8>,
    packed: OnceLock<Vec<u8>>,
}

impl Answer {
    pub(crate) fn of(plain: Vec<u8>) -> Self {
        Self { plain, packed: OnceLock::new() }
    }

    pub(crate) fn plain(&self) -> &[u8] {
        &self.plain
    }

    /// As gzip, where that was made.
    pub(crate) fn packed(&self) -> Option<&[u8]> {
        self.packed.get().map(Vec::as_slice)
    }

    /// Make it as gzip too.
    fn pack(&self) {
        self.packed.get_or_init(|| {
            let mut packer = GzEncoder::new(Vec::with_capacity(self.plain.len() / 6), Compression::fast());
            // Memory takes all that is written to it.
            let _ = packer.write_all(&self.plain);
            packer.finish().unwrap_or_default()
        });
    }
}

/// One question: how it is answered, how often it was asked, and the answer, as soon as whoever asked first has made it; those who
/// ask the same meanwhile wait for that.
struct Asked {
    make: Make,
    wanted: Wanted,
    times: AtomicU32,
    answer: Mutex<Option<Arc<Answer>>>,
}

impl Asked {
    fn given(&self) -> Option<Arc<Answer>> {
        self.answer.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The ledger as it stands for whoever asks. Another one stands as soon as the ledger has changed.
pub(crate) struct Standing {
    pub(crate) state: State,
    pub(crate) index: Arc<Index>,
    kept: Mutex<Kept>,
}

/// When there are too many, all are let go.
#[derive(Default)]
struct Kept {
    asked: HashMap<String, Arc<Asked>>,
    bytes: usize,
}

impl Standing {
    pub(crate) fn new(state: State, index: Arc<Index>) -> Self {
        Self { state, index, kept: Mutex::default() }
    }

    /// Did this come later than a ledger in that state?
    pub(crate) fn is_after(&self, state: &State) -> bool {
        self.state.changes > state.changes
    }

    /// The answer that was given to this question, or else the one that `reader`, who sees what stands, makes now.
    pub(crate) fn answer(&self, reader: &Reader<'_>, question: &Question) -> Result<Arc<Answer>, Problem> {
        let asked = self.kept().place(question);
        asked.times.fetch_add(1, Ordering::Relaxed);
        // Many ask the same at once: it is made once, not by each of them.
        let mut place = asked.answer.lock().unwrap_or_else(PoisonError::into_inner);
        let made = match &*place {
            Some(answer) => Arc::clone(answer),
            None => {
                let made = Arc::new(Answer::of((question.make)(reader)?));
                if self.kept().weigh(made.plain.len()) {
                    *place = Some(Arc::clone(&made));
                }
                made
            }
        };
        if question.packed && made.plain.len() >= WORTH_PACKING {
            made.pack();
        }
        Ok(made)
    }

    /// The answer that was given to this question, if one was.
    pub(crate) fn given(&self, asked: &str) -> Option<Arc<Answer>> {
        let asked = self.kept().asked.get(asked).cloned()?;
        asked.times.fetch_add(1, Ordering::Relaxed);
        asked.given()
    }

    /// What was asked more than once and may stand, most often first.
    pub(crate) fn asked_often(&self) -> Vec<Question> {
        let kept = self.kept();
        let times = |asked: &Asked| asked.times.load(Ordering::Relaxed);
        let is_often = |asked: &Asked| asked.wanted == Wanted::Standing && times(asked) > 1;
        let mut often: Vec<(&String, &Arc<Asked>)> = kept.asked.iter().filter(|(_, asked)| is_often(asked)).collect();
        often.sort_by_cached_key(|(question, asked)| (Reverse(times(asked)), (*question).clone()));
        let again = |(question, asked): (&String, &Arc<Asked>)| Question {
            asked: question.clone(),
            wanted: asked.wanted,
            packed: asked.given().is_some_and(|answer| answer.packed().is_some()),
            has: Box::new(|_| false),
            make: Arc::clone(&asked.make),
        };
        often.into_iter().take(ANEW).map(again).collect()
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// Where the answer to a question stands or will stand.
    fn place(&mut self, question: &Question) -> Arc<Asked> {
        if self.bytes > KEPT {
            *self = Self::default();
        }
        if let Some(place) = self.asked.get(&question.asked) {
            return Arc::clone(place);
        }
        self.bytes += question.asked.len();
        let new = Asked { make: Arc::clone(&question.make), wanted: question.wanted, times: AtomicU32::new(0), answer: Mutex::new(None) };
        Arc::clone(self.asked.entry(question.asked.clone()).or_insert(Arc::new(new)))
    }

    /// Is an answer of so many bytes kept? One that is very long is not.
    fn weigh(&mut self, bytes: usize) -> bool {
        let keeps = bytes <= KEPT / 8;
        if keeps {
            self.bytes += bytes;
        }
        keeps
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::io::Read;

    fn question(asked: &str) -> Question {
        Question {
            asked: asked.to_owned(),
            wanted: Wanted::Standing,
            packed: false,
            has: Box::new(|_| false),
            make: Arc::new(|_| Ok(Vec::new())),
        }
    }

    #[test]
    fn one_question_has_one_place() {
        let mut kept = Kept::default();
        let first = kept.place(&question("events"));
        assert!(Arc::ptr_eq(&first, &kept.place(&question("events"))));
        assert!(!Arc::ptr_eq(&first, &kept.place(&question("counts"))));
        assert!(kept.weigh(100));
        assert!(!kept.weigh(KEPT), "too long");
    }

    #[test]
    fn all_are_let_go_when_they_become_too_many() {
        let mut kept = Kept::default();
        let first = kept.place(&question("events"));
        for n in 0..9 {
            kept.place(&question(&format!("other {n}")));
            assert!(kept.weigh(KEPT / 8));
        }
        assert!(!Arc::ptr_eq(&first, &kept.place(&question("events"))));
        assert!(kept.bytes < KEPT);
    }

    #[test]
    fn what_is_packed_is_the_same() {
        let answer = Answer::of("two towns, ".repeat(99).into_bytes());
        answer.pack();
        let packed = answer.packed().unwrap();
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(packed).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, answer.plain());
        assert!(packed.len() < unpacked.len() / 9);
    }
}
