//! The lists compile to the same bytes each time: those in the program are those made here once more.

#[path = "../src/compile.rs"]
mod compile;
#[path = "../src/layout.rs"]
#[allow(dead_code)]
mod layout;
#[path = "../build/lists.rs"]
mod lists;
#[path = "../src/source.rs"]
mod source;
#[path = "../src/spelling.rs"]
#[allow(dead_code)]
mod spelling;

use std::path::Path;

#[test]
fn the_same_lists_give_the_same_bytes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge/gazetteer");
    let bytes = compile::compile(&lists::read(&folder).unwrap()).unwrap();
    assert!(bytes == include_bytes!(concat!(env!("OUT_DIR"), "/places.bin")), "compiling twice gave two results");
}
