//! CSV as RFC 4180 has it, in UTF-8.

use super::{Cell, Column};

/// The line of the columns' names.
pub fn header<R>(columns: &[Column<R>]) -> String {
    line(columns.iter().map(|column| column.name.to_owned()))
}

/// The line of these cells.
pub fn csv_line(cells: &[Cell]) -> String {
    line(cells.iter().map(|cell| match cell {
        Cell::Text(text) => harmless(text),
        other => other.written(),
    }))
}

/// A line of words that are no formulas.
pub(crate) fn line(words: impl Iterator<Item = String>) -> String {
    words.map(|word| quoted(&word)).collect::<Vec<_>>().join(",") + "\r\n"
}

/// Words that a spreadsheet would run as a formula are made text by an apostrophe.
pub(crate) fn harmless(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    if formula { format!("'{text}") } else { text.to_owned() }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_must_be_and_never_a_formula() {
        let cells = [Cell::Text("a \"b\", c".into()), Cell::Text("=1+1".into()), Cell::Int(-3), Cell::None, Cell::Real(-3.5)];
        assert_eq!(csv_line(&cells), "\"a \"\"b\"\", c\",'=1+1,-3,,-3.5\r\n");
    }
}
