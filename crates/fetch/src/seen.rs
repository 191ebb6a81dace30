//! What earlier visits found, so that nothing is fetched twice, and a page that changed or is gone is known as such.

use marsad_model::sha256_hex;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

/// What was last found at an address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The address that was asked for.
    pub url: String,
    /// When, as RFC 3339 writes it.
    pub at: String,
    /// What the server answered in the end.
    pub status: u16,
    /// SHA-256 of the last body that was there.
    pub sha256: Option<String>,
    /// By what the server knows this version.
    pub etag: Option<String>,
    /// When the server says it was changed.
    pub last_modified: Option<String>,
    /// When it was first found gone, where it was there before.
    pub gone: Option<String>,
}

/// What stands in the place of an address that is to be forgotten, and known again.
fn hidden(url: &str) -> String {
    format!("sha256:{}", sha256_hex(url.as_bytes()))
}

/// The visits, the last of each address.
#[derive(Debug, Default)]
pub struct Seen {
    visits: BTreeMap<String, Visit>,
    file: Option<PathBuf>,
}

impl Seen {
    /// What this file remembers; nothing where there is none. A line that was cut off when the program was killed is left out.
    pub fn open(file: &Path) -> std::io::Result<Self> {
        let bytes = match std::fs::read(file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let visits = bytes.split(|b| *b == b'\n').filter_map(|line| serde_json::from_slice::<Visit>(line).ok());
        Ok(Self { visits: visits.map(|v| (v.url.clone(), v)).collect(), file: Some(file.to_owned()) })
    }

    /// The last visit to an address.
    pub fn get(&self, url: &str) -> Option<&Visit> {
        self.visits.get(url)
    }

    /// Was what lay at this address withdrawn?
    pub fn is_withdrawn(&self, url: &str) -> bool {
        self.visits.contains_key(&hidden(url))
    }

    /// Forget every visit to these addresses, and remember of each by a hash that it is not to be fetched again. The file is
    /// written anew.
    pub fn withdraw(&mut self, urls: &BTreeSet<String>) -> std::io::Result<()> {
        for url in urls {
            self.visits.remove(url);
            let hidden = hidden(url);
            self.visits.insert(hidden.clone(), Visit { url: hidden, ..Visit::default() });
        }
        let Some(file) = &self.file else { return Ok(()) };
        let mut lines = Vec::new();
        for visit in self.visits.values() {
            lines.extend(serde_json::to_vec(visit)?);
            lines.push(b'\n');
        }
        let part = file.with_extension("part");
        std::fs::write(&part, lines)?;
        std::fs::File::open(&part)?.sync_all()?;
        std::fs::rename(part, file)
    }

    /// Remember a visit, in the file too.
    pub fn put(&mut self, visit: Visit) -> std::io::Result<()> {
        if let Some(file) = &self.file {
            let mut line = serde_json::to_vec(&visit)?;
            line.push(b'\n');
            let whole = std::fs::read(file).map_or(true, |bytes| bytes.last().is_none_or(|b| *b == b'\n'));
            let mut out = std::fs::OpenOptions::new().create(true).append(true).open(file)?;
            if !whole {
                out.write_all(b"\n")?;
            }
            out.write_all(&line)?;
        }
        self.visits.insert(visit.url.clone(), visit);
        Ok(())
    }
}
