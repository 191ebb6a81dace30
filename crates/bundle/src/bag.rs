//! What makes a folder a bag: its declaration and its manifests.

use crate::{BundleError, file};
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
            let path = entry.map_err(file("listing", &at))?.path();
            let below = format!("{name}{}", path.file_name().unwrap_or_default().to_string_lossy());
            if path.is_dir() {
                open.push((path, format!("{below}/")));
            } else {
                let opened = std::fs::File::open(&path).map_err(file("reading", &path))?;
                sums.insert(below, sum(opened).map_err(file("reading", &path))?);
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

/// Is it a file of the payload?
pub(crate) fn is_payload(path: &str) -> bool {
    path.starts_with(DATA)
}

/// Is it a file that the manifest of tags names?
pub(crate) fn is_tag(path: &str) -> bool {
    !is_payload(path) && path != TAGS
}
