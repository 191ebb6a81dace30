//! Lists the files of the knowledge folder, so that the program carries them.

use std::{env, fs, io::Write, path::Path};

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR")).join("../../knowledge");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    println!("cargo::rerun-if-changed={}", root.display());
    for folder in folders(&root) {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
    }
    list(&root, &Path::new(&out).join("files.rs"), &[".tsv", ".toml"], "include_str");
    list(&root, &Path::new(&out).join("models.rs"), &[".model"], "include_bytes");
}

/// The folders of languages, named by their codes, and that of what holds in all. A new language is a new folder.
fn folders(root: &Path) -> Vec<String> {
    let is_meant = |name: &String| name == "world" || (2..=3).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_lowercase());
    let mut folders: Vec<String> = fs::read_dir(root)
        .expect("the knowledge folder is part of the project")
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(is_meant)
        .collect();
    folders.sort();
    folders
}

/// Write a Rust list of the files with these endings.
fn list(root: &Path, out: &Path, endings: &[&str], include: &str) {
    let mut list = fs::File::create(out).expect("OUT_DIR can be written");
    writeln!(list, "&[").expect("OUT_DIR can be written");
    for folder in folders(root) {
        let at = root.join(&folder);
        let mut names: Vec<_> = fs::read_dir(&at)
            .expect("the knowledge folder is part of the project")
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| endings.iter().any(|e| name.ends_with(e)))
            .collect();
        names.sort();
        for name in names {
            let path = at.join(&name);
            writeln!(list, "({:?}, {include}!({:?})),", format!("{folder}/{name}"), path).expect("OUT_DIR can be written");
        }
    }
    writeln!(list, "]").expect("OUT_DIR can be written");
}
