//! Puts the page's files into the program: what lies under `page/`, with what its packages bring where they were fetched.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// What lies under `page/` and is not served: its packages, its tests, and what fetches and lists the packages.
const NOT_SERVED: &[&str] = &["node_modules", "tests", "package.json", "package-lock.json", "vendor.mjs", "vendor.tsv"];

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR")).join("../../page");
    println!("cargo::rerun-if-changed=build.rs");
    let mut files = Vec::new();
    walk(&root, &root, &mut files);
    files.sort();
    let mut list = String::from("&[\n");
    for file in &files {
        println!("cargo::rerun-if-changed={}", root.join(file).display());
        let path = root.join(file).canonicalize().expect("a file that was just listed");
        let bytes = fs::read(&path).expect("a file of the page can be read");
        let hash: String = Sha256::digest(&bytes).iter().take(8).map(|b| format!("{b:02x}")).collect();
        let name = file.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        writeln!(list, "    ({name:?}, {hash:?}, include_bytes!({path:?})),").expect("a text can grow");
    }
    list.push_str("]\n");
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets OUT_DIR")).join("page.rs");
    fs::write(out, list).expect("OUT_DIR can be written");
}

/// The files below a folder, hidden ones left out. New files show by their folder's change.
fn walk(root: &Path, folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || folder == root && NOT_SERVED.contains(&name.as_str()) {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            walk(root, &path, files);
        } else if let Ok(file) = path.strip_prefix(root) {
            files.push(file.to_owned());
        }
    }
}
