//! `marsad fetch`: what lies at addresses and behind feeds is kept in the ledger's folder as it came, and then read from there
//! like any other archive.

use crate::archives;
use anyhow::{Context, Result, bail};
use marsad_fetch::{Archive, Clock, Fetched, Fetcher, Options, Outcome, Seen, SystemClock};
use marsad_read::{Intake, records};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, ErrorKind};
use std::path::{Path, PathBuf};

/// What is to be fetched, and how.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Addresses of pages.
    pub urls: Vec<String>,
    /// A file with the addresses of feeds, one a line.
    pub feeds: Option<PathBuf>,
    /// How to fetch.
    pub options: Options,
}

/// What was fetched.
#[derive(Debug, Default)]
pub struct Harvest {
    /// The archive with the answers, where there were any.
    pub archive: Option<PathBuf>,
    /// What became of each address, in the order in which they were asked for.
    pub fetched: Vec<Fetched>,
    /// What came from the address, where only one was named.
    pub body: Vec<u8>,
}

/// Where in the ledger's folder answers and visits are kept.
pub(crate) const FOLDER: &str = "fetched";
pub(crate) const VISITS: &str = "visits.jsonl";
/// No feed leads to more pages than this in one go.
const MOST_OF_A_FEED: usize = 200;

/// So many fetches into one ledger may begin in one second.
const MOST_IN_A_SECOND: usize = 100;

type Keeper = BufWriter<File>;

/// Fetch into a ledger's folder. `now` tells the time, as RFC 3339 writes it; `tell` hears of each address as it is done.
pub fn fetch(request: &Request, ledger: &Path, now: impl Fn() -> String, tell: &mut dyn FnMut(&Fetched) -> Result<()>) -> Result<Harvest> {
    let feeds = request.feeds.as_deref().map(addresses).transpose()?.unwrap_or_default();
    if feeds.is_empty() && request.urls.is_empty() {
        bail!("there is nothing to fetch: name addresses, or a file of feeds with --feeds");
    }
    let folder = ledger.join(FOLDER);
    std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let (file, path) = new_archive(&folder, &now())?;
    let seen = Seen::open(&folder.join(VISITS)).with_context(|| format!("reading {}", folder.join(VISITS).display()))?;
    let mut fetcher = Fetcher::new(request.options.clone(), SystemClock::new(&now), seen, Archive::new(BufWriter::new(file)))?;
    let mut harvest = Harvest::default();
    for url in &request.urls {
        take(&mut fetcher, url, &mut harvest, tell)?;
    }
    for feed in &feeds {
        let entries = take(&mut fetcher, feed, &mut harvest, tell)?;
        for entry in entries.iter().take(MOST_OF_A_FEED) {
            // A feed tells what is new; what was fetched before is looked at again when somebody names it.
            if !fetcher.has_seen(entry) {
                take(&mut fetcher, entry, &mut harvest, tell)?;
            }
        }
    }
    if harvest.fetched.len() > 1 {
        harvest.body.clear();
    }
    let archive = fetcher.into_archive();
    let kept = archive.records();
    archive.into_inner().into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
    if kept == 0 {
        std::fs::remove_file(&path)?;
    } else {
        harvest.archive = Some(path);
    }
    archives::seal(ledger, harvest.archive.as_deref(), &now())?;
    Ok(harvest)
}

/// The archives in a ledger's folder, sorted.
pub(crate) fn archives(ledger: &Path) -> Result<Vec<PathBuf>> {
    let folder = ledger.join(FOLDER);
    let entries = match std::fs::read_dir(&folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.with_context(|| format!("listing {}", folder.display()))?,
    };
    let mut archives = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    archives.retain(|path| path.extension().is_some_and(|e| e == "gz"));
    archives.sort();
    Ok(archives)
}

/// Forget the visits to these addresses, which are not to be fetched again.
pub(crate) fn forget_visits(ledger: &Path, urls: &BTreeSet<String>) -> Result<()> {
    let file = ledger.join(FOLDER).join(VISITS);
    Seen::open(&file)?.withdraw(urls).with_context(|| format!("writing {}", file.display()))
}

/// A new file named after the time; two fetches in one second have a number behind it.
fn new_archive(folder: &Path, stamp: &str) -> Result<(File, PathBuf)> {
    let stamp = stamp.replace(':', "-");
    for number in 1..=MOST_IN_A_SECOND {
        let behind = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("{stamp}{behind}.warc.gz"));
        match File::create_new(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            made => return Ok((made.with_context(|| format!("making {}", path.display()))?, path)),
        }
    }
    bail!("{} has {MOST_IN_A_SECOND} archives of {stamp} already", folder.display())
}

