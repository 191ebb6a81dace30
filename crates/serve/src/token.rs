//! Tokens: who may read a ledger, and who may decide, from another machine.
//!
//! They lie in the ledger's folder as a table of hashes (`tokens.tsv`); a token itself is shown once, when it is made. A token
//! taken off the table is of no use from the next request on.

use marsad_model::sha256_hex;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const FILE: &str = "tokens.tsv";
/// With what every token begins, so that it is known for one wherever it turns up.
const PREFIX: &str = "marsad_";
/// Random bytes of a token: too many to be guessed, so that a plain hash keeps it.
const BYTES: usize = 32;

/// What a token allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// To read whatever the ledger holds.
    Read,
    /// To rule on it: accept, reject, correct.
    Decide,
    /// To code a second time, without seeing what others ruled.
    Second,
}

impl Scope {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Read, Self::Decide, Self::Second];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Decide => "decide",
            Self::Second => "second",
        }
    }
}

impl std::str::FromStr for Scope {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL
            .iter()
            .copied()
            .find(|scope| scope.word() == word)
            .ok_or_else(|| format!("`{word}` is none of `read`, `decide` and `second`"))
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A token as the table keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenLine {
    /// What its owner calls it.
    pub name: String,
    /// What it allows.
    pub scopes: Vec<Scope>,
    hash: String,
}

/// The tokens of a ledger.
#[derive(Debug, Clone)]
pub struct Tokens {
    path: PathBuf,
}

impl Tokens {
    /// Those of the ledger in this folder.
    pub fn of(ledger: &Path) -> Self {
        Self { path: ledger.join(FILE) }
    }

    /// All of them. A line that cannot be read allows nothing.
    pub fn list(&self) -> io::Result<Vec<TokenLine>> {
        let text = match std::fs::read_to_string(&self.path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            text => text?,
        };
        Ok(text.lines().skip(1).filter_map(line).collect())
    }

    /// Make a token. It is given back once and kept as a hash.
    pub fn add(&self, name: &str, scopes: &[Scope]) -> io::Result<String> {
        let sound = !name.is_empty() && name.len() <= 60 && !name.chars().any(char::is_control);
        let mut lines = self.list()?;
        if !sound || scopes.is_empty() || lines.iter().any(|line| line.name == name) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "a token needs a name of its own, of at most 60 letters, and a scope"));
        }
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).map_err(|e| io::Error::other(e.to_string()))?;
        let token: String = PREFIX.chars().chain(bytes.iter().flat_map(|b| format!("{b:02x}").chars().collect::<Vec<_>>())).collect();
        let mut scopes = scopes.to_vec();
        scopes.sort();
        scopes.dedup();
        lines.push(TokenLine { name: name.to_owned(), scopes, hash: sha256_hex(token.as_bytes()) });
        self.write(&lines)?;
        Ok(token)
    }

    /// Take a token off; false where there is none of this name.
    pub fn remove(&self, name: &str) -> io::Result<bool> {
        let mut lines = self.list()?;
        let before = lines.len();
        lines.retain(|line| line.name != name);
        if lines.len() == before {
            return Ok(false);
        }
        self.write(&lines)?;
        Ok(true)
    }

    /// Does this token allow it?
    pub(crate) fn allows(&self, token: &str, scope: Scope) -> bool {
        let hash = sha256_hex(token.as_bytes());
        self.list().is_ok_and(|lines| lines.iter().any(|line| line.hash == hash && line.scopes.contains(&scope)))
    }

    /// Put the new table in the old one's place in one step, readable by its owner alone.
    fn write(&self, lines: &[TokenLine]) -> io::Result<()> {
        let part = self.path.with_extension("tsv.part");
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&part)?;
        file.write_all(b"name\tscopes\tsha256\n")?;
        for line in lines {
            let scopes: Vec<&str> = line.scopes.iter().map(|scope| scope.word()).collect();
            writeln!(file, "{}\t{}\t{}", line.name, scopes.join(","), line.hash)?;
        }
        file.sync_all()?;
        std::fs::rename(part, &self.path)
    }
}

fn line(text: &str) -> Option<TokenLine> {
    let mut cells = text.split('\t');
    let (name, scopes, hash) = (cells.next()?, cells.next()?, cells.next()?);
    let scopes = scopes.split(',').map(str::parse).collect::<Result<Vec<Scope>, _>>().ok()?;
    let whole = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
    whole.then(|| TokenLine { name: name.to_owned(), scopes, hash: hash.to_owned() })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_token_allows_its_scopes_and_no_other_until_it_is_taken_off() {
        let dir = tempfile::tempdir().unwrap();
        let tokens = Tokens::of(dir.path());
        let (reader, both) = (tokens.add("reader", &[Scope::Read]).unwrap(), tokens.add("desk", Scope::ALL).unwrap());
        let decider = tokens.add("decider", &[Scope::Decide]).unwrap();
        let allowed = |token: &str| (tokens.allows(token, Scope::Read), tokens.allows(token, Scope::Decide));
        assert_eq!(allowed(&reader), (true, false));
        assert_eq!(allowed(&both), (true, true));
        assert_eq!(allowed(&decider), (false, true));
        assert_eq!(allowed(""), (false, false));
        assert_eq!(allowed(reader.trim_end_matches(|c| c != '_')), (false, false));
        assert!(tokens.add("reader", &[Scope::Read]).is_err());
        assert!(tokens.add("a\tb", &[Scope::Read]).is_err());
        let table = std::fs::read_to_string(dir.path().join(FILE)).unwrap();
        assert!(!table.contains(&reader) && !table.contains(PREFIX));
        assert!(tokens.remove("reader").unwrap());
        assert_eq!(allowed(&reader), (false, false));
        assert!(!tokens.remove("reader").unwrap());
    }
}
