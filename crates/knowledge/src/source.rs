//! The registry of sources: who publishes, what sort they are, which family they belong to, and how they are written.

use crate::Files;
use marsad_model::SourceKind;
use marsad_table::{Table, TableError};
use marsad_text::{WordKind, Words};
use std::collections::BTreeMap;

const SOURCES: &str = "world/sources.tsv";
const NAMES: &str = "world/source_names.tsv";

/// One source that knowledge lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceEntry {
    /// Its id.
    pub id: String,
    /// What sort.
    pub kind: SourceKind,
    /// Media family: its members are one voice.
    pub family: Option<String>,
    /// English name.
    pub name_en: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// ISO 3166 code of the country it publishes from.
    pub country: Option<String>,
    /// The region it mostly reports on.
    pub home: Option<String>,
    /// The id of the actor whose side it speaks for.
    pub side: Option<String>,
    /// Its hosts on the web, each perhaps with the beginning of a path (`network.example/account`).
    pub hosts: Vec<String>,
}

/// A name of a source in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceName {
    /// The name as it is ordinarily written.
    pub name: String,
    /// The language of the name: a folder's name under `knowledge/`.
    pub language: String,
    at: usize,
}

/// The registry.
#[derive(Debug, Default)]
pub struct Sources {
    entries: Vec<SourceEntry>,
    names: Vec<SourceName>,
    by_id: BTreeMap<String, usize>,
    by_key: BTreeMap<String, Vec<usize>>,
    by_host: BTreeMap<String, usize>,
}

impl Sources {
    /// Read and check the registry.
    pub fn load(files: &Files) -> Result<Self, TableError> {
        let mut sources = Self::default();
        let columns = ["id", "kind", "family", "name_en", "name_ar", "country", "home", "side", "hosts", "basis"];
        for row in Table::read(SOURCES, files.get(SOURCES), &columns)?.rows() {
            let word = row.need("kind")?;
            let kind = kind_of(word).ok_or_else(|| row.error(format!("`{word}` is no kind of source")))?;
            let own = |column: &str| row.some(column).map(str::to_owned);
            row.need("basis")?;
            let entry = SourceEntry {
                id: row.need("id")?.to_owned(),
                kind,
                family: own("family"),
                name_en: row.need("name_en")?.to_owned(),
                name_ar: own("name_ar"),
                country: own("country"),
                home: own("home"),
                side: own("side"),
                hosts: row.list("hosts").map(str::to_lowercase).collect(),
            };
            let at = sources.entries.len();
            if sources.by_id.insert(entry.id.clone(), at).is_some() {
                return Err(row.error(format!("the id `{}` stands twice", entry.id)));
            }
            for host in &entry.hosts {
                if let Some(other) = sources.by_host.insert(host.clone(), at) {
                    return Err(row.error(format!("the host `{host}` is also that of `{}`", sources.entries[other].id)));
                }
            }
            sources.entries.push(entry);
        }
        sources.load_names(files)?;
        Ok(sources)
    }

    fn load_names(&mut self, files: &Files) -> Result<(), TableError> {
        for at in 0..self.entries.len() {
            let SourceEntry { name_en, name_ar, .. } = self.entries[at].clone();
            self.add_name(name_en, "en", at);
            if let Some(name) = name_ar {
                self.add_name(name, "ar", at);
            }
        }
        for row in Table::read(NAMES, files.get(NAMES), &["source", "language", "name", "basis", "example"])?.rows() {
            let id = row.need("source")?;
            let at = *self.by_id.get(id).ok_or_else(|| row.error(format!("`{id}` is no source of {SOURCES}")))?;
            row.need("basis")?;
            let name = row.need("name")?;
            if key(name).is_empty() {
                return Err(row.error("the name has no letters"));
            }
            self.add_name(name.to_owned(), row.need("language")?, at);
        }
        Ok(())
    }

    fn add_name(&mut self, name: String, language: &str, at: usize) {
        let of_key = self.by_key.entry(key(&name)).or_default();
        if !of_key.contains(&at) {
            of_key.push(at);
        }
        if !self.names.iter().any(|n| n.at == at && n.name == name) {
            self.names.push(SourceName { name, language: language.to_owned(), at });
        }
    }

    /// All sources in the order of the registry.
    pub fn entries(&self) -> &[SourceEntry] {
        &self.entries
    }

    /// All names with their sources.
    pub fn names(&self) -> impl Iterator<Item = (&SourceName, &SourceEntry)> {
        self.names.iter().map(|n| (n, &self.entries[n.at]))
    }

    /// The place of an entry in [`Sources::entries`].
    pub fn index(&self, entry: &SourceEntry) -> u32 {
        self.by_id.get(&entry.id).map_or(0, |&at| at as u32)
    }

    /// The source with this id.
    pub fn get(&self, id: &str) -> Option<&SourceEntry> {
        self.by_id.get(id).map(|&at| &self.entries[at])
    }

