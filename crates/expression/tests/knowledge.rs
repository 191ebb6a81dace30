//! The project's own vocabulary and grammar, held to their examples and to the tables of cases beside this file.

use marsad_expression::Expressions;
use marsad_table::Table;
use marsad_text::Clitics;
use std::fs;
use std::path::Path;

/// The expressions of a language, as the project knows them.
fn language(name: &str) -> Expressions {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge").join(name);
    let read = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
    let files = ["months.tsv", "weekdays.tsv", "numbers.tsv", "time.toml"].map(|f| (f, read(f)));
    // English writes nothing together with its words.
    let clitics = fs::read_to_string(folder.join("clitics.tsv")).unwrap_or_else(|_| "kind\tform\n".to_owned());
    let table = Table::read("clitics.tsv", &clitics, &["kind", "form"]).unwrap();
    let rows: Vec<(String, String)> = table.rows().map(|r| (r.get("kind").to_owned(), marsad_text::fold(r.get("form")))).collect();
    let clitics = Clitics::new(rows.iter().map(|(kind, form)| (kind.as_str(), form.as_str())));
    Expressions::load(clitics, |name| files.iter().find(|(f, _)| *f == name).map_or("", |(_, text)| text)).unwrap()
}

#[test]
fn every_example_comes_out() {
    for name in ["ar", "en"] {
        let faults = language(name).check();
        let list: Vec<String> = faults.iter().map(|f| format!("{}: {}", f.place, f.what)).collect();
        assert!(faults.is_empty(), "{name}: {} faults\n{}", faults.len(), list.join("\n"));
    }
}
