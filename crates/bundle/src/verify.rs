//! Checking a bag, with nothing but the bag: is every byte of it what was written, and does everything in it hold together?

use crate::bag::{self, DECLARATION, MANIFEST, Sum, TAGS, is_of_a_bag, is_payload, is_tag, manifest};
use crate::check::Contents;
use crate::zip::{self, Comparing};
use crate::{BundleError, file};
use std::collections::BTreeMap;
use std::fs;
use std::io::BufReader;
use std::path::Path;

/// What was checked and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many files.
    pub files: u64,
    /// How many originals.
    pub originals: u64,
    /// How many entries of the custody log.
    pub entries: u64,
    /// How many spans of words.
    pub spans: u64,
    /// The hash of its manifest: the one that was told when it was made, if it is that bag.
    pub manifest: String,
    /// What is not as it was, the first broken link first.
    pub faults: Vec<String>,
    /// What could not be checked, and why.
    pub notes: Vec<String>,
}

/// Check a bag: a folder, or a zip.
pub fn verify(path: &Path) -> Result<Checked, BundleError> {
    if path.is_dir() {
        return checked(path);
    }
    // What is in a bag is for nobody else's eyes: the folder's name is new, and only its owner may look into it.
    let mut private = tempfile::Builder::new();
    private.prefix("marsad-verify-");
    #[cfg(unix)]
    private.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    let unpacked = private.tempdir().map_err(file("making", &std::env::temp_dir()))?;
    let unpacked = unpacked.path();
    if let Err(why) = zip::unpack(path, unpacked)? {
        return Ok(Checked { faults: vec![why], ..Checked::default() });
    }
    let mut found = checked(unpacked)?;
    // What is in the files is told first: where they hold, the zip itself must be the one that is written of them.
    let mut comparing = Comparing::new(BufReader::new(fs::File::open(path).map_err(file("reading", path))?));
    zip::pack(unpacked, &bag::sums(unpacked)?, &mut comparing)?;
    if let Some(at) = comparing.end().map_err(file("reading", path))? {
        found.faults.push(format!("the zip is not the one that is written of these files: they differ at byte {at}"));
    }
    Ok(found)
}

fn checked(folder: &Path) -> Result<Checked, BundleError> {
    let sums = bag::sums(folder)?;
    let mut found = Checked { files: sums.len() as u64, manifest: bag::seal(&sums), ..Checked::default() };
    if fs::read(folder.join(DECLARATION.0)).ok().as_deref() != Some(DECLARATION.1.as_bytes()) {
        found.faults.push(format!("{}: it is no bag, or its declaration was changed", DECLARATION.0));
    }
    against(folder, TAGS, &sums, is_tag, &mut found.faults);
    against(folder, MANIFEST, &sums, is_payload, &mut found.faults);
    let foreign = sums.keys().filter(|path| !is_of_a_bag(path));
    found.faults.extend(foreign.map(|path| format!("{path}: it is no file of a bundle")));
    Contents::of(folder, &sums).check(&mut found);
    Ok(found)
}

/// The manifest must be, to the byte, the one that these files give: else the files that differ are named.
fn against(folder: &Path, name: &str, sums: &BTreeMap<String, Sum>, is_meant: fn(&str) -> bool, faults: &mut Vec<String>) {
    let bytes = fs::read(folder.join(name)).unwrap_or_default();
    if bytes == manifest(sums, is_meant).as_bytes() {
        return;
    }
    let text = String::from_utf8_lossy(&bytes);
    let told: BTreeMap<&str, &str> = text.lines().filter_map(|line| line.split_once("  ")).map(|(sha256, path)| (path, sha256)).collect();
    let before = faults.len();
    for (path, sum) in sums.iter().filter(|(path, _)| is_meant(path)) {
        match told.get(path.as_str()) {
            None => faults.push(format!("{path}: {name} does not name it")),
            Some(sha256) if *sha256 != sum.sha256 => faults.push(format!("{path}: it is not the file whose hash {name} has")),
            Some(_) => {}
        }
    }
    let missing = told.keys().filter(|path| !sums.contains_key(**path));
    faults.extend(missing.map(|path| format!("{path}: {name} names it, and it is not there")));
    if faults.len() == before {
        faults.push(format!("{name}: it is not written as a manifest is"));
    }
}
