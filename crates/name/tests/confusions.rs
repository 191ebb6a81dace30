//! Names that must be one and names that must not, in `confusions.tsv`.

#![allow(clippy::unwrap_used)] // a test that cannot be set up fails

use marsad_name::{NameIndex, Names};
use marsad_table::Table;

fn names() -> Names {
    Names::load(include_str!("../../../knowledge/world/spelling.tsv"), include_str!("../../../knowledge/world/letters.tsv")).unwrap()
}

#[test]
fn what_is_one_name_is_told_from_what_looks_like_it() {
    let names = names();
    let table = Table::read("confusions.tsv", include_str!("confusions.tsv"), &["verdict", "first", "second", "rather"]).unwrap();
    let mut faults = Vec::new();
    for row in table.rows() {
        let (first, second) = (row.need("first").unwrap(), row.need("second").unwrap());
        let likeness = names.alike(&names.key(first).unwrap(), &names.key(second).unwrap());
        let wanted = row.need("verdict").unwrap() == "same";
        match row.some("rather") {
            Some(rather) => {
                let found = NameIndex::of(&names, [second, rather]).resolve(&names, first, 2);
                if found.first().map(|f| f.at) != Some(1) {
                    faults.push(format!("{first} is rather {rather} than {second}: {found:?}"));
                }
            }
            None if likeness.is_same() != wanted => faults.push(format!("{first} {second}: not {wanted}, {likeness:?}")),
            None => {}
        }
    }
    assert!(faults.is_empty(), "{} of {}\n{}", faults.len(), table.rows().count(), faults.join("\n"));
}
