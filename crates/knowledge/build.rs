//! Lists the files of the knowledge folder, so that the program carries them.

use std::{env, fs, io::Write, path::Path};

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR")).join("../../knowledge");
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets OUT_DIR")).join("files.rs");
    let mut list = fs::File::create(out).expect("OUT_DIR can be written");
    writeln!(list, "&[").expect("OUT_DIR can be written");
    for folder in ["ar", "en", "world"] {
        let at = root.join(folder);
        println!("cargo::rerun-if-changed={}", at.display());
        let mut names: Vec<_> = fs::read_dir(&at)
            .expect("the knowledge folder is part of the project")
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| name.ends_with(".tsv") || name.ends_with(".toml"))
            .collect();
        names.sort();
        for name in names {
            let path = at.join(&name);
            writeln!(list, "({:?}, include_str!({:?})),", format!("{folder}/{name}"), path).expect("OUT_DIR can be written");
        }
    }
    writeln!(list, "]").expect("OUT_DIR can be written");
}