/// Fetch one address; where a feed lies there, the addresses of its entries.
fn take<C: Clock>(
    fetcher: &mut Fetcher<C, Keeper>,
    url: &str,
    harvest: &mut Harvest,
    tell: &mut dyn FnMut(&Fetched) -> Result<()>,
) -> Result<Vec<String>> {
    let mut fetched = fetcher.fetch(url)?;
    let body = std::mem::take(&mut fetched.body);
    tell(&fetched)?;
    harvest.fetched.push(fetched);
    let entries = entries(&body);
    harvest.body = body;
    Ok(entries)
}

/// The addresses that the entries of a feed give, each once.
fn entries(body: &[u8]) -> Vec<String> {
    let packed = if body.starts_with(&[0x1f, 0x8b]) { ".gz" } else { "" };
    let mut urls: Vec<String> = Vec::new();
    for kind in ["xml", "json"] {
        let path = format!("feed.{kind}{packed}");
        for record in records(&Intake { path: &path, bytes: body, sidecar: None }).flatten() {
            urls.extend(record.given.url.filter(|url| !urls.contains(url)));
        }
    }
    urls
}

/// The addresses in a file, one a line; what stands behind `#` is for people.
fn addresses(file: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    Ok(text
        .lines()
        .map(|l| l.split(" #").next().unwrap_or("").trim())
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .map(str::to_owned)
        .collect())
}

/// What became of an address, in a word or two.
pub fn told(fetched: &Fetched) -> String {
    let what = match &fetched.outcome {
        Outcome::New => "new".to_owned(),
        Outcome::Changed => "changed".to_owned(),
        Outcome::Unchanged => "unchanged".to_owned(),
        Outcome::Gone(status) => format!("gone ({status})"),
        Outcome::Refused(status) => format!("refused ({status})"),
        Outcome::TooLong => "longer than what is read of one page".to_owned(),
        Outcome::Robots => "not fetched: its robots.txt does not let it".to_owned(),
        Outcome::Private => "not fetched: on this machine or a private network; --private allows it".to_owned(),
        Outcome::Withdrawn => "not fetched: what was there was withdrawn".to_owned(),
        Outcome::Redirects => "not fetched: it leads in a circle, or too far".to_owned(),
        Outcome::NoAddress => "not fetched: no address of the web".to_owned(),
        Outcome::Failed(why) => format!("failed: {why}"),
    };
    let led = fetched.led_to.last().map_or(String::new(), |to| format!(" -> {to}"));
    // What a server says may hold anything, and goes to a terminal.
    format!("{}{led}  {what}\n", fetched.url).chars().filter(|c| !c.is_control() || *c == '\n').collect()
}

/// Did an address give what was asked for?
pub fn is_there(fetched: &Fetched) -> bool {
    matches!(fetched.outcome, Outcome::New | Outcome::Changed | Outcome::Unchanged | Outcome::Gone(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_archives_of_one_second_are_two() {
        let folder = tempfile::tempdir().unwrap();
        let names: Vec<String> = (0..3)
            .map(|_| new_archive(folder.path(), "2031-05-18T07:00:00Z").unwrap().1.file_name().unwrap().to_string_lossy().into_owned())
            .collect();
        assert_eq!(names, ["2031-05-18T07-00-00Z.warc.gz", "2031-05-18T07-00-00Z-2.warc.gz", "2031-05-18T07-00-00Z-3.warc.gz"]);
        assert!(new_archive(&folder.path().join("none"), "x").is_err());
    }

    #[test]
    fn feeds_give_the_addresses_of_their_entries() {
        let rss = "<rss><channel><title>a</title><item><title>b</title><link>https://a.example/1</link></item><item><title>c</title><link>https://a.example/1</link></item></channel></rss>";
        assert_eq!(entries(rss.as_bytes()), ["https://a.example/1"]);
        let json = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"a\",\"items\":[{\"id\":\"1\",\"url\":\"https://a.example/2\",\"content_text\":\"Snow.\"}]}";
        assert_eq!(entries(json.as_bytes()), ["https://a.example/2"]);
        assert!(entries(b"<html><body><a href='https://a.example/3'>x</a></body></html>").is_empty());
    }
}
