//! Tab-separated tables, the form in which knowledge is kept: one header line, one row a line, `#` for remarks.
//!
//! In: the text of a file. Out: rows whose cells are asked for by column name. A fault names file and line, so that the
//! linguist who made it can find it.

use std::fmt::Display;

/// A table that was read.
#[derive(Debug, Clone)]
pub struct Table<'t> {
    name: &'t str,
    columns: Vec<&'t str>,
    rows: Vec<(usize, Vec<&'t str>)>,
}

/// What is wrong with a table, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct TableError {
    /// The file's name.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// What is wrong, and what to do about it.
    pub what: String,
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Row<'r, 't> {
    table: &'r Table<'t>,
    at: usize,
}

impl<'t> Table<'t> {
    /// Read a table that must have these columns (it may have more).
    pub fn read(name: &'t str, text: &'t str, needed: &[&str]) -> Result<Self, TableError> {
        let mut lines = text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty());
        let error = |line: usize, what: String| TableError { file: name.to_owned(), line: line + 1, what };
        let (at, header) = lines.next().ok_or_else(|| error(0, "no header line".to_owned()))?;
        let columns: Vec<&str> = header.split('\t').collect();
        if let Some(missing) = needed.iter().find(|n| !columns.contains(n)) {
            return Err(error(at, format!("column `{missing}` is missing; there are {}", columns.join(", "))));
        }
        let mut rows = Vec::new();
        for (at, line) in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() > columns.len() {
                return Err(error(at, format!("{} cells, but the header has {} columns", cells.len(), columns.len())));
            }
            rows.push((at + 1, cells));
        }
        Ok(Self { name, columns, rows })
    }

    /// The rows in their order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_, 't>> {
        (0..self.rows.len()).map(|at| Row { table: self, at })
    }
}

impl<'t> Row<'_, 't> {
    /// The cell in this column without blanks around it; empty where the row ends before it or the table lacks it.
    pub fn get(&self, column: &str) -> &'t str {
        let at = self.table.columns.iter().position(|c| *c == column);
        at.and_then(|i| self.table.rows[self.at].1.get(i)).map_or("", |cell| cell.trim())
    }

    /// The cell, or `None` where it is empty.
    pub fn some(&self, column: &str) -> Option<&'t str> {
        Some(self.get(column)).filter(|cell| !cell.is_empty())
    }

    /// The cell, which must not be empty.
    pub fn need(&self, column: &str) -> Result<&'t str, TableError> {
        self.some(column).ok_or_else(|| self.error(format!("`{column}` is empty")))
    }

    /// The parts of a cell that `|` separates, empty ones left out.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        self.get(column).split('|').map(str::trim).filter(|part| !part.is_empty())
    }

    /// The cell as a value of some type; `None` where it is empty.
    pub fn parse<T: std::str::FromStr<Err: Display>>(&self, column: &str) -> Result<Option<T>, TableError> {
        self.some(column).map(|cell| cell.parse().map_err(|e| self.error(format!("`{column}` is `{cell}`: {e}")))).transpose()
    }

    /// A fault of this row.
    pub fn error(&self, what: impl Into<String>) -> TableError {
        TableError { file: self.table.name.to_owned(), line: self.line(), what: what.into() }
    }

    /// Its line in the file, from 1.
    pub fn line(&self) -> usize {
        self.table.rows[self.at].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_by_name() {
        let table = Table::read("t.tsv", "# remark\nform\tkind\tforms\n\nsay\tverb\tsaid|says\nreport\tnoun\n", &["form"]).unwrap();
        let rows: Vec<_> = table.rows().collect();
        assert_eq!(rows[0].list("forms").collect::<Vec<_>>(), ["said", "says"]);
        assert_eq!(rows[1].get("forms"), "");
        assert_eq!(rows[1].line(), 5);
        assert!(rows[1].need("forms").unwrap_err().to_string().starts_with("t.tsv:5:"));
    }

    #[test]
    fn a_missing_column_is_named() {
        assert!(Table::read("t.tsv", "form\nsay\n", &["kind"]).unwrap_err().to_string().contains("`kind` is missing"));
        assert!(Table::read("t.tsv", "form\nsay\tmore\n", &["form"]).is_err());
    }
}
