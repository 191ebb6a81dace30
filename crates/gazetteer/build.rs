//! Compiles knowledge/gazetteer into one file that the program opens without reading it through.

#[path = "src/compile.rs"]
mod compile;
#[path = "src/layout.rs"]
mod layout;
#[path = "build/lists.rs"]
mod lists;
#[path = "src/source.rs"]
mod source;
#[path = "src/spelling.rs"]
mod spelling;

use std::{env, fs, path::Path};

fn main() {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR")).join("../../knowledge/gazetteer");
    for file in ["build.rs", "build", "src/compile.rs", "src/layout.rs", "src/source.rs", "src/spelling.rs"] {
        println!("cargo::rerun-if-changed={file}");
    }
    println!("cargo::rerun-if-changed={}", folder.display());
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets OUT_DIR")).join("places.bin");
    let compiled = lists::read(&folder).and_then(|places| compile::compile(&places));
    match compiled {
        Ok(bytes) => fs::write(out, bytes).expect("OUT_DIR can be written"),
        Err(what) => {
            println!("cargo::error={what}");
        }
    }
}
