//! How much is read at most. Whoever sends an archive may be careless, or may mean harm. The limits are `world/limits.tsv`.

use marsad_knowledge::Files;
use marsad_table::{Row, Table, TableError};

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

const PATH: &str = "world/limits.tsv";

impl Limits {
    /// The limits of a table; one that it does not have is the usual one.
    pub fn load(files: &Files) -> Result<Self, TableError> {
        let mut limits = Self::default();
        for row in Table::read(PATH, files.get(PATH), &["limit", "value"])?.rows() {
            let value = amount(row)?;
            let held = || usize::try_from(value).map_err(|_| row.error("it is more than this machine can hold"));
            match row.need("limit")? {
                "record" => limits.record = held()?,
                "container" => limits.container = value,
                "feed" => limits.feed = held()?,
                "growth" => limits.growth = value,
                "nesting" => limits.nesting = held()?,
                other => return Err(row.error(format!("there is no limit `{other}`"))),
            }
        }
        Ok(limits)
    }
}

/// A number above nothing, with the unit behind it.
fn amount(row: Row<'_, '_>) -> Result<u64, TableError> {
    let written = row.need("value")?;
    let (number, unit) = written.split_once(' ').unwrap_or((written, ""));
    let shift = match unit {
        "" => 0,
        "KiB" => 10,
        "MiB" => 20,
        "GiB" => 30,
        _ => return Err(row.error(format!("`{unit}` is no unit; there are KiB, MiB and GiB"))),
    };
    let value = number.parse::<u64>().ok().and_then(|n| n.checked_mul(1 << shift)).filter(|n| *n > 0);
    value.ok_or_else(|| row.error(format!("`{written}` is no number above 0, with KiB, MiB or GiB behind it where it is bytes")))
}

/// Why a record of more bytes than this is not read.
pub(crate) fn too_long(limit: usize) -> String {
    format!("it is longer than {limit} bytes, the most that is read of one record")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &str) -> Result<Limits, TableError> {
        let mut files = Files::empty();
        files.insert(PATH, &format!("limit\tvalue\n{rows}"));
        Limits::load(&files)
    }

    #[test]
    fn the_table_is_what_is_used_without_one() {
        assert_eq!(Limits::load(&Files::embedded()).unwrap(), Limits::default());
    }

    #[test]
    fn a_users_limits() {
        let limits = of("record\t2 MiB\ngrowth\t50\n").unwrap();
        assert_eq!(limits, Limits { record: 2 << 20, growth: 50, ..Limits::default() });
        for wrong in ["record\t0", "record\tmuch", "record\t2 miles", "record\t-1", "container\t99999999999999 GiB", "depth\t3"] {
            assert!(of(wrong).is_err_and(|e| e.line == 2 && e.file == PATH), "{wrong}");
        }
    }
}
