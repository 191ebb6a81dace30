//! A user's own knowledge: where it is kept, and the lists of places that were added to it.

use anyhow::{Context, Result};
use marsad_gazetteer::{Added, Gazetteer, add};
use marsad_model::sha256_hex;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of lists of places inside a knowledge folder.
pub const GAZETTEER: &str = "gazetteer";
/// How the name of a compiled list ends.
const COMPILED: &str = "places";
/// Letters of a list's digest in its name.
const DIGEST: usize = 12;

/// Where a user's knowledge is kept when no folder is named: `MARSAD_KNOWLEDGE`, else `marsad/knowledge` where the system
/// keeps a user's data.
pub fn folder() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    variable("MARSAD_KNOWLEDGE").or_else(|| {
        let data = variable("XDG_DATA_HOME").or_else(|| variable("APPDATA")).or_else(|| Some(variable("HOME")?.join(".local/share")))?;
        Some(data.join("marsad").join("knowledge"))
    })
}

/// The compiled lists of a knowledge folder by name, in the order of names.
pub fn lists(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let at = folder.join(GAZETTEER);
    let mut lists = Vec::new();
    if !at.is_dir() {
        return Ok(lists);
    }
    for entry in fs::read_dir(&at).with_context(|| format!("reading {}", at.display()))? {
        let path = entry.with_context(|| format!("reading {}", at.display()))?.path();
        if path.extension().is_some_and(|e| e == COMPILED) {
            let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            lists.push((path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned()), bytes));
        }
    }
    lists.sort();
    Ok(lists)
}

/// Compile a list of places into the knowledge folder, in the place of one that was added from a file of this name; what
/// was done, in words.
pub fn add_gazetteer(file: &Path, knowledge: Option<&Path>) -> Result<String> {
    let folder =
        knowledge.map(Path::to_owned).or_else(folder).context("there is no home for your knowledge: name a folder with --knowledge")?;
    let bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let added = add(&bytes, Gazetteer::embedded()).with_context(|| format!("adding {}", file.display()))?;
    let at = folder.join(GAZETTEER);
    fs::create_dir_all(&at).with_context(|| format!("making {}", at.display()))?;
    let stem: String = file.file_stem().map_or_else(|| "places".into(), |s| s.to_string_lossy()).replace('.', "-");
    for (name, _) in lists(&folder)?.iter().filter(|(name, _)| name.split('.').next() == Some(&stem)) {
        fs::remove_file(at.join(name)).with_context(|| format!("replacing {name}"))?;
    }
    let digest: String = sha256_hex(&added.bytes).chars().take(DIGEST).collect();
    let path = at.join(format!("{stem}.{digest}.{COMPILED}"));
    fs::write(&path, &added.bytes).with_context(|| format!("writing {}", path.display()))?;
    Ok(told(&added, &path))
}

fn told(added: &Added, path: &Path) -> String {
    let places: usize = added.kinds.values().sum();
    let countries: Vec<&str> = added.countries.iter().map(String::as_str).collect();
    let mut out = format!("{places} place{} of {} in {}\n", if places == 1 { "" } else { "s" }, countries.join(", "), path.display());
    let kinds: Vec<String> = added.kinds.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
    let _ = writeln!(out, "{}; {} rows of other sorts were left out", kinds.join(", "), added.left_out);
    out
}
