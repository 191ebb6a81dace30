//! Lists the files of the knowledge folder, so that the program carries them.

use std::{env, fs, io::Write, path::Path};

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR")).join("../../knowledge");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
    }
    list(&root, &Path::new(&out).join("files.rs"), &[".tsv", ".toml"], "include_str");
    list(&root, &Path::new(&out).join("models.rs"), &[".model"], "include_bytes");
}

const FOLDERS: [&str; 3] = ["ar", "en", "world"];

/// Write a Rust list of the files with these endings.
fn list(root: &Path, out: &Path, endings: &[&str], include: &str) {
    let mut list = fs::File::create(out).expect("OUT_DIR can be written");
    writeln!(list, "&[").expect("OUT_DIR can be written");
    for folder in FOLDERS {
        let at = root.join(folder);
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
