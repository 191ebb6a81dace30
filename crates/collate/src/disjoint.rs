//! Disjoint sets over 0..n; the smallest member stands for its set, so the answer does not hang on the order of joining.

#[derive(Debug)]
pub(crate) struct Disjoint(Vec<usize>);

impl Disjoint {
    pub(crate) fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    /// The smallest member of the set that holds `i`.
    pub(crate) fn find(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b)] = a.min(b);
    }

    /// The sets, each sorted, in the order of their smallest members.
    pub(crate) fn sets(&mut self) -> Vec<Vec<usize>> {
        let n = self.0.len();
        let mut sets: Vec<Vec<usize>> = vec![Vec::new(); n];
        for i in 0..n {
            let root = self.find(i);
            sets[root].push(i);
        }
        sets.retain(|s| !s.is_empty());
        sets
    }
}
