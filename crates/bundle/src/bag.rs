//! What makes a folder a bag: its declaration and its manifests.

use crate::held::Newest;
use crate::{BundleError, file};
use marsad_model::sha256_hex;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;

/// Which version of BagIt this is.
pub(crate) const DECLARATION: (&str, &str) = ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
/// What is told of the bag.
pub(crate) const INFO: &str = "bag-info.txt";
/// The hashes of the payload.
pub(crate) const MANIFEST: &str = "manifest-sha256.txt";
/// The hashes of all other files.
pub(crate) const TAGS: &str = "tagmanifest-sha256.txt";
/// The folder of the payload.
pub(crate) const DATA: &str = "data/";

/// A file of the bag: its hash and its length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) sha256: String,
    pub(crate) length: u64,
}

/// Hash what is read.
pub(crate) fn sum(mut from: impl Read) -> std::io::Result<Sum> {
    let (mut hasher, mut length) = (Sha256::new(), 0);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hasher.update(buffer.get(..read).unwrap_or_default());
        length += read as u64;
    }
    Ok(Sum { sha256: hasher.finalize().iter().map(|b| format!("{b:02x}")).collect(), length })
}

/// All files below a folder with their sums, by their path in it, sorted.
pub(crate) fn sums(folder: &Path) -> Result<BTreeMap<String, Sum>, BundleError> {
    let mut sums = BTreeMap::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((at, name)) = open.pop() {
        for entry in std::fs::read_dir(&at).map_err(file("listing", &at))? {
            let entry = entry.map_err(file("listing", &at))?;
            let path = entry.path();
            let below = format!("{name}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().map_err(file("listing", &at))?;
            if kind.is_dir() {
                open.push((path, format!("{below}/")));
            } else if kind.is_file() {
                let opened = std::fs::File::open(&path).map_err(file("reading", &path))?;
                sums.insert(below, sum(opened).map_err(file("reading", &path))?);
            } else {
                // A link may lead anywhere, in a circle too. It has no hash, so that no manifest can name it.
                sums.insert(below, Sum { sha256: String::new(), length: 0 });
            }
        }
    }
    Ok(sums)
}

/// The manifest of the files that are meant.
pub(crate) fn manifest(sums: &BTreeMap<String, Sum>, is_meant: impl Fn(&str) -> bool) -> String {
    let mut text = String::new();
    for (path, sum) in sums.iter().filter(|(path, _)| is_meant(path)) {
        let _ = writeln!(text, "{}  {path}", sum.sha256);
    }
    text
}

/// What is told of a bag, all of it taken from its payload: so that the hash of the payload's manifest holds it too. `version`
/// is the program and knowledge that made the records.
pub(crate) fn info(payload: &BTreeMap<String, Sum>, version: &str, newest: &Newest) -> String {
    let payload: Vec<&Sum> = payload.iter().filter(|(path, _)| is_payload(path)).map(|(_, sum)| sum).collect();
    let length: u64 = payload.iter().map(|sum| sum.length).sum();
    let Newest { seq, hash, day } = newest;
    format!(
        "Bag-Software-Agent: marsad, {version}\nBagging-Date: {day}\nCustody-Entry: {seq} {hash}\nPayload-Oxum: {length}.{}\n",
        payload.len()
    )
}

/// The hash of the payload's manifest, which is all that a person need note of a bag.
pub(crate) fn seal(sums: &BTreeMap<String, Sum>) -> String {
    sha256_hex(manifest(sums, is_payload).as_bytes())
}

/// Is it a file of the payload?
pub(crate) fn is_payload(path: &str) -> bool {
    path.starts_with(DATA)
}

/// Is it a file of a bag at all?
pub(crate) fn is_of_a_bag(path: &str) -> bool {
    is_payload(path) || [DECLARATION.0, INFO, MANIFEST, TAGS].contains(&path)
}

/// Is it a file that the manifest of tags names?
pub(crate) fn is_tag(path: &str) -> bool {
    !is_payload(path) && path != TAGS
}
