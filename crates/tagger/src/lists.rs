//! What large lists say of words: that persons are named so, and how a language's texts use them.

use rustc_hash::FxHashMap;

/// How texts use a word: how common it is, and how often it bears the article or an ending there. A common noun bears both, a name
/// neither, so that a word which no example had can be told from a name by its habits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Habit(u8);

impl Habit {
    /// Of a word that stands so often in a thousand million words; the shares, from 0 to 1, are those of its article and of pronouns
    /// put to it among all that is written of it.
    pub fn of(per_billion: f64, article: f64, pronoun: f64) -> Self {
        let step = |value: f64, steps: [f64; 3]| steps.iter().filter(|s| value >= **s).count() as u8;
        let shares = [0.02, 0.2, 0.8];
        Self(1 + (step(per_billion, [2e3, 1e4, 6e4]) | step(article, shares) << 2 | step(pronoun, shares) << 4))
    }

    /// Each its own, 0 for a word of which nothing is known.
    pub(crate) fn number(self) -> u32 {
        u32::from(self.0)
    }
}

/// What lists say of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Listed {
    /// Persons are named so: 1; many are: 2; none is known: 0.
    pub name: u8,
    /// How texts use it.
    pub habit: Habit,
}

impl Listed {
    /// Bytes of one in a model's file.
    pub(crate) const BYTES: usize = 2;

    pub(crate) fn bytes(self) -> [u8; Self::BYTES] {
        [self.name, self.habit.0]
    }

    pub(crate) fn from_bytes([name, habit]: [u8; Self::BYTES]) -> Self {
        Self { name: name & 3, habit: Habit(habit) }
    }
}

/// Words of lists by their fingerprints.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    words: FxHashMap<u32, Listed>,
    has_habits: bool,
}

impl Lists {
    /// Is anything known of how texts use words?
    pub(crate) fn has_habits(&self) -> bool {
        self.has_habits
    }

    pub(crate) fn get(&self, word: u32) -> Listed {
        self.words.get(&word).copied().unwrap_or_default()
    }

    /// Each word's fingerprint with what is known of it, in order.
    pub(crate) fn sorted(&self) -> Vec<(u32, Listed)> {
        let mut words: Vec<_> = self.words.iter().map(|(k, v)| (*k, *v)).collect();
        words.sort_unstable_by_key(|w| w.0);
        words
    }
}

impl FromIterator<(u32, Listed)> for Lists {
    /// Of words with one fingerprint each says what the others leave open.
    fn from_iter<T: IntoIterator<Item = (u32, Listed)>>(words: T) -> Self {
        let mut lists = Self::default();
        for (word, listed) in words {
            lists.has_habits |= listed.habit != Habit::default();
            let known = lists.words.entry(word).or_default();
            known.name = known.name.max(listed.name);
            if known.habit == Habit::default() {
                known.habit = listed.habit;
            }
        }
        lists
    }
}