    /// The one source of this name, in any language and spelling; `None` where none or several are called so.
    pub fn by_name(&self, name: &str) -> Option<&SourceEntry> {
        match self.by_key.get(&key(name))?.as_slice() {
            [at] => Some(&self.entries[*at]),
            _ => None,
        }
    }

    /// The source that publishes at this address: the longest listed beginning of its host and path.
    pub fn by_url(&self, url: &str) -> Option<&SourceEntry> {
        let address = url.split_once("://").map_or(url, |(_, rest)| rest).to_lowercase();
        let address = address.split(['?', '#']).next().unwrap_or("").trim_end_matches('/');
        let (host, path) = address.split_once('/').unwrap_or((address, ""));
        let host = host.rsplit_once('@').map_or(host, |(_, h)| h);
        let host = host.split(':').next().unwrap_or("").trim_end_matches('.');
        let mut domain = host;
        loop {
            let mut at = if path.is_empty() { domain.to_owned() } else { format!("{domain}/{path}") };
            loop {
                if let Some(&entry) = self.by_host.get(&at) {
                    return Some(&self.entries[entry]);
                }
                match at.rsplit_once('/') {
                    Some((shorter, _)) => at = shorter.to_owned(),
                    None => break,
                }
            }
            // A subdomain belongs to its domain: `arabic.outlet.example` to `outlet.example`.
            domain = domain.split_once('.')?.1;
        }
    }
}

fn kind_of(word: &str) -> Option<SourceKind> {
    Some(match word {
        "wire" => SourceKind::Wire,
        "outlet" => SourceKind::Outlet,
        "state_media" => SourceKind::StateMedia,
        "party_media" => SourceKind::PartyMedia,
        "local_network" => SourceKind::LocalNetwork,
        "first_responder" => SourceKind::FirstResponder,
        "monitor" => SourceKind::Monitor,
        "belligerent" => SourceKind::Belligerent,
        "individual" => SourceKind::Individual,
        "unknown" => SourceKind::Unknown,
        _ => return None,
    })
}

/// What two spellings of one name share: their folded words.
fn key(name: &str) -> String {
    let words = Words::of(name);
    let folded: Vec<&str> = (0..words.len()).filter(|&i| words[i].kind != WordKind::Mark).map(|i| words.folded(i)).collect();
    folded.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources() -> Sources {
        let mut files = Files::empty();
        files.insert(
            SOURCES,
            "id\tkind\tfamily\tname_en\tname_ar\tcountry\thome\tside\thosts\tbasis\n\
             marsad:hill-post\toutlet\thill\tHill Post\tبريد التل\t\t\t\thillpost.example|net.example/hillpost\trecalled\n\
             marsad:hill-radio\toutlet\thill\tHill Radio\t\t\t\t\tradio.hillpost.example\trecalled\n",
        );
        files.insert(
            NAMES,
            "source\tlanguage\tname\tbasis\texample\n\
             marsad:hill-post\ten\tThe Hill\trecalled\tThe Hill wrote of snow.\n\
             marsad:hill-radio\ten\tThe Hill\trecalled\tThe Hill told of snow.\n",
        );
        Sources::load(&files).unwrap()
    }

    #[test]
    fn names_in_any_spelling() {
        let sources = sources();
        for (name, id) in [
            ("hill post", Some("marsad:hill-post")),
            ("“Hill Post”", Some("marsad:hill-post")),
            ("بريد التلّ", Some("marsad:hill-post")),
            ("The Hill", None), // two are called so
            ("Valley Post", None),
        ] {
            assert_eq!(sources.by_name(name).map(|s| s.id.as_str()), id, "{name}");
        }
    }

    #[test]
    fn addresses_belong_to_the_longest_listed_beginning() {
        let sources = sources();
        for (url, id) in [
            ("https://www.hillpost.example/2031/05/snow", Some("marsad:hill-post")),
            ("http://radio.hillpost.example:8080/", Some("marsad:hill-radio")),
            ("HTTPS://NET.example/HillPost/posts/1?x=/y", Some("marsad:hill-post")),
            ("https://net.example/someone", None),
            ("https://nothillpost.example/", None),
            ("no address", None),
            ("", None),
        ] {
            assert_eq!(sources.by_url(url).map(|s| s.id.as_str()), id, "{url}");
        }
    }

    #[test]
    fn a_faulty_row_is_named() {
        let mut files = Files::empty();
        files.insert(
            SOURCES,
            "id\tkind\tfamily\tname_en\tname_ar\tcountry\thome\tside\thosts\tbasis\nmarsad:x\tgossip\t\tX\t\t\t\t\t\trecalled\n",
        );
        assert!(Sources::load(&files).unwrap_err().to_string().starts_with("world/sources.tsv:2:"));
    }
}
