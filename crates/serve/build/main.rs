//! Puts the page's files into the program: what lies under `page/`, with what its packages bring where they were fetched.

mod joined;

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// What lies under `page/` and is not served: its packages, its tests, and what fetches and lists the packages.
const NOT_SERVED: &[&str] = &["node_modules", "tests", "package.json", "package-lock.json", "vendor.mjs", "vendor.tsv"];
/// The script that is not joined with the others: it goes before all that is drawn.
const EARLY: &str = "js/early.js";

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR")).join("../../page");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets OUT_DIR"));
    println!("cargo::rerun-if-changed=build");
    let mut files = Vec::new();
    walk(&root, &root, &mut files);
    let mut served: Vec<(String, PathBuf)> = Vec::new();
    for file in &files {
        println!("cargo::rerun-if-changed={}", root.join(file).display());
        let name = file.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        let part = (name.starts_with("js/") && name != EARLY) || name.starts_with("css/") || name == "index.html";
        if !part {
            served.push((name, root.join(file)));
        }
    }
    served.extend(join(&root, &out));
    served.sort();
    fs::write(out.join("page.rs"), listed(&served)).expect("OUT_DIR can be written");
}

/// Writes what is made of the page's modules, styles and first page, and says under which names.
fn join(root: &Path, out: &Path) -> Vec<(String, PathBuf)> {
    let read = |file: &str| fs::read_to_string(root.join(file)).ok();
    let script = joined::modules(&|name| read(&format!("js/{name}"))).unwrap_or_else(|error| panic!("{error}"));
    let (page, styles) = joined::first_page(&read("index.html").expect("the page has an index.html"));
    let styles =
        styles.into_iter().map(|(file, media)| (read(&file).unwrap_or_else(|| panic!("there is no {file}")), media)).collect::<Vec<_>>();
    let made = [
        ("index.html".to_owned(), page),
        (format!("js/{}", joined::ALL), script),
        (format!("css/{}", joined::STYLES), joined::styles(&styles)),
    ];
    made.into_iter()
        .map(|(name, text)| {
            let path = out.join(name.replace('/', "_"));
            fs::write(&path, text).expect("OUT_DIR can be written");
            (name, path)
        })
        .collect()
}

/// The list that the program includes: each file's name, the beginning of its hash, and its bytes.
fn listed(served: &[(String, PathBuf)]) -> String {
    let mut list = String::from("&[\n");
    for (name, path) in served {
        let path = path.canonicalize().expect("a file that was just listed");
        let bytes = fs::read(&path).expect("a file of the page can be read");
        let hash: String = Sha256::digest(&bytes).iter().take(8).map(|b| format!("{b:02x}")).collect();
        writeln!(list, "    ({name:?}, {hash:?}, include_bytes!({path:?})),").expect("a text can grow");
    }
    list + "]\n"
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
