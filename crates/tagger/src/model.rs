//! The model: weights of features for labels, and its file.

use crate::chain::{Moves, Row};
use crate::label::LABELS;
use crate::lists::{Listed, Lists};

/// The first bytes of a model's file.
const MAGIC: &[u8; 8] = b"MSDTAG02";
/// Bytes of the version of knowledge that a model was trained with.
const VERSION: usize = 12;

/// A model's file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is no tagger model, or one of another version of the program: {0}")]
pub struct ModelError(&'static str);

/// A trained tagger.
#[derive(Debug, Clone)]
pub struct Model {
    /// The version of the knowledge that gave the clues it was trained with.
    pub knowledge: String,
    pub(crate) scale: f32,
    pub(crate) moves: Moves,
    pub(crate) lists: Lists,
    /// Slots of features; 0 is an empty one. Their number is a power of two. Key and weights lie side by side: to look a
    /// feature up is to wait for memory, and once is enough.
    slots: Vec<Slot>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    key: u32,
    row: [i8; LABELS],
}

impl Model {
    pub(crate) fn new(knowledge: &str, scale: f32, moves: &Moves, lists: Lists, weights: &[(u32, [i8; LABELS])]) -> Self {
        let slots = (weights.len() * 2).next_power_of_two().max(16);
        let mut model = Self { knowledge: knowledge.to_owned(), scale, moves: *moves, lists, slots: vec![Slot::default(); slots] };
        for &(key, row) in weights {
            let mut slot = key as usize & (slots - 1);
            while model.slots[slot].key != 0 && model.slots[slot].key != key {
                slot = (slot + 1) & (slots - 1);
            }
            model.slots[slot] = Slot { key, row };
        }
        model
    }

    /// How many features it weighs.
    pub fn len(&self) -> usize {
        self.slots.iter().filter(|s| s.key != 0).count()
    }

    /// Does it weigh nothing?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The scores of a word with these features.
    pub(crate) fn scores(&self, features: &[u32]) -> Row {
        let mask = self.slots.len() - 1;
        // Eight numbers of two bytes are added in one step. A word has some hundred features: no sum comes near the greatest.
        let mut sum = [0i16; LABELS];
        for &key in features {
            let mut at = key as usize & mask;
            let mut slot = &self.slots[at];
            while slot.key != 0 && slot.key != key {
                at = (at + 1) & mask;
                slot = &self.slots[at];
            }
            // An empty slot's weights are 0.
            sum = std::array::from_fn(|j| sum[j].saturating_add(i16::from(slot.row[j])));
        }
        sum.map(|s| f32::from(s) * self.scale)
    }

    /// The model's file.
    pub fn write(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let mut version = self.knowledge.as_bytes().to_vec();
        version.resize(VERSION, b' ');
        out.extend(version);
        out.extend(self.scale.to_le_bytes());
        out.extend(self.moves.iter().flatten().flat_map(|m| m.to_le_bytes()));
        let lists = self.lists.sorted();
        out.extend((lists.len() as u32).to_le_bytes());
        for (key, listed) in lists {
            out.extend(key.to_le_bytes());
            out.extend(listed.bytes());
        }
        let mut weights: Vec<(u32, [i8; LABELS])> = self.slots.iter().filter(|s| s.key != 0).map(|s| (s.key, s.row)).collect();
        weights.sort_unstable();
        out.extend((weights.len() as u32).to_le_bytes());
        for (key, row) in weights {
            out.extend(key.to_le_bytes());
            out.extend(row.map(i8::cast_unsigned));
        }
        out
    }

    /// Read a model's file.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut rest = Rest(bytes);
        if rest.take::<8>()? != *MAGIC {
            return Err(ModelError("it begins otherwise"));
        }
        let knowledge = String::from_utf8_lossy(&rest.take::<VERSION>()?).trim_end().to_owned();
        let scale = rest.float()?;
        let mut moves = [[0.0; LABELS]; LABELS + 1];
        for m in moves.iter_mut().flatten() {
            *m = rest.float()?;
        }
        let mut lists = Vec::new();
        for _ in 0..u32::from_le_bytes(rest.take()?) {
            lists.push((u32::from_le_bytes(rest.take()?), Listed::from_bytes(rest.take()?)));
        }
        let count = u32::from_le_bytes(rest.take()?) as usize;
        if rest.0.len() != count * (4 + LABELS) {
            return Err(ModelError("its length is not as it says"));
        }
        let mut weights = Vec::with_capacity(count);
        for _ in 0..count {
            weights.push((u32::from_le_bytes(rest.take()?).max(1), rest.take::<LABELS>()?.map(u8::cast_signed)));
        }
        Ok(Self::new(&knowledge, scale, &moves, lists.into_iter().collect(), &weights))
    }
}

/// What is still to be read.
struct Rest<'b>(&'b [u8]);

impl Rest<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let (head, rest) = self.0.split_first_chunk::<N>().ok_or(ModelError("it ends too early"))?;
        self.0 = rest;
        Ok(*head)
    }

    fn float(&mut self) -> Result<f32, ModelError> {
        let value = f32::from_le_bytes(self.take()?);
        if value.is_finite() { Ok(value) } else { Err(ModelError("a weight is no number")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Habit;
    use proptest::prelude::*;

    #[test]
    fn what_is_written_is_read_again() {
        let of = |name, habit| Listed { name, habit };
        let lists = [(7, of(1, Habit::of(5e3, 0.5, 0.0))), (9, of(2, Habit::default()))].into_iter().collect();
        let weights = [(5, [1, -2, 3, 0, 0, 0, 0, 127]), (21, [-128, 0, 0, 0, 0, 0, 0, 1])];
        let model = Model::new("abc", 0.5, &[[0.25; LABELS]; LABELS + 1], lists, &weights);
        let again = Model::read(&model.write()).unwrap();
        assert_eq!(again.write(), model.write());
        assert_eq!(again.scores(&[5, 21, 99])[..3], [-63.5, -1.0, 1.5]);
        assert_eq!((again.knowledge.as_str(), again.len()), ("abc", 2));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), cut in 0usize..500) {
            let _ = Model::read(&bytes);
            let good = Model::new("abc", 0.5, &[[0.0; LABELS]; LABELS + 1], Lists::default(), &[(1, [0; LABELS])]).write();
            let _ = Model::read(&good[..cut.min(good.len())]);
        }
    }
}
