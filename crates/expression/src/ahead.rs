//! What stands ahead of a word: classes without one of which a rule need not be tried.

/// Words are taken together in so many; from each one on is known what stands in its own lot and the whole of the next. No
/// expression is longer than a lot.
const LOT: usize = 32;

/// For each word the classes at it and soon after it.
#[derive(Debug, Default)]
pub(crate) struct Ahead {
    sets: Vec<u64>,
    width: usize,
}

/// What a rule needs: sets of classes, one of each of which must stand ahead. Of a set only the words that are not empty are
/// kept, each with its place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Needs(Vec<Vec<(usize, u64)>>);

/// More sets than these are not worth the looking.
const MOST: usize = 3;

impl Needs {
    /// The first of these sets; of classes numbered from `classes` on nothing is known.
    pub(crate) fn new(sets: impl Iterator<Item = Vec<u16>>, classes: usize) -> Self {
        let bits = |set: Vec<u16>| {
            let mut bits = vec![0u64; classes.div_ceil(64)];
            for class in set {
                bits[usize::from(class) / 64] |= 1 << (class % 64);
            }
            bits.into_iter().enumerate().filter(|&(_, bits)| bits != 0).collect()
        };
        Self(sets.filter(|set| set.iter().all(|&class| usize::from(class) < classes)).take(MOST).map(bits).collect())
    }
}

impl Ahead {
    pub(crate) fn new(classes: usize, words: usize) -> Self {
        let width = classes.div_ceil(64);
        Self { sets: vec![0; width * words], width }
    }

    /// Something of a class stands at a word.
    pub(crate) fn add(&mut self, word: usize, class: u16) {
        let at = usize::from(class) / 64;
        if at < self.width {
            self.sets[word * self.width + at] |= 1 << (class % 64);
        }
    }

    /// All has been added: let every word know what comes.
    pub(crate) fn close(&mut self) {
        let words = self.sets.len().checked_div(self.width).unwrap_or(0);
        for word in (1..words).rev().filter(|word| word % LOT != 0) {
            self.join(word - 1, word);
        }
        for word in 0..words {
            let next = (word / LOT + 1) * LOT;
            if next < words {
                self.join(word, next);
            }
        }
    }

    fn join(&mut self, word: usize, other: usize) {
        let (before, after) = self.sets.split_at_mut(other * self.width);
        let here = before.get_mut(word * self.width..(word + 1) * self.width).unwrap_or_default();
        here.iter_mut().zip(after).for_each(|(bits, more)| *bits |= *more);
    }

    /// Does one of each set stand at the word or soon after it?
    pub(crate) fn has_all(&self, word: usize, needs: &Needs) -> bool {
        let here = self.sets.get(word * self.width..(word + 1) * self.width).unwrap_or_default();
        needs.0.iter().all(|set| set.iter().any(|&(at, wanted)| here.get(at).is_some_and(|bits| wanted & bits != 0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_soon_is_known_and_what_was_is_not() {
        let mut ahead = Ahead::new(70, 100);
        ahead.add(40, 69);
        ahead.close();
        let needs = Needs::new([vec![3, 69]].into_iter(), 70);
        let known: Vec<usize> = (0..100).filter(|&word| ahead.has_all(word, &needs)).collect();
        assert_eq!(known, (0..=40).collect::<Vec<_>>());
        ahead.add(99, 3);
        ahead.close();
        assert!(ahead.has_all(99, &needs) && ahead.has_all(70, &needs) && !ahead.has_all(42, &needs));
    }

    #[test]
    fn a_rule_without_needs_is_always_tried() {
        assert!(Ahead::new(10, 1).has_all(0, &Needs::default()));
        assert!(Ahead::new(10, 1).has_all(0, &Needs::new([vec![11]].into_iter(), 10)));
    }
}
