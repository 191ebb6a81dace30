//! How much is read at most. Whoever sends an archive may be careless, or may mean harm.

/// The most that is read of one thing. What lies beyond is set aside with its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one record, after inflation. A compressed file of a few kilobytes can hold gigabytes of blanks.
    pub record: usize,
    /// Bytes of one file of many records, after inflation.
    pub container: u64,
    /// Bytes of one feed, after inflation: a feed is held whole.
    pub feed: usize,
    /// How many bytes one byte may inflate to, once more than a record's limit has come out of one member. Pages shrink to a
    /// tenth or a hundredth; what was made to fill a disk shrinks to a hundred-thousandth.
    pub growth: u64,
    /// How often a web server's answer may be packed into itself.
    pub nesting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { record: 32 << 20, container: 256 << 30, feed: 256 << 20, growth: 1000, nesting: 3 }
    }
}

/// Why a record of more bytes than this is not read.
pub(crate) fn too_long(limit: usize) -> String {
    format!("it is longer than {limit} bytes, the most that is read of one record")
}
